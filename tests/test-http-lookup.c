/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* While a name is being looked up, run with tests/slow-lookup.c loaded: five seconds for every name. */
#include <gio/gio.h>

#include "await.h"
#include "plug-http.h"

static gint64
get_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void
wait_ms (guint ms)
{
  for (gint64 end = get_ms () + ms; get_ms () < end; g_usleep (1000))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_cancel (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", "https://slow.example/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;

  plug_http_send_async (http, request, cancellable, await_cb, &result);
  wait_ms (300);
  g_assert_null (result);
  begin = get_ms ();
  g_cancellable_cancel (cancellable);
  await (&result);
  /* 50 ms are promised; a busy machine gets more. */
  g_test_message ("%d ms", (int) (get_ms () - begin));
  g_assert_cmpint (get_ms () - begin, <, 250);
  g_assert_null (plug_http_send_finish (http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The worker is free for others, and its end does not wait for the look-up either. */
static void
test_time_out (void)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", "https://slow.example/");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin = get_ms ();

  plug_http_request_set_timeouts (request, 400, 400);
  plug_http_send_async (http, request, NULL, await_cb, &result);
  await (&result);
  g_assert_cmpint (get_ms () - begin, <, 1500);
  g_assert_null (plug_http_send_finish (http, result, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CONNECT_TIMED_OUT);
  begin = get_ms ();
  plug_http_shutdown ();
  g_assert_cmpint (get_ms () - begin, <, 1000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-lookup/cancel", test_cancel);
  g_test_add_func ("/http-lookup/time-out", test_time_out);

  return g_test_run ();
}
