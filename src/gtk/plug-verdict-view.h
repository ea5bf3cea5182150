/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-test.h"

G_BEGIN_DECLS

/**
 * PlugVerdictView:
 *
 * A test while it runs and how it ended: each step with its time, a sentence, advice, the server's own words. Signals:
 * "approve" (const char *origin), the user lets the secrets go there; "choose-authorities", to be trusted for this
 * connection; "accept", what was changed outside.
 */
#define PLUG_TYPE_VERDICT_VIEW (plug_verdict_view_get_type ())
G_DECLARE_FINAL_TYPE (PlugVerdictView, plug_verdict_view, PLUG, VERDICT_VIEW, GtkWidget)

/* Hides itself. */
void plug_verdict_view_clear (PlugVerdictView *self);
/* Follows a test; NULL while it is not known yet which steps there are: "Opening the keyring…". */
void plug_verdict_view_follow (PlugVerdictView *self,
                               PlugTest *test);
/* Shows a step as it is by now. */
void plug_verdict_view_update_step (PlugVerdictView *self,
                                    guint index);
/* Shows a step as @step says. */
void plug_verdict_view_show_step (PlugVerdictView *self,
                                  guint index,
                                  const PlugStep *step);
void plug_verdict_view_show_verdict (PlugVerdictView *self,
                                     const PlugVerdict *verdict,
                                     PlugDraft *draft);
/* Something else that went wrong, in a sentence; @remedy may be NULL. */
void plug_verdict_view_show_failure (PlugVerdictView *self,
                                     const char *sentence,
                                     const char *remedy);

G_END_DECLS
