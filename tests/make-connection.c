/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Creates connections for tests and benchmarks, as the window does, with the session's keyring: reads
 * {"provider": …, "method": …, "name": …, "values": {…}, "authorities": PATH} from standard input. */
#include <stdio.h>
#include <string.h>

#include "plug-form.h"
#include "plug-json.h"
#include "plug-keyring.h"

static gboolean done;

static void
created_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  PlugConnection *connection = plug_store_create_finish (PLUG_STORE (source), result, user_data);

  g_clear_object (&connection);
  done = TRUE;
}

static const char *
get_member (JsonObject *object,
            const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gboolean
fill_in (PlugForm *form,
         JsonObject *wanted,
         GError **error)
{
  JsonObject *values = json_object_get_object_member (wanted, "values");
  const char *path = get_member (wanted, "authorities");
  g_autoptr (GList) ids = json_object_get_members (values);

  plug_form_set_method (form, plug_provider_get_method (plug_form_get_provider (form), get_member (wanted, "method")));
  plug_form_set_name (form, get_member (wanted, "name"));
  for (GList *id = ids; id != NULL; id = id->next)
    plug_form_set_text (form, id->data, json_object_get_string_member (values, id->data));
  if (path != NULL) {
    g_autofree char *pem = NULL;
    gsize length;
    g_autoptr (GBytes) bytes = NULL;

    if (!g_file_get_contents (path, &pem, &length, error))
      return FALSE;
    bytes = g_bytes_new (pem, length);
    return plug_form_set_authorities (form, bytes, error);
  }
  return TRUE;
}

int
main (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (PlugStore) store = plug_store_new (NULL, NULL, catalogue, vault);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (PlugDraft) draft = NULL;
  char input[65536];
  size_t length = fread (input, 1, sizeof input, stdin);

  root = plug_json_parse (input, (gssize) length, &error);
  if (root == NULL)
    g_error ("%s", error->message);
  form = plug_form_new (store, plug_catalogue_get_provider (catalogue, get_member (json_node_get_object (root), "provider")));
  if (!fill_in (form, json_node_get_object (root), &error))
    g_error ("%s", error->message);
  draft = plug_form_dup_draft (form, TRUE);
  if (draft == NULL)
    g_error ("the form has a problem at %s", plug_form_get_first_problem (form, TRUE));

  plug_store_create_async (store, draft, NULL, created_cb, &error);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  if (error != NULL)
    g_error ("%s", error->message);
  return 0;
}
