/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PlugBrokenDefinition:
 *
 * A file of the user's that is no definition, and why. Immutable.
 */
#define PLUG_TYPE_BROKEN_DEFINITION (plug_broken_definition_get_type ())
G_DECLARE_FINAL_TYPE (PlugBrokenDefinition, plug_broken_definition, PLUG, BROKEN_DEFINITION, GObject)

/* Takes @mistakes, which is not empty. */
PlugBrokenDefinition *plug_broken_definition_new (const char *path,
                                                  GPtrArray *mistakes) G_GNUC_WARN_UNUSED_RESULT;

/* In the file system's encoding; foreign text, as the reasons are. */
const char *plug_broken_definition_get_path (PlugBrokenDefinition *self);
/* GPtrArray of PlugMistake in the order of the file, borrowed. */
GPtrArray *plug_broken_definition_get_mistakes (PlugBrokenDefinition *self);

G_END_DECLS
