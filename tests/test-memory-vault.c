/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-memory-vault.h"

#include "await.h"

static gboolean
store (PlugVault *vault,
       PlugVaultFlags flags,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *content = secret_value_new ("{}", -1, "text/plain");

  plug_vault_store_async (vault, "Acme", "1", content, flags, NULL, await_cb, &result);
  secret_value_unref (content);
  await (&result);
  return plug_vault_store_finish (vault, result, error);
}

static SecretValue *
lookup (PlugVault *vault,
        PlugVaultFlags flags,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_vault_lookup_async (vault, "Acme", "1", flags, NULL, await_cb, &result);
  await (&result);
  return plug_vault_lookup_finish (vault, result, error);
}

static gboolean
delete (PlugVault *vault,
        PlugVaultFlags flags,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_vault_delete_async (vault, "Acme", "1", flags, NULL, await_cb, &result);
  await (&result);
  return plug_vault_delete_finish (vault, result, error);
}

static void
test_round_trip (void)
{
  PlugMemoryVault *memory = plug_memory_vault_new ();
  PlugVault *vault = PLUG_VAULT (memory);
  g_autoptr (GError) error = NULL;
  SecretValue *content;

  g_assert_null (lookup (vault, PLUG_VAULT_NONE, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_MISSING);
  g_clear_error (&error);
  g_assert_true (store (vault, PLUG_VAULT_NONE, &error));
  content = lookup (vault, PLUG_VAULT_NONE, &error);
  g_assert_cmpstr (secret_value_get_text (content), ==, "{}");
  secret_value_unref (content);
  g_assert_cmpuint (plug_memory_vault_get_n_items (memory), ==, 1);
  g_assert_true (delete (vault, PLUG_VAULT_NONE, &error));
  g_assert_true (delete (vault, PLUG_VAULT_NONE, &error));
  g_assert_cmpuint (plug_memory_vault_get_n_items (memory), ==, 0);
  g_assert_cmpuint (plug_memory_vault_get_n_operations (memory), ==, 5);
  g_assert_finalize_object (memory);
}

static void
test_faults (void)
{
  static const struct {
    PlugMemoryVaultMode mode;
    PlugVaultFlags flags;
    PlugVaultState state;
    int store;
    int lookup;
    int delete;
  } rows[] = {
    { PLUG_MEMORY_VAULT_LOCKED, PLUG_VAULT_NONE, PLUG_VAULT_IS_LOCKED, PLUG_ERROR_VAULT_LOCKED, PLUG_ERROR_VAULT_LOCKED,
      PLUG_ERROR_VAULT_LOCKED },
    { PLUG_MEMORY_VAULT_DISMISSED, PLUG_VAULT_MAY_PROMPT, PLUG_VAULT_IS_LOCKED, PLUG_ERROR_VAULT_DISMISSED,
      PLUG_ERROR_VAULT_DISMISSED, PLUG_ERROR_VAULT_DISMISSED },
    { PLUG_MEMORY_VAULT_MISSING, PLUG_VAULT_MAY_PROMPT, PLUG_VAULT_IS_MISSING, PLUG_ERROR_VAULT_MISSING,
      PLUG_ERROR_VAULT_MISSING, PLUG_ERROR_VAULT_MISSING },
    { PLUG_MEMORY_VAULT_NO_COLLECTION, PLUG_VAULT_NONE, PLUG_VAULT_HAS_NO_COLLECTION, PLUG_ERROR_VAULT_NO_COLLECTION,
      PLUG_ERROR_VAULT_NO_COLLECTION, PLUG_ERROR_VAULT_NO_COLLECTION },
    { PLUG_MEMORY_VAULT_FORGETS, PLUG_VAULT_NONE, PLUG_VAULT_READY, PLUG_ERROR_VAULT_NOT_KEPT, PLUG_ERROR_SECRET_MISSING, -1 },
    { PLUG_MEMORY_VAULT_STORE_FAILS, PLUG_VAULT_NONE, PLUG_VAULT_READY, PLUG_ERROR_VAULT_REFUSED, PLUG_ERROR_SECRET_MISSING, -1 },
    { PLUG_MEMORY_VAULT_LOOKUP_FAILS, PLUG_VAULT_NONE, PLUG_VAULT_READY, -1, PLUG_ERROR_VAULT_REFUSED, -1 },
    { PLUG_MEMORY_VAULT_DELETE_FAILS, PLUG_VAULT_NONE, PLUG_VAULT_READY, -1, -1, PLUG_ERROR_VAULT_REFUSED },
    { PLUG_MEMORY_VAULT_TIMES_OUT, PLUG_VAULT_NONE, PLUG_VAULT_READY, PLUG_ERROR_VAULT_TIMED_OUT,
      PLUG_ERROR_VAULT_TIMED_OUT, PLUG_ERROR_VAULT_TIMED_OUT },
    { PLUG_MEMORY_VAULT_LOCKED, PLUG_VAULT_MAY_PROMPT, PLUG_VAULT_IS_LOCKED, -1, -1, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugMemoryVault) memory = plug_memory_vault_new ();
    PlugVault *vault = PLUG_VAULT (memory);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) stored = NULL, looked_up = NULL, deleted = NULL;
    PlugVaultState state;
    SecretValue *content;

    plug_memory_vault_set_mode (memory, rows[i].mode);
    plug_vault_probe_async (vault, NULL, await_cb, &result);
    await (&result);
    g_assert_true (plug_vault_probe_finish (vault, result, &state, NULL));
    g_assert_cmpint (state, ==, rows[i].state);

    g_assert_true (store (vault, rows[i].flags, &stored) == (stored == NULL));
    g_assert_cmpint (stored == NULL ? -1 : stored->code, ==, rows[i].store);
    content = lookup (vault, rows[i].flags, &looked_up);
    g_assert_true ((content != NULL) == (looked_up == NULL));
    g_assert_cmpint (looked_up == NULL ? -1 : looked_up->code, ==, rows[i].lookup);
    g_clear_pointer (&content, secret_value_unref);
    g_assert_true (delete (vault, rows[i].flags, &deleted) == (deleted == NULL));
    g_assert_cmpint (deleted == NULL ? -1 : deleted->code, ==, rows[i].delete);
  }
}

static void
test_cancel (void)
{
  g_autoptr (PlugMemoryVault) memory = plug_memory_vault_new ();
  PlugVault *vault = PLUG_VAULT (memory);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) silent = NULL, late = NULL;
  g_autoptr (GError) error = NULL;

  plug_memory_vault_set_mode (memory, PLUG_MEMORY_VAULT_SILENT);
  plug_vault_lookup_async (vault, "Acme", "1", PLUG_VAULT_NONE, cancellable, await_cb, &silent);
  settle ();
  g_assert_null (silent);
  g_cancellable_cancel (cancellable);
  await (&silent);
  g_assert_null (plug_vault_lookup_finish (vault, silent, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  plug_vault_delete_async (vault, "Acme", "1", PLUG_VAULT_NONE, cancellable, await_cb, &late);
  await (&late);
  g_assert_false (plug_vault_delete_finish (vault, late, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_poke (void)
{
  g_autoptr (PlugMemoryVault) memory = plug_memory_vault_new ();

  plug_memory_vault_poke (memory, "Acme", "1", "x");
  g_assert_cmpstr (secret_value_get_text (plug_memory_vault_peek (memory, "Acme", "1")), ==, "x");
  plug_memory_vault_poke (memory, "Acme", "1", NULL);
  g_assert_null (plug_memory_vault_peek (memory, "Acme", "1"));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory-vault/round-trip", test_round_trip);
  g_test_add_func ("/memory-vault/faults", test_faults);
  g_test_add_func ("/memory-vault/cancel", test_cancel);
  g_test_add_func ("/memory-vault/poke", test_poke);
  return g_test_run ();
}
