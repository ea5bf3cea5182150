/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "plug-broken-definition.h"
#include "plug-provider.h"

G_BEGIN_DECLS

/* A definition file of the user's as it was when it was read. Immutable, of any thread. */
typedef struct {
  char *name;
  struct stat info;
  PlugProvider *provider;       /* one of these two */
  PlugBrokenDefinition *broken;
} PlugOwnFile;

/* @known: (nullable): what was read before; the result when the file has not changed. NULL when there is no such file. */
PlugOwnFile *plug_own_file_read (const char *folder,
                                 const char *name,
                                 PlugOwnFile *known) G_GNUC_WARN_UNUSED_RESULT;
PlugOwnFile *plug_own_file_ref (PlugOwnFile *self);
void plug_own_file_unref (PlugOwnFile *self);

/* All that the catalogue knows at a time. Immutable: a worker makes the next one while this one is shown. */
typedef struct {
  GPtrArray *providers;  /* in the catalogue's order */
  GHashTable *by_id;     /* id → PlugProvider, both borrowed from providers */
  GPtrArray *categories; /* of char *, the most used first, NULL-terminated */
  GPtrArray *broken;     /* of PlugBrokenDefinition, by file name */
  GHashTable *files;     /* file name → PlugOwnFile */
} PlugCatalogueContent;

/**
 * plug_catalogue_content_new:
 * @built_in: GPtrArray of PlugProvider
 * @folder: (nullable): of the user's own definitions; NULL for none
 * @known: (nullable): file name → PlugOwnFile, of what was read before
 *
 * Reads what has changed in @folder. May take seconds; of any thread.
 */
PlugCatalogueContent *plug_catalogue_content_new (GPtrArray *built_in,
                                                  const char *folder,
                                                  GHashTable *known) G_GNUC_WARN_UNUSED_RESULT;
PlugCatalogueContent *plug_catalogue_content_ref (PlugCatalogueContent *self);
void plug_catalogue_content_unref (PlugCatalogueContent *self);

/* An empty table of file name → PlugOwnFile. */
GHashTable *plug_own_files_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugCatalogueContent, plug_catalogue_content_unref)

G_END_DECLS
