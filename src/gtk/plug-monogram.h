/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How many grounds and motifs there are: see plug_monogram_get_look(). */
#define PLUG_MONOGRAM_N_GROUNDS 20
#define PLUG_MONOGRAM_N_MOTIFS 8

/**
 * PlugMonogramLook:
 * @ground: the colour of the tile
 * @shade: the colour of its motif: the ground's, darker, so that letters are read at least as well on it
 * @motif: which of the shapes is drawn behind the letters, below PLUG_MONOGRAM_N_MOTIFS
 *
 * The tile of a service without a mark. Two services with the same letters differ in colour, in shape or in both.
 */
typedef struct {
  GdkRGBA ground;
  GdkRGBA shade;
  guint motif;
} PlugMonogramLook;

/* "HP" for HaloPSA: one or two letters or digits of the definition's "monogram:…", else of the name: the first ones of its
 * first two words, where a capital after a small letter begins a word too. "?" when there are none. */
char *plug_monogram_dup_letters (const char *icon,
                                 const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* The look of the service with this id, the same in every run and on every machine. White letters have a contrast of at least
 * 4.5 : 1 on both colours (WCAG 2.1, 1.4.3), and of 7 : 1 with @high_contrast (1.4.6). NULL: of a service that is not known. */
void plug_monogram_get_look (const char *id,
                             gboolean high_contrast,
                             PlugMonogramLook *look);
/* Fills a square of @size pixels at 0, 0. @scale is the widget's scale factor, for edges on whole pixels of the screen. */
void plug_monogram_snapshot (const PlugMonogramLook *look,
                             const char *letters,
                             GtkSnapshot *snapshot,
                             PangoContext *context,
                             float size,
                             int scale);

G_END_DECLS
