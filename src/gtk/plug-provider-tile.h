/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugProviderTile:
 *
 * A service in the picker: its mark above its name. One of the user's own has a sign that says so.
 */
#define PLUG_TYPE_PROVIDER_TILE (plug_provider_tile_get_type ())
G_DECLARE_FINAL_TYPE (PlugProviderTile, plug_provider_tile, PLUG, PROVIDER_TILE, GtkWidget)

GtkWidget *plug_provider_tile_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_provider_tile_set_provider (PlugProviderTile *self,
                                      PlugProvider *provider);

G_END_DECLS
