/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-values.h"

#include <stdlib.h>
#include <string.h>

#include <libsecret/secret.h>

/* A secret is held as a SecretValue, which is libsecret's way to non-pageable memory; its reference counting is
 * atomic and needs none of libsecret's service calls. */
typedef struct {
  char *plain;
  SecretValue *secret;
} Value;

struct _PlugValues {
  gatomicrefcount ref_count;
  GHashTable *entries; /* id → Value */
};

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->plain);
  g_clear_pointer (&value->secret, secret_value_unref);
  g_free (value);
}

static const char *
value_get_text (const Value *value)
{
  return value->secret != NULL ? secret_value_get_text (value->secret) : value->plain;
}

PlugValues *
plug_values_new (void)
{
  PlugValues *self = g_new0 (PlugValues, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);

  return self;
}

PlugValues *
plug_values_copy (const PlugValues *self)
{
  PlugValues *copy = plug_values_new ();
  GHashTableIter iter;
  gpointer id, data;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &id, &data)) {
    const Value *value = data;
    Value *new_value = g_new0 (Value, 1);

    new_value->plain = g_strdup (value->plain);
    new_value->secret = value->secret != NULL ? secret_value_ref (value->secret) : NULL;
    g_hash_table_replace (copy->entries, g_strdup (id), new_value);
  }

  return copy;
}

PlugValues *
plug_values_ref (PlugValues *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
plug_values_unref (PlugValues *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->entries);
  g_free (self);
}

static void
replace_value (PlugValues *self,
               const char *id,
               const char *text,
               gboolean secret)
{
  Value *value;

  g_return_if_fail (id != NULL);

  if (text == NULL) {
    g_hash_table_remove (self->entries, id);
    return;
  }

  value = g_new0 (Value, 1);
  if (secret)
    value->secret = secret_value_new (text, -1, "text/plain");
  else
    value->plain = g_strdup (text);
  g_hash_table_replace (self->entries, g_strdup (id), value);
}

void
plug_values_set (PlugValues *self,
                 const char *id,
                 const char *value)
{
  replace_value (self, id, value, FALSE);
}

void
plug_values_set_secret (PlugValues *self,
                        const char *id,
                        const char *value)
{
  replace_value (self, id, value, TRUE);
}

const char *
plug_values_get (const PlugValues *self,
                 const char *id)
{
  const Value *value = g_hash_table_lookup (self->entries, id);

  return value != NULL ? value_get_text (value) : NULL;
}

gboolean
plug_values_has_text (const PlugValues *self,
                      const char *id)
{
  const char *text = plug_values_get (self, id);

  return text != NULL && *text != '\0';
}

gboolean
plug_values_is_secret (const PlugValues *self,
                       const char *id)
{
  const Value *value = g_hash_table_lookup (self->entries, id);

  return value != NULL && value->secret != NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
plug_values_get_ids (const PlugValues *self)
{
  guint n_ids;
  const char **ids = (const char **) g_hash_table_get_keys_as_array (self->entries, &n_ids);

  qsort (ids, n_ids, sizeof *ids, compare_ids);

  return ids;
}

gboolean
plug_values_equal (const PlugValues *a,
                   const PlugValues *b)
{
  GHashTableIter iter;
  gpointer id, data;

  if (g_hash_table_size (a->entries) != g_hash_table_size (b->entries))
    return FALSE;

  g_hash_table_iter_init (&iter, a->entries);
  while (g_hash_table_iter_next (&iter, &id, &data)) {
    const Value *other = g_hash_table_lookup (b->entries, id);

    if (other == NULL || !g_str_equal (value_get_text (data), value_get_text (other)))
      return FALSE;
  }

  return TRUE;
}
