/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-test.h"

G_BEGIN_DECLS

/**
 * PlugBlame:
 *
 * What part of a form is to blame; plug_auth_dup_blamed() finds the parameters that play the part.
 */
typedef enum {
  PLUG_BLAME_NOTHING = 0,
  PLUG_BLAME_ADDRESS = 1 << 0,       /* the address or host the request went to */
  PLUG_BLAME_PLACE = 1 << 1,         /* what else the URL is made of: a tenant, an account */
  PLUG_BLAME_CLIENT_ID = 1 << 2,
  PLUG_BLAME_CLIENT_SECRET = 1 << 3,
  PLUG_BLAME_USERNAME = 1 << 4,
  PLUG_BLAME_PASSWORD = 1 << 5,
  PLUG_BLAME_KEY = 1 << 6,           /* an API key or a token that was typed */
  PLUG_BLAME_SCOPE = 1 << 7,
} PlugBlame;

#define PLUG_BLAME_CLIENT (PLUG_BLAME_CLIENT_ID | PLUG_BLAME_CLIENT_SECRET)
#define PLUG_BLAME_LOGIN (PLUG_BLAME_USERNAME | PLUG_BLAME_PASSWORD)
#define PLUG_BLAME_CREDENTIALS (PLUG_BLAME_CLIENT | PLUG_BLAME_LOGIN | PLUG_BLAME_KEY)

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
  const PlugExpectSpec *expect;   /* (nullable): of the test request */
  const GArray *denied;           /* (nullable) of guint: statuses that mean "not permitted"; NULL stands for 403 */
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
