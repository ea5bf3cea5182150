/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-auth.h"

#include <string.h>

#include "plug-error.h"
#include "plug-jwt.h"
#include "plug-request-builder.h"
#include "plug-signature.h"
#include "plug-text.h"

#define JSON_TYPE "application/json"
#define FORM_TYPE "application/x-www-form-urlencoded"
/* RFC 7523, sections 2.1 and 2.2 */
#define JWT_BEARER_GRANT "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define JWT_BEARER_CLIENT "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

typedef gboolean (*SignFunc) (const PlugScheme *scheme,
                              const PlugValues *values,
                              const char *token,
                              PlugRequestBuilder *builder,
                              GError **error);

typedef struct {
  gboolean (*is_supported) (const PlugScheme *scheme);
  SignFunc sign;
} SchemeKind;

struct _PlugTokens {
  GHashTable *by_scheme; /* PlugScheme → token */
  PlugRedactor *redactor; /* (nullable) */
};

PlugTokens *
plug_tokens_new (PlugRedactor *redactor)
{
  PlugTokens *self = g_new0 (PlugTokens, 1);

  self->by_scheme = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) plug_text_wipe);
  self->redactor = redactor != NULL ? plug_redactor_ref (redactor) : NULL;

  return self;
}

void
plug_tokens_free (PlugTokens *self)
{
  g_hash_table_unref (self->by_scheme);
  g_clear_pointer (&self->redactor, plug_redactor_unref);
  g_free (self);
}

void
plug_tokens_take (PlugTokens *self,
                  const PlugScheme *scheme,
                  char *token)
{
  g_hash_table_replace (self->by_scheme, (gpointer) scheme, token);
}

const char *
plug_tokens_get (PlugTokens *self,
                 const PlugScheme *scheme)
{
  return self != NULL ? g_hash_table_lookup (self->by_scheme, scheme) : NULL;
}

/* NULL when there is no template, or nothing comes of it. */
static char *
expand (PlugTemplate *template,
        const PlugValues *values)
{
  char *text = template != NULL ? plug_template_expand (template, values) : NULL;

  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, plug_text_wipe);

  return text;
}

static char *
dup_basic (const char *username,
           const char *password)
{
  g_autoptr (PlugBuffer) pair = plug_buffer_new ();
  g_autoptr (PlugBuffer) header = plug_buffer_new ();

  plug_buffer_append (pair, username, -1);
  plug_buffer_append (pair, ":", 1);
  plug_buffer_append (pair, password, -1);
  plug_buffer_append (header, "Basic ", -1);
  plug_buffer_append_base64 (header, pair->text, pair->length_bytes);

  return g_strndup (header->text, header->length_bytes);
}

static char *
dup_bearer (const char *token)
{
  return g_strconcat ("Bearer ", token, NULL);
}

static char *
dup_assertion (const PlugScheme *scheme,
               const PlugValues *values,
               PlugRequestBuilder *builder,
               GError **error)
{
  char *assertion = plug_jwt_new_assertion (scheme->assertion, values, g_get_real_time () / G_USEC_PER_SEC, NULL, error);

  if (assertion != NULL && builder->redactor != NULL)
    plug_redactor_add (builder->redactor, assertion);

  return assertion;
}

static gboolean
sign_with_nothing (const PlugScheme *scheme,
                   const PlugValues *values,
                   const char *token,
                   PlugRequestBuilder *builder,
                   GError **error)
{
  return TRUE;
}

/* A key whose name or value comes to nothing is one that was not typed. */
static gboolean
sign_with_api_key (const PlugScheme *scheme,
                   const PlugValues *values,
                   const char *token,
                   PlugRequestBuilder *builder,
                   GError **error)
{
  g_autoptr (PlugSecretString) name = expand (scheme->name, values);
  g_autoptr (PlugSecretString) value = scheme->assertion != NULL ? dup_assertion (scheme, values, builder, error)
                                                                 : expand (scheme->value, values);

  if (scheme->assertion != NULL && value == NULL)
    return FALSE;
  if (name == NULL || value == NULL)
    return TRUE;

  switch (scheme->in) {
  case PLUG_API_KEY_IN_HEADER:
    plug_request_builder_take_header (builder, name, g_steal_pointer (&value));
    return TRUE;
  case PLUG_API_KEY_IN_QUERY:
    plug_request_builder_append_query (builder, name, value);
    return TRUE;
  case PLUG_API_KEY_IN_COOKIE:
    plug_request_builder_append_cookie (builder, name, value);
    return TRUE;
  case PLUG_API_KEY_IN_BODY:
    plug_request_builder_take_member (builder, name, g_steal_pointer (&value));
    return TRUE;
  default:
    g_return_val_if_reached (FALSE);
  }
}

static gboolean
sign_with_basic (const PlugScheme *scheme,
                 const PlugValues *values,
                 const char *token,
                 PlugRequestBuilder *builder,
                 GError **error)
{
  g_autoptr (PlugSecretString) username = expand (scheme->username, values);
  g_autoptr (PlugSecretString) password = expand (scheme->password, values);

  /* RFC 7617, section 2: the first colon ends the user name. */
  if (username != NULL && strchr (username, ':') != NULL) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "a user name with a colon cannot be sent");
    return FALSE;
  }
  plug_request_builder_take_header (builder, "Authorization",
                                    dup_basic (username != NULL ? username : "", password != NULL ? password : ""));

  return TRUE;
}

static gboolean
sign_with_bearer (const PlugScheme *scheme,
                  const PlugValues *values,
                  const char *token,
                  PlugRequestBuilder *builder,
                  GError **error)
{
  g_autoptr (PlugSecretString) value = scheme->assertion != NULL ? dup_assertion (scheme, values, builder, error)
                                                                 : plug_template_expand (scheme->token, values);

  if (value == NULL)
    return FALSE;
  plug_request_builder_take_header (builder, "Authorization", dup_bearer (value));

  return TRUE;
}

static gboolean apply_token (const PlugScheme *scheme,
                             const PlugValues *values,
                             const char *token,
                             PlugRequestBuilder *builder,
                             GError **error);

static gboolean
sign_with_aws (const PlugScheme *scheme,
               const PlugValues *values,
               const char *token,
               PlugRequestBuilder *builder,
               GError **error)
{
  g_autofree char *region = expand (scheme->region, values);
  char *session_token = expand (scheme->token, values);

  if (region == NULL || strpbrk (region, ": /") != NULL) {
    plug_text_wipe (session_token);
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "the region cannot be sent");
    return FALSE;
  }
  builder->aws_provider = g_strdup_printf ("aws:amz:%s:%s", region, scheme->service);
  builder->aws_key = plug_template_expand (scheme->key, values);
  builder->aws_secret = plug_template_expand (scheme->secret, values);
  if (session_token != NULL)
    plug_request_builder_take_header (builder, "X-Amz-Security-Token", session_token);

  return TRUE;
}

static gboolean
sign_with_signature (const PlugScheme *scheme,
                     const PlugValues *values,
                     const char *token,
                     PlugRequestBuilder *builder,
                     GError **error)
{
  return plug_signature_sign (scheme, values, builder, g_get_real_time (), NULL, error);
}

static gboolean
sign_with_certificate (const PlugScheme *scheme,
                       const PlugValues *values,
                       const char *token,
                       PlugRequestBuilder *builder,
                       GError **error)
{
  builder->certificate = plug_template_expand (scheme->certificate, values);
  builder->private_key = plug_template_expand (scheme->private_key, values);

  return TRUE;
}

static gboolean
is_always_supported (const PlugScheme *scheme)
{
  return TRUE;
}

/* The grants that need no browser. */
static gboolean
is_oauth2_supported (const PlugScheme *scheme)
{
  return scheme->grant == PLUG_GRANT_CLIENT_CREDENTIALS || scheme->grant == PLUG_GRANT_PASSWORD ||
         scheme->grant == PLUG_GRANT_JWT_BEARER;
}

static const SchemeKind scheme_kinds[] = {
  [PLUG_SCHEME_NONE] = { is_always_supported, sign_with_nothing },
  [PLUG_SCHEME_API_KEY] = { is_always_supported, sign_with_api_key },
  [PLUG_SCHEME_HTTP_BASIC] = { is_always_supported, sign_with_basic },
  [PLUG_SCHEME_HTTP_BEARER] = { is_always_supported, sign_with_bearer },
  [PLUG_SCHEME_OAUTH2] = { is_oauth2_supported, apply_token },
  [PLUG_SCHEME_LOGIN] = { is_always_supported, apply_token },
  [PLUG_SCHEME_AWS_SIG_V4] = { is_always_supported, sign_with_aws },
  [PLUG_SCHEME_SIGNATURE] = { is_always_supported, sign_with_signature },
  [PLUG_SCHEME_MUTUAL_TLS] = { is_always_supported, sign_with_certificate },
};

/* {access_token} in `apply` is the scheme's own token. */
static PlugValues *
dup_values_with_token (const PlugValues *values,
                       const char *token)
{
  PlugValues *with_token = plug_values_copy (values);

  plug_values_set_secret (with_token, "access_token", token);

  return with_token;
}

static gboolean
apply_token (const PlugScheme *scheme,
             const PlugValues *values,
             const char *token,
             PlugRequestBuilder *builder,
             GError **error)
{
  g_autoptr (PlugValues) with_token = NULL;

  if (token == NULL) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "a request that needs a token has none");
    return FALSE;
  }
  if (scheme->apply == NULL) {
    plug_request_builder_take_header (builder, "Authorization", dup_bearer (token));
    return TRUE;
  }
  with_token = dup_values_with_token (values, token);

  return scheme_kinds[scheme->apply->kind].sign (scheme->apply, with_token, NULL, builder, error);
}

/* A signature covers what all other schemes add, so that it comes last. With @lacks_tokens, a scheme whose token was not
 * issued is left out. */
static gboolean
sign_request (PlugMethod *method,
              const PlugScheme *until,
              gboolean lacks_tokens,
              const PlugValues *values,
              PlugTokens *tokens,
              PlugRequestBuilder *builder,
              GError **error)
{
  GPtrArray *schemes = plug_method_get_schemes (method);

  for (guint pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < schemes->len; i++) {
      const PlugScheme *scheme = g_ptr_array_index (schemes, i);
      const char *token = plug_tokens_get (tokens, scheme);

      if (scheme == until)
        break;
      if (lacks_tokens && token == NULL && plug_scheme_needs_token (scheme))
        continue;
      /* Of what comes before a token request, only tokens sign it: its own credentials are in it. */
      if (until != NULL && !plug_scheme_needs_token (scheme))
        continue;
      if ((scheme->kind == PLUG_SCHEME_SIGNATURE) != (pass == 1))
        continue;
      if (!scheme_kinds[scheme->kind].sign (scheme, values, token, builder, error))
        return FALSE;
    }
  }

  return TRUE;
}

/* A certificate belongs to the connection, whatever the request. */
static gboolean
show_certificate (PlugMethod *method,
                  const PlugValues *values,
                  PlugRequestBuilder *builder,
                  GError **error)
{
  GPtrArray *schemes = plug_method_get_schemes (method);

  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);

    if (scheme->kind == PLUG_SCHEME_MUTUAL_TLS && builder->certificate == NULL &&
        !sign_with_certificate (scheme, values, NULL, builder, error))
      return FALSE;
  }

  return TRUE;
}

gboolean
plug_auth_can_sign (PlugMethod *method,
                    GError **error)
{
  GPtrArray *schemes = plug_method_get_schemes (method);

  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);

    if (!scheme_kinds[scheme->kind].is_supported (scheme)) {
      g_set_error (error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED, "this version cannot sign in with “%s”",
                   plug_method_get_id (method));
      return FALSE;
    }
  }

  return TRUE;
}

static gboolean
add_client (const PlugScheme *scheme,
            const PlugValues *values,
            PlugRequestBuilder *builder,
            GError **error)
{
  g_autoptr (PlugSecretString) id = expand (scheme->client_id, values);
  g_autoptr (PlugSecretString) secret = expand (scheme->client_secret, values);

  if (scheme->client_auth == PLUG_CLIENT_SECRET_BASIC) {
    /* RFC 6749, section 2.3.1: both are form-encoded first. */
    g_autoptr (PlugBuffer) encoded_id = plug_buffer_new ();
    g_autoptr (PlugBuffer) encoded_secret = plug_buffer_new ();

    plug_buffer_append_percent (encoded_id, id != NULL ? id : "");
    plug_buffer_append_percent (encoded_secret, secret != NULL ? secret : "");
    plug_request_builder_take_header (builder, "Authorization", dup_basic (encoded_id->text, encoded_secret->text));
    return TRUE;
  }

  /* RFC 7521, section 4.1: the assertion says who asks. RFC 8705, section 2: a certificate does not. */
  if (id != NULL && (scheme->grant != PLUG_GRANT_JWT_BEARER || scheme->client_auth != PLUG_CLIENT_AUTH_NONE))
    plug_request_builder_take_member (builder, "client_id", g_steal_pointer (&id));
  if (secret != NULL && scheme->client_auth == PLUG_CLIENT_SECRET_POST)
    plug_request_builder_take_member (builder, "client_secret", g_steal_pointer (&secret));
  if (scheme->client_auth == PLUG_CLIENT_PRIVATE_KEY_JWT) {
    char *assertion = dup_assertion (scheme, values, builder, error);

    if (assertion == NULL)
      return FALSE;
    plug_request_builder_take_member (builder, "client_assertion_type", g_strdup (JWT_BEARER_CLIENT));
    plug_request_builder_take_member (builder, "client_assertion", assertion);
  }

  return TRUE;
}

static gboolean
add_grant (const PlugScheme *scheme,
           const PlugValues *values,
           PlugRequestBuilder *builder,
           GError **error)
{
  char *assertion;

  switch (scheme->grant) {
  case PLUG_GRANT_PASSWORD:
    plug_request_builder_take_member (builder, "grant_type", g_strdup ("password"));
    plug_request_builder_take_member (builder, "username", plug_template_expand (scheme->username, values));
    plug_request_builder_take_member (builder, "password", plug_template_expand (scheme->password, values));
    return TRUE;
  case PLUG_GRANT_JWT_BEARER:
    assertion = dup_assertion (scheme, values, builder, error);
    if (assertion == NULL)
      return FALSE;
    plug_request_builder_take_member (builder, "grant_type", g_strdup (JWT_BEARER_GRANT));
    plug_request_builder_take_member (builder, "assertion", assertion);
    return TRUE;
  case PLUG_GRANT_CLIENT_CREDENTIALS:
  default:
    plug_request_builder_take_member (builder, "grant_type", g_strdup ("client_credentials"));
    return TRUE;
  }
}

static PlugRequestBuilder *
new_oauth2_request (const PlugScheme *scheme,
                    const PlugValues *values,
                    PlugTokens *tokens,
                    GError **error)
{
  g_autofree char *url = plug_template_expand (scheme->token_url, values);
  g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("POST", url);
  g_autofree char *scope = expand (scheme->scope, values);

  builder->redactor = tokens != NULL ? tokens->redactor : NULL;
  builder->content_type = g_strdup (scheme->token_json ? JSON_TYPE : FORM_TYPE);
  plug_request_builder_take_header (builder, "Accept", g_strdup (JSON_TYPE));
  plug_request_builder_expand_headers (builder, scheme->token_headers, values);
  if (!add_grant (scheme, values, builder, error) || !add_client (scheme, values, builder, error))
    return NULL;
  /* RFC 7523, section 2.1, puts it into the assertion's own claims where a service wants it there. */
  if (scope != NULL)
    plug_request_builder_take_member (builder, "scope", g_steal_pointer (&scope));
  plug_request_builder_expand_members (builder, scheme->token_params, values);

  return g_steal_pointer (&builder);
}

/* With the method's own headers, as every request but an OAuth 2 token request has them. */
static PlugRequestBuilder *
new_builder (PlugMethod *method,
             const PlugRequestSpec *spec,
             const PlugValues *values,
             PlugTokens *tokens)
{
  PlugRequestBuilder *builder = plug_request_builder_new_for_spec (spec, values);

  builder->redactor = tokens != NULL ? tokens->redactor : NULL;
  plug_request_builder_take_header (builder, "Accept", g_strdup (JSON_TYPE));
  plug_request_builder_expand_headers (builder, plug_method_get_headers (method), values);
  plug_request_builder_expand_headers (builder, spec->headers, values);

  return builder;
}

PlugHttpRequest *
plug_auth_new_token_request (PlugMethod *method,
                             const PlugScheme *scheme,
                             const PlugValues *values,
                             PlugTokens *tokens,
                             GError **error)
{
  gboolean is_login = scheme->kind == PLUG_SCHEME_LOGIN;
  g_autoptr (PlugRequestBuilder) builder = is_login ? new_builder (method, scheme->request, values, tokens)
                                                    : new_oauth2_request (scheme, values, tokens, error);

  if (builder == NULL || !sign_request (method, scheme, FALSE, values, tokens, builder, error))
    return NULL;
  if (scheme->with != NULL && !scheme_kinds[scheme->with->kind].sign (scheme->with, values, NULL, builder, error))
    return NULL;
  if (!show_certificate (method, values, builder, error))
    return NULL;

  return plug_request_builder_finish (builder, error);
}

PlugHttpRequest *
plug_auth_new_logout_request (PlugMethod *method,
                              const PlugScheme *scheme,
                              const PlugValues *values,
                              PlugTokens *tokens,
                              GError **error)
{
  const char *token = plug_tokens_get (tokens, scheme);
  g_autoptr (PlugValues) with_token = NULL;
  g_autoptr (PlugRequestBuilder) builder = NULL;

  if (scheme->logout == NULL || token == NULL)
    return NULL;
  with_token = dup_values_with_token (values, token);
  builder = new_builder (method, scheme->logout, with_token, tokens);
  /* A token behind this one may have been refused. */
  if (!sign_request (method, NULL, TRUE, with_token, tokens, builder, error))
    return NULL;

  return plug_request_builder_finish (builder, error);
}

PlugHttpRequest *
plug_auth_new_request (PlugMethod *method,
                       const PlugRequestSpec *spec,
                       const PlugValues *values,
                       gboolean sign,
                       PlugTokens *tokens,
                       GError **error)
{
  g_autoptr (PlugRequestBuilder) builder = new_builder (method, spec, values, tokens);

  if (sign && !sign_request (method, NULL, FALSE, values, tokens, builder, error))
    return NULL;
  if (!sign && !show_certificate (method, values, builder, error))
    return NULL;

  return plug_request_builder_finish (builder, error);
}
