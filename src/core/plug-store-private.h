/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-store.h"

G_BEGIN_DECLS

/* Between plug-store.c, which reads, and plug-store-change.c, which writes. */

const char *plug_store_get_folder (PlugStore *self);
const char *plug_store_get_authorities_folder (PlugStore *self);
const char *plug_store_get_state_folder (PlugStore *self);
/* Reads the folder now. */
void plug_store_rescan (PlugStore *self);
/* Whether a file names this revision, be it read-only or broken otherwise. */
gboolean plug_store_names_revision (PlugStore *self,
                                    const char *revision);

G_END_DECLS
