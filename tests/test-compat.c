/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What has to be so on every platform, old and new: needs a display. */
#include <adwaita.h>

#include "plug-compat.h"
#include "widgets.h"

static GtkWidget *
show_window (int width,
             int height)
{
  GtkWidget *window = adw_application_window_new (NULL);
  GtkWidget *button = gtk_button_new_with_label ("Owner");

  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), button);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));

  return window;
}

/* Until nothing moves any more. */
static void
wait_frames (void)
{
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end; g_usleep (2000))
    while (g_main_context_iteration (NULL, FALSE))
      continue;
}

/* The window that @window's sheet is in: another one, or itself. */
static GtkWindow *
find_sheet_window (GtkWidget *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++) {
    g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

    if (GTK_WIDGET (toplevel) != window && gtk_widget_get_visible (GTK_WIDGET (toplevel)))
      return toplevel;
  }

  return GTK_WINDOW (window);
}

static void
confirmed_cb (gpointer user_data)
{
  g_assert_not_reached ();
}

/* Enter, pressed too early, loses nothing; in a narrow window, too, where libadwaita moves the question into another form. */
static void
test_question (gconstpointer data)
{
  GtkWidget *window = show_window (GPOINTER_TO_INT (data), 640);
  GtkWidget *owner = adw_application_window_get_content (ADW_APPLICATION_WINDOW (window));
  GtkWidget *chosen;

  wait_frames ();
  gtk_widget_grab_focus (owner);
  plug_compat_confirm (owner, "Delete it?", "It is gone then.", "_Cancel", "_Delete", confirmed_cb);
  wait_frames ();
  chosen = gtk_window_get_focus (find_sheet_window (window));
  if (chosen == NULL)
    chosen = gtk_window_get_default_widget (find_sheet_window (window));
  g_test_message ("%s has the focus", chosen == NULL ? "nothing" : G_OBJECT_TYPE_NAME (chosen));
  g_assert_true (GTK_IS_BUTTON (chosen));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find_widget (chosen, GTK_TYPE_LABEL))), ==, "Cancel");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who cannot see it hears what it is: a generic one has no name. */
static void
test_shortcuts (void)
{
  GtkWidget *window = show_window (760, 640);
  GtkWindow *shown;
  GtkWidget *dialog;

  wait_frames ();
  plug_compat_present_shortcuts (GTK_WINDOW (window));
  wait_frames ();
  shown = find_sheet_window (window);
  if (GTK_WIDGET (shown) != window) {
    g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (shown)), ==, GTK_ACCESSIBLE_ROLE_WINDOW);
    g_assert_cmpstr (gtk_window_get_title (shown), ==, "Keyboard Shortcuts");
    gtk_window_destroy (shown);
  } else {
    dialog = plug_compat_get_sheet (shown);
    g_assert_nonnull (dialog);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
close_requested_cb (GtkWidget *content)
{
  plug_compat_close_sheet (content);
}

/* A sheet is as high as it wants to be in a window of the height that it asks for. */
static void
test_height (gconstpointer data)
{
  int height = GPOINTER_TO_INT (data);
  GtkWidget *window = show_window (760, MAX (300, plug_compat_get_height_around_sheet (height)));
  GtkWidget *content = gtk_label_new ("Content");

  wait_frames ();
  plug_compat_present_sheet (content, GTK_WINDOW (window), "Sheet", 600, height, close_requested_cb);
  wait_frames ();
  /* Of a window, its frame is a part. */
  if (plug_compat_get_sheet (GTK_WINDOW (window)) == content)
    g_assert_cmpint (gtk_widget_get_height (content), ==, height);
  else
    g_assert_cmpint (plug_compat_get_height_around_sheet (height), ==, 0);
  plug_compat_close_sheet (content);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_data_func ("/compat/question/wide", GINT_TO_POINTER (760), test_question);
  g_test_add_data_func ("/compat/question/narrow", GINT_TO_POINTER (360), test_question);
  g_test_add_func ("/compat/shortcuts", test_shortcuts);
  g_test_add_data_func ("/compat/height/low", GINT_TO_POINTER (500), test_height);
  g_test_add_data_func ("/compat/height/high", GINT_TO_POINTER (780), test_height);

  return g_test_run ();
}
