/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plug-draft.h"
#include "plug-error.h"
#include "plug-json.h"

static gboolean
refuse (GError **error,
        const char *reason)
{
  g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, reason);
  return FALSE;
}

/* A pipe would block, a link may point anywhere, and a large file costs time: none of them is opened in earnest. */
static char *
read_text (const char *path,
           gsize *length,
           GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  g_autofree char *text = NULL;
  struct stat info;
  gsize done = 0;

  if (fd < 0 || fstat (fd, &info) != 0) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "it cannot be opened: %s", g_strerror (errno));
    if (fd >= 0)
      close (fd);
    return NULL;
  }
  if (!S_ISREG (info.st_mode) || info.st_size > PLUG_JSON_MAX_BYTES) {
    refuse (error, S_ISREG (info.st_mode) ? "it is larger than 1 MiB" : "it is not a regular file");
    close (fd);
    return NULL;
  }
  text = g_malloc ((gsize) info.st_size + 1);
  while (done < (gsize) info.st_size) {
    ssize_t n = read (fd, text + done, (gsize) info.st_size - done);

    if (n <= 0)
      break;
    done += (gsize) n;
  }
  close (fd);
  text[done] = '\0';
  *length = done;
  return g_steal_pointer (&text);
}

/* NULL when it is missing, or no text. */
static char *
dup_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return g_strdup (json_node_get_string (node));
}

static gboolean
read_values (PlugConnectionFile *file,
             GError **error)
{
  JsonNode *node = json_object_get_member (file->members, "values");
  JsonObjectIter iter;
  const char *id;
  JsonNode *value;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "\"values\" is not an object");
  json_object_iter_init (&iter, json_node_get_object (node));
  while (json_object_iter_next (&iter, &id, &value)) {
    if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_STRING)
      return refuse (error, "a value is not a string");
    plug_values_set (file->values, id, json_node_get_string (value));
  }
  return TRUE;
}

static gboolean
check_members (PlugConnectionFile *file,
               GError **error)
{
  if (file->name == NULL || plug_name_check (file->name) != PLUG_NAME_OK)
    return refuse (error, "\"name\" is missing, or is not a name");
  if (file->provider == NULL || file->method == NULL)
    return refuse (error, "\"provider\" or \"method\" is missing");
  if (file->revision == NULL || !g_uuid_string_is_valid (file->revision))
    return refuse (error, "\"secret\" is missing, or is not a revision");
  if (file->authorities != NULL && (strchr (file->authorities, '/') != NULL || *file->authorities == '.'))
    return refuse (error, "\"authorities\" is not a file name");
  return TRUE;
}

gboolean
plug_connection_file_read (const char *path,
                           PlugConnectionFile *file,
                           GError **error)
{
  gsize length;
  g_autofree char *text = read_text (path, &length, error);
  g_autoptr (GError) json_error = NULL;
  g_autoptr (JsonNode) root = NULL;
  gint64 format;

  *file = (PlugConnectionFile){ .values = plug_values_new () };
  if (text == NULL)
    return FALSE;
  root = plug_json_parse (text, (gssize) length, &json_error);
  if (root == NULL)
    return refuse (error, json_error->message);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return refuse (error, "it is not a JSON object");

  file->members = json_object_ref (json_node_get_object (root));
  file->name = dup_text (file->members, "name");
  file->provider = dup_text (file->members, "provider");
  file->method = dup_text (file->members, "method");
  file->revision = dup_text (file->members, "secret");
  file->created = dup_text (file->members, "created");
  file->modified = dup_text (file->members, "modified");
  file->authorities = dup_text (file->members, "authorities");

  format = json_object_get_int_member_with_default (file->members, "format", 0);
  if (format > PLUG_CONNECTION_FORMAT) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_NEWER_FORMAT, "its format is %" G_GINT64_FORMAT, format);
    return FALSE;
  }
  if (format != PLUG_CONNECTION_FORMAT)
    return refuse (error, "\"format\" is missing, or is not a number");
  return check_members (file, error) && read_values (file, error);
}

static void
set_text (JsonObject *object,
          const char *name,
          const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_remove_member (object, name);
}

GBytes *
plug_connection_file_serialise (const PlugConnectionFile *file)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autofree const char **ids = plug_values_get_ids (file->values);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  if (file->members != NULL) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    json_object_iter_init (&iter, file->members);
    while (json_object_iter_next (&iter, &name, &node))
      json_object_set_member (object, name, json_node_copy (node));
  }
  json_object_set_int_member (object, "format", PLUG_CONNECTION_FORMAT);
  set_text (object, "name", file->name);
  set_text (object, "provider", file->provider);
  set_text (object, "method", file->method);
  set_text (object, "secret", file->revision);
  set_text (object, "created", file->created);
  set_text (object, "modified", file->modified);
  set_text (object, "authorities", file->authorities);
  for (guint i = 0; ids[i] != NULL; i++)
    if (!plug_values_is_secret (file->values, ids[i]))
      json_object_set_string_member (values, ids[i], plug_values_get (file->values, ids[i]));
  json_object_set_object_member (object, "values", g_steal_pointer (&values));

  json_node_set_object (root, object);
  text = json_to_string (root, TRUE);
  line = g_strconcat (text, "\n", NULL);
  return g_bytes_new (line, strlen (line));
}

void
plug_connection_file_clear (PlugConnectionFile *file)
{
  g_free (file->name);
  g_free (file->provider);
  g_free (file->method);
  g_free (file->revision);
  g_free (file->created);
  g_free (file->modified);
  g_free (file->authorities);
  g_clear_pointer (&file->values, plug_values_unref);
  g_clear_pointer (&file->members, json_object_unref);
  *file = (PlugConnectionFile){ 0 };
}

char *
plug_connection_file_dup_now (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}
