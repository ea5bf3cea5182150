/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-journal.h"
#include "plug-publish.h"
#include "plug-store-private.h"

/* After a crash: one journal entry after the other, each item deleted unless a file names it. */
typedef struct {
  char *folder;
  char *state_folder;
  GPtrArray *entries; /* of PlugJournalEntry, those that are still to be looked at */
  PlugJournalEntry *current;
} Recovery;

static void delete_next (GTask *task);

static void
recovery_free (gpointer data)
{
  Recovery *recovery = data;

  for (guint i = 0; recovery->entries != NULL && i < recovery->entries->len; i++)
    plug_journal_abandon (recovery->entries->pdata[i]);
  g_clear_pointer (&recovery->entries, g_ptr_array_unref);
  g_clear_pointer (&recovery->current, plug_journal_abandon);
  g_free (recovery->folder);
  g_free (recovery->state_folder);
  g_free (recovery);
}

static void
list_thread (GTask *task,
             gpointer source,
             gpointer task_data,
             GCancellable *cancellable)
{
  Recovery *recovery = task_data;

  g_autofree char *pending = g_build_filename (recovery->state_folder, "pending", NULL);

  plug_publish_sweep (pending);
  plug_publish_sweep (recovery->folder);
  recovery->entries = plug_journal_list_stale (recovery->state_folder);
  g_task_return_boolean (task, TRUE);
}

static void
deleted_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Recovery *recovery = g_task_get_task_data (task);
  GError *error = NULL;

  if (!plug_vault_delete_finish (PLUG_VAULT (source), result, &error)) {
    /* A locked keyring now is an unlocked one at a later start. */
    g_clear_pointer (&recovery->current, plug_journal_abandon);
    g_task_return_error (task, error);
    return;
  }
  g_clear_pointer (&recovery->current, plug_journal_end);
  delete_next (task);
}

static void
delete_next (GTask *task)
{
  PlugStore *store = g_task_get_source_object (task);
  Recovery *recovery = g_task_get_task_data (task);

  while (recovery->entries->len > 0) {
    recovery->current = g_ptr_array_steal_index_fast (recovery->entries, recovery->entries->len - 1);
    if (plug_store_names_revision (store, plug_journal_get_revision (recovery->current))) {
      g_clear_pointer (&recovery->current, plug_journal_end);
      continue;
    }
    plug_vault_delete_async (plug_store_get_vault (store), plug_journal_get_name (recovery->current),
                             plug_journal_get_revision (recovery->current), PLUG_VAULT_NONE,
                             g_task_get_cancellable (task), deleted_cb, g_object_ref (task));
    return;
  }
  g_task_return_boolean (task, TRUE);
}

static void
listed_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  /* The files of now count, not those of when the program began. */
  plug_store_rescan (PLUG_STORE (source));
  delete_next (task);
}

void
plug_store_recover_async (PlugStore *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GTask) step = NULL;
  Recovery *recovery = g_new0 (Recovery, 1);

  g_task_set_source_tag (task, plug_store_recover_async);
  recovery->folder = g_strdup (plug_store_get_folder (self));
  recovery->state_folder = g_strdup (plug_store_get_state_folder (self));
  g_task_set_task_data (task, recovery, recovery_free);
  step = g_task_new (self, NULL, listed_cb, g_object_ref (task));
  g_task_set_task_data (step, recovery, NULL);
  g_task_run_in_thread (step, list_thread);
}

gboolean
plug_store_recover_finish (PlugStore *self,
                           GAsyncResult *result,
                           GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
