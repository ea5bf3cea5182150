/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-catalogue.h"
#include "plug-connection.h"
#include "plug-vault.h"

G_BEGIN_DECLS

/**
 * PlugStore:
 *
 * The connections folder: a GListModel of PlugConnection sorted by name, which follows changes made by another process
 * within a second. Create, edit and delete are crash-safe (design: "A connection on disk"): at every instant a
 * connection is wholly there or wholly not.
 */
#define PLUG_TYPE_STORE (plug_store_get_type ())
G_DECLARE_FINAL_TYPE (PlugStore, plug_store, PLUG, STORE, GObject)

/* Reads the folder before it returns (bounded work: files over 1 MiB are not opened). NULL folders stand for
 * $XDG_DATA_HOME/plugboard and $XDG_STATE_HOME/plugboard. */
PlugStore *plug_store_new (const char *data_folder,
                           const char *state_folder,
                           PlugCatalogue *catalogue,
                           PlugVault *vault) G_GNUC_WARN_UNUSED_RESULT;

PlugVault *plug_store_get_vault (PlugStore *self);
PlugCatalogue *plug_store_get_catalogue (PlugStore *self);
/* By name, without regard to case; borrowed, NULL when there is none. */
PlugConnection *plug_store_find (PlugStore *self,
                                 const char *name);
/* %PLUG_NAME_TAKEN included. */
PlugNameProblem plug_store_check_name (PlugStore *self,
                                       const char *name);
/* "HaloPSA", "HaloPSA 2", … the first that is free. */
char *plug_store_suggest_name (PlugStore *self,
                               PlugProvider *provider) G_GNUC_WARN_UNUSED_RESULT;

/* Stores the draft's secrets, reads them back, publishes the file. Rolls back wholly on any error and on cancellation. */
void plug_store_create_async (PlugStore *self,
                              PlugDraft *draft,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
PlugConnection *plug_store_create_finish (PlugStore *self,
                                          GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for an existing connection, whose name and provider the draft must have: a new revision replaces the old one. */
void plug_store_replace_async (PlugStore *self,
                               PlugConnection *connection,
                               PlugDraft *draft,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
PlugConnection *plug_store_replace_finish (PlugStore *self,
                                           GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Unlocks, deletes the item, makes sure that it is gone, removes the file. */
void plug_store_delete_async (PlugStore *self,
                              PlugConnection *connection,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean plug_store_delete_finish (PlugStore *self,
                                   GAsyncResult *result,
                                   GError **error);

/* The connection with its secrets, for a test. With %PLUG_VAULT_MAY_PROMPT the keyring may ask to be unlocked.
 * PLUG_ERROR_CHANGED_OUTSIDE when file or definition disagree with the keyring item. */
void plug_store_open_async (PlugStore *self,
                            PlugConnection *connection,
                            PlugVaultFlags flags,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
PlugDraft *plug_store_open_finish (PlugStore *self,
                                   GAsyncResult *result,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What the file says, without secrets: to show, to edit. NULL when the state is not OK. */
PlugDraft *plug_store_dup_file_draft (PlugStore *self,
                                      PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps the outcome of a test of @revision; nothing when the connection has another revision by now. */
void plug_store_set_outcome (PlugStore *self,
                             PlugConnection *connection,
                             const char *revision,
                             PlugOutcome outcome,
                             PlugReason reason);

/* Deletes the keyring items of creations that a crash interrupted; does nothing, and wakes no keyring, when there are none. */
void plug_store_recover_async (PlugStore *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean plug_store_recover_finish (PlugStore *self,
                                    GAsyncResult *result,
                                    GError **error);

G_END_DECLS
