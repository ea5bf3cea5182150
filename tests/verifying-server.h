/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * VerifyingServer:
 *
 * A service in the test's own process that looks at what it gets: a judge for each kind of request says whether the
 * credentials in it are right. What the judge refuses is answered with 401 and an echo of the whole request, every header
 * and the body, so that a verdict that let any secret through would show it; an unknown request with 404.
 */
typedef struct _VerifyingServer VerifyingServer;
typedef struct _Visit Visit;

typedef gboolean (*Judge) (const Visit *visit,
                           gpointer user_data);

VerifyingServer *verifying_server_new (void);
/* Over TLS; @clients: (nullable): PEM of the authority whose certificates clients must show. */
VerifyingServer *verifying_server_new_secure (GTlsCertificate *certificate,
                                              const char *clients);
void verifying_server_free (VerifyingServer *self);
/* "http://127.0.0.1:PORT" */
const char *verifying_server_get_origin (VerifyingServer *self);

/* @request: "VERB /path", without the query; @answer: what the right credentials get: JSON when it looks like it. A later
 * judge replaces an earlier one. */
void verifying_server_judge (VerifyingServer *self,
                             const char *request,
                             Judge judge,
                             gpointer user_data,
                             const char *answer);
/* Of that answer. */
void verifying_server_add_header (VerifyingServer *self,
                                  const char *request,
                                  const char *name,
                                  const char *value);
void verifying_server_set_status (VerifyingServer *self,
                                  const char *request,
                                  guint status);
/* Judges the request and never answers. */
void verifying_server_hang (VerifyingServer *self,
                            const char *request);
/* How many requests of that kind were right, and how many were not. */
guint verifying_server_get_n_right (VerifyingServer *self,
                                    const char *request);
guint verifying_server_get_n_wrong (VerifyingServer *self,
                                    const char *request);
/* The kinds of the requests that were right, in the order in which they came, joined by ", ". */
const char *verifying_server_get_log (VerifyingServer *self);

const char *visit_get_verb (const Visit *self);
/* As they came: not decoded. The query is NULL when there is none. */
const char *visit_get_path (const Visit *self);
const char *visit_get_query (const Visit *self);
const char *visit_get_body (const Visit *self);
/* NULL when it is missing, or there twice. */
const char *visit_get_header (const Visit *self,
                              const char *name);
/* NULL when it is missing, or the body is no form, no JSON object. */
const char *visit_get_parameter (const Visit *self,
                                 const char *name);
const char *visit_get_form (const Visit *self,
                            const char *name);
const char *visit_get_json (const Visit *self,
                            const char *name);
/* The client's certificate; NULL when it has shown none. */
GTlsCertificate *visit_get_certificate (const Visit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VerifyingServer, verifying_server_free)

G_END_DECLS
