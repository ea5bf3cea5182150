/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of connections at every width, in the language of the environment: needs a display with a window manager. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <locale.h>

#include "fixture.h"
#include "page-examiner.h"
#include "plug-connection-row.h"
#include "plug-connections-page.h"
#include "plug-sentence.h"
#include "plug-window.h"
#include "widgets.h"

#define NARROW_WIDTH 480
#define LARGE_TEXT_DPI 154

typedef struct {
  Fixture base;
  GtkWidget *window;
  GtkWidget *page;
} PageFixture;

static GtkApplication *application;

static GtkWidget *
get_child (PageFixture *fixture,
           const char *id)
{
  return GTK_WIDGET (gtk_widget_get_template_child (fixture->page, PLUG_TYPE_CONNECTIONS_PAGE, id));
}

static void
set_up (PageFixture *fixture,
        gconstpointer data)
{
  g_autoptr (PlugConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set_up (&fixture->base);
  connection = fixture_create (&fixture->base, "Field desk", &error);
  g_assert_no_error (error);
  fixture->window = plug_window_new (application, fixture->base.store);
  fixture->page = GTK_WIDGET (gtk_widget_get_template_child (fixture->window, PLUG_TYPE_WINDOW, "connections_page"));
}

static void
tear_down (PageFixture *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  page_examiner_settle ();
  fixture_tear_down (&fixture->base);
}

static gboolean
is_narrow (PageFixture *fixture)
{
  return g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (get_child (fixture, "add_button"))), "list-add-symbolic") == 0;
}

/* The header, and the row. */
static void
assert_narrow (PageFixture *fixture,
               gboolean narrow)
{
  GtkWidget *row = find_widget (get_child (fixture, "list"), PLUG_TYPE_CONNECTION_ROW);
  GtkWidget *box = GTK_WIDGET (gtk_widget_get_template_child (row, PLUG_TYPE_CONNECTION_ROW, "text_box"));
  GtkOrientation orientation = gtk_orientable_get_orientation (GTK_ORIENTABLE (box));

  g_assert_cmpint (is_narrow (fixture), ==, narrow);
  g_assert_cmpint (orientation, ==, narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

/* There is always a title, a search to press, and a button of the same name, with words where they have room. */
static void
test_header (PageFixture *fixture,
             gconstpointer data)
{
  int width = GPOINTER_TO_INT (data);
  GtkWidget *add_button = get_child (fixture, "add_button");
  GtkWidget *title;

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  page_examiner_examine (fixture->window, "header", width);
  assert_narrow (fixture, width < NARROW_WIDTH);
  title = find_class (fixture->page, "title");
  g_assert_true (gtk_widget_get_mapped (title));
  g_assert_true (gtk_widget_get_mapped (get_child (fixture, "search_button")));
  gtk_test_accessible_assert_property (add_button, GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add connection"));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (add_button), ==, _("Add connection"));
  g_assert_cmpint (gtk_widget_get_has_tooltip (add_button), ==, width < NARROW_WIDTH);
  /* As high as its neighbour: its words stand in one line. */
  g_assert_cmpint (gtk_widget_get_height (add_button), ==, gtk_widget_get_height (get_child (fixture, "search_button")));
}

/* The width of a window that is maximised is not the one that it remembers. */
static void
test_maximized (PageFixture *fixture,
                gconstpointer data)
{
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  page_examiner_settle ();
  assert_narrow (fixture, TRUE);
  gtk_window_maximize (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 50 && gtk_widget_get_width (fixture->page) < NARROW_WIDTH; i++)
    page_examiner_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->page), >, NARROW_WIDTH);
  assert_narrow (fixture, FALSE);
  gtk_window_unmaximize (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < 50 && gtk_widget_get_width (fixture->page) > NARROW_WIDTH; i++)
    page_examiner_settle ();
  g_assert_cmpint (gtk_widget_get_width (fixture->page), <, NARROW_WIDTH);
  assert_narrow (fixture, TRUE);
}

static void
painted_cb (PageFixture *fixture)
{
  if (gtk_widget_get_width (fixture->page) > 0)
    assert_narrow (fixture, gtk_widget_get_width (fixture->page) < NARROW_WIDTH);
}

static void
laid_out_cb (guint *n_layouts)
{
  (*n_layouts)++;
}

/* No frame shows the layout of another width, and a layout does not lead to the next one. */
static void
test_resize (PageFixture *fixture,
             gconstpointer data)
{
  static const int widths[] = { 400, 760, NARROW_WIDTH - 20, NARROW_WIDTH + 20, 360, 700 };
  GdkFrameClock *clock;
  gulong painted_id, laid_out_id;
  guint n_layouts;

  gtk_widget_realize (fixture->window);
  clock = gtk_widget_get_frame_clock (fixture->window);
  painted_id = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), fixture);
  laid_out_id = g_signal_connect_swapped (clock, "layout", G_CALLBACK (laid_out_cb), &n_layouts);
  gtk_window_present (GTK_WINDOW (fixture->window));
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    gtk_window_set_default_size (GTK_WINDOW (fixture->window), widths[i], 600);
    for (guint j = 0; j < 3; j++)
      page_examiner_settle ();
    assert_narrow (fixture, widths[i] < NARROW_WIDTH);
    n_layouts = 0;
    page_examiner_settle ();
    g_assert_cmpuint (n_layouts, ==, 0);
  }
  g_signal_handler_disconnect (clock, painted_id);
  g_signal_handler_disconnect (clock, laid_out_id);
}

/* However wide the wide layout has to be, the window may be as narrow as any. */
static void
test_wide_row (PageFixture *fixture,
               gconstpointer data)
{
  GtkWidget *row = find_widget (get_child (fixture, "list"), PLUG_TYPE_CONNECTION_ROW);
  GtkWidget *label = GTK_WIDGET (gtk_widget_get_template_child (row, PLUG_TYPE_CONNECTION_ROW, "outcome_label"));

  gtk_label_set_text (GTK_LABEL (label), "An outcome of several words that does not fit");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  page_examiner_examine (fixture->window, "wide row", 360);
  assert_narrow (fixture, TRUE);
}

/* Where the text is larger, more widths are narrow; whoever has the focus keeps it. */
static void
test_large_text (PageFixture *fixture,
                 gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), NARROW_WIDTH + 100, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
  page_examiner_settle ();
  assert_narrow (fixture, FALSE);
  gtk_widget_grab_focus (get_child (fixture, "add_button"));
  g_object_set (settings, "gtk-xft-dpi", LARGE_TEXT_DPI * PANGO_SCALE, NULL);
  page_examiner_examine (fixture->window, "large text", NARROW_WIDTH + 100);
  assert_narrow (fixture, TRUE);
  g_assert_true (gtk_widget_is_focus (get_child (fixture, "add_button")));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  page_examiner_settle ();
  assert_narrow (fixture, FALSE);
}

int
main (int argc,
      char **argv)
{
  static const char *const names[] = { "Field desk", NULL };

  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();
  adw_init ();
  page_examiner_start (names);
  application = GTK_APPLICATION (adw_application_new ("io.github.plugboard.Plugboard.Test", G_APPLICATION_NON_UNIQUE));
  g_application_set_resource_base_path (G_APPLICATION (application), "/io/github/plugboard/Plugboard");
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add ("/connections-page/header/360", PageFixture, GINT_TO_POINTER (360), set_up, test_header, tear_down);
  g_test_add ("/connections-page/header/400", PageFixture, GINT_TO_POINTER (400), set_up, test_header, tear_down);
  g_test_add ("/connections-page/header/500", PageFixture, GINT_TO_POINTER (500), set_up, test_header, tear_down);
  g_test_add ("/connections-page/header/760", PageFixture, GINT_TO_POINTER (760), set_up, test_header, tear_down);
  g_test_add ("/connections-page/maximized", PageFixture, NULL, set_up, test_maximized, tear_down);
  g_test_add ("/connections-page/resize", PageFixture, NULL, set_up, test_resize, tear_down);
  g_test_add ("/connections-page/wide-row", PageFixture, NULL, set_up, test_wide_row, tear_down);
  g_test_add ("/connections-page/large-text", PageFixture, NULL, set_up, test_large_text, tear_down);

  return g_test_run ();
}
