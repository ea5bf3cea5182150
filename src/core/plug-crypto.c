/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* explicit_bzero() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-crypto.h"

#include <dlfcn.h>
#include <string.h>

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "plug-error.h"

/* The only file that knows GnuTLS, which is loaded when a key is first used: most connections need none. */

#define ES256_INTEGER_BYTES 32

#define GNUTLS_FUNCTIONS(X)                                                                                            \
  X (gnutls_privkey_init) X (gnutls_privkey_deinit) X (gnutls_privkey_import_x509_raw) X (gnutls_privkey_sign_data2)   \
  X (gnutls_privkey_get_pk_algorithm) X (gnutls_decode_rs_value) X (gnutls_hmac_fast) X (gnutls_hash_fast)             \
  X (gnutls_rnd) X (gnutls_x509_crt_init) X (gnutls_x509_crt_deinit) X (gnutls_x509_crt_import)                        \
  X (gnutls_x509_crt_get_fingerprint) X (gnutls_strerror)

#define GNUTLS_MEMBER(function) __typeof__ (&function) function;
static struct {
  GNUTLS_FUNCTIONS (GNUTLS_MEMBER)
  gnutls_free_function *gnutls_free;
} lib;

static const struct {
  gnutls_digest_algorithm_t digest;
  gnutls_mac_algorithm_t mac;
  gsize n_bytes;
} hashes[] = {
  [PLUG_HASH_SHA1] = { GNUTLS_DIG_SHA1, GNUTLS_MAC_SHA1, 20 },
  [PLUG_HASH_SHA256] = { GNUTLS_DIG_SHA256, GNUTLS_MAC_SHA256, 32 },
  [PLUG_HASH_SHA512] = { GNUTLS_DIG_SHA512, GNUTLS_MAC_SHA512, 64 },
};

static const struct {
  gnutls_sign_algorithm_t sign;
  gnutls_pk_algorithm_t key;
  guint n_bits; /* 0: any number */
} algs[] = {
  [PLUG_ALG_RS256] = { GNUTLS_SIGN_RSA_SHA256, GNUTLS_PK_RSA, 0 },
  [PLUG_ALG_PS256] = { GNUTLS_SIGN_RSA_PSS_RSAE_SHA256, GNUTLS_PK_RSA, 0 },
  /* GnuTLS signs with a key of another curve all the same. */
  [PLUG_ALG_ES256] = { GNUTLS_SIGN_ECDSA_SECP256R1_SHA256, GNUTLS_PK_ECDSA, 8 * ES256_INTEGER_BYTES },
};

static gboolean
load_library (GError **error)
{
  static gsize once = 0;
  static gboolean loaded = FALSE;

  if (g_once_init_enter (&once)) {
    void *handle = dlopen ("libgnutls.so.30", RTLD_NOW | RTLD_LOCAL);

    loaded = handle != NULL;
#define GNUTLS_LOAD(function) loaded = loaded && (lib.function = (__typeof__ (lib.function)) dlsym (handle, #function)) != NULL;
    GNUTLS_FUNCTIONS (GNUTLS_LOAD)
    loaded = loaded && (lib.gnutls_free = dlsym (handle, "gnutls_free")) != NULL;
    g_once_init_leave (&once, 1);
  }
  if (!loaded)
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "GnuTLS cannot be loaded");

  return loaded;
}

static void
set_kind_error (GError **error)
{
  g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE, "the key is of another kind than the service needs");
}

static void
set_key_error (GError **error,
               int code)
{
  g_set_error (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE, "the key cannot be used: %s", lib.gnutls_strerror (code));
}

static GBytes *
take_datum (gnutls_datum_t *datum)
{
  GBytes *bytes = g_bytes_new (datum->data, datum->size);

  (*lib.gnutls_free) (datum->data);

  return bytes;
}

/* Copies an integer of any length into its fixed place; FALSE when it is too great for it. */
static gboolean
place_integer (guint8 *place,
               const gnutls_datum_t *integer)
{
  const guint8 *data = integer->data;
  gsize size = integer->size;

  while (size > ES256_INTEGER_BYTES && *data == 0) {
    data++;
    size--;
  }
  if (size > ES256_INTEGER_BYTES)
    return FALSE;
  memcpy (place + ES256_INTEGER_BYTES - size, data, size);

  return TRUE;
}

/* RFC 7518, section 3.4: not the DER that GnuTLS makes. */
static GBytes *
flatten_signature (gnutls_datum_t *der,
                   GError **error)
{
  guint8 flat[2 * ES256_INTEGER_BYTES] = { 0 };
  gnutls_datum_t r = { NULL, 0 }, s = { NULL, 0 };
  int code = lib.gnutls_decode_rs_value (der, &r, &s);
  gboolean fits;

  (*lib.gnutls_free) (der->data);
  if (code < 0) {
    set_key_error (error, code);
    return NULL;
  }
  fits = place_integer (flat, &r) && place_integer (flat + ES256_INTEGER_BYTES, &s);
  (*lib.gnutls_free) (r.data);
  (*lib.gnutls_free) (s.data);
  if (!fits) {
    set_kind_error (error);
    return NULL;
  }

  return g_bytes_new (flat, sizeof flat);
}

static GBytes *
sign_with_key (PlugAlg alg,
               gnutls_privkey_t key,
               const gnutls_datum_t *data,
               GError **error)
{
  gnutls_datum_t signature = { NULL, 0 };
  guint n_bits = 0;
  int code;

  if (lib.gnutls_privkey_get_pk_algorithm (key, &n_bits) != (int) algs[alg].key ||
      (algs[alg].n_bits != 0 && n_bits != algs[alg].n_bits)) {
    set_kind_error (error);
    return NULL;
  }
  code = lib.gnutls_privkey_sign_data2 (key, algs[alg].sign, 0, data, &signature);
  if (code < 0) {
    set_key_error (error, code);
    return NULL;
  }

  return alg == PLUG_ALG_ES256 ? flatten_signature (&signature, error) : take_datum (&signature);
}

GBytes *
plug_crypto_sign (PlugAlg alg,
                  const char *key,
                  const char *data,
                  gsize length_bytes,
                  GError **error)
{
  gnutls_datum_t pem = { (guchar *) key, strlen (key) };
  gnutls_datum_t content = { (guchar *) data, length_bytes };
  guint8 mac[PLUG_HASH_MAX_BYTES];
  gnutls_privkey_t private_key;
  GBytes *signature;
  int code;

  if (!load_library (error))
    return NULL;
  if (alg == PLUG_ALG_HS256) {
    if (!plug_crypto_hmac (PLUG_HASH_SHA256, key, strlen (key), data, length_bytes, mac, error))
      return NULL;
    return g_bytes_new (mac, hashes[PLUG_HASH_SHA256].n_bytes);
  }

  lib.gnutls_privkey_init (&private_key);
  code = lib.gnutls_privkey_import_x509_raw (private_key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
  if (code < 0) {
    set_key_error (error, code);
    signature = NULL;
  } else {
    signature = sign_with_key (alg, private_key, &content, error);
  }
  lib.gnutls_privkey_deinit (private_key);

  return signature;
}

char *
plug_crypto_dup_thumbprint (const char *certificate,
                            GError **error)
{
  gnutls_datum_t pem = { (guchar *) certificate, strlen (certificate) };
  guint8 digest[PLUG_HASH_MAX_BYTES];
  gsize n_bytes = sizeof digest;
  gnutls_x509_crt_t crt;
  int code;

  if (!load_library (error))
    return NULL;

  lib.gnutls_x509_crt_init (&crt);
  code = lib.gnutls_x509_crt_import (crt, &pem, GNUTLS_X509_FMT_PEM);
  if (code >= 0)
    code = lib.gnutls_x509_crt_get_fingerprint (crt, GNUTLS_DIG_SHA1, digest, &n_bytes);
  lib.gnutls_x509_crt_deinit (crt);
  if (code < 0) {
    set_key_error (error, code);
    return NULL;
  }

  return plug_crypto_dup_base64url (digest, n_bytes);
}

gsize
plug_crypto_get_hash_bytes (PlugHash hash)
{
  return hashes[hash].n_bytes;
}

gboolean
plug_crypto_hmac (PlugHash hash,
                  const char *key,
                  gsize key_bytes,
                  const char *data,
                  gsize length_bytes,
                  guint8 *digest,
                  GError **error)
{
  if (!load_library (error))
    return FALSE;
  if (lib.gnutls_hmac_fast (hashes[hash].mac, key, key_bytes, data, length_bytes, digest) == 0)
    return TRUE;
  g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "GnuTLS refuses the hash");

  return FALSE;
}

gboolean
plug_crypto_hash (PlugHash hash,
                  const char *data,
                  gsize length_bytes,
                  guint8 *digest,
                  GError **error)
{
  if (!load_library (error))
    return FALSE;
  if (lib.gnutls_hash_fast (hashes[hash].digest, data, length_bytes, digest) == 0)
    return TRUE;
  g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "GnuTLS refuses the hash");

  return FALSE;
}

/* 62 letters and digits on 64 places: two come twice as often as the others, which does not help to foretell a nonce. */
char *
plug_crypto_dup_nonce (gsize length,
                       GError **error)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz01234567890A";
  char *nonce;

  if (!load_library (error))
    return NULL;
  nonce = g_malloc (length + 1);
  if (lib.gnutls_rnd (GNUTLS_RND_NONCE, nonce, length) != 0) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_FAILED, "GnuTLS has no random numbers");
    g_free (nonce);
    return NULL;
  }
  for (gsize i = 0; i < length; i++)
    nonce[i] = alphabet[(guchar) nonce[i] % 64];
  nonce[length] = '\0';

  return nonce;
}

char *
plug_crypto_dup_hex (const guint8 *bytes,
                     gsize length_bytes)
{
  GString *hex = g_string_sized_new (2 * length_bytes);

  for (gsize i = 0; i < length_bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);

  return g_string_free (hex, FALSE);
}

char *
plug_crypto_dup_base64url (const guint8 *bytes,
                           gsize length_bytes)
{
  char *text = g_base64_encode (bytes, length_bytes);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';

  return text;
}
