/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PlugSqueezer:
 *
 * Shows its child where there is room for all of it, and nothing where there is not. libadwaita's own of that name is
 * deprecated by what the baseline does not have.
 */
#define PLUG_TYPE_SQUEEZER (plug_squeezer_get_type ())
G_DECLARE_FINAL_TYPE (PlugSqueezer, plug_squeezer, PLUG, SQUEEZER, GtkWidget)

G_END_DECLS
