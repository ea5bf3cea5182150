/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-http-private.h"
#include "plug-http-proxy.h"

G_BEGIN_DECLS

/* Between plug-http.c, the callers' side, and plug-http-worker.c, the thread that runs libcurl. */

typedef struct _PlugHttpRun PlugHttpRun;

/* A request on its way. It is answered exactly once, by whoever comes first: the worker with its result, or the caller's
 * cancellable. */
typedef struct {
  GTask *task; /* (nullable): NULL once it was answered */
  PlugHttpRequest *request;
  char *host; /* with its port: what the limit per host counts */
  GPtrArray *proxies; /* of PlugHttpProxy: to be tried in this order; NULL until they are known */
  guint proxy;        /* which one is being tried */
  GSource *deadline;  /* (nullable): of looking them up, on the caller's context */
  guint64 session;
  int answered; /* atomic: 1 when the task has its result */
  gatomicrefcount ref_count;
  gint64 start_us;  /* the worker's, like what follows: when the first run began */
  PlugHttpRun *run; /* (nullable): while it runs */
} PlugHttpTransfer;

/* Takes @task; copies the rest. */
PlugHttpTransfer *plug_http_transfer_new (GTask *task,
                                          PlugHttpRequest *request,
                                          guint64 session) G_GNUC_WARN_UNUSED_RESULT;
PlugHttpTransfer *plug_http_transfer_ref (PlugHttpTransfer *self);
void plug_http_transfer_unref (PlugHttpTransfer *self);
/* For the one who may answer; NULL for all others. The task goes with it: it holds the caller's cancellable, and that holds
 * this transfer, its request and the secrets in it, for as long as it may call back. */
GTask *plug_http_transfer_claim (PlugHttpTransfer *self) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE when libcurl cannot be had. */
gboolean plug_http_worker_start (PlugHttpTransfer *transfer);
/* Of a transfer that somebody else has answered. */
void plug_http_worker_cancel (PlugHttpTransfer *transfer);
/* Transfers of one session share their network connections. */
guint64 plug_http_worker_open_session (void);
void plug_http_worker_close_session (guint64 session);

G_END_DECLS
