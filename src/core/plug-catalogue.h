/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugCatalogue:
 *
 * All providers, sorted by name: a GListModel of PlugProvider. The built-in ones come from the table that the build made
 * of data/providers; reading it opens no file.
 */
#define PLUG_TYPE_CATALOGUE (plug_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (PlugCatalogue, plug_catalogue, PLUG, CATALOGUE, GObject)

PlugCatalogue *plug_catalogue_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* NULL when there is none of that id; borrowed. */
PlugProvider *plug_catalogue_get_provider (PlugCatalogue *self,
                                           const char *id);
/* The categories that occur, most used first; NULL-terminated. */
const char * const *plug_catalogue_get_categories (PlugCatalogue *self);

G_END_DECLS
