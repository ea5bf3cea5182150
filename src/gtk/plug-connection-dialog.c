/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-dialog.h"

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-form-page.h"
#include "plug-http.h"
#include "plug-picker-page.h"

struct _PlugConnectionDialog {
  AdwBin parent_instance;

  GtkStack *stack;
  PlugPickerPage *picker_page;
  PlugFormPage *form_page; /* NULL while a service is picked */

  PlugStore *store;
  gboolean is_for_connection; /* Replace Secret: there is nothing to pick */
  gboolean is_settled;        /* a field that gets the focus keeps it */
};

G_DEFINE_FINAL_TYPE (PlugConnectionDialog, plug_connection_dialog, ADW_TYPE_BIN)

enum {
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
saved_cb (PlugConnectionDialog *self,
          PlugConnection *connection)
{
  g_signal_emit (self, signals[SAVED], 0, connection);
  plug_compat_close_sheet (GTK_WIDGET (self));
}

static void
leave_cb (PlugConnectionDialog *self,
          gboolean closing)
{
  PlugFormPage *page = self->form_page;

  if (closing || self->is_for_connection) {
    plug_compat_close_sheet (GTK_WIDGET (self));
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
  if (self->is_settled)
    plug_form_page_focus (self->form_page);
}

static void
picked_cb (PlugConnectionDialog *self,
           PlugProvider *provider)
{
  plug_connection_dialog_pick (self, provider);
}

static void
cancelled_cb (PlugConnectionDialog *self)
{
  plug_compat_close_sheet (GTK_WIDGET (self));
}

static void
close_requested (GtkWidget *content)
{
  PlugConnectionDialog *self = PLUG_CONNECTION_DIALOG (content);

  if (self->form_page != NULL)
    plug_form_page_request_leave (self->form_page, TRUE);
  else
    plug_compat_close_sheet (content);
}

static gboolean
back_cb (GtkWidget *widget,
         GVariant *arguments,
         gpointer user_data)
{
  plug_connection_dialog_go_back (PLUG_CONNECTION_DIALOG (widget));
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

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 PLUG_TYPE_CONNECTION);

  g_type_ensure (PLUG_TYPE_PICKER_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionDialog, picker_page);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancelled_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, GDK_ALT_MASK, back_cb, NULL);
}

static void
plug_connection_dialog_init (PlugConnectionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* An address is checked by libcurl's parser: it is there before the first one is typed. */
  plug_http_preload ();
}

GtkWidget *
plug_connection_dialog_new (PlugStore *store)
{
  PlugConnectionDialog *self = g_object_new (PLUG_TYPE_CONNECTION_DIALOG, NULL);

  self->store = g_object_ref (store);
  plug_picker_page_set_catalogue (self->picker_page, plug_store_get_catalogue (store));

  return GTK_WIDGET (self);
}

GtkWidget *
plug_connection_dialog_new_for_connection (PlugStore *store,
                                           PlugConnection *connection)
{
  PlugConnectionDialog *self = g_object_new (PLUG_TYPE_CONNECTION_DIALOG, NULL);
  g_autoptr (PlugForm) form = plug_form_new_for_connection (store, connection);

  self->store = g_object_ref (store);
  self->is_for_connection = TRUE;
  gtk_widget_hide (GTK_WIDGET (self->picker_page));
  show_form (self, form, connection);

  return GTK_WIDGET (self);
}

static void
settled (GtkWidget *content)
{
  PlugConnectionDialog *self = PLUG_CONNECTION_DIALOG (content);

  self->is_settled = TRUE;
  if (self->form_page != NULL)
    plug_form_page_focus (self->form_page);
  else
    plug_picker_page_focus (self->picker_page);
}

void
plug_connection_dialog_present (PlugConnectionDialog *self,
                                GtkWindow *parent)
{
  if (self->is_for_connection)
    plug_compat_present_sheet (GTK_WIDGET (self), parent, _("Replace Secret"), 560, 460, close_requested);
  else
    plug_compat_present_sheet (GTK_WIDGET (self), parent, _("New Connection"), 640, 850, close_requested);
  plug_compat_when_settled (GTK_WIDGET (self), settled);
}

void
plug_connection_dialog_pick (PlugConnectionDialog *self,
                             PlugProvider *provider)
{
  g_autoptr (PlugForm) form = NULL;

  if (self->form_page != NULL)
    return;
  form = plug_form_new (self->store, provider);
  show_form (self, form, NULL);
}

void
plug_connection_dialog_go_back (PlugConnectionDialog *self)
{
  if (self->form_page != NULL)
    plug_form_page_request_leave (self->form_page, FALSE);
}
