/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-picture.h"

#include <math.h>

#include "plug-monogram.h"

#define RESOURCE_FOLDER "/io/github/plugboard/Plugboard/providers"
/* More than a picker shows while a word is typed: 2 MiB at 64 pixels, 8 MiB at twice the scale. */
#define MAX_KEPT 128

/* On what a mark stands: the kinds of pictures that build-aux/icons/generate.py draws. */
typedef enum {
  PLATE_LIGHT,
  PLATE_NIGHT, /* for marks that are too light for a light one */
  PLATE_TEXT,  /* the mark is a white mask, to be painted in the text's colour */
} Plate;

static const char * const plate_infixes[] = {
  [PLATE_LIGHT] = "",
  [PLATE_NIGHT] = "-night",
  [PLATE_TEXT] = "-mono",
};

/* The generator draws each mark in these sizes, and tests it for contrast on these grounds. */
static const int drawn_sizes[] = { 32, 48, 64, 96, 128 };
static const GdkRGBA light_plate = { 1, 1, 1, 1 };
static const GdkRGBA night_plate = { 0x26 / 255.f, 0x26 / 255.f, 0x2b / 255.f, 1 };

/* Loaded with the first icon that is shown, so that a start without connections costs nothing. */
static void
register_icons (void)
{
  static gsize once;

  if (g_once_init_enter (&once)) {
    const char *folder = g_getenv ("PLUGBOARD_DATA_DIR");
    g_autofree char *path = g_build_filename (folder != NULL ? folder : PLUG_DATA_DIR, "providers.gresource", NULL);
    GResource *resource = g_resource_load (path, NULL);

    /* Without the file every service has its monogram. */
    if (resource != NULL)
      g_resources_register (resource);
    g_once_init_leave (&once, 1);
  }
}

/* The smallest mark that needs no enlarging; NULL when there is none on that plate. */
static GdkTexture *
load_mark (const char *id,
           Plate plate,
           int pixels)
{
  g_autofree char *path = NULL;
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (drawn_sizes) && drawn_sizes[i] < pixels)
    i++;
  path = g_strdup_printf (RESOURCE_FOLDER "/%s%s-%d.png", id, plate_infixes[plate], drawn_sizes[i]);
  if (!g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL))
    return NULL;
  return gdk_texture_new_from_resource (path);
}

static GdkTexture *
find_mark (PlugProvider *provider,
           int pixels,
           Plate *plate)
{
  GdkTexture *mark = NULL;

  /* A definition of the user's has a monogram: no file says whose mark it may bear. */
  if (provider == NULL || !plug_provider_is_built_in (provider))
    return NULL;
  register_icons ();
  for (guint i = 0; i < G_N_ELEMENTS (plate_infixes) && mark == NULL; i++) {
    *plate = i;
    mark = load_mark (plug_provider_get_id (provider), *plate, pixels);
  }
  return mark;
}

static void
snapshot_mask (GtkSnapshot *snapshot,
               GdkTexture *mark,
               const graphene_rect_t *bounds,
               const GdkRGBA *colour)
{
  graphene_matrix_t matrix;
  graphene_vec4_t offset;

  graphene_matrix_init_from_float (&matrix, (float[16]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, colour->alpha });
  graphene_vec4_init (&offset, colour->red, colour->green, colour->blue, 0);
  gtk_snapshot_push_color_matrix (snapshot, &matrix, &offset);
  gtk_snapshot_append_texture (snapshot, mark, bounds);
  gtk_snapshot_pop (snapshot);
}

/* The pictures have their margin in them: they are shown pixel by pixel. */
static void
snapshot_mark (GtkSnapshot *snapshot,
               GdkTexture *mark,
               Plate plate,
               const graphene_rect_t *bounds,
               const GdkRGBA *text)
{
  GdkRGBA tint = *text;

  switch (plate) {
  case PLATE_TEXT:
    tint.alpha = 0.08f;
    gtk_snapshot_append_color (snapshot, &tint, bounds);
    snapshot_mask (snapshot, mark, bounds, text);
    break;
  case PLATE_NIGHT:
  case PLATE_LIGHT:
  default:
    gtk_snapshot_append_color (snapshot, plate == PLATE_NIGHT ? &night_plate : &light_plate, bounds);
    gtk_snapshot_append_texture (snapshot, mark, bounds);
  }
}

static char *
dup_letters (PlugProvider *provider)
{
  if (provider == NULL)
    return g_strdup ("?");
  return plug_monogram_dup_letters (plug_provider_get_icon (provider), plug_provider_get_name (provider));
}

static void
snapshot_monogram (GtkSnapshot *snapshot,
                   PlugProvider *provider,
                   const PlugProviderPictureLook *look)
{
  g_autofree char *letters = dup_letters (provider);
  PlugMonogramLook monogram;

  plug_monogram_get_look (provider != NULL ? plug_provider_get_id (provider) : NULL, look->high_contrast, &monogram);
  plug_monogram_snapshot (&monogram, letters, snapshot, look->context, (float) look->size, look->scale);
}

static void
snapshot_picture (GtkSnapshot *snapshot,
                  PlugProvider *provider,
                  const PlugProviderPictureLook *look)
{
  float size = (float) look->size;
  Plate plate = PLATE_LIGHT;
  g_autoptr (GdkTexture) mark = find_mark (provider, look->size * look->scale, &plate);
  GdkRGBA edge = look->text;
  GskRoundedRect shape;

  edge.alpha = look->high_contrast ? 0.7f : 0.12f;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, size, size), roundf (size * 0.22f));

  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  if (mark != NULL)
    snapshot_mark (snapshot, mark, plate, &shape.bounds, &look->text);
  else
    snapshot_monogram (snapshot, provider, look);
  gtk_snapshot_pop (snapshot);
  if (look->high_contrast || (mark != NULL && plate != PLATE_TEXT))
    gtk_snapshot_append_border (snapshot, &shape, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ edge, edge, edge, edge });
}

static GdkTexture *
draw (PlugProvider *provider,
      const PlugProviderPictureLook *look)
{
  int pixels = look->size * look->scale;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, pixels, pixels);
  cairo_t *cr = cairo_create (surface);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;

  snapshot_picture (snapshot, provider, look);
  node = gtk_snapshot_free_to_node (snapshot);
  cairo_scale (cr, look->scale, look->scale);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) pixels,
                                      (GDestroyNotify) cairo_surface_destroy, surface);

  return gdk_memory_texture_new (pixels, pixels, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* Two providers with the same key look the same. */
static char *
dup_key (PlugProvider *provider,
         const PlugProviderPictureLook *look)
{
  g_autofree char *letters = dup_letters (provider);
  g_autofree char *text = gdk_rgba_to_string (&look->text);
  g_autofree char *font = pango_font_description_to_string (pango_context_get_font_description (look->context));

  return g_strdup_printf ("%s\n%d %s\n%d %d %d %s\n%s", provider != NULL ? plug_provider_get_id (provider) : "",
                          provider != NULL && plug_provider_is_built_in (provider), letters, look->size, look->scale,
                          look->high_contrast, text, font);
}

GdkTexture *
plug_provider_picture_get (PlugProvider *provider,
                           const PlugProviderPictureLook *look)
{
  static GHashTable *kept; /* of GdkTexture, by key */
  static GQueue keys = G_QUEUE_INIT; /* the oldest first; the table's */
  g_autofree char *key = dup_key (provider, look);
  GdkTexture *picture;

  if (kept == NULL)
    kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  picture = g_hash_table_lookup (kept, key);
  if (picture != NULL)
    return g_object_ref (picture);

  if (g_queue_get_length (&keys) == MAX_KEPT)
    g_hash_table_remove (kept, g_queue_pop_head (&keys));
  picture = draw (provider, look);
  g_queue_push_tail (&keys, key);
  g_hash_table_insert (kept, g_steal_pointer (&key), g_object_ref (picture));

  return picture;
}
