/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-private.h"

#include <glib/gi18n.h>

#include "plug-category.h"
#include "plug-definition.h"
#include "plug-error.h"

struct _PlugProvider {
  GObject parent_instance;

  char *id;
  char *name;
  char *vendor;
  char *docs;
  char *icon;
  char **categories;
  char **keywords;
  gboolean built_in;

  const PlugProviderEntry *entry; /* until the methods are read from it; (nullable) */
  GPtrArray *methods;

  PlugSearchTerms *terms; /* NULL until the first search */
};

G_DEFINE_FINAL_TYPE (PlugProvider, plug_provider, G_TYPE_OBJECT)

/* The build has checked the definition, so that a mistake in it can only be one of this program. */
static void
read_methods (PlugProvider *self)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) read = plug_definition_load (self->entry->json, -1, NULL, TRUE, &mistakes);

  if (read == NULL) {
    g_autofree char *text = plug_mistake_to_string (g_ptr_array_index (mistakes, 0));

    g_error ("The built-in definition of %s: %s", self->id, text);
  }
  self->methods = g_steal_pointer (&read->methods);
  self->entry = NULL;
}

static void
plug_provider_finalize (GObject *object)
{
  PlugProvider *self = PLUG_PROVIDER (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->vendor);
  g_free (self->docs);
  g_free (self->icon);
  g_strfreev (self->categories);
  g_strfreev (self->keywords);
  g_clear_pointer (&self->methods, g_ptr_array_unref);
  g_clear_pointer (&self->terms, plug_search_terms_free);

  G_OBJECT_CLASS (plug_provider_parent_class)->finalize (object);
}

static void
plug_provider_class_init (PlugProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_provider_finalize;
}

static void
plug_provider_init (PlugProvider *self)
{
}

PlugProvider *
plug_provider_new (const char *id,
                   const char *name,
                   const char *vendor,
                   const char *docs,
                   const char *icon,
                   const char *const *categories,
                   const char *const *keywords,
                   gboolean built_in,
                   GPtrArray *methods)
{
  PlugProvider *self = g_object_new (PLUG_TYPE_PROVIDER, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->vendor = g_strdup (vendor);
  self->docs = g_strdup (docs);
  self->icon = g_strdup (icon);
  self->categories = g_strdupv ((char **) categories);
  self->keywords = g_strdupv ((char **) keywords);
  self->built_in = built_in;
  self->methods = methods;

  return self;
}

PlugProvider *
plug_provider_new_from_entry (const PlugProviderEntry *entry)
{
  PlugProvider *self = plug_provider_new (entry->id, entry->name, entry->vendor, entry->docs, entry->icon,
                                          entry->categories, entry->keywords, TRUE, NULL);

  self->entry = entry;

  return self;
}

PlugProvider *
plug_provider_new_from_json (const char *text,
                             gssize length,
                             gboolean built_in,
                             GError **error)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  PlugProvider *self = plug_definition_load (text, length, NULL, built_in, &mistakes);

  if (self == NULL) {
    g_autofree char *first = plug_mistake_to_string (g_ptr_array_index (mistakes, 0));

    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_DEFINITION, first);
  }
  return self;
}

const char *
plug_provider_get_id (PlugProvider *self)
{
  return self->id;
}

const char *
plug_provider_get_name (PlugProvider *self)
{
  return self->name;
}

const char *
plug_provider_get_label (PlugProvider *self)
{
  /* Translators: the first tile among the services to choose from: one that is not in the list. */
  static const char description[] = NC_("service", "Custom Service");

  return self->built_in && g_str_equal (self->name, description) ? g_dpgettext2 (GETTEXT_PACKAGE, "service", self->name)
                                                                 : self->name;
}

const char *
plug_provider_get_vendor (PlugProvider *self)
{
  return self->vendor;
}

const char *
plug_provider_get_docs (PlugProvider *self)
{
  return self->docs;
}

const char *
plug_provider_get_icon (PlugProvider *self)
{
  return self->icon;
}

const char *const *
plug_provider_get_categories (PlugProvider *self)
{
  return (const char *const *) self->categories;
}

const char *const *
plug_provider_get_keywords (PlugProvider *self)
{
  return (const char *const *) self->keywords;
}

gboolean
plug_provider_is_built_in (PlugProvider *self)
{
  return self->built_in;
}

GPtrArray *
plug_provider_get_methods (PlugProvider *self)
{
  if (self->methods == NULL)
    read_methods (self);

  return self->methods;
}

PlugMethod *
plug_provider_get_method (PlugProvider *self,
                          const char *id)
{
  GPtrArray *methods = plug_provider_get_methods (self);

  for (guint i = 0; i < methods->len; i++) {
    PlugMethod *method = g_ptr_array_index (methods, i);

    if (g_strcmp0 (plug_method_get_id (method), id) == 0)
      return method;
  }
  return NULL;
}

PlugRank
plug_provider_match (PlugProvider *self,
                     const PlugQuery *query)
{
  if (plug_query_is_empty (query))
    return PLUG_RANK_NAME_EXACT;

  plug_provider_fold_terms (self);
  return plug_query_match (query, self->terms);
}

void
plug_provider_fold_terms (PlugProvider *self)
{
  if (g_once_init_enter (&self->terms)) {
    const char *label = plug_provider_get_label (self);
    g_autofree char *categories = plug_category_dup_terms ((const char *const *) self->categories);
    g_autofree char *folded = label != self->name ? plug_search_fold (label) : NULL;
    g_autofree char *others = folded != NULL ? g_strconcat (categories, folded, "\n", NULL) : g_strdup (categories);
    PlugSearchTerms *terms = plug_search_terms_new (self->name, self->vendor, (const char *const *) self->keywords, others);

    g_once_init_leave (&self->terms, terms);
  }
}
