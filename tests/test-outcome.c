/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-outcome.h"

static void
test_outcome_ids (void)
{
  for (PlugOutcome i = PLUG_OUTCOME_UNTESTED; i <= PLUG_OUTCOME_NOT_TESTABLE; i++) {
    PlugOutcome back = PLUG_OUTCOME_UNTESTED;

    g_assert_true (plug_outcome_from_id (plug_outcome_to_id (i), &back));
    g_assert_cmpint (back, ==, i);
  }
}

static void
test_reason_ids (void)
{
  for (PlugReason i = PLUG_REASON_NONE; i <= PLUG_REASON_NETWORK; i++) {
    PlugReason back = PLUG_REASON_NONE;

    g_assert_true (plug_reason_from_id (plug_reason_to_id (i), &back));
    g_assert_cmpint (back, ==, i);
  }
}

static void
test_unknown_id (void)
{
  PlugOutcome outcome = PLUG_OUTCOME_PASSED;

  g_assert_false (plug_outcome_from_id ("PASSED", &outcome));
  g_assert_false (plug_outcome_from_id (NULL, &outcome));
  g_assert_cmpint (outcome, ==, PLUG_OUTCOME_PASSED);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/outcome/ids-round-trip", test_outcome_ids);
  g_test_add_func ("/outcome/reason-ids-round-trip", test_reason_ids);
  g_test_add_func ("/outcome/rejects-unknown-id", test_unknown_id);

  return g_test_run ();
}
