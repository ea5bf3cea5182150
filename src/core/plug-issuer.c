/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-issuer.h"

#include "plug-url.h"

#define DEADLINE_S 3

static void
take_issuer (GTask *task,
             GTlsCertificate *certificate)
{
  char *name = NULL;

  if (certificate == NULL)
    return;
  g_object_get (certificate, "issuer-name", &name, NULL);
  g_task_set_task_data (task, name, g_free);
}

/* Never accepted: all that is wanted is to look at it. */
static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       GTask *task)
{
  take_issuer (task, certificate);
  return FALSE;
}

static void
event_cb (GSocketClient *client,
          GSocketClientEvent event,
          GSocketConnectable *connectable,
          GIOStream *connection,
          GTask *task)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect_object (connection, "accept-certificate", G_CALLBACK (accept_certificate_cb), task, 0);
  else if (event == G_SOCKET_CLIENT_TLS_HANDSHAKED)
    take_issuer (task, g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (connection)));
}

static void
connected_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);

  g_signal_handlers_disconnect_by_func (source, event_cb, task);
  g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
}

void
plug_issuer_find_async (const char *url,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (PlugUrl) parsed = plug_url_parse (url, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) address = NULL;
  g_autofree char *origin = NULL;

  g_task_set_source_tag (task, plug_issuer_find_async);
  if (parsed == NULL || !g_str_equal (parsed->scheme, "https")) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  origin = plug_url_dup_origin (parsed);
  /* With its scheme: without, a resolver names SOCKS alone. */
  address = g_network_address_parse_uri (origin, 443, NULL);
  if (address == NULL) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }
  g_socket_client_set_tls (client, TRUE);
  g_socket_client_set_timeout (client, DEADLINE_S);
  g_socket_client_set_enable_proxy (client, !plug_url_is_loopback (parsed));
  g_signal_connect (client, "event", G_CALLBACK (event_cb), task);
  g_socket_client_connect_async (client, address, cancellable, connected_cb, g_object_ref (task));
}

char *
plug_issuer_find_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
