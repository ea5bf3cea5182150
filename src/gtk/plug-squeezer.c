/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-squeezer.h"

struct _PlugSqueezer {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (PlugSqueezer, plug_squeezer, GTK_TYPE_WIDGET)

/* NULL before it has one, and when it is not to be shown. */
static GtkWidget *
get_child (PlugSqueezer *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  return child != NULL && gtk_widget_should_layout (child) ? child : NULL;
}

static void
plug_squeezer_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  GtkWidget *child = get_child (PLUG_SQUEEZER (widget));

  if (child == NULL)
    return;
  /* However narrow this is, the child is as wide as it wants to be, or hidden. */
  gtk_widget_measure (child, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
plug_squeezer_size_allocate (GtkWidget *widget,
                             int width,
                             int height,
                             int baseline)
{
  GtkWidget *child = get_child (PLUG_SQUEEZER (widget));
  int natural;

  if (child == NULL)
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_set_child_visible (child, width >= natural);
  if (width >= natural)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
plug_squeezer_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plug_squeezer_parent_class)->dispose (object);
}

static void
plug_squeezer_class_init (PlugSqueezerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_squeezer_dispose;
  widget_class->measure = plug_squeezer_measure;
  widget_class->size_allocate = plug_squeezer_size_allocate;
}

static void
plug_squeezer_init (PlugSqueezer *self)
{
}
