/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-crypto.h"

#include <string.h>

#include "certificates.h"
#include "jwt-verifier.h"
#include "plug-error.h"

#define DATA "What is signed: ä"

static void
assert_hex (const guint8 *bytes,
            gsize length_bytes,
            const char *expected)
{
  g_autofree char *hex = plug_crypto_dup_hex (bytes, length_bytes);

  g_assert_cmpstr (hex, ==, expected);
}

/* FIPS 180-4's examples. */
static void
test_hash (void)
{
  static const struct {
    PlugHash hash;
    const char *data, *digest;
  } rows[] = {
    { PLUG_HASH_SHA1, "", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
    { PLUG_HASH_SHA1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { PLUG_HASH_SHA256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { PLUG_HASH_SHA256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { PLUG_HASH_SHA512, "abc",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    guint8 digest[PLUG_HASH_MAX_BYTES];

    g_assert_true (plug_crypto_hash (rows[i].hash, rows[i].data, strlen (rows[i].data), digest, &error));
    g_assert_no_error (error);
    assert_hex (digest, plug_crypto_get_hash_bytes (rows[i].hash), rows[i].digest);
  }
}

/* RFC 4231, section 4, and RFC 2202, section 3. */
static void
test_hmac (void)
{
  static const struct {
    PlugHash hash;
    const char *key; /* or one byte, so many times */
    gsize n_key;
    const char *data;
    gsize n_data;
    const char *digest;
  } rows[] = {
    { PLUG_HASH_SHA1, "Jefe", 1, "what do ya want for nothing?", 1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
    { PLUG_HASH_SHA256, "\x0b", 20, "Hi There", 1, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { PLUG_HASH_SHA256, "Jefe", 1, "what do ya want for nothing?", 1,
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { PLUG_HASH_SHA256, "\xaa", 20, "\xdd", 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe" },
    { PLUG_HASH_SHA256, "\xaa", 131, "Test Using Larger Than Block-Size Key - Hash Key First", 1,
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { PLUG_HASH_SHA512, "\x0b", 20, "Hi There", 1,
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
      "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854" },
    { PLUG_HASH_SHA512, "Jefe", 1, "what do ya want for nothing?", 1,
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GString) key = g_string_new (NULL);
    g_autoptr (GString) data = g_string_new (NULL);
    g_autoptr (GError) error = NULL;
    guint8 digest[PLUG_HASH_MAX_BYTES];

    for (gsize j = 0; j < rows[i].n_key; j++)
      g_string_append (key, rows[i].key);
    for (gsize j = 0; j < rows[i].n_data; j++)
      g_string_append (data, rows[i].data);
    g_assert_true (plug_crypto_hmac (rows[i].hash, key->str, key->len, data->str, data->len, digest, &error));
    g_assert_no_error (error);
    assert_hex (digest, plug_crypto_get_hash_bytes (rows[i].hash), rows[i].digest);
  }
}

static void
test_base64url (void)
{
  static const struct {
    const char *bytes, *text;
  } rows[] = {
    /* RFC 4648, section 10, without the padding */
    { "", "" }, { "f", "Zg" }, { "fo", "Zm8" }, { "foo", "Zm9v" }, { "foobar", "Zm9vYmFy" },
    /* RFC 7515, appendix C, and the two characters that differ */
    { "\x03\xec\xff\xe0\xc1", "A-z_4ME" }, { "\xfb\xff\xbf", "-_-_" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = plug_crypto_dup_base64url ((const guint8 *) rows[i].bytes, strlen (rows[i].bytes));

    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

static void
test_nonce (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = plug_crypto_dup_nonce (64, &error);
  g_autofree char *other = plug_crypto_dup_nonce (64, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (one), ==, 64);
  for (const char *p = one; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p));
  g_assert_cmpstr (one, !=, other);
}

static void
test_thumbprint (void)
{
  g_autoptr (Authority) authority = authority_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (authority_get_pem (authority), -1, &error);
  g_autoptr (GByteArray) der = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *thumbprint = plug_crypto_dup_thumbprint (authority_get_pem (authority), &error);
  g_autofree guint8 *decoded = NULL;
  guint8 digest[20];
  gsize digest_bytes = sizeof digest, decoded_bytes;

  g_assert_no_error (error);
  g_object_get (certificate, "certificate", &der, NULL);
  g_checksum_update (checksum, der->data, der->len);
  g_checksum_get_digest (checksum, digest, &digest_bytes);
  decoded = jwt_decode_base64url (thumbprint, &decoded_bytes);
  g_assert_cmpmem (decoded, decoded_bytes, digest, digest_bytes);

  g_assert_null (plug_crypto_dup_thumbprint ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
}

static void
test_sign (void)
{
  g_autofree char *rsa = private_key_dup_rsa ();
  g_autofree char *ec = private_key_dup_ec ();
  const struct {
    PlugAlg alg;
    const char *name, *key;
    gsize n_bytes;
  } rows[] = {
    { PLUG_ALG_RS256, "RS256", rsa, 256 },
    { PLUG_ALG_PS256, "PS256", rsa, 256 },
    { PLUG_ALG_ES256, "ES256", ec, 64 },
    { PLUG_ALG_HS256, "HS256", "any text", 32 },
    { PLUG_ALG_HS256, "HS256", "", 32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) signature = plug_crypto_sign (rows[i].alg, rows[i].key, DATA, strlen (DATA), &error);

    g_assert_no_error (error);
    g_assert_cmpuint (g_bytes_get_size (signature), ==, rows[i].n_bytes);
    g_assert_true (jwt_verify_signature (rows[i].name, rows[i].key, DATA, strlen (DATA),
                                         g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)));
    g_assert_false (jwt_verify_signature (rows[i].name, rows[i].key, DATA, strlen (DATA) - 1,
                                          g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)));
  }
}

/* Its two integers have leading zeros now and then: each is to stay in its place. */
static void
test_sign_es256_often (void)
{
  g_autofree char *ec = private_key_dup_ec ();

  for (guint i = 0; i < 600; i++) {
    g_autofree char *data = g_strdup_printf ("%u", i);
    g_autoptr (GBytes) signature = plug_crypto_sign (PLUG_ALG_ES256, ec, data, strlen (data), NULL);

    g_assert_nonnull (signature);
    g_assert_true (jwt_verify_signature ("ES256", ec, data, strlen (data), g_bytes_get_data (signature, NULL),
                                         g_bytes_get_size (signature)));
  }
}

static void
test_unusable_keys (void)
{
  g_autofree char *rsa = private_key_dup_rsa ();
  g_autofree char *ec = private_key_dup_ec ();
  g_autofree char *p384 = private_key_dup_p384 ();
  g_autofree char *encrypted = private_key_dup_encrypted ("passphrase");
  g_autofree char *cut = g_strndup (rsa, strlen (rsa) / 2);
  g_autoptr (Authority) authority = authority_new ();
  const struct {
    PlugAlg alg;
    const char *key;
  } rows[] = {
    { PLUG_ALG_RS256, "" },
    { PLUG_ALG_RS256, "s3cret-value-4711" },
    { PLUG_ALG_RS256, "-----BEGIN PRIVATE KEY-----\ns3cret-value-4711\n-----END PRIVATE KEY-----\n" },
    { PLUG_ALG_RS256, cut },
    { PLUG_ALG_RS256, encrypted },
    { PLUG_ALG_ES256, encrypted },
    { PLUG_ALG_RS256, authority_get_pem (authority) },
    { PLUG_ALG_RS256, ec },
    { PLUG_ALG_PS256, ec },
    { PLUG_ALG_ES256, rsa },
    { PLUG_ALG_ES256, p384 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("row %u", i);
    g_assert_null (plug_crypto_sign (rows[i].alg, rows[i].key, DATA, strlen (DATA), &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
    g_assert_null (strstr (error->message, "4711"));
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crypto/hash", test_hash);
  g_test_add_func ("/crypto/hmac", test_hmac);
  g_test_add_func ("/crypto/base64url", test_base64url);
  g_test_add_func ("/crypto/nonce", test_nonce);
  g_test_add_func ("/crypto/thumbprint", test_thumbprint);
  g_test_add_func ("/crypto/sign/verifies", test_sign);
  g_test_add_func ("/crypto/sign/es256-often", test_sign_es256_often);
  g_test_add_func ("/crypto/sign/unusable-keys", test_unusable_keys);

  return g_test_run ();
}
