/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every template, and what the widgets do without a person: needs a display. */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "await.h"
#include "own-definition.h"
#include "fixture.h"
#include "plug-application.h"
#include "plug-authorities-row.h"
#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connection-row.h"
#include "plug-connections-page.h"
#include "plug-definition.h"
#include "plug-details-page.h"
#include "plug-form-page.h"
#include "plug-label.h"
#include "plug-mistakes-view.h"
#include "plug-parameter-row.h"
#include "plug-picker-page.h"
#include "plug-provider-icon.h"
#include "plug-provider-tile.h"
#include "plug-squeezer.h"
#include "plug-verdict-view.h"
#include "plug-window.h"
#include "widgets.h"

static PlugProvider *
get_halopsa (Fixture *fixture)
{
  return plug_catalogue_get_provider (fixture->catalogue, "halopsa");
}

static PlugConnection *
create_connection (Fixture *fixture,
                   const char *name)
{
  g_autoptr (GError) error = NULL;
  PlugConnection *connection = fixture_create (fixture, name, &error);

  g_assert_no_error (error);
  return connection;
}

/* A floating widget: owned, destroyed and gone. */
static void
assert_finalize_widget (GtkWidget *widget)
{
  g_object_ref_sink (widget);
  g_assert_finalize_object (widget);
}

static void
test_labels (void)
{
  g_autofree char *short_time = plug_label_dup_elapsed (84);
  g_autofree char *long_time = plug_label_dup_elapsed (2449);

  g_assert_cmpstr (short_time, ==, "84 ms");
  g_assert_cmpstr (long_time, ==, "2.4 s");
  g_assert_cmpint (plug_label_tone_of (PLUG_OUTCOME_NOT_REACHABLE), ==, PLUG_TONE_WARNING);
  g_assert_cmpint (plug_label_tone_of (PLUG_OUTCOME_REFUSED), ==, PLUG_TONE_ERROR);
}

static void
test_mistakes_text (void)
{
  static const struct {
    guint n_mistakes;
    guint line;
    const char *pointer;
    const char *reason;
    const char *text;
  } rows[] = {
    { 1, 3, "/name", "is <b>bold</b> & bad", "<acme>.json\nLine 3: /name: is <b>bold</b> & bad" },
    { 1, 1, "", "line end, line 1, column 1", "<acme>.json\nLine 1: line end, line 1, column 1" },
    { 1, 0, "", "the file is larger than 1 MiB", "<acme>.json\nthe file is larger than 1 MiB" },
    { 2, 3, "/a", "b", "<acme>.json\nLine 3: /a: b\nLine 3: /a: b" },
    { 11, 0, "", "x", "<acme>.json\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nAnd 1 more mistake." },
    { 12, 0, "", "x", "<acme>.json\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nAnd 2 more mistakes." },
  };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    GPtrArray *mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_mistake_free);
    g_autoptr (PlugBrokenDefinition) broken = plug_broken_definition_new ("/folder/<acme>.json", mistakes);

    for (guint j = 0; j < rows[i].n_mistakes; j++)
      g_ptr_array_add (mistakes, plug_mistake_new ("f", rows[i].line, 1, rows[i].pointer, rows[i].reason));
    g_free (text);
    text = plug_mistakes_dup_text (broken);
    g_assert_cmpstr (text, ==, rows[i].text);
  }
}

/* Nothing in it may end a line or turn the text around. */
static void
test_mistakes_hostile (void)
{
  GPtrArray *mistakes = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_mistake_free);
  g_autoptr (PlugBrokenDefinition) broken = plug_broken_definition_new ("/folder/a\nb\xff.json", mistakes);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_ptr_array_add (mistakes, plug_mistake_new ("f", 1, 1, "/a\n\u202e", "b\x1b[2J\nc"));
  text = plug_mistakes_dup_text (broken);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, "\x1b"));
  g_assert_null (strstr (text, "\u202e"));
}

/* Tab passes by what is folded away: the focus leaves the view after the expander. */
static void
check_folded (GtkWidget *view,
              GtkWidget *expander)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *child = gtk_expander_get_child (GTK_EXPANDER (expander));

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_widget_show (view);
  gtk_widget_show (expander);
  gtk_window_present (GTK_WINDOW (window));
  while (!gtk_widget_get_mapped (expander))
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_grab_focus (expander);
  g_assert_true (gtk_widget_is_focus (expander));
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  g_assert_false (gtk_widget_get_visible (child));
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  g_assert_true (gtk_widget_get_visible (child));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_folded (void)
{
  GtkWidget *verdict = g_object_new (PLUG_TYPE_VERDICT_VIEW, NULL);
  GtkWidget *mistakes = g_object_new (PLUG_TYPE_MISTAKES_VIEW, NULL);

  check_folded (verdict, GTK_WIDGET (gtk_widget_get_template_child (verdict, PLUG_TYPE_VERDICT_VIEW, "details")));
  check_folded (mistakes, GTK_WIDGET (gtk_widget_get_template_child (mistakes, PLUG_TYPE_MISTAKES_VIEW, "expander")));
}

static void
test_own_mark (Fixture *fixture,
               gconstpointer data)
{
  g_autofree char *json = own_definition_dup ("acme", "Acme");
  g_autoptr (PlugProvider) own = plug_provider_new_from_json (json, -1, FALSE, NULL);
  GtkWidget *cell = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *tile = plug_provider_tile_new ();
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean has_tooltip = FALSE;
  GtkWidget *mark;

  gtk_box_append (GTK_BOX (cell), tile);
  plug_provider_tile_set_provider (PLUG_PROVIDER_TILE (tile), own);
  mark = find_class (tile, "own-mark");
  g_assert_nonnull (mark);
  g_assert_true (gtk_widget_get_visible (mark));
  g_signal_emit_by_name (tile, "query-tooltip", 10, 10, FALSE, tooltip, &has_tooltip);
  g_assert_true (gtk_widget_get_has_tooltip (tile) && has_tooltip);
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_LABEL, "Acme");
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Your own definition");
  /* A tile is used again for another service. */
  plug_provider_tile_set_provider (PLUG_PROVIDER_TILE (tile), get_halopsa (fixture));
  g_assert_false (gtk_widget_get_visible (mark));
  gtk_test_accessible_assert_property (cell, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "");
  assert_finalize_widget (cell);
}

static gboolean
has_category (GtkWidget *root,
              const char *label)
{
  if (GTK_IS_TOGGLE_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_category (child, label))
      return TRUE;
  return FALSE;
}

static void
changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
wait_for (const guint *n_changes,
          guint wanted)
{
  for (gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC; *n_changes < wanted && g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_assert_cmpuint (*n_changes, ==, wanted);
}

/* While it is open, it has what is saved, and says what is wrong. */
static void
test_picker_follows (Fixture *fixture,
                     gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "providers", NULL);
  g_autofree char *broken = g_build_filename (folder, "broken.json", NULL);
  PlugCatalogue *catalogue = plug_catalogue_new_with_folder (folder);
  GtkWidget *picker = g_object_ref_sink (g_object_new (PLUG_TYPE_PICKER_PAGE, NULL));
  GtkSearchEntry *entry;
  GtkSelectionModel *shown;
  GtkWidget *mistakes;
  guint n_changes = 0, n_built_in = g_list_model_get_n_items (G_LIST_MODEL (catalogue));

  g_signal_connect_swapped (catalogue, "changed", G_CALLBACK (changed_cb), &n_changes);
  plug_picker_page_set_catalogue (PLUG_PICKER_PAGE (picker), catalogue);
  shown = gtk_grid_view_get_model (GTK_GRID_VIEW (find_class (picker, "tiles")));
  mistakes = GTK_WIDGET (gtk_widget_get_template_child (picker, PLUG_TYPE_PICKER_PAGE, "mistakes_view"));
  entry = GTK_SEARCH_ENTRY (gtk_widget_get_template_child (picker, PLUG_TYPE_PICKER_PAGE, "search_entry"));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, n_built_in);
  wait_for (&n_changes, 1);
  g_assert_false (gtk_widget_get_visible (mistakes));
  g_assert_false (has_category (picker, "own-words"));

  own_definition_save (folder, "acme.json", "acme", "Acme");
  wait_for (&n_changes, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, n_built_in + 1);
  g_assert_true (has_category (picker, "own-words"));

  g_assert_true (g_file_set_contents (broken, "nonsense", -1, NULL));
  wait_for (&n_changes, 3);
  g_assert_true (gtk_widget_get_visible (mistakes));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (catalogue)), ==, n_built_in + 1);

  gtk_editable_set_text (GTK_EDITABLE (entry), "acmee");
  g_signal_emit_by_name (entry, "search-changed");
  {
    g_autoptr (PlugProvider) first = g_list_model_get_item (G_LIST_MODEL (shown), 0);

    g_assert_cmpstr (plug_provider_get_id (first), ==, "acme");
  }
  g_assert_cmpint (g_unlink (broken), ==, 0);
  wait_for (&n_changes, 4);
  g_assert_false (gtk_widget_get_visible (mistakes));
  g_assert_finalize_object (picker);
  g_object_unref (catalogue);
}

/* What is read later comes in before what is shown: whoever looks at the beginning still does. */
static void
test_picker_stays_at_top (Fixture *fixture,
                          gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "providers", NULL);
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (folder);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *picker = g_object_new (PLUG_TYPE_PICKER_PAGE, NULL);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (find_class (picker, "tiles")));
  guint n_changes = 0;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  gtk_window_set_child (GTK_WINDOW (window), picker);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (catalogue, "changed", G_CALLBACK (changed_cb), &n_changes);
  plug_picker_page_set_catalogue (PLUG_PICKER_PAGE (picker), catalogue);
  wait_for (&n_changes, 1);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);

  for (guint i = 0; i < 100; i++) {
    g_autofree char *id = g_strdup_printf ("service-%u", i);
    g_autofree char *file_name = g_strconcat (id, ".json", NULL);
    g_autofree char *name = g_strdup_printf ("0 Service %u", i);

    own_definition_save (folder, file_name, id, name);
  }
  while (n_changes < 2)
    g_main_context_iteration (NULL, TRUE);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, 2 * gtk_adjustment_get_page_size (adjustment));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The grid begins with what is in sight, and has all of it for whoever scrolls on. */
static void
test_picker_shows_more (Fixture *fixture,
                        gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *picker = g_object_new (PLUG_TYPE_PICKER_PAGE, NULL);
  GtkWidget *grid = find_class (picker, "tiles");
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid));
  guint n_providers = g_list_model_get_n_items (G_LIST_MODEL (fixture->catalogue));
  GListModel *shown;

  gtk_window_set_child (GTK_WINDOW (window), picker);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 600);
  plug_picker_page_set_catalogue (PLUG_PICKER_PAGE (picker), fixture->catalogue);
  gtk_window_present (GTK_WINDOW (window));
  shown = G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (grid)));
  g_assert_cmpuint (g_list_model_get_n_items (shown), <, n_providers);
  for (gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
       g_list_model_get_n_items (shown) < n_providers && g_get_monotonic_time () < end;) {
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
    g_main_context_iteration (NULL, TRUE);
  }
  g_assert_cmpuint (g_list_model_get_n_items (shown), >=, n_providers);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* In a window of which the child takes all, in one of which it takes a part, and in one that is too narrow for it. */
static void
test_squeezer (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *squeezer, *label;
  int minimum, natural, width;

  g_type_ensure (PLUG_TYPE_SQUEEZER);
  builder = gtk_builder_new_from_string ("<interface><object class='PlugSqueezer' id='squeezer'><child>"
                                         "<object class='GtkLabel' id='label'><property name='label'>A title</property></object>"
                                         "</child></object></interface>", -1);
  squeezer = g_object_ref_sink (GTK_WIDGET (gtk_builder_get_object (builder, "squeezer")));
  label = GTK_WIDGET (gtk_builder_get_object (builder, "label"));
  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  g_assert_cmpint (width, >, 10);
  gtk_widget_measure (squeezer, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, ==, width);
  for (int given = width + 20; given > 0; given -= 10) {
    gtk_widget_allocate (squeezer, given, 100, -1, NULL);
    g_assert_cmpint (gtk_widget_get_child_visible (label), ==, given >= width);
  }
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_measure (squeezer, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 0);
  g_clear_object (&builder);
  g_assert_finalize_object (squeezer);
}

static void
test_small_templates (Fixture *fixture,
                      gconstpointer data)
{
  g_autoptr (PlugForm) form = plug_form_new (fixture->store, get_halopsa (fixture));
  GPtrArray *parameters = plug_method_get_parameters (plug_form_get_method (form));
  GtkWidget *picker = g_object_new (PLUG_TYPE_PICKER_PAGE, NULL);
  GtkWidget *tile = plug_provider_tile_new ();

  plug_provider_tile_set_provider (PLUG_PROVIDER_TILE (tile), get_halopsa (fixture));
  plug_picker_page_set_catalogue (PLUG_PICKER_PAGE (picker), fixture->catalogue);
  assert_finalize_widget (tile);
  assert_finalize_widget (picker);
  assert_finalize_widget (g_object_new (PLUG_TYPE_PROVIDER_ICON, "provider", get_halopsa (fixture), "size", 48, NULL));
  assert_finalize_widget (plug_authorities_row_new (form));
  assert_finalize_widget (plug_parameter_row_new (form, NULL));
  for (guint i = 0; i < parameters->len; i++)
    assert_finalize_widget (plug_parameter_row_new (form, parameters->pdata[i]));
  assert_finalize_widget (g_object_new (PLUG_TYPE_VERDICT_VIEW, NULL));
}

static void
test_pages (Fixture *fixture,
            gconstpointer data)
{
  GListModel *providers = G_LIST_MODEL (fixture->catalogue);
  g_autoptr (PlugConnection) connection = create_connection (fixture, "Field desk");
  GtkWidget *page = g_object_new (PLUG_TYPE_CONNECTIONS_PAGE, NULL);

  plug_connections_page_set_store (PLUG_CONNECTIONS_PAGE (page), fixture->store);
  plug_connections_page_select (PLUG_CONNECTIONS_PAGE (page), "Field desk");
  assert_finalize_widget (page);
  assert_finalize_widget (plug_connection_row_new (fixture->store, connection));
  assert_finalize_widget (plug_details_page_new (fixture->store, connection));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);
    GPtrArray *methods = plug_provider_get_methods (provider);

    for (guint j = 0; j < methods->len; j++) {
      g_autoptr (PlugForm) form = plug_form_new (fixture->store, provider);

      plug_form_set_method (form, methods->pdata[j]);
      assert_finalize_widget (plug_form_page_new (fixture->store, form, NULL));
    }
  }
}

/* A window is destroyed, and then nobody else may hold it. */
static void
assert_finalize_window (GtkWidget *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
  for (gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; weak != NULL && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

/* The same of the content of a sheet. */
static void
assert_finalize_sheet (GtkWidget *dialog,
                       GtkWidget *window)
{
  gpointer weak = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  plug_connection_dialog_present (PLUG_CONNECTION_DIALOG (dialog), GTK_WINDOW (window));
  for (guint i = 0; i < 50; i++)
    g_main_context_iteration (NULL, FALSE);
  plug_compat_close_sheet (dialog);
  for (gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; weak != NULL && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

static void
test_windows (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (PlugConnection) connection = create_connection (fixture, "Field desk");
  g_autoptr (GtkApplication) application = gtk_application_new ("io.github.plugboard.Plugboard.Test", G_APPLICATION_NON_UNIQUE);
  GtkWidget *window;

  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  window = plug_window_new (application, fixture->store);
  gtk_window_present (GTK_WINDOW (window));
  assert_finalize_sheet (plug_connection_dialog_new (fixture->store), window);
  assert_finalize_sheet (plug_connection_dialog_new_for_connection (fixture->store, connection), window);
  assert_finalize_window (window);
}

static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/plugboard/Plugboard/plug-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  g_assert_cmpstr (gtk_window_get_title (window), ==, "Keyboard Shortcuts");
  gtk_window_destroy (window);
}

static void
parsing_error_cb (GtkCssProvider *provider,
                  GtkCssSection *section,
                  GError *error,
                  gpointer user_data)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_error ("%s: %s", where, error->message);
}

/* Understood by newer GTK, too. */
static void
test_styles (void)
{
  static const char *const names[] = { "style.css", "style-high-contrast.css" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
    g_autofree char *path = g_strconcat ("/io/github/plugboard/Plugboard/", names[i], NULL);

    g_signal_connect (provider, "parsing-error", G_CALLBACK (parsing_error_cb), NULL);
    gtk_css_provider_load_from_resource (provider, path);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/window/labels", test_labels);
  g_test_add_func ("/window/mistakes/text", test_mistakes_text);
  g_test_add_func ("/window/mistakes/hostile", test_mistakes_hostile);
  g_test_add_func ("/window/folded", test_folded);
  g_test_add ("/window/own-mark", Fixture, NULL, fixture_begin, test_own_mark, fixture_end);
  g_test_add ("/window/picker/shows-more", Fixture, NULL, fixture_begin, test_picker_shows_more, fixture_end);
  g_test_add ("/window/picker/follows", Fixture, NULL, fixture_begin, test_picker_follows, fixture_end);
  g_test_add ("/window/picker/stays-at-top", Fixture, NULL, fixture_begin, test_picker_stays_at_top, fixture_end);
  g_test_add ("/window/squeezer", Fixture, NULL, fixture_begin, test_squeezer, fixture_end);
  g_test_add ("/window/templates/small", Fixture, NULL, fixture_begin, test_small_templates, fixture_end);
  g_test_add ("/window/templates/pages", Fixture, NULL, fixture_begin, test_pages, fixture_end);
  g_test_add ("/window/templates/windows", Fixture, NULL, fixture_begin, test_windows, fixture_end);
  g_test_add_func ("/window/templates/shortcuts", test_shortcuts);
  g_test_add_func ("/window/styles", test_styles);

  return g_test_run ();
}
