/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugValues:
 *
 * The values of a form, by parameter id. A secret value lies in libsecret's non-pageable memory and is wiped when
 * the last reference goes. Filled by one owner, then shared read-only: reference counting is atomic, setting is not
 * thread-safe.
 */
typedef struct _PlugValues PlugValues;

PlugValues *plug_values_new (void) G_GNUC_WARN_UNUSED_RESULT;
PlugValues *plug_values_copy (const PlugValues *self) G_GNUC_WARN_UNUSED_RESULT;
PlugValues *plug_values_ref (PlugValues *self);
void plug_values_unref (PlugValues *self);

/* @value is copied; NULL removes. The empty string is a value of its own. */
void plug_values_set (PlugValues *self,
                      const char *id,
                      const char *value);
void plug_values_set_secret (PlugValues *self,
                             const char *id,
                             const char *value);

/* NULL when there is none; valid while @self lives and the id is not set again. */
const char *plug_values_get (const PlugValues *self,
                             const char *id);
/* There is one, and it is not empty. */
gboolean plug_values_has_text (const PlugValues *self,
                               const char *id);
gboolean plug_values_is_secret (const PlugValues *self,
                                const char *id);
/* The ids that have a value, sorted; free the array with g_free(), the strings are borrowed. */
const char **plug_values_get_ids (const PlugValues *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean plug_values_equal (const PlugValues *a,
                            const PlugValues *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugValues, plug_values_unref)

G_END_DECLS
