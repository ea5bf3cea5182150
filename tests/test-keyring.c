/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Against a real gnome-keyring-daemon: run through tests/with-keyring. */
#include "plug-keyring.h"

#include <stdlib.h>
#include <string.h>

#include "await.h"

#define REVISION "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"
#define OTHER_REVISION "0f0e8b54-8f53-4f4b-9b0b-6c0c7b5f6d22"

static gboolean
store (PlugVault *vault,
       const char *name,
       const char *revision,
       const char *text,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *content = secret_value_new (text, -1, "text/plain");

  plug_vault_store_async (vault, name, revision, content, PLUG_VAULT_NONE, NULL, await_cb, &result);
  secret_value_unref (content);
  await (&result);
  return plug_vault_store_finish (vault, result, error);
}

static char *
lookup (PlugVault *vault,
        const char *name,
        const char *revision,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *content;
  char *text = NULL;

  plug_vault_lookup_async (vault, name, revision, PLUG_VAULT_NONE, NULL, await_cb, &result);
  await (&result);
  content = plug_vault_lookup_finish (vault, result, error);
  if (content != NULL) {
    text = g_strdup (secret_value_get (content, NULL));
    secret_value_unref (content);
  }
  return text;
}

static gboolean
delete (PlugVault *vault,
        const char *name,
        const char *revision,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_vault_delete_async (vault, name, revision, PLUG_VAULT_NONE, NULL, await_cb, &result);
  await (&result);
  return plug_vault_delete_finish (vault, result, error);
}

static PlugVaultState
probe (PlugVault *vault)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlugVaultState state;

  plug_vault_probe_async (vault, NULL, await_cb, &result);
  await (&result);
  g_assert_true (plug_vault_probe_finish (vault, result, &state, &error));
  g_assert_no_error (error);
  return state;
}

static void
test_round_trip (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL, *one = NULL, *two = NULL, *again = NULL, *gone = NULL;

  g_assert_cmpint (probe (vault), ==, PLUG_VAULT_READY);
  missing = lookup (vault, "Acme", REVISION, &error);
  g_assert_null (missing);
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_MISSING);
  g_clear_error (&error);

  g_assert_true (store (vault, "Acme", REVISION, "{\"a\":\"ä\\n€😀\"}", &error));
  g_assert_true (store (vault, "Acme", OTHER_REVISION, "{\"a\":2}", &error));
  g_assert_no_error (error);
  one = lookup (vault, "Acme", REVISION, &error);
  two = lookup (vault, "Acme", OTHER_REVISION, &error);
  g_assert_cmpstr (one, ==, "{\"a\":\"ä\\n€😀\"}");
  g_assert_cmpstr (two, ==, "{\"a\":2}");

  g_assert_true (store (vault, "Acme", REVISION, "{}", &error));
  again = lookup (vault, "Acme", REVISION, &error);
  g_assert_cmpstr (again, ==, "{}");

  g_assert_true (delete (vault, "Acme", REVISION, &error));
  g_assert_true (delete (vault, "Acme", REVISION, &error));
  gone = lookup (vault, "Acme", REVISION, &error);
  g_assert_null (gone);
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_MISSING);
  g_clear_error (&error);
  g_assert_true (delete (vault, "Acme", OTHER_REVISION, &error));
}

static void
test_refuses_what_is_no_text (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *large = g_malloc (PLUG_VAULT_MAX_BYTES + 2);

  memset (large, 'x', PLUG_VAULT_MAX_BYTES + 1);
  large[PLUG_VAULT_MAX_BYTES + 1] = '\0';
  g_assert_false (store (vault, "Acme", REVISION, large, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_INVALID);
  g_clear_error (&error);
  g_assert_false (store (vault, "Acme", REVISION, "\xff", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_INVALID);
}

static void
test_cancel (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plug_vault_lookup_async (vault, "Acme", REVISION, PLUG_VAULT_NONE, cancellable, await_cb, &result);
  g_cancellable_cancel (cancellable);
  await (&result);
  g_assert_null (plug_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What other programs see of an item: the name and a number. */
static void
test_attributes (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *listing = NULL;
  g_autofree char *secrets = NULL; /* kept out of the test's output */
  g_autofree char *command = g_strdup ("secret-tool search --all connection Acme");

  g_assert_true (store (vault, "Acme", REVISION, "{\"password\":\"s3cret\"}", &error));
  g_assert_true (g_spawn_command_line_sync (command, &secrets, &listing, NULL, &error));
  g_assert_nonnull (strstr (listing, "attribute.connection = Acme"));
  g_assert_nonnull (strstr (listing, "attribute.revision = " REVISION));
  g_assert_true (delete (vault, "Acme", REVISION, &error));
}

static void
test_locked (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new_with_deadlines (5000, 5000);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;

  g_assert_true (store (vault, "Acme", REVISION, "{}", &error));
  g_assert_true (g_spawn_command_line_sync ("gdbus call --session --dest org.freedesktop.secrets "
                                            "--object-path /org/freedesktop/secrets "
                                            "--method org.freedesktop.Secret.Service.Lock "
                                            "\"['/org/freedesktop/secrets/collection/login']\"",
                                            &answer, NULL, NULL, &error));
  g_assert_cmpint (probe (vault), ==, PLUG_VAULT_IS_LOCKED);
  text = lookup (vault, "Acme", REVISION, &error);
  g_assert_null (text);
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_LOCKED);
  g_clear_error (&error);
  g_assert_false (store (vault, "Acme", OTHER_REVISION, "{}", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_LOCKED);
  g_clear_error (&error);
  g_assert_false (delete (vault, "Acme", REVISION, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_LOCKED);
}

static void
test_missing (void)
{
  g_autoptr (PlugVault) vault = plug_keyring_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (probe (vault), ==, PLUG_VAULT_IS_MISSING);
  g_assert_false (store (vault, "Acme", REVISION, "{}", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_MISSING);
  g_clear_error (&error);
  g_assert_false (delete (vault, "Acme", REVISION, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_MISSING);
}

static void
test_environment (void)
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  plug_keyring_clean_environment ();
  g_assert_null (g_getenv ("SECRET_BACKEND"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("PLUG_NO_KEYRING") != NULL) {
    g_test_add_func ("/keyring/missing", test_missing);
    return g_test_run ();
  }
  g_test_add_func ("/keyring/round-trip", test_round_trip);
  g_test_add_func ("/keyring/refuses-what-is-no-text", test_refuses_what_is_no_text);
  g_test_add_func ("/keyring/cancel", test_cancel);
  g_test_add_func ("/keyring/attributes", test_attributes);
  g_test_add_func ("/keyring/environment", test_environment);
  /* Last: nothing unlocks the keyring again. */
  g_test_add_func ("/keyring/locked", test_locked);
  return g_test_run ();
}
