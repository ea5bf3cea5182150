/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "plug-values.h"

G_BEGIN_DECLS

#define PLUG_CONNECTION_FORMAT 1

/**
 * PlugConnectionFile:
 *
 * What a connection's file says, before anybody has asked whether the catalogue knows its provider.
 */
typedef struct {
  char *name;
  char *provider;
  char *method;
  char *revision;
  char *created;     /* (nullable) */
  char *modified;    /* (nullable) */
  char *authorities; /* (nullable): file name in the folder of authorities */
  PlugValues *values;
  JsonObject *members; /* everything, so that unknown members survive */
} PlugConnectionFile;

/* Opens regular files only, and none over 1 MiB. PLUG_ERROR_INVALID_FILE or PLUG_ERROR_NEWER_FORMAT; of a newer file
 * what can be understood is still returned in @file. */
gboolean plug_connection_file_read (const char *path,
                                    PlugConnectionFile *file,
                                    GError **error);
/* The file's content; unknown members of @file->members are kept. */
GBytes *plug_connection_file_serialise (const PlugConnectionFile *file) G_GNUC_WARN_UNUSED_RESULT;
void plug_connection_file_clear (PlugConnectionFile *file);
/* Now, as RFC 3339 in UTC. */
char *plug_connection_file_dup_now (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
