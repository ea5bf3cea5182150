/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-hits.h"

#include "plug-provider-private.h"

static GListStore *
make_list (void)
{
  static const struct {
    const char *id;
    const char *name;
    const char *keywords[2];
    const char *categories[2];
  } rows[] = {
    { "a", "Able Halo", { NULL }, { "code", NULL } },       { "b", "Bahalo", { NULL }, { "itsm", NULL } },
    { "c", "Cello", { "halo", NULL }, { "itsm", NULL } },   { "d", "Dhalp", { NULL }, { "halo", NULL } },
    { "e", "Hallo", { NULL }, { "code", NULL } },           { "f", "Halo", { NULL }, { "code", NULL } },
    { "g", "Halo Two", { NULL }, { "itsm", NULL } },        { "h", "Other", { NULL }, { "code", NULL } },
  };
  GListStore *list = g_list_store_new (PLUG_TYPE_PROVIDER);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugProvider) provider = plug_provider_new (rows[i].id, rows[i].name, NULL, NULL, NULL, rows[i].categories,
                                                           rows[i].keywords, FALSE, NULL);

    g_list_store_append (list, provider);
  }
  return list;
}

static void
assert_hits (PlugHits *hits,
             const char *ids)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (hits)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (hits), i);

    g_string_append (found, plug_provider_get_id (provider));
  }
  g_assert_cmpstr (found->str, ==, ids);
}

static void
test_order (void)
{
  g_autoptr (GListStore) list = make_list ();
  PlugHits *hits = plug_hits_new (G_LIST_MODEL (list));

  assert_hits (hits, "abcdefgh");
  plug_hits_set_query (hits, "HALO");
  assert_hits (hits, "fgabcde");
  plug_hits_set_category (hits, "itsm");
  assert_hits (hits, "gbc");
  plug_hits_set_query (hits, "xyzzy");
  assert_hits (hits, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (hits), 0));
  plug_hits_set_category (hits, NULL);
  plug_hits_set_query (hits, "");
  assert_hits (hits, "abcdefgh");
  g_assert_finalize_object (hits);
}

/* What is found by an error in three letters is better than nothing, and only that. */
static void
test_guess (void)
{
  g_autoptr (GListStore) list = g_list_store_new (PLUG_TYPE_PROVIDER);
  g_autoptr (PlugHits) hits = NULL;

  for (guint i = 0; i < 3; i++) {
    static const char * const names[] = { "Wiz", "Owzel", "Zed" };
    g_autoptr (PlugProvider) provider = plug_provider_new ((const char *[]) { "a", "b", "c" }[i], names[i], NULL, NULL, NULL,
                                                           (const char *[]) { i == 1 ? "itsm" : "code", NULL }, NULL, FALSE,
                                                           NULL);

    g_list_store_append (list, provider);
  }
  hits = plug_hits_new (G_LIST_MODEL (list));
  plug_hits_set_query (hits, "wzi");
  assert_hits (hits, "a");
  plug_hits_set_query (hits, "wz");
  assert_hits (hits, "b");
  plug_hits_set_category (hits, "code");
  assert_hits (hits, "a");
  plug_hits_set_query (hits, "zeed");
  assert_hits (hits, "c");
  plug_hits_set_query (hits, "xyz");
  assert_hits (hits, "");
}

static void
count_cb (GListModel *model,
          guint position,
          guint removed,
          guint added,
          gpointer user_data)
{
  guint *counts = user_data;

  counts[0]++;
  counts[1] = position;
  counts[2] = removed;
  counts[3] = added;
}

static void
test_changes (void)
{
  g_autoptr (GListStore) list = make_list ();
  g_autoptr (PlugHits) hits = plug_hits_new (G_LIST_MODEL (list));
  guint counts[4] = { 0 };

  g_signal_connect (hits, "items-changed", G_CALLBACK (count_cb), counts);
  plug_hits_set_query (hits, "halo");
  g_assert_cmpuint (counts[0], ==, 1);
  plug_hits_set_query (hits, " halo");
  g_assert_cmpuint (counts[0], ==, 1); /* nothing that is shown has changed */
  g_list_store_remove (list, 7);
  g_assert_cmpuint (counts[0], ==, 1);
  g_list_store_remove (list, 0);
  assert_hits (hits, "fgbcde");
  g_assert_cmpuint (counts[0], ==, 2);
  g_assert_cmpuint (counts[1], ==, 2);
  g_assert_cmpuint (counts[2], ==, 1);
  g_assert_cmpuint (counts[3], ==, 0);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hits/order", test_order);
  g_test_add_func ("/hits/guess", test_guess);
  g_test_add_func ("/hits/changes", test_changes);

  return g_test_run ();
}
