/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-diagnosis.h"

#include <string.h>

#include "plug-error.h"

#define PAGE "<!DOCTYPE html><html><head><title> Sign in </title></head><body>…</body></html>"

static PlugAnswer
make_answer (PlugStepKind step,
             guint status,
             const char *content_type,
             const char *body)
{
  return (PlugAnswer) {
    .step = step,
    .with_credentials = step != PLUG_STEP_RESOLVE,
    .status = status,
    .content_type = content_type,
    .body = body,
    .length_bytes = body != NULL ? strlen (body) : 0,
  };
}

static void
assert_diagnosis (PlugDiagnosis diagnosis,
                  PlugOutcome outcome,
                  PlugReason reason,
                  guint blame)
{
  g_assert_cmpstr (plug_outcome_to_id (diagnosis.outcome), ==, plug_outcome_to_id (outcome));
  g_assert_cmpstr (plug_reason_to_id (diagnosis.reason), ==, plug_reason_to_id (reason));
  g_assert_cmphex (diagnosis.blame, ==, blame);
}

typedef struct {
  guint status;
  const char *content_type;
  const char *body;
  PlugOutcome outcome;
  PlugReason reason;
  guint blame;
} Row;

#define JSON "application/json"
#define HTML "text/html"
#define TEXT "text/plain"
#define R PLUG_OUTCOME_REFUSED
#define P PLUG_OUTCOME_NOT_PERMITTED
#define N PLUG_OUTCOME_NOT_REACHABLE
#define PLACE PLUG_BLAME_PLACE
#define WHERE (PLUG_BLAME_ADDRESS | PLUG_BLAME_PLACE)

static const Row token_rows[] = {
  /* The error table of the HaloPSA facts */
  { 401, JSON, "{\"error\":\"invalid_client\"}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 400, JSON, "{\"error\":\"invalid_client\"}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 400, JSON, "{\"error\":\"invalid_grant\"}", R, PLUG_REASON_INVALID_GRANT, PLUG_BLAME_LOGIN },
  { 401, JSON, "{\"error\":\"invalid_grant\"}", R, PLUG_REASON_INVALID_GRANT, PLUG_BLAME_LOGIN },
  { 403, JSON, "{\"error\":\"invalid_grant\"}", R, PLUG_REASON_INVALID_GRANT, PLUG_BLAME_LOGIN },
  { 400, JSON, "{\"error\":\"invalid_scope\"}", R, PLUG_REASON_INVALID_SCOPE, PLUG_BLAME_SCOPE },
  { 400, JSON, "{\"error\":\"unauthorized_client\"}", R, PLUG_REASON_UNAUTHORIZED_CLIENT, PLUG_BLAME_CLIENT_ID },
  { 400, JSON, "{\"error\":\"unsupported_grant_type\"}", R, PLUG_REASON_UNSUPPORTED_GRANT_TYPE, PLUG_BLAME_CLIENT_ID },
  { 400, JSON, "{\"error\":\"invalid_request\"}", N, PLUG_REASON_INVALID_REQUEST, PLACE },
  { 400, JSON, "{\"resultCode\":1,\"errorMessage\":\"Unknown tenant\"}", N, PLUG_REASON_UNEXPECTED_ANSWER, PLACE },
  { 400, JSON, "{\"ClassName\":\"System.Exception\",\"Message\":\"no\"}", N, PLUG_REASON_UNEXPECTED_ANSWER, PLACE },
  { 404, HTML, PAGE, N, PLUG_REASON_WRONG_ADDRESS, WHERE },
  { 404, JSON, "{\"Message\":\"No HTTP resource was found\"}", N, PLUG_REASON_WRONG_ADDRESS, WHERE },
  { 405, TEXT, "", N, PLUG_REASON_WRONG_ADDRESS, WHERE },
  { 410, NULL, NULL, N, PLUG_REASON_WRONG_ADDRESS, WHERE },
  { 500, HTML, PAGE, N, PLUG_REASON_SERVICE_PROBLEM, 0 },
  { 500, JSON, "{\"Message\":\"An error has occurred.\"}", N, PLUG_REASON_SERVICE_PROBLEM, 0 },
  { 200, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, TEXT, "\xef\xbb\xbf\r\n  <HTML>", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, HTML, "{\"access_token\":\"x\"}", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 429, JSON, "{}", N, PLUG_REASON_BUSY, 0 },
  { 429, HTML, PAGE, N, PLUG_REASON_BUSY, 0 },
  /* The status of a refusal does not matter, its code does */
  { 200, JSON, "{\"error\":\"invalid_client\"}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 500, JSON, "{\"error\":\"invalid_grant\"}", R, PLUG_REASON_INVALID_GRANT, PLUG_BLAME_LOGIN },
  { 400, TEXT, "{\"error\":\"INVALID_CLIENT\"}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 400, JSON, "{\"error\":{\"code\":\"invalid_client\"}}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 401, JSON, "{\"errorCode\":\"invalid_client\",\"errorSummary\":\"x\"}", R, PLUG_REASON_INVALID_CLIENT, PLUG_BLAME_CLIENT },
  { 403, JSON, "{\"error\":\"access_denied\"}", R, PLUG_REASON_UNAUTHORIZED_CLIENT, PLUG_BLAME_CLIENT_ID },
  { 400, JSON, "{\"error\":\"server_error\"}", N, PLUG_REASON_SERVICE_PROBLEM, 0 },
  { 400, JSON, "{\"error\":\"temporarily_unavailable\"}", N, PLUG_REASON_BUSY, 0 },
  /* Without a code */
  { 401, TEXT, "Unauthorized", R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS },
  { 401, NULL, NULL, R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS },
  { 401, JSON, "{\"error\":\"something_new\"}", R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS },
  { 403, JSON, "{\"Message\":\"no\"}", R, PLUG_REASON_FORBIDDEN, PLUG_BLAME_CREDENTIALS },
  { 400, TEXT, "Bad Request", N, PLUG_REASON_UNEXPECTED_ANSWER, PLACE },
  /* A page is no word of the service about the credentials */
  { 401, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 403, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 400, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 511, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  /* Redirects, and the rest */
  { 301, HTML, PAGE, N, PLUG_REASON_REDIRECTED, PLUG_BLAME_ADDRESS },
  { 302, NULL, NULL, N, PLUG_REASON_REDIRECTED, PLUG_BLAME_ADDRESS },
  { 307, JSON, "{\"error\":\"invalid_client\"}", N, PLUG_REASON_REDIRECTED, PLUG_BLAME_ADDRESS },
  { 304, NULL, NULL, N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 503, NULL, NULL, N, PLUG_REASON_BUSY, 0 },
  { 502, TEXT, "x", N, PLUG_REASON_SERVICE_PROBLEM, 0 },
  { 418, TEXT, "x", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 407, TEXT, "x", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 999, TEXT, "x", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 200, NULL, NULL, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, "[]", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, "{\"access_token\":", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, "{}", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 204, NULL, NULL, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
};

static void
test_sign_in (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (token_rows); i++) {
    const Row *row = &token_rows[i];
    PlugAnswer answer = make_answer (PLUG_STEP_SIGN_IN, row->status, row->content_type, row->body);

    g_test_message ("%u %s %s", row->status, row->content_type, row->body);
    assert_diagnosis (plug_diagnosis_of_answer (&answer), row->outcome, row->reason, row->blame);
  }
}

static void
test_sign_in_token (void)
{
  PlugAnswer answer = make_answer (PLUG_STEP_SIGN_IN, 200, JSON, "{\"access_token\":\"xxx\"}");

  answer.token = PLUG_TOKEN_USABLE;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);
  answer.token = PLUG_TOKEN_UNUSABLE;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_INVALID_TOKEN, 0);
  answer.token = PLUG_TOKEN_ABSENT;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_UNEXPECTED_ANSWER, 0);
}

static const Row read_rows[] = {
  { 200, JSON, "{\"name\":\"Ada\"}", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0 },
  { 200, TEXT, "{\"name\":\"Ada\"}", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0 },
  { 200, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, "Ada", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 200, JSON, "", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 204, NULL, NULL, N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
  { 401, JSON, "{\"message\":\"Bad credentials\"}", R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS },
  { 401, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 403, JSON, "{}", P, PLUG_REASON_FORBIDDEN, 0 },
  { 403, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  { 404, JSON, "{}", N, PLUG_REASON_WRONG_ADDRESS, WHERE },
  { 302, NULL, NULL, N, PLUG_REASON_REDIRECTED, PLUG_BLAME_ADDRESS },
  { 429, NULL, NULL, N, PLUG_REASON_BUSY, 0 },
  { 500, JSON, "{}", N, PLUG_REASON_SERVICE_PROBLEM, 0 },
  { 400, JSON, "{\"error\":\"invalid_token\"}", R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS },
  { 400, JSON, "{\"error\":\"insufficient_scope\"}", P, PLUG_REASON_FORBIDDEN, 0 },
  { 400, JSON, "{}", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
};

static void
test_read (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_rows); i++) {
    const Row *row = &read_rows[i];
    PlugAnswer answer = make_answer (PLUG_STEP_READ, row->status, row->content_type, row->body);

    answer.identity = "/name";
    g_test_message ("%u %s %s", row->status, row->content_type, row->body);
    assert_diagnosis (plug_diagnosis_of_answer (&answer), row->outcome, row->reason, row->blame);
  }
}

static void
test_read_challenged_page (void)
{
  PlugAnswer answer = make_answer (PLUG_STEP_READ, 401, HTML, PAGE);

  answer.has_challenge = TRUE;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS);
}

/* Whoever got a token has the right credentials: nothing after that may say "refused". */
static void
test_read_after_token (void)
{
  static const Row rows[] = {
    { 401, JSON, "{}", P, PLUG_REASON_INVALID_TOKEN, 0 },
    { 401, HTML, PAGE, P, PLUG_REASON_INVALID_TOKEN, 0 },
    { 403, JSON, "{}", P, PLUG_REASON_FORBIDDEN, 0 },
    { 403, HTML, PAGE, P, PLUG_REASON_FORBIDDEN, 0 },
    { 403, NULL, NULL, P, PLUG_REASON_FORBIDDEN, 0 },
    { 400, JSON, "{\"error\":\"invalid_token\"}", P, PLUG_REASON_INVALID_TOKEN, 0 },
    { 404, HTML, PAGE, N, PLUG_REASON_WRONG_ADDRESS, WHERE },
    { 200, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugAnswer answer = make_answer (PLUG_STEP_READ, rows[i].status, rows[i].content_type, rows[i].body);

    answer.with_token = TRUE;
    assert_diagnosis (plug_diagnosis_of_answer (&answer), rows[i].outcome, rows[i].reason, rows[i].blame);
  }
}

static void
test_read_denied (void)
{
  PlugAnswer answer = make_answer (PLUG_STEP_READ, 403, JSON, "{}");
  g_autoptr (GPtrArray) denied = plug_conditions_new ();

  g_ptr_array_add (denied, plug_condition_new_for_status (402));
  answer.denied = denied;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS);
  answer.status = 402;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), P, PLUG_REASON_FORBIDDEN, 0);
}

static void
test_read_expect (void)
{
  g_autoptr (GArray) status = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (JsonNode) yes = json_node_init_boolean (json_node_alloc (), TRUE);
  PlugCondition expect = { .status = status, .pointer = (char *) "/ok", .equals = yes, .exists = -1 };
  PlugAnswer answer = make_answer (PLUG_STEP_READ, 200, JSON, "{\"ok\":true}");
  guint ok = 200;

  g_array_append_val (status, ok);
  answer.expect = &expect;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);

  answer = make_answer (PLUG_STEP_READ, 200, JSON, "{\"ok\":false,\"error\":\"invalid_auth\"}");
  answer.expect = &expect;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), R, PLUG_REASON_WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS);

  answer = make_answer (PLUG_STEP_READ, 200, JSON, "{\"ok\":false,\"error\":\"missing_scope\"}");
  answer.expect = &expect;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), P, PLUG_REASON_FORBIDDEN, 0);

  answer = make_answer (PLUG_STEP_READ, 200, JSON, "{\"ok\":false}");
  answer.expect = &expect;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_UNEXPECTED_ANSWER, 0);

  expect.equals = NULL;
  expect.exists = 0;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_UNEXPECTED_ANSWER, 0);
  expect.exists = 1;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);

  expect.content_type = (char *) HTML;
  expect.pointer = NULL;
  answer = make_answer (PLUG_STEP_READ, 200, HTML, PAGE);
  answer.expect = &expect;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);
}

static void
test_read_expect_type (void)
{
  static const char * const types[] = { "array", "boolean", "number", "object", "string" };
  static const struct {
    const char *body;
    int type; /* -1: none of them */
  } rows[] = {
    { "{\"x\":[]}", 0 },  { "{\"x\":false}", 1 }, { "{\"x\":0}", 2 },    { "{\"x\":1.5}", 2 },
    { "{\"x\":{}}", 3 },  { "{\"x\":\"\"}", 4 },  { "{\"x\":null}", -1 }, { "{}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < G_N_ELEMENTS (types); j++) {
      PlugCondition expect = { .pointer = (char *) "/x", .type = (char *) types[j], .exists = -1 };
      PlugAnswer answer = make_answer (PLUG_STEP_READ, 200, JSON, rows[i].body);

      g_test_message ("%s %s", rows[i].body, types[j]);
      answer.expect = &expect;
      if ((int) j == rows[i].type)
        assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);
      else
        assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_UNEXPECTED_ANSWER, 0);
    }
}

/* 204 has no content, and none is expected of it where the definition names the status. */
static void
test_read_expect_no_content (void)
{
  g_autoptr (GArray) status = g_array_new (FALSE, FALSE, sizeof (guint));
  PlugCondition expect = { .status = status, .pointer = (char *) "/value", .exists = -1 };
  PlugAnswer answer = make_answer (PLUG_STEP_READ, 204, NULL, NULL);
  guint codes[] = { 200, 204 };

  answer.expect = &expect;
  g_array_append_val (status, codes[0]);
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_UNEXPECTED_ANSWER, 0);
  g_array_append_val (status, codes[1]);
  assert_diagnosis (plug_diagnosis_of_answer (&answer), PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0);
  answer.status = 200;
  assert_diagnosis (plug_diagnosis_of_answer (&answer), N, PLUG_REASON_NOT_THE_SERVICE, WHERE);
}

static void
test_resolve (void)
{
  static const Row rows[] = {
    { 200, JSON, "{\"auth_url\":\"https://x/auth\"}", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 0 },
    { 200, HTML, PAGE, N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
    { 200, TEXT, "hello", N, PLUG_REASON_NOT_THE_SERVICE, WHERE },
    { 401, JSON, "{}", N, PLUG_REASON_UNEXPECTED_ANSWER, 0 },
    { 404, JSON, "{}", N, PLUG_REASON_WRONG_ADDRESS, WHERE },
    { 429, JSON, "{}", N, PLUG_REASON_BUSY, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugAnswer answer = make_answer (PLUG_STEP_RESOLVE, rows[i].status, rows[i].content_type, rows[i].body);

    assert_diagnosis (plug_diagnosis_of_answer (&answer), rows[i].outcome, rows[i].reason, rows[i].blame);
  }
}

static void
test_words (void)
{
  static const struct {
    const char *content_type, *body, *words;
  } rows[] = {
    { JSON, "{\"error\":\"invalid_client\"}", "invalid_client" },
    { JSON, "{\"error\":\"invalid_grant\",\"error_description\":\"Wrong password\"}", "invalid_grant: Wrong password" },
    { JSON, "{\"resultCode\":7,\"errorMessage\":\"No such tenant\"}", "No such tenant" },
    { JSON, "{\"ClassName\":\"System.Exception\",\"Message\":\"Boom\"}", "Boom" },
    { JSON, "{\"Message\":\"Authorization has been denied\"}", "Authorization has been denied" },
    { JSON, "{\"message\":\"Bad credentials\",\"documentation_url\":\"https://x\"}", "Bad credentials" },
    { JSON, "{\"errorCode\":\"E0000011\",\"errorSummary\":\"Invalid token provided\"}", "E0000011: Invalid token provided" },
    { JSON, "{\"errorMessages\":[\"One\",\"Two\"],\"errors\":{}}", "One; Two" },
    { JSON, "{\"errors\":[{\"message\":\"Three\"}]}", "Three" },
    { JSON, "{\"error\":{\"code\":\"x\",\"message\":\"y\"}}", "x: y" },
    { JSON, "{\"other\":1}", "{\"other\":1}" },
    { TEXT, "  Unauthorized\r\n", "Unauthorized" },
    { HTML, PAGE, "Sign in" },
    { HTML, "<html><TITLE lang=en>A</TITLE>", "A" },
    { HTML, "<html><title>no end", "<html><title>no end" },
    { TEXT, " \n", NULL },
    { TEXT, "", NULL },
    { TEXT, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugAnswer answer = make_answer (PLUG_STEP_READ, 400, rows[i].content_type, rows[i].body);
    g_autofree char *words = plug_diagnosis_dup_words (&answer);

    g_assert_cmpstr (words, ==, rows[i].words);
  }
}

static void
test_identity (void)
{
  static const struct {
    const char *body, *identity;
  } rows[] = {
    { "{\"name\":\"Ada Lovelace\"}", "Ada Lovelace" },
    { "{\"name\":42}", "42" },
    { "{\"name\":\" \"}", NULL },
    { "{\"name\":null}", NULL },
    { "{\"name\":{}}", NULL },
    { "{}", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugAnswer answer = make_answer (PLUG_STEP_READ, 200, JSON, rows[i].body);
    g_autofree char *identity = NULL;

    answer.identity = "/name";
    identity = plug_diagnosis_dup_identity (&answer);
    g_assert_cmpstr (identity, ==, rows[i].identity);
  }
}

static void
test_error (void)
{
  for (int code = PLUG_ERROR_INVALID_URL; code <= PLUG_ERROR_ANSWER_UNREADABLE; code++) {
    g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, code, "x");
    PlugDiagnosis diagnosis = plug_diagnosis_of_error (error);

    g_assert_cmpint (diagnosis.outcome, ==, PLUG_OUTCOME_NOT_REACHABLE);
    g_assert_cmpint (diagnosis.reason, ==, PLUG_REASON_NETWORK);
    g_assert_cmphex (diagnosis.blame & ~PLUG_BLAME_ADDRESS, ==, 0);
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagnosis/sign-in/table", test_sign_in);
  g_test_add_func ("/diagnosis/sign-in/token", test_sign_in_token);
  g_test_add_func ("/diagnosis/read/table", test_read);
  g_test_add_func ("/diagnosis/read/challenged-page", test_read_challenged_page);
  g_test_add_func ("/diagnosis/read/after-token", test_read_after_token);
  g_test_add_func ("/diagnosis/read/denied", test_read_denied);
  g_test_add_func ("/diagnosis/read/expect", test_read_expect);
  g_test_add_func ("/diagnosis/read/expect-type", test_read_expect_type);
  g_test_add_func ("/diagnosis/read/expect-no-content", test_read_expect_no_content);
  g_test_add_func ("/diagnosis/resolve/table", test_resolve);
  g_test_add_func ("/diagnosis/words/table", test_words);
  g_test_add_func ("/diagnosis/identity/table", test_identity);
  g_test_add_func ("/diagnosis/error/never-blames-credentials", test_error);

  return g_test_run ();
}
