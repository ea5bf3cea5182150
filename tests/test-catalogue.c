/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-catalogue.h"

#include <string.h>

#include "plug-auth.h"

static const char *
best_match (PlugCatalogue *catalogue,
            const char *typed)
{
  g_autoptr (PlugQuery) query = plug_query_new (typed);
  const char *best = NULL;
  PlugRank best_rank = PLUG_RANK_NONE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    PlugRank rank = plug_provider_match (provider, query);

    if (rank > best_rank) {
      best = plug_provider_get_id (provider);
      best_rank = rank;
    }
  }
  return best;
}

static void
test_built_in (void)
{
  static const char * const ids[] = { "aws", "github", "halopsa", "jira-cloud", "okta", "slack", "zendesk" };
  PlugCatalogue *catalogue = plug_catalogue_new ();
  guint n_providers = g_list_model_get_n_items (G_LIST_MODEL (catalogue));

  g_assert_cmpuint (n_providers, >=, 150);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (plug_catalogue_get_provider (catalogue, ids[i]));
  for (guint i = 0; i < n_providers; i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

    g_assert_true (plug_provider_is_built_in (provider));
    g_assert_cmpuint (plug_provider_get_methods (provider)->len, >=, 1);
    g_assert_true (plug_catalogue_get_provider (catalogue, plug_provider_get_id (provider)) == provider);
  }
  g_assert_null (plug_catalogue_get_provider (catalogue, "nobody"));
  g_assert_nonnull (plug_catalogue_get_categories (catalogue)[0]);
  g_assert_finalize_object (catalogue);
}

static void
test_match (void)
{
  static const char * const rows[][2] = {
    { "halopsa", "halopsa" }, { " HALOPSA ", "halopsa" }, { "HaloITSM", "halopsa" }, { "github", "github" },
    { "jira cloud", "jira-cloud" }, { "okta", "okta" },
    { "xyzzy", NULL },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (best_match (catalogue, rows[i][0]), ==, rows[i][1]);
}

/* Whatever else it finds: who types the name of a service gets that service. */
static void
test_names (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    g_autofree char *typed = g_utf8_strup (plug_provider_get_name (provider), -1);

    g_assert_cmpstr (best_match (catalogue, typed), ==, plug_provider_get_id (provider));
  }
}

/* The labels and their order are what people find in every guide. */
static void
test_halopsa_parameters (void)
{
  static const struct {
    const char *method;
    const char *labels[8];
  } rows[] = {
    { "Username and Password",
      { "API Address", "Client ID", "Username", "Password", "Scope", "Tenant", "Authorisation Server", NULL } },
    { "Client Credentials", { "API Address", "Client ID", "Client Secret", "Scope", "Tenant", "Authorisation Server", NULL } },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  GPtrArray *methods = plug_provider_get_methods (plug_catalogue_get_provider (catalogue, "halopsa"));

  g_assert_cmpuint (methods->len, ==, 2);
  for (guint m = 0; m < 2; m++) {
    GPtrArray *parameters = plug_method_get_parameters (methods->pdata[m]);

    g_assert_cmpstr (plug_method_get_label (methods->pdata[m]), ==, rows[m].method);
    for (guint i = 0; i < parameters->len; i++) {
      const char *label = plug_parameter_get_label (parameters->pdata[i]);

      g_assert_cmpstr (label, ==, rows[m].labels[i]);
      g_assert_true (plug_parameter_is_advanced (parameters->pdata[i]) == g_str_equal (label, "Authorisation Server"));
      g_assert_true (plug_parameter_is_secret (parameters->pdata[i]) ==
                     (g_str_equal (label, "Password") || g_str_equal (label, "Client Secret")));
    }
    g_assert_null (rows[m].labels[parameters->len]);
    g_assert_true (plug_method_allows_authorities (methods->pdata[m]));
  }
}

/* Every field says where its value is found, and every method where to read about it. */
static void
test_help (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    GPtrArray *methods = plug_provider_get_methods (provider);

    g_test_message ("%s", plug_provider_get_id (provider));
    for (guint j = 0; j < methods->len; j++) {
      GPtrArray *parameters = plug_method_get_parameters (methods->pdata[j]);
      const char *docs = plug_method_get_docs (methods->pdata[j]);

      if (docs == NULL)
        docs = plug_provider_get_docs (provider);
      g_assert_nonnull (docs);
      g_assert_true (g_str_has_prefix (docs, "https://"));
      for (guint k = 0; k < parameters->len; k++) {
        const char *help = plug_parameter_get_help (parameters->pdata[k]);

        g_test_message ("%s", plug_parameter_get_id (parameters->pdata[k]));
        g_assert_nonnull (help);
        /* More than its label again. */
        g_assert_cmpuint (strlen (help), >=, 10);
        g_assert_cmpstr (help, !=, plug_parameter_get_label (parameters->pdata[k]));
      }
    }
  }
}

/* The method that is chosen at first. */
static PlugMethod *
get_first_choice (PlugProvider *provider)
{
  GPtrArray *methods = plug_provider_get_methods (provider);

  for (guint i = 0; i < methods->len; i++) {
    if (plug_method_is_recommended (methods->pdata[i]))
      return methods->pdata[i];
  }
  return methods->pdata[0];
}

/* Of the first 150 services, whose tests public sources confirm, and which have none. */
static void
test_verified (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  guint n_verified = 0, n_not_testable = 0;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), >=, 150);
  for (guint i = 0; i < 150; i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    PlugMethod *method = get_first_choice (provider);

    if (plug_method_get_not_testable_reason (method) != NULL || !plug_auth_can_sign (method, NULL))
      n_not_testable++;
    else
      n_verified += plug_method_test_is_verified (method);
  }
  g_test_message ("%u verified, %u not testable", n_verified, n_not_testable);
  g_assert_cmpuint (n_verified, >=, 120);
  g_assert_cmpuint (n_not_testable, <=, 10);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/built-in", test_built_in);
  g_test_add_func ("/catalogue/match", test_match);
  g_test_add_func ("/catalogue/names", test_names);
  g_test_add_func ("/catalogue/halopsa-parameters", test_halopsa_parameters);
  g_test_add_func ("/catalogue/help", test_help);
  g_test_add_func ("/catalogue/verified", test_verified);
  return g_test_run ();
}
