/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "certificates.h"

G_BEGIN_DECLS

/**
 * AlertServer:
 *
 * A server that takes only clients with a certificate of the authority, and tells everybody else so by the alert that TLS
 * has for it, as OpenSSL's and nginx do; GIO just closes. It answers nobody.
 */
typedef struct _AlertServer AlertServer;

/* @versions: GnuTLS's priority string of the versions of TLS */
AlertServer *alert_server_new (Authority *authority,
                               const char *versions);
void alert_server_free (AlertServer *self);
/* "https://localhost:PORT" */
const char *alert_server_get_origin (AlertServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AlertServer, alert_server_free)

G_END_DECLS
