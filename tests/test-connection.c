/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-connection-private.h"

#include "plug-catalogue.h"
#include "plug-error.h"

#define REVISION "7f3bfc1c-56c8-4c6d-9a0e-2a0f6f0f4d11"

static PlugConnectionFile
make_file (const char *name)
{
  PlugConnectionFile file = {
    .name = g_strdup (name),
    .provider = g_strdup ("halopsa"),
    .method = g_strdup ("password"),
    .revision = g_strdup (REVISION),
    .created = g_strdup ("2026-01-02T03:04:05Z"),
    .values = plug_values_new (),
  };

  plug_values_set (file.values, "tenant", "acme");

  return file;
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_members (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  PlugMethod *method = plug_provider_get_method (provider, "password");
  PlugConnectionFile file = make_file ("  Acme ");
  PlugConnection *connection = plug_connection_new ("/data/acme.json", &file, PLUG_CONNECTION_OK, NULL, provider, method, NULL);
  g_autofree char *path = g_file_get_path (plug_connection_get_file (connection));

  g_assert_null (file.name); /* taken */
  g_assert_cmpstr (plug_connection_get_name (connection), ==, "Acme");
  g_assert_cmpint (plug_connection_get_state (connection), ==, PLUG_CONNECTION_OK);
  g_assert_null (plug_connection_get_problem (connection));
  g_assert_cmpstr (plug_connection_get_provider_id (connection), ==, "halopsa");
  g_assert_cmpstr (plug_connection_get_method_id (connection), ==, "password");
  g_assert_true (plug_connection_get_provider (connection) == provider);
  g_assert_true (plug_connection_get_method (connection) == method);
  g_assert_cmpstr (plug_connection_get_revision (connection), ==, REVISION);
  g_assert_cmpstr (plug_connection_get_created (connection), ==, "2026-01-02T03:04:05Z");
  g_assert_null (plug_connection_get_modified (connection));
  g_assert_cmpstr (plug_values_get (plug_connection_get_values (connection), "tenant"), ==, "acme");
  g_assert_cmpstr (path, ==, "/data/acme.json");
  g_assert_finalize_object (connection);
}

/* A name that could not be one is not shown as one: the file's name stands for it. */
static void
test_hostile_name (void)
{
  PlugConnectionFile file = make_file ("a\nb");
  PlugConnection *connection = plug_connection_new ("/data/acme%2fnorth.json", &file, PLUG_CONNECTION_BROKEN,
                                                    g_error_new_literal (PLUG_ERROR, PLUG_ERROR_INVALID_FILE, "broken"),
                                                    NULL, NULL, NULL);

  g_assert_cmpstr (plug_connection_get_name (connection), ==, "acme/north");
  g_assert_error (plug_connection_get_problem (connection), PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
  g_assert_finalize_object (connection);
}

static void
test_outcome (void)
{
  PlugConnectionFile file = make_file ("Acme");
  PlugConnection *connection = plug_connection_new ("/data/acme.json", &file, PLUG_CONNECTION_OK, NULL, NULL, NULL, NULL);
  guint n_outcome = 0, n_tested = 0, outcome;
  gint64 tested;

  g_signal_connect_swapped (connection, "notify::outcome", G_CALLBACK (count_cb), &n_outcome);
  g_signal_connect_swapped (connection, "notify::tested", G_CALLBACK (count_cb), &n_tested);
  g_assert_cmpint (plug_connection_get_outcome (connection), ==, PLUG_OUTCOME_UNTESTED);
  g_assert_cmpint (plug_connection_get_tested (connection), ==, 0);

  plug_connection_set_outcome (connection, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, 1700000000);
  plug_connection_set_outcome (connection, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, 1700000000);
  g_assert_cmpuint (n_outcome, ==, 1);
  g_assert_cmpuint (n_tested, ==, 1);
  g_object_get (connection, "outcome", &outcome, "tested", &tested, NULL);
  g_assert_cmpuint (outcome, ==, PLUG_OUTCOME_REFUSED);
  g_assert_cmpint (tested, ==, 1700000000);
  g_assert_cmpint (plug_connection_get_reason (connection), ==, PLUG_REASON_INVALID_GRANT);
  g_assert_finalize_object (connection);
}

static void
test_break (void)
{
  PlugConnectionFile file = make_file ("Acme");
  PlugConnection *connection = plug_connection_new ("/data/acme.json", &file, PLUG_CONNECTION_OK, NULL, NULL, NULL, NULL);
  guint n = 0;

  g_signal_connect_swapped (connection, "notify::state", G_CALLBACK (count_cb), &n);
  plug_connection_break (connection, g_error_new_literal (PLUG_ERROR, PLUG_ERROR_NAME_TAKEN, "twice"));
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (plug_connection_get_state (connection), ==, PLUG_CONNECTION_BROKEN);
  g_assert_error (plug_connection_get_problem (connection), PLUG_ERROR, PLUG_ERROR_NAME_TAKEN);
  g_assert_finalize_object (connection);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/connection/members", test_members);
  g_test_add_func ("/connection/hostile-name", test_hostile_name);
  g_test_add_func ("/connection/outcome", test_outcome);
  g_test_add_func ("/connection/break", test_break);

  return g_test_run ();
}
