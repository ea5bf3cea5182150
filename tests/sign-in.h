/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-test.h"
#include "verifying-server.h"

G_BEGIN_DECLS

#define SIGN_IN_USER "ada@example.com"
#define SIGN_IN_SECRET "s3cret/value+4711=="
#define SIGN_IN_TOKEN "t0ken.issued-0815"
#define SIGN_IN_READ_ME "{\"request\":{\"url\":\"{+base}/me\"},\"identity\":\"/login\"}"
#define SIGN_IN_ME "{\"login\":\"ada\"}"

/**
 * SignIn:
 *
 * A method, what is typed for it, and what is wrong about it then.
 */
typedef struct {
  const char *auth;   /* JSON */
  const char *test;   /* JSON; (nullable): SIGN_IN_READ_ME */
  const char *values; /* (nullable): "id=value", one a line, besides "base"; user and key are typed in any case */
  const char *pem;    /* (nullable): of the parameter {pem} */
  const char *certificate; /* (nullable): of the parameter {certificate} */
  const char *wrong_pem;   /* (nullable): what is wrong; otherwise the key is */
} SignIn;

/* The provider of that method: its parameters are those of user, id, key, other, pem and certificate that it uses.
 * @key_file: (nullable): JSON */
PlugProvider *sign_in_new_provider (const SignIn *self,
                                    const char *key_file);
PlugDraft *sign_in_new_draft (const SignIn *self,
                              const char *base,
                              GBytes *authorities);

/* Runs a test of the draft. */
PlugVerdict *sign_in_run_draft (PlugDraft *draft);
PlugVerdict *sign_in_run (const SignIn *self,
                          VerifyingServer *server);
void sign_in_assert_outcome (const PlugVerdict *verdict,
                             PlugOutcome outcome);
/* Fails when any of the texts, or what encodings make of it, is in the verdict. */
void sign_in_assert_hides (const PlugVerdict *verdict,
                           const char *secret);

/* The right secret passes, a wrong one is refused by the server, blames a field and is not shown: neither it, nor the
 * token, although the server says all that it got. */
void sign_in_check (const SignIn *self,
                    VerifyingServer *server);

G_END_DECLS
