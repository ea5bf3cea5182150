/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-http.h"

G_BEGIN_DECLS

/* Shared by the files of the HTTP client; nobody else. */

typedef struct {
  char *name;
  char *value;
} PlugHttpHeader;

struct _PlugHttpRequest {
  gatomicrefcount ref_count;
  char *method;
  char *url;
  GPtrArray *headers; /* of PlugHttpHeader */
  char *body;         /* (nullable) */
  gsize body_length;
  GBytes *authorities; /* (nullable) */
  char *certificate;   /* (nullable): of the client, PEM */
  char *private_key;
  char *aws_provider;  /* (nullable) */
  char *aws_key;
  char *aws_secret;
  guint connect_ms;
  guint total_ms;
  gsize max_body;
};

struct _PlugHttpResponse {
  gatomicrefcount ref_count;
  guint status;
  GPtrArray *headers; /* of PlugHttpHeader */
  char *content_type;
  char *body;
  gsize body_length;
  gsize body_capacity;
  char *redirect_host;
  guint elapsed_ms;
};

PlugHttpRequest *plug_http_request_copy (PlugHttpRequest *self) G_GNUC_WARN_UNUSED_RESULT;
PlugHttpResponse *plug_http_response_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE when the body would exceed @max_bytes. What a growing buffer leaves behind is wiped. */
gboolean plug_http_response_append_body (PlugHttpResponse *self,
                                         const char *data,
                                         gsize length,
                                         gsize max_bytes);
/* One header line as it came; a status line begins a new set. FALSE when there are too many. */
gboolean plug_http_response_append_header (PlugHttpResponse *self,
                                           const char *line,
                                           gsize length);

G_END_DECLS
