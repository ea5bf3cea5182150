/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-journal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plug-error.h"
#include "plug-publish.h"

#define MAX_NAME_BYTES 4096

struct _PlugJournalEntry {
  char *folder;
  char *name;
  char *revision;
  int fd; /* holds the lock */
};

static PlugJournalEntry *
entry_new (const char *folder,
           const char *name,
           const char *revision,
           int fd)
{
  PlugJournalEntry *entry = g_new0 (PlugJournalEntry, 1);

  entry->folder = g_strdup (folder);
  entry->name = g_strdup (name);
  entry->revision = g_strdup (revision);
  entry->fd = fd;
  return entry;
}

PlugJournalEntry *
plug_journal_begin (const char *state_folder,
                    const char *name,
                    const char *revision,
                    GError **error)
{
  g_autofree char *folder = g_build_filename (state_folder, "pending", NULL);
  g_autofree char *path = g_build_filename (folder, revision, NULL);
  g_autoptr (GBytes) content = g_bytes_new (name, strlen (name));
  int fd;

  if (!plug_publish_make_folder (state_folder, error) || !plug_publish_make_folder (folder, error) ||
      !plug_publish_new (folder, revision, content, error))
    return NULL;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_NOT_WRITABLE, "the journal cannot be locked: %s", g_strerror (errno));
    if (fd >= 0)
      close (fd);
    unlink (path);
    return NULL;
  }
  plug_publish_reach ("journal-begun");
  return entry_new (folder, name, revision, fd);
}

void
plug_journal_end (PlugJournalEntry *entry)
{
  plug_publish_remove (entry->folder, entry->revision, NULL);
  plug_journal_abandon (entry);
}

void
plug_journal_abandon (PlugJournalEntry *entry)
{
  close (entry->fd);
  g_free (entry->folder);
  g_free (entry->name);
  g_free (entry->revision);
  g_free (entry);
}

const char *
plug_journal_get_name (PlugJournalEntry *entry)
{
  return entry->name;
}

const char *
plug_journal_get_revision (PlugJournalEntry *entry)
{
  return entry->revision;
}

static PlugJournalEntry *
take_stale (const char *folder,
            const char *revision)
{
  g_autofree char *path = g_build_filename (folder, revision, NULL);
  char name[MAX_NAME_BYTES + 1];
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;
  ssize_t length;

  if (fd < 0)
    return NULL;
  length = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && flock (fd, LOCK_EX | LOCK_NB) == 0
               ? read (fd, name, MAX_NAME_BYTES)
               : -1;
  if (length <= 0 || !g_utf8_validate (name, length, NULL)) {
    close (fd);
    return NULL;
  }
  name[length] = '\0';
  return entry_new (folder, name, revision, fd);
}

GPtrArray *
plug_journal_list_stale (const char *state_folder)
{
  g_autofree char *folder = g_build_filename (state_folder, "pending", NULL);
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  GPtrArray *entries = g_ptr_array_new ();
  const char *file_name;

  while (listing != NULL && (file_name = g_dir_read_name (listing)) != NULL) {
    PlugJournalEntry *entry = g_uuid_string_is_valid (file_name) ? take_stale (folder, file_name) : NULL;

    if (entry != NULL)
      g_ptr_array_add (entries, entry);
  }
  return entries;
}
