/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include <string.h>

#include "alert-server.h"
#include "certificates.h"
#include "plug-error.h"
#include "plug-http.h"
#include "plug-sentence.h"

/* Requests that a signature or a certificate proves. The server makes each signature anew, from the vendor's description,
 * with GLib alone. */

#define MAX_DIFFERENCE_S 300
#define ACCESS_KEY "AKIDEXAMPLE"
#define SESSION "session/token+4714=="

static gboolean
is_now (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return time != NULL && ABS (g_date_time_difference (now, time)) < MAX_DIFFERENCE_S * G_TIME_SPAN_SECOND;
}

static char *
dup_hmac (GChecksumType type,
          const char *key,
          const char *text)
{
  return g_compute_hmac_for_string (type, (const guchar *) key, strlen (key), text, -1);
}

static char *
dup_hmac_base64 (const char *key,
                 const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8 digest[32];
  gsize length_bytes = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &length_bytes);

  return g_base64_encode (digest, length_bytes);
}

/* AWS Signature Version 4. */

typedef struct {
  const char *secret;
  const char *session; /* (nullable) */
  const char *service;
} ExpectedAws;

static void
derive (guint8 *key,
        gsize *key_bytes,
        const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, *key_bytes);

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  *key_bytes = 32;
  g_hmac_get_digest (hmac, key, key_bytes);
}

static char *
dup_aws_signature (const char *secret,
                   const char *const *scope, /* date, region, service, "aws4_request" */
                   const char *text)
{
  guint8 key[128];
  gsize key_bytes;
  g_autoptr (GHmac) hmac = NULL;

  key_bytes = (gsize) g_snprintf ((char *) key, sizeof key, "AWS4%s", secret);
  for (guint i = 0; i < 4; i++)
    derive (key, &key_bytes, scope[i]);
  hmac = g_hmac_new (G_CHECKSUM_SHA256, key, key_bytes);
  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));

  return g_strdup (g_hmac_get_string (hmac));
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* @signed_headers: "host;x-amz-date" */
static char *
dup_canonical_request (const Visit *visit,
                       const char *signed_headers)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) pairs = g_strsplit (visit_get_query (visit) != NULL ? visit_get_query (visit) : "", "&", -1);
  g_auto (GStrv) names = g_strsplit (signed_headers, ";", -1);
  g_autofree char *query = NULL;
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, visit_get_body (visit), -1);

  qsort (pairs, g_strv_length (pairs), sizeof *pairs, compare_texts);
  query = g_strjoinv ("&", pairs);
  g_string_append_printf (text, "%s\n%s\n%s\n", visit_get_verb (visit), visit_get_path (visit), query);
  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (text, "%s:%s\n", names[i], visit_get_header (visit, names[i]));
  g_string_append_printf (text, "\n%s\n%s", signed_headers, hash);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_signed (const char *signed_headers,
            const char *name)
{
  g_auto (GStrv) names = g_strsplit (signed_headers, ";", -1);

  return g_strv_contains ((const char *const *) names, name);
}

/* https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
static gboolean
judge_aws (const Visit *visit,
           gpointer user_data)
{
  const ExpectedAws *expected = user_data;
  const char *header = visit_get_header (visit, "Authorization");
  const char *date = visit_get_header (visit, "X-Amz-Date");
  const char *session = visit_get_header (visit, "X-Amz-Security-Token");
  g_autoptr (GDateTime) time = date != NULL ? g_date_time_new_from_iso8601 (date, NULL) : NULL;
  g_autoptr (GRegex) regex = g_regex_new ("^AWS4-HMAC-SHA256 Credential=" ACCESS_KEY "/(\\d{8})/([a-z0-9-]+)/([a-z0-9]+)/"
                                          "(aws4_request), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;

  if (header == NULL || !is_now (time) || g_strcmp0 (session, expected->session) != 0)
    return FALSE;
  if (!g_regex_match (regex, header, 0, &match))
    return FALSE;
  parts = g_match_info_fetch_all (match);
  if (!g_str_has_prefix (date, parts[1]) || !g_str_equal (parts[2], "eu-central-1") || !g_str_equal (parts[3], expected->service))
    return FALSE;
  if (!has_signed (parts[5], "host") || !has_signed (parts[5], "x-amz-date") ||
      (session != NULL && !has_signed (parts[5], "x-amz-security-token")))
    return FALSE;
  canonical = dup_canonical_request (visit, parts[5]);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  text = g_strdup_printf ("AWS4-HMAC-SHA256\n%s\n%s/%s/%s/%s\n%s", date, parts[1], parts[2], parts[3], parts[4], hash);
  signature = dup_aws_signature (expected->secret, (const char *const *) parts + 1, text);

  return g_str_equal (signature, parts[6]);
}

static void
test_aws (void)
{
  static const struct {
    const char *session, *request, *test;
  } rows[] = {
    { NULL, "POST /", "{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/\","
                      "\"contentType\":\"application/x-www-form-urlencoded\","
                      "\"body\":{\"Action\":\"GetCallerIdentity\",\"Version\":\"2011-06-15\"}}}" },
    { NULL, "GET /", "{\"request\":{\"url\":\"{+base}/?Action=GetCallerIdentity&Version=2011-06-15\"}}" },
    { NULL, "GET /", "{\"request\":{\"url\":\"{+base}/?Version=2011-06-15&Action=GetCallerIdentity\"}}" },
    { NULL, "GET /v1/users", "{\"request\":{\"url\":\"{+base}/v1/users?limit=1\",\"headers\":{\"X-Other\":\"a b\"}}}" },
    { SESSION, "GET /v1/users", "{\"request\":{\"url\":\"{+base}/v1/users\"}}" },
    { SESSION, "POST /", "{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/\",\"contentType\":\"application/json\","
                         "\"body\":{\"a\":[1]}}}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    ExpectedAws expected = { SIGN_IN_SECRET, rows[i].session, "sts" };
    g_autofree char *auth = g_strdup_printf (
      "{\"type\":\"awsSigV4\",\"access_key_id\":\"{user}\",\"secret_access_key\":\"{key}\",%s\"region\":\"eu-central-1\","
      "\"service\":\"sts\"}", rows[i].session != NULL ? "\"session_token\":\"{other}\"," : "");
    const SignIn sign_in = { .auth = auth, .test = rows[i].test, .values = "user=" ACCESS_KEY "\nother=" SESSION };
    g_autoptr (PlugVerdict) refused = NULL;

    verifying_server_judge (server, rows[i].request, judge_aws, &expected, "{}");
    sign_in_check (&sign_in, server);
    if (rows[i].session == NULL)
      continue;
    expected.session = "another";
    refused = sign_in_run (&sign_in, server);
    sign_in_assert_outcome (refused, PLUG_OUTCOME_REFUSED);
    sign_in_assert_hides (refused, SESSION);
  }
}

/* The vendors' own signatures. */

static char *
dup_target (const Visit *visit)
{
  return visit_get_query (visit) != NULL ? g_strconcat (visit_get_path (visit), "?", visit_get_query (visit), NULL)
                                         : g_strdup (visit_get_path (visit));
}

/* https://duo.com/docs/adminapi#authentication */
static gboolean
judge_duo (const Visit *visit,
           gpointer user_data)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", NULL };
  const char *date = visit_get_header (visit, "Date");
  g_auto (GStrv) parts = g_strsplit_set (date != NULL ? date : "", " :", -1);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *pair = NULL;
  g_autofree char *base64 = NULL;
  g_autofree char *expected = NULL;

  if (g_strv_length (parts) != 8 || !g_strv_contains (months, parts[2]) || !g_str_equal (parts[7], "-0000"))
    return FALSE;
  for (int i = 0; months[i] != NULL; i++) {
    if (g_str_equal (months[i], parts[2]))
      time = g_date_time_new_utc (atoi (parts[3]), i + 1, atoi (parts[1]), atoi (parts[4]), atoi (parts[5]), atoi (parts[6]));
  }
  canonical = g_strdup_printf ("%s\n%s\n%s\n%s\n%s", date, visit_get_verb (visit), visit_get_header (visit, "Host"),
                               visit_get_path (visit), "account=1&limit=10");
  signature = dup_hmac (G_CHECKSUM_SHA1, SIGN_IN_SECRET, canonical);
  pair = g_strconcat (SIGN_IN_USER ":", signature, NULL);
  base64 = g_base64_encode ((const guchar *) pair, strlen (pair));
  expected = g_strconcat ("Basic ", base64, NULL);

  return is_now (time) && g_strcmp0 (visit_get_header (visit, "Authorization"), expected) == 0;
}

/* https://docs-cortex.paloaltonetworks.com/r/Cortex-XDR-REST-API */
static gboolean
judge_cortex_xdr (const Visit *visit,
                  gpointer user_data)
{
  const char *nonce = visit_get_header (visit, "x-xdr-nonce");
  const char *timestamp = visit_get_header (visit, "x-xdr-timestamp");
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (nonce == NULL || strlen (nonce) != 64 || timestamp == NULL)
    return FALSE;
  time = g_date_time_new_from_unix_utc (g_ascii_strtoll (timestamp, NULL, 10) / 1000);
  text = g_strconcat (SIGN_IN_SECRET, nonce, timestamp, NULL);
  expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return is_now (time) && g_strcmp0 (visit_get_header (visit, "Authorization"), expected) == 0
         && g_strcmp0 (visit_get_header (visit, "x-xdr-auth-id"), SIGN_IN_USER) == 0;
}

static gboolean
judge_darktrace (const Visit *visit,
                 gpointer user_data)
{
  const char *date = visit_get_header (visit, "DTAPI-Date");
  g_autofree char *zoned = g_strconcat (date != NULL ? date : "", "Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (zoned, NULL);
  g_autofree char *target = dup_target (visit);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", target, SIGN_IN_USER, date);
  g_autofree char *expected = dup_hmac (G_CHECKSUM_SHA1, SIGN_IN_SECRET, text);

  return is_now (time) && g_strcmp0 (visit_get_header (visit, "DTAPI-Token"), SIGN_IN_USER) == 0
         && g_strcmp0 (visit_get_header (visit, "DTAPI-Signature"), expected) == 0;
}

/* https://techdocs.akamai.com/developer/docs/edgegrid */
static gboolean
judge_edgegrid (const Visit *visit,
                gpointer user_data)
{
  const char *header = visit_get_header (visit, "Authorization");
  g_autoptr (GRegex) regex = g_regex_new ("^(EG1-HMAC-SHA256 client_token=ada@example\\.com;access_token=([^;]+);"
                                          "timestamp=(\\d{8}T\\d\\d:\\d\\d:\\d\\d)\\+0000;nonce=[0-9a-f-]{36};)signature=(.+)$",
                                          0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_auto (GStrv) parts = NULL;
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *zoned = NULL;
  g_autofree char *timestamp = NULL;
  g_autofree char *signing_key = NULL;
  g_autofree char *target = dup_target (visit);
  g_autofree char *hash = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  if (header == NULL || !g_regex_match (regex, header, 0, &match))
    return FALSE;
  parts = g_match_info_fetch_all (match);
  zoned = g_strconcat (parts[3], "Z", NULL);
  time = g_date_time_new_from_iso8601 (zoned, NULL);
  timestamp = g_strconcat (parts[3], "+0000", NULL);
  signing_key = dup_hmac_base64 (SIGN_IN_SECRET, timestamp);
  if (g_str_equal (visit_get_verb (visit), "POST")) {
    g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize digest_bytes = sizeof digest;

    g_checksum_update (checksum, (const guchar *) visit_get_body (visit), -1);
    g_checksum_get_digest (checksum, digest, &digest_bytes);
    hash = g_base64_encode (digest, digest_bytes);
  }
  /* Akamai itself is reached over https only. */
  text = g_strdup_printf ("%s\thttps\t%s\t%s\t\t%s\t%s", visit_get_verb (visit), visit_get_header (visit, "Host"), target,
                          hash != NULL ? hash : "", parts[1]);
  expected = dup_hmac_base64 (signing_key, text);

  return is_now (time) && g_str_equal (parts[2], "access-4715") && g_str_equal (parts[4], expected);
}

static void
test_signatures (void)
{
  static const char get[] = "{\"request\":{\"url\":\"{+base}/me?limit=10&account=1\"}}";
  static const char form[] = "{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/me\",\"contentType\":"
                             "\"application/x-www-form-urlencoded\",\"body\":{\"limit\":\"10\",\"account\":\"1\"}}}";
  static const char json[] = "{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/me?a=b\",\"contentType\":\"application/json\","
                             "\"body\":{\"request_data\":{}}}}";
  static const struct {
    const char *algorithm, *more, *test, *request;
    Judge judge;
  } rows[] = {
    { "duo", "", get, "GET /me", judge_duo },
    { "duo", "", form, "POST /me", judge_duo },
    { "cortex-xdr", "", json, "POST /me", judge_cortex_xdr },
    { "darktrace", "", get, "GET /me", judge_darktrace },
    { "akamai-edgegrid", ",\"token\":\"{other}\"", get, "GET /me", judge_edgegrid },
    { "akamai-edgegrid", ",\"token\":\"{other}\"", json, "POST /me", judge_edgegrid },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    g_autofree char *auth = g_strdup_printf ("{\"type\":\"signature\",\"algorithm\":\"%s\",\"key\":\"{user}\","
                                             "\"secret\":\"{key}\"%s}", rows[i].algorithm, rows[i].more);
    const SignIn sign_in = { .auth = auth, .test = rows[i].test, .values = "other=access-4715" };

    verifying_server_judge (server, rows[i].request, rows[i].judge, NULL, "{}");
    sign_in_check (&sign_in, server);
  }
}

/* https://sc1.checkpoint.com/documents/Avanan_API_Reference/Topics-Common-for-HEC/API-Authentication.htm; the target is
 * signed, too, where there is a token. @user_data: (nullable): that token */
static gboolean
judge_avanan (const Visit *visit,
              gpointer user_data)
{
  const char *id = visit_get_header (visit, "x-av-req-id");
  const char *date = visit_get_header (visit, "x-av-date");
  g_autofree char *zoned = g_strconcat (date != NULL ? date : "", "Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (zoned, NULL);
  g_autofree char *target = user_data != NULL ? dup_target (visit) : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s%s%s%s%s", id, SIGN_IN_USER, date, target, SIGN_IN_SECRET);
  g_autofree char *base64 = g_base64_encode ((const guchar *) text, strlen (text));
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, base64, -1);

  return is_now (time) && id != NULL && g_uuid_string_is_valid (id)
         && g_strcmp0 (visit_get_header (visit, "x-av-token"), user_data) == 0
         && g_strcmp0 (visit_get_header (visit, "x-av-app-id"), SIGN_IN_USER) == 0
         && g_strcmp0 (visit_get_header (visit, "x-av-sig"), expected) == 0;
}

#define AVANAN "{\"type\":\"signature\",\"algorithm\":\"avanan\",\"key\":\"{user}\",\"secret\":\"{key}\"}"

/* The request for the token is signed otherwise than the one that shows it. */
static void
test_avanan (void)
{
  static const SignIn sign_in = {
    .auth = "{\"type\":\"login\",\"request\":{\"url\":\"{+base}/v1.0/auth\"},\"with\":" AVANAN ",\"token\":{\"body\":true},"
            "\"apply\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"x-av-token\",\"value\":\"{access_token}\"}}," AVANAN,
    .test = "{\"request\":{\"url\":\"{+base}/v1.0/scopes?limit=1\"}}",
  };
  g_autoptr (VerifyingServer) server = verifying_server_new ();

  verifying_server_judge (server, "GET /v1.0/auth", judge_avanan, NULL, SIGN_IN_TOKEN);
  verifying_server_judge (server, "GET /v1.0/scopes", judge_avanan, (gpointer) SIGN_IN_TOKEN, "{\"responseData\":[\"farm:acme\"]}");
  sign_in_check (&sign_in, server);
  g_assert_cmpstr (verifying_server_get_log (server), ==, "GET /v1.0/auth, GET /v1.0/scopes");
}

/* https://help.zscaler.com/zia/getting-started-zia-api, as its implementation in Java has it: by two parts of the key.
 * @user_data: (out): the key as it came; free with g_free() */
static gboolean
judge_zscaler (const Visit *visit,
               gpointer user_data)
{
  static const char low_part[] = SIGN_IN_SECRET;
  const char *high_part = low_part + 2;
  const char *timestamp = visit_get_json (visit, "timestamp");
  const char *high = timestamp != NULL && strlen (timestamp) == 13 ? timestamp + 7 : "000000";
  g_autofree char *low = g_strdup_printf ("%06d", atoi (high) >> 1);
  g_autoptr (GDateTime) time = timestamp != NULL ? g_date_time_new_from_unix_utc (g_ascii_strtoll (timestamp, NULL, 10) / 1000)
                                                 : NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  char **key = user_data;

  for (guint i = 0; i < 6; i++)
    g_string_append_c (expected, low_part[g_ascii_digit_value (high[i])]);
  for (guint i = 0; i < 6; i++)
    g_string_append_c (expected, high_part[g_ascii_digit_value (low[i])]);
  g_free (*key);
  *key = g_strdup (visit_get_json (visit, "apiKey"));

  return is_now (time) && g_strcmp0 (visit_get_json (visit, "username"), SIGN_IN_USER) == 0
         && g_strcmp0 (visit_get_json (visit, "password"), "password-4716") == 0 && g_strcmp0 (*key, expected->str) == 0;
}

static gboolean
judge_session (const Visit *visit,
               gpointer user_data)
{
  return g_strcmp0 (visit_get_header (visit, "Cookie"), "JSESSIONID=" SIGN_IN_TOKEN) == 0;
}

static gboolean
judge_never (const Visit *visit,
             gpointer user_data)
{
  (void) judge_zscaler (visit, user_data);

  return FALSE;
}

/* What is sent of the key gives most of it away: nobody sees that either. */
static void
test_zscaler (void)
{
  static const SignIn sign_in = {
    .auth = "{\"type\":\"login\",\"request\":{\"method\":\"POST\",\"url\":\"{+base}/session\",\"contentType\":\"application/json\","
            "\"body\":{\"password\":\"{other}\"}},\"with\":{\"type\":\"signature\",\"algorithm\":\"zscaler\",\"key\":\"{user}\","
            "\"secret\":\"{key}\"},\"token\":{\"cookie\":\"JSESSIONID\"},\"apply\":{\"type\":\"apiKey\",\"in\":\"cookie\","
            "\"name\":\"JSESSIONID\",\"value\":\"{access_token}\"},\"logout\":{\"method\":\"DELETE\",\"url\":\"{+base}/session\"}}",
    .values = "other=password-4716",
  };
  g_autoptr (VerifyingServer) server = verifying_server_new ();
  g_autofree char *key = NULL;
  g_autoptr (PlugVerdict) refused = NULL;

  verifying_server_judge (server, "POST /session", judge_zscaler, &key, "{\"authType\":\"ADMIN_LOGIN\"}");
  verifying_server_add_header (server, "POST /session", "Set-Cookie", "JSESSIONID=" SIGN_IN_TOKEN "; Path=/; HttpOnly");
  verifying_server_judge (server, "GET /me", judge_session, NULL, SIGN_IN_ME);
  verifying_server_judge (server, "DELETE /session", judge_session, NULL, "{\"status\":\"ACTIVE\"}");
  sign_in_check (&sign_in, server);
  g_assert_cmpstr (verifying_server_get_log (server), ==, "POST /session, GET /me, DELETE /session");

  verifying_server_judge (server, "POST /session", judge_never, &key, "{}");
  refused = sign_in_run (&sign_in, server);
  sign_in_assert_outcome (refused, PLUG_OUTCOME_REFUSED);
  g_assert_cmpuint (strlen (key), ==, 12);
  sign_in_assert_hides (refused, key);
}

/* Client certificates. */

static char *
dup_part (const char *pem,
          gboolean is_key)
{
  const char *key = strstr (pem, "-----BEGIN PRIVATE KEY");

  return is_key ? g_strdup (key) : g_strndup (pem, (gsize) (key - pem));
}

static gboolean
judge_certificate (const Visit *visit,
                   gpointer user_data)
{
  g_autoptr (GTlsCertificate) expected = g_tls_certificate_new_from_pem (user_data, -1, NULL);

  return visit_get_certificate (visit) != NULL && g_tls_certificate_is_same (visit_get_certificate (visit), expected);
}

typedef struct {
  Authority *authority;
  GBytes *authorities;
  char *client; /* certificate and key */
  VerifyingServer *server;
} Secure;

static void
secure_set_up (Secure *self)
{
  static const char *const hosts[] = { "client.example", NULL };
  g_autoptr (GTlsCertificate) certificate = NULL;

  self->authority = authority_new ();
  self->authorities = g_bytes_new (authority_get_pem (self->authority), strlen (authority_get_pem (self->authority)));
  self->client = authority_dup_certificate (self->authority, hosts);
  certificate = authority_issue (self->authority, CERTIFICATE_GOOD);
  self->server = verifying_server_new_secure (certificate, authority_get_pem (self->authority));
  verifying_server_judge (self->server, "GET /me", judge_certificate, self->client, SIGN_IN_ME);
}

static void
secure_tear_down (Secure *self)
{
  verifying_server_free (self->server);
  authority_free (self->authority);
  g_bytes_unref (self->authorities);
  g_free (self->client);
}

#define MUTUAL_TLS "{\"type\":\"mutualTLS\",\"certificate\":\"{certificate}\",\"private_key\":\"{pem}\"}"

static PlugVerdict *
run_secure (Secure *self,
            const char *auth,
            const char *certificate,
            const char *key)
{
  const SignIn sign_in = { .auth = auth, .certificate = certificate, .pem = key };
  g_autoptr (PlugDraft) draft = sign_in_new_draft (&sign_in, verifying_server_get_origin (self->server), self->authorities);
  PlugVerdict *verdict = sign_in_run_draft (draft);

  if (key != NULL)
    sign_in_assert_hides (verdict, key);

  return verdict;
}

static void
test_right_certificate (void)
{
  Secure secure;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autoptr (PlugVerdict) verdict = NULL;

  secure_set_up (&secure);
  certificate = dup_part (secure.client, FALSE);
  key = dup_part (secure.client, TRUE);
  verdict = run_secure (&secure, MUTUAL_TLS, certificate, key);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
  g_assert_cmpstr (verdict->identity, ==, "ada");
  secure_tear_down (&secure);
}

/* With a token besides: the certificate is shown to the token request as well. */
static void
test_certificate_and_token (void)
{
  Secure secure;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autoptr (PlugVerdict) verdict = NULL;

  secure_set_up (&secure);
  certificate = dup_part (secure.client, FALSE);
  key = dup_part (secure.client, TRUE);
  verifying_server_judge (secure.server, "POST /token", judge_certificate, secure.client,
                          "{\"access_token\":\"" SIGN_IN_TOKEN "\"}");
  verdict = run_secure (&secure, MUTUAL_TLS ",{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":"
                                            "\"{+base}/token\"}},\"client_id\":\"{user}\",\"client_secret\":\"{key}\"}",
                        certificate, key);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
  g_assert_cmpuint (verifying_server_get_n_right (secure.server, "POST /token"), ==, 1);
  secure_tear_down (&secure);
}

#define TLS_CLIENT "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/token\"}}," \
                   "\"client_id\":\"{user}\",\"token_endpoint_auth_method\":\"tls_client_auth\"}," MUTUAL_TLS

/* RFC 8705, section 2: the certificate instead of a secret, and the client's identifier in the body. */
static gboolean
judge_tls_client (const Visit *visit,
                  gpointer user_data)
{
  return judge_certificate (visit, user_data) && visit_get_header (visit, "Authorization") == NULL &&
         g_strcmp0 (visit_get_form (visit, "client_id"), SIGN_IN_USER) == 0 &&
         g_strcmp0 (visit_get_form (visit, "grant_type"), "client_credentials") == 0 &&
         visit_get_form (visit, "client_secret") == NULL && visit_get_form (visit, "client_assertion") == NULL;
}

static gboolean
judge_tls_token (const Visit *visit,
                 gpointer user_data)
{
  return judge_certificate (visit, user_data) &&
         g_strcmp0 (visit_get_header (visit, "Authorization"), "Bearer " SIGN_IN_TOKEN) == 0;
}

static void
test_tls_client (void)
{
  static const char *const hosts[] = { "client.example", NULL };
  Secure secure;
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *others = NULL;
  g_autofree char *other_certificate = NULL;
  g_autofree char *other_key = NULL;
  g_autoptr (PlugVerdict) right = NULL;
  g_autoptr (PlugVerdict) wrong = NULL;

  secure_set_up (&secure);
  certificate = dup_part (secure.client, FALSE);
  key = dup_part (secure.client, TRUE);
  verifying_server_judge (secure.server, "POST /token", judge_tls_client, secure.client,
                          "{\"access_token\":\"" SIGN_IN_TOKEN "\"}");
  verifying_server_judge (secure.server, "GET /me", judge_tls_token, secure.client, SIGN_IN_ME);
  right = run_secure (&secure, TLS_CLIENT, certificate, key);
  sign_in_assert_outcome (right, PLUG_OUTCOME_PASSED);
  g_assert_cmpstr (right->identity, ==, "ada");
  g_assert_cmpstr (verifying_server_get_log (secure.server), ==, "POST /token, GET /me");

  /* Another client of the same authority: the handshake is right, and the token request is not. */
  others = authority_dup_certificate (secure.authority, hosts);
  other_certificate = dup_part (others, FALSE);
  other_key = dup_part (others, TRUE);
  wrong = run_secure (&secure, TLS_CLIENT, other_certificate, other_key);
  sign_in_assert_outcome (wrong, PLUG_OUTCOME_REFUSED);
  g_assert_cmpuint (verifying_server_get_n_wrong (secure.server, "POST /token"), ==, 1);
  g_assert_cmpuint (verifying_server_get_n_right (secure.server, "GET /me"), ==, 1);
  g_assert_true (g_strv_contains ((const char *const *) wrong->blamed, "certificate"));
  g_assert_true (g_strv_contains ((const char *const *) wrong->blamed, "pem"));
  secure_tear_down (&secure);
}

/* The server breaks off: no proof of anything, and no request was answered. */
static void
test_no_certificate (void)
{
  Secure secure;
  g_autoptr (PlugVerdict) verdict = NULL;

  secure_set_up (&secure);
  verdict = run_secure (&secure, "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", NULL, NULL);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_NOT_REACHABLE);
  g_assert_nonnull (verdict->error);
  g_assert_cmpuint (verifying_server_get_n_right (secure.server, "GET /me"), ==, 0);
  secure_tear_down (&secure);
}

static void
assert_blames_key (const PlugVerdict *verdict)
{
  g_autofree char *sentence = NULL;

  sign_in_assert_outcome (verdict, PLUG_OUTCOME_NOT_REACHABLE);
  g_assert_error (verdict->error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
  sentence = plug_sentence_for_error (verdict->error, NULL);
  g_assert_nonnull (strstr (sentence, "certificate"));
  g_assert_true (g_strv_contains ((const char *const *) verdict->blamed, "pem"));
  g_assert_true (g_strv_contains ((const char *const *) verdict->blamed, "certificate"));
  g_assert_cmpuint (g_strv_length (verdict->blamed), ==, 2);
}

/* GIO closes without a word: it may be anything. */
static void
test_foreign_certificate (void)
{
  static const char *const hosts[] = { "client.example", NULL };
  Secure secure;
  g_autoptr (Authority) foreign = authority_new ();
  g_autofree char *both = authority_dup_certificate (foreign, hosts);
  g_autofree char *certificate = dup_part (both, FALSE);
  g_autofree char *key = dup_part (both, TRUE);
  g_autoptr (PlugVerdict) verdict = NULL;

  secure_set_up (&secure);
  verdict = run_secure (&secure, MUTUAL_TLS, certificate, key);
  sign_in_assert_outcome (verdict, PLUG_OUTCOME_NOT_REACHABLE);
  g_assert_nonnull (verdict->error);
  g_assert_cmpuint (verifying_server_get_n_right (secure.server, "GET /me"), ==, 0);
  secure_tear_down (&secure);
}

/* Other servers say what they do not take: before the handshake ends, or instead of an answer. */
static void
test_alerts (void)
{
  static const char *const hosts[] = { "client.example", NULL };
  static const char *const versions[] = { "NORMAL:-VERS-ALL:+VERS-TLS1.3", "NORMAL:-VERS-ALL:+VERS-TLS1.2" };
  g_autoptr (Authority) authority = authority_new ();
  g_autoptr (Authority) foreign = authority_new ();
  g_autoptr (GBytes) authorities = g_bytes_new (authority_get_pem (authority), strlen (authority_get_pem (authority)));
  g_autofree char *both = authority_dup_certificate (foreign, hosts);
  g_autofree char *certificate = dup_part (both, FALSE);
  g_autofree char *key = dup_part (both, TRUE);
  const SignIn with = { .auth = MUTUAL_TLS, .certificate = certificate, .pem = key };
  const SignIn without = { .auth = "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++) {
    g_autoptr (AlertServer) server = alert_server_new (authority, versions[i]);
    g_autoptr (PlugDraft) foreign_draft = sign_in_new_draft (&with, alert_server_get_origin (server), authorities);
    g_autoptr (PlugDraft) draft = sign_in_new_draft (&without, alert_server_get_origin (server), authorities);
    g_autoptr (PlugVerdict) refused = sign_in_run_draft (foreign_draft);
    g_autoptr (PlugVerdict) missing = sign_in_run_draft (draft);

    assert_blames_key (refused);
    /* Who has typed no certificate cannot have typed a wrong one. */
    sign_in_assert_outcome (missing, PLUG_OUTCOME_NOT_REACHABLE);
    g_assert_false (g_error_matches (missing->error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE));
  }
}

static void
test_unusable_keys (void)
{
  Secure secure;
  g_autofree char *certificate = NULL;
  g_autofree char *other = private_key_dup_ec ();
  g_autofree char *rsa = private_key_dup_rsa ();
  g_autofree char *encrypted = private_key_dup_encrypted ("passphrase");
  g_autofree char *key = NULL;
  const char *keys[] = { other, rsa, encrypted, "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n", "no PEM" };

  secure_set_up (&secure);
  certificate = dup_part (secure.client, FALSE);
  key = dup_part (secure.client, TRUE);
  for (guint i = 0; i <= G_N_ELEMENTS (keys); i++) {
    g_autoptr (PlugVerdict) verdict = i < G_N_ELEMENTS (keys)
                                        ? run_secure (&secure, MUTUAL_TLS, certificate, keys[i])
                                        : run_secure (&secure, MUTUAL_TLS, "-----BEGIN CERTIFICATE-----\nQUJD\n"
                                                                           "-----END CERTIFICATE-----\n", key);

    g_test_message ("key %u", i);
    assert_blames_key (verdict);
  }
  g_assert_cmpuint (verifying_server_get_n_right (secure.server, "GET /me"), ==, 0);
  secure_tear_down (&secure);
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-in-signed/aws", test_aws);
  g_test_add_func ("/sign-in-signed/signatures", test_signatures);
  g_test_add_func ("/sign-in-signed/avanan", test_avanan);
  g_test_add_func ("/sign-in-signed/zscaler", test_zscaler);
  g_test_add_func ("/sign-in-signed/mutual-tls/right", test_right_certificate);
  g_test_add_func ("/sign-in-signed/mutual-tls/with-token", test_certificate_and_token);
  g_test_add_func ("/sign-in-signed/mutual-tls/client-of-oauth2", test_tls_client);
  g_test_add_func ("/sign-in-signed/mutual-tls/none", test_no_certificate);
  g_test_add_func ("/sign-in-signed/mutual-tls/foreign", test_foreign_certificate);
  g_test_add_func ("/sign-in-signed/mutual-tls/alerts", test_alerts);
  g_test_add_func ("/sign-in-signed/mutual-tls/unusable-keys", test_unusable_keys);
  status = g_test_run ();
  plug_http_shutdown ();

  return status;
}
