/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page in the language of the environment, as narrow as it may be and at its own width: nothing is cut off, nothing
 * sticks out, and in the pseudo language of pseudo-locale.py nothing is left in English. PLUG_DIRECTION=rtl mirrors the
 * window; with PLUG_PICTURES a picture of each page goes to that folder. Needs a display. */
#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

#include "own-definition.h"
#include "plug-application.h"
#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connections-page.h"
#include "plug-details-page.h"
#include "plug-error.h"
#include "plug-form-page.h"
#include "plug-memory-vault.h"
#include "plug-mistakes-view.h"
#include "plug-parameter-row.h"
#include "plug-picker-page.h"
#include "plug-provider-tile.h"
#include "plug-sentence.h"
#include "plug-verdict-view.h"
#include "plug-window.h"
#include "widgets.h"

#define NARROW 360
#define SETTLE_MS 100
#define ATTEMPTS 10
/* Padding and borders of what a widget stands in, which GTK counts as its outside. */
#define OVERHANG 24
#define LONG_NAME "A connection with a long name, because somebody likes to say exactly what it is for, and where"

typedef struct {
  char *folder;
  PlugCatalogue *catalogue;
  PlugVault *vault;
  PlugStore *store;
} Fixture;

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
  "About", "Shortcuts", "Search Shortcuts", "No Results Found", "Try a different search", "Credits", "Legal", "Details",
};

static GHashTable *known_names; /* (element-type utf8 utf8) */
static GtkApplication *application;
static gboolean is_pseudo;
static char *page_name;
static gboolean is_narrow;
static GPtrArray *mistakes; /* (element-type utf8) */

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autofree char *state = NULL;
  g_autofree char *providers = NULL;
  g_autofree char *broken = NULL;

  fixture->folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  state = g_build_filename (fixture->folder, "state", NULL);
  providers = g_build_filename (fixture->folder, "providers", NULL);
  broken = g_build_filename (providers, "broken.json", NULL);
  g_assert_cmpint (g_mkdir (providers, 0700), ==, 0);
  own_definition_save (providers, "acme.json", "acme", "Acme");
  g_assert_true (g_file_set_contents (broken, "nonsense", -1, NULL));
  fixture->catalogue = plug_catalogue_new_with_folder (providers);
  fixture->vault = PLUG_VAULT (plug_memory_vault_new ());
  fixture->store = plug_store_new (fixture->folder, state, fixture->catalogue, fixture->vault);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -r '%s'", fixture->folder);

  g_object_unref (fixture->store);
  g_object_unref (fixture->vault);
  g_object_unref (fixture->catalogue);
  g_assert_cmpint (system (command), ==, 0);
  g_free (fixture->folder);
}

static void
settle (void)
{
  for (gint64 end = g_get_monotonic_time () + SETTLE_MS * 1000; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
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

/* --- What is looked for ----------------------------------------------------------------------------------------- */

static void
complain (const char *what,
          const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *line = g_strjoinv (" ", lines);

  g_ptr_array_add (mistakes, g_strdup_printf ("%s, %s: %s: “%s”", page_name, is_narrow ? "narrow" : "wide", what, line));
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_translated (const char *text)
{
  return strstr (text, "⟦") != NULL || !has_letter (text) || g_path_is_absolute (text) ||
         g_hash_table_contains (known_names, text);
}

/* What people typed, or others wrote, may be cut: a name, an address, a path; it has no bracket, whatever the language. */
static gboolean
may_be_cut (GtkLabel *label)
{
  static const char * const ids[] = { "name_label", "provider_label", "vendor_label", "token_url_label", "path_label" };
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (label));

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (ids); i++) {
    if (g_str_equal (ids[i], id))
      return TRUE;
  }
  /* An example in an empty field: it goes when somebody types. */
  if (gtk_widget_get_ancestor (GTK_WIDGET (label), PLUG_TYPE_PARAMETER_ROW) != NULL &&
      gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_TEXT) != NULL)
    return TRUE;
  /* GTK measures the text of a popover that is written in both directions a line too short. */
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL &&
      gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  return g_hash_table_contains (known_names, gtk_label_get_text (label));
}

/* The label's text is longer than what is seen of it. */
static gboolean
is_cut (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoRectangle rectangle;

  if (pango_layout_is_ellipsized (layout))
    return TRUE;
  pango_layout_get_pixel_extents (layout, NULL, &rectangle);
  return rectangle.width > gtk_widget_get_width (GTK_WIDGET (label)) + 1 ||
         rectangle.height > gtk_widget_get_height (GTK_WIDGET (label)) + 1;
}

/* What is scrolled sideways ends somewhere else. */
static gboolean
is_scrolled (GtkWidget *widget)
{
  for (GtkWidget *parent = widget; (parent = gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW)) != NULL;
       parent = gtk_widget_get_parent (parent)) {
    GtkPolicyType policy;

    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (parent), &policy, NULL);
    if (policy != GTK_POLICY_NEVER)
      return TRUE;
  }
  return FALSE;
}

/* Wider than what it stands in, and so over what stands beside that; what is scrolled is elsewhere. */
static gboolean
is_overflowing (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); !GTK_IS_NATIVE (widget) && !GTK_IS_VIEWPORT (parent);
       widget = parent, parent = gtk_widget_get_parent (parent)) {
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (widget, parent, &bounds) &&
        (bounds.origin.x < -OVERHANG || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (parent) + OVERHANG))
      return TRUE;
  }
  return FALSE;
}

static void
look_at_label (GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  GtkNative *native = gtk_widget_get_native (widget);
  const char *text = gtk_label_get_text (label);
  graphene_rect_t bounds;

  if (*text == '\0')
    return;
  /* A key has the name that stands on it. */
  if (is_pseudo && !is_translated (text) && gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUT_LABEL) == NULL)
    complain ("not translated", text);
  if (is_cut (label) && !may_be_cut (label))
    complain ("cut off", text);
  if (!is_scrolled (widget) && is_overflowing (widget))
    complain ("over its neighbour", text);
  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds) && !is_scrolled (widget) &&
      (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (GTK_WIDGET (native)) + 1))
    complain ("sticks out", text);
}

static void
look_at (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (is_pseudo && tooltip != NULL && !is_translated (tooltip) && !g_str_has_prefix (tooltip, "https://"))
    complain ("not translated, in a tooltip", tooltip);
  if (GTK_IS_LABEL (widget))
    look_at_label (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_at (child);
}

static void
take_picture (GtkWidget *window,
              int width)
{
  const char *folder = g_getenv ("PLUG_PICTURES");
  g_autofree char *name = g_strdup_printf ("%s-%d.png", page_name, width);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;

  if (path == NULL)
    return;
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

/* A window that is there: as it is, and what it opened. */
static void
look_at_window (GtkWidget *window,
                int width)
{
  GListModel *all = gtk_window_get_toplevels ();

  if (width > 0 && gtk_widget_get_width (window) > width) {
    g_autofree char *actual = g_strdup_printf ("%d", gtk_widget_get_width (window));

    complain ("the window is wider than it may be", actual);
  }
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) other = g_list_model_get_item (all, i);

    if (other == window || gtk_window_get_transient_for (GTK_WINDOW (other)) == GTK_WINDOW (window)) {
      look_at (other);
      if (is_pseudo && GTK_IS_WINDOW (other) && !is_translated (gtk_window_get_title (GTK_WINDOW (other))))
        complain ("not translated, in a title", gtk_window_get_title (GTK_WINDOW (other)));
    }
  }
}

static GtkWidget *
get_topmost (GtkWidget *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) other = g_list_model_get_item (all, i);

    if (gtk_window_get_transient_for (GTK_WINDOW (other)) == GTK_WINDOW (window))
      return other;
  }
  return window;
}

/* On a slow machine the layout may not be done yet: what is wrong is looked at again before it is told. */
static void
examine_window (GtkWidget *window,
                int width)
{
  guint attempts = 0;

  do {
    settle ();
    g_ptr_array_set_size (mistakes, 0);
    look_at_window (window, width);
  } while (mistakes->len > 0 && ++attempts < ATTEMPTS);
  for (guint i = 0; i < mistakes->len; i++) {
    g_print ("# %s\n", (const char *) mistakes->pdata[i]);
    g_test_fail ();
  }
  take_picture (get_topmost (window), width);
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
  settle ();
  gtk_window_destroy (GTK_WINDOW (window));
  settle ();
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
  settle ();
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

  g_free (page_name);
  page_name = g_strdup (name);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++) {
    GtkWidget *window = present (fixture, make, widths[i]);

    is_narrow = widths[i] > 0;
    if (change != NULL)
      change (window, fixture);
    examine_window (window, widths[i]);
    destroy (window);
  }
}

/* --- Connections ------------------------------------------------------------------------------------------------ */

static void
created_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PlugConnection **connection = user_data;

  *connection = plug_store_create_finish (PLUG_STORE (source), result, &error);
  g_assert_no_error (error);
}

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
  PlugConnection *connection = NULL;

  g_assert_nonnull (draft);
  plug_store_create_async (fixture->store, draft, NULL, created_cb, &connection);
  while (connection == NULL)
    g_main_context_iteration (NULL, TRUE);
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
  g_autofree char *path = g_build_filename (fixture->folder, "connections", file_name, NULL);

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

static void
learn_name (const char *name)
{
  if (name != NULL)
    g_hash_table_add (known_names, g_strdup (name));
}

/* Names of providers, and the end of a host that stands behind a field. */
static void
learn_names (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  known_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    learn_name (names[i]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    GPtrArray *methods = plug_provider_get_methods (provider);

    learn_name (plug_provider_get_name (provider));
    learn_name (plug_provider_get_vendor (provider));
    for (guint j = 0; j < methods->len; j++) {
      GPtrArray *parameters = plug_method_get_parameters (methods->pdata[j]);

      for (guint k = 0; k < parameters->len; k++)
        learn_name (plug_parameter_get_suffix (parameters->pdata[k]));
    }
  }
}

/* As the application does, which is not here. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, "/io/github/plugboard/Plugboard/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();
  adw_init ();
  /* What the pointer lies on looks different, and has a tooltip. */
  g_spawn_command_line_sync ("xdotool mousemove 0 0", NULL, NULL, NULL, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  if (g_strcmp0 (g_getenv ("PLUG_DIRECTION"), "rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  is_pseudo = strstr (_("Connections"), "⟦") != NULL && gtk_widget_get_default_direction () == GTK_TEXT_DIR_LTR;
  load_style ();
  learn_names ();
  mistakes = g_ptr_array_new_with_free_func (g_free);
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
