/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-auth.h"
#include "plug-catalogue.h"
#include "plug-error.h"

#include <string.h>

#define DEFINITION(name) \
  "{\"id\": \"example\", \"name\": " name ", \"vendor\": \"Example Ltd\", \"categories\": [\"psa\"], " \
  "\"docs\": \"https://example.com\", \"methods\": [{\"id\": \"token\", \"label\": \"Token\", " \
  "\"parameters\": [{\"id\": \"token\", \"label\": \"Token\", \"type\": \"secret\"}], " \
  "\"server\": {\"url\": \"https://api.example.com\"}, " \
  "\"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}], " \
  "\"test\": {\"request\": {\"url\": \"https://api.example.com/me\"}}}]}"

static void
test_from_json (void)
{
  g_autoptr (GError) error = NULL;
  PlugProvider *provider = plug_provider_new_from_json (DEFINITION ("\"Example\""), -1, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plug_provider_get_id (provider), ==, "example");
  g_assert_cmpstr (plug_provider_get_name (provider), ==, "Example");
  g_assert_cmpstr (plug_provider_get_vendor (provider), ==, "Example Ltd");
  g_assert_cmpstr (plug_provider_get_docs (provider), ==, "https://example.com");
  g_assert_null (plug_provider_get_icon (provider));
  g_assert_cmpstr (plug_provider_get_categories (provider)[0], ==, "psa");
  g_assert_null (plug_provider_get_keywords (provider)[0]);
  g_assert_false (plug_provider_is_built_in (provider));
  g_assert_cmpuint (plug_provider_get_methods (provider)->len, ==, 1);
  g_assert_nonnull (plug_provider_get_method (provider, "token"));
  g_assert_null (plug_provider_get_method (provider, "other"));
  g_assert_null (plug_provider_get_method (provider, NULL));
  g_assert_finalize_object (provider);
}

static void
test_mistake (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plug_provider_new_from_json (DEFINITION ("7"), -1, FALSE, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_DEFINITION);
  g_assert_cmpstr (error->message, ==, "1:27: /name: must be of the type string");
}

/* Issue 2 fixes methods, labels and their order. */
static void
test_halopsa (void)
{
  static const struct {
    const char *id;
    const char *label;
    const char *labels[9];
  } methods[] = {
    { "password", "Username and Password",
      { "API Address", "Client ID", "Username", "Password", "Scope", "Tenant", "Authorisation Server", NULL } },
    { "client-credentials", "Client Credentials",
      { "API Address", "Client ID", "Client Secret", "Scope", "Tenant", "Authorisation Server", NULL } },
  };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  GPtrArray *found = plug_provider_get_methods (plug_catalogue_get_provider (catalogue, "halopsa"));

  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (methods));
  for (guint i = 0; i < found->len; i++) {
    PlugMethod *method = g_ptr_array_index (found, i);
    GPtrArray *parameters = plug_method_get_parameters (method);

    g_assert_cmpstr (plug_method_get_id (method), ==, methods[i].id);
    g_assert_cmpstr (plug_method_get_label (method), ==, methods[i].label);
    g_assert_true (plug_method_allows_authorities (method));
    g_assert_cmpuint (parameters->len, ==, g_strv_length ((char **) methods[i].labels));
    for (guint j = 0; j < parameters->len; j++) {
      PlugParameter *parameter = g_ptr_array_index (parameters, j);
      const char *label = plug_parameter_get_label (parameter);

      g_assert_cmpstr (label, ==, methods[i].labels[j]);
      g_assert_nonnull (plug_parameter_get_help (parameter));
      g_assert_true (plug_parameter_is_secret (parameter) ==
                     (g_str_equal (label, "Password") || g_str_equal (label, "Client Secret")));
      g_assert_true (plug_parameter_is_advanced (parameter) == g_str_equal (label, "Authorisation Server"));
    }
  }
}

static void
test_built_in (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    GPtrArray *methods = plug_provider_get_methods (provider);

    g_assert_cmpuint (methods->len, >, 0);
    g_assert_true (plug_provider_get_methods (provider) == methods);
    for (guint j = 0; j < methods->len; j++) {
      PlugMethod *method = g_ptr_array_index (methods, j);

      g_assert_true (plug_method_get_test_request (method) != NULL || plug_method_test_is_issued (method) ||
                     plug_method_get_not_testable_reason (method) != NULL);
      g_assert_true (plug_auth_can_sign (method, NULL));
    }
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provider/json/members", test_from_json);
  g_test_add_func ("/provider/json/mistake", test_mistake);
  g_test_add_func ("/provider/built-in/methods", test_built_in);
  g_test_add_func ("/provider/built-in/halopsa", test_halopsa);

  return g_test_run ();
}
