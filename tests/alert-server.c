/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-server.h"

#include <glib-unix.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _AlertServer {
  GSocketListener *listener;
  GCancellable *stop;
  GThread *thread;
  gnutls_certificate_credentials_t credentials;
  char *versions;
  char *origin;
};

static void
greet (AlertServer *self,
       int descriptor)
{
  gnutls_session_t session;
  char rest[256];
  int code;

  gnutls_init (&session, GNUTLS_SERVER);
  gnutls_priority_set_direct (session, self->versions, NULL);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, self->credentials);
  gnutls_certificate_server_set_request (session, GNUTLS_CERT_REQUIRE);
  gnutls_session_set_verify_cert (session, NULL, 0);
  gnutls_transport_set_int (session, descriptor);
  do
    code = gnutls_handshake (session);
  while (code < 0 && !gnutls_error_is_fatal (code));
  if (code < 0)
    gnutls_alert_send_appropriate (session, code);
  /* A socket that is closed with bytes unread is reset, and the alert lost. */
  shutdown (descriptor, SHUT_WR);
  while (read (descriptor, rest, sizeof rest) > 0)
    continue;
  gnutls_deinit (session);
}

static gpointer
serve_thread (gpointer data)
{
  AlertServer *self = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->stop, NULL)) != NULL) {
    int descriptor = g_socket_get_fd (g_socket_connection_get_socket (connection));

    g_unix_set_fd_nonblocking (descriptor, FALSE, NULL);
    greet (self, descriptor);
    g_object_unref (connection);
  }

  return NULL;
}

static void
load_credentials (AlertServer *self,
                  Authority *authority)
{
  static const char *const hosts[] = { "localhost", NULL };
  g_autofree char *pem = authority_dup_certificate (authority, hosts);
  const char *trusted = authority_get_pem (authority);
  const gnutls_datum_t both = { (guchar *) pem, (unsigned int) strlen (pem) };
  const gnutls_datum_t clients = { (guchar *) trusted, (unsigned int) strlen (trusted) };

  gnutls_certificate_allocate_credentials (&self->credentials);
  g_assert_cmpint (gnutls_certificate_set_x509_key_mem (self->credentials, &both, &both, GNUTLS_X509_FMT_PEM), ==, 0);
  g_assert_cmpint (gnutls_certificate_set_x509_trust_mem (self->credentials, &clients, GNUTLS_X509_FMT_PEM), ==, 1);
}

AlertServer *
alert_server_new (Authority *authority,
                  const char *versions)
{
  AlertServer *self = g_new0 (AlertServer, 1);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  load_credentials (self, authority);
  self->versions = g_strdup (versions);
  self->stop = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->origin = g_strdup_printf ("https://localhost:%u", g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  self->thread = g_thread_new ("alert", serve_thread, self);

  return self;
}

void
alert_server_free (AlertServer *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  gnutls_certificate_free_credentials (self->credentials);
  g_free (self->versions);
  g_free (self->origin);
  g_free (self);
}

const char *
alert_server_get_origin (AlertServer *self)
{
  return self->origin;
}
