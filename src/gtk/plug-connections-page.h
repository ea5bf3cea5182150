/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugConnectionsPage:
 *
 * The list of connections, with search; an invitation when there is none. Signals: "opened" (PlugConnection);
 * "failed" (const char *sentence), to be shown for a moment.
 */
#define PLUG_TYPE_CONNECTIONS_PAGE (plug_connections_page_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnectionsPage, plug_connections_page, PLUG, CONNECTIONS_PAGE, GtkWidget)

void plug_connections_page_set_store (PlugConnectionsPage *self,
                                      PlugStore *store);
/* Selects the row, scrolls to it and gives it the focus. */
void plug_connections_page_select (PlugConnectionsPage *self,
                                   const char *name);
void plug_connections_page_search (PlugConnectionsPage *self);

G_END_DECLS
