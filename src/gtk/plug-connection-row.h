/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugConnectionRow:
 *
 * A connection in the list: icon, name, provider and method, last outcome and its age, Test. Signal "test-failed"
 * (const char *sentence): the test could not even begin, and why.
 */
#define PLUG_TYPE_CONNECTION_ROW (plug_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnectionRow, plug_connection_row, PLUG, CONNECTION_ROW, GtkListBoxRow)

GtkWidget *plug_connection_row_new (PlugStore *store,
                                    PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
PlugConnection *plug_connection_row_get_connection (PlugConnectionRow *self);
/* Shows the age anew. */
void plug_connection_row_refresh (PlugConnectionRow *self);
/* The outcome below the name instead of beside it. */
void plug_connection_row_set_narrow (PlugConnectionRow *self,
                                     gboolean narrow);

G_END_DECLS
