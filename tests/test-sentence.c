/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-sentence.h"

#include <string.h>

#include "plug-catalogue.h"
#include "plug-error.h"

/* Whole, with nothing left to fill in. */
static void
assert_sentence (const char *sentence)
{
  g_assert_nonnull (sentence);
  g_test_message ("%s", sentence);
  g_assert_cmpuint (strlen (sentence), >, 5);
  g_assert_null (strchr (sentence, '%'));
  g_assert_null (strstr (sentence, "(null)"));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (sentence)) || g_ascii_islower (*sentence));
  g_assert_true (strchr (".…", sentence[strlen (sentence) - 1]) != NULL);
}

static void
test_errors (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int code = 0; code <= PLUG_ERROR_ANSWER_UNREADABLE; code++) {
    g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, code, "for the log");
    g_autofree char *with_host = plug_sentence_for_error (error, "example.halopsa.com");
    g_autofree char *without_host = plug_sentence_for_error (error, NULL);

    assert_sentence (with_host);
    assert_sentence (without_host);
    g_assert_null (strstr (with_host, "for the log"));
    g_assert_null (strstr (without_host, "halopsa"));
    if (code >= PLUG_ERROR_HOST_NOT_FOUND && code != PLUG_ERROR_AUTHORITIES_UNREADABLE)
      g_assert_nonnull (strstr (with_host, "example.halopsa.com"));
    /* Every code has a sentence of its own. */
    g_assert_true (g_hash_table_add (seen, g_steal_pointer (&with_host)));
  }
}

static void
test_foreign_errors (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_autofree char *first = plug_sentence_for_error (cancelled, NULL);
  g_autofree char *second = plug_sentence_for_error (other, NULL);

  g_assert_cmpstr (first, ==, "Cancelled.");
  assert_sentence (second);
}

/* A host's name is put in as it is, whatever is in it. */
static void
test_host_is_no_format (void)
{
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_HOST_NOT_FOUND, "x");
  g_autofree char *sentence = plug_sentence_for_error (error, "%s%n.example");

  g_assert_true (g_str_has_prefix (sentence, "%s%n.example could not be found."));
}

static PlugDraft *
make_draft (const char *provider_id,
            const char *method_id)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, provider_id);
  g_autoptr (PlugValues) values = plug_values_new ();
  PlugMethod *method;

  g_assert_nonnull (provider);
  method = method_id != NULL ? plug_provider_get_method (provider, method_id)
                             : g_ptr_array_index (plug_provider_get_methods (provider), 0);

  return plug_draft_new (provider, method, "Name", values, NULL, NULL);
}

static void
test_value_problems (void)
{
  g_autoptr (PlugDraft) draft = make_draft ("halopsa", "client-credentials");
  PlugParameter *parameter = plug_method_get_parameter (plug_draft_get_method (draft), "client_id");
  g_autofree char *missing = plug_sentence_for_value_problem (PLUG_VALUE_MISSING, parameter);

  g_assert_null (plug_sentence_for_value_problem (PLUG_VALUE_OK, parameter));
  g_assert_cmpstr (missing, ==, "Client ID is required.");
  for (int problem = PLUG_VALUE_MISSING; problem <= PLUG_VALUE_NOT_ASCII; problem++) {
    g_autofree char *sentence = plug_sentence_for_value_problem (problem, parameter);

    assert_sentence (sentence);
  }
}

static void
test_name_problems (void)
{
  g_assert_null (plug_sentence_for_name_problem (PLUG_NAME_OK));
  for (int problem = PLUG_NAME_EMPTY; problem <= PLUG_NAME_TAKEN; problem++)
    assert_sentence (plug_sentence_for_name_problem (problem));
}

static void
test_verdicts (void)
{
  static char *client[] = { (char *) "client_id", (char *) "client_secret", NULL };
  static char *login[] = { (char *) "client_id", (char *) "username", (char *) "password", NULL };
  static char *scope[] = { (char *) "scope", NULL };
  const struct {
    const char *method;
    PlugVerdict verdict;
    const char *expected;
  } rows[] = {
    { "client-credentials", { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, .identity = (char *) "Ada <b>" },
      "Passed. Signed in as Ada <b>." },
    { "client-credentials", { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE }, "Passed. HaloPSA accepted the credentials." },
    { "client-credentials", { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, .blamed = client },
      "Refused. HaloPSA does not accept this Client ID and Client Secret." },
    { "password", { PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS, .blamed = login },
      "Refused. HaloPSA does not accept this Client ID, Username and Password." },
    { "client-credentials", { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT },
      "Refused. HaloPSA does not accept these credentials." },
    { "client-credentials", { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE, .blamed = scope },
      "Refused. HaloPSA does not grant this Scope." },
    { "password", { PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE },
      "Refused. HaloPSA does not offer Username and Password." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, .host = (char *) "x.example.com" },
      "Could not test. x.example.com answers, but not at this address." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, .host = (char *) "x.example.com" },
      "Could not test. What answers at x.example.com is not HaloPSA." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED, .host = (char *) "a.example",
                              .redirect_host = (char *) "b.example" },
      "Could not test. a.example sends you to b.example." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, .retry_after = 1 },
      "Could not test. HaloPSA is busy. Try again in 1 second." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, .retry_after = 90 },
      "Could not test. HaloPSA is busy. Try again in 90 seconds." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, .retry_after = 121 },
      "Could not test. HaloPSA is busy. Try again in 3 minutes." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, .retry_after = -1 },
      "Could not test. HaloPSA is busy. Try again later." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM, .status = 502 },
      "Could not test. HaloPSA has a problem (502)." },
    { "client-credentials", { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED,
                              .origin = (char *) "https://auth.example.com" },
      "Could not test. HaloPSA wants the secrets sent to https://auth.example.com, which nobody has approved." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugDraft) draft = make_draft ("halopsa", rows[i].method);
    g_autofree char *sentence = plug_sentence_for_verdict (&rows[i].verdict, draft);

    g_assert_cmpstr (sentence, ==, rows[i].expected);
  }
}

static void
test_network_verdict (void)
{
  g_autoptr (PlugDraft) draft = make_draft ("halopsa", "client-credentials");
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_CONNECTION_REFUSED, "x");
  PlugVerdict verdict = { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, .error = error, .host = (char *) "x.example" };
  g_autofree char *sentence = plug_sentence_for_verdict (&verdict, draft);

  g_assert_cmpstr (sentence, ==, "Could not test. x.example refused the connection.");
}

/* A proxy is told apart from the service behind it, each time with what to do. */
static void
test_proxies (void)
{
  static const struct {
    PlugError code;
    const char *sentence;
    const char *advice;
  } rows[] = {
    { PLUG_ERROR_PROXY_SETTINGS, "Could not test. The system's proxy settings for x.example cannot be used.",
      "Check the proxy in the network settings of this computer." },
    { PLUG_ERROR_PROXY_NOT_FOUND, "Could not test. The proxy on the way to x.example could not be found.",
      "Check the proxy in the network settings of this computer." },
    { PLUG_ERROR_PROXY_NOT_REACHABLE, "Could not test. The proxy on the way to x.example cannot be reached.",
      "Check the proxy in the network settings of this computer." },
    { PLUG_ERROR_PROXY_TIMED_OUT, "Could not test. The proxy on the way to x.example did not answer in time.",
      "Check the proxy in the network settings of this computer." },
    { PLUG_ERROR_PROXY_NOT_SECURE, "Could not test. The connection to the proxy on the way to x.example is not secure.",
      "Ask whoever runs the proxy." },
    { PLUG_ERROR_PROXY_NEEDS_SIGN_IN, "Could not test. The proxy on the way to x.example wants a user name and a password.",
      "Set user name and password where the proxy is set, or ask whoever runs the proxy." },
    { PLUG_ERROR_PROXY_REFUSED, "Could not test. The proxy refused the connection to x.example.", "Ask whoever runs the proxy." },
    { PLUG_ERROR_PROXY_NO_WAY, "Could not test. The proxy could not reach x.example.",
      "Check the address. If it is right, ask whoever runs the proxy." },
    { PLUG_ERROR_CONNECTION_REFUSED, "Could not test. x.example refused the connection.", NULL },
  };
  g_autoptr (PlugDraft) draft = make_draft ("halopsa", "client-credentials");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, (int) rows[i].code, "x");
    PlugVerdict verdict = { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, .error = error, .host = (char *) "x.example" };
    g_autofree char *sentence = plug_sentence_for_verdict (&verdict, draft);
    g_autofree char *advice = plug_sentence_for_advice (&verdict, draft);

    g_assert_cmpstr (sentence, ==, rows[i].sentence);
    g_assert_cmpstr (advice, ==, rows[i].advice);
  }
}

/* Whatever the verdict, there is a sentence; and "could not test" is never said to have failed. */
static void
test_every_verdict (void)
{
  g_autoptr (PlugDraft) draft = make_draft ("github", NULL);

  for (int outcome = PLUG_OUTCOME_UNTESTED + 1; outcome <= PLUG_OUTCOME_NOT_TESTABLE; outcome++) {
    for (int reason = PLUG_REASON_NONE; reason <= PLUG_REASON_NETWORK; reason++) {
      PlugVerdict verdict = { outcome, reason, .retry_after = -1 };
      g_autofree char *sentence = plug_sentence_for_verdict (&verdict, draft);
      g_autofree char *advice = plug_sentence_for_advice (&verdict, draft);
      const char *word = plug_sentence_for_outcome (outcome);

      g_assert_true (g_str_has_prefix (sentence, word));
      g_assert_null (strchr (sentence, '%'));
      g_assert_null (strstr (sentence, "ailed"));
      if (advice != NULL)
        assert_sentence (advice);
    }
  }
}

static void
test_advice (void)
{
  static const struct {
    const char *method;
    PlugOutcome outcome;
    PlugReason reason;
    const char *part;
  } rows[] = {
    { "client-credentials", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT,
      "Check Client ID and Client Secret. The Client ID shown while an application is being created can change until it is "
      "saved." },
    { "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, "Check the Client ID. " },
    { "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, "two-factor or single sign-on" },
    { "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT, "“Username & Password”" },
    { "client-credentials", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT, "“Client ID and Secret (Services)”" },
    { "client-credentials", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN,
      "The credentials are right; give the application Login Type Agent and the permissions it needs." },
    { "client-credentials", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_REQUEST,
      "Only for instances that Halo hosts; leave it empty for your own server." },
    { "client-credentials", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE,
      "Configuration › Integrations › HaloPSA API" },
  };
  PlugVerdict passed = { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE };
  g_autoptr (PlugDraft) halo = make_draft ("halopsa", "client-credentials");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugDraft) draft = make_draft ("halopsa", rows[i].method);
    PlugVerdict verdict = { rows[i].outcome, rows[i].reason };
    g_autofree char *advice = plug_sentence_for_advice (&verdict, draft);

    g_assert_nonnull (advice);
    g_assert_nonnull (strstr (advice, rows[i].part));
  }
  g_assert_null (plug_sentence_for_advice (&passed, halo));
}

static void
test_outcomes_and_steps (void)
{
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_UNTESTED), ==, "Not tested");
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_PASSED), ==, "Passed");
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_REFUSED), ==, "Refused");
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_NOT_PERMITTED), ==, "Not permitted");
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_NOT_REACHABLE), ==, "Could not test");
  g_assert_cmpstr (plug_sentence_for_outcome (PLUG_OUTCOME_NOT_TESTABLE), ==, "Not testable");
  g_assert_null (plug_sentence_for_state (PLUG_CONNECTION_OK));
  g_assert_cmpstr (plug_sentence_for_state (PLUG_CONNECTION_BROKEN), ==, "Broken");
  g_assert_cmpstr (plug_sentence_for_state (PLUG_CONNECTION_NEWER), ==, "Newer version");
  g_assert_cmpstr (plug_sentence_for_state (PLUG_CONNECTION_NO_PROVIDER), ==, "Unknown service");
  g_assert_cmpstr (plug_sentence_for_step (PLUG_STEP_RESOLVE), ==, "Find the authorisation server");
  g_assert_cmpstr (plug_sentence_for_step (PLUG_STEP_SIGN_IN), ==, "Sign in");
  g_assert_cmpstr (plug_sentence_for_step (PLUG_STEP_READ), ==, "Read the account");
}

/* What is left of a verdict in the list. */
static void
test_reasons (void)
{
  static const struct {
    PlugOutcome outcome;
    PlugReason reason;
    const char *expected;
  } rows[] = {
    { PLUG_OUTCOME_UNTESTED, PLUG_REASON_NONE, "Not tested" },
    { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, "Passed. Okta accepted the credentials." },
    { PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS, "Refused. Okta does not accept these credentials." },
    { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, "Could not test. Okta could not be reached." },
    /* a pair that no test gives, from a file that somebody edited */
    { PLUG_OUTCOME_REFUSED, PLUG_REASON_NETWORK, "Refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sentence = plug_sentence_for_reason (rows[i].outcome, rows[i].reason, "Okta");

    g_assert_cmpstr (sentence, ==, rows[i].expected);
  }
}

static void
test_ages (void)
{
  static const struct {
    gint64 then;
    const char *expected;
  } rows[] = {
    { 2000000000, "just now" },
    { 2000000100, "just now" }, /* the clock was put back */
    { 2000000000 - 59, "just now" },
    { 2000000000 - 60, "1 minute ago" },
    { 2000000000 - 3599, "59 minutes ago" },
    { 2000000000 - 3600, "1 hour ago" },
    { 2000000000 - 86399, "23 hours ago" },
    { 2000000000 - 86400, "1 day ago" },
    { 2000000000 - 59 * 86400, "59 days ago" },
    { 2000000000 - 60 * 86400, "2 months ago" },
    { 2000000000 - 729 * 86400, "24 months ago" },
    { 2000000000 - 730 * 86400, "2 years ago" },
    { G_MININT64 / 4, "9999 years ago" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *age = plug_sentence_for_age (rows[i].then, 2000000000);

    g_assert_cmpstr (age, ==, rows[i].expected);
  }
}

/* What stands below Test Connection before anything was tested. */
static void
test_untried (void)
{
  static const char text[] =
    "{\"id\":\"acme\",\"name\":\"Acme\",\"categories\":[\"itsm\"],\"docs\":\"https://acme.example\",\"methods\":["
    "{\"id\":\"sure\",\"label\":\"Sure\",\"parameters\":[],\"server\":{\"url\":\"https://acme.example\"},"
    "\"auth\":[{\"type\":\"none\"}],\"test\":{\"request\":{\"url\":\"https://acme.example\"}}},"
    "{\"id\":\"unsure\",\"label\":\"Unsure\",\"parameters\":[],\"server\":{\"url\":\"https://acme.example\"},"
    "\"auth\":[{\"type\":\"none\"}],\"test\":{\"request\":{\"url\":\"https://acme.example\"},\"verified\":false}},"
    "{\"id\":\"never\",\"label\":\"Never\",\"parameters\":[],\"server\":{\"url\":\"https://acme.example\"},"
    "\"auth\":[{\"type\":\"none\"}],\"test\":{\"none\":\"It only takes messages.\"}}]}";
  static const struct {
    gboolean built_in;
    const char *method, *host, *expected;
  } rows[] = {
    { TRUE, "sure", "acme.example", NULL },
    { TRUE, "unsure", "acme.example", "This test has not been confirmed yet." },
    { TRUE, "never", "acme.example", "Not testable. It only takes messages." },
    { FALSE, "sure", "acme.example", "This is a definition of your own. What you type is sent to acme.example." },
    { FALSE, "unsure", NULL, "This is a definition of your own. Where it sends what you type depends on the address." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugProvider) provider = plug_provider_new_from_json (text, -1, rows[i].built_in, &error);
    g_autofree char *sentence = NULL;

    g_assert_no_error (error);
    sentence = plug_sentence_for_untried (provider, plug_provider_get_method (provider, rows[i].method), rows[i].host);
    g_assert_cmpstr (sentence, ==, rows[i].expected);
  }
}

static void
test_values (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugMethod *datadog = g_ptr_array_index (plug_provider_get_methods (plug_catalogue_get_provider (catalogue, "datadog")), 0);
  PlugMethod *headers = plug_provider_get_method (plug_catalogue_get_provider (catalogue, "custom"), "headers");
  PlugParameter *host = plug_method_get_parameter (datadog, "host");
  PlugParameter *open = plug_method_get_parameter (headers, "header_1_open");

  g_assert_cmpstr (plug_sentence_for_value (host, plug_parameter_get_options (host)[0]), ==,
                   plug_parameter_get_options (host)[1]);
  g_assert_cmpstr (plug_sentence_for_value (host, "elsewhere"), ==, "elsewhere");
  g_assert_cmpstr (plug_sentence_for_value (open, "true"), ==, "Yes");
  g_assert_cmpstr (plug_sentence_for_value (open, "false"), ==, "No");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentence/error/every-code", test_errors);
  g_test_add_func ("/sentence/error/foreign", test_foreign_errors);
  g_test_add_func ("/sentence/error/host-is-no-format", test_host_is_no_format);
  g_test_add_func ("/sentence/value/every-problem", test_value_problems);
  g_test_add_func ("/sentence/name/every-problem", test_name_problems);
  g_test_add_func ("/sentence/verdict/table", test_verdicts);
  g_test_add_func ("/sentence/verdict/network", test_network_verdict);
  g_test_add_func ("/sentence/verdict/proxies", test_proxies);
  g_test_add_func ("/sentence/verdict/every-reason", test_every_verdict);
  g_test_add_func ("/sentence/advice/halopsa", test_advice);
  g_test_add_func ("/sentence/words", test_outcomes_and_steps);
  g_test_add_func ("/sentence/reason/table", test_reasons);
  g_test_add_func ("/sentence/age/table", test_ages);
  g_test_add_func ("/sentence/untried", test_untried);
  g_test_add_func ("/sentence/value/shown", test_values);

  return g_test_run ();
}
