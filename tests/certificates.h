/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Certificates for servers of the tests: made anew in each process, never written to a disk by these functions. */

typedef enum {
  CERTIFICATE_GOOD,         /* for localhost and 127.0.0.1, from the authority */
  CERTIFICATE_EXPIRED,
  CERTIFICATE_NOT_YET_VALID,
  CERTIFICATE_OTHER_HOST,   /* for other.example */
  CERTIFICATE_SELF_SIGNED,
} CertificateKind;

/* PEM of a new authority, and a way to sign with it. */
typedef struct _Authority Authority;

Authority *authority_new (void);
void authority_free (Authority *self);
const char *authority_get_pem (Authority *self);
GTlsCertificate *authority_issue (Authority *self,
                                  CertificateKind kind);

/* PEM of a certificate for all of these hosts, with its private key behind it; for servers and for clients. */
char *authority_dup_certificate (Authority *self,
                                 const char *const *hosts);

/* PEM (PKCS #8) of a new private key. */
char *private_key_dup_rsa (void);
char *private_key_dup_ec (void);
/* Keys that nobody here can use: of another curve than P-256, and with a passphrase. */
char *private_key_dup_p384 (void);
char *private_key_dup_encrypted (const char *passphrase);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Authority, authority_free)

G_END_DECLS
