/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-catalogue.h"

#include <string.h>

#include "plug-catalogue-content.h"
#include "plug-provider-private.h"

#define RESCAN_DELAY_MS 100

struct _PlugCatalogue {
  GObject parent_instance;

  GPtrArray *built_in;
  char *folder; /* NULL: none */
  PlugCatalogueContent *content;
  GHashTable *singles; /* what was read before the whole folder was: file name → PlugOwnFile */
  GListStore *broken;
  GFileMonitor *monitor; /* NULL until the folder is needed */
  guint rescan_id;
  gboolean is_loaded;
  gboolean is_reading;
  gboolean is_outdated; /* something has changed since the worker began */
  GPtrArray *waiting;   /* of GTask */
};

/* What a worker reads from. */
typedef struct {
  GPtrArray *built_in;
  char *folder;
  GHashTable *known;
} Job;

static void list_model_init (GListModelInterface *interface);
static void start_reading (PlugCatalogue *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugCatalogue, plug_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* The part in which two lists differ. FALSE when there is none. */
static gboolean
find_difference (GPtrArray *old,
                 GPtrArray *fresh,
                 guint *head,
                 guint *tail)
{
  *head = *tail = 0;
  while (*head < old->len && *head < fresh->len && old->pdata[*head] == fresh->pdata[*head])
    (*head)++;
  while (*tail < old->len - *head && *tail < fresh->len - *head &&
         old->pdata[old->len - 1 - *tail] == fresh->pdata[fresh->len - 1 - *tail])
    (*tail)++;
  return old->len != fresh->len || *head < old->len;
}

static void
publish (PlugCatalogue *self,
         PlugCatalogueContent *content)
{
  g_autoptr (PlugCatalogueContent) old = self->content;
  gboolean is_changed = !self->is_loaded;
  guint head, tail;

  self->content = content;
  self->is_loaded = TRUE;
  if (find_difference (old->broken, content->broken, &head, &tail)) {
    g_list_store_splice (self->broken, head, old->broken->len - head - tail, content->broken->pdata + head,
                         content->broken->len - head - tail);
    is_changed = TRUE;
  }
  if (find_difference (old->providers, content->providers, &head, &tail)) {
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->providers->len - head - tail,
                                content->providers->len - head - tail);
    is_changed = TRUE;
  }
  if (is_changed)
    g_signal_emit (self, signals[CHANGED], 0);
  g_hash_table_remove_all (self->singles);
}

static void
answer_waiting (PlugCatalogue *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (waiting->pdata[i], TRUE);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_ptr_array_unref (job->built_in);
  g_free (job->folder);
  g_hash_table_unref (job->known);
  g_free (job);
}

static void
read_in_thread (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  Job *job = task_data;

  g_task_return_pointer (task, plug_catalogue_content_new (job->built_in, job->folder, job->known),
                         (GDestroyNotify) plug_catalogue_content_unref);
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  PlugCatalogue *self = PLUG_CATALOGUE (source);

  self->is_reading = FALSE;
  publish (self, g_task_propagate_pointer (G_TASK (result), NULL));
  answer_waiting (self);
  if (self->is_outdated)
    start_reading (self);
}

static gboolean
rescan_cb (gpointer user_data)
{
  PlugCatalogue *self = user_data;

  self->rescan_id = 0;
  start_reading (self);
  return G_SOURCE_REMOVE;
}

static void
folder_changed_cb (PlugCatalogue *self)
{
  if (self->rescan_id == 0)
    self->rescan_id = g_timeout_add (RESCAN_DELAY_MS, rescan_cb, self);
}

/* Before the first look into the folder, so that nothing is missed. */
static void
watch_folder (PlugCatalogue *self)
{
  g_autoptr (GFile) file = NULL;

  if (self->monitor != NULL)
    return;
  /* A folder that is not there is noticed late; and this is where people look for it. */
  g_mkdir_with_parents (self->folder, 0700);
  file = g_file_new_for_path (self->folder);
  self->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, RESCAN_DELAY_MS);
  g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (folder_changed_cb), self);
}

static void
copy_files (GHashTable *from,
            GHashTable *to)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_hash_table_replace (to, ((PlugOwnFile *) value)->name, plug_own_file_ref (value));
}

static void
start_reading (PlugCatalogue *self)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (self->is_reading) {
    self->is_outdated = TRUE;
    return;
  }
  self->is_reading = TRUE;
  self->is_outdated = FALSE;
  watch_folder (self);

  job = g_new0 (Job, 1);
  job->built_in = g_ptr_array_ref (self->built_in);
  job->folder = g_strdup (self->folder);
  job->known = plug_own_files_new ();
  copy_files (self->content->files, job->known);
  copy_files (self->singles, job->known);
  task = g_task_new (self, NULL, read_cb, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, read_in_thread);
}

/* A definition's id is its file's name, and nothing else may become part of a path. */
static gboolean
is_id (const char *text)
{
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");

  return length > 0 && text[length] == '\0';
}

/* Whoever tests one connection needs one definition, and not thousands. */
static PlugProvider *
read_single (PlugCatalogue *self,
             const char *id)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  PlugOwnFile *file = g_hash_table_lookup (self->singles, name);

  if (file == NULL) {
    watch_folder (self);
    file = plug_own_file_read (self->folder, name, NULL);
    if (file != NULL)
      g_hash_table_replace (self->singles, file->name, file);
  }
  return file != NULL ? file->provider : NULL;
}

static GType
plug_catalogue_get_item_type (GListModel *model)
{
  return PLUG_TYPE_PROVIDER;
}

static guint
plug_catalogue_get_n_items (GListModel *model)
{
  return PLUG_CATALOGUE (model)->content->providers->len;
}

static gpointer
plug_catalogue_get_item (GListModel *model,
                         guint position)
{
  GPtrArray *providers = PLUG_CATALOGUE (model)->content->providers;

  return position < providers->len ? g_object_ref (providers->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = plug_catalogue_get_item_type;
  interface->get_n_items = plug_catalogue_get_n_items;
  interface->get_item = plug_catalogue_get_item;
}

static void
plug_catalogue_dispose (GObject *object)
{
  PlugCatalogue *self = PLUG_CATALOGUE (object);

  g_clear_handle_id (&self->rescan_id, g_source_remove);
  if (self->monitor != NULL) {
    g_signal_handlers_disconnect_by_data (self->monitor, self);
    g_file_monitor_cancel (self->monitor);
  }
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (plug_catalogue_parent_class)->dispose (object);
}

static void
plug_catalogue_finalize (GObject *object)
{
  PlugCatalogue *self = PLUG_CATALOGUE (object);

  plug_catalogue_content_unref (self->content);
  g_hash_table_unref (self->singles);
  g_ptr_array_unref (self->built_in);
  g_ptr_array_unref (self->waiting);
  g_object_unref (self->broken);
  g_free (self->folder);

  G_OBJECT_CLASS (plug_catalogue_parent_class)->finalize (object);
}

static void
plug_catalogue_class_init (PlugCatalogueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plug_catalogue_dispose;
  object_class->finalize = plug_catalogue_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
plug_catalogue_init (PlugCatalogue *self)
{
  self->built_in = g_ptr_array_new_with_free_func (g_object_unref);
  self->singles = plug_own_files_new ();
  self->broken = g_list_store_new (PLUG_TYPE_BROKEN_DEFINITION);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);

  for (const PlugProviderEntry *entry = plug_provider_entries; entry->id != NULL; entry++)
    g_ptr_array_add (self->built_in, plug_provider_new_from_entry (entry));
  self->content = plug_catalogue_content_new (self->built_in, NULL, NULL);
}

PlugCatalogue *
plug_catalogue_new (void)
{
  PlugCatalogue *self = g_object_new (PLUG_TYPE_CATALOGUE, NULL);

  self->is_loaded = TRUE;

  return self;
}

PlugCatalogue *
plug_catalogue_new_with_folder (const char *folder)
{
  PlugCatalogue *self = g_object_new (PLUG_TYPE_CATALOGUE, NULL);

  self->folder = folder != NULL ? g_strdup (folder)
                                : g_build_filename (g_get_user_data_dir (), "plugboard", "providers", NULL);

  return self;
}

void
plug_catalogue_load_async (PlugCatalogue *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, plug_catalogue_load_async);
  if (self->is_loaded) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (!self->is_reading)
    start_reading (self);
}

gboolean
plug_catalogue_load_finish (PlugCatalogue *self,
                            GAsyncResult *result,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

PlugProvider *
plug_catalogue_get_provider (PlugCatalogue *self,
                             const char *id)
{
  PlugProvider *provider = id != NULL ? g_hash_table_lookup (self->content->by_id, id) : NULL;

  if (provider != NULL || id == NULL || self->is_loaded || !is_id (id))
    return provider;
  return read_single (self, id);
}

const char *const *
plug_catalogue_get_categories (PlugCatalogue *self)
{
  return (const char *const *) self->content->categories->pdata;
}

GListModel *
plug_catalogue_get_broken (PlugCatalogue *self)
{
  return G_LIST_MODEL (self->broken);
}
