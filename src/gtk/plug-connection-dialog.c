/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-dialog.h"

#include <glib/gi18n.h>

#include "plug-form-page.h"
#include "plug-http.h"
#include "plug-picker-page.h"

struct _PlugConnectionDialog {
  AdwWindow parent_instance;

  GtkStack *stack;
  PlugPickerPage *picker_page;
  PlugFormPage *form_page; /* NULL while a service is picked */

  PlugStore *store;
  gboolean may_close;
};

G_DEFINE_FINAL_TYPE (PlugConnectionDialog, plug_connection_dialog, ADW_TYPE_WINDOW)

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
close_now (PlugConnectionDialog *self)
{
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
saved_cb (PlugConnectionDialog *self,
          PlugConnection *connection)
{
  g_signal_emit (self, signals[SAVED], 0, connection);
  close_now (self);
}

static void
leave_cb (PlugConnectionDialog *self,
          gboolean closing)
{
  PlugFormPage *page = self->form_page;

  if (closing || !gtk_widget_get_visible (GTK_WIDGET (self->picker_page))) {
    close_now (self);
    return;
  }
  self->form_page = NULL;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->picker_page));
  plug_picker_page_focus (self->picker_page);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

static void
show_form (PlugConnectionDialog *self,
           PlugForm *form,
           PlugConnection *connection)
{
  GtkWidget *page = plug_form_page_new (self->store, form, connection);

  self->form_page = PLUG_FORM_PAGE (page);
  g_signal_connect_object (page, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, page);
  gtk_stack_set_visible_child (self->stack, page);
  plug_form_page_focus (self->form_page);
}

static void
picked_cb (PlugConnectionDialog *self,
           PlugProvider *provider)
{
  g_autoptr (PlugForm) form = plug_form_new (self->store, provider);

  show_form (self, form, NULL);
}

static void
cancelled_cb (PlugConnectionDialog *self)
{
  close_now (self);
}

static gboolean
plug_connection_dialog_close_request (GtkWindow *window)
{
  PlugConnectionDialog *self = PLUG_CONNECTION_DIALOG (window);

  if (self->may_close || self->form_page == NULL)
    return GTK_WINDOW_CLASS (plug_connection_dialog_parent_class)->close_request (window);
  plug_form_page_request_leave (self->form_page, TRUE);
  /* It may have agreed at once, and a window does not close twice at a time. */
  if (self->may_close)
    return GTK_WINDOW_CLASS (plug_connection_dialog_parent_class)->close_request (window);
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant *arguments,
           gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}

static gboolean
back_cb (GtkWidget *widget,
         GVariant *arguments,
         gpointer user_data)
{
  PlugConnectionDialog *self = PLUG_CONNECTION_DIALOG (widget);

  if (self->form_page != NULL)
    plug_form_page_request_leave (self->form_page, FALSE);
  return TRUE;
}

static void
plug_connection_dialog_dispose (GObject *object)
{
  g_clear_object (&PLUG_CONNECTION_DIALOG (object)->store);

  G_OBJECT_CLASS (plug_connection_dialog_parent_class)->dispose (object);
}

static void
plug_connection_dialog_class_init (PlugConnectionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_connection_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = plug_connection_dialog_close_request;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 PLUG_TYPE_CONNECTION);

  g_type_ensure (PLUG_TYPE_PICKER_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionDialog, picker_page);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_cb, NULL);
}

static void
plug_connection_dialog_init (PlugConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, gtk_window_get_title (GTK_WINDOW (self)),
                                  -1);
  /* An address is checked by libcurl's parser: it is there before the first one is typed. */
  plug_http_preload ();
}

static PlugConnectionDialog *
dialog_new (GtkWindow *parent,
            PlugStore *store)
{
  PlugConnectionDialog *self = g_object_new (PLUG_TYPE_CONNECTION_DIALOG, "transient-for", parent, NULL);

  self->store = g_object_ref (store);

  return self;
}

GtkWidget *
plug_connection_dialog_new (GtkWindow *parent,
                            PlugStore *store)
{
  PlugConnectionDialog *self = dialog_new (parent, store);

  plug_picker_page_set_catalogue (self->picker_page, plug_store_get_catalogue (store));
  plug_picker_page_focus (self->picker_page);

  return GTK_WIDGET (self);
}

GtkWidget *
plug_connection_dialog_new_for_connection (GtkWindow *parent,
                                           PlugStore *store,
                                           PlugConnection *connection)
{
  PlugConnectionDialog *self = dialog_new (parent, store);
  g_autoptr (PlugForm) form = plug_form_new_for_connection (store, connection);

  gtk_widget_hide (GTK_WIDGET (self->picker_page));
  gtk_window_set_title (GTK_WINDOW (self), _("Replace Secret"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Replace Secret"), -1);
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 460);
  show_form (self, form, connection);

  return GTK_WIDGET (self);
}
