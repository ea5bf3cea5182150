/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-scheme.h"

#include <string.h>

/* RFC 7523, section 3: servers may refuse what is valid unreasonably long; an hour is what most of them take. */
#define ASSERTION_LIFETIME_S 300

GHashTable *
plug_template_table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) plug_template_unref);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
plug_template_table_get_names (GHashTable *table,
                               guint *n_names)
{
  const char **names = (const char **) g_hash_table_get_keys_as_array (table, n_names);

  qsort (names, *n_names, sizeof *names, compare_names);

  return names;
}

PlugRequestSpec *
plug_request_spec_new (void)
{
  PlugRequestSpec *self = g_new0 (PlugRequestSpec, 1);

  self->verb = g_strdup ("GET");
  self->headers = plug_template_table_new ();

  return self;
}

void
plug_request_spec_free (PlugRequestSpec *self)
{
  g_free (self->verb);
  g_clear_pointer (&self->url, plug_template_unref);
  g_hash_table_unref (self->headers);
  g_free (self->content_type);
  g_clear_pointer (&self->body_text, plug_template_unref);
  g_clear_pointer (&self->body_members, g_hash_table_unref);
  g_clear_pointer (&self->body_json, json_node_unref);
  g_free (self);
}

gboolean
plug_content_type_is_like (const char *content_type,
                               const char *other)
{
  gsize length = strcspn (content_type, ";");

  return (strstr (content_type, "json") != NULL && strstr (other, "json") != NULL)
         || (length == strcspn (other, ";") && g_ascii_strncasecmp (content_type, other, length) == 0);
}

PlugCondition *
plug_condition_new (void)
{
  PlugCondition *self = g_new0 (PlugCondition, 1);

  self->exists = -1;

  return self;
}

PlugCondition *
plug_condition_new_for_status (guint status)
{
  PlugCondition *self = plug_condition_new ();

  self->status = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (self->status, status);

  return self;
}

void
plug_condition_free (PlugCondition *self)
{
  g_clear_pointer (&self->status, g_array_unref);
  g_free (self->pointer);
  g_clear_pointer (&self->equals, json_node_unref);
  g_free (self->type);
  g_free (self->content_type);
  g_free (self->contains);
  g_free (self);
}

GPtrArray *
plug_conditions_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plug_condition_free);
}

PlugResolveSpec *
plug_resolve_spec_new (void)
{
  PlugResolveSpec *self = g_new0 (PlugResolveSpec, 1);

  self->set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
plug_resolve_spec_free (PlugResolveSpec *self)
{
  g_clear_pointer (&self->request, plug_request_spec_free);
  g_hash_table_unref (self->set);
  g_free (self);
}

PlugAssertion *
plug_assertion_new (void)
{
  PlugAssertion *self = g_new0 (PlugAssertion, 1);

  self->claims = plug_template_table_new ();
  self->header = plug_template_table_new ();
  self->lifetime_s = ASSERTION_LIFETIME_S;

  return self;
}

void
plug_assertion_free (PlugAssertion *self)
{
  g_clear_pointer (&self->key, plug_template_unref);
  g_clear_pointer (&self->kid, plug_template_unref);
  g_clear_pointer (&self->x5t, plug_template_unref);
  g_hash_table_unref (self->claims);
  g_hash_table_unref (self->header);
  g_free (self);
}

PlugScheme *
plug_scheme_new (void)
{
  PlugScheme *self = g_new0 (PlugScheme, 1);

  self->token_params = plug_template_table_new ();
  self->token_headers = plug_template_table_new ();
  self->set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->refused = plug_conditions_new ();
  self->denied = plug_conditions_new ();

  return self;
}

void
plug_scheme_free (PlugScheme *self)
{
  PlugTemplate **templates[] = {
    &self->name, &self->value, &self->username, &self->password, &self->token, &self->token_url, &self->client_id,
    &self->client_secret, &self->scope, &self->key, &self->secret, &self->region, &self->certificate, &self->private_key,
  };

  for (guint i = 0; i < G_N_ELEMENTS (templates); i++)
    g_clear_pointer (templates[i], plug_template_unref);
  g_clear_pointer (&self->assertion, plug_assertion_free);
  g_hash_table_unref (self->token_params);
  g_hash_table_unref (self->token_headers);
  g_clear_pointer (&self->request, plug_request_spec_free);
  g_clear_pointer (&self->logout, plug_request_spec_free);
  g_clear_pointer (&self->with, plug_scheme_free);
  g_clear_pointer (&self->apply, plug_scheme_free);
  g_clear_pointer (&self->expect, plug_condition_free);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->denied);
  g_free (self->token_name);
  g_free (self->access_token);
  g_free (self->expires_in);
  g_hash_table_unref (self->set);
  g_free (self->service);
  g_free (self);
}

gboolean
plug_scheme_needs_token (const PlugScheme *self)
{
  return self->kind == PLUG_SCHEME_OAUTH2 || self->kind == PLUG_SCHEME_LOGIN;
}

PlugTemplate *
plug_scheme_get_token_url (const PlugScheme *self)
{
  return self->kind == PLUG_SCHEME_LOGIN && self->request != NULL ? self->request->url : self->token_url;
}
