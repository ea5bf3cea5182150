/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page in the language of the environment, as narrow as it may be and at its own width: nothing is cut off, nothing
 * sticks out, and in the pseudo language of pseudo-locale.py nothing is left in English. PLUG_DIRECTION=rtl mirrors the
 * window, PLUG_TEXT_SCALE=1.5 has letters half as large again; ADW_DEBUG_HIGH_CONTRAST=1 and ADW_DEBUG_COLOR_SCHEME are
 * libadwaita's. With PLUG_PICTURES a picture of each page goes to that folder. Needs a display. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "fixture.h"
#include "own-definition.h"
#include "page-examiner.h"
#include "plug-application.h"
#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connections-page.h"
#include "plug-details-page.h"
#include "plug-error.h"
#include "plug-form-page.h"
#include "plug-mistakes-view.h"
#include "plug-parameter-row.h"
#include "plug-picker-page.h"
#include "plug-provider-tile.h"
#include "plug-sentence.h"
#include "plug-verdict-view.h"
#include "plug-window.h"
#include "widgets.h"

#define NARROW 360
#define LONG_NAME "A connection with a long name, because somebody likes to say exactly what it is for, and where"

/* Makes a page in a window of its own, which is not presented yet. */
typedef GtkWidget *(*Make) (Fixture *fixture);

/* What is shown as it is, in every language. Whatever else stands here without a bracket was forgotten. */
static const char * const names[] = {
  /* the program and what it runs on */
  "Plugboard", PLUG_VERSION,
  /* what this test types and puts into files */
  "Field desk", LONG_NAME, "broken", "From the future", "Of nobody", "nobody", "token", "api.acme.test", "Acme", "own-words",
  "https://acme.halopsa.com", "https://acme.halopsa.com/auth/token", "c0ffee00", "ada", "all", "acme", "broken.json",
  "invalid_client: the client is not known here",
  /* what is wrong with a file, in the words of who reads it, which are for who writes such files */
  "A value is expected, line 1, column 1",
  /* GTK's and libadwaita's own, which they translate: the windows About and Keyboard Shortcuts, keys */
  "About", "Shortcuts", "Search Shortcuts", "No Results Found", "Try a different search", "Credits", "Legal", "Details", NULL,
};

static GtkApplication *application;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autofree char *providers = g_build_filename (folder, "providers", NULL);
  g_autofree char *broken = g_build_filename (providers, "broken.json", NULL);

  g_assert_cmpint (g_mkdir (providers, 0700), ==, 0);
  own_definition_save (providers, "acme.json", "acme", "Acme");
  g_assert_true (g_file_set_contents (broken, "nonsense", -1, NULL));
  fixture_set_up_in (fixture, folder, plug_catalogue_new_with_folder (providers));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  fixture_tear_down (fixture);
}

static GtkWidget *
get_child (GtkWidget *widget,
           GType type,
           const char *id)
{
  GObject *child = gtk_widget_get_template_child (widget, type, id);

  g_assert_nonnull (child);
  return GTK_WIDGET (child);
}

/* GTK complains when a window goes while one is open. */
static void
close_popovers (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    gtk_popover_popdown (GTK_POPOVER (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    close_popovers (child);
}

static void
destroy (GtkWidget *window)
{
  close_popovers (window);
  page_examiner_settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  page_examiner_settle ();
}

static GtkWidget *
present (Fixture *fixture,
         Make make,
         int width)
{
  GtkWidget *window = make (fixture);
  int own_width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &own_width, &height);
  if (width > 0)
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  page_examiner_settle ();
  return window;
}

/* A page, and what @change makes of it, at both widths. */
static void
examine (Fixture *fixture,
         const char *name,
         Make make,
         void (*change) (GtkWidget *window,
                         Fixture *fixture))
{
  static const int widths[] = { NARROW, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    GtkWidget *window = present (fixture, make, widths[i]);

    if (change != NULL)
      change (window, fixture);
    page_examiner_examine (window, name, widths[i]);
    destroy (window);
  }
}

/* --- Connections ------------------------------------------------------------------------------------------------ */

static PlugForm *
fill_in (Fixture *fixture,
         const char *method,
         const char *name)
{
  PlugProvider *halopsa = plug_catalogue_get_provider (fixture->catalogue, "halopsa");
  PlugForm *form = plug_form_new (fixture->store, halopsa);

  plug_form_set_method (form, plug_provider_get_method (halopsa, method));
  plug_form_set_name (form, name);
  plug_form_set_text (form, "api_address", "https://acme.halopsa.com");
  plug_form_set_text (form, "client_id", "c0ffee00");
  plug_form_set_text (form, "client_secret", "s3cr3t-value");
  plug_form_set_text (form, "username", "ada");
  plug_form_set_text (form, "password", "s3cr3t-value");
  return form;
}

static PlugConnection *
create_connection (Fixture *fixture,
                   const char *method,
                   const char *name,
                   PlugOutcome outcome,
                   PlugReason reason)
{
  g_autoptr (PlugForm) form = fill_in (fixture, method, name);
  g_autoptr (PlugDraft) draft = plug_form_dup_draft (form, TRUE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlugConnection *connection;

  g_assert_nonnull (draft);
  plug_store_create_async (fixture->store, draft, NULL, await_cb, &result);
  await (&result);
  connection = plug_store_create_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  if (outcome != PLUG_OUTCOME_UNTESTED)
    plug_store_set_outcome (fixture->store, connection, plug_connection_get_revision (connection), outcome, reason);
  return connection;
}

static void
write_connection (Fixture *fixture,
                  const char *name,
                  const char *text)
{
  g_autofree char *file_name = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (fixture->data, "connections", file_name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* One of each kind. */
static void
create_connections (Fixture *fixture)
{
  static const struct {
    const char *name;
    PlugOutcome outcome;
    PlugReason reason;
  } rows[] = {
    { "1", PLUG_OUTCOME_UNTESTED, PLUG_REASON_NONE },
    { "2", PLUG_OUTCOME_PASSED, PLUG_REASON_NONE },
    { "3", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT },
    { "4", PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN },
    { "5", PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK },
    { LONG_NAME, PLUG_OUTCOME_NOT_TESTABLE, PLUG_REASON_NOT_TESTABLE },
  };

  if (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) > 0)
    return;
  write_connection (fixture, "broken", "nonsense");
  write_connection (fixture, "from the future", "{\"format\": 2, \"name\": \"From the future\", \"provider\": \"halopsa\"}");
  write_connection (fixture, "of nobody",
                    "{\"format\": 1, \"name\": \"Of nobody\", \"provider\": \"nobody\", \"method\": \"token\", \"values\": {}}");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_object_unref (create_connection (fixture, i % 2 == 0 ? "password" : "client-credentials", rows[i].name, rows[i].outcome,
                                       rows[i].reason));
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->store)) < G_N_ELEMENTS (rows) + 3)
    g_main_context_iteration (NULL, TRUE);
}

static GtkWidget *
make_window (Fixture *fixture)
{
  return plug_window_new (application, fixture->store);
}

static GtkWidget *
get_connections_page (GtkWidget *window)
{
  return get_child (window, PLUG_TYPE_WINDOW, "connections_page");
}

static void
say_there_is_no_keyring (GtkWidget *window,
                         Fixture *fixture)
{
  gtk_widget_show (get_child (get_connections_page (window), PLUG_TYPE_CONNECTIONS_PAGE, "keyring_label"));
}

static void
find_nothing (GtkWidget *window,
              Fixture *fixture)
{
  GtkWidget *page = get_connections_page (window);

  plug_connections_page_search (PLUG_CONNECTIONS_PAGE (page));
  gtk_stack_set_visible_child_name (GTK_STACK (get_child (page, PLUG_TYPE_CONNECTIONS_PAGE, "stack")), "nothing");
}

static void
open_menu (GtkWidget *window,
           Fixture *fixture)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_widget (get_connections_page (window), GTK_TYPE_MENU_BUTTON)));
}

static void
show_toast (GtkWidget *window,
            Fixture *fixture)
{
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_SECRET_INVALID, "for the log");
  g_autofree char *sentence = plug_sentence_for_error (error, NULL);

  g_signal_emit_by_name (get_connections_page (window), "failed", sentence);
}

static void
test_connections (Fixture *fixture,
                  gconstpointer data)
{
  examine (fixture, "connections-empty", make_window, say_there_is_no_keyring);
  create_connections (fixture);
  examine (fixture, "connections", make_window, NULL);
  examine (fixture, "connections-nothing-found", make_window, find_nothing);
  examine (fixture, "connections-menu", make_window, open_menu);
  examine (fixture, "connections-toast", make_window, show_toast);
}

/* --- A connection ----------------------------------------------------------------------------------------------- */

static GtkWidget *
open_connection (Fixture *fixture,
                 const char *name)
{
  PlugConnection *connection;
  GtkWidget *window;

  create_connections (fixture);
  connection = plug_store_find (fixture->store, name);
  g_assert_nonnull (connection);
  window = make_window (fixture);
  g_signal_emit_by_name (get_connections_page (window), "opened", connection);
  return window;
}

static GtkWidget *
make_details (Fixture *fixture)
{
  return open_connection (fixture, "3");
}

static GtkWidget *
make_long_details (Fixture *fixture)
{
  return open_connection (fixture, LONG_NAME);
}

static GtkWidget *
make_broken_details (Fixture *fixture)
{
  return open_connection (fixture, "broken");
}

static void
ask_delete (GtkWidget *window,
            Fixture *fixture)
{
  GtkWidget *page = find_widget (window, PLUG_TYPE_DETAILS_PAGE);

  g_signal_emit_by_name (get_child (page, PLUG_TYPE_DETAILS_PAGE, "delete_button"), "clicked");
}

/* A window that has the content of a sheet, whatever a sheet is on this platform. */
static GtkWidget *
wrap (GtkWidget *content,
      const char *title)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), g_dgettext (GETTEXT_PACKAGE, title));
  gtk_window_set_child (GTK_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 760);

  return window;
}

static void
open_replace (GtkWidget *window,
              Fixture *fixture)
{
  GtkWidget *dialog = wrap (plug_connection_dialog_new_for_connection (fixture->store, plug_store_find (fixture->store, "3")),
                            "Replace Secret");

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog), gtk_widget_get_width (window) < 600 ? NARROW : 640, 600);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
test_details (Fixture *fixture,
              gconstpointer data)
{
  examine (fixture, "details", make_details, NULL);
  examine (fixture, "details-long", make_long_details, NULL);
  examine (fixture, "details-broken", make_broken_details, NULL);
  examine (fixture, "details-delete", make_details, ask_delete);
  examine (fixture, "replace-secret", make_details, open_replace);
}

/* --- A new connection ------------------------------------------------------------------------------------------- */

static GtkWidget *
make_dialog (Fixture *fixture)
{
  return wrap (plug_connection_dialog_new (fixture->store), "New Connection");
}

static GtkWidget *
get_picker (GtkWidget *window)
{
  return get_child (find_widget (window, PLUG_TYPE_CONNECTION_DIALOG), PLUG_TYPE_CONNECTION_DIALOG, "picker_page");
}

static void
wait_for_mistakes (GtkWidget *window,
                   Fixture *fixture)
{
  GtkWidget *view = get_child (get_picker (window), PLUG_TYPE_PICKER_PAGE, "mistakes_view");

  for (gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
       !gtk_widget_get_visible (view) && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, TRUE);
  gtk_expander_set_expanded (GTK_EXPANDER (find_widget (view, GTK_TYPE_EXPANDER)), TRUE);
}

static void
find_no_service (GtkWidget *window,
                 Fixture *fixture)
{
  gtk_stack_set_visible_child_name (GTK_STACK (get_child (get_picker (window), PLUG_TYPE_PICKER_PAGE, "stack")), "nothing");
}

static void
test_picker (Fixture *fixture,
             gconstpointer data)
{
  examine (fixture, "picker", make_dialog, wait_for_mistakes);
  examine (fixture, "picker-nothing-found", make_dialog, find_no_service);
}

static PlugForm *form_to_show;

static GtkWidget *
make_form (Fixture *fixture)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_title (GTK_WINDOW (window), _("New Connection"));
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 850);
  gtk_widget_set_size_request (window, NARROW, 294);
  adw_window_set_content (ADW_WINDOW (window), plug_form_page_new (fixture->store, form_to_show, NULL));
  return window;
}

/* Everything that can be said at once. */
static void
press_create (GtkWidget *window,
              Fixture *fixture)
{
  GtkWidget *page = find_widget (window, PLUG_TYPE_FORM_PAGE);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (get_child (page, PLUG_TYPE_FORM_PAGE, "advanced_row")), TRUE);
  g_signal_emit_by_name (get_child (page, PLUG_TYPE_FORM_PAGE, "create_button"), "clicked");
}

static void
open_help (GtkWidget *window,
           Fixture *fixture)
{
  GtkWidget *page = find_widget (window, PLUG_TYPE_FORM_PAGE);
  GtkWidget *row = find_widget (get_child (page, PLUG_TYPE_FORM_PAGE, "list"), PLUG_TYPE_PARAMETER_ROW);

  gtk_menu_button_popup (GTK_MENU_BUTTON (get_child (row, PLUG_TYPE_PARAMETER_ROW, "help_button")));
}

static void
discard (GtkWidget *window,
         Fixture *fixture)
{
  GtkWidget *page = find_widget (window, PLUG_TYPE_FORM_PAGE);

  plug_form_page_request_leave (PLUG_FORM_PAGE (page), FALSE);
}

static void
test_forms (Fixture *fixture,
            gconstpointer data)
{
  static const char * const ids[] = { "halopsa", "custom", "github", "jira-cloud", "okta", "google-workspace", "datadog",
                                      "zendesk", "acme" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    PlugProvider *provider = plug_catalogue_get_provider (fixture->catalogue, ids[i]);
    GPtrArray *methods = plug_provider_get_methods (provider);

    for (guint j = 0; j < methods->len; j++) {
      g_autoptr (PlugForm) form = plug_form_new (fixture->store, provider);
      g_autofree char *name = g_strdup_printf ("form-%s-%s", ids[i], plug_method_get_id (methods->pdata[j]));

      plug_form_set_method (form, methods->pdata[j]);
      form_to_show = form;
      examine (fixture, name, make_form, press_create);
    }
  }
}

static void
test_form_questions (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (PlugForm) form = fill_in (fixture, "password", "Field desk");

  form_to_show = form;
  examine (fixture, "form-help", make_form, open_help);
  examine (fixture, "form-discard", make_form, discard);
}

static PlugVerdict verdict_to_show;
static PlugDraft *draft_to_show;

static void
show_verdict (GtkWidget *window,
              Fixture *fixture)
{
  PlugVerdictView *view = PLUG_VERDICT_VIEW (find_widget (window, PLUG_TYPE_VERDICT_VIEW));
  g_autoptr (PlugTest) test = plug_test_new (draft_to_show);
  static const PlugStepState states[] = { PLUG_STEP_PASSED, PLUG_STEP_FAILED, PLUG_STEP_WAITING };

  plug_verdict_view_follow (view, test);
  plug_verdict_view_show_verdict (view, &verdict_to_show, draft_to_show);
  for (guint i = 0; i < plug_test_get_n_steps (test); i++) {
    const PlugStep step = { plug_test_get_step (test, i)->kind, states[i % G_N_ELEMENTS (states)], 2449 };

    plug_verdict_view_show_step (view, i, &step);
  }
  gtk_expander_set_expanded (GTK_EXPANDER (get_child (GTK_WIDGET (view), PLUG_TYPE_VERDICT_VIEW, "details")), TRUE);
}

static void
test_verdicts (Fixture *fixture,
               gconstpointer data)
{
  static char *blamed[] = { (char *) "client_id", (char *) "client_secret", NULL };
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY, "for the log");
  const PlugVerdict verdicts[] = {
    { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, .identity = (char *) "Ada" },
    { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, .blamed = blamed,
      .details = (char *) "invalid_client: the client is not known here" },
    { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED, .origin = (char *) "https://auth.example.com" },
    { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_CHANGED_OUTSIDE },
    { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, .error = error, .host = (char *) "acme.halopsa.com",
      .issuer = (char *) "CN=Acme" },
  };
  g_autoptr (PlugForm) form = fill_in (fixture, "client-credentials", "Field desk");
  g_autoptr (PlugDraft) draft = plug_form_dup_draft (form, TRUE);

  form_to_show = form;
  draft_to_show = draft;
  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++) {
    g_autofree char *name = g_strdup_printf ("verdict-%u", i);

    verdict_to_show = verdicts[i];
    examine (fixture, name, make_form, show_verdict);
  }
}

/* --- Other windows ---------------------------------------------------------------------------------------------- */

static void
open_about (GtkWidget *window,
            Fixture *fixture)
{
  plug_compat_present_about (GTK_WINDOW (window));
}

static void
open_shortcuts (GtkWidget *window,
                Fixture *fixture)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/plugboard/Plugboard/plug-shortcuts.ui");
  GtkWindow *shortcuts = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (shortcuts, GTK_WINDOW (window));
  gtk_window_present (shortcuts);
}

static void
test_others (Fixture *fixture,
             gconstpointer data)
{
  examine (fixture, "about", make_window, open_about);
  examine (fixture, "shortcuts", make_window, open_shortcuts);
}

/* As the application does, which is not here. */
static void
load_style (const char *path)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

/* As GNOME's Large Text does. */
static void
scale_text (const char *factor)
{
  int dpi;

  if (factor == NULL)
    return;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (dpi * g_ascii_strtod (factor, NULL)), NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Newer versions of glibc translate nothing in C.UTF-8; with older ones it may be the only locale there is. */
  if (setlocale (LC_ALL, "en_US.UTF-8") == NULL)
    setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();
  adw_init ();
  /* What the pointer lies on looks different, and has a tooltip. */
  g_spawn_command_line_sync ("xdotool mousemove 0 0", NULL, NULL, NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (g_strcmp0 (g_getenv ("PLUG_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  scale_text (g_getenv ("PLUG_TEXT_SCALE"));
  load_style ("/io/github/plugboard/Plugboard/style.css");
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    load_style ("/io/github/plugboard/Plugboard/style-high-contrast.css");
  page_examiner_start (names);
  application = gtk_application_new ("io.github.plugboard.Plugboard.Test", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add ("/pages/connections", Fixture, NULL, set_up, test_connections, tear_down);
  g_test_add ("/pages/details", Fixture, NULL, set_up, test_details, tear_down);
  g_test_add ("/pages/picker", Fixture, NULL, set_up, test_picker, tear_down);
  g_test_add ("/pages/forms", Fixture, NULL, set_up, test_forms, tear_down);
  g_test_add ("/pages/form-questions", Fixture, NULL, set_up, test_form_questions, tear_down);
  g_test_add ("/pages/verdicts", Fixture, NULL, set_up, test_verdicts, tear_down);
  g_test_add ("/pages/others", Fixture, NULL, set_up, test_others, tear_down);

  return g_test_run ();
}
