/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * plug_file_name_for:
 * @name: a connection's name
 *
 * The file a connection of that name lives in: the name's key, with `/`, `%`, control characters and a leading dot
 * percent-escaped, and ".json". A long one is its first 150 bytes, `~` and 16 hex digits of the key's SHA-256.
 */
char *plug_file_name_for (const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* The name that a file name stands for, as far as it tells; always valid UTF-8. */
char *plug_file_name_to_name (const char *file_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
