/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-stage.h"

#include "plug-catalogue.h"
#include "plug-http-private.h"

static PlugMethod *
get_method (PlugCatalogue *catalogue,
            const char *provider,
            const char *id)
{
  PlugMethod *method = plug_provider_get_method (plug_catalogue_get_provider (catalogue, provider), id);

  g_assert_nonnull (method);

  return method;
}

static void
test_order (void)
{
  static const char *const names[] = { "resolve", "sign-in", "read" };
  static const struct {
    const char *provider;
    const char *method;
    const char *typed; /* (nullable) */
    const char *stages;
  } rows[] = {
    { "halopsa", "client-credentials", NULL, "resolve sign-in read " },
    { "github", "personal-access-token", NULL, "read " },
    /* The token itself is the proof. */
    { "onelogin", "client-credentials", NULL, "sign-in " },
    /* What the request needs was typed, or not. */
    { "custom", "bearer", NULL, "" },
    { "custom", "bearer", "test_path", "read " },
    { "custom", "client-credentials", NULL, "sign-in " },
    { "custom", "client-credentials", "test_path", "sign-in read " },
    { "jira-service-management-operations", "integration-key", NULL, "" },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugValues) typed = plug_values_new ();
    g_autoptr (GArray) stages = NULL;
    g_autoptr (GString) kinds = g_string_new (NULL);

    if (rows[i].typed != NULL)
      plug_values_set (typed, rows[i].typed, "/me");
    stages = plug_stages_new (get_method (catalogue, rows[i].provider, rows[i].method), typed);
    for (guint j = 0; j < stages->len; j++)
      g_string_append_printf (kinds, "%s ", names[g_array_index (stages, PlugStage, j).step.kind]);
    g_assert_cmpstr (kinds->str, ==, rows[i].stages);
  }
}

/* Of HaloPSA's three stages: the first is left out when the user has typed all that it would ask for. */
static void
test_needless (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugValues) typed = plug_values_new ();
  g_autoptr (GArray) stages = plug_stages_new (get_method (catalogue, "halopsa", "client-credentials"), typed);
  const PlugStage *resolve = &g_array_index (stages, PlugStage, 0);

  plug_values_set (typed, "tenant", "acme");
  plug_values_set (typed, "auth_url", "");
  g_assert_false (plug_stage_is_needless (resolve, typed));
  plug_values_set (typed, "auth_url", "https://acme.halopsa.com/auth");
  for (guint i = 0; i < stages->len; i++)
    g_assert_cmpint (plug_stage_is_needless (&g_array_index (stages, PlugStage, i), typed), ==, i == 0);
}

/* An optional stage waits for ten seconds and no more. */
static void
test_requests (void)
{
  static const struct {
    const char *verb;
    const char *template;
    const char *url;
    gboolean is_short;
  } rows[] = {
    { "GET", "{+api_address}/api/authinfo", "https://acme.halopsa.com/api/authinfo", TRUE },
    { "POST", "{+auth_url}/token{?tenant}", "https://acme.halopsa.com/auth/token?tenant=acme", FALSE },
    { "GET", "{+api_address}/api/agent/me", "https://acme.halopsa.com/api/agent/me", FALSE },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (PlugTokens) tokens = plug_tokens_new (NULL);
  g_autoptr (GArray) stages = plug_stages_new (get_method (catalogue, "halopsa", "client-credentials"), values);

  plug_values_set (values, "api_address", "https://acme.halopsa.com");
  plug_values_set (values, "auth_url", "https://acme.halopsa.com/auth");
  plug_values_set (values, "tenant", "acme");
  plug_values_set (values, "client_id", "4711");
  plug_values_set_secret (values, "client_secret", "s3cret");
  g_assert_cmpuint (stages->len, ==, G_N_ELEMENTS (rows));
  plug_tokens_take (tokens, g_array_index (stages, PlugStage, 1).scheme, g_strdup ("t0ken"));

  for (guint i = 0; i < stages->len; i++) {
    const PlugStage *stage = &g_array_index (stages, PlugStage, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugHttpRequest) request = plug_stage_new_request (stage, values, tokens, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (request->method, ==, rows[i].verb);
    g_assert_cmpstr (request->url, ==, rows[i].url);
    g_assert_cmpint (request->total_ms <= 10000, ==, rows[i].is_short);
    g_assert_cmpstr (plug_template_get_text (plug_stage_get_url (stage)), ==, rows[i].template);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stage/order", test_order);
  g_test_add_func ("/stage/needless", test_needless);
  g_test_add_func ("/stage/requests", test_requests);

  return g_test_run ();
}
