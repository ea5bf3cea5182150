/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-schema.h"

#include <string.h>

typedef struct {
  const char *schema;
  const char *instance;
  const char *mistakes; /* "POINTER REASON\n"…; "" when the instance is right */
} Case;

/* Every keyword that the published schema uses, right and wrong. */
static const Case cases[] = {
  { "{\"type\": \"object\"}", "{}", "" },
  { "{\"type\": \"object\"}", "[]", " must be of the type object\n" },
  { "{\"type\": \"array\"}", "[]", "" },
  { "{\"type\": \"string\"}", "1", " must be of the type string\n" },
  { "{\"type\": \"boolean\"}", "true", "" },
  { "{\"type\": \"boolean\"}", "1", " must be of the type boolean\n" },
  { "{\"type\": \"integer\"}", "1.0", "" },
  { "{\"type\": \"integer\"}", "1.5", " must be of the type integer\n" },
  { "{\"type\": [\"string\", \"integer\"]}", "5", "" },
  { "{\"type\": [\"string\", \"integer\"]}", "null", " must be of the type string or integer\n" },
  { "{\"enum\": [\"a\", 1]}", "1", "" },
  { "{\"enum\": [\"a\", 1]}", "\"b\"", " must be one of \"a\", 1\n" },
  { "{\"const\": 1}", "1.0", "" },
  { "{\"const\": true}", "false", " must be true\n" },
  { "{\"pattern\": \"^a+$\"}", "\"aa\"", "" },
  { "{\"pattern\": \"^a+$\"}", "\"aa\\n\"", " does not match ^a+$\n" }, /* $ is the very end */
  { "{\"pattern\": \"^a+$\", \"description\": \"some a\"}", "\"b\"", " is not as it must be: some a\n" },
  { "{\"pattern\": \"^[^\\\\u0000-\\\\u001f]*$\"}", "\"a\\u0001\"", " does not match ^[^\\u0000-\\u001f]*$\n" },
  { "{\"pattern\": \"^a$\"}", "5", "" }, /* says nothing of other types */
  { "{\"minLength\": 1}", "\"\"", " must not be empty\n" },
  { "{\"maxLength\": 2}", "\"äöü\"", " is longer than 2 characters\n" },
  { "{\"maxLength\": 3}", "\"äöü\"", "" }, /* characters, not bytes */
  { "{\"minimum\": 1}", "0", " is less than 1\n" },
  { "{\"maximum\": 1}", "1.5", " is more than 1\n" },
  { "{\"items\": {\"type\": \"string\"}}", "[\"a\", 1, 2]", "/1 must be of the type string\n/2 must be of the type string\n" },
  { "{\"minItems\": 1}", "[]", " needs at least 1 entry\n" },
  { "{\"maxItems\": 1}", "[1, 2]", " has more than 1 entries\n" },
  { "{\"uniqueItems\": true}", "[1, 2, 1]", " entries 0 and 2 are the same\n" },
  { "{\"required\": [\"a\", \"b\"]}", "{\"a\": 1}", " lacks the member “b”\n" },
  { "{\"properties\": {\"a\": {\"type\": \"string\"}}}", "{\"a\": 1, \"b\": 1}", "/a must be of the type string\n" },
  { "{\"properties\": {\"a\": {}}, \"additionalProperties\": false}", "{\"a\": 1, \"b/c\": 1}",
    "/b~1c is not a member that belongs here\n" },
  { "{\"additionalProperties\": {\"type\": \"string\"}}", "{\"a\": 1}", "/a must be of the type string\n" },
  { "{\"propertyNames\": {\"maxLength\": 1}}", "{\"ab\": 1}", "/ab is longer than 1 characters\n" },
  { "{\"minProperties\": 1}", "{}", " needs at least 1 member\n" },
  { "{\"maxProperties\": 1}", "{\"a\": 1, \"b\": 1}", " may have 1 members at most\n" },
  { "{\"$ref\": \"#/$defs/text\", \"$defs\": {\"text\": {\"type\": \"string\"}}}", "1", " must be of the type string\n" },
  { "{\"oneOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}", "1", "" },
  { "{\"oneOf\": [{\"type\": \"string\"}, {\"maxLength\": 3}]}", "\"a\"", " fits more than one form\n" },
  /* Of several, the mistakes of the branch that was meant. */
  { "{\"oneOf\": [{\"properties\": {\"kind\": {\"const\": \"a\"}, \"x\": {\"type\": \"string\"}}, \"required\": [\"kind\", \"x\"]},"
    " {\"properties\": {\"kind\": {\"const\": \"b\"}}, \"required\": [\"kind\"]}]}",
    "{\"kind\": \"a\", \"x\": 1}", "/x must be of the type string\n" },
  { "{\"oneOf\": [{\"type\": \"integer\"}, {\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"string\"}}}]}",
    "{\"x\": 1}", "/x must be of the type string\n" },
  { "{\"oneOf\": [{\"type\": [\"string\", \"boolean\"]}, {\"type\": \"array\", \"items\": {\"type\": \"string\"}}]}",
    "[1]", "/0 must be of the type string\n" },
  /* Of a kind that there is none of, nothing but that. */
  { "{\"oneOf\": [{\"properties\": {\"kind\": {\"const\": \"a\"}, \"x\": {\"type\": \"string\"}}, \"required\": [\"kind\"]},"
    " {\"properties\": {\"kind\": {\"const\": \"b\"}}, \"required\": [\"kind\", \"y\"]}]}",
    "{\"kind\": \"c\", \"x\": 1}", "/kind must be one of \"a\", \"b\"\n" },
  /* Of two that know no kind, the one that knows the members, whatever is wrong with them. */
  { "{\"oneOf\": [{\"properties\": {\"x\": {\"type\": \"string\"}}, \"required\": [\"x\"], \"additionalProperties\": false},"
    " {\"properties\": {\"y\": {\"items\": {\"type\": \"string\"}}}, \"required\": [\"y\"], \"additionalProperties\": false}]}",
    "{\"y\": [1, 2, 3]}", "/y/0 must be of the type string\n/y/1 must be of the type string\n/y/2 must be of the type string\n" },
  /* What there are too many of is not looked at. */
  { "{\"items\": {\"type\": \"string\"}, \"maxItems\": 2}", "[\"a\", 1, 2, 3]",
    "/1 must be of the type string\n has more than 2 entries\n" },
  { "{\"additionalProperties\": {\"type\": \"string\"}, \"maxProperties\": 1}", "{\"a\": 1, \"b\": 2}",
    "/a must be of the type string\n may have 1 members at most\n" },
};

static void
note_cb (PlugSchemaFault fault,
         const char *pointer,
         const char *reason,
         gpointer user_data)
{
  g_assert_cmpint (fault == PLUG_SCHEMA_LACKS, ==, g_str_has_prefix (reason, "lacks"));
  g_string_append_printf (user_data, "%s %s\n", pointer, reason);
}

static void
test_keywords (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) schema = json_from_string (cases[i].schema, NULL);
    g_autoptr (JsonNode) instance = json_from_string (cases[i].instance, NULL);
    g_autoptr (GString) mistakes = g_string_new (NULL);
    gboolean right;

    g_test_message ("%s of %s", cases[i].schema, cases[i].instance);
    g_assert_nonnull (schema);
    g_assert_nonnull (instance);
    right = plug_schema_check (schema, instance, note_cb, mistakes);
    g_assert_cmpstr (mistakes->str, ==, cases[i].mistakes);
    g_assert_cmpint (right, ==, *cases[i].mistakes == '\0');
  }
}

/* A keyword that nobody checks would be a rule that nobody keeps. */
static void
test_unknown_keyword (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (JsonNode) schema = json_from_string ("{\"multipleOf\": 3}", NULL);
    g_autoptr (JsonNode) instance = json_from_string ("4", NULL);

    plug_schema_check (schema, instance, note_cb, NULL);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
}

static void
test_pointer (void)
{
  g_autoptr (GString) pointer = g_string_new ("/a");

  plug_schema_append_pointer (pointer, "b/c~d");
  g_assert_cmpstr (pointer->str, ==, "/a/b~1c~0d");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema/keywords", test_keywords);
  g_test_add_func ("/schema/unknown-keyword", test_unknown_keyword);
  g_test_add_func ("/schema/pointer", test_pointer);

  return g_test_run ();
}
