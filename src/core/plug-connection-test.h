/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-store.h"
#include "plug-test.h"

G_BEGIN_DECLS

/**
 * PlugConnectionTest:
 *
 * The test of a connection that exists: opens its secrets, runs the steps, and keeps the outcome in the store. Runs once.
 * Signal "step-changed" (guint index) as of #PlugTest; signal "opened" (GError *error) once when the keyring has answered,
 * with NULL when it gave the secrets.
 */
#define PLUG_TYPE_CONNECTION_TEST (plug_connection_test_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnectionTest, plug_connection_test, PLUG, CONNECTION_TEST, GObject)

PlugConnectionTest *plug_connection_test_new (PlugStore *store,
                                              PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* NULL until the secrets were opened, and when they could not be; borrowed. */
PlugTest *plug_connection_test_get_test (PlugConnectionTest *self);
/* What was tested; with %PLUG_REASON_CHANGED_OUTSIDE what the file says. NULL until then; borrowed. */
PlugDraft *plug_connection_test_get_draft (PlugConnectionTest *self);

/* Fails with a VAULT or SECRET code, with the connection's own problem, or with G_IO_ERROR_CANCELLED; everything else is
 * a verdict. */
void plug_connection_test_run_async (PlugConnectionTest *self,
                                     PlugVaultFlags flags,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
PlugVerdict *plug_connection_test_run_finish (PlugConnectionTest *self,
                                              GAsyncResult *result,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
