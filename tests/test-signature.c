/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-signature.h"

#include <string.h>

#include "plug-error.h"
#include "plug-json.h"

#define FORM "application/x-www-form-urlencoded"
#define DUO_KEY "DIWJ8X6AEYOR5OMC6TQ1"
#define DUO_SECRET "Zh5eGmUq9zpfQnyUIu5OL9iWoMMv5ZNmk3zLJ4Ep"
/* Tue, 21 Aug 2012 17:29:18 UTC */
#define DUO_TIME_S 1345570158
#define EDGEGRID_HOST "https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net"
/* Fri, 21 Mar 2014 19:34:21 UTC */
#define EDGEGRID_TIME_S 1395430461
#define AVANAN_ID "00000000-0000-0000-0000-000000000000"
/* Sun, 13 Aug 2023 19:08:35.263 UTC */
#define AVANAN_TIME_MS G_GINT64_CONSTANT (1691953715263)

static const char *
get_header (PlugRequestBuilder *builder,
            const char *name)
{
  for (guint i = 0; i < builder->headers->len; i++) {
    PlugField *header = g_ptr_array_index (builder->headers, i);

    if (g_str_equal (header->name, name))
      return header->value;
  }

  return NULL;
}

/* @body: (nullable): the members of a form, "name=value" */
static PlugRequestBuilder *
new_request (const char *verb,
             const char *url,
             const char *const *members)
{
  PlugRequestBuilder *builder = plug_request_builder_new (verb, url);

  for (guint i = 0; members != NULL && members[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (members[i], "=", 2);

    plug_request_builder_take_member (builder, pair[0], g_strdup (pair[1]));
  }

  return builder;
}

static gboolean
try_to_sign (PlugSignatureAlgorithm algorithm,
             PlugRequestBuilder *builder,
             const char *key,
             const char *secret,
             gint64 time_us,
             const char *nonce,
             GError **error)
{
  g_autoptr (PlugScheme) scheme = plug_scheme_new ();
  g_autoptr (PlugValues) values = plug_values_new ();

  scheme->kind = PLUG_SCHEME_SIGNATURE;
  scheme->algorithm = algorithm;
  scheme->key = plug_template_new_value ("{key}", NULL);
  scheme->secret = plug_template_new_value ("{secret}", NULL);
  plug_values_set (values, "key", key);
  plug_values_set_secret (values, "secret", secret);
  if (algorithm == PLUG_SIGNATURE_AKAMAI_EDGEGRID)
    scheme->token = plug_template_new_value ("akab-access-token-xxx-xxxxxxxxxxxxxxxx", NULL);

  return plug_signature_sign (scheme, values, builder, time_us, nonce, error);
}

static void
assert_refuses (PlugSignatureAlgorithm algorithm,
                PlugRequestBuilder *builder,
                const char *secret)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_to_sign (algorithm, builder, "id-1", secret, 0, NULL, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
}

static void
sign_us (PlugSignatureAlgorithm algorithm,
         PlugRequestBuilder *builder,
         const char *key,
         const char *secret,
         gint64 time_us,
         const char *nonce)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (try_to_sign (algorithm, builder, key, secret, time_us, nonce, &error));
  g_assert_no_error (error);
}

static void
sign (PlugSignatureAlgorithm algorithm,
      PlugRequestBuilder *builder,
      const char *key,
      const char *secret,
      gint64 time_ms,
      const char *nonce)
{
  sign_us (algorithm, builder, key, secret, time_ms * 1000, nonce);
}

static char *
dup_hmac (GChecksumType type,
          const char *key,
          const char *text)
{
  return g_compute_hmac_for_string (type, (const guchar *) key, strlen (key), text, -1);
}

static void
assert_duo (PlugRequestBuilder *builder,
            const char *signature)
{
  const char *header = get_header (builder, "Authorization");
  g_autofree guchar *pair = NULL;
  g_autofree char *expected = g_strconcat (DUO_KEY ":", signature, NULL);
  gsize length_bytes;

  g_assert_nonnull (header);
  g_assert_true (g_str_has_prefix (header, "Basic "));
  pair = g_base64_decode (header + strlen ("Basic "), &length_bytes);
  g_assert_cmpmem (pair, length_bytes, expected, strlen (expected));
  g_assert_cmpstr (get_header (builder, "Date"), ==, "Tue, 21 Aug 2012 17:29:18 -0000");
}

/* The example of https://duo.com/docs/adminapi#authentication and the older one of the Accounts API, as a form and as a
 * query. */
static void
test_duo_example (void)
{
  static const char *const members[] = { "username=root", "realname=First Last", NULL };
  g_autoptr (PlugRequestBuilder) admin = new_request ("POST", "https://api-XXXXXXXX.duosecurity.com/admin/v1/users", members);
  g_autoptr (PlugRequestBuilder) accounts = new_request (
    "POST", "https://api-xxxxxxxx.duosecurity.com/accounts/v1/account/list?username=root&realname=First%20Last", NULL);

  admin->content_type = g_strdup (FORM);
  sign (PLUG_SIGNATURE_DUO, admin, DUO_KEY, DUO_SECRET, DUO_TIME_S * G_GINT64_CONSTANT (1000), NULL);
  assert_duo (admin, "c1ef43767c3eb3b3258dbddca6f8d0941e085b92");
  sign (PLUG_SIGNATURE_DUO, accounts, DUO_KEY, DUO_SECRET, DUO_TIME_S * G_GINT64_CONSTANT (1000), NULL);
  assert_duo (accounts, "2d97d6166319781b5a3a07af39d366f491234edc");
}

/* A blank line stands for no parameters; they are sorted by name, and "a" comes before "a-b". */
static void
test_duo_parameters (void)
{
  static const struct {
    const char *url, *path, *parameters;
  } rows[] = {
    { "https://api-x.duosecurity.com/admin/v1/info/summary", "/admin/v1/info/summary", "" },
    { "https://api-x.duosecurity.com/l?a-b=2&a=1", "/l", "a=1&a-b=2" },
    { "https://api-x.duosecurity.com/l?limit=10&Offset=1&limit=2", "/l", "Offset=1&limit=10&limit=2" },
    { "https://api-x.duosecurity.com:8443", "/", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("GET", rows[i].url, NULL);
    g_autofree char *canonical = g_strdup_printf ("Tue, 21 Aug 2012 17:29:18 -0000\nGET\napi-x.duosecurity.com%s\n%s\n%s",
                                                  strstr (rows[i].url, ":8443") != NULL ? ":8443" : "", rows[i].path,
                                                  rows[i].parameters);
    g_autofree char *expected = dup_hmac (G_CHECKSUM_SHA1, DUO_SECRET, canonical);

    sign (PLUG_SIGNATURE_DUO, builder, DUO_KEY, DUO_SECRET, DUO_TIME_S * G_GINT64_CONSTANT (1000), NULL);
    assert_duo (builder, expected);
  }
}

/* Akamai publishes these with its clients: edgegrid-python, test/testdata.json. */
static void
test_edgegrid_examples (void)
{
  static const struct {
    const char *verb, *path, *body, *signature;
  } rows[] = {
    { "GET", "/", NULL, "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=" },
    { "GET", "", NULL, "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU=" },
    { "GET", "/testapi/v1/t1?p1=1&p2=2", NULL, "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA=" },
    { "POST", "/testapi/v1/t3", "datadatadatadatadatadatadatadata", "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4=" },
    { "POST", "/testapi/v1/t6", "", "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ=" },
    { "PUT", "/testapi/v1/t6", "PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP", "GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *url = g_strconcat (EDGEGRID_HOST, rows[i].path, NULL);
    g_autoptr (PlugRequestBuilder) builder = new_request (rows[i].verb, url, NULL);
    g_autofree char *expected = g_strconcat (
      "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;"
      "access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=20140321T19:34:21+0000;"
      "nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;signature=", rows[i].signature, NULL);

    if (rows[i].body != NULL) {
      builder->body = plug_buffer_new ();
      plug_buffer_append (builder->body, rows[i].body, -1);
    }
    sign (PLUG_SIGNATURE_AKAMAI_EDGEGRID, builder, "akab-client-token-xxx-xxxxxxxxxxxxxxxx",
          "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=", EDGEGRID_TIME_S * G_GINT64_CONSTANT (1000),
          "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
    g_assert_cmpstr (get_header (builder, "Authorization"), ==, expected);
  }
}

/* Only the first 128 KiB are signed; a host is signed in lower case, however it was typed. */
static void
test_edgegrid_limits (void)
{
  g_autofree char *long_body = g_strnfill (131072 + 10, 'd');
  g_autofree char *cut_body = g_strnfill (131072, 'd');
  const struct {
    const char *url, *body;
  } rows[] = {
    { EDGEGRID_HOST "/x", cut_body },
    { EDGEGRID_HOST "/x", long_body },
    { "https://AKAA-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net/x", cut_body },
  };
  g_autofree char *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("POST", rows[i].url, NULL);

    builder->body = plug_buffer_new ();
    plug_buffer_append (builder->body, rows[i].body, -1);
    sign (PLUG_SIGNATURE_AKAMAI_EDGEGRID, builder, "client", "secret", EDGEGRID_TIME_S * G_GINT64_CONSTANT (1000), "nonce");
    if (first == NULL)
      first = g_strdup (get_header (builder, "Authorization"));
    g_assert_cmpstr (get_header (builder, "Authorization"), ==, first);
  }
}

/* Palo Alto Networks publishes the formula, SHA-256 of key, nonce and milliseconds, and no example. */
static void
test_cortex_xdr (void)
{
  g_autoptr (PlugRequestBuilder) builder = new_request ("POST", "https://api-x.xdr.us.paloaltonetworks.com/x", NULL);
  g_autoptr (PlugRequestBuilder) other = new_request ("POST", "https://api-x.xdr.us.paloaltonetworks.com/x", NULL);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "s3cretNONCE1800000000123", -1);

  sign (PLUG_SIGNATURE_CORTEX_XDR, builder, "17", "s3cret", G_GINT64_CONSTANT (1800000000123), "NONCE");
  g_assert_cmpstr (get_header (builder, "x-xdr-timestamp"), ==, "1800000000123");
  g_assert_cmpstr (get_header (builder, "x-xdr-nonce"), ==, "NONCE");
  g_assert_cmpstr (get_header (builder, "x-xdr-auth-id"), ==, "17");
  g_assert_cmpstr (get_header (builder, "Authorization"), ==, expected);

  sign (PLUG_SIGNATURE_CORTEX_XDR, other, "17", "s3cret", G_GINT64_CONSTANT (1800000000123), NULL);
  g_assert_cmpuint (strlen (get_header (other, "x-xdr-nonce")), ==, 64);
}

/* The formula of the Threat Visualizer's API guide: HMAC-SHA1 of target, public token and date, on a line each. */
static void
test_darktrace (void)
{
  static const struct {
    const char *url, *target;
  } rows[] = {
    { "https://dt.example.com/status", "/status" },
    { "https://dt.example.com/devices?count=1&seensince=2min", "/devices?count=1&seensince=2min" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("GET", rows[i].url, NULL);
    g_autofree char *text = g_strconcat (rows[i].target, "\npublic\n20120821T172918", NULL);
    g_autofree char *expected = dup_hmac (G_CHECKSUM_SHA1, "s3cret", text);

    sign (PLUG_SIGNATURE_DARKTRACE, builder, "public", "s3cret", DUO_TIME_S * G_GINT64_CONSTANT (1000), NULL);
    g_assert_cmpstr (get_header (builder, "DTAPI-Token"), ==, "public");
    g_assert_cmpstr (get_header (builder, "DTAPI-Date"), ==, "20120821T172918");
    g_assert_cmpstr (get_header (builder, "DTAPI-Signature"), ==, expected);
  }
}

/* N-able publishes the formula, HMAC-SHA256 of the content in lower-case hexadecimal digits, and no key of its example. */
static void
test_passportal (void)
{
  static const struct {
    const char *json, *content;
  } rows[] = {
    { "{\"scope\":\"docs_api\",\"content\":\"api-content-hash\"}", "api-content-hash" },
    { "{\"content\":\"a\\\"b\\u00e4\"}", "a\"b\xc3\xa4" },
    { "{\"scope\":\"docs_api\"}", NULL },
    { "[]", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("POST", "https://acme.passportalmsp.com/client_token", NULL);
    g_autofree char *expected = rows[i].content != NULL ? dup_hmac (G_CHECKSUM_SHA256, "s3cret", rows[i].content) : NULL;

    builder->content_type = g_strdup ("application/json");
    builder->json = rows[i].json != NULL ? plug_json_parse (rows[i].json, -1, NULL) : NULL;
    if (expected == NULL) {
      assert_refuses (PLUG_SIGNATURE_PASSPORTAL, builder, "s3cret");
      continue;
    }
    sign (PLUG_SIGNATURE_PASSPORTAL, builder, "id-1", "s3cret", 0, NULL);
    g_assert_cmpstr (get_header (builder, "x-key"), ==, "id-1");
    g_assert_cmpstr (get_header (builder, "x-hash"), ==, expected);
  }
}

/* The formula of the Avanan API Reference Guide: SHA-256 of the Base64 of identifiers, date, target and secret. */
static void
test_avanan (void)
{
  static const struct {
    const char *url, *token, *target;
  } rows[] = {
    { "https://smart-api-production-1-us.avanan.net/v1.0/auth", NULL, "" },
    { "https://smart-api-production-1-us.avanan.net/v1.0/soar/test", "t0ken", "/v1.0/soar/test" },
    { "https://smart-api-production-1-us.avanan.net/v1.0/x?b=2&a=%20", "t0ken", "/v1.0/x?b=2&a=%20" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("GET", rows[i].url, NULL);
    g_autofree char *text = g_strconcat (AVANAN_ID "US:myapp292023-08-13T19:08:35.263000", rows[i].target, "my_secret_key", NULL);
    g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
    g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, base64, -1);

    if (rows[i].token != NULL)
      plug_request_builder_take_header (builder, "X-AV-Token", g_strdup (rows[i].token));
    sign (PLUG_SIGNATURE_AVANAN, builder, "US:myapp29", "my_secret_key", AVANAN_TIME_MS, AVANAN_ID);
    g_assert_cmpstr (get_header (builder, "x-av-req-id"), ==, AVANAN_ID);
    g_assert_cmpstr (get_header (builder, "x-av-app-id"), ==, "US:myapp29");
    g_assert_cmpstr (get_header (builder, "x-av-date"), ==, "2023-08-13T19:08:35.263000");
    g_assert_cmpstr (get_header (builder, "x-av-sig"), ==, expected);
  }
}

/* Palo Alto Networks publishes these with its client, CheckPointHEC_test.py: four asterisks are both halves of the key. */
static void
test_avanan_examples (void)
{
  g_autoptr (PlugRequestBuilder) token = new_request ("GET", "https://smart-api-production-1-us.avanan.net/v1.0/auth", NULL);
  g_autoptr (PlugRequestBuilder) other = new_request ("GET", "https://smart-api-production-1-us.avanan.net/v1.0/soar/test",
                                                      NULL);
  g_autoptr (PlugRequestBuilder) anonymous = new_request ("GET", "https://smart-api-production-1-us.avanan.net/v1.0/auth", NULL);

  sign_us (PLUG_SIGNATURE_AVANAN, token, "****", "****", AVANAN_TIME_MS * 1000 + 817, AVANAN_ID);
  g_assert_cmpstr (get_header (token, "x-av-date"), ==, "2023-08-13T19:08:35.263817");
  g_assert_cmpstr (get_header (token, "x-av-sig"), ==, "ac07ea6ddd026cbbfad8751d45d6e9e1823bc03e227eeb117976834391b629b8");

  plug_request_builder_take_header (other, "x-av-token", g_strdup ("super token"));
  sign_us (PLUG_SIGNATURE_AVANAN, other, "****", "****", AVANAN_TIME_MS * 1000 + 817, AVANAN_ID);
  g_assert_cmpstr (get_header (other, "x-av-sig"), ==, "66968b7de6a44c879eedc2a426ec76c254c203d60ce746236645b52b5b5dcddb");

  sign (PLUG_SIGNATURE_AVANAN, anonymous, "****", "****", AVANAN_TIME_MS, NULL);
  g_assert_true (g_uuid_string_is_valid (get_header (anonymous, "x-av-req-id")));
}

static const char *
get_member (PlugRequestBuilder *builder,
            const char *name)
{
  for (guint i = 0; i < builder->members->len; i++) {
    PlugField *member = g_ptr_array_index (builder->members, i);

    if (g_str_equal (member->name, name))
      return member->value;
  }

  return NULL;
}

/* The keys that obfuscate_api_key() of zscaler-sdk-python makes at these times. */
static void
test_zscaler (void)
{
  static const struct {
    const char *secret, *timestamp, *key;
  } rows[] = {
    { "A1b2C3d4E5f6", "1389681124480", "1bCCEAbECCdb" },
    { "abcdefghijkl", "1389681000000", "aaaaaacccccc" },
    { "abcdefghijkl", "1389681000001", "aaaaabcccccc" },
    { "abcdefghijkl", "1389681999999", "jjjjjjglllll" },
    { "abcdefghijklmnop", "1700000098765", "ajihgfcglfke" },
    { "s0m3rAnd0mKey", "1389681124480", "0mrr0sm0rrnm" },
    { "01234567890", "1389681124480", NULL },
    { "", "1389681124480", NULL },
    { "0123456789\xc3\xa4", "1389681124480", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = new_request ("POST", "https://zsapi.zscaler.net/api/v1/authenticatedSession", NULL);
    gint64 time_ms = g_ascii_strtoll (rows[i].timestamp, NULL, 10);

    if (rows[i].key == NULL) {
      assert_refuses (PLUG_SIGNATURE_ZSCALER, builder, rows[i].secret);
      g_assert_null (get_member (builder, "apiKey"));
      continue;
    }
    sign (PLUG_SIGNATURE_ZSCALER, builder, "ada@example.com", rows[i].secret, time_ms, NULL);
    g_assert_cmpstr (get_member (builder, "username"), ==, "ada@example.com");
    g_assert_cmpstr (get_member (builder, "timestamp"), ==, rows[i].timestamp);
    g_assert_cmpstr (get_member (builder, "apiKey"), ==, rows[i].key);
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/signature/duo/example", test_duo_example);
  g_test_add_func ("/signature/duo/parameters", test_duo_parameters);
  g_test_add_func ("/signature/edgegrid/examples", test_edgegrid_examples);
  g_test_add_func ("/signature/edgegrid/limits", test_edgegrid_limits);
  g_test_add_func ("/signature/cortex-xdr", test_cortex_xdr);
  g_test_add_func ("/signature/darktrace", test_darktrace);
  g_test_add_func ("/signature/passportal", test_passportal);
  g_test_add_func ("/signature/avanan", test_avanan);
  g_test_add_func ("/signature/avanan/examples", test_avanan_examples);
  g_test_add_func ("/signature/zscaler", test_zscaler);

  return g_test_run ();
}
