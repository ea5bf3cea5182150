/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * Loopback:
 *
 * A service in the test's own process, on 127.0.0.1: answers what it was told to, 404 to everything else, and keeps
 * every request it got.
 */
typedef struct _Loopback Loopback;

/* Looks first at a request that has an answer; FALSE when it has answered by itself. */
typedef gboolean (*LoopbackFilter) (SoupServerMessage *message,
                                    const char *request,
                                    gpointer user_data);

Loopback *loopback_new (void);
/* Takes @server, over TLS when it has a certificate. */
Loopback *loopback_new_for_server (SoupServer *server,
                                   LoopbackFilter filter,
                                   gpointer user_data);
void loopback_free (Loopback *self);
/* "http://127.0.0.1:PORT", or https */
const char *loopback_get_origin (Loopback *self);

/* @request is "VERB /path", without the query. A later answer replaces an earlier one. */
void loopback_answer (Loopback *self,
                      const char *request,
                      guint status,
                      const char *content_type,
                      const char *body);
/* Of the answer that loopback_answer() has set. */
void loopback_set_status (Loopback *self,
                          const char *request,
                          guint status);
void loopback_add_header (Loopback *self,
                          const char *request,
                          const char *name,
                          const char *value);
/* Takes the request and never answers. */
void loopback_hang (Loopback *self,
                    const char *request);

guint loopback_get_n_requests (Loopback *self);
/* The last request of that kind: "VERB /path?query\nname: value\n…\n\nbody", header names in lower case; NULL when there
 * was none. */
const char *loopback_get_request (Loopback *self,
                                  const char *request);
/* All of them. */
char *loopback_dup_log (Loopback *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loopback, loopback_free)

G_END_DECLS
