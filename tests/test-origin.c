/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-origin.h"

static PlugOriginVerdict
check (PlugOriginRules *rules,
       const char *text)
{
  PlugUrlProblem problem;
  g_autoptr (PlugUrl) url = plug_url_parse (text, &problem);

  g_assert_nonnull (url);

  return plug_origin_rules_check (rules, url);
}

static void
test_trusted (void)
{
  g_autoptr (PlugOriginRules) rules = plug_origin_rules_new ();

  plug_origin_rules_trust (rules, "https://api.example.com");
  plug_origin_rules_trust (rules, "https://example.com:8443");
  g_assert_cmpint (check (rules, "https://api.example.com/x?y"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://API.example.com:443/"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://example.com:8443/"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://example.com/"), ==, PLUG_ORIGIN_ASK);
  g_assert_cmpint (check (rules, "https://api.example.com:444/"), ==, PLUG_ORIGIN_ASK);
  g_assert_cmpint (check (rules, "https://api.example.com.evil.test/"), ==, PLUG_ORIGIN_ASK);
  g_assert_cmpint (check (rules, "https://sub.api.example.com/"), ==, PLUG_ORIGIN_ASK);
}

static void
test_within (void)
{
  g_autoptr (PlugOriginRules) rules = plug_origin_rules_new ();

  plug_origin_rules_trust_within (rules, "halopsa.com");
  g_assert_cmpint (check (rules, "https://eu.halopsa.com/auth"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://evilhalopsa.com/auth"), ==, PLUG_ORIGIN_ASK);
  g_assert_cmpint (check (rules, "https://halopsa.com.evil.test/auth"), ==, PLUG_ORIGIN_ASK);
}

static void
test_plain_http (void)
{
  g_autoptr (PlugOriginRules) remote = plug_origin_rules_new ();
  g_autoptr (PlugOriginRules) local = plug_origin_rules_new ();

  plug_origin_rules_trust (remote, "https://example.com");
  g_assert_cmpint (check (remote, "http://127.0.0.1:8080/"), ==, PLUG_ORIGIN_FORBIDDEN);
  g_assert_cmpint (check (remote, "http://localhost/"), ==, PLUG_ORIGIN_FORBIDDEN);

  plug_origin_rules_trust (local, "http://127.0.0.1:8080");
  g_assert_cmpint (check (local, "http://127.0.0.1:8080/x"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (local, "http://127.0.0.1:8081/x"), ==, PLUG_ORIGIN_ASK);
}

static PlugOriginRules *
make_rules (gboolean built_in,
            const char *base,
            const char *approved)
{
  static const char text[] =
    "{\"id\":\"example\",\"name\":\"Example\",\"categories\":[\"itsm\"],\"docs\":\"https://example.com/docs\","
    "\"icon\":\"monogram:e\",\"methods\":[{\"id\":\"key\",\"label\":\"Key\",\"parameters\":["
    "{\"id\":\"base\",\"label\":\"Address\",\"type\":\"uri\"},"
    "{\"id\":\"login\",\"label\":\"Login\",\"type\":\"uri\",\"required\":false,\"default\":\"{+base}/login\"},"
    "{\"id\":\"key\",\"label\":\"API key\",\"type\":\"secret\"}],"
    "\"server\":{\"url\":\"https://api.example.com\"},"
    "\"auth\":[{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+login}/token\"}},"
    "\"client_id\":\"x\",\"client_secret\":\"{key}\"}],"
    "\"test\":{\"request\":{\"url\":\"https://test.example.com/me\"}}}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugProvider) provider = plug_provider_new_from_json (text, -1, built_in, &error);
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (PlugDraft) draft = NULL;
  const char *approved_origins[] = { approved, NULL };

  g_assert_no_error (error);
  plug_values_set (values, "base", base);
  plug_values_set_secret (values, "key", "secret");
  draft = plug_draft_new (provider, g_ptr_array_index (plug_provider_get_methods (provider), 0), "Example", values,
                          approved_origins, NULL);

  return plug_origin_rules_new_for_draft (draft);
}

static void
test_built_in (void)
{
  g_autoptr (PlugOriginRules) rules = make_rules (TRUE, "https://typed.test/base", "https://approved.test");

  g_assert_cmpint (check (rules, "https://api.example.com/"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://test.example.com/me"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://typed.test/login/token"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://approved.test/"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://example.com/"), ==, PLUG_ORIGIN_ASK);
}

static void
test_user_definition (void)
{
  g_autoptr (PlugOriginRules) rules = make_rules (FALSE, "https://typed.test/base", NULL);

  g_assert_cmpint (check (rules, "https://typed.test/"), ==, PLUG_ORIGIN_TRUSTED);
  g_assert_cmpint (check (rules, "https://api.example.com/"), ==, PLUG_ORIGIN_ASK);
  g_assert_cmpint (check (rules, "https://test.example.com/me"), ==, PLUG_ORIGIN_ASK);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/origin/check/trusted", test_trusted);
  g_test_add_func ("/origin/check/within", test_within);
  g_test_add_func ("/origin/check/plain-http", test_plain_http);
  g_test_add_func ("/origin/draft/built-in", test_built_in);
  g_test_add_func ("/origin/draft/user-definition", test_user_definition);

  return g_test_run ();
}
