/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-auth.h"

#include <string.h>

#include "plug-buffer.h"
#include "plug-error.h"
#include "plug-text.h"

#define JSON_TYPE "application/json"
#define FORM_TYPE "application/x-www-form-urlencoded"

/* A name and a value that may be secret. */
typedef struct {
  char *name;
  char *value;
} Field;

/* A request while schemes still add to it. */
typedef struct {
  PlugBuffer *url;
  GPtrArray *headers; /* of Field */
  GPtrArray *members; /* of Field: the body, when it is not text */
  char *content_type; /* (nullable) */
  char *text;         /* (nullable): the body, when it is text */
} Parts;

typedef struct {
  gboolean (*is_supported) (const PlugScheme *scheme);
  gboolean (*sign) (const PlugScheme *scheme,
                    const PlugValues *values,
                    const char *token,
                    Parts *parts,
                    GError **error);
} SchemeKind;

static void
field_free (gpointer data)
{
  Field *field = data;

  g_free (field->name);
  plug_text_wipe (field->value);
  g_free (field);
}

static Parts *
parts_new (char *url)
{
  Parts *self = g_new0 (Parts, 1);

  self->url = plug_buffer_new ();
  plug_buffer_append (self->url, url, -1);
  self->headers = g_ptr_array_new_with_free_func (field_free);
  self->members = g_ptr_array_new_with_free_func (field_free);

  return self;
}

static void
parts_free (Parts *self)
{
  plug_buffer_free (self->url);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->members);
  g_free (self->content_type);
  plug_text_wipe (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Parts, parts_free)

/* Takes @value. The last one of a name counts, so that a definition can replace what we would send. */
static void
take_field (GPtrArray *fields,
            const char *name,
            char *value)
{
  Field *field;

  for (guint i = 0; i < fields->len; i++) {
    field = g_ptr_array_index (fields, i);
    if (g_ascii_strcasecmp (field->name, name) == 0) {
      plug_text_wipe (field->value);
      field->value = value;
      return;
    }
  }

  field = g_new0 (Field, 1);
  field->name = g_strdup (name);
  field->value = value;
  g_ptr_array_add (fields, field);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* In the order of their names, so that a request is always the same. */
static void
expand_fields (GPtrArray *fields,
               GHashTable *templates,
               const PlugValues *values)
{
  g_autofree const char **names = NULL;
  guint n_names = 0;

  if (templates == NULL)
    return;

  names = (const char **) g_hash_table_get_keys_as_array (templates, &n_names);
  qsort (names, n_names, sizeof *names, compare_names);
  for (guint i = 0; i < n_names; i++) {
    PlugTemplate *template = g_hash_table_lookup (templates, names[i]);

    take_field (fields, names[i], plug_template_expand (template, values));
  }
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

static gboolean
sign_with_nothing (const PlugScheme *scheme,
                   const PlugValues *values,
                   const char *token,
                   Parts *parts,
                   GError **error)
{
  return TRUE;
}

static void
append_query (Parts *parts,
              const char *name,
              const char *value)
{
  plug_buffer_append (parts->url, strchr (parts->url->text, '?') != NULL ? "&" : "?", 1);
  plug_buffer_append_percent (parts->url, name);
  plug_buffer_append (parts->url, "=", 1);
  plug_buffer_append_percent (parts->url, value);
}

static gboolean
sign_with_api_key (const PlugScheme *scheme,
                   const PlugValues *values,
                   const char *token,
                   Parts *parts,
                   GError **error)
{
  g_autoptr (PlugSecretString) value = plug_template_expand (scheme->value, values);

  switch (scheme->in) {
  case PLUG_API_KEY_IN_HEADER:
    take_field (parts->headers, scheme->name, g_steal_pointer (&value));
    return TRUE;
  case PLUG_API_KEY_IN_QUERY:
    append_query (parts, scheme->name, value);
    return TRUE;
  case PLUG_API_KEY_IN_COOKIE:
    take_field (parts->headers, "Cookie", g_strconcat (scheme->name, "=", value, NULL));
    return TRUE;
  case PLUG_API_KEY_IN_BODY:
    take_field (parts->members, scheme->name, g_steal_pointer (&value));
    return TRUE;
  default:
    g_return_val_if_reached (FALSE);
  }
}

static gboolean
sign_with_basic (const PlugScheme *scheme,
                 const PlugValues *values,
                 const char *token,
                 Parts *parts,
                 GError **error)
{
  g_autoptr (PlugSecretString) username = expand (scheme->username, values);
  g_autoptr (PlugSecretString) password = expand (scheme->password, values);

  /* RFC 7617, section 2: the first colon ends the user name. */
  if (username != NULL && strchr (username, ':') != NULL) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "a user name with a colon cannot be sent");
    return FALSE;
  }
  take_field (parts->headers, "Authorization",
              dup_basic (username != NULL ? username : "", password != NULL ? password : ""));

  return TRUE;
}

static gboolean
sign_with_bearer (const PlugScheme *scheme,
                  const PlugValues *values,
                  const char *token,
                  Parts *parts,
                  GError **error)
{
  g_autoptr (PlugSecretString) value = plug_template_expand (scheme->token, values);

  take_field (parts->headers, "Authorization", dup_bearer (value));

  return TRUE;
}

static gboolean
sign_with_token (const PlugScheme *scheme,
                 const PlugValues *values,
                 const char *token,
                 Parts *parts,
                 GError **error)
{
  if (token == NULL) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "a request that needs a token has none");
    return FALSE;
  }
  take_field (parts->headers, "Authorization", dup_bearer (token));

  return TRUE;
}

static gboolean
is_always_supported (const PlugScheme *scheme)
{
  return TRUE;
}

static gboolean
is_oauth2_supported (const PlugScheme *scheme)
{
  gboolean knows_grant = scheme->grant == PLUG_GRANT_CLIENT_CREDENTIALS || scheme->grant == PLUG_GRANT_PASSWORD;
  gboolean knows_client_auth = scheme->client_auth == PLUG_CLIENT_SECRET_POST
                               || scheme->client_auth == PLUG_CLIENT_SECRET_BASIC
                               || scheme->client_auth == PLUG_CLIENT_AUTH_NONE;
  gboolean applies_elsewhere = scheme->json != NULL && json_object_has_member (scheme->json, "apply");

  return knows_grant && knows_client_auth && !applies_elsewhere;
}

/* A kind without an entry is one that this version cannot do. */
static const SchemeKind scheme_kinds[] = {
  [PLUG_SCHEME_NONE] = { is_always_supported, sign_with_nothing },
  [PLUG_SCHEME_API_KEY] = { is_always_supported, sign_with_api_key },
  [PLUG_SCHEME_HTTP_BASIC] = { is_always_supported, sign_with_basic },
  [PLUG_SCHEME_HTTP_BEARER] = { is_always_supported, sign_with_bearer },
  [PLUG_SCHEME_OAUTH2] = { is_oauth2_supported, sign_with_token },
};

static const SchemeKind *
find_kind (const PlugScheme *scheme)
{
  const SchemeKind *kind;

  if (scheme->kind >= G_N_ELEMENTS (scheme_kinds))
    return NULL;
  kind = &scheme_kinds[scheme->kind];

  return kind->sign != NULL && kind->is_supported (scheme) ? kind : NULL;
}

const PlugScheme *
plug_auth_find_token_scheme (PlugMethod *method)
{
  GPtrArray *schemes = plug_method_get_schemes (method);

  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);

    if (scheme->kind == PLUG_SCHEME_OAUTH2)
      return scheme;
  }

  return NULL;
}

gboolean
plug_auth_can_sign (PlugMethod *method,
                    GError **error)
{
  GPtrArray *schemes = plug_method_get_schemes (method);
  guint n_tokens = 0;

  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);

    n_tokens += scheme->kind == PLUG_SCHEME_OAUTH2;
    if (find_kind (scheme) == NULL || n_tokens > 1) {
      g_set_error (error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED, "this version cannot sign in with “%s”",
                   plug_method_get_id (method));
      return FALSE;
    }
  }

  return TRUE;
}


static void
append_form (PlugBuffer *body,
             GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++) {
    Field *member = g_ptr_array_index (members, i);

    if (i > 0)
      plug_buffer_append (body, "&", 1);
    plug_buffer_append_percent (body, member->name);
    plug_buffer_append (body, "=", 1);
    plug_buffer_append_percent (body, member->value);
  }
}

static void
append_json (PlugBuffer *body,
             GPtrArray *members)
{
  plug_buffer_append (body, "{", 1);
  for (guint i = 0; i < members->len; i++) {
    Field *member = g_ptr_array_index (members, i);

    if (i > 0)
      plug_buffer_append (body, ",", 1);
    plug_buffer_append_json (body, member->name);
    plug_buffer_append (body, ":", 1);
    plug_buffer_append_json (body, member->value);
  }
  plug_buffer_append (body, "}", 1);
}

static PlugHttpRequest *
finish_request (const char *verb,
                Parts *parts,
                GError **error)
{
  g_autoptr (PlugHttpRequest) request = plug_http_request_new (verb, parts->url->text);

  for (guint i = 0; i < parts->headers->len; i++) {
    Field *header = g_ptr_array_index (parts->headers, i);

    if (*header->value != '\0' && !plug_http_request_add_header (request, header->name, header->value, error))
      return NULL;
  }

  if (parts->members->len > 0 && parts->text == NULL) {
    g_autoptr (PlugBuffer) body = plug_buffer_new ();
    const char *content_type = parts->content_type != NULL ? parts->content_type : FORM_TYPE;

    if (g_str_equal (content_type, JSON_TYPE))
      append_json (body, parts->members);
    else
      append_form (body, parts->members);
    plug_http_request_set_body (request, content_type, body->text, body->length_bytes);
  } else if (parts->text != NULL) {
    plug_http_request_set_body (request, parts->content_type, parts->text, strlen (parts->text));
  }

  return g_steal_pointer (&request);
}

static void
add_client (const PlugScheme *scheme,
            const PlugValues *values,
            Parts *parts)
{
  g_autoptr (PlugSecretString) id = expand (scheme->client_id, values);
  g_autoptr (PlugSecretString) secret = expand (scheme->client_secret, values);

  if (scheme->client_auth == PLUG_CLIENT_SECRET_BASIC) {
    /* RFC 6749, section 2.3.1: both are form-encoded first. */
    g_autoptr (PlugBuffer) encoded_id = plug_buffer_new ();
    g_autoptr (PlugBuffer) encoded_secret = plug_buffer_new ();

    plug_buffer_append_percent (encoded_id, id != NULL ? id : "");
    plug_buffer_append_percent (encoded_secret, secret != NULL ? secret : "");
    take_field (parts->headers, "Authorization", dup_basic (encoded_id->text, encoded_secret->text));
    return;
  }

  if (id != NULL)
    take_field (parts->members, "client_id", g_steal_pointer (&id));
  if (secret != NULL && scheme->client_auth == PLUG_CLIENT_SECRET_POST)
    take_field (parts->members, "client_secret", g_steal_pointer (&secret));
}

PlugHttpRequest *
plug_auth_new_token_request (PlugMethod *method,
                             const PlugValues *values,
                             GError **error)
{
  const PlugScheme *scheme = plug_auth_find_token_scheme (method);
  g_autofree char *url = plug_template_expand (scheme->token_url, values);
  g_autoptr (Parts) parts = parts_new (url);
  g_autoptr (PlugSecretString) scope = expand (scheme->scope, values);

  parts->content_type = g_strdup (scheme->token_json ? JSON_TYPE : FORM_TYPE);
  take_field (parts->headers, "Accept", g_strdup (JSON_TYPE));
  expand_fields (parts->headers, scheme->token_headers, values);

  take_field (parts->members, "grant_type",
              g_strdup (scheme->grant == PLUG_GRANT_PASSWORD ? "password" : "client_credentials"));
  add_client (scheme, values, parts);
  if (scheme->grant == PLUG_GRANT_PASSWORD) {
    take_field (parts->members, "username", plug_template_expand (scheme->username, values));
    take_field (parts->members, "password", plug_template_expand (scheme->password, values));
  }
  if (scope != NULL)
    take_field (parts->members, "scope", g_steal_pointer (&scope));
  expand_fields (parts->members, scheme->token_params, values);

  return finish_request ("POST", parts, error);
}

PlugHttpRequest *
plug_auth_new_request (PlugMethod *method,
                       const PlugRequestSpec *spec,
                       const PlugValues *values,
                       gboolean sign,
                       const char *token,
                       GError **error)
{
  g_autoptr (PlugSecretString) url = plug_template_expand (spec->url, values);
  g_autoptr (Parts) parts = parts_new (url);
  GPtrArray *schemes = plug_method_get_schemes (method);

  parts->content_type = g_strdup (spec->content_type);
  if (spec->body != NULL)
    parts->text = plug_template_expand (spec->body, values);
  take_field (parts->headers, "Accept", g_strdup (JSON_TYPE));
  expand_fields (parts->headers, plug_method_get_headers (method), values);
  expand_fields (parts->headers, spec->headers, values);
  expand_fields (parts->members, spec->body_members, values);

  for (guint i = 0; sign && i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);
    const SchemeKind *kind = find_kind (scheme);

    if (kind == NULL) {
      g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED, "this version cannot sign in this way");
      return NULL;
    }
    if (!kind->sign (scheme, values, token, parts, error))
      return NULL;
  }

  return finish_request (spec->verb, parts, error);
}

/* Blames the parameter, or, when it was not typed, those that its default is made of. */
static void
blame_parameter (GHashTable *blamed,
                 PlugMethod *method,
                 const PlugValues *typed,
                 const char *id,
                 guint depth)
{
  PlugParameter *parameter = plug_method_get_parameter (method, id);
  const char *value = plug_values_get (typed, id);
  g_autoptr (PlugTemplate) template = NULL;
  const char *const *variables;

  if (parameter == NULL)
    return;
  if ((value != NULL && *value != '\0') || !plug_parameter_default_is_template (parameter) || depth > 8) {
    g_hash_table_add (blamed, (gpointer) plug_parameter_get_id (parameter));
    return;
  }

  template = plug_template_new_url (plug_parameter_get_default (parameter), NULL);
  if (template == NULL)
    template = plug_template_new_value (plug_parameter_get_default (parameter), NULL);
  variables = template != NULL ? plug_template_get_variables (template) : NULL;
  for (guint i = 0; variables != NULL && variables[i] != NULL; i++)
    blame_parameter (blamed, method, typed, variables[i], depth + 1);
}

static void
blame_template (GHashTable *blamed,
                PlugMethod *method,
                const PlugValues *typed,
                PlugTemplate *template)
{
  const char *const *variables = template != NULL ? plug_template_get_variables (template) : NULL;

  for (guint i = 0; variables != NULL && variables[i] != NULL; i++)
    blame_parameter (blamed, method, typed, variables[i], 0);
}

static void
blame_url (GHashTable *blamed,
           PlugMethod *method,
           const PlugValues *typed,
           PlugTemplate *url,
           PlugBlame blame)
{
  const char *const *variables = url != NULL ? plug_template_get_variables (url) : NULL;

  for (guint i = 0; variables != NULL && variables[i] != NULL; i++) {
    PlugParameter *parameter = plug_method_get_parameter (method, variables[i]);
    PlugParameterType type = parameter != NULL ? plug_parameter_get_value_type (parameter) : PLUG_PARAMETER_STRING;
    gboolean is_address = type == PLUG_PARAMETER_URI || type == PLUG_PARAMETER_HOSTNAME;

    if ((blame & (is_address ? PLUG_BLAME_ADDRESS : PLUG_BLAME_PLACE)) != 0)
      blame_parameter (blamed, method, typed, variables[i], 0);
  }
}

static void
blame_scheme (GHashTable *blamed,
              PlugMethod *method,
              const PlugValues *typed,
              const PlugScheme *scheme,
              PlugBlame blame)
{
  const struct {
    PlugBlame blame;
    PlugTemplate *template;
  } roles[] = {
    { PLUG_BLAME_CLIENT_ID, scheme->client_id },
    { PLUG_BLAME_CLIENT_SECRET, scheme->client_auth != PLUG_CLIENT_AUTH_NONE ? scheme->client_secret : NULL },
    { PLUG_BLAME_USERNAME, scheme->username },
    { PLUG_BLAME_PASSWORD, scheme->password },
    { PLUG_BLAME_KEY, scheme->kind == PLUG_SCHEME_API_KEY ? scheme->value : scheme->token },
    { PLUG_BLAME_SCOPE, scheme->scope },
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    if ((blame & roles[i].blame) != 0)
      blame_template (blamed, method, typed, roles[i].template);
  }
}

char **
plug_auth_dup_blamed (PlugMethod *method,
                      const PlugValues *typed,
                      PlugTemplate *url,
                      PlugBlame blame)
{
  g_autoptr (GHashTable) blamed = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *schemes = plug_method_get_schemes (method);
  GPtrArray *parameters = plug_method_get_parameters (method);
  GPtrArray *ids = g_ptr_array_new ();

  blame_url (blamed, method, typed, url, blame);
  for (guint i = 0; i < schemes->len; i++)
    blame_scheme (blamed, method, typed, g_ptr_array_index (schemes, i), blame);
  /* A method without a login of its own: an invalid grant means the client then. */
  for (guint i = 0; (blame & PLUG_BLAME_LOGIN) != 0 && g_hash_table_size (blamed) == 0 && i < schemes->len; i++)
    blame_scheme (blamed, method, typed, g_ptr_array_index (schemes, i), PLUG_BLAME_CLIENT);

  for (guint i = 0; i < parameters->len; i++) {
    const char *id = plug_parameter_get_id (g_ptr_array_index (parameters, i));

    if (g_hash_table_contains (blamed, id))
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_add (ids, NULL);

  return (char **) g_ptr_array_free (ids, FALSE);
}
