/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib/gi18n.h>

#include "plug-sentence.h"

#define N_COLUMNS 4

static void
print_json (GListModel *connections)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (connections); i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (connections, i);

    json_builder_begin_object (builder);
    plug_cli_add_connection (builder, connection);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  plug_cli_print_json (builder);
}

static char *
dup_verdict (PlugConnection *connection)
{
  const char *outcome = plug_sentence_for_outcome (plug_connection_get_outcome (connection));
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *age = NULL;

  if (plug_connection_get_problem (connection) != NULL)
    return plug_sentence_for_error (plug_connection_get_problem (connection), NULL);
  if (plug_connection_get_tested (connection) == 0)
    return g_strdup (outcome);
  age = plug_sentence_for_age (plug_connection_get_tested (connection), now);

  /* Translators: %1$s is an outcome such as "Passed", %2$s an age such as "3 minutes ago". */
  return g_strdup_printf (C_("outcome and age", "%1$s, %2$s"), outcome, age);
}

static char *
dup_cell (PlugConnection *connection,
          guint column)
{
  const char *text;

  switch (column) {
  case 0:
    text = plug_connection_get_name (connection);
    break;
  case 1:
    text = plug_cli_get_provider_name (connection);
    break;
  case 2:
    text = plug_cli_get_method_label (connection);
    break;
  default:
    return dup_verdict (connection);
  }

  return plug_cli_escape (text != NULL ? text : "–");
}

static void
print_table (GListModel *connections)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (connections); i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (connections, i);

    for (guint column = 0; column < N_COLUMNS; column++)
      g_ptr_array_add (cells, dup_cell (connection, column));
  }
  plug_cli_print_table (cells, N_COLUMNS);
}

PlugCliStatus
plug_cli_list (int argc,
               char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print a JSON array with one object a connection"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    { NULL },
  };
  g_autoptr (PlugStore) store = NULL;

  if (!plug_cli_parse ("list", NULL, N_("Lists the connections. The keyring is not asked."), entries, &argc, &argv))
    return PLUG_CLI_USAGE;
  if (operands != NULL) {
    plug_cli_complain (_("“list” takes no name. Try “plugboard list --help”."));
    return PLUG_CLI_USAGE;
  }

  store = plug_cli_open_store ();
  if (json)
    print_json (G_LIST_MODEL (store));
  else
    print_table (G_LIST_MODEL (store));

  return PLUG_CLI_DONE;
}
