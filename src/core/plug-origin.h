/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-draft.h"
#include "plug-url.h"

G_BEGIN_DECLS

typedef enum {
  PLUG_ORIGIN_TRUSTED,   /* secrets may go there */
  PLUG_ORIGIN_ASK,       /* only when the user approves */
  PLUG_ORIGIN_FORBIDDEN, /* not even then: no TLS */
} PlugOriginVerdict;

/**
 * PlugOriginRules:
 *
 * Where the secrets of one draft may go: to an origin that is literal in the built-in definition, was typed by the user,
 * lies below a `within` domain of a built-in definition, or was approved by the user. Everything else asks.
 */
typedef struct _PlugOriginRules PlugOriginRules;

/* Trusts nothing yet. */
PlugOriginRules *plug_origin_rules_new (void) G_GNUC_WARN_UNUSED_RESULT;
PlugOriginRules *plug_origin_rules_new_for_draft (PlugDraft *draft) G_GNUC_WARN_UNUSED_RESULT;
void plug_origin_rules_free (PlugOriginRules *self);

/* @origin as plug_url_dup_origin() writes it. */
void plug_origin_rules_trust (PlugOriginRules *self,
                              const char *origin);
void plug_origin_rules_trust_within (PlugOriginRules *self,
                                     const char *domain);
PlugOriginVerdict plug_origin_rules_check (const PlugOriginRules *self,
                                           const PlugUrl *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugOriginRules, plug_origin_rules_free)

G_END_DECLS
