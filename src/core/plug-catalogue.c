/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-catalogue.h"

#include <string.h>

#include "plug-provider-private.h"

struct _PlugCatalogue {
  GObject parent_instance;

  GPtrArray *providers;  /* sorted by name */
  GHashTable *by_id;     /* id → PlugProvider, both borrowed from providers */
  GPtrArray *categories; /* NULL-terminated */
};

typedef struct {
  const char *id;
  guint n_providers;
} Category;

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugCatalogue, plug_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  PlugProvider *one = *(PlugProvider *const *) a;
  PlugProvider *other = *(PlugProvider *const *) b;
  g_autofree char *one_name = g_utf8_casefold (plug_provider_get_name (one), -1);
  g_autofree char *other_name = g_utf8_casefold (plug_provider_get_name (other), -1);
  int order = g_utf8_collate (one_name, other_name);

  return order != 0 ? order : strcmp (plug_provider_get_id (one), plug_provider_get_id (other));
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
count_category (GArray *counts,
                const char *id)
{
  Category category = { id, 1 };

  for (guint i = 0; i < counts->len; i++) {
    Category *known = &g_array_index (counts, Category, i);

    if (g_str_equal (known->id, id)) {
      known->n_providers++;
      return;
    }
  }
  g_array_append_val (counts, category);
}

static void
list_categories (PlugCatalogue *self)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (Category));

  for (guint i = 0; i < self->providers->len; i++) {
    const char *const *ids = plug_provider_get_categories (g_ptr_array_index (self->providers, i));

    for (gsize j = 0; ids[j] != NULL; j++)
      count_category (counts, ids[j]);
  }
  g_array_sort (counts, compare_categories);
  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (self->categories, g_strdup (g_array_index (counts, Category, i).id));
  g_ptr_array_add (self->categories, NULL);
}

static GType
plug_catalogue_get_item_type (GListModel *model)
{
  return PLUG_TYPE_PROVIDER;
}

static guint
plug_catalogue_get_n_items (GListModel *model)
{
  return PLUG_CATALOGUE (model)->providers->len;
}

static gpointer
plug_catalogue_get_item (GListModel *model,
                         guint position)
{
  PlugCatalogue *self = PLUG_CATALOGUE (model);

  return position < self->providers->len ? g_object_ref (g_ptr_array_index (self->providers, position)) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = plug_catalogue_get_item_type;
  interface->get_n_items = plug_catalogue_get_n_items;
  interface->get_item = plug_catalogue_get_item;
}

static void
plug_catalogue_finalize (GObject *object)
{
  PlugCatalogue *self = PLUG_CATALOGUE (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->categories);

  G_OBJECT_CLASS (plug_catalogue_parent_class)->finalize (object);
}

static void
plug_catalogue_class_init (PlugCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_catalogue_finalize;
}

static void
plug_catalogue_init (PlugCatalogue *self)
{
  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->categories = g_ptr_array_new_with_free_func (g_free);

  for (const PlugProviderEntry *entry = plug_provider_entries; entry->id != NULL; entry++) {
    PlugProvider *provider = plug_provider_new_from_entry (entry);

    g_ptr_array_add (self->providers, provider);
    g_hash_table_insert (self->by_id, (gpointer) plug_provider_get_id (provider), provider);
  }
  g_ptr_array_sort (self->providers, compare_names);
  list_categories (self);
}

PlugCatalogue *
plug_catalogue_new (void)
{
  return g_object_new (PLUG_TYPE_CATALOGUE, NULL);
}

PlugProvider *
plug_catalogue_get_provider (PlugCatalogue *self,
                             const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

const char *const *
plug_catalogue_get_categories (PlugCatalogue *self)
{
  return (const char *const *) self->categories->pdata;
}
