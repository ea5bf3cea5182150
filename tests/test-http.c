/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-http.h"

#include <string.h>
#include <sys/socket.h>

#include "await.h"
#include "raw-server.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"

static PlugHttpResponse *
get (PlugHttp *http,
     const char *url,
     GError **error)
{
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", url);
  g_autoptr (GAsyncResult) result = NULL;

  plug_http_request_set_timeouts (request, 1000, 1500);
  plug_http_send_async (http, request, NULL, await_cb, &result);
  await (&result);
  return plug_http_send_finish (http, result, error);
}

/* Answers with the text that the test gave. */
static gboolean
answer_text (RawServer *server,
             const char *request,
             GOutputStream *output,
             gpointer user_data)
{
  const char *text = user_data;

  return raw_server_write (output, text) && strstr (text, "Content-Length: ") != NULL;
}

static gboolean
answer_nothing (RawServer *server,
                const char *request,
                GOutputStream *output,
                gpointer user_data)
{
  return TRUE;
}

static gboolean
answer_endless (RawServer *server,
                const char *request,
                GOutputStream *output,
                gpointer user_data)
{
  const char *head = user_data;
  static char block[65536];

  memset (block, 'x', sizeof block - 1);
  raw_server_write (output, head);
  while (raw_server_write (output, strstr (head, "chunked") != NULL ? "ffff\r\n" : "") &&
         raw_server_write (output, block) && raw_server_write (output, strstr (head, "chunked") != NULL ? "\r\n" : ""))
    continue;
  return FALSE;
}

static gboolean
answer_many_headers (RawServer *server,
                     const char *request,
                     GOutputStream *output,
                     gpointer user_data)
{
  raw_server_write (output, "HTTP/1.1 200 OK\r\n");
  for (int i = 0; i < 10000; i++)
    raw_server_write (output, "X-a: b\r\n");
  raw_server_write (output, "\r\n");
  return FALSE;
}

static void
test_round_trip (void)
{
  PlugHttp *http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) OK);
  g_autofree char *url = g_strconcat (raw_server_get_url (server), "/path?q=1", NULL);
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("POST", url);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PlugHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *log = NULL;
  gsize length;

  g_assert_true (plug_http_request_add_header (request, "Authorization", "Bearer abc", &error));
  g_assert_true (plug_http_request_add_header (request, "X-Empty", "", &error));
  plug_http_request_set_body (request, "application/x-www-form-urlencoded", "a=b", 3);
  plug_http_send_async (http, request, NULL, await_cb, &result);
  await (&result);
  response = plug_http_send_finish (http, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plug_http_response_get_status (response), ==, 200);
  g_assert_cmpstr (plug_http_response_get_content_type (response), ==, "application/json");
  g_assert_cmpstr (plug_http_response_get_body (response, &length), ==, "{}");
  g_assert_cmpuint (length, ==, 2);
  g_assert_cmpint (plug_http_response_get_retry_after (response), ==, -1);
  g_assert_null (plug_http_response_get_redirect_host (response));

  log = raw_server_dup_log (server);
  g_assert_true (g_str_has_prefix (log, "POST /path?q=1 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (log, "\r\nAuthorization: Bearer abc\r\n"));
  g_assert_nonnull (strstr (log, "\r\nX-Empty:\r\n"));
  g_assert_nonnull (strstr (log, "\r\nContent-Type: application/x-www-form-urlencoded\r\n"));
  g_assert_nonnull (strstr (log, "\r\n\r\na=b"));
  g_assert_null (strstr (log, "Accept-Encoding"));
  g_assert_null (strstr (log, "Expect"));
  g_clear_object (&result);

  /* The worker lets go of a transfer a moment after it has answered. */
  g_object_add_weak_pointer (G_OBJECT (http), (gpointer *) &http);
  g_object_unref (http);
  for (int i = 0; i < 1000 && http != NULL; i++)
    g_usleep (1000);
  g_assert_null (http);
}

static void
test_headers_are_checked (void)
{
  static const char * const bad[][2] = {
    { "Host", "x" }, { "content-length", "1" }, { "Proxy-Authorization", "x" }, { "", "x" }, { "A b", "x" },
    { "A:", "x" }, { "X", "a\r\nEvil: 1" }, { "X", "a\tb" }, { "X", "ä" }, { "X", "\177" },
  };
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", "https://a/");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (plug_http_request_add_header (request, bad[i][0], bad[i][1], &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
  }
}

static void
test_statuses (void)
{
  static const struct {
    const char *answer;
    guint status;
    int retry_after;
    const char *redirect_host;
  } rows[] = {
    { "HTTP/1.1 429 X\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n", 429, 5, NULL },
    { "HTTP/1.1 429 X\r\nRetry-After: 1000000000000000000000\r\nContent-Length: 0\r\n\r\n", 429, -1, NULL },
    { "HTTP/1.1 429 X\r\nRetry-After: 1000000000\r\nContent-Length: 0\r\n\r\n", 429, 3600, NULL },
    { "HTTP/1.1 503 X\r\nRetry-After: -1\r\nContent-Length: 0\r\n\r\n", 503, -1, NULL },
    { "HTTP/1.1 503 X\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 0\r\n\r\n", 503, 0, NULL },
    { "HTTP/1.1 302 X\r\nLocation: https://evil.test/x\r\nContent-Length: 0\r\n\r\n", 302, -1, "evil.test" },
    { "HTTP/1.1 302 X\r\nContent-Length: 0\r\n\r\n", 302, -1, NULL },
    { "HTTP/1.1 100 X\r\nX-A: b\r\n\r\nHTTP/1.1 204 X\r\nContent-Length: 0\r\n\r\n", 204, -1, NULL },
    { "HTTP/1.1 401 X\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", 401, -1, NULL },
    { "HTTP/1.1 999 X\r\nContent-Length: 0\r\n\r\n", 999, -1, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugHttp) http = plug_http_new ();
    g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) rows[i].answer);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugHttpResponse) response = get (http, raw_server_get_url (server), &error);

    g_test_message ("%s", rows[i].answer);
    g_assert_no_error (error);
    g_assert_cmpuint (plug_http_response_get_status (response), ==, rows[i].status);
    g_assert_cmpint (plug_http_response_get_retry_after (response), ==, rows[i].retry_after);
    g_assert_cmpstr (plug_http_response_get_redirect_host (response), ==, rows[i].redirect_host);
    g_assert_null (plug_http_response_get_header (response, "X-A"));
  }
}

static void
test_wrong_answers (void)
{
  static const struct {
    RawAnswer answer;
    const char *text;
    PlugError error;
  } rows[] = {
    { answer_text, "", PLUG_ERROR_BROKE_OFF },
    { answer_text, "garbage\r\n\r\n", PLUG_ERROR_NOT_A_WEB_SERVICE },
    { answer_text, "<html>an answer of HTTP/0.9</html>", PLUG_ERROR_NOT_A_WEB_SERVICE },
    { answer_text, "HTTP/1.1 200 OK\r\nContent-length: 10\r\n\r\nabc", PLUG_ERROR_BROKE_OFF },
    { answer_text, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", PLUG_ERROR_BROKE_OFF },
    { answer_text, "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n", PLUG_ERROR_ANSWER_TOO_LARGE },
    { answer_endless, "HTTP/1.1 200 OK\r\n\r\n", PLUG_ERROR_ANSWER_TOO_LARGE },
    { answer_endless, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", PLUG_ERROR_ANSWER_TOO_LARGE },
    { answer_many_headers, NULL, PLUG_ERROR_ANSWER_UNREADABLE },
    { answer_nothing, NULL, PLUG_ERROR_CONNECT_TIMED_OUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugHttp) http = plug_http_new ();
    g_autoptr (RawServer) server = raw_server_new (rows[i].answer, (gpointer) rows[i].text);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugHttpResponse) response = get (http, raw_server_get_url (server), &error);

    g_test_message ("%u: %s", i, error == NULL ? "no error" : error->message);
    g_assert_null (response);
    g_assert_error (error, PLUG_ERROR, (int) rows[i].error);
  }
}

static void
test_unreachable (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) OK);
  g_autofree char *closed = g_strdup (raw_server_get_url (server));
  g_autofree char *no_tls = g_strdup_printf ("https://127.0.0.1:%u/", raw_server_get_port (server));
  g_autoptr (GError) error = NULL;

  g_assert_null (get (http, no_tls, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_NO_SECURE_CONNECTION);
  g_clear_error (&error);
  g_clear_pointer (&server, raw_server_free);
  g_assert_null (get (http, closed, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CONNECTION_REFUSED);
}

static void
test_gzip_stays_packed (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server =
      raw_server_new (answer_text, (gpointer) "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\x1f\x8b!");
  g_autoptr (PlugHttpResponse) response = get (http, raw_server_get_url (server), NULL);

  g_assert_cmpstr (plug_http_response_get_body (response, NULL), ==, "\x1f\x8b!");
}

static void
test_reuse_within_a_session_only (void)
{
  g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) OK);

  for (guint session = 1; session <= 2; session++) {
    g_autoptr (PlugHttp) http = plug_http_new ();

    for (int i = 0; i < 3; i++) {
      g_autoptr (PlugHttpResponse) response = get (http, raw_server_get_url (server), NULL);

      g_assert_nonnull (response);
    }
    g_assert_cmpuint (raw_server_get_n_connections (server), ==, session);
  }
}

static void
test_cancel (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_nothing, NULL);
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", raw_server_get_url (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  plug_http_send_async (http, request, cancellable, await_cb, &result);
  while (raw_server_get_n_connections (server) == 0)
    g_usleep (1000);
  g_assert_null (result);
  start = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  await (&result);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 50000);
  g_assert_null (plug_http_send_finish (http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  plug_http_send_async (http, request, cancellable, await_cb, &late);
  await (&late);
  g_assert_null (plug_http_send_finish (http, late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
count_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugHttpResponse) response = plug_http_send_finish (PLUG_HTTP (source), result, &error);

  g_assert_no_error (error);
  *(guint *) user_data += 1;
}

static void
test_thousands (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) OK);
  guint count = 0;

  plug_http_set_limits (8, 4);
  for (int i = 0; i < 2000; i++) {
    g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", raw_server_get_url (server));

    plug_http_send_async (http, request, NULL, count_cb, &count);
  }
  while (count < 2000)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (raw_server_get_n_connections (server), <=, 4);
  plug_http_set_limits (32, 6);
}

static gboolean
answer_by_path (RawServer *server,
                const char *request,
                GOutputStream *output,
                gpointer user_data)
{
  if (strstr (request, "GET /hang") != NULL)
    return TRUE;
  if (strstr (request, "GET /slow") != NULL)
    g_usleep (200 * 1000);
  return raw_server_write (output, OK);
}

static void
send_to (PlugHttp *http,
         RawServer *server,
         const char *path,
         GCancellable *cancellable,
         GAsyncResult **result)
{
  g_autofree char *url = g_strconcat (raw_server_get_url (server), path, NULL);
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", url);

  plug_http_send_async (http, request, cancellable, await_cb, result);
}

/* What waits begins as soon as something ends, not with the next thing that happens on the network. */
static void
test_next_at_once (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_by_path, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) hanging = NULL;
  g_autoptr (GAsyncResult) slow = NULL;
  g_autoptr (GAsyncResult) next = NULL;
  gint64 begin;

  plug_http_set_limits (8, 2);
  send_to (http, server, "/hang", cancellable, &hanging);
  send_to (http, server, "/slow", NULL, &slow);
  send_to (http, server, "/", NULL, &next);
  await (&slow);
  begin = g_get_monotonic_time ();
  g_assert_null (next);
  await (&next);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 500 * 1000);
  g_assert_null (hanging);
  g_cancellable_cancel (cancellable);
  await (&hanging);
  plug_http_set_limits (32, 6);
}

static void
test_environment_is_ignored (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_text, (gpointer) OK);
  g_autoptr (PlugHttpResponse) response = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("http_proxy", "http://127.0.0.1:1/", TRUE);
  g_setenv ("all_proxy", "http://127.0.0.1:1/", TRUE);
  response = get (http, raw_server_get_url (server), &error);
  g_unsetenv ("http_proxy");
  g_unsetenv ("all_proxy");
  g_assert_no_error (error);
  g_assert_cmpuint (plug_http_response_get_status (response), ==, 200);

  g_setenv ("SSLKEYLOGFILE", "x", TRUE);
  plug_http_clean_environment ();
  g_assert_null (g_getenv ("SSLKEYLOGFILE"));
}

static void
test_shutdown (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (RawServer) server = raw_server_new (answer_nothing, NULL);
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", raw_server_get_url (server));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  plug_http_send_async (http, request, NULL, await_cb, &result);
  while (raw_server_get_n_connections (server) == 0)
    g_usleep (1000);
  start = g_get_monotonic_time ();
  plug_http_shutdown ();
  g_assert_cmpint (g_get_monotonic_time () - start, <, 200000);
  await (&result);
  g_assert_null (plug_http_send_finish (http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/round-trip", test_round_trip);
  g_test_add_func ("/http/headers-are-checked", test_headers_are_checked);
  g_test_add_func ("/http/statuses", test_statuses);
  g_test_add_func ("/http/wrong-answers", test_wrong_answers);
  g_test_add_func ("/http/unreachable", test_unreachable);
  g_test_add_func ("/http/gzip-stays-packed", test_gzip_stays_packed);
  g_test_add_func ("/http/reuse-within-a-session-only", test_reuse_within_a_session_only);
  g_test_add_func ("/http/cancel", test_cancel);
  g_test_add_func ("/http/thousands", test_thousands);
  g_test_add_func ("/http/next-at-once", test_next_at_once);
  g_test_add_func ("/http/environment-is-ignored", test_environment_is_ignored);
  g_test_add_func ("/http/shutdown", test_shutdown);
  return g_test_run ();
}
