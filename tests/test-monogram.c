/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tiles of services without a mark: drawn on a surface of their own, without a display. */
#include <math.h>
#include <pango/pangocairo.h>

#include "plug-catalogue.h"
#include "plug-monogram.h"

static void
test_letters (void)
{
  static const struct {
    const char *icon, *name, *letters;
  } rows[] = {
    { NULL, "HaloPSA", "HP" },
    { "monogram:h", "HaloPSA", "H" },
    { "monogram:cw", "ConnectWise PSA", "CW" },
    { "monogram:p1", "PingOne", "P1" },
    { "monogram:abc", "Alpha", "AB" },
    { "monogram:a-b", "Alpha", "AB" },
    { "monogram:-", "Have I Been Pwned", "HI" },
    { "logos:okta", "Okta", "O" },
    { NULL, "CrowdStrike Falcon", "CS" },
    { NULL, "Abnormal Security", "AS" },
    { NULL, "Marks & Spencer", "MS" },
    { NULL, "& Sons", "S" },
    { NULL, "okta", "O" },
    { NULL, "3CX phone", "3P" },
    { NULL, "Überblick", "Ü" },
    { NULL, "", "?" },
    { NULL, "***", "?" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *letters = plug_monogram_dup_letters (rows[i].icon, rows[i].name);

    g_assert_cmpstr (letters, ==, rows[i].letters);
  }
}

/* A service keeps its tile from one version to the next: whoever changes these changes every tile. */
static void
test_stable (void)
{
  static const struct {
    const char *id, *ground;
    guint motif;
  } rows[] = {
    { "halopsa", "rgb(110,98,205)", 2 },
    { "freshdesk", "rgb(6,110,29)", 6 },
    { "wiz", "rgb(3,116,183)", 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugMonogramLook look;
    g_autofree char *ground = NULL;

    plug_monogram_get_look (rows[i].id, FALSE, &look);
    ground = gdk_rgba_to_string (&look.ground);
    g_assert_cmpstr (ground, ==, rows[i].ground);
    g_assert_cmpuint (look.motif, ==, rows[i].motif);
  }
}

static double
get_linear (float channel)
{
  double c = (double) channel;

  return c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *colour)
{
  return 0.2126 * get_linear (colour->red) + 0.7152 * get_linear (colour->green) + 0.0722 * get_linear (colour->blue);
}

static double
get_contrast (const GdkRGBA *light,
              const GdkRGBA *dark)
{
  return (get_luminance (light) + 0.05) / (get_luminance (dark) + 0.05);
}

/* Letters on both tones, and the tones against each other. */
static void
assert_readable (const char *id)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  PlugMonogramLook look;

  plug_monogram_get_look (id, FALSE, &look);
  g_assert_cmpfloat (get_contrast (&white, &look.ground), >=, 4.5);
  g_assert_cmpfloat (get_contrast (&look.ground, &look.shade), >=, 1.2);
  plug_monogram_get_look (id, TRUE, &look);
  g_assert_cmpfloat (get_contrast (&white, &look.ground), >=, 7);
  g_assert_cmpfloat (get_contrast (&look.ground, &look.shade), >, 1);
}

static void
test_contrast (void)
{
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *id = g_strdup_printf ("service-%u", i);

    assert_readable (id);
  }
  assert_readable (NULL);
}

/* Among many services all looks occur, and none much more often than the others. */
static void
test_spread (void)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer count;

  for (guint i = 0; i < 16000; i++) {
    g_autofree char *id = g_strdup_printf ("service-%u", i);
    g_autofree char *ground = NULL;
    PlugMonogramLook look;
    char *key;

    plug_monogram_get_look (id, FALSE, &look);
    ground = gdk_rgba_to_string (&look.ground);
    key = g_strdup_printf ("%s %u", ground, look.motif);
    count = g_hash_table_lookup (counts, key);
    g_hash_table_insert (counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  }
  g_assert_cmpuint (g_hash_table_size (counts), ==, PLUG_MONOGRAM_N_GROUNDS * PLUG_MONOGRAM_N_MOTIFS);
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &count)) {
    g_assert_cmpuint (GPOINTER_TO_UINT (count), >, 50);
    g_assert_cmpuint (GPOINTER_TO_UINT (count), <, 200);
  }
}

static cairo_surface_t *
draw (const PlugMonogramLook *look,
      const char *letters,
      int size,
      int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size * scale, size * scale);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 11");
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  pango_context_set_font_description (context, font);
  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  plug_monogram_snapshot (look, letters, snapshot, context, (float) size, scale);
  node = gtk_snapshot_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           int x,
           int y)
{
  const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) row)[x] & 0xffffff;
}

static guint
count_different (cairo_surface_t *a,
                 cairo_surface_t *b,
                 int pixels)
{
  guint count = 0;

  for (int y = 0; y < pixels; y++)
    for (int x = 0; x < pixels; x++)
      count += get_pixel (a, x, y) != get_pixel (b, x, y);
  return count;
}

/* The same letters on the same colour: every motif is told from every other, in the smallest size too. */
static void
test_motifs (void)
{
  cairo_surface_t *surfaces[PLUG_MONOGRAM_N_MOTIFS];
  PlugMonogramLook look;

  plug_monogram_get_look ("halopsa", FALSE, &look);
  for (look.motif = 0; look.motif < PLUG_MONOGRAM_N_MOTIFS; look.motif++)
    surfaces[look.motif] = draw (&look, "HP", 32, 1);
  for (guint i = 0; i < PLUG_MONOGRAM_N_MOTIFS; i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (count_different (surfaces[i], surfaces[j], 32), >, 32 * 32 / 10);
  for (guint i = 0; i < PLUG_MONOGRAM_N_MOTIFS; i++)
    cairo_surface_destroy (surfaces[i]);
}

/* The letters have the same space to the left as to the right, and never come near the edge. */
static void
assert_centred (const char *letters,
                int size,
                int scale)
{
  int pixels = size * scale, left = pixels, right = 0, top = pixels, bottom = 0;
  PlugMonogramLook look;
  cairo_surface_t *surface;

  plug_monogram_get_look ("halopsa", FALSE, &look);
  surface = draw (&look, letters, size, scale);
  for (int y = 0; y < pixels; y++)
    for (int x = 0; x < pixels; x++)
      if ((get_pixel (surface, x, y) & 0xff00) >= 0xc000) {
        left = MIN (left, x);
        right = MAX (right, x + 1);
        top = MIN (top, y);
        bottom = MAX (bottom, y + 1);
      }
  cairo_surface_destroy (surface);
  g_assert_cmpint (left, <, right);
  g_assert_cmpint (ABS (left - (pixels - right)), <=, 2);
  g_assert_cmpint (MIN (left, pixels - right), >=, pixels / 8);
  g_assert_cmpint (MIN (top, pixels - bottom), >=, pixels / 5);
}

static void
test_centred (void)
{
  static const char * const letters[] = { "HP", "I", "W", "WM", "Q7", "J1", "?" };
  static const int sizes[] = { 32, 48, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (int scale = 1; scale <= 2; scale++)
        assert_centred (letters[i], sizes[j], scale);
}

/* No two services have the same tile. */
static void
test_catalogue (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    g_autofree char *letters = plug_monogram_dup_letters (plug_provider_get_icon (provider), plug_provider_get_name (provider));
    g_autofree char *ground = NULL;
    PlugMonogramLook look;

    plug_monogram_get_look (plug_provider_get_id (provider), FALSE, &look);
    ground = gdk_rgba_to_string (&look.ground);
    g_assert_cmpint (g_utf8_strlen (letters, -1), <=, 2);
    g_assert_cmpstr (letters, !=, "?");
    g_assert_true (g_hash_table_add (seen, g_strdup_printf ("%s %s %u", letters, ground, look.motif)));
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without a display it fails, but by then render nodes have their types. */
  gtk_init_check ();

  g_test_add_func ("/monogram/letters", test_letters);
  g_test_add_func ("/monogram/look/stable", test_stable);
  g_test_add_func ("/monogram/look/contrast", test_contrast);
  g_test_add_func ("/monogram/look/spread", test_spread);
  g_test_add_func ("/monogram/look/motifs", test_motifs);
  g_test_add_func ("/monogram/centred", test_centred);
  g_test_add_func ("/monogram/catalogue", test_catalogue);

  return g_test_run ();
}
