/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets, with what is in them: needs a display. */
#include <adwaita.h>

#include "fixture.h"
#include "plug-compat.h"
#include "plug-form-page.h"
#include "plug-window.h"

/* What has it while a connection is saved hears Escape; Create, which is insensitive then, does not. */
static void
test_focus_while_saving (Fixture *fixture,
                         gconstpointer data)
{
  g_autoptr (PlugForm) form = fixture_fill_in_form (fixture, NULL, "s3cret-of-acme");
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = plug_form_page_new (fixture->store, form, NULL);
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (page, PLUG_TYPE_FORM_PAGE, "create_button"));
  GtkWidget *focus;

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_get_sensitive (button));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_nonnull (focus);
  g_assert_true (gtk_widget_is_ancestor (focus, page));
  g_assert_true (gtk_widget_is_sensitive (focus));
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) == 0)
    g_main_context_iteration (NULL, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Inside of the window: as high as it has room for, however high it becomes. */
static void
test_height (Fixture *fixture,
                   gconstpointer data)
{
  static const int heights[] = { 0, 500, 700, 420 };
  GtkWidget *window, *sheet;
  int width, height;

  if (plug_compat_get_height_around_sheet (100) == 0) {
    g_test_skip ("Sheets are windows of their own here.");
    return;
  }
  window = plug_window_new (NULL, fixture->store);
  gtk_window_present (GTK_WINDOW (window));
  plug_window_add_connection (PLUG_WINDOW (window), "halopsa");
  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  sheet = plug_compat_get_sheet (GTK_WINDOW (window));
  g_assert_nonnull (sheet);
  for (guint i = 0; i < G_N_ELEMENTS (heights); i++) {
    int wanted = heights[i] == 0 ? height : heights[i];

    gtk_window_set_default_size (GTK_WINDOW (window), width, wanted);
    for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end; g_usleep (2000))
      while (g_main_context_iteration (NULL, FALSE))
        continue;
    /* With or without its frame. */
    g_assert_cmpint (gtk_widget_get_height (window), >=, wanted - 10);
    g_assert_cmpint (gtk_widget_get_height (window), <=, wanted);
    g_assert_cmpint (gtk_widget_get_height (sheet), ==, gtk_widget_get_height (window) - 40);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/sheet/focus-while-saving", Fixture, NULL, fixture_begin, test_focus_while_saving, fixture_end);
  g_test_add ("/sheet/height", Fixture, NULL, fixture_begin, test_height, fixture_end);

  return g_test_run ();
}
