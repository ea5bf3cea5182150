/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-draft.h"

#include <string.h>

#include "plug-catalogue.h"
#include "plug-error.h"

static PlugCatalogue *catalogue;

static PlugDraft *
make_draft (const char *address,
            const char *secret)
{
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set (values, "api_address", address);
  plug_values_set (values, "client_id", "c0ffee00");
  plug_values_set (values, "scope", "all");
  if (secret != NULL)
    plug_values_set_secret (values, "client_secret", secret);
  return plug_draft_new (provider, plug_provider_get_method (provider, "client-credentials"), "Field desk", values, NULL, NULL);
}

static void
test_names (void)
{
  g_autofree char *long_name = g_strnfill (101, 'x');
  g_autofree char *right_name = g_strnfill (100, 'x');
  const struct {
    const char *name;
    PlugNameProblem problem;
  } rows[] = {
    { "HaloPSA", PLUG_NAME_OK },
    { "  HaloPSA  ", PLUG_NAME_OK },
    { "😀 עברית", PLUG_NAME_OK },
    { right_name, PLUG_NAME_OK },
    { "", PLUG_NAME_EMPTY },
    { " \t ", PLUG_NAME_EMPTY },
    { long_name, PLUG_NAME_TOO_LONG },
    { "a/b", PLUG_NAME_SLASH },
    { "a\nb", PLUG_NAME_CONTROL },
    { "a\u202eb", PLUG_NAME_CONTROL },
    { "a\xff", PLUG_NAME_NOT_UTF8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (plug_name_check (rows[i].name), ==, rows[i].problem);
}

static void
test_name_keys (void)
{
  g_autofree char *one = plug_name_dup_key ("STRASSE Ü");
  g_autofree char *other = plug_name_dup_key ("Straße U\u0308");
  g_autofree char *third = plug_name_dup_key ("Strase Ü");

  g_assert_cmpstr (one, ==, other);
  g_assert_cmpstr (one, !=, third);
}

/* Whatever is typed comes back from the keyring item as it was. */
static void
test_secret_round_trip (void)
{
  static const char * const secrets[] = {
    "plain", "with \"quotes\" and \\", "&%41+=", "emoji 😀", "עברית", "a\tb\nc", "{\"json\": true}",
  };
  g_autoptr (PlugDraft) file_draft = make_draft ("https://acme.halopsa.com", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_autoptr (PlugDraft) draft = make_draft ("https://acme.halopsa.com", secrets[i]);
    SecretValue *content = plug_draft_to_secret (draft);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugDraft) opened = plug_draft_open_secret (file_draft, content, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (plug_values_get (plug_draft_get_values (opened), "client_secret"), ==, secrets[i]);
    g_assert_true (plug_values_is_secret (plug_draft_get_values (opened), "client_secret"));
    secret_value_unref (content);
  }
}

/* Nothing is sent to an address that the keyring does not know. */
static void
test_changed_outside (void)
{
  g_autoptr (PlugDraft) draft = make_draft ("https://acme.halopsa.com", "secret");
  g_autoptr (PlugDraft) moved = make_draft ("https://evil.example", NULL);
  SecretValue *content = plug_draft_to_secret (draft);
  g_autoptr (GError) error = NULL;

  g_assert_null (plug_draft_open_secret (moved, content, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE);
  secret_value_unref (content);
}

static void
test_invalid_secret (void)
{
  static const char * const contents[] = { "x", "[]", "{}", "{\"provider\":7}", "{\"provider\":\"halopsa\"" };
  g_autoptr (PlugDraft) file_draft = make_draft ("https://acme.halopsa.com", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++) {
    SecretValue *content = secret_value_new (contents[i], -1, "text/plain");
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_draft_open_secret (file_draft, content, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_SECRET_INVALID);
    secret_value_unref (content);
  }
}

static void
test_approve (void)
{
  PlugDraft *draft = make_draft ("https://acme.halopsa.com", "secret");
  g_autoptr (PlugDraft) approved = plug_draft_approve_origin (draft, "https://login.example");

  g_assert_null (plug_draft_get_approved_origins (draft)[0]);
  g_assert_cmpstr (plug_draft_get_approved_origins (approved)[0], ==, "https://login.example");
  g_assert_true (plug_values_equal (plug_draft_get_values (draft), plug_draft_get_values (approved)));
  g_assert_finalize_object (draft);
}

static PlugDraft *
make_zendesk_draft (const char *subdomain,
                    const char *token)
{
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "zendesk");
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set (values, "subdomain", subdomain);
  plug_values_set (values, "email", "ada@example.com");
  plug_values_set_secret (values, "api_token", token);

  return plug_draft_new (provider, plug_provider_get_method (provider, "api-token"), "Desk", values, NULL, NULL);
}

/* Not even to another customer's address of the same service. */
static void
test_changed_part_of_host (void)
{
  g_autoptr (PlugDraft) draft = make_zendesk_draft ("acme", "secret");
  g_autoptr (PlugDraft) same = make_zendesk_draft ("acme", NULL);
  g_autoptr (PlugDraft) moved = make_zendesk_draft ("evil", NULL);
  SecretValue *content = plug_draft_to_secret (draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugDraft) opened = plug_draft_open_secret (same, content, &error);

  g_assert_no_error (error);
  g_assert_nonnull (opened);
  g_assert_null (plug_draft_open_secret (moved, content, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE);
  secret_value_unref (content);
}

int
main (int argc,
      char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catalogue = plug_catalogue_new ();
  g_test_add_func ("/draft/names", test_names);
  g_test_add_func ("/draft/name-keys", test_name_keys);
  g_test_add_func ("/draft/secret/round-trip", test_secret_round_trip);
  g_test_add_func ("/draft/secret/changed-outside", test_changed_outside);
  g_test_add_func ("/draft/secret/changed-part-of-host", test_changed_part_of_host);
  g_test_add_func ("/draft/secret/invalid", test_invalid_secret);
  g_test_add_func ("/draft/approve", test_approve);
  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
