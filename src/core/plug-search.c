/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-search.h"

#include <string.h>

#define MIN_TYPO_CHARS 4

/* One block of memory a service, for ten thousand of them are read at every key that is typed. In @text the best comes
 * first, so that where a word is found first is where it is found best:
 *
 *     NAME \n KEYWORD \n KEYWORD \n VENDOR \n CATEGORY \n CATEGORY \n
 *
 * @endings and @shorts are lists: each item is a byte, the rank of who types it, and a NUL-terminated text; an empty one
 * ends the list.
 */
struct _PlugSearchTerms {
  char *text;
  gsize keywords; /* where they begin in text; the name's line end is before it */
  gsize vendor;
  gsize categories;
  char *endings;  /* of a line, from each of its words on, written together: "newrelic", "relic" */
  char *shorts;   /* words in which an error leaves so little that all the rest has to be there: "wiz\n" */
  char *initials; /* "\nhp\nhaloinitials\n" */
};

typedef struct {
  char *text;
  gsize length;
  char *letters; /* the text without blanks and punctuation */
  char *closed;  /* the letters and a line end: what begins with this is all of a word */
  gsize n_bytes; /* of the letters */
  guint n_chars; /* of the letters */
} Word;

struct _PlugQuery {
  Word whole;
  GArray *words; /* of Word; empty when there is only one */
};

char *
plug_search_fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);
  gboolean blank = FALSE;

  if (decomposed == NULL)
    return g_strdup ("");
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isspace (c)) {
      blank = bare->len > 0;
    } else if (!g_unichar_ismark (c)) {
      if (blank)
        g_string_append_c (bare, ' ');
      blank = FALSE;
      g_string_append_unichar (bare, c);
    }
  }
  return g_utf8_casefold (bare->str, (gssize) bare->len);
}

char *
plug_search_dup_likeness (const char *name)
{
  g_autofree char *folded = plug_search_fold (name);
  g_autoptr (GString) visible = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_isspace (c) && !g_unichar_iszerowidth (c) && !g_unichar_iscntrl (c) &&
        g_unichar_type (c) != G_UNICODE_FORMAT)
      g_string_append_unichar (visible, c);
  }
  return g_string_free (g_steal_pointer (&visible), FALSE);
}

static void
append_lines (GString *text,
              const char *const *items)
{
  for (gsize i = 0; items != NULL && items[i] != NULL; i++) {
    g_autofree char *folded = plug_search_fold (items[i]);

    g_string_append_printf (text, "%s\n", folded);
  }
}

/* The next word at or after @text, or NULL; it is before @end. */
static const char *
find_word (const char *text,
           const char **end)
{
  while (*text != '\0' && !g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  *end = text;
  while (**end != '\0' && g_unichar_isalnum (g_utf8_get_char (*end)))
    *end = g_utf8_next_char (*end);
  return *end > text ? text : NULL;
}

/* Up to the line end, without blanks and punctuation. */
static void
append_letters (GString *list,
                const char *line)
{
  for (const char *p = line, *next; *p != '\0' && *p != '\n'; p = next) {
    next = g_utf8_next_char (p);
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      g_string_append_len (list, p, next - p);
  }
}

static PlugRank
rank_of_place (const PlugSearchTerms *terms,
               gsize place)
{
  if (place < terms->keywords)
    return PLUG_RANK_NAME_INSIDE;
  if (place < terms->vendor)
    return PLUG_RANK_KEYWORD;
  return place < terms->categories ? PLUG_RANK_VENDOR : PLUG_RANK_CATEGORY;
}

static void
append_words (GString *endings,
              GString *shorts,
              const PlugSearchTerms *terms,
              const char *text)
{
  const char *end;

  for (const char *p = find_word (text, &end); p != NULL; p = find_word (end, &end)) {
    PlugRank rank = rank_of_place (terms, (gsize) (p - text));
    gboolean in_name = rank == PLUG_RANK_NAME_INSIDE;
    glong n_chars = g_utf8_strlen (p, end - p);

    if (n_chars >= MIN_TYPO_CHARS || *end != '\n') {
      g_string_append_c (endings, (char) rank);
      append_letters (endings, p);
      g_string_append_c (endings, '\0');
    }
    if (n_chars == MIN_TYPO_CHARS || (n_chars == MIN_TYPO_CHARS - 1 && in_name)) {
      PlugRank by_error = in_name ? PLUG_RANK_NAME_TYPO : PLUG_RANK_TYPO;

      g_string_append_c (shorts, (char) (n_chars == MIN_TYPO_CHARS ? by_error : PLUG_RANK_GUESS));
      g_string_append_len (shorts, p, end - p);
      g_string_append_len (shorts, "\n", 2);
    }
  }
}

/* Of the words: "jsm" for Jira Service Management; with @capitals also of the parts of a word: "csf" for CrowdStrike Falcon. */
static void
append_initials (GString *initials,
                 const char *name,
                 gboolean capitals)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  g_autofree char *folded = NULL;
  gboolean after_letter = FALSE, after_lower = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isalnum (c) && (!after_letter || (capitals && after_lower && g_unichar_isupper (c))))
      g_string_append_unichar (letters, c);
    after_letter = g_unichar_isalnum (c);
    after_lower = g_unichar_islower (c);
  }
  folded = plug_search_fold (letters->str);
  if (g_utf8_strlen (folded, -1) >= 2)
    g_string_append_printf (initials, "%s\n", folded);
}

PlugSearchTerms *
plug_search_terms_new (const char *name,
                       const char *vendor,
                       const char *const *keywords,
                       const char *categories)
{
  PlugSearchTerms *self = g_new0 (PlugSearchTerms, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) endings = g_string_new (NULL);
  g_autoptr (GString) shorts = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new ("\n");

  append_lines (text, (const char *const[]){ name, NULL });
  self->keywords = text->len;
  append_lines (text, keywords);
  self->vendor = text->len;
  append_lines (text, (const char *const[]){ vendor, NULL });
  self->categories = text->len;
  append_words (endings, shorts, self, text->str);
  g_string_append (text, categories != NULL ? categories : "");
  append_initials (initials, name, FALSE);
  append_initials (initials, name, TRUE);

  self->text = g_malloc (text->len + endings->len + shorts->len + initials->len + 4);
  memcpy (self->text, text->str, text->len + 1);
  self->endings = self->text + text->len + 1;
  memcpy (self->endings, endings->str, endings->len + 1);
  self->shorts = self->endings + endings->len + 1;
  memcpy (self->shorts, shorts->str, shorts->len + 1);
  self->initials = self->shorts + shorts->len + 1;
  memcpy (self->initials, initials->str, initials->len + 1);

  return self;
}

void
plug_search_terms_free (PlugSearchTerms *self)
{
  g_free (self->text);
  g_free (self);
}

static void
word_set (Word *word,
          char *text)
{
  GString *letters = g_string_new (NULL);

  word->text = text;
  word->length = strlen (text);
  append_letters (letters, text);
  word->n_bytes = letters->len;
  word->letters = g_string_free (letters, FALSE);
  word->closed = g_strconcat (word->letters, "\n", NULL);
  word->n_chars = (guint) g_utf8_strlen (word->letters, -1);
}

static void
word_clear (gpointer data)
{
  Word *word = data;

  g_free (word->text);
  g_free (word->letters);
  g_free (word->closed);
}

PlugQuery *
plug_query_new (const char *text)
{
  PlugQuery *self = g_new0 (PlugQuery, 1);
  g_auto (GStrv) words = NULL;

  word_set (&self->whole, plug_search_fold (text));
  self->words = g_array_new (FALSE, TRUE, sizeof (Word));
  g_array_set_clear_func (self->words, word_clear);
  words = g_strsplit (self->whole.text, " ", -1);
  for (gsize i = 0; words[0] != NULL && words[1] != NULL && words[i] != NULL; i++) {
    Word word;

    word_set (&word, g_strdup (words[i]));
    g_array_append_val (self->words, word);
  }
  return self;
}

void
plug_query_free (PlugQuery *self)
{
  word_clear (&self->whole);
  g_array_unref (self->words);
  g_free (self);
}

gboolean
plug_query_is_empty (const PlugQuery *self)
{
  return self->whole.length == 0;
}

static gboolean
begins_with (const char *text,
             const char *rest)
{
  while (*rest != '\0' && *rest == *text) {
    rest++;
    text++;
  }
  return *rest == '\0';
}

/* Whether @typed is the beginning of @word but for one letter too many, too few or wrong, or two exchanged ones. */
static gboolean
forgives (const char *word,
          const char *typed)
{
  gsize same = 0;
  const char *typed_next, *word_next;

  while (typed[same] != '\0' && typed[same] == word[same])
    same++;
  while (same > 0 && ((guchar) typed[same] & 0xc0) == 0x80)
    same--;
  typed += same;
  word += same;
  if (*typed == '\0')
    return TRUE;
  typed_next = g_utf8_next_char (typed);
  if (begins_with (word, typed_next))
    return TRUE; /* one too many */
  if (*word == '\0')
    return FALSE;
  word_next = g_utf8_next_char (word);
  if (begins_with (word_next, typed_next) || begins_with (word_next, typed))
    return TRUE; /* a wrong one, one too few */
  return *word_next != '\0' && begins_with (g_utf8_next_char (word_next), g_utf8_next_char (typed_next)) &&
         g_utf8_get_char (typed) == g_utf8_get_char (word_next) && g_utf8_get_char (typed_next) == g_utf8_get_char (word);
}

/* Whether what was typed is found better than in @rank when all is written together, or else but for an error. */
static PlugRank
match_letters (const PlugSearchTerms *terms,
               const Word *word,
               PlugRank rank)
{
  gboolean may_err = rank == PLUG_RANK_NONE && word->n_chars >= MIN_TYPO_CHARS;

  if (word->n_chars < 2)
    return rank;
  for (const char *p = terms->endings; (PlugRank) *p > rank; p += strlen (p) + 1) {
    if (begins_with (p + 1, word->letters)) {
      gboolean is_name = p == terms->endings && *p == PLUG_RANK_NAME_INSIDE && p[1 + word->n_bytes] == '\0';

      return is_name ? PLUG_RANK_NAME_TOGETHER : (PlugRank) *p;
    }
    if (may_err && forgives (p + 1, word->letters)) {
      rank = *p == PLUG_RANK_NAME_INSIDE ? PLUG_RANK_NAME_TYPO : PLUG_RANK_TYPO;
      may_err = FALSE;
    }
  }
  if (rank == PLUG_RANK_NONE && word->n_chars <= MIN_TYPO_CHARS)
    for (const char *p = terms->shorts; *p != '\0'; p += strlen (p) + 1)
      if ((PlugRank) *p > rank && forgives (p + 1, word->closed))
        rank = (PlugRank) *p;
  return rank;
}

static gboolean
match_initials (const PlugSearchTerms *terms,
                const Word *word)
{
  for (const char *p = terms->initials; p[1] != '\0'; p = strchr (p + 1, '\n'))
    if (strncmp (p + 1, word->text, word->length) == 0 && p[1 + word->length] == '\n')
      return TRUE;
  return FALSE;
}

/* @found is the first place in the name, which goes to the line end. */
static PlugRank
match_name (const PlugSearchTerms *terms,
            const char *found,
            const Word *word)
{
  const char *end = terms->text + terms->keywords;

  if (found == terms->text)
    return found[word->length] == '\n' ? PLUG_RANK_NAME_EXACT : PLUG_RANK_NAME_START;
  for (; found != NULL && found < end; found = strstr (found + 1, word->text))
    if (!g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (found))))
      return PLUG_RANK_NAME_WORD;
  return PLUG_RANK_NAME_INSIDE;
}

static PlugRank
match_word (const PlugSearchTerms *terms,
            const Word *word)
{
  const char *found = strstr (terms->text, word->text);
  PlugRank rank = PLUG_RANK_NONE;

  if (found != NULL && found < terms->text + terms->keywords)
    return match_name (terms, found, word);
  if (found != NULL)
    rank = rank_of_place (terms, (gsize) (found - terms->text));
  if (rank < PLUG_RANK_KEYWORD && match_initials (terms, word))
    rank = PLUG_RANK_KEYWORD;
  return match_letters (terms, word, rank);
}

PlugRank
plug_query_match (const PlugQuery *self,
                  const PlugSearchTerms *terms)
{
  PlugRank worst = PLUG_RANK_NAME_EXACT, whole;

  if (plug_query_is_empty (self))
    return PLUG_RANK_NAME_EXACT;
  whole = match_word (terms, &self->whole);
  if (whole >= PLUG_RANK_NAME_WORD || self->words->len == 0)
    return whole;
  for (guint i = 0; i < self->words->len && worst > whole; i++)
    worst = MIN (worst, match_word (terms, &g_array_index (self->words, Word, i)));
  /* The words of a name in another order are not the name. */
  return MAX (whole, MIN (worst, PLUG_RANK_NAME_WORD));
}
