/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-buffer.h"
#include "plug-diagnosis.h"
#include "plug-http.h"
#include "plug-text.h"

G_BEGIN_DECLS

/**
 * PlugToken:
 *
 * What the answer to a token request holds.
 */
typedef struct {
  PlugTokenState state;
  char *access_token;  /* (nullable): when usable */
  gint64 expires_in;   /* seconds, 0 to ten years; -1 unknown */
  PlugValues *learnt;  /* the values the definition's `set` takes from the answer */
} PlugToken;

/**
 * plug_token_read:
 * @scheme: says where in the answer things are
 * @response: (nullable): for tokens in a header or cookie
 * @answer: the answer's body; the tokens in it are overwritten
 * @redactor: learns every token
 *
 * Takes the tokens out of @answer before a JSON parser makes copies of them that nobody wipes. RFC 6749, section 5.1.
 */
PlugToken *plug_token_read (const PlugScheme *scheme,
                            PlugHttpResponse *response,
                            PlugBuffer *answer,
                            PlugRedactor *redactor) G_GNUC_WARN_UNUSED_RESULT;
void plug_token_free (PlugToken *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugToken, plug_token_free)

G_END_DECLS
