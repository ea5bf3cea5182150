/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-catalogue.h"

#include <string.h>

static PlugParameter *
get_parameter (PlugCatalogue *catalogue,
               const char *id)
{
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");

  return plug_method_get_parameter (plug_provider_get_method (provider, "client-credentials"), id);
}

/* Every shape in which people type the API Address. */
static void
test_address_shapes (void)
{
  static const char * const shapes[] = {
    "acme.halopsa.com",
    "https://acme.halopsa.com",
    "https://acme.halopsa.com/",
    "https://acme.halopsa.com/api",
    "https://acme.halopsa.com/api/",
    "https://acme.halopsa.com/auth",
    "https://acme.halopsa.com/auth/token",
    "https://acme.halopsa.com/auth/token/",
    "  HTTPS://ACME.HaloPSA.com/API \n",
    "ACME.HALOPSA.COM/auth/token",
    "\"https://acme.halopsa.com\"",
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugParameter *parameter = get_parameter (catalogue, "api_address");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    g_autofree char *value = plug_parameter_normalise (parameter, shapes[i], NULL);

    g_test_message ("%s", shapes[i]);
    g_assert_cmpstr (value, ==, "https://acme.halopsa.com");
    g_assert_cmpint (plug_parameter_check (parameter, value), ==, PLUG_VALUE_OK);
  }
}

static void
test_bad_addresses (void)
{
  static const struct {
    const char *text;
    PlugValueProblem problem;
  } rows[] = {
    { "", PLUG_VALUE_MISSING },
    { "   ", PLUG_VALUE_MISSING },
    { "http://acme.halopsa.com", PLUG_VALUE_NOT_HTTPS },
    { "ftp://acme.halopsa.com", PLUG_VALUE_NOT_HTTPS },
    { "https://u:p@acme.halopsa.com", PLUG_VALUE_USER_INFO },
    { "https://acme.halopsa.com/#x", PLUG_VALUE_FRAGMENT },
    { "https://acme..com", PLUG_VALUE_NOT_A_HOST },
    { "https://a\nb", PLUG_VALUE_LINE_BREAK },
    { "https://a\tb", PLUG_VALUE_CONTROL },
    { "https://a\u202eb", PLUG_VALUE_BIDI },
    { "https://\xff", PLUG_VALUE_NOT_UTF8 },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugParameter *parameter = get_parameter (catalogue, "api_address");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = plug_parameter_normalise (parameter, rows[i].text, NULL);

    g_test_message ("%u", i);
    g_assert_cmpint (plug_parameter_check (parameter, value), ==, rows[i].problem);
  }
}

static void
test_secrets_are_carried_exactly (void)
{
  static const char * const secrets[] = { "a\"b'c`\\d", "&%=?#{x}${y}", "p😀ß\u05d0", "a b", "%00" };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugParameter *parameter = get_parameter (catalogue, "client_secret");

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_autofree char *value = plug_parameter_normalise (parameter, secrets[i], NULL);

    g_assert_cmpstr (value, ==, secrets[i]);
    g_assert_cmpint (plug_parameter_check (parameter, value), ==, PLUG_VALUE_OK);
  }
}

static void
test_trimmed (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugParameter *parameter = get_parameter (catalogue, "client_secret");
  gboolean trimmed = FALSE;
  g_autofree char *value = plug_parameter_normalise (parameter, " \t\u200bsecret\r\n", &trimmed);

  g_assert_cmpstr (value, ==, "secret");
  g_assert_true (trimmed);
}

static void
test_too_long (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugParameter *parameter = get_parameter (catalogue, "client_secret");
  g_autofree char *text = g_malloc (1024 * 1024 + 1);

  memset (text, 'x', 1024 * 1024);
  text[1024 * 1024] = '\0';
  g_assert_cmpint (plug_parameter_check (parameter, text), ==, PLUG_VALUE_TOO_LONG);
  text[PLUG_PARAMETER_MAX_BYTES] = '\0';
  g_assert_cmpint (plug_parameter_check (parameter, text), ==, PLUG_VALUE_OK);
}

static void
test_before_suffix (void)
{
  static const char * const rows[][2] = {
    { "acme", "acme" },
    { "acme.zendesk.com", "acme" },
    { "https://acme.zendesk.com", "acme" },
    { "https://Acme.Zendesk.com/agent/tickets?x=1", "Acme" },
    { " \"acme\" ", "acme" },
    /* Another host is for the check to refuse */
    { "https://acme.example.com", "https://acme.example.com" },
    { ".zendesk.com", ".zendesk.com" },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugMethod *method = plug_provider_get_method (plug_catalogue_get_provider (catalogue, "zendesk"), "api-token");
  PlugParameter *parameter = plug_method_get_parameter (method, "subdomain");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = plug_parameter_normalise (parameter, rows[i][0], NULL);

    g_assert_cmpstr (value, ==, rows[i][1]);
    g_assert_true ((plug_parameter_check (parameter, value) == PLUG_VALUE_OK) == (g_ascii_strcasecmp (value, "acme") == 0));
  }
}

static void
test_path (void)
{
  static const struct {
    const char *text, *value;
    PlugValueProblem problem;
  } rows[] = {
    { "users/me", "users/me", PLUG_VALUE_OK },
    { "/users/me?limit=1", "users/me?limit=1", PLUG_VALUE_OK },
    { "//evil.example/x", "evil.example/x", PLUG_VALUE_OK },
    { "", "", PLUG_VALUE_OK },
    { "a/../b", "a/../b", PLUG_VALUE_NOT_A_PATH },
    { "a/%2E%2e/b", "a/%2E%2e/b", PLUG_VALUE_NOT_A_PATH },
    { "a#b", "a#b", PLUG_VALUE_NOT_A_PATH },
    { "https://evil.example", "https://evil.example", PLUG_VALUE_NOT_A_PATH },
    { "a b", "a b", PLUG_VALUE_NOT_A_PATH },
    { "a\\b", "a\\b", PLUG_VALUE_NOT_A_PATH },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugMethod *method = plug_provider_get_method (plug_catalogue_get_provider (catalogue, "custom"), "bearer");
  PlugParameter *parameter = plug_method_get_parameter (method, "test_path");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *value = plug_parameter_normalise (parameter, rows[i].text, NULL);

    g_test_message ("%s", rows[i].text);
    g_assert_cmpstr (value, ==, rows[i].value);
    g_assert_cmpint (plug_parameter_check (parameter, value), ==, rows[i].problem);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parameter/before-suffix", test_before_suffix);
  g_test_add_func ("/parameter/path", test_path);
  g_test_add_func ("/parameter/address-shapes", test_address_shapes);
  g_test_add_func ("/parameter/bad-addresses", test_bad_addresses);
  g_test_add_func ("/parameter/secrets-are-carried-exactly", test_secrets_are_carried_exactly);
  g_test_add_func ("/parameter/trimmed", test_trimmed);
  g_test_add_func ("/parameter/too-long", test_too_long);
  return g_test_run ();
}
