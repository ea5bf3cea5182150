/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugDetailsPage:
 *
 * A connection opened: its values, its test, Replace secret… and Delete…; or why its file cannot be used. Signal "leave":
 * the user goes back, or the connection is gone.
 */
#define PLUG_TYPE_DETAILS_PAGE (plug_details_page_get_type ())
G_DECLARE_FINAL_TYPE (PlugDetailsPage, plug_details_page, PLUG, DETAILS_PAGE, GtkWidget)

GtkWidget *plug_details_page_new (PlugStore *store,
                                  PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
void plug_details_page_focus (PlugDetailsPage *self);

G_END_DECLS
