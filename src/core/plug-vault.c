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

void
plug_vault_probe_async (PlugVault *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  PLUG_VAULT_GET_IFACE (self)->probe_async (self, cancellable, callback, user_data);
}

gboolean
plug_vault_probe_finish (PlugVault *self,
                         GAsyncResult *result,
                         PlugVaultState *state,
                         GError **error)
{
  return PLUG_VAULT_GET_IFACE (self)->probe_finish (self, result, state, error);
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
  PLUG_VAULT_GET_IFACE (self)->store_async (self, name, revision, content, flags, cancellable, callback, user_data);
}

gboolean
plug_vault_store_finish (PlugVault *self,
                         GAsyncResult *result,
                         GError **error)
{
  return PLUG_VAULT_GET_IFACE (self)->store_finish (self, result, error);
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
  PLUG_VAULT_GET_IFACE (self)->lookup_async (self, name, revision, flags, cancellable, callback, user_data);
}

SecretValue *
plug_vault_lookup_finish (PlugVault *self,
                          GAsyncResult *result,
                          GError **error)
{
  return PLUG_VAULT_GET_IFACE (self)->lookup_finish (self, result, error);
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
  PLUG_VAULT_GET_IFACE (self)->delete_async (self, name, revision, flags, cancellable, callback, user_data);
}

gboolean
plug_vault_delete_finish (PlugVault *self,
                          GAsyncResult *result,
                          GError **error)
{
  return PLUG_VAULT_GET_IFACE (self)->delete_finish (self, result, error);
}
