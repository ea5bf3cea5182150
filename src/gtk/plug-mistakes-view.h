/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-broken-definition.h"

G_BEGIN_DECLS

/**
 * PlugMistakesView:
 *
 * The user's definitions that have mistakes, folded away; not visible while there are none.
 */
#define PLUG_TYPE_MISTAKES_VIEW (plug_mistakes_view_get_type ())
G_DECLARE_FINAL_TYPE (PlugMistakesView, plug_mistakes_view, PLUG, MISTAKES_VIEW, GtkWidget)

/* @definitions: of PlugBrokenDefinition; it is followed. Once. */
void plug_mistakes_view_set_definitions (PlugMistakesView *self,
                                         GListModel *definitions);

/* The file's name, and a line for each of its mistakes, but of no more than ten: plain text that may be shown. */
char *plug_mistakes_dup_text (PlugBrokenDefinition *definition) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
