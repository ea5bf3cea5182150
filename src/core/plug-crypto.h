/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "plug-scheme.h"

G_BEGIN_DECLS

/* Keys, signatures and hashes: all of it is done by GnuTLS. */

typedef enum {
  PLUG_HASH_SHA1,
  PLUG_HASH_SHA256,
  PLUG_HASH_SHA512,
} PlugHash;

#define PLUG_HASH_MAX_BYTES 64

/**
 * plug_crypto_sign:
 * @key: a private key as PEM (PKCS #8, PKCS #1 or SEC 1, without a passphrase), or the secret of HS256 as it is
 *
 * Signs as RFC 7518, section 3, says; an ES256 signature is the two integers one behind the other.
 * PLUG_ERROR_KEY_UNREADABLE when the key cannot be read or is of another kind.
 */
GBytes *plug_crypto_sign (PlugAlg alg,
                          const char *key,
                          const char *data,
                          gsize length_bytes,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* RFC 7515, section 4.1.7: the SHA-1 of the certificate's DER, in base64url. PLUG_ERROR_KEY_UNREADABLE when it is no PEM. */
char *plug_crypto_dup_thumbprint (const char *certificate,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

gsize plug_crypto_get_hash_bytes (PlugHash hash);
/* RFC 2104. @digest takes plug_crypto_get_hash_bytes() bytes; FALSE with PLUG_ERROR_FAILED without GnuTLS. */
gboolean plug_crypto_hmac (PlugHash hash,
                           const char *key,
                           gsize key_bytes,
                           const char *data,
                           gsize length_bytes,
                           guint8 *digest,
                           GError **error);
gboolean plug_crypto_hash (PlugHash hash,
                           const char *data,
                           gsize length_bytes,
                           guint8 *digest,
                           GError **error);
/* @length letters and digits that nobody can foretell. */
char *plug_crypto_dup_nonce (gsize length,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

char *plug_crypto_dup_hex (const guint8 *bytes,
                           gsize length_bytes) G_GNUC_WARN_UNUSED_RESULT;
/* RFC 7515, section 2: without padding. */
char *plug_crypto_dup_base64url (const guint8 *bytes,
                                 gsize length_bytes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
