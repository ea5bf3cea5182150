/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One operation of the store in a process of its own, with the session's keyring, for tests that kill it or race it:
 *
 *     store-worker create|replace|delete NAME SECRET
 *     store-worker recover
 *     store-worker list       prints "NAME<TAB>REVISION<TAB>SECRET" of each connection, or "BROKEN"/"LOST" for the secret
 *     store-worker watch NAME waits until another process has created it, and prints the milliseconds since "watching"
 *
 * With PLUG_CRASH_AT=POINT:N it dies at the N-th time that it reaches that point. Status 1: the operation failed, and
 * the error is on standard output. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plug-form.h"
#include "plug-keyring.h"
#include "plug-publish.h"

static char *crash_point;
static guint crash_count;

static void
crash_cb (const char *point)
{
  if (g_str_equal (point, crash_point) && --crash_count == 0)
    raise (SIGKILL);
}

static void
arm_crash (void)
{
  const char *text = g_getenv ("PLUG_CRASH_AT");
  g_auto (GStrv) parts = text == NULL ? NULL : g_strsplit (text, ":", 2);

  if (parts == NULL)
    return;
  crash_point = g_strdup (parts[0]);
  crash_count = (guint) atoi (parts[1]);
  plug_publish_set_hook (crash_cb);
}

static void
await_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

static gboolean
report (GError *error)
{
  if (error == NULL)
    return TRUE;
  printf ("%s %d %s\n", g_quark_to_string (error->domain), error->code, error->message);
  return FALSE;
}

static PlugDraft *
make_draft (PlugForm *form,
            const char *name,
            const char *secret)
{
  PlugDraft *draft;

  plug_form_set_method (form, plug_provider_get_method (plug_form_get_provider (form), "client-credentials"));
  plug_form_set_name (form, name);
  plug_form_set_text (form, "api_address", "https://acme.halopsa.com");
  plug_form_set_text (form, "client_id", "c0ffee00");
  plug_form_set_text (form, "client_secret", secret);
  draft = plug_form_dup_draft (form, FALSE);
  g_assert_nonnull (draft);

  return draft;
}

static gboolean
create (PlugStore *store,
        const char *name,
        const char *secret)
{
  g_autoptr (PlugForm) form = plug_form_new (store, plug_catalogue_get_provider (plug_store_get_catalogue (store), "halopsa"));
  g_autoptr (PlugDraft) draft = make_draft (form, name, secret);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;

  plug_store_create_async (store, draft, NULL, await_cb, &result);
  connection = plug_store_create_finish (store, await (&result), &error);
  return report (error);
}

static gboolean
replace (PlugStore *store,
         const char *name,
         const char *secret)
{
  PlugConnection *old = plug_store_find (store, name);
  g_autoptr (PlugForm) form = plug_form_new_for_connection (store, old);
  g_autoptr (PlugDraft) draft = make_draft (form, name, secret);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;

  plug_store_replace_async (store, old, draft, NULL, await_cb, &result);
  connection = plug_store_replace_finish (store, await (&result), &error);
  return report (error);
}

static gboolean
delete (PlugStore *store,
        const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plug_store_delete_async (store, plug_store_find (store, name), NULL, await_cb, &result);
  plug_store_delete_finish (store, await (&result), &error);
  return report (error);
}

static gboolean
recover (PlugStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plug_store_recover_async (store, NULL, await_cb, &result);
  plug_store_recover_finish (store, await (&result), &error);
  return report (error);
}

static void
print_connection (PlugStore *store,
                  PlugConnection *connection)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PlugDraft) draft = NULL;
  const char *secret = "BROKEN";

  if (plug_connection_get_state (connection) == PLUG_CONNECTION_OK) {
    plug_store_open_async (store, connection, PLUG_VAULT_NONE, NULL, await_cb, &result);
    draft = plug_store_open_finish (store, await (&result), NULL);
    secret = draft == NULL ? "LOST" : plug_values_get (plug_draft_get_values (draft), "client_secret");
  }
  printf ("%s\t%s\t%s\n", plug_connection_get_name (connection), plug_connection_get_revision (connection), secret);
}

static gboolean
list (PlugStore *store)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (store)); i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (G_LIST_MODEL (store), i);

    print_connection (store, connection);
  }
  return TRUE;
}

static gboolean
watch (PlugStore *store,
       const char *name)
{
  gint64 begin;

  puts ("watching");
  fflush (stdout);
  begin = g_get_monotonic_time ();
  while (plug_store_find (store, name) == NULL && g_get_monotonic_time () - begin < 10 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, TRUE);
  printf ("%d\n", (int) ((g_get_monotonic_time () - begin) / 1000));
  return plug_store_find (store, name) != NULL;
}

int
main (int argc,
      char **argv)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (PlugStore) store = plug_store_new (NULL, NULL, catalogue, vault);
  gboolean good = FALSE;

  arm_crash ();
  if (argc == 4 && g_str_equal (argv[1], "create"))
    good = create (store, argv[2], argv[3]);
  else if (argc == 4 && g_str_equal (argv[1], "replace"))
    good = replace (store, argv[2], argv[3]);
  else if (argc == 3 && g_str_equal (argv[1], "delete"))
    good = delete (store, argv[2]);
  else if (argc == 2 && g_str_equal (argv[1], "recover"))
    good = recover (store);
  else if (argc == 2 && g_str_equal (argv[1], "list"))
    good = list (store);
  else if (argc == 3 && g_str_equal (argv[1], "watch"))
    good = watch (store, argv[2]);

  return good ? 0 : 1;
}
