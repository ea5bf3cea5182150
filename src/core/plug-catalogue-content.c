/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-catalogue-content.h"

#include <string.h>

#include "plug-lint.h"
#include "plug-provider-private.h"

/* The service that is none in particular: where nothing else fits, it is not to be searched for. */
#define FIRST_ID "custom"

typedef struct {
  const char *id;
  guint n_providers;
} Category;

typedef struct {
  char *key;
  PlugProvider *provider;
} Place;

static void
own_file_clear (gpointer data)
{
  PlugOwnFile *self = data;

  g_free (self->name);
  g_clear_object (&self->provider);
  g_clear_object (&self->broken);
}

/* The time of the last change of any kind: permissions that were given later count, and nobody sets it back. */
static gboolean
is_unchanged (const struct stat *one,
              const struct stat *other)
{
  return one->st_dev == other->st_dev && one->st_ino == other->st_ino && one->st_size == other->st_size &&
         one->st_ctim.tv_sec == other->st_ctim.tv_sec && one->st_ctim.tv_nsec == other->st_ctim.tv_nsec;
}

PlugOwnFile *
plug_own_file_read (const char *folder,
                    const char *name,
                    PlugOwnFile *known)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info = { 0 };
  PlugOwnFile *self;

  /* A link that leads nowhere is a file that cannot be read. */
  if (stat (path, &info) != 0 && lstat (path, &info) != 0)
    return NULL;
  if (known != NULL && is_unchanged (&known->info, &info))
    return plug_own_file_ref (known);

  self = g_atomic_rc_box_new0 (PlugOwnFile);
  self->name = g_strdup (name);
  self->info = info;
  self->provider = plug_lint_file (path, FALSE, PLUG_DEFINITION_MAX_MISTAKES, &mistakes, &error);
  if (error != NULL) {
    g_autofree char *reason = g_strdup_printf ("the file cannot be read: %s", error->message);

    g_ptr_array_add (mistakes, plug_mistake_new (path, 0, 0, "", reason));
  }
  if (self->provider != NULL)
    plug_provider_fold_terms (self->provider);
  else
    self->broken = plug_broken_definition_new (path, g_steal_pointer (&mistakes));

  return self;
}

PlugOwnFile *
plug_own_file_ref (PlugOwnFile *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plug_own_file_unref (PlugOwnFile *self)
{
  g_atomic_rc_box_release_full (self, own_file_clear);
}

GHashTable *
plug_own_files_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) plug_own_file_unref);
}

static void
read_folder (PlugCatalogueContent *self,
             const char *folder,
             GHashTable *known)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL) {
    PlugOwnFile *before = known != NULL ? g_hash_table_lookup (known, name) : NULL;
    PlugOwnFile *file = *name != '.' && g_str_has_suffix (name, ".json") ? plug_own_file_read (folder, name, before) : NULL;

    if (file != NULL)
      g_hash_table_replace (self->files, file->name, file);
  }
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *one = a, *other = b;
  gboolean is_first = g_str_equal (plug_provider_get_id (one->provider), FIRST_ID);
  int order;

  if (is_first != g_str_equal (plug_provider_get_id (other->provider), FIRST_ID))
    return is_first ? -1 : 1;
  order = strcmp (one->key, other->key);
  return order != 0 ? order : strcmp (plug_provider_get_id (one->provider), plug_provider_get_id (other->provider));
}

static void
add_place (GArray *places,
           PlugProvider *provider)
{
  g_autofree char *folded = g_utf8_casefold (plug_provider_get_name (provider), -1);
  Place place = { g_utf8_collate_key (folded, -1), provider };

  g_array_append_val (places, place);
}

static void
place_clear (gpointer data)
{
  g_free (((Place *) data)->key);
}

static int
compare_broken (gconstpointer a,
                gconstpointer b)
{
  return strcmp (plug_broken_definition_get_path (*(PlugBrokenDefinition *const *) a),
                 plug_broken_definition_get_path (*(PlugBrokenDefinition *const *) b));
}

static void
sort_providers (PlugCatalogueContent *self,
                GPtrArray *built_in)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  GHashTableIter iter;
  gpointer value;

  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < built_in->len; i++)
    add_place (places, built_in->pdata[i]);
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    PlugOwnFile *file = value;

    if (file->provider != NULL)
      add_place (places, file->provider);
    else
      g_ptr_array_add (self->broken, g_object_ref (file->broken));
  }
  g_array_sort (places, compare_places);
  g_ptr_array_sort (self->broken, compare_broken);
  for (guint i = 0; i < places->len; i++) {
    PlugProvider *provider = g_array_index (places, Place, i).provider;

    g_ptr_array_add (self->providers, g_object_ref (provider));
    g_hash_table_insert (self->by_id, (gpointer) plug_provider_get_id (provider), provider);
  }
}

static int
compare_categories (gconstpointer a,
                    gconstpointer b)
{
  const Category *one = a, *other = b;

  if (one->n_providers != other->n_providers)
    return one->n_providers > other->n_providers ? -1 : 1;
  return strcmp (one->id, other->id);
}

static void
list_categories (PlugCatalogueContent *self)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (Category));
  GHashTableIter iter;
  gpointer id, count;

  for (guint i = 0; i < self->providers->len; i++) {
    const char *const *ids = plug_provider_get_categories (self->providers->pdata[i]);

    for (gsize j = 0; ids[j] != NULL; j++) {
      count = g_hash_table_lookup (counts, ids[j]);
      g_hash_table_insert (counts, (gpointer) ids[j], GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
    }
  }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &id, &count)) {
    Category category = { id, GPOINTER_TO_UINT (count) };

    g_array_append_val (sorted, category);
  }
  g_array_sort (sorted, compare_categories);
  for (guint i = 0; i < sorted->len; i++)
    g_ptr_array_add (self->categories, g_strdup (g_array_index (sorted, Category, i).id));
  g_ptr_array_add (self->categories, NULL);
}

static void
content_clear (gpointer data)
{
  PlugCatalogueContent *self = data;

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->broken);
  g_hash_table_unref (self->files);
}

PlugCatalogueContent *
plug_catalogue_content_new (GPtrArray *built_in,
                            const char *folder,
                            GHashTable *known)
{
  PlugCatalogueContent *self = g_atomic_rc_box_new0 (PlugCatalogueContent);

  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->categories = g_ptr_array_new_with_free_func (g_free);
  self->broken = g_ptr_array_new_with_free_func (g_object_unref);
  self->files = plug_own_files_new ();
  if (folder != NULL)
    read_folder (self, folder, known);
  sort_providers (self, built_in);
  list_categories (self);

  return self;
}

PlugCatalogueContent *
plug_catalogue_content_ref (PlugCatalogueContent *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
plug_catalogue_content_unref (PlugCatalogueContent *self)
{
  g_atomic_rc_box_release_full (self, content_clear);
}
