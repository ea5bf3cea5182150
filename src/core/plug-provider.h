/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "plug-method.h"
#include "plug-search.h"

G_BEGIN_DECLS

/**
 * PlugProvider:
 *
 * An external service as one definition file describes it. Immutable. What the picker and the list need (id, name,
 * icon, categories, keywords) is there from the start; the methods are read at first use.
 */
#define PLUG_TYPE_PROVIDER (plug_provider_get_type ())
G_DECLARE_FINAL_TYPE (PlugProvider, plug_provider, PLUG, PROVIDER, GObject)

/* Parses and validates one definition; see plug_definition_load() for every mistake at once. */
PlugProvider *plug_provider_new_from_json (const char *text,
                                           gssize length,
                                           gboolean built_in,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

const char *plug_provider_get_id (PlugProvider *self);
/* As the definition has it. */
const char *plug_provider_get_name (PlugProvider *self);
/* As a person reads it: of the built-in ones, what is a description and no name is translated. */
const char *plug_provider_get_label (PlugProvider *self);
/* NULL when the definition names none. */
const char *plug_provider_get_vendor (PlugProvider *self);
const char *plug_provider_get_docs (PlugProvider *self);
/* "logos:NAME", "simple-icons:NAME" or "monogram:LETTERS"; NULL for a monogram made of the name. */
const char *plug_provider_get_icon (PlugProvider *self);
const char * const *plug_provider_get_categories (PlugProvider *self);
const char * const *plug_provider_get_keywords (PlugProvider *self);
/* TRUE for a definition compiled into the program; its literal origins are trusted. */
gboolean plug_provider_is_built_in (PlugProvider *self);
/* GPtrArray of PlugMethod, borrowed. Never empty. */
GPtrArray *plug_provider_get_methods (PlugProvider *self);
/* NULL when there is no such method. */
PlugMethod *plug_provider_get_method (PlugProvider *self,
                                      const char *id);
/* How well the provider answers a search; what it can be found by is folded at the first. Of any thread. */
PlugRank plug_provider_match (PlugProvider *self,
                              const PlugQuery *query);

G_END_DECLS
