/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "plug-url.h"

G_BEGIN_DECLS

/**
 * PlugHttpProxy:
 *
 * One step of the way to a service, in libcurl's terms: a proxy, or none. Where the system's settings have a user name and
 * a password, they stand apart from the address, which can be shown and logged.
 */
typedef struct {
  char *url;      /* "http://proxy.example:3128", "socks5h://…"; "" for none */
  char *user;     /* (nullable) */
  char *password; /* (nullable): wiped when it is freed */
} PlugHttpProxy;

/* What a GProxyResolver answered, in its order, without what libcurl cannot use. Never empty: when nothing is left, the error
 * is PLUG_ERROR_PROXY_SETTINGS. */
GPtrArray *plug_http_proxy_list_from_uris (const char *const *uris,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* No proxy at all, whatever the system's settings say. */
GPtrArray *plug_http_proxy_list_direct (void) G_GNUC_WARN_UNUSED_RESULT;
/* Asks the system's resolver, which may take as long as it likes. It learns scheme, host and port and no more: a path or a
 * query may hold a secret, and a resolver hands what it gets to scripts and to other processes. */
GPtrArray *plug_http_proxy_look_up (const PlugUrl *url,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
