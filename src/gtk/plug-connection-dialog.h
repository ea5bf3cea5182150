/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugConnectionDialog:
 *
 * New Connection: first a service is picked, then its form filled in; or Replace Secret of a connection. Signal "saved"
 * (PlugConnection).
 */
#define PLUG_TYPE_CONNECTION_DIALOG (plug_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnectionDialog, plug_connection_dialog, PLUG, CONNECTION_DIALOG, AdwWindow)

GtkWidget *plug_connection_dialog_new (GtkWindow *parent,
                                       PlugStore *store) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *plug_connection_dialog_new_for_connection (GtkWindow *parent,
                                                      PlugStore *store,
                                                      PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
