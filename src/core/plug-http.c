/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http.h"

#include <string.h>

#include "plug-error.h"
#include "plug-http-worker.h"
#include "plug-url.h"

/* The callers' side of the HTTP client: finds the proxy, hands requests to the worker, and cancels them. */

struct _PlugHttp {
  GObject parent_instance;

  guint64 session;
};

G_DEFINE_FINAL_TYPE (PlugHttp, plug_http, G_TYPE_OBJECT)

PlugHttpTransfer *
plug_http_transfer_new (GTask *task,
                        PlugHttpRequest *request,
                        guint64 session)
{
  PlugHttpTransfer *self = g_new0 (PlugHttpTransfer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->task = task;
  self->request = plug_http_request_copy (request);
  self->session = session;

  return self;
}

PlugHttpTransfer *
plug_http_transfer_ref (PlugHttpTransfer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
plug_http_transfer_unref (PlugHttpTransfer *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  plug_http_request_unref (self->request);
  g_free (self->host);
  g_clear_pointer (&self->proxies, g_ptr_array_unref);
  g_clear_pointer (&self->deadline, g_source_unref);
  g_clear_object (&self->task);
  g_free (self);
}

GTask *
plug_http_transfer_claim (PlugHttpTransfer *self)
{
  return g_atomic_int_compare_and_exchange (&self->answered, 0, 1) ? g_steal_pointer (&self->task) : NULL;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  PlugHttpTransfer *transfer = user_data;
  g_autoptr (GTask) task = plug_http_transfer_claim (transfer);

  if (task == NULL)
    return;
  if (transfer->deadline != NULL)
    g_source_destroy (transfer->deadline);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  plug_http_worker_cancel (transfer);
}

static void
release_transfer (gpointer transfer)
{
  plug_http_transfer_unref (transfer);
}

static void
start_with_proxies (PlugHttpTransfer *transfer,
                    GPtrArray *proxies)
{
  g_autoptr (GTask) task = NULL;

  transfer->proxies = proxies;
  if (!plug_http_worker_start (transfer))
    task = plug_http_transfer_claim (transfer);
  if (task != NULL)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED, "libcurl.so.4 cannot be loaded");
}

/* GIO's resolver may have to load a module and to ask a portal, and a proxy configuration script may hang: all of that
 * on a thread of GIO's. */
static void
look_up_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  PlugHttpTransfer *transfer = task_data;
  g_autoptr (PlugUrl) url = plug_url_parse (transfer->request->url, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *proxies = plug_http_proxy_look_up (url, cancellable, &error);

  g_source_destroy (transfer->deadline);
  if (proxies != NULL) {
    start_with_proxies (transfer, proxies);
  } else {
    g_autoptr (GTask) unanswered = plug_http_transfer_claim (transfer);

    if (unanswered != NULL)
      g_task_return_error (unanswered, g_steal_pointer (&error));
  }
  g_task_return_boolean (task, TRUE);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_autoptr (GTask) task = plug_http_transfer_claim (user_data);

  if (task != NULL)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_PROXY_SETTINGS, "The system did not name a proxy in time");

  return G_SOURCE_REMOVE;
}

static void
look_up_proxies (PlugHttpTransfer *transfer,
                 GCancellable *cancellable)
{
  g_autoptr (GTask) lookup = g_task_new (NULL, cancellable, NULL, NULL);

  transfer->deadline = g_timeout_source_new (transfer->request->connect_ms);
  g_source_set_callback (transfer->deadline, deadline_cb, plug_http_transfer_ref (transfer), release_transfer);
  g_source_attach (transfer->deadline, g_main_context_get_thread_default ());
  g_task_set_task_data (lookup, plug_http_transfer_ref (transfer), release_transfer);
  g_task_run_in_thread (lookup, look_up_thread);
}

static void
plug_http_finalize (GObject *object)
{
  PlugHttp *self = PLUG_HTTP (object);

  plug_http_worker_close_session (self->session);

  G_OBJECT_CLASS (plug_http_parent_class)->finalize (object);
}

static void
plug_http_class_init (PlugHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_http_finalize;
}

static void
plug_http_init (PlugHttp *self)
{
  self->session = plug_http_worker_open_session ();
}

PlugHttp *
plug_http_new (void)
{
  return g_object_new (PLUG_TYPE_HTTP, NULL);
}

void
plug_http_send_async (PlugHttp *self,
                      PlugHttpRequest *request,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  PlugHttpTransfer *transfer = plug_http_transfer_new (task, request, self->session);
  g_autoptr (PlugUrl) url = plug_url_parse (request->url, NULL);

  g_task_set_source_tag (task, plug_http_send_async);
  if (url == NULL) {
    g_autoptr (GTask) unanswered = plug_http_transfer_claim (transfer);

    g_task_return_new_error (unanswered, PLUG_ERROR, PLUG_ERROR_INVALID_URL, "The address cannot be used");
    plug_http_transfer_unref (transfer);
    return;
  }
  transfer->host = g_strdup_printf ("%s:%u", url->host, url->port);
  if (plug_url_is_loopback (url))
    start_with_proxies (transfer, plug_http_proxy_list_direct ());
  else
    look_up_proxies (transfer, cancellable);
  /* Last: connecting to one that is cancelled already calls back at once. */
  if (cancellable != NULL)
    g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), plug_http_transfer_ref (transfer), release_transfer);
  plug_http_transfer_unref (transfer);
}

PlugHttpResponse *
plug_http_send_finish (PlugHttp *self,
                       GAsyncResult *result,
                       GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plug_http_clean_environment (void)
{
  static const char * const names[] = { "SSLKEYLOGFILE", "CURL_SSL_BACKEND", "SSL_CERT_FILE", "SSL_CERT_DIR",
                                        "CURL_CA_BUNDLE", "CURL_HOME", "NETRC", "QLOGDIR" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
}
