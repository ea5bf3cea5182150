/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Loopback:
 *
 * A service in the test's own process, on 127.0.0.1: answers what it was told to, 404 to everything else, and keeps
 * every request it got.
 */
typedef struct _Loopback Loopback;

Loopback *loopback_new (void);
void loopback_free (Loopback *self);
/* "http://127.0.0.1:PORT" */
const char *loopback_get_origin (Loopback *self);

/* @request is "VERB /path", without the query. A later answer replaces an earlier one. */
void loopback_answer (Loopback *self,
                      const char *request,
                      guint status,
                      const char *content_type,
                      const char *body);
/* Adds a header to the answer that loopback_answer() has set. */
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
