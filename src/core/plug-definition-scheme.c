/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

/* The security schemes: OpenAPI's, and a few that it lacks. */

typedef void (*ReadFunc) (PlugDefinitionReader *self,
                          JsonObject *object,
                          PlugUseFlags flags,
                          PlugScheme *scheme);

static void read_apply (PlugDefinitionReader *self,
                        JsonObject *parent,
                        const char *member,
                        PlugUseFlags flags);

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

/* Checks a template that the scheme itself keeps in its JSON. */
static void
visit_template (PlugDefinitionReader *self,
                JsonObject *object,
                const char *member,
                PlugUseFlags flags)
{
  g_autoptr (PlugTemplate) template = plug_reader_read_template (self, object, member, flags);
}

static void
visit_templates (PlugDefinitionReader *self,
                 JsonObject *object,
                 const char *member,
                 PlugUseFlags flags)
{
  g_autoptr (GHashTable) table = plug_template_table_new ();

  plug_reader_read_templates (self, object, member, flags, table);
}

static void
read_api_key (PlugDefinitionReader *self,
              JsonObject *object,
              PlugUseFlags flags,
              PlugScheme *scheme)
{
  const char *place = plug_reader_get_text (object, "in");

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    if (g_strcmp0 (place, places[i]) == 0)
      scheme->in = i;
  }
  flags |= PLUG_USE_MAY_SECRET | PLUG_USE_API_KEY;
  if (scheme->in == PLUG_API_KEY_IN_HEADER || scheme->in == PLUG_API_KEY_IN_COOKIE)
    flags |= PLUG_USE_HEADER;
  scheme->kind = PLUG_SCHEME_API_KEY;
  scheme->name = g_strdup (plug_reader_get_text (object, "name"));
  scheme->value = plug_reader_read_template (self, object, "value", flags);
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
}

static void
need_member (PlugDefinitionReader *self,
             JsonObject *object,
             const char *member,
             const char *why)
{
  if (!json_object_has_member (object, member))
    plug_reader_report (self, NULL, "lacks the member “%s”, which %s needs", member, why);
}

static void
read_flows (PlugDefinitionReader *self,
            JsonObject *object,
            PlugScheme *scheme)
{
  static const char *const addresses[] = { "authorizationUrl", "deviceAuthorizationUrl", "refreshUrl" };
  JsonObject *flows = plug_reader_get_object (object, "flows");
  gsize place = plug_reader_enter (self, "flows");

  for (gsize i = 0; flows != NULL && i < G_N_ELEMENTS (grants); i++) {
    JsonObject *flow = plug_reader_get_object (flows, grants[i].flow);
    gsize flow_place = plug_reader_enter (self, grants[i].flow);

    if (flow != NULL) {
      scheme->grant = i;
      g_clear_pointer (&scheme->token_url, plug_template_unref);
      scheme->token_url = plug_reader_read_template (self, flow, "tokenUrl", PLUG_USE_URL);
      for (gsize j = 0; j < G_N_ELEMENTS (addresses); j++)
        visit_template (self, flow, addresses[j], PLUG_USE_URL);
      if (grants[i].flow_needs != NULL)
        need_member (self, flow, grants[i].flow_needs, "this flow");
    }
    plug_reader_leave (self, flow_place);
  }
  plug_reader_leave (self, place);
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
  if (scheme->client_auth == PLUG_CLIENT_AUTH_NONE && json_object_has_member (object, "client_secret"))
    plug_reader_report (self, "client_secret", "is not sent with the token_endpoint_auth_method “none”");
}

static void
read_assertion (PlugDefinitionReader *self,
                JsonObject *object)
{
  JsonObject *assertion = plug_reader_get_object (object, "assertion");
  gsize place = plug_reader_enter (self, "assertion");

  if (assertion != NULL) {
    visit_template (self, assertion, "key", PLUG_USE_IS_SECRET);
    visit_template (self, assertion, "kid", 0);
    visit_template (self, assertion, "x5t", 0);
    visit_templates (self, assertion, "claims", 0);
  }
  plug_reader_leave (self, place);
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
read_oauth2 (PlugDefinitionReader *self,
             JsonObject *object,
             PlugUseFlags flags,
             PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_OAUTH2;
  read_flows (self, object, scheme);
  read_client_auth (self, object, scheme);
  for (gsize i = 0; grants[scheme->grant].needs[i] != NULL; i++)
    need_member (self, object, grants[scheme->grant].needs[i], "this flow");

  scheme->client_id = plug_reader_read_template (self, object, "client_id", PLUG_USE_MAY_SECRET);
  scheme->client_secret = plug_reader_read_template (self, object, "client_secret", PLUG_USE_IS_SECRET);
  scheme->username = plug_reader_read_template (self, object, "username", PLUG_USE_MAY_SECRET);
  scheme->password = plug_reader_read_template (self, object, "password", PLUG_USE_IS_SECRET);
  scheme->scope = plug_reader_read_template (self, object, "scope", 0);
  scheme->token_json = g_strcmp0 (plug_reader_get_text (object, "token_content_type"), "application/json") == 0;
  plug_reader_read_templates (self, object, "token_params", PLUG_USE_MAY_SECRET, scheme->token_params);
  plug_reader_read_templates (self, object, "token_headers", PLUG_USE_MAY_SECRET | PLUG_USE_HEADER,
                              scheme->token_headers);
  visit_templates (self, object, "authorization_params", 0);
  read_assertion (self, object);
  scheme->access_token = dup_text_or (object, "access_token", "/access_token");
  scheme->expires_in = dup_text_or (object, "expires_in", "/expires_in");
  plug_reader_read_learnt (self, object, "set", scheme->set);
  read_apply (self, object, "apply", PLUG_USE_TOKEN);
}

static void
read_login (PlugDefinitionReader *self,
            JsonObject *object,
            PlugUseFlags flags,
            PlugScheme *scheme)
{
  g_autoptr (PlugRequestSpec) request = plug_reader_read_request (self, object, "request", PLUG_USE_MAY_SECRET);
  g_autoptr (PlugRequestSpec) logout = plug_reader_read_request (self, object, "logout",
                                                                 PLUG_USE_MAY_SECRET | PLUG_USE_TOKEN);
  g_autoptr (PlugExpectSpec) expect = plug_expect_spec_new ();

  scheme->kind = PLUG_SCHEME_LOGIN;
  plug_reader_read_expect (self, object, "expect", expect);
  plug_reader_read_learnt (self, object, "set", scheme->set);
  read_apply (self, object, "with", 0);
  read_apply (self, object, "apply", PLUG_USE_TOKEN);
}

static void
read_mutual_tls (PlugDefinitionReader *self,
                 JsonObject *object,
                 PlugUseFlags flags,
                 PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_MUTUAL_TLS;
  visit_template (self, object, "certificate", PLUG_USE_MAY_SECRET);
  visit_template (self, object, "private_key", PLUG_USE_IS_SECRET);
}

static void
read_aws (PlugDefinitionReader *self,
          JsonObject *object,
          PlugUseFlags flags,
          PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_AWS_SIG_V4;
  visit_template (self, object, "access_key_id", PLUG_USE_MAY_SECRET | PLUG_USE_HEADER);
  visit_template (self, object, "secret_access_key", PLUG_USE_IS_SECRET);
  visit_template (self, object, "session_token", PLUG_USE_IS_SECRET | PLUG_USE_HEADER);
  visit_template (self, object, "region", PLUG_USE_HEADER);
}

static void
read_signature (PlugDefinitionReader *self,
                JsonObject *object,
                PlugUseFlags flags,
                PlugScheme *scheme)
{
  scheme->kind = PLUG_SCHEME_SIGNATURE;
  visit_template (self, object, "key", PLUG_USE_MAY_SECRET);
  visit_template (self, object, "secret", PLUG_USE_IS_SECRET);
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

/* How a token is shown to the service, or how the request for one is signed. */
static void
read_apply (PlugDefinitionReader *self,
            JsonObject *parent,
            const char *member,
            PlugUseFlags flags)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  g_autoptr (PlugScheme) scheme = plug_scheme_new ();
  gsize place = plug_reader_enter (self, member);

  if (object != NULL && g_strcmp0 (plug_reader_get_text (object, "type"), "apiKey") == 0)
    read_api_key (self, object, flags, scheme);
  else if (object != NULL)
    read_http (self, object, flags, scheme);
  plug_reader_leave (self, place);
}

PlugScheme *
plug_reader_read_scheme (PlugDefinitionReader *self,
                         JsonObject *object)
{
  const char *type = plug_reader_get_text (object, "type");

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++) {
    if (g_strcmp0 (type, readers[i].type) == 0) {
      PlugScheme *scheme = plug_scheme_new ();

      scheme->json = json_object_ref (object);
      readers[i].read (self, object, 0, scheme);
      return scheme;
    }
  }
  return NULL;
}
