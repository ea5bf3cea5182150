/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-store.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "plug-journal.h"

static guint
count_files (Fixture *fixture,
             const char *folder,
             const char *sub_folder)
{
  g_autofree char *path = g_build_filename (folder, sub_folder, NULL);
  g_autoptr (GDir) listing = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (listing != NULL && g_dir_read_name (listing) != NULL)
    count++;
  return count;
}

static void
write_file (Fixture *fixture,
            const char *name,
            const char *content,
            gssize length)
{
  g_autofree char *path = g_build_filename (fixture->data, "connections", name, NULL);

  g_assert_true (g_file_set_contents (path, content, length, NULL));
}

static gboolean
delete (Fixture *fixture,
        PlugConnection *connection,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_store_delete_async (fixture->store, connection, NULL, await_cb, &result);
  await (&result);
  return plug_store_delete_finish (fixture->store, result, error);
}

static PlugConnection *
replace (Fixture *fixture,
         PlugConnection *connection,
         PlugDraft *draft,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_store_replace_async (fixture->store, connection, draft, NULL, await_cb, &result);
  await (&result);
  return plug_store_replace_finish (fixture->store, result, error);
}

static gboolean
recover (Fixture *fixture,
         GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_store_recover_async (fixture->store, NULL, await_cb, &result);
  await (&result);
  return plug_store_recover_finish (fixture->store, result, error);
}

static void
test_create_and_open (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;
  g_autoptr (PlugDraft) draft = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  struct stat info;

  fixture_set_up (&fixture);
  connection = fixture_create (&fixture, "Acme", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 1);
  g_assert_cmpint (plug_connection_get_state (connection), ==, PLUG_CONNECTION_OK);
  g_assert_cmpstr (plug_connection_get_name (connection), ==, "Acme");
  g_assert_true (plug_store_find (fixture.store, "ACME") == connection);
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 1);
  g_assert_cmpuint (count_files (&fixture, fixture.state, "pending"), ==, 0);

  path = g_build_filename (fixture.data, "connections", "acme.json", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_null (strstr (content, "s3cret"));
  g_assert_nonnull (strstr (content, "\"client_id\" : \"4711\""));
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (fixture.data, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  draft = fixture_open (&fixture, connection, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plug_values_get (plug_draft_get_values (draft), "client_secret"), ==, "s3cret-of-acme");
  g_assert_true (plug_values_is_secret (plug_draft_get_values (draft), "client_secret"));
  g_assert_cmpstr (plug_values_get (plug_draft_get_values (draft), "api_address"), ==, "https://acme.halopsa.com");
  g_clear_object (&draft);
  g_clear_object (&connection);
  fixture_tear_down (&fixture);
}

static void
test_names (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autofree char *suggested = NULL;
  PlugProvider *provider;

  fixture_set_up (&fixture);
  provider = plug_catalogue_get_provider (fixture.catalogue, "halopsa");
  g_object_unref (fixture_create (&fixture, NULL, &error));
  g_object_unref (fixture_create (&fixture, NULL, &error));
  g_assert_no_error (error);
  g_assert_nonnull (plug_store_find (fixture.store, "HaloPSA 2"));
  suggested = plug_store_suggest_name (fixture.store, provider);
  g_assert_cmpstr (suggested, ==, "HaloPSA 3");
  g_assert_cmpint (plug_store_check_name (fixture.store, "halopsa"), ==, PLUG_NAME_TAKEN);
  g_assert_null (fixture_create (&fixture, "HALOPSA", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_NAME_TAKEN);
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 2);
  fixture_tear_down (&fixture);
}

/* Whatever the keyring does wrong, nothing is half there. */
static void
test_create_rolls_back (void)
{
  static const struct {
    PlugMemoryVaultMode mode;
    PlugError error;
  } rows[] = {
    { PLUG_MEMORY_VAULT_DISMISSED, PLUG_ERROR_VAULT_DISMISSED },
    { PLUG_MEMORY_VAULT_MISSING, PLUG_ERROR_VAULT_MISSING },
    { PLUG_MEMORY_VAULT_NO_COLLECTION, PLUG_ERROR_VAULT_NO_COLLECTION },
    { PLUG_MEMORY_VAULT_FORGETS, PLUG_ERROR_VAULT_NOT_KEPT },
    { PLUG_MEMORY_VAULT_STORE_FAILS, PLUG_ERROR_VAULT_REFUSED },
    { PLUG_MEMORY_VAULT_TIMES_OUT, PLUG_ERROR_VAULT_TIMED_OUT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture fixture;
    g_autoptr (GError) error = NULL;

    fixture_set_up (&fixture);
    plug_memory_vault_set_mode (fixture.vault, rows[i].mode);
    g_assert_null (fixture_create (&fixture, "Acme", &error));
    g_assert_error (error, PLUG_ERROR, (int) rows[i].error);
    g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 0);
    g_assert_cmpuint (count_files (&fixture, fixture.data, "connections"), ==, 0);
    g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 0);

    /* What may be left for recovery is gone after it. */
    plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_WORKS);
    g_clear_error (&error);
    g_assert_true (recover (&fixture, &error));
    g_assert_cmpuint (count_files (&fixture, fixture.state, "pending"), ==, 0);
    fixture_tear_down (&fixture);
  }
}

static void
test_create_cancelled (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (PlugDraft) draft = NULL;

  fixture_set_up (&fixture);
  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_SILENT);
  draft = fixture_make_draft (&fixture, "Acme", "s3cret-of-acme");
  plug_store_create_async (fixture.store, draft, cancellable, await_cb, &result);
  while (plug_memory_vault_get_n_operations (fixture.vault) == 0)
    g_main_context_iteration (NULL, TRUE);
  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_WORKS);
  g_cancellable_cancel (cancellable);
  await (&result);
  g_assert_null (plug_store_create_finish (fixture.store, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (&fixture, fixture.data, "connections"), ==, 0);
  g_clear_object (&result);
  g_clear_object (&draft);
  fixture_tear_down (&fixture);
}

static void
test_replace (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) old = NULL, fresh = NULL;
  g_autoptr (PlugDraft) draft = NULL, opened = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  g_autofree char *with_more = NULL;

  fixture_set_up (&fixture);
  g_object_unref (fixture_create (&fixture, "Acme", &error));

  /* A member that this version does not know survives. */
  path = g_build_filename (fixture.data, "connections", "acme.json", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  with_more = g_strconcat ("{\"colour\": \"blue\",", strchr (content, '{') + 1, NULL);
  write_file (&fixture, "acme.json", with_more, -1);
  fixture_finalize_store (&fixture);
  fixture.store = fixture_open_store (&fixture);

  old = g_object_ref (plug_store_find (fixture.store, "Acme"));
  draft = fixture_make_draft (&fixture, "Acme", "another-secret");
  fresh = replace (&fixture, old, draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plug_connection_get_revision (fresh), !=, plug_connection_get_revision (old));
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 1);
  g_assert_cmpuint (count_files (&fixture, fixture.state, "pending"), ==, 0);
  opened = fixture_open (&fixture, fresh, &error);
  g_assert_cmpstr (plug_values_get (plug_draft_get_values (opened), "client_secret"), ==, "another-secret");
  g_free (g_steal_pointer (&content));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "\"colour\" : \"blue\""));

  /* The old object is not what the folder holds any more. */
  g_assert_null (replace (&fixture, old, draft, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE);
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 1);
  g_clear_object (&old);
  g_clear_object (&fresh);
  g_clear_object (&draft);
  g_clear_object (&opened);
  fixture_tear_down (&fixture);
}

static void
test_delete (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;

  fixture_set_up (&fixture);
  connection = fixture_create (&fixture, "Acme", &error);
  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_DELETE_FAILS);
  g_assert_false (delete (&fixture, connection, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_REFUSED);
  g_clear_error (&error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 1);

  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_WORKS);
  g_assert_true (delete (&fixture, connection, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 0);
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 0);
  g_assert_cmpuint (count_files (&fixture, fixture.data, "connections"), ==, 0);
  g_clear_object (&connection);
  fixture_tear_down (&fixture);
}

static void
test_hostile_files (void)
{
  static const char newer[] = "{\"format\": 2, \"name\": \"Newer\", \"provider\": \"halopsa\", \"method\": \"password\"}";
  Fixture fixture;
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *folder = NULL, *fifo = NULL, *link = NULL, *large = NULL, *sub_folder = NULL;
  g_autofree char *before = NULL, *after = NULL, *broken = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set_up (&fixture);
  folder = g_build_filename (fixture.data, "connections", NULL);
  fifo = g_build_filename (folder, "fifo.json", NULL);
  link = g_build_filename (folder, "link.json", NULL);
  large = g_build_filename (folder, "large.json", NULL);
  sub_folder = g_build_filename (folder, "folder.json", NULL);
  broken = g_build_filename (folder, "truncated.json", NULL);
  write_file (&fixture, "empty.json", "", 0);
  write_file (&fixture, "truncated.json", "{\"format\": 1, \"na", -1);
  write_file (&fixture, "deep.json", deep, -1);
  write_file (&fixture, "latin.json", "{\"name\": \"\xe4\"}", -1);
  write_file (&fixture, "types.json", "{\"format\": 1, \"name\": 5}", -1);
  write_file (&fixture, "newer.json", newer, -1);
  write_file (&fixture, "large.json", "", 0);
  g_assert_cmpint (truncate (large, 100 * 1024 * 1024), ==, 0);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_assert_cmpint (g_mkdir (sub_folder, 0700), ==, 0);
  write_file (&fixture, ".acme.json.tmp", "x", 1);
  write_file (&fixture, "README", "x", 1);

  fixture_finalize_store (&fixture);
  fixture.store = fixture_open_store (&fixture);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.store)), ==, 10);
  for (guint i = 0; i < 10; i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (G_LIST_MODEL (fixture.store), i);
    gboolean is_newer = g_str_equal (plug_connection_get_name (connection), "Newer");

    g_assert_cmpint (plug_connection_get_state (connection), ==,
                     is_newer ? PLUG_CONNECTION_NEWER : PLUG_CONNECTION_BROKEN);
    g_assert_nonnull (plug_connection_get_problem (connection));
    g_assert_null (fixture_open (&fixture, connection, &error));
    g_clear_error (&error);
    if (!is_newer) {
      g_assert_false (delete (&fixture, connection, &error));
      g_clear_error (&error);
    }
  }

  /* A broken file keeps its name. */
  g_assert_cmpint (plug_store_check_name (fixture.store, "Truncated"), ==, PLUG_NAME_TAKEN);
  g_assert_true (g_file_get_contents (broken, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "{\"format\": 1, \"na");
  fixture_tear_down (&fixture);
}

static void
test_twins (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  guint broken = 0;

  fixture_set_up (&fixture);
  g_object_unref (fixture_create (&fixture, "Acme", &error));
  path = g_build_filename (fixture.data, "connections", "acme.json", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  write_file (&fixture, "copy.json", content, -1);
  fixture_finalize_store (&fixture);
  fixture.store = fixture_open_store (&fixture);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (G_LIST_MODEL (fixture.store), i);

    broken += plug_connection_get_state (connection) == PLUG_CONNECTION_BROKEN;
  }
  g_assert_cmpuint (broken, ==, 1);
  fixture_tear_down (&fixture);
}

static void
test_changed_outside (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  g_autofree char *moved = NULL;
  g_auto (GStrv) parts = NULL;
  PlugConnection *connection;

  fixture_set_up (&fixture);
  g_object_unref (fixture_create (&fixture, "Acme", &error));
  path = g_build_filename (fixture.data, "connections", "acme.json", NULL);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  parts = g_strsplit (content, "acme.halopsa.com", 2);
  moved = g_strjoinv ("evil.test", parts);
  write_file (&fixture, "acme.json", moved, -1);
  fixture_finalize_store (&fixture);
  fixture.store = fixture_open_store (&fixture);
  connection = plug_store_find (fixture.store, "Acme");
  g_assert_null (fixture_open (&fixture, connection, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE);
  g_clear_error (&error);

  plug_memory_vault_poke (fixture.vault, "Acme", plug_connection_get_revision (connection), "nonsense");
  g_assert_null (fixture_open (&fixture, connection, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_INVALID);
  g_clear_error (&error);
  plug_memory_vault_poke (fixture.vault, "Acme", plug_connection_get_revision (connection), NULL);
  g_assert_null (fixture_open (&fixture, connection, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_MISSING);
  fixture_tear_down (&fixture);
}

static gboolean
too_late_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Two processes, here two stores on one folder: each sees what the other does, outcomes included. */
static void
test_follows_another (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugStore) other = NULL;
  g_autoptr (PlugConnection) connection = NULL;
  gboolean too_late = FALSE;
  guint timeout;

  fixture_set_up (&fixture);
  other = fixture_open_store (&fixture);
  connection = fixture_create (&fixture, "Acme", &error);
  timeout = g_timeout_add (1000, too_late_cb, &too_late);
  while (g_list_model_get_n_items (G_LIST_MODEL (other)) == 0 && !too_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (too_late);
  g_source_remove (timeout);

  plug_store_set_outcome (fixture.store, connection, plug_connection_get_revision (connection), PLUG_OUTCOME_REFUSED,
                          PLUG_REASON_INVALID_CLIENT);
  timeout = g_timeout_add (1000, too_late_cb, &too_late);
  while (plug_connection_get_outcome (plug_store_find (other, "Acme")) == PLUG_OUTCOME_UNTESTED && !too_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (too_late);
  g_source_remove (timeout);
  g_assert_cmpint (plug_connection_get_reason (plug_store_find (other, "Acme")), ==, PLUG_REASON_INVALID_CLIENT);
  g_clear_object (&other);
  g_clear_object (&connection);
  fixture_tear_down (&fixture);
}

static void
test_outcome_of_another_revision (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;

  fixture_set_up (&fixture);
  connection = fixture_create (&fixture, "Acme", &error);
  plug_store_set_outcome (fixture.store, connection, "0f0e8b54-8f53-4f4b-9b0b-6c0c7b5f6d22", PLUG_OUTCOME_PASSED,
                          PLUG_REASON_NONE);
  g_assert_cmpint (plug_connection_get_outcome (connection), ==, PLUG_OUTCOME_UNTESTED);
  plug_store_set_outcome (fixture.store, connection, plug_connection_get_revision (connection), PLUG_OUTCOME_PASSED,
                          PLUG_REASON_NONE);
  g_assert_cmpint (plug_connection_get_outcome (connection), ==, PLUG_OUTCOME_PASSED);
  g_clear_object (&connection);

  fixture_finalize_store (&fixture);
  fixture.store = fixture_open_store (&fixture);
  g_assert_cmpint (plug_connection_get_outcome (plug_store_find (fixture.store, "Acme")), ==, PLUG_OUTCOME_PASSED);
  fixture_tear_down (&fixture);
}

static void
test_recover (void)
{
  static const char orphan[] = "0f0e8b54-8f53-4f4b-9b0b-6c0c7b5f6d22";
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;
  PlugJournalEntry *busy;

  fixture_set_up (&fixture);
  g_assert_true (recover (&fixture, &error));
  g_assert_cmpuint (plug_memory_vault_get_n_operations (fixture.vault), ==, 0);

  connection = fixture_create (&fixture, "Acme", &error);
  plug_memory_vault_poke (fixture.vault, "Gone", orphan, "{}");
  plug_journal_abandon (plug_journal_begin (fixture.state, "Gone", orphan, &error));
  plug_journal_abandon (plug_journal_begin (fixture.state, "Acme", plug_connection_get_revision (connection), &error));
  g_assert_no_error (error);

  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_DISMISSED);
  g_assert_false (recover (&fixture, &error));
  g_clear_error (&error);
  plug_memory_vault_set_mode (fixture.vault, PLUG_MEMORY_VAULT_WORKS);
  g_assert_true (recover (&fixture, &error));
  g_assert_null (plug_memory_vault_peek (fixture.vault, "Gone", orphan));
  g_assert_cmpuint (plug_memory_vault_get_n_items (fixture.vault), ==, 1);
  g_assert_cmpuint (count_files (&fixture, fixture.state, "pending"), ==, 0);

  /* Whose lock is held is somebody's work. */
  plug_memory_vault_poke (fixture.vault, "Gone", orphan, "{}");
  busy = plug_journal_begin (fixture.state, "Gone", orphan, &error);
  g_assert_true (recover (&fixture, &error));
  g_assert_nonnull (plug_memory_vault_peek (fixture.vault, "Gone", orphan));
  plug_journal_end (busy);
  g_clear_object (&connection);
  fixture_tear_down (&fixture);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/create/and-open", test_create_and_open);
  g_test_add_func ("/store/create/names", test_names);
  g_test_add_func ("/store/create/rolls-back", test_create_rolls_back);
  g_test_add_func ("/store/create/cancelled", test_create_cancelled);
  g_test_add_func ("/store/replace", test_replace);
  g_test_add_func ("/store/delete", test_delete);
  g_test_add_func ("/store/load/hostile-files", test_hostile_files);
  g_test_add_func ("/store/load/twins", test_twins);
  g_test_add_func ("/store/open/changed-outside", test_changed_outside);
  g_test_add_func ("/store/follows-another", test_follows_another);
  g_test_add_func ("/store/outcome-of-another-revision", test_outcome_of_another_revision);
  g_test_add_func ("/store/recover", test_recover);
  return g_test_run ();
}
