/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-error.h"

G_BEGIN_DECLS

/**
 * PlugHttpFault:
 *
 * What libcurl tells of a transfer that failed, for whoever decides what that means.
 */
typedef struct {
  int code;                 /* CURLcode */
  const char *message;      /* of libcurl; never NULL */
  const char *proxy;        /* its URL without user; "" for none */
  long verify_result;       /* OpenSSL's, of the service's certificate */
  long connect_status;      /* the proxy's answer to CONNECT; 0 for none */
  long proxy_error;         /* CURLproxycode, of SOCKS */
  gboolean is_through;      /* to the service, and the request was begun */
  gboolean any_byte;        /* of the service's answer */
  gboolean too_many_headers;
  gboolean has_certificate; /* of the client */
} PlugHttpFault;

PlugError plug_http_fault_to_error (const PlugHttpFault *self);
/* The proxy itself is of no use, so that the next one that the system names may be; nothing was sent to the service. An answer
 * of the proxy, be it a refusal, stands. */
gboolean plug_http_fault_asks_for_next_proxy (const PlugHttpFault *self);

G_END_DECLS
