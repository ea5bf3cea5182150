/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-icon.h"

#include <adwaita.h>
#include <math.h>

#include "plug-monogram.h"

#define RESOURCE_FOLDER "/io/github/plugboard/Plugboard/providers"
#define DEFAULT_SIZE 32

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

struct _PlugProviderIcon {
  GtkWidget parent_instance;

  PlugProvider *provider;
  GdkTexture *texture;  /* NULL: a monogram */
  Plate plate;
  int texture_pixels;   /* for which size the texture was looked up */
  int size;
};

G_DEFINE_FINAL_TYPE (PlugProviderIcon, plug_provider_icon, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PROVIDER,
  PROP_SIZE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

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

/* Of the smallest picture that needs no enlarging. */
static GdkTexture *
load_texture (const char *id,
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

static void
look_up_texture (PlugProviderIcon *self)
{
  int pixels = self->size * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (self->provider == NULL || self->texture_pixels == pixels || !plug_provider_is_built_in (self->provider))
    return;
  register_icons ();
  self->texture_pixels = pixels;
  g_clear_object (&self->texture);
  for (guint i = 0; i < G_N_ELEMENTS (plate_infixes) && self->texture == NULL; i++) {
    self->plate = i;
    self->texture = load_texture (plug_provider_get_id (self->provider), self->plate, pixels);
  }
}

static void
snapshot_mask (PlugProviderIcon *self,
               GtkSnapshot *snapshot,
               const graphene_rect_t *bounds,
               const GdkRGBA *colour)
{
  graphene_matrix_t matrix;
  graphene_vec4_t offset;

  graphene_matrix_init_from_float (&matrix, (float[16]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, colour->alpha });
  graphene_vec4_init (&offset, colour->red, colour->green, colour->blue, 0);
  gtk_snapshot_push_color_matrix (snapshot, &matrix, &offset);
  gtk_snapshot_append_texture (snapshot, self->texture, bounds);
  gtk_snapshot_pop (snapshot);
}

/* The pictures have their margin in them: they are shown pixel by pixel. */
static void
snapshot_mark (PlugProviderIcon *self,
               GtkSnapshot *snapshot,
               const graphene_rect_t *bounds,
               const GdkRGBA *text)
{
  GdkRGBA tint = *text;

  switch (self->plate) {
  case PLATE_TEXT:
    tint.alpha = 0.08f;
    gtk_snapshot_append_color (snapshot, &tint, bounds);
    snapshot_mask (self, snapshot, bounds, text);
    break;
  case PLATE_NIGHT:
  case PLATE_LIGHT:
  default:
    gtk_snapshot_append_color (snapshot, self->plate == PLATE_NIGHT ? &night_plate : &light_plate, bounds);
    gtk_snapshot_append_texture (snapshot, self->texture, bounds);
  }
}

static void
snapshot_monogram (PlugProviderIcon *self,
                   GtkSnapshot *snapshot,
                   gboolean high_contrast)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *letters = NULL;
  PlugMonogramLook look;

  if (self->provider != NULL)
    letters = plug_monogram_dup_letters (plug_provider_get_icon (self->provider), plug_provider_get_name (self->provider));
  plug_monogram_get_look (self->provider != NULL ? plug_provider_get_id (self->provider) : NULL, high_contrast, &look);
  plug_monogram_snapshot (&look, letters != NULL ? letters : "?", snapshot, gtk_widget_get_pango_context (widget),
                          (float) self->size, gtk_widget_get_scale_factor (widget));
}

static void
plug_provider_icon_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (widget);
  gboolean high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  float size = (float) self->size;
  float x = roundf (((float) gtk_widget_get_width (widget) - size) / 2);
  float y = roundf (((float) gtk_widget_get_height (widget) - size) / 2);
  GdkRGBA text, edge;
  GskRoundedRect shape;

  look_up_texture (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  edge = text;
  edge.alpha = high_contrast ? 0.7f : 0.12f;
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, size, size), roundf (size * 0.22f));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  if (self->texture != NULL)
    snapshot_mark (self, snapshot, &shape.bounds, &text);
  else
    snapshot_monogram (self, snapshot, high_contrast);
  gtk_snapshot_pop (snapshot);
  if (high_contrast || (self->texture != NULL && self->plate != PLATE_TEXT))
    gtk_snapshot_append_border (snapshot, &shape, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ edge, edge, edge, edge });
  gtk_snapshot_restore (snapshot);
}

static void
plug_provider_icon_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = PLUG_PROVIDER_ICON (widget)->size;
}

static void
plug_provider_icon_get_property (GObject *object,
                                 guint id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (object);

  switch (id) {
  case PROP_PROVIDER:
    g_value_set_object (value, self->provider);
    break;
  case PROP_SIZE:
    g_value_set_int (value, self->size);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plug_provider_icon_set_property (GObject *object,
                                 guint id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (object);

  switch (id) {
  case PROP_PROVIDER:
    plug_provider_icon_set_provider (self, g_value_get_object (value));
    break;
  case PROP_SIZE:
    self->size = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plug_provider_icon_dispose (GObject *object)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (object);

  g_clear_object (&self->provider);
  g_clear_object (&self->texture);

  G_OBJECT_CLASS (plug_provider_icon_parent_class)->dispose (object);
}

static void
plug_provider_icon_class_init (PlugProviderIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plug_provider_icon_dispose;
  object_class->get_property = plug_provider_icon_get_property;
  object_class->set_property = plug_provider_icon_set_property;
  widget_class->measure = plug_provider_icon_measure;
  widget_class->snapshot = plug_provider_icon_snapshot;

  properties[PROP_PROVIDER] = g_param_spec_object ("provider", NULL, NULL, PLUG_TYPE_PROVIDER,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 512, DEFAULT_SIZE,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_css_name (widget_class, "providericon");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
plug_provider_icon_init (PlugProviderIcon *self)
{
  self->size = DEFAULT_SIZE;
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
}

void
plug_provider_icon_set_provider (PlugProviderIcon *self,
                                 PlugProvider *provider)
{
  if (!g_set_object (&self->provider, provider))
    return;
  g_clear_object (&self->texture);
  self->texture_pixels = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROVIDER]);
}
