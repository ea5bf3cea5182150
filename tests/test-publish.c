/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-publish.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "plug-error.h"

typedef struct {
  char *top;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->top = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  fixture->folder = g_build_filename (fixture->top, "folder", NULL);
  g_assert_true (plug_publish_make_folder (fixture->folder, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("chmod -R u+rwx '%s' && rm -r '%s'", fixture->top, fixture->top);

  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->top);
  g_free (fixture->folder);
}

static void
assert_content (Fixture *fixture,
                const char *file_name,
                const char *expected)
{
  g_autofree char *path = g_build_filename (fixture->folder, file_name, NULL);
  g_autofree char *content = NULL;
  struct stat info;

  g_file_get_contents (path, &content, NULL, NULL);
  g_assert_cmpstr (content, ==, expected);
  if (expected == NULL)
    return;
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) listing = g_dir_open (fixture->folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (listing) != NULL)
    count++;
  return count;
}

static void
test_new (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_cmpint (stat (fixture->folder, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_true (plug_publish_new (fixture->folder, "a.json", one, &error));
  g_assert_no_error (error);
  assert_content (fixture, "a.json", "one");
  g_assert_false (plug_publish_new (fixture->folder, "a.json", two, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_NAME_TAKEN);
  assert_content (fixture, "a.json", "one");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_replace (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("two", 3);

  g_assert_true (plug_publish_replace (fixture->folder, "a.json", one, NULL));
  g_assert_true (plug_publish_replace (fixture->folder, "a.json", two, NULL));
  assert_content (fixture, "a.json", "two");
  g_assert_true (plug_publish_remove (fixture->folder, "a.json", NULL));
  g_assert_true (plug_publish_remove (fixture->folder, "a.json", NULL));
  assert_content (fixture, "a.json", NULL);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_no_folder (Fixture *fixture,
                gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->top, "missing", NULL);
  g_autoptr (GBytes) one = g_bytes_new_static ("one", 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (plug_publish_new (missing, "a.json", one, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == PLUG_ERROR);
}

/* Only what publishing names so, and only when it is old. */
static void
test_sweep (Fixture *fixture,
            gconstpointer data)
{
  static const struct {
    const char *file_name;
    gboolean is_old, stays;
  } files[] = {
    { ".63140cca-cfcb-4306-921b-54b0c9f721d0.tmp", TRUE, FALSE },
    { ".9e190544-f72e-41e7-9bd3-452fc465acee.tmp", FALSE, TRUE },
    { ".notes.tmp", TRUE, TRUE },
    { "63140cca-cfcb-4306-921b-54b0c9f721d0", TRUE, TRUE },
    { "a.json", TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (fixture->folder, files[i].file_name, NULL);
    struct utimbuf old = { time (NULL) - 7200, time (NULL) - 7200 };

    g_assert_true (g_file_set_contents (path, "x", 1, NULL));
    if (files[i].is_old)
      g_assert_cmpint (utime (path, &old), ==, 0);
  }
  plug_publish_sweep (fixture->folder);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (fixture->folder, files[i].file_name, NULL);

    g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, files[i].stays);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/publish/new", Fixture, NULL, set_up, test_new, tear_down);
  g_test_add ("/publish/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/publish/no-folder", Fixture, NULL, set_up, test_no_folder, tear_down);
  g_test_add ("/publish/sweep", Fixture, NULL, set_up, test_sweep, tear_down);

  return g_test_run ();
}
