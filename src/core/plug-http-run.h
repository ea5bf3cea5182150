/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-curl.h"
#include "plug-http-fault.h"
#include "plug-http-private.h"
#include "plug-http-proxy.h"

G_BEGIN_DECLS

/**
 * PlugHttpRun:
 *
 * A request under way through one proxy, or none: what it is in libcurl's options, and what has come back so far. Only the
 * thread that runs libcurl touches it.
 */
typedef struct _PlugHttpRun PlugHttpRun;

/**
 * plug_http_run_new:
 * @request: borrowed, like @proxy: outlives the run
 * @left_ms: of the request's time
 * @multi: runs it from now on
 * @share: whose network connections it may use
 * @owner: what CURLINFO_PRIVATE says of its handle
 */
PlugHttpRun *plug_http_run_new (PlugHttpRequest *request,
                                const PlugHttpProxy *proxy,
                                guint left_ms,
                                CURLM *multi,
                                CURLSH *share,
                                gpointer owner) G_GNUC_WARN_UNUSED_RESULT;
/* Stops it when it has not ended. */
void plug_http_run_free (PlugHttpRun *self);

/* Of a run that ended well. */
PlugHttpResponse *plug_http_run_dup_response (PlugHttpRun *self) G_GNUC_WARN_UNUSED_RESULT;
/* Of a run that ended with @code; borrowed from the run. */
PlugHttpFault plug_http_run_get_fault (PlugHttpRun *self,
                                       CURLcode code);

G_END_DECLS
