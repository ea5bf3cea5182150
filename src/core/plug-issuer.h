/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * plug_issuer_find_async:
 * @url: https
 *
 * Who issued the certificate that a server shows: a TLS handshake and not a byte more, for a certificate that libcurl has
 * refused and says nothing about. The name is the server's claim, so plug_text_from_untrusted() before it is shown.
 */
void plug_issuer_find_async (const char *url,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* The distinguished name; NULL when it could not be found out within three seconds. */
char *plug_issuer_find_finish (GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
