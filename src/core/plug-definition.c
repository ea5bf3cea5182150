/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <stdio.h>
#include <string.h>

#include "plug-json.h"
#include "plug-provider-private.h"
#include "plug-schema.h"

/* A name may be as long as the definition, and stands in the pointer of everything below it. */
#define MAX_POINTER_BYTES (4 * 1024 * 1024)

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
  PlugMistake *mistake;

  if (self->mistakes->len >= self->max_mistakes) {
    self->n_left_out++;
    g_free (reason);
    return;
  }

  mistake = g_new0 (PlugMistake, 1);
  mistake->pointer = g_strdup (pointer);
  mistake->reason = reason;
  g_ptr_array_add (self->mistakes, mistake);
}

/* FALSE when the mistake is left out, because those before it take too much memory already. */
static gboolean
has_room (PlugDefinitionReader *self,
          const char *pointer)
{
  self->n_bytes += strlen (pointer);
  if (self->n_bytes <= MAX_POINTER_BYTES)
    return TRUE;
  self->n_left_out++;
  return FALSE;
}

static void
schema_mistake_cb (PlugSchemaFault fault,
                   const char *pointer,
                   const char *reason,
                   gpointer user_data)
{
  PlugDefinitionReader *self = user_data;

  if (!has_room (self, pointer))
    return;
  add_mistake (self, pointer, g_strdup (reason));
  if (fault == PLUG_SCHEMA_WRONG)
    g_hash_table_add (self->refused, g_strdup (pointer));
  else
    g_hash_table_add (self->lacking, g_strdup (pointer));
}

static void
read_resolves (PlugDefinitionReader *self,
               JsonObject *object,
               PlugMethod *method)
{
  JsonArray *array = plug_reader_get_array (object, "resolve");
  gsize place = plug_reader_enter (self, "resolve");

  plug_reader_note_refused (self, NULL, TRUE);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    g_autoptr (PlugResolveSpec) resolve = plug_resolve_spec_new ();
    gsize element_place = plug_reader_enter_index (self, i);

    if (element == NULL)
      plug_reader_note_refused (self, NULL, TRUE);
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

  plug_reader_note_refused (self, NULL, TRUE);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *element = plug_reader_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);
    PlugScheme *scheme = element != NULL ? plug_reader_read_scheme (self, element) : NULL;

    if (element == NULL)
      plug_reader_note_refused (self, NULL, TRUE);
    if (scheme != NULL)
      g_ptr_array_add (method->schemes, scheme);
    self->auth_unread |= scheme == NULL;
    plug_reader_leave (self, element_place);
  }
  self->auth_unread |= array == NULL;
  plug_reader_leave (self, place);
}

static void
read_test (PlugDefinitionReader *self,
           JsonObject *object,
           PlugMethod *method)
{
  JsonObject *test = plug_reader_get_object (object, "test");
  gsize place = plug_reader_enter (self, "test");

  plug_reader_note_refused (self, NULL, TRUE);
  if (test != NULL) {
    method->test_request = plug_reader_read_request (self, test, "request", 0);
    method->test_is_issued = plug_reader_get_boolean (test, "issued", FALSE);
    method->not_testable_reason = g_strdup (plug_reader_get_text (test, "none"));
    method->identity = g_strdup (plug_reader_get_text (test, "identity"));
    method->test_is_verified = plug_reader_get_boolean (test, "verified", TRUE);
    method->test_requires = g_strdup (plug_reader_get_text (test, "requires"));
    plug_reader_read_condition (self, test, "expect", method->expect);
    plug_reader_read_conditions (self, test, "refused", method->refused);
    plug_reader_read_conditions (self, test, "denied", method->denied);
  }
  plug_reader_leave (self, place);
}

static void
read_key_file (PlugDefinitionReader *self,
               JsonObject *object,
               PlugMethod *method)
{
  JsonObject *file = plug_reader_get_object (object, "keyFile");
  JsonObject *set = file != NULL ? plug_reader_get_object (file, "set") : NULL;
  gsize place = plug_reader_enter (self, "keyFile");
  gsize set_place = plug_reader_enter (self, "set");
  JsonObjectIter iter;
  const char *id;

  if (set != NULL) {
    method->key_file_label = g_strdup (plug_reader_get_text (file, "label"));
    json_object_iter_init_ordered (&iter, set);
    while (json_object_iter_next_ordered (&iter, &id, NULL)) {
      if (plug_method_get_parameter (method, id) == NULL && !plug_reader_may_define (self, id))
        plug_reader_report (self, id, "no parameter is called “%s”", id);
      g_hash_table_replace (method->key_file_pointers, g_strdup (id), g_strdup (plug_reader_get_text (set, id)));
    }
  }
  plug_reader_leave (self, set_place);
  plug_reader_leave (self, place);
}

/* What is missing might have used any parameter, and set any variable. */
static void
note_missing (PlugDefinitionReader *self,
              JsonObject *object)
{
  static const char *const members[] = { "server", "auth", "test" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    if (!json_object_has_member (object, members[i]))
      plug_reader_note_lack (self);
  }
  if (!json_object_has_member (object, "auth"))
    plug_reader_note_nameless (self);
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
  g_hash_table_remove_all (self->unsure);
  self->auth_unread = FALSE;
  note_missing (self, object);

  method->id = g_strdup (plug_reader_get_text (object, "id"));
  method->label = g_strdup (plug_reader_get_text (object, "label"));
  method->recommended = plug_reader_get_boolean (object, "recommended", FALSE);
  method->docs = g_strdup (plug_reader_get_text (object, "docs"));
  plug_reader_read_parameters (self, object, method);
  read_key_file (self, object, method);
  plug_reader_note_refused (self, "server", TRUE);
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
    method->within = plug_reader_dup_texts (object, "within");
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

/* NULL when there is any mistake. */
static PlugProvider *
read_provider (PlugDefinitionReader *self,
               JsonObject *root)
{
  g_auto (GStrv) categories = plug_reader_dup_texts (root, "categories");
  g_auto (GStrv) keywords = plug_reader_dup_texts (root, "keywords");
  GPtrArray *methods = read_methods (self, root);

  if (self->mistakes->len > 0) {
    g_ptr_array_unref (methods);
    return NULL;
  }
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
  g_autofree PlugJsonPlace *places = g_new0 (PlugJsonPlace, self->mistakes->len);

  for (guint i = 0; i < self->mistakes->len; i++)
    places[i].pointer = ((PlugMistake *) self->mistakes->pdata[i])->pointer;
  if (is_json && self->mistakes->len > 0)
    plug_json_locate_all (text, places, self->mistakes->len);
  for (guint i = 0; i < self->mistakes->len; i++) {
    PlugMistake *mistake = g_ptr_array_index (self->mistakes, i);

    mistake->file = g_strdup (file);
    mistake->line = places[i].line;
    mistake->column = places[i].column;
    if (!is_json)
      locate_in_message (mistake);
  }
  g_ptr_array_sort (self->mistakes, plug_mistake_compare);
}

/* Parsed once a thread: json-glib's nodes are not meant for several. */
static JsonNode *
get_schema (void)
{
  static GPrivate of_thread = G_PRIVATE_INIT ((GDestroyNotify) json_node_unref);
  JsonNode *schema = g_private_get (&of_thread);

  if (schema == NULL) {
    schema = plug_json_parse (plug_provider_schema, -1, NULL);
    g_private_set (&of_thread, schema);
  }
  return schema;
}

static PlugProvider *
read_checked (PlugDefinitionReader *self,
              JsonNode *node,
              const char *file)
{
  if (JSON_NODE_HOLDS_OBJECT (node) && is_newer (self, json_node_get_object (node)))
    return NULL;

  plug_schema_check (get_schema (), node, schema_mistake_cb, self);
  /* When there was no room for all that the schema has refused, nobody knows what the rules may judge. */
  if (self->n_bytes > MAX_POINTER_BYTES)
    return NULL;
  plug_reader_drop_refused (self, node);
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  check_file_name (self, json_node_get_object (node), file);

  return read_provider (self, json_node_get_object (node));
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

static void G_GNUC_PRINTF (3, 0)
report_valist (PlugDefinitionReader *self,
               const char *pointer,
               const char *format,
               va_list arguments)
{
  g_autofree char *reason = NULL;

  if (g_hash_table_contains (self->refused, pointer) || !has_room (self, pointer))
    return;

  reason = g_strdup_vprintf (format, arguments);
  if (g_hash_table_add (self->told, g_strconcat (pointer, " ", reason, NULL)))
    add_mistake (self, pointer, g_steal_pointer (&reason));
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
  va_start (arguments, format);
  report_valist (self, self->pointer->str, format, arguments);
  va_end (arguments);
  plug_reader_leave (self, place);
}

void
plug_reader_report_at (PlugDefinitionReader *self,
                       const char *pointer,
                       const char *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  report_valist (self, pointer, format, arguments);
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

gint64
plug_reader_get_integer (JsonObject *object,
                         const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);

  return node != NULL ? json_node_get_int (node) : 0;
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

char **
plug_reader_dup_texts (JsonObject *object,
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

PlugMistake *
plug_mistake_new (const char *file,
                  guint line,
                  guint column,
                  const char *pointer,
                  const char *reason)
{
  PlugMistake *self = g_new0 (PlugMistake, 1);

  self->file = g_strdup (file);
  self->line = line;
  self->column = column;
  self->pointer = g_strdup (pointer);
  self->reason = g_strdup (reason);

  return self;
}

void
plug_mistake_free (PlugMistake *self)
{
  g_free (self->file);
  g_free (self->pointer);
  g_free (self->reason);
  g_free (self);
}

int
plug_mistake_compare (gconstpointer a,
                      gconstpointer b)
{
  const PlugMistake *one = *(PlugMistake *const *) a;
  const PlugMistake *other = *(PlugMistake *const *) b;

  if (one->line != other->line)
    return one->line < other->line ? -1 : 1;
  return one->column < other->column ? -1 : one->column > other->column;
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
  return plug_definition_load_up_to (text, length, file, built_in, PLUG_DEFINITION_MAX_MISTAKES, mistakes, NULL);
}

PlugProvider *
plug_definition_load_up_to (const char *text,
                            gssize length,
                            const char *file,
                            gboolean built_in,
                            guint max_mistakes,
                            GPtrArray **mistakes,
                            guint *n_left_out)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_mistake_free);
  g_autoptr (GHashTable) refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) lacking = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) blank = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) hints = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) uses = g_ptr_array_new_with_free_func (use_free);
  g_autoptr (GHashTable) learnt = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) unsure = g_hash_table_new (NULL, NULL);
  PlugDefinitionReader reader = {
    .built_in = built_in, .pointer = pointer, .mistakes = found, .max_mistakes = max_mistakes, .refused = refused,
    .lacking = lacking, .blank = blank, .told = told, .hints = hints, .uses = uses, .learnt = learnt, .unsure = unsure,
  };
  /* One byte more, to notice a longer one. */
  g_autofree char *copy = g_strndup (text, length < 0 ? PLUG_DEFINITION_MAX_BYTES + 1
                                                      : MIN (length, PLUG_DEFINITION_MAX_BYTES + 1));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  PlugProvider *provider = NULL;

  if (strlen (copy) > PLUG_DEFINITION_MAX_BYTES)
    add_mistake (&reader, "", g_strdup ("is longer than 256 KiB, which no definition needs"));
  else if ((node = plug_json_parse (text, length, &error)) != NULL)
    provider = read_checked (&reader, node, file);
  else
    add_mistake (&reader, "", g_strdup (error->message));
  locate_mistakes (&reader, copy, file, node != NULL);
  if (mistakes != NULL)
    *mistakes = g_steal_pointer (&found);
  if (n_left_out != NULL)
    *n_left_out = reader.n_left_out;

  return provider;
}
