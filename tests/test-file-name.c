/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-file-name.h"

#include <string.h>

#include "plug-draft.h"

static void
test_names (void)
{
  static const struct {
    const char *name;
    PlugNameProblem problem;
  } rows[] = {
    { "HaloPSA", PLUG_NAME_OK },   { " HaloPSA 2 ", PLUG_NAME_OK },  { "", PLUG_NAME_EMPTY },
    { "  \t ", PLUG_NAME_EMPTY },  { "\u200b", PLUG_NAME_EMPTY },    { "a/b", PLUG_NAME_SLASH },
    { "a\nb", PLUG_NAME_CONTROL }, { "a\u202eb", PLUG_NAME_CONTROL }, { "\xff", PLUG_NAME_NOT_UTF8 },
    { "..", PLUG_NAME_OK },        { "con.json", PLUG_NAME_OK },     { "😀", PLUG_NAME_OK },
  };
  g_autofree char *hundred = g_strnfill (100, 'x');
  g_autofree char *more = g_strnfill (101, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (plug_name_check (rows[i].name), ==, rows[i].problem);
  g_assert_cmpint (plug_name_check (hundred), ==, PLUG_NAME_OK);
  g_assert_cmpint (plug_name_check (more), ==, PLUG_NAME_TOO_LONG);
}

static void
test_keys (void)
{
  static const char * const same[][2] = {
    { "HaloPSA", "halopsa" }, { "HaloPSA ", "HALOPSA" }, { "\u00e9", "e\u0301" }, { "STRASSE", "straße" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *one = plug_name_dup_key (same[i][0]);
    g_autofree char *other = plug_name_dup_key (same[i][1]);

    g_assert_cmpstr (one, ==, other);
  }
}

static void
test_file_names (void)
{
  static const char * const rows[][3] = {
    { "HaloPSA", "halopsa.json", "halopsa" },
    { ".hidden", "%2Ehidden.json", ".hidden" },
    { "..", "%2E..json", ".." },
    { "50 %", "50 %25.json", "50 %" },
    { "a.b", "a.b.json", "a.b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *file_name = plug_file_name_for (rows[i][0]);
    g_autofree char *name = plug_file_name_to_name (file_name);

    g_assert_cmpstr (file_name, ==, rows[i][1]);
    g_assert_cmpstr (name, ==, rows[i][2]);
  }
}

static void
test_long_names (void)
{
  g_autoptr (GString) one = g_string_new (NULL);
  g_autoptr (GString) other = g_string_new (NULL);
  g_autofree char *one_file = NULL;
  g_autofree char *other_file = NULL;

  for (int i = 0; i < 100; i++) {
    g_string_append (one, "€");
    g_string_append (other, i == 99 ? "é" : "€");
  }
  one_file = plug_file_name_for (one->str);
  other_file = plug_file_name_for (other->str);
  g_assert_cmpstr (one_file, !=, other_file);
  g_assert_cmpuint (strlen (one_file), ==, 150 + 1 + 16 + strlen (".json"));
  g_assert_true (g_utf8_validate (one_file, -1, NULL));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-name/names", test_names);
  g_test_add_func ("/file-name/keys", test_keys);
  g_test_add_func ("/file-name/file-names", test_file_names);
  g_test_add_func ("/file-name/long-names", test_long_names);
  return g_test_run ();
}
