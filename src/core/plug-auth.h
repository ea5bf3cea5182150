/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-diagnosis.h"
#include "plug-http.h"

G_BEGIN_DECLS

/* Makes requests of a definition and signs them. `values` are always complete: plug_method_complete_values(). */

/* FALSE with PLUG_ERROR_UNSUPPORTED when this version cannot sign in by one of the method's schemes. */
gboolean plug_auth_can_sign (PlugMethod *method,
                             GError **error);
/* The scheme by which a token has to be requested before the test request; NULL when none has to. */
const PlugScheme *plug_auth_find_token_scheme (PlugMethod *method);

/* Of a method that needs a token. RFC 6749, sections 4.3.2 and 4.4.2. PLUG_ERROR_INVALID_VALUE when a value cannot be sent. */
PlugHttpRequest *plug_auth_new_token_request (PlugMethod *method,
                                              const PlugValues *values,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_auth_new_request:
 * @sign: whether the credentials, or @token, go with it
 * @token: (nullable): the access token, of a method that needs one
 *
 * A request of the definition, with the method's own headers. PLUG_ERROR_INVALID_VALUE when a value cannot be sent.
 */
PlugHttpRequest *plug_auth_new_request (PlugMethod *method,
                                        const PlugRequestSpec *spec,
                                        const PlugValues *values,
                                        gboolean sign,
                                        const char *token,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_auth_dup_blamed:
 * @typed: what was typed; a parameter that was not typed passes its blame on to those its default is made of
 * @url: (nullable): the template of the URL the request went to
 *
 * The ids of the parameters that are to blame, in the form's order.
 */
char **plug_auth_dup_blamed (PlugMethod *method,
                             const PlugValues *typed,
                             PlugTemplate *url,
                             PlugBlame blame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
