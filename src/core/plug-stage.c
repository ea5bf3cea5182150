/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-stage.h"

/* A discovery that may fail must not make anybody wait as long as for the answer that counts. */
#define OPTIONAL_TIMEOUT_MS 10000

static void
add_stage (GArray *stages,
           PlugMethod *method,
           PlugStepKind kind,
           const PlugResolveSpec *resolve,
           const PlugScheme *scheme)
{
  PlugStage stage = {
    .step = { .kind = kind, .state = PLUG_STEP_WAITING },
    .method = method,
    .resolve = resolve,
    .scheme = scheme,
  };

  g_array_append_val (stages, stage);
}

static void
add_resolves (GArray *stages,
              PlugMethod *method,
              gboolean after_auth)
{
  GPtrArray *resolves = plug_method_get_resolves (method);

  for (guint i = 0; i < resolves->len; i++) {
    const PlugResolveSpec *resolve = g_ptr_array_index (resolves, i);

    if (resolve->after_auth == after_auth)
      add_stage (stages, method, PLUG_STEP_RESOLVE, resolve, NULL);
  }
}

/* Where what it needs was not typed, there is no test request. */
static gboolean
has_test_request (PlugMethod *method,
                  const PlugValues *typed)
{
  const char *needed = plug_method_get_test_requires (method);

  return plug_method_get_test_request (method) != NULL && (needed == NULL || plug_values_has_text (typed, needed));
}

/* A resolve whose values only a test request would need is left out when the token itself is the proof. */
GArray *
plug_stages_new (PlugMethod *method,
                 const PlugValues *typed)
{
  GArray *stages = g_array_new (FALSE, FALSE, sizeof (PlugStage));
  GPtrArray *schemes = plug_method_get_schemes (method);
  gboolean has_request = has_test_request (method, typed);
  gboolean is_issued = FALSE;

  if (plug_method_get_not_testable_reason (method) != NULL || !plug_auth_can_sign (method, NULL))
    return stages;

  for (guint i = 0; i < schemes->len; i++)
    is_issued |= plug_scheme_needs_token (g_ptr_array_index (schemes, i));
  if (!has_request && !is_issued)
    return stages;

  add_resolves (stages, method, FALSE);
  for (guint i = 0; i < schemes->len; i++) {
    if (plug_scheme_needs_token (g_ptr_array_index (schemes, i)))
      add_stage (stages, method, PLUG_STEP_SIGN_IN, NULL, g_ptr_array_index (schemes, i));
  }
  if (has_request) {
    add_resolves (stages, method, TRUE);
    add_stage (stages, method, PLUG_STEP_READ, NULL, NULL);
  }

  return stages;
}

gboolean
plug_stage_is_needless (const PlugStage *self,
                        const PlugValues *typed)
{
  GHashTableIter iter;
  gpointer id;

  if (self->resolve == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->resolve->set);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    if (!plug_values_has_text (typed, id))
      return FALSE;
  }

  return TRUE;
}

PlugTemplate *
plug_stage_get_url (const PlugStage *self)
{
  switch (self->step.kind) {
  case PLUG_STEP_RESOLVE:
    return self->resolve->request->url;
  case PLUG_STEP_SIGN_IN:
    return plug_scheme_get_token_url (self->scheme);
  case PLUG_STEP_READ:
    return plug_method_get_test_request (self->method)->url;
  default:
    g_return_val_if_reached (NULL);
  }
}

PlugHttpRequest *
plug_stage_new_request (const PlugStage *self,
                        const PlugValues *values,
                        PlugTokens *tokens,
                        GError **error)
{
  PlugHttpRequest *request;

  switch (self->step.kind) {
  case PLUG_STEP_RESOLVE:
    request = plug_auth_new_request (self->method, self->resolve->request, values, self->resolve->after_auth, tokens, error);
    if (request != NULL && self->resolve->optional)
      plug_http_request_set_timeouts (request, OPTIONAL_TIMEOUT_MS, OPTIONAL_TIMEOUT_MS);
    return request;
  case PLUG_STEP_SIGN_IN:
    return plug_auth_new_token_request (self->method, self->scheme, values, tokens, error);
  case PLUG_STEP_READ:
    return plug_auth_new_request (self->method, plug_method_get_test_request (self->method), values, TRUE, tokens, error);
  default:
    g_return_val_if_reached (NULL);
  }
}

PlugAnswer
plug_stage_describe_answer (const PlugStage *self,
                            PlugHttpResponse *response,
                            const PlugBuffer *body)
{
  PlugMethod *method = self->method;
  const PlugScheme *scheme = self->scheme;
  gboolean is_read = self->step.kind == PLUG_STEP_READ;

  return (PlugAnswer) {
    .step = self->step.kind,
    .with_credentials = self->resolve == NULL || self->resolve->after_auth,
    .status = plug_http_response_get_status (response),
    .content_type = plug_http_response_get_content_type (response),
    .body = body->text,
    .length_bytes = body->length_bytes,
    .has_challenge = plug_http_response_get_header (response, "WWW-Authenticate") != NULL,
    .is_login = scheme != NULL && scheme->kind == PLUG_SCHEME_LOGIN,
    .expect = is_read ? plug_method_get_expect (method) : scheme != NULL ? scheme->expect : NULL,
    .refused = scheme != NULL ? scheme->refused : is_read ? plug_method_get_refused (method) : NULL,
    .denied = scheme != NULL ? scheme->denied : plug_method_get_denied (method),
    .identity = is_read ? plug_method_get_identity (method) : NULL,
  };
}
