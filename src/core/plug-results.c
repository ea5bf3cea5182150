/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-results.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "plug-json.h"
#include "plug-publish.h"

typedef struct {
  PlugOutcome outcome;
  PlugReason reason;
  gint64 tested;
} Entry;

struct _PlugResults {
  char *folder;
  char *path;
  char *text; /* as it was read last */
  GHashTable *entries; /* revision → Entry */
};

static void
read_entry (PlugResults *self,
            const char *revision,
            JsonNode *node)
{
  Entry entry;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node) || !g_uuid_string_is_valid (revision))
    return;
  object = json_node_get_object (node);
  entry.tested = json_object_get_int_member_with_default (object, "tested", 0);
  if (entry.tested > 0 &&
      plug_outcome_from_id (json_object_get_string_member_with_default (object, "outcome", ""), &entry.outcome) &&
      plug_reason_from_id (json_object_get_string_member_with_default (object, "reason", ""), &entry.reason))
    g_hash_table_replace (self->entries, g_strdup (revision), g_memdup2 (&entry, sizeof entry));
}

PlugResults *
plug_results_new (const char *state_folder)
{
  PlugResults *self = g_new0 (PlugResults, 1);

  self->folder = g_strdup (state_folder);
  self->path = g_build_filename (state_folder, "results.json", NULL);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plug_results_reload (self);
  return self;
}

void
plug_results_free (PlugResults *self)
{
  g_free (self->folder);
  g_free (self->path);
  g_free (self->text);
  g_hash_table_unref (self->entries);
  g_free (self);
}

const char *
plug_results_get_path (PlugResults *self)
{
  return self->path;
}

gboolean
plug_results_reload (PlugResults *self)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  gsize length = 0;
  JsonObjectIter iter;
  const char *revision;
  JsonNode *node;

  g_file_get_contents (self->path, &text, &length, NULL);
  if (g_strcmp0 (text, self->text) == 0)
    return FALSE;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_hash_table_remove_all (self->entries);
  root = self->text == NULL ? NULL : plug_json_parse (self->text, (gssize) length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return TRUE;
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &revision, &node))
    read_entry (self, revision, node);
  return TRUE;
}

gboolean
plug_results_lookup (PlugResults *self,
                     const char *revision,
                     PlugOutcome *outcome,
                     PlugReason *reason,
                     gint64 *tested)
{
  const Entry *entry = g_hash_table_lookup (self->entries, revision);

  if (entry == NULL)
    return FALSE;
  *outcome = entry->outcome;
  *reason = entry->reason;
  *tested = entry->tested;
  return TRUE;
}

static char *
serialise (PlugResults *self,
           const char * const *known)
{
  g_autoptr (JsonObject) root_object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  GHashTableIter iter;
  gpointer revision, data;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &revision, &data)) {
    const Entry *entry = data;
    JsonObject *object;

    if (!g_strv_contains (known, revision))
      continue;
    object = json_object_new ();
    json_object_set_string_member (object, "outcome", plug_outcome_to_id (entry->outcome));
    json_object_set_string_member (object, "reason", plug_reason_to_id (entry->reason));
    json_object_set_int_member (object, "tested", entry->tested);
    json_object_set_object_member (root_object, revision, object);
  }
  json_node_set_object (root, root_object);
  return json_to_string (root, TRUE);
}

/* Whole or not at all for readers, but no promise for a power cut. */
static void
write_quickly (PlugResults *self,
               const char *text)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%d", self->path, getpid ());
  int fd = open (temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
  gsize length = strlen (text);
  gboolean good;

  if (fd < 0)
    return;
  good = write (fd, text, length) == (ssize_t) length;
  close (fd);
  if (!good || rename (temporary, self->path) != 0)
    unlink (temporary);
}

void
plug_results_store (PlugResults *self,
                    const char *revision,
                    PlugOutcome outcome,
                    PlugReason reason,
                    gint64 tested,
                    const char * const *known)
{
  g_autofree char *lock_path = g_build_filename (self->folder, "results.lock", NULL);
  Entry entry = { outcome, reason, tested };
  g_autofree char *text = NULL;
  int lock;

  if (!plug_publish_make_folder (self->folder, NULL))
    return;
  lock = open (lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (lock >= 0)
    flock (lock, LOCK_EX);
  plug_results_reload (self);
  g_hash_table_replace (self->entries, g_strdup (revision), g_memdup2 (&entry, sizeof entry));
  text = serialise (self, known);
  write_quickly (self, text);
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  if (lock >= 0)
    close (lock);
}
