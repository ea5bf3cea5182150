/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugJournalEntry:
 *
 * A keyring item that may have to be deleted after a crash: the file `pending/REVISION`, which holds the connection's
 * name and is locked while the program that wrote it still works on it. These functions block: call them on a thread.
 */
typedef struct _PlugJournalEntry PlugJournalEntry;

PlugJournalEntry *plug_journal_begin (const char *state_folder,
                                      const char *name,
                                      const char *revision,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The item is where it belongs, or gone: forgets it. */
void plug_journal_end (PlugJournalEntry *entry);
/* Nobody knows what became of the item: leaves it to a later recovery. */
void plug_journal_abandon (PlugJournalEntry *entry);
const char *plug_journal_get_name (PlugJournalEntry *entry);
const char *plug_journal_get_revision (PlugJournalEntry *entry);

/* The entries that a crash left, each locked now; empty when there are none. */
GPtrArray *plug_journal_list_stale (const char *state_folder) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugJournalEntry, plug_journal_abandon)

G_END_DECLS
