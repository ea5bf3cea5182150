/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-connection-file.h"
#include "plug-connection.h"

G_BEGIN_DECLS

/* Takes @file's content and @problem, and leaves @file empty. @authorities (nullable): the PEM that the file names. */
PlugConnection *plug_connection_new (const char *path,
                                     PlugConnectionFile *file,
                                     PlugConnectionState state,
                                     GError *problem,
                                     PlugProvider *provider,
                                     PlugMethod *method,
                                     GBytes *authorities) G_GNUC_WARN_UNUSED_RESULT;
const PlugConnectionFile *plug_connection_peek_file (PlugConnection *self);
GBytes *plug_connection_get_authorities (PlugConnection *self);
/* The same connection as a broken one, with @problem, which it takes. */
void plug_connection_break (PlugConnection *self,
                            GError *problem);
void plug_connection_set_outcome (PlugConnection *self,
                                  PlugOutcome outcome,
                                  PlugReason reason,
                                  gint64 tested);

G_END_DECLS
