/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PLUG_JSON_MAX_BYTES (1024 * 1024)
#define PLUG_JSON_MAX_DEPTH 64

/**
 * plug_json_check:
 * @text: any bytes
 * @length: in bytes, or -1 when NUL-terminated
 * @error: %PLUG_ERROR_INVALID_JSON; the message ends in "line L, column C"
 *
 * One linear pass over untrusted text before json-glib sees it: at most %PLUG_JSON_MAX_BYTES, at most
 * %PLUG_JSON_MAX_DEPTH levels, UTF-8, not empty, RFC 8259 grammar (no comments, no single quotes, no BOM, no NaN, no
 * `\u0000`, no lone surrogate, no duplicate member names), numbers that a double can hold.
 */
gboolean plug_json_check (const char *text,
                          gssize length,
                          GError **error);

/* plug_json_check(), then json-glib. */
JsonNode *plug_json_parse (const char *text,
                           gssize length,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* @text with every number in quotes, so that what is parsed from it has numbers as they were written. */
char *plug_json_quote_numbers (const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* RFC 6901; "" is @root itself; NULL when nothing is there. Borrowed from @root. */
JsonNode *plug_json_resolve (JsonNode *root,
                             const char *pointer);
gboolean plug_json_pointer_is_valid (const char *pointer);

/* Scalars as text (strings as they are, numbers and booleans as JSON writes them), NULL for null, arrays and objects. */
char *plug_json_dup_scalar (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

/* Line (from 1) and column of the node at @pointer in the @text it was parsed from; FALSE when there is none. */
gboolean plug_json_locate (const char *text,
                           const char *pointer,
                           guint *line,
                           guint *column);

G_END_DECLS
