/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-icon.h"

#include <adwaita.h>
#include <math.h>
#include <string.h>

#define RESOURCE_FOLDER "/io/github/plugboard/Plugboard/providers"
#define DEFAULT_SIZE 32

struct _PlugProviderIcon {
  GtkWidget parent_instance;

  PlugProvider *provider;
  GdkTexture *texture;
  gboolean is_mask;     /* a white mask, to be painted in the text's colour */
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

static GdkTexture *
load_texture (const char *id,
              const char *kind,
              int pixels)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_FOLDER "/%s%s-%d.png", id, kind, pixels <= 64 ? 64 : 128);

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
  self->texture = load_texture (plug_provider_get_id (self->provider), "", pixels);
  self->is_mask = self->texture == NULL;
  if (self->texture == NULL)
    self->texture = load_texture (plug_provider_get_id (self->provider), "-mono", pixels);
}

static void
snapshot_letters (PlugProviderIcon *self,
                  GtkSnapshot *snapshot)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  g_autofree char *letters = self->provider == NULL ? g_strdup ("?")
                                                    : plug_monogram_dup_letters (plug_provider_get_icon (self->provider),
                                                                                 plug_provider_get_name (self->provider));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), letters);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  PangoRectangle ink;

  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, self->size * 0.42 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_get_pixel_extents (layout, &ink, NULL);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf ((float) (self->size - ink.width) / 2 - (float) ink.x),
                                                          roundf ((float) (self->size - ink.height) / 2 - (float) ink.y)));
  gtk_snapshot_append_layout (snapshot, layout, &white);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_mask (PlugProviderIcon *self,
               GtkSnapshot *snapshot,
               const graphene_rect_t *bounds)
{
  graphene_matrix_t matrix;
  graphene_vec4_t offset;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &colour);
  graphene_matrix_init_from_float (&matrix, (float[16]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, colour.alpha });
  graphene_vec4_init (&offset, colour.red, colour.green, colour.blue, 0);
  gtk_snapshot_push_color_matrix (snapshot, &matrix, &offset);
  gtk_snapshot_append_texture (snapshot, self->texture, bounds);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_mark (PlugProviderIcon *self,
               GtkSnapshot *snapshot)
{
  float margin = roundf ((float) self->size * 0.16f);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (margin, margin, (float) self->size - 2 * margin, (float) self->size - 2 * margin);

  if (self->is_mask)
    snapshot_mask (self, snapshot, &bounds);
  else
    gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
}

/* Marks are made for white paper; single-colour ones follow the text. */
static void
get_plate (PlugProviderIcon *self,
           GdkRGBA *plate)
{
  if (self->texture == NULL && self->provider == NULL)
    *plate = (GdkRGBA){ 0.47f, 0.46f, 0.48f, 1 };
  else if (self->texture == NULL)
    plug_monogram_get_colour (plug_provider_get_id (self->provider), plate);
  else if (!self->is_mask)
    *plate = (GdkRGBA){ 1, 1, 1, 1 };
  else {
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), plate);
    plate->alpha = 0.08f;
  }
}

static void
plug_provider_icon_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (widget);
  float size = (float) self->size;
  float x = roundf (((float) gtk_widget_get_width (widget) - size) / 2);
  float y = roundf (((float) gtk_widget_get_height (widget) - size) / 2);
  GdkRGBA plate, edge = { 0, 0, 0, 0.12f };
  GskRoundedRect shape;

  look_up_texture (self);
  get_plate (self, &plate);
  gsk_rounded_rect_init_from_rect (&shape, &GRAPHENE_RECT_INIT (0, 0, size, size), roundf (size * 0.22f));

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &plate, &shape.bounds);
  if (self->texture != NULL)
    snapshot_mark (self, snapshot);
  else
    snapshot_letters (self, snapshot);
  gtk_snapshot_pop (snapshot);
  if (self->texture != NULL && !self->is_mask)
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

/* The first letter, and the next capital or the first letter of the next word. */
static char *
dup_initials (const char *name)
{
  GString *letters = g_string_new (NULL);
  gboolean after_letter = FALSE, after_lower = FALSE;
  guint count = 0;

  for (const char *p = name; *p != '\0' && count < 2; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    gboolean counts = g_unichar_isalnum (c) && (!after_letter || (after_lower && g_unichar_isupper (c)));

    if (counts) {
      g_string_append_unichar (letters, g_unichar_toupper (c));
      count++;
    }
    after_letter = g_unichar_isalnum (c);
    after_lower = g_unichar_islower (c);
  }
  return g_string_free (letters, FALSE);
}

char *
plug_monogram_dup_letters (const char *icon,
                           const char *name)
{
  g_autofree char *initials = NULL;

  if (icon != NULL && g_str_has_prefix (icon, "monogram:")) {
    const char *letters = icon + strlen ("monogram:");
    const char *end = g_utf8_strlen (letters, -1) > 2 ? g_utf8_offset_to_pointer (letters, 2) : letters + strlen (letters);

    if (end - letters > 1 || g_utf8_strlen (letters, -1) > 1)
      return g_utf8_strup (letters, end - letters);
  }
  initials = dup_initials (name);
  return *initials != '\0' ? g_steal_pointer (&initials) : g_strdup ("?");
}

/* Of GNOME's palette, darkened until white letters have a contrast of 4.5 : 1 on them. */
static const char * const colours[] = {
  "#1a5fb4", "#1c71d8", "#0e7a86", "#18794e", "#3d7a12", "#8a6100", "#b54708", "#c01c28", "#b0256b", "#813d9c", "#6941c6", "#63452c",
};

void
plug_monogram_get_colour (const char *id,
                          GdkRGBA *colour)
{
  guint32 hash = 2166136261u; /* FNV-1a: the same in every run and on every machine */

  for (const char *p = id; *p != '\0'; p++)
    hash = (hash ^ (guchar) *p) * 16777619u;
  gdk_rgba_parse (colour, colours[(hash >> 8) % G_N_ELEMENTS (colours)]);
}
