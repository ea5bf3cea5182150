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
 */
struct _PlugSearchTerms {
  char *text;
  gsize keywords; /* where they begin in text; the name's line end is before it */
  gsize vendor;
  gsize categories;
  char *words;    /* those in which a typing error is forgiven, each NUL-terminated, ended by an empty one */
  char *initials; /* "\nhp\nhaloinitials\n" */
};

typedef struct {
  char *text;
  gsize length;
  guint n_chars;
  gboolean is_one; /* no blank in it */
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

static void
append_words (GString *words,
              const char *text,
              gsize length)
{
  const char *end = text + length, *start = NULL;

  for (const char *p = text; p <= end; p = p < end ? g_utf8_next_char (p) : p + 1) {
    gboolean is_letter = p < end && g_unichar_isalnum (g_utf8_get_char (p));

    if (is_letter && start == NULL)
      start = p;
    if (!is_letter && start != NULL) {
      if (g_utf8_strlen (start, p - start) >= MIN_TYPO_CHARS)
        g_string_append_len (g_string_append_len (words, start, p - start), "", 1);
      start = NULL;
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
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GString) initials = g_string_new ("\n");

  append_lines (text, (const char *const[]){ name, NULL });
  self->keywords = text->len;
  append_lines (text, keywords);
  self->vendor = text->len;
  append_lines (text, (const char *const[]){ vendor, NULL });
  self->categories = text->len;
  append_words (words, text->str, text->len);
  g_string_append (text, categories != NULL ? categories : "");
  append_initials (initials, name, FALSE);
  append_initials (initials, name, TRUE);

  self->text = g_malloc (text->len + words->len + initials->len + 3);
  memcpy (self->text, text->str, text->len + 1);
  self->words = self->text + text->len + 1;
  memcpy (self->words, words->str, words->len + 1);
  self->initials = self->words + words->len + 1;
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
  word->text = text;
  word->length = strlen (text);
  word->n_chars = (guint) g_utf8_strlen (text, -1);
  word->is_one = strchr (text, ' ') == NULL;
}

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
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
  return strncmp (text, rest, strlen (rest)) == 0;
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
  return *word_next != '\0' && g_utf8_get_char (typed) == g_utf8_get_char (word_next) &&
         g_utf8_get_char (typed_next) == g_utf8_get_char (word) &&
         begins_with (g_utf8_next_char (word_next), g_utf8_next_char (typed_next));
}

/* What is left of a word of four letters when one is missing could be the beginning of too many others. */
static gboolean
forgives_missing (const char *word,
                  const char *typed)
{
  while (*typed != '\0' && *typed == *word) {
    typed++;
    word++;
  }
  while (((guchar) *typed & 0xc0) == 0x80) {
    typed--;
    word--;
  }
  return *word != '\0' && g_str_equal (g_utf8_next_char (word), typed);
}

static PlugRank
match_typo (const PlugSearchTerms *terms,
            const Word *word)
{
  if (!word->is_one || word->n_chars < MIN_TYPO_CHARS - 1)
    return PLUG_RANK_NONE;
  for (const char *other = terms->words; *other != '\0'; other += strlen (other) + 1)
    if (word->n_chars >= MIN_TYPO_CHARS ? forgives (other, word->text) : forgives_missing (other, word->text))
      return PLUG_RANK_TYPO;
  return PLUG_RANK_NONE;
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
  gsize place = found != NULL ? (gsize) (found - terms->text) : G_MAXSIZE;

  if (place < terms->keywords)
    return match_name (terms, found, word);
  if (place < terms->vendor || match_initials (terms, word))
    return PLUG_RANK_KEYWORD;
  if (found == NULL)
    return match_typo (terms, word);
  return place < terms->categories ? PLUG_RANK_VENDOR : PLUG_RANK_CATEGORY;
}

PlugRank
plug_query_match (const PlugQuery *self,
                  const PlugSearchTerms *terms)
{
  PlugRank worst = PLUG_RANK_NAME_EXACT, whole;

  if (plug_query_is_empty (self))
    return PLUG_RANK_NAME_EXACT;
  whole = match_word (terms, &self->whole);
  if (whole != PLUG_RANK_NONE || self->words->len == 0)
    return whole;
  for (guint i = 0; i < self->words->len && worst != PLUG_RANK_NONE; i++)
    worst = MIN (worst, match_word (terms, &g_array_index (self->words, Word, i)));
  /* The words of a name in another order are not the name. */
  return MIN (worst, PLUG_RANK_NAME_WORD);
}
