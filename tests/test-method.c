/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-catalogue.h"

typedef struct {
  PlugCatalogue *catalogue;
  PlugValues *values;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->catalogue = plug_catalogue_new ();
  fixture->values = plug_values_new ();
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  plug_values_unref (fixture->values);
  g_assert_finalize_object (fixture->catalogue);
}

static PlugMethod *
get_method (Fixture *fixture,
            const char *provider,
            const char *method)
{
  return plug_provider_get_method (plug_catalogue_get_provider (fixture->catalogue, provider), method);
}

static void
test_complete (Fixture *fixture,
               gconstpointer data)
{
  PlugMethod *method = get_method (fixture, "halopsa", "password");
  g_autoptr (PlugValues) complete = NULL;

  plug_values_set (fixture->values, "api_address", "https://x.halopsa.com");
  plug_values_set_secret (fixture->values, "password", "pä ss");
  plug_values_set (fixture->values, "tenant", "");
  complete = plug_method_complete_values (method, fixture->values);

  g_assert_cmpstr (plug_values_get (complete, "auth_url"), ==, "https://x.halopsa.com/auth");
  g_assert_cmpstr (plug_values_get (complete, "scope"), ==, "all");
  g_assert_cmpstr (plug_values_get (complete, "tenant"), ==, "");
  g_assert_cmpstr (plug_values_get (complete, "password"), ==, "pä ss");
  g_assert_true (plug_values_is_secret (complete, "password"));
  g_assert_null (plug_values_get (complete, "username"));
  g_assert_null (plug_values_get (fixture->values, "scope"));
}

static void
test_complete_keeps_typed (Fixture *fixture,
                           gconstpointer data)
{
  g_autoptr (PlugValues) complete = NULL;

  plug_values_set (fixture->values, "api_address", "https://x.halopsa.com");
  plug_values_set (fixture->values, "auth_url", "https://auth.example.com");
  plug_values_set (fixture->values, "scope", "read:tickets");
  complete = plug_method_complete_values (get_method (fixture, "halopsa", "password"), fixture->values);

  g_assert_cmpstr (plug_values_get (complete, "auth_url"), ==, "https://auth.example.com");
  g_assert_cmpstr (plug_values_get (complete, "scope"), ==, "read:tickets");
}

/* Without the address there is no authorisation server, rather than "/auth". */
static void
test_complete_without_base (Fixture *fixture,
                            gconstpointer data)
{
  g_autoptr (PlugValues) complete =
    plug_method_complete_values (get_method (fixture, "halopsa", "password"), fixture->values);

  g_assert_null (plug_values_get (complete, "auth_url"));
}

/* A default of a default, whatever the order in the form. */
static void
test_complete_chain (Fixture *fixture,
                     gconstpointer data)
{
  static const char definition[] =
    "{\"id\": \"example\", \"name\": \"Example\", \"categories\": [\"psa\"], \"docs\": \"https://example.com\","
    " \"methods\": [{\"id\": \"token\", \"label\": \"Token\", \"parameters\": ["
    "  {\"id\": \"c\", \"label\": \"C\", \"type\": \"uri\", \"default\": \"{+b}/c\"},"
    "  {\"id\": \"b\", \"label\": \"B\", \"type\": \"uri\", \"default\": \"{+a}/{region}\"},"
    "  {\"id\": \"a\", \"label\": \"A\", \"type\": \"uri\"},"
    "  {\"id\": \"region\", \"label\": \"Region\", \"type\": \"string\", \"default\": \"eu\"},"
    "  {\"id\": \"token\", \"label\": \"Token\", \"type\": \"secret\"}],"
    " \"server\": {\"url\": \"{+c}\"},"
    " \"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}],"
    " \"test\": {\"request\": {\"url\": \"{+c}/me\"}}}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugProvider) provider = plug_provider_new_from_json (definition, -1, FALSE, &error);
  g_autoptr (PlugValues) complete = NULL;

  g_assert_no_error (error);
  plug_values_set (fixture->values, "a", "https://a.example.com");
  complete = plug_method_complete_values (plug_provider_get_method (provider, "token"), fixture->values);
  g_assert_cmpstr (plug_values_get (complete, "c"), ==, "https://a.example.com/eu/c");
}

static void
test_token_url (Fixture *fixture,
                gconstpointer data)
{
  static const struct {
    const char *address;
    const char *tenant;
    const char *server;
    const char *expected;
  } cases[] = {
    { NULL, NULL, NULL, NULL },
    { "", "acme", NULL, NULL },
    { "x.halopsa.com", NULL, NULL, "https://x.halopsa.com/auth/token" },
    { " https://X.HaloPSA.com/api/ ", "acme", NULL, "https://x.halopsa.com/auth/token?tenant=acme" },
    { "https://x.halopsa.com", "a&b=c d", NULL, "https://x.halopsa.com/auth/token?tenant=a%26b%3Dc%20d" },
    { "https://x.halopsa.com", NULL, "https://auth.example.com/", "https://auth.example.com/token" },
    { "http://127.0.0.1:8080", "t", NULL, "http://127.0.0.1:8080/auth/token?tenant=t" },
    { "http://x.halopsa.com", NULL, NULL, NULL },
    { "https://u:p@x.halopsa.com", NULL, NULL, NULL },
    { "https://x y", NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *url = NULL;

    plug_values_set (fixture->values, "api_address", cases[i].address);
    plug_values_set (fixture->values, "tenant", cases[i].tenant);
    plug_values_set (fixture->values, "auth_url", cases[i].server);
    url = plug_method_dup_token_url (get_method (fixture, "halopsa", "client-credentials"), fixture->values);
    g_assert_cmpstr (url, ==, cases[i].expected);
  }
}

static void
test_no_token_url (Fixture *fixture,
                   gconstpointer data)
{
  plug_values_set (fixture->values, "domain", "example.okta.com");
  g_assert_null (plug_method_dup_token_url (get_method (fixture, "okta", "api-token"), fixture->values));
}

static void
test_schemes (Fixture *fixture,
              gconstpointer data)
{
  PlugScheme *halo = g_ptr_array_index (plug_method_get_schemes (get_method (fixture, "halopsa", "password")), 0);
  PlugScheme *client =
    g_ptr_array_index (plug_method_get_schemes (get_method (fixture, "halopsa", "client-credentials")), 0);
  PlugScheme *okta = g_ptr_array_index (plug_method_get_schemes (get_method (fixture, "okta", "api-token")), 0);
  PlugScheme *jira = g_ptr_array_index (plug_method_get_schemes (get_method (fixture, "jira-cloud", "api-token")), 0);

  g_assert_cmpint (halo->kind, ==, PLUG_SCHEME_OAUTH2);
  g_assert_cmpint (halo->grant, ==, PLUG_GRANT_PASSWORD);
  g_assert_cmpint (halo->client_auth, ==, PLUG_CLIENT_AUTH_NONE);
  g_assert_null (halo->client_secret);
  g_assert_cmpstr (plug_template_get_text (halo->password), ==, "{password}");
  g_assert_cmpstr (halo->access_token, ==, "/access_token");
  g_assert_cmpint (client->grant, ==, PLUG_GRANT_CLIENT_CREDENTIALS);
  g_assert_cmpint (client->client_auth, ==, PLUG_CLIENT_SECRET_POST);
  g_assert_cmpint (okta->kind, ==, PLUG_SCHEME_API_KEY);
  g_assert_cmpint (okta->in, ==, PLUG_API_KEY_IN_HEADER);
  g_assert_cmpstr (plug_template_get_text (okta->name), ==, "Authorization");
  g_assert_cmpstr (plug_template_get_text (okta->value), ==, "SSWS {token}");
  g_assert_cmpint (jira->kind, ==, PLUG_SCHEME_HTTP_BASIC);
  g_assert_cmpstr (plug_template_get_text (jira->username), ==, "{email}");
}

static void
test_resolve_and_test (Fixture *fixture,
                       gconstpointer data)
{
  PlugMethod *method = get_method (fixture, "halopsa", "password");
  PlugResolveSpec *resolve = g_ptr_array_index (plug_method_get_resolves (method), 0);
  const PlugCondition *denied = g_ptr_array_index (plug_method_get_denied (method), 0);

  g_assert_true (resolve->optional);
  g_assert_false (resolve->after_auth);
  g_assert_cmpstr (resolve->request->verb, ==, "GET");
  g_assert_cmpstr (g_hash_table_lookup (resolve->set, "auth_url"), ==, "/auth_url");
  g_assert_cmpstr (g_hash_table_lookup (resolve->set, "tenant"), ==, "/tenant_id");
  g_assert_cmpstr (plug_method_get_identity (method), ==, "/name");
  g_assert_cmpuint (g_array_index (denied->status, guint, 0), ==, 403);
  g_assert_cmpuint (g_array_index (plug_method_get_expect (method)->status, guint, 0), ==, 200);
  g_assert_false (plug_method_test_is_issued (method));
  g_assert_null (plug_method_get_not_testable_reason (method));
  g_assert_null (plug_method_get_within (method)[0]);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/method/complete/defaults", test_complete);
  ADD ("/method/complete/keeps-typed", test_complete_keeps_typed);
  ADD ("/method/complete/without-base", test_complete_without_base);
  ADD ("/method/complete/chain", test_complete_chain);
  ADD ("/method/token-url/table", test_token_url);
  ADD ("/method/token-url/none", test_no_token_url);
  ADD ("/method/spec/schemes", test_schemes);
  ADD ("/method/spec/resolve-and-test", test_resolve_and_test);

  return g_test_run ();
}
