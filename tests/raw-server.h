/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RawServer:
 *
 * A server on a free loopback port that answers each request with bytes as they are, however wrong: a thread for each
 * network connection, so that an answer may block.
 */
typedef struct _RawServer RawServer;

/* Writes an answer to @request, which ends behind its headers; FALSE closes the network connection. */
typedef gboolean (*RawAnswer) (RawServer *self,
                               const char *request,
                               GOutputStream *output,
                               gpointer user_data);

RawServer *raw_server_new (RawAnswer answer,
                           gpointer user_data);
void raw_server_free (RawServer *self);
guint raw_server_get_port (RawServer *self);
/* "http://127.0.0.1:PORT" */
const char *raw_server_get_url (RawServer *self);
/* How many network connections were made, and the requests that came, in one string. */
guint raw_server_get_n_connections (RawServer *self);
char *raw_server_dup_log (RawServer *self);

/* For answers. */
gboolean raw_server_write (GOutputStream *output,
                           const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
