/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "plug-values.h"

G_BEGIN_DECLS

/* What plug_template_expand_json() gives at most: its templates and values are foreign. */
#define PLUG_TEMPLATE_MAX_BYTES (16 * 1024 * 1024)

/**
 * PlugTemplate:
 *
 * A parsed, immutable template: either a URL template (RFC 6570, level 4) or a value template.
 *
 * In a value template `{x}` is replaced literally, `{{` is a brace, `}}` is a closing one, and `base64{…}` is the one
 * function: its content is again a value template, without another base64. It is read from left to right, so of three
 * closing braces the first two are a literal one.
 */
typedef struct _PlugTemplate PlugTemplate;

/* Both fail with PLUG_ERROR_INVALID_TEMPLATE; the message ends in "character N" and quotes nothing of @text. */
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

/* Value templates only: expands with each value escaped, as XML that is to hold it as text or in an attribute needs it. What
 * is encoded by base64{…} needs none. */
char *plug_template_expand_xml (PlugTemplate *self,
                                const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;

/* URL templates only: expands with JSON values (strings, numbers, booleans, null = undefined, lists and maps of these).
 * For numbers as they are written parse with plug_json_parse_numbers_as_text().
 * PLUG_ERROR_INVALID_TEMPLATE for a prefix modifier on a list or map, for a list or map inside another, and for a
 * result beyond PLUG_TEMPLATE_MAX_BYTES. */
char *plug_template_expand_json (PlugTemplate *self,
                                 JsonObject *variables,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugTemplate, plug_template_unref)

G_END_DECLS
