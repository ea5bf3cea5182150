/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-icon.h"

#include <adwaita.h>
#include <math.h>

#include "plug-compat.h"
#include "plug-provider-picture.h"

#define DEFAULT_SIZE 32

struct _PlugProviderIcon {
  GtkWidget parent_instance;

  PlugProvider *provider;
  int size;
  GdkTexture *picture; /* NULL until it is shown */
  PlugProviderPictureLook look; /* that of the picture */
  guint font_serial;
};

G_DEFINE_FINAL_TYPE (PlugProviderIcon, plug_provider_icon, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_PROVIDER,
  PROP_SIZE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

/* Whatever changes how a widget looks makes it draw itself: whether that concerns the picture is seen then. */
static void
update_picture (PlugProviderIcon *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PlugProviderPictureLook look = {
    .size = self->size,
    .scale = gtk_widget_get_scale_factor (widget),
    .high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ()),
    .context = context,
  };

  plug_compat_get_color (widget, &look.text);
  if (self->picture != NULL && look.size == self->look.size && look.scale == self->look.scale
      && look.high_contrast == self->look.high_contrast && gdk_rgba_equal (&look.text, &self->look.text)
      && self->font_serial == pango_context_get_serial (context))
    return;
  g_clear_object (&self->picture);
  self->picture = plug_provider_picture_get (self->provider, &look);
  self->look = look;
  self->font_serial = pango_context_get_serial (context);
}

static void
plug_provider_icon_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot)
{
  PlugProviderIcon *self = PLUG_PROVIDER_ICON (widget);
  float size = (float) self->size;
  float x = roundf (((float) gtk_widget_get_width (widget) - size) / 2);
  float y = roundf (((float) gtk_widget_get_height (widget) - size) / 2);

  update_picture (self);
  gtk_snapshot_append_texture (snapshot, self->picture, &GRAPHENE_RECT_INIT (x, y, size, size));
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
  g_clear_object (&self->picture);

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
  g_clear_object (&self->picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROVIDER]);
}
