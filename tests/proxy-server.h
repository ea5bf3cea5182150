/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProxyServer:
 *
 * A proxy on a free loopback port, and behind it every service in the world: where it lets somebody through, it ends TLS
 * itself with a certificate for service.example, and answers with an empty JSON object. Without a certificate, the services
 * behind it never say a word.
 */
typedef struct _ProxyServer ProxyServer;

typedef enum {
  PROXY_HTTP,       /* takes CONNECT and answers it with the text it was given */
  PROXY_HTTPS,      /* the same inside TLS, for service.example */
  PROXY_SOCKS5,     /* the text is what it answers: the method, and the reply's code */
  PROXY_SOCKS4A,    /* the text is the reply's code */
  PROXY_SILENT,     /* never says a word */
} ProxyKind;

/* What lets through. */
#define PROXY_HTTP_YES "HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n"
#define PROXY_SOCKS5_YES "\x00\x00"
#define PROXY_SOCKS4A_YES "\x5a"

ProxyServer *proxy_server_new (ProxyKind kind,
                               const char *answer,
                               GTlsCertificate *certificate);
void proxy_server_free (ProxyServer *self);
guint proxy_server_get_port (ProxyServer *self);
guint proxy_server_get_n_connections (ProxyServer *self);
/* What the proxy saw: the head of CONNECT, or "socks5 HOST:PORT". */
char *proxy_server_dup_log (ProxyServer *self);
/* What the services behind it saw: the heads of requests. */
char *proxy_server_dup_inner_log (ProxyServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProxyServer, proxy_server_free)

G_END_DECLS
