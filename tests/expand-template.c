/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lets anyone run a foreign RFC 6570 test suite on PlugTemplate. Reads lines {"template": …, "variables": {…}} from
 * standard input and prints one line for each: the expansion, or "error: " and the reason. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plug-error.h"
#include "plug-json.h"
#include "plug-template.h"

/* Numbers stand in a URL as they are written in the line, hence the second reading. */
static char *
expand (JsonNode *line,
        JsonNode *line_with_numbers_as_text,
        GError **error)
{
  JsonNode *text = plug_json_resolve (line, "/template");
  JsonNode *variables = plug_json_resolve (line_with_numbers_as_text, "/variables");
  g_autoptr (PlugTemplate) template = NULL;
  g_autoptr (JsonObject) none = json_object_new ();

  if (text == NULL || json_node_get_value_type (text) != G_TYPE_STRING ||
      (variables != NULL && !JSON_NODE_HOLDS_OBJECT (variables))) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON,
                 "A line is an object of \"template\", a string, and \"variables\", an object");
    return NULL;
  }

  template = plug_template_new_url (json_node_get_string (text), error);
  if (template == NULL)
    return NULL;

  return plug_template_expand_json (template, variables != NULL ? json_node_get_object (variables) : none, error);
}

static char *
expand_line (const char *line,
             gssize length,
             GError **error)
{
  g_autoptr (JsonNode) root = plug_json_parse (line, length, error);
  g_autoptr (JsonNode) with_numbers_as_text = NULL;

  if (root == NULL)
    return NULL;
  with_numbers_as_text = plug_json_parse_numbers_as_text (line, length, error);
  if (with_numbers_as_text == NULL)
    return NULL;

  return expand (root, with_numbers_as_text, error);
}

int
main (void)
{
  char *line = NULL;
  size_t size = 0;
  ssize_t length;

  while ((length = getline (&line, &size, stdin)) >= 0) {
    g_autoptr (GError) error = NULL;
    g_autofree char *expansion = NULL;

    if (length > 0 && line[length - 1] == '\n')
      line[--length] = '\0';
    expansion = expand_line (line, length, &error);
    if (expansion != NULL)
      puts (expansion);
    else
      printf ("error: %s\n", error->message);
    fflush (stdout);
  }
  free (line);

  return ferror (stdin) || ferror (stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
