/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The user's own definitions in the catalogue, and what they are to connections. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "own-definition.h"
#include "plug-broken-definition.h"
#include "plug-definition.h"

typedef struct {
  char *folder;
  char *providers;
  PlugCatalogue *catalogue;
  guint n_changes;
} Own;

static void
changed_cb (Own *own)
{
  own->n_changes++;
}

static void
own_set_up (Own *own,
            gconstpointer data)
{
  own->folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  own->providers = g_build_filename (own->folder, "providers", NULL);
  own->catalogue = plug_catalogue_new_with_folder (own->providers);
  own->n_changes = 0;
  g_signal_connect_swapped (own->catalogue, "changed", G_CALLBACK (changed_cb), own);
}

static void
own_tear_down (Own *own,
               gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", own->folder);
  gpointer weak = own->catalogue;

  /* A thread of GIO's may hold it for a moment. */
  g_object_add_weak_pointer (weak, &weak);
  g_object_unref (own->catalogue);
  for (int i = 0; i < 1000 && weak != NULL; i++) {
    settle ();
    g_usleep (1000);
  }
  g_assert_null (weak);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (own->folder);
  g_free (own->providers);
}

static void
load (PlugCatalogue *catalogue)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plug_catalogue_load_async (catalogue, NULL, await_cb, &result);
  await (&result);
  g_assert_true (plug_catalogue_load_finish (catalogue, result, &error));
  g_assert_no_error (error);
}

/* Until the catalogue has changed so often; a minute is for ever. */
static void
wait_for_change (Own *own,
                 guint n_changes)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (own->n_changes < n_changes && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (own->n_changes, ==, n_changes);
}

static guint
count (Own *own)
{
  return g_list_model_get_n_items (G_LIST_MODEL (own->catalogue));
}

/* "FILE:LINE: POINTER: REASON" of the first mistake of each broken file. */
static void
assert_broken (Own *own,
               guint position,
               const char *file,
               guint line,
               const char *pointer,
               const char *reason)
{
  g_autoptr (PlugBrokenDefinition) broken = g_list_model_get_item (plug_catalogue_get_broken (own->catalogue), position);
  g_autofree char *base = NULL;
  PlugMistake *mistake;

  g_assert_nonnull (broken);
  base = g_path_get_basename (plug_broken_definition_get_path (broken));
  mistake = plug_broken_definition_get_mistakes (broken)->pdata[0];
  g_assert_cmpstr (base, ==, file);
  g_assert_cmpstr (mistake->file, ==, plug_broken_definition_get_path (broken));
  g_assert_cmpuint (mistake->line, ==, line);
  g_assert_cmpstr (mistake->pointer, ==, pointer);
  g_assert_cmpstr (mistake->reason, ==, reason);
}

static void
test_lazy (Own *own,
           gconstpointer data)
{
  guint n_built_in = count (own);

  g_assert_nonnull (plug_catalogue_get_provider (own->catalogue, "halopsa"));
  g_assert_cmpuint (n_built_in, >, 0);
  settle ();
  g_assert_false (g_file_test (own->providers, G_FILE_TEST_EXISTS));
  load (own->catalogue);
  g_assert_cmpuint (count (own), ==, n_built_in);
  g_assert_cmpuint (g_list_model_get_n_items (plug_catalogue_get_broken (own->catalogue)), ==, 0);
}

static void
test_follows (Own *own,
              gconstpointer data)
{
  guint n_built_in = count (own);
  g_autofree char *path = g_build_filename (own->providers, "acme.json", NULL);
  PlugProvider *provider;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  own_definition_save (own->providers, "acme.json", "acme", "Acme");
  load (own->catalogue);
  g_assert_cmpuint (own->n_changes, ==, 1);
  g_assert_cmpuint (count (own), ==, n_built_in + 1);
  provider = plug_catalogue_get_provider (own->catalogue, "acme");
  g_assert_cmpstr (plug_provider_get_name (provider), ==, "Acme");
  g_assert_false (plug_provider_is_built_in (provider));
  g_assert_true (g_strv_contains (plug_catalogue_get_categories (own->catalogue), "own-words"));

  own_definition_save (own->providers, "acme.json", "acme", "Acme Two");
  wait_for_change (own, 2);
  g_assert_cmpstr (plug_provider_get_name (plug_catalogue_get_provider (own->catalogue, "acme")), ==, "Acme Two");

  own_definition_save (own->providers, "other.json", "other", "Other");
  wait_for_change (own, 3);
  g_assert_cmpuint (count (own), ==, n_built_in + 2);

  g_assert_cmpint (g_unlink (path), ==, 0);
  wait_for_change (own, 4);
  g_assert_null (plug_catalogue_get_provider (own->catalogue, "acme"));
  g_assert_cmpuint (count (own), ==, n_built_in + 1);
}

/* One go: 300 files are one change of the list. */
static void
items_changed_cb (GListModel *model,
                  guint position,
                  guint removed,
                  guint added,
                  guint *n_times)
{
  (*n_times)++;
}

static void
test_many (Own *own,
           gconstpointer data)
{
  guint n_built_in = count (own), n_times = 0;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  for (guint i = 0; i < 300; i++) {
    g_autofree char *id = g_strdup_printf ("acme-%u", i);
    g_autofree char *file_name = g_strdup_printf ("acme-%u.json", i);

    own_definition_save (own->providers, file_name, id, id);
  }
  g_signal_connect (own->catalogue, "items-changed", G_CALLBACK (items_changed_cb), &n_times);
  load (own->catalogue);
  g_assert_cmpuint (count (own), ==, n_built_in + 300);
  g_assert_cmpuint (n_times, ==, 1);
  g_assert_cmpuint (own->n_changes, ==, 1);
}

static void
test_order (Own *own,
            gconstpointer data)
{
  static const char * const ids[] = { "custom", "aardvark", "eclair", "zebra" };
  static const char * const names[] = { "Zzz, of Your Own", "aardvark", "Éclair", "Zebra" };
  g_autofree char *last = NULL;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *file_name = g_strconcat (ids[i], ".json", NULL);

    own_definition_save (own->providers, file_name, ids[i], names[i]);
  }
  load (own->catalogue);
  for (guint i = 0; i < count (own); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (own->catalogue), i);
    g_autofree char *name = g_utf8_casefold (plug_provider_get_name (provider), -1);

    g_assert_true ((i == 0) == g_str_equal (plug_provider_get_id (provider), "custom"));
    if (i > 1)
      g_assert_cmpint (g_utf8_collate (last, name), <=, 0);
    g_free (last);
    last = g_steal_pointer (&name);
  }
}

static void
test_broken (Own *own,
             gconstpointer data)
{
  g_autofree char *text_path = g_build_filename (own->providers, "text.json", NULL);
  g_autofree char *large_path = g_build_filename (own->providers, "large.json", NULL);
  g_autofree char *pipe_path = g_build_filename (own->providers, "pipe.json", NULL);
  g_autofree char *link_path = g_build_filename (own->providers, "link.json", NULL);
  g_autofree char *note_path = g_build_filename (own->providers, "note.txt", NULL);
  guint n_built_in = count (own);
  int fd;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  own_definition_save (own->providers, "acme.json", "acme", "Acme");
  own_definition_save (own->providers, "copy.json", "acme", "Acme");
  own_definition_save (own->providers, "halopsa.json", "halopsa", "Mine");
  own_definition_save (own->providers, "likeness.json", "likeness", "Hàlo PSA\u200b");
  g_assert_true (g_file_set_contents (text_path, "{\n  nonsense", -1, NULL));
  g_assert_true (g_file_set_contents (note_path, "nonsense", -1, NULL));
  fd = g_open (large_path, O_CREAT | O_WRONLY, 0600);
  g_assert_cmpint (ftruncate (fd, 1024 * 1024 + 1), ==, 0);
  g_close (fd, NULL);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (symlink ("nowhere", link_path), ==, 0);

  load (own->catalogue);
  g_assert_cmpuint (count (own), ==, n_built_in + 1);
  g_assert_cmpuint (g_list_model_get_n_items (plug_catalogue_get_broken (own->catalogue)), ==, 7);
  assert_broken (own, 0, "copy.json", 1, "/id", "the file is not named “acme.json”");
  assert_broken (own, 1, "halopsa.json", 1, "/id", "the built-in provider “HaloPSA” has the id “halopsa”");
  assert_broken (own, 2, "large.json", 0, "", "is longer than 256 KiB, which no definition needs");
  assert_broken (own, 3, "likeness.json", 2, "/name", "could be taken for the built-in provider “HaloPSA”");
  assert_broken (own, 4, "link.json", 0, "", "the file cannot be read: No such file or directory");
  assert_broken (own, 5, "pipe.json", 0, "", "the file cannot be read: Not a regular file");
  g_assert_cmpstr (plug_provider_get_name (plug_catalogue_get_provider (own->catalogue, "halopsa")), ==, "HaloPSA");

  /* Corrected, it is one of them. */
  own_definition_save (own->providers, "text.json", "text", "Text");
  wait_for_change (own, 2);
  g_assert_nonnull (plug_catalogue_get_provider (own->catalogue, "text"));
  g_assert_cmpuint (g_list_model_get_n_items (plug_catalogue_get_broken (own->catalogue)), ==, 6);
}

/* Whoever asks for one by its id gets it without reading the others. */
static void
test_single (Own *own,
             gconstpointer data)
{
  static const char * const strange[] = { "../providers/acme", "acme.json", "", ".", "ACME", "a/b", "nobody" };
  guint n_built_in = count (own);
  PlugProvider *provider;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  own_definition_save (own->providers, "acme.json", "acme", "Acme");
  own_definition_save (own->providers, "other.json", "other", "Other");
  own_definition_save (own->providers, "okta.json", "okta", "Mine");
  provider = plug_catalogue_get_provider (own->catalogue, "acme");
  g_assert_cmpstr (plug_provider_get_name (provider), ==, "Acme");
  g_assert_true (plug_catalogue_get_provider (own->catalogue, "acme") == provider);
  g_assert_true (plug_provider_is_built_in (plug_catalogue_get_provider (own->catalogue, "okta")));
  g_assert_cmpuint (count (own), ==, n_built_in);
  for (guint i = 0; i < G_N_ELEMENTS (strange); i++)
    g_assert_null (plug_catalogue_get_provider (own->catalogue, strange[i]));

  load (own->catalogue);
  g_assert_true (plug_catalogue_get_provider (own->catalogue, "acme") == provider);
  g_assert_cmpuint (count (own), ==, n_built_in + 2);
}

static void
write_connection (const char *data,
                  const char *provider)
{
  g_autofree char *path = g_build_filename (data, "connections", "mine.json", NULL);
  g_autofree char *text = g_strdup_printf (
      "{\"format\": 1, \"name\": \"Mine\", \"provider\": \"%s\", \"method\": \"token\", \"values\": {}, "
      "\"created\": \"2026-01-02T03:04:05Z\", \"modified\": \"2026-01-02T03:04:05Z\", "
      "\"secret\": \"6f1ed002-ab58-4a5b-9d0c-0d3c2f3c1b5e\"}",
      provider);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static PlugConnectionState
get_state (PlugStore *store)
{
  return plug_connection_get_state (plug_store_find (store, "Mine"));
}

/* A connection works while its definition is there, and again when it comes back. */
static void
test_connection (Own *own,
                 gconstpointer data)
{
  g_autoptr (PlugMemoryVault) vault = plug_memory_vault_new ();
  g_autofree char *data_folder = g_build_filename (own->folder, "data", NULL);
  g_autofree char *connections = g_build_filename (data_folder, "connections", NULL);
  g_autofree char *state_folder = g_build_filename (own->folder, "state", NULL);
  g_autofree char *path = g_build_filename (own->providers, "acme.json", NULL);
  g_autoptr (PlugStore) store = NULL;
  PlugProvider *provider;

  g_assert_cmpint (g_mkdir_with_parents (connections, 0700), ==, 0);
  write_connection (data_folder, "acme");
  store = plug_store_new (data_folder, state_folder, own->catalogue, PLUG_VAULT (vault));
  g_assert_cmpint (get_state (store), ==, PLUG_CONNECTION_NO_PROVIDER);

  own_definition_save (own->providers, "acme.json", "acme", "Acme");
  wait_for_change (own, 1);
  g_assert_cmpint (get_state (store), ==, PLUG_CONNECTION_OK);
  provider = plug_connection_get_provider (plug_store_find (store, "Mine"));
  g_assert_cmpstr (plug_provider_get_name (provider), ==, "Acme");

  own_definition_save (own->providers, "acme.json", "acme", "Acme Two");
  wait_for_change (own, 2);
  provider = plug_connection_get_provider (plug_store_find (store, "Mine"));
  g_assert_cmpstr (plug_provider_get_name (provider), ==, "Acme Two");

  g_assert_cmpint (g_unlink (path), ==, 0);
  wait_for_change (own, 3);
  g_assert_cmpint (get_state (store), ==, PLUG_CONNECTION_NO_PROVIDER);
}

/* It was read alone, and then went away: the list never had it, and the connection learns of it all the same. */
static void
test_single_vanishes (Own *own,
                      gconstpointer data)
{
  g_autoptr (PlugMemoryVault) vault = plug_memory_vault_new ();
  g_autofree char *data_folder = g_build_filename (own->folder, "data", NULL);
  g_autofree char *connections = g_build_filename (data_folder, "connections", NULL);
  g_autofree char *state_folder = g_build_filename (own->folder, "state", NULL);
  g_autofree char *path = g_build_filename (own->providers, "acme.json", NULL);
  g_autoptr (PlugStore) store = NULL;

  g_assert_cmpint (g_mkdir (own->providers, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (connections, 0700), ==, 0);
  own_definition_save (own->providers, "acme.json", "acme", "Acme");
  write_connection (data_folder, "acme");
  store = plug_store_new (data_folder, state_folder, own->catalogue, PLUG_VAULT (vault));
  g_assert_cmpint (get_state (store), ==, PLUG_CONNECTION_OK);
  g_assert_cmpint (g_unlink (path), ==, 0);
  wait_for_change (own, 1);
  g_assert_cmpint (get_state (store), ==, PLUG_CONNECTION_NO_PROVIDER);
}

#define ADD(name, function) g_test_add ("/own-definitions/" name, Own, NULL, own_set_up, function, own_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("lazy", test_lazy);
  ADD ("follows", test_follows);
  ADD ("many", test_many);
  ADD ("order", test_order);
  ADD ("broken", test_broken);
  ADD ("single", test_single);
  ADD ("single-vanishes", test_single_vanishes);
  ADD ("connection", test_connection);

  return g_test_run ();
}
