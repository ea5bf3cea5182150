/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyring against a Secret Service that misbehaves: test-keyring-faults MOCK, on a bus without another one. */
#include <gio/gio.h>

#include "await.h"
#include "plug-keyring.h"

#define REVISION "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"
#define DEADLINE_MS 1000
#define PATIENCE_MS 3000

static const char *mock;

typedef struct {
  const char *mode;
  int store_error;  /* of PLUG_ERROR; -1: it must succeed */
  int lookup_error; /* of what was not stored */
} Case;

static const Case cases[] = {
  { "good", -1, PLUG_ERROR_SECRET_MISSING },
  { "slow", -1, PLUG_ERROR_SECRET_MISSING },
  /* libsecret says "stored"; only reading back tells. */
  { "dismiss", PLUG_ERROR_VAULT_NOT_KEPT, PLUG_ERROR_SECRET_MISSING },
  { "wrong-type", PLUG_ERROR_VAULT_TIMED_OUT, PLUG_ERROR_SECRET_MISSING },
  { "never", PLUG_ERROR_VAULT_TIMED_OUT, PLUG_ERROR_SECRET_MISSING },
  { "too-slow", PLUG_ERROR_VAULT_TIMED_OUT, PLUG_ERROR_SECRET_MISSING },
  /* Nobody knows whether it kept the item before it went. */
  { "vanish", PLUG_ERROR_VAULT_TIMED_OUT, PLUG_ERROR_SECRET_MISSING },
  { "lies", PLUG_ERROR_VAULT_NOT_KEPT, PLUG_ERROR_SECRET_MISSING },
  { "changes", PLUG_ERROR_VAULT_NOT_KEPT, PLUG_ERROR_SECRET_MISSING },
  { "locked", PLUG_ERROR_VAULT_LOCKED, PLUG_ERROR_VAULT_LOCKED },
  { "no-alias", PLUG_ERROR_VAULT_NO_COLLECTION, PLUG_ERROR_VAULT_NO_COLLECTION },
};

static GSubprocess *
start_mock (const char *mode)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, mock, mode, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "ready");

  return process;
}

static void
stop_mock (GSubprocess *process)
{
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  g_object_unref (process);
}

static gboolean
tick_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
  return G_SOURCE_CONTINUE;
}

/* Waits while a clock ticks: whatever the service does, the main loop goes on. */
static void
await_ticking (GAsyncResult **result)
{
  guint ticks = 0;
  guint id = g_timeout_add (10, tick_cb, &ticks);
  gint64 begin = g_get_monotonic_time ();
  gint64 elapsed_ms;

  await (result);
  g_source_remove (id);
  elapsed_ms = (g_get_monotonic_time () - begin) / 1000;
  g_assert_cmpint (elapsed_ms, <, PATIENCE_MS);
  g_assert_cmpuint (ticks, >=, elapsed_ms / 40);
}

static gboolean
store (PlugVault *vault,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *content = secret_value_new ("{\"secrets\":{}}", -1, "text/plain");

  plug_vault_store_async (vault, "Faults", REVISION, content, PLUG_VAULT_NONE, NULL, await_cb, &result);
  secret_value_unref (content);
  await_ticking (&result);
  return plug_vault_store_finish (vault, result, error);
}

static void
lookup_missing (PlugVault *vault,
                int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  plug_vault_lookup_async (vault, "Nobody", REVISION, PLUG_VAULT_NONE, NULL, await_cb, &result);
  await_ticking (&result);
  g_assert_null (plug_vault_lookup_finish (vault, result, &error));
  g_assert_error (error, PLUG_ERROR, code);
}

/* Its threads let go of it a moment after the last answer. */
static void
finalize_vault (PlugVault *vault)
{
  gpointer weak = vault;

  g_object_add_weak_pointer (G_OBJECT (vault), &weak);
  g_object_unref (vault);
  for (gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC; weak != NULL && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  GSubprocess *process = start_mock (row->mode);
  PlugVault *vault = plug_keyring_new_with_deadlines (DEADLINE_MS, DEADLINE_MS);
  g_autoptr (GError) error = NULL;
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);

  /* libsecret loses its task over that answer, with a critical of its own (measured in 0.20.5). */
  if (!g_str_equal (row->mode, "wrong-type"))
    g_log_set_always_fatal (fatal);
  lookup_missing (vault, row->lookup_error);
  if (row->store_error == -1) {
    g_assert_true (store (vault, &error));
    g_assert_no_error (error);
  } else {
    g_assert_false (store (vault, &error));
    g_assert_error (error, PLUG_ERROR, row->store_error);
  }

  stop_mock (process);
  /* With its task libsecret has lost what that holds, our operation among it. */
  if (g_str_equal (row->mode, "wrong-type"))
    g_object_unref (vault);
  else
    finalize_vault (vault);
  g_log_set_always_fatal (fatal);
}

/* Cancelling answers at once, also when the service never does. */
static void
test_cancel (void)
{
  GSubprocess *process = start_mock ("never");
  PlugVault *vault = plug_keyring_new_with_deadlines (4000, 4000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SecretValue *content = secret_value_new ("{}", -1, "text/plain");
  gint64 begin;

  plug_vault_store_async (vault, "Faults", REVISION, content, PLUG_VAULT_NONE, cancellable, await_cb, &result);
  secret_value_unref (content);
  for (begin = g_get_monotonic_time (); g_get_monotonic_time () - begin < 300 * 1000;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  begin = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  await (&result);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 200 * 1000);
  g_assert_false (plug_vault_store_finish (vault, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_object (&result);
  g_clear_object (&cancellable);
  stop_mock (process);
  finalize_vault (vault);
}

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(int *) user_data = plug_keyring_find_service_finish (G_DBUS_CONNECTION (source), result, &error);
  g_assert_no_error (error);
}

static int
find_service (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  int found = -1;

  plug_keyring_find_service_async (bus, NULL, found_cb, &found);
  while (found == -1)
    g_main_context_iteration (NULL, TRUE);
  return found;
}

static void
test_find_service (void)
{
  GSubprocess *process;

  g_assert_cmpint (find_service (), ==, FALSE);
  process = start_mock ("good");
  g_assert_cmpint (find_service (), ==, TRUE);
  stop_mock (process);
}

static void
note_cb (gboolean found,
         gpointer user_data)
{
  *(int *) user_data = found;
}

static void
await_found (const int *found,
             int wanted)
{
  for (gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC; *found != wanted && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (*found, ==, wanted);
}

/* It tells at once, and of each that comes or goes; freed while it asks, it tells nothing more. */
static void
test_watch (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  int found = -1;
  PlugKeyringWatch *watch = plug_keyring_watch_new (bus, note_cb, &found);
  GSubprocess *process;

  await_found (&found, FALSE);
  process = start_mock ("good");
  await_found (&found, TRUE);
  stop_mock (process);
  await_found (&found, FALSE);
  plug_keyring_watch_free (watch);

  found = -1;
  watch = plug_keyring_watch_new (bus, note_cb, &found);
  plug_keyring_watch_free (watch);
  g_assert_cmpint (find_service (), ==, FALSE);
  settle ();
  g_assert_cmpint (found, ==, -1);
}

static GDBusMessage *
drop_owner_changes (GDBusConnection *bus,
                    GDBusMessage *message,
                    gboolean incoming,
                    gpointer user_data)
{
  if (!incoming || g_strcmp0 (g_dbus_message_get_member (message), "NameOwnerChanged") != 0)
    return message;
  g_object_unref (message);
  return NULL;
}

/* A keyring that was started anew is found, also before the bus has told that the one before has gone. */
static void
test_restart (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  GSubprocess *process = start_mock ("good");
  PlugVault *vault = plug_keyring_new_with_deadlines (DEADLINE_MS, DEADLINE_MS);
  g_autoptr (GError) error = NULL;
  guint filter = g_dbus_connection_add_filter (bus, drop_owner_changes, NULL, NULL);

  lookup_missing (vault, PLUG_ERROR_SECRET_MISSING);
  stop_mock (process);
  process = start_mock ("good");
  lookup_missing (vault, PLUG_ERROR_SECRET_MISSING);
  g_assert_true (store (vault, &error));
  g_assert_no_error (error);

  stop_mock (process);
  lookup_missing (vault, PLUG_ERROR_VAULT_MISSING);
  g_dbus_connection_remove_filter (bus, filter);
  finalize_vault (vault);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mock = argv[1];

  g_test_add_func ("/keyring-faults/find-service", test_find_service);
  g_test_add_func ("/keyring-faults/watch", test_watch);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/keyring-faults/", cases[i].mode, NULL);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/keyring-faults/cancel", test_cancel);
  g_test_add_func ("/keyring-faults/restart", test_restart);

  return g_test_run ();
}
