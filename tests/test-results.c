/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-results.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define ACME "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"
#define GLOBEX "0b1f2f5e-6f0a-4b6e-8b3f-7a3f0a6f4d22"

static const char * const known[] = { ACME, GLOBEX, NULL };

typedef struct {
  char *folder;
  PlugResults *results;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *parent = g_dir_make_tmp ("plugboard-XXXXXX", NULL);

  fixture->folder = g_build_filename (parent, "state", NULL);
  fixture->results = plug_results_new (fixture->folder);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (fixture->folder);
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", parent);

  plug_results_free (fixture->results);
  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
}

static void
assert_outcome (PlugResults *results,
                const char *revision,
                PlugOutcome expected)
{
  PlugOutcome outcome;
  PlugReason reason;
  gint64 tested;

  g_assert_true (plug_results_lookup (results, revision, &outcome, &reason, &tested));
  g_assert_cmpint (outcome, ==, expected);
  g_assert_cmpint (tested, ==, 1700000000);
}

static gboolean
has_outcome (PlugResults *results,
             const char *revision)
{
  PlugOutcome outcome;
  PlugReason reason;
  gint64 tested;

  return plug_results_lookup (results, revision, &outcome, &reason, &tested);
}

static void
store (PlugResults *results,
       const char *revision,
       PlugOutcome outcome,
       PlugReason reason)
{
  plug_results_store (results, revision, outcome, reason, 1700000000, known);
}

static void
test_round_trip (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (PlugResults) again = NULL;
  struct stat info;

  g_assert_false (has_outcome (fixture->results, ACME));
  store (fixture->results, ACME, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT);
  assert_outcome (fixture->results, ACME, PLUG_OUTCOME_REFUSED);

  again = plug_results_new (fixture->folder);
  assert_outcome (again, ACME, PLUG_OUTCOME_REFUSED);
  g_assert_cmpint (stat (plug_results_get_path (again), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* Two programs, each with a result of its own: both are kept. */
static void
test_merges (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (PlugResults) other = plug_results_new (fixture->folder);

  store (fixture->results, ACME, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  store (other, GLOBEX, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK);
  g_assert_true (plug_results_reload (fixture->results));
  g_assert_false (plug_results_reload (fixture->results));
  assert_outcome (fixture->results, ACME, PLUG_OUTCOME_PASSED);
  assert_outcome (fixture->results, GLOBEX, PLUG_OUTCOME_NOT_REACHABLE);
}

static void
test_forgets (Fixture *fixture,
              gconstpointer data)
{
  const char *const left[] = { GLOBEX, NULL };
  g_autoptr (PlugResults) again = NULL;

  store (fixture->results, ACME, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  plug_results_store (fixture->results, GLOBEX, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, 1700000000, left);
  again = plug_results_new (fixture->folder);
  g_assert_false (has_outcome (again, ACME));
  assert_outcome (again, GLOBEX, PLUG_OUTCOME_PASSED);
}

static void
test_damaged (Fixture *fixture,
              gconstpointer data)
{
  static const char *const contents[] = {
    "", "{", "[]", "null", "{\"" ACME "\": 5}", "{\"" ACME "\": {\"outcome\": \"splendid\", \"reason\": \"none\", \"tested\": 5}}",
    "{\"" ACME "\": {\"outcome\": \"passed\", \"reason\": \"none\", \"tested\": -5}}",
    "{\"no-revision\": {\"outcome\": \"passed\", \"reason\": \"none\", \"tested\": 5}}",
  };

  store (fixture->results, GLOBEX, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++) {
    g_assert_true (g_file_set_contents (plug_results_get_path (fixture->results), contents[i], -1, NULL));
    plug_results_reload (fixture->results);
    g_assert_false (has_outcome (fixture->results, ACME));
    g_assert_false (has_outcome (fixture->results, "no-revision"));
  }
  store (fixture->results, ACME, PLUG_OUTCOME_PASSED, PLUG_REASON_NONE);
  assert_outcome (fixture->results, ACME, PLUG_OUTCOME_PASSED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/results/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/results/merges", Fixture, NULL, set_up, test_merges, tear_down);
  g_test_add ("/results/forgets", Fixture, NULL, set_up, test_forgets, tear_down);
  g_test_add ("/results/damaged", Fixture, NULL, set_up, test_damaged, tear_down);

  return g_test_run ();
}
