/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-server.h"

#include <glib-unix.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "acceptor.h"

struct _AlertServer {
  Acceptor *acceptor;
  gnutls_certificate_credentials_t credentials;
  char *versions;
  char *origin;
};

static void
greet (GSocketConnection *connection,
       gpointer user_data)
{
  AlertServer *self = user_data;
  int descriptor = g_socket_get_fd (g_socket_connection_get_socket (connection));
  gnutls_session_t session;
  char rest[256];
  int code;

  g_unix_set_fd_nonblocking (descriptor, FALSE, NULL);
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

  load_credentials (self, authority);
  self->versions = g_strdup (versions);
  self->acceptor = acceptor_new (greet, self);
  self->origin = g_strdup_printf ("https://localhost:%u", acceptor_get_port (self->acceptor));

  return self;
}

void
alert_server_free (AlertServer *self)
{
  acceptor_free (self->acceptor);
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
