/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-search.h"

static void
test_fold (void)
{
  static const char * const rows[][3] = {
    /* text, folded, likeness */
    { "HaloPSA", "halopsa", "halopsa" },       { "  Société   Générale ", "societe generale", "societegenerale" },
    { "STRASSE", "strasse", "strasse" },       { "Straße", "strasse", "strasse" },
    { "Git\tHub", "git hub", "github" },       { "İstanbul", "istanbul", "istanbul" },
    { "ｇｉｔｈｕｂ", "github", "github" },    { "Git\u200bHub", "git\u200bhub", "github" },
    { "e\u0301", "e", "e" },                   { "Łódź", "łodz", "łodz" },
    { "", "", "" },                            { "\xff", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *folded = plug_search_fold (rows[i][0]);
    g_autofree char *likeness = plug_search_dup_likeness (rows[i][0]);

    g_assert_cmpstr (folded, ==, rows[i][1]);
    g_assert_cmpstr (likeness, ==, rows[i][2]);
  }
}

static void
test_ranks (void)
{
  static const char * const keywords[] = { "Atlassian help desk", "tickets", "ITSM", NULL };
  static const struct {
    const char *query;
    PlugRank rank;
  } rows[] = {
    { "Jira Service Management", PLUG_RANK_NAME_EXACT },
    { "  jira   SERVICE management ", PLUG_RANK_NAME_EXACT },
    { "jirá", PLUG_RANK_NAME_START },
    { "jira s", PLUG_RANK_NAME_START },
    { "management", PLUG_RANK_NAME_WORD },
    { "service jira", PLUG_RANK_NAME_WORD },
    { "rvice", PLUG_RANK_NAME_INSIDE },
    { "jira rvice", PLUG_RANK_NAME_INSIDE },
    { "ticket", PLUG_RANK_KEYWORD },
    { "help desk", PLUG_RANK_KEYWORD },
    { "jira tickets", PLUG_RANK_KEYWORD },
    { "JSM", PLUG_RANK_KEYWORD },
    { "js", PLUG_RANK_NONE },
    { "jsmx", PLUG_RANK_NONE },
    { "itsm", PLUG_RANK_KEYWORD },
    { "Émaker", PLUG_RANK_VENDOR },
    { "project-m", PLUG_RANK_CATEGORY },
    { "jora", PLUG_RANK_TYPO },         /* a wrong letter */
    { "jiera", PLUG_RANK_TYPO },        /* one too many */
    { "jjira", PLUG_RANK_TYPO },
    { "jia", PLUG_RANK_TYPO },          /* one too few */
    { "serice", PLUG_RANK_TYPO },
    { "jria", PLUG_RANK_TYPO },         /* exchanged */
    { "ijra", PLUG_RANK_TYPO },
    { "managmeent", PLUG_RANK_TYPO },
    { "mangement", PLUG_RANK_TYPO },
    { "serv1ce", PLUG_RANK_TYPO },
    { "servcei", PLUG_RANK_NONE },      /* two errors */
    { "manaegmetn", PLUG_RANK_NONE },
    { "jo", PLUG_RANK_NONE },           /* too short to guess */
    { "jxa", PLUG_RANK_NONE },
    { "tikcets", PLUG_RANK_TYPO },      /* of a keyword */
    { "émakre", PLUG_RANK_TYPO },       /* of the vendor */
    { "jria service", PLUG_RANK_TYPO },
    { "jira xyzzy", PLUG_RANK_NONE },
    { "", PLUG_RANK_NAME_EXACT },
    { "   ", PLUG_RANK_NAME_EXACT },
    { "\n", PLUG_RANK_NAME_EXACT },
  };
  g_autoptr (PlugSearchTerms) terms = plug_search_terms_new ("Jira Service Management", "Emaker", keywords, "itsm\nproject-management\n");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugQuery) query = plug_query_new (rows[i].query);

    g_test_message ("%s", rows[i].query);
    g_assert_cmpint (plug_query_match (query, terms), ==, rows[i].rank);
  }
}

/* Letters of more than one byte are one letter each. */
static void
test_letters (void)
{
  static const struct {
    const char *query;
    PlugRank rank;
  } rows[] = {
    { "яндекс", PLUG_RANK_NAME_EXACT }, { "ЯНД", PLUG_RANK_NAME_START }, { "яндэкс", PLUG_RANK_TYPO },
    { "яндкс", PLUG_RANK_TYPO },        { "яндеекс", PLUG_RANK_TYPO },   { "янедкс", PLUG_RANK_TYPO },
    { "бндекс", PLUG_RANK_TYPO },       { "бндэкс", PLUG_RANK_NONE },    { "яндексы", PLUG_RANK_TYPO },
  };
  g_autoptr (PlugSearchTerms) terms = plug_search_terms_new ("Яндекс", NULL, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugQuery) query = plug_query_new (rows[i].query);

    g_test_message ("%s", rows[i].query);
    g_assert_cmpint (plug_query_match (query, terms), ==, rows[i].rank);
  }
}

static void
test_initials (void)
{
  static const struct {
    const char *name;
    const char *query;
    PlugRank rank;
  } rows[] = {
    { "Amazon Web Services", "aws", PLUG_RANK_KEYWORD },  { "CrowdStrike Falcon", "cf", PLUG_RANK_KEYWORD },
    { "CrowdStrike Falcon", "csf", PLUG_RANK_KEYWORD },   { "Éclair Über Alles", "eua", PLUG_RANK_KEYWORD },
    { "Amazon Web Services", "aw", PLUG_RANK_NONE },      { "Okta", "o", PLUG_RANK_NAME_START },
    { "Zed", "zz", PLUG_RANK_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugSearchTerms) terms = plug_search_terms_new (rows[i].name, NULL, NULL, NULL);
    g_autoptr (PlugQuery) query = plug_query_new (rows[i].query);

    g_test_message ("%s", rows[i].query);
    g_assert_cmpint (plug_query_match (query, terms), ==, rows[i].rank);
  }
}

/* Every single error in every place of a word, made by the machine. */
static void
test_every_error (void)
{
  static const char word[] = "halopsa";
  g_autoptr (PlugSearchTerms) terms = plug_search_terms_new ("HaloPSA", NULL, NULL, NULL);

  for (gsize i = 0; i < sizeof word - 1; i++) {
    g_autofree char *wrong = g_strdup_printf ("%.*sq%s", (int) i, word, word + i + 1);
    g_autofree char *many = g_strdup_printf ("%.*sq%s", (int) i, word, word + i);
    g_autofree char *few = g_strdup_printf ("%.*s%s", (int) i, word, word + i + 1);
    g_autofree char *exchanged = g_strdup (word);
    const char *typed[] = { wrong, many, few, exchanged };

    if (i + 2 < sizeof word) {
      exchanged[i] = word[i + 1];
      exchanged[i + 1] = word[i];
    }
    for (guint j = 0; j < G_N_ELEMENTS (typed); j++) {
      g_autoptr (PlugQuery) query = plug_query_new (typed[j]);

      g_test_message ("%s", typed[j]);
      g_assert_cmpint (plug_query_match (query, terms), !=, PLUG_RANK_NONE);
    }
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/fold", test_fold);
  g_test_add_func ("/search/ranks", test_ranks);
  g_test_add_func ("/search/letters", test_letters);
  g_test_add_func ("/search/initials", test_initials);
  g_test_add_func ("/search/every-error", test_every_error);

  return g_test_run ();
}
