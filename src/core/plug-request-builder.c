/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-request-builder.h"

#include <string.h>

#include "plug-json.h"
#include "plug-text.h"

#define FORM_TYPE "application/x-www-form-urlencoded"
#define COMPARE_HEADERS ((GCompareFunc) g_ascii_strcasecmp)
#define COMPARE_MEMBERS ((GCompareFunc) strcmp)

static void
field_free (gpointer data)
{
  PlugField *field = data;

  g_free (field->name);
  plug_text_wipe (field->value);
  g_free (field);
}

/* The names of headers are the same in any case; those of members are not. */
static PlugField *
find_field (GPtrArray *fields,
            const char *name,
            GCompareFunc compare)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++) {
    PlugField *field = g_ptr_array_index (fields, i);

    if (compare (field->name, name) == 0)
      return field;
  }

  return NULL;
}

static void
take_field (GPtrArray *fields,
            const char *name,
            char *value,
            GCompareFunc compare)
{
  PlugField *field = find_field (fields, name, compare);

  if (field != NULL) {
    plug_text_wipe (field->value);
    field->value = value;
    return;
  }

  field = g_new0 (PlugField, 1);
  field->name = g_strdup (name);
  field->value = value;
  g_ptr_array_add (fields, field);
}

/* What would say a value that was not typed says nothing. */
static gboolean
is_left_out (PlugTemplate *template,
             const char *value)
{
  return *value == '\0' && plug_template_get_variables (template)[0] != NULL;
}

static void
expand_fields (GPtrArray *fields,
               GHashTable *templates,
               const PlugValues *values,
               GCompareFunc compare)
{
  g_autofree const char **names = NULL;
  guint n_names = 0;

  if (templates == NULL)
    return;

  names = plug_template_table_get_names (templates, &n_names);
  for (guint i = 0; i < n_names; i++) {
    PlugTemplate *template = g_hash_table_lookup (templates, names[i]);
    g_autoptr (PlugSecretString) value = plug_template_expand (template, values);

    if (!is_left_out (template, value))
      take_field (fields, names[i], g_steal_pointer (&value), compare);
  }
}

static void
append_form (PlugBuffer *body,
             GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++) {
    PlugField *member = g_ptr_array_index (members, i);

    if (i > 0)
      plug_buffer_append (body, "&", 1);
    plug_buffer_append_percent (body, member->name);
    plug_buffer_append (body, "=", 1);
    plug_buffer_append_percent (body, member->value);
  }
}

static void append_json (PlugBuffer *body,
                         JsonNode *node,
                         const PlugValues *values,
                         GPtrArray *more);

static gboolean
is_member_left_out (JsonNode *node,
                    const PlugValues *values)
{
  g_autoptr (PlugTemplate) template = NULL;
  g_autoptr (PlugSecretString) value = NULL;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  template = plug_template_new_value (json_node_get_string (node), NULL);
  value = plug_template_expand (template, values);

  return is_left_out (template, value);
}

static void
append_member_name (PlugBuffer *body,
                    const char *name,
                    gboolean is_first)
{
  if (!is_first)
    plug_buffer_append (body, ",", 1);
  plug_buffer_append_json (body, name);
  plug_buffer_append (body, ":", 1);
}

/* @node: (nullable): an object; @more: (nullable): of PlugField, members that come behind its own and replace them */
static void
append_object (PlugBuffer *body,
               JsonNode *node,
               const PlugValues *values,
               GPtrArray *more)
{
  gboolean is_first = TRUE;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  plug_buffer_append (body, "{", 1);
  if (node != NULL) {
    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member)) {
      if (find_field (more, name, COMPARE_MEMBERS) != NULL || is_member_left_out (member, values))
        continue;
      append_member_name (body, name, is_first);
      append_json (body, member, values, NULL);
      is_first = FALSE;
    }
  }
  for (guint i = 0; more != NULL && i < more->len; i++) {
    PlugField *field = g_ptr_array_index (more, i);

    append_member_name (body, field->name, is_first);
    plug_buffer_append_json (body, field->value);
    is_first = FALSE;
  }
  plug_buffer_append (body, "}", 1);
}

static void
append_array (PlugBuffer *body,
              JsonArray *array,
              const PlugValues *values)
{
  plug_buffer_append (body, "[", 1);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      plug_buffer_append (body, ",", 1);
    append_json (body, json_array_get_element (array, i), values, NULL);
  }
  plug_buffer_append (body, "]", 1);
}

/* The reader of definitions has checked every template, and the depth. */
static void
append_scalar (PlugBuffer *body,
               JsonNode *node,
               const PlugValues *values)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    g_autoptr (PlugTemplate) template = plug_template_new_value (json_node_get_string (node), NULL);
    g_autoptr (PlugSecretString) text = plug_template_expand (template, values);

    plug_buffer_append_json (body, text);
  } else {
    g_autofree char *text = JSON_NODE_HOLDS_NULL (node) ? g_strdup ("null") : plug_json_dup_scalar (node);

    plug_buffer_append (body, text, -1);
  }
}

static void
append_json (PlugBuffer *body,
             JsonNode *node,
             const PlugValues *values,
             GPtrArray *more)
{
  if (node == NULL || JSON_NODE_HOLDS_OBJECT (node))
    append_object (body, node, values, more);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    append_array (body, json_node_get_array (node), values);
  else
    append_scalar (body, node, values);
}

PlugRequestBuilder *
plug_request_builder_new (const char *verb,
                          const char *url)
{
  PlugRequestBuilder *self = g_new0 (PlugRequestBuilder, 1);

  self->verb = g_strdup (verb);
  self->url = plug_buffer_new ();
  plug_buffer_append (self->url, url, -1);
  self->headers = g_ptr_array_new_with_free_func (field_free);
  self->members = g_ptr_array_new_with_free_func (field_free);

  return self;
}

PlugRequestBuilder *
plug_request_builder_new_for_spec (const PlugRequestSpec *spec,
                                   const PlugValues *values)
{
  g_autoptr (PlugSecretString) url = plug_template_expand (spec->url, values);
  PlugRequestBuilder *self = plug_request_builder_new (spec->verb, url);

  self->content_type = g_strdup (spec->content_type);
  self->values = values;
  if (spec->body_text != NULL) {
    gboolean is_xml = g_strcmp0 (spec->content_type, "application/xml") == 0;
    g_autoptr (PlugSecretString) text = is_xml ? plug_template_expand_xml (spec->body_text, values)
                                               : plug_template_expand (spec->body_text, values);

    self->body = plug_buffer_new ();
    plug_buffer_append (self->body, text, -1);
  }
  if (spec->body_json != NULL)
    self->json = json_node_ref (spec->body_json);
  plug_request_builder_expand_members (self, spec->body_members, values);

  return self;
}

void
plug_request_builder_free (PlugRequestBuilder *self)
{
  g_free (self->verb);
  plug_buffer_free (self->url);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->members);
  g_free (self->content_type);
  g_clear_pointer (&self->json, json_node_unref);
  g_clear_pointer (&self->body, plug_buffer_free);
  g_free (self->aws_provider);
  plug_text_wipe (self->aws_key);
  plug_text_wipe (self->aws_secret);
  plug_text_wipe (self->certificate);
  plug_text_wipe (self->private_key);
  g_free (self);
}

void
plug_request_builder_take_header (PlugRequestBuilder *self,
                                  const char *name,
                                  char *value)
{
  take_field (self->headers, name, value, COMPARE_HEADERS);
}

gboolean
plug_request_builder_has_header (PlugRequestBuilder *self,
                                 const char *name)
{
  return find_field (self->headers, name, COMPARE_HEADERS) != NULL;
}

/* RFC 6265, section 5.4: one header has all cookies. */
void
plug_request_builder_append_cookie (PlugRequestBuilder *self,
                                    const char *name,
                                    const char *value)
{
  PlugField *header = find_field (self->headers, "Cookie", COMPARE_HEADERS);

  plug_request_builder_take_header (self, "Cookie", header != NULL ? g_strconcat (header->value, "; ", name, "=", value, NULL)
                                                                    : g_strconcat (name, "=", value, NULL));
}

void
plug_request_builder_take_member (PlugRequestBuilder *self,
                                  const char *name,
                                  char *value)
{
  take_field (self->members, name, value, COMPARE_MEMBERS);
}

void
plug_request_builder_append_query (PlugRequestBuilder *self,
                                   const char *name,
                                   const char *value)
{
  if (!g_str_has_suffix (self->url->text, "?"))
    plug_buffer_append (self->url, strchr (self->url->text, '?') != NULL ? "&" : "?", 1);
  plug_buffer_append_percent (self->url, name);
  plug_buffer_append (self->url, "=", 1);
  plug_buffer_append_percent (self->url, value);
}

void
plug_request_builder_expand_headers (PlugRequestBuilder *self,
                                     GHashTable *templates,
                                     const PlugValues *values)
{
  expand_fields (self->headers, templates, values, COMPARE_HEADERS);
}

void
plug_request_builder_expand_members (PlugRequestBuilder *self,
                                     GHashTable *templates,
                                     const PlugValues *values)
{
  expand_fields (self->members, templates, values, COMPARE_MEMBERS);
}

/* A type among the headers is the body's: with a second one, services read either. But values are escaped for the type that
 * the body is written in, and it goes out as nothing else. */
static void
adopt_content_type (PlugRequestBuilder *self)
{
  PlugField *header = find_field (self->headers, "Content-Type", COMPARE_HEADERS);

  if (header == NULL)
    return;
  if (self->content_type == NULL || plug_content_type_is_like (self->content_type, header->value)) {
    g_free (self->content_type);
    self->content_type = g_strdup (header->value);
  }
  g_ptr_array_remove (self->headers, header);
}

const PlugBuffer *
plug_request_builder_build_body (PlugRequestBuilder *self)
{
  if (self->body == NULL && self->members->len == 0 && self->json == NULL)
    return NULL;
  adopt_content_type (self);
  if (self->body != NULL)
    return self->body;

  self->body = plug_buffer_new ();
  if (self->content_type != NULL && strstr (self->content_type, "json") != NULL)
    append_json (self->body, self->json, self->values, self->members);
  else
    append_form (self->body, self->members);
  if (self->content_type == NULL)
    self->content_type = g_strdup (FORM_TYPE);

  return self->body;
}

/* By name, and then by value: "a=1" comes before "a-b=1", though "-" comes before "=". */
static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  gsize n_one = strcspn (one, "="), n_other = strcspn (other, "=");
  int order = strncmp (one, other, MIN (n_one, n_other));

  if (order == 0)
    order = (n_one > n_other) - (n_one < n_other);

  return order != 0 ? order : strcmp (one, other);
}

char *
plug_request_dup_sorted_query (const char *query)
{
  /* A key may be among them. */
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_text_wipe);
  g_autoptr (PlugBuffer) sorted = plug_buffer_new ();
  gsize length;

  for (; *query != '\0'; query += length + (query[length] == '&')) {
    length = strcspn (query, "&");
    g_ptr_array_add (pairs, g_strndup (query, length));
  }
  g_ptr_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++) {
    if (i > 0)
      plug_buffer_append (sorted, "&", 1);
    plug_buffer_append (sorted, g_ptr_array_index (pairs, i), -1);
  }

  return g_strndup (sorted->text, sorted->length_bytes);
}

/* libcurl signs the query as it is, and AWS verifies a sorted one. */
static void
sort_query (PlugRequestBuilder *self)
{
  const char *query = strchr (self->url->text, '?');
  g_autoptr (PlugBuffer) url = NULL;
  g_autoptr (PlugSecretString) sorted = NULL;

  if (query == NULL)
    return;
  sorted = plug_request_dup_sorted_query (query + 1);
  url = plug_buffer_new ();
  plug_buffer_append (url, self->url->text, query + 1 - self->url->text);
  plug_buffer_append (url, sorted, -1);
  plug_buffer_free (g_steal_pointer (&self->url));
  self->url = g_steal_pointer (&url);
}

PlugHttpRequest *
plug_request_builder_finish (PlugRequestBuilder *self,
                             GError **error)
{
  g_autoptr (PlugHttpRequest) request = NULL;
  const PlugBuffer *body = plug_request_builder_build_body (self);

  if (self->aws_provider != NULL)
    sort_query (self);
  request = plug_http_request_new (self->verb, self->url->text);
  for (guint i = 0; i < self->headers->len; i++) {
    PlugField *header = g_ptr_array_index (self->headers, i);

    if (*header->value != '\0' && !plug_http_request_add_header (request, header->name, header->value, error))
      return NULL;
  }
  if (body != NULL)
    plug_http_request_set_body (request, self->content_type, body->text, body->length_bytes);
  if (self->aws_provider != NULL)
    plug_http_request_set_aws_sig_v4 (request, self->aws_provider, self->aws_key, self->aws_secret);
  if (self->certificate != NULL)
    plug_http_request_set_client_certificate (request, self->certificate, self->private_key);

  return g_steal_pointer (&request);
}
