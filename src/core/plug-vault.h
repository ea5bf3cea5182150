/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "plug-error.h"

G_BEGIN_DECLS

/**
 * PlugVaultFlags:
 * @PLUG_VAULT_MAY_PROMPT: the operation may ask the user to unlock. Only Test, Create, Save, Reveal, Copy and Unlock set it.
 */
typedef enum {
  PLUG_VAULT_NONE = 0,
  PLUG_VAULT_MAY_PROMPT = 1 << 0,
} PlugVaultFlags;

typedef enum {
  PLUG_VAULT_READY,
  PLUG_VAULT_IS_LOCKED,
  PLUG_VAULT_IS_MISSING,       /* no Secret Service */
  PLUG_VAULT_HAS_NO_COLLECTION, /* a Secret Service without a default keyring */
} PlugVaultState;

/* Content larger than this is refused, when storing and when reading. */
#define PLUG_VAULT_MAX_BYTES (1024 * 1024)

/**
 * PlugVault:
 *
 * Where secrets are kept: one item for a connection, found by its name and revision, both of which every program can
 * read. Every operation has a deadline of ours and can be cancelled at once; a cancelled or timed-out store is of
 * unknown outcome. Errors are the VAULT and SECRET codes of PLUG_ERROR, or G_IO_ERROR_CANCELLED.
 */
#define PLUG_TYPE_VAULT (plug_vault_get_type ())
G_DECLARE_INTERFACE (PlugVault, plug_vault, PLUG, VAULT, GObject)

typedef enum {
  PLUG_VAULT_PROBE,
  PLUG_VAULT_STORE,
  PLUG_VAULT_LOOKUP,
  PLUG_VAULT_DELETE,
} PlugVaultOperation;

/**
 * PlugVaultInterface:
 * @begin: does one of the operations below. @task is handed over; it returns a PlugVaultState as an int for a probe, the
 *   SecretValue for a lookup, TRUE for the others. @name and @revision are NULL for a probe, @content for all but a store.
 */
struct _PlugVaultInterface {
  GTypeInterface parent;

  void (*begin) (PlugVault *self,
                 GTask *task,
                 PlugVaultOperation operation,
                 const char *name,
                 const char *revision,
                 SecretValue *content,
                 PlugVaultFlags flags);
};

/* Whether the vault can be used, without a prompt and without opening a secret. */
void plug_vault_probe_async (PlugVault *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean plug_vault_probe_finish (PlugVault *self,
                                  GAsyncResult *result,
                                  PlugVaultState *state,
                                  GError **error);

/* Stores and reads back: TRUE means that the vault returned the same bytes. */
void plug_vault_store_async (PlugVault *self,
                             const char *name,
                             const char *revision,
                             SecretValue *content,
                             PlugVaultFlags flags,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean plug_vault_store_finish (PlugVault *self,
                                  GAsyncResult *result,
                                  GError **error);

/* The content, UTF-8 without NUL; PLUG_ERROR_SECRET_MISSING only when the vault is unlocked and the item is not there. */
void plug_vault_lookup_async (PlugVault *self,
                              const char *name,
                              const char *revision,
                              PlugVaultFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
SecretValue *plug_vault_lookup_finish (PlugVault *self,
                                       GAsyncResult *result,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE means that the item is gone, also when it never was there. Never silently skips a locked item. */
void plug_vault_delete_async (PlugVault *self,
                              const char *name,
                              const char *revision,
                              PlugVaultFlags flags,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean plug_vault_delete_finish (PlugVault *self,
                                   GAsyncResult *result,
                                   GError **error);

G_END_DECLS
