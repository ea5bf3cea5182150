/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugOutcome:
 *
 * What a test said of a connection. Only %PLUG_OUTCOME_REFUSED says that the credentials are wrong.
 */
typedef enum {
  PLUG_OUTCOME_UNTESTED,      /* "not-tested" */
  PLUG_OUTCOME_PASSED,        /* "passed": accepted, and the test request was answered */
  PLUG_OUTCOME_REFUSED,       /* "refused": the service said that the credentials are wrong */
  PLUG_OUTCOME_NOT_PERMITTED, /* "not-permitted": accepted, but the account may not read the test resource */
  PLUG_OUTCOME_NOT_REACHABLE, /* "not-reachable": no proof either way */
  PLUG_OUTCOME_NOT_TESTABLE,  /* "not-testable": the method has no harmless test */
} PlugOutcome;

/**
 * PlugReason:
 *
 * Why a test ended as it did. The ids (plug_reason_to_id()) are stable: the command line prints them.
 */
typedef enum {
  PLUG_REASON_NONE,                   /* passed */
  PLUG_REASON_INVALID_CLIENT,         /* RFC 6749, 5.2 */
  PLUG_REASON_INVALID_GRANT,
  PLUG_REASON_INVALID_SCOPE,
  PLUG_REASON_UNAUTHORIZED_CLIENT,
  PLUG_REASON_UNSUPPORTED_GRANT_TYPE,
  PLUG_REASON_INVALID_REQUEST,
  PLUG_REASON_WRONG_CREDENTIALS,      /* 401 without a code of its own */
  PLUG_REASON_FORBIDDEN,              /* accepted, then 403 */
  PLUG_REASON_WRONG_ADDRESS,          /* 404, 405, 410 */
  PLUG_REASON_NOT_THE_SERVICE,        /* HTML or another answer that is not the service's */
  PLUG_REASON_REDIRECTED,
  PLUG_REASON_BUSY,                   /* 429, 503 */
  PLUG_REASON_SERVICE_PROBLEM,        /* other 5xx */
  PLUG_REASON_UNEXPECTED_ANSWER,      /* any other status, or an answer the definition does not expect */
  PLUG_REASON_INVALID_TOKEN,          /* the token the service issued cannot be used */
  PLUG_REASON_ORIGIN_NOT_APPROVED,
  PLUG_REASON_CHANGED_OUTSIDE,
  PLUG_REASON_NOT_TESTABLE,
  PLUG_REASON_NETWORK,                /* see the verdict's error: a network code of PlugError */
} PlugReason;

const char *plug_outcome_to_id (PlugOutcome outcome);
gboolean plug_outcome_from_id (const char *id,
                               PlugOutcome *outcome);
const char *plug_reason_to_id (PlugReason reason);
gboolean plug_reason_from_id (const char *id,
                              PlugReason *reason);

G_END_DECLS
