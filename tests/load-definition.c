/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* load-definition: what the program says of definitions. Reads lines {"text": …, "file": NAME, "builtIn": …} and prints
 * a line for each: {"schema": [POINTER…], "mistakes": [{"pointer": …, "line": …, "reason": …}…]}. The schema alone is
 * what plug-schema.c finds; the mistakes are the loader's. The file and whether it is built in may be missing. */
#include <stdio.h>
#include <stdlib.h>

#include "plug-definition.h"
#include "plug-json.h"
#include "plug-provider-private.h"
#include "plug-schema.h"

static void
add_pointer_cb (PlugSchemaFault fault,
                const char *pointer,
                const char *reason,
                gpointer user_data)
{
  json_builder_add_string_value (user_data, pointer);
}

/* Nothing when @text is no JSON: a schema has no say in that. */
static void
add_schema (JsonBuilder *builder,
            JsonNode *schema,
            const char *text)
{
  g_autoptr (JsonNode) node = plug_json_parse (text, -1, NULL);

  json_builder_set_member_name (builder, "schema");
  json_builder_begin_array (builder);
  if (node != NULL)
    plug_schema_check (schema, node, add_pointer_cb, builder);
  json_builder_end_array (builder);
}

static void
add_mistake (JsonBuilder *builder,
             const PlugMistake *mistake)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pointer");
  json_builder_add_string_value (builder, mistake->pointer);
  json_builder_set_member_name (builder, "line");
  json_builder_add_int_value (builder, mistake->line);
  json_builder_set_member_name (builder, "reason");
  json_builder_add_string_value (builder, mistake->reason);
  json_builder_end_object (builder);
}

static void
add_mistakes (JsonBuilder *builder,
              JsonObject *line,
              const char *text)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider =
      plug_definition_load (text, -1, json_object_get_string_member_with_default (line, "file", NULL),
                            json_object_get_boolean_member_with_default (line, "builtIn", FALSE), &mistakes);

  g_assert ((provider != NULL) == (mistakes->len == 0));
  json_builder_set_member_name (builder, "mistakes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < mistakes->len; i++)
    add_mistake (builder, g_ptr_array_index (mistakes, i));
  json_builder_end_array (builder);
}

/* NULL when the line is none of ours. */
static char *
judge_line (JsonNode *schema,
            const char *text,
            gssize length)
{
  g_autoptr (JsonNode) line = plug_json_parse (text, length, NULL);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *definition;

  if (line == NULL || !JSON_NODE_HOLDS_OBJECT (line))
    return NULL;
  definition = json_object_get_string_member_with_default (json_node_get_object (line), "text", NULL);
  if (definition == NULL)
    return NULL;

  json_builder_begin_object (builder);
  add_schema (builder, schema, definition);
  add_mistakes (builder, json_node_get_object (line), definition);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

int
main (void)
{
  g_autoptr (JsonNode) schema = plug_json_parse (plug_provider_schema, -1, NULL);
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&line, &size, stdin)) >= 0) {
    g_autofree char *verdict = judge_line (schema, line, length);

    if (verdict == NULL)
      g_error ("A line is an object with “text”");
    puts (verdict);
    fflush (stdout);
  }
  free (line);

  return ferror (stdin) || ferror (stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
