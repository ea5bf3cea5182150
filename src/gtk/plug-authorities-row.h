/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-form.h"

G_BEGIN_DECLS

/**
 * PlugAuthoritiesRow:
 *
 * Which certificate authorities a connection trusts: the system's, or those of a file. Signal "edited".
 */
#define PLUG_TYPE_AUTHORITIES_ROW (plug_authorities_row_get_type ())
G_DECLARE_FINAL_TYPE (PlugAuthoritiesRow, plug_authorities_row, PLUG, AUTHORITIES_ROW, AdwActionRow)

GtkWidget *plug_authorities_row_new (PlugForm *form) G_GNUC_WARN_UNUSED_RESULT;
/* Asks for the file. */
void plug_authorities_row_choose (PlugAuthoritiesRow *self);

G_END_DECLS
