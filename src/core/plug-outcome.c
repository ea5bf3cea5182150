/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plug-outcome.h"

static const char * const outcome_ids[] = {
  [PLUG_OUTCOME_UNTESTED] = "not-tested",
  [PLUG_OUTCOME_PASSED] = "passed",
  [PLUG_OUTCOME_REFUSED] = "refused",
  [PLUG_OUTCOME_NOT_PERMITTED] = "not-permitted",
  [PLUG_OUTCOME_NOT_REACHABLE] = "not-reachable",
  [PLUG_OUTCOME_NOT_TESTABLE] = "not-testable",
};

static const char * const reason_ids[] = {
  [PLUG_REASON_NONE] = "none",
  [PLUG_REASON_INVALID_CLIENT] = "invalid-client",
  [PLUG_REASON_INVALID_GRANT] = "invalid-grant",
  [PLUG_REASON_INVALID_SCOPE] = "invalid-scope",
  [PLUG_REASON_UNAUTHORIZED_CLIENT] = "unauthorized-client",
  [PLUG_REASON_UNSUPPORTED_GRANT_TYPE] = "unsupported-grant-type",
  [PLUG_REASON_INVALID_REQUEST] = "invalid-request",
  [PLUG_REASON_WRONG_CREDENTIALS] = "wrong-credentials",
  [PLUG_REASON_FORBIDDEN] = "forbidden",
  [PLUG_REASON_WRONG_ADDRESS] = "wrong-address",
  [PLUG_REASON_NOT_THE_SERVICE] = "not-the-service",
  [PLUG_REASON_REDIRECTED] = "redirected",
  [PLUG_REASON_BUSY] = "busy",
  [PLUG_REASON_SERVICE_PROBLEM] = "service-problem",
  [PLUG_REASON_UNEXPECTED_ANSWER] = "unexpected-answer",
  [PLUG_REASON_INVALID_TOKEN] = "invalid-token",
  [PLUG_REASON_ORIGIN_NOT_APPROVED] = "origin-not-approved",
  [PLUG_REASON_CHANGED_OUTSIDE] = "changed-outside",
  [PLUG_REASON_NOT_TESTABLE] = "not-testable",
  [PLUG_REASON_NETWORK] = "network",
};

static gboolean
find_id (const char *const *ids,
         gsize n_ids,
         const char *id,
         guint *index)
{
  for (gsize i = 0; i < n_ids; i++) {
    if (g_strcmp0 (ids[i], id) == 0) {
      *index = i;
      return TRUE;
    }
  }

  return FALSE;
}

const char *
plug_outcome_to_id (PlugOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcome_ids), NULL);

  return outcome_ids[outcome];
}

gboolean
plug_outcome_from_id (const char *id,
                      PlugOutcome *outcome)
{
  return find_id (outcome_ids, G_N_ELEMENTS (outcome_ids), id, outcome);
}

const char *
plug_reason_to_id (PlugReason reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (reason_ids), NULL);

  return reason_ids[reason];
}

gboolean
plug_reason_from_id (const char *id,
                     PlugReason *reason)
{
  return find_id (reason_ids, G_N_ELEMENTS (reason_ids), id, reason);
}
