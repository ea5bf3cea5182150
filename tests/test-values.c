/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-values.h"

static void
test_set_and_get (void)
{
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set (values, "tenant", "");
  plug_values_set_secret (values, "password", "pä\nss&%");

  g_assert_cmpstr (plug_values_get (values, "tenant"), ==, "");
  g_assert_cmpstr (plug_values_get (values, "password"), ==, "pä\nss&%");
  g_assert_null (plug_values_get (values, "scope"));
  g_assert_false (plug_values_has_text (values, "tenant"));
  g_assert_true (plug_values_has_text (values, "password"));
  g_assert_false (plug_values_has_text (values, "scope"));
  g_assert_true (plug_values_is_secret (values, "password"));
  g_assert_false (plug_values_is_secret (values, "tenant"));
}

static void
test_remove (void)
{
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set_secret (values, "password", "x");
  plug_values_set (values, "password", NULL);
  g_assert_null (plug_values_get (values, "password"));
}

static void
test_ids_are_sorted (void)
{
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autofree const char **ids = NULL;

  plug_values_set (values, "b", "2");
  plug_values_set (values, "a", "1");
  plug_values_set_secret (values, "c", "3");
  ids = plug_values_get_ids (values);
  g_assert_cmpstr (ids[0], ==, "a");
  g_assert_cmpstr (ids[1], ==, "b");
  g_assert_cmpstr (ids[2], ==, "c");
  g_assert_null (ids[3]);
}

static void
test_copy_is_independent (void)
{
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (PlugValues) copy = NULL;

  plug_values_set_secret (values, "password", "one");
  copy = plug_values_copy (values);
  g_assert_true (plug_values_equal (values, copy));
  g_assert_true (plug_values_is_secret (copy, "password"));

  plug_values_set_secret (values, "password", "two");
  g_assert_cmpstr (plug_values_get (copy, "password"), ==, "one");
  g_assert_false (plug_values_equal (values, copy));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/values/set-and-get", test_set_and_get);
  g_test_add_func ("/values/remove", test_remove);
  g_test_add_func ("/values/ids-are-sorted", test_ids_are_sorted);
  g_test_add_func ("/values/copy-is-independent", test_copy_is_independent);

  return g_test_run ();
}
