/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "plug-error.h"

G_BEGIN_DECLS

#define PLUG_HTTP_CONNECT_TIMEOUT_MS 10000
#define PLUG_HTTP_TIMEOUT_MS 30000
#define PLUG_HTTP_MAX_BODY_BYTES (1024 * 1024)

/**
 * PlugHttpRequest:
 *
 * One request, filled by its owner and copied when it is sent. Header and body are wiped with it. Header names and
 * values are checked when they are added: no control characters, none of the headers that belong to the transport.
 */
typedef struct _PlugHttpRequest PlugHttpRequest;

PlugHttpRequest *plug_http_request_new (const char *method,
                                        const char *url) G_GNUC_WARN_UNUSED_RESULT;
PlugHttpRequest *plug_http_request_ref (PlugHttpRequest *self);
void plug_http_request_unref (PlugHttpRequest *self);
const char *plug_http_request_get_url (PlugHttpRequest *self);
gboolean plug_http_request_add_header (PlugHttpRequest *self,
                                       const char *name,
                                       const char *value,
                                       GError **error);
void plug_http_request_set_body (PlugHttpRequest *self,
                                 const char *content_type,
                                 const char *body,
                                 gsize length_bytes);
/* PEM that replaces the system's authorities; NULL for the system's. */
void plug_http_request_set_authorities (PlugHttpRequest *self,
                                        GBytes *pem);
/* RFC 8446, section 4.4.2: shown to a server that asks for it. Both are PEM. */
void plug_http_request_set_client_certificate (PlugHttpRequest *self,
                                               const char *certificate,
                                               const char *private_key);
/* AWS Signature Version 4, made by libcurl when the request is sent. @provider: "aws:amz:REGION:SERVICE" */
void plug_http_request_set_aws_sig_v4 (PlugHttpRequest *self,
                                       const char *provider,
                                       const char *access_key_id,
                                       const char *secret_access_key);
void plug_http_request_set_timeouts (PlugHttpRequest *self,
                                     guint connect_ms,
                                     guint total_ms);
void plug_http_request_set_max_body (PlugHttpRequest *self,
                                     gsize bytes);

/**
 * PlugHttpResponse:
 *
 * An answer of any status; redirects are answers too.
 */
typedef struct _PlugHttpResponse PlugHttpResponse;

PlugHttpResponse *plug_http_response_ref (PlugHttpResponse *self);
void plug_http_response_unref (PlugHttpResponse *self);
guint plug_http_response_get_status (PlugHttpResponse *self);
/* Without parameters, lower case; NULL when the answer has none. */
const char *plug_http_response_get_content_type (PlugHttpResponse *self);
/* The first of that name, any case; NULL when there is none. */
const char *plug_http_response_get_header (PlugHttpResponse *self,
                                           const char *name);
/* RFC 6265, section 5.2: the value of a cookie that the answer sets; NULL when it sets none of that name. Wipe it with
 * plug_text_wipe(). */
char *plug_http_response_dup_cookie (PlugHttpResponse *self,
                                     const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* Always NUL-terminated behind its length, so text functions can read it. */
const char *plug_http_response_get_body (PlugHttpResponse *self,
                                         gsize *length_bytes);
/* Retry-After in seconds, 0 to 3600; -1 when the answer has none or it cannot be read. */
int plug_http_response_get_retry_after (PlugHttpResponse *self);
/* The host a redirect names; NULL when it is none, or cannot be parsed. */
const char *plug_http_response_get_redirect_host (PlugHttpResponse *self);
guint plug_http_response_get_elapsed_ms (PlugHttpResponse *self);

/**
 * PlugHttp:
 *
 * The HTTP client: one worker thread with one libcurl multi handle for the whole process, started by the first request.
 * Thousands of requests may be queued; plug_http_set_limits() bounds how many run at once, in total and per host.
 * A PlugHttp is one session: network connections are reused within it and never across two of them.
 */
#define PLUG_TYPE_HTTP (plug_http_get_type ())
G_DECLARE_FINAL_TYPE (PlugHttp, plug_http, PLUG, HTTP, GObject)

PlugHttp *plug_http_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_http_send_async:
 *
 * Cancelling @cancellable ends the operation within 50 ms, whatever the network does. The result arrives on the
 * thread-default main context of the caller.
 */
void plug_http_send_async (PlugHttp *self,
                           PlugHttpRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* A network code of PLUG_ERROR, or G_IO_ERROR_CANCELLED. The message may go to Details after redaction. */
PlugHttpResponse *plug_http_send_finish (PlugHttp *self,
                                         GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* For the whole process; 0 keeps a limit as it is. */
void plug_http_set_limits (guint max_total,
                           guint max_per_host);
/* Cancels what runs and joins the worker within 200 ms; the next request starts it anew. */
void plug_http_shutdown (void);

/* Loads libcurl on a thread of its own, so that the first address that is checked does not wait for it. Before the process
 * ends, plug_http_shutdown() has to be called. */
void plug_http_preload (void);
/* Before the first thread starts: drops what would redirect libcurl or make it write down keys. */
void plug_http_clean_environment (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugHttpRequest, plug_http_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugHttpResponse, plug_http_response_unref)

G_END_DECLS
