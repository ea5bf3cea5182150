/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-provider-tile.h"

#include <glib/gi18n.h>

#include "plug-provider-icon.h"

struct _PlugProviderTile {
  GtkWidget parent_instance;

  GtkWidget *box;
  PlugProviderIcon *icon;
  GtkWidget *own_mark;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PlugProviderTile, plug_provider_tile, GTK_TYPE_WIDGET)

static void
plug_provider_tile_dispose (GObject *object)
{
  PlugProviderTile *self = PLUG_PROVIDER_TILE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_provider_tile_parent_class)->dispose (object);
}

static void
plug_provider_tile_class_init (PlugProviderTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_provider_tile_dispose;

  g_type_ensure (PLUG_TYPE_PROVIDER_ICON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-provider-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugProviderTile, box);
  gtk_widget_class_bind_template_child (widget_class, PlugProviderTile, icon);
  gtk_widget_class_bind_template_child (widget_class, PlugProviderTile, own_mark);
  gtk_widget_class_bind_template_child (widget_class, PlugProviderTile, label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "providertile");
}

static void
plug_provider_tile_init (PlugProviderTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plug_provider_tile_new (void)
{
  return g_object_new (PLUG_TYPE_PROVIDER_TILE, NULL);
}

void
plug_provider_tile_set_provider (PlugProviderTile *self,
                                 PlugProvider *provider)
{
  const char *name = plug_provider_get_name (provider);
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));
  gboolean is_own = !plug_provider_is_built_in (provider);
  /* Translators: the first line is a service's name. */
  g_autofree char *own = is_own ? g_strdup_printf (_("%s\nYour own definition"), name) : NULL;

  plug_provider_icon_set_provider (self->icon, provider);
  gtk_label_set_text (self->label, name);
  gtk_widget_set_visible (self->own_mark, is_own);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), is_own ? own : name);
  /* The cell around it has the focus, and is what assistive technology meets. */
  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, is_own ? _("Your own definition") : "", -1);
}
