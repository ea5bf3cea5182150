/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include <string.h>

#include "plug-http.h"

#define LOGOUT_LIMIT_US (3 * G_TIME_SPAN_SECOND)
/* What a busy machine may add. */
#define SLACK_US (2 * G_TIME_SPAN_SECOND)
#define REQUEST "\"request\":{\"method\":\"POST\",\"url\":\"{+base}/login\",\"contentType\":\"application/json\"," \
                "\"body\":{\"user\":\"{user}\",\"password\":\"{key}\"}}"
#define SHOW "\"apply\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Token\",\"value\":\"{access_token}\"}"
#define LOGOUT "\"logout\":{\"method\":\"DELETE\",\"url\":\"{+base}/session\",\"headers\":{\"X-Session\":\"{access_token}\"}}"
#define LOGIN "{\"type\":\"login\"," REQUEST ",\"token\":{\"pointer\":\"/token\"}," LOGOUT "," SHOW "}"
#define TOKEN_ANSWER "{\"token\":\"" SIGN_IN_TOKEN "\"}"

static gboolean
judge_login (const Visit *visit,
             gpointer user_data)
{
  return g_strcmp0 (visit_get_json (visit, "user"), SIGN_IN_USER) == 0
         && g_strcmp0 (visit_get_json (visit, "password"), SIGN_IN_SECRET) == 0;
}

static gboolean
judge_token (const Visit *visit,
             gpointer user_data)
{
  return g_strcmp0 (visit_get_header (visit, "X-Token"), SIGN_IN_TOKEN) == 0;
}

/* The log-out is signed like every request, and says itself which session ends. */
static gboolean
judge_logout (const Visit *visit,
              gpointer user_data)
{
  return judge_token (visit, NULL) && g_strcmp0 (visit_get_header (visit, "X-Session"), SIGN_IN_TOKEN) == 0;
}

static gboolean
judge_nothing (const Visit *visit,
               gpointer user_data)
{
  return FALSE;
}

static VerifyingServer *
new_server (void)
{
  VerifyingServer *server = verifying_server_new ();

  verifying_server_judge (server, "POST /login", judge_login, NULL, TOKEN_ANSWER);
  verifying_server_judge (server, "GET /me", judge_token, NULL, SIGN_IN_ME);
  verifying_server_judge (server, "DELETE /session", judge_logout, NULL, "");

  return server;
}

/* Where an answer may have the token. */
static void
test_token_places (void)
{
  static const struct {
    const char *place, *answer, *header, *value;
  } rows[] = {
    { "{\"pointer\":\"/data/session/0\"}", "{\"data\":{\"session\":[\"" SIGN_IN_TOKEN "\"]}}", NULL, NULL },
    { "{\"header\":\"X-Auth-Token\"}", "{}", "X-Auth-Token", SIGN_IN_TOKEN },
    { "{\"cookie\":\"SID\"}", "{}", "Set-Cookie", "SID=" SIGN_IN_TOKEN "; Path=/; HttpOnly" },
    { "{\"body\":true}", "\"" SIGN_IN_TOKEN "\"", NULL, NULL },
    { "{\"body\":true}", SIGN_IN_TOKEN "\n", NULL, NULL },
    { "{\"element\":\"token\"}", "<r><tokens>1</tokens><a:token>" SIGN_IN_TOKEN "</a:token></r>", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = new_server ();
    g_autofree char *auth = g_strdup_printf ("{\"type\":\"login\"," REQUEST ",\"token\":%s," LOGOUT "," SHOW "}", rows[i].place);
    const SignIn sign_in = { .auth = auth };

    verifying_server_judge (server, "POST /login", judge_login, NULL, rows[i].answer);
    if (rows[i].header != NULL)
      verifying_server_add_header (server, "POST /login", rows[i].header, rows[i].value);
    sign_in_check (&sign_in, server);
    g_assert_cmpstr (verifying_server_get_log (server), ==, "POST /login, GET /me, DELETE /session");
    g_assert_cmpuint (verifying_server_get_n_wrong (server, "DELETE /session"), ==, 0);
  }
}

typedef struct {
  const char *content_type;
  const char *body;
} ExpectedBody;

static gboolean
judge_body (const Visit *visit,
            gpointer user_data)
{
  const ExpectedBody *expected = user_data;

  return g_strcmp0 (visit_get_header (visit, "Content-Type"), expected->content_type) == 0
         && g_strcmp0 (visit_get_body (visit), expected->body) == 0;
}

/* The vendor's own request, whatever its form. */
static void
test_requests (void)
{
  static const struct {
    const char *request;
    ExpectedBody expected;
  } rows[] = {
    { "\"contentType\":\"application/x-www-form-urlencoded\",\"body\":{\"u\":\"{user}\",\"p\":\"{key}\"}",
      { "application/x-www-form-urlencoded", "p=s3cret%2Fvalue%2B4711%3D%3D&u=ada%40example.com" } },
    { "\"contentType\":\"application/json\",\"body\":{\"jsonrpc\":\"2.0\",\"params\":[{\"data\":[\"{user}\",\"{key}\"]}]}",
      { "application/json", "{\"jsonrpc\":\"2.0\",\"params\":[{\"data\":[\"" SIGN_IN_USER "\",\"" SIGN_IN_SECRET "\"]}]}" } },
    { "\"contentType\":\"application/xml\",\"body\":\"<login name=\\\"{user}\\\">{key}</login>\"",
      { "application/xml", "<login name=\"" SIGN_IN_USER "\">" SIGN_IN_SECRET "</login>" } },
    { "\"contentType\":\"text/plain\",\"body\":\"{key}\"", { "text/plain", SIGN_IN_SECRET } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = new_server ();
    g_autofree char *auth = g_strdup_printf ("{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/login\",%s},"
                                             "\"token\":{\"pointer\":\"/token\"}," SHOW "}", rows[i].request);
    const SignIn sign_in = { .auth = auth };

    verifying_server_judge (server, "POST /login", judge_body, (gpointer) &rows[i].expected, TOKEN_ANSWER);
    sign_in_check (&sign_in, server);
  }
}

static gboolean
judge_basic_login (const Visit *visit,
                   gpointer user_data)
{
  g_autofree char *pair = g_base64_encode ((const guchar *) SIGN_IN_USER ":" SIGN_IN_SECRET,
                                           strlen (SIGN_IN_USER ":" SIGN_IN_SECRET));
  g_autofree char *expected = g_strconcat ("Basic ", pair, NULL);

  return g_strcmp0 (visit_get_header (visit, "Authorization"), expected) == 0 && *visit_get_body (visit) == '\0';
}

/* The request for a token is signed as "with" says, and no other one is. */
static void
test_with (void)
{
  g_autoptr (VerifyingServer) server = new_server ();
  const SignIn sign_in = {
    .auth = "{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/login\"},"
            "\"with\":{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"},"
            "\"token\":{\"pointer\":\"/token\"}," LOGOUT "," SHOW "}",
  };

  verifying_server_judge (server, "POST /login", judge_basic_login, NULL, TOKEN_ANSWER);
  sign_in_check (&sign_in, server);
  g_assert_cmpstr (verifying_server_get_log (server), ==, "POST /login, GET /me, DELETE /session");
}

static gboolean
judge_passportal (const Visit *visit,
                  gpointer user_data)
{
  g_autofree char *hash = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SIGN_IN_SECRET,
                                                     strlen (SIGN_IN_SECRET), "api-content-hash", -1);

  return g_strcmp0 (visit_get_json (visit, "scope"), "docs_api") == 0
         && g_strcmp0 (visit_get_json (visit, "content"), "api-content-hash") == 0
         && g_strcmp0 (visit_get_header (visit, "x-key"), SIGN_IN_USER) == 0
         && g_strcmp0 (visit_get_header (visit, "x-hash"), hash) == 0;
}

/* A vendor's signature under the request for a token. */
static void
test_with_signature (void)
{
  g_autoptr (VerifyingServer) server = new_server ();
  const SignIn sign_in = {
    .auth = "{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/login\","
            "\"contentType\":\"application/json\",\"body\":{\"scope\":\"docs_api\",\"content\":\"api-content-hash\"}},"
            "\"with\":{\"type\":\"signature\",\"algorithm\":\"passportal\",\"key\":\"{user}\",\"secret\":\"{key}\"},"
            "\"token\":{\"pointer\":\"/token\"}," SHOW "}",
  };

  verifying_server_judge (server, "POST /login", judge_passportal, NULL, TOKEN_ANSWER);
  sign_in_check (&sign_in, server);
}

/* A token goes back also when it was of no use. */
static void
test_logs_out_after_refusal (void)
{
  static const guint statuses[] = { 403, 404, 500, 302 };
  const SignIn sign_in = { .auth = LOGIN };

  for (guint i = 0; i <= G_N_ELEMENTS (statuses); i++) {
    g_autoptr (VerifyingServer) server = new_server ();
    g_autoptr (PlugVerdict) verdict = NULL;

    if (i < G_N_ELEMENTS (statuses))
      verifying_server_set_status (server, "GET /me", statuses[i]);
    else
      verifying_server_judge (server, "GET /me", judge_nothing, NULL, "");
    verdict = sign_in_run (&sign_in, server);
    g_assert_cmpint (verdict->outcome, !=, PLUG_OUTCOME_PASSED);
    g_assert_cmpuint (verifying_server_get_n_right (server, "DELETE /session"), ==, 1);
    sign_in_assert_hides (verdict, SIGN_IN_TOKEN);
  }
}

/* Whatever comes of the log-out, the verdict stands. */
static void
test_log_out_fails (void)
{
  const SignIn sign_in = { .auth = LOGIN };
  g_autoptr (VerifyingServer) server = new_server ();
  g_autoptr (PlugVerdict) verdict = NULL;

  verifying_server_judge (server, "DELETE /session", judge_nothing, NULL, "");
  verdict = sign_in_run (&sign_in, server);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
  g_assert_cmpstr (verdict->identity, ==, "ada");
  g_assert_cmpuint (verifying_server_get_n_wrong (server, "DELETE /session"), ==, 1);
}

static void
test_log_out_hangs (void)
{
  const SignIn sign_in = { .auth = LOGIN };
  g_autoptr (VerifyingServer) server = new_server ();
  g_autoptr (PlugVerdict) verdict = NULL;
  gint64 started_us = g_get_monotonic_time ();

  verifying_server_hang (server, "DELETE /session");
  verdict = sign_in_run (&sign_in, server);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
  g_assert_cmpuint (verifying_server_get_n_right (server, "DELETE /session"), ==, 1);
  g_assert_cmpint (g_get_monotonic_time () - started_us, <, LOGOUT_LIMIT_US + SLACK_US);
}

/* Two tokens in a row: the first signs the request for the second, and both sign what follows. */
#define FIRST                                                                                                          \
  "{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/first\",\"contentType\":\"application/json\","  \
  "\"body\":{\"user\":\"{user}\",\"password\":\"{key}\"}},\"token\":{\"pointer\":\"/token\"},"                            \
  "\"logout\":{\"method\":\"POST\",\"url\":\"{+base}/first/out\"},"                                                     \
  "\"apply\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-First\",\"value\":\"{access_token}\"}}"
#define SECOND                                                                                                         \
  "{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/second\",\"contentType\":\"application/json\"," \
  "\"body\":{\"password\":\"{other}\"}},\"token\":{\"pointer\":\"/token\"},"                                             \
  "\"logout\":{\"method\":\"POST\",\"url\":\"{+base}/second/out\"},"                                                    \
  "\"apply\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Second\",\"value\":\"{access_token}\"}}"
#define FIRST_TOKEN "first-" SIGN_IN_TOKEN
#define SECOND_TOKEN "second-" SIGN_IN_TOKEN
#define OTHER_SECRET "0ther-value-4713"

static gboolean
has_first (const Visit *visit,
           gpointer user_data)
{
  return g_strcmp0 (visit_get_header (visit, "X-First"), FIRST_TOKEN) == 0;
}

static gboolean
judge_second (const Visit *visit,
              gpointer user_data)
{
  return has_first (visit, NULL) && visit_get_header (visit, "X-Second") == NULL
         && g_strcmp0 (visit_get_json (visit, "password"), OTHER_SECRET) == 0;
}

static gboolean
has_both (const Visit *visit,
          gpointer user_data)
{
  return has_first (visit, NULL) && g_strcmp0 (visit_get_header (visit, "X-Second"), SECOND_TOKEN) == 0;
}

static VerifyingServer *
new_double_server (void)
{
  VerifyingServer *server = verifying_server_new ();

  verifying_server_judge (server, "POST /first", judge_login, NULL, "{\"token\":\"" FIRST_TOKEN "\"}");
  verifying_server_judge (server, "POST /second", judge_second, NULL, "{\"token\":\"" SECOND_TOKEN "\"}");
  verifying_server_judge (server, "GET /me", has_both, NULL, SIGN_IN_ME);
  verifying_server_judge (server, "POST /second/out", has_both, NULL, "{}");
  verifying_server_judge (server, "POST /first/out", has_first, NULL, "{}");

  return server;
}

static void
test_two_tokens (void)
{
  const SignIn sign_in = { .auth = FIRST "," SECOND, .values = "other=" OTHER_SECRET };
  g_autoptr (VerifyingServer) server = new_double_server ();

  sign_in_check (&sign_in, server);
  g_assert_cmpstr (verifying_server_get_log (server), ==,
                   "POST /first, POST /second, GET /me, POST /second/out, POST /first/out");
}

static void
test_second_refused (void)
{
  const SignIn sign_in = { .auth = FIRST "," SECOND, .values = "other=wrong-" OTHER_SECRET };
  g_autoptr (VerifyingServer) server = new_double_server ();
  g_autoptr (PlugVerdict) verdict = sign_in_run (&sign_in, server);

  sign_in_assert_outcome (verdict, PLUG_OUTCOME_REFUSED);
  sign_in_assert_hides (verdict, FIRST_TOKEN);
  sign_in_assert_hides (verdict, OTHER_SECRET);
  /* The first token was issued, and so goes back. */
  g_assert_cmpstr (verifying_server_get_log (server), ==, "POST /first, POST /first/out");
}

/* A key beside a login signs the log-out as well, and not the login, whose own credentials are in it. */
static gboolean
judge_keyed_logout (const Visit *visit,
                    gpointer user_data)
{
  return judge_logout (visit, NULL) && g_strcmp0 (visit_get_header (visit, "X-Api-Key"), OTHER_SECRET) == 0;
}

static void
test_key_beside (void)
{
  const SignIn sign_in = {
    .auth = "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Api-Key\",\"value\":\"{other}\"}," LOGIN,
    .values = "other=" OTHER_SECRET,
  };
  g_autoptr (VerifyingServer) server = new_server ();

  verifying_server_judge (server, "DELETE /session", judge_keyed_logout, NULL, "");
  sign_in_check (&sign_in, server);
  g_assert_cmpstr (verifying_server_get_log (server), ==, "POST /login, GET /me, DELETE /session");
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in-login/token-places", test_token_places);
  g_test_add_func ("/sign-in-login/requests", test_requests);
  g_test_add_func ("/sign-in-login/with/basic", test_with);
  g_test_add_func ("/sign-in-login/with/signature", test_with_signature);
  g_test_add_func ("/sign-in-login/key-beside", test_key_beside);
  g_test_add_func ("/sign-in-login/log-out/after-refusal", test_logs_out_after_refusal);
  g_test_add_func ("/sign-in-login/log-out/fails", test_log_out_fails);
  g_test_add_func ("/sign-in-login/log-out/hangs", test_log_out_hangs);
  g_test_add_func ("/sign-in-login/two-tokens/in-a-row", test_two_tokens);
  g_test_add_func ("/sign-in-login/two-tokens/second-refused", test_second_refused);
  status = g_test_run ();
  plug_http_shutdown ();

  return status;
}
