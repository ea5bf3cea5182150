/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-jwt.h"

#include <string.h>

#include <gnutls/x509.h>

#include "certificates.h"
#include "jwt-verifier.h"
#include "plug-crypto.h"
#include "plug-error.h"

#define NOW_S G_GINT64_CONSTANT (1800000000)
/* RFC 7515, appendix A: what A.1, A.2 and A.3 sign. */
#define PAYLOAD                                                                                                        \
  "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

static PlugTemplate *
new_template (const char *text)
{
  g_autoptr (GError) error = NULL;
  PlugTemplate *template = plug_template_new_value (text, &error);

  g_assert_no_error (error);

  return template;
}

static PlugAssertion *
new_assertion (PlugAlg alg)
{
  PlugAssertion *assertion = plug_assertion_new ();

  assertion->alg = alg;
  assertion->key = new_template ("{key}");

  return assertion;
}

static void
add_claim (PlugAssertion *assertion,
           const char *name,
           const char *text)
{
  g_hash_table_insert (assertion->claims, g_strdup (name), new_template (text));
}

static PlugValues *
new_values (const char *key)
{
  PlugValues *values = plug_values_new ();

  plug_values_set (values, "user", "ada \"the\" first");
  plug_values_set_secret (values, "key", key);

  return values;
}

static gnutls_datum_t
decode_datum (const char *text)
{
  gnutls_datum_t datum;
  gsize length_bytes;

  datum.data = jwt_decode_base64url (text, &length_bytes);
  datum.size = (unsigned int) length_bytes;

  return datum;
}

static char *
export_key (gnutls_x509_privkey_t key)
{
  gnutls_datum_t datum;
  char *pem;

  g_assert_cmpint (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &datum), ==, 0);
  pem = g_strndup ((const char *) datum.data, datum.size);
  gnutls_free (datum.data);
  gnutls_x509_privkey_deinit (key);

  return pem;
}

static char *
dup_rsa_example (void)
{
  gnutls_datum_t n = decode_datum ("ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4"
                                   "d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5re"
                                   "xMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxX"
                                   "FvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ");
  gnutls_datum_t e = decode_datum ("AQAB");
  gnutls_datum_t d = decode_datum ("Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXO"
                                   "oAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51"
                                   "gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3c"
                                   "cPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ");
  gnutls_datum_t p = decode_datum ("4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5P"
                                   "JdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc");
  gnutls_datum_t q = decode_datum ("uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZ"
                                   "D_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc");
  gnutls_x509_privkey_t key;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_import_rsa_raw2 (key, &n, &e, &d, &p, &q, NULL, NULL, NULL), ==, 0);
  g_free (n.data);
  g_free (e.data);
  g_free (d.data);
  g_free (p.data);
  g_free (q.data);

  return export_key (key);
}

static char *
dup_ec_example (void)
{
  gnutls_datum_t x = decode_datum ("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU");
  gnutls_datum_t y = decode_datum ("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0");
  gnutls_datum_t k = decode_datum ("jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI");
  gnutls_x509_privkey_t key;

  g_assert_cmpint (gnutls_x509_privkey_init (&key), ==, 0);
  g_assert_cmpint (gnutls_x509_privkey_import_ecc_raw (key, GNUTLS_ECC_CURVE_SECP256R1, &x, &y, &k), ==, 0);
  g_free (x.data);
  g_free (y.data);
  g_free (k.data);

  return export_key (key);
}

static char *
sign_example (PlugAlg alg,
              const char *key,
              const char *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) signature = plug_crypto_sign (alg, key, input, strlen (input), &error);
  gsize size;
  const guint8 *data;

  g_assert_no_error (error);
  data = g_bytes_get_data (signature, &size);

  return plug_crypto_dup_base64url (data, size);
}

/* RFC 7515, appendix A.1. */
static void
test_hs256_example (void)
{
  gsize length_bytes;
  g_autofree guint8 *bytes = jwt_decode_base64url ("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hc"
                                                   "gUuTwjAzZr1Z9CAow", &length_bytes);
  g_autofree char *key = g_strndup ((const char *) bytes, length_bytes);
  g_autofree char *signature = sign_example (PLUG_ALG_HS256, key, "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." PAYLOAD);

  g_assert_cmpstr (signature, ==, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

/* RFC 7515, appendix A.2. */
static void
test_rs256_example (void)
{
  g_autofree char *key = dup_rsa_example ();
  g_autofree char *signature = sign_example (PLUG_ALG_RS256, key, "eyJhbGciOiJSUzI1NiJ9." PAYLOAD);

  g_assert_cmpstr (signature, ==,
                   "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
                   "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
                   "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
                   "wlVmtVrBp0igcN_IoypGlUPQGe77Rw");
}

/* RFC 7515, appendix A.3: no two signatures are alike, so that the RFC's own only shows that the test can verify one. */
static void
test_es256_example (void)
{
  const char *input = "eyJhbGciOiJFUzI1NiJ9." PAYLOAD;
  const char *published = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
  g_autofree char *key = dup_ec_example ();
  g_autofree char *signature = sign_example (PLUG_ALG_ES256, key, input);
  const char *both[] = { published, signature };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++) {
    gsize length_bytes;
    g_autofree guint8 *bytes = jwt_decode_base64url (both[i], &length_bytes);

    g_assert_true (jwt_verify_signature ("ES256", key, input, strlen (input), bytes, length_bytes));
  }
}

/* Whole tokens, as a service verifies them. */
static void
test_algs (void)
{
  g_autofree char *rsa = dup_rsa_example ();
  g_autofree char *ec = dup_ec_example ();
  const struct {
    PlugAlg alg;
    const char *name, *key;
  } rows[] = {
    { PLUG_ALG_RS256, "RS256", rsa },
    { PLUG_ALG_PS256, "PS256", rsa },
    { PLUG_ALG_ES256, "ES256", ec },
    { PLUG_ALG_HS256, "HS256", "s3cret" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugAssertion) assertion = new_assertion (rows[i].alg);
    g_autoptr (PlugValues) values = new_values (rows[i].key);
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    g_autoptr (Jwt) jwt = NULL;

    add_claim (assertion, "sub", "{user}");
    text = plug_jwt_new_assertion (assertion, values, NOW_S, NULL, &error);
    g_assert_no_error (error);
    jwt = jwt_read (text, rows[i].name, rows[i].key);
    g_assert_nonnull (jwt);
    g_assert_cmpstr (jwt_get_header (jwt, "typ"), ==, "JWT");
    g_assert_cmpstr (jwt_get_claim (jwt, "sub"), ==, "ada \"the\" first");
  }
}

/* The whole text of both halves, so that nothing can be in them that is not meant to be. */
static void
assert_content (const PlugAssertion *assertion,
                const PlugValues *values,
                const char *id,
                const char *header,
                const char *claims)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = plug_jwt_new_assertion (assertion, values, NOW_S, id, &error);
  g_auto (GStrv) parts = NULL;
  gsize header_bytes, claims_bytes;
  g_autofree guint8 *header_text = NULL;
  g_autofree guint8 *claims_text = NULL;

  g_assert_no_error (error);
  parts = g_strsplit (text, ".", -1);
  header_text = jwt_decode_base64url (parts[0], &header_bytes);
  claims_text = jwt_decode_base64url (parts[1], &claims_bytes);
  g_assert_cmpmem (header_text, header_bytes, header, strlen (header));
  g_assert_cmpmem (claims_text, claims_bytes, claims, strlen (claims));
}

static void
test_claims (void)
{
  g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
  g_autoptr (PlugValues) values = new_values ("s3cret");

  add_claim (assertion, "iss", "{user}");
  add_claim (assertion, "aud", "https://example.com/token");
  add_claim (assertion, "tenant", "{tenant}");
  assertion->lifetime_s = 600;
  assert_content (assertion, values, "id-1", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                  "{\"aud\":\"https://example.com/token\",\"iss\":\"ada \\\"the\\\" first\",\"iat\":1799999940,"
                  "\"exp\":1800000540,\"jti\":\"id-1\"}");
}

/* As Auth0's definition has it: the minute that clocks may differ by must not be the whole life. */
static void
test_short_life (void)
{
  g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
  g_autoptr (PlugValues) values = new_values ("s3cret");

  assertion->lifetime_s = 60;
  assert_content (assertion, values, "id-1", "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
                  "{\"iat\":1799999970,\"exp\":1800000030,\"jti\":\"id-1\"}");
}

/* What a definition says itself is not said twice: RFC 7519, section 4, wants each name once. */
static void
test_own_members (void)
{
  g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
  g_autoptr (PlugValues) values = new_values ("s3cret");

  add_claim (assertion, "jti", "{user}-1");
  g_hash_table_insert (assertion->header, g_strdup ("typ"), new_template ("at+jwt"));
  g_hash_table_insert (assertion->header, g_strdup ("empty"), new_template ("{tenant}"));
  assertion->kid = new_template ("{kid}");
  assert_content (assertion, values, "id-1", "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
                  "{\"jti\":\"ada \\\"the\\\" first-1\",\"iat\":1799999940,\"exp\":1800000240}");

  plug_values_set (values, "kid", "key-1");
  assert_content (assertion, values, "id-1", "{\"alg\":\"HS256\",\"kid\":\"key-1\",\"typ\":\"at+jwt\"}",
                  "{\"jti\":\"ada \\\"the\\\" first-1\",\"iat\":1799999940,\"exp\":1800000240}");
}

static void
test_id_is_new (void)
{
  g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
  g_autoptr (PlugValues) values = new_values ("s3cret");
  g_autofree char *one = plug_jwt_new_assertion (assertion, values, NOW_S, NULL, NULL);
  g_autofree char *other = plug_jwt_new_assertion (assertion, values, NOW_S, NULL, NULL);
  g_autoptr (Jwt) first = jwt_read (one, "HS256", "s3cret");
  g_autoptr (Jwt) second = jwt_read (other, "HS256", "s3cret");

  g_assert_cmpuint (strlen (jwt_get_claim (first, "jti")), >=, 16);
  g_assert_cmpstr (jwt_get_claim (first, "jti"), !=, jwt_get_claim (second, "jti"));
}

static void
test_thumbprint (void)
{
  g_autoptr (Authority) authority = authority_new ();
  g_autofree char *of_pem = plug_crypto_dup_thumbprint (authority_get_pem (authority), NULL);
  const struct {
    const char *typed, *expected;
  } rows[] = {
    { authority_get_pem (authority), of_pem },
    { "0123456789abcdef0123456789ABCDEF01234567", "ASNFZ4mrze8BI0VniavN7wEjRWc" },
    { "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67", "ASNFZ4mrze8BI0VniavN7wEjRWc" },
    { "01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67", "ASNFZ4mrze8BI0VniavN7wEjRWc" },
    { "ASNFZ4mrze8BI0VniavN7wEjRWc", "ASNFZ4mrze8BI0VniavN7wEjRWc" },
    /* Of 19 and of 21 bytes: no SHA-1 */
    { "0123456789abcdef0123456789abcdef012345", "0123456789abcdef0123456789abcdef012345" },
    { "0123456789abcdef0123456789abcdef0123456789", "0123456789abcdef0123456789abcdef0123456789" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
    g_autoptr (PlugValues) values = new_values ("s3cret");
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    g_autoptr (Jwt) jwt = NULL;

    assertion->x5t = new_template ("{certificate}");
    plug_values_set (values, "certificate", rows[i].typed);
    text = plug_jwt_new_assertion (assertion, values, NOW_S, NULL, &error);
    g_assert_no_error (error);
    jwt = jwt_read (text, "HS256", "s3cret");
    g_assert_cmpstr (jwt_get_header (jwt, "x5t"), ==, rows[i].expected);
  }
}

static void
test_unusable_keys (void)
{
  g_autofree char *encrypted = private_key_dup_encrypted ("passphrase");
  const char *keys[] = { "", "no key", encrypted };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_RS256);
    g_autoptr (PlugValues) values = new_values (keys[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_jwt_new_assertion (assertion, values, NOW_S, NULL, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
  }
}

static void
test_unusable_certificate (void)
{
  g_autoptr (PlugAssertion) assertion = new_assertion (PLUG_ALG_HS256);
  g_autoptr (PlugValues) values = new_values ("s3cret");
  g_autoptr (GError) error = NULL;

  assertion->x5t = new_template ("-----BEGIN CERTIFICATE-----");
  g_assert_null (plug_jwt_new_assertion (assertion, values, NOW_S, NULL, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/jwt/rfc7515/hs256", test_hs256_example);
  g_test_add_func ("/jwt/rfc7515/rs256", test_rs256_example);
  g_test_add_func ("/jwt/rfc7515/es256", test_es256_example);
  g_test_add_func ("/jwt/assertion/algs", test_algs);
  g_test_add_func ("/jwt/assertion/claims", test_claims);
  g_test_add_func ("/jwt/assertion/short-life", test_short_life);
  g_test_add_func ("/jwt/assertion/own-members", test_own_members);
  g_test_add_func ("/jwt/assertion/id-is-new", test_id_is_new);
  g_test_add_func ("/jwt/assertion/thumbprint", test_thumbprint);
  g_test_add_func ("/jwt/assertion/unusable-keys", test_unusable_keys);
  g_test_add_func ("/jwt/assertion/unusable-certificate", test_unusable_certificate);

  return g_test_run ();
}
