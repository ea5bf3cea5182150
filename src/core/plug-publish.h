/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files that appear whole or not at all, mode 0600. These block: call them on a thread. Errors are the disk codes of
 * PLUG_ERROR. */

/* Makes a folder of ours, mode 0700; PLUG_ERROR_UNSAFE_FOLDER when it belongs to somebody else. */
gboolean plug_publish_make_folder (const char *folder,
                                   GError **error);
/* A new file; PLUG_ERROR_NAME_TAKEN when there is one already, whoever made it. */
gboolean plug_publish_new (const char *folder,
                           const char *file_name,
                           GBytes *content,
                           GError **error);
/* In place of a file, or as a new one. */
gboolean plug_publish_replace (const char *folder,
                               const char *file_name,
                               GBytes *content,
                               GError **error);
/* Gone for good, also when it never was there. */
gboolean plug_publish_remove (const char *folder,
                              const char *file_name,
                              GError **error);

/* Removes the temporary files that a crash left: those older than an hour, which nobody writes to any more. */
void plug_publish_sweep (const char *folder);

/* For crash tests: called at each point where the process may die. NULL for none. */
typedef void (*PlugPublishHook) (const char *point);
void plug_publish_set_hook (PlugPublishHook hook);
void plug_publish_reach (const char *point);

G_END_DECLS
