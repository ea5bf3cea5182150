/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-definition.h"

#include <string.h>

#include "plug-catalogue.h"
#include "plug-url.h"

/* A definition that is right; the rows below break it. */
static const char right[] =
    "{\"id\": \"acme\", \"name\": \"Acme\", \"categories\": [\"itsm\"], \"docs\": \"https://acme.test/docs\",\n"
    " \"methods\": [{\"id\": \"token\", \"label\": \"API Token\",\n"
    "  \"parameters\": [{\"id\": \"token\", \"label\": \"Token\", \"type\": \"secret\"}],\n"
    "  \"server\": {\"url\": \"https://api.acme.test\"},\n"
    "  \"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}],\n"
    "  \"test\": {\"request\": {\"url\": \"https://api.acme.test/me\"}}}]}\n";

static void
test_right (void)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = plug_definition_load (right, -1, "acme.json", FALSE, &mistakes);

  for (guint i = 0; i < mistakes->len; i++) {
    g_autofree char *text = plug_mistake_to_string (mistakes->pdata[i]);

    g_test_message ("%s", text);
  }
  g_assert_cmpuint (mistakes->len, ==, 0);
  g_assert_cmpstr (plug_provider_get_id (provider), ==, "acme");
  g_assert_false (plug_provider_is_built_in (provider));
}

static void
test_wrong (void)
{
  static const struct {
    const char *from;
    const char *to;
    guint line;
    const char *pointer;
  } rows[] = {
    { "\"id\": \"acme\"", "\"id\": \"../x\"", 1, "/id" },
    { "\"id\": \"acme\"", "\"id\": \"other\"", 1, "/id" },
    { "\"name\": \"Acme\"", "\"nome\": \"Acme\"", 1, NULL },
    { "\"type\": \"secret\"", "\"type\": \"string\"", 0, NULL },
    { "\"type\": \"secret\"", "\"type\": \"nonsense\"", 3, NULL },
    { "{token}", "{nobody}", 0, NULL },
    { "https://api.acme.test/me", "http://api.acme.test/me", 0, NULL },
    { "https://api.acme.test/me", "https://api.acme.test/{token}", 0, NULL },
    { "https://api.acme.test/me", "{token}://api.acme.test/", 0, NULL },
    { "\"scheme\": \"bearer\"", "\"scheme\": \"digest\"", 5, NULL },
    { "\"methods\": [", "\"methods\": [],\"x\": [", 0, NULL },
    { "}]}\n", "}]", 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) parts = g_strsplit (right, rows[i].from, 2);
    g_autofree char *text = g_strjoinv (rows[i].to, parts);
    g_autoptr (GPtrArray) mistakes = NULL;
    PlugMistake *first;

    g_test_message ("%s", rows[i].to);
    g_assert_null (plug_definition_load (text, -1, "acme.json", FALSE, &mistakes));
    g_assert_cmpuint (mistakes->len, >=, 1);
    first = mistakes->pdata[0];
    g_assert_cmpuint (strlen (first->reason), >, 0);
    if (rows[i].line != 0)
      g_assert_cmpuint (first->line, ==, rows[i].line);
    if (rows[i].pointer != NULL)
      g_assert_cmpstr (first->pointer, ==, rows[i].pointer);
  }
}

/* Seeded: whatever is typed, the hosts that the templates name are those of the address, or of the definition. */
static void
test_host_never_moves (void)
{
  static const char alphabet[] = "ab./:@?#&%{}[]\\ é\"'<>0+=-_~";
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint p = 0; p < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); p++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), p);
    GPtrArray *methods = plug_provider_get_methods (provider);

    for (guint m = 0; m < methods->len; m++)
      for (int round = 0; round < 200; round++) {
        PlugMethod *method = methods->pdata[m];
        GPtrArray *parameters = plug_method_get_parameters (method);
        g_autoptr (PlugValues) values = plug_values_new ();
        g_autoptr (PlugValues) complete = NULL;
        g_autoptr (PlugUrl) server = NULL, test = NULL;
        g_autofree char *server_text = NULL, *test_text = NULL;

        for (guint i = 0; i < parameters->len; i++) {
          PlugParameter *parameter = parameters->pdata[i];
          const char *id = plug_parameter_get_id (parameter);
          g_autoptr (GString) typed = g_string_new (NULL);
          g_autofree char *value = NULL;

          if (plug_parameter_get_value_type (parameter) == PLUG_PARAMETER_URI)
            g_string_append (typed, g_str_equal (id, "auth_url") ? "" : g_str_equal (id, "site") ? "https://typed.atlassian.net" : "https://typed.test");
          else if (plug_parameter_get_value_type (parameter) == PLUG_PARAMETER_HOSTNAME)
            g_string_append (typed, "typed.test");
          else
            for (int c = g_rand_int_range (random, 1, 20); c > 0; c--)
              g_string_append_c (typed, alphabet[g_rand_int_range (random, 0, (int) sizeof alphabet - 1)]);
          value = plug_parameter_normalise (parameter, typed->str, NULL);
          if (*value != '\0' && plug_parameter_check (parameter, value) == PLUG_VALUE_OK)
            plug_values_set (values, id, value);
        }
        complete = plug_method_complete_values (method, values);
        server_text = plug_template_expand (plug_method_get_server (method), complete);
        server = plug_url_parse (server_text, NULL);
        g_test_message ("%s: %s", plug_provider_get_id (provider), server_text);
        g_assert_nonnull (server);
        if (plug_method_get_test_request (method) == NULL)
          continue;
        test_text = plug_template_expand (plug_method_get_test_request (method)->url, complete);
        test = plug_url_parse (test_text, NULL);
        g_assert_nonnull (test);
        g_assert_cmpstr (test->host, ==, server->host);
        g_assert_true (g_str_has_prefix (test->host, "typed"));
      }
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/definition/right", test_right);
  g_test_add_func ("/definition/wrong", test_wrong);
  g_test_add_func ("/definition/host-never-moves", test_host_never_moves);
  return g_test_run ();
}
