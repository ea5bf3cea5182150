/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <string.h>

#include "plug-schema.h"

/* The parts of a definition that are made of templates: requests, and what an answer must look like. */

/* Of where the reader is. */
static void
record_use (PlugDefinitionReader *self,
            PlugTemplate *template,
            PlugUseFlags flags,
            const char *name)
{
  PlugTemplateUse *use = g_new0 (PlugTemplateUse, 1);

  use->template = plug_template_ref (template);
  use->pointer = g_strdup (self->pointer->str);
  use->flags = flags;
  use->name = g_strdup (name);
  g_ptr_array_add (self->uses, use);
}

PlugTemplate *
plug_reader_read_template (PlugDefinitionReader *self,
                           JsonObject *parent,
                           const char *member,
                           PlugUseFlags flags)
{
  const char *text = plug_reader_get_text (parent, member);
  g_autoptr (GError) error = NULL;
  PlugTemplate *template;
  gsize place;

  if (text == NULL) {
    plug_reader_note_refused (self, member, FALSE);
    self->auth_unread |= flags & PLUG_USE_MAY_SECRET && plug_reader_is_refused (parent, member);
    return NULL;
  }

  template = flags & PLUG_USE_URL ? plug_template_new_url (text, &error) : plug_template_new_value (text, &error);
  if (template == NULL) {
    plug_reader_report (self, member, "%s", error->message);
    plug_reader_note_unread (self, json_object_get_member (parent, member));
    return NULL;
  }
  place = plug_reader_enter (self, member);
  record_use (self, template, flags, flags & PLUG_USE_API_KEY ? plug_reader_get_text (parent, "name") : NULL);
  plug_reader_leave (self, place);

  return template;
}

void
plug_reader_read_templates (PlugDefinitionReader *self,
                            JsonObject *parent,
                            const char *member,
                            PlugUseFlags flags,
                            GHashTable *table)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  gsize place = plug_reader_enter (self, member);
  JsonObjectIter iter;
  const char *name;

  plug_reader_note_refused (self, NULL, TRUE);
  if (object != NULL) {
    json_object_iter_init_ordered (&iter, object);
    while (json_object_iter_next_ordered (&iter, &name, NULL)) {
      PlugTemplate *template = plug_reader_read_template (self, object, name, flags);

      if (template != NULL)
        g_hash_table_replace (table, g_strdup (name), template);
    }
  }
  plug_reader_leave (self, place);
}

void
plug_reader_read_learnt (PlugDefinitionReader *self,
                         JsonObject *parent,
                         const char *member,
                         GHashTable *set)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  JsonObjectIter iter;
  const char *id;

  if (object == NULL)
    return;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &id, NULL)) {
    const char *pointer = plug_reader_get_text (object, id);

    if (pointer != NULL && set != NULL)
      g_hash_table_replace (set, g_strdup (id), g_strdup (pointer));
    g_hash_table_add (self->learnt, g_strdup (id));
  }
}

/* A form has no structure: texts only. */
static void
check_form_members (PlugDefinitionReader *self,
                    JsonNode *body)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;
  gsize place = plug_reader_enter (self, "body");

  if (!JSON_NODE_HOLDS_OBJECT (body)) {
    plug_reader_report (self, NULL, "the members of a form are an object");
    plug_reader_leave (self, place);
    return;
  }
  json_object_iter_init_ordered (&iter, json_node_get_object (body));
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      plug_reader_report (self, name, "a member of a form is a text");
  }
  plug_reader_leave (self, place);
}

static GArray *
read_status (JsonObject *object)
{
  JsonArray *array = plug_reader_get_array (object, "status");
  GArray *status;

  if (array == NULL)
    return NULL;

  status = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    guint code = JSON_NODE_HOLDS_VALUE (node) ? (guint) json_node_get_int (node) : 0;

    g_array_append_val (status, code);
  }

  return status;
}

/* @self is where the condition stands. */
static void
read_condition_object (PlugDefinitionReader *self,
                       JsonObject *object,
                       PlugCondition *condition)
{
  if (json_object_has_member (object, "status")) {
    g_clear_pointer (&condition->status, g_array_unref);
    condition->status = read_status (object);
  }
  condition->pointer = g_strdup (plug_reader_get_text (object, "pointer"));
  condition->content_type = g_strdup (plug_reader_get_text (object, "contentType"));
  condition->contains = g_strdup (plug_reader_get_text (object, "contains"));
  if (json_object_has_member (object, "equals"))
    condition->equals = json_node_ref (json_object_get_member (object, "equals"));
  if (json_object_has_member (object, "exists"))
    condition->exists = plug_reader_get_boolean (object, "exists", FALSE);
  condition->type = g_strdup (plug_reader_get_text (object, "type"));

  if ((condition->equals != NULL || condition->exists >= 0 || condition->type != NULL) &&
      !json_object_has_member (object, "pointer"))
    plug_reader_report (self, NULL, "“equals”, “exists” and “type” need a “pointer”");
}

void
plug_reader_read_condition (PlugDefinitionReader *self,
                            JsonObject *parent,
                            const char *member,
                            PlugCondition *condition)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  gsize place = plug_reader_enter (self, member);

  if (object != NULL)
    read_condition_object (self, object, condition);
  plug_reader_leave (self, place);
}

void
plug_reader_read_conditions (PlugDefinitionReader *self,
                             JsonObject *parent,
                             const char *member,
                             GPtrArray *conditions)
{
  JsonArray *array = plug_reader_get_array (parent, member);
  gsize place = plug_reader_enter (self, member);

  if (array != NULL)
    g_ptr_array_set_size (conditions, 0);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    gsize element_place = plug_reader_enter_index (self, i);

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      g_ptr_array_add (conditions, plug_condition_new ());
      read_condition_object (self, json_node_get_object (node), g_ptr_array_index (conditions, conditions->len - 1));
    } else if (JSON_NODE_HOLDS_VALUE (node)) {
      g_ptr_array_add (conditions, plug_condition_new_for_status ((guint) json_node_get_int (node)));
    }
    plug_reader_leave (self, element_place);
  }
  plug_reader_leave (self, place);
}

static void read_json_texts (PlugDefinitionReader *self,
                             JsonNode *node,
                             PlugUseFlags flags);

/* Checks one text in a JSON body. It is parsed anew for each request, which costs little and keeps the tree simple. */
static void
read_json_text (PlugDefinitionReader *self,
                JsonNode *node,
                PlugUseFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugTemplate) template = plug_template_new_value (json_node_get_string (node), &error);

  if (template != NULL) {
    record_use (self, template, flags, NULL);
  } else {
    plug_reader_report (self, NULL, "%s", error->message);
    plug_reader_note_unread (self, node);
  }
}

static void
read_json_members (PlugDefinitionReader *self,
                   JsonObject *object,
                   PlugUseFlags flags)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    gsize place = plug_reader_enter (self, name);

    read_json_texts (self, node, flags);
    plug_reader_leave (self, place);
  }
}

/* The depth is that of the definition, which has been checked. */
static void
read_json_texts (PlugDefinitionReader *self,
                 JsonNode *node,
                 PlugUseFlags flags)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    read_json_members (self, json_node_get_object (node), flags);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      gsize place = plug_reader_enter_index (self, i);

      read_json_texts (self, json_array_get_element (array, i), flags);
      plug_reader_leave (self, place);
    }
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    read_json_text (self, node, flags);
  }
}

static gboolean
is_json_type (const char *content_type)
{
  return g_str_equal (content_type, "application/json") || g_str_has_suffix (content_type, "+json");
}

static void
read_body (PlugDefinitionReader *self,
           JsonObject *object,
           PlugUseFlags flags,
           PlugRequestSpec *request)
{
  JsonNode *body = json_object_get_member (object, "body");
  gboolean is_json = request->content_type != NULL && is_json_type (request->content_type);
  gboolean is_form = g_strcmp0 (request->content_type, "application/x-www-form-urlencoded") == 0;
  gsize place;

  if (body == NULL)
    return;
  plug_reader_note_refused (self, "body", FALSE);

  if (plug_reader_is_refused (object, "contentType")) {
    plug_reader_note_unread (self, body);
    return;
  }
  if (!plug_reader_is_refused (object, "method") &&
      (g_str_equal (request->verb, "GET") || g_str_equal (request->verb, "HEAD")))
    plug_reader_report (self, "body", "a %s request has no body", request->verb);
  if (request->content_type == NULL)
    plug_reader_report (self, "body", "a body needs a “contentType”");

  /* In a text a value would have to be escaped by whoever wrote it, or it says more than it should. */
  if (JSON_NODE_HOLDS_VALUE (body) && is_json)
    plug_reader_report (self, "body", "the content type %s needs an object or a list, whose values are escaped",
                        request->content_type);
  else if (JSON_NODE_HOLDS_VALUE (body) && is_form)
    plug_reader_report (self, "body", "the content type %s needs an object, whose values are escaped", request->content_type);

  if (JSON_NODE_HOLDS_VALUE (body)) {
    request->body_text = plug_reader_read_template (self, object, "body", flags);
  } else if (is_json) {
    place = plug_reader_enter (self, "body");
    request->body_json = json_node_ref (body);
    read_json_texts (self, body, flags);
    plug_reader_leave (self, place);
  } else if (is_form) {
    check_form_members (self, body);
    request->body_members = plug_template_table_new ();
    plug_reader_read_templates (self, object, "body", flags, request->body_members);
  } else {
    if (request->content_type != NULL)
      plug_reader_report (self, "body", "the content type %s needs a text", request->content_type);
    plug_reader_note_unread (self, body);
  }
}

/* Values are escaped for “contentType”: what reads the body by another type would read more than values. */
static void
check_type_header (PlugDefinitionReader *self,
                   JsonObject *object,
                   const PlugRequestSpec *request)
{
  JsonObject *headers = plug_reader_get_object (object, "headers");
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;

  if (request->content_type == NULL || !json_object_has_member (object, "body"))
    return;
  for (GList *l = names; l != NULL; l = l->next) {
    const char *type = plug_reader_get_text (headers, l->data);
    gsize place;

    if (g_ascii_strcasecmp (l->data, "Content-Type") != 0 || type == NULL
        || plug_content_type_is_like (request->content_type, type))
      continue;
    place = plug_reader_enter (self, "headers");
    plug_reader_report (self, l->data, "the body is written as %s, which its “contentType” says", request->content_type);
    plug_reader_leave (self, place);
  }
}

/* @flags: whether headers and body may hold a secret. The address never may. */
PlugRequestSpec *
plug_reader_read_request (PlugDefinitionReader *self,
                          JsonObject *parent,
                          const char *member,
                          PlugUseFlags flags)
{
  JsonObject *object = plug_reader_get_object (parent, member);
  PlugRequestSpec *request;
  gsize place;

  if (object == NULL) {
    plug_reader_note_refused (self, member, TRUE);
    return NULL;
  }

  place = plug_reader_enter (self, member);
  request = plug_request_spec_new ();
  if (plug_reader_get_text (object, "method") != NULL) {
    g_free (request->verb);
    request->verb = g_strdup (plug_reader_get_text (object, "method"));
  }
  request->url = plug_reader_read_template (self, object, "url", PLUG_USE_URL | (flags & PLUG_USE_TOKEN));
  request->content_type = g_strdup (plug_reader_get_text (object, "contentType"));
  plug_reader_read_templates (self, object, "headers", flags | PLUG_USE_HEADER, request->headers);
  read_body (self, object, flags, request);
  check_type_header (self, object, request);
  plug_reader_leave (self, place);

  return request;
}
