/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <stdio.h>
#include <string.h>

#include "plug-json.h"
#include "plug-parameter-private.h"
#include "plug-provider-private.h"
#include "plug-schema.h"

/* The context that data/provider-texts.c gives every text. */
#define TEXT_CONTEXT "provider"

static void
mistake_free (gpointer data)
{
  PlugMistake *mistake = data;

  g_free (mistake->file);
  g_free (mistake->pointer);
  g_free (mistake->reason);
  g_free (mistake);
}

static void
use_free (gpointer data)
{
  PlugTemplateUse *use = data;

  plug_template_unref (use->template);
  g_free (use->pointer);
  g_free (use->name);
  g_free (use);
}

static void
add_mistake (PlugDefinitionReader *self,
             const char *pointer,
             char *reason)
{
  PlugMistake *mistake = g_new0 (PlugMistake, 1);

  mistake->pointer = g_strdup (pointer);
  mistake->reason = reason;
  g_ptr_array_add (self->mistakes, mistake);
  g_hash_table_add (self->marked, g_strdup (pointer));
}

static void
schema_mistake_cb (const char *pointer,
                   const char *reason,
                   gpointer user_data)
{
  add_mistake (user_data, pointer, g_strdup (reason));
}

/* The build puts the texts of built-in definitions before translators. */
static char *
dup_text (PlugDefinitionReader *self,
          JsonObject *object,
          const char *member)
{
  const char *text = plug_reader_get_text (object, member);

  if (text == NULL || *text == '\0' || !self->built_in)
    return g_strdup (text);
  return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, TEXT_CONTEXT, text));
}

static char **
dup_texts (JsonObject *object,
           const char *member)
{
  JsonArray *array = plug_reader_get_array (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_node_get_string (node));
  }
  return g_strv_builder_end (builder);
}

static char **
read_options (PlugDefinitionReader *self,
              JsonObject *object)
{
  JsonArray *array = plug_reader_get_array (object, "options");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  gsize place = plug_reader_enter (self, "options");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *option = plug_reader_get_element (array, i);
    const char *value = option != NULL ? plug_reader_get_text (option, "value") : NULL;
    g_autofree char *label = option != NULL ? dup_text (self, option, "label") : NULL;
    gsize option_place = plug_reader_enter_index (self, i);

    if (value != NULL) {
      if (!g_hash_table_add (seen, (gpointer) value))
        plug_reader_report (self, "value", "the option “%s” stands here twice", value);
      g_strv_builder_add_many (builder, value, label != NULL ? label : value, NULL);
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
  if (parameter->pattern == NULL)
    plug_reader_report (self, "pattern", "%s", error->message);
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

  parameter->default_text = plug_json_dup_scalar (node);
  if (parameter->secret)
    plug_reader_report (self, "default", "a secret has no default: everybody could read it");

  template = plug_method_parse_default (parameter, &error);
  if (template == NULL) {
    plug_reader_report (self, "default", "%s", error->message);
    return;
  }
  parameter->default_is_template = plug_template_get_variables (template)[0] != NULL;
  if (parameter->default_is_template)
    return;

  normalised = plug_parameter_normalise (parameter, parameter->default_text, NULL);
  if (!g_str_equal (normalised, parameter->default_text) || *normalised == '\0' ||
      plug_parameter_check (parameter, normalised) != PLUG_VALUE_OK)
    plug_reader_report (self, "default", "is no value that this parameter takes");
}

static void
check_parameter_type (PlugDefinitionReader *self,
                      JsonObject *object,
                      PlugParameter *parameter)
{
  gboolean is_enum = parameter->type == PLUG_PARAMETER_ENUM;

  if (is_enum && !json_object_has_member (object, "options"))
    plug_reader_report (self, NULL, "lacks the member “options”, which the type enum needs");
  if (!is_enum && json_object_has_member (object, "options"))
    plug_reader_report (self, "options", "belong to the type enum only");
  if (parameter->type != PLUG_PARAMETER_URI && json_object_has_member (object, "stripSuffixes"))
    plug_reader_report (self, "stripSuffixes", "belong to the type uri only");
  if (parameter->type == PLUG_PARAMETER_SECRET && !parameter->secret)
    plug_reader_report (self, "secret", "the type secret is always secret");
}

static PlugParameter *
read_parameter (PlugDefinitionReader *self,
                JsonObject *object)
{
  PlugParameter *parameter = g_object_new (PLUG_TYPE_PARAMETER, NULL);

  parameter->id = g_strdup (plug_reader_get_text (object, "id"));
  parameter->label = dup_text (self, object, "label");
  plug_parameter_type_from_id (plug_reader_get_text (object, "type"), &parameter->type);
  parameter->secret = plug_reader_get_boolean (object, "secret",
                                               parameter->type == PLUG_PARAMETER_SECRET ||
                                               parameter->type == PLUG_PARAMETER_PEM);
  parameter->required = plug_reader_get_boolean (object, "required", TRUE);
  parameter->advanced = plug_reader_get_boolean (object, "advanced", FALSE);
  parameter->placeholder = dup_text (self, object, "placeholder");
  parameter->help = dup_text (self, object, "help");
  parameter->suffix = dup_text (self, object, "suffix");
  parameter->options = read_options (self, object);
  if (json_object_has_member (object, "stripSuffixes"))
    parameter->strip_suffixes = dup_texts (object, "stripSuffixes");
  check_parameter_type (self, object, parameter);
  read_pattern (self, object, parameter);
  read_default (self, object, parameter);

  return parameter;
}

static void
read_parameters (PlugDefinitionReader *self,
                 JsonObject *object,
                 PlugMethod *method)
{
  JsonArray *array = plug_reader_get_array (object, "parameters");
  gsize place = plug_reader_enter (self, "parameters");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);
    /* A place for what is no parameter keeps the others at theirs. */
    PlugParameter *parameter = element != NULL ? read_parameter (self, element)
                                               : g_object_new (PLUG_TYPE_PARAMETER, NULL);

    if (parameter->id != NULL && plug_method_get_parameter (method, parameter->id) != NULL)
      plug_reader_report (self, "id", "another parameter has the id “%s”", parameter->id);
    g_ptr_array_add (method->parameters, parameter);
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);
}

static void
read_resolves (PlugDefinitionReader *self,
               JsonObject *object,
               PlugMethod *method)
{
  JsonArray *array = plug_reader_get_array (object, "resolve");
  gsize place = plug_reader_enter (self, "resolve");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    g_autoptr (PlugResolveSpec) resolve = plug_resolve_spec_new ();
    gsize element_place = plug_reader_enter_index (self, i);

    if (element != NULL) {
      resolve->request = plug_reader_read_request (self, element, "request", 0);
      resolve->after_auth = g_strcmp0 (plug_reader_get_text (element, "when"), "after-auth") == 0;
      resolve->optional = plug_reader_get_boolean (element, "optional", FALSE);
      plug_reader_read_learnt (self, element, "set", resolve->set);
      g_ptr_array_add (method->resolves, g_steal_pointer (&resolve));
    }
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);
}

static void
read_schemes (PlugDefinitionReader *self,
              JsonObject *object,
              PlugMethod *method)
{
  JsonArray *array = plug_reader_get_array (object, "auth");
  gsize place = plug_reader_enter (self, "auth");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);
    PlugScheme *scheme = element != NULL ? plug_reader_read_scheme (self, element) : NULL;

    if (scheme != NULL)
      g_ptr_array_add (method->schemes, scheme);
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);
}

static void
read_test (PlugDefinitionReader *self,
           JsonObject *object,
           PlugMethod *method)
{
  JsonObject *test = plug_reader_get_object (object, "test");
  gsize place = plug_reader_enter (self, "test");

  if (test != NULL) {
    method->test_request = plug_reader_read_request (self, test, "request", 0);
    method->test_is_issued = plug_reader_get_boolean (test, "issued", FALSE);
    method->not_testable_reason = dup_text (self, test, "none");
    method->identity = g_strdup (plug_reader_get_text (test, "identity"));
    plug_reader_read_expect (self, test, "expect", method->expect);
    plug_reader_read_status (test, "denied", method->denied);
  }
  plug_reader_leave (self, place);
}

static PlugMethod *
read_method (PlugDefinitionReader *self,
             JsonObject *object)
{
  PlugMethod *method = g_object_new (PLUG_TYPE_METHOD, NULL);
  JsonObject *server = plug_reader_get_object (object, "server");
  JsonObject *tls = plug_reader_get_object (object, "tls");
  gsize place;

  g_ptr_array_set_size (self->uses, 0);
  g_hash_table_remove_all (self->learnt);

  method->id = g_strdup (plug_reader_get_text (object, "id"));
  method->label = dup_text (self, object, "label");
  method->recommended = plug_reader_get_boolean (object, "recommended", FALSE);
  method->docs = g_strdup (plug_reader_get_text (object, "docs"));
  read_parameters (self, object, method);
  if (server != NULL) {
    place = plug_reader_enter (self, "server");
    method->server = plug_reader_read_template (self, server, "url", PLUG_USE_URL);
    plug_reader_leave (self, place);
  }
  plug_reader_read_templates (self, object, "headers", PLUG_USE_HEADER, method->headers);
  read_resolves (self, object, method);
  read_schemes (self, object, method);
  read_test (self, object, method);
  if (tls != NULL)
    method->allows_authorities = plug_reader_get_boolean (tls, "customCa", FALSE);
  if (json_object_has_member (object, "within")) {
    g_strfreev (method->within);
    method->within = dup_texts (object, "within");
    if (!self->built_in)
      plug_reader_report (self, "within", "belongs to built-in definitions only");
  }
  plug_reader_check_method (self, method);

  return method;
}

static GPtrArray *
read_methods (PlugDefinitionReader *self,
              JsonObject *root)
{
  JsonArray *array = plug_reader_get_array (root, "methods");
  GPtrArray *methods = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  gsize place = plug_reader_enter (self, "methods");
  gboolean recommended = FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);

    if (element != NULL) {
      PlugMethod *method = read_method (self, element);

      if (method->id != NULL && !g_hash_table_add (ids, method->id))
        plug_reader_report (self, "id", "another method has the id “%s”", method->id);
      if (method->recommended && recommended)
        plug_reader_report (self, "recommended", "another method is recommended already");
      recommended |= method->recommended;
      g_ptr_array_add (methods, method);
    }
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);

  return methods;
}

static void
check_file_name (PlugDefinitionReader *self,
                 JsonObject *root,
                 const char *file)
{
  const char *id = plug_reader_get_text (root, "id");
  g_autofree char *base = NULL;
  g_autofree char *wanted = NULL;

  if (file == NULL || id == NULL)
    return;

  base = g_path_get_basename (file);
  wanted = g_strconcat (id, ".json", NULL);
  if (!g_str_equal (base, wanted))
    plug_reader_report (self, "id", "the file is not named “%s”", wanted);
}

static PlugProvider *
read_provider (PlugDefinitionReader *self,
               JsonObject *root)
{
  g_auto (GStrv) categories = dup_texts (root, "categories");
  g_auto (GStrv) keywords = dup_texts (root, "keywords");
  GPtrArray *methods = read_methods (self, root);

  return plug_provider_new (plug_reader_get_text (root, "id"), plug_reader_get_text (root, "name"),
                            plug_reader_get_text (root, "vendor"), plug_reader_get_text (root, "docs"),
                            plug_reader_get_text (root, "icon"), (const char *const *) categories,
                            (const char *const *) keywords, self->built_in, methods);
}

/* TRUE when it is no use to look further. */
static gboolean
is_newer (PlugDefinitionReader *self,
          JsonObject *root)
{
  JsonNode *node = json_object_get_member (root, "format");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64 ||
      json_node_get_int (node) <= PLUG_DEFINITION_FORMAT)
    return FALSE;

  plug_reader_report (self, "format", "is written for a newer version of Plugboard");
  return TRUE;
}

static int
compare_mistakes (gconstpointer a,
                  gconstpointer b)
{
  const PlugMistake *one = *(PlugMistake *const *) a;
  const PlugMistake *other = *(PlugMistake *const *) b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  return one->column < other->column ? -1 : one->column > other->column;
}

/* The message of a text that is no JSON ends in its place. */
static void
locate_in_message (PlugMistake *mistake)
{
  const char *place = g_strrstr (mistake->reason, "line ");

  if (place != NULL && sscanf (place, "line %u, column %u", &mistake->line, &mistake->column) != 2)
    mistake->line = mistake->column = 0;
}

static void
locate_mistakes (PlugDefinitionReader *self,
                 const char *text,
                 const char *file,
                 gboolean is_json)
{
  for (guint i = 0; i < self->mistakes->len; i++) {
    PlugMistake *mistake = g_ptr_array_index (self->mistakes, i);

    mistake->file = g_strdup (file);
    if (is_json)
      plug_json_locate (text, mistake->pointer, &mistake->line, &mistake->column);
    else
      locate_in_message (mistake);
  }
  g_ptr_array_sort (self->mistakes, compare_mistakes);
}

static PlugProvider *
read_checked (PlugDefinitionReader *self,
              JsonNode *node,
              const char *file)
{
  g_autoptr (JsonNode) schema = NULL;
  PlugProvider *provider;

  if (JSON_NODE_HOLDS_OBJECT (node) && is_newer (self, json_node_get_object (node)))
    return NULL;

  schema = plug_json_parse (plug_provider_schema, -1, NULL);
  plug_schema_check (schema, node, schema_mistake_cb, self);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  check_file_name (self, json_node_get_object (node), file);
  provider = read_provider (self, json_node_get_object (node));
  if (self->mistakes->len > 0)
    g_clear_object (&provider);

  return provider;
}

gsize
plug_reader_enter (PlugDefinitionReader *self,
                   const char *name)
{
  gsize place = self->pointer->len;

  plug_schema_append_pointer (self->pointer, name);

  return place;
}

gsize
plug_reader_enter_index (PlugDefinitionReader *self,
                         guint index)
{
  gsize place = self->pointer->len;

  g_string_append_printf (self->pointer, "/%u", index);

  return place;
}

void
plug_reader_leave (PlugDefinitionReader *self,
                   gsize place)
{
  g_string_truncate (self->pointer, place);
}

void
plug_reader_report (PlugDefinitionReader *self,
                    const char *member,
                    const char *format,
                    ...)
{
  gsize place = self->pointer->len;
  va_list arguments;

  if (member != NULL)
    plug_reader_enter (self, member);
  if (!g_hash_table_contains (self->marked, self->pointer->str)) {
    va_start (arguments, format);
    add_mistake (self, self->pointer->str, g_strdup_vprintf (format, arguments));
    va_end (arguments);
  }
  plug_reader_leave (self, place);
}

void
plug_reader_report_at (PlugDefinitionReader *self,
                       const char *pointer,
                       const char *format,
                       ...)
{
  va_list arguments;

  if (g_hash_table_contains (self->marked, pointer))
    return;

  va_start (arguments, format);
  add_mistake (self, pointer, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static JsonNode *
get_value (JsonObject *object,
           const char *member,
           GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

const char *
plug_reader_get_text (JsonObject *object,
                      const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
plug_reader_get_boolean (JsonObject *object,
                         const char *member,
                         gboolean fallback)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL ? json_node_get_boolean (node) : fallback;
}

JsonObject *
plug_reader_get_object (JsonObject *object,
                        const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
plug_reader_get_array (JsonObject *object,
                       const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
plug_reader_get_element (JsonArray *array,
                         guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

char *
plug_mistake_to_string (const PlugMistake *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->file != NULL)
    g_string_append_printf (text, "%s:", self->file);
  if (self->line > 0)
    g_string_append_printf (text, "%u:%u:", self->line, self->column);
  if (text->len > 0)
    g_string_append_c (text, ' ');
  if (*self->pointer != '\0')
    g_string_append_printf (text, "%s: ", self->pointer);
  g_string_append (text, self->reason);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

PlugProvider *
plug_definition_load (const char *text,
                      gssize length,
                      const char *file,
                      gboolean built_in,
                      GPtrArray **mistakes)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (mistake_free);
  g_autoptr (GHashTable) marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func (use_free);
  g_autoptr (GHashTable) learnt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PlugDefinitionReader reader = {
    .built_in = built_in, .pointer = pointer, .mistakes = found, .marked = marked, .uses = uses, .learnt = learnt,
  };
  g_autofree char *copy = length < 0 ? g_strdup (text) : g_strndup (text, MIN (length, PLUG_JSON_MAX_BYTES));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = plug_json_parse (text, length, &error);
  PlugProvider *provider = NULL;

  if (node != NULL)
    provider = read_checked (&reader, node, file);
  else
    add_mistake (&reader, "", g_strdup (error->message));
  locate_mistakes (&reader, copy, file, node != NULL);
  if (mistakes != NULL)
    *mistakes = g_steal_pointer (&found);

  return provider;
}
