/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugRank:
 *
 * Where a search found what was typed: the higher, the better.
 */
typedef enum {
  PLUG_RANK_NONE,
  PLUG_RANK_GUESS,         /* a word of the name of three letters, but for one typing error */
  PLUG_RANK_TYPO,          /* a keyword or the vendor, but for one typing error */
  PLUG_RANK_NAME_TYPO,     /* the name from one of its words on, but for one typing error */
  PLUG_RANK_CATEGORY,
  PLUG_RANK_VENDOR,
  PLUG_RANK_KEYWORD,       /* also the initials of the name: "jsm" */
  PLUG_RANK_NAME_INSIDE,   /* also from one of its words on, but for blanks and punctuation */
  PLUG_RANK_NAME_WORD,     /* a word of the name begins so */
  PLUG_RANK_NAME_TOGETHER, /* all of the name, but for blanks and punctuation */
  PLUG_RANK_NAME_START,    /* the name begins so */
  PLUG_RANK_NAME_EXACT,
  PLUG_N_RANKS,
} PlugRank;

/* Case, accents and the width of blanks do not count: "Société  X" is "societe x". What is no text is "". */
char *plug_search_fold (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* What two names have in common that a person could take for each other: plug_search_fold() without blanks and without
 * what is not visible. */
char *plug_search_dup_likeness (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * PlugSearchTerms:
 *
 * All that a service can be found by, folded once. Immutable.
 */
typedef struct _PlugSearchTerms PlugSearchTerms;

/* Everything but @name is (nullable); @categories is folded already, and each of its lines has its end. */
PlugSearchTerms *plug_search_terms_new (const char *name,
                                        const char *vendor,
                                        const char *const *keywords,
                                        const char *categories) G_GNUC_WARN_UNUSED_RESULT;
void plug_search_terms_free (PlugSearchTerms *self);

/**
 * PlugQuery:
 *
 * What was typed, folded once. Immutable.
 */
typedef struct _PlugQuery PlugQuery;

PlugQuery *plug_query_new (const char *text) G_GNUC_WARN_UNUSED_RESULT;
void plug_query_free (PlugQuery *self);
/* TRUE when nothing but blanks was typed: then everything is found, in %PLUG_RANK_NAME_EXACT. */
gboolean plug_query_is_empty (const PlugQuery *self);

/**
 * plug_query_match:
 *
 * The whole of what was typed, or each of its words somewhere, the worst of them counting. It is compared as it is, then
 * without blanks and punctuation, and then, from four letters on, with one letter too many, too few or wrong, or two
 * adjacent ones exchanged. With fewer letters, and one error, it has to be all of a word. Allocates nothing.
 */
PlugRank plug_query_match (const PlugQuery *self,
                           const PlugSearchTerms *terms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugQuery, plug_query_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugSearchTerms, plug_search_terms_free)

G_END_DECLS
