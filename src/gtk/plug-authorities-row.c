/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-authorities-row.h"

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-text.h"

#define MAX_BYTES (1024 * 1024)

struct _PlugAuthoritiesRow {
  AdwActionRow parent_instance;

  GtkWidget *remove_button;

  PlugForm *form;
  GCancellable *cancellable; /* of the reading */
  GFile *file;               /* that is read */
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
      const char *file_name)
{
  g_autofree char *visible_name = file_name == NULL ? NULL : plug_text_from_untrusted (NULL, file_name, -1, 100);
  g_autofree char *text = NULL;

  if (plug_form_set_authorities (self->form, pem, NULL)) {
    /* Translators: %s is the name of a file. */
    text = visible_name == NULL ? NULL : g_strdup_printf (_("Only the authorities of %s are trusted."), visible_name);
    show (self, text, FALSE);
    g_signal_emit (self, signals[EDITED], 0);
  } else {
    /* Translators: %s is the name of a file. */
    text = g_strdup_printf (_("%s holds no certificates in PEM format."), visible_name);
    show (self, text, TRUE);
  }
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (PlugAuthoritiesRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pem = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  g_autofree char *file_name = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->form == NULL)
    return;
  file_name = g_file_get_basename (self->file);
  if (pem == NULL)
    show (self, _("The file could not be read."), TRUE);
  else
    take (self, pem, file_name);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PlugAuthoritiesRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->form == NULL)
    return;
  if (stream == NULL) {
    show (self, _("The file could not be read."), TRUE);
    return;
  }
  /* One byte more than is taken, so that a longer file is refused and not cut. */
  g_input_stream_read_bytes_async (G_INPUT_STREAM (stream), MAX_BYTES + 1, G_PRIORITY_DEFAULT, self->cancellable, read_cb,
                                   g_object_ref (self));
}

static void
file_chosen (GtkWidget *owner,
             GFile *file)
{
  PlugAuthoritiesRow *self = PLUG_AUTHORITIES_ROW (owner);

  if (self->form == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->file, file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, opened_cb, g_object_ref (self));
}

static void
choose_clicked_cb (PlugAuthoritiesRow *self)
{
  plug_authorities_row_choose (self);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->form);

  G_OBJECT_CLASS (plug_authorities_row_parent_class)->dispose (object);
}

static void
plug_authorities_row_class_init (PlugAuthoritiesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_authorities_row_dispose;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-authorities-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugAuthoritiesRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_clicked_cb);
}

static void
plug_authorities_row_init (PlugAuthoritiesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
  plug_compat_choose_file (GTK_WIDGET (self), _("Choose a Certificate Authority File"), file_chosen);
}
