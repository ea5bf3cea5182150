/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-provider.h"

G_BEGIN_DECLS

/* The newest format of definitions that this version reads. */
#define PLUG_DEFINITION_FORMAT 1
/* The longest of ours has 10 KiB; definitions come from anywhere. */
#define PLUG_DEFINITION_MAX_BYTES (256 * 1024)
/* Of one definition, for a window: more than that nobody reads there before correcting some. */
#define PLUG_DEFINITION_MAX_MISTAKES 20

/* One thing that is wrong with a definition. */
typedef struct {
  char *file;    /* (nullable) */
  guint line;    /* from 1; 0 when there is no such place */
  guint column;
  char *pointer; /* RFC 6901; "" is the whole file */
  char *reason;  /* English, in one line; may quote the definition: plug_text_from_untrusted() before it is shown */
} PlugMistake;

/* @line and @column may be 0. Copies @file, @pointer and @reason. */
PlugMistake *plug_mistake_new (const char *file,
                               guint line,
                               guint column,
                               const char *pointer,
                               const char *reason) G_GNUC_WARN_UNUSED_RESULT;
void plug_mistake_free (PlugMistake *self);
/* For g_ptr_array_sort(): in the order of the file. */
int plug_mistake_compare (gconstpointer a,
                          gconstpointer b);
/* "FILE:LINE:COLUMN: POINTER: REASON", as compilers write it. */
char *plug_mistake_to_string (const PlugMistake *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_definition_load:
 * @text: a definition; any bytes
 * @length: in bytes, or -1 when NUL-terminated
 * @file: (nullable): the file it was read from; its name must be the provider's id with ".json"
 * @built_in: whether it belongs to the program: its literal origins are trusted, and it may say `within`
 * @mistakes: (out) (optional): a GPtrArray of PlugMistake in the order of the file; empty when all is well
 *
 * Texts for people stay as they are written: plug_sentence_translate() turns them into a language when they are shown.
 *
 * Reads a definition and checks it against data/provider.schema.json and the rules that a schema cannot express.
 * The rules judge everything but what the schema refuses, and say nothing that only follows from another mistake. Of
 * mistakes beyond %PLUG_DEFINITION_MAX_MISTAKES nothing is said. Returns NULL when there is any mistake.
 */
PlugProvider *plug_definition_load (const char *text,
                                    gssize length,
                                    const char *file,
                                    gboolean built_in,
                                    GPtrArray **mistakes) G_GNUC_WARN_UNUSED_RESULT;

/* The same with another limit, at least 1.
 * @n_left_out: (out) (optional): how many mistakes there are beyond it */
PlugProvider *plug_definition_load_up_to (const char *text,
                                          gssize length,
                                          const char *file,
                                          gboolean built_in,
                                          guint max_mistakes,
                                          GPtrArray **mistakes,
                                          guint *n_left_out) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
