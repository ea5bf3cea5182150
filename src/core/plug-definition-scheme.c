/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <string.h>

/* What plug_http_request_add_header() takes. */
#define HEADER_NAME "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/* The security schemes: OpenAPI's, and a few that it lacks. */

typedef void (*ReadFunc) (PlugDefinitionReader *self,
                          JsonObject *object,
                          PlugUseFlags flags,
                          PlugScheme *scheme);

static PlugScheme *read_apply (PlugDefinitionReader *self,
                               JsonObject *parent,
                               const char *member,
                               PlugUseFlags flags) G_GNUC_WARN_UNUSED_RESULT;

static const char *const places[] = {
  [PLUG_API_KEY_IN_HEADER] = "header",
  [PLUG_API_KEY_IN_QUERY] = "query",
  [PLUG_API_KEY_IN_COOKIE] = "cookie",
  [PLUG_API_KEY_IN_BODY] = "body",
};

/* Each grant's flow, and the members that it cannot do without. */
static const struct {
  const char *flow;
  const char *needs[3];
  const char *flow_needs;
} grants[] = {
  [PLUG_GRANT_CLIENT_CREDENTIALS] = { "clientCredentials", { NULL }, NULL },
  [PLUG_GRANT_PASSWORD] = { "password", { "username", "password", NULL }, NULL },
  [PLUG_GRANT_AUTHORIZATION_CODE] = { "authorizationCode", { NULL }, "authorizationUrl" },
  [PLUG_GRANT_DEVICE_CODE] = { "deviceAuthorization", { NULL }, "deviceAuthorizationUrl" },
  [PLUG_GRANT_JWT_BEARER] = { "x-jwtBearer", { "assertion", NULL }, NULL },
};

/* RFC 7591, section 2, and what each way needs. */
static const struct {
  const char *id;
  const char *needs;
} client_auths[] = {
  [PLUG_CLIENT_SECRET_POST] = { "client_secret_post", "client_secret" },
  [PLUG_CLIENT_SECRET_BASIC] = { "client_secret_basic", "client_secret" },
  [PLUG_CLIENT_AUTH_NONE] = { "none", NULL },
  [PLUG_CLIENT_PRIVATE_KEY_JWT] = { "private_key_jwt", "assertion" },
  [PLUG_CLIENT_TLS] = { "tls_client_auth", NULL },
};

/* RFC 7518, section 3.1. */
static const char *const algs[] = {
  [PLUG_ALG_RS256] = "RS256",
  [PLUG_ALG_PS256] = "PS256",
  [PLUG_ALG_ES256] = "ES256",
  [PLUG_ALG_HS256] = "HS256",
};

static const char *const algorithms[] = {
  [PLUG_SIGNATURE_DUO] = "duo",
  [PLUG_SIGNATURE_CORTEX_XDR] = "cortex-xdr",
  [PLUG_SIGNATURE_DARKTRACE] = "darktrace",
  [PLUG_SIGNATURE_AKAMAI_EDGEGRID] = "akamai-edgegrid",
  [PLUG_SIGNATURE_PASSPORTAL] = "passportal",
  [PLUG_SIGNATURE_AVANAN] = "avanan",
  [PLUG_SIGNATURE_ZSCALER] = "zscaler",
};

/* The member of "token" that says where a login's answer has it. */
static const char *const token_places[] = {
  [PLUG_TOKEN_AT_POINTER] = "pointer",
  [PLUG_TOKEN_IN_HEADER] = "header",
  [PLUG_TOKEN_IN_COOKIE] = "cookie",
  [PLUG_TOKEN_IS_BODY] = "body",
  [PLUG_TOKEN_IN_ELEMENT] = "element",
};

/* The place of @id in @ids, or 0: the schema has reported what is not there. */
static gsize
find_id (const char *const *ids,
         gsize n_ids,
         const char *id)
{
  for (gsize i = 0; i < n_ids; i++) {
    if (g_strcmp0 (id, ids[i]) == 0)
      return i;
  }
  return 0;
}

static void
need_member (PlugDefinitionReader *self,
             JsonObject *object,
             const char *member,
             const char *why)
{
  if (json_object_has_member (object, member))
    return;
  plug_reader_report (self, NULL, "lacks the member “%s”, which %s needs", member, why);
  plug_reader_note_lack (self);
}

static void
read_assertion (PlugDefinitionReader *self,
                JsonObject *object,
                PlugScheme *scheme)
{
  JsonObject *assertion = plug_reader_get_object (object, "assertion");
  gsize place = plug_reader_enter (self, "assertion");

  plug_reader_note_refused (self, NULL, TRUE);
  if (assertion != NULL) {
    scheme->assertion = plug_assertion_new ();
    scheme->assertion->alg = find_id (algs, G_N_ELEMENTS (algs), plug_reader_get_text (assertion, "alg"));
    scheme->assertion->key = plug_reader_read_template (self, assertion, "key", PLUG_USE_IS_SECRET);
    scheme->assertion->kid = plug_reader_read_template (self, assertion, "kid", 0);
    scheme->assertion->x5t = plug_reader_read_template (self, assertion, "x5t", PLUG_USE_MAY_SECRET);
    plug_reader_read_templates (self, assertion, "claims", 0, scheme->assertion->claims);
    plug_reader_read_templates (self, assertion, "header", 0, scheme->assertion->header);
    if (json_object_has_member (assertion, "lifetime"))
      scheme->assertion->lifetime_s = plug_reader_get_integer (assertion, "lifetime");
  }
  plug_reader_leave (self, place);
}

static void
need_one_of (PlugDefinitionReader *self,
             JsonObject *object,
             const char *one,
             const char *other)
{
  if (json_object_has_member (object, one) != json_object_has_member (object, other))
    return;
  plug_reader_report (self, NULL, "needs either “%s” or “%s”", one, other);
  plug_reader_note_lack (self);
}

static void
read_api_key (PlugDefinitionReader *self,
              JsonObject *object,
              PlugUseFlags flags,
              PlugScheme *scheme)
{
  const char *name = plug_reader_get_text (object, "name");
  const char *in = plug_reader_get_text (object, "in");

  scheme->in = find_id (places, G_N_ELEMENTS (places), in);
  if (in != NULL && scheme->in == PLUG_API_KEY_IN_HEADER && name != NULL && *name != '{' &&
      strspn (name, HEADER_NAME) != strlen (name))
    plug_reader_report (self, "name", "the name of a header has only A–Z, a–z, 0–9, - and _");
  flags |= PLUG_USE_MAY_SECRET | PLUG_USE_API_KEY;
  if (in != NULL && (scheme->in == PLUG_API_KEY_IN_HEADER || scheme->in == PLUG_API_KEY_IN_COOKIE))
    flags |= PLUG_USE_HEADER;
  scheme->kind = PLUG_SCHEME_API_KEY;
  scheme->name = plug_reader_read_template (self, object, "name", 0);
  scheme->value = plug_reader_read_template (self, object, "value", flags);
  read_assertion (self, object, scheme);
  need_one_of (self, object, "value", "assertion");
}

static void
read_http (PlugDefinitionReader *self,
           JsonObject *object,
           PlugUseFlags flags,
           PlugScheme *scheme)
{
  gboolean bearer = g_strcmp0 (plug_reader_get_text (object, "scheme"), "bearer") == 0;

  scheme->kind = bearer ? PLUG_SCHEME_HTTP_BEARER : PLUG_SCHEME_HTTP_BASIC;
  scheme->username = plug_reader_read_template (self, object, "username", flags | PLUG_USE_MAY_SECRET);
  scheme->password = plug_reader_read_template (self, object, "password", flags | PLUG_USE_IS_SECRET);
  scheme->token = plug_reader_read_template (self, object, "token", flags | PLUG_USE_IS_SECRET | PLUG_USE_HEADER);
  read_assertion (self, object, scheme);
  if (bearer)
    need_one_of (self, object, "token", "assertion");
}

/* Of a flow that needs a browser, which nothing here carries out. */
static void
check_template (PlugDefinitionReader *self,
                JsonObject *object,
                const char *member,
                PlugUseFlags flags)
{
  g_autoptr (PlugTemplate) template = plug_reader_read_template (self, object, member, flags);
}

/* FALSE when nobody knows which one is meant. */
static gboolean
read_flows (PlugDefinitionReader *self,
            JsonObject *object,
            PlugScheme *scheme)
{
  static const char *const addresses[] = { "authorizationUrl", "deviceAuthorizationUrl", "refreshUrl" };
  JsonObject *flows = plug_reader_get_object (object, "flows");
  gsize place = plug_reader_enter (self, "flows");
  gboolean is_known = FALSE;

  plug_reader_note_refused (self, NULL, TRUE);
  for (gsize i = 0; flows != NULL && i < G_N_ELEMENTS (grants); i++) {
    JsonObject *flow = plug_reader_get_object (flows, grants[i].flow);
    gsize flow_place = plug_reader_enter (self, grants[i].flow);

    plug_reader_note_refused (self, NULL, TRUE);
    if (json_object_has_member (flows, grants[i].flow)) {
      scheme->grant = i;
      is_known = TRUE;
    }
    if (flow != NULL) {
      g_clear_pointer (&scheme->token_url, plug_template_unref);
      scheme->token_url = plug_reader_read_template (self, flow, "tokenUrl", PLUG_USE_URL);
      for (gsize j = 0; j < G_N_ELEMENTS (addresses); j++)
        check_template (self, flow, addresses[j], PLUG_USE_URL);
      if (grants[i].flow_needs != NULL)
        need_member (self, flow, grants[i].flow_needs, "this flow");
    }
    plug_reader_leave (self, flow_place);
  }
  plug_reader_leave (self, place);

  return is_known;
}

static void
read_client_auth (PlugDefinitionReader *self,
                  JsonObject *object,
                  PlugScheme *scheme)
{
  const char *id = plug_reader_get_text (object, "token_endpoint_auth_method");

  /* RFC 8628, section 3.1: a device is a public client, unless the definition says otherwise. */
  if (id == NULL && (scheme->grant == PLUG_GRANT_DEVICE_CODE || scheme->grant == PLUG_GRANT_JWT_BEARER) &&
      !json_object_has_member (object, "client_secret")) {
    scheme->client_auth = PLUG_CLIENT_AUTH_NONE;
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (client_auths); i++) {
    if (g_strcmp0 (id, client_auths[i].id) == 0)
      scheme->client_auth = i;
  }
  if (client_auths[scheme->client_auth].needs != NULL)
    need_member (self, object, client_auths[scheme->client_auth].needs, client_auths[scheme->client_auth].id);
  if ((scheme->client_auth == PLUG_CLIENT_AUTH_NONE || scheme->client_auth == PLUG_CLIENT_TLS) &&
      json_object_has_member (object, "client_secret"))
    plug_reader_report (self, "client_secret", "is not sent with the token_endpoint_auth_method “%s”",
                        client_auths[scheme->client_auth].id);
}

static char *
dup_text_or (JsonObject *object,
             const char *member,
             const char *fallback)
{
  const char *text = plug_reader_get_text (object, member);

  return g_strdup (text != NULL ? text : fallback);
}

static void
check_templates (PlugDefinitionReader *self,
                 JsonObject *object,
                 const char *member)
{
  g_autoptr (GHashTable) table = plug_template_table_new ();

  plug_reader_read_templates (self, object, member, 0, table);
}

static void
read_oauth2 (PlugDefinitionReader *self,
             JsonObject *object,
             PlugUseFlags flags,
             PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_OAUTH2;
  if (read_flows (self, object, scheme)) {
    if (!plug_reader_is_refused (object, "token_endpoint_auth_method"))
      read_client_auth (self, object, scheme);
    for (gsize i = 0; grants[scheme->grant].needs[i] != NULL; i++)
      need_member (self, object, grants[scheme->grant].needs[i], "this flow");
  }

  scheme->client_id = plug_reader_read_template (self, object, "client_id", PLUG_USE_MAY_SECRET);
  scheme->client_secret = plug_reader_read_template (self, object, "client_secret", PLUG_USE_IS_SECRET);
  scheme->username = plug_reader_read_template (self, object, "username", PLUG_USE_MAY_SECRET);
  scheme->password = plug_reader_read_template (self, object, "password", PLUG_USE_IS_SECRET);
  scheme->scope = plug_reader_read_template (self, object, "scope", 0);
  scheme->token_json = g_strcmp0 (plug_reader_get_text (object, "token_content_type"), "application/json") == 0;
  plug_reader_read_templates (self, object, "token_params", PLUG_USE_MAY_SECRET, scheme->token_params);
  plug_reader_read_templates (self, object, "token_headers", PLUG_USE_MAY_SECRET | PLUG_USE_HEADER,
                              scheme->token_headers);
  check_templates (self, object, "authorization_params");
  read_assertion (self, object, scheme);
  scheme->access_token = dup_text_or (object, "access_token", "/access_token");
  scheme->expires_in = dup_text_or (object, "expires_in", "/expires_in");
  plug_reader_read_learnt (self, object, "set", scheme->set);
  plug_reader_read_conditions (self, object, "refused", scheme->refused);
  scheme->apply = read_apply (self, object, "apply", PLUG_USE_TOKEN);
}

static void
read_login_token (PlugDefinitionReader *self,
                  JsonObject *object,
                  PlugScheme *scheme)
{
  JsonObject *token = plug_reader_get_object (object, "token");

  for (gsize i = 0; token != NULL && i < G_N_ELEMENTS (token_places); i++) {
    if (!json_object_has_member (token, token_places[i]))
      continue;
    scheme->token_place = i;
    scheme->token_name = g_strdup (plug_reader_get_text (token, token_places[i]));
  }
  scheme->access_token = scheme->token_place == PLUG_TOKEN_AT_POINTER ? g_strdup (scheme->token_name) : NULL;
  scheme->expires_in = g_strdup (plug_reader_get_text (object, "expires_in"));
}

static void
read_login (PlugDefinitionReader *self,
            JsonObject *object,
            PlugUseFlags flags,
            PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_LOGIN;
  scheme->request = plug_reader_read_request (self, object, "request", PLUG_USE_MAY_SECRET);
  scheme->logout = plug_reader_read_request (self, object, "logout", PLUG_USE_MAY_SECRET | PLUG_USE_TOKEN);
  read_login_token (self, object, scheme);
  if (json_object_has_member (object, "expect")) {
    scheme->expect = plug_condition_new ();
    plug_reader_read_condition (self, object, "expect", scheme->expect);
  }
  g_ptr_array_add (scheme->refused, plug_condition_new_for_status (401));
  g_ptr_array_add (scheme->refused, plug_condition_new_for_status (403));
  plug_reader_read_conditions (self, object, "refused", scheme->refused);
  plug_reader_read_conditions (self, object, "denied", scheme->denied);
  plug_reader_read_learnt (self, object, "set", scheme->set);
  scheme->with = read_apply (self, object, "with", 0);
  scheme->apply = read_apply (self, object, "apply", PLUG_USE_TOKEN);
}

static void
read_mutual_tls (PlugDefinitionReader *self,
                 JsonObject *object,
                 PlugUseFlags flags,
                 PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_MUTUAL_TLS;
  scheme->certificate = plug_reader_read_template (self, object, "certificate", PLUG_USE_MAY_SECRET);
  scheme->private_key = plug_reader_read_template (self, object, "private_key", PLUG_USE_IS_SECRET);
}

static void
read_aws (PlugDefinitionReader *self,
          JsonObject *object,
          PlugUseFlags flags,
          PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_AWS_SIG_V4;
  scheme->key = plug_reader_read_template (self, object, "access_key_id", PLUG_USE_MAY_SECRET | PLUG_USE_HEADER);
  scheme->secret = plug_reader_read_template (self, object, "secret_access_key", PLUG_USE_IS_SECRET);
  scheme->token = plug_reader_read_template (self, object, "session_token", PLUG_USE_IS_SECRET | PLUG_USE_HEADER);
  scheme->region = plug_reader_read_template (self, object, "region", PLUG_USE_HEADER);
  scheme->service = g_strdup (plug_reader_get_text (object, "service"));
}

static void
read_signature (PlugDefinitionReader *self,
                JsonObject *object,
                PlugUseFlags flags,
                PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_SIGNATURE;
  scheme->algorithm = find_id (algorithms, G_N_ELEMENTS (algorithms), plug_reader_get_text (object, "algorithm"));
  scheme->key = plug_reader_read_template (self, object, "key", PLUG_USE_MAY_SECRET | PLUG_USE_HEADER);
  scheme->secret = plug_reader_read_template (self, object, "secret", PLUG_USE_IS_SECRET);
  scheme->token = plug_reader_read_template (self, object, "token", PLUG_USE_IS_SECRET | PLUG_USE_HEADER);
  if (scheme->algorithm == PLUG_SIGNATURE_AKAMAI_EDGEGRID)
    need_member (self, object, "token", "akamai-edgegrid");
}

static void
read_none (PlugDefinitionReader *self,
           JsonObject *object,
           PlugUseFlags flags,
           PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_NONE;
}

static const struct {
  const char *type;
  ReadFunc read;
} readers[] = {
  { "apiKey", read_api_key },
  { "http", read_http },
  { "oauth2", read_oauth2 },
  { "login", read_login },
  { "mutualTLS", read_mutual_tls },
  { "awsSigV4", read_aws },
  { "signature", read_signature },
  { "none", read_none },
};

/* When the schema has refused its kind, it has not looked at its other members. */
static gboolean
is_of_known_kind (JsonObject *object)
{
  const char *type = plug_reader_get_text (object, "type");

  return type != NULL && (!g_str_equal (type, "http") || plug_reader_get_text (object, "scheme") != NULL);
}

/* How a token is shown to the service, or how the request for one is signed; the schema has a signature for that only. */
static PlugScheme *
read_apply (PlugDefinitionReader *self,
            JsonObject *parent,
            const char *member,
            PlugUseFlags flags)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  PlugScheme *scheme = object != NULL ? plug_scheme_new () : NULL;
  gsize place = plug_reader_enter (self, member);

  plug_reader_note_refused (self, NULL, TRUE);
  if (object != NULL && !is_of_known_kind (object))
    plug_reader_note_object (self, object);
  else if (object != NULL && g_strcmp0 (plug_reader_get_text (object, "type"), "apiKey") == 0)
    read_api_key (self, object, flags, scheme);
  else if (object != NULL && g_strcmp0 (plug_reader_get_text (object, "type"), "signature") == 0)
    read_signature (self, object, flags, scheme);
  else if (object != NULL)
    read_http (self, object, flags, scheme);
  plug_reader_leave (self, place);

  return scheme;
}

PlugScheme *
plug_reader_read_scheme (PlugDefinitionReader *self,
                         JsonObject *object)
{
  const char *type = plug_reader_get_text (object, "type");

  for (gsize i = 0; is_of_known_kind (object) && i < G_N_ELEMENTS (readers); i++) {
    if (g_strcmp0 (type, readers[i].type) == 0) {
      PlugScheme *scheme = plug_scheme_new ();

      readers[i].read (self, object, 0, scheme);
      return scheme;
    }
  }
  plug_reader_note_object (self, object);

  return NULL;
}
