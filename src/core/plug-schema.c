/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A branch of `oneOf` that names another kind is never the one that was meant; nor one that does not know a member, when
 * another does, however much is wrong below. */
#define OTHER_KIND ((guint64) 1 << 48)
#define UNKNOWN_MEMBER ((guint64) 1 << 32)

typedef struct {
  JsonObject *definitions;
  GHashTable *patterns; /* text → GRegex */
  GString *pointer;
  PlugSchemaFunc report; /* NULL while branches are tried */
  gpointer user_data;
  guint n_mistakes;
} Checker;

typedef void (*KeywordFunc) (Checker *self,
                             JsonObject *schema,
                             JsonNode *keyword,
                             JsonNode *instance);

static void check_node (Checker *self,
                        JsonObject *schema,
                        JsonNode *instance);

static void G_GNUC_PRINTF (3, 0)
report_valist (Checker *self,
               PlugSchemaFault fault,
               const char *format,
               va_list arguments)
{
  g_autofree char *reason = NULL;

  self->n_mistakes++;
  if (self->report == NULL)
    return;

  reason = g_strdup_vprintf (format, arguments);
  self->report (fault, self->pointer->str, reason, self->user_data);
}

static void G_GNUC_PRINTF (2, 3)
report (Checker *self,
        const char *format,
        ...)
{
  va_list arguments;

  va_start (arguments, format);
  report_valist (self, PLUG_SCHEMA_WRONG, format, arguments);
  va_end (arguments);
}

static void G_GNUC_PRINTF (2, 3)
report_lack (Checker *self,
             const char *format,
             ...)
{
  va_list arguments;

  va_start (arguments, format);
  report_valist (self, PLUG_SCHEMA_LACKS, format, arguments);
  va_end (arguments);
}

static void
check_member (Checker *self,
              JsonObject *schema,
              const char *name,
              JsonNode *instance)
{
  gsize length = self->pointer->len;

  plug_schema_append_pointer (self->pointer, name);
  check_node (self, schema, instance);
  g_string_truncate (self->pointer, length);
}

/* The schema's own words for what is wanted. */
static const char *
describe (JsonObject *schema)
{
  return json_object_get_string_member_with_default (schema, "description", NULL);
}

static gboolean
is_string (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_number (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) &&
         (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE);
}

/* 1.0 is an integer, as JSON Schema says. */
static gboolean
is_of_type (JsonNode *node,
            const char *type)
{
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (g_str_equal (type, "string"))
    return is_string (node);
  if (g_str_equal (type, "boolean"))
    return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN;
  if (g_str_equal (type, "integer"))
    return is_number (node) && json_node_get_double (node) == floor (json_node_get_double (node));
  g_error ("The schema asks for the type “%s”, which is not known here", type);
}

/* @keyword: one type, or a list of which any will do */
static gboolean
fits_type (JsonNode *keyword,
           JsonNode *node)
{
  JsonArray *types;

  if (!JSON_NODE_HOLDS_ARRAY (keyword))
    return is_of_type (node, json_node_get_string (keyword));

  types = json_node_get_array (keyword);
  for (guint i = 0; i < json_array_get_length (types); i++) {
    if (is_of_type (node, json_array_get_string_element (types, i)))
      return TRUE;
  }
  return FALSE;
}

static void
check_type (Checker *self,
            JsonObject *schema,
            JsonNode *keyword,
            JsonNode *instance)
{
  g_autoptr (GString) types = NULL;

  if (fits_type (keyword, instance))
    return;

  types = g_string_new (NULL);
  if (JSON_NODE_HOLDS_ARRAY (keyword)) {
    JsonArray *array = json_node_get_array (keyword);

    for (guint i = 0; i < json_array_get_length (array); i++)
      g_string_append_printf (types, "%s%s", i > 0 ? " or " : "", json_array_get_string_element (array, i));
  } else {
    g_string_append (types, json_node_get_string (keyword));
  }
  report (self, "must be of the type %s", types->str);
}

static void
check_enum (Checker *self,
            JsonObject *schema,
            JsonNode *keyword,
            JsonNode *instance)
{
  JsonArray *values = json_node_get_array (keyword);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (values); i++) {
    JsonNode *value = json_array_get_element (values, i);
    g_autofree char *text = json_to_string (value, FALSE);

    if (json_node_equal (value, instance))
      return;
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", text);
  }
  report (self, "must be one of %s", list->str);
}

/* json-glib holds 1 and 1.0 apart, JSON Schema does not. */
static void
check_const (Checker *self,
             JsonObject *schema,
             JsonNode *keyword,
             JsonNode *instance)
{
  g_autofree char *text = NULL;

  if (json_node_equal (keyword, instance) ||
      (is_number (keyword) && is_number (instance) && json_node_get_double (keyword) == json_node_get_double (instance)))
    return;
  text = json_to_string (keyword, FALSE);
  report (self, "must be %s", text);
}

/* Compiling takes longer than everything else about a definition, and a folder may hold thousands of them. */
static GHashTable *
get_patterns (void)
{
  static GPrivate of_thread = G_PRIVATE_INIT ((GDestroyNotify) g_hash_table_unref);
  GHashTable *patterns = g_private_get (&of_thread);

  if (patterns == NULL) {
    patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);
    g_private_set (&of_thread, patterns);
  }
  return patterns;
}

/* A schema's patterns are ECMA-262, where `$` is the very end and \uXXXX a character. */
static GRegex *
get_pattern (Checker *self,
             const char *text)
{
  GRegex *pattern = g_hash_table_lookup (self->patterns, text);
  g_autoptr (GString) translated = NULL;
  g_autoptr (GError) error = NULL;

  if (pattern != NULL)
    return pattern;

  translated = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++) {
    if (g_str_has_prefix (p, "\\u")) {
      g_string_append_printf (translated, "\\x{%.4s}", p + 2);
      p += 5;
    } else {
      g_string_append_c (translated, *p);
    }
  }
  pattern = g_regex_new (translated->str, G_REGEX_DOLLAR_ENDONLY, 0, &error);
  if (pattern == NULL)
    g_error ("The schema's pattern “%s”: %s", text, error->message);
  g_hash_table_insert (self->patterns, g_strdup (text), pattern);

  return pattern;
}

static void
check_pattern (Checker *self,
               JsonObject *schema,
               JsonNode *keyword,
               JsonNode *instance)
{
  if (!is_string (instance) ||
      g_regex_match (get_pattern (self, json_node_get_string (keyword)), json_node_get_string (instance), 0, NULL))
    return;

  if (describe (schema) != NULL)
    report (self, "is not as it must be: %s", describe (schema));
  else
    report (self, "does not match %s", json_node_get_string (keyword));
}

static void
check_min_length (Checker *self,
                  JsonObject *schema,
                  JsonNode *keyword,
                  JsonNode *instance)
{
  if (is_string (instance) && g_utf8_strlen (json_node_get_string (instance), -1) < json_node_get_int (keyword))
    report (self, "must not be empty");
}

static void
check_max_length (Checker *self,
                  JsonObject *schema,
                  JsonNode *keyword,
                  JsonNode *instance)
{
  if (is_string (instance) && g_utf8_strlen (json_node_get_string (instance), -1) > json_node_get_int (keyword))
    report (self, "is longer than %" G_GINT64_FORMAT " characters", json_node_get_int (keyword));
}

static void
check_minimum (Checker *self,
               JsonObject *schema,
               JsonNode *keyword,
               JsonNode *instance)
{
  if (is_number (instance) && json_node_get_double (instance) < json_node_get_double (keyword))
    report (self, "is less than %g", json_node_get_double (keyword));
}

static void
check_maximum (Checker *self,
               JsonObject *schema,
               JsonNode *keyword,
               JsonNode *instance)
{
  if (is_number (instance) && json_node_get_double (instance) > json_node_get_double (keyword))
    report (self, "is more than %g", json_node_get_double (keyword));
}

/* What there are too many of is one mistake, and nobody waits for the judgement of each. */
static guint
bound (JsonObject *schema,
       const char *keyword,
       guint n)
{
  return (guint) MIN (n, json_object_get_int_member_with_default (schema, keyword, G_MAXUINT));
}

static void
check_items (Checker *self,
             JsonObject *schema,
             JsonNode *keyword,
             JsonNode *instance)
{
  JsonArray *items;
  guint n;

  if (!JSON_NODE_HOLDS_ARRAY (instance))
    return;

  items = json_node_get_array (instance);
  n = bound (schema, "maxItems", json_array_get_length (items));
  for (guint i = 0; i < n; i++) {
    g_autofree char *index = g_strdup_printf ("%u", i);

    check_member (self, json_node_get_object (keyword), index, json_array_get_element (items, i));
  }
}

static void
check_min_items (Checker *self,
                 JsonObject *schema,
                 JsonNode *keyword,
                 JsonNode *instance)
{
  if (JSON_NODE_HOLDS_ARRAY (instance) && json_array_get_length (json_node_get_array (instance)) < json_node_get_int (keyword))
    report (self, "needs at least %" G_GINT64_FORMAT " entry", json_node_get_int (keyword));
}

static void
check_max_items (Checker *self,
                 JsonObject *schema,
                 JsonNode *keyword,
                 JsonNode *instance)
{
  if (JSON_NODE_HOLDS_ARRAY (instance) && json_array_get_length (json_node_get_array (instance)) > json_node_get_int (keyword))
    report (self, "has more than %" G_GINT64_FORMAT " entries", json_node_get_int (keyword));
}

static void
check_unique_items (Checker *self,
                    JsonObject *schema,
                    JsonNode *keyword,
                    JsonNode *instance)
{
  JsonArray *items;
  guint n;

  if (!JSON_NODE_HOLDS_ARRAY (instance))
    return;

  items = json_node_get_array (instance);
  n = bound (schema, "maxItems", json_array_get_length (items));
  for (guint i = 0; i < n; i++) {
    for (guint j = 0; j < i; j++) {
      if (json_node_equal (json_array_get_element (items, i), json_array_get_element (items, j))) {
        report (self, "entries %u and %u are the same", j, i);
        return;
      }
    }
  }
}

static void
check_required (Checker *self,
                JsonObject *schema,
                JsonNode *keyword,
                JsonNode *instance)
{
  JsonArray *names = json_node_get_array (keyword);

  for (guint i = 0; JSON_NODE_HOLDS_OBJECT (instance) && i < json_array_get_length (names); i++) {
    const char *name = json_array_get_string_element (names, i);

    if (!json_object_has_member (json_node_get_object (instance), name))
      report_lack (self, "lacks the member “%s”", name);
  }
}

static void
check_properties (Checker *self,
                  JsonObject *schema,
                  JsonNode *keyword,
                  JsonNode *instance)
{
  JsonObject *properties = json_node_get_object (keyword);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!JSON_NODE_HOLDS_OBJECT (instance))
    return;

  json_object_iter_init_ordered (&iter, json_node_get_object (instance));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (json_object_has_member (properties, name))
      check_member (self, json_object_get_object_member (properties, name), name, node);
  }
}

/* Boolean false, or a schema. */
static void
check_additional_properties (Checker *self,
                             JsonObject *schema,
                             JsonNode *keyword,
                             JsonNode *instance)
{
  JsonObject *properties = json_object_has_member (schema, "properties")
                             ? json_object_get_object_member (schema, "properties")
                             : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  guint left;

  if (!JSON_NODE_HOLDS_OBJECT (instance))
    return;

  left = bound (schema, "maxProperties", json_object_get_size (json_node_get_object (instance)));
  json_object_iter_init_ordered (&iter, json_node_get_object (instance));
  while (left-- > 0 && json_object_iter_next_ordered (&iter, &name, &node)) {
    gsize length = self->pointer->len;

    if (properties != NULL && json_object_has_member (properties, name))
      continue;
    plug_schema_append_pointer (self->pointer, name);
    if (JSON_NODE_HOLDS_OBJECT (keyword))
      check_node (self, json_node_get_object (keyword), node);
    else
      report (self, "is not a member that belongs here");
    g_string_truncate (self->pointer, length);
  }
}

static void
check_property_names (Checker *self,
                      JsonObject *schema,
                      JsonNode *keyword,
                      JsonNode *instance)
{
  JsonObjectIter iter;
  const char *name;
  guint left;

  if (!JSON_NODE_HOLDS_OBJECT (instance))
    return;

  left = bound (schema, "maxProperties", json_object_get_size (json_node_get_object (instance)));
  json_object_iter_init_ordered (&iter, json_node_get_object (instance));
  while (left-- > 0 && json_object_iter_next_ordered (&iter, &name, NULL)) {
    g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), name);

    check_member (self, json_node_get_object (keyword), name, node);
  }
}

static void
check_min_properties (Checker *self,
                      JsonObject *schema,
                      JsonNode *keyword,
                      JsonNode *instance)
{
  if (JSON_NODE_HOLDS_OBJECT (instance) && json_object_get_size (json_node_get_object (instance)) < json_node_get_int (keyword))
    report (self, "needs at least %" G_GINT64_FORMAT " member", json_node_get_int (keyword));
}

static void
check_max_properties (Checker *self,
                      JsonObject *schema,
                      JsonNode *keyword,
                      JsonNode *instance)
{
  if (JSON_NODE_HOLDS_OBJECT (instance) && json_object_get_size (json_node_get_object (instance)) > json_node_get_int (keyword))
    report (self, "may have %" G_GINT64_FORMAT " members at most", json_node_get_int (keyword));
}

/* "#/$defs/NAME" */
static JsonObject *
follow_reference (Checker *self,
                  JsonNode *keyword)
{
  return json_object_get_object_member (self->definitions, json_node_get_string (keyword) + strlen ("#/$defs/"));
}

static void
check_reference (Checker *self,
                 JsonObject *schema,
                 JsonNode *keyword,
                 JsonNode *instance)
{
  check_node (self, follow_reference (self, keyword), instance);
}

static gboolean
has_text (JsonObject *object,
          const char *name)
{
  return json_object_has_member (object, name) && is_string (json_object_get_member (object, name));
}

/* What @branch calls the member @name, when that is fixed: a kind, such as "http"; or NULL. */
static JsonNode *
get_kind (JsonObject *branch,
          const char *name)
{
  JsonObject *properties = json_object_has_member (branch, "properties")
                             ? json_object_get_object_member (branch, "properties")
                             : NULL;
  JsonObject *property = properties != NULL && json_object_has_member (properties, name)
                           ? json_object_get_object_member (properties, name)
                           : NULL;

  return property != NULL && has_text (property, "const") ? json_object_get_member (property, "const") : NULL;
}

/* The members of @instance that say that another kind than @branch was meant: how many, and the first. */
static guint
count_contradictions (JsonObject *branch,
                      JsonNode *instance,
                      const char **first)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;
  guint n = 0;

  *first = NULL;
  if (json_object_has_member (branch, "type") && !fits_type (json_object_get_member (branch, "type"), instance))
    return 1;
  if (!JSON_NODE_HOLDS_OBJECT (instance))
    return 0;

  json_object_iter_init_ordered (&iter, json_node_get_object (instance));
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    JsonNode *kind = get_kind (branch, name);

    if (kind != NULL && !json_node_equal (kind, value) && n++ == 0)
      *first = name;
  }
  return n;
}

static guint
count_unknown (JsonObject *branch,
               JsonNode *instance)
{
  JsonObject *properties = json_object_has_member (branch, "properties")
                             ? json_object_get_object_member (branch, "properties")
                             : NULL;
  JsonObjectIter iter;
  const char *name;
  guint n = 0;

  if (properties == NULL || !JSON_NODE_HOLDS_OBJECT (instance))
    return 0;

  json_object_iter_init (&iter, json_node_get_object (instance));
  while (json_object_iter_next (&iter, &name, NULL))
    n += !json_object_has_member (properties, name);
  return n;
}

static JsonObject *
get_branch (Checker *self,
            JsonArray *branches,
            guint index)
{
  JsonObject *branch = json_array_get_object_element (branches, index);

  return json_object_has_member (branch, "$ref") ? follow_reference (self, json_object_get_member (branch, "$ref")) : branch;
}

/* The member @name has none of the kinds there are. */
static void
report_kinds (Checker *self,
              JsonArray *branches,
              const char *name)
{
  g_autoptr (GString) list = g_string_new (NULL);
  gsize length = self->pointer->len;

  for (guint i = 0; i < json_array_get_length (branches); i++) {
    JsonNode *kind = get_kind (get_branch (self, branches, i), name);
    g_autofree char *text = kind != NULL ? json_to_string (kind, FALSE) : NULL;

    if (text != NULL && strstr (list->str, text) == NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", text);
  }
  plug_schema_append_pointer (self->pointer, name);
  report (self, "must be one of %s", list->str);
  g_string_truncate (self->pointer, length);
}

static void
check_one_of (Checker *self,
              JsonObject *schema,
              JsonNode *keyword,
              JsonNode *instance)
{
  JsonArray *branches = json_node_get_array (keyword);
  PlugSchemaFunc report_func = self->report;
  guint n_before = self->n_mistakes, n_right = 0;
  guint64 fewest = G_MAXUINT64;
  const char *other_kind = NULL;
  JsonObject *meant = NULL;

  self->report = NULL;
  for (guint i = 0; i < json_array_get_length (branches); i++) {
    JsonObject *branch = get_branch (self, branches, i);
    const char *contradiction;
    guint64 n;

    self->n_mistakes = 0;
    check_node (self, branch, instance);
    n_right += self->n_mistakes == 0;
    n = self->n_mistakes + OTHER_KIND * count_contradictions (branch, instance, &contradiction) +
        UNKNOWN_MEMBER * count_unknown (branch, instance);
    if (n < fewest) {
      fewest = n;
      meant = branch;
      other_kind = contradiction;
    }
  }
  self->report = report_func;
  self->n_mistakes = n_before;

  if (n_right == 0 && other_kind != NULL)
    report_kinds (self, branches, other_kind);
  else if (n_right == 0)
    check_node (self, meant, instance);
  else if (n_right > 1)
    report (self, "fits more than one form");
}

static void
check_annotation (Checker *self,
                  JsonObject *schema,
                  JsonNode *keyword,
                  JsonNode *instance)
{
}

typedef struct {
  const char *name;
  KeywordFunc check;
} Keyword;

/* Sorted: they are looked for all the time. */
static const Keyword keywords[] = {
  { "$defs", check_annotation },
  { "$ref", check_reference },
  { "$schema", check_annotation },
  { "additionalProperties", check_additional_properties },
  { "const", check_const },
  { "default", check_annotation },
  { "description", check_annotation },
  { "enum", check_enum },
  { "format", check_annotation },
  { "items", check_items },
  { "maxItems", check_max_items },
  { "maxLength", check_max_length },
  { "maxProperties", check_max_properties },
  { "maximum", check_maximum },
  { "minItems", check_min_items },
  { "minLength", check_min_length },
  { "minProperties", check_min_properties },
  { "minimum", check_minimum },
  { "oneOf", check_one_of },
  { "pattern", check_pattern },
  { "properties", check_properties },
  { "propertyNames", check_property_names },
  { "required", check_required },
  { "title", check_annotation },
  { "type", check_type },
  { "uniqueItems", check_unique_items },
};

static int
compare_keyword (const void *name,
                 const void *keyword)
{
  return strcmp (name, ((const Keyword *) keyword)->name);
}

static KeywordFunc
find_keyword (const char *name)
{
  const Keyword *keyword = bsearch (name, keywords, G_N_ELEMENTS (keywords), sizeof *keywords, compare_keyword);

  if (keyword == NULL)
    g_error ("The schema's keyword “%s” is not known here", name);
  return keyword->check;
}

static void
check_node (Checker *self,
            JsonObject *schema,
            JsonNode *instance)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *keyword;

  json_object_iter_init_ordered (&iter, schema);
  while (json_object_iter_next_ordered (&iter, &name, &keyword))
    find_keyword (name) (self, schema, keyword, instance);
}

gboolean
plug_schema_check (JsonNode *schema,
                   JsonNode *instance,
                   PlugSchemaFunc report_func,
                   gpointer user_data)
{
  g_autoptr (GString) pointer = g_string_new (NULL);
  JsonObject *root = json_node_get_object (schema);
  Checker checker = {
    .definitions = json_object_has_member (root, "$defs") ? json_object_get_object_member (root, "$defs") : NULL,
    .patterns = get_patterns (),
    .pointer = pointer,
    .report = report_func,
    .user_data = user_data,
  };

  check_node (&checker, root, instance);

  return checker.n_mistakes == 0;
}

void
plug_schema_append_pointer (GString *pointer,
                            const char *name)
{
  g_string_append_c (pointer, '/');
  for (const char *p = name; *p != '\0'; p++) {
    if (*p == '~')
      g_string_append (pointer, "~0");
    else if (*p == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, *p);
  }
}
