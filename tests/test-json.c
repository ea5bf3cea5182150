/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-error.h"
#include "plug-json.h"

#include <string.h>

static void
test_accepts (void)
{
  static const char * const good[] = {
    "{}",
    " [ ] ",
    "\"\"",
    "null",
    "-0.5e+10",
    "{\"a\":[1,2,{\"b\":null}],\"c\":\"\\ud83d\\ude00 \\\" \\\\ \\/\"}",
    "[\"\\u00e9\",\"é\",\"\xf0\x9f\x98\x80\"]",
    "12345678901234567890",
    "{\"a\":{\"a\":{\"a\":1}}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = plug_json_parse (good[i], -1, &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
    }
}

static void
test_refuses (void)
{
  static const struct {
    const char *text;
    const char *message;
  } bad[] = {
    { "", "it is empty, line 1, column 1" },
    { "  \n ", "it is empty, line 2, column 2" },
    { "\xef\xbb\xbf{}", "a value is missing, line 1, column 1" },
    { "{\"a\":1,}", "a member's name in double quotes is missing, line 1, column 8" },
    { "[1,]", "a value is missing, line 1, column 4" },
    { "[1 2]", "a comma is missing, line 1, column 4" },
    { "{\"a\" 1}", "a colon is missing, line 1, column 6" },
    { "{'a':1}", "a member's name in double quotes is missing, line 1, column 2" },
    { "// x\n{}", "a value is missing, line 1, column 1" },
    { "/* x */ {}", "a value is missing, line 1, column 1" },
    { "{} {}", "something stands behind the end, line 1, column 4" },
    { "[NaN]", "a value is missing, line 1, column 2" },
    { "[Infinity]", "a value is missing, line 1, column 2" },
    { "[01]", "a comma is missing, line 1, column 3" },
    { "[1.]", "a digit is missing in a number, line 1, column 4" },
    { "[.5]", "a value is missing, line 1, column 2" },
    { "[+1]", "a value is missing, line 1, column 2" },
    { "[1e999]", "a number is too large, line 1, column 2" },
    { "[\"a", "a string is not closed, line 1, column 4" },
    { "[\"a\nb\"]", "a control character stands unescaped in a string, line 1, column 4" },
    { "[\"\\x\"]", "unknown escape in a string, line 1, column 4" },
    { "[\"\\u12g4\"]", "a \\u escape needs four hexadecimal digits, line 1, column 5" },
    { "[\"\\u0000\"]", "\\u0000 is not allowed, line 1, column 9" },
    { "[\"\\ud800\"]", "a surrogate stands alone, line 1, column 9" },
    { "[\"\\udc00\"]", "a surrogate stands alone, line 1, column 9" },
    { "{\"a\":1,\n \"\\u0061\":2}", "a member's name occurs twice, line 2, column 2" },
    { "[\"\xff\"]", "it is not UTF-8, line 1, column 3" },
    { "[\"\xed\xa0\x80\"]", "it is not UTF-8, line 1, column 3" },
    { "[1", "it ends too early, line 1, column 3" },
    { "[1}", "a comma is missing, line 1, column 3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (plug_json_check (bad[i].text, -1, &error));
      g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON);
      g_assert_cmpstr (error->message, ==, bad[i].message);
    }
}

static void
test_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < PLUG_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < PLUG_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  g_assert_true (plug_json_check (text->str, -1, NULL));
  g_string_prepend_c (text, '[');
  g_assert_false (plug_json_check (text->str, -1, &error));
  g_assert_true (g_str_has_prefix (error->message, "nested too deeply"));

  /* Twice what makes json-glib 1.6 crash. */
  g_string_set_size (text, 0);
  for (int i = 0; i < 200000; i++)
    g_string_append_c (text, '[');
  g_assert_false (plug_json_check (text->str, -1, NULL));

  g_string_set_size (text, PLUG_JSON_MAX_BYTES + 1);
  memset (text->str, ' ', PLUG_JSON_MAX_BYTES + 1);
  text->str[0] = '1';
  g_assert_false (plug_json_check (text->str, (gssize) text->len, NULL));
  g_assert_true (plug_json_check (text->str, PLUG_JSON_MAX_BYTES, NULL));
  g_assert_false (plug_json_check ("[1]\0", 4, NULL));
}

static void
test_resolve (void)
{
  /* The document and the pointers of RFC 6901, section 5. */
  static const char document[] = "{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,\"i\\\\j\":5,"
                                 "\"k\\\"l\":6,\" \":7,\"m~n\":8}";
  static const struct {
    const char *pointer;
    const char *value;
  } rows[] = {
    { "/foo/0", "bar" }, { "/", "0" },      { "/a~1b", "1" }, { "/c%d", "2" }, { "/e^f", "3" },  { "/g|h", "4" },
    { "/i\\j", "5" },    { "/k\"l", "6" },  { "/ ", "7" },    { "/m~0n", "8" }, { "/foo/2", NULL }, { "/foo/00", NULL },
    { "/foo/-", NULL },  { "/nil", NULL },  { "/foo/0/x", NULL }, { "/foo", NULL }, { "/m~2n", NULL }, { "foo", NULL },
  };
  g_autoptr (JsonNode) root = plug_json_parse (document, -1, NULL);

  g_assert_true (plug_json_resolve (root, "") == root);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *value = plug_json_dup_scalar (plug_json_resolve (root, rows[i].pointer));

      g_assert_cmpstr (value, ==, rows[i].value);
    }
}

static void
test_locate (void)
{
  static const char document[] = "{\n  \"a\": [1, {\"b\": -2.5e3},\n    true],\n  \"é\": {}, \"x/y\": null\n}\n";
  static const struct {
    const char *pointer;
    guint line;
    guint column;
  } rows[] = {
    { "", 1, 1 }, { "/a", 2, 8 }, { "/a/0", 2, 9 }, { "/a/1/b", 2, 18 }, { "/a/2", 3, 5 }, { "/é", 4, 8 }, { "/x~1y", 4, 19 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint line = 0, column = 0;

      g_assert_true (plug_json_locate (document, rows[i].pointer, &line, &column));
      g_assert_cmpuint (line, ==, rows[i].line);
      g_assert_cmpuint (column, ==, rows[i].column);
    }
  g_assert_false (plug_json_locate (document, "/a/3", &(guint){ 0 }, &(guint){ 0 }));
  g_assert_false (plug_json_locate (document, "/b", &(guint){ 0 }, &(guint){ 0 }));
}

static void
test_quote_numbers (void)
{
  g_autofree char *quoted = plug_json_quote_numbers ("{\"a\":1.10,\"b 2\":[-0,1e3,true,false,null,\"\\\"3\"]}");

  g_assert_cmpstr (quoted, ==, "{\"a\":\"1.10\",\"b 2\":[\"-0\",\"1e3\",true,false,null,\"\\\"3\"]}");
}

/* Whatever bytes come, the check ends, and what it accepts json-glib can read. */
static void
test_mutations (void)
{
  static const char seed_text[] = "{\"a\":[1,-2.5e3,\"\\u00e9\\ud83d\\ude00\",{\"b\":null,\"c\":[true,false]}],\"d\":\"x\"}";
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);

  for (int round = 0; round < 20000; round++)
    {
      g_autofree char *text = g_strdup (seed_text);
      g_autoptr (GError) error = NULL;
      gsize length = sizeof seed_text - 1;

      for (int i = g_rand_int_range (random, 1, 4); i > 0; i--)
        text[g_rand_int_range (random, 0, (int) length)] = "\"\\{}[],:0e-nt\xc3\x01\0"[g_rand_int_range (random, 0, 17)];
      if (plug_json_check (text, (gssize) length, &error))
        {
          g_autoptr (JsonNode) node = plug_json_parse (text, (gssize) length, &error);

          g_assert_no_error (error);
          g_assert_nonnull (node);
        }
      else
        g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/check/accepts", test_accepts);
  g_test_add_func ("/json/check/refuses", test_refuses);
  g_test_add_func ("/json/check/limits", test_limits);
  g_test_add_func ("/json/check/mutations", test_mutations);
  g_test_add_func ("/json/resolve/rfc6901", test_resolve);
  g_test_add_func ("/json/locate", test_locate);
  g_test_add_func ("/json/quote-numbers", test_quote_numbers);
  return g_test_run ();
}
