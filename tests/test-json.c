/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-json.h"

#include <string.h>

#include "plug-error.h"

static void
test_check_accepts (void)
{
  static const char *const texts[] = {
    "null", "true", "false", "0", "-0", "1.10", "1e3", "-1.5E-7", "1E+2", "\"\"", "{}", "[]", " \t\r\n[ ] \n",
    "{\"\": 1}", "[1, 2, {\"a\": [], \"b\": {}}]", "\"\\ud83d\\ude00\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
    "\"\xc3\xa9 \x7f \xf0\x9f\x98\x80\"", "{\"a\": {\"a\": {\"a\": 1}}, \"b\": [{\"a\": 1}, {\"a\": 1}]}",
    "1.7976931348623157e308", "1e-400", "123456789012345678901234567890",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;

    g_assert_true (plug_json_check (texts[i], -1, &error));
    g_assert_no_error (error);
    node = plug_json_parse (texts[i], -1, &error);
    g_assert_no_error (error);
    g_assert_nonnull (node);
  }
}

typedef struct {
  const char *text;
  const char *message;
} Refusal;

static const Refusal refusals[] = {
  { "", "The JSON text is empty, line 1, column 1" },
  { " \n ", "The JSON text is empty, line 2, column 2" },
  { "{", "The JSON text ends too early, line 1, column 2" },
  { "[1,", "The JSON text ends too early, line 1, column 4" },
  { "\"abc", "The JSON text ends too early, line 1, column 5" },
  { "\"abc\\", "The JSON text ends too early, line 1, column 6" },
  { "tru", "A value is expected, line 1, column 1" },
  { "[1,]", "A value is expected, line 1, column 4" },
  { "{\"a\": 1,}", "A member name in double quotes is expected, line 1, column 9" },
  { "{\"a\" 1}", "A colon is expected, line 1, column 6" },
  { "[1 2]", "A comma or ] is expected, line 1, column 4" },
  { "{\"a\": 1 \"b\": 2}", "A comma or } is expected, line 1, column 9" },
  { "[1}", "A comma or ] is expected, line 1, column 3" },
  { "[1]]", "Text behind the end of the JSON value, line 1, column 4" },
  { "{} x", "Text behind the end of the JSON value, line 1, column 4" },
  { "{\n  'a': 1}", "A member name in double quotes is expected, line 2, column 3" },
  { "// no\n{}", "A value is expected, line 1, column 1" },
  { "{/**/}", "A member name in double quotes is expected, line 1, column 2" },
  { "var x = {}", "A value is expected, line 1, column 1" },
  { "\xef\xbb\xbf{}", "A byte order mark, which JSON does not have, line 1, column 1" },
  { "NaN", "A value is expected, line 1, column 1" },
  { "[Infinity]", "A value is expected, line 1, column 2" },
  { "[-]", "A digit is missing, line 1, column 3" },
  { "[01]", "A comma or ] is expected, line 1, column 3" },
  { "[+1]", "A value is expected, line 1, column 2" },
  { "[1.]", "A digit is missing, line 1, column 4" },
  { "[.5]", "A value is expected, line 1, column 2" },
  { "[1e]", "A digit is missing, line 1, column 4" },
  { "[0x1F]", "A comma or ] is expected, line 1, column 3" },
  { "[1e999]", "The number is too large, line 1, column 2" },
  { "[-1e309]", "The number is too large, line 1, column 2" },
  { "\"a\tb\"", "A control character in a string must be escaped, line 1, column 3" },
  { "\"a\nb\"", "A control character in a string must be escaped, line 1, column 3" },
  { "\"\\x41\"", "Unknown escape, line 1, column 2" },
  { "\"\\u12g4\"", "\\u needs four hexadecimal digits, line 1, column 2" },
  { "\"\\u0000\"", "\\u0000 is not allowed, line 1, column 2" },
  { "\"\\ud83d\"", "Half of a surrogate pair, line 1, column 2" },
  { "\"\\ude00\\ud83d\"", "Half of a surrogate pair, line 1, column 2" },
  { "\"\\ud83d\\u0041\"", "Half of a surrogate pair, line 1, column 2" },
  { "{\"a\": 1,\n \"b\": 2, \"a\": 3}", "Two members of one object have this name, line 2, column 10" },
  { "{\"a\": 1, \"\\u0061\": 3}", "Two members of one object have this name, line 1, column 10" },
  { "[\"\xc3\xa9\xc3\xa9\", x]", "A value is expected, line 1, column 8" },
  { "[\"\xff\"]", "Not UTF-8, line 1, column 3" },
  { "[\"\xed\xa0\x80\"]", "Not UTF-8, line 1, column 3" },
  { "[\"\xc0\x80\"]", "Not UTF-8, line 1, column 3" },
};

static void
test_check_refuses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) parse_error = NULL;

    g_assert_false (plug_json_check (refusals[i].text, -1, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON);
    g_assert_cmpstr (error->message, ==, refusals[i].message);
    g_assert_null (plug_json_parse (refusals[i].text, -1, &parse_error));
    g_assert_cmpstr (parse_error->message, ==, refusals[i].message);
  }
}

static void
test_check_keeps_to_the_length (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *exact = g_memdup2 ("[12]", 4); /* no NUL behind it: AddressSanitizer sees a step too far */

  g_assert_true (plug_json_check (exact, 4, NULL));
  g_assert_false (plug_json_check (exact, 3, NULL));
  g_assert_false (plug_json_check (exact, 0, NULL));
  g_assert_true (plug_json_check ("[1]x", 3, NULL));
  g_assert_false (plug_json_check ("[\"a\0b\"]", 7, &error));
  g_assert_cmpstr (error->message, ==, "A NUL byte, line 1, column 4");
}

/* @n times @open, then @n times @close */
static char *
repeat (const char *open,
        const char *close,
        guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (text, open);
  for (guint i = 0; i < n; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static void
test_check_limits_depth (void)
{
  g_autofree char *deepest = repeat ("[", "]", PLUG_JSON_MAX_DEPTH);
  g_autofree char *too_deep = repeat ("[", "]", PLUG_JSON_MAX_DEPTH + 1);
  g_autofree char *deadly = repeat ("[", "]", 500000);
  g_autofree char *deadly_objects = repeat ("{\"a\":", "}", 150000);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  node = plug_json_parse (deepest, -1, &error);
  g_assert_no_error (error);
  g_assert_nonnull (node);

  g_assert_false (plug_json_check (too_deep, -1, &error));
  g_assert_cmpstr (error->message, ==, "Nested too deeply, line 1, column 65");
  g_assert_false (plug_json_check (deadly, -1, NULL));
  g_assert_false (plug_json_check (deadly_objects, -1, NULL));
}

static void
test_check_limits_size (void)
{
  g_autofree char *text = g_strnfill (PLUG_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  text[0] = '1';
  g_assert_false (plug_json_check (text, -1, &error));
  g_assert_cmpstr (error->message, ==, "The JSON text is longer than 1 MiB, line 1, column 1048577");
  g_assert_true (plug_json_check (text, PLUG_JSON_MAX_BYTES, NULL));
  g_assert_false (plug_json_check (text, PLUG_JSON_MAX_BYTES + 1, NULL));
}

/* Names of one hash: to g_str_hash() (times 33, plus the next byte) "Ab" and "BA" are the same. A hash table of them
 * degrades to a list; sorting them does not. */
static void
test_check_withstands_equal_hashes (void)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1 << 14; i++) {
    char name[33];

    for (guint bit = 0; bit < 15; bit++)
      memcpy (name + 2 * bit, (i >> bit & 1) != 0 ? "Ab" : "BA", 2);
    name[30] = '\0';
    g_assert_cmpuint (g_str_hash (name), ==, g_str_hash ("BABABABABABABABABABABABABABABA"));
    g_string_append_printf (text, "%s\"%s\":0", i > 0 ? "," : "", name);
  }
  g_string_append_c (text, '}');

  g_assert_false (plug_json_check (text->str, text->len, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON);
  g_assert_null (plug_json_parse (text->str, text->len, NULL));
  g_assert_true (g_str_has_prefix (error->message, "The member names of this object are made to collide, line 1"));
}

static void
test_check_accepts_many_members (void)
{
  g_autoptr (GString) text = g_string_new ("{\"\":0");
  g_autoptr (JsonNode) root = NULL;

  for (guint i = 0; i < 70000; i++)
    g_string_append_printf (text, ",\"n%x\":%u", i, i % 10);
  g_string_append_c (text, '}');
  root = plug_json_parse (text->str, text->len, NULL);
  g_assert_nonnull (root);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (root)), ==, 70001);
}

static void
test_parse_values (void)
{
  static const char text[] = "{\"s\": \"a\\u00e9\\ud83d\\ude00\\n\", \"i\": 9007199254740993,"
                             " \"big\": 12345678901234567890, \"d\": 1.10, \"e\": 1e3, \"t\": true, \"n\": null,"
                             " \"a\": [1, [2]], \"\": {\"x\": false}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plug_json_parse (text, -1, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  g_assert_cmpstr (json_object_get_string_member (object, "s"), ==, "a\xc3\xa9\xf0\x9f\x98\x80\n");
  g_assert_cmpint (json_object_get_int_member (object, "i"), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpfloat (json_object_get_double_member (object, "big"), ==, 12345678901234567890.0);
  g_assert_cmpfloat (json_object_get_double_member (object, "d"), ==, 1.1);
  g_assert_cmpfloat (json_object_get_double_member (object, "e"), ==, 1000.0);
  g_assert_true (json_object_get_boolean_member (object, "t"));
  g_assert_true (json_object_get_null_member (object, "n"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (object, "a")), ==, 2);
  g_assert_false (json_object_get_boolean_member (json_object_get_object_member (object, ""), "x"));
}

static void
test_parse_numbers_as_text (void)
{
  static const char text[] = "[1.10, 1e3, 9007199254740993, -0, 123456789012345678901234567890, \"7\", true]";
  static const char *const expected[] = {
    "1.10", "1e3", "9007199254740993", "-0", "123456789012345678901234567890", "7",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plug_json_parse_numbers_as_text (text, -1, &error);
  JsonArray *array;

  g_assert_no_error (error);
  array = json_node_get_array (root);
  g_assert_cmpuint (json_array_get_length (array), ==, G_N_ELEMENTS (expected) + 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpstr (json_array_get_string_element (array, i), ==, expected[i]);
  g_assert_true (json_array_get_boolean_element (array, G_N_ELEMENTS (expected)));
}

static void
test_scalars (void)
{
  static const struct {
    const char *json;
    const char *text;
  } cases[] = {
    { "\"a b\"", "a b" }, { "\"\"", "" },           { "5", "5" },      { "-12", "-12" },
    { "1.5", "1.5" },     { "1.10", "1.1" },        { "0.1", "0.1" },  { "1e3", "1000" },
    { "true", "true" },   { "false", "false" },     { "null", NULL },  { "[]", NULL },
    { "{}", NULL },       { "1e100", "1e+100" },    { "3e-7", "3e-07" },
    { "9223372036854775807", "9223372036854775807" }, { "0.30000000000000004", "0.30000000000000004" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = plug_json_parse (cases[i].json, -1, NULL);
    g_autofree char *text = plug_json_dup_scalar (node);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
  g_assert_null (plug_json_dup_scalar (NULL));
}

/* The document of RFC 6901, section 5, with its table */
static const char rfc6901[] =
  "{\n"
  "   \"foo\": [\"bar\", \"baz\"],\n"
  "   \"\": 0,\n"
  "   \"a/b\": 1,\n"
  "   \"c%d\": 2,\n"
  "   \"e^f\": 3,\n"
  "   \"g|h\": 4,\n"
  "   \"i\\\\j\": 5,\n"
  "   \"k\\\"l\": 6,\n"
  "   \" \": 7,\n"
  "   \"m~n\": 8\n"
  "}";

static const struct {
  const char *pointer;
  const char *value;
  guint line;
  guint column;
} pointers[] = {
  { "/foo/0", "bar", 2, 12 }, { "/foo/1", "baz", 2, 19 }, { "/", "0", 3, 8 },      { "/a~1b", "1", 4, 11 },
  { "/c%d", "2", 5, 11 },     { "/e^f", "3", 6, 11 },     { "/g|h", "4", 7, 11 },  { "/i\\j", "5", 8, 12 },
  { "/k\"l", "6", 9, 12 },    { "/ ", "7", 10, 9 },       { "/m~0n", "8", 11, 11 },
};

static void
test_pointer_resolves (void)
{
  static const char *const nowhere[] = {
    "foo", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/ 1", "/foo/0/x", "/bar", "/foo/", "/m~2n", "//",
  };
  g_autoptr (JsonNode) root = plug_json_parse (rfc6901, -1, NULL);

  g_assert_true (plug_json_resolve (root, "") == root);
  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++) {
    g_autofree char *value = plug_json_dup_scalar (plug_json_resolve (root, pointers[i].pointer));

    g_assert_true (plug_json_pointer_is_valid (pointers[i].pointer));
    g_assert_cmpstr (value, ==, pointers[i].value);
  }
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    g_assert_null (plug_json_resolve (root, nowhere[i]));

  g_assert_true (plug_json_pointer_is_valid (""));
  g_assert_false (plug_json_pointer_is_valid ("a"));
  g_assert_false (plug_json_pointer_is_valid ("/~"));
  g_assert_false (plug_json_pointer_is_valid ("/a~3"));
  g_assert_false (plug_json_pointer_is_valid ("/\xff"));
}

static void
test_pointer_locates (void)
{
  static const char nested[] = "{\"a\": {\"b\": 1, \"c\": [0, {\"b\": 2}]},\n \"b\": {\"c\": [[], \"\xc3\xa9\", 3]}}";
  guint line = 0, column = 0;

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++) {
    g_assert_true (plug_json_locate (rfc6901, pointers[i].pointer, &line, &column));
    g_assert_cmpuint (line, ==, pointers[i].line);
    g_assert_cmpuint (column, ==, pointers[i].column);
  }

  g_assert_true (plug_json_locate (nested, "", &line, &column));
  g_assert_cmpuint (column, ==, 1);
  g_assert_true (plug_json_locate (nested, "/a/c/1/b", &line, &column));
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 31);
  g_assert_true (plug_json_locate (nested, "/b/c/2", &line, &column));
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (column, ==, 23);
  g_assert_false (plug_json_locate (nested, "/b/b", &line, &column));
  g_assert_false (plug_json_locate (nested, "/a/b/0", &line, &column));
  g_assert_false (plug_json_locate (nested, "/b/c/3", &line, &column));
}

/* In any order, twice, and beside what is not there. */
static void
test_pointer_locates_all (void)
{
  static const char text[] = "{\"a\": {\"\": 1,\n  \"c~/\": [0,\n\"\xc3\xa9\", {\"b\": 2}]}, \"b\": 3}";
  static const PlugJsonPlace expected[] = {
    { "/b", 3, 23 }, { "/a/c~0~1/2/b", 3, 12 }, { "", 1, 1 }, { "/a", 1, 7 }, { "/nothing", 0, 0 }, { "/a/c~0~1/01", 0, 0 },
    { "/a/c~0~1/1", 3, 1 }, { "/b", 3, 23 }, { "/a/", 1, 12 }, { "no pointer", 0, 0 }, { "/a/c~0~1", 2, 10 },
    { "/a/c~0~1/0", 2, 11 }, { "/a/c~0~1/3", 0, 0 }, { "/b/0", 0, 0 },
  };
  PlugJsonPlace places[G_N_ELEMENTS (expected)];

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    places[i] = (PlugJsonPlace) { .pointer = expected[i].pointer, .line = 7, .column = 7 };
  plug_json_locate_all (text, places, G_N_ELEMENTS (places));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_test_message ("%s", expected[i].pointer);
    g_assert_cmpuint (places[i].line, ==, expected[i].line);
    g_assert_cmpuint (places[i].column, ==, expected[i].column);
  }
}

static void
test_wipe (void)
{
  g_autoptr (JsonNode) root = plug_json_parse ("{\"a\": [\"secret\", 1], \"b\": {\"c\": \"secret\"}}", -1, NULL);
  const char *first = json_node_get_string (plug_json_resolve (root, "/a/0"));
  const char *second = json_node_get_string (plug_json_resolve (root, "/b/c"));

  plug_json_wipe (root);
  for (guint i = 0; i < strlen ("secret"); i++) {
    g_assert_cmpint (first[i], ==, 0);
    g_assert_cmpint (second[i], ==, 0);
  }
}

/* Changes a few bytes of good texts. Whatever comes out, check and parse must agree, and an error has a position. */
static void
test_check_and_parse_agree (void)
{
  static const char *const seeds[] = {
    rfc6901,
    "{\"a\": [1, -2.5e3, true, false, null, \"\\ud83d\\ude00\\u00e9\\\"\"], \"b\": {\"c\": {}}}",
    "[[[[[{\"x\":[0.1,10,1E+2]}]]]], \"\xc3\xa9\xf0\x9f\x98\x80\"]",
  };
  static const char alphabet[] = "{}[]\",:\\/u0123456789.eE+-tfnrblas \n\x01\x7f\xc3\xa9\xed\xff'*";
  g_autoptr (GRand) rand = g_rand_new_with_seed (6901);
  guint n_valid = 0;

  for (guint round = 0; round < 40000; round++) {
    const char *seed = seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))];
    gsize length = strlen (seed);
    g_autofree char *text = g_memdup2 (seed, length);
    guint n_changes = g_rand_int_range (rand, 0, 4);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;
    gboolean valid;

    for (guint i = 0; i < n_changes; i++)
      text[g_rand_int_range (rand, 0, length)] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
    if (g_rand_int_range (rand, 0, 8) == 0)
      length = g_rand_int_range (rand, 0, length);

    valid = plug_json_check (text, length, &error);
    node = plug_json_parse_numbers_as_text (text, length, NULL);
    g_assert_cmpint (valid, ==, node != NULL);
    g_assert_cmpint (valid, ==, error == NULL);
    if (!valid)
      g_assert_nonnull (strstr (error->message, ", line "));
    n_valid += valid;
  }

  g_assert_cmpuint (n_valid, >, 1000);
  g_assert_cmpuint (n_valid, <, 39000);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/check/accepts", test_check_accepts);
  g_test_add_func ("/json/check/refuses", test_check_refuses);
  g_test_add_func ("/json/check/keeps-to-the-length", test_check_keeps_to_the_length);
  g_test_add_func ("/json/check/limits-depth", test_check_limits_depth);
  g_test_add_func ("/json/check/limits-size", test_check_limits_size);
  g_test_add_func ("/json/check/withstands-equal-hashes", test_check_withstands_equal_hashes);
  g_test_add_func ("/json/check/accepts-many-members", test_check_accepts_many_members);
  g_test_add_func ("/json/parse/values", test_parse_values);
  g_test_add_func ("/json/parse/numbers-as-text", test_parse_numbers_as_text);
  g_test_add_func ("/json/parse/agrees-with-check", test_check_and_parse_agree);
  g_test_add_func ("/json/scalars", test_scalars);
  g_test_add_func ("/json/pointer/resolves", test_pointer_resolves);
  g_test_add_func ("/json/pointer/locates", test_pointer_locates);
  g_test_add_func ("/json/pointer/locates-all", test_pointer_locates_all);
  g_test_add_func ("/json/wipe", test_wipe);

  return g_test_run ();
}
