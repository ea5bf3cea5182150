/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A question that is open, and who asked. */
typedef struct {
  GWeakRef owner;
  PlugCompatConfirmed confirmed;
  PlugCompatFileChosen chosen;
} Question;

static Question *
question_new (GtkWidget *owner)
{
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->owner, owner);

  return question;
}

static void
question_free (gpointer data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->owner);
  g_free (question);
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
response_cb (AdwMessageDialog *dialog,
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
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

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
  g_signal_connect_data (dialog, "response", G_CALLBACK (file_response_cb), question, question_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* AdwAboutWindow takes a licence of one's own as markup. */
static void
add_trademarks (AdwAboutWindow *about)
{
  g_autofree char *text = g_markup_escape_text (
      _("The names and marks of services belong to their owners. They are shown only to name the service that a connection "
        "leads to; their owners neither made nor endorse Plugboard. The pictures come from the icon sets SVG Logos and Simple "
        "Icons, which are in the public domain (CC0-1.0)."), -1);

  adw_about_window_add_legal_section (about, _("Names and marks of services"), NULL, GTK_LICENSE_CUSTOM, text);
}

void
plug_compat_present_about (GtkWindow *parent)
{
  GtkWindow *about = g_object_new (ADW_TYPE_ABOUT_WINDOW,
                                   "transient-for", parent,
                                   "modal", TRUE,
                                   "destroy-with-parent", TRUE,
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

  add_trademarks (ADW_ABOUT_WINDOW (about));
  gtk_window_present (about);
}
