/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-catalogue.h"
#include "plug-category.h"

static void
test_labels (void)
{
  g_assert_cmpstr (plug_category_get_label ("itsm"), ==, "Service desk");
  g_assert_cmpstr (plug_category_get_label ("own-words"), ==, "own-words");
}

/* A category that a built-in definition uses has words for people, and no other has. */
static void
test_built_in (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  const char * const *categories = plug_catalogue_get_categories (catalogue);
  guint n_labels = 0;

  g_assert_nonnull (categories[0]);
  for (guint i = 0; categories[i] != NULL; i++)
    g_assert_cmpstr (plug_category_get_label (categories[i]), !=, categories[i]);
  for (; plug_category_get_known (n_labels) != NULL; n_labels++)
    g_assert_true (g_strv_contains (categories, plug_category_get_known (n_labels)));
  g_assert_cmpuint (n_labels, ==, g_strv_length ((char **) categories));
}

static void
test_terms (void)
{
  static const struct {
    const char *ids[4];
    const char *terms;
  } rows[] = {
    { { "edr", "Own Wörds" }, "edr\nendpoint security\nown words\n" },
    { { "own-words", "itsm", "edr" }, "own-words\nitsm\nservice desk\nedr\nendpoint security\n" },
    { { "psa" }, "psa\n" }, /* its label says nothing new */
    { { NULL }, "" },
  };
  g_autofree char *none = plug_category_dup_terms (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *terms = plug_category_dup_terms (rows[i].ids);

    g_assert_cmpstr (terms, ==, rows[i].terms);
  }
  g_assert_cmpstr (none, ==, "");
}

/* What is on the button above the tiles finds the services that the button shows. */
static void
test_search (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugQuery) query = plug_query_new ("endpoint security");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);

    if (g_strv_contains (plug_provider_get_categories (provider), "edr"))
      g_assert_cmpint (plug_provider_match (provider, query), >=, PLUG_RANK_CATEGORY);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/category/labels", test_labels);
  g_test_add_func ("/category/built-in", test_built_in);
  g_test_add_func ("/category/terms", test_terms);
  g_test_add_func ("/category/search", test_search);

  return g_test_run ();
}
