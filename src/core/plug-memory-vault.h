/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-vault.h"

G_BEGIN_DECLS

/* How a PlugMemoryVault behaves. */
typedef enum {
  PLUG_MEMORY_VAULT_WORKS,
  PLUG_MEMORY_VAULT_LOCKED,        /* unlocks when it may prompt, and stays unlocked */
  PLUG_MEMORY_VAULT_DISMISSED,     /* locked; the user dismisses every prompt */
  PLUG_MEMORY_VAULT_MISSING,
  PLUG_MEMORY_VAULT_NO_COLLECTION,
  PLUG_MEMORY_VAULT_FORGETS,       /* says "stored" and keeps nothing: found out when it is read back */
  PLUG_MEMORY_VAULT_STORE_FAILS,
  PLUG_MEMORY_VAULT_LOOKUP_FAILS,
  PLUG_MEMORY_VAULT_DELETE_FAILS,
  PLUG_MEMORY_VAULT_SILENT,        /* answers nothing until it is cancelled */
  PLUG_MEMORY_VAULT_TIMES_OUT,     /* as if our deadline had passed */
} PlugMemoryVaultMode;

/**
 * PlugMemoryVault:
 *
 * A vault in this process's memory, for tests: with the keyring's manners and, on demand, its faults.
 */
#define PLUG_TYPE_MEMORY_VAULT (plug_memory_vault_get_type ())
G_DECLARE_FINAL_TYPE (PlugMemoryVault, plug_memory_vault, PLUG, MEMORY_VAULT, GObject)

PlugMemoryVault *plug_memory_vault_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_memory_vault_set_mode (PlugMemoryVault *self,
                                 PlugMemoryVaultMode mode);
/* How long each answer takes; 0 answers in the next turn of the main loop. */
void plug_memory_vault_set_delay_ms (PlugMemoryVault *self,
                                     guint delay_ms);
guint plug_memory_vault_get_n_items (PlugMemoryVault *self);
/* How many operations were begun. */
guint plug_memory_vault_get_n_operations (PlugMemoryVault *self);
/* Borrowed; NULL when there is no such item. */
SecretValue *plug_memory_vault_peek (PlugMemoryVault *self,
                                     const char *name,
                                     const char *revision);
/* As if another program changed the item; NULL removes it. */
void plug_memory_vault_poke (PlugMemoryVault *self,
                             const char *name,
                             const char *revision,
                             const char *content);

G_END_DECLS
