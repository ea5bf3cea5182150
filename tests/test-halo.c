/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The definition of HaloPSA, the test and the HTTP client together, against the simulator and each of its faults. */
#include <libsoup/soup.h>
#include <string.h>

#include "halo-simulator.h"
#include "plug-form.h"
#include "plug-http.h"
#include "plug-memory-vault.h"
#include "plug-sentence.h"
#include "plug-test.h"

static PlugCatalogue *catalogue;

typedef struct {
  const char *fault;
  PlugOutcome outcome;
  PlugReason reason;
  int error;          /* of PLUG_ERROR, with PLUG_REASON_NETWORK */
  const char *blamed; /* ids of Client Credentials, joined by blanks; NULL: not looked at */
} Row;

static const Row rows[] = {
  { "none", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0, "" },
  { "invalid-client", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, 0, "client_id client_secret" },
  { "invalid-client-400", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, 0, "client_id client_secret" },
  { "invalid-grant-400", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, 0, NULL },
  { "invalid-grant-401", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, 0, NULL },
  { "invalid-grant-403", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, 0, NULL },
  { "invalid-scope", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE, 0, "scope" },
  { "unauthorized-client", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT, 0, NULL },
  { "unsupported-grant-type", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE, 0, NULL },
  { "wrong-tenant-400", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER, 0, NULL },
  { "wrong-tenant-401", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, 0, NULL },
  { "wrong-tenant-404", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, 0, NULL },
  { "wrong-tenant-500", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM, 0, NULL },
  { "wrong-tenant-html", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "html-200", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "html-as-json", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "not-found", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, 0, NULL },
  { "forbidden", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN, 0, "" },
  { "token-refused", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_INVALID_TOKEN, 0, NULL },
  { "throttled", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, 0, "" },
  { "throttled-token", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, 0, "" },
  { "throttled-me", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, 0, "" },
  { "throttled-retry-after", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, 0, "" },
  { "unavailable", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, 0, "" },
  { "server-error", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM, 0, NULL },
  { "no-authinfo", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0, "" },
  { "authinfo-html", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0, "" },
  { "authinfo-elsewhere", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED, 0, NULL },
  { "authinfo-slash", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0, "" },
  { "redirect", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED, 0, NULL },
  { "redirect-token", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED, 0, NULL },
  { "redirect-me", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED, 0, NULL },
  { "echo", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, 0, NULL },
  { "echo-token", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN, 0, NULL },
  { "no-token", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER, 0, NULL },
  { "empty-token", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_TOKEN, 0, NULL },
  { "bad-token", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_TOKEN, 0, NULL },
  { "broken-json", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "empty", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "slow-me", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0, "" },
  { "truncated", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, PLUG_ERROR_BROKE_OFF, "" },
  { "truncated-me", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, PLUG_ERROR_BROKE_OFF, "" },
  { "endless", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, PLUG_ERROR_ANSWER_TOO_LARGE, "" },
  { "endless-me", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, PLUG_ERROR_ANSWER_TOO_LARGE, "" },
  { "gzip-bomb", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "gzip-bomb-me", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, 0, NULL },
  { "close", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, PLUG_ERROR_BROKE_OFF, "" },
};

static PlugDraft *
make_draft (HaloSimulator *simulator,
            const char *method,
            GBytes *authorities)
{
  const HaloSimulatorValues *values = halo_simulator_get_values (simulator);
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  g_autoptr (PlugValues) filled = plug_values_new ();

  plug_values_set (filled, "api_address", values->api_address);
  plug_values_set (filled, "client_id", values->client_id);
  plug_values_set (filled, "scope", "all");
  plug_values_set (filled, "tenant", values->tenant);
  if (g_str_equal (method, "password")) {
    plug_values_set (filled, "username", values->username);
    plug_values_set_secret (filled, "password", values->password);
  } else {
    plug_values_set_secret (filled, "client_secret", values->client_secret);
  }
  return plug_draft_new (provider, plug_provider_get_method (provider, method), "Test", filled, NULL, authorities);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PlugVerdict **verdict = user_data;

  *verdict = plug_test_run_finish (PLUG_TEST (source), result, &error);
  g_assert_no_error (error);
}

static PlugVerdict *
run (PlugDraft *draft)
{
  g_autoptr (PlugTest) test = plug_test_new (draft);
  PlugVerdict *verdict = NULL;

  plug_test_run_async (test, NULL, tested_cb, &verdict);
  while (verdict == NULL)
    g_main_context_iteration (NULL, TRUE);
  return verdict;
}

/* None of the secrets, in none of the texts that a person may see. */
static void
assert_clean (HaloSimulator *simulator,
              PlugVerdict *verdict,
              PlugDraft *draft)
{
  const HaloSimulatorValues *values = halo_simulator_get_values (simulator);
  g_autofree char *sentence = plug_sentence_for_verdict (verdict, draft);
  g_autofree char *advice = plug_sentence_for_advice (verdict, draft);
  g_autofree char *all = g_strjoin ("\n", sentence, advice != NULL ? advice : "", verdict->details != NULL ? verdict->details : "",
                                    verdict->error != NULL ? verdict->error->message : "",
                                    verdict->identity != NULL ? verdict->identity : "", NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) values->client_secret, strlen (values->client_secret));
  g_autofree char *escaped = g_uri_escape_string (values->client_secret, NULL, FALSE);

  g_assert_nonnull (sentence);
  g_assert_true (g_str_has_suffix (sentence, ".") || strstr (sentence, ". ") != NULL);
  g_assert_null (strstr (all, values->client_secret));
  g_assert_null (strstr (all, values->password));
  g_assert_null (strstr (all, encoded));
  g_assert_null (strstr (all, escaped));
  g_assert_null (strstr (all, "Bearer sim-"));
}

static void
assert_row (const Row *row,
            const PlugVerdict *verdict,
            gboolean with_blame)
{
  g_autofree char *blamed = g_strjoinv (" ", verdict->blamed);

  g_test_message ("%s: %s %s %s [%s] %s", row->fault, plug_outcome_to_id (verdict->outcome), plug_reason_to_id (verdict->reason),
                  verdict->error != NULL ? verdict->error->message : "", blamed, verdict->details);
  g_assert_cmpstr (plug_outcome_to_id (verdict->outcome), ==, plug_outcome_to_id (row->outcome));
  g_assert_cmpstr (plug_reason_to_id (verdict->reason), ==, plug_reason_to_id (row->reason));
  if (row->reason == PLUG_REASON_NETWORK)
    g_assert_error (verdict->error, PLUG_ERROR, row->error);
  if (with_blame && row->blamed != NULL)
    g_assert_cmpstr (blamed, ==, row->blamed);
  if (row->outcome == PLUG_OUTCOME_PASSED)
    g_assert_cmpstr (verdict->identity, ==, "Ada Lovelace");
}

static void
test_faults (gconstpointer method)
{
  g_autoptr (HaloSimulator) simulator = halo_simulator_new (NULL, CERTIFICATE_GOOD, NULL);
  g_autoptr (PlugDraft) draft = make_draft (simulator, method, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugVerdict) verdict = NULL;

    g_assert_true (halo_simulator_set_fault (simulator, rows[i].fault));
    verdict = run (draft);
    assert_row (&rows[i], verdict, g_str_equal (method, "client-credentials"));
    assert_clean (simulator, verdict, draft);
  }
}

/* Every fault has a row, but for those that only waiting ends. */
static void
test_complete (void)
{
  static const char * const waits[] = { "slow", "hang", "hang-token", NULL };
  const char * const *faults = halo_simulator_get_faults ();

  for (guint i = 0; faults[i] != NULL; i++) {
    gboolean found = g_strv_contains (waits, faults[i]);

    for (guint j = 0; !found && j < G_N_ELEMENTS (rows); j++)
      found = g_str_equal (rows[j].fault, faults[i]);
    if (!found)
      g_error ("nothing is expected of the fault %s", faults[i]);
  }
}

static void
test_requests (void)
{
  g_autoptr (HaloSimulator) simulator = halo_simulator_new (NULL, CERTIFICATE_GOOD, NULL);
  g_autoptr (PlugDraft) draft = make_draft (simulator, "client-credentials", NULL);
  g_autoptr (PlugVerdict) verdict = run (draft);
  g_auto (GStrv) log = halo_simulator_take_log (simulator);
  g_autofree char *joined = g_strjoinv (", ", log);

  g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_PASSED);
  g_assert_cmpstr (joined, ==, "GET /api/authinfo, POST /auth/token, GET /api/agent/me");
}

/* No request follows one that a stranger was named for. */
static void
test_origin (void)
{
  g_autoptr (HaloSimulator) simulator = halo_simulator_new (NULL, CERTIFICATE_GOOD, NULL);
  g_autoptr (PlugDraft) draft = make_draft (simulator, "client-credentials", NULL);
  g_autoptr (PlugVerdict) verdict = NULL;
  g_auto (GStrv) log = NULL;
  g_autofree char *joined = NULL;

  halo_simulator_set_fault (simulator, "authinfo-elsewhere");
  verdict = run (draft);
  g_assert_cmpstr (verdict->origin, ==, "https://login.elsewhere.example");
  log = halo_simulator_take_log (simulator);
  joined = g_strjoinv (", ", log);
  g_assert_cmpstr (joined, ==, "GET /api/authinfo");
}

static void
test_wrong (void)
{
  static const struct {
    const char *method, *id, *value;
    PlugReason reason;
  } wrongs[] = {
    { "client-credentials", "client_id", "someone-else", PLUG_REASON_INVALID_CLIENT },
    { "client-credentials", "client_secret", "wrong", PLUG_REASON_INVALID_CLIENT },
    { "client-credentials", "scope", "admin", PLUG_REASON_INVALID_SCOPE },
    { "client-credentials", "tenant", "nobody", PLUG_REASON_INVALID_REQUEST },
    { "password", "client_id", "someone-else", PLUG_REASON_INVALID_CLIENT },
    { "password", "username", "nobody", PLUG_REASON_INVALID_GRANT },
    { "password", "password", "wrong", PLUG_REASON_INVALID_GRANT },
    { "password", "scope", "admin", PLUG_REASON_INVALID_SCOPE },
  };
  g_autoptr (HaloSimulator) simulator = halo_simulator_new (NULL, CERTIFICATE_GOOD, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wrongs); i++) {
    g_autoptr (PlugDraft) right = make_draft (simulator, wrongs[i].method, NULL);
    g_autoptr (PlugValues) values = plug_values_copy (plug_draft_get_values (right));
    g_autoptr (PlugDraft) draft = NULL;
    g_autoptr (PlugVerdict) verdict = NULL;

    if (plug_values_is_secret (values, wrongs[i].id))
      plug_values_set_secret (values, wrongs[i].id, wrongs[i].value);
    else
      plug_values_set (values, wrongs[i].id, wrongs[i].value);
    draft = plug_draft_new (plug_draft_get_provider (right), plug_draft_get_method (right), "Test", values, NULL, NULL);
    verdict = run (draft);
    g_test_message ("%s %s: %s", wrongs[i].method, wrongs[i].id, verdict->details);
    g_assert_cmpstr (plug_reason_to_id (verdict->reason), ==, plug_reason_to_id (wrongs[i].reason));
  }
}

static void
cancelled_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  GError **error = user_data;

  g_assert_null (plug_test_run_finish (PLUG_TEST (source), result, error));
}

static void
test_cancel (void)
{
  g_autoptr (HaloSimulator) simulator = halo_simulator_new (NULL, CERTIFICATE_GOOD, NULL);
  g_autoptr (PlugDraft) draft = make_draft (simulator, "client-credentials", NULL);
  g_autoptr (PlugTest) test = plug_test_new (draft);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start;

  halo_simulator_set_fault (simulator, "hang-token");
  plug_test_run_async (test, cancellable, cancelled_cb, &error);
  while (plug_test_get_step (test, 1)->state != PLUG_STEP_RUNNING)
    g_main_context_iteration (NULL, TRUE);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  while (error == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  /* 50 ms are promised; a busy machine gets ten times as much. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 500 * 1000);
}

static void
test_tls (void)
{
  static const struct {
    CertificateKind kind;
    gboolean with_authority;
    int error; /* 0: passed */
  } cases[] = {
    { CERTIFICATE_GOOD, TRUE, 0 },
    { CERTIFICATE_GOOD, FALSE, PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY },
    { CERTIFICATE_EXPIRED, TRUE, PLUG_ERROR_CERTIFICATE_EXPIRED },
    { CERTIFICATE_NOT_YET_VALID, TRUE, PLUG_ERROR_CERTIFICATE_NOT_YET_VALID },
    { CERTIFICATE_OTHER_HOST, TRUE, PLUG_ERROR_CERTIFICATE_WRONG_HOST },
    { CERTIFICATE_SELF_SIGNED, TRUE, PLUG_ERROR_CERTIFICATE_SELF_SIGNED },
  };
  g_autoptr (Authority) authority = authority_new ();

  if (soup_check_version (3, 6, 0) && !soup_check_version (3, 8, 0)) {
    g_test_skip ("the server of libsoup 3.6 uses a connection again after it was freed when the other side refuses its certificate");
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (HaloSimulator) simulator = halo_simulator_new (authority, cases[i].kind, NULL);
    g_autoptr (GBytes) pem = g_bytes_new_static (authority_get_pem (authority), strlen (authority_get_pem (authority)));
    g_autoptr (PlugDraft) draft = make_draft (simulator, "client-credentials", cases[i].with_authority ? pem : NULL);
    g_autoptr (PlugVerdict) verdict = run (draft);
    g_auto (GStrv) log = halo_simulator_take_log (simulator);

    g_test_message ("case %u: %s", i, verdict->error != NULL ? verdict->error->message : "no error");
    if (cases[i].error == 0) {
      g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_PASSED);
      continue;
    }
    g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_NOT_REACHABLE);
    g_assert_error (verdict->error, PLUG_ERROR, cases[i].error);
    g_assert_cmpstr (verdict->issuer, ==,
                     cases[i].kind == CERTIFICATE_SELF_SIGNED ? "CN=localhost" : "CN=Plugboard Test Authority");
    g_assert_cmpuint (g_strv_length (log), ==, 0);
  }
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalogue = plug_catalogue_new ();

  g_test_add_data_func ("/halo/faults/client-credentials", "client-credentials", test_faults);
  g_test_add_data_func ("/halo/faults/password", "password", test_faults);
  g_test_add_func ("/halo/faults/complete", test_complete);
  g_test_add_func ("/halo/requests", test_requests);
  g_test_add_func ("/halo/origin", test_origin);
  g_test_add_func ("/halo/wrong", test_wrong);
  g_test_add_func ("/halo/cancel", test_cancel);
  g_test_add_func ("/halo/tls", test_tls);
  status = g_test_run ();

  g_object_unref (catalogue);
  plug_http_shutdown ();
  return status;
}
