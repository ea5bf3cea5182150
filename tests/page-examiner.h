/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looks at windows: whether something is cut off or sticks out, and in the pseudo language of pseudo-locale.py whether
 * something is left in English. For a test program with a display and its language. */

/* @names: what is shown as it is, in every language, besides the names of the catalogue; NULL-terminated. */
void page_examiner_start (const char *const *names);
/* Until the layout is done. */
void page_examiner_settle (void);
/* Fails the test and tells of each mistake in @window and in what it opened. @width is what @window may take, 0 when it has
 * its own. A picture goes to the folder PLUG_PICTURES. */
void page_examiner_examine (GtkWidget *window,
                            const char *page,
                            int width);

G_END_DECLS
