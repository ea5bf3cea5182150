/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugConnectionDialog:
 *
 * The content of a sheet. New Connection: first a service is picked, then its form filled in; or Replace Secret of a
 * connection. Signal "saved" (PlugConnection).
 */
#define PLUG_TYPE_CONNECTION_DIALOG (plug_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnectionDialog, plug_connection_dialog, PLUG, CONNECTION_DIALOG, AdwBin)

GtkWidget *plug_connection_dialog_new (PlugStore *store) G_GNUC_WARN_UNUSED_RESULT;
GtkWidget *plug_connection_dialog_new_for_connection (PlugStore *store,
                                                      PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the sheet over @parent, which owns it until it is closed. */
void plug_connection_dialog_present (PlugConnectionDialog *self,
                                     GtkWindow *parent);
/* Shows the form of @provider; does nothing when a form is shown. */
void plug_connection_dialog_pick (PlugConnectionDialog *self,
                                  PlugProvider *provider);
/* As its button Back does. */
void plug_connection_dialog_go_back (PlugConnectionDialog *self);

G_END_DECLS
