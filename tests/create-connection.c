/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plug-json.h"
#include "plug-keyring.h"
#include "plug-store.h"

/* Creates a connection as the window does, for tests of other programs. Reads one JSON object from standard input:
 * provider, method, name, values and secrets (objects of strings), approved (an origin; may be missing). */

typedef struct {
  GMainLoop *loop;
  GError *error;
} Creation;

static void
created_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Creation *creation = user_data;
  g_autoptr (PlugConnection) connection = plug_store_create_finish (PLUG_STORE (source), result, &creation->error);

  g_main_loop_quit (creation->loop);
}

static char *
read_input (void)
{
  g_autoptr (GIOChannel) channel = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  if (g_io_channel_read_to_end (channel, &text, NULL, &error) != G_IO_STATUS_NORMAL)
    g_error ("%s", error->message);

  return text;
}

static void
add_values (PlugValues *values,
            JsonObject *input,
            const char *member,
            gboolean    secret)
{
  g_autoptr (GList) ids = NULL;
  JsonObject *object;

  if (!json_object_has_member (input, member))
    return;
  object = json_object_get_object_member (input, member);
  ids = json_object_get_members (object);
  for (GList *id = ids; id != NULL; id = id->next) {
    if (secret)
      plug_values_set_secret (values, id->data, json_object_get_string_member (object, id->data));
    else
      plug_values_set (values, id->data, json_object_get_string_member (object, id->data));
  }
}

static PlugDraft *
make_draft (PlugCatalogue *catalogue,
            JsonObject    *input)
{
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, json_object_get_string_member (input, "provider"));
  PlugMethod *method = provider != NULL
                         ? plug_provider_get_method (provider, json_object_get_string_member (input, "method")) : NULL;
  g_autoptr (PlugValues) values = plug_values_new ();
  const char *approved[] = { NULL, NULL };

  if (method == NULL)
    g_error ("no such provider or method");
  add_values (values, input, "values", FALSE);
  add_values (values, input, "secrets", TRUE);
  if (json_object_has_member (input, "approved"))
    approved[0] = json_object_get_string_member (input, "approved");

  return plug_draft_new (provider, method, json_object_get_string_member (input, "name"), values, approved, NULL);
}

int
main (void)
{
  g_autofree char *text = read_input ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plug_json_parse (text, -1, &error);
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (PlugStore) store = plug_store_new (NULL, NULL, catalogue, vault);
  g_autoptr (PlugDraft) draft = NULL;
  Creation creation = { g_main_loop_new (NULL, FALSE), NULL };

  if (root == NULL)
    g_error ("%s", error->message);
  draft = make_draft (catalogue, json_node_get_object (root));
  plug_store_create_async (store, draft, NULL, created_cb, &creation);
  g_main_loop_run (creation.loop);
  g_main_loop_unref (creation.loop);
  if (creation.error != NULL) {
    g_printerr ("%s\n", creation.error->message);
    g_error_free (creation.error);
    return 1;
  }

  return 0;
}
