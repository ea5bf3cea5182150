/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-draft.h"
#include "plug-outcome.h"

G_BEGIN_DECLS

typedef enum {
  PLUG_CONNECTION_OK,
  PLUG_CONNECTION_BROKEN,      /* the file cannot be read; see the problem */
  PLUG_CONNECTION_NEWER,       /* the file is from a newer format: read-only */
  PLUG_CONNECTION_NO_PROVIDER, /* its provider or method is not in the catalogue: read-only */
} PlugConnectionState;

/**
 * PlugConnection:
 *
 * What a connection's file says, and the last outcome of its test. Properties "state", "outcome", "tested" notify; the
 * rest of an object never changes: an edited file becomes a new object in the store's place.
 */
#define PLUG_TYPE_CONNECTION (plug_connection_get_type ())
G_DECLARE_FINAL_TYPE (PlugConnection, plug_connection, PLUG, CONNECTION, GObject)

/* The name inside the file; of a broken file, the name its file name stands for. */
const char *plug_connection_get_name (PlugConnection *self);
PlugConnectionState plug_connection_get_state (PlugConnection *self);
/* Why the state is not OK: a PLUG_ERROR; NULL when it is. */
const GError *plug_connection_get_problem (PlugConnection *self);
/* Ids as the file has them, also when the catalogue has no such provider; NULL of a broken file. */
const char *plug_connection_get_provider_id (PlugConnection *self);
const char *plug_connection_get_method_id (PlugConnection *self);
/* NULL when the catalogue does not have them. */
PlugProvider *plug_connection_get_provider (PlugConnection *self);
PlugMethod *plug_connection_get_method (PlugConnection *self);
/* The values that are not secret. */
PlugValues *plug_connection_get_values (PlugConnection *self);
/* The revision of the keyring item with its secrets. */
const char *plug_connection_get_revision (PlugConnection *self);
/* RFC 3339 UTC as written in the file; (nullable). */
const char *plug_connection_get_created (PlugConnection *self);
const char *plug_connection_get_modified (PlugConnection *self);
GFile *plug_connection_get_file (PlugConnection *self);

/* Of the test of this very revision; UNTESTED when there is none. */
PlugOutcome plug_connection_get_outcome (PlugConnection *self);
PlugReason plug_connection_get_reason (PlugConnection *self);
/* Seconds since 1970 UTC; 0 when never tested. */
gint64 plug_connection_get_tested (PlugConnection *self);

G_END_DECLS
