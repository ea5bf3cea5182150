/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-form.h"

#include <string.h>

#include "fixture.h"

static void
test_new (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  PlugProvider *provider;

  fixture_set_up (&fixture);
  provider = plug_catalogue_get_provider (fixture.catalogue, "halopsa");
  form = plug_form_new (fixture.store, provider);
  g_assert_cmpstr (plug_form_get_name (form), ==, "HaloPSA");
  g_assert_cmpstr (plug_method_get_id (plug_form_get_method (form)), ==, "password");
  g_assert_cmpstr (plug_form_get_text (form, "scope"), ==, "all");
  g_assert_false (plug_form_is_dirty (form));
  g_assert_cmpstr (plug_form_get_first_problem (form, TRUE), ==, "api_address");
  plug_form_set_name (form, " ");
  g_assert_true (plug_form_is_dirty (form));
  g_assert_cmpstr (plug_form_get_first_problem (form, TRUE), ==, "name");
  g_assert_null (plug_form_dup_draft (form, FALSE));
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_methods_share_values (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  PlugProvider *provider;

  fixture_set_up (&fixture);
  provider = plug_catalogue_get_provider (fixture.catalogue, "halopsa");
  form = plug_form_new (fixture.store, provider);
  plug_form_set_text (form, "client_id", "4711");
  plug_form_set_text (form, "password", "hunter2");
  plug_form_set_method (form, plug_provider_get_method (provider, "client-credentials"));
  g_assert_cmpstr (plug_form_get_text (form, "client_id"), ==, "4711");
  plug_form_set_method (form, plug_provider_get_method (provider, "password"));
  g_assert_cmpstr (plug_form_get_text (form, "password"), ==, "hunter2");
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
changed_cb (PlugForm *form,
            const char *id,
            gpointer user_data)
{
  g_string_append_printf (user_data, "%s ", id);
}

static void
test_pasted_token_url (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);

  fixture_set_up (&fixture);
  form = fixture_fill_in_form (&fixture, NULL, "s3cret");
  g_signal_connect (form, "changed", G_CALLBACK (changed_cb), changes);
  plug_form_set_text (form, "api_address", " https://x.halopsa.com/auth/token?tenant=acme ");
  plug_form_settle (form, "api_address");
  g_assert_cmpstr (plug_form_get_text (form, "api_address"), ==, "https://x.halopsa.com");
  g_assert_cmpstr (plug_form_get_text (form, "tenant"), ==, "acme");
  g_assert_cmpstr (changes->str, ==, "tenant api_address ");
  url = plug_form_dup_token_url (form);
  g_assert_cmpstr (url, ==, "https://x.halopsa.com/auth/token?tenant=acme");

  /* A secret is not taken out of an address. */
  plug_form_set_text (form, "api_address", "https://x.halopsa.com/?client_secret=abc");
  plug_form_settle (form, "api_address");
  g_assert_cmpstr (plug_form_get_text (form, "client_secret"), ==, "s3cret");
  g_assert_null (strstr (plug_form_get_text (form, "api_address"), "abc"));
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_trims_and_says_so (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;

  fixture_set_up (&fixture);
  form = fixture_fill_in_form (&fixture, NULL, "  s3cret\n");
  g_assert_true (plug_form_settle (form, "client_secret"));
  g_assert_cmpstr (plug_form_get_text (form, "client_secret"), ==, "s3cret");
  g_assert_false (plug_form_settle (form, "client_secret"));
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_approvals_follow_the_address (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (PlugDraft) approved = NULL, moved = NULL;

  fixture_set_up (&fixture);
  form = fixture_fill_in_form (&fixture, NULL, "s3cret");
  plug_form_settle (form, "api_address");
  plug_form_approve_origin (form, "https://auth.test");
  approved = plug_form_dup_draft (form, TRUE);
  g_assert_true (g_strv_contains (plug_draft_get_approved_origins (approved), "https://auth.test"));
  plug_form_set_text (form, "api_address", "https://other.test");
  moved = plug_form_dup_draft (form, TRUE);
  g_assert_null (plug_draft_get_approved_origins (moved)[0]);
  g_clear_object (&approved);
  g_clear_object (&moved);
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_authorities (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("hello", 5);
  g_autoptr (GBytes) empty =
      g_bytes_new_static ("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", 54);
  g_autoptr (GError) error = NULL;

  fixture_set_up (&fixture);
  form = fixture_fill_in_form (&fixture, NULL, "s3cret");
  g_assert_false (plug_form_set_authorities (form, nonsense, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
  g_clear_error (&error);
  g_assert_false (plug_form_set_authorities (form, empty, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
  g_assert_null (plug_form_get_authorities (form));
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_for_connection (void)
{
  Fixture fixture;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = NULL;
  g_autoptr (PlugForm) form = NULL;

  fixture_set_up (&fixture);
  connection = fixture_create (&fixture, "Acme", &error);
  form = plug_form_new_for_connection (fixture.store, connection);
  plug_form_set_name (form, "Other");
  g_assert_cmpstr (plug_form_get_name (form), ==, "Acme");
  g_assert_cmpstr (plug_form_get_text (form, "client_id"), ==, "4711");
  g_assert_cmpstr (plug_form_get_text (form, "client_secret"), ==, "");
  g_assert_cmpstr (plug_form_get_first_problem (form, TRUE), ==, "client_secret");
  g_assert_false (plug_form_is_dirty (form));
  g_clear_object (&form);
  g_clear_object (&connection);
  fixture_tear_down (&fixture);
}

/* What is hidden is neither asked for nor kept; what was typed comes back with it. */
static void
test_shown (void)
{
  Fixture fixture;
  PlugProvider *provider;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (PlugDraft) draft = NULL;
  PlugValues *values;

  fixture_set_up (&fixture);
  provider = plug_catalogue_get_provider (fixture.catalogue, "custom");
  form = plug_form_new (fixture.store, provider);
  plug_form_set_method (form, plug_provider_get_method (provider, "headers"));
  g_assert_true (plug_form_is_shown (form, "header_1"));
  g_assert_false (plug_form_is_shown (form, "header_1_secret"));
  g_assert_false (plug_form_is_shown (form, "header_2"));

  plug_form_set_text (form, "api", "api.example.com");
  plug_form_set_text (form, "header_1", "X-Key");
  g_assert_true (plug_form_is_shown (form, "header_1_secret"));
  g_assert_false (plug_form_is_shown (form, "header_1_text"));
  g_assert_true (plug_form_is_shown (form, "header_2"));
  g_assert_cmpstr (plug_form_get_first_problem (form, TRUE), ==, "header_1_secret");
  plug_form_set_text (form, "header_1_secret", "hunter2");
  g_assert_null (plug_form_get_first_problem (form, TRUE));

  plug_form_set_text (form, "header_1_open", "true");
  g_assert_false (plug_form_is_shown (form, "header_1_secret"));
  plug_form_set_text (form, "header_1_text", "open");
  draft = plug_form_dup_draft (form, TRUE);
  values = plug_draft_get_values (draft);
  g_assert_null (plug_values_get (values, "header_1_secret"));
  g_assert_cmpstr (plug_values_get (values, "header_1_text"), ==, "open");
  g_assert_false (plug_values_is_secret (values, "header_1_text"));

  plug_form_set_text (form, "header_1_open", "false");
  g_assert_cmpstr (plug_form_get_text (form, "header_1_secret"), ==, "hunter2");
  g_clear_object (&form);
  g_clear_object (&draft);
  fixture_tear_down (&fixture);
}

static void
count_cb (PlugForm *form,
          const char *id,
          guint *n_changes)
{
  (*n_changes)++;
}

static void
test_key_file (void)
{
  static const char file[] = "{\"type\":\"service_account\",\"client_email\":\"reader@acme.iam.gserviceaccount.com\","
                             "\"private_key_id\":\"0123\",\"private_key\":\"-----BEGIN PRIVATE KEY-----\\nMII=\\n"
                             "-----END PRIVATE KEY-----\\n\"}";
  g_autoptr (GBytes) right = g_bytes_new_static (file, strlen (file));
  g_autoptr (GBytes) other = g_bytes_new_static ("{\"name\":1}", 10);
  g_autoptr (GBytes) broken = g_bytes_new_static ("{\"name\"", 7);
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  fixture_set_up (&fixture);
  form = plug_form_new (fixture.store, plug_catalogue_get_provider (fixture.catalogue, "google-workspace"));
  g_signal_connect (form, "changed", G_CALLBACK (count_cb), &n_changes);
  g_assert_false (plug_form_load_key_file (form, broken, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON);
  g_clear_error (&error);
  g_assert_false (plug_form_load_key_file (form, other, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
  g_clear_error (&error);
  g_assert_cmpuint (n_changes, ==, 0);

  g_assert_true (plug_form_load_key_file (form, right, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpstr (plug_form_get_text (form, "client_email"), ==, "reader@acme.iam.gserviceaccount.com");
  g_assert_cmpint (plug_form_check (form, "private_key"), ==, PLUG_VALUE_OK);
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

static void
test_host (void)
{
  Fixture fixture;
  g_autoptr (PlugForm) form = NULL;
  g_autofree char *none = NULL;
  g_autofree char *host = NULL;

  fixture_set_up (&fixture);
  form = plug_form_new (fixture.store, plug_catalogue_get_provider (fixture.catalogue, "halopsa"));
  none = plug_form_dup_host (form);
  g_assert_null (none);
  plug_form_set_text (form, "api_address", "ACME.halopsa.com/api");
  host = plug_form_dup_host (form);
  g_assert_cmpstr (host, ==, "acme.halopsa.com");
  g_clear_object (&form);
  fixture_tear_down (&fixture);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form/new", test_new);
  g_test_add_func ("/form/methods-share-values", test_methods_share_values);
  g_test_add_func ("/form/pasted-token-url", test_pasted_token_url);
  g_test_add_func ("/form/trims-and-says-so", test_trims_and_says_so);
  g_test_add_func ("/form/approvals-follow-the-address", test_approvals_follow_the_address);
  g_test_add_func ("/form/authorities", test_authorities);
  g_test_add_func ("/form/for-connection", test_for_connection);
  g_test_add_func ("/form/shown", test_shown);
  g_test_add_func ("/form/key-file", test_key_file);
  g_test_add_func ("/form/host", test_host);
  return g_test_run ();
}
