/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-memory-vault.h"

#include <string.h>

struct _PlugMemoryVault {
  GObject parent_instance;

  GHashTable *items; /* "name\nrevision" → SecretValue */
  PlugMemoryVaultMode mode;
  guint delay_ms;
  guint n_operations;
};

typedef struct {
  PlugVaultOperation operation;
  char *key;
  SecretValue *content;
  PlugVaultFlags flags;
  gulong cancelled_id;
  guint source_id;
} Job;

static void plug_memory_vault_iface_init (PlugVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlugMemoryVault, plug_memory_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLUG_TYPE_VAULT, plug_memory_vault_iface_init))

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->key);
  g_clear_pointer (&job->content, secret_value_unref);
  g_free (job);
}

static char *
make_key (const char *name,
          const char *revision)
{
  return g_strdup_printf ("%s\n%s", name, revision);
}

/* The fault that the mode has for this operation; 0 when it has none. */
static PlugError
get_fault (PlugMemoryVault *self,
           const Job *job)
{
  gboolean may_prompt = (job->flags & PLUG_VAULT_MAY_PROMPT) != 0;

  switch (self->mode) {
  case PLUG_MEMORY_VAULT_LOCKED:
    if (!may_prompt)
      return PLUG_ERROR_VAULT_LOCKED;
    self->mode = PLUG_MEMORY_VAULT_WORKS;
    return PLUG_ERROR_FAILED;
  case PLUG_MEMORY_VAULT_DISMISSED:
    return may_prompt ? PLUG_ERROR_VAULT_DISMISSED : PLUG_ERROR_VAULT_LOCKED;
  case PLUG_MEMORY_VAULT_MISSING:
    return PLUG_ERROR_VAULT_MISSING;
  case PLUG_MEMORY_VAULT_NO_COLLECTION:
    return PLUG_ERROR_VAULT_NO_COLLECTION;
  case PLUG_MEMORY_VAULT_FORGETS:
    return job->operation == PLUG_VAULT_STORE ? PLUG_ERROR_VAULT_NOT_KEPT : PLUG_ERROR_FAILED;
  case PLUG_MEMORY_VAULT_STORE_FAILS:
    return job->operation == PLUG_VAULT_STORE ? PLUG_ERROR_VAULT_REFUSED : PLUG_ERROR_FAILED;
  case PLUG_MEMORY_VAULT_LOOKUP_FAILS:
    return job->operation == PLUG_VAULT_LOOKUP ? PLUG_ERROR_VAULT_REFUSED : PLUG_ERROR_FAILED;
  case PLUG_MEMORY_VAULT_DELETE_FAILS:
    return job->operation == PLUG_VAULT_DELETE ? PLUG_ERROR_VAULT_REFUSED : PLUG_ERROR_FAILED;
  case PLUG_MEMORY_VAULT_TIMES_OUT:
    return PLUG_ERROR_VAULT_TIMED_OUT;
  case PLUG_MEMORY_VAULT_WORKS:
  case PLUG_MEMORY_VAULT_SILENT:
  default:
    return PLUG_ERROR_FAILED;
  }
}

static PlugVaultState
get_state (PlugMemoryVault *self)
{
  switch (self->mode) {
  case PLUG_MEMORY_VAULT_LOCKED:
  case PLUG_MEMORY_VAULT_DISMISSED:
    return PLUG_VAULT_IS_LOCKED;
  case PLUG_MEMORY_VAULT_MISSING:
    return PLUG_VAULT_IS_MISSING;
  case PLUG_MEMORY_VAULT_NO_COLLECTION:
    return PLUG_VAULT_HAS_NO_COLLECTION;
  default:
    return PLUG_VAULT_READY;
  }
}

static void
perform (PlugMemoryVault *self,
         GTask *task,
         Job *job)
{
  SecretValue *content;
  PlugError fault = job->operation == PLUG_VAULT_PROBE ? PLUG_ERROR_FAILED : get_fault (self, job);

  if (fault != PLUG_ERROR_FAILED) {
    g_task_return_new_error (task, PLUG_ERROR, (int) fault, "the memory vault's fault");
    return;
  }
  switch (job->operation) {
  case PLUG_VAULT_PROBE:
    g_task_return_int (task, get_state (self));
    break;
  case PLUG_VAULT_STORE:
    g_hash_table_replace (self->items, g_strdup (job->key), secret_value_ref (job->content));
    g_task_return_boolean (task, TRUE);
    break;
  case PLUG_VAULT_LOOKUP:
    content = g_hash_table_lookup (self->items, job->key);
    if (content == NULL)
      g_task_return_new_error (task, PLUG_ERROR, PLUG_ERROR_SECRET_MISSING, "no such item");
    else
      g_task_return_pointer (task, secret_value_ref (content), secret_value_unref);
    break;
  case PLUG_VAULT_DELETE:
  default:
    g_hash_table_remove (self->items, job->key);
    g_task_return_boolean (task, TRUE);
  }
}

static gboolean
answer_cb (gpointer user_data)
{
  GTask *task = user_data;
  Job *job = g_task_get_task_data (task);

  if (job->cancelled_id != 0)
    g_signal_handler_disconnect (g_task_get_cancellable (task), job->cancelled_id);
  job->source_id = 0;
  if (!g_task_return_error_if_cancelled (task))
    perform (g_task_get_source_object (task), task, job);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  Job *job = g_task_get_task_data (user_data);
  GTask *task = g_object_ref (user_data);

  /* The waiting source, if there is one, holds another reference. */
  if (job->source_id != 0)
    g_source_remove (job->source_id);
  g_signal_handler_disconnect (cancellable, job->cancelled_id);
  job->cancelled_id = 0;
  job->source_id = g_idle_add_full (G_PRIORITY_DEFAULT, answer_cb, task, g_object_unref);
}

static void
release_task (gpointer task,
              GClosure *closure)
{
  g_object_unref (task);
}

static void
plug_memory_vault_begin (PlugVault *vault,
                         GTask *task,
                         PlugVaultOperation operation,
                         const char *name,
                         const char *revision,
                         SecretValue *content,
                         PlugVaultFlags flags)
{
  PlugMemoryVault *self = PLUG_MEMORY_VAULT (vault);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Job *job = g_new0 (Job, 1);

  self->n_operations++;
  job->operation = operation;
  job->key = name == NULL ? NULL : make_key (name, revision);
  job->content = content == NULL ? NULL : secret_value_ref (content);
  job->flags = flags;
  g_task_set_task_data (task, job, job_free);

  if (cancellable != NULL && !g_cancellable_is_cancelled (cancellable))
    job->cancelled_id = g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb), g_object_ref (task),
                                               release_task, 0);
  if (self->mode != PLUG_MEMORY_VAULT_SILENT || operation == PLUG_VAULT_PROBE || g_cancellable_is_cancelled (cancellable))
    job->source_id = g_timeout_add_full (G_PRIORITY_DEFAULT, self->delay_ms, answer_cb, g_object_ref (task),
                                         g_object_unref);
  g_object_unref (task);
}

static void
plug_memory_vault_iface_init (PlugVaultInterface *iface)
{
  iface->begin = plug_memory_vault_begin;
}

static void
plug_memory_vault_finalize (GObject *object)
{
  PlugMemoryVault *self = PLUG_MEMORY_VAULT (object);

  g_hash_table_unref (self->items);

  G_OBJECT_CLASS (plug_memory_vault_parent_class)->finalize (object);
}

static void
plug_memory_vault_class_init (PlugMemoryVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_memory_vault_finalize;
}

static void
plug_memory_vault_init (PlugMemoryVault *self)
{
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, secret_value_unref);
}

PlugMemoryVault *
plug_memory_vault_new (void)
{
  return g_object_new (PLUG_TYPE_MEMORY_VAULT, NULL);
}

void
plug_memory_vault_set_mode (PlugMemoryVault *self,
                            PlugMemoryVaultMode mode)
{
  self->mode = mode;
}

void
plug_memory_vault_set_delay_ms (PlugMemoryVault *self,
                                guint delay_ms)
{
  self->delay_ms = delay_ms;
}

guint
plug_memory_vault_get_n_items (PlugMemoryVault *self)
{
  return g_hash_table_size (self->items);
}

guint
plug_memory_vault_get_n_operations (PlugMemoryVault *self)
{
  return self->n_operations;
}

SecretValue *
plug_memory_vault_peek (PlugMemoryVault *self,
                        const char *name,
                        const char *revision)
{
  g_autofree char *key = make_key (name, revision);

  return g_hash_table_lookup (self->items, key);
}

void
plug_memory_vault_poke (PlugMemoryVault *self,
                        const char *name,
                        const char *revision,
                        const char *content)
{
  g_autofree char *key = make_key (name, revision);

  if (content == NULL)
    g_hash_table_remove (self->items, key);
  else
    g_hash_table_replace (self->items, g_steal_pointer (&key), secret_value_new (content, -1, "text/plain"));
}
