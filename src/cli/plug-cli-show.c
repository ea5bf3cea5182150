/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib/gi18n.h>

#include "plug-sentence.h"

/* A file edited by hand may hold a value that belongs into the keyring: it is not printed either. */
static gboolean
is_secret (PlugConnection *connection,
           const char *id)
{
  PlugMethod *method = plug_connection_get_method (connection);
  PlugParameter *parameter = method != NULL ? plug_method_get_parameter (method, id) : NULL;

  return plug_values_is_secret (plug_connection_get_values (connection), id)
         || (parameter != NULL && plug_parameter_is_secret (parameter));
}

static void
add_values (JsonBuilder *builder,
            PlugConnection *connection)
{
  PlugValues *values = plug_connection_get_values (connection);
  PlugMethod *method = plug_connection_get_method (connection);
  g_autofree const char **ids = values != NULL ? plug_values_get_ids (values) : NULL;

  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    if (!is_secret (connection, ids[i]))
      plug_cli_add_string (builder, ids[i], plug_values_get (values, ids[i]));
  }
  json_builder_end_object (builder);

  json_builder_set_member_name (builder, "secrets");
  json_builder_begin_array (builder);
  for (guint i = 0; method != NULL && i < plug_method_get_parameters (method)->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (plug_method_get_parameters (method), i);

    if (plug_parameter_is_secret (parameter))
      json_builder_add_string_value (builder, plug_parameter_get_id (parameter));
  }
  json_builder_end_array (builder);
}

static void
print_json (PlugConnection *connection)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GFile *file = plug_connection_get_file (connection);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  plug_cli_add_connection (builder, connection);
  add_values (builder, connection);
  plug_cli_add_string (builder, "created", plug_connection_get_created (connection));
  plug_cli_add_string (builder, "modified", plug_connection_get_modified (connection));
  plug_cli_add_string (builder, "file", path);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  plug_cli_print_json (builder);
}

static void
print_line (const char *label,
            const char *text)
{
  g_autofree char *escaped_label = plug_cli_escape (label);
  g_autofree char *escaped = plug_cli_escape (text != NULL && *text != '\0' ? text : "–");

  g_print ("%s: %s\n", escaped_label, escaped);
}

static void
print_values (PlugConnection *connection)
{
  PlugMethod *method = plug_connection_get_method (connection);
  PlugValues *values = plug_connection_get_values (connection);
  GPtrArray *parameters;

  if (method == NULL || values == NULL)
    return;

  parameters = plug_method_get_parameters (method);
  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (parameters, i);
    const char *id = plug_parameter_get_id (parameter);
    const char *label = plug_sentence_translate (plug_parameter_get_label (parameter));

    if (is_secret (connection, id))
      print_line (label, C_("instead of a secret", "in the keyring"));
    else
      print_line (label, plug_values_get (values, id));
  }
}

static void
print_text (PlugConnection *connection)
{
  GFile *file = plug_connection_get_file (connection);
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;
  g_autofree char *tested = plug_cli_dup_time (plug_connection_get_tested (connection));

  print_line (C_("of a connection", "Name"), plug_connection_get_name (connection));
  print_line (C_("of a connection", "Service"), plug_cli_get_provider_name (connection));
  print_line (C_("of a connection", "Method"), plug_cli_get_method_label (connection));
  print_values (connection);
  print_line (C_("of a connection", "Outcome"), plug_sentence_for_outcome (plug_connection_get_outcome (connection)));
  print_line (C_("of a connection", "Tested"), tested);
  print_line (C_("of a connection", "Created"), plug_connection_get_created (connection));
  print_line (C_("of a connection", "Modified"), plug_connection_get_modified (connection));
  print_line (C_("of a connection", "File"), path);
}

PlugCliStatus
plug_cli_show (int argc,
               char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print a JSON array with one object"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    { NULL },
  };
  g_autoptr (PlugStore) store = NULL;
  PlugConnection *connection;
  const GError *problem;
  const char *name;

  if (!plug_cli_parse ("show", N_("NAME"), N_("Shows a connection, without its secrets. The keyring is not asked."), entries,
                       &argc, &argv))
    return PLUG_CLI_USAGE;
  name = plug_cli_get_name (operands);
  if (name == NULL)
    return PLUG_CLI_USAGE;

  store = plug_cli_open_store ();
  connection = plug_cli_find (store, name);
  if (connection == NULL)
    return PLUG_CLI_NOT_FOUND;

  if (json)
    print_json (connection);
  else
    print_text (connection);

  problem = plug_connection_get_problem (connection);
  if (problem != NULL) {
    g_autofree char *sentence = plug_sentence_for_error (problem, NULL);
    g_autofree char *details = plug_cli_escape (problem->message);

    plug_cli_complain_about (name, sentence);
    plug_cli_complain_about (name, details);
    return plug_cli_status_for_error (problem);
  }

  return PLUG_CLI_DONE;
}
