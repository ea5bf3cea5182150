/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugCatalogue:
 *
 * All providers, sorted by name but for "custom", which is the first: a GListModel of PlugProvider. The built-in ones
 * come from the table that the build made of data/providers; reading it opens no file. The user's own ones are files in
 * a folder, which is read by a worker once plug_catalogue_load_async() or a connection asks for it, and is followed from
 * then on within a second.
 *
 * "changed" is emitted after the folder has been read and something in it is different: what plug_catalogue_get_provider(),
 * plug_catalogue_get_categories() or the list of broken files told before may be out of date.
 */
#define PLUG_TYPE_CATALOGUE (plug_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (PlugCatalogue, plug_catalogue, PLUG, CATALOGUE, GObject)

/* Of the built-in ones only. */
PlugCatalogue *plug_catalogue_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @folder: of the user's own definitions; NULL for $XDG_DATA_HOME/plugboard/providers. Opens nothing yet. */
PlugCatalogue *plug_catalogue_new_with_folder (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the user's own definitions unless that has been done; afterwards the catalogue has them. @cancellable counts when
 * the reading ends. */
void plug_catalogue_load_async (PlugCatalogue *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean plug_catalogue_load_finish (PlugCatalogue *self,
                                     GAsyncResult *result,
                                     GError **error);

/* NULL when there is none of that id; borrowed until the catalogue changes. Before the folder has been read as a whole, an
 * id that is not built in reads its one file. */
PlugProvider *plug_catalogue_get_provider (PlugCatalogue *self,
                                           const char *id);
/* The categories that occur, most used first; NULL-terminated; borrowed until the catalogue changes. */
const char * const *plug_catalogue_get_categories (PlugCatalogue *self);
/* The user's files that are no definitions: a GListModel of PlugBrokenDefinition, borrowed. Empty until they are loaded. */
GListModel *plug_catalogue_get_broken (PlugCatalogue *self);

G_END_DECLS
