/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-file-button.h"

#include <string.h>

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-text.h"

#define NAME_CHARS 100
/* One more than is taken, so that a longer file is refused and not cut. */
#define CAPACITY_BYTES (PLUG_FILE_MAX_BYTES + 1)

struct _PlugFileButton {
  GtkWidget parent_instance;

  GtkWidget *button;
  char *title;
  GCancellable *cancellable; /* of the reading */
  GFile *file;               /* that is read */
};

G_DEFINE_FINAL_TYPE (PlugFileButton, plug_file_button, GTK_TYPE_WIDGET)

enum {
  LOADED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_visible_name (PlugFileButton *self)
{
  g_autofree char *name = g_file_get_basename (self->file);

  return plug_text_from_untrusted (NULL, name, -1, NAME_CHARS);
}

static void
fail (PlugFileButton *self)
{
  g_autofree char *name = dup_visible_name (self);

  g_signal_emit (self, signals[FAILED], 0, name);
}

/* It may be a private key. */
static void
content_free (gpointer content)
{
  explicit_bzero (content, CAPACITY_BYTES);
  g_free (content);
}

typedef struct {
  PlugFileButton *button;
  char *content;
} Reading;

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (PlugFileButton) self = reading->button;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autofree char *name = NULL;
  gsize length_bytes;
  gboolean is_read = g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length_bytes, &error);

  content = g_bytes_new_with_free_func (reading->content, length_bytes, content_free, reading->content);
  g_free (reading);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->file == NULL)
    return;
  if (!is_read) {
    fail (self);
    return;
  }
  name = dup_visible_name (self);
  g_signal_emit (self, signals[LOADED], 0, content, name);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PlugFileButton) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);
  Reading *reading;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->file == NULL)
    return;
  if (stream == NULL) {
    fail (self);
    return;
  }
  reading = g_new0 (Reading, 1);
  reading->button = g_object_ref (self);
  reading->content = g_malloc (CAPACITY_BYTES);
  g_input_stream_read_all_async (G_INPUT_STREAM (stream), reading->content, CAPACITY_BYTES, G_PRIORITY_DEFAULT,
                                 self->cancellable, read_cb, reading);
}

static void
take_file (PlugFileButton *self,
           GFile *file)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_set_object (&self->file, file);
  g_file_read_async (file, G_PRIORITY_DEFAULT, self->cancellable, opened_cb, g_object_ref (self));
}

static void
file_chosen (GtkWidget *owner,
             GFile *file)
{
  take_file (PLUG_FILE_BUTTON (owner), file);
}

static gboolean
drop_cb (PlugFileButton *self,
         const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || !gtk_widget_is_sensitive (GTK_WIDGET (self)))
    return FALSE;
  take_file (self, file);

  return TRUE;
}

static void
plug_file_button_dispose (GObject *object)
{
  PlugFileButton *self = PLUG_FILE_BUTTON (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_file_button_parent_class)->dispose (object);
}

static void
plug_file_button_finalize (GObject *object)
{
  g_free (PLUG_FILE_BUTTON (object)->title);

  G_OBJECT_CLASS (plug_file_button_parent_class)->finalize (object);
}

static void
plug_file_button_class_init (PlugFileButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plug_file_button_dispose;
  object_class->finalize = plug_file_button_finalize;

  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  G_TYPE_BYTES, G_TYPE_STRING);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
plug_file_button_init (PlugFileButton *self)
{
  self->button = gtk_button_new_with_label (C_("a file", "Choose…"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("a file", "Choose…"), -1);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (plug_file_button_choose), self, G_CONNECT_SWAPPED);
}

void
plug_file_button_set_title (PlugFileButton *self,
                            const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
}

void
plug_file_button_set_compact (PlugFileButton *self)
{
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "document-open-symbolic");
  gtk_widget_add_css_class (self->button, "circular");
  gtk_widget_set_tooltip_text (self->button, _("Choose a file, or drop it here"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, C_("a file", "Choose…"), -1);
}

void
plug_file_button_accept_drops (PlugFileButton *self,
                               GtkWidget *target)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect_object (drop, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (target, GTK_EVENT_CONTROLLER (drop));
}

void
plug_file_button_choose (PlugFileButton *self)
{
  plug_compat_choose_file (GTK_WIDGET (self), self->title, file_chosen);
}
