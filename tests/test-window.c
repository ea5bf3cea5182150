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
#include "plug-details-page.h"
#include "plug-file-button.h"
#include "plug-form-page.h"
#include "plug-key-file-row.h"
#include "plug-label.h"
#include "plug-definition.h"
#include "plug-mistakes-view.h"
#include "plug-parameter-row.h"
#include "plug-picker-page.h"
#include "plug-provider-icon.h"
#include "plug-provider-tile.h"
#include "plug-squeezer.h"
#include "plug-verdict-view.h"
#include "plug-window.h"
#include "widgets.h"

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture_set_up (fixture);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

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

/* A row of the form's method, and the control of that type in it. */
static GtkWidget *
make_row (PlugForm *form,
          const char *id,
          GType type,
          GtkWidget **control)
{
  PlugParameter *parameter = plug_method_get_parameter (plug_form_get_method (form), id);
  GtkWidget *row = g_object_ref_sink (plug_parameter_row_new (form, parameter));

  *control = find_widget (row, type);
  g_assert_nonnull (*control);

  return row;
}

static void
count_cb (GtkWidget *row,
          guint *n_edits)
{
  (*n_edits)++;
}

static void
test_choices (Fixture *fixture,
              gconstpointer data)
{
  PlugProvider *custom = plug_catalogue_get_provider (fixture->catalogue, "custom");
  g_autoptr (PlugForm) datadog = plug_form_new (fixture->store, plug_catalogue_get_provider (fixture->catalogue, "datadog"));
  g_autoptr (PlugForm) form = plug_form_new (fixture->store, custom);
  GtkWidget *row, *control;
  guint n_edits = 0;

  row = make_row (datadog, "host", GTK_TYPE_DROP_DOWN, &control);
  g_signal_connect (row, "edited", G_CALLBACK (count_cb), &n_edits);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (control)), ==, 0);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control), 1);
  g_assert_cmpuint (n_edits, ==, 1);
  g_assert_cmpstr (plug_form_get_text (datadog, "host"), !=, "");
  g_assert_cmpint (plug_form_check (datadog, "host"), ==, PLUG_VALUE_OK);
  g_assert_finalize_object (row);

  plug_form_set_method (form, plug_provider_get_method (custom, "headers"));
  row = make_row (form, "header_1_open", GTK_TYPE_SWITCH, &control);
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (control)));
  gtk_switch_set_active (GTK_SWITCH (control), TRUE);
  g_assert_cmpstr (plug_form_get_text (form, "header_1_open"), ==, "true");
  plug_form_set_text (form, "header_1_open", "false");
  plug_parameter_row_refresh (PLUG_PARAMETER_ROW (row));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (control)));
  g_assert_finalize_object (row);
}

/* A file that is chosen or dropped: its text goes into the form, or the row says why not. */
static void
test_pem_file (Fixture *fixture,
               gconstpointer data)
{
  static const char pem[] = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
  g_autoptr (GBytes) right = g_bytes_new_static (pem, strlen (pem));
  g_autoptr (GBytes) binary = g_bytes_new_static ("\x30\x82\x01\xff", 4);
  PlugProvider *google = plug_catalogue_get_provider (fixture->catalogue, "google-workspace");
  g_autoptr (PlugForm) form = plug_form_new (fixture->store, google);
  GtkWidget *row, *button, *key_file_row;

  row = make_row (form, "private_key", PLUG_TYPE_FILE_BUTTON, &button);
  g_signal_emit_by_name (button, "loaded", binary, "key.der");
  g_assert_cmpstr (plug_form_get_text (form, "private_key"), ==, "");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  g_signal_emit_by_name (button, "loaded", right, "key.pem");
  g_assert_true (g_str_has_prefix (plug_form_get_text (form, "private_key"), "-----BEGIN PRIVATE KEY-----\nMIIB\n"));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
  g_assert_finalize_object (row);

  key_file_row = g_object_ref_sink (plug_key_file_row_new (form));
  g_signal_emit_by_name (find_widget (key_file_row, PLUG_TYPE_FILE_BUTTON), "loaded", right, "key.pem");
  g_assert_true (gtk_widget_has_css_class (key_file_row, "error"));
  g_assert_finalize_object (key_file_row);
}

/* The drop target of a row, which belongs to its file button. */
static GtkEventController *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return controller;
  }
  g_error ("Nothing can be dropped on a %s", G_OBJECT_TYPE_NAME (widget));
}

/* Whether the file is taken, as GTK asks when a person lets go of it; what comes of it is awaited. */
static gboolean
drop (GtkWidget *row,
      const char *path,
      gboolean (*is_done) (GtkWidget *row))
{
  GtkEventController *target = find_drop_target (row);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;

  g_assert_true (gdk_content_formats_contain_gtype (gtk_drop_target_get_formats (GTK_DROP_TARGET (target)), G_TYPE_FILE));
  g_assert_cmpint (gtk_drop_target_get_actions (GTK_DROP_TARGET (target)), ==, GDK_ACTION_COPY);
  g_value_init (&value, G_TYPE_FILE);
  g_value_take_object (&value, g_file_new_for_path (path));
  g_signal_emit_by_name (target, "drop", &value, 1.0, 1.0, &is_taken);
  for (gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; is_taken && !is_done (row) && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);

  return is_taken;
}

static gboolean
is_in_error (GtkWidget *row)
{
  return gtk_widget_has_css_class (row, "error");
}

static gboolean
is_not_in_error (GtkWidget *row)
{
  return !is_in_error (row);
}

/* A row says of a file what a sentence says of it; a button that is off takes none. */
static void
test_pem_drop (Fixture *fixture,
               gconstpointer data)
{
  static const char pem[] = "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n";
  g_autofree char *right = g_build_filename (fixture->folder, "right.pem", NULL);
  g_autofree char *binary = g_build_filename (fixture->folder, "binary.der", NULL);
  g_autofree char *missing = g_build_filename (fixture->folder, "missing.pem", NULL);
  g_autoptr (PlugForm) form = plug_form_new (fixture->store, plug_catalogue_get_provider (fixture->catalogue, "google-workspace"));
  GtkWidget *row, *button, *key_file_row;

  g_assert_true (g_file_set_contents (right, pem, -1, NULL));
  g_assert_true (g_file_set_contents (binary, "\x30\x82\x01\xff", 4, NULL));
  row = make_row (form, "private_key", PLUG_TYPE_FILE_BUTTON, &button);
  for (guint i = 0; i < 2; i++) {
    g_assert_true (drop (row, i == 0 ? binary : missing, is_in_error));
    g_assert_true (is_in_error (row));
    g_assert_cmpstr (plug_form_get_text (form, "private_key"), ==, "");
    g_assert_true (drop (row, right, is_not_in_error));
    g_assert_false (is_in_error (row));
    g_assert_true (g_str_has_prefix (plug_form_get_text (form, "private_key"), "-----BEGIN PRIVATE KEY-----\nMIIB\n"));
    plug_form_set_text (form, "private_key", "");
  }
  gtk_widget_set_sensitive (button, FALSE);
  g_assert_false (drop (row, right, is_not_in_error));
  settle ();
  g_assert_cmpstr (plug_form_get_text (form, "private_key"), ==, "");
  g_assert_finalize_object (row);

  /* A key file is JSON. */
  key_file_row = g_object_ref_sink (plug_key_file_row_new (form));
  g_assert_true (drop (key_file_row, right, is_in_error));
  g_assert_true (is_in_error (key_file_row));
  g_assert_finalize_object (key_file_row);
}

/* "one" has a page of its own and a test that is confirmed, "two" has neither. */
static const char two_methods[] =
  "{\"id\":\"acme\",\"name\":\"Acme\",\"categories\":[\"itsm\"],\"docs\":\"https://acme.test/all\",\"methods\":["
  "{\"id\":\"one\",\"label\":\"One\",\"docs\":\"https://acme.test/one\",\"parameters\":[{\"id\":\"site\",\"label\":\"Site\","
  "\"type\":\"string\",\"suffix\":\".acme.test\"},{\"id\":\"token\",\"label\":\"Token\",\"type\":\"secret\"}],"
  "\"server\":{\"url\":\"https://{site}.acme.test\"},"
  "\"auth\":[{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{token}\"}],"
  "\"test\":{\"request\":{\"url\":\"https://{site}.acme.test/me\"}}},"
  "{\"id\":\"two\",\"label\":\"Two\",\"parameters\":[{\"id\":\"token\",\"label\":\"Token\",\"type\":\"secret\"}],"
  "\"server\":{\"url\":\"https://acme.test\"},"
  "\"auth\":[{\"type\":\"http\",\"scheme\":\"bearer\",\"token\":\"{token}\"}],"
  "\"test\":{\"request\":{\"url\":\"https://acme.test/me\"},\"verified\":false}}]}";

static PlugForm *
make_form (Fixture *fixture,
           const char *method)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugProvider) provider = plug_provider_new_from_json (two_methods, -1, TRUE, &error);
  PlugForm *form;

  g_assert_no_error (error);
  form = plug_form_new (fixture->store, provider);
  plug_form_set_method (form, plug_provider_get_method (provider, method));

  return form;
}

static gboolean
note_uri_cb (GtkLinkButton *link,
             char **uri)
{
  g_free (*uri);
  *uri = g_strdup (gtk_link_button_get_uri (link));
  /* Nothing opens it. */
  return TRUE;
}

static void
choose_method (GtkWidget *page,
               const char *id)
{
  GtkWidget *box = GTK_WIDGET (gtk_widget_get_template_child (page, PLUG_TYPE_FORM_PAGE, "method_box"));
  GtkWidget *button = gtk_widget_get_first_child (box);

  while (g_strcmp0 (gtk_widget_get_name (button), id) != 0)
    button = gtk_widget_get_next_sibling (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

/* What the page says of the method that is chosen: whether its test is confirmed, and where to read about it. */
static void
test_method (Fixture *fixture,
             gconstpointer data)
{
  static const struct {
    const char *method;
    const char *uri;
    const char *remark; /* NULL when there is none */
  } rows[] = {
    { "one", "https://acme.test/one", NULL },
    { "two", "https://acme.test/all", "This test has not been confirmed yet." },
    { "one", "https://acme.test/one", NULL },
  };
  g_autoptr (PlugForm) form = make_form (fixture, "two");
  GtkWidget *page = g_object_ref_sink (plug_form_page_new (fixture->store, form, NULL));
  GtkWidget *remark = GTK_WIDGET (gtk_widget_get_template_child (page, PLUG_TYPE_FORM_PAGE, "remark_label"));
  GtkWidget *link = GTK_WIDGET (gtk_widget_get_template_child (page, PLUG_TYPE_FORM_PAGE, "docs_link"));
  g_autofree char *uri = NULL;

  g_signal_connect (link, "activate-link", G_CALLBACK (note_uri_cb), &uri);
  g_assert_true (gtk_widget_get_visible (remark));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (remark)), ==, rows[1].remark);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    choose_method (page, rows[i].method);
    g_assert_true (gtk_widget_get_visible (link));
    g_signal_emit_by_name (link, "clicked");
    g_assert_cmpstr (uri, ==, rows[i].uri);
    g_assert_cmpstr (gtk_widget_get_tooltip_text (link), ==, rows[i].uri);
    g_assert_true (gtk_widget_get_visible (remark) == (rows[i].remark != NULL));
    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (remark)), ==, rows[i].remark != NULL ? rows[i].remark : "");
  }
  g_assert_finalize_object (page);
}

/* The rest of a host stands behind the field, and nothing behind another one. */
static void
test_suffix (Fixture *fixture,
             gconstpointer data)
{
  static const char *const ids[] = { "site", "token" };
  static const char *const suffixes[] = { ".acme.test", "" };
  g_autoptr (PlugForm) form = make_form (fixture, "one");

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    GtkWidget *entry;
    GtkWidget *row = make_row (form, ids[i], GTK_TYPE_ENTRY, &entry);
    GtkWidget *suffix = GTK_WIDGET (gtk_widget_get_template_child (row, PLUG_TYPE_PARAMETER_ROW, "suffix"));

    g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (suffix)), ==, suffixes[i]);
    g_assert_true (gtk_widget_get_visible (suffix) == (*suffixes[i] != '\0'));
    /* Right behind what is typed. */
    g_assert_true (gtk_widget_is_ancestor (entry, gtk_widget_get_prev_sibling (suffix)));
    g_assert_finalize_object (row);
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
  g_test_add ("/window/own-mark", Fixture, NULL, set_up, test_own_mark, tear_down);
  g_test_add ("/window/picker/shows-more", Fixture, NULL, set_up, test_picker_shows_more, tear_down);
  g_test_add ("/window/picker/follows", Fixture, NULL, set_up, test_picker_follows, tear_down);
  g_test_add ("/window/picker/stays-at-top", Fixture, NULL, set_up, test_picker_stays_at_top, tear_down);
  g_test_add ("/window/squeezer", Fixture, NULL, set_up, test_squeezer, tear_down);
  g_test_add ("/window/templates/small", Fixture, NULL, set_up, test_small_templates, tear_down);
  g_test_add ("/window/templates/pages", Fixture, NULL, set_up, test_pages, tear_down);
  g_test_add ("/window/rows/choices", Fixture, NULL, set_up, test_choices, tear_down);
  g_test_add ("/window/rows/pem-file", Fixture, NULL, set_up, test_pem_file, tear_down);
  g_test_add ("/window/rows/pem-drop", Fixture, NULL, set_up, test_pem_drop, tear_down);
  g_test_add ("/window/rows/suffix", Fixture, NULL, set_up, test_suffix, tear_down);
  g_test_add ("/window/form/method", Fixture, NULL, set_up, test_method, tear_down);
  g_test_add ("/window/templates/windows", Fixture, NULL, set_up, test_windows, tear_down);
  g_test_add_func ("/window/templates/shortcuts", test_shortcuts);
  g_test_add_func ("/window/styles", test_styles);

  return g_test_run ();
}
