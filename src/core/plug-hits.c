/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-hits.h"

#include "plug-provider.h"

struct _PlugHits {
  GObject parent_instance;

  GListModel *providers;
  char *category; /* NULL: all */
  PlugQuery *query;
  GPtrArray *found; /* of PlugProvider */
};

static void list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugHits, plug_hits, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* A list for each rank keeps the order and needs no comparing. */
static GPtrArray *
find (PlugHits *self)
{
  GPtrArray *ranks[PLUG_N_RANKS];
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint rank = 0; rank < PLUG_N_RANKS; rank++)
    ranks[rank] = g_ptr_array_new ();
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++) {
    PlugProvider *provider = g_list_model_get_item (self->providers, i);

    if (self->category != NULL && !g_strv_contains (plug_provider_get_categories (provider), self->category))
      g_ptr_array_add (ranks[PLUG_RANK_NONE], provider);
    else
      g_ptr_array_add (ranks[plug_provider_match (provider, self->query)], provider);
  }
  for (guint rank = PLUG_N_RANKS - 1; rank > PLUG_RANK_GUESS; rank--)
    g_ptr_array_extend_and_steal (found, ranks[rank]);
  g_ptr_array_extend_and_steal (found->len == 0 ? found : ranks[PLUG_RANK_NONE], ranks[PLUG_RANK_GUESS]);
  g_ptr_array_set_free_func (ranks[PLUG_RANK_NONE], g_object_unref);
  g_ptr_array_unref (ranks[PLUG_RANK_NONE]);

  return found;
}

static void
update (PlugHits *self)
{
  g_autoptr (GPtrArray) old = self->found;
  guint head = 0, tail = 0;

  self->found = find (self);
  while (head < old->len && head < self->found->len && old->pdata[head] == self->found->pdata[head])
    head++;
  while (tail < old->len - head && tail < self->found->len - head &&
         old->pdata[old->len - 1 - tail] == self->found->pdata[self->found->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || self->found->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, self->found->len - head - tail);
}

static void
providers_changed_cb (PlugHits *self)
{
  update (self);
}

static GType
plug_hits_get_item_type (GListModel *model)
{
  return PLUG_TYPE_PROVIDER;
}

static guint
plug_hits_get_n_items (GListModel *model)
{
  return PLUG_HITS (model)->found->len;
}

static gpointer
plug_hits_get_item (GListModel *model,
                    guint position)
{
  PlugHits *self = PLUG_HITS (model);

  return position < self->found->len ? g_object_ref (self->found->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = plug_hits_get_item_type;
  interface->get_n_items = plug_hits_get_n_items;
  interface->get_item = plug_hits_get_item;
}

static void
plug_hits_finalize (GObject *object)
{
  PlugHits *self = PLUG_HITS (object);

  g_object_unref (self->providers);
  g_free (self->category);
  plug_query_free (self->query);
  g_ptr_array_unref (self->found);

  G_OBJECT_CLASS (plug_hits_parent_class)->finalize (object);
}

static void
plug_hits_class_init (PlugHitsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_hits_finalize;
}

static void
plug_hits_init (PlugHits *self)
{
  self->query = plug_query_new ("");
}

PlugHits *
plug_hits_new (GListModel *providers)
{
  PlugHits *self = g_object_new (PLUG_TYPE_HITS, NULL);

  self->providers = g_object_ref (providers);
  self->found = find (self);
  g_signal_connect_object (providers, "items-changed", G_CALLBACK (providers_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
plug_hits_set_query (PlugHits *self,
                     const char *query)
{
  plug_query_free (self->query);
  self->query = plug_query_new (query);
  update (self);
}

void
plug_hits_set_category (PlugHits *self,
                        const char *category)
{
  g_free (self->category);
  self->category = g_strdup (category);
  update (self);
}
