/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-auth.h"
#include "plug-buffer.h"
#include "plug-diagnosis.h"
#include "plug-test.h"

G_BEGIN_DECLS

/**
 * PlugStage:
 *
 * A step of a test, and what of the definition it carries out: which request it sends, and what its answer has to be. What
 * comes of the answer, PlugTest decides.
 */
typedef struct {
  PlugStep step;
  PlugMethod *method;             /* borrowed */
  const PlugResolveSpec *resolve; /* of PLUG_STEP_RESOLVE */
  const PlugScheme *scheme;       /* of PLUG_STEP_SIGN_IN */
} PlugStage;

/* The stages of a test of @method, in their order; none when it cannot be tested. @typed tells whether there is a test
 * request at all. */
GArray *plug_stages_new (PlugMethod *method,
                         const PlugValues *typed) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing to ask for when all of it was typed. */
gboolean plug_stage_is_needless (const PlugStage *self,
                                 const PlugValues *typed);
/* Borrowed from the method. */
PlugTemplate *plug_stage_get_url (const PlugStage *self);
/* @values are complete; @tokens are those that the stages before have brought. Errors of plug_auth_new_request(). */
PlugHttpRequest *plug_stage_new_request (const PlugStage *self,
                                         const PlugValues *values,
                                         PlugTokens *tokens,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Borrowed from @self, @response and @body, which is the response's. */
PlugAnswer plug_stage_describe_answer (const PlugStage *self,
                                       PlugHttpResponse *response,
                                       const PlugBuffer *body);

G_END_DECLS
