/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-scheme.h"
#include "plug-values.h"

G_BEGIN_DECLS

/**
 * plug_jwt_new_assertion:
 * @now_s: the time in seconds since 1970, which "iat" and "exp" are made of
 * @id: (nullable): "jti"; a random one by default
 *
 * A signed JWT in compact form: RFC 7519, RFC 7515 and, for what stands in it, RFC 7523. A claim that expands to nothing
 * is left out. Wipe it with plug_text_wipe(). PLUG_ERROR_KEY_UNREADABLE when the key cannot be used.
 */
char *plug_jwt_new_assertion (const PlugAssertion *assertion,
                              const PlugValues *values,
                              gint64 now_s,
                              const char *id,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
