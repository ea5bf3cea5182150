/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For plug-json.c alone: the scanner, which knows the grammar, and the tokens it finds. */

typedef enum {
  PLUG_JSON_OBJECT,
  PLUG_JSON_ARRAY,
  PLUG_JSON_END, /* of the innermost object or array */
  PLUG_JSON_NAME,
  PLUG_JSON_STRING,
  PLUG_JSON_NUMBER,
  PLUG_JSON_TRUE,
  PLUG_JSON_FALSE,
  PLUG_JSON_NULL,
} PlugJsonTokenType;

typedef struct {
  PlugJsonTokenType type;
  const char *start; /* where it begins in the source */
  gsize length;      /* of the source */
  const char *text;  /* a name or string unescaped; valid until the next token */
} PlugJsonToken;

typedef void (*PlugJsonTokenFunc) (const PlugJsonToken *token,
                           gpointer user_data);

/**
 * plug_json_scan:
 * @func: (nullable): called with each token, in order
 *
 * Goes once over @text as plug_json_check() says. What was emitted before an error stands. With @func names are not
 * compared, which takes longest: whoever listens has had the text checked before.
 */
gboolean plug_json_scan (const char *text,
                         gssize length,
                         PlugJsonTokenFunc func,
                         gpointer user_data,
                         GError **error);

/* Both count from 1; the column counts characters. */
void plug_json_find_line_and_column (const char *text,
                                     const char *at,
                                     guint *line,
                                     guint *column);

G_END_DECLS
