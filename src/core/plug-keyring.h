/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-vault.h"

G_BEGIN_DECLS

#define PLUG_KEYRING_DEADLINE_MS 10000
#define PLUG_KEYRING_PROMPT_DEADLINE_MS 120000

/**
 * PlugKeyring:
 *
 * The vault in the Secret Service of the session. libsecret may block for 50 s or never call back, so all of its calls
 * live on one thread, started by the first operation, and every operation has a deadline of ours.
 */
#define PLUG_TYPE_KEYRING (plug_keyring_get_type ())
G_DECLARE_FINAL_TYPE (PlugKeyring, plug_keyring, PLUG, KEYRING, GObject)

PlugVault *plug_keyring_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* In milliseconds: of an operation that may not prompt, and of one that may. */
PlugVault *plug_keyring_new_with_deadlines (guint quiet_ms,
                                            guint prompt_ms) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @bus has a Secret Service, running or to be started; asks the bus alone, starts nothing. FALSE with an error set
 * means that it could not be found out. */
void plug_keyring_find_service_async (GDBusConnection *bus,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean plug_keyring_find_service_finish (GDBusConnection *bus,
                                           GAsyncResult *result,
                                           GError **error);

typedef struct _PlugKeyringWatch PlugKeyringWatch;
typedef void (*PlugKeyringFound) (gboolean found,
                                  gpointer user_data);

/* Calls @found on the main context of the caller, soon and whenever a keyring of @bus comes or goes. Freed where it was made;
 * @found is not called afterwards. */
PlugKeyringWatch *plug_keyring_watch_new (GDBusConnection *bus,
                                          PlugKeyringFound found,
                                          gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void plug_keyring_watch_free (PlugKeyringWatch *self);

/* Before the first thread starts: drops the variables that make libsecret use another store. */
void plug_keyring_clean_environment (void);

G_END_DECLS
