/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-private.h"
#include "plug-file-name.h"
#include "plug-journal.h"
#include "plug-publish.h"
#include "plug-store-private.h"

/* Create and replace are one operation: a journal entry, the keyring item, the file, and then the entry is forgotten.
 * At each point a crash leaves either the old state, or the new one, or an entry that names the item to delete. What
 * touches the disk runs on a thread; the keyring has its own. */
typedef struct {
  /* set before the first step, and read by the threads */
  char *name;
  char *revision;
  char *old_revision; /* NULL: a new connection */
  char *folder;
  char *state_folder;
  char *authorities_folder;
  char *file_name;
  GBytes *content;
  GBytes *authorities;
  char *authorities_name;
  char *old_authorities_name;
  SecretValue *secret;

  PlugJournalEntry *entry;
  PlugJournalEntry *old_entry;
  GError *error; /* why the change is rolled back */
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->name);
  g_free (change->revision);
  g_free (change->old_revision);
  g_free (change->folder);
  g_free (change->state_folder);
  g_free (change->authorities_folder);
  g_free (change->file_name);
  g_free (change->authorities_name);
  g_free (change->old_authorities_name);
  g_clear_pointer (&change->content, g_bytes_unref);
  g_clear_pointer (&change->authorities, g_bytes_unref);
  g_clear_pointer (&change->secret, secret_value_unref);
  g_clear_pointer (&change->entry, plug_journal_abandon);
  g_clear_pointer (&change->old_entry, plug_journal_abandon);
  g_clear_error (&change->error);
  g_free (change);
}

static Change *
change_new (PlugStore *store,
            PlugDraft *draft,
            PlugConnection *old)
{
  Change *change = g_new0 (Change, 1);
  g_autofree char *now = plug_connection_file_dup_now ();
  const PlugConnectionFile *old_file = old == NULL ? NULL : plug_connection_peek_file (old);
  PlugConnectionFile file = { 0 };

  change->name = g_strdup (plug_draft_get_name (draft));
  change->revision = g_uuid_string_random ();
  change->folder = g_strdup (plug_store_get_folder (store));
  change->state_folder = g_strdup (plug_store_get_state_folder (store));
  change->authorities_folder = g_strdup (plug_store_get_authorities_folder (store));
  change->secret = plug_draft_to_secret (draft);
  if (plug_draft_get_authorities (draft) != NULL) {
    change->authorities = g_bytes_ref (plug_draft_get_authorities (draft));
    change->authorities_name = g_strconcat (change->revision, ".pem", NULL);
  }
  if (old != NULL) {
    change->old_revision = g_strdup (old_file->revision);
    change->old_authorities_name = g_strdup (old_file->authorities);
    change->file_name = g_file_get_basename (plug_connection_get_file (old));
    file.members = old_file->members;
  } else
    change->file_name = plug_file_name_for (change->name);

  /* Borrowed, all of it: the struct only carries what is to be written. */
  file.name = change->name;
  file.provider = (char *) plug_provider_get_id (plug_draft_get_provider (draft));
  file.method = (char *) plug_method_get_id (plug_draft_get_method (draft));
  file.revision = change->revision;
  file.created = old != NULL && old_file->created != NULL ? old_file->created : now;
  file.modified = now;
  file.authorities = change->authorities_name;
  file.values = plug_draft_get_values (draft);
  change->content = plug_connection_file_serialise (&file);
  return change;
}

static void
begin_thread (GTask *task,
              gpointer source,
              gpointer task_data,
              GCancellable *cancellable)
{
  Change *change = task_data;
  g_autofree char *data_folder = g_path_get_dirname (change->folder);
  GError *error = NULL;

  if (!plug_publish_make_folder (data_folder, &error) || !plug_publish_make_folder (change->folder, &error) ||
      (change->authorities != NULL && !plug_publish_make_folder (change->authorities_folder, &error)) ||
      (change->entry = plug_journal_begin (change->state_folder, change->name, change->revision, &error)) == NULL ||
      (change->old_revision != NULL &&
       (change->old_entry = plug_journal_begin (change->state_folder, change->name, change->old_revision, &error)) == NULL))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/* Somebody else may have edited or deleted the connection since it was read. */
static gboolean
is_still_old (const Change *change,
              GError **error)
{
  g_autofree char *path = g_build_filename (change->folder, change->file_name, NULL);
  PlugConnectionFile file;
  gboolean same = plug_connection_file_read (path, &file, NULL) && g_strcmp0 (file.revision, change->old_revision) == 0;

  plug_connection_file_clear (&file);
  if (!same)
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE, "the connection was changed meanwhile");
  return same;
}

static void
publish_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  Change *change = task_data;
  GError *error = NULL;
  gboolean good;

  plug_publish_reach ("item-stored");
  good = (change->old_revision == NULL || is_still_old (change, &error)) &&
         (change->authorities == NULL || plug_publish_new (change->authorities_folder, change->authorities_name,
                                                           change->authorities, &error)) &&
         (change->old_revision == NULL ? plug_publish_new (change->folder, change->file_name, change->content, &error)
                                       : plug_publish_replace (change->folder, change->file_name, change->content, &error));
  if (good) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (change->authorities != NULL)
    plug_publish_remove (change->authorities_folder, change->authorities_name, NULL);
  g_task_return_error (task, error);
}

static void
end_thread (GTask *task,
            gpointer source,
            gpointer task_data,
            GCancellable *cancellable)
{
  Change *change = task_data;

  g_clear_pointer (&change->entry, plug_journal_end);
  g_clear_pointer (&change->old_entry, plug_journal_end);
  g_task_return_boolean (task, TRUE);
}

static void
forget_thread (GTask *task,
               gpointer source,
               gpointer task_data,
               GCancellable *cancellable)
{
  Change *change = task_data;

  if (change->old_authorities_name != NULL)
    plug_publish_remove (change->authorities_folder, change->old_authorities_name, NULL);
  end_thread (task, source, task_data, cancellable);
}

/* Runs a step of @task's change on a thread; the change must outlive it, so the step is never cancelled. */
static void
run_step (GTask *task,
          GTaskThreadFunc thread,
          GAsyncReadyCallback callback)
{
  g_autoptr (GTask) step = g_task_new (g_task_get_source_object (task), NULL, callback, g_object_ref (task));

  g_task_set_task_data (step, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (step, thread);
}

static void
rolled_back_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);

  plug_store_rescan (PLUG_STORE (source));
  g_task_return_error (task, g_steal_pointer (&change->error));
}

static void
item_deleted_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);

  /* A store that timed out may still happen: then, and when the item could not be deleted, recovery has to look. */
  if (!plug_vault_delete_finish (PLUG_VAULT (source), result, NULL) ||
      g_error_matches (change->error, PLUG_ERROR, PLUG_ERROR_VAULT_TIMED_OUT) ||
      g_error_matches (change->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_pointer (&change->entry, plug_journal_abandon);
  run_step (task, end_thread, rolled_back_cb);
}

/* Takes @error. */
static void
roll_back (GTask *task,
           GError *error)
{
  PlugStore *store = g_task_get_source_object (task);
  Change *change = g_task_get_task_data (task);

  change->error = error;
  if (change->entry == NULL) {
    run_step (task, end_thread, rolled_back_cb);
    return;
  }
  plug_vault_delete_async (plug_store_get_vault (store), change->name, change->revision, PLUG_VAULT_NONE, NULL,
                           item_deleted_cb, g_object_ref (task));
}

static void
finished_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlugStore *store = PLUG_STORE (source);
  Change *change = g_task_get_task_data (task);
  PlugConnection *connection;

  plug_store_rescan (store);
  connection = plug_store_find (store, change->name);
  if (connection == NULL)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_NO_SUCH_CONNECTION, "the connection was removed at once");
  else
    g_task_return_pointer (task, g_object_ref (connection), g_object_unref);
}

static void
old_item_deleted_cb (GObject *source,
                     GAsyncResult *result,
                     gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);

  /* The new state stands; an old item that resists is left to recovery. */
  if (!plug_vault_delete_finish (PLUG_VAULT (source), result, NULL))
    g_clear_pointer (&change->old_entry, plug_journal_abandon);
  run_step (task, forget_thread, finished_cb);
}

static void
published_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    roll_back (task, error);
  else if (change->old_revision == NULL)
    run_step (task, end_thread, finished_cb);
  else
    plug_vault_delete_async (plug_store_get_vault (PLUG_STORE (source)), change->name, change->old_revision,
                             PLUG_VAULT_NONE, NULL, old_item_deleted_cb, g_object_ref (task));
}

static void
item_stored_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plug_vault_store_finish (PLUG_VAULT (source), result, &error) ||
      g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    roll_back (task, error);
  else
    run_step (task, publish_thread, published_cb);
}

static void
begun_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error)) {
    /* No item was stored yet: there is nothing to delete. */
    change->error = error;
    run_step (task, end_thread, rolled_back_cb);
  } else
    plug_vault_store_async (plug_store_get_vault (PLUG_STORE (source)), change->name, change->revision, change->secret,
                            PLUG_VAULT_MAY_PROMPT, g_task_get_cancellable (task), item_stored_cb, g_object_ref (task));
}

static void
start_change (GTask *task,
              PlugDraft *draft,
              PlugConnection *old)
{
  /* Once the file is published the change has happened, whatever the cancellable says. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, change_new (g_task_get_source_object (task), draft, old), change_free);
  run_step (task, begin_thread, begun_cb);
}

void
plug_store_create_async (PlugStore *self,
                         PlugDraft *draft,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlugNameProblem problem = plug_store_check_name (self, plug_draft_get_name (draft));

  g_task_set_source_tag (task, plug_store_create_async);
  if (problem == PLUG_NAME_TAKEN)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_NAME_TAKEN, "a connection of this name exists");
  else if (problem != PLUG_NAME_OK)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_INVALID_NAME, "this name cannot be used");
  else
    start_change (task, draft, NULL);
}

PlugConnection *
plug_store_create_finish (PlugStore *self,
                          GAsyncResult *result,
                          GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plug_store_replace_async (PlugStore *self,
                          PlugConnection *connection,
                          PlugDraft *draft,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, plug_store_replace_async);
  if (plug_connection_get_state (connection) != PLUG_CONNECTION_OK)
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "the connection cannot be changed");
  else
    start_change (task, draft, connection);
}

PlugConnection *
plug_store_replace_finish (PlugStore *self,
                           GAsyncResult *result,
                           GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
remove_thread (GTask *task,
               gpointer source,
               gpointer task_data,
               GCancellable *cancellable)
{
  Change *change = task_data;
  GError *error = NULL;

  plug_publish_reach ("item-deleted");
  if (!plug_publish_remove (change->folder, change->file_name, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (change->old_authorities_name != NULL)
    plug_publish_remove (change->authorities_folder, change->old_authorities_name, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
removed_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  plug_store_rescan (PLUG_STORE (source));
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
secret_deleted_cb (GObject *source,
                   GAsyncResult *result,
                   gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!plug_vault_delete_finish (PLUG_VAULT (source), result, &error))
    g_task_return_error (task, error);
  else
    run_step (task, remove_thread, removed_cb);
}

void
plug_store_delete_async (PlugStore *self,
                         PlugConnection *connection,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const PlugConnectionFile *file = plug_connection_peek_file (connection);
  Change *change;

  g_task_set_source_tag (task, plug_store_delete_async);
  g_task_set_check_cancellable (task, FALSE);
  if (file->revision == NULL || plug_connection_get_state (connection) == PLUG_CONNECTION_BROKEN) {
    g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "a broken file is left to its owner");
    return;
  }
  change = g_new0 (Change, 1);
  change->name = g_strdup (plug_connection_get_name (connection));
  change->folder = g_strdup (plug_store_get_folder (self));
  change->authorities_folder = g_strdup (plug_store_get_authorities_folder (self));
  change->file_name = g_file_get_basename (plug_connection_get_file (connection));
  change->old_authorities_name = g_strdup (file->authorities);
  g_task_set_task_data (task, change, change_free);
  plug_vault_delete_async (plug_store_get_vault (self), change->name, file->revision, PLUG_VAULT_MAY_PROMPT, cancellable,
                           secret_deleted_cb, g_object_ref (task));
}

gboolean
plug_store_delete_finish (PlugStore *self,
                          GAsyncResult *result,
                          GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
secret_found_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SecretValue *content = plug_vault_lookup_finish (PLUG_VAULT (source), result, &error);
  PlugDraft *draft = content == NULL ? NULL : plug_draft_open_secret (g_task_get_task_data (task), content, &error);

  g_clear_pointer (&content, secret_value_unref);
  if (draft == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, draft, g_object_unref);
}

void
plug_store_open_async (PlugStore *self,
                       PlugConnection *connection,
                       PlugVaultFlags flags,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PlugDraft *file_draft = plug_store_dup_file_draft (self, connection);

  g_task_set_source_tag (task, plug_store_open_async);
  if (file_draft == NULL) {
    g_task_return_error (task, g_error_copy (plug_connection_get_problem (connection)));
    return;
  }
  g_task_set_task_data (task, file_draft, g_object_unref);
  plug_vault_lookup_async (plug_store_get_vault (self), plug_connection_get_name (connection),
                           plug_connection_get_revision (connection), flags, cancellable, secret_found_cb,
                           g_object_ref (task));
}

PlugDraft *
plug_store_open_finish (PlugStore *self,
                        GAsyncResult *result,
                        GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
