/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "jwt-verifier.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <string.h>

/* How far in the past a new JWT may claim to be made, and how long it may live. */
#define MAX_AGE_S 120
#define MAX_LIFETIME_S 3600

static const struct {
  const char *alg;
  gnutls_sign_algorithm_t sign;
} algs[] = {
  { "RS256", GNUTLS_SIGN_RSA_SHA256 },
  { "PS256", GNUTLS_SIGN_RSA_PSS_SHA256 },
  { "ES256", GNUTLS_SIGN_ECDSA_SHA256 },
};

static gboolean
verify_hmac (const char *key,
             const char *data,
             gsize length_bytes,
             const guint8 *signature,
             gsize signature_bytes)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8 digest[32];
  gsize digest_bytes = sizeof digest;

  g_hmac_update (hmac, (const guchar *) data, (gssize) length_bytes);
  g_hmac_get_digest (hmac, digest, &digest_bytes);

  return signature_bytes == digest_bytes && memcmp (signature, digest, digest_bytes) == 0;
}

static gnutls_pubkey_t
import_public_half (const char *pem)
{
  const gnutls_datum_t datum = { (guchar *) pem, (unsigned int) strlen (pem) };
  gnutls_privkey_t private_key;
  gnutls_pubkey_t key;

  gnutls_privkey_init (&private_key);
  gnutls_pubkey_init (&key);
  if (gnutls_privkey_import_x509_raw (private_key, &datum, GNUTLS_X509_FMT_PEM, NULL, 0) < 0 ||
      gnutls_pubkey_import_privkey (key, private_key, 0, 0) < 0)
    g_error ("not a private key: %s", pem);
  gnutls_privkey_deinit (private_key);

  return key;
}

/* RFC 7518, section 3.4: two integers of 32 bytes, of which X.509 makes a sequence. */
static gboolean
encode_integers (const guint8 *signature,
                 gsize signature_bytes,
                 gnutls_datum_t *der)
{
  const gnutls_datum_t r = { (guchar *) signature, 32 };
  const gnutls_datum_t s = { (guchar *) signature + 32, 32 };

  return signature_bytes == 64 && gnutls_encode_rs_value (der, &r, &s) == 0;
}

static gboolean
verify_with_key (gnutls_sign_algorithm_t alg,
                 const char *pem,
                 const gnutls_datum_t *data,
                 const guint8 *signature,
                 gsize signature_bytes)
{
  gnutls_datum_t raw = { (guchar *) signature, (unsigned int) signature_bytes };
  gnutls_datum_t der = { NULL, 0 };
  gnutls_pubkey_t key;
  gboolean is_good;

  if (alg == GNUTLS_SIGN_ECDSA_SHA256 && !encode_integers (signature, signature_bytes, &der))
    return FALSE;
  key = import_public_half (pem);
  is_good = gnutls_pubkey_verify_data2 (key, alg, 0, data, der.data != NULL ? &der : &raw) >= 0;
  gnutls_pubkey_deinit (key);
  gnutls_free (der.data);

  return is_good;
}

gboolean
jwt_verify_signature (const char *alg,
                      const char *key,
                      const char *data,
                      gsize length_bytes,
                      const guint8 *signature,
                      gsize signature_bytes)
{
  const gnutls_datum_t content = { (guchar *) data, (unsigned int) length_bytes };

  if (g_str_equal (alg, "HS256"))
    return verify_hmac (key, data, length_bytes, signature, signature_bytes);
  for (guint i = 0; i < G_N_ELEMENTS (algs); i++) {
    if (g_str_equal (alg, algs[i].alg))
      return verify_with_key (algs[i].sign, key, &content, signature, signature_bytes);
  }

  return FALSE;
}

guint8 *
jwt_decode_base64url (const char *text,
                      gsize *length_bytes)
{
  g_autoptr (GString) padded = g_string_new (text);

  if (strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != strlen (text))
    return NULL;
  g_string_replace (padded, "-", "+", 0);
  g_string_replace (padded, "_", "/", 0);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');

  return g_base64_decode (padded->str, length_bytes);
}

static JsonObject *
decode_object (const char *text)
{
  gsize length_bytes;
  g_autofree guint8 *bytes = jwt_decode_base64url (text, &length_bytes);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (bytes == NULL || !json_parser_load_from_data (parser, (const char *) bytes, (gssize) length_bytes, NULL))
    return NULL;
  root = json_parser_get_root (parser);

  return JSON_NODE_HOLDS_OBJECT (root) ? json_object_ref (json_node_get_object (root)) : NULL;
}

Jwt *
jwt_read (const char *text,
          const char *alg,
          const char *key)
{
  g_auto (GStrv) parts = g_strsplit (text, ".", -1);
  g_autofree guint8 *signature = NULL;
  g_autoptr (Jwt) self = g_new0 (Jwt, 1);
  gsize signature_bytes;

  if (g_strv_length (parts) != 3)
    return NULL;
  self->header = decode_object (parts[0]);
  self->claims = decode_object (parts[1]);
  signature = jwt_decode_base64url (parts[2], &signature_bytes);
  if (self->header == NULL || self->claims == NULL || signature == NULL)
    return NULL;
  if (g_strcmp0 (jwt_get_header (self, "alg"), alg) != 0)
    return NULL;
  if (!jwt_verify_signature (alg, key, text, strlen (parts[0]) + 1 + strlen (parts[1]), signature, signature_bytes))
    return NULL;

  return g_steal_pointer (&self);
}

void
jwt_free (Jwt *self)
{
  g_clear_pointer (&self->header, json_object_unref);
  g_clear_pointer (&self->claims, json_object_unref);
  g_free (self);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

const char *
jwt_get_claim (Jwt *self,
               const char *name)
{
  return get_text (self->claims, name);
}

const char *
jwt_get_header (Jwt *self,
                const char *name)
{
  return get_text (self->header, name);
}

gboolean
jwt_is_timely (Jwt *self)
{
  gint64 now_s = g_get_real_time () / G_USEC_PER_SEC;
  gint64 issued_s = json_object_get_int_member_with_default (self->claims, "iat", 0);
  gint64 expires_s = json_object_get_int_member_with_default (self->claims, "exp", 0);
  const char *id = jwt_get_claim (self, "jti");

  return issued_s < now_s && issued_s >= now_s - MAX_AGE_S && expires_s > now_s && expires_s <= now_s + MAX_LIFETIME_S
         && id != NULL && *id != '\0';
}
