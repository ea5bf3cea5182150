/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-blame.h"

/* Blames the parameter, or, when it was not typed, those that its default is made of. */
static void
blame_parameter (GHashTable *blamed,
                 PlugMethod *method,
                 const PlugValues *typed,
                 const char *id,
                 guint depth)
{
  PlugParameter *parameter = plug_method_get_parameter (method, id);
  g_autoptr (PlugTemplate) template = NULL;
  const char *const *variables;

  if (parameter == NULL)
    return;
  if (plug_values_has_text (typed, id) || !plug_parameter_default_is_template (parameter) || depth > 8) {
    g_hash_table_add (blamed, (gpointer) plug_parameter_get_id (parameter));
    return;
  }

  template = plug_template_new_url (plug_parameter_get_default (parameter), NULL);
  if (template == NULL)
    template = plug_template_new_value (plug_parameter_get_default (parameter), NULL);
  variables = template != NULL ? plug_template_get_variables (template) : NULL;
  for (guint i = 0; variables != NULL && variables[i] != NULL; i++)
    blame_parameter (blamed, method, typed, variables[i], depth + 1);
}

static void
blame_template (GHashTable *blamed,
                PlugMethod *method,
                const PlugValues *typed,
                PlugTemplate *template)
{
  const char *const *variables = template != NULL ? plug_template_get_variables (template) : NULL;

  for (guint i = 0; variables != NULL && variables[i] != NULL; i++)
    blame_parameter (blamed, method, typed, variables[i], 0);
}

static void
blame_url (GHashTable *blamed,
           PlugMethod *method,
           const PlugValues *typed,
           PlugTemplate *url,
           PlugBlame blame)
{
  const char *const *variables = url != NULL ? plug_template_get_variables (url) : NULL;

  for (guint i = 0; variables != NULL && variables[i] != NULL; i++) {
    PlugParameter *parameter = plug_method_get_parameter (method, variables[i]);
    PlugParameterType type = parameter != NULL ? plug_parameter_get_value_type (parameter) : PLUG_PARAMETER_STRING;
    gboolean is_address = type == PLUG_PARAMETER_URI || type == PLUG_PARAMETER_HOSTNAME;

    if ((blame & (is_address ? PLUG_BLAME_ADDRESS : PLUG_BLAME_PLACE)) != 0)
      blame_parameter (blamed, method, typed, variables[i], 0);
  }
}

static void
blame_json (GHashTable *blamed,
            PlugMethod *method,
            const PlugValues *typed,
            JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

    for (GList *member = members; member != NULL; member = member->next)
      blame_json (blamed, method, typed, member->data);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    g_autoptr (GList) elements = json_array_get_elements (json_node_get_array (node));

    for (GList *element = elements; element != NULL; element = element->next)
      blame_json (blamed, method, typed, element->data);
  } else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING) {
    g_autoptr (PlugTemplate) template = plug_template_new_value (json_node_get_string (node), NULL);

    blame_template (blamed, method, typed, template);
  }
}

/* Every parameter in a login's own request: whatever stands there is a credential, or identifies who signs in. */
static void
blame_request (GHashTable *blamed,
               PlugMethod *method,
               const PlugValues *typed,
               const PlugRequestSpec *request)
{
  GHashTable *tables[] = { request->headers, request->body_members };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    GHashTableIter iter;
    gpointer template;

    if (tables[i] == NULL)
      continue;
    g_hash_table_iter_init (&iter, tables[i]);
    while (g_hash_table_iter_next (&iter, NULL, &template))
      blame_template (blamed, method, typed, template);
  }
  blame_template (blamed, method, typed, request->body_text);
  if (request->body_json != NULL)
    blame_json (blamed, method, typed, request->body_json);
}

static void
blame_assertion (GHashTable *blamed,
                 PlugMethod *method,
                 const PlugValues *typed,
                 const PlugAssertion *assertion)
{
  blame_template (blamed, method, typed, assertion->key);
  blame_template (blamed, method, typed, assertion->kid);
  blame_template (blamed, method, typed, assertion->x5t);
}

static void
blame_scheme (GHashTable *blamed,
              PlugMethod *method,
              const PlugValues *typed,
              const PlugScheme *scheme,
              PlugBlame blame)
{
  const struct {
    PlugBlame blame;
    PlugTemplate *template;
  } roles[] = {
    { PLUG_BLAME_CLIENT_ID, scheme->client_id },
    { PLUG_BLAME_CLIENT_SECRET, scheme->client_auth != PLUG_CLIENT_AUTH_NONE ? scheme->client_secret : NULL },
    { PLUG_BLAME_USERNAME, scheme->username },
    { PLUG_BLAME_PASSWORD, scheme->password },
    { PLUG_BLAME_KEY, scheme->value },
    { PLUG_BLAME_KEY, scheme->token },
    { PLUG_BLAME_KEY, scheme->key },
    { PLUG_BLAME_KEY, scheme->secret },
    { PLUG_BLAME_KEY, scheme->certificate },
    { PLUG_BLAME_KEY, scheme->private_key },
    { PLUG_BLAME_SCOPE, scheme->scope },
  };

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++) {
    if ((blame & roles[i].blame) != 0)
      blame_template (blamed, method, typed, roles[i].template);
  }
  if ((blame & (PLUG_BLAME_KEY | PLUG_BLAME_CLIENT_SECRET)) != 0 && scheme->assertion != NULL)
    blame_assertion (blamed, method, typed, scheme->assertion);
  if ((blame & PLUG_BLAME_KEY) != 0 && scheme->request != NULL)
    blame_request (blamed, method, typed, scheme->request);
  if (scheme->with != NULL)
    blame_scheme (blamed, method, typed, scheme->with, blame);
}

/* RFC 8705, section 2: the certificate is in the place of a secret. */
static gboolean
has_tls_client (GPtrArray *schemes)
{
  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);

    if (scheme->kind == PLUG_SCHEME_OAUTH2 && scheme->client_auth == PLUG_CLIENT_TLS)
      return TRUE;
  }
  return FALSE;
}

char **
plug_blame_dup_ids (PlugMethod *method,
                    const PlugValues *typed,
                    PlugTemplate *url,
                    PlugBlame blame)
{
  g_autoptr (GHashTable) blamed = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *schemes = plug_method_get_schemes (method);
  GPtrArray *parameters = plug_method_get_parameters (method);
  GPtrArray *ids = g_ptr_array_new ();

  blame_url (blamed, method, typed, url, blame);
  for (guint i = 0; i < schemes->len; i++) {
    const PlugScheme *scheme = g_ptr_array_index (schemes, i);
    gboolean is_client = scheme->kind == PLUG_SCHEME_MUTUAL_TLS && (blame & PLUG_BLAME_CLIENT_SECRET) != 0 &&
                         has_tls_client (schemes);

    blame_scheme (blamed, method, typed, scheme, is_client ? blame | PLUG_BLAME_KEY : blame);
  }
  /* A method without a login of its own: an invalid grant means the client then. */
  for (guint i = 0; (blame & PLUG_BLAME_LOGIN) != 0 && g_hash_table_size (blamed) == 0 && i < schemes->len; i++)
    blame_scheme (blamed, method, typed, g_ptr_array_index (schemes, i), PLUG_BLAME_CLIENT);

  for (guint i = 0; i < parameters->len; i++) {
    const char *id = plug_parameter_get_id (g_ptr_array_index (parameters, i));

    if (g_hash_table_contains (blamed, id))
      g_ptr_array_add (ids, g_strdup (id));
  }
  g_ptr_array_add (ids, NULL);

  return (char **) g_ptr_array_free (ids, FALSE);
}
