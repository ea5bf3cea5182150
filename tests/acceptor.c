/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "acceptor.h"

struct _Acceptor {
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  AcceptorServe serve;
  gpointer user_data;
  guint port;
  GThreadPool *pool; /* without a limit */
  int n_connections; /* atomic */
  GMutex lock;       /* of the logs */
};

static void
serve_cb (gpointer data,
          gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = data;
  Acceptor *self = user_data;

  self->serve (connection, self->user_data);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
}

static gpointer
accept_thread (gpointer data)
{
  Acceptor *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL) {
    g_atomic_int_inc (&self->n_connections);
    g_thread_pool_push (self->pool, connection, NULL);
  }

  return NULL;
}

Acceptor *
acceptor_new (AcceptorServe serve,
              gpointer user_data)
{
  Acceptor *self = g_new0 (Acceptor, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->listener = g_socket_listener_new ();
  self->stop = g_cancellable_new ();
  self->serve = serve;
  self->user_data = user_data;
  self->pool = g_thread_pool_new (serve_cb, self, -1, FALSE, NULL);
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->thread = g_thread_new ("accept", accept_thread, self);

  return self;
}

void
acceptor_free (Acceptor *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint
acceptor_get_port (Acceptor *self)
{
  return self->port;
}

guint
acceptor_get_n_connections (Acceptor *self)
{
  return (guint) g_atomic_int_get (&self->n_connections);
}

GCancellable *
acceptor_get_stop (Acceptor *self)
{
  return self->stop;
}

void
acceptor_add_to_log (Acceptor *self,
                     GString *log,
                     const char *text)
{
  g_mutex_lock (&self->lock);
  g_string_append (log, text);
  g_mutex_unlock (&self->lock);
}

char *
acceptor_dup_log (Acceptor *self,
                  GString *log)
{
  char *copy;

  g_mutex_lock (&self->lock);
  copy = g_strdup (log->str);
  g_mutex_unlock (&self->lock);

  return copy;
}
