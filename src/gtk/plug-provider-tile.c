/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-tile.h"

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-provider-icon.h"

#define TILE_WIDTH 104
#define ICON_SIZE 64
#define MARK_SIZE 20
#define ICON_TOP 12
#define SPACING 8
#define SIDE 4
#define N_LINES 3
#define N_CHARS 12

struct _PlugProviderTile {
  GtkWidget parent_instance;

  GtkWidget *icon;
  GtkWidget *own_mark; /* NULL until there is one to show */
  char *name;
  gboolean is_own;
};

G_DEFINE_FINAL_TYPE (PlugProviderTile, plug_provider_tile, GTK_TYPE_WIDGET)

static void
plug_provider_tile_dispose (GObject *object)
{
  PlugProviderTile *self = PLUG_PROVIDER_TILE (object);

  g_clear_pointer (&self->icon, gtk_widget_unparent);
  g_clear_pointer (&self->own_mark, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (plug_provider_tile_parent_class)->dispose (object);
}

/* Room for three lines of a name, however large the text is. */
static void
get_text_size (PlugProviderTile *self,
               int *width,
               int *height)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);

  *width = N_CHARS * PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));
  *height = N_LINES * PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  pango_font_metrics_unref (metrics);
}

/* All tiles are of one size, whatever their names: to lay out the names of 200 tiles at each key that is typed would take
 * longer than a frame, and only those in sight need it. That is also why the name is no GtkLabel. */
static void
plug_provider_tile_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  int text_width, text_height;

  get_text_size (PLUG_PROVIDER_TILE (widget), &text_width, &text_height);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MAX (TILE_WIDTH, text_width + 2 * SIDE)
                                                       : ICON_TOP + ICON_SIZE + SPACING + text_height + SPACING;
  *natural = *minimum;
}

static void
allocate_child (GtkWidget *child,
                int x,
                int y,
                int size)
{
  int minimum;

  /* GTK wants to be asked before it is told. */
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, size, size }, -1);
}

static void
plug_provider_tile_size_allocate (GtkWidget *widget,
                                  int width,
                                  int height,
                                  int baseline)
{
  PlugProviderTile *self = PLUG_PROVIDER_TILE (widget);
  int left = (width - ICON_SIZE) / 2;

  allocate_child (self->icon, left, ICON_TOP, ICON_SIZE);
  if (self->own_mark != NULL && gtk_widget_get_visible (self->own_mark))
    allocate_child (self->own_mark, left + ICON_SIZE - MARK_SIZE, ICON_TOP + ICON_SIZE - MARK_SIZE, MARK_SIZE);
}

static PangoLayout *
create_layout (PlugProviderTile *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->name);

  pango_layout_set_width (layout, (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * SIDE) * PANGO_SCALE);
  pango_layout_set_height (layout, -N_LINES);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);

  return layout;
}

static void
plug_provider_tile_snapshot (GtkWidget *widget,
                             GtkSnapshot *snapshot)
{
  PlugProviderTile *self = PLUG_PROVIDER_TILE (widget);
  g_autoptr (PangoLayout) layout = self->name != NULL ? create_layout (self) : NULL;
  GdkRGBA color;

  gtk_widget_snapshot_child (widget, self->icon, snapshot);
  if (self->own_mark != NULL && gtk_widget_get_visible (self->own_mark))
    gtk_widget_snapshot_child (widget, self->own_mark, snapshot);
  if (layout != NULL) {
    plug_compat_get_color (widget, &color);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (SIDE, ICON_TOP + ICON_SIZE + SPACING));
    gtk_snapshot_append_layout (snapshot, layout, &color);
    gtk_snapshot_restore (snapshot);
  }
}

/* Asked when the pointer rests. A text that is set beforehand makes GTK ask the display where the pointer is, for each tile
 * at each key that is typed. */
static gboolean
plug_provider_tile_query_tooltip (GtkWidget *widget,
                                  int x,
                                  int y,
                                  gboolean keyboard_tooltip,
                                  GtkTooltip *tooltip)
{
  PlugProviderTile *self = PLUG_PROVIDER_TILE (widget);
  /* Translators: the first line is a service's name. */
  g_autofree char *own = self->is_own ? g_strdup_printf (_("%s\nYour own definition"), self->name) : NULL;

  gtk_tooltip_set_text (tooltip, self->is_own ? own : self->name);
  return self->name != NULL;
}

static void
plug_provider_tile_class_init (PlugProviderTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_provider_tile_dispose;
  widget_class->measure = plug_provider_tile_measure;
  widget_class->size_allocate = plug_provider_tile_size_allocate;
  widget_class->snapshot = plug_provider_tile_snapshot;
  widget_class->query_tooltip = plug_provider_tile_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "providertile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
plug_provider_tile_init (PlugProviderTile *self)
{
  self->icon = g_object_new (PLUG_TYPE_PROVIDER_ICON, "size", ICON_SIZE, NULL);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
plug_provider_tile_new (void)
{
  return g_object_new (PLUG_TYPE_PROVIDER_TILE, NULL);
}

static void
show_own_mark (PlugProviderTile *self,
               gboolean is_own)
{
  if (is_own && self->own_mark == NULL) {
    self->own_mark = g_object_new (GTK_TYPE_IMAGE, "icon-name", "avatar-default-symbolic",
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
    gtk_widget_add_css_class (self->own_mark, "own-mark");
    gtk_widget_set_parent (self->own_mark, GTK_WIDGET (self));
  }
  if (self->own_mark != NULL)
    gtk_widget_set_visible (self->own_mark, is_own);
}

void
plug_provider_tile_set_provider (PlugProviderTile *self,
                                 PlugProvider *provider)
{
  const char *name = plug_provider_get_label (provider);
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean is_own = !plug_provider_is_built_in (provider);

  plug_provider_icon_set_provider (PLUG_PROVIDER_ICON (self->icon), provider);
  g_free (self->name);
  self->name = g_strdup (name);
  self->is_own = is_own;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  show_own_mark (self, is_own);
  /* The cell around it has the focus, and is what assistive technology meets. */
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_own ? _("Your own definition") : "", -1);
}
