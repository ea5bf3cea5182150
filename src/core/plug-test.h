/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-draft.h"
#include "plug-outcome.h"

G_BEGIN_DECLS

typedef enum {
  PLUG_STEP_RESOLVE, /* ask the service where to sign in */
  PLUG_STEP_SIGN_IN, /* request a token */
  PLUG_STEP_READ,    /* the test request */
} PlugStepKind;

typedef enum {
  PLUG_STEP_WAITING,
  PLUG_STEP_RUNNING,
  PLUG_STEP_PASSED,
  PLUG_STEP_SKIPPED, /* optional, and it did not work out */
  PLUG_STEP_FAILED,
} PlugStepState;

typedef struct {
  PlugStepKind kind;
  PlugStepState state;
  guint elapsed_ms; /* of a step that ended */
} PlugStep;

/**
 * PlugVerdict:
 *
 * How a test ended. All texts from outside have passed plug_text_from_untrusted().
 */
typedef struct {
  PlugOutcome outcome;
  PlugReason reason;
  GError *error;      /* (nullable): the network error, when the reason is PLUG_REASON_NETWORK */
  char *identity;     /* (nullable): the account's name, when passed */
  char *host;         /* (nullable): the host the last request went to */
  char *origin;       /* (nullable): the origin to approve */
  char *redirect_host; /* (nullable): where a redirect points */
  char *issuer;       /* (nullable): who issued a certificate that was refused, by its own account */
  guint status;       /* of the last answer; 0 when there was none */
  int retry_after;    /* seconds; -1 unknown */
  char *details;      /* (nullable): the server's own words */
  char **blamed;      /* ids of the parameters to mark; NULL-terminated, may be empty */
} PlugVerdict;

PlugVerdict *plug_verdict_copy (const PlugVerdict *self) G_GNUC_WARN_UNUSED_RESULT;
void plug_verdict_free (PlugVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugVerdict, plug_verdict_free)

/**
 * PlugTest:
 *
 * The steps that prove a draft works: resolve, sign in, read the account. Runs once. Signal "step-changed" (guint index)
 * tells of each step as it happens, on the caller's main context.
 */
#define PLUG_TYPE_TEST (plug_test_get_type ())
G_DECLARE_FINAL_TYPE (PlugTest, plug_test, PLUG, TEST, GObject)

PlugTest *plug_test_new (PlugDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
guint plug_test_get_n_steps (PlugTest *self);
const PlugStep *plug_test_get_step (PlugTest *self,
                                    guint index);

/* Fails only with G_IO_ERROR_CANCELLED; everything else is a verdict. */
void plug_test_run_async (PlugTest *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
PlugVerdict *plug_test_run_finish (PlugTest *self,
                                   GAsyncResult *result,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
