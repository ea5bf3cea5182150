/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-catalogue.h"
#include "plug-hits.h"

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
    { "jora", PLUG_RANK_NAME_TYPO },         /* a wrong letter */
    { "jiera", PLUG_RANK_NAME_TYPO },        /* one too many */
    { "jjira", PLUG_RANK_NAME_TYPO },
    { "jia", PLUG_RANK_NAME_TYPO },          /* one too few */
    { "serice", PLUG_RANK_NAME_TYPO },
    { "jria", PLUG_RANK_NAME_TYPO },         /* exchanged */
    { "ijra", PLUG_RANK_NAME_TYPO },
    { "managmeent", PLUG_RANK_NAME_TYPO },
    { "mangement", PLUG_RANK_NAME_TYPO },
    { "serv1ce", PLUG_RANK_NAME_TYPO },
    { "servcei", PLUG_RANK_NONE },      /* two errors */
    { "manaegmetn", PLUG_RANK_NONE },
    { "jo", PLUG_RANK_NONE },           /* too short to guess */
    { "jxa", PLUG_RANK_NONE },
    { "jiraservicemanagement", PLUG_RANK_NAME_TOGETHER },
    { "servicemanagement", PLUG_RANK_NAME_INSIDE },
    { "jiraservicmanagement", PLUG_RANK_NAME_TYPO },
    { "helpdesk", PLUG_RANK_KEYWORD },
    { "tikcets", PLUG_RANK_TYPO },      /* of a keyword */
    { "émakre", PLUG_RANK_TYPO },       /* of the vendor */
    { "jria service", PLUG_RANK_NAME_TYPO },
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
    { "яндекс", PLUG_RANK_NAME_EXACT }, { "ЯНД", PLUG_RANK_NAME_START }, { "яндэкс", PLUG_RANK_NAME_TYPO },
    { "яндкс", PLUG_RANK_NAME_TYPO },        { "яндеекс", PLUG_RANK_NAME_TYPO },   { "янедкс", PLUG_RANK_NAME_TYPO },
    { "бндекс", PLUG_RANK_NAME_TYPO },       { "бндэкс", PLUG_RANK_NONE },    { "яндексы", PLUG_RANK_NAME_TYPO },
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

/* Blanks and punctuation may be others than those of the name, or none. */
static void
test_together (void)
{
  static const struct {
    const char *query;
    PlugRank rank;
  } rows[] = {
    { "n-able big ip", PLUG_RANK_NAME_EXACT }, { "n-able", PLUG_RANK_NAME_START },
    { "nablebigip", PLUG_RANK_NAME_TOGETHER }, { "n able big-ip", PLUG_RANK_NAME_TOGETHER },
    { "nable", PLUG_RANK_NAME_INSIDE },        { "na", PLUG_RANK_NAME_INSIDE },
    { "bigip", PLUG_RANK_NAME_INSIDE },        { "ablebig", PLUG_RANK_NAME_INSIDE },
    { "eebigip", PLUG_RANK_NONE },              { "ms teams", PLUG_RANK_KEYWORD },
    { "msteams", PLUG_RANK_KEYWORD },          { "acmeinc", PLUG_RANK_VENDOR },
    { "n-abel", PLUG_RANK_NAME_TYPO },         { "bgi-ip", PLUG_RANK_NAME_TYPO },
    { "mstaems", PLUG_RANK_TYPO },             { "acmeicn", PLUG_RANK_TYPO },
    { "networkmonitor", PLUG_RANK_NONE },      { "big msteams", PLUG_RANK_KEYWORD },
    { "msteams n-abel", PLUG_RANK_NAME_TYPO }, { "c++", PLUG_RANK_NONE },
    { "--", PLUG_RANK_NONE },                  { "n-abel xyzzy", PLUG_RANK_NONE },
  };
  static const char * const keywords[] = { "MS Teams", NULL };
  g_autoptr (PlugSearchTerms) terms = plug_search_terms_new ("N-able Big IP", "Acme, Inc.", keywords, "network monitor\n");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugQuery) query = plug_query_new (rows[i].query);

    g_test_message ("%s", rows[i].query);
    g_assert_cmpint (plug_query_match (query, terms), ==, rows[i].rank);
  }
}

/* So little is left of three letters that it could be many others. */
static void
test_three_letters (void)
{
  static const struct {
    const char *query;
    PlugRank rank;
  } rows[] = {
    { "wiz", PLUG_RANK_NAME_EXACT }, { "w", PLUG_RANK_NAME_START }, { "iz", PLUG_RANK_NAME_INSIDE },
    { "wz", PLUG_RANK_GUESS },       { "wzi", PLUG_RANK_GUESS },    { "iwz", PLUG_RANK_GUESS },
    { "wuz", PLUG_RANK_GUESS },      { "wizz", PLUG_RANK_GUESS },   { "qwiz", PLUG_RANK_GUESS },
    { "zw", PLUG_RANK_NONE },        { "zwi", PLUG_RANK_NONE },     { "wuzz", PLUG_RANK_NONE },
    { "wizar", PLUG_RANK_NONE },     { "x", PLUG_RANK_KEYWORD },    { "xrd", PLUG_RANK_NONE },
  };
  g_autoptr (PlugSearchTerms) terms = plug_search_terms_new ("Wiz", NULL, (const char *[]) { "DRX", NULL }, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugQuery) query = plug_query_new (rows[i].query);

    g_test_message ("%s", rows[i].query);
    g_assert_cmpint (plug_query_match (query, terms), ==, rows[i].rank);
  }
}

typedef enum {
  ERROR_LEFT_OUT,
  ERROR_DOUBLED,
  ERROR_ADDED,
  ERROR_REPLACED,
  ERROR_SWAPPED,
  N_ERRORS,
} TypingError;

static char *
mistype (const gunichar *name,
         glong n_chars,
         glong place,
         TypingError error)
{
  GString *typed = g_string_new (NULL);

  for (glong i = 0; i < n_chars; i++) {
    gboolean here = i == place;

    if (here && error == ERROR_SWAPPED && i + 1 < n_chars)
      g_string_append_unichar (typed, name[i + 1]);
    if (here && (error == ERROR_ADDED || error == ERROR_REPLACED))
      g_string_append_c (typed, 'q');
    if (here && error == ERROR_DOUBLED)
      g_string_append_unichar (typed, name[i]);
    if (!here || (error != ERROR_LEFT_OUT && error != ERROR_REPLACED))
      g_string_append_unichar (typed, name[i]);
    if (here && error == ERROR_SWAPPED)
      i++;
  }
  return g_string_free (typed, FALSE);
}

static gboolean
contains (GListModel *hits,
          PlugProvider *provider)
{
  for (guint i = 0; i < g_list_model_get_n_items (hits); i++) {
    g_autoptr (PlugProvider) hit = g_list_model_get_item (hits, i);

    if (hit == provider)
      return TRUE;
  }
  return FALSE;
}

/* Every single error in every place of every name, blanks and punctuation included, made by the machine. */
static void
test_every_error (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugHits) hits = plug_hits_new (G_LIST_MODEL (catalogue));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    g_autofree char *name = plug_search_fold (plug_provider_get_name (provider));
    g_autofree gunichar *chars = NULL;
    glong n_chars;

    chars = g_utf8_to_ucs4_fast (name, -1, &n_chars);
    for (glong place = 0; place < n_chars; place++)
      for (TypingError error = 0; error < N_ERRORS; error++) {
        g_autofree char *typed = mistype (chars, n_chars, place, error);

        plug_hits_set_query (hits, typed);
        if (!contains (G_LIST_MODEL (hits), provider))
          g_error ("“%s” does not find %s", typed, plug_provider_get_name (provider));
      }
  }
}

/* Errors are no reason to find half of the catalogue when a name is only begun. */
static void
test_begun (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  GListModel *providers = G_LIST_MODEL (catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);
    g_autofree char *name = plug_search_fold (plug_provider_get_name (provider));

    for (glong n_chars = 2; n_chars <= MIN (4, g_utf8_strlen (name, -1)); n_chars++) {
      g_autofree char *typed = g_utf8_substring (name, 0, n_chars);
      g_autoptr (PlugQuery) query = plug_query_new (typed);
      guint n_by_error = 0;

      for (guint j = 0; j < g_list_model_get_n_items (providers); j++) {
        g_autoptr (PlugProvider) other = g_list_model_get_item (providers, j);
        PlugRank rank = plug_provider_match (other, query);

        n_by_error += rank == PLUG_RANK_TYPO || rank == PLUG_RANK_NAME_TYPO;
      }
      g_test_message ("%s: %u", typed, n_by_error);
      if (n_chars == 2)
        g_assert_cmpuint (n_by_error, ==, 0);
      else /* "send" could be "end…" */
        g_assert_cmpuint (n_by_error, <=, g_list_model_get_n_items (providers) / (n_chars == 3 ? 50 : 5));
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
  g_test_add_func ("/search/together", test_together);
  g_test_add_func ("/search/three-letters", test_three_letters);
  g_test_add_func ("/search/every-error", test_every_error);
  g_test_add_func ("/search/begun", test_begun);

  return g_test_run ();
}
