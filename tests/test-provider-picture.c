/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of services without a mark, and that they are drawn once: without a display. */
#include <pango/pangocairo.h>

#include "own-definition.h"
#include "plug-monogram.h"
#include "plug-provider-picture.h"

typedef struct {
  PangoContext *context;
  PlugProviderPictureLook look;
  PlugProvider *acme;
} Fixture;

static PlugProvider *
create_provider (const char *id,
                 const char *name)
{
  g_autofree char *json = own_definition_dup (id, name);
  g_autoptr (GError) error = NULL;
  PlugProvider *provider = plug_provider_new_from_json (json, -1, FALSE, &error);

  g_assert_no_error (error);
  return provider;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  fixture->look = (PlugProviderPictureLook) { .size = 64, .scale = 1, .text = { 0, 0, 0, 1 }, .context = fixture->context };
  fixture->acme = create_provider ("acme", "Acme");
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->acme);
  g_object_unref (fixture->context);
}

static guint32
get_pixel (GdkTexture *picture,
           int x,
           int y)
{
  int width = gdk_texture_get_width (picture);
  g_autofree guint32 *pixels = g_new (guint32, width * gdk_texture_get_height (picture));

  gdk_texture_download (picture, (guchar *) pixels, (gsize) width * sizeof *pixels);
  return pixels[y * width + x];
}

static guint32
get_ground (const char *id,
            gboolean high_contrast)
{
  PlugMonogramLook look;

  plug_monogram_get_look (id, high_contrast, &look);
  return 0xff000000 | (guint32) (look.ground.red * 255 + 0.5f) << 16 | (guint32) (look.ground.green * 255 + 0.5f) << 8 |
         (guint32) (look.ground.blue * 255 + 0.5f);
}

static gboolean
has_pixel (GdkTexture *picture,
           guint32 pixel)
{
  for (int y = 0; y < gdk_texture_get_height (picture); y += 3)
    for (int x = 0; x < gdk_texture_get_width (picture); x += 3)
      if (get_pixel (picture, x, y) == pixel)
        return TRUE;
  return FALSE;
}

static void
test_drawn (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GdkTexture) picture = plug_provider_picture_get (fixture->acme, &fixture->look);
  g_autoptr (GdkTexture) unknown = plug_provider_picture_get (NULL, &fixture->look);
  g_autoptr (GdkTexture) sharp = NULL;
  g_autoptr (GdkTexture) strong = NULL;

  g_assert_cmpint (gdk_texture_get_width (picture), ==, 64);
  g_assert_true (has_pixel (picture, get_ground ("acme", FALSE)));
  g_assert_true (has_pixel (unknown, get_ground (NULL, FALSE)));
  /* Round corners, and letters in the middle. */
  g_assert_cmphex (get_pixel (picture, 0, 0), ==, 0);
  g_assert_true (has_pixel (picture, 0xffffffff));

  fixture->look.scale = 2;
  sharp = plug_provider_picture_get (fixture->acme, &fixture->look);
  g_assert_cmpint (gdk_texture_get_width (sharp), ==, 128);
  g_assert_cmphex (get_pixel (sharp, 127, 127), ==, 0);
  g_assert_true (has_pixel (sharp, get_ground ("acme", FALSE)));

  fixture->look.high_contrast = TRUE;
  strong = plug_provider_picture_get (fixture->acme, &fixture->look);
  g_assert_true (has_pixel (strong, get_ground ("acme", TRUE)));
}

/* TRUE when the picture is the one that was drawn before. */
static gboolean
is_kept (Fixture *fixture,
         PlugProvider *provider,
         GdkTexture *picture)
{
  g_autoptr (GdkTexture) other = plug_provider_picture_get (provider, &fixture->look);

  return other == picture;
}

static void
test_drawn_once (Fixture *fixture,
                 gconstpointer data)
{
  g_autoptr (GdkTexture) picture = plug_provider_picture_get (fixture->acme, &fixture->look);
  g_autoptr (PlugProvider) same = create_provider ("acme", "Acme");
  g_autoptr (PlugProvider) renamed = create_provider ("acme", "Best Acme");
  g_autoptr (PlugProvider) other = create_provider ("ajax", "Acme");
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Monospace 11");
  PlugProviderPictureLook look = fixture->look;

  g_assert_true (is_kept (fixture, fixture->acme, picture));
  /* Read anew from an edited file: the same picture, unless its letters are others. */
  g_assert_true (is_kept (fixture, same, picture));
  g_assert_false (is_kept (fixture, renamed, picture));
  g_assert_false (is_kept (fixture, other, picture));
  g_assert_false (is_kept (fixture, NULL, picture));

  fixture->look.text.alpha = 0.5f;
  g_assert_false (is_kept (fixture, fixture->acme, picture));
  fixture->look = look;
  fixture->look.size = 48;
  g_assert_false (is_kept (fixture, fixture->acme, picture));
  fixture->look = look;
  pango_context_set_font_description (fixture->context, font);
  g_assert_false (is_kept (fixture, fixture->acme, picture));
}

/* Thousands of services do not fill the memory with pictures. */
static void
test_forgotten (Fixture *fixture,
                gconstpointer data)
{
  GdkTexture *picture = plug_provider_picture_get (fixture->acme, &fixture->look);

  g_object_add_weak_pointer (G_OBJECT (picture), (gpointer *) &picture);
  g_object_unref (picture);
  g_assert_nonnull (picture);
  for (guint i = 0; i < 1000; i++) {
    g_autofree char *id = g_strdup_printf ("own-%u", i);
    g_autoptr (PlugProvider) provider = create_provider (id, "Own");
    g_autoptr (GdkTexture) own = plug_provider_picture_get (provider, &fixture->look);
  }
  g_assert_null (picture);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without a display it fails, but by then render nodes have their types. */
  gtk_init_check ();

  g_test_add ("/provider-picture/drawn", Fixture, NULL, set_up, test_drawn, tear_down);
  g_test_add ("/provider-picture/drawn-once", Fixture, NULL, set_up, test_drawn_once, tear_down);
  g_test_add ("/provider-picture/forgotten", Fixture, NULL, set_up, test_forgotten, tear_down);

  return g_test_run ();
}
