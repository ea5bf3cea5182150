/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program looks like, from its own icon to what a person has set for all programs: needs a display. */
#include "config.h"

#include <adwaita.h>

#include "fixture.h"
#include "page-examiner.h"
#include "plug-application.h"
#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connection-row.h"
#include "plug-connections-page.h"
#include "plug-parameter-row.h"
#include "plug-window.h"
#include "widgets.h"

/* Of the setting Large Text in GNOME: 1.6 times as large. */
#define LARGE_TEXT_DPI 154

static PlugConnection *
create_connection (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  PlugConnection *connection = fixture_create (fixture, "Field desk", &error);

  g_assert_no_error (error);
  return connection;
}

/* The program itself, started once: GTK keeps it. Borrowed. */
static GtkApplication *
get_application (void)
{
  static PlugApplication *application;

  if (application == NULL) {
    g_autoptr (PlugMemoryVault) vault = plug_memory_vault_new ();

    application = plug_application_new (PLUG_VAULT (vault));
    g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
    g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  }
  return GTK_APPLICATION (application);
}

/* Found among the resources alone: nothing is installed where the program is run from its build folder. */
static void
test_icon (void)
{
  static const char *const names[] = { PLUG_APP_ID, PLUG_APP_ID "-symbolic" };
  static const char *const nowhere[] = { NULL };
  g_autoptr (GtkIconTheme) theme = gtk_icon_theme_new ();
  g_auto (GStrv) paths = NULL;

  get_application ();
  paths = gtk_icon_theme_get_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()));
  gtk_icon_theme_set_search_path (theme, nowhere);
  gtk_icon_theme_set_resource_path (theme, (const char *const *) paths);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_test_message ("%s", names[i]);
    g_assert_true (gtk_icon_theme_has_icon (theme, names[i]));
  }
}

/* How opaque @widget's style makes it. */
static float
get_drawn_opacity (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) all = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  all = node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  if (gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
    node = gsk_clip_node_get_child (node);
  g_assert_cmpint (gsk_render_node_get_node_type (node), ==, GSK_OPACITY_NODE);
  return gsk_opacity_node_get_opacity (node);
}

/* The title of a field is dimmed, and hardly so where the contrast is high. */
static void
test_contrast (Fixture *fixture,
               gconstpointer data)
{
  gboolean is_high = GPOINTER_TO_INT (data);
  g_autoptr (PlugForm) form = NULL;
  GtkWidget *window, *list, *row;

  if (!g_test_subprocess ()) {
    /* libadwaita looks at it when it starts. */
    g_setenv ("ADW_DEBUG_HIGH_CONTRAST", is_high ? "1" : "0", TRUE);
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_unsetenv ("ADW_DEBUG_HIGH_CONTRAST");
    g_test_trap_assert_passed ();
    return;
  }
  get_application ();
  form = plug_form_new (fixture->store, plug_catalogue_get_provider (fixture->catalogue, "halopsa"));
  window = gtk_window_new ();
  list = gtk_list_box_new ();
  row = plug_parameter_row_new (form, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  page_examiner_settle ();
  g_assert_cmpfloat_with_epsilon (get_drawn_opacity (find_class (row, "title")), is_high ? 0.9 : 0.6, 0.01);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* How many widgets below @root are on their way from one page or state to another. */
static guint
count_moving (GtkWidget *root)
{
  guint n = GTK_IS_STACK (root) && gtk_stack_get_transition_running (GTK_STACK (root));

  if (GTK_IS_REVEALER (root))
    n += gtk_revealer_get_reveal_child (GTK_REVEALER (root)) != gtk_revealer_get_child_revealed (GTK_REVEALER (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_moving (child);
  return n;
}

static void
assert_moving (GtkWidget *root,
               gboolean is_wanted)
{
  g_assert_cmpint (count_moving (root) > 0, ==, is_wanted);
}

/* Pages slide where animations are wanted, and are there at once where they are not. */
static void
test_motion (Fixture *fixture,
             gconstpointer data)
{
  gboolean is_wanted = GPOINTER_TO_INT (data);
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (PlugConnection) connection = create_connection (fixture);
  GtkWidget *window, *page, *dialog;

  g_object_set (settings, "gtk-enable-animations", is_wanted, NULL);
  window = plug_window_new (get_application (), fixture->store);
  gtk_window_present (GTK_WINDOW (window));
  page_examiner_settle ();
  page = GTK_WIDGET (gtk_widget_get_template_child (window, PLUG_TYPE_WINDOW, "connections_page"));
  plug_connections_page_search (PLUG_CONNECTIONS_PAGE (page));
  assert_moving (window, is_wanted);
  page_examiner_settle ();
  g_signal_emit_by_name (page, "opened", connection);
  assert_moving (window, is_wanted);

  dialog = plug_connection_dialog_new (fixture->store);
  plug_connection_dialog_present (PLUG_CONNECTION_DIALOG (dialog), GTK_WINDOW (window));
  page_examiner_settle ();
  plug_connection_dialog_pick (PLUG_CONNECTION_DIALOG (dialog), plug_catalogue_get_provider (fixture->catalogue, "halopsa"));
  assert_moving (dialog, is_wanted);
  plug_compat_close_sheet (dialog);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_settings_reset_property (settings, "gtk-enable-animations");
}

/* The desktop's setting makes every text larger, and the window has room for it. */
static void
test_large_text (Fixture *fixture,
                 gconstpointer data)
{
  static const char *const names[] = { "Field desk", NULL };
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr (PlugConnection) connection = create_connection (fixture);
  GtkWidget *window = plug_window_new (get_application (), fixture->store);
  GtkWidget *row, *label;
  int height;

  page_examiner_start (names);
  gtk_window_present (GTK_WINDOW (window));
  page_examiner_settle ();
  row = find_widget (window, PLUG_TYPE_CONNECTION_ROW);
  label = GTK_WIDGET (gtk_widget_get_template_child (row, PLUG_TYPE_CONNECTION_ROW, "name_label"));
  height = gtk_widget_get_height (label);
  g_object_set (settings, "gtk-xft-dpi", LARGE_TEXT_DPI * PANGO_SCALE, NULL);
  page_examiner_examine (window, "large text", 0);
  g_assert_cmpint (gtk_widget_get_height (label) * 10, >, height * 14);
  gtk_window_destroy (GTK_WINDOW (window));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", folder);
  int status;

  /* The program's own folders. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_STATE_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/appearance/icon", test_icon);
  g_test_add ("/appearance/contrast/normal", Fixture, GINT_TO_POINTER (FALSE), fixture_begin, test_contrast, fixture_end);
  g_test_add ("/appearance/contrast/high", Fixture, GINT_TO_POINTER (TRUE), fixture_begin, test_contrast, fixture_end);
  g_test_add ("/appearance/motion/wanted", Fixture, GINT_TO_POINTER (TRUE), fixture_begin, test_motion, fixture_end);
  g_test_add ("/appearance/motion/reduced", Fixture, GINT_TO_POINTER (FALSE), fixture_begin, test_motion, fixture_end);
  g_test_add ("/appearance/large-text", Fixture, NULL, fixture_begin, test_large_text, fixture_end);

  status = g_test_run ();
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  return status;
}
