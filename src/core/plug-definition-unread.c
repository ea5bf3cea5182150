/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <string.h>

#include "plug-json.h"

/* All mistakes are told at once, and none that only follows from another. So what the schema has refused is taken out
 * before the rules come, and what it might have said is remembered: in it, names of members and whole texts may be the
 * ids of parameters or variables that an answer sets, and what stands in braces is used. */

#define METHODS "/methods/"
#define NAME_CHARACTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
#define MAX_NAME_BYTES 41

typedef enum {
  MAY_DEFINE = 1 << 0,
  MAY_USE = 1 << 1,
} Hint;

/* "/methods/N NAME" of what is at @pointer; NULL outside of the methods. */
static char *
dup_key (const char *pointer,
         const char *name,
         gsize length)
{
  gsize method_length;

  if (!g_str_has_prefix (pointer, METHODS))
    return NULL;
  method_length = strlen (METHODS) + strcspn (pointer + strlen (METHODS), "/");
  return g_strdup_printf ("%.*s %.*s", (int) method_length, pointer, (int) length, name);
}

static void
note (PlugDefinitionReader *self,
      const char *pointer,
      const char *name,
      gsize length,
      Hint hint)
{
  char *key = length <= MAX_NAME_BYTES ? dup_key (pointer, name, length) : NULL;
  guint known;

  if (key == NULL)
    return;
  known = GPOINTER_TO_UINT (g_hash_table_lookup (self->hints, key));
  g_hash_table_replace (self->hints, key, GUINT_TO_POINTER (known | hint));
}

static gboolean
has_hint (PlugDefinitionReader *self,
          const char *name,
          Hint hint)
{
  g_autofree char *key = dup_key (self->pointer->str, name, strlen (name));

  return key != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (self->hints, key)) & hint;
}

/* A template may be broken: whatever looks like a name behind a brace counts. */
static void
note_template (PlugDefinitionReader *self,
               const char *pointer,
               const char *text)
{
  for (const char *p = strchr (text, '{'); p != NULL; p = strchr (p, '{')) {
    p++;
    while (*p != '\0' && strchr ("{}", *p) == NULL) {
      gsize length = strspn (p, NAME_CHARACTERS);

      if (length > 0) {
        note (self, pointer, p, length, MAY_USE);
        self->n_uses++;
      }
      p += MAX (length, 1);
    }
  }
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

/* Whether an answer would set variables in it. */
static gboolean
has_set (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    JsonNode *member;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &member)) {
      if (has_set (member))
        return TRUE;
    }
    return json_object_has_member (json_node_get_object (node), "set");
  }
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      if (has_set (json_array_get_element (array, i)))
        return TRUE;
    }
  }
  return FALSE;
}

/* Whether @pointer leads to a member of that name, or to one step below it. */
static gboolean
is_at (const char *pointer,
       const char *member)
{
  const char *last = strrchr (pointer, '/');
  gsize length = strlen (member);

  return last != NULL && (g_str_equal (last, member) ||
                          ((gsize) (last - pointer) >= length && strncmp (last - length, member, length) == 0));
}

/* What stands at @pointer would give parameters or variables their names, and nobody knows which. */
static gboolean
hides_names (const char *pointer,
             JsonNode *node)
{
  return (strstr (pointer, "/parameters/") != NULL && g_str_has_suffix (pointer, "/id")) || is_at (pointer, "/set") ||
         ((is_at (pointer, "/resolve") || is_at (pointer, "/auth")) && !has_set (node));
}

static gboolean
is_name (const char *text)
{
  return *text != '\0' && text[strspn (text, NAME_CHARACTERS)] == '\0';
}

static void
note_name (PlugDefinitionReader *self,
           const char *pointer,
           const char *name)
{
  if (is_name (name))
    note (self, pointer, name, strlen (name), MAY_DEFINE | MAY_USE);
}

static void note_node (PlugDefinitionReader *self,
                       const char *pointer,
                       JsonNode *node);

static void
note_object (PlugDefinitionReader *self,
             const char *pointer,
             JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member)) {
    note_name (self, pointer, name);
    note_node (self, pointer, member);
  }
}

/* The depth is that of the definition, which has been checked. */
static void
note_node (PlugDefinitionReader *self,
           const char *pointer,
           JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    note_object (self, pointer, json_node_get_object (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      note_node (self, pointer, json_array_get_element (array, i));
  } else if (is_text (node)) {
    note_name (self, pointer, json_node_get_string (node));
    note_template (self, pointer, json_node_get_string (node));
  }
}

void
plug_reader_note_unread (PlugDefinitionReader *self,
                         JsonNode *node)
{
  guint n_uses = self->n_uses;

  note_node (self, self->pointer->str, node);
  if (n_uses == self->n_uses)
    plug_reader_note_lack (self);
}

void
plug_reader_note_object (PlugDefinitionReader *self,
                         JsonObject *object)
{
  guint n_uses = self->n_uses;

  note_object (self, self->pointer->str, object);
  if (n_uses == self->n_uses)
    plug_reader_note_lack (self);
}

void
plug_reader_note_refused (PlugDefinitionReader *self,
                          const char *member,
                          gboolean is_container)
{
  gsize place = self->pointer->len;
  gpointer has_none = NULL;

  if (member != NULL)
    plug_reader_enter (self, member);
  if (g_hash_table_lookup_extended (self->blank, self->pointer->str, NULL, &has_none) &&
      (is_container || has_none != NULL))
    plug_reader_note_lack (self);
  plug_reader_leave (self, place);
}

void
plug_reader_note_lack (PlugDefinitionReader *self)
{
  note (self, self->pointer->str, "", 0, MAY_USE);
}

void
plug_reader_note_nameless (PlugDefinitionReader *self)
{
  note (self, self->pointer->str, "", 0, MAY_DEFINE);
}

gboolean
plug_reader_may_define (PlugDefinitionReader *self,
                        const char *name)
{
  return has_hint (self, name, MAY_DEFINE) || has_hint (self, "", MAY_DEFINE);
}

gboolean
plug_reader_may_use (PlugDefinitionReader *self,
                     const char *name)
{
  return has_hint (self, name, MAY_USE) || has_hint (self, "", MAY_USE);
}

static gboolean
is_method (const char *pointer)
{
  return g_str_has_prefix (pointer, METHODS) && strchr (pointer + strlen (METHODS), '/') == NULL;
}

void
plug_reader_drop_refused (PlugDefinitionReader *self,
                          JsonNode *root)
{
  GHashTableIter iter;
  gpointer pointer;

  g_hash_table_iter_init (&iter, self->lacking);
  while (g_hash_table_iter_next (&iter, &pointer, NULL)) {
    if (!is_method (pointer) && strstr (pointer, "/parameters/") == NULL)
      note (self, pointer, "", 0, strstr (pointer, "/resolve/") != NULL ? MAY_USE | MAY_DEFINE : MAY_USE);
  }
  g_hash_table_iter_init (&iter, self->refused);
  while (g_hash_table_iter_next (&iter, &pointer, NULL)) {
    /* NULL below what has been taken out already. */
    JsonNode *node = plug_json_resolve (root, pointer);
    guint n_uses;

    if (node == NULL)
      continue;
    n_uses = self->n_uses;
    note_node (self, pointer, node);
    if (n_uses == self->n_uses || JSON_NODE_HOLDS_VALUE (node))
      g_hash_table_insert (self->blank, g_strdup (pointer), GINT_TO_POINTER (n_uses == self->n_uses));
    if (hides_names (pointer, node))
      note (self, pointer, "", 0, MAY_DEFINE);
    json_node_init_null (node);
  }
}

gboolean
plug_reader_is_refused (JsonObject *object,
                        const char *member)
{
  return json_object_has_member (object, member) && JSON_NODE_HOLDS_NULL (json_object_get_member (object, member));
}
