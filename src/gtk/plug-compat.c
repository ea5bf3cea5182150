/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

/* What is newer than the baseline may be used here, behind a test of its version. */
#undef ADW_VERSION_MAX_ALLOWED
#undef GDK_VERSION_MAX_ALLOWED

#include "config.h"

#include "plug-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define HAVE_FILE_DIALOG GTK_CHECK_VERSION (4, 10, 0)
#define HAVE_SHEETS ADW_CHECK_VERSION (1, 5, 0)
#define HAVE_SHORTCUTS_DIALOG ADW_CHECK_VERSION (1, 8, 0)

/* Of a sheet that is a window. */
#define MIN_WIDTH 360
#define MIN_HEIGHT 294

/* Frames until a sheet of libadwaita has taken its form. */
#define SETTLED_TICKS 4

/* What stays free above and below a sheet, together, is what libadwaita leaves in a window that is not high. In others it
 * leaves more, which a sheet that is not as high as it wants to be takes. */
#define SHEET_MARGINS 40
/* Where there is no compositor, a window's height includes it. */
#define FRAME_HEIGHT 10
/* Of ours, not libadwaita's own. */
#define SHEET_NAME "sheet"

#define RESOURCE_FOLDER "/io/github/plugboard/Plugboard/"

/* A question that is open, and who asked. */
typedef struct {
  GWeakRef owner;
  PlugCompatConfirmed confirmed;
  PlugCompatFileChosen chosen;
  PlugCompatCloseRequested close_requested;
} Question;

static Question *
question_new (GtkWidget *owner)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);

  return question;
}

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->owner);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
question_closed (gpointer data,
                 GClosure *closure)
{
  question_free (data);
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static GtkLabel *
find_label (GtkWidget *widget)
{
  GtkLabel *label = GTK_IS_LABEL (widget) ? GTK_LABEL (widget) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); label == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    label = find_label (child);
  return label;
}

/* A button whose label has a mnemonic says it twice otherwise. */
static void
name_buttons (GtkWidget *widget)
{
  GtkLabel *label = GTK_IS_BUTTON (widget) ? find_label (widget) : NULL;

  if (label != NULL) {
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_label_get_text (label), -1);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

#if HAVE_SHEETS
/* Its title is its name for assistive technology too. */
static void
set_sheet_title (AdwDialog *dialog,
                 const char *title)
{
  adw_dialog_set_title (dialog, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (dialog), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}
#endif

/* What was confirmed, until it is done. */
typedef struct {
  GtkWidget *owner;
  PlugCompatConfirmed confirmed;
} Answer;

static void
confirm_cb (gpointer user_data)
{
  Answer *answer = user_data;

  answer->confirmed (answer->owner);
  g_object_unref (answer->owner);
  g_free (answer);
}

static void
response_cb (GtkWidget *dialog,
             const char *response,
             Question *question)
{
  g_autoptr (GtkWidget) owner = g_weak_ref_get (&question->owner);
  Answer *answer;

  if (owner == NULL || !g_str_equal (response, "confirm"))
    return;
  answer = g_new (Answer, 1);
  answer->owner = g_object_ref (owner);
  answer->confirmed = question->confirmed;
  /* The owner's window may go with it, and that takes this dialog along, which is not done with its buttons yet. */
  g_idle_add_once (confirm_cb, answer);
}

#if HAVE_SHEETS
/* In a narrow window libadwaita moves the focus on to the next button, the one that loses something. */
static void
focus_default (GtkWidget *dialog)
{
  GtkWidget *button = adw_dialog_get_default_widget (ADW_DIALOG (dialog));

  if (button != NULL)
    gtk_widget_grab_focus (button);
}

void
plug_compat_confirm (GtkWidget *owner,
                     const char *heading,
                     const char *body,
                     const char *cancel_label,
                     const char *confirm_label,
                     PlugCompatConfirmed confirmed)
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);
  Question *question = question_new (owner);

  question->confirmed = confirmed;
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", cancel_label, "confirm", confirm_label, NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "confirm", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  set_sheet_title (dialog, heading);
  name_buttons (GTK_WIDGET (dialog));
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_closed, 0);
  adw_dialog_present (dialog, owner);
  plug_compat_when_settled (GTK_WIDGET (dialog), focus_default);
}
#else
void
plug_compat_confirm (GtkWidget *owner,
                     const char *heading,
                     const char *body,
                     const char *cancel_label,
                     const char *confirm_label,
                     PlugCompatConfirmed confirmed)
{
  GtkWidget *dialog = adw_message_dialog_new (get_window (owner), heading, body);
  Question *question = question_new (owner);

  question->confirmed = confirmed;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", cancel_label, "confirm", confirm_label, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  name_buttons (dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_closed, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
#endif

#if HAVE_FILE_DIALOG
static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GtkWidget) owner = g_weak_ref_get (&question->owner);

  if (owner != NULL && file != NULL)
    question->chosen (owner, file);
}

void
plug_compat_choose_file (GtkWidget *owner,
                         const char *title,
                         PlugCompatFileChosen chosen)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  Question *question = question_new (owner);

  question->chosen = chosen;
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_accept_label (dialog, C_("choose a file", "_Open"));
  gtk_file_dialog_open (dialog, get_window (owner), NULL, opened_cb, question);
}
#else
static void
file_response_cb (GtkNativeDialog *dialog,
                  int response,
                  Question *question)
{
  g_autoptr (GtkWidget) owner = g_weak_ref_get (&question->owner);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (owner != NULL && response == GTK_RESPONSE_ACCEPT && file != NULL)
    question->chosen (owner, file);
  g_object_unref (dialog);
}

void
plug_compat_choose_file (GtkWidget *owner,
                         const char *title,
                         PlugCompatFileChosen chosen)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, get_window (owner), GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              C_("choose a file", "_Open"), _("_Cancel"));
  Question *question = question_new (owner);

  question->chosen = chosen;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_response_cb), question, question_closed, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
#endif

/* The same properties, under one name or the other. */
#if HAVE_SHEETS
#define ABOUT_TYPE ADW_TYPE_ABOUT_DIALOG
#else
#define ABOUT_TYPE ADW_TYPE_ABOUT_WINDOW
#endif

/* About takes a licence of one's own as markup. */
static void
add_trademarks (GtkWidget *about)
{
  g_autofree char *text = g_markup_escape_text (
      _("The names and marks of services belong to their owners. They are shown only to name the service that a connection "
        "leads to; their owners neither made nor endorse Plugboard. The pictures come from the icon sets SVG Logos and Simple "
        "Icons, which are in the public domain (CC0-1.0)."), -1);

#if HAVE_SHEETS
  adw_about_dialog_add_legal_section (ADW_ABOUT_DIALOG (about), _("Names and marks of services"), NULL, GTK_LICENSE_CUSTOM, text);
#else
  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (about), _("Names and marks of services"), NULL, GTK_LICENSE_CUSTOM, text);
#endif
}

void
plug_compat_present_about (GtkWindow *parent)
{
  GtkWidget *about = g_object_new (ABOUT_TYPE,
                                   "title", _("About Plugboard"),
                                   "application-name", "Plugboard",
                                   "application-icon", PLUG_APP_ID,
                                   "version", PLUG_VERSION,
                                   /* Translators: the authors of the program together. */
                                   "developer-name", _("The Plugboard authors"),
                                   "license-type", GTK_LICENSE_GPL_3_0,
                                   "comments", _("Connects to the services you run, tests the credentials, and keeps the secrets "
                                                 "in your keyring."),
                                   /* Translators: your names, one a line. */
                                   "translator-credits", _("translator-credits"),
                                   NULL);

  add_trademarks (about);
#if HAVE_SHEETS
  set_sheet_title (ADW_DIALOG (about), _("About Plugboard"));
  adw_dialog_present (ADW_DIALOG (about), GTK_WIDGET (parent));
#else
  g_object_set (about, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  gtk_window_present (GTK_WINDOW (about));
#endif
}

#if HAVE_SHORTCUTS_DIALOG
void
plug_compat_present_shortcuts (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_FOLDER "plug-shortcuts-dialog.ui");
  AdwDialog *dialog = ADW_DIALOG (gtk_builder_get_object (builder, "shortcuts"));

  set_sheet_title (dialog, adw_dialog_get_title (dialog));
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}
#else
void
plug_compat_present_shortcuts (GtkWindow *parent)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_FOLDER "plug-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));
  g_autofree char *title = g_strdup (gtk_window_get_title (window));

  /* It is called “Shortcuts” otherwise, by some versions. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
  gtk_window_set_title (window, title);
}
#endif

#if HAVE_SHEETS
static AdwDialog *
get_sheet (GtkWidget *inside)
{
  return ADW_DIALOG (gtk_widget_get_ancestor (inside, ADW_TYPE_DIALOG));
}

/* libadwaita does not make a sheet lower than its content has to be. */
static void
fit_sheet (AdwDialog *dialog,
           int window_height)
{
  int height = MIN (adw_dialog_get_content_height (dialog), window_height - SHEET_MARGINS);

  gtk_widget_set_size_request (adw_dialog_get_child (dialog), -1, MAX (-1, height));
}

void
plug_compat_present_sheet (GtkWidget *content,
                           GtkWindow *parent,
                           const char *title,
                           int width,
                           int height,
                           PlugCompatCloseRequested close_requested)
{
  AdwDialog *dialog = adw_dialog_new ();

  gtk_widget_set_name (GTK_WIDGET (dialog), SHEET_NAME);
  set_sheet_title (dialog, title);
  adw_dialog_set_content_width (dialog, width);
  adw_dialog_set_content_height (dialog, height);
  adw_dialog_set_can_close (dialog, FALSE);
  adw_dialog_set_child (dialog, content);
  g_signal_connect_object (dialog, "close-attempt", G_CALLBACK (close_requested), content, G_CONNECT_SWAPPED);
  fit_sheet (dialog, gtk_widget_get_height (GTK_WIDGET (parent)));
  adw_dialog_present (dialog, GTK_WIDGET (parent));
}

int
plug_compat_get_height_around_sheet (int height)
{
  return height + SHEET_MARGINS + FRAME_HEIGHT;
}

void
plug_compat_fit_sheets (GtkWindow *window,
                        int height)
{
  g_autoptr (GListModel) dialogs = NULL;

  g_object_get (window, "dialogs", &dialogs, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (dialogs); i++) {
    g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i);

    if (g_str_equal (gtk_widget_get_name (GTK_WIDGET (dialog)), SHEET_NAME))
      fit_sheet (dialog, height);
  }
}

/* A sheet that is taking its form. */
typedef struct {
  PlugCompatSettled settled;
  guint ticks;
} Settling;

static gboolean
settling_cb (GtkWidget *content,
             GdkFrameClock *clock,
             gpointer user_data)
{
  Settling *settling = user_data;

  if (++settling->ticks < SETTLED_TICKS)
    return G_SOURCE_CONTINUE;
  settling->settled (content);

  return G_SOURCE_REMOVE;
}

/* In a narrow window libadwaita takes the sheet apart and together again, and then moves the focus on. */
void
plug_compat_when_settled (GtkWidget *content,
                          PlugCompatSettled settled)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->settled = settled;
  gtk_widget_add_tick_callback (content, settling_cb, settling, g_free);
}

void
plug_compat_close_sheet (GtkWidget *content)
{
  AdwDialog *dialog = get_sheet (content);

  if (dialog != NULL)
    adw_dialog_force_close (dialog);
}

GtkWidget *
plug_compat_get_sheet (GtkWindow *window)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));

  return dialog == NULL ? NULL : adw_dialog_get_child (dialog);
}

void
plug_compat_set_default (GtkWidget *button)
{
  AdwDialog *dialog = get_sheet (button);

  if (dialog != NULL)
    adw_dialog_set_default_widget (dialog, button);
}
#else
static gboolean
close_request_cb (GtkWindow *window,
                  Question *question)
{
  g_autoptr (GtkWidget) content = g_weak_ref_get (&question->owner);

  if (content == NULL)
    return FALSE;
  question->close_requested (content);

  return TRUE;
}

void
plug_compat_present_sheet (GtkWidget *content,
                           GtkWindow *parent,
                           const char *title,
                           int width,
                           int height,
                           PlugCompatCloseRequested close_requested)
{
  GtkWidget *window = g_object_new (ADW_TYPE_WINDOW, "title", title, "transient-for", parent, "modal", TRUE,
                                    "default-width", width, "default-height", height,
                                    "width-request", MIN_WIDTH, "height-request", MIN_HEIGHT, NULL);
  GtkEventController *controller = gtk_shortcut_controller_new ();
  Question *question = question_new (content);

  question->close_requested = close_requested;
  gtk_accessible_update_property (GTK_ACCESSIBLE (window), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (window, controller);
  g_signal_connect_data (window, "close-request", G_CALLBACK (close_request_cb), question, question_closed, 0);
  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_present (GTK_WINDOW (window));
}

int
plug_compat_get_height_around_sheet (int height)
{
  return 0;
}

void
plug_compat_fit_sheets (GtkWindow *window,
                        int height)
{
}

void
plug_compat_when_settled (GtkWidget *content,
                          PlugCompatSettled settled)
{
  settled (content);
}

void
plug_compat_close_sheet (GtkWidget *content)
{
  GtkWindow *window = get_window (content);

  if (window != NULL)
    gtk_window_destroy (window);
}

GtkWidget *
plug_compat_get_sheet (GtkWindow *window)
{
  return NULL;
}

void
plug_compat_set_default (GtkWidget *button)
{
  GtkWindow *window = get_window (button);

  if (window != NULL)
    gtk_window_set_default_widget (window, button);
}
#endif

void
plug_compat_raise_sheet (GtkWidget *content)
{
  gtk_window_present (get_window (content));
}

void
plug_compat_get_color (GtkWidget *widget,
                       GdkRGBA *color)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}
