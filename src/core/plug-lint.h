/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-definition.h"

G_BEGIN_DECLS

/* For whoever corrects a definition: all that a file of a person's has. */
#define PLUG_LINT_MAX_MISTAKES 1000

/**
 * plug_lint_file:
 * @path: a definition; of its name, "ID.json" has to be the end
 * @built_in: whether it is meant to belong to the program
 * @max_mistakes: %PLUG_LINT_MAX_MISTAKES, or %PLUG_DEFINITION_MAX_MISTAKES for a window
 * @mistakes: (out): GPtrArray of PlugMistake, in the order of the file; empty when all is well. When there are more than
 *   @max_mistakes, the last one says how many
 * @error: %PLUG_ERROR_INVALID_FILE when the file cannot be read; then @mistakes is empty, too
 *
 * What plug_definition_load() finds, and what follows from the other providers: a definition of the user's has neither
 * the id of a built-in provider nor a name that could be taken for one's. Of a file over 256 KiB nothing is read. Of any
 * thread. Returns NULL when there is any mistake.
 */
PlugProvider *plug_lint_file (const char *path,
                              gboolean built_in,
                              guint max_mistakes,
                              GPtrArray **mistakes,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
