/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-monogram.h"

#include <math.h>
#include <string.h>

#define SHADE 0.8f
#define HIGH_CONTRAST 0.72f

/* Once around the hues of OKLCH in steps of 20°, lighter and darker in turn so that neighbours differ, then slate and bark.
 * Each is as light as white letters allow. */
static const char * const grounds[PLUG_MONOGRAM_N_GROUNDS] = {
  "#bd4268", "#ac3031", "#bd4d00", "#8a5100", "#8c6802", "#666005", "#5b7809", "#066e1d", "#067f5c", "#0b6961",
  "#037a84", "#006581", "#0374b7", "#3258ba", "#6e62cd", "#7945ab", "#a14da7", "#9e3378", "#5d6470", "#7a5c3e",
};

typedef enum {
  SHAPE_DISC,    /* around x, y, up to the radius b */
  SHAPE_RING,    /* around x, y, from the radius a to b */
  SHAPE_HALF,    /* what lies beyond the middle between x, y and a, b */
  SHAPE_STRIPES, /* across the line from x, y to a, b, which is one period long */
} Shape;

/* As shares of the tile's edge. */
static const struct {
  Shape shape;
  float x, y, a, b;
} motifs[PLUG_MONOGRAM_N_MOTIFS] = {
  { SHAPE_DISC, 0.5f, 1, 0, 0.52f },
  { SHAPE_DISC, 1, 0, 0, 0.68f },
  { SHAPE_DISC, 0.5f, 0.5f, 0, 0.4f },
  { SHAPE_RING, 0, 1, 0.5f, 0.8f },
  { SHAPE_HALF, 0, 0, 1, 1 },
  { SHAPE_HALF, 1, 0, 0, 1 },
  { SHAPE_HALF, 0, 0, 1, 0 },
  { SHAPE_STRIPES, 0, 0, 0.25f, 0.25f },
};

static GdkRGBA
darken (const GdkRGBA *colour,
        float share)
{
  return (GdkRGBA){ colour->red * share, colour->green * share, colour->blue * share, 1 };
}

/* FNV-1a, then MurmurHash3's finalizer: ids that differ in one letter have nothing in common afterwards. */
static guint32
hash_id (const char *id)
{
  guint32 hash = 2166136261u;

  for (const char *p = id; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * 16777619u;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
  return hash ^ (hash >> 16);
}

/* Edges of gradients are one pixel of the screen wide: smooth with every renderer, and not blurred. */
static void
snapshot_round (const PlugMonogramLook *look,
                GtkSnapshot *snapshot,
                float size,
                float pixel)
{
  const graphene_point_t centre = GRAPHENE_POINT_INIT (motifs[look->motif].x * size, motifs[look->motif].y * size);
  float radius = motifs[look->motif].b * size;
  float hole = motifs[look->motif].shape == SHAPE_RING ? motifs[look->motif].a / motifs[look->motif].b : 0;
  float edge = pixel / radius;
  GdkRGBA inner = hole > 0 ? look->ground : look->shade;
  GskColorStop stops[] = {
    { 0, inner }, { MAX (hole - edge, 0), inner }, { hole, look->shade }, { 1 - edge, look->shade }, { 1, look->ground },
  };

  gtk_snapshot_append_radial_gradient (snapshot, &GRAPHENE_RECT_INIT (0, 0, size, size), &centre, radius, radius, 0, 1, stops,
                                       G_N_ELEMENTS (stops));
}

static void
snapshot_straight (const PlugMonogramLook *look,
                   GtkSnapshot *snapshot,
                   float size,
                   float pixel)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, size, size);
  const graphene_point_t from = GRAPHENE_POINT_INIT (motifs[look->motif].x * size, motifs[look->motif].y * size);
  const graphene_point_t to = GRAPHENE_POINT_INIT (motifs[look->motif].a * size, motifs[look->motif].b * size);
  float edge = pixel / hypotf (to.x - from.x, to.y - from.y);
  GskColorStop stops[] = {
    { 0, look->ground }, { 0.5f - edge / 2, look->ground }, { 0.5f + edge / 2, look->shade }, { 1 - edge, look->shade },
    { 1, motifs[look->motif].shape == SHAPE_STRIPES ? look->ground : look->shade },
  };

  if (motifs[look->motif].shape == SHAPE_STRIPES)
    gtk_snapshot_append_repeating_linear_gradient (snapshot, &bounds, &from, &to, stops, G_N_ELEMENTS (stops));
  else
    gtk_snapshot_append_linear_gradient (snapshot, &bounds, &from, &to, stops, G_N_ELEMENTS (stops));
}

static PangoLayout *
create_layout (PangoContext *context,
               const char *text,
               float pixels)
{
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_copy (pango_context_get_font_description (context));

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, (double) pixels * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);

  return layout;
}

/* The middle of what is inked, from left to right; from top to bottom that of a capital, so that a Q hangs no higher. */
static void
snapshot_letters (const char *letters,
                  GtkSnapshot *snapshot,
                  PangoContext *context,
                  float size,
                  int scale)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  float pixels = size * (g_utf8_strlen (letters, -1) > 1 ? 0.44f : 0.54f);
  float widest = size * 0.7f, width;
  g_autoptr (PangoLayout) layout = create_layout (context, letters, pixels);
  g_autoptr (PangoLayout) capital = NULL;
  PangoRectangle ink, height;
  float x, y;

  pango_layout_get_extents (layout, &ink, NULL);
  width = (float) ink.width / PANGO_SCALE;
  if (width > widest) {
    pixels *= widest / width;
    g_object_unref (layout);
    layout = create_layout (context, letters, pixels);
    pango_layout_get_extents (layout, &ink, NULL);
  }
  capital = create_layout (context, "H", pixels);
  pango_layout_get_extents (capital, &height, NULL);
  x = (size - (float) ink.width / PANGO_SCALE) / 2 - (float) ink.x / PANGO_SCALE;
  y = (size - (float) height.height / PANGO_SCALE) / 2 - (float) height.y / PANGO_SCALE;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x * (float) scale) / (float) scale,
                                                          roundf (y * (float) scale) / (float) scale));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

/* Up to two letters or digits, in capitals. */
static char *
dup_capitals (const char *text)
{
  GString *letters = g_string_new (NULL);
  guint count = 0;

  for (const char *p = text; *p != '\0' && count < 2; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isalnum (c)) {
      g_string_append_unichar (letters, g_unichar_toupper (c));
      count++;
    }
  }
  return g_string_free (letters, FALSE);
}

static char *
dup_initials (const char *name)
{
  GString *letters = g_string_new (NULL);
  gboolean in_word = FALSE, after_small = FALSE;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_isalnum (c) && (!in_word || (after_small && g_unichar_isupper (c))))
      g_string_append_unichar (letters, c);
    in_word = g_unichar_isalnum (c);
    after_small = g_unichar_islower (c);
  }
  return g_string_free (letters, FALSE);
}

char *
plug_monogram_dup_letters (const char *icon,
                           const char *name)
{
  g_autofree char *initials = dup_initials (name);
  g_autofree char *letters = NULL;

  if (icon != NULL && g_str_has_prefix (icon, "monogram:"))
    letters = dup_capitals (icon + strlen ("monogram:"));
  if (letters == NULL || *letters == '\0') {
    g_free (letters);
    letters = dup_capitals (initials);
  }
  return *letters != '\0' ? g_steal_pointer (&letters) : g_strdup ("?");
}

void
plug_monogram_get_look (const char *id,
                        gboolean high_contrast,
                        PlugMonogramLook *look)
{
  guint32 hash = id != NULL ? hash_id (id) : 0;

  gdk_rgba_parse (&look->ground, id != NULL ? grounds[hash % G_N_ELEMENTS (grounds)] : "#68686c");
  if (high_contrast)
    look->ground = darken (&look->ground, HIGH_CONTRAST);
  look->shade = darken (&look->ground, SHADE);
  look->motif = hash / G_N_ELEMENTS (grounds) % G_N_ELEMENTS (motifs);
}

void
plug_monogram_snapshot (const PlugMonogramLook *look,
                        const char *letters,
                        GtkSnapshot *snapshot,
                        PangoContext *context,
                        float size,
                        int scale)
{
  if (motifs[look->motif].shape == SHAPE_DISC || motifs[look->motif].shape == SHAPE_RING)
    snapshot_round (look, snapshot, size, 1 / (float) scale);
  else
    snapshot_straight (look, snapshot, size, 1 / (float) scale);
  snapshot_letters (letters, snapshot, context, size, scale);
}
