/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a mistake says of the value where it is. */
typedef enum {
  PLUG_SCHEMA_WRONG, /* the value is none that may stand there */
  PLUG_SCHEMA_LACKS, /* the object lacks a member; its others are what they are */
} PlugSchemaFault;

/* @pointer is the place in the instance, RFC 6901. */
typedef void (*PlugSchemaFunc) (PlugSchemaFault fault,
                                const char *pointer,
                                const char *reason,
                                gpointer user_data);

/**
 * plug_schema_check:
 * @schema: a JSON Schema of ours (draft 2020-12)
 * @instance: what to check
 * @report: called for each mistake
 *
 * Knows the keywords that data/provider.schema.json uses; any other but an annotation is a programming error, so that a
 * schema is never half obeyed. Of `oneOf`, the mistakes of the branch that was meant are reported: the one whose type and
 * `const` members agree with the instance, and which knows most of its members. Of a list or an object with more entries than it may have, those beyond are not
 * looked at.
 *
 * Returns: whether @instance is right
 */
gboolean plug_schema_check (JsonNode *schema,
                            JsonNode *instance,
                            PlugSchemaFunc report,
                            gpointer user_data);

/* Appends "/NAME" to @pointer, escaped as RFC 6901 says. */
void plug_schema_append_pointer (GString *pointer,
                                 const char *name);

G_END_DECLS
