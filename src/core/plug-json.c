/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-json.h"

#include <string.h>

#include "plug-json-scanner.h"

/* json-glib 1.6 parses recursively (100,000 nested arrays end the process), accepts comments and single quotes, keeps
 * the last of two members of one name and wraps integers around at 64 bits. So untrusted text goes through our scanner,
 * once and without recursion; what listens to it builds json-glib's nodes or looks for a position. */

typedef struct {
  gboolean numbers_as_text;
  JsonNode *root;
  JsonNode *containers[PLUG_JSON_MAX_DEPTH];
  char *names[PLUG_JSON_MAX_DEPTH]; /* of the member that is being read, by depth */
  guint depth;
} Builder;

static JsonNode *
new_number (const PlugJsonToken *token,
            gboolean as_text)
{
  JsonNode *node = json_node_alloc ();
  g_autofree char *text = g_strndup (token->start, token->length);
  gint64 integer;

  if (as_text)
    return json_node_init_string (node, text);
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return json_node_init_int (node, integer);

  return json_node_init_double (node, g_ascii_strtod (text, NULL));
}

static JsonNode *
new_node (const PlugJsonToken *token,
          gboolean numbers_as_text)
{
  switch (token->type) {
  case PLUG_JSON_OBJECT: {
    JsonNode *node = json_node_new (JSON_NODE_OBJECT);

    json_node_take_object (node, json_object_new ());
    return node;
  }
  case PLUG_JSON_ARRAY: {
    JsonNode *node = json_node_new (JSON_NODE_ARRAY);

    json_node_take_array (node, json_array_new ());
    return node;
  }
  case PLUG_JSON_STRING:
    return json_node_init_string (json_node_alloc (), token->text);
  case PLUG_JSON_NUMBER:
    return new_number (token, numbers_as_text);
  case PLUG_JSON_TRUE:
  case PLUG_JSON_FALSE:
    return json_node_init_boolean (json_node_alloc (), token->type == PLUG_JSON_TRUE);
  case PLUG_JSON_NULL:
  case PLUG_JSON_NAME:
  case PLUG_JSON_END:
  default:
    return json_node_init_null (json_node_alloc ());
  }
}

static void
add_node (Builder *self,
          JsonNode *node)
{
  JsonNode *parent;

  if (self->depth == 0) {
    self->root = node;
    return;
  }

  parent = self->containers[self->depth - 1];
  if (JSON_NODE_HOLDS_OBJECT (parent)) {
    json_object_set_member (json_node_get_object (parent), self->names[self->depth - 1], node);
    g_clear_pointer (&self->names[self->depth - 1], g_free);
  } else {
    json_array_add_element (json_node_get_array (parent), node);
  }
}

static void
build_token (const PlugJsonToken *token,
             gpointer user_data)
{
  Builder *self = user_data;
  JsonNode *node;

  switch (token->type) {
  case PLUG_JSON_NAME:
    self->names[self->depth - 1] = g_strdup (token->text);
    break;
  case PLUG_JSON_END:
    self->depth--;
    break;
  case PLUG_JSON_OBJECT:
  case PLUG_JSON_ARRAY:
    node = new_node (token, self->numbers_as_text);
    add_node (self, node);
    self->containers[self->depth++] = node;
    break;
  case PLUG_JSON_STRING:
  case PLUG_JSON_NUMBER:
  case PLUG_JSON_TRUE:
  case PLUG_JSON_FALSE:
  case PLUG_JSON_NULL:
  default:
    add_node (self, new_node (token, self->numbers_as_text));
    break;
  }
}

static JsonNode *
build (const char *text,
       gssize length,
       gboolean numbers_as_text,
       GError **error)
{
  Builder self = { .numbers_as_text = numbers_as_text };

  /* First the whole check: names that collide must not get as far as json-glib's hash table, and nothing half-built is
   * left over. */
  if (!plug_json_scan (text, length, NULL, NULL, error))
    return NULL;
  plug_json_scan (text, length, build_token, &self, NULL);

  return self.root;
}

/* The reference tokens of an RFC 6901 pointer, unescaped; NULL when it is not one. */
static char **
split_pointer (const char *pointer)
{
  char **tokens;

  if (!plug_json_pointer_is_valid (pointer))
    return NULL;

  tokens = g_strsplit (*pointer == '/' ? pointer + 1 : pointer, "/", -1);
  /* g_strsplit() makes no token of "", but "/" is the member whose name is empty. */
  if (g_str_equal (pointer, "/")) {
    g_strfreev (tokens);
    tokens = g_new0 (char *, 2);
    tokens[0] = g_strdup ("");
  }

  for (guint i = 0; tokens[i] != NULL; i++) {
    char *out = tokens[i];

    for (const char *p = tokens[i]; *p != '\0'; p++)
      *out++ = *p != '~' ? *p : *++p == '0' ? '~' : '/';
    *out = '\0';
  }

  return tokens;
}

/* RFC 6901, section 4: digits without leading zero. */
static gboolean
parse_index (const char *token,
             guint *index)
{
  guint64 number;

  if (token[0] == '0' && token[1] != '\0')
    return FALSE;
  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &number, NULL))
    return FALSE;
  *index = number;

  return TRUE;
}

/* The pointers that are looked for, as a tree: one reference token a step. */
typedef struct {
  GHashTable *next;  /* (nullable): token → Step */
  const char *found; /* where the value begins; NULL as long as it has not */
  guint line;
  guint column;
} Step;

typedef struct {
  Step *root;
  guint depth;                         /* containers that are open */
  Step *steps[PLUG_JSON_MAX_DEPTH];    /* (nullable): of each */
  gboolean is_array[PLUG_JSON_MAX_DEPTH];
  guint index[PLUG_JSON_MAX_DEPTH];    /* of the element that comes next */
  Step *member[PLUG_JSON_MAX_DEPTH];   /* (nullable): of the member that is being read */
  const char *counted;                 /* up to where lines have been counted */
  guint line;
  guint column;
} Locator;

static void
step_free (gpointer data)
{
  Step *self = data;

  g_clear_pointer (&self->next, g_hash_table_unref);
  g_free (self);
}

/* NULL when @pointer is none. */
static Step *
add_steps (Step *step,
           const char *pointer)
{
  g_auto (GStrv) tokens = split_pointer (pointer);

  if (tokens == NULL)
    return NULL;
  for (guint i = 0; tokens[i] != NULL; i++) {
    Step *next;

    if (step->next == NULL)
      step->next = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, step_free);
    next = g_hash_table_lookup (step->next, tokens[i]);
    if (next == NULL) {
      next = g_new0 (Step, 1);
      g_hash_table_insert (step->next, g_strdup (tokens[i]), next);
    }
    step = next;
  }

  return step;
}

static Step *
find_step (Step *step,
           const char *token)
{
  return step != NULL && step->next != NULL ? g_hash_table_lookup (step->next, token) : NULL;
}

/* (nullable): of the value that begins now. */
static Step *
take_step (Locator *self)
{
  guint level = self->depth - 1;
  char index[16];

  if (self->depth == 0)
    return self->root;
  if (!self->is_array[level])
    return self->member[level];
  if (self->steps[level] == NULL)
    return NULL;
  g_snprintf (index, sizeof index, "%u", self->index[level]++);
  return find_step (self->steps[level], index);
}

/* Values come in the order of the text: each line is counted once. */
static void
mark_found (Locator *self,
            Step *step,
            const char *start)
{
  guint line, column;

  plug_json_find_line_and_column (self->counted, start, &line, &column);
  self->column = line > 1 ? column : self->column + column - 1;
  self->line += line - 1;
  self->counted = start;
  step->found = start;
  step->line = self->line;
  step->column = self->column;
}

static void
locate_token (const PlugJsonToken *token,
              gpointer user_data)
{
  Locator *self = user_data;
  Step *step;

  if (token->type == PLUG_JSON_END) {
    self->depth--;
    return;
  }
  if (token->type == PLUG_JSON_NAME) {
    self->member[self->depth - 1] = find_step (self->steps[self->depth - 1], token->text);
    return;
  }

  step = take_step (self);
  if (step != NULL)
    mark_found (self, step, token->start);
  if (token->type == PLUG_JSON_OBJECT || token->type == PLUG_JSON_ARRAY) {
    self->steps[self->depth] = step;
    self->is_array[self->depth] = token->type == PLUG_JSON_ARRAY;
    self->index[self->depth] = 0;
    self->depth++;
  }
}

gboolean
plug_json_check (const char *text,
                 gssize length,
                 GError **error)
{
  return plug_json_scan (text, length, NULL, NULL, error);
}

JsonNode *
plug_json_parse (const char *text,
                 gssize length,
                 GError **error)
{
  return build (text, length, FALSE, error);
}

JsonNode *
plug_json_parse_numbers_as_text (const char *text,
                                 gssize length,
                                 GError **error)
{
  return build (text, length, TRUE, error);
}

JsonNode *
plug_json_resolve (JsonNode *root,
                   const char *pointer)
{
  g_auto (GStrv) tokens = split_pointer (pointer);
  JsonNode *node = tokens != NULL ? root : NULL;

  for (guint i = 0; node != NULL && tokens[i] != NULL; i++) {
    guint index;

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      node = json_object_get_member (json_node_get_object (node), tokens[i]);
    } else if (JSON_NODE_HOLDS_ARRAY (node) && parse_index (tokens[i], &index) &&
               index < json_array_get_length (json_node_get_array (node))) {
      node = json_array_get_element (json_node_get_array (node), index);
    } else {
      node = NULL;
    }
  }

  return node;
}

gboolean
plug_json_pointer_is_valid (const char *pointer)
{
  if (*pointer != '\0' && *pointer != '/')
    return FALSE;
  for (const char *p = strchr (pointer, '~'); p != NULL; p = strchr (p + 1, '~')) {
    if (p[1] != '0' && p[1] != '1')
      return FALSE;
  }

  return g_utf8_validate (pointer, -1, NULL);
}

char *
plug_json_dup_scalar (JsonNode *node)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  GType type;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  type = json_node_get_value_type (node);
  if (type == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  for (guint precision = 15; precision <= 17; precision++) {
    char format[8];

    g_snprintf (format, sizeof format, "%%.%ug", precision);
    g_ascii_formatd (buffer, sizeof buffer, format, json_node_get_double (node));
    if (g_ascii_strtod (buffer, NULL) == json_node_get_double (node))
      break;
  }

  return g_strdup (buffer);
}

void
plug_json_locate_all (const char *text,
                      PlugJsonPlace *places,
                      gsize n_places)
{
  g_autofree Step **steps = g_new (Step *, n_places);
  Step *root = g_new0 (Step, 1);
  Locator self = { .root = root, .counted = text, .line = 1, .column = 1 };

  for (gsize i = 0; i < n_places; i++)
    steps[i] = add_steps (root, places[i].pointer);
  plug_json_scan (text, -1, locate_token, &self, NULL);
  for (gsize i = 0; i < n_places; i++) {
    gboolean found = steps[i] != NULL && steps[i]->found != NULL;

    places[i].line = found ? steps[i]->line : 0;
    places[i].column = found ? steps[i]->column : 0;
  }
  step_free (root);
}

gboolean
plug_json_locate (const char *text,
                  const char *pointer,
                  guint *line,
                  guint *column)
{
  PlugJsonPlace place = { .pointer = pointer };

  plug_json_locate_all (text, &place, 1);
  if (place.line == 0)
    return FALSE;
  *line = place.line;
  *column = place.column;

  return TRUE;
}

static void
wipe_element (JsonArray *array,
              guint index,
              JsonNode *element,
              gpointer user_data)
{
  plug_json_wipe (element);
}

static void
wipe_member (JsonObject *object,
             const char *name,
             JsonNode *member,
             gpointer user_data)
{
  plug_json_wipe (member);
}

void
plug_json_wipe (JsonNode *root)
{
  if (JSON_NODE_HOLDS_OBJECT (root)) {
    json_object_foreach_member (json_node_get_object (root), wipe_member, NULL);
  } else if (JSON_NODE_HOLDS_ARRAY (root)) {
    json_array_foreach_element (json_node_get_array (root), wipe_element, NULL);
  } else if (JSON_NODE_HOLDS_VALUE (root) && json_node_get_value_type (root) == G_TYPE_STRING) {
    /* json-glib lends the string it owns and offers no way to overwrite it. */
    char *text = (char *) json_node_get_string (root);

    explicit_bzero (text, strlen (text));
  }
}
