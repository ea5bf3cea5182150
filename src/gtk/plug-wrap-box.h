/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PlugWrapBox:
 *
 * Shows its children two in a row where each of them gets as much room as it would like, and below each other where one of
 * them would not. How much a label would like is its own affair: all of its line, or its longest word. libadwaita's own of
 * that name is newer than the baseline.
 */
#define PLUG_TYPE_WRAP_BOX (plug_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (PlugWrapBox, plug_wrap_box, PLUG, WRAP_BOX, GtkWidget)

/* In templates these are properties, the last one excepted. Pixels between rows and columns, 0 unless told. */
void plug_wrap_box_set_spacing (PlugWrapBox *self,
                                int spacing);
/* Equal columns and equal rows, a last child that is alone in its row having all of it. Unless told the first child of a row
 * gets what it would like and the second one the rest, or the other way round when the first one expands. */
void plug_wrap_box_set_homogeneous (PlugWrapBox *self,
                                    gboolean homogeneous);
/* Below each other however much room there is. */
void plug_wrap_box_set_stacked (PlugWrapBox *self,
                                gboolean stacked);
void plug_wrap_box_append (PlugWrapBox *self,
                           GtkWidget *child);

G_END_DECLS
