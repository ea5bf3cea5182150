/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-connection-file.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plug-error.h"

#define REVISION "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"
#define START "{\"format\": 1, \"name\": \"Acme\", \"provider\": \"halopsa\", \"method\": \"password\""
#define GOOD START ", \"secret\": \"" REVISION "\", \"values\": {\"client_id\": \"4711\"}}"

typedef struct {
  char *folder;
  char *path;
  PlugConnectionFile file;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "acme.json", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fixture->folder);

  plug_connection_file_clear (&fixture->file);
  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
read_text (Fixture *fixture,
           const char *text,
           gssize length,
           GError **error)
{
  plug_connection_file_clear (&fixture->file);
  g_assert_true (g_file_set_contents (fixture->path, text, length, NULL));

  return plug_connection_file_read (fixture->path, &fixture->file, error);
}

static void
test_read (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (read_text (fixture, GOOD, -1, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (fixture->file.name, ==, "Acme");
  g_assert_cmpstr (fixture->file.provider, ==, "halopsa");
  g_assert_cmpstr (fixture->file.method, ==, "password");
  g_assert_cmpstr (fixture->file.revision, ==, REVISION);
  g_assert_cmpstr (plug_values_get (fixture->file.values, "client_id"), ==, "4711");
  g_assert_null (fixture->file.authorities);
}

/* What this version does not know is still there after a rewrite; what it knows is replaced; no secret is written. */
static void
test_serialise (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_assert_true (read_text (fixture, START ", \"secret\": \"" REVISION "\", \"colour\": {\"of\": [1, \"tie\"]}}", -1, &error));
  plug_values_set (fixture->file.values, "tenant", "acme");
  plug_values_set_secret (fixture->file.values, "password", "hunter2");
  bytes = plug_connection_file_serialise (&fixture->file);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_null (strstr (text, "hunter2"));
  g_assert_true (g_str_has_suffix (text, "}\n"));

  g_assert_true (read_text (fixture, text, -1, &error));
  g_assert_cmpstr (plug_values_get (fixture->file.values, "tenant"), ==, "acme");
  g_assert_true (json_object_has_member (fixture->file.members, "colour"));
}

static void
test_broken (Fixture *fixture,
             gconstpointer data)
{
  static const char *const texts[] = {
    "", " ", "{", "[]", "null", "\"text\"", "{}", "\xff\xfe{}", "{\"format\": \"1\"}", "{\"format\": 0}", "{\"format\": -1}",
    /* no secret, one that is no revision, no name, a name that cannot be one */
    START "}", START ", \"secret\": \"1\"}", START ", \"secret\": 5}",
    "{\"format\": 1, \"provider\": \"halopsa\", \"method\": \"password\", \"secret\": \"" REVISION "\"}",
    "{\"format\": 1, \"name\": \"a/b\", \"provider\": \"halopsa\", \"method\": \"password\", \"secret\": \"" REVISION "\"}",
    "{\"format\": 1, \"name\": 5, \"provider\": \"halopsa\", \"method\": \"password\", \"secret\": \"" REVISION "\"}",
    "{\"format\": 1, \"name\": \"Acme\", \"method\": \"password\", \"secret\": \"" REVISION "\"}",
    /* values that are none, an authority file somewhere else, comments */
    START ", \"secret\": \"" REVISION "\", \"values\": []}",
    START ", \"secret\": \"" REVISION "\", \"values\": {\"tenant\": 5}}",
    START ", \"secret\": \"" REVISION "\", \"authorities\": \"../x.pem\"}",
    START ", \"secret\": \"" REVISION "\", \"authorities\": \".x.pem\"}",
    "/* hello */ " GOOD,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    g_test_message ("text %" G_GSIZE_FORMAT, i);
    g_assert_false (read_text (fixture, texts[i], -1, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
  }
}

/* Every beginning of a good file is a broken one. */
static void
test_truncated (Fixture *fixture,
                gconstpointer data)
{
  for (gsize length = 0; length < strlen (GOOD); length++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (read_text (fixture, GOOD, (gssize) length, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
  }
}

/* A newer file is still shown: with its name and service. */
static void
test_newer (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (read_text (fixture, "{\"format\": 2, \"name\": \"Acme\", \"provider\": \"halopsa\"}", -1, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_NEWER_FORMAT);
  g_assert_cmpstr (fixture->file.name, ==, "Acme");
  g_assert_cmpstr (fixture->file.provider, ==, "halopsa");
}

/* Pipes block, links lead anywhere, large files cost time. */
static void
test_no_plain_file (Fixture *fixture,
                    gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);
  gint64 since;

  g_assert_true (g_file_set_contents (target, GOOD, -1, NULL));
  for (guint i = 0; i < 5; i++) {
    g_autoptr (GError) error = NULL;

    g_unlink (fixture->path);
    switch (i) {
    case 0:
      break; /* nothing there */
    case 1:
      g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
      break;
    case 2:
      g_assert_cmpint (symlink (target, fixture->path), ==, 0);
      break;
    case 3:
      g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
      g_assert_cmpint (truncate (fixture->path, 100 * 1024 * 1024), ==, 0);
      break;
    default:
      g_unlink (fixture->path);
      g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
    }
    since = g_get_monotonic_time ();
    plug_connection_file_clear (&fixture->file);
    g_assert_false (plug_connection_file_read (fixture->path, &fixture->file, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
    g_assert_cmpint (g_get_monotonic_time () - since, <, G_USEC_PER_SEC);
  }
}

static void
test_now (Fixture *fixture,
          gconstpointer data)
{
  g_autofree char *now = plug_connection_file_dup_now ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (now, NULL);

  g_assert_cmpuint (strlen (now), ==, strlen ("2026-01-01T00:00:00Z"));
  g_assert_true (g_str_has_suffix (now, "Z"));
  g_assert_cmpint (ABS (g_date_time_to_unix (time) - g_get_real_time () / G_USEC_PER_SEC), <=, 5);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/connection-file/read", Fixture, NULL, set_up, test_read, tear_down);
  g_test_add ("/connection-file/serialise", Fixture, NULL, set_up, test_serialise, tear_down);
  g_test_add ("/connection-file/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/connection-file/truncated", Fixture, NULL, set_up, test_truncated, tear_down);
  g_test_add ("/connection-file/newer", Fixture, NULL, set_up, test_newer, tear_down);
  g_test_add ("/connection-file/no-plain-file", Fixture, NULL, set_up, test_no_plain_file, tear_down);
  g_test_add ("/connection-file/now", Fixture, NULL, set_up, test_now, tear_down);

  return g_test_run ();
}
