/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-authorities-row.h"

#include <glib/gi18n.h>

#include "plug-file-button.h"

struct _PlugAuthoritiesRow {
  AdwActionRow parent_instance;

  GtkWidget *remove_button;
  PlugFileButton *file_button;

  PlugForm *form;
};

G_DEFINE_FINAL_TYPE (PlugAuthoritiesRow, plug_authorities_row, ADW_TYPE_ACTION_ROW)

enum {
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show (PlugAuthoritiesRow *self,
      const char *text,
      gboolean is_wrong)
{
  gboolean has_own = plug_form_get_authorities (self->form) != NULL;

  if (text == NULL)
    text = has_own ? _("Only the authorities of the chosen file are trusted.") : _("The system's authorities are trusted.");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  gtk_widget_set_visible (self->remove_button, has_own);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

static void
take (PlugAuthoritiesRow *self,
      GBytes *pem,
      const char *name)
{
  g_autofree char *text = NULL;

  if (plug_form_set_authorities (self->form, pem, NULL)) {
    /* Translators: %s is the name of a file. */
    text = name == NULL ? NULL : g_strdup_printf (_("Only the authorities of %s are trusted."), name);
    show (self, text, FALSE);
    g_signal_emit (self, signals[EDITED], 0);
  } else {
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_("%s holds no certificates in PEM format."), name);
    show (self, text, TRUE);
  }
}

static void
loaded_cb (PlugAuthoritiesRow *self,
           GBytes *content,
           const char *name)
{
  take (self, content, name);
}

static void
failed_cb (PlugAuthoritiesRow *self)
{
  show (self, _("The file could not be read."), TRUE);
}

static void
remove_clicked_cb (PlugAuthoritiesRow *self)
{
  take (self, NULL, NULL);
}

static void
plug_authorities_row_dispose (GObject *object)
{
  PlugAuthoritiesRow *self = PLUG_AUTHORITIES_ROW (object);

  g_clear_object (&self->form);

  G_OBJECT_CLASS (plug_authorities_row_parent_class)->dispose (object);
}

static void
plug_authorities_row_class_init (PlugAuthoritiesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_authorities_row_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PLUG_TYPE_FILE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-authorities-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugAuthoritiesRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, PlugAuthoritiesRow, file_button);
  gtk_widget_class_bind_template_callback (widget_class, loaded_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
plug_authorities_row_init (PlugAuthoritiesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plug_file_button_set_title (self->file_button, _("Choose a Certificate Authority File"));
  plug_file_button_accept_drops (self->file_button, GTK_WIDGET (self));
}

GtkWidget *
plug_authorities_row_new (PlugForm *form)
{
  PlugAuthoritiesRow *self = g_object_new (PLUG_TYPE_AUTHORITIES_ROW, NULL);

  self->form = g_object_ref (form);
  show (self, NULL, FALSE);

  return GTK_WIDGET (self);
}

void
plug_authorities_row_choose (PlugAuthoritiesRow *self)
{
  plug_file_button_choose (self->file_button);
}
