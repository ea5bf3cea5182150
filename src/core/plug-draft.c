/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-draft.h"

#include <string.h>

#include "plug-error.h"
#include "plug-json.h"
#include "plug-text.h"
#include "plug-url.h"

struct _PlugDraft {
  GObject parent_instance;

  PlugProvider *provider;
  PlugMethod *method;
  char *name;
  PlugValues *values;
  char **approved_origins;
  GBytes *authorities; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (PlugDraft, plug_draft, G_TYPE_OBJECT)

static void
append_text (GString *buffer,
             const char *text)
{
  plug_text_append (buffer, text, strlen (text));
}

/* A JSON string; only what RFC 8259, section 7, wants escaped is. */
static void
append_string (GString *buffer,
               const char *text)
{
  append_text (buffer, "\"");
  for (const char *p = text; *p != '\0'; p++) {
    char escape[8];

    if (*p == '"' || *p == '\\')
      plug_text_append (buffer, (char[]){ '\\', *p }, 2);
    else if ((guchar) *p < 0x20)
      plug_text_append (buffer, escape, (gsize) g_snprintf (escape, sizeof escape, "\\u%04x", *p));
    else
      plug_text_append (buffer, p, 1);
  }
  append_text (buffer, "\"");
}

static void
append_list (GString *buffer,
             const char * const *list)
{
  append_text (buffer, "[");
  for (guint i = 0; list != NULL && list[i] != NULL; i++) {
    if (i > 0)
      append_text (buffer, ",");
    append_string (buffer, list[i]);
  }
  append_text (buffer, "]");
}

static char *
dup_digest (GBytes *authorities)
{
  return authorities == NULL ? g_strdup ("") : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, authorities);
}

static void
plug_draft_finalize (GObject *object)
{
  PlugDraft *self = PLUG_DRAFT (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->method);
  g_free (self->name);
  g_clear_pointer (&self->values, plug_values_unref);
  g_strfreev (self->approved_origins);
  g_clear_pointer (&self->authorities, g_bytes_unref);

  G_OBJECT_CLASS (plug_draft_parent_class)->finalize (object);
}

static void
plug_draft_class_init (PlugDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_draft_finalize;
}

static void
plug_draft_init (PlugDraft *self)
{
}

PlugDraft *
plug_draft_new (PlugProvider *provider,
                PlugMethod *method,
                const char *name,
                const PlugValues *values,
                const char * const *approved_origins,
                GBytes *authorities)
{
  PlugDraft *self = g_object_new (PLUG_TYPE_DRAFT, NULL);
  static const char * const none[] = { NULL };

  self->provider = g_object_ref (provider);
  self->method = g_object_ref (method);
  self->name = g_strdup (name);
  self->values = plug_values_copy (values);
  self->approved_origins = g_strdupv ((char **) (approved_origins != NULL ? approved_origins : none));
  self->authorities = authorities == NULL ? NULL : g_bytes_ref (authorities);

  return self;
}

PlugDraft *
plug_draft_approve_origin (PlugDraft *self,
                           const char *origin)
{
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (origins, (const char **) self->approved_origins);
  if (!g_strv_contains ((const char * const *) self->approved_origins, origin))
    g_strv_builder_add (origins, origin);
  all = g_strv_builder_end (origins);
  return plug_draft_new (self->provider, self->method, self->name, self->values, (const char * const *) all,
                         self->authorities);
}

PlugProvider *
plug_draft_get_provider (PlugDraft *self)
{
  return self->provider;
}

PlugMethod *
plug_draft_get_method (PlugDraft *self)
{
  return self->method;
}

const char *
plug_draft_get_name (PlugDraft *self)
{
  return self->name;
}

PlugValues *
plug_draft_get_values (PlugDraft *self)
{
  return self->values;
}

const char * const *
plug_draft_get_approved_origins (PlugDraft *self)
{
  return (const char * const *) self->approved_origins;
}

GBytes *
plug_draft_get_authorities (PlugDraft *self)
{
  return self->authorities;
}

char **
plug_draft_dup_typed_origins (PlugDraft *self)
{
  GPtrArray *parameters = plug_method_get_parameters (self->method);
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];
    PlugParameterType type = plug_parameter_get_value_type (parameter);
    const char *value = plug_values_get (self->values, plug_parameter_get_id (parameter));
    g_autofree char *address = NULL;
    g_autofree char *origin = NULL;
    g_autoptr (PlugUrl) url = NULL;

    if (plug_parameter_is_secret (parameter) || value == NULL || *value == '\0' ||
        (type != PLUG_PARAMETER_URI && type != PLUG_PARAMETER_HOSTNAME))
      continue;
    address = type == PLUG_PARAMETER_URI ? g_strdup (value)
                                         : g_strconcat ("https://", value, plug_parameter_get_suffix (parameter), NULL);
    url = plug_url_parse (address, NULL);
    if (url == NULL)
      continue;
    origin = plug_url_dup_origin (url);
    g_strv_builder_add (origins, origin);
  }
  return g_strv_builder_end (origins);
}

static void
add_origin (GPtrArray *origins,
            char *origin)
{
  if (g_ptr_array_find_with_equal_func (origins, origin, g_str_equal, NULL))
    g_free (origin);
  else
    g_ptr_array_add (origins, origin);
}

/* "https://{subdomain}.okta.com/…" and "{+address}/…", but not what the definition spells out: a newer definition may
 * know another host of the service. */
static gboolean
has_host_of_values (PlugTemplate *template)
{
  const char *text = plug_template_get_text (template);
  const char *authority = g_str_has_prefix (text, "https://") ? text + strlen ("https://") : text;
  gsize length = strcspn (authority, "/?");

  return memchr (authority, '{', length) != NULL;
}

static void
add_template (GPtrArray *origins,
              PlugTemplate *template,
              const PlugValues *values)
{
  g_autofree char *text = NULL;
  g_autoptr (PlugUrl) url = NULL;

  if (template == NULL || !has_host_of_values (template))
    return;
  text = plug_template_expand (template, values);
  url = plug_url_parse (text, NULL);
  if (url != NULL)
    add_origin (origins, plug_url_dup_origin (url));
}

/* Where the secrets go, as far as the values decide it: whoever changes the file must not be able to send them elsewhere,
 * not even to another customer's address of the same service. */
static char **
dup_target_origins (PlugDraft *self)
{
  g_autoptr (PlugValues) values = plug_method_complete_values (self->method, self->values);
  g_auto (GStrv) typed = plug_draft_dup_typed_origins (self);
  GPtrArray *origins = g_ptr_array_new ();
  GPtrArray *schemes = plug_method_get_schemes (self->method);
  PlugRequestSpec *test = plug_method_get_test_request (self->method);

  for (gsize i = 0; typed[i] != NULL; i++)
    add_origin (origins, g_strdup (typed[i]));
  add_template (origins, plug_method_get_server (self->method), values);
  for (guint i = 0; i < schemes->len; i++)
    add_template (origins, plug_scheme_get_token_url (g_ptr_array_index (schemes, i)), values);
  add_template (origins, test != NULL ? test->url : NULL, values);
  g_ptr_array_add (origins, NULL);

  return (char **) g_ptr_array_free (origins, FALSE);
}

SecretValue *
plug_draft_to_secret (PlugDraft *self)
{
  GString *buffer = g_string_sized_new (512);
  g_autofree const char **ids = plug_values_get_ids (self->values);
  g_auto (GStrv) origins = dup_target_origins (self);
  g_autofree char *digest = dup_digest (self->authorities);
  gboolean first = TRUE;
  SecretValue *secret;

  append_text (buffer, "{\"provider\":");
  append_string (buffer, plug_provider_get_id (self->provider));
  append_text (buffer, ",\"method\":");
  append_string (buffer, plug_method_get_id (self->method));
  append_text (buffer, ",\"approved_origins\":");
  append_list (buffer, (const char * const *) self->approved_origins);
  append_text (buffer, ",\"origins\":");
  append_list (buffer, (const char * const *) origins);
  append_text (buffer, ",\"authorities\":");
  append_string (buffer, digest);
  append_text (buffer, ",\"secrets\":{");
  for (guint i = 0; ids[i] != NULL; i++) {
    if (!plug_values_is_secret (self->values, ids[i]))
      continue;
    if (!first)
      append_text (buffer, ",");
    first = FALSE;
    append_string (buffer, ids[i]);
    append_text (buffer, ":");
    append_string (buffer, plug_values_get (self->values, ids[i]));
  }
  append_text (buffer, "}}");
  secret = secret_value_new (buffer->str, (gssize) buffer->len, "text/plain");
  plug_text_wipe (g_string_free (buffer, FALSE));
  return secret;
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* NULL when it is not a list of strings. */
static char **
dup_list (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
      return NULL;
    g_strv_builder_add (list, json_node_get_string (element));
  }
  return g_strv_builder_end (list);
}

/* The secrets of the item, joined with the values of the file; NULL when they are not what we store. */
static PlugValues *
join_values (PlugDraft *file_draft,
             JsonObject *secrets)
{
  g_autoptr (PlugValues) values = plug_values_copy (file_draft->values);
  JsonObjectIter iter;
  const char *id;
  JsonNode *node;

  json_object_iter_init (&iter, secrets);
  while (json_object_iter_next (&iter, &id, &node)) {
    PlugParameter *parameter = plug_method_get_parameter (file_draft->method, id);

    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return NULL;
    if (parameter != NULL && plug_parameter_is_secret (parameter))
      plug_values_set_secret (values, id, json_node_get_string (node));
  }
  return g_steal_pointer (&values);
}

static gboolean
is_same_target (PlugDraft *file_draft,
                JsonObject *item,
                char **origins)
{
  g_auto (GStrv) now = dup_target_origins (file_draft);
  g_autofree char *digest = dup_digest (file_draft->authorities);

  return g_strcmp0 (json_object_get_string_member_with_default (item, "provider", NULL),
                    plug_provider_get_id (file_draft->provider)) == 0 &&
         g_strcmp0 (json_object_get_string_member_with_default (item, "method", NULL),
                    plug_method_get_id (file_draft->method)) == 0 &&
         g_strcmp0 (json_object_get_string_member_with_default (item, "authorities", NULL), digest) == 0 &&
         g_strv_equal ((const char * const *) now, (const char * const *) origins);
}

PlugDraft *
plug_draft_open_secret (PlugDraft *file_draft,
                        SecretValue *content,
                        GError **error)
{
  gsize length;
  const char *text = secret_value_get (content, &length);
  g_autoptr (JsonNode) root = plug_json_parse (text, (gssize) length, NULL);
  JsonObject *item = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonObject *secrets = item == NULL ? NULL : get_object (item, "secrets");
  g_auto (GStrv) approved = item == NULL ? NULL : dup_list (item, "approved_origins");
  g_auto (GStrv) origins = item == NULL ? NULL : dup_list (item, "origins");
  g_autoptr (PlugValues) values = secrets == NULL ? NULL : join_values (file_draft, secrets);
  PlugDraft *draft = NULL;

  if (values == NULL || approved == NULL || origins == NULL)
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_SECRET_INVALID, "the keyring item is not what Plugboard stores");
  else if (!is_same_target (file_draft, item, origins))
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE,
                         "the file names another provider, method, address or authority than the keyring item");
  else
    draft = plug_draft_new (file_draft->provider, file_draft->method, file_draft->name, values,
                            (const char * const *) approved, file_draft->authorities);
  if (root != NULL)
    plug_json_wipe (root);
  return draft;
}
