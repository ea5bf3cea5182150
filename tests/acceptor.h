/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Acceptor:
 *
 * What a server that knows more, or less, than HTTP stands on: a free port on 127.0.0.1, and a thread for each network
 * connection, so that whoever serves it may block.
 */
typedef struct _Acceptor Acceptor;

/* Serves one network connection, which is closed when it returns. */
typedef void (*AcceptorServe) (GSocketConnection *connection,
                               gpointer user_data);

Acceptor *acceptor_new (AcceptorServe serve,
                        gpointer user_data);
/* Waits until every network connection has been served. */
void acceptor_free (Acceptor *self);
guint acceptor_get_port (Acceptor *self);
guint acceptor_get_n_connections (Acceptor *self);
/* Cancelled by acceptor_free(): for all that waits for a client. */
GCancellable *acceptor_get_stop (Acceptor *self);

/* A log that network connections share, one at a time. */
void acceptor_add_to_log (Acceptor *self,
                          GString *log,
                          const char *text);
char *acceptor_dup_log (Acceptor *self,
                        GString *log) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
