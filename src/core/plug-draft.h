/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsecret/secret.h>

#include "plug-provider.h"

G_BEGIN_DECLS

#define PLUG_NAME_MAX_CHARS 100

typedef enum {
  PLUG_NAME_OK,
  PLUG_NAME_EMPTY, /* or only blanks */
  PLUG_NAME_TOO_LONG,
  PLUG_NAME_SLASH,
  PLUG_NAME_CONTROL, /* control or bidi control characters */
  PLUG_NAME_NOT_UTF8,
  PLUG_NAME_TAKEN,
} PlugNameProblem;

/* Everything but %PLUG_NAME_TAKEN, which the store knows. Blanks around a name do not count. */
PlugNameProblem plug_name_check (const char *name);
/* NFC and case folding: two names are the same when their keys are. */
char *plug_name_dup_key (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * PlugDraft:
 *
 * An immutable snapshot of a filled-in form, or of a connection with its secrets. Test and Create work on the same draft.
 * Safe to share between threads.
 */
#define PLUG_TYPE_DRAFT (plug_draft_get_type ())
G_DECLARE_FINAL_TYPE (PlugDraft, plug_draft, PLUG, DRAFT, GObject)

/* @values are normalised and checked; @approved_origins and @authorities (PEM) may be NULL. */
PlugDraft *plug_draft_new (PlugProvider *provider,
                           PlugMethod *method,
                           const char *name,
                           const PlugValues *values,
                           const char * const *approved_origins,
                           GBytes *authorities) G_GNUC_WARN_UNUSED_RESULT;
/* The same draft with one origin more that the user approved. */
PlugDraft *plug_draft_approve_origin (PlugDraft *self,
                                      const char *origin) G_GNUC_WARN_UNUSED_RESULT;

PlugProvider *plug_draft_get_provider (PlugDraft *self);
PlugMethod *plug_draft_get_method (PlugDraft *self);
const char *plug_draft_get_name (PlugDraft *self);
/* What was typed, without defaults that are templates. */
PlugValues *plug_draft_get_values (PlugDraft *self);
const char * const *plug_draft_get_approved_origins (PlugDraft *self);
GBytes *plug_draft_get_authorities (PlugDraft *self);
/* The origins the user typed: of each non-secret address or host among the values. */
char **plug_draft_dup_typed_origins (PlugDraft *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_draft_to_secret / plug_draft_open_secret:
 *
 * The content of the keyring item: a JSON object with the secret values, provider, method, the approved origins and
 * those that follow from the values. Opening joins it with the file's values and refuses what disagrees.
 */
SecretValue *plug_draft_to_secret (PlugDraft *self) G_GNUC_WARN_UNUSED_RESULT;
/* @file_draft holds what the file says, without secrets. PLUG_ERROR_SECRET_INVALID, or PLUG_ERROR_CHANGED_OUTSIDE. */
PlugDraft *plug_draft_open_secret (PlugDraft *file_draft,
                                   SecretValue *content,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
