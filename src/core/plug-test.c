/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-test.h"

#include <string.h>

#include "plug-error.h"
#include "plug-http.h"
#include "plug-issuer.h"
#include "plug-origin.h"
#include "plug-stage.h"
#include "plug-text.h"
#include "plug-token.h"

#define IDENTITY_CHARS 200
/* Giving a token back is a courtesy: nobody waits long for it. */
#define LOGOUT_TIMEOUT_MS 3000

struct _PlugTest {
  GObject parent_instance;

  PlugDraft *draft;
  PlugMethod *method;
  GArray *stages; /* of PlugStage */
  guint current;
  gint64 started_us;

  PlugHttp *http; /* one for each test: network connections are never shared between two */
  PlugRedactor *redactor;
  PlugOriginRules *rules;
  PlugValues *learnt;   /* from the service, where nothing was typed */
  PlugValues *values;   /* typed, learnt and defaults */
  PlugTokens *tokens;
  gboolean has_token;
  guint n_to_log_out;   /* the schemes that may still have a token to give back */
  char *host;           /* of the last request */
  char *asked;          /* its origin */
  PlugVerdict *refused; /* a certificate was: until its issuer is known */
  PlugTemplate *url;    /* of the last request; borrowed from the method */
  gboolean was_run;
};

G_DEFINE_FINAL_TYPE (PlugTest, plug_test, G_TYPE_OBJECT)

enum {
  STEP_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

PlugVerdict *
plug_verdict_copy (const PlugVerdict *self)
{
  PlugVerdict *copy = g_memdup2 (self, sizeof *self);

  copy->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  copy->identity = g_strdup (self->identity);
  copy->host = g_strdup (self->host);
  copy->origin = g_strdup (self->origin);
  copy->redirect_host = g_strdup (self->redirect_host);
  copy->issuer = g_strdup (self->issuer);
  copy->details = g_strdup (self->details);
  copy->blamed = g_strdupv (self->blamed);

  return copy;
}

void
plug_verdict_free (PlugVerdict *self)
{
  g_clear_error (&self->error);
  g_free (self->identity);
  g_free (self->host);
  g_free (self->origin);
  g_free (self->redirect_host);
  g_free (self->issuer);
  g_free (self->details);
  g_strfreev (self->blamed);
  g_free (self);
}

static PlugVerdict *
verdict_new (PlugTest *self,
             PlugOutcome outcome,
             PlugReason reason,
             PlugBlame blame)
{
  PlugVerdict *verdict = g_new0 (PlugVerdict, 1);

  verdict->outcome = outcome;
  verdict->reason = reason;
  verdict->host = g_strdup (self->host);
  verdict->retry_after = -1;
  verdict->blamed = plug_blame_dup_ids (self->method, plug_draft_get_values (self->draft), self->url, blame);

  return verdict;
}

static PlugStage *
get_stage (PlugTest *self)
{
  return &g_array_index (self->stages, PlugStage, self->current);
}

static void
set_stage_state (PlugTest *self,
                 PlugStepState state)
{
  PlugStage *stage = get_stage (self);

  if (state == PLUG_STEP_RUNNING)
    self->started_us = g_get_monotonic_time ();
  else
    stage->step.elapsed_ms = (g_get_monotonic_time () - self->started_us) / 1000;
  stage->step.state = state;
  g_signal_emit (self, signals[STEP_CHANGED], 0, self->current);
}

/* What was typed counts more than what the service says, and what it says more than a default. */
static void
complete_values (PlugTest *self)
{
  g_autoptr (PlugValues) known = plug_values_copy (plug_draft_get_values (self->draft));
  g_autofree const char **ids = plug_values_get_ids (self->learnt);

  for (guint i = 0; ids[i] != NULL; i++) {
    if (!plug_values_has_text (plug_draft_get_values (self->draft), ids[i]))
      plug_values_set (known, ids[i], plug_values_get (self->learnt, ids[i]));
  }
  g_clear_pointer (&self->values, plug_values_unref);
  self->values = plug_method_complete_values (self->method, known);
}

/* Keeps what the service says of a value, when it could have been typed. */
static void
learn (PlugTest *self,
       const char *id,
       const char *text)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);
  g_autofree char *value = NULL;

  if (parameter == NULL) {
    plug_values_set (self->learnt, id, text);
    return;
  }
  value = plug_parameter_normalise (parameter, text, NULL);
  if (*value != '\0' && plug_parameter_check (parameter, value) == PLUG_VALUE_OK)
    plug_values_set (self->learnt, id, value);
}

static void
redact_typed (PlugTest *self)
{
  g_autofree const char **ids = plug_values_get_ids (self->values);

  for (guint i = 0; ids[i] != NULL; i++) {
    if (plug_values_is_secret (self->values, ids[i]))
      plug_redactor_add (self->redactor, plug_values_get (self->values, ids[i]));
  }
}

static char *
clean (PlugTest *self,
       const char *text,
       gsize max_chars)
{
  return text != NULL ? plug_text_from_untrusted (self->redactor, text, -1, max_chars) : NULL;
}

static PlugVerdict *
verdict_new_for_error (PlugTest *self,
                       const GError *error)
{
  PlugDiagnosis diagnosis = plug_diagnosis_of_error (error);
  PlugVerdict *verdict = verdict_new (self, diagnosis.outcome, diagnosis.reason, diagnosis.blame);

  verdict->details = clean (self, error->message, PLUG_TEXT_DETAILS_CHARS);
  verdict->error = g_error_new_literal (error->domain, error->code, verdict->details);

  return verdict;
}

static PlugVerdict *
verdict_new_for_answer (PlugTest *self,
                        const PlugAnswer *answer,
                        PlugHttpResponse *response,
                        PlugDiagnosis diagnosis)
{
  PlugVerdict *verdict = verdict_new (self, diagnosis.outcome, diagnosis.reason, diagnosis.blame);

  verdict->status = answer->status;
  verdict->retry_after = plug_http_response_get_retry_after (response);
  if (diagnosis.outcome == PLUG_OUTCOME_PASSED) {
    g_autofree char *identity = plug_diagnosis_dup_identity (answer);

    verdict->identity = clean (self, identity, IDENTITY_CHARS);
  } else {
    g_autofree char *words = plug_diagnosis_dup_words (answer);

    verdict->details = clean (self, words, PLUG_TEXT_DETAILS_CHARS);
    verdict->redirect_host = clean (self, plug_http_response_get_redirect_host (response), PLUG_TEXT_VERDICT_CHARS);
  }

  return verdict;
}

static void log_out (GTask *task,
                     guint n_schemes);

/* A task that is not cancelled has its verdict as data while it logs out. */
static void
finish (GTask *task,
        PlugVerdict *verdict)
{
  PlugTest *self = g_task_get_source_object (task);

  g_task_set_task_data (task, verdict, (GDestroyNotify) plug_verdict_free);
  log_out (task, plug_method_get_schemes (self->method)->len);
}

static void
logged_out_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (PlugHttpResponse) response = plug_http_send_finish (PLUG_HTTP (source), result, NULL);
  PlugTest *self = g_task_get_source_object (task);

  log_out (task, self->n_to_log_out);
}

static PlugVerdict *check_place (PlugTest *self,
                                 PlugHttpRequest *request);

/* NULL when there is no token to give back, or no place for it that anybody approved. */
static PlugHttpRequest *
make_logout_request (PlugTest *self,
                     const PlugScheme *scheme)
{
  g_autoptr (PlugHttpRequest) request = self->values != NULL
                                          ? plug_auth_new_logout_request (self->method, scheme, self->values, self->tokens, NULL)
                                          : NULL;
  g_autoptr (PlugVerdict) elsewhere = request != NULL ? check_place (self, request) : NULL;

  if (request == NULL || elsewhere != NULL)
    return NULL;
  plug_http_request_set_timeouts (request, LOGOUT_TIMEOUT_MS, LOGOUT_TIMEOUT_MS);
  if (plug_draft_get_authorities (self->draft) != NULL)
    plug_http_request_set_authorities (request, plug_draft_get_authorities (self->draft));

  return g_steal_pointer (&request);
}

/* After a cancellation nobody waits for it. */
static void
give_back_tokens (PlugTest *self)
{
  GPtrArray *schemes = plug_method_get_schemes (self->method);

  for (guint i = schemes->len; i > 0; i--) {
    g_autoptr (PlugHttpRequest) request = make_logout_request (self, g_ptr_array_index (schemes, i - 1));

    if (request != NULL)
      plug_http_send_async (self->http, request, NULL, NULL, NULL);
  }
}

/* The token that came last goes back first. A log-out that fails changes nothing: the token expires by itself. */
static void
log_out (GTask *task,
         guint n_schemes)
{
  PlugTest *self = g_task_get_source_object (task);
  GPtrArray *schemes = plug_method_get_schemes (self->method);

  while (n_schemes > 0) {
    g_autoptr (PlugHttpRequest) request = make_logout_request (self, g_ptr_array_index (schemes, --n_schemes));

    if (request == NULL)
      continue;
    self->n_to_log_out = n_schemes;
    plug_http_send_async (self->http, request, g_task_get_cancellable (task), logged_out_cb, g_object_ref (task));
    return;
  }

  g_clear_pointer (&self->tokens, plug_tokens_free);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, plug_verdict_copy (g_task_get_task_data (task)), (GDestroyNotify) plug_verdict_free);
}

static void
fail_stage (GTask *task,
            PlugVerdict *verdict)
{
  set_stage_state (g_task_get_source_object (task), PLUG_STEP_FAILED);
  finish (task, verdict);
}

static void run_stage (GTask *task);

static void
next_stage (GTask *task,
            PlugStepState state)
{
  PlugTest *self = g_task_get_source_object (task);

  set_stage_state (self, state);
  self->current++;
  run_stage (task);
}

static void
learn_resolved (PlugTest *self,
                const PlugAnswer *answer)
{
  GHashTableIter iter;
  gpointer id, pointer;

  g_hash_table_iter_init (&iter, get_stage (self)->resolve->set);
  while (g_hash_table_iter_next (&iter, &id, &pointer)) {
    PlugAnswer asked = *answer;
    g_autofree char *value = NULL;

    asked.identity = pointer;
    value = plug_diagnosis_dup_identity (&asked);
    if (value != NULL)
      learn (self, id, value);
  }
  complete_values (self);
}

static void
learn_token (PlugTest *self,
             PlugToken *token)
{
  g_autofree const char **ids = plug_values_get_ids (token->learnt);

  for (guint i = 0; ids[i] != NULL; i++)
    learn (self, ids[i], plug_values_get (token->learnt, ids[i]));
  plug_tokens_take (self->tokens, get_stage (self)->scheme, g_steal_pointer (&token->access_token));
  self->has_token = TRUE;
  complete_values (self);
}

static void
take_answer (GTask *task,
             PlugHttpResponse *response)
{
  PlugTest *self = g_task_get_source_object (task);
  PlugStage *stage = get_stage (self);
  g_autoptr (PlugBuffer) body = plug_buffer_new ();
  g_autoptr (PlugToken) token = NULL;
  PlugDiagnosis diagnosis;
  PlugAnswer answer;
  const char *bytes;
  gsize length_bytes;
  gboolean is_last;

  bytes = plug_http_response_get_body (response, &length_bytes);
  plug_buffer_append (body, bytes, length_bytes);
  if (stage->step.kind == PLUG_STEP_SIGN_IN)
    token = plug_token_read (stage->scheme, response, body, self->redactor);

  answer = plug_stage_describe_answer (stage, response, body);
  answer.with_token = self->has_token;
  if (token != NULL)
    answer.token = token->state;
  diagnosis = plug_diagnosis_of_answer (&answer);

  if (diagnosis.outcome != PLUG_OUTCOME_PASSED) {
    if (stage->resolve != NULL && stage->resolve->optional)
      next_stage (task, PLUG_STEP_SKIPPED);
    else
      fail_stage (task, verdict_new_for_answer (self, &answer, response, diagnosis));
    return;
  }

  if (stage->resolve != NULL)
    learn_resolved (self, &answer);
  if (token != NULL)
    learn_token (self, token);
  is_last = self->current + 1 == self->stages->len;
  if (is_last) {
    set_stage_state (self, PLUG_STEP_PASSED);
    finish (task, verdict_new_for_answer (self, &answer, response, diagnosis));
  } else {
    next_stage (task, PLUG_STEP_PASSED);
  }
}

static gboolean
is_of_the_certificate (const GError *error)
{
  return error->domain == PLUG_ERROR && error->code >= PLUG_ERROR_CERTIFICATE_EXPIRED
         && error->code <= PLUG_ERROR_CERTIFICATE_INVALID;
}

static void
issuer_found_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlugTest *self = g_task_get_source_object (task);
  g_autofree char *issuer = plug_issuer_find_finish (result);

  if (g_task_return_error_if_cancelled (task))
    return;
  self->refused->issuer = clean (self, issuer, PLUG_TEXT_VERDICT_CHARS);
  fail_stage (task, g_steal_pointer (&self->refused));
}

/* Takes no answer: the network failed. */
static void
fail_with_error (GTask *task,
                 const GError *error)
{
  PlugTest *self = g_task_get_source_object (task);
  PlugVerdict *verdict = verdict_new_for_error (self, error);

  if (!is_of_the_certificate (error)) {
    fail_stage (task, verdict);
    return;
  }
  self->refused = verdict;
  plug_issuer_find_async (self->asked, g_task_get_cancellable (task), issuer_found_cb, g_object_ref (task));
}

static void
sent_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlugTest *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugHttpResponse) response = plug_http_send_finish (PLUG_HTTP (source), result, &error);
  PlugStage *stage;

  if (g_task_return_error_if_cancelled (task)) {
    give_back_tokens (self);
    return;
  }
  if (response != NULL) {
    take_answer (task, response);
    return;
  }

  stage = get_stage (self);
  if (stage->resolve != NULL && stage->resolve->optional)
    next_stage (task, PLUG_STEP_SKIPPED);
  else
    fail_with_error (task, error);
}

/* A verdict instead of a request: it goes nowhere, or to a place that nobody approved. Looks at the very URL that the
 * request has. */
static PlugVerdict *
check_place (PlugTest *self,
             PlugHttpRequest *request)
{
  PlugUrlProblem problem;
  g_autoptr (PlugUrl) url = plug_url_parse (plug_http_request_get_url (request), &problem);
  PlugOriginVerdict place;
  PlugVerdict *verdict;

  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->host, g_free);
  if (url == NULL) {
    g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_INVALID_URL, "the address cannot be used");

    return verdict_new_for_error (self, error);
  }

  self->asked = plug_url_dup_origin (url);
  self->host = g_strdup (url->host);
  place = plug_origin_rules_check (self->rules, url);
  if (place == PLUG_ORIGIN_TRUSTED)
    return NULL;

  verdict = verdict_new (self, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED, PLUG_BLAME_NOTHING);
  if (place == PLUG_ORIGIN_ASK)
    verdict->origin = plug_url_dup_origin (url);

  return verdict;
}

static void
run_stage (GTask *task)
{
  PlugTest *self = g_task_get_source_object (task);
  PlugStage *stage = get_stage (self);
  g_autoptr (PlugHttpRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  PlugVerdict *verdict;

  if (g_task_return_error_if_cancelled (task))
    return;

  set_stage_state (self, PLUG_STEP_RUNNING);
  if (plug_stage_is_needless (stage, plug_draft_get_values (self->draft))) {
    next_stage (task, PLUG_STEP_SKIPPED);
    return;
  }
  self->url = plug_stage_get_url (stage);
  request = plug_stage_new_request (stage, self->values, self->tokens, &error);
  if (request == NULL) {
    fail_stage (task, verdict_new_for_error (self, error));
    return;
  }
  verdict = check_place (self, request);
  if (verdict != NULL) {
    fail_stage (task, verdict);
    return;
  }

  if (plug_draft_get_authorities (self->draft) != NULL)
    plug_http_request_set_authorities (request, plug_draft_get_authorities (self->draft));
  plug_http_send_async (self->http, request, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
}

static void
plug_test_dispose (GObject *object)
{
  PlugTest *self = PLUG_TEST (object);

  g_clear_object (&self->http);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->stages, g_array_unref);
  g_clear_pointer (&self->redactor, plug_redactor_unref);
  g_clear_pointer (&self->rules, plug_origin_rules_free);
  g_clear_pointer (&self->learnt, plug_values_unref);
  g_clear_pointer (&self->values, plug_values_unref);
  g_clear_pointer (&self->tokens, plug_tokens_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->refused, plug_verdict_free);

  G_OBJECT_CLASS (plug_test_parent_class)->dispose (object);
}

static void
plug_test_class_init (PlugTestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plug_test_dispose;

  signals[STEP_CHANGED] = g_signal_new ("step-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
plug_test_init (PlugTest *self)
{
  self->redactor = plug_redactor_new ();
  self->learnt = plug_values_new ();
  self->tokens = plug_tokens_new (self->redactor);
}

PlugTest *
plug_test_new (PlugDraft *draft)
{
  PlugTest *self = g_object_new (PLUG_TYPE_TEST, NULL);

  self->draft = g_object_ref (draft);
  self->method = plug_draft_get_method (draft);
  self->stages = plug_stages_new (self->method, plug_draft_get_values (draft));

  return self;
}

guint
plug_test_get_n_steps (PlugTest *self)
{
  return self->stages->len;
}

const PlugStep *
plug_test_get_step (PlugTest *self,
                    guint index)
{
  g_return_val_if_fail (index < self->stages->len, NULL);

  return &g_array_index (self->stages, PlugStage, index).step;
}

void
plug_test_run_async (PlugTest *self,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_return_if_fail (!self->was_run);

  g_task_set_source_tag (task, plug_test_run_async);
  self->was_run = TRUE;
  if (self->stages->len == 0) {
    PlugVerdict *verdict = verdict_new (self, PLUG_OUTCOME_NOT_TESTABLE, PLUG_REASON_NOT_TESTABLE, PLUG_BLAME_NOTHING);

    plug_auth_can_sign (self->method, &verdict->error);
    finish (task, verdict);
    return;
  }

  self->http = plug_http_new ();
  self->rules = plug_origin_rules_new_for_draft (self->draft);
  complete_values (self);
  redact_typed (self);
  run_stage (task);
}

PlugVerdict *
plug_test_run_finish (PlugTest *self,
                      GAsyncResult *result,
                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
