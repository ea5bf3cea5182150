/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include <string.h>

#include "certificates.h"
#include "jwt-verifier.h"
#include "plug-buffer.h"
#include "plug-error.h"
#include "plug-form.h"
#include "plug-http.h"
#include "plug-memory-vault.h"
#include "plug-sentence.h"

#define JSON_TYPE "application/json"
#define FORM_TYPE "application/x-www-form-urlencoded"
#define JWT_BEARER_GRANT "urn:ietf:params:oauth:grant-type:jwt-bearer"
#define JWT_BEARER_CLIENT "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#define ISSUED "{\"access_token\":\"" SIGN_IN_TOKEN "\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
#define OTHER_SECRET "pass word&4713"

/* Made once: a new RSA key takes its time. */
static char *rsa_key, *other_rsa_key, *ec_key, *other_ec_key;

typedef const char *(*Getter) (const Visit *visit,
                               const char *name);

typedef struct {
  Getter get;
  const char *name;
  const char *value;
} Expected;

static gboolean
judge_text (const Visit *visit,
            gpointer user_data)
{
  const Expected *expected = user_data;

  return g_strcmp0 (expected->get (visit, expected->name), expected->value) == 0;
}

static gboolean
judge_bearer (const Visit *visit,
              gpointer user_data)
{
  return g_strcmp0 (visit_get_header (visit, "Authorization"), "Bearer " SIGN_IN_TOKEN) == 0;
}

static char *
dup_basic (const char *user,
           const char *password)
{
  g_autofree char *pair = g_strconcat (user, ":", password, NULL);
  g_autofree char *base64 = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", base64, NULL);
}

static void
test_api_key (void)
{
  static const struct {
    const char *auth;
    Expected expected;
  } rows[] = {
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Api-Key\",\"value\":\"{key}\"}",
      { visit_get_header, "X-Api-Key", SIGN_IN_SECRET } },
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"Authorization\",\"value\":\"Token token={key}\"}",
      { visit_get_header, "Authorization", "Token token=" SIGN_IN_SECRET } },
    { "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"api_key\",\"value\":\"{key}\"}",
      { visit_get_parameter, "api_key", SIGN_IN_SECRET } },
    { "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"session\",\"value\":\"{key}\"}",
      { visit_get_header, "Cookie", "session=" SIGN_IN_SECRET } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    const SignIn sign_in = { .auth = rows[i].auth };

    verifying_server_judge (server, "GET /me", judge_text, (gpointer) &rows[i].expected, SIGN_IN_ME);
    sign_in_check (&sign_in, server);
  }
}

static void
test_api_key_in_body (void)
{
  static const struct {
    const char *type;
    Expected key, name;
  } rows[] = {
    { FORM_TYPE, { visit_get_form, "key", SIGN_IN_SECRET }, { visit_get_form, "user", SIGN_IN_USER } },
    { JSON_TYPE, { visit_get_json, "key", SIGN_IN_SECRET }, { visit_get_json, "user", SIGN_IN_USER } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Expected *both[] = { &rows[i].key, &rows[i].name };

    /* What stands beside the key has to come through, too. */
    for (guint j = 0; j < G_N_ELEMENTS (both); j++) {
      g_autoptr (VerifyingServer) server = verifying_server_new ();
      g_autoptr (PlugVerdict) verdict = NULL;
      g_autofree char *test = g_strdup_printf ("{\"request\":{\"method\":\"POST\",\"url\":\"{+base}/me\",\"contentType\":\"%s\","
                                               "\"body\":{\"user\":\"{user}\"}}}", rows[i].type);
      const SignIn sign_in = {
        .auth = "{\"type\":\"apiKey\",\"in\":\"body\",\"name\":\"key\",\"value\":\"{key}\"},"
                "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-User\",\"value\":\"{user}\"}",
        .test = test,
      };

      verifying_server_judge (server, "POST /me", judge_text, (gpointer) both[j], SIGN_IN_ME);
      if (j == 0) {
        sign_in_check (&sign_in, server);
      } else {
        verdict = sign_in_run (&sign_in, server);
        sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
      }
    }
  }
}

static void
test_http (void)
{
  g_autofree char *basic = dup_basic (SIGN_IN_USER, SIGN_IN_SECRET);
  g_autofree char *alone = dup_basic (SIGN_IN_SECRET, "");
  const struct {
    const char *auth;
    const char *header;
  } rows[] = {
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"}", basic },
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{key}\"}", alone },
    { "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{key}\"}", "Bearer " SIGN_IN_SECRET },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    Expected expected = { visit_get_header, "Authorization", rows[i].header };
    const SignIn sign_in = { .auth = rows[i].auth };

    verifying_server_judge (server, "GET /me", judge_text, &expected, SIGN_IN_ME);
    sign_in_check (&sign_in, server);
  }
}

typedef struct {
  const char *alg;
  const char *key;
  VerifyingServer *server;
} ExpectedJwt;

/* As RFC 7523, section 3, wants it. */
static gboolean
is_good_jwt (const char *text,
             const ExpectedJwt *expected)
{
  g_autoptr (Jwt) jwt = text != NULL ? jwt_read (text, expected->alg, expected->key) : NULL;
  g_autofree char *audience = g_strconcat (verifying_server_get_origin (expected->server), "/token", NULL);

  return jwt != NULL && jwt_is_timely (jwt) && g_strcmp0 (jwt_get_claim (jwt, "aud"), audience) == 0
         && g_strcmp0 (jwt_get_claim (jwt, "iss"), SIGN_IN_USER) == 0;
}

static gboolean
judge_bearer_jwt (const Visit *visit,
                  gpointer user_data)
{
  const char *header = visit_get_header (visit, "Authorization");

  return header != NULL && g_str_has_prefix (header, "Bearer ") && is_good_jwt (header + strlen ("Bearer "), user_data);
}

static gboolean
judge_header_jwt (const Visit *visit,
                  gpointer user_data)
{
  return is_good_jwt (visit_get_header (visit, "X-Assertion"), user_data);
}

#define CLAIMS "\"claims\":{\"iss\":\"{user}\",\"sub\":\"{user}\",\"aud\":\"{base}/token\"}"

static void
test_assertions (void)
{
  const struct {
    const char *alg, *key, *wrong;
  } rows[] = {
    { "RS256", rsa_key, other_rsa_key },
    { "PS256", rsa_key, other_rsa_key },
    { "ES256", ec_key, other_ec_key },
    { "HS256", SIGN_IN_SECRET, NULL },
  };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    const char *alg = rows[i / 2].alg;
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    ExpectedJwt expected = { alg, rows[i / 2].key, server };
    /* The shortest life that a definition uses: the clocks' difference must not eat it up. */
    g_autofree char *auth = g_strdup_printf (
      "{%s,\"assertion\":{\"alg\":\"%s\",\"key\":\"{%s}\",\"lifetime\":%u," CLAIMS "}}",
      i % 2 == 0 ? "\"type\":\"http\",\"scheme\":\"bearer\""
                 : "\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Assertion\"",
      alg, rows[i / 2].wrong != NULL ? "pem" : "key", i % 2 == 0 ? 60 : 3600);
    const SignIn sign_in = { .auth = auth, .pem = rows[i / 2].wrong != NULL ? rows[i / 2].key : NULL,
                             .wrong_pem = rows[i / 2].wrong };

    verifying_server_judge (server, "GET /me", i % 2 == 0 ? judge_bearer_jwt : judge_header_jwt, &expected, SIGN_IN_ME);
    sign_in_check (&sign_in, server);
  }
}

/* Nothing is sent then, and the sentence says what is wrong with the key. */
static void
test_unusable_key (void)
{
  g_autofree char *encrypted = private_key_dup_encrypted ("passphrase");
  static const char *const auths[] = {
    "{\"type\":\"http\",\"scheme\":\"bearer\",\"assertion\":{\"alg\":\"RS256\",\"key\":\"{pem}\"," CLAIMS "}}",
    "{\"type\":\"oauth2\",\"flows\":{\"x-jwtBearer\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
    "\"assertion\":{\"alg\":\"RS256\",\"key\":\"{pem}\"," CLAIMS "}}",
    "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
    "\"token_endpoint_auth_method\":\"private_key_jwt\",\"assertion\":{\"alg\":\"RS256\",\"key\":\"{pem}\"," CLAIMS "}}",
  };
  const char *keys[] = { encrypted, ec_key, "-----BEGIN PRIVATE KEY-----\nQUJD\n-----END PRIVATE KEY-----\n" };

  for (guint i = 0; i < G_N_ELEMENTS (auths) * G_N_ELEMENTS (keys); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    const SignIn sign_in = { .auth = auths[i / G_N_ELEMENTS (keys)], .pem = keys[i % G_N_ELEMENTS (keys)] };
    g_autoptr (PlugVerdict) verdict = sign_in_run (&sign_in, server);
    g_autofree char *sentence = NULL;

    sign_in_assert_outcome (verdict, PLUG_OUTCOME_NOT_REACHABLE);
    g_assert_error (verdict->error, PLUG_ERROR, PLUG_ERROR_KEY_UNREADABLE);
    g_assert_cmpstr (verdict->blamed[0], ==, "pem");
    g_assert_null (verdict->blamed[1]);
    sentence = plug_sentence_for_error (verdict->error, NULL);
    g_assert_nonnull (strstr (sentence, "private key"));
    sign_in_assert_hides (verdict, sign_in.pem);
  }
}

typedef struct {
  const char *grant;  /* "client_credentials", "password" or that of RFC 7523 */
  const char *method; /* RFC 7591's */
  gboolean json;
  ExpectedJwt jwt;
} ExpectedToken;

static gboolean
is_right_client (const Visit *visit,
                 const ExpectedToken *expected,
                 Getter get)
{
  const char *header = visit_get_header (visit, "Authorization");
  const char *id = get (visit, "client_id");
  const char *secret = get (visit, "client_secret");

  if (g_str_equal (expected->method, "client_secret_basic")) {
    /* RFC 6749, section 2.3.1: "@" and "/" are encoded before base64. */
    g_autofree char *basic = dup_basic ("ada%40example.com", "s3cret%2Fvalue%2B4711%3D%3D");

    return id == NULL && secret == NULL && g_strcmp0 (header, basic) == 0;
  }
  if (header != NULL || g_strcmp0 (id, g_str_equal (expected->grant, JWT_BEARER_GRANT) ? NULL : SIGN_IN_USER) != 0)
    return FALSE;
  if (g_str_equal (expected->method, "private_key_jwt"))
    return secret == NULL && g_strcmp0 (get (visit, "client_assertion_type"), JWT_BEARER_CLIENT) == 0
           && is_good_jwt (get (visit, "client_assertion"), &expected->jwt);

  return g_strcmp0 (secret, g_str_equal (expected->method, "client_secret_post") ? SIGN_IN_SECRET : NULL) == 0;
}

static gboolean
judge_token_request (const Visit *visit,
                     gpointer user_data)
{
  const ExpectedToken *expected = user_data;
  Getter get = expected->json ? visit_get_json : visit_get_form;
  gboolean is_public = g_str_equal (expected->method, "none");

  if (g_strcmp0 (visit_get_header (visit, "Content-Type"), expected->json ? JSON_TYPE : FORM_TYPE) != 0 ||
      g_strcmp0 (visit_get_header (visit, "Accept"), JSON_TYPE) != 0)
    return FALSE;
  if (g_strcmp0 (get (visit, "grant_type"), expected->grant) != 0 || !is_right_client (visit, expected, get))
    return FALSE;
  if (g_str_equal (expected->grant, JWT_BEARER_GRANT) && !is_good_jwt (get (visit, "assertion"), &expected->jwt))
    return FALSE;
  if (g_str_equal (expected->grant, "password") &&
      (g_strcmp0 (get (visit, "username"), "ada") != 0 ||
       g_strcmp0 (get (visit, "password"), is_public ? SIGN_IN_SECRET : OTHER_SECRET) != 0))
    return FALSE;

  return g_strcmp0 (get (visit, "scope"), "read write") == 0
         && g_strcmp0 (get (visit, "resource"), "urn:x \"y\"") == 0
         && g_strcmp0 (visit_get_header (visit, "X-Tenant"), SIGN_IN_USER) == 0;
}

/* Every grant with every way to say who asks, as a form and as JSON, with more parameters and headers. */
static void
check_oauth2 (const char *flow,
              const char *grant,
              const char *method,
              gboolean json)
{
  g_autoptr (VerifyingServer) server = verifying_server_new ();
  ExpectedToken expected = { grant, method, json, { "RS256", rsa_key, server } };
  gboolean has_jwt = g_str_equal (method, "private_key_jwt") || g_str_equal (grant, JWT_BEARER_GRANT);
  gboolean has_secret = g_str_has_prefix (method, "client_secret");
  gboolean has_password = g_str_equal (grant, "password");
  g_autofree char *auth = g_strdup_printf (
    "{\"type\":\"oauth2\",\"flows\":{\"%s\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
    "\"token_endpoint_auth_method\":\"%s\",\"token_content_type\":\"%s\",\"scope\":\"read write\",%s%s%s"
    "\"token_params\":{\"resource\":\"urn:x \\\"y\\\"\",\"empty\":\"{other}{key}\"},\"token_headers\":{\"X-Tenant\":\"{user}\"}}",
    flow, method, json ? JSON_TYPE : FORM_TYPE, has_secret ? "\"client_secret\":\"{key}\"," : "",
    has_password ? (has_secret || has_jwt ? "\"username\":\"ada\",\"password\":\"{other}\","
                                          : "\"username\":\"ada\",\"password\":\"{key}\",")
                 : "",
    has_jwt ? "\"assertion\":{\"alg\":\"RS256\",\"key\":\"{pem}\"," CLAIMS "}," : "");
  const SignIn sign_in = { .auth = auth, .values = "other=" OTHER_SECRET, .pem = has_jwt ? rsa_key : NULL,
                           .wrong_pem = has_jwt ? other_rsa_key : NULL };

  verifying_server_judge (server, "POST /token", judge_token_request, &expected, ISSUED);
  verifying_server_judge (server, "GET /me", judge_bearer, NULL, SIGN_IN_ME);
  if (has_jwt || has_secret || has_password) {
    sign_in_check (&sign_in, server);
  } else {
    g_autoptr (PlugVerdict) verdict = sign_in_run (&sign_in, server);

    sign_in_assert_outcome (verdict, PLUG_OUTCOME_PASSED);
  }
  g_assert_cmpuint (verifying_server_get_n_right (server, "GET /me"), ==, 1);
  g_assert_cmpuint (verifying_server_get_n_wrong (server, "GET /me"), ==, 0);
}

static void
test_oauth2 (void)
{
  static const char *const methods[] = { "client_secret_post", "client_secret_basic", "none", "private_key_jwt" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (methods); i++) {
    check_oauth2 ("clientCredentials", "client_credentials", methods[i / 2], i % 2 == 1);
    check_oauth2 ("password", "password", methods[i / 2], i % 2 == 1);
  }
  check_oauth2 ("x-jwtBearer", JWT_BEARER_GRANT, "none", FALSE);
  check_oauth2 ("x-jwtBearer", JWT_BEARER_GRANT, "none", TRUE);
}

static gboolean
judge_anything (const Visit *visit,
                gpointer user_data)
{
  return TRUE;
}

/* The token lies elsewhere in the answer, and is shown in another way. */
static void
test_apply (void)
{
  g_autofree char *basic = dup_basic (SIGN_IN_TOKEN, "X");
  const struct {
    const char *apply;
    Expected expected;
  } rows[] = {
    { "{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{access_token}\"}",
      { visit_get_header, "Authorization", "Bearer " SIGN_IN_TOKEN } },
    { "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{access_token}\",\"password\":\"X\"}",
      { visit_get_header, "Authorization", basic } },
    { "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Token\",\"value\":\"t {access_token}\"}",
      { visit_get_header, "X-Token", "t " SIGN_IN_TOKEN } },
    { "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"token\",\"value\":\"{access_token}\"}",
      { visit_get_parameter, "token", SIGN_IN_TOKEN } },
    { "{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":\"token\",\"value\":\"{access_token}\"}",
      { visit_get_header, "Cookie", "token=" SIGN_IN_TOKEN } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VerifyingServer) server = verifying_server_new ();
    Expected wrong = { rows[i].expected.get, rows[i].expected.name, "another" };
    g_autofree char *auth = g_strdup_printf (
      "{\"type\":\"oauth2\",\"flows\":{\"clientCredentials\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
      "\"client_secret\":\"{key}\",\"access_token\":\"/data/0/token\",\"apply\":%s}", rows[i].apply);
    const SignIn sign_in = { .auth = auth };
    g_autoptr (PlugVerdict) passed = NULL;
    g_autoptr (PlugVerdict) not_taken = NULL;

    verifying_server_judge (server, "POST /token", judge_anything, NULL,
                            "{\"data\":[{\"token\":\"" SIGN_IN_TOKEN "\"}],\"token_type\":\"mac\"}");
    verifying_server_judge (server, "GET /me", judge_text, (gpointer) &rows[i].expected, SIGN_IN_ME);
    passed = sign_in_run (&sign_in, server);
    sign_in_assert_outcome (passed, PLUG_OUTCOME_PASSED);
    g_assert_cmpstr (passed->identity, ==, "ada");

    /* A service that does not take its own token shows it in its answer. */
    verifying_server_judge (server, "GET /me", judge_text, &wrong, SIGN_IN_ME);
    not_taken = sign_in_run (&sign_in, server);
    sign_in_assert_outcome (not_taken, PLUG_OUTCOME_NOT_PERMITTED);
    g_assert_nonnull (strstr (not_taken->details, "I do not take this"));
    sign_in_assert_hides (not_taken, SIGN_IN_TOKEN);
    sign_in_assert_hides (not_taken, SIGN_IN_TOKEN ":X");
  }
}

static gboolean
judge_google (const Visit *visit,
              gpointer user_data)
{
  const ExpectedJwt *expected = user_data;
  const char *assertion = visit_get_form (visit, "assertion");
  g_autoptr (Jwt) jwt = assertion != NULL ? jwt_read (assertion, "RS256", expected->key) : NULL;

  return jwt != NULL && is_good_jwt (assertion, expected)
         && g_strcmp0 (visit_get_form (visit, "grant_type"), JWT_BEARER_GRANT) == 0
         && g_strcmp0 (jwt_get_header (jwt, "kid"), "0123abcd") == 0
         && g_strcmp0 (jwt_get_claim (jwt, "scope"), "https://www.googleapis.com/auth/cloud-platform") == 0;
}

static char *
dup_key_file (const char *key)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  static const char *const members[] = { "type", "service_account", "project_id", "example", "private_key_id", "0123abcd",
                                         "client_email", SIGN_IN_USER, "universe_domain", "googleapis.com" };

  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (members); i += 2) {
    json_builder_set_member_name (builder, members[i]);
    json_builder_add_string_value (builder, members[i + 1]);
  }
  json_builder_set_member_name (builder, "private_key");
  json_builder_add_string_value (builder, key);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, TRUE);
}

/* A Google service account: the file that the console makes fills in the form. */
static void
test_service_account (void)
{
  const SignIn sign_in = {
    .auth = "{\"type\":\"oauth2\",\"flows\":{\"x-jwtBearer\":{\"tokenUrl\":\"{+base}/token\"}},\"client_id\":\"{user}\","
            "\"token_endpoint_auth_method\":\"none\",\"assertion\":{\"alg\":\"RS256\",\"key\":\"{pem}\",\"kid\":\"{id}\","
            "\"claims\":{\"iss\":\"{user}\",\"scope\":\"https://www.googleapis.com/auth/cloud-platform\","
            "\"aud\":\"{base}/token\"},\"lifetime\":3600}}",
  };
  const char *const keys[] = { rsa_key, other_rsa_key };
  static const PlugOutcome outcomes[] = { PLUG_OUTCOME_PASSED, PLUG_OUTCOME_REFUSED };
  g_autoptr (VerifyingServer) server = verifying_server_new ();
  ExpectedJwt expected = { "RS256", rsa_key, server };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugVault) vault = PLUG_VAULT (plug_memory_vault_new ());
  g_autoptr (PlugStore) store = plug_store_new (NULL, NULL, catalogue, vault);

  verifying_server_judge (server, "POST /token", judge_google, &expected, ISSUED);
  verifying_server_judge (server, "GET /me", judge_bearer, NULL, SIGN_IN_ME);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (PlugProvider) provider = sign_in_new_provider (
      &sign_in, "{\"label\":\"Key file\",\"set\":{\"user\":\"/client_email\",\"id\":\"/private_key_id\","
                "\"pem\":\"/private_key\"}}");
    g_autoptr (PlugForm) form = plug_form_new (store, provider);
    g_autofree char *file = dup_key_file (keys[i]);
    g_autoptr (GBytes) content = g_bytes_new (file, strlen (file));
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugDraft) draft = NULL;
    g_autoptr (PlugVerdict) verdict = NULL;

    plug_form_set_text (form, "base", verifying_server_get_origin (server));
    g_assert_true (plug_form_load_key_file (form, content, &error));
    g_assert_no_error (error);
    draft = plug_form_dup_draft (form, FALSE);
    g_assert_nonnull (draft);
    verdict = sign_in_run_draft (draft);
    sign_in_assert_outcome (verdict, outcomes[i]);
    sign_in_assert_hides (verdict, keys[i]);
  }
}

static gboolean
judge_both (const Visit *visit,
            gpointer user_data)
{
  g_autofree char *basic = dup_basic (SIGN_IN_USER, SIGN_IN_SECRET);

  return g_strcmp0 (visit_get_header (visit, "Authorization"), basic) == 0
         && g_strcmp0 (visit_get_header (visit, "X-Api-Key"), OTHER_SECRET) == 0
         && g_strcmp0 (visit_get_parameter (visit, "account"), SIGN_IN_USER) == 0;
}

/* All schemes of a method go with one request. */
static void
test_together (void)
{
  g_autoptr (VerifyingServer) server = verifying_server_new ();
  const SignIn sign_in = {
    .auth = "{\"type\":\"http\",\"scheme\":\"basic\",\"username\":\"{user}\",\"password\":\"{key}\"},"
            "{\"type\":\"apiKey\",\"in\":\"header\",\"name\":\"X-Api-Key\",\"value\":\"{other}\"},"
            "{\"type\":\"apiKey\",\"in\":\"query\",\"name\":\"account\",\"value\":\"{user}\"}",
    .values = "other=" OTHER_SECRET,
  };

  verifying_server_judge (server, "GET /me", judge_both, NULL, SIGN_IN_ME);
  sign_in_check (&sign_in, server);
}

int
main (int argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  rsa_key = private_key_dup_rsa ();
  other_rsa_key = private_key_dup_rsa ();
  ec_key = private_key_dup_ec ();
  other_ec_key = private_key_dup_ec ();
  g_test_add_func ("/sign-in/api-key/table", test_api_key);
  g_test_add_func ("/sign-in/api-key/body", test_api_key_in_body);
  g_test_add_func ("/sign-in/http/table", test_http);
  g_test_add_func ("/sign-in/together", test_together);
  g_test_add_func ("/sign-in/assertion/table", test_assertions);
  g_test_add_func ("/sign-in/assertion/unusable-key", test_unusable_key);
  g_test_add_func ("/sign-in/oauth2/table", test_oauth2);
  g_test_add_func ("/sign-in/oauth2/apply", test_apply);
  g_test_add_func ("/sign-in/oauth2/service-account", test_service_account);
  status = g_test_run ();
  plug_http_shutdown ();
  g_free (rsa_key);
  g_free (other_rsa_key);
  g_free (ec_key);
  g_free (other_ec_key);

  return status;
}
