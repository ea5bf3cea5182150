/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-lint.h"

#include <glib/gstdio.h>
#include <string.h>

#include "own-definition.h"
#include "plug-error.h"

/* Every mistake of a file of that name, in lines: "LINE POINTER: REASON". */
static char *
lint (const char *file_name,
      const char *text,
      gboolean built_in)
{
  g_autofree char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  provider = plug_lint_file (path, built_in, &mistakes, &error);
  g_assert_no_error (error);
  g_assert_true ((provider != NULL) == (mistakes->len == 0));
  for (guint i = 0; i < mistakes->len; i++) {
    PlugMistake *mistake = mistakes->pdata[i];

    g_assert_cmpstr (mistake->file, ==, path);
    g_string_append_printf (lines, "%u %s: %s\n", mistake->line, mistake->pointer, mistake->reason);
  }
  g_unlink (path);
  g_rmdir (folder);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
test_taken (void)
{
  static const struct {
    const char *id;
    const char *name;
    gboolean built_in;
    const char *lines;
  } rows[] = {
    { "acme", "Acme", FALSE, "" },
    { "acme", "Acme", TRUE, "" },
    { "github", "Mine", FALSE, "1 /id: the built-in provider “GitHub” has the id “github”\n" },
    { "github", "Mine", TRUE, "" },
    { "github", "GitHub", TRUE, "" },
    { "acme", "GITHUB", FALSE, "2 /name: could be taken for the built-in provider “GitHub”\n" },
    { "acme", "Gîthüb", FALSE, "2 /name: could be taken for the built-in provider “GitHub”\n" },
    { "acme", "Git Hub", FALSE, "2 /name: could be taken for the built-in provider “GitHub”\n" },
    { "acme", "GitHub Enterprise", FALSE, "" },
    { "okta", "GitHub", TRUE, "2 /name: could be taken for the built-in provider “GitHub”\n" },
    { "github", "GitHub", FALSE,
      "1 /id: the built-in provider “GitHub” has the id “github”\n"
      "2 /name: could be taken for the built-in provider “GitHub”\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *file_name = g_strconcat (rows[i].id, ".json", NULL);
    g_autofree char *text = own_definition_dup (rows[i].id, rows[i].name);
    g_autofree char *lines = lint (file_name, text, rows[i].built_in);

    g_test_message ("%s %s", rows[i].id, rows[i].name);
    g_assert_cmpstr (lines, ==, rows[i].lines);
  }
}

/* What is wrong otherwise hides neither, and a member has one mistake. */
static void
test_all_at_once (void)
{
  g_autofree char *lines = lint ("other.json", "{\"id\": \"github\",\n \"name\": \"Okta\",\n \"categories\": [],\n"
                                               " \"docs\": \"https://acme.test/\", \"methods\": 7}", FALSE);
  g_autofree char *no_names = lint ("other.json", "{\"id\": 7, \"name\": [\"GitHub\"]}", FALSE);
  g_autofree char *no_json = lint ("other.json", "{\"id\": \"github\",", FALSE);

  g_assert_true (g_str_has_prefix (lines, "1 /id: the file is not named “github.json”\n"
                                          "2 /name: could be taken for the built-in provider “Okta”\n"
                                          "3 /categories: "));
  g_assert_nonnull (strstr (lines, "4 /methods: "));
  g_assert_null (strstr (no_names, "built-in"));
  g_assert_true (g_str_has_prefix (no_json, "1 : "));
}

static void
test_unreadable (void)
{
  static const char * const paths[] = { "/nonexistent/acme.json", "/", "/dev/null" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GPtrArray) mistakes = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_lint_file (paths[i], FALSE, &mistakes, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_FILE);
    g_assert_cmpuint (mistakes->len, ==, 0);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lint/taken", test_taken);
  g_test_add_func ("/lint/all-at-once", test_all_at_once);
  g_test_add_func ("/lint/unreadable", test_unreadable);

  return g_test_run ();
}
