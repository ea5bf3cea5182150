/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The form of a service: its rows, and what the page says of a method. */
#include <adwaita.h>

#include "await.h"
#include "fixture.h"
#include "plug-definition.h"
#include "plug-file-button.h"
#include "plug-form-page.h"
#include "plug-key-file-row.h"
#include "plug-parameter-row.h"
#include "widgets.h"

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

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/form-page/choices", Fixture, NULL, fixture_begin, test_choices, fixture_end);
  g_test_add ("/form-page/pem-file", Fixture, NULL, fixture_begin, test_pem_file, fixture_end);
  g_test_add ("/form-page/pem-drop", Fixture, NULL, fixture_begin, test_pem_drop, fixture_end);
  g_test_add ("/form-page/suffix", Fixture, NULL, fixture_begin, test_suffix, fixture_end);
  g_test_add ("/form-page/method", Fixture, NULL, fixture_begin, test_method, fixture_end);

  return g_test_run ();
}
