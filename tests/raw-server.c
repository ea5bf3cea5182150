/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strcasestr() */
#include "raw-server.h"

#include <string.h>

#include "acceptor.h"

struct _RawServer {
  Acceptor *acceptor;
  RawAnswer answer;
  gpointer user_data;
  char *url;
  GString *log;
};

/* One request, up to the end of its headers and the body that Content-Length tells. */
static char *
read_request (RawServer *self,
              GInputStream *input)
{
  GString *request = g_string_new (NULL);
  const char *end, *length;
  char byte;

  while ((end = strstr (request->str, "\r\n\r\n")) == NULL) {
    if (g_input_stream_read (input, &byte, 1, acceptor_get_stop (self->acceptor), NULL) != 1) {
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
      if (g_input_stream_read (input, &byte, 1, acceptor_get_stop (self->acceptor), NULL) != 1)
        break;
      g_string_append_c (request, byte);
    }
  return g_string_free (request, FALSE);
}

static void
serve (GSocketConnection *connection,
       gpointer user_data)
{
  RawServer *self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  gboolean go_on = TRUE;

  /* A blocked write ends when the server does. */
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 5);
  while (go_on) {
    g_autofree char *request = read_request (self, input);

    if (request == NULL)
      break;
    acceptor_add_to_log (self->acceptor, self->log, request);
    go_on = self->answer (self, request, output, self->user_data);
  }
}

RawServer *
raw_server_new (RawAnswer answer,
                gpointer user_data)
{
  RawServer *self = g_new0 (RawServer, 1);

  self->answer = answer;
  self->user_data = user_data;
  self->log = g_string_new (NULL);
  self->acceptor = acceptor_new (serve, self);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", raw_server_get_port (self));

  return self;
}

void
raw_server_free (RawServer *self)
{
  acceptor_free (self->acceptor);
  g_string_free (self->log, TRUE);
  g_free (self->url);
  g_free (self);
}

guint
raw_server_get_port (RawServer *self)
{
  return acceptor_get_port (self->acceptor);
}

const char *
raw_server_get_url (RawServer *self)
{
  return self->url;
}

guint
raw_server_get_n_connections (RawServer *self)
{
  return acceptor_get_n_connections (self->acceptor);
}

char *
raw_server_dup_log (RawServer *self)
{
  return acceptor_dup_log (self->acceptor, self->log);
}

gboolean
raw_server_write (GOutputStream *output,
                  const char *text)
{
  return g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}
