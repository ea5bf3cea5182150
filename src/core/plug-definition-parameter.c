/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include "plug-json.h"
#include "plug-parameter-private.h"

/* The fields of a method's form. */

static void
note_unsure (PlugDefinitionReader *self,
             PlugParameter *parameter,
             PlugUnsureFlags flags)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (self->unsure, parameter));

  g_hash_table_replace (self->unsure, parameter, GUINT_TO_POINTER (known | flags));
}

static gboolean
is_unsure (PlugDefinitionReader *self,
           PlugParameter *parameter,
           PlugUnsureFlags flags)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->unsure, parameter)) & flags;
}

static char **
read_options (PlugDefinitionReader *self,
              JsonObject *object,
              PlugParameter *parameter)
{
  JsonArray *array = plug_reader_get_array (object, "options");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize place = plug_reader_enter (self, "options");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *option = plug_reader_get_element (array, i);
    const char *value = option != NULL ? plug_reader_get_text (option, "value") : NULL;
    const char *label = option != NULL ? plug_reader_get_text (option, "label") : NULL;
    gsize option_place = plug_reader_enter_index (self, i);

    if (value != NULL) {
      if (!g_hash_table_add (seen, (gpointer) value))
        plug_reader_report (self, "value", "the option “%s” stands here twice", value);
      g_strv_builder_add_many (builder, value, label != NULL ? label : value, NULL);
    } else {
      note_unsure (self, parameter, PLUG_UNSURE_VALUES);
    }
    plug_reader_leave (self, option_place);
  }
  plug_reader_leave (self, place);

  return g_strv_builder_end (builder);
}

static void
read_pattern (PlugDefinitionReader *self,
              JsonObject *object,
              PlugParameter *parameter)
{
  const char *text = plug_reader_get_text (object, "pattern");
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return;

  parameter->pattern = plug_parameter_compile_pattern (text, &error);
  if (parameter->pattern == NULL) {
    /* GLib puts the whole pattern before PCRE's reason, with our own limit in it. */
    const char *reason = g_strrstr (error->message, ": ");

    plug_reader_report (self, "pattern", "is no regular expression: %s", reason != NULL ? reason + 2 : error->message);
  }
}

/* A default that is a template is judged with the rest of the method, when the other parameters are known. */
static void
read_default (PlugDefinitionReader *self,
              JsonObject *object,
              PlugParameter *parameter)
{
  JsonNode *node = json_object_get_member (object, "default");
  g_autoptr (PlugTemplate) template = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *normalised = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return;

  if (is_unsure (self, parameter, PLUG_UNSURE_TYPE)) {
    plug_reader_note_unread (self, node);
    return;
  }
  parameter->default_text = plug_json_dup_scalar (node);
  if (parameter->secret)
    plug_reader_report (self, "default", "a secret has no default: everybody could read it");

  template = plug_method_parse_default (parameter, &error);
  if (template == NULL) {
    plug_reader_report (self, "default", "%s", error->message);
    plug_reader_note_unread (self, node);
    return;
  }
  parameter->default_is_template = plug_template_get_variables (template)[0] != NULL;
  if (parameter->default_is_template || is_unsure (self, parameter, PLUG_UNSURE_VALUES))
    return;

  normalised = plug_parameter_normalise (parameter, parameter->default_text, NULL);
  if (!g_str_equal (normalised, parameter->default_text) || *normalised == '\0' ||
      plug_parameter_check (parameter, normalised) != PLUG_VALUE_OK)
    plug_reader_report (self, "default", "is no value that this parameter takes");
}

static PlugVisibleWhen *
read_condition (JsonNode *node,
                const char *id)
{
  PlugVisibleWhen *condition = g_new0 (PlugVisibleWhen, 1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  condition->id = g_strdup (id);
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      JsonNode *element = json_array_get_element (array, i);
      g_autofree char *value = JSON_NODE_HOLDS_VALUE (element) ? plug_json_dup_scalar (element) : NULL;

      if (value != NULL)
        g_strv_builder_add (builder, value);
    }
  } else if (JSON_NODE_HOLDS_VALUE (node)) {
    g_autofree char *value = plug_json_dup_scalar (node);

    g_strv_builder_add (builder, value);
  }
  condition->values = g_strv_builder_end (builder);

  return condition;
}

/* Conditions look upwards only: that ends, and is how people read a form. */
static void
read_visible_when (PlugDefinitionReader *self,
                   JsonObject *object,
                   PlugParameter *parameter,
                   PlugMethod *method)
{
  JsonObject *conditions = plug_reader_get_object (object, "visibleWhen");
  gsize place = plug_reader_enter (self, "visibleWhen");
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  if (conditions != NULL) {
    json_object_iter_init_ordered (&iter, conditions);
    while (json_object_iter_next_ordered (&iter, &id, &node)) {
      PlugParameter *other = plug_method_get_parameter (method, id);
      PlugVisibleWhen *condition;

      if (other == NULL) {
        if (!plug_reader_may_define (self, id))
          plug_reader_report (self, id, "no parameter above this one is called “%s”", id);
        continue;
      }
      condition = read_condition (node, id);
      g_ptr_array_add (parameter->visible_when, condition);
      if (is_unsure (self, other, PLUG_UNSURE_TYPE | PLUG_UNSURE_VALUES))
        continue;
      if (other->type != PLUG_PARAMETER_BOOLEAN && other->type != PLUG_PARAMETER_ENUM) {
        condition->filled_in = TRUE;
        if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN ||
            !json_node_get_boolean (node))
          plug_reader_report (self, id, "a parameter that is neither enum nor boolean can only be filled in: true");
      }
      for (gsize i = 0; !condition->filled_in && condition->values[i] != NULL; i++) {
        if (plug_parameter_check (other, condition->values[i]) != PLUG_VALUE_OK)
          plug_reader_report (self, id, "“%s” never is “%s”", id, condition->values[i]);
      }
    }
  }
  plug_reader_leave (self, place);
}

static void
check_parameter_type (PlugDefinitionReader *self,
                      JsonObject *object,
                      PlugParameter *parameter)
{
  gboolean is_enum = parameter->type == PLUG_PARAMETER_ENUM;

  if (plug_reader_get_text (object, "type") == NULL)
    return;
  if (is_enum && !json_object_has_member (object, "options"))
    plug_reader_report (self, NULL, "lacks the member “options”, which the type enum needs");
  if (is_enum && plug_reader_get_array (object, "options") == NULL)
    note_unsure (self, parameter, PLUG_UNSURE_VALUES);
  if (!is_enum && json_object_has_member (object, "options"))
    plug_reader_report (self, "options", "belong to the type enum only");
  if (parameter->type != PLUG_PARAMETER_URI && json_object_has_member (object, "stripSuffixes"))
    plug_reader_report (self, "stripSuffixes", "belong to the type uri only");
  if (parameter->type == PLUG_PARAMETER_SECRET && !parameter->secret) {
    plug_reader_report (self, "secret", "the type secret is always secret");
    parameter->secret = TRUE;
  }
}

/* Its names are the parameters that it uses; without any, it could be any. */
static void
note_refused_condition (PlugDefinitionReader *self,
                        JsonObject *object)
{
  gsize place = plug_reader_enter (self, "visibleWhen");
  JsonObject *conditions = plug_reader_get_object (object, "visibleWhen");
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  plug_reader_note_refused (self, NULL, TRUE);
  if (conditions != NULL) {
    json_object_iter_init (&iter, conditions);
    while (json_object_iter_next (&iter, &name, &value)) {
      if (JSON_NODE_HOLDS_NULL (value))
        plug_reader_note_refused (self, name, TRUE);
    }
  }
  plug_reader_leave (self, place);
}

/* The limits of its values do not hold when the schema has refused one of them. */
static void
note_unknown (PlugDefinitionReader *self,
              JsonObject *object,
              PlugParameter *parameter)
{
  JsonArray *suffixes = plug_reader_get_array (object, "stripSuffixes");

  if (plug_reader_get_text (object, "type") == NULL || plug_reader_is_refused (object, "secret"))
    note_unsure (self, parameter, PLUG_UNSURE_TYPE);
  if (plug_reader_is_refused (object, "pattern") || plug_reader_is_refused (object, "stripSuffixes"))
    note_unsure (self, parameter, PLUG_UNSURE_VALUES);
  for (guint i = 0; suffixes != NULL && i < json_array_get_length (suffixes); i++) {
    if (JSON_NODE_HOLDS_NULL (json_array_get_element (suffixes, i)))
      note_unsure (self, parameter, PLUG_UNSURE_VALUES);
  }
  if (!json_object_has_member (object, "id"))
    plug_reader_note_nameless (self);
  /* Hardly a parameter: a default or a condition is missing as likely. */
  if (!json_object_has_member (object, "id") && !json_object_has_member (object, "type"))
    plug_reader_note_lack (self);
  plug_reader_note_refused (self, "default", FALSE);
  note_refused_condition (self, object);
}

static PlugParameter *
read_parameter (PlugDefinitionReader *self,
                JsonObject *object,
                PlugMethod *method)
{
  PlugParameter *parameter = g_object_new (PLUG_TYPE_PARAMETER, NULL);

  parameter->id = g_strdup (plug_reader_get_text (object, "id"));
  parameter->label = g_strdup (plug_reader_get_text (object, "label"));
  plug_parameter_type_from_id (plug_reader_get_text (object, "type"), &parameter->type);
  parameter->secret = plug_reader_get_boolean (object, "secret",
                                               parameter->type == PLUG_PARAMETER_SECRET ||
                                               parameter->type == PLUG_PARAMETER_PEM);
  parameter->required = plug_reader_get_boolean (object, "required", TRUE);
  parameter->advanced = plug_reader_get_boolean (object, "advanced", FALSE);
  parameter->placeholder = g_strdup (plug_reader_get_text (object, "placeholder"));
  parameter->help = g_strdup (plug_reader_get_text (object, "help"));
  parameter->suffix = g_strdup (plug_reader_get_text (object, "suffix"));
  note_unknown (self, object, parameter);
  parameter->options = read_options (self, object, parameter);
  if (json_object_has_member (object, "stripSuffixes"))
    parameter->strip_suffixes = plug_reader_dup_texts (object, "stripSuffixes");
  check_parameter_type (self, object, parameter);
  read_pattern (self, object, parameter);
  read_default (self, object, parameter);
  read_visible_when (self, object, parameter, method);

  return parameter;
}

void
plug_reader_read_parameters (PlugDefinitionReader *self,
                             JsonObject *object,
                             PlugMethod *method)
{
  JsonArray *array = plug_reader_get_array (object, "parameters");
  gsize place = plug_reader_enter (self, "parameters");

  if (array == NULL)
    plug_reader_note_nameless (self);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);
    /* A place for what is no parameter keeps the others at theirs. */
    PlugParameter *parameter = element != NULL ? read_parameter (self, element, method)
                                               : g_object_new (PLUG_TYPE_PARAMETER, NULL);

    if (element == NULL) {
      plug_reader_note_nameless (self);
      plug_reader_note_refused (self, NULL, TRUE);
    }
    if (parameter->id != NULL && plug_method_get_parameter (method, parameter->id) != NULL)
      plug_reader_report (self, "id", "another parameter has the id “%s”", parameter->id);
    g_ptr_array_add (method->parameters, parameter);
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);
}
