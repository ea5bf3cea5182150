/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-connection-test.h"

#include "fixture.h"
#include "loopback.h"
#include "plug-error.h"
#include "plug-http.h"

#define JSON "application/json"

typedef struct {
  Fixture base;
  Loopback *service;
  PlugConnection *connection;
  guint n_opened;
  guint n_failed_to_open;
  guint n_steps;
} World;

static PlugConnection *
create (World *world)
{
  g_autoptr (PlugForm) form = fixture_fill_in_form (&world->base, "Acme", "s3cret-of-acme");
  g_autoptr (PlugDraft) draft = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlugConnection *connection;

  plug_form_set_text (form, "api_address", loopback_get_origin (world->service));
  draft = plug_form_dup_draft (form, FALSE);
  plug_store_create_async (world->base.store, draft, NULL, await_cb, &result);
  await (&result);
  connection = plug_store_create_finish (world->base.store, result, &error);
  g_assert_no_error (error);

  return connection;
}

static void
set_up (World *world,
        gconstpointer data)
{
  fixture_set_up (&world->base);
  world->service = loopback_new ();
  loopback_answer (world->service, "GET /api/authinfo", 404, JSON, "{}");
  loopback_answer (world->service, "POST /auth/token", 200, JSON, "{\"access_token\": \"t0ken\", \"token_type\": \"Bearer\"}");
  loopback_answer (world->service, "GET /api/agent/me", 200, JSON, "{\"id\": 1, \"name\": \"Grace\"}");
  world->connection = create (world);
}

static void
tear_down (World *world,
           gconstpointer data)
{
  g_clear_object (&world->connection);
  loopback_free (world->service);
  fixture_tear_down (&world->base);
}

static void
opened_cb (PlugConnectionTest *test,
           const GError *error,
           gpointer user_data)
{
  World *world = user_data;

  world->n_opened += error == NULL;
  world->n_failed_to_open += error != NULL;
}

static void
step_changed_cb (PlugConnectionTest *test,
                 guint index,
                 gpointer user_data)
{
  World *world = user_data;

  g_assert_cmpuint (index, <, plug_test_get_n_steps (plug_connection_test_get_test (test)));
  world->n_steps++;
}

static PlugVerdict *
run (World *world,
     PlugConnectionTest *test,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_signal_connect (test, "opened", G_CALLBACK (opened_cb), world);
  g_signal_connect (test, "step-changed", G_CALLBACK (step_changed_cb), world);
  plug_connection_test_run_async (test, PLUG_VAULT_NONE, cancellable, await_cb, &result);
  await (&result);

  return plug_connection_test_run_finish (test, result, error);
}

static void
test_passed (World *world,
             gconstpointer data)
{
  PlugConnectionTest *test = plug_connection_test_new (world->base.store, world->connection);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugVerdict) verdict = NULL;

  g_assert_null (plug_connection_test_get_test (test));
  g_assert_null (plug_connection_test_get_draft (test));
  verdict = run (world, test, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_PASSED);
  g_assert_cmpstr (verdict->identity, ==, "Grace");
  g_assert_cmpuint (world->n_opened, ==, 1);
  g_assert_cmpuint (world->n_failed_to_open, ==, 0);
  g_assert_cmpuint (world->n_steps, >=, 6);
  g_assert_cmpstr (plug_draft_get_name (plug_connection_test_get_draft (test)), ==, "Acme");
  g_assert_cmpint (plug_connection_get_outcome (world->connection), ==, PLUG_OUTCOME_PASSED);
  g_assert_cmpint (plug_connection_get_tested (world->connection), >, 0);
  g_assert_finalize_object (test);
}

static void
test_refused (World *world,
              gconstpointer data)
{
  PlugConnectionTest *test = plug_connection_test_new (world->base.store, world->connection);
  g_autoptr (PlugVerdict) verdict = NULL;

  loopback_answer (world->service, "POST /auth/token", 401, JSON, "{\"error\": \"invalid_client\"}");
  verdict = run (world, test, NULL, NULL);
  g_assert_cmpint (verdict->reason, ==, PLUG_REASON_INVALID_CLIENT);
  g_assert_cmpint (plug_connection_get_outcome (world->connection), ==, PLUG_OUTCOME_REFUSED);
  g_assert_cmpint (plug_connection_get_reason (world->connection), ==, PLUG_REASON_INVALID_CLIENT);
  g_assert_finalize_object (test);
}

/* The keyring says no: an error, no verdict, and what was known before stands. */
static void
test_locked (World *world,
             gconstpointer data)
{
  PlugConnectionTest *test = plug_connection_test_new (world->base.store, world->connection);
  g_autoptr (GError) error = NULL;

  plug_memory_vault_set_mode (world->base.vault, PLUG_MEMORY_VAULT_LOCKED);
  g_assert_null (run (world, test, NULL, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_VAULT_LOCKED);
  g_assert_cmpuint (world->n_opened, ==, 0);
  g_assert_cmpuint (world->n_failed_to_open, ==, 1);
  g_assert_cmpuint (loopback_get_n_requests (world->service), ==, 0);
  g_assert_null (plug_connection_test_get_test (test));
  g_assert_cmpint (plug_connection_get_outcome (world->connection), ==, PLUG_OUTCOME_UNTESTED);
  g_assert_finalize_object (test);
}

/* Another address in the file than the one that the secrets were given for: nothing is sent. */
static void
test_changed_outside (World *world,
                      gconstpointer data)
{
  g_autofree char *path = g_file_get_path (plug_connection_get_file (world->connection));
  g_autofree char *text = NULL;
  g_autoptr (GString) changed = NULL;
  PlugConnectionTest *test;
  g_autoptr (PlugVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_string_new (text);
  g_assert_cmpuint (g_string_replace (changed, loopback_get_origin (world->service), "https://evil.example", 0), ==, 1);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  fixture_finalize_store (&world->base);
  world->base.store = fixture_open_store (&world->base);
  g_set_object (&world->connection, plug_store_find (world->base.store, "Acme"));

  test = plug_connection_test_new (world->base.store, world->connection);
  verdict = run (world, test, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_NOT_REACHABLE);
  g_assert_cmpint (verdict->reason, ==, PLUG_REASON_CHANGED_OUTSIDE);
  g_assert_cmpuint (loopback_get_n_requests (world->service), ==, 0);
  g_assert_cmpstr (plug_values_get (plug_draft_get_values (plug_connection_test_get_draft (test)), "api_address"), ==,
                   "https://evil.example");
  g_assert_finalize_object (test);
}

static void
test_cancelled (World *world,
                gconstpointer data)
{
  PlugConnectionTest *test = plug_connection_test_new (world->base.store, world->connection);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (run (world, test, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (plug_connection_get_outcome (world->connection), ==, PLUG_OUTCOME_UNTESTED);
  g_assert_finalize_object (test);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/connection-test/passed", World, NULL, set_up, test_passed, tear_down);
  g_test_add ("/connection-test/refused", World, NULL, set_up, test_refused, tear_down);
  g_test_add ("/connection-test/locked", World, NULL, set_up, test_locked, tear_down);
  g_test_add ("/connection-test/changed-outside", World, NULL, set_up, test_changed_outside, tear_down);
  g_test_add ("/connection-test/cancelled", World, NULL, set_up, test_cancelled, tear_down);
  status = g_test_run ();
  plug_http_shutdown ();

  return status;
}
