/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-store.h"

#include <string.h>
#include <sys/stat.h>

#include "plug-connection-private.h"
#include "plug-file-name.h"
#include "plug-publish.h"
#include "plug-results.h"
#include "plug-store-private.h"

#define RESCAN_DELAY_MS 100
#define MAX_AUTHORITIES_BYTES (1024 * 1024)

/* The list follows the folder: what this process writes is read back from there like what any other writes. How it is
 * written is in plug-store-change.c. */
struct _PlugStore {
  GObject parent_instance;

  char *data_folder;
  char *state_folder;
  char *folder; /* of the connections */
  char *authorities_folder;
  PlugCatalogue *catalogue;
  PlugVault *vault;
  PlugResults *results;
  GPtrArray *entries; /* of Entry, sorted */
  GFileMonitor *folder_monitor;
  GFileMonitor *results_monitor;
  guint rescan_id;
};

/* A file as it was when it was read. */
typedef struct {
  PlugConnection *connection;
  char *file_name;
  char *sort_key;
  struct timespec modified;
  ino_t inode;
  off_t size;
} Entry;

static void plug_store_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugStore, plug_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, plug_store_list_model_init))

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->connection);
  g_free (entry->file_name);
  g_free (entry->sort_key);
  g_free (entry);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *one = *(Entry * const *) a;
  const Entry *other = *(Entry * const *) b;
  int order = strcmp (one->sort_key, other->sort_key);

  return order != 0 ? order : strcmp (one->file_name, other->file_name);
}

static GType
plug_store_get_item_type (GListModel *model)
{
  return PLUG_TYPE_CONNECTION;
}

static guint
plug_store_get_n_items (GListModel *model)
{
  return PLUG_STORE (model)->entries->len;
}

static gpointer
plug_store_get_item (GListModel *model,
                     guint position)
{
  PlugStore *self = PLUG_STORE (model);

  if (position >= self->entries->len)
    return NULL;
  return g_object_ref (((Entry *) self->entries->pdata[position])->connection);
}

static void
plug_store_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = plug_store_get_item_type;
  iface->get_n_items = plug_store_get_n_items;
  iface->get_item = plug_store_get_item;
}

/* The PEM that a file names; NULL with an error when it is not there. */
static GBytes *
read_authorities (PlugStore *self,
                  const char *file_name,
                  GError **error)
{
  g_autofree char *path = g_build_filename (self->authorities_folder, file_name, NULL);
  g_autofree char *pem = NULL;
  struct stat info;
  gsize length;

  if (lstat (path, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > MAX_AUTHORITIES_BYTES ||
      !g_file_get_contents (path, &pem, &length, NULL)) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "its certificate authority file cannot be read");
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&pem), length);
}

static PlugConnection *
read_connection (PlugStore *self,
                 const char *path)
{
  PlugConnectionFile file = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) authorities = NULL;
  PlugConnectionState state = PLUG_CONNECTION_OK;
  PlugProvider *provider = NULL;
  PlugMethod *method = NULL;
  PlugConnection *connection;

  if (!plug_connection_file_read (path, &file, &error))
    state = g_error_matches (error, PLUG_ERROR, PLUG_ERROR_NEWER_FORMAT) ? PLUG_CONNECTION_NEWER : PLUG_CONNECTION_BROKEN;
  if (state != PLUG_CONNECTION_BROKEN && file.provider != NULL)
    provider = plug_catalogue_get_provider (self->catalogue, file.provider);
  if (provider != NULL && file.method != NULL)
    method = plug_provider_get_method (provider, file.method);
  if (state == PLUG_CONNECTION_OK && method == NULL) {
    state = PLUG_CONNECTION_NO_PROVIDER;
    g_set_error_literal (&error, PLUG_ERROR, PLUG_ERROR_NO_SUCH_PROVIDER, "the catalogue has no such provider or method");
  }
  if (state == PLUG_CONNECTION_OK && file.authorities != NULL) {
    authorities = read_authorities (self, file.authorities, &error);
    if (authorities == NULL)
      state = PLUG_CONNECTION_BROKEN;
  }
  connection = plug_connection_new (path, &file, state, g_steal_pointer (&error), provider, method, authorities);
  plug_connection_file_clear (&file);
  return connection;
}

static void
apply_result (PlugStore *self,
              PlugConnection *connection)
{
  const char *revision = plug_connection_get_revision (connection);
  PlugOutcome outcome = PLUG_OUTCOME_UNTESTED;
  PlugReason reason = PLUG_REASON_NONE;
  gint64 tested = 0;

  if (revision != NULL)
    plug_results_lookup (self->results, revision, &outcome, &reason, &tested);
  plug_connection_set_outcome (connection, outcome, reason, tested);
}

static Entry *
find_file (PlugStore *self,
           const char *file_name)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (g_str_equal (entry->file_name, file_name))
      return entry;
  }
  return NULL;
}

static gboolean
is_unchanged (const Entry *entry,
              const struct stat *info)
{
  return entry->inode == info->st_ino && entry->size == info->st_size &&
         entry->modified.tv_sec == info->st_mtim.tv_sec && entry->modified.tv_nsec == info->st_mtim.tv_nsec;
}

static Entry *
read_entry (PlugStore *self,
            const char *file_name)
{
  g_autofree char *path = g_build_filename (self->folder, file_name, NULL);
  g_autofree char *key = NULL;
  Entry *known = find_file (self, file_name);
  Entry *entry = g_new0 (Entry, 1);
  struct stat info = { 0 };

  if (lstat (path, &info) != 0) {
    g_free (entry);
    return NULL;
  }
  entry->file_name = g_strdup (file_name);
  entry->modified = info.st_mtim;
  entry->inode = info.st_ino;
  entry->size = info.st_size;
  if (known != NULL && is_unchanged (known, &info))
    entry->connection = g_object_ref (known->connection);
  else
    entry->connection = read_connection (self, path);
  key = g_utf8_casefold (plug_connection_get_name (entry->connection), -1);
  entry->sort_key = g_utf8_collate_key (key, -1);
  apply_result (self, entry->connection);
  return entry;
}

/* The name inside counts, so two files may have the same: the second is shown as what is wrong. */
static void
mark_twins (GPtrArray *entries)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < entries->len; i++) {
    PlugConnection *connection = ((Entry *) entries->pdata[i])->connection;

    if (!g_hash_table_add (keys, plug_name_dup_key (plug_connection_get_name (connection))) &&
        plug_connection_get_state (connection) != PLUG_CONNECTION_BROKEN)
      plug_connection_break (connection, g_error_new_literal (PLUG_ERROR, PLUG_ERROR_INVALID_FILE,
                                                              "another file has a connection of this name"));
  }
}

static GPtrArray *
read_folder (PlugStore *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) listing = g_dir_open (self->folder, 0, NULL);
  const char *file_name;

  while (listing != NULL && (file_name = g_dir_read_name (listing)) != NULL) {
    Entry *entry = *file_name != '.' && g_str_has_suffix (file_name, ".json") ? read_entry (self, file_name) : NULL;

    if (entry != NULL)
      g_ptr_array_add (entries, entry);
  }
  g_ptr_array_sort (entries, compare_entries);
  mark_twins (entries);
  return entries;
}

void
plug_store_rescan (PlugStore *self)
{
  /* Reading looks at the old entries, to keep the objects of files that did not change. */
  GPtrArray *fresh = read_folder (self);
  g_autoptr (GPtrArray) old = self->entries;
  guint head = 0, tail = 0;

  self->entries = fresh;
  while (head < old->len && head < self->entries->len &&
         ((Entry *) old->pdata[head])->connection == ((Entry *) self->entries->pdata[head])->connection)
    head++;
  while (tail < old->len - head && tail < self->entries->len - head &&
         ((Entry *) old->pdata[old->len - 1 - tail])->connection ==
             ((Entry *) self->entries->pdata[self->entries->len - 1 - tail])->connection)
    tail++;
  if (old->len - head - tail > 0 || self->entries->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, self->entries->len - head - tail);
}

static gboolean
rescan_cb (gpointer user_data)
{
  PlugStore *self = user_data;

  self->rescan_id = 0;
  plug_store_rescan (self);
  return G_SOURCE_REMOVE;
}

static void
folder_changed_cb (PlugStore *self)
{
  if (self->rescan_id == 0)
    self->rescan_id = g_timeout_add (RESCAN_DELAY_MS, rescan_cb, self);
}

static void
results_changed_cb (PlugStore *self)
{
  if (!plug_results_reload (self->results))
    return;
  for (guint i = 0; i < self->entries->len; i++)
    apply_result (self, ((Entry *) self->entries->pdata[i])->connection);
}

/* A definition that appears, changes or goes away makes another connection of what is in the same file. */
static void
catalogue_changed_cb (PlugStore *self)
{
  gboolean is_stale = FALSE;

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];
    const char *id = plug_connection_get_provider_id (entry->connection);

    if (plug_connection_get_state (entry->connection) != PLUG_CONNECTION_BROKEN &&
        plug_catalogue_get_provider (self->catalogue, id) != plug_connection_get_provider (entry->connection)) {
      entry->inode = 0; /* no file has that */
      is_stale = TRUE;
    }
  }
  if (is_stale)
    plug_store_rescan (self);
}

static void
plug_store_dispose (GObject *object)
{
  PlugStore *self = PLUG_STORE (object);

  g_clear_handle_id (&self->rescan_id, g_source_remove);
  if (self->folder_monitor != NULL)
    g_file_monitor_cancel (self->folder_monitor);
  if (self->results_monitor != NULL)
    g_file_monitor_cancel (self->results_monitor);
  g_clear_object (&self->folder_monitor);
  g_clear_object (&self->results_monitor);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (plug_store_parent_class)->dispose (object);
}

static void
plug_store_finalize (GObject *object)
{
  PlugStore *self = PLUG_STORE (object);

  g_free (self->data_folder);
  g_free (self->state_folder);
  g_free (self->folder);
  g_free (self->authorities_folder);
  g_ptr_array_unref (self->entries);
  g_clear_pointer (&self->results, plug_results_free);

  G_OBJECT_CLASS (plug_store_parent_class)->finalize (object);
}

static void
plug_store_class_init (PlugStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plug_store_dispose;
  object_class->finalize = plug_store_finalize;
}

static void
plug_store_init (PlugStore *self)
{
  self->entries = g_ptr_array_new_with_free_func (entry_free);
}

static GFileMonitor *
watch (PlugStore *self,
       const char *path,
       GCallback callback)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = g_file_monitor (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor != NULL) {
    g_file_monitor_set_rate_limit (monitor, RESCAN_DELAY_MS);
    g_signal_connect_swapped (monitor, "changed", callback, self);
  }
  return monitor;
}

PlugStore *
plug_store_new (const char *data_folder,
                const char *state_folder,
                PlugCatalogue *catalogue,
                PlugVault *vault)
{
  PlugStore *self = g_object_new (PLUG_TYPE_STORE, NULL);

  self->data_folder = data_folder != NULL ? g_strdup (data_folder)
                                          : g_build_filename (g_get_user_data_dir (), "plugboard", NULL);
  self->state_folder = state_folder != NULL ? g_strdup (state_folder)
                                            : g_build_filename (g_get_user_state_dir (), "plugboard", NULL);
  self->folder = g_build_filename (self->data_folder, "connections", NULL);
  self->authorities_folder = g_build_filename (self->data_folder, "authorities", NULL);
  self->catalogue = g_object_ref (catalogue);
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (catalogue_changed_cb), self, G_CONNECT_SWAPPED);
  self->vault = g_object_ref (vault);
  self->results = plug_results_new (self->state_folder);
  /* A folder that is not there yet is noticed late. One that cannot be made is told of when something is to be stored. */
  if (plug_publish_make_folder (self->data_folder, NULL))
    plug_publish_make_folder (self->folder, NULL);
  plug_publish_make_folder (self->state_folder, NULL);
  self->folder_monitor = watch (self, self->folder, G_CALLBACK (folder_changed_cb));
  self->results_monitor = watch (self, plug_results_get_path (self->results), G_CALLBACK (results_changed_cb));
  plug_store_rescan (self);

  return self;
}

const char *
plug_store_get_folder (PlugStore *self)
{
  return self->folder;
}

const char *
plug_store_get_authorities_folder (PlugStore *self)
{
  return self->authorities_folder;
}

const char *
plug_store_get_state_folder (PlugStore *self)
{
  return self->state_folder;
}

PlugVault *
plug_store_get_vault (PlugStore *self)
{
  return self->vault;
}

PlugCatalogue *
plug_store_get_catalogue (PlugStore *self)
{
  return self->catalogue;
}

PlugConnection *
plug_store_find (PlugStore *self,
                 const char *name)
{
  g_autofree char *key = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return NULL;
  key = plug_name_dup_key (name);
  for (guint i = 0; i < self->entries->len; i++) {
    PlugConnection *connection = ((Entry *) self->entries->pdata[i])->connection;
    g_autofree char *other = plug_name_dup_key (plug_connection_get_name (connection));

    if (g_str_equal (key, other))
      return connection;
  }
  return NULL;
}

PlugNameProblem
plug_store_check_name (PlugStore *self,
                       const char *name)
{
  PlugNameProblem problem = plug_name_check (name);
  g_autofree char *file_name = NULL;

  if (problem != PLUG_NAME_OK)
    return problem;
  file_name = plug_file_name_for (name);
  return plug_store_find (self, name) != NULL || find_file (self, file_name) != NULL ? PLUG_NAME_TAKEN : PLUG_NAME_OK;
}

char *
plug_store_suggest_name (PlugStore *self,
                         PlugProvider *provider)
{
  const char *base = plug_provider_get_label (provider);
  char *name = g_strdup (base);

  for (guint i = 2; plug_store_check_name (self, name) == PLUG_NAME_TAKEN; i++) {
    g_free (name);
    name = g_strdup_printf ("%s %u", base, i);
  }
  return name;
}

PlugDraft *
plug_store_dup_file_draft (PlugStore *self,
                           PlugConnection *connection)
{
  if (plug_connection_get_state (connection) != PLUG_CONNECTION_OK)
    return NULL;
  return plug_draft_new (plug_connection_get_provider (connection), plug_connection_get_method (connection),
                         plug_connection_get_name (connection), plug_connection_get_values (connection), NULL,
                         plug_connection_get_authorities (connection));
}

static char **
dup_revisions (PlugStore *self)
{
  g_autoptr (GStrvBuilder) revisions = g_strv_builder_new ();

  for (guint i = 0; i < self->entries->len; i++) {
    const char *revision = plug_connection_get_revision (((Entry *) self->entries->pdata[i])->connection);

    if (revision != NULL)
      g_strv_builder_add (revisions, revision);
  }
  return g_strv_builder_end (revisions);
}

gboolean
plug_store_names_revision (PlugStore *self,
                           const char *revision)
{
  g_auto (GStrv) revisions = dup_revisions (self);

  return g_strv_contains ((const char * const *) revisions, revision);
}

void
plug_store_set_outcome (PlugStore *self,
                        PlugConnection *connection,
                        const char *revision,
                        PlugOutcome outcome,
                        PlugReason reason)
{
  PlugConnection *current = plug_store_find (self, plug_connection_get_name (connection));
  gint64 tested = g_get_real_time () / G_USEC_PER_SEC;
  g_auto (GStrv) known = NULL;

  if (current == NULL || g_strcmp0 (plug_connection_get_revision (current), revision) != 0)
    return;
  known = dup_revisions (self);
  plug_results_store (self->results, revision, outcome, reason, tested, (const char * const *) known);
  plug_connection_set_outcome (current, outcome, reason, tested);
}
