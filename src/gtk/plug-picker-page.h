/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-catalogue.h"

G_BEGIN_DECLS

/**
 * PlugPickerPage:
 *
 * Where a service is picked: search, categories, a grid of tiles. Signals: "picked" (PlugProvider), "cancelled".
 */
#define PLUG_TYPE_PICKER_PAGE (plug_picker_page_get_type ())
G_DECLARE_FINAL_TYPE (PlugPickerPage, plug_picker_page, PLUG, PICKER_PAGE, GtkWidget)

void plug_picker_page_set_catalogue (PlugPickerPage *self,
                                     PlugCatalogue *catalogue);
void plug_picker_page_focus (PlugPickerPage *self);

G_END_DECLS
