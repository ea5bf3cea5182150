/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugWindow:
 *
 * The main window: Connections, and a connection when it is opened. Keeps its size.
 */
#define PLUG_TYPE_WINDOW (plug_window_get_type ())
G_DECLARE_FINAL_TYPE (PlugWindow, plug_window, PLUG, WINDOW, AdwApplicationWindow)

GtkWidget *plug_window_new (GtkApplication *application,
                            PlugStore *store) G_GNUC_WARN_UNUSED_RESULT;
/* Opens New Connection, or raises the one that is open; with the form of the service @id, unless that is NULL, unknown, or
 * a form is being filled in. */
void plug_window_add_connection (PlugWindow *self,
                                 const char *id);

G_END_DECLS
