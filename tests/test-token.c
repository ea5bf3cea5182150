/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-token.h"

#include <string.h>

#include "plug-http-private.h"

static PlugToken *
read_token (const PlugScheme *scheme,
            const char *body,
            PlugRedactor *redactor,
            PlugBuffer **answer)
{
  PlugBuffer *buffer = plug_buffer_new ();
  PlugToken *token;

  plug_buffer_append (buffer, body, -1);
  token = plug_token_read (scheme, NULL, buffer, redactor);
  if (answer != NULL)
    *answer = buffer;
  else
    plug_buffer_free (buffer);

  return token;
}

static void
test_table (void)
{
  static const struct {
    const char *body;
    PlugTokenState state;
    const char *token;
  } rows[] = {
    { "{\"access_token\":\"abc.DEF-123\"}", PLUG_TOKEN_USABLE, "abc.DEF-123" },
    { "{\n \"scope\": \"ä\",\n  \"ü\": 1, \"access_token\" : \"abc\" }", PLUG_TOKEN_USABLE, "abc" },
    { "{\"access_token\":\"a\\/b\\u0041\\\"\\\\\"}", PLUG_TOKEN_USABLE, "a/bA\"\\" },
    { "{\"access_token\":\"1|abc\",\"token_type\":\"BEARER\"}", PLUG_TOKEN_USABLE, "1|abc" },
    { "{\"access_token\":\"abc\",\"token_type\":null}", PLUG_TOKEN_USABLE, "abc" },
    { "{\"access_token\":\"abc\",\"token_type\":\"mac\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"a\\nb\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"a\\r\\nX-Evil: 1\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"a b\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"ä\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"\\ud83d\\ude00\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"\"}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":42}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":{}}", PLUG_TOKEN_UNUSABLE, NULL },
    { "{\"access_token\":\"a\\u0000b\"}", PLUG_TOKEN_ABSENT, NULL },
    { "{\"access_token\":\"\\ud800\"}", PLUG_TOKEN_ABSENT, NULL },
    { "{\"access_token\":null}", PLUG_TOKEN_ABSENT, NULL },
    { "{}", PLUG_TOKEN_ABSENT, NULL },
    { "[\"access_token\"]", PLUG_TOKEN_ABSENT, NULL },
    { "{\"access_token\":\"abc\"", PLUG_TOKEN_ABSENT, NULL },
    { "", PLUG_TOKEN_ABSENT, NULL },
  };
  const PlugScheme scheme = { .kind = PLUG_SCHEME_OAUTH2 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
    g_autoptr (PlugToken) token = read_token (&scheme, rows[i].body, redactor, NULL);

    g_test_message ("%s", rows[i].body);
    g_assert_cmpint (token->state, ==, rows[i].state);
    g_assert_cmpstr (token->access_token, ==, rows[i].token);
  }
}

static void
test_too_long (void)
{
  const PlugScheme scheme = { .kind = PLUG_SCHEME_OAUTH2 };
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autofree char *text = g_strnfill (100 * 1024, 'a');
  g_autofree char *body = g_strdup_printf ("{\"access_token\":\"%s\"}", text);
  g_autoptr (PlugToken) token = read_token (&scheme, body, redactor, NULL);

  g_assert_cmpint (token->state, ==, PLUG_TOKEN_UNUSABLE);
}

/* What a JSON parser gets to see, and so may copy, has no token in it any more; and no text can show one. */
static void
test_takes_every_token (void)
{
  const PlugScheme scheme = { .kind = PLUG_SCHEME_OAUTH2 };
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autoptr (PlugBuffer) answer = NULL;
  g_autoptr (PlugToken) token = read_token (&scheme,
                                            "{\"access_token\":\"access-4711\",\"refresh_token\":\"refresh-4712\","
                                            "\"id_token\":\"identity-4713\",\"scope\":\"all\"}",
                                            redactor, &answer);
  g_autofree char *shown = plug_text_from_untrusted (redactor, "access-4711 refresh-4712 identity-4713", -1, 100);

  g_assert_cmpint (token->state, ==, PLUG_TOKEN_USABLE);
  g_assert_null (strstr (answer->text, "4711"));
  g_assert_null (strstr (answer->text, "4712"));
  g_assert_null (strstr (answer->text, "4713"));
  g_assert_nonnull (strstr (answer->text, "\"scope\":\"all\""));
  g_assert_null (strstr (shown, "471"));
}

static void
test_pointers (void)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  const PlugScheme scheme = {
    .kind = PLUG_SCHEME_OAUTH2,
    .access_token = (char *) "/data/token",
    .expires_in = (char *) "/data/lifetime",
    .set = set,
  };
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autoptr (PlugToken) token = NULL;

  g_hash_table_insert (set, (gpointer) "instance", (gpointer) "/instance_url");
  g_hash_table_insert (set, (gpointer) "missing", (gpointer) "/not/there");
  token = read_token (&scheme, "{\"data\":{\"token\":\"abc\",\"lifetime\":60},\"instance_url\":\"https://eu.example.com\"}",
                      redactor, NULL);
  g_assert_cmpstr (token->access_token, ==, "abc");
  g_assert_cmpint (token->expires_in, ==, 60);
  g_assert_cmpstr (plug_values_get (token->learnt, "instance"), ==, "https://eu.example.com");
  g_assert_null (plug_values_get (token->learnt, "missing"));
}

static void
test_expires_in (void)
{
  static const struct {
    const char *json;
    gint64 seconds;
  } rows[] = {
    { "3600", 3600 },
    { "\"3600\"", 3600 },
    { "0", 0 },
    { "-1", 0 },
    { "1e99", G_GINT64_CONSTANT (315360000) },
    { "9223372036854775808", G_GINT64_CONSTANT (315360000) },
    { "null", -1 },
    { "\"soon\"", -1 },
    { "\"\"", -1 },
    { "\"nan\"", -1 },
    { "{}", -1 },
  };
  const PlugScheme scheme = { .kind = PLUG_SCHEME_OAUTH2 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
    g_autofree char *body = g_strdup_printf ("{\"access_token\":\"abc\",\"expires_in\":%s}", rows[i].json);
    g_autoptr (PlugToken) token = read_token (&scheme, body, redactor, NULL);

    g_assert_cmpint (token->expires_in, ==, rows[i].seconds);
  }
}

typedef struct {
  const char *answer; /* or the headers, each with its line end */
  PlugTokenState state;
  const char *token;
} LoginRow;

static PlugHttpResponse *
new_response (const char *headers)
{
  PlugHttpResponse *response = plug_http_response_new ();
  g_auto (GStrv) lines = g_strsplit (headers, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    plug_http_response_append_header (response, lines[i], strlen (lines[i]));

  return response;
}

static void
check_login (PlugTokenPlace place,
             const char *name,
             const LoginRow *rows,
             gsize n_rows)
{
  gboolean in_headers = place == PLUG_TOKEN_IN_HEADER || place == PLUG_TOKEN_IN_COOKIE;
  const PlugScheme scheme = { .kind = PLUG_SCHEME_LOGIN, .token_place = place, .token_name = (char *) name };

  for (gsize i = 0; i < n_rows; i++) {
    g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
    g_autoptr (PlugHttpResponse) response = new_response (in_headers ? rows[i].answer : "");
    g_autoptr (PlugBuffer) body = plug_buffer_new ();
    g_autoptr (PlugToken) token = NULL;
    g_autofree char *shown = NULL;

    g_test_message ("%.100s", rows[i].answer);
    if (!in_headers)
      plug_buffer_append (body, rows[i].answer, -1);
    token = plug_token_read (&scheme, response, body, redactor);
    g_assert_cmpint (token->state, ==, rows[i].state);
    g_assert_cmpstr (token->access_token, ==, rows[i].token);
    if (rows[i].token == NULL)
      continue;
    /* Neither the parser nor a person gets to see it. */
    g_assert_null (strstr (body->text, rows[i].token));
    shown = plug_text_from_untrusted (redactor, rows[i].token, -1, 100);
    g_assert_null (strstr (shown, rows[i].token));
  }
}

static void
test_in_header (void)
{
  static const LoginRow rows[] = {
    { "X-Token: abc-4711\r\nX-Other: 1", PLUG_TOKEN_USABLE, "abc-4711" },
    { "x-token:abc-4711", PLUG_TOKEN_USABLE, "abc-4711" },
    { "X-Token:   abc-4711  ", PLUG_TOKEN_USABLE, "abc-4711" },
    { "X-Token: first-4711\r\nX-Token: second-4711", PLUG_TOKEN_USABLE, "first-4711" },
    { "X-Token-Id: abc", PLUG_TOKEN_ABSENT, NULL },
    { "X-Token:", PLUG_TOKEN_UNUSABLE, NULL },
    { "X-Token: a b", PLUG_TOKEN_UNUSABLE, NULL },
    { "X-Token: ä", PLUG_TOKEN_UNUSABLE, NULL },
    { "", PLUG_TOKEN_ABSENT, NULL },
  };

  check_login (PLUG_TOKEN_IN_HEADER, "X-Token", rows, G_N_ELEMENTS (rows));
}

static void
test_in_cookie (void)
{
  static const LoginRow rows[] = {
    { "Set-Cookie: session=abc-4711; Path=/; HttpOnly", PLUG_TOKEN_USABLE, "abc-4711" },
    { "Set-Cookie: other=1\r\nset-cookie: session=abc-4711", PLUG_TOKEN_USABLE, "abc-4711" },
    { "Set-Cookie: session=abc=4711==; Secure", PLUG_TOKEN_USABLE, "abc=4711==" },
    { "Set-Cookie: session=\"abc-4711\"; Path=/", PLUG_TOKEN_USABLE, "\"abc-4711\"" },
    { "Set-Cookie: mysession=abc", PLUG_TOKEN_ABSENT, NULL },
    { "Set-Cookie: session2=abc", PLUG_TOKEN_ABSENT, NULL },
    { "Set-Cookie: other=session=abc", PLUG_TOKEN_ABSENT, NULL },
    { "Set-Cookie: session=; Max-Age=0", PLUG_TOKEN_UNUSABLE, NULL },
    { "Set-Cookie: session", PLUG_TOKEN_ABSENT, NULL },
    { "Cookie: session=abc", PLUG_TOKEN_ABSENT, NULL },
  };

  check_login (PLUG_TOKEN_IN_COOKIE, "session", rows, G_N_ELEMENTS (rows));
}

static void
test_is_body (void)
{
  static const LoginRow rows[] = {
    { "abc-4711", PLUG_TOKEN_USABLE, "abc-4711" },
    { " \r\n abc-4711\n", PLUG_TOKEN_USABLE, "abc-4711" },
    { "\"abc-4711\"", PLUG_TOKEN_USABLE, "abc-4711" },
    { "\n \"abc\\u002d4711\"\n", PLUG_TOKEN_USABLE, "abc-4711" },
    { "\xef\xbb\xbf\"abc-4711\"", PLUG_TOKEN_USABLE, "abc-4711" },
    /* Something else, which would go out as a token otherwise */
    { "{\"error\":\"denied\"}", PLUG_TOKEN_ABSENT, NULL },
    { "\n{\"error\":\"denied\"}", PLUG_TOKEN_ABSENT, NULL },
    { " [\"denied\"]", PLUG_TOKEN_ABSENT, NULL },
    { "\r\n<denied/>", PLUG_TOKEN_ABSENT, NULL },
    { "\xef\xbb\xbf{\"error\":1}", PLUG_TOKEN_ABSENT, NULL },
    { "Wrong password", PLUG_TOKEN_UNUSABLE, NULL },
    { "\"abc", PLUG_TOKEN_ABSENT, NULL },
    { "\"a\" b", PLUG_TOKEN_ABSENT, NULL },
    { "\"\"", PLUG_TOKEN_UNUSABLE, NULL },
    { "   ", PLUG_TOKEN_UNUSABLE, NULL },
    { "", PLUG_TOKEN_ABSENT, NULL },
  };

  check_login (PLUG_TOKEN_IS_BODY, NULL, rows, G_N_ELEMENTS (rows));
}

/* The words of a refusal are no token: somebody is to read them. */
static void
test_is_no_body (void)
{
  const PlugScheme scheme = { .kind = PLUG_SCHEME_LOGIN, .token_place = PLUG_TOKEN_IS_BODY };
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autoptr (PlugHttpResponse) response = plug_http_response_new ();
  g_autoptr (PlugBuffer) body = plug_buffer_new ();
  g_autoptr (PlugToken) token = NULL;

  response->status = 401;
  plug_buffer_append (body, "Denied", -1);
  token = plug_token_read (&scheme, response, body, redactor);
  g_assert_cmpint (token->state, ==, PLUG_TOKEN_ABSENT);
  g_assert_cmpstr (body->text, ==, "Denied");
}

static void
test_in_element (void)
{
  static const LoginRow rows[] = {
    { "<?xml version=\"1.0\"?><r><token>abc-4711</token></r>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<token>\n  abc-4711\n</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<n:token xmlns:n=\"urn:x\">abc-4711</n:token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<token\n type=\"a\">abc-4711</token >", PLUG_TOKEN_USABLE, "abc-4711" },
    /* A quoted ">" ends no tag, and quotes may stand within the other kind */
    { "<token a=\"x>y\" b='>\"'>abc-4711</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<tokenExpiry>60</tokenExpiry><token>abc-4711</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<token:id>7</token:id><my-token>8</my-token><token>abc-4711</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<a b=\"token\">7</a><token>abc-4711</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<token/><token>abc-4711</token>", PLUG_TOKEN_USABLE, "abc-4711" },
    { "<Token>abc</Token>", PLUG_TOKEN_ABSENT, NULL },
    { "<token></token>", PLUG_TOKEN_UNUSABLE, NULL },
    { "<token>a b</token>", PLUG_TOKEN_UNUSABLE, NULL },
    { "<token><inner>abc</inner></token>", PLUG_TOKEN_ABSENT, NULL },
    { "<token>abc<more/></token>", PLUG_TOKEN_ABSENT, NULL },
    /* Broken off, at each place */
    { "<token>abc-4711", PLUG_TOKEN_ABSENT, NULL },
    { "<token>abc-4711<", PLUG_TOKEN_ABSENT, NULL },
    { "<token>abc-4711</tok", PLUG_TOKEN_ABSENT, NULL },
    { "<token a=\"x>abc</token>", PLUG_TOKEN_ABSENT, NULL },
    { "<token a=\"", PLUG_TOKEN_ABSENT, NULL },
    { "<token ", PLUG_TOKEN_ABSENT, NULL },
    { "<token", PLUG_TOKEN_ABSENT, NULL },
    { "<n:", PLUG_TOKEN_ABSENT, NULL },
    { "<", PLUG_TOKEN_ABSENT, NULL },
    { "token", PLUG_TOKEN_ABSENT, NULL },
    { "", PLUG_TOKEN_ABSENT, NULL },
  };

  check_login (PLUG_TOKEN_IN_ELEMENT, "token", rows, G_N_ELEMENTS (rows));
}

/* The time must grow with the answer, and not with its square: 1 MiB is what an answer may have. */
static void
test_hostile (void)
{
  static const char *const parts[] = { "<", "<token ", "<n:", "\"", "<token/>", "<token a=\"", "<tokens>" };
  static const PlugTokenPlace places[] = { PLUG_TOKEN_IN_ELEMENT, PLUG_TOKEN_IS_BODY };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (GString) body = g_string_new (NULL);

    while (body->len < 1024 * 1024 - 16)
      g_string_append (body, parts[i]);
    for (guint j = 0; j < G_N_ELEMENTS (places); j++) {
      const PlugScheme scheme = { .kind = PLUG_SCHEME_LOGIN, .token_place = places[j], .token_name = (char *) "token" };
      g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
      gint64 started_us = g_get_monotonic_time ();
      g_autoptr (PlugToken) token = read_token (&scheme, body->str, redactor, NULL);

      g_assert_cmpint (token->state, !=, PLUG_TOKEN_USABLE);
      g_assert_cmpint (g_get_monotonic_time () - started_us, <, 2 * G_TIME_SPAN_SECOND);
    }
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/token/read/table", test_table);
  g_test_add_func ("/token/read/too-long", test_too_long);
  g_test_add_func ("/token/read/takes-every-token", test_takes_every_token);
  g_test_add_func ("/token/read/pointers", test_pointers);
  g_test_add_func ("/token/read/expires-in", test_expires_in);
  g_test_add_func ("/token/login/header", test_in_header);
  g_test_add_func ("/token/login/cookie", test_in_cookie);
  g_test_add_func ("/token/login/body", test_is_body);
  g_test_add_func ("/token/login/no-body", test_is_no_body);
  g_test_add_func ("/token/login/element", test_in_element);
  g_test_add_func ("/token/login/hostile", test_hostile);

  return g_test_run ();
}
