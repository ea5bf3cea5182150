/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-wrap-box.h"

struct _PlugWrapBox {
  GtkWidget parent_instance;

  int spacing;
  gboolean is_homogeneous;
  gboolean is_stacked;
};

/* One child, or two side by side. */
typedef struct {
  GtkWidget *first;
  GtkWidget *second; /* NULL when there is one */
} Row;

G_DEFINE_FINAL_TYPE (PlugWrapBox, plug_wrap_box, GTK_TYPE_WIDGET)

enum {
  PROP_SPACING = 1,
  PROP_HOMOGENEOUS,
  N_PROPERTIES,
};

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static Row
get_row (GtkWidget *child,
         gboolean paired)
{
  GtkWidget *first = skip_hidden (child);

  return (Row) { first, paired && first != NULL ? skip_hidden (gtk_widget_get_next_sibling (first)) : NULL };
}

static Row
get_first_row (PlugWrapBox *self,
               gboolean paired)
{
  return get_row (gtk_widget_get_first_child (GTK_WIDGET (self)), paired);
}

static Row
get_next_row (const Row *row,
              gboolean paired)
{
  return get_row (gtk_widget_get_next_sibling (row->second != NULL ? row->second : row->first), paired);
}

static int
get_natural_width (GtkWidget *child)
{
  int natural = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* Of two in a row, so that each has what it would like. */
static int
get_paired_width (PlugWrapBox *self)
{
  int widest = 0, needed = 0;

  for (Row row = get_first_row (self, TRUE); row.first != NULL; row = get_next_row (&row, TRUE)) {
    int first = get_natural_width (row.first), second = get_natural_width (row.second);

    needed = MAX (needed, row.second != NULL ? first + self->spacing + second : first);
    if (row.second != NULL)
      widest = MAX (widest, MAX (first, second));
  }

  return self->is_homogeneous ? MAX (needed, 2 * widest + self->spacing) : needed;
}

static gboolean
is_paired_in (PlugWrapBox *self,
              int width)
{
  return !self->is_stacked && (width < 0 || width >= get_paired_width (self));
}

/* What the first child of a row gets of its width. */
static int
get_first_width (PlugWrapBox *self,
                 const Row *row,
                 int width)
{
  if (row->second == NULL || width < 0)
    return width;
  if (self->is_homogeneous)
    return (width - self->spacing) / 2;
  if (!gtk_widget_compute_expand (row->first, GTK_ORIENTATION_HORIZONTAL))
    return get_natural_width (row->first);
  return width - self->spacing - get_natural_width (row->second);
}

static int
get_second_width (PlugWrapBox *self,
                  const Row *row,
                  int width)
{
  return width < 0 ? width : width - self->spacing - get_first_width (self, row, width);
}

static void
measure_row (PlugWrapBox *self,
             const Row *row,
             int width,
             int *minimum,
             int *natural)
{
  gtk_widget_measure (row->first, GTK_ORIENTATION_VERTICAL, get_first_width (self, row, width), minimum, natural, NULL, NULL);
  if (row->second != NULL) {
    int second_minimum, second_natural;

    gtk_widget_measure (row->second, GTK_ORIENTATION_VERTICAL, get_second_width (self, row, width), &second_minimum,
                        &second_natural, NULL, NULL);
    *minimum = MAX (*minimum, second_minimum);
    *natural = MAX (*natural, second_natural);
  }
}

static void
measure_height (PlugWrapBox *self,
                int width,
                int *minimum,
                int *natural)
{
  gboolean paired = is_paired_in (self, width);
  int n_rows = 0, highest_minimum = 0, highest_natural = 0;

  for (Row row = get_first_row (self, paired); row.first != NULL; row = get_next_row (&row, paired)) {
    int row_minimum, row_natural;

    measure_row (self, &row, width, &row_minimum, &row_natural);
    *minimum += row_minimum;
    *natural += row_natural;
    highest_minimum = MAX (highest_minimum, row_minimum);
    highest_natural = MAX (highest_natural, row_natural);
    n_rows++;
  }
  if (self->is_homogeneous) {
    *minimum = n_rows * highest_minimum;
    *natural = n_rows * highest_natural;
  }
  *minimum += MAX (0, n_rows - 1) * self->spacing;
  *natural += MAX (0, n_rows - 1) * self->spacing;
}

static void
plug_wrap_box_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  PlugWrapBox *self = PLUG_WRAP_BOX (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL) {
    measure_height (self, for_size, minimum, natural);
    return;
  }
  for (Row row = get_first_row (self, FALSE); row.first != NULL; row = get_next_row (&row, FALSE)) {
    int child_minimum, child_natural;

    gtk_widget_measure (row.first, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
    *minimum = MAX (*minimum, child_minimum);
    *natural = MAX (*natural, child_natural);
  }
  if (!self->is_stacked)
    *natural = MAX (*natural, get_paired_width (self));
}

static void
allocate (PlugWrapBox *self,
          GtkWidget *child,
          GdkRectangle area)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    area.x = gtk_widget_get_width (GTK_WIDGET (self)) - area.x - area.width;
  gtk_widget_size_allocate (child, &area, -1);
}

static void
plug_wrap_box_size_allocate (GtkWidget *widget,
                             int width,
                             int height,
                             int baseline)
{
  PlugWrapBox *self = PLUG_WRAP_BOX (widget);
  gboolean paired = is_paired_in (self, width);
  int n_rows = 0, y = 0;

  for (Row row = get_first_row (self, paired); row.first != NULL; row = get_next_row (&row, paired))
    n_rows++;
  for (Row row = get_first_row (self, paired); row.first != NULL; row = get_next_row (&row, paired)) {
    int first_width = get_first_width (self, &row, width), minimum, row_height;

    measure_row (self, &row, width, &minimum, &row_height);
    if (self->is_homogeneous)
      row_height = (height - (n_rows - 1) * self->spacing) / n_rows;
    allocate (self, row.first, (GdkRectangle) { 0, y, first_width, row_height });
    if (row.second != NULL)
      allocate (self, row.second,
                (GdkRectangle) { first_width + self->spacing, y, get_second_width (self, &row, width), row_height });
    y += row_height + self->spacing;
  }
  /* What is linked is so in the direction in which it stands. */
  if (paired)
    gtk_widget_remove_css_class (widget, "vertical");
  else
    gtk_widget_add_css_class (widget, "vertical");
}

static GtkSizeRequestMode
plug_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plug_wrap_box_set_property (GObject *object,
                            guint id,
                            const GValue *value,
                            GParamSpec *spec)
{
  PlugWrapBox *self = PLUG_WRAP_BOX (object);

  switch (id) {
  case PROP_SPACING:
    plug_wrap_box_set_spacing (self, g_value_get_int (value));
    break;
  case PROP_HOMOGENEOUS:
    plug_wrap_box_set_homogeneous (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
plug_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (plug_wrap_box_parent_class)->dispose (object);
}

static void
plug_wrap_box_class_init (PlugWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = plug_wrap_box_set_property;
  object_class->dispose = plug_wrap_box_dispose;
  widget_class->measure = plug_wrap_box_measure;
  widget_class->size_allocate = plug_wrap_box_size_allocate;
  widget_class->get_request_mode = plug_wrap_box_get_request_mode;
  g_object_class_install_property (object_class, PROP_SPACING,
                                   g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0, flags));
  g_object_class_install_property (object_class, PROP_HOMOGENEOUS,
                                   g_param_spec_boolean ("homogeneous", NULL, NULL, FALSE, flags));
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plug_wrap_box_init (PlugWrapBox *self)
{
}

void
plug_wrap_box_set_spacing (PlugWrapBox *self,
                           int spacing)
{
  self->spacing = spacing;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
plug_wrap_box_set_homogeneous (PlugWrapBox *self,
                               gboolean homogeneous)
{
  self->is_homogeneous = homogeneous;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
plug_wrap_box_set_stacked (PlugWrapBox *self,
                           gboolean stacked)
{
  self->is_stacked = stacked;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
plug_wrap_box_append (PlugWrapBox *self,
                      GtkWidget *child)
{
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
