/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "plug-values.h"

G_BEGIN_DECLS

/**
 * PlugTemplate:
 *
 * A parsed, immutable template: either a URL template (RFC 6570, level 4) or a value template, in which `{x}` is
 * replaced literally, `{{` is a brace and `base64{…}` is the one function.
 */
typedef struct _PlugTemplate PlugTemplate;

PlugTemplate *plug_template_new_url (const char *text,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
PlugTemplate *plug_template_new_value (const char *text,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
PlugTemplate *plug_template_ref (PlugTemplate *self);
void plug_template_unref (PlugTemplate *self);

const char *plug_template_get_text (PlugTemplate *self);
/* The variables' names, each once, in order; NULL-terminated, borrowed. */
const char * const *plug_template_get_variables (PlugTemplate *self);

/* Expands with the values of a form; an id without value, or with an empty one, is undefined. Wipe what it returns when
 * a variable is secret. A value template without all of its variables expands them to nothing. */
char *plug_template_expand (PlugTemplate *self,
                            const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;

/* URL templates only: expands with JSON values (strings, numbers as written, null = undefined, lists, maps).
 * PLUG_ERROR_INVALID_TEMPLATE for a prefix modifier on a list or map. */
char *plug_template_expand_json (PlugTemplate *self,
                                 JsonObject *variables,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugTemplate, plug_template_unref)

G_END_DECLS
