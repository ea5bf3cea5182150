/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-method-private.h"

#include <string.h>

#include "plug-parameter-private.h"
#include "plug-text.h"
#include "plug-url.h"

G_DEFINE_FINAL_TYPE (PlugMethod, plug_method, G_TYPE_OBJECT)

static gboolean
is_met (PlugParameter *other,
        const PlugVisibleWhen *condition,
        const PlugValues *values)
{
  const char *value = plug_values_get (values, condition->id);

  if ((value == NULL || *value == '\0') && !other->default_is_template)
    value = other->default_text;
  if (condition->filled_in)
    return value != NULL && *value != '\0';

  return value != NULL && g_strv_contains ((const char *const *) condition->values, value);
}

/* Only what stands above may decide, so that this ends; each parameter is judged once, or four conditions on each of
 * the four above it would take for ever. */
static gboolean
judge_shown (PlugMethod *self,
             PlugParameter *parameter,
             const PlugValues *values,
             GHashTable *judged)
{
  gboolean shown = TRUE;
  gpointer known = NULL;

  if (g_hash_table_lookup_extended (judged, parameter, NULL, &known))
    return GPOINTER_TO_INT (known);

  for (guint i = 0; shown && i < parameter->visible_when->len; i++) {
    const PlugVisibleWhen *condition = g_ptr_array_index (parameter->visible_when, i);
    PlugParameter *other = plug_method_get_parameter (self, condition->id);

    shown = judge_shown (self, other, values, judged) && is_met (other, condition, values);
  }
  g_hash_table_insert (judged, parameter, GINT_TO_POINTER (shown));

  return shown;
}

static void
set_value (PlugValues *values,
           PlugParameter *parameter,
           const char *value)
{
  const char *id = plug_parameter_get_id (parameter);

  if (plug_parameter_is_secret (parameter))
    plug_values_set_secret (values, id, value);
  else
    plug_values_set (values, id, value);
}

/* Depth first, so that a default finds the defaults it is made of. @visited also ends a loop, though the reader of
 * definitions lets none through. */
static void
complete_value (PlugMethod *self,
                PlugParameter *parameter,
                PlugValues *values,
                GHashTable *visited)
{
  g_autoptr (PlugTemplate) template = NULL;
  g_autoptr (PlugSecretString) expanded = NULL;
  const char *const *variables;

  if (plug_values_has_text (values, plug_parameter_get_id (parameter)) || plug_parameter_get_default (parameter) == NULL ||
      !plug_method_is_shown (self, parameter, values) || !g_hash_table_add (visited, parameter))
    return;

  if (!plug_parameter_default_is_template (parameter)) {
    set_value (values, parameter, plug_parameter_get_default (parameter));
    return;
  }

  template = plug_method_parse_default (parameter, NULL);
  if (template == NULL)
    return;
  variables = plug_template_get_variables (template);
  for (gsize i = 0; variables[i] != NULL; i++) {
    PlugParameter *other = plug_method_get_parameter (self, variables[i]);

    if (other != NULL)
      complete_value (self, other, values, visited);
    /* Half an address is worse than none. */
    if (!plug_values_has_text (values, variables[i]))
      return;
  }
  expanded = plug_template_expand (template, values);
  /* Defaults made of defaults can grow without end; no value is that long. */
  if (strlen (expanded) <= PLUG_PARAMETER_MAX_BYTES)
    set_value (values, parameter, expanded);
}

/* An address with a hole in it is none. */
static gboolean
has_required_values (PlugMethod *self,
                     PlugTemplate *template,
                     const PlugValues *values)
{
  const char *const *variables = plug_template_get_variables (template);

  for (gsize i = 0; variables[i] != NULL; i++) {
    PlugParameter *parameter = plug_method_get_parameter (self, variables[i]);

    if ((parameter == NULL || plug_parameter_is_required (parameter)) && !plug_values_has_text (values, variables[i]))
      return FALSE;
  }

  return TRUE;
}

static PlugTemplate *
find_token_url (PlugMethod *self)
{
  for (guint i = 0; i < self->schemes->len; i++) {
    PlugScheme *scheme = g_ptr_array_index (self->schemes, i);

    if (plug_scheme_get_token_url (scheme) != NULL)
      return plug_scheme_get_token_url (scheme);
  }
  return NULL;
}

static void
plug_method_finalize (GObject *object)
{
  PlugMethod *self = PLUG_METHOD (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->docs);
  g_ptr_array_unref (self->parameters);
  g_clear_pointer (&self->server, plug_template_unref);
  g_hash_table_unref (self->headers);
  g_ptr_array_unref (self->resolves);
  g_ptr_array_unref (self->schemes);
  g_strfreev (self->within);
  g_clear_pointer (&self->test_request, plug_request_spec_free);
  g_free (self->not_testable_reason);
  g_free (self->test_requires);
  plug_condition_free (self->expect);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->denied);
  g_free (self->identity);
  g_free (self->key_file_label);
  g_hash_table_unref (self->key_file_pointers);

  G_OBJECT_CLASS (plug_method_parent_class)->finalize (object);
}

static void
plug_method_class_init (PlugMethodClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_method_finalize;
}

static void
plug_method_init (PlugMethod *self)
{
  self->parameters = g_ptr_array_new_with_free_func (g_object_unref);
  self->headers = plug_template_table_new ();
  self->resolves = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_resolve_spec_free);
  self->schemes = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_scheme_free);
  self->within = g_new0 (char *, 1);
  self->test_is_verified = TRUE;
  self->expect = plug_condition_new_for_status (200);
  self->refused = plug_conditions_new ();
  g_ptr_array_add (self->refused, plug_condition_new_for_status (401));
  self->denied = plug_conditions_new ();
  g_ptr_array_add (self->denied, plug_condition_new_for_status (403));
  self->key_file_pointers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

PlugTemplate *
plug_method_parse_default (PlugParameter *parameter,
                           GError **error)
{
  const char *text = plug_parameter_get_default (parameter);

  return plug_parameter_get_value_type (parameter) == PLUG_PARAMETER_URI ? plug_template_new_url (text, error)
                                                                         : plug_template_new_value (text, error);
}

const char *
plug_method_get_id (PlugMethod *self)
{
  return self->id;
}

const char *
plug_method_get_label (PlugMethod *self)
{
  return self->label;
}

gboolean
plug_method_is_recommended (PlugMethod *self)
{
  return self->recommended;
}

const char *
plug_method_get_docs (PlugMethod *self)
{
  return self->docs;
}

GPtrArray *
plug_method_get_parameters (PlugMethod *self)
{
  return self->parameters;
}

PlugParameter *
plug_method_get_parameter (PlugMethod *self,
                           const char *id)
{
  for (guint i = 0; i < self->parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (self->parameters, i);

    if (g_strcmp0 (plug_parameter_get_id (parameter), id) == 0)
      return parameter;
  }
  return NULL;
}

PlugTemplate *
plug_method_get_server (PlugMethod *self)
{
  return self->server;
}

GHashTable *
plug_method_get_headers (PlugMethod *self)
{
  return self->headers;
}

GPtrArray *
plug_method_get_resolves (PlugMethod *self)
{
  return self->resolves;
}

GPtrArray *
plug_method_get_schemes (PlugMethod *self)
{
  return self->schemes;
}

const char *const *
plug_method_get_within (PlugMethod *self)
{
  return (const char *const *) self->within;
}

gboolean
plug_method_allows_authorities (PlugMethod *self)
{
  return self->allows_authorities;
}

PlugRequestSpec *
plug_method_get_test_request (PlugMethod *self)
{
  return self->test_request;
}

gboolean
plug_method_test_is_issued (PlugMethod *self)
{
  return self->test_is_issued;
}

const char *
plug_method_get_not_testable_reason (PlugMethod *self)
{
  return self->not_testable_reason;
}

gboolean
plug_method_test_is_verified (PlugMethod *self)
{
  return self->test_is_verified;
}

const char *
plug_method_get_test_requires (PlugMethod *self)
{
  return self->test_requires;
}

const PlugCondition *
plug_method_get_expect (PlugMethod *self)
{
  return self->expect;
}

GPtrArray *
plug_method_get_refused (PlugMethod *self)
{
  return self->refused;
}

GPtrArray *
plug_method_get_denied (PlugMethod *self)
{
  return self->denied;
}

const char *
plug_method_get_identity (PlugMethod *self)
{
  return self->identity;
}

const char *
plug_method_get_key_file_label (PlugMethod *self)
{
  return self->key_file_label;
}

GHashTable *
plug_method_get_key_file_pointers (PlugMethod *self)
{
  return self->key_file_pointers;
}

gboolean
plug_method_is_shown (PlugMethod *self,
                      PlugParameter *parameter,
                      const PlugValues *values)
{
  g_autoptr (GHashTable) judged = NULL;

  if (parameter->visible_when->len == 0)
    return TRUE;

  judged = g_hash_table_new (NULL, NULL);
  return judge_shown (self, parameter, values, judged);
}

PlugValues *
plug_method_complete_values (PlugMethod *self,
                             const PlugValues *values)
{
  PlugValues *complete = plug_values_copy (values);
  g_autoptr (GHashTable) visited = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (self->parameters, i);

    if (!plug_method_is_shown (self, parameter, complete))
      plug_values_set (complete, plug_parameter_get_id (parameter), NULL);
  }
  for (guint i = 0; i < self->parameters->len; i++)
    complete_value (self, g_ptr_array_index (self->parameters, i), complete, visited);

  return complete;
}

char *
plug_method_dup_token_url (PlugMethod *self,
                           const PlugValues *values)
{
  PlugTemplate *template = find_token_url (self);
  g_autoptr (PlugValues) typed = NULL;
  g_autoptr (PlugValues) complete = NULL;
  g_autoptr (PlugUrl) url = NULL;
  g_autofree char *text = NULL;

  if (template == NULL)
    return NULL;

  /* It is shown while somebody types, before the form has put the values in order. Secrets never stand in a URL. */
  typed = plug_values_new ();
  for (guint i = 0; i < self->parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (self->parameters, i);
    const char *value = plug_values_get (values, plug_parameter_get_id (parameter));
    g_autofree char *normalised = NULL;

    if (value == NULL || plug_parameter_is_secret (parameter))
      continue;
    normalised = plug_parameter_normalise (parameter, value, NULL);
    plug_values_set (typed, plug_parameter_get_id (parameter), normalised);
  }
  complete = plug_method_complete_values (self, typed);
  if (!has_required_values (self, template, complete))
    return NULL;
  text = plug_template_expand (template, complete);
  url = plug_url_parse (text, NULL);

  return url != NULL ? g_steal_pointer (&text) : NULL;
}
