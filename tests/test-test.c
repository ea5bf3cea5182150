/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-test.h"

#include <string.h>

#include "loopback.h"
#include "plug-catalogue.h"
#include "plug-error.h"
#include "plug-http.h"

#define JSON "application/json"
#define HTML "text/html"
#define PAGE "<!DOCTYPE html><html><title>Welcome</title></html>"
#define SECRET "s3cret-value-4711"
#define TOKEN "t0ken.issued-0815"
#define AUTHINFO "GET /api/authinfo"
#define TOKEN_REQUEST "POST /auth/token"
#define AGENT "GET /api/agent/me"

/* Whatever is asked for must be answered so soon; the contract of the HTTP client is 50 ms. */
#define SOON_US (200 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  GMainLoop *loop;
  PlugVerdict *verdict;
  GError *error;
  gint64 ended_us;
  Loopback *service;
  guint cancel_after; /* requests; 0: never */
  GCancellable *cancellable;
} Run;

static void
ran_cb (GObject *source,
        GAsyncResult *result,
        gpointer user_data)
{
  Run *run = user_data;

  run->verdict = plug_test_run_finish (PLUG_TEST (source), result, &run->error);
  run->ended_us = g_get_monotonic_time ();
  g_main_loop_quit (run->loop);
}

static PlugVerdict *
run_draft (PlugDraft *draft,
           PlugTest **kept)
{
  Run run = { .loop = g_main_loop_new (NULL, FALSE) };
  PlugTest *test = plug_test_new (draft);

  plug_test_run_async (test, NULL, ran_cb, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  g_assert_no_error (run.error);
  g_assert_nonnull (run.verdict);
  if (kept != NULL)
    *kept = test;
  else
    g_assert_finalize_object (test);

  return run.verdict;
}

static void
assert_verdict (const PlugVerdict *verdict,
                PlugOutcome outcome,
                PlugReason reason)
{
  g_test_message ("details: %s", verdict->details);
  g_assert_cmpstr (plug_outcome_to_id (verdict->outcome), ==, plug_outcome_to_id (outcome));
  g_assert_cmpstr (plug_reason_to_id (verdict->reason), ==, plug_reason_to_id (reason));
}

static void
assert_steps (PlugTest *test,
              ...)
{
  va_list states;

  va_start (states, test);
  for (guint i = 0; i < plug_test_get_n_steps (test); i++)
    g_assert_cmpint (plug_test_get_step (test, i)->state, ==, va_arg (states, PlugStepState));
  va_end (states);
}

static PlugDraft *
make_halo_draft (Loopback *service,
                 const char *method_id,
                 const char *tenant)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  PlugMethod *method = plug_provider_get_method (provider, method_id);
  g_autoptr (PlugValues) values = plug_values_new ();

  g_assert_nonnull (method);
  plug_values_set (values, "api_address", loopback_get_origin (service));
  plug_values_set (values, "client_id", "client-1");
  plug_values_set (values, "scope", "all");
  plug_values_set (values, "tenant", tenant);
  if (g_str_equal (method_id, "password")) {
    plug_values_set (values, "username", "ada@example.com");
    plug_values_set_secret (values, "password", SECRET);
  } else {
    plug_values_set_secret (values, "client_secret", SECRET);
  }

  return plug_draft_new (provider, method, "Halo", values, NULL, NULL);
}

static void
answer_halo (Loopback *service)
{
  g_autofree char *authinfo = g_strdup_printf ("{\"auth_url\":\"%s/auth/\",\"tenant_id\":\"acme\"}",
                                               loopback_get_origin (service));

  loopback_answer (service, AUTHINFO, 200, JSON, authinfo);
  loopback_answer (service, TOKEN_REQUEST, 200, JSON,
                   "{\"access_token\":\"" TOKEN "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
  loopback_answer (service, AGENT, 200, JSON, "{\"id\":1,\"name\":\"Ada Lovelace\"}");
}

static void
assert_contains (const char *text,
                 const char *part)
{
  g_assert_nonnull (text);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
assert_lacks (const char *text,
              const char *part)
{
  if (text != NULL)
    g_assert_null (strstr (text, part));
}

static void
test_halo_client_credentials (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", NULL);
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autoptr (PlugVerdict) copy = NULL;
  PlugTest *test;

  answer_halo (service);
  verdict = run_draft (draft, &test);
  assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  g_assert_cmpstr (verdict->identity, ==, "Ada Lovelace");
  g_assert_cmpstr (verdict->host, ==, "127.0.0.1");
  g_assert_cmpuint (verdict->status, ==, 200);
  g_assert_cmpuint (g_strv_length (verdict->blamed), ==, 0);
  assert_steps (test, PLUG_STEP_PASSED, PLUG_STEP_PASSED, PLUG_STEP_PASSED);

  assert_contains (loopback_get_request (service, TOKEN_REQUEST), "POST /auth/token?tenant=acme\n");
  assert_contains (loopback_get_request (service, TOKEN_REQUEST), "content-type: application/x-www-form-urlencoded\n");
  assert_contains (loopback_get_request (service, TOKEN_REQUEST),
                   "\n\ngrant_type=client_credentials&client_id=client-1&client_secret=" SECRET "&scope=all");
  assert_contains (loopback_get_request (service, AGENT), "authorization: Bearer " TOKEN "\n");
  assert_lacks (loopback_get_request (service, AUTHINFO), "authorization");
  assert_lacks (loopback_get_request (service, AUTHINFO), SECRET);

  copy = plug_verdict_copy (verdict);
  g_assert_cmpstr (copy->identity, ==, verdict->identity);
  g_assert_true (copy->identity != verdict->identity);
  g_assert_finalize_object (test);
}

static void
test_halo_password (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "password", "a b&c");
  g_autoptr (PlugVerdict) verdict = NULL;
  PlugTest *test;

  answer_halo (service);
  loopback_answer (service, AUTHINFO, 404, HTML, PAGE);
  verdict = run_draft (draft, &test);
  assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  assert_steps (test, PLUG_STEP_SKIPPED, PLUG_STEP_PASSED, PLUG_STEP_PASSED);
  assert_contains (loopback_get_request (service, TOKEN_REQUEST), "POST /auth/token?tenant=a%20b%26c\n");
  assert_contains (loopback_get_request (service, TOKEN_REQUEST),
                   "\n\ngrant_type=password&username=ada%40example.com&password=" SECRET "&client_id=client-1&scope=all");
  g_assert_finalize_object (test);
}

static void
test_resolve_keeps_what_was_typed (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "mine");
  g_autoptr (PlugVerdict) verdict = NULL;

  answer_halo (service);
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  assert_contains (loopback_get_request (service, TOKEN_REQUEST), "POST /auth/token?tenant=mine\n");
}

static void
test_origin_asks (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (Loopback) other = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
  g_autoptr (PlugDraft) approved = plug_draft_approve_origin (draft, loopback_get_origin (other));
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autoptr (PlugVerdict) second = NULL;
  g_autofree char *authinfo = g_strdup_printf ("{\"auth_url\":\"%s/auth\"}", loopback_get_origin (other));
  g_autofree char *log = NULL;
  PlugTest *test;

  answer_halo (service);
  answer_halo (other);
  loopback_answer (service, AUTHINFO, 200, JSON, authinfo);
  verdict = run_draft (draft, &test);
  assert_verdict (verdict, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED);
  g_assert_cmpstr (verdict->origin, ==, loopback_get_origin (other));
  assert_steps (test, PLUG_STEP_PASSED, PLUG_STEP_FAILED, PLUG_STEP_WAITING);
  g_assert_cmpuint (loopback_get_n_requests (other), ==, 0);
  log = loopback_dup_log (service);
  assert_lacks (log, SECRET);
  g_assert_finalize_object (test);

  second = run_draft (approved, NULL);
  assert_verdict (second, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  assert_contains (loopback_get_request (other, TOKEN_REQUEST), SECRET);
  g_assert_null (loopback_get_request (service, TOKEN_REQUEST));
}

static void
test_origin_elsewhere (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autoptr (PlugVerdict) second = NULL;

  answer_halo (service);
  loopback_answer (service, AUTHINFO, 200, JSON, "{\"auth_url\":\"https://evil.example.com/auth\"}");
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED);
  g_assert_cmpstr (verdict->origin, ==, "https://evil.example.com");
  g_assert_cmpstr (verdict->host, ==, "evil.example.com");
  g_assert_cmpuint (loopback_get_n_requests (service), ==, 1);

  /* Plain http elsewhere is no address that could be typed: the default stands. */
  loopback_answer (service, AUTHINFO, 200, JSON, "{\"auth_url\":\"http://evil.example.com/auth\"}");
  second = run_draft (draft, NULL);
  assert_verdict (second, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
}

typedef struct {
  const char *request;
  guint status;
  const char *content_type;
  const char *body;
  PlugOutcome outcome;
  PlugReason reason;
  const char *blamed; /* joined by commas */
} Row;

static void
test_halo_misbehaves (void)
{
  static const Row rows[] = {
    { TOKEN_REQUEST, 401, JSON, "{\"error\":\"invalid_client\"}", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT,
      "client_id,client_secret" },
    { TOKEN_REQUEST, 400, JSON, "{\"error\":\"invalid_grant\"}", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT,
      "client_id,client_secret" },
    { TOKEN_REQUEST, 400, JSON, "{\"error\":\"invalid_scope\"}", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE, "scope" },
    { TOKEN_REQUEST, 400, JSON, "{\"error\":\"unauthorized_client\"}", PLUG_OUTCOME_REFUSED,
      PLUG_REASON_UNAUTHORIZED_CLIENT, "client_id" },
    { TOKEN_REQUEST, 401, "text/plain", "no", PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS,
      "client_id,client_secret" },
    { TOKEN_REQUEST, 400, JSON, "{\"Message\":\"no tenant\"}", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER,
      "tenant" },
    { TOKEN_REQUEST, 404, HTML, PAGE, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, "api_address,tenant" },
    { TOKEN_REQUEST, 200, HTML, PAGE, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, "api_address,tenant" },
    { TOKEN_REQUEST, 500, HTML, PAGE, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM, "" },
    { TOKEN_REQUEST, 200, JSON, "{}", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER, "" },
    { TOKEN_REQUEST, 200, JSON, "{\"access_token\":\"a\\nb\"}", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_TOKEN, "" },
    { TOKEN_REQUEST, 200, JSON, "{\"access_token\":\"abc\",\"token_type\":\"mac\"}", PLUG_OUTCOME_NOT_REACHABLE,
      PLUG_REASON_INVALID_TOKEN, "" },
    { AGENT, 403, JSON, "{}", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN, "" },
    { AGENT, 401, JSON, "{}", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_INVALID_TOKEN, "" },
    { AGENT, 200, HTML, PAGE, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, "api_address" },
    { AGENT, 429, JSON, "{}", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, "" },
    { AUTHINFO, 200, HTML, PAGE, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, "" },
    { AUTHINFO, 200, JSON, "{\"auth_url\":null,\"tenant_id\":7}", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, "" },
    { AUTHINFO, 429, JSON, "{}", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Loopback) service = loopback_new ();
    g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
    g_autoptr (PlugVerdict) verdict = NULL;
    g_autofree char *blamed = NULL;

    g_test_message ("%s %u %s", rows[i].request, rows[i].status, rows[i].body);
    answer_halo (service);
    loopback_answer (service, rows[i].request, rows[i].status, rows[i].content_type, rows[i].body);
    verdict = run_draft (draft, NULL);
    assert_verdict (verdict, rows[i].outcome, rows[i].reason);
    blamed = g_strjoinv (",", verdict->blamed);
    g_assert_cmpstr (blamed, ==, rows[i].blamed);
    if (g_str_equal (rows[i].request, TOKEN_REQUEST))
      g_assert_null (loopback_get_request (service, AGENT));
  }
}

static void
test_blames_login (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "password", NULL);
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autofree char *blamed = NULL;

  answer_halo (service);
  loopback_answer (service, TOKEN_REQUEST, 400, JSON, "{\"error\":\"invalid_grant\"}");
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT);
  blamed = g_strjoinv (",", verdict->blamed);
  g_assert_cmpstr (blamed, ==, "username,password");
}

static void
test_retry_after (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
  g_autoptr (PlugVerdict) verdict = NULL;

  answer_halo (service);
  loopback_answer (service, TOKEN_REQUEST, 429, JSON, "{}");
  loopback_add_header (service, TOKEN_REQUEST, "Retry-After", "7");
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY);
  g_assert_cmpint (verdict->retry_after, ==, 7);
}

static void
test_redirect (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (Loopback) other = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autofree char *target = g_strconcat (loopback_get_origin (other), "/auth/token", NULL);

  answer_halo (service);
  loopback_answer (service, TOKEN_REQUEST, 307, JSON, "{}");
  loopback_add_header (service, TOKEN_REQUEST, "Location", target);
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED);
  g_assert_cmpstr (verdict->redirect_host, ==, "127.0.0.1");
  g_assert_cmpuint (loopback_get_n_requests (other), ==, 0);
}

static void
test_hides_secrets (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", "acme");
  g_autoptr (PlugVerdict) typed = NULL;
  g_autoptr (PlugVerdict) issued = NULL;

  answer_halo (service);
  loopback_answer (service, TOKEN_REQUEST, 401, JSON,
                   "{\"error\":\"invalid_client\",\"error_description\":\"The secret " SECRET " is wrong\\u202e\"}");
  typed = run_draft (draft, NULL);
  assert_verdict (typed, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT);
  assert_contains (typed->details, "invalid_client: The secret ");
  assert_lacks (typed->details, SECRET);
  assert_lacks (typed->details, "\xe2\x80\xae");

  answer_halo (service);
  loopback_answer (service, AGENT, 403, "text/plain", "The token " TOKEN " may not do this");
  issued = run_draft (draft, NULL);
  assert_verdict (issued, PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN);
  assert_contains (issued->details, "The token ");
  assert_lacks (issued->details, TOKEN);
}

static void
test_refused_connection (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", NULL);
  g_autoptr (PlugVerdict) verdict = NULL;

  loopback_free (g_steal_pointer (&service));
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK);
  g_assert_error (verdict->error, PLUG_ERROR, PLUG_ERROR_CONNECTION_REFUSED);
  g_assert_cmpstr (verdict->blamed[0], ==, "api_address");
  g_assert_null (verdict->blamed[1]);
}

static gboolean
cancel_cb (gpointer user_data)
{
  Run *run = user_data;

  if (loopback_get_n_requests (run->service) < run->cancel_after)
    return G_SOURCE_CONTINUE;
  run->ended_us = -g_get_monotonic_time ();
  g_cancellable_cancel (run->cancellable);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  static const char * const requests[] = { AUTHINFO, TOKEN_REQUEST, AGENT };

  for (guint i = 0; i < G_N_ELEMENTS (requests); i++) {
    g_autoptr (Loopback) service = loopback_new ();
    g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", NULL);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Run run = { g_main_loop_new (NULL, FALSE), .service = service, .cancel_after = i + 1, .cancellable = cancellable };
    PlugTest *test = plug_test_new (draft);
    gint64 cancelled_us;

    answer_halo (service);
    loopback_hang (service, requests[i]);
    g_timeout_add (5, cancel_cb, &run);
    plug_test_run_async (test, cancellable, ran_cb, &run);
    while (run.ended_us == 0)
      g_main_context_iteration (NULL, TRUE);
    cancelled_us = -run.ended_us;
    while (run.ended_us < 0)
      g_main_context_iteration (NULL, TRUE);

    g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (run.verdict);
    g_assert_cmpint (run.ended_us - cancelled_us, <, SOON_US);
    g_clear_error (&run.error);
    g_main_loop_unref (run.loop);
    g_assert_finalize_object (test);
  }
}

static void
test_cancelled_before (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Run run = { .loop = g_main_loop_new (NULL, FALSE) };
  PlugTest *test = plug_test_new (draft);

  g_cancellable_cancel (cancellable);
  plug_test_run_async (test, cancellable, ran_cb, &run);
  g_main_loop_run (run.loop);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (loopback_get_n_requests (service), ==, 0);
  g_clear_error (&run.error);
  g_main_loop_unref (run.loop);
  g_assert_finalize_object (test);
}

static void
step_changed_cb (PlugTest *test,
                 guint index,
                 GString *log)
{
  const PlugStep *step = plug_test_get_step (test, index);

  g_string_append_printf (log, "%u:%d:%d ", index, step->kind, step->state);
}

static void
test_step_changed (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_halo_draft (service, "client-credentials", NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  Run run = { .loop = g_main_loop_new (NULL, FALSE) };
  PlugTest *test = plug_test_new (draft);
  g_autofree char *expected = g_strdup_printf (
    "0:%d:%d 0:%d:%d 1:%d:%d 1:%d:%d 2:%d:%d 2:%d:%d ", PLUG_STEP_RESOLVE, PLUG_STEP_RUNNING, PLUG_STEP_RESOLVE,
    PLUG_STEP_PASSED, PLUG_STEP_SIGN_IN, PLUG_STEP_RUNNING, PLUG_STEP_SIGN_IN, PLUG_STEP_PASSED, PLUG_STEP_READ,
    PLUG_STEP_RUNNING, PLUG_STEP_READ, PLUG_STEP_PASSED);

  answer_halo (service);
  g_signal_connect (test, "step-changed", G_CALLBACK (step_changed_cb), log);
  plug_test_run_async (test, NULL, ran_cb, &run);
  g_main_loop_run (run.loop);
  g_assert_cmpstr (log->str, ==, expected);
  plug_verdict_free (run.verdict);
  g_main_loop_unref (run.loop);
  g_assert_finalize_object (test);
}

#define USER_PARAMETER ",{\"id\":\"user\",\"label\":\"User\",\"type\":\"string\"}"
#define KEY_PARAMETER ",{\"id\":\"key\",\"label\":\"API key\",\"type\":\"secret\"}"

/* A definition with one method whose auth and test are given; its parameters: base and, where auth uses them, user and
 * key. */
static PlugDraft *
make_draft (const char *base,
            const char *auth,
            const char *test,
            gboolean built_in)
{
  gboolean has_user = strstr (auth, "{user}") != NULL;
  gboolean has_key = strstr (auth, "{key}") != NULL;
  g_autofree char *text = g_strdup_printf (
    "{\"id\":\"example\",\"name\":\"Example\",\"categories\":[\"itsm\"],\"docs\":\"https://example.com/docs\","
    "\"icon\":\"monogram:e\",\"methods\":[{\"id\":\"key\",\"label\":\"Key\",\"parameters\":["
    "{\"id\":\"base\",\"label\":\"Address\",\"type\":\"uri\"}%s%s],"
    "\"server\":{\"url\":\"{+base}\"},\"auth\":[%s],\"test\":%s}]}",
    has_user ? USER_PARAMETER : "", has_key ? KEY_PARAMETER : "", auth, test);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugProvider) provider = plug_provider_new_from_json (text, -1, built_in, &error);
  g_autoptr (PlugValues) values = plug_values_new ();

  g_assert_no_error (error);
  plug_values_set (values, "base", base);
  if (has_user)
    plug_values_set (values, "user", "ada@example.com");
  if (has_key)
    plug_values_set_secret (values, "key", SECRET);

  return plug_draft_new (provider, g_ptr_array_index (plug_provider_get_methods (provider), 0), "Example", values, NULL, NULL);
}

#define TEST_ME "{\"request\":{\"url\":\"{+base}/me\"},\"identity\":\"/login\"}"

/* GitHub's, Jira's and Okta's ways, and what else OpenAPI knows. */
static void
test_schemes (void)
{
  static const struct {
    const char *auth;
    const char *expected; /* in the request */
  } rows[] = {
    { "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", "\nauthorization: Bearer " SECRET "\n" },
    /* base64 of "ada@example.com:s3cret-value-4711" */
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"}",
      "\nauthorization: Basic YWRhQGV4YW1wbGUuY29tOnMzY3JldC12YWx1ZS00NzEx\n" },
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"Authorization\",\"value\":\"SSWS {key}\"}",
      "\nauthorization: SSWS " SECRET "\n" },
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Api-Key\",\"value\":\"{key}\"}", "\nx-api-key: " SECRET "\n" },
    { "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"key\",\"value\":\"{key}\"}", "GET /me?key=" SECRET "\n" },
    { "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\",\"value\":\"{key}\"}", "\ncookie: session=" SECRET "\n" },
    { "{\"type\":\"none\"}", "GET /me\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Loopback) service = loopback_new ();
    g_autoptr (PlugDraft) draft = make_draft (loopback_get_origin (service), rows[i].auth, TEST_ME, TRUE);
    g_autoptr (PlugVerdict) verdict = NULL;

    loopback_answer (service, "GET /me", 200, JSON, "{\"login\":\"ada\"}");
    verdict = run_draft (draft, NULL);
    assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
    g_assert_cmpstr (verdict->identity, ==, "ada");
    assert_contains (loopback_get_request (service, "GET /me"), rows[i].expected);
  }
}

static void
test_key_in_body (void)
{
  static const struct {
    const char *content_type, *expected;
  } rows[] = {
    { "application/x-www-form-urlencoded", "\n\nname=ada%40example.com&key=" SECRET },
    { "application/json", "\n\n{\"name\":\"ada@example.com\",\"key\":\"" SECRET "\"}" },
  };
  const char *auth = "{\"type\":\"apiKey\",\"in\":\"body\",\"name\":\"key\",\"value\":\"{key}\"},"
                     "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-User\",\"value\":\"{user}\"}";

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Loopback) service = loopback_new ();
    g_autofree char *test = g_strdup_printf ("{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/me\",\"contentType\":\"%s\","
                                             "\"body\":{\"name\":\"{user}\"}}}", rows[i].content_type);
    g_autoptr (PlugDraft) draft = make_draft (loopback_get_origin (service), auth, test, TRUE);
    g_autoptr (PlugVerdict) verdict = NULL;

    loopback_answer (service, "POST /me", 200, JSON, "{}");
    verdict = run_draft (draft, NULL);
    assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
    assert_contains (loopback_get_request (service, "POST /me"), rows[i].expected);
  }
}

static void
test_wrong_key (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_draft (loopback_get_origin (service),
                                            "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", TEST_ME, TRUE);
  g_autoptr (PlugVerdict) verdict = NULL;

  loopback_answer (service, "GET /me", 401, JSON, "{\"message\":\"Bad credentials\"}");
  verdict = run_draft (draft, NULL);
  assert_verdict (verdict, PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS);
  g_assert_cmpstr (verdict->details, ==, "Bad credentials");
  g_assert_cmpstr (verdict->blamed[0], ==, "key");
  g_assert_null (verdict->blamed[1]);
}

static void
test_issued (void)
{
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) draft = make_draft (
    loopback_get_origin (service),
    "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
    "\"client_secret\":\"{key}\",\"token_endpoint_auth_method\":\"client_secret_basic\","
    "\"token_content_type\":\"application/json\",\"token_params\":{\"audience\":\"a \\\"b\\\"\"},"
    "\"token_headers\":{\"X-Tenant\":\"{user}\"}}",
    "{\"issued\":true}", TRUE);
  g_autoptr (PlugVerdict) verdict = NULL;
  PlugTest *test;

  loopback_answer (service, "POST /token", 200, JSON, "{\"access_token\":\"" TOKEN "\"}");
  verdict = run_draft (draft, &test);
  assert_verdict (verdict, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  assert_steps (test, PLUG_STEP_PASSED);
  /* base64 of "ada%40example.com:s3cret-value-4711" */
  assert_contains (loopback_get_request (service, "POST /token"),
                   "\nauthorization: Basic YWRhJTQwZXhhbXBsZS5jb206czNjcmV0LXZhbHVlLTQ3MTE=\n");
  assert_contains (loopback_get_request (service, "POST /token"), "\nx-tenant: ada@example.com\n");
  assert_contains (loopback_get_request (service, "POST /token"), "\ncontent-type: application/json\n");
  assert_contains (loopback_get_request (service, "POST /token"),
                   "\n\n{\"grant_type\":\"client_credentials\",\"audience\":\"a \\\"b\\\"\"}");
  g_assert_finalize_object (test);
}

static void
test_not_testable (void)
{
  g_autoptr (PlugDraft) no_test = make_draft ("https://example.com",
                                              "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}",
                                              "{\"none\":\"It only sends mail.\"}", TRUE);
  g_autoptr (PlugDraft) unsupported = make_draft ("https://example.com",
                                                  "{\"type\":\"oauth2\",\"flows\":{\"deviceAuthorization\":{"
                                                  "\"tokenUrl\":\"{+base}/t\",\"deviceAuthorizationUrl\":\"{+base}/d\"}},"
                                                  "\"client_id\":\"{user}\",\"client_secret\":\"{key}\"}",
                                                  TEST_ME, TRUE);
  g_autoptr (PlugVerdict) first = NULL;
  g_autoptr (PlugVerdict) second = NULL;
  PlugTest *test;

  first = run_draft (no_test, &test);
  assert_verdict (first, PLUG_OUTCOME_NOT_TESTABLE, PLUG_REASON_NOT_TESTABLE);
  g_assert_null (first->error);
  g_assert_cmpuint (plug_test_get_n_steps (test), ==, 0);
  g_assert_finalize_object (test);

  second = run_draft (unsupported, NULL);
  assert_verdict (second, PLUG_OUTCOME_NOT_TESTABLE, PLUG_REASON_NOT_TESTABLE);
  g_assert_error (second->error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED);
}

/* A definition that somebody wrote: its own host is shown and approved before anything is sent there. */
static void
test_user_definition (void)
{
  const char *auth = "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}";
  const char *literal = "{\"request\":{\"url\":\"https://api.example.com/me\"}}";
  g_autoptr (Loopback) service = loopback_new ();
  g_autoptr (PlugDraft) typed = make_draft (loopback_get_origin (service), auth, TEST_ME, FALSE);
  g_autoptr (PlugDraft) named = make_draft (loopback_get_origin (service), auth, literal, FALSE);
  g_autoptr (PlugVerdict) first = NULL;
  g_autoptr (PlugVerdict) second = NULL;

  loopback_answer (service, "GET /me", 200, JSON, "{\"login\":\"ada\"}");
  first = run_draft (typed, NULL);
  assert_verdict (first, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);

  second = run_draft (named, NULL);
  assert_verdict (second, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED);
  g_assert_cmpstr (second->origin, ==, "https://api.example.com");
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/test/halopsa/client-credentials", test_halo_client_credentials);
  g_test_add_func ("/test/halopsa/password", test_halo_password);
  g_test_add_func ("/test/halopsa/misbehaves", test_halo_misbehaves);
  g_test_add_func ("/test/resolve/keeps-what-was-typed", test_resolve_keeps_what_was_typed);
  g_test_add_func ("/test/origin/asks", test_origin_asks);
  g_test_add_func ("/test/origin/elsewhere", test_origin_elsewhere);
  g_test_add_func ("/test/origin/user-definition", test_user_definition);
  g_test_add_func ("/test/verdict/blames-login", test_blames_login);
  g_test_add_func ("/test/verdict/retry-after", test_retry_after);
  g_test_add_func ("/test/verdict/redirect", test_redirect);
  g_test_add_func ("/test/verdict/hides-secrets", test_hides_secrets);
  g_test_add_func ("/test/verdict/refused-connection", test_refused_connection);
  g_test_add_func ("/test/verdict/wrong-key", test_wrong_key);
  g_test_add_func ("/test/verdict/issued", test_issued);
  g_test_add_func ("/test/verdict/not-testable", test_not_testable);
  g_test_add_func ("/test/schemes/table", test_schemes);
  g_test_add_func ("/test/schemes/key-in-body", test_key_in_body);
  g_test_add_func ("/test/cancel/each-step", test_cancel);
  g_test_add_func ("/test/cancel/before", test_cancelled_before);
  g_test_add_func ("/test/steps/changed", test_step_changed);
  status = g_test_run ();
  plug_http_shutdown ();

  return status;
}
