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
  g_free (self->proxy);
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
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  plug_http_worker_cancel (transfer);
}

static void
release_transfer (gpointer transfer)
{
  plug_http_transfer_unref (transfer);
}

static void
start_with_proxy (PlugHttpTransfer *transfer)
{
  g_autoptr (GTask) task = plug_http_worker_start (transfer) ? NULL : plug_http_transfer_claim (transfer);

  if (task != NULL)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED, "libcurl.so.4 cannot be loaded");
}

/* GIO's resolver may have to load a module and to ask a portal, and a proxy configuration script may hang: all of that
 * on a thread of GIO's. */
static void
proxy_thread (GTask *task,
              gpointer source,
              gpointer task_data,
              GCancellable *cancellable)
{
  PlugHttpTransfer *transfer = task_data;
  g_auto (GStrv) proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), transfer->request->url, cancellable, NULL);
  const char *first = proxies == NULL || proxies[0] == NULL ? "direct://" : proxies[0];

  if (g_str_has_prefix (first, "direct://"))
    transfer->proxy = g_strdup ("");
  else if (g_str_has_prefix (first, "socks://"))
    transfer->proxy = g_strconcat ("socks5h://", first + strlen ("socks://"), NULL);
  else
    transfer->proxy = g_strdup (first);
  start_with_proxy (transfer);
  g_task_return_boolean (task, TRUE);
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
  g_autoptr (GTask) lookup = NULL;

  g_task_set_source_tag (task, plug_http_send_async);
  transfer->host = url != NULL ? g_strdup_printf ("%s:%u", url->host, url->port) : g_strdup ("");
  if (url != NULL && plug_url_is_loopback (url)) {
    transfer->proxy = g_strdup ("");
    start_with_proxy (transfer);
  } else {
    lookup = g_task_new (NULL, cancellable, NULL, NULL);
    g_task_set_task_data (lookup, plug_http_transfer_ref (transfer), release_transfer);
    g_task_run_in_thread (lookup, proxy_thread);
  }
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

void
plug_http_url_parts_clear (PlugHttpUrlParts *parts)
{
  g_free (parts->scheme);
  g_free (parts->user);
  g_free (parts->host);
  g_free (parts->port);
  g_free (parts->path);
  g_free (parts->query);
  g_free (parts->fragment);
}
