/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The categories of services: an id in the definitions, and what a person calls it. A definition may have others. */

/* "Service desk" for "itsm", in the user's language; the category itself when it is not known. Borrowed, for the program's
 * life or as long as @category. */
const char *plug_category_get_label (const char *category);
/* The categories that have a label, one by one; NULL past the last. */
const char *plug_category_get_known (guint index);
/* All that somebody may type who looks for one of these, as plug_search_terms_new() takes it: @ids, and their labels in
 * English and in the user's language, each folded, where it says something new, and ended by a line end. */
char *plug_category_dup_terms (const char *const *ids) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
