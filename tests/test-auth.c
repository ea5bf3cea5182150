/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-auth.h"

#include <string.h>

#include "plug-catalogue.h"
#include "plug-error.h"

/* How the signed requests look on the wire is in test-test.c. */

static PlugProvider *
make_provider (const char *auth)
{
  g_autofree char *text = g_strdup_printf (
    "{\"id\":\"example\",\"name\":\"Example\",\"categories\":[\"itsm\"],\"docs\":\"https://example.com/docs\","
    "\"icon\":\"monogram:e\",\"methods\":[{\"id\":\"key\",\"label\":\"Key\",\"parameters\":["
    "{\"id\":\"base\",\"label\":\"Address\",\"type\":\"uri\"},"
    "{\"id\":\"user\",\"label\":\"User\",\"type\":\"string\"}%s],"
    "\"server\":{\"url\":\"{+base}\"},\"auth\":[%s],"
    "\"test\":{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/me\",\"contentType\":\"application/json\","
    "\"body\":{\"user\":\"{user}\"}}}}]}",
    strstr (auth, "{key}") != NULL ? ",{\"id\":\"key\",\"label\":\"API key\",\"type\":\"secret\"}" : "", auth);
  g_autoptr (GError) error = NULL;
  PlugProvider *provider = plug_provider_new_from_json (text, -1, TRUE, &error);

  g_assert_no_error (error);

  return provider;
}

static PlugMethod *
get_method (PlugProvider *provider)
{
  return g_ptr_array_index (plug_provider_get_methods (provider), 0);
}

static void
test_can_sign (void)
{
  static const struct {
    const char *auth;
    gboolean can_sign;
  } rows[] = {
    { "{\"type\":\"none\"}", TRUE },
    { "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", TRUE },
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"}", TRUE },
    { "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\",\"value\":\"{key}\"}", TRUE },
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"},"
      "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"clientId\",\"value\":\"{user}\"}", TRUE },
    { "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/t\"}},\"client_id\":\"{user}\","
      "\"client_secret\":\"{key}\"}", TRUE },
    { "{\"type\":\"oauth2\",\"flows\":{\"deviceAuthorization\":{\"tokenUrl\":\"{+base}/t\","
      "\"deviceAuthorizationUrl\":\"{+base}/d\"}},\"client_id\":\"{user}\",\"token_endpoint_auth_method\":\"none\"}", FALSE },
    { "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/t\"}},\"client_id\":\"{user}\","
      "\"token_endpoint_auth_method\":\"tls_client_auth\"},"
      "{\"type\":\"mutualTLS\",\"certificate\":\"{user}\",\"private_key\":\"{key}\"}", TRUE },
    { "{\"type\":\"awsSigV4\",\"access_key_id\":\"{user}\",\"secret_access_key\":\"{key}\",\"region\":\"eu\","
      "\"service\":\"s3\"}", TRUE },
    { "{\"type\":\"signature\",\"algorithm\":\"duo\",\"key\":\"{user}\",\"secret\":\"{key}\"}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugProvider) provider = make_provider (rows[i].auth);
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", rows[i].auth);
    g_assert_cmpint (plug_auth_can_sign (get_method (provider), &error), ==, rows[i].can_sign);
    if (rows[i].can_sign)
      g_assert_no_error (error);
    else
      g_assert_error (error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED);
  }
}

static PlugHttpRequest *
make_request (const char *auth,
              const char *user,
              const char *key,
              GError **error)
{
  g_autoptr (PlugProvider) provider = make_provider (auth);
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set (values, "base", "https://example.com");
  plug_values_set (values, "user", user);
  plug_values_set_secret (values, "key", key);

  return plug_auth_new_request (get_method (provider), plug_method_get_test_request (get_method (provider)), values, TRUE,
                                NULL, error);
}

static void
test_refuses (void)
{
  static const struct {
    const char *auth, *user, *key;
  } rows[] = {
    /* The first colon would end the user name */
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"}", "a:b", "key" },
    /* A line break would begin another header */
    { "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", "user", "a\r\nX-Evil: 1" },
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Key\",\"value\":\"{key}\"}", "user", "a\nb" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugHttpRequest) request = make_request (rows[i].auth, rows[i].user, rows[i].key, &error);

    g_assert_null (request);
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
    g_assert_null (g_strstr_len (error->message, -1, "Evil"));
  }
}

static void
test_key_in_query (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugHttpRequest) request = make_request (
    "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"key\",\"value\":\"{key}\"}", "user", "a&b=c#d", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plug_http_request_get_url (request), ==, "https://example.com/me?key=a%26b%3Dc%23d");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/auth/can-sign/table", test_can_sign);
  g_test_add_func ("/auth/request/refuses", test_refuses);
  g_test_add_func ("/auth/request/key-in-query", test_key_in_query);

  return g_test_run ();
}
