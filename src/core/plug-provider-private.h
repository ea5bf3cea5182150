/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-provider.h"

G_BEGIN_DECLS

/* What the build makes of one file of data/providers. */
typedef struct {
  const char *id;
  const char *name;
  const char *vendor;
  const char *docs;
  const char *icon;
  const char *const *categories;
  const char *const *keywords;
  const char *json; /* the whole definition, without blanks */
} PlugProviderEntry;

/* The table that build-aux/make-catalogue writes, ended by an entry without id. */
extern const PlugProviderEntry plug_provider_entries[];
/* data/provider.schema.json, without blanks. */
extern const char plug_provider_schema[];

/* Reads no JSON yet. @entry is static data. */
PlugProvider *plug_provider_new_from_entry (const PlugProviderEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

/* Takes @methods. */
PlugProvider *plug_provider_new (const char *id,
                                 const char *name,
                                 const char *vendor,
                                 const char *docs,
                                 const char *icon,
                                 const char *const *categories,
                                 const char *const *keywords,
                                 gboolean built_in,
                                 GPtrArray *methods) G_GNUC_WARN_UNUSED_RESULT;

/* What a search does first, for thousands of them on a worker. Of any thread. */
void plug_provider_fold_terms (PlugProvider *self);

G_END_DECLS
