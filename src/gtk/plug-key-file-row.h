/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-form.h"

G_BEGIN_DECLS

/**
 * PlugKeyFileRow:
 *
 * A file of the service that fills in fields, such as the key of a Google service account: chosen, or dropped on the row.
 * Signal "edited": it did.
 */
#define PLUG_TYPE_KEY_FILE_ROW (plug_key_file_row_get_type ())
G_DECLARE_FINAL_TYPE (PlugKeyFileRow, plug_key_file_row, PLUG, KEY_FILE_ROW, AdwActionRow)

/* For the form's method as it is now. */
GtkWidget *plug_key_file_row_new (PlugForm *form) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
