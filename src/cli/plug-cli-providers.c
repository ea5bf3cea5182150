/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib/gi18n.h>

#include "plug-broken-definition.h"
#include "plug-definition.h"

#define N_COLUMNS 4

/* As definitions write them. */
static const char *const type_ids[] = {
  [PLUG_PARAMETER_STRING] = "string",     [PLUG_PARAMETER_SECRET] = "secret",   [PLUG_PARAMETER_HOSTNAME] = "hostname",
  [PLUG_PARAMETER_URI] = "uri",           [PLUG_PARAMETER_EMAIL] = "email",     [PLUG_PARAMETER_INTEGER] = "integer",
  [PLUG_PARAMETER_BOOLEAN] = "boolean",   [PLUG_PARAMETER_ENUM] = "enum",       [PLUG_PARAMETER_PEM] = "pem",
  [PLUG_PARAMETER_PATH] = "path",
};

static void
add_boolean (JsonBuilder *builder,
             const char *member,
             gboolean value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value);
}

static void
add_strings (JsonBuilder *builder,
             const char *member,
             const char *const *texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
add_parameters (JsonBuilder *builder,
                PlugMethod *method)
{
  GPtrArray *parameters = plug_method_get_parameters (method);

  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];

    json_builder_begin_object (builder);
    plug_cli_add_string (builder, "id", plug_parameter_get_id (parameter));
    plug_cli_add_string (builder, "label", plug_parameter_get_label (parameter));
    plug_cli_add_string (builder, "type", type_ids[plug_parameter_get_value_type (parameter)]);
    add_boolean (builder, "required", plug_parameter_is_required (parameter));
    add_boolean (builder, "secret", plug_parameter_is_secret (parameter));
    add_boolean (builder, "advanced", plug_parameter_is_advanced (parameter));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_methods (JsonBuilder *builder,
             PlugProvider *provider)
{
  GPtrArray *methods = plug_provider_get_methods (provider);

  json_builder_set_member_name (builder, "methods");
  json_builder_begin_array (builder);
  for (guint i = 0; i < methods->len; i++) {
    PlugMethod *method = methods->pdata[i];

    json_builder_begin_object (builder);
    plug_cli_add_string (builder, "id", plug_method_get_id (method));
    plug_cli_add_string (builder, "label", plug_method_get_label (method));
    add_boolean (builder, "recommended", plug_method_is_recommended (method));
    add_parameters (builder, method);
    add_boolean (builder, "testable", plug_method_get_not_testable_reason (method) == NULL);
    add_boolean (builder, "verified", plug_method_test_is_verified (method));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
print_json (GListModel *providers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);

    json_builder_begin_object (builder);
    plug_cli_add_string (builder, "id", plug_provider_get_id (provider));
    plug_cli_add_string (builder, "name", plug_provider_get_name (provider));
    plug_cli_add_string (builder, "vendor", plug_provider_get_vendor (provider));
    add_strings (builder, "categories", plug_provider_get_categories (provider));
    add_strings (builder, "keywords", plug_provider_get_keywords (provider));
    plug_cli_add_string (builder, "docs", plug_provider_get_docs (provider));
    plug_cli_add_string (builder, "icon", plug_provider_get_icon (provider));
    add_boolean (builder, "own", !plug_provider_is_built_in (provider));
    add_methods (builder, provider);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  plug_cli_print_json (builder);
}

static void
print_table (GListModel *providers)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);
    g_autofree char *categories = g_strjoinv (", ", (char **) plug_provider_get_categories (provider));

    g_ptr_array_add (cells, plug_cli_escape_line (plug_provider_get_id (provider)));
    g_ptr_array_add (cells, plug_cli_escape_line (plug_provider_get_label (provider)));
    g_ptr_array_add (cells, plug_cli_escape_line (categories));
    g_ptr_array_add (cells, g_strdup (plug_provider_is_built_in (provider) ? C_("definition of a service", "built in")
                                                                           : C_("definition of a service", "your own")));
  }
  plug_cli_print_table (cells, N_COLUMNS);
}

static void
complain_about_broken (GListModel *definitions)
{
  for (guint i = 0; i < g_list_model_get_n_items (definitions); i++) {
    g_autoptr (PlugBrokenDefinition) broken = g_list_model_get_item (definitions, i);
    GPtrArray *mistakes = plug_broken_definition_get_mistakes (broken);

    for (guint j = 0; j < mistakes->len; j++) {
      g_autofree char *text = plug_mistake_to_string (mistakes->pdata[j]);
      g_autofree char *line = plug_cli_escape_line (text);

      plug_cli_complain (line);
    }
  }
}

PlugCliStatus
plug_cli_providers (int argc,
                    char **argv)
{
  gboolean json = FALSE;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print a JSON array with one object a service"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    { NULL },
  };
  g_autoptr (PlugCatalogue) catalogue = NULL;

  if (!plug_cli_parse ("providers", NULL, N_("Lists the services that a connection can be made to, your own ones included."),
                       entries, &argc, &argv))
    return PLUG_CLI_USAGE;
  if (operands != NULL) {
    plug_cli_complain (_("“providers” takes no name. Try “plugboard providers --help”."));
    return PLUG_CLI_USAGE;
  }

  catalogue = plug_cli_load_catalogue ();
  if (json)
    print_json (G_LIST_MODEL (catalogue));
  else
    print_table (G_LIST_MODEL (catalogue));
  complain_about_broken (plug_catalogue_get_broken (catalogue));

  return PLUG_CLI_DONE;
}
