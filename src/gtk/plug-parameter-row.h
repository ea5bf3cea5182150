/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-form.h"

G_BEGIN_DECLS

/**
 * PlugParameterRow:
 *
 * One field of a form: label, entry, help, and what is wrong with it. All rules are the form's; the row shows and reports.
 * The connection's name is a field too: its id is "name". Signal "edited": the user changed the value.
 */
#define PLUG_TYPE_PARAMETER_ROW (plug_parameter_row_get_type ())
G_DECLARE_FINAL_TYPE (PlugParameterRow, plug_parameter_row, PLUG, PARAMETER_ROW, GtkListBoxRow)

/* @parameter NULL is the connection's name. */
GtkWidget *plug_parameter_row_new (PlugForm *form,
                                   PlugParameter *parameter) G_GNUC_WARN_UNUSED_RESULT;
const char *plug_parameter_row_get_id (PlugParameterRow *self);
/* Shows what the form holds by now. */
void plug_parameter_row_refresh (PlugParameterRow *self);
/* From now on problems are shown, whether the field was left or not. */
void plug_parameter_row_validate (PlugParameterRow *self);
/* Marks a field that a verdict blames; the next edit clears it. */
void plug_parameter_row_set_blamed (PlugParameterRow *self,
                                    gboolean blamed);
void plug_parameter_row_focus (PlugParameterRow *self);

G_END_DECLS
