/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* renameat2() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-publish.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plug-error.h"

#define SWEEP_AGE_S (60 * 60)

static PlugPublishHook publish_hook;

static gboolean
fail (GError **error,
      const char *what)
{
  int saved = errno;
  PlugError code = PLUG_ERROR_NOT_DURABLE;

  if (saved == ENOSPC || saved == EDQUOT)
    code = PLUG_ERROR_DISK_FULL;
  else if (saved == EROFS || saved == EACCES || saved == EPERM)
    code = PLUG_ERROR_NOT_WRITABLE;
  else if (saved == EEXIST)
    code = PLUG_ERROR_NAME_TAKEN;
  g_set_error (error, PLUG_ERROR, (int) code, "%s: %s", what, g_strerror (saved));
  return FALSE;
}

static int
open_folder (const char *folder)
{
  return open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static gboolean
write_all (int fd,
           GBytes *content)
{
  gsize left;
  const char *data = g_bytes_get_data (content, &left);

  while (left > 0) {
    ssize_t written = write (fd, data, left);

    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    data += written;
    left -= (gsize) written;
  }
  return TRUE;
}

/* A complete, durable file under a name that nobody looks at. */
static gboolean
write_temporary (int folder_fd,
                 const char *temporary,
                 GBytes *content,
                 GError **error)
{
  int fd = openat (folder_fd, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  gboolean good;

  if (fd < 0)
    return fail (error, "a temporary file cannot be made");
  plug_publish_reach ("temporary-made");
  good = (fchmod (fd, 0600) == 0 && write_all (fd, content) && fsync (fd) == 0) ||
         fail (error, "a file cannot be written");
  if (close (fd) != 0 && good)
    good = fail (error, "a file cannot be closed");
  if (!good)
    unlinkat (folder_fd, temporary, 0);
  plug_publish_reach ("temporary-written");
  return good;
}

/* Under its real name, unless there is one; FALSE with errno. Not every file system has hard links. */
static gboolean
link_new (int folder_fd,
          const char *temporary,
          const char *file_name)
{
  int fd;

  if (linkat (folder_fd, temporary, folder_fd, file_name, 0) == 0) {
    plug_publish_reach ("linked");
    unlinkat (folder_fd, temporary, 0);
    return TRUE;
  }
  if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
    return FALSE;
  if (renameat2 (folder_fd, temporary, folder_fd, file_name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  fd = openat (folder_fd, file_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return FALSE;
  close (fd);
  return renameat (folder_fd, temporary, folder_fd, file_name) == 0;
}

static gboolean
publish (const char *folder,
         const char *file_name,
         GBytes *content,
         gboolean replace,
         GError **error)
{
  int folder_fd = open_folder (folder);
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *temporary = g_strconcat (".", random, ".tmp", NULL);
  gboolean good;

  if (folder_fd < 0)
    return fail (error, "the folder cannot be opened");
  good = write_temporary (folder_fd, temporary, content, error);
  if (good) {
    good = (replace ? renameat (folder_fd, temporary, folder_fd, file_name) == 0
                    : link_new (folder_fd, temporary, file_name)) ||
           fail (error, "a file cannot be given its name");
    if (!good)
      unlinkat (folder_fd, temporary, 0);
  }
  plug_publish_reach ("published");
  if (good && fsync (folder_fd) != 0) {
    good = fail (error, "the folder cannot be written");
    if (!replace)
      unlinkat (folder_fd, file_name, 0);
  }
  close (folder_fd);
  return good;
}

gboolean
plug_publish_make_folder (const char *folder,
                          GError **error)
{
  struct stat info;

  if (g_mkdir_with_parents (folder, 0700) != 0 || stat (folder, &info) != 0)
    return fail (error, "the folder cannot be made");
  if (info.st_uid != geteuid ()) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_UNSAFE_FOLDER, "the folder belongs to another user");
    return FALSE;
  }
  if ((info.st_mode & 077) != 0 && chmod (folder, 0700) != 0)
    return fail (error, "the folder cannot be closed to others");
  return TRUE;
}

gboolean
plug_publish_new (const char *folder,
                  const char *file_name,
                  GBytes *content,
                  GError **error)
{
  return publish (folder, file_name, content, FALSE, error);
}

gboolean
plug_publish_replace (const char *folder,
                      const char *file_name,
                      GBytes *content,
                      GError **error)
{
  return publish (folder, file_name, content, TRUE, error);
}

gboolean
plug_publish_remove (const char *folder,
                     const char *file_name,
                     GError **error)
{
  int folder_fd = open_folder (folder);
  gboolean good;

  if (folder_fd < 0)
    return errno == ENOENT || fail (error, "the folder cannot be opened");
  good = unlinkat (folder_fd, file_name, 0) == 0 || errno == ENOENT || fail (error, "the file cannot be removed");
  plug_publish_reach ("removed");
  if (good && fsync (folder_fd) != 0)
    good = fail (error, "the folder cannot be written");
  close (folder_fd);
  return good;
}

/* ".UUID.tmp", as publish() names them. */
static gboolean
is_temporary (const char *file_name)
{
  gsize length = strlen (file_name);
  g_autofree char *random = NULL;

  if (length < 6 || file_name[0] != '.' || !g_str_has_suffix (file_name, ".tmp"))
    return FALSE;
  random = g_strndup (file_name + 1, length - 5);
  return g_uuid_string_is_valid (random);
}

void
plug_publish_sweep (const char *folder)
{
  g_autoptr (GDir) listing = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *file_name;

  while (listing != NULL && (file_name = g_dir_read_name (listing)) != NULL) {
    g_autofree char *path = is_temporary (file_name) ? g_build_filename (folder, file_name, NULL) : NULL;
    struct stat info;

    if (path != NULL && lstat (path, &info) == 0 && S_ISREG (info.st_mode) && now - info.st_mtime > SWEEP_AGE_S)
      unlink (path);
  }
}

void
plug_publish_set_hook (PlugPublishHook hook)
{
  publish_hook = hook;
}

void
plug_publish_reach (const char *point)
{
  if (publish_hook != NULL)
    publish_hook (point);
}
