/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-key-file-row.h"

#include <glib/gi18n.h>

#include "plug-file-button.h"
#include "plug-sentence.h"

struct _PlugKeyFileRow {
  AdwActionRow parent_instance;

  PlugForm *form;
};

G_DEFINE_FINAL_TYPE (PlugKeyFileRow, plug_key_file_row, ADW_TYPE_ACTION_ROW)

enum {
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show (PlugKeyFileRow *self,
      const char *text,
      gboolean is_wrong)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

static void
loaded_cb (PlugKeyFileRow *self,
           GBytes *content,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (plug_form_load_key_file (self->form, content, &error)) {
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_("The values below are those of %s."), name);
    show (self, text, FALSE);
    g_signal_emit (self, signals[EDITED], 0);
    return;
  }
  if (g_error_matches (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON))
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_("%s is not a JSON file."), name);
  else
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_("%s has none of the values below."), name);
  show (self, text, TRUE);
}

static void
failed_cb (PlugKeyFileRow *self)
{
  show (self, _("The file could not be read."), TRUE);
}

static void
plug_key_file_row_dispose (GObject *object)
{
  g_clear_object (&PLUG_KEY_FILE_ROW (object)->form);

  G_OBJECT_CLASS (plug_key_file_row_parent_class)->dispose (object);
}

static void
plug_key_file_row_class_init (PlugKeyFileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plug_key_file_row_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
plug_key_file_row_init (PlugKeyFileRow *self)
{
}

GtkWidget *
plug_key_file_row_new (PlugForm *form)
{
  PlugKeyFileRow *self = g_object_new (PLUG_TYPE_KEY_FILE_ROW, NULL);
  PlugFileButton *button = g_object_new (PLUG_TYPE_FILE_BUTTON, NULL);
  const char *label = plug_sentence_translate (plug_method_get_key_file_label (plug_form_get_method (form)));

  self->form = g_object_ref (form);
  /* One by one: what is set at construction arrives together, the text before it is known to be no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  show (self, _("Fills in the values below. Choose it, or drop it here."), FALSE);
  plug_file_button_set_title (button, label);
  plug_file_button_accept_drops (button, GTK_WIDGET (self));
  g_signal_connect_object (button, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (button));

  return GTK_WIDGET (self);
}
