/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How two or more stand beside and below each other: needs a display. */
#include <adwaita.h>

#include "plug-wrap-box.h"

static GtkWidget *
append_label (GtkWidget *box,
              const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  plug_wrap_box_append (PLUG_WRAP_BOX (box), label);

  return label;
}

static graphene_rect_t
get_place (GtkWidget *child,
           GtkWidget *box)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (child, box, &place));
  return place;
}

static void
allocate_width (GtkWidget *box,
                int width)
{
  int height;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (box, width, height, -1, NULL);
}

/* Two in a row as long as neither is narrower than it would like to be, and below each other then, mirrored or not. */
static void
test_pairs (void)
{
  static const GtkTextDirection directions[] = { GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_RTL };
  GtkWidget *box = g_object_ref_sink (g_object_new (PLUG_TYPE_WRAP_BOX, "spacing", 10, NULL));
  GtkWidget *first = append_label (box, "The first one"), *second = append_label (box, "Second");
  int first_width, second_width, minimum, natural;

  gtk_widget_measure (first, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &first_width, NULL, NULL);
  gtk_widget_measure (second, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &second_width, NULL, NULL);
  g_assert_cmpint (minimum, <, first_width);
  for (guint i = 0; i < G_N_ELEMENTS (directions); i++) {
    gboolean is_mirrored = directions[i] == GTK_TEXT_DIR_RTL;
    float first_x, second_x;

    gtk_widget_set_direction (box, directions[i]);
    gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    g_assert_cmpint (natural, ==, first_width + 10 + second_width);
    g_assert_cmpint (minimum, <, first_width);
    allocate_width (box, natural);
    first_x = get_place (first, box).origin.x;
    second_x = get_place (second, box).origin.x;
    g_assert_true (is_mirrored ? second_x < first_x : first_x < second_x);
    g_assert_cmpfloat (get_place (second, box).origin.y, ==, 0);
    g_assert_false (gtk_widget_has_css_class (box, "vertical"));
    allocate_width (box, natural - 1);
    g_assert_cmpfloat (get_place (second, box).origin.y, >=, get_place (first, box).size.height + 10);
    g_assert_cmpint (gtk_widget_get_width (first), ==, natural - 1);
    g_assert_true (gtk_widget_has_css_class (box, "vertical"));
  }
  gtk_widget_set_hexpand (first, TRUE);
  allocate_width (box, natural + 100);
  g_assert_cmpint (gtk_widget_get_width (first), ==, first_width + 100);
  plug_wrap_box_set_stacked (PLUG_WRAP_BOX (box), TRUE);
  allocate_width (box, natural + 100);
  g_assert_cmpint (gtk_widget_get_width (second), ==, natural + 100);
  g_assert_finalize_object (box);
}

/* Equal columns, so the longer one decides; who is alone in a row has all of it. */
static void
test_homogeneous (void)
{
  GtkWidget *box = g_object_ref_sink (g_object_new (PLUG_TYPE_WRAP_BOX, "spacing", 10, "homogeneous", TRUE, NULL));
  GtkWidget *first = append_label (box, "The first one"), *second = append_label (box, "Second"), *third;
  int longer, natural, height;

  gtk_widget_hide (append_label (box, "Nobody sees this one, which is the longest"));
  third = append_label (box, "Third");
  gtk_widget_measure (first, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &longer, NULL, NULL);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 2 * longer + 10);
  allocate_width (box, natural);
  g_assert_cmpint (gtk_widget_get_width (second), ==, longer);
  g_assert_cmpint (gtk_widget_get_width (third), ==, natural);
  g_assert_cmpfloat (get_place (third, box).origin.y, ==, get_place (first, box).size.height + 10);
  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, natural - 1, &height, NULL, NULL, NULL);
  allocate_width (box, natural - 1);
  g_assert_cmpint (gtk_widget_get_width (second), ==, natural - 1);
  g_assert_cmpfloat (get_place (third, box).origin.y + get_place (third, box).size.height, ==, height);
  g_assert_finalize_object (box);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/wrap-box/pairs", test_pairs);
  g_test_add_func ("/wrap-box/homogeneous", test_homogeneous);

  return g_test_run ();
}
