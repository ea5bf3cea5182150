/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-outcome.h"

G_BEGIN_DECLS

/**
 * PlugResults:
 *
 * The outcomes of tests, by revision, in `results.json` of the state folder. Losing them loses little, so they are
 * written without waiting for the disk; a file that cannot be read counts as empty.
 */
typedef struct _PlugResults PlugResults;

PlugResults *plug_results_new (const char *state_folder) G_GNUC_WARN_UNUSED_RESULT;
void plug_results_free (PlugResults *self);
const char *plug_results_get_path (PlugResults *self);
/* TRUE when something changed. */
gboolean plug_results_reload (PlugResults *self);
/* FALSE when that revision was never tested. @tested: seconds since 1970 UTC. */
gboolean plug_results_lookup (PlugResults *self,
                              const char *revision,
                              PlugOutcome *outcome,
                              PlugReason *reason,
                              gint64 *tested);
/* Keeps one more result, beside what other processes wrote meanwhile; revisions outside of @known are forgotten. */
void plug_results_store (PlugResults *self,
                         const char *revision,
                         PlugOutcome outcome,
                         PlugReason reason,
                         gint64 tested,
                         const char * const *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugResults, plug_results_free)

G_END_DECLS
