/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-vault.h"

G_DEFINE_INTERFACE (PlugVault, plug_vault, G_TYPE_OBJECT)

static void
plug_vault_default_init (PlugVaultInterface *iface)
{
}

static void
begin (PlugVault *self,
       GTask *task,
       PlugVaultOperation operation,
       const char *name,
       const char *revision,
       SecretValue *content,
       PlugVaultFlags flags)
{
  PLUG_VAULT_GET_IFACE (self)->begin (self, task, operation, name, revision, content, flags);
}

void
plug_vault_probe_async (PlugVault *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  begin (self, g_task_new (self, cancellable, callback, user_data), PLUG_VAULT_PROBE, NULL, NULL, NULL, PLUG_VAULT_NONE);
}

gboolean
plug_vault_probe_finish (PlugVault *self,
                         GAsyncResult *result,
                         PlugVaultState *state,
                         GError **error)
{
  gssize value = g_task_propagate_int (G_TASK (result), error);

  if (value >= 0)
    *state = (PlugVaultState) value;
  return value >= 0;
}

void
plug_vault_store_async (PlugVault *self,
                        const char *name,
                        const char *revision,
                        SecretValue *content,
                        PlugVaultFlags flags,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  begin (self, g_task_new (self, cancellable, callback, user_data), PLUG_VAULT_STORE, name, revision, content, flags);
}

gboolean
plug_vault_store_finish (PlugVault *self,
                         GAsyncResult *result,
                         GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
plug_vault_lookup_async (PlugVault *self,
                         const char *name,
                         const char *revision,
                         PlugVaultFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  begin (self, g_task_new (self, cancellable, callback, user_data), PLUG_VAULT_LOOKUP, name, revision, NULL, flags);
}

SecretValue *
plug_vault_lookup_finish (PlugVault *self,
                          GAsyncResult *result,
                          GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plug_vault_delete_async (PlugVault *self,
                         const char *name,
                         const char *revision,
                         PlugVaultFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  begin (self, g_task_new (self, cancellable, callback, user_data), PLUG_VAULT_DELETE, name, revision, NULL, flags);
}

gboolean
plug_vault_delete_finish (PlugVault *self,
                          GAsyncResult *result,
                          GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
