/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-lint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plug-error.h"
#include "plug-json.h"
#include "plug-provider-private.h"

typedef enum {
  READ_OK,
  READ_FAILED, /* with an error */
  READ_TOO_LARGE,
} Reading;

static Reading
fail (GError **error,
      const char *reason)
{
  g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, reason);
  return READ_FAILED;
}

/* A link is followed: a person may keep definitions elsewhere. A pipe would block, and is not opened in earnest. */
static Reading
read_file (const char *path,
           char **text,
           gsize *length,
           GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *content = NULL;
  struct stat info = { 0 };
  gsize done = 0;
  ssize_t n = -1;

  if (fd < 0)
    return fail (error, g_strerror (errno));
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > PLUG_DEFINITION_MAX_BYTES) {
    close (fd);
    return S_ISREG (info.st_mode) ? READ_TOO_LARGE : fail (error, "Not a regular file");
  }
  /* One byte more, to notice a file that grows. */
  content = g_malloc ((gsize) info.st_size + 1);
  while (done <= (gsize) info.st_size && (n = read (fd, content + done, (gsize) info.st_size + 1 - done)) > 0)
    done += (gsize) n;
  close (fd);
  if (n < 0)
    return fail (error, g_strerror (errno));
  if (done > (gsize) info.st_size)
    return fail (error, "The file is being written");
  content[done] = '\0';
  *text = g_steal_pointer (&content);
  *length = done;

  return READ_OK;
}

/* The built-in providers by id, and by what their names look like. */
static void
get_taken (GHashTable **by_id,
           GHashTable **by_likeness)
{
  static GHashTable *ids, *likenesses;
  static gsize once;

  if (g_once_init_enter (&once)) {
    ids = g_hash_table_new (g_str_hash, g_str_equal);
    likenesses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
    for (const PlugProviderEntry *entry = plug_provider_entries; entry->id != NULL; entry++) {
      g_hash_table_insert (ids, (gpointer) entry->id, (gpointer) entry);
      g_hash_table_insert (likenesses, plug_search_dup_likeness (entry->name), (gpointer) entry);
    }
    g_once_init_leave (&once, 1);
  }
  *by_id = ids;
  *by_likeness = likenesses;
}

/* Where that member has a mistake already, one is enough. */
static void
report (GPtrArray *mistakes,
        const char *path,
        const char *text,
        const char *pointer,
        const char *reason)
{
  guint line = 0, column = 0;

  for (guint i = 0; i < mistakes->len; i++)
    if (g_str_equal (((PlugMistake *) mistakes->pdata[i])->pointer, pointer))
      return;
  plug_json_locate (text, pointer, &line, &column);
  g_ptr_array_add (mistakes, plug_mistake_new (path, line, column, pointer, reason));
}

static char *
dup_member (JsonNode *root,
            const char *pointer)
{
  JsonNode *node = plug_json_resolve (root, pointer);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? g_strdup (json_node_get_string (node))
             : NULL;
}

static void
check_taken (const char *path,
             const char *text,
             gboolean built_in,
             const char *id,
             const char *name,
             GPtrArray *mistakes)
{
  g_autofree char *likeness = name != NULL ? plug_search_dup_likeness (name) : NULL;
  const PlugProviderEntry *same_id, *same_name;
  GHashTable *by_id, *by_likeness;

  get_taken (&by_id, &by_likeness);
  same_id = id != NULL ? g_hash_table_lookup (by_id, id) : NULL;
  same_name = likeness != NULL ? g_hash_table_lookup (by_likeness, likeness) : NULL;
  if (same_id != NULL && !built_in) {
    g_autofree char *reason = g_strdup_printf ("the built-in provider “%s” has the id “%s”", same_id->name, id);

    report (mistakes, path, text, "/id", reason);
  }
  if (same_name != NULL && (!built_in || same_name != same_id)) {
    g_autofree char *reason = g_strdup_printf ("could be taken for the built-in provider “%s”", same_name->name);

    report (mistakes, path, text, "/name", reason);
  }
  g_ptr_array_sort (mistakes, plug_mistake_compare);
}

PlugProvider *
plug_lint_file (const char *path,
                gboolean built_in,
                guint max_mistakes,
                GPtrArray **mistakes,
                GError **error)
{
  g_autoptr (PlugProvider) provider = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  guint n_left_out = 0;

  *mistakes = NULL;
  switch (read_file (path, &text, &length, error)) {
  case READ_OK:
    provider = plug_definition_load_up_to (text, (gssize) length, path, built_in, max_mistakes, mistakes, &n_left_out);
    break;
  case READ_TOO_LARGE:
    *mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_mistake_free);
    g_ptr_array_add (*mistakes, plug_mistake_new (path, 0, 0, "", "is longer than 256 KiB, which no definition needs"));
    return NULL;
  case READ_FAILED:
  default:
    *mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_mistake_free);
    return NULL;
  }

  if (provider != NULL) {
    check_taken (path, text, built_in, plug_provider_get_id (provider), plug_provider_get_name (provider), *mistakes);
  } else {
    g_autoptr (JsonNode) root = plug_json_parse (text, (gssize) length, NULL);
    g_autofree char *id = root != NULL ? dup_member (root, "/id") : NULL;
    g_autofree char *name = root != NULL ? dup_member (root, "/name") : NULL;

    check_taken (path, text, built_in, id, name, *mistakes);
  }
  if (n_left_out > 0) {
    g_autofree char *reason = g_strdup_printf ("has %u more mistakes, which are told when these are corrected", n_left_out);

    g_ptr_array_add (*mistakes, plug_mistake_new (path, 0, 0, "", reason));
  }
  return (*mistakes)->len == 0 ? g_steal_pointer (&provider) : NULL;
}
