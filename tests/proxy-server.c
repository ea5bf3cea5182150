/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "proxy-server.h"

#include <string.h>

#include "acceptor.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
#define MAX_NAME 255

struct _ProxyServer {
  Acceptor *acceptor;
  GTlsCertificate *certificate; /* (nullable) */
  ProxyKind kind;
  const char *answer;
  GString *log;
  GString *inner_log;
};

static gboolean
read_bytes (ProxyServer *self,
            GIOStream *stream,
            guint8 *bytes,
            gsize length)
{
  gsize got;

  return g_input_stream_read_all (g_io_stream_get_input_stream (stream), bytes, length, &got, acceptor_get_stop (self->acceptor), NULL) && got == length;
}

static gboolean
write_bytes (ProxyServer *self,
             GIOStream *stream,
             const void *bytes,
             gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, acceptor_get_stop (self->acceptor), NULL);
}

static gboolean
read_head (ProxyServer *self,
           GIOStream *stream,
           GString *log)
{
  g_autoptr (GString) head = g_string_new (NULL);
  guint8 byte;

  while (strstr (head->str, "\r\n\r\n") == NULL) {
    if (!read_bytes (self, stream, &byte, 1))
      return FALSE;
    g_string_append_c (head, (char) byte);
    /* TLS where there should be none. */
    if (head->str[0] == 0x16)
      return FALSE;
  }
  acceptor_add_to_log (self->acceptor, log, head->str);

  return TRUE;
}

static void
say_nothing (ProxyServer *self,
             GIOStream *stream)
{
  guint8 byte;

  while (read_bytes (self, stream, &byte, 1))
    continue;
}

/* NULL when the client does not like the certificate. */
static GIOStream *
start_tls (ProxyServer *self,
           GIOStream *stream)
{
  g_autoptr (GIOStream) secure = NULL;

  if (self->certificate == NULL) {
    say_nothing (self, stream);
    return NULL;
  }
  secure = g_tls_server_connection_new (stream, self->certificate, NULL);

  return g_tls_connection_handshake (G_TLS_CONNECTION (secure), acceptor_get_stop (self->acceptor), NULL) ? g_steal_pointer (&secure) : NULL;
}

static gboolean
take_http (ProxyServer *self,
           GIOStream *stream)
{
  return read_head (self, stream, self->log) && write_bytes (self, stream, self->answer, strlen (self->answer))
         && g_str_has_prefix (self->answer, "HTTP/1.1 200");
}

/* RFC 1928, with host names only. */
static gboolean
take_socks5 (ProxyServer *self,
             GIOStream *stream)
{
  guint8 bytes[MAX_NAME + 1] = { 0 };
  char name[MAX_NAME + 1] = { 0 };
  g_autofree char *line = NULL;

  if (!read_bytes (self, stream, bytes, 2) || bytes[0] != 5 || !read_bytes (self, stream, bytes, bytes[1]))
    return FALSE;
  if (!write_bytes (self, stream, (guint8[]) { 5, (guint8) self->answer[0] }, 2) || self->answer[0] != 0)
    return FALSE;
  if (!read_bytes (self, stream, bytes, 5) || bytes[3] != 3)
    return FALSE;
  if (!read_bytes (self, stream, (guint8 *) name, bytes[4]) || !read_bytes (self, stream, bytes, 2))
    return FALSE;
  line = g_strdup_printf ("socks5 %s:%u\n", name, bytes[0] * 256u + bytes[1]);
  acceptor_add_to_log (self->acceptor, self->log, line);

  return write_bytes (self, stream, (guint8[]) { 5, (guint8) self->answer[1], 0, 1, 0, 0, 0, 0, 0, 0 }, 10)
         && self->answer[1] == 0;
}

static gboolean
read_until_nul (ProxyServer *self,
                GIOStream *stream,
                char *text)
{
  for (gsize i = 0; i < MAX_NAME; i++) {
    if (!read_bytes (self, stream, (guint8 *) text + i, 1))
      return FALSE;
    if (text[i] == '\0')
      return TRUE;
  }

  return FALSE;
}

static gboolean
take_socks4a (ProxyServer *self,
              GIOStream *stream)
{
  guint8 bytes[8];
  char user[MAX_NAME], name[MAX_NAME];
  g_autofree char *line = NULL;

  if (!read_bytes (self, stream, bytes, 1) || bytes[0] != 4 || !read_bytes (self, stream, bytes + 1, 7)
      || !read_until_nul (self, stream, user) || !read_until_nul (self, stream, name))
    return FALSE;
  line = g_strdup_printf ("socks4a %s:%u\n", name, bytes[2] * 256u + bytes[3]);
  acceptor_add_to_log (self->acceptor, self->log, line);

  return write_bytes (self, stream, (guint8[]) { 0, (guint8) self->answer[0], 0, 0, 0, 0, 0, 0 }, 8)
         && self->answer[0] == 0x5a;
}

static gboolean
take (ProxyServer *self,
      GIOStream *stream)
{
  switch (self->kind) {
  case PROXY_HTTP:
  case PROXY_HTTPS:
    return take_http (self, stream);
  case PROXY_SOCKS5:
    return take_socks5 (self, stream);
  case PROXY_SOCKS4A:
    return take_socks4a (self, stream);
  case PROXY_SILENT:
  default:
    say_nothing (self, stream);
    return FALSE;
  }
}

static void
serve (GSocketConnection *connection,
       gpointer user_data)
{
  ProxyServer *self = user_data;
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GIOStream) outer = self->kind == PROXY_HTTPS ? start_tls (self, stream) : g_object_ref (stream);
  g_autoptr (GIOStream) inner = outer != NULL && take (self, outer) ? start_tls (self, outer) : NULL;

  if (inner != NULL && read_head (self, inner, self->inner_log))
    write_bytes (self, inner, OK, strlen (OK));
  /* Who is not let through is cut off, without a farewell of TLS. */
  g_io_stream_close (inner != NULL ? inner : stream, NULL, NULL);
}

ProxyServer *
proxy_server_new (ProxyKind kind,
                  const char *answer,
                  GTlsCertificate *certificate)
{
  ProxyServer *self = g_new0 (ProxyServer, 1);

  self->kind = kind;
  self->answer = answer;
  g_set_object (&self->certificate, certificate);
  self->log = g_string_new (NULL);
  self->inner_log = g_string_new (NULL);
  self->acceptor = acceptor_new (serve, self);

  return self;
}

void
proxy_server_free (ProxyServer *self)
{
  acceptor_free (self->acceptor);
  g_clear_object (&self->certificate);
  g_string_free (self->log, TRUE);
  g_string_free (self->inner_log, TRUE);
  g_free (self);
}

guint
proxy_server_get_port (ProxyServer *self)
{
  return acceptor_get_port (self->acceptor);
}

guint
proxy_server_get_n_connections (ProxyServer *self)
{
  return acceptor_get_n_connections (self->acceptor);
}

char *
proxy_server_dup_log (ProxyServer *self)
{
  return acceptor_dup_log (self->acceptor, self->log);
}

char *
proxy_server_dup_inner_log (ProxyServer *self)
{
  return acceptor_dup_log (self->acceptor, self->inner_log);
}
