/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-form.h"

#include <string.h>

#include "plug-json.h"
#include "plug-text.h"
#include "plug-url.h"

#define MAX_AUTHORITIES_BYTES (1024 * 1024)

/* Widgets show what is here and report what was typed; whether a value is good, and what follows from it, is decided
 * here only. Texts are kept as typed until the field is left. */
struct _PlugForm {
  GObject parent_instance;

  PlugStore *store;
  PlugProvider *provider;
  PlugMethod *method;
  PlugConnection *connection; /* NULL for a new one */
  char *name;
  PlugValues *texts;
  char *initial_name;
  PlugValues *initial_texts;
  GPtrArray *approved_origins;
  GBytes *authorities;
  GBytes *initial_authorities;
};

G_DEFINE_FINAL_TYPE (PlugForm, plug_form, G_TYPE_OBJECT)

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
store_text (PlugForm *self,
            const char *id,
            const char *text)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);
  const char *value = text == NULL || *text == '\0' ? NULL : text;

  if (parameter != NULL && plug_parameter_is_secret (parameter))
    plug_values_set_secret (self->texts, id, value);
  else
    plug_values_set (self->texts, id, value);
}

/* Defaults that are templates follow from other values and are not written into the form. */
static void
fill_in_defaults (PlugForm *self)
{
  GPtrArray *parameters = plug_method_get_parameters (self->method);

  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];
    const char *id = plug_parameter_get_id (parameter);

    if (plug_values_get (self->texts, id) == NULL && plug_parameter_get_default (parameter) != NULL &&
        !plug_parameter_default_is_template (parameter))
      store_text (self, id, plug_parameter_get_default (parameter));
  }
}

static PlugMethod *
choose_method (PlugProvider *provider)
{
  GPtrArray *methods = plug_provider_get_methods (provider);

  for (guint i = 0; i < methods->len; i++)
    if (plug_method_is_recommended (methods->pdata[i]))
      return methods->pdata[i];
  return methods->pdata[0];
}

static void
remember_initial (PlugForm *self)
{
  self->initial_name = g_strdup (self->name);
  self->initial_texts = plug_values_copy (self->texts);
  self->initial_authorities = self->authorities == NULL ? NULL : g_bytes_ref (self->authorities);
}

static gboolean
is_address (PlugParameter *parameter)
{
  PlugParameterType type = plug_parameter_get_value_type (parameter);

  return type == PLUG_PARAMETER_URI || type == PLUG_PARAMETER_HOSTNAME;
}

/* Takes from the query of a pasted address what belongs into other fields; returns the address without its query, or
 * NULL when the query holds anything else, which is then for the check to refuse. */
static char *
distribute_query (PlugForm *self,
                  const char *id,
                  const char *text)
{
  const char *mark = strchr (text, '?');
  g_autoptr (GHashTable) members = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (mark == NULL)
    return NULL;
  members = g_uri_parse_params (mark + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (members == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    PlugParameter *other = plug_method_get_parameter (self->method, key);

    if (other == NULL || plug_parameter_is_secret (other) || g_str_equal (key, id))
      return NULL;
  }
  g_hash_table_iter_init (&iter, members);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    store_text (self, key, value);
    g_signal_emit (self, signals[CHANGED], 0, key);
  }
  return g_strndup (text, (gsize) (mark - text));
}

static char *
dup_normalised (PlugForm *self,
                PlugParameter *parameter)
{
  return plug_parameter_normalise (parameter, plug_form_get_text (self, plug_parameter_get_id (parameter)), NULL);
}

/* The normalised values of the method; those with a problem are left out. */
static PlugValues *
dup_good_values (PlugForm *self)
{
  PlugValues *values = plug_values_new ();
  GPtrArray *parameters = plug_method_get_parameters (self->method);

  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];
    const char *id = plug_parameter_get_id (parameter);
    char *value = plug_form_is_shown (self, id) ? dup_normalised (self, parameter) : g_strdup ("");

    if (*value != '\0' && plug_parameter_check (parameter, value) == PLUG_VALUE_OK) {
      if (plug_parameter_is_secret (parameter))
        plug_values_set_secret (values, id, value);
      else
        plug_values_set (values, id, value);
    }
    plug_text_wipe (value);
  }
  return values;
}

/* At least one block, and in each something that begins like DER. */
static gboolean
holds_certificates (GBytes *pem)
{
  static const char begin[] = "-----BEGIN CERTIFICATE-----";
  static const char end[] = "-----END CERTIFICATE-----";
  gsize size;
  const char *text = g_bytes_get_data (pem, &size);
  const char *limit = text + size;
  guint count = 0;

  while (text < limit && (text = memmem (text, (gsize) (limit - text), begin, strlen (begin))) != NULL) {
    const char *body = text + strlen (begin);
    const char *stop = memmem (body, (gsize) (limit - body), end, strlen (end));
    g_autofree char *base64 = NULL;
    g_autofree guchar *der = NULL;
    gsize der_size;

    if (stop == NULL)
      return FALSE;
    base64 = g_strndup (body, (gsize) (stop - body));
    der = g_base64_decode (base64, &der_size);
    if (der_size < 64 || der[0] != 0x30)
      return FALSE;
    count++;
    text = stop + strlen (end);
  }
  return count > 0;
}

static void
plug_form_dispose (GObject *object)
{
  PlugForm *self = PLUG_FORM (object);

  g_clear_object (&self->store);
  g_clear_object (&self->provider);
  g_clear_object (&self->method);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (plug_form_parent_class)->dispose (object);
}

static void
plug_form_finalize (GObject *object)
{
  PlugForm *self = PLUG_FORM (object);

  g_free (self->name);
  g_free (self->initial_name);
  plug_values_unref (self->texts);
  g_clear_pointer (&self->initial_texts, plug_values_unref);
  g_ptr_array_unref (self->approved_origins);
  g_clear_pointer (&self->authorities, g_bytes_unref);
  g_clear_pointer (&self->initial_authorities, g_bytes_unref);

  G_OBJECT_CLASS (plug_form_parent_class)->finalize (object);
}

static void
plug_form_class_init (PlugFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plug_form_dispose;
  object_class->finalize = plug_form_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
plug_form_init (PlugForm *self)
{
  self->texts = plug_values_new ();
  self->approved_origins = g_ptr_array_new_with_free_func (g_free);
}

PlugForm *
plug_form_new (PlugStore *store,
               PlugProvider *provider)
{
  PlugForm *self = g_object_new (PLUG_TYPE_FORM, NULL);

  self->store = g_object_ref (store);
  self->provider = g_object_ref (provider);
  self->method = g_object_ref (choose_method (provider));
  self->name = plug_store_suggest_name (store, provider);
  fill_in_defaults (self);
  remember_initial (self);

  return self;
}

PlugForm *
plug_form_new_for_connection (PlugStore *store,
                              PlugConnection *connection)
{
  PlugForm *self = g_object_new (PLUG_TYPE_FORM, NULL);
  g_autoptr (PlugDraft) file_draft = plug_store_dup_file_draft (store, connection);
  const char * const *origins = file_draft == NULL ? NULL : plug_draft_get_approved_origins (file_draft);

  self->store = g_object_ref (store);
  self->connection = g_object_ref (connection);
  self->provider = g_object_ref (plug_connection_get_provider (connection));
  self->method = g_object_ref (plug_connection_get_method (connection));
  self->name = g_strdup (plug_connection_get_name (connection));
  plug_values_unref (self->texts);
  self->texts = plug_values_copy (plug_connection_get_values (connection));
  if (file_draft != NULL && plug_draft_get_authorities (file_draft) != NULL)
    self->authorities = g_bytes_ref (plug_draft_get_authorities (file_draft));
  for (guint i = 0; origins != NULL && origins[i] != NULL; i++)
    g_ptr_array_add (self->approved_origins, g_strdup (origins[i]));
  remember_initial (self);

  return self;
}

PlugProvider *
plug_form_get_provider (PlugForm *self)
{
  return self->provider;
}

PlugMethod *
plug_form_get_method (PlugForm *self)
{
  return self->method;
}

void
plug_form_set_method (PlugForm *self,
                      PlugMethod *method)
{
  if (self->connection != NULL || !g_set_object (&self->method, method))
    return;
  fill_in_defaults (self);
}

const char *
plug_form_get_name (PlugForm *self)
{
  return self->name;
}

void
plug_form_set_name (PlugForm *self,
                    const char *name)
{
  if (self->connection != NULL || g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
}

PlugNameProblem
plug_form_check_name (PlugForm *self)
{
  return self->connection != NULL ? PLUG_NAME_OK : plug_store_check_name (self->store, self->name);
}

const char *
plug_form_get_text (PlugForm *self,
                    const char *id)
{
  const char *text = plug_values_get (self->texts, id);

  return text == NULL ? "" : text;
}

void
plug_form_set_text (PlugForm *self,
                    const char *id,
                    const char *text)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);

  if (g_str_equal (plug_form_get_text (self, id), text))
    return;
  store_text (self, id, text);
  /* What was approved, was approved for the address that stood there. */
  if (parameter != NULL && is_address (parameter))
    g_ptr_array_set_size (self->approved_origins, 0);
}

gboolean
plug_form_settle (PlugForm *self,
                  const char *id)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);
  const char *text = plug_form_get_text (self, id);
  g_autofree char *address = NULL;
  g_autoptr (PlugSecretString) settled = NULL;
  gboolean trimmed = FALSE;

  if (parameter == NULL)
    return FALSE;
  if (is_address (parameter)) {
    g_autofree char *stripped = g_strstrip (g_strdup (text));

    address = distribute_query (self, id, stripped);
  }
  settled = plug_parameter_normalise (parameter, address != NULL ? address : text, &trimmed);
  if (!g_str_equal (settled, text)) {
    store_text (self, id, settled);
    g_signal_emit (self, signals[CHANGED], 0, id);
  }
  return trimmed;
}

PlugValueProblem
plug_form_check (PlugForm *self,
                 const char *id)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);
  g_autoptr (PlugSecretString) value = NULL;

  if (parameter == NULL || !plug_form_is_shown (self, id))
    return PLUG_VALUE_OK;
  value = dup_normalised (self, parameter);
  return plug_parameter_check (parameter, value);
}

gboolean
plug_form_is_shown (PlugForm *self,
                    const char *id)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, id);

  return parameter == NULL || plug_method_is_shown (self->method, parameter, self->texts);
}

gboolean
plug_form_load_key_file (PlugForm *self,
                         GBytes *content,
                         GError **error)
{
  GHashTable *pointers = plug_method_get_key_file_pointers (self->method);
  gsize length;
  const char *text = g_bytes_get_data (content, &length);
  g_autoptr (JsonNode) root = plug_json_parse (text, (gssize) length, error);
  GHashTableIter iter;
  gpointer id, pointer;
  gboolean found = FALSE;

  if (root == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, pointers);
  while (g_hash_table_iter_next (&iter, &id, &pointer)) {
    JsonNode *node = plug_json_resolve (root, pointer);
    g_autoptr (PlugSecretString) value = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? plug_json_dup_scalar (node) : NULL;

    if (value == NULL)
      continue;
    store_text (self, id, value);
    g_signal_emit (self, signals[CHANGED], 0, id);
    found = TRUE;
  }
  if (!found)
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "the file has none of the values");

  return found;
}

char *
plug_form_dup_token_url (PlugForm *self)
{
  g_autoptr (PlugValues) values = NULL;
  GPtrArray *parameters = plug_method_get_parameters (self->method);

  for (guint i = 0; i < parameters->len; i++)
    if (is_address (parameters->pdata[i]) &&
        plug_form_check (self, plug_parameter_get_id (parameters->pdata[i])) != PLUG_VALUE_OK)
      return NULL;
  values = dup_good_values (self);
  return plug_method_dup_token_url (self->method, values);
}

char *
plug_form_dup_host (PlugForm *self)
{
  g_autoptr (PlugValues) values = dup_good_values (self);
  g_autoptr (PlugValues) complete = plug_method_complete_values (self->method, values);
  g_autofree char *text = plug_template_expand (plug_method_get_server (self->method), complete);
  g_autoptr (PlugUrl) url = plug_url_parse (text, NULL);

  return url != NULL ? g_strdup (url->host) : NULL;
}

gboolean
plug_form_set_authorities (PlugForm *self,
                           GBytes *pem,
                           GError **error)
{
  if (pem != NULL && (g_bytes_get_size (pem) > MAX_AUTHORITIES_BYTES || !holds_certificates (pem))) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "the file holds no PEM certificates");
    return FALSE;
  }
  g_clear_pointer (&self->authorities, g_bytes_unref);
  self->authorities = pem == NULL ? NULL : g_bytes_ref (pem);
  return TRUE;
}

GBytes *
plug_form_get_authorities (PlugForm *self)
{
  return self->authorities;
}

void
plug_form_approve_origin (PlugForm *self,
                          const char *origin)
{
  if (!g_ptr_array_find_with_equal_func (self->approved_origins, origin, g_str_equal, NULL))
    g_ptr_array_add (self->approved_origins, g_strdup (origin));
}

gboolean
plug_form_is_dirty (PlugForm *self)
{
  return g_strcmp0 (self->name, self->initial_name) != 0 || self->authorities != self->initial_authorities ||
         !plug_values_equal (self->texts, self->initial_texts);
}

const char *
plug_form_get_first_problem (PlugForm *self,
                             gboolean with_name)
{
  GPtrArray *parameters = plug_method_get_parameters (self->method);

  if (with_name && plug_form_check_name (self) != PLUG_NAME_OK)
    return "name";
  for (guint i = 0; i < parameters->len; i++) {
    const char *id = plug_parameter_get_id (parameters->pdata[i]);

    if (plug_form_check (self, id) != PLUG_VALUE_OK)
      return id;
  }
  return NULL;
}

PlugDraft *
plug_form_dup_draft (PlugForm *self,
                     gboolean with_name)
{
  GPtrArray *parameters = plug_method_get_parameters (self->method);
  g_autoptr (PlugValues) values = NULL;
  g_autofree char *name = g_strstrip (g_strdup (self->name));
  g_autoptr (GPtrArray) origins = g_ptr_array_new ();

  for (guint i = 0; i < parameters->len; i++)
    plug_form_settle (self, plug_parameter_get_id (parameters->pdata[i]));
  if (plug_form_get_first_problem (self, with_name) != NULL)
    return NULL;

  values = dup_good_values (self);
  for (guint i = 0; i < self->approved_origins->len; i++)
    g_ptr_array_add (origins, self->approved_origins->pdata[i]);
  g_ptr_array_add (origins, NULL);
  return plug_draft_new (self->provider, self->method, name, values, (const char * const *) origins->pdata,
                         self->authorities);
}
