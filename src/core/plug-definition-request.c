/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <string.h>

#include "plug-schema.h"

/* The parts of a definition that are made of templates: requests, and what an answer must look like. */

static void
record_use (PlugDefinitionReader *self,
            const char *member,
            PlugTemplate *template,
            PlugUseFlags flags,
            const char *name)
{
  PlugTemplateUse *use = g_new0 (PlugTemplateUse, 1);
  gsize place = plug_reader_enter (self, member);

  use->template = plug_template_ref (template);
  use->pointer = g_strdup (self->pointer->str);
  use->flags = flags;
  use->name = g_strdup (name);
  g_ptr_array_add (self->uses, use);
  plug_reader_leave (self, place);
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

  if (text == NULL)
    return NULL;

  template = flags & PLUG_USE_URL ? plug_template_new_url (text, &error) : plug_template_new_value (text, &error);
  if (template == NULL) {
    plug_reader_report (self, member, "%s", error->message);
    return NULL;
  }
  record_use (self, member, template, flags,
              flags & PLUG_USE_API_KEY ? plug_reader_get_text (parent, "name") : NULL);

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

void
plug_reader_read_status (JsonObject *parent,
                         const char *member,
                         GArray *status)
{
  JsonArray *array = plug_reader_get_array (parent, member);

  if (array == NULL)
    return;

  g_array_set_size (status, 0);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    guint code = JSON_NODE_HOLDS_VALUE (node) ? (guint) json_node_get_int (node) : 0;

    g_array_append_val (status, code);
  }
}

void
plug_reader_read_expect (PlugDefinitionReader *self,
                         JsonObject *parent,
                         const char *member,
                         PlugExpectSpec *expect)
{
  JsonObject *object = plug_reader_get_object (parent, member);

  if (object == NULL)
    return;

  plug_reader_read_status (object, "status", expect->status);
  expect->pointer = g_strdup (plug_reader_get_text (object, "pointer"));
  expect->content_type = g_strdup (plug_reader_get_text (object, "contentType"));
  if (json_object_has_member (object, "equals"))
    expect->equals = json_node_ref (json_object_get_member (object, "equals"));
  if (json_object_has_member (object, "exists"))
    expect->exists = plug_reader_get_boolean (object, "exists", FALSE);

  if ((expect->equals != NULL || expect->exists >= 0) && expect->pointer == NULL) {
    gsize place = plug_reader_enter (self, member);

    plug_reader_report (self, NULL, "“equals” and “exists” need a “pointer”");
    plug_reader_leave (self, place);
  }
}

static void
read_body (PlugDefinitionReader *self,
           JsonObject *object,
           PlugUseFlags flags,
           PlugRequestSpec *request)
{
  JsonObject *members = plug_reader_get_object (object, "body");
  gboolean for_members = request->content_type == NULL || g_str_equal (request->content_type, "application/json") ||
                         g_str_equal (request->content_type, "application/x-www-form-urlencoded");

  if (!json_object_has_member (object, "body"))
    return;

  if (g_str_equal (request->verb, "GET") || g_str_equal (request->verb, "HEAD"))
    plug_reader_report (self, "body", "a %s request has no body", request->verb);
  if (request->content_type == NULL)
    plug_reader_report (self, "body", "a body needs a “contentType”");

  if (members == NULL) {
    request->body = plug_reader_read_template (self, object, "body", flags);
    return;
  }
  if (!for_members)
    plug_reader_report (self, "body", "the content type %s needs a text", request->content_type);
  request->body_members = plug_template_table_new ();
  plug_reader_read_templates (self, object, "body", flags, request->body_members);
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

  if (object == NULL)
    return NULL;

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
  plug_reader_leave (self, place);

  return request;
}
