/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-http.h"
#include "plug-method.h"
#include "plug-text.h"

G_BEGIN_DECLS

/* Makes requests of a definition and signs them. `values` are always complete: plug_method_complete_values(). */

/**
 * PlugTokens:
 *
 * The tokens that a test was issued, one for each scheme that needs one. Wiped with the table.
 */
typedef struct _PlugTokens PlugTokens;

/* @redactor: (nullable): learns every assertion that is signed for a request, which is as good as a token */
PlugTokens *plug_tokens_new (PlugRedactor *redactor) G_GNUC_WARN_UNUSED_RESULT;
void plug_tokens_free (PlugTokens *self);
/* Takes @token. */
void plug_tokens_take (PlugTokens *self,
                       const PlugScheme *scheme,
                       char *token);
/* NULL when there is none. */
const char *plug_tokens_get (PlugTokens *self,
                             const PlugScheme *scheme);

/* FALSE with PLUG_ERROR_UNSUPPORTED when this version cannot sign in by one of the method's schemes. */
gboolean plug_auth_can_sign (PlugMethod *method,
                             GError **error);

/**
 * plug_auth_new_token_request:
 * @scheme: of @method; plug_scheme_needs_token()
 * @tokens: those of the schemes before it, which sign this request too
 *
 * RFC 6749, sections 4.3.2 and 4.4.2, RFC 7523, or the vendor's own request. PLUG_ERROR_INVALID_VALUE when a value cannot
 * be sent, PLUG_ERROR_KEY_UNREADABLE when a key cannot be used.
 */
PlugHttpRequest *plug_auth_new_token_request (PlugMethod *method,
                                              const PlugScheme *scheme,
                                              const PlugValues *values,
                                              PlugTokens *tokens,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The request that gives a login's token back; NULL without error when there is none. */
PlugHttpRequest *plug_auth_new_logout_request (PlugMethod *method,
                                               const PlugScheme *scheme,
                                               const PlugValues *values,
                                               PlugTokens *tokens,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_auth_new_request:
 * @sign: whether the credentials, and @tokens, go with it
 *
 * A request of the definition, with the method's own headers. Errors as above.
 */
PlugHttpRequest *plug_auth_new_request (PlugMethod *method,
                                        const PlugRequestSpec *spec,
                                        const PlugValues *values,
                                        gboolean sign,
                                        PlugTokens *tokens,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugTokens, plug_tokens_free)

G_END_DECLS
