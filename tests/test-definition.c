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
    /* A signature may ask for a token, and not show one */
    { "{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}",
      "{\"type\":\"login\",\"request\":{\"url\":\"https://api.acme.test/l\"},\"token\":{\"body\":true},"
      "\"apply\":{\"type\":\"signature\",\"algorithm\":\"duo\",\"key\":\"k\",\"secret\":\"{token}\"}}", 5, NULL },
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

/* Letters that no host has by itself, so that a host made of them can only be what was typed. */
static char *
dup_typed (GRand *random,
           PlugParameter *parameter)
{
  static const char alphabet[] = "ab./:@?#&%{}[]\\ é\"'<>0+=-_~";
  const char *const *options = plug_parameter_get_options (parameter);
  GString *typed;

  switch (plug_parameter_get_value_type (parameter)) {
  case PLUG_PARAMETER_URI:
    return g_strdup ("https://typed.test");
  case PLUG_PARAMETER_HOSTNAME:
    return g_strdup ("typed.test");
  case PLUG_PARAMETER_ENUM:
    return g_strdup (options[2 * g_rand_int_range (random, 0, (int) g_strv_length ((char **) options) / 2)]);
  default:
    typed = g_string_new (NULL);
    for (int c = g_rand_int_range (random, 1, 20); c > 0; c--)
      g_string_append_c (typed, alphabet[g_rand_int_range (random, 0, (int) sizeof alphabet - 1)]);
    return g_string_free (typed, FALSE);
  }
}

static PlugValues *
dup_random_values (GRand *random,
                   PlugMethod *method)
{
  GPtrArray *parameters = plug_method_get_parameters (method);
  g_autoptr (PlugValues) values = plug_values_new ();

  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];
    g_autofree char *typed = dup_typed (random, parameter);
    g_autofree char *value = plug_parameter_normalise (parameter, typed, NULL);

    if (*value != '\0' && plug_parameter_check (parameter, value) == PLUG_VALUE_OK)
      plug_values_set (values, plug_parameter_get_id (parameter), value);
  }

  return plug_method_complete_values (method, values);
}

/* The end of the host that the template spells out: "https://{x}.okta.com/api" → ".okta.com". NULL when a whole address
 * or host is typed. */
static char *
dup_literal_end (PlugTemplate *template)
{
  const char *text = plug_template_get_text (template);
  g_autofree char *authority = NULL;
  const char *brace;

  if (!g_str_has_prefix (text, "https://"))
    return NULL;
  text += strlen ("https://");
  authority = g_strndup (text, strcspn (text, "/?"));
  brace = strrchr (authority, '}');
  if (brace != NULL && brace[1] == '\0')
    return NULL;

  return g_strndup (brace != NULL ? brace + 1 : authority, strcspn (brace != NULL ? brace + 1 : authority, ":"));
}

static void
assert_host_stays (PlugTemplate *template,
                   const PlugValues *values)
{
  g_autofree char *text = plug_template_expand (template, values);
  g_autofree char *end = dup_literal_end (template);
  g_autoptr (PlugUrl) url = plug_url_parse (text, NULL);

  g_test_message ("%s: %s", plug_template_get_text (template), text);
  /* A part that was not typed leaves no host at all, which is refused before anything is sent. */
  if (url == NULL || end == NULL)
    return;
  g_assert_true (g_str_has_suffix (url->host, end));
}

/* Seeded: whatever is typed into a part of an address, its host stays below what the definition spells out. */
static void
test_host_never_moves (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint p = 0; p < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); p++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), p);
    GPtrArray *methods = plug_provider_get_methods (provider);

    for (guint m = 0; m < methods->len; m++)
      for (int round = 0; round < 50; round++) {
        PlugMethod *method = methods->pdata[m];
        g_autoptr (PlugValues) values = dup_random_values (random, method);

        assert_host_stays (plug_method_get_server (method), values);
        if (plug_method_get_test_request (method) != NULL)
          assert_host_stays (plug_method_get_test_request (method)->url, values);
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
