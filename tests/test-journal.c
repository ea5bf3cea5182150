/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-journal.h"

#include <stdlib.h>

#define REVISION "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"

typedef struct {
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fixture->folder);

  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
}

static gboolean
is_there (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->folder, "pending", REVISION, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_end (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  PlugJournalEntry *entry = plug_journal_begin (fixture->folder, "Field desk", REVISION, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plug_journal_get_name (entry), ==, "Field desk");
  g_assert_cmpstr (plug_journal_get_revision (entry), ==, REVISION);
  g_assert_true (is_there (fixture));
  plug_journal_end (entry);
  g_assert_false (is_there (fixture));
}

/* Somebody else's work is not a crash's rest. */
static void
test_locked (Fixture *fixture,
             gconstpointer data)
{
  PlugJournalEntry *entry = plug_journal_begin (fixture->folder, "Field desk", REVISION, NULL);
  g_autoptr (GPtrArray) stale = plug_journal_list_stale (fixture->folder);

  g_assert_cmpuint (stale->len, ==, 0);
  plug_journal_end (entry);
}

static void
test_stale (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GPtrArray) stale = NULL;
  g_autoptr (GPtrArray) again = NULL;

  plug_journal_abandon (plug_journal_begin (fixture->folder, "Field desk", REVISION, NULL));
  g_assert_true (is_there (fixture));
  stale = plug_journal_list_stale (fixture->folder);
  g_assert_cmpuint (stale->len, ==, 1);
  g_assert_cmpstr (plug_journal_get_name (stale->pdata[0]), ==, "Field desk");
  g_assert_cmpstr (plug_journal_get_revision (stale->pdata[0]), ==, REVISION);
  /* Locked by the one who listed it. */
  again = plug_journal_list_stale (fixture->folder);
  g_assert_cmpuint (again->len, ==, 0);
  plug_journal_end (stale->pdata[0]);
  g_assert_false (is_there (fixture));
}

/* What is no entry of ours stays where it is. */
static void
test_foreign (Fixture *fixture,
              gconstpointer data)
{
  g_autofree char *pending = g_build_filename (fixture->folder, "pending", NULL);
  g_autofree char *notes = g_build_filename (pending, "notes.txt", NULL);
  g_autofree char *empty = g_build_filename (pending, REVISION, NULL);
  g_autoptr (GPtrArray) stale = NULL;

  g_assert_cmpint (g_mkdir_with_parents (pending, 0700), ==, 0);
  g_assert_true (g_file_set_contents (notes, "mine", -1, NULL));
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  stale = plug_journal_list_stale (fixture->folder);
  g_assert_cmpuint (stale->len, ==, 0);
  g_assert_true (g_file_test (notes, G_FILE_TEST_EXISTS));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/journal/end", Fixture, NULL, set_up, test_end, tear_down);
  g_test_add ("/journal/locked", Fixture, NULL, set_up, test_locked, tear_down);
  g_test_add ("/journal/stale", Fixture, NULL, set_up, test_stale, tear_down);
  g_test_add ("/journal/foreign", Fixture, NULL, set_up, test_foreign, tear_down);

  return g_test_run ();
}
