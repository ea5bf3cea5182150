/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-connection.h"
#include "plug-test.h"

G_BEGIN_DECLS

/* Codes into translated sentences, for window and command line alike. Pure functions; plain text, never markup. */

/* Where gettext finds the translations of our texts; PLUGBOARD_LOCALE_DIR, when it is set, for a program that is not
 * installed. For main(), after setlocale(). */
void plug_sentence_bind_texts (void);

/* A text of a definition (label, placeholder, help) in the user's language. Definitions keep their texts as they are
 * written, and this is the one place that looks them up: when one is shown, and never a second time. */
const char *plug_sentence_translate (const char *text);

char *plug_sentence_for_error (const GError *error,
                               const char *host) G_GNUC_WARN_UNUSED_RESULT;
/* NULL for PLUG_VALUE_OK. */
char *plug_sentence_for_value_problem (PlugValueProblem problem,
                                       PlugParameter *parameter) G_GNUC_WARN_UNUSED_RESULT;
const char *plug_sentence_for_name_problem (PlugNameProblem problem);
/* "Passed. Signed in as NAME.", "Refused. HaloPSA does not accept this Client ID and Client Secret." … */
char *plug_sentence_for_verdict (const PlugVerdict *verdict,
                                 PlugDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
/* The same from what is kept of a test: "Refused. HaloPSA does not accept these credentials." */
char *plug_sentence_for_reason (PlugOutcome outcome,
                                PlugReason reason,
                                const char *service) G_GNUC_WARN_UNUSED_RESULT;
/* What to do about it; NULL when there is nothing to add. */
char *plug_sentence_for_advice (const PlugVerdict *verdict,
                                PlugDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
/* "Passed", "Refused", "Not tested" … */
const char *plug_sentence_for_outcome (PlugOutcome outcome);
/* "Broken", "Newer version", "Unknown service"; NULL for %PLUG_CONNECTION_OK. */
const char *plug_sentence_for_state (PlugConnectionState state);
/* "Find the authorisation server", "Sign in", "Read the account" */
/* What is to be known of a method before it is tested: that it cannot be, that nobody confirmed its test, and for a
 * definition of the user's own, where it sends to. @host: (nullable). NULL when there is nothing to say. */
char *plug_sentence_for_untried (PlugProvider *provider,
                                 PlugMethod *method,
                                 const char *host) G_GNUC_WARN_UNUSED_RESULT;
/* A value as a person chose it: the label of an option, Yes or No; otherwise @value itself. */
const char *plug_sentence_for_value (PlugParameter *parameter,
                                     const char *value);
const char *plug_sentence_for_step (PlugStepKind kind);
/* "3 minutes ago"; @now and @then in seconds since 1970. Never negative. */
char *plug_sentence_for_age (gint64 then,
                             gint64 now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
