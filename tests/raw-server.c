/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr() */
#include "raw-server.h"

#include <string.h>

struct _RawServer {
  GSocketListener *listener;
  GCancellable *stop;
  GThread *acceptor;
  RawAnswer answer;
  gpointer user_data;
  guint port;
  char *url;

  GMutex lock;
  GPtrArray *threads;
  GString *log;
  guint n_connections;
};

typedef struct {
  RawServer *server;
  GSocketConnection *connection;
} Visit;

/* One request, up to the end of its headers and the body that Content-Length tells. */
static char *
read_request (RawServer *self,
              GInputStream *input)
{
  GString *request = g_string_new (NULL);
  const char *end, *length;
  char byte;

  while ((end = strstr (request->str, "\r\n\r\n")) == NULL) {
    if (g_input_stream_read (input, &byte, 1, self->stop, NULL) != 1) {
      g_string_free (request, TRUE);
      return NULL;
    }
    g_string_append_c (request, byte);
    /* The greeting of TLS has no end that could be waited for. */
    if (request->str[0] == 0x16)
      return g_string_free (request, FALSE);
  }
  length = strcasestr (request->str, "\r\nContent-Length:");
  if (length != NULL)
    for (gsize left = (gsize) g_ascii_strtoull (length + strlen ("\r\nContent-Length:"), NULL, 10); left > 0; left--) {
      if (g_input_stream_read (input, &byte, 1, self->stop, NULL) != 1)
        break;
      g_string_append_c (request, byte);
    }
  return g_string_free (request, FALSE);
}

static gpointer
visit_thread (gpointer data)
{
  Visit *visit = data;
  RawServer *self = visit->server;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (visit->connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (visit->connection));
  gboolean go_on = TRUE;

  while (go_on) {
    g_autofree char *request = read_request (self, input);

    if (request == NULL)
      break;
    g_mutex_lock (&self->lock);
    g_string_append (self->log, request);
    g_mutex_unlock (&self->lock);
    go_on = self->answer (self, request, output, self->user_data);
  }
  g_io_stream_close (G_IO_STREAM (visit->connection), NULL, NULL);
  g_object_unref (visit->connection);
  g_free (visit);
  return NULL;
}

static gpointer
accept_thread (gpointer data)
{
  RawServer *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL) {
    Visit *visit = g_new (Visit, 1);

    /* A blocked write ends when the server does. */
    g_socket_set_timeout (g_socket_connection_get_socket (connection), 5);
    visit->server = self;
    visit->connection = connection;
    g_mutex_lock (&self->lock);
    self->n_connections++;
    g_ptr_array_add (self->threads, g_thread_new ("visit", visit_thread, visit));
    g_mutex_unlock (&self->lock);
  }
  return NULL;
}

RawServer *
raw_server_new (RawAnswer answer,
                gpointer user_data)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  self->listener = g_socket_listener_new ();
  self->stop = g_cancellable_new ();
  self->answer = answer;
  self->user_data = user_data;
  self->threads = g_ptr_array_new ();
  self->log = g_string_new (NULL);
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  self->url = g_strdup_printf ("http://127.0.0.1:%u", self->port);
  self->acceptor = g_thread_new ("accept", accept_thread, self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->acceptor);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->threads);
  g_string_free (self->log, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_free (self);
}

guint
raw_server_get_port (RawServer *self)
{
  return self->port;
}

const char *
raw_server_get_url (RawServer *self)
{
  return self->url;
}

guint
raw_server_get_n_connections (RawServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->n_connections;
  g_mutex_unlock (&self->lock);
  return n;
}

char *
raw_server_dup_log (RawServer *self)
{
  char *log;

  g_mutex_lock (&self->lock);
  log = g_strdup (self->log->str);
  g_mutex_unlock (&self->lock);
  return log;
}

gboolean
raw_server_write (GOutputStream *output,
                  const char *text)
{
  return g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}
