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
  provider = plug_lint_file (path, built_in, PLUG_LINT_MAX_MISTAKES, &mistakes, &error);
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

/* Files with mistakes of several kinds: all of them are told, and none that only follows from another. */
#define HEAD "{\"id\": \"acme\", \"name\": \"Acme\", \"categories\": [\"itsm\"], \"docs\": \"https://acme.test\"," \
  " \"methods\": [\n"
#define METHOD(id, parameters, rest) \
  "{\"id\": \"" id "\", \"label\": \"M\", \"server\": {\"url\": \"https://api.acme.test\"}, \"parameters\": [\n" parameters \
  "],\n" rest "}"
#define SECRET(id) "{\"id\": \"" id "\", \"label\": \"S\", \"type\": \"secret\"}"
#define TEXT(id) "{\"id\": \"" id "\", \"label\": \"T\", \"type\": \"string\"}"
#define BEARER(token) "\"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"" token "\"}],\n"
#define TEST(url) "\"test\": {\"request\": {\"url\": \"" url "\"}}"
#define IN_ADDRESS "the secret “token” would stand in an address, which servers and proxies write down\n"

static const struct {
  const char *name;
  const char *text;
  const char *lines;
} at_once[] = {
  { "an unknown member, a secret in an address, and what nothing uses",
    HEAD METHOD ("m1",
                 "{\"id\": \"token\", \"label\": \"S\", \"type\": \"secret\", \"helpp\": \"Ask.\"},\n" TEXT ("extra"),
                 BEARER ("{token}") TEST ("https://api.acme.test/{token}")) "]}",
    "3 /methods/0/parameters/0/helpp: is not a member that belongs here\n"
    "4 /methods/0/parameters/1: nothing uses this parameter\n"
    "6 /methods/0/test/request/url: " IN_ADDRESS },
  { "of several kinds in several methods",
    HEAD METHOD ("m1", "{\"id\": \"token\", \"label\": \"\", \"type\": \"secret\", \"default\": \"x\"},\n" TEXT ("extra"),
                 BEARER ("{token}") TEST ("https://api.acme.test/{nobody}/{token}")) ",\n"
    METHOD ("m1", SECRET ("token") ",\n{\"id\": \"more\", \"label\": \"M\", \"type\": \"enum\"}",
            BEARER ("{token} {more}") TEST ("https://{more}.test/")) ",\n"
    METHOD ("m3", SECRET ("token"), "\"auth\": [{\"type\": \"http\", \"scheme\": \"digest\", \"token\": \"{token}\"}],\n"
            "\"test\": {\"request\": {\"url\": \"ftp://acme.test\"}, \"expect\": {\"exists\": true}}") "]}",
    "3 /methods/0/parameters/0/label: must not be empty\n"
    "3 /methods/0/parameters/0/default: a secret has no default: everybody could read it\n"
    "4 /methods/0/parameters/1: nothing uses this parameter\n"
    "6 /methods/0/test/request/url: no parameter is called “nobody”\n"
    "6 /methods/0/test/request/url: " IN_ADDRESS
    "7 /methods/1/id: another method has the id “m1”\n"
    "9 /methods/1/parameters/1: lacks the member “options”, which the type enum needs\n"
    "10 /methods/1/auth/0/token: “more” is used as a secret, but is none\n"
    "11 /methods/1/test/request/url: what follows a variable in the host must name a domain\n"
    "14 /methods/2/auth/0/scheme: must be one of \"basic\", \"bearer\"\n"
    "15 /methods/2/test/request/url: is not as it must be: an RFC 6570 template in ASCII without blanks, beginning with"
    " https:// or {+ADDRESS}\n"
    "15 /methods/2/test/expect: “equals”, “exists” and “type” need a “pointer”\n" },
  { "what lacks a member is judged, too",
    HEAD "{\"id\": \"m1\", \"server\": {\"url\": \"https://api.acme.test\"}, \"parameters\": [\n" SECRET ("token") ",\n"
    TEXT ("extra") "],\n" BEARER ("{token}") TEST ("https://api.acme.test/{token}") "}]}",
    "2 /methods/0: lacks the member “label”\n"
    "4 /methods/0/parameters/1: nothing uses this parameter\n"
    "6 /methods/0/test/request/url: " IN_ADDRESS },
  { "what may be used or named by a mistake is not told again",
    HEAD METHOD ("m1", "{\"id\": \"Token\", \"label\": \"S\", \"type\": \"secret\"},\n" TEXT ("site") ",\n" TEXT ("extra"),
                 "\"heders\": {\"X-Site\": \"{site}\"},\n" BEARER ("{Token}") TEST ("https://api.acme.test/")) "]}",
    "3 /methods/0/parameters/0/id: is not as it must be: 1 to 41 of a–z, 0–9 and _, beginning with a letter\n"
    "5 /methods/0/parameters/2: nothing uses this parameter\n"
    "6 /methods/0/heders: is not a member that belongs here\n" },
  { "nor is what its type would say",
    HEAD METHOD ("m1", "{\"id\": \"token\", \"label\": \"S\", \"type\": \"scret\"},\n"
                 "{\"id\": \"host\", \"label\": \"H\", \"type\": \"hostnam\", \"default\": \"a.acme.test\"}",
                 BEARER ("{token}") TEST ("https://{host}/")) "]}",
    "3 /methods/0/parameters/0/type: must be one of \"string\", \"secret\", \"hostname\", \"uri\", \"email\", \"integer\","
    " \"boolean\", \"enum\", \"pem\", \"path\"\n"
    "4 /methods/0/parameters/1/type: must be one of \"string\", \"secret\", \"hostname\", \"uri\", \"email\", \"integer\","
    " \"boolean\", \"enum\", \"pem\", \"path\"\n" },
  { "two templates that cannot be read do not hide what nothing uses",
    HEAD METHOD ("m1", SECRET ("token") ",\n" TEXT ("site") ",\n" TEXT ("extra"),
                 BEARER ("{token") "\"headers\": {\"X-Site\": \"{site\"},\n" TEST ("https://api.acme.test/")) "]}",
    "5 /methods/0/parameters/2: nothing uses this parameter\n"
    "6 /methods/0/auth/0/token: A closing brace is expected: character 7\n"
    "7 /methods/0/headers/X-Site: A closing brace is expected: character 6\n" },
};

static void
test_all_kinds_at_once (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (at_once); i++) {
    g_autofree char *lines = lint ("acme.json", at_once[i].text, FALSE);

    g_test_message ("%s", at_once[i].name);
    g_assert_cmpstr (lines, ==, at_once[i].lines);
  }
}

/* As many as a file of that size can have: some are told, and how many are not. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("{\"id\": \"acme\"");
  g_autofree char *lines = NULL;
  g_auto (GStrv) split = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, ",\n\"x%u\": 1", i);
  g_string_append (text, "}");
  g_assert_cmpuint (text->len, <, PLUG_DEFINITION_MAX_BYTES);
  lines = lint ("acme.json", text->str, FALSE);
  split = g_strsplit (lines, "\n", -1);
  g_assert_cmpuint (g_strv_length (split), ==, PLUG_LINT_MAX_MISTAKES + 2);
  /* Four members are lacking, too. */
  g_assert_cmpstr (split[PLUG_LINT_MAX_MISTAKES], ==,
                   "0 : has 19004 more mistakes, which are told when these are corrected");
}

static void
test_unreadable (void)
{
  static const char * const paths[] = { "/nonexistent/acme.json", "/", "/dev/null" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (GPtrArray) mistakes = NULL;
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_lint_file (paths[i], FALSE, PLUG_LINT_MAX_MISTAKES, &mistakes, &error));
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
  g_test_add_func ("/lint/all-at-once/taken", test_all_at_once);
  g_test_add_func ("/lint/all-at-once/kinds", test_all_kinds_at_once);
  g_test_add_func ("/lint/many", test_many);
  g_test_add_func ("/lint/unreadable", test_unreadable);

  return g_test_run ();
}
