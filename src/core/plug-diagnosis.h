/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-blame.h"
#include "plug-test.h"

G_BEGIN_DECLS

/* Whether the answer to a token request holds a token that can be sent. */
typedef enum {
  PLUG_TOKEN_ABSENT,
  PLUG_TOKEN_UNUSABLE, /* empty, too long, no text, of a type other than bearer, or with characters no header may have */
  PLUG_TOKEN_USABLE,
} PlugTokenState;

/**
 * PlugAnswer:
 *
 * What there is to know of an answer and of the request it answers. Everything is borrowed.
 */
typedef struct {
  PlugStepKind step;
  gboolean with_credentials;      /* the request carried what the user typed as credentials, or a token */
  gboolean with_token;            /* the request carried a token that this test was issued */
  guint status;
  const char *content_type;       /* (nullable): lower case, without parameters */
  const char *body;               /* (nullable) */
  gsize length_bytes;
  gboolean has_challenge;         /* a WWW-Authenticate header */
  PlugTokenState token;           /* of a token request */
  gboolean is_login;              /* a vendor's own token request, not OAuth 2's */
  const PlugCondition *expect;    /* (nullable): status 200 */
  const GPtrArray *refused;       /* (nullable) of PlugCondition: "wrong credentials"; NULL stands for 401 */
  const GPtrArray *denied;        /* (nullable) of PlugCondition: "not permitted"; NULL stands for 403 */
  const char *identity;           /* (nullable): pointer to the account's name */
} PlugAnswer;

typedef struct {
  PlugOutcome outcome; /* PASSED: this step is fine */
  PlugReason reason;
  PlugBlame blame;
} PlugDiagnosis;

/* Looks at the content before it trusts the status. RFC 6749 section 5.2, RFC 6750 section 3.1. */
PlugDiagnosis plug_diagnosis_of_answer (const PlugAnswer *answer);
/* Of a network code of PLUG_ERROR: never a word about the credentials. */
PlugDiagnosis plug_diagnosis_of_error (const GError *error);

/* The server's own words in the answer, or the whole of it; NULL when it is empty. Not cleaned: pass it through
 * plug_text_from_untrusted() before anybody sees it. */
char *plug_diagnosis_dup_words (const PlugAnswer *answer) G_GNUC_WARN_UNUSED_RESULT;
/* The account's name, not cleaned either; NULL when the answer does not have it. */
char *plug_diagnosis_dup_identity (const PlugAnswer *answer) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
