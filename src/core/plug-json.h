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
 * @error: %PLUG_ERROR_INVALID_JSON; the message ends in "line L, column C" and quotes nothing of @text
 *
 * One pass over untrusted text: at most %PLUG_JSON_MAX_BYTES, at most %PLUG_JSON_MAX_DEPTH levels, UTF-8, not empty,
 * RFC 8259 grammar (no comments, no single quotes, no BOM, no NaN, no `\u0000`, no lone surrogate, no duplicate member
 * names), numbers that a double can hold. It does not recurse; its time is linear but for sorting the member names.
 */
gboolean plug_json_check (const char *text,
                          gssize length,
                          GError **error);

/* The same checks, then json-glib's nodes. An integer that 64 bits cannot hold becomes a double. */
JsonNode *plug_json_parse (const char *text,
                           gssize length,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As plug_json_parse(), but each number becomes a string: the number as it is written in @text (`1.10`, `1e3`,
 * 9007199254740993), which a JsonNode for a number cannot keep. */
JsonNode *plug_json_parse_numbers_as_text (const char *text,
                                           gssize length,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* RFC 6901; "" is @root itself; NULL when nothing is there. Borrowed from @root. */
JsonNode *plug_json_resolve (JsonNode *root,
                             const char *pointer);
gboolean plug_json_pointer_is_valid (const char *pointer);

/* Scalars as text (strings as they are, numbers in the shortest form that gives the same number back, true, false),
 * NULL for null, arrays and objects. */
char *plug_json_dup_scalar (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

/* Line (from 1) and column (in characters, from 1) of the node at @pointer in the @text it was parsed from, which is thus
 * right; FALSE when there is none. */
gboolean plug_json_locate (const char *text,
                           const char *pointer,
                           guint *line,
                           guint *column);

typedef struct {
  const char *pointer; /* borrowed */
  guint line;          /* 0 where there is no such node */
  guint column;
} PlugJsonPlace;

/* plug_json_locate() for many at once, with one pass over @text: fills in lines and columns. */
void plug_json_locate_all (const char *text,
                           PlugJsonPlace *places,
                           gsize n_places);

/* Overwrites the text of every string below @root, which json-glib itself frees as it stands. For answers that hold a
 * secret, when they are no longer needed and before the last reference goes. */
void plug_json_wipe (JsonNode *root);

G_END_DECLS
