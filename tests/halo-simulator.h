/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "certificates.h"

G_BEGIN_DECLS

/**
 * HaloSimulator:
 *
 * A HaloPSA of the tests on 127.0.0.1: discovery (/api/authinfo), both grants (/auth/token?tenant=…), the account
 * (/api/agent/me). It refuses what the real service refuses, a secret in the query above all, and misbehaves on demand.
 * Its credentials are made anew in each process and hold characters that have to be escaped.
 */
typedef struct _HaloSimulator HaloSimulator;

typedef struct {
  char *api_address; /* "http://127.0.0.1:PORT" or "https://localhost:PORT" */
  char *token_url;
  char *tenant;
  char *client_id;
  char *client_secret;
  char *username;
  char *password;
  char *agent; /* the name behind the account */
} HaloSimulatorValues;

/* @authority NULL: plain http. Else TLS with a certificate of that kind. */
HaloSimulator *halo_simulator_new (Authority *authority,
                                   CertificateKind kind,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void halo_simulator_free (HaloSimulator *self);
const HaloSimulatorValues *halo_simulator_get_values (HaloSimulator *self);

/* Ids of all faults, NULL-terminated, "none" first. */
const char * const *halo_simulator_get_faults (void);
/* From now on; FALSE when there is no such fault. */
gboolean halo_simulator_set_fault (HaloSimulator *self,
                                   const char *fault);
/* What was asked since the last call, "VERB /path" each, without query and headers; NULL-terminated. */
char **halo_simulator_take_log (HaloSimulator *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HaloSimulator, halo_simulator_free)

G_END_DECLS
