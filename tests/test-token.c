/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-token.h"

#include <string.h>

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

  return g_test_run ();
}
