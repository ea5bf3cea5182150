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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Authority, authority_free)

G_END_DECLS
