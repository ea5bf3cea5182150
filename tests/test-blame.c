/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-blame.h"

#include "plug-catalogue.h"

static void
assert_blamed (const char *method_id,
               const char *auth_url,
               guint blame,
               const char *expected)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugMethod *method = plug_provider_get_method (plug_catalogue_get_provider (catalogue, "halopsa"), method_id);
  const PlugScheme *scheme = g_ptr_array_index (plug_method_get_schemes (method), 0);
  g_autoptr (PlugValues) typed = plug_values_new ();
  g_auto (GStrv) blamed = NULL;
  g_autofree char *joined = NULL;

  plug_values_set (typed, "api_address", "https://example.halopsa.com");
  plug_values_set (typed, "auth_url", auth_url);
  blamed = plug_blame_dup_ids (method, typed, scheme->token_url, blame);
  joined = g_strjoinv (",", blamed);
  g_assert_cmpstr (joined, ==, expected);
}

static void
test_halopsa (void)
{
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_NOTHING, "");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_CLIENT, "client_id,client_secret");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_LOGIN, "client_id,client_secret");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_CREDENTIALS, "client_id,client_secret");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_SCOPE, "scope");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_ADDRESS, "api_address");
  assert_blamed ("client-credentials", "https://auth.example.com", PLUG_BLAME_ADDRESS, "auth_url");
  assert_blamed ("client-credentials", NULL, PLUG_BLAME_PLACE, "tenant");
  assert_blamed ("password", NULL, PLUG_BLAME_CLIENT, "client_id");
  assert_blamed ("password", NULL, PLUG_BLAME_LOGIN, "username,password");
  assert_blamed ("password", NULL, PLUG_BLAME_CREDENTIALS, "client_id,username,password");
}

/* A certificate is to blame for the client where it stands for the client's secret, and nowhere else. */
static void
test_certificate (void)
{
  static const struct {
    const char *client;
    const char *expected;
  } rows[] = {
    { "\"token_endpoint_auth_method\":\"tls_client_auth\"", "id,certificate,key" },
    { "\"client_secret\":\"{secret}\"", "id,secret" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = g_strdup_printf (
      "{\"id\":\"acme\",\"name\":\"Acme\",\"categories\":[\"itsm\"],\"docs\":\"https://acme.test\",\"methods\":[{"
      "\"id\":\"main\",\"label\":\"Main\",\"parameters\":[{\"id\":\"id\",\"label\":\"ID\",\"type\":\"string\"},"
      "{\"id\":\"certificate\",\"label\":\"C\",\"type\":\"pem\",\"secret\":false},{\"id\":\"key\",\"label\":\"K\","
      "\"type\":\"pem\"}%s],\"server\":{\"url\":\"https://acme.test\"},\"auth\":[{\"type\":\"oauth2\",\"flows\":"
      "{\"clientCredentials\":{\"tokenUrl\":\"https://acme.test/t\"}},\"client_id\":\"{id}\",%s},{\"type\":\"mutualTLS\","
      "\"certificate\":\"{certificate}\",\"private_key\":\"{key}\"}],\"test\":{\"issued\":true}}]}",
      strstr (rows[i].client, "{secret}") != NULL ? ",{\"id\":\"secret\",\"label\":\"S\",\"type\":\"secret\"}" : "",
      rows[i].client);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugProvider) provider = plug_provider_new_from_json (text, -1, TRUE, &error);
    g_autoptr (PlugValues) typed = plug_values_new ();
    g_auto (GStrv) blamed = NULL;
    g_autofree char *joined = NULL;

    g_assert_no_error (error);
    blamed = plug_blame_dup_ids (plug_provider_get_method (provider, "main"), typed, NULL, PLUG_BLAME_CLIENT);
    joined = g_strjoinv (",", blamed);
    g_assert_cmpstr (joined, ==, rows[i].expected);
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blame/halopsa", test_halopsa);
  g_test_add_func ("/blame/certificate", test_certificate);

  return g_test_run ();
}
