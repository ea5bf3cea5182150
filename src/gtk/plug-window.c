/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-window.h"

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connections-page.h"
#include "plug-details-page.h"

/* Of a sheet that shows a form of six fields with its verdict, in a window that a screen of 900 pixels has room for, below
 * the bar of a desktop. */
#define FORM_HEIGHT 816

/* A toast has no more letters in a line, and in pixels, this beside them. */
#define TOAST_CHARS 40
#define TOAST_FRAME 100

struct _PlugWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *overlay;
  GtkStack *stack;
  PlugConnectionsPage *connections_page;
  PlugDetailsPage *details_page; /* NULL while the list is shown */

  PlugStore *store;
  char *opened; /* the name of the connection that is or was shown */
  PlugConnectionDialog *dialog; /* New Connection while it is open; weak */
};

G_DEFINE_FINAL_TYPE (PlugWindow, plug_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_title (PlugWindow *self,
           const char *title)
{
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static void
leave_cb (PlugWindow *self)
{
  PlugDetailsPage *page = self->details_page;

  if (page == NULL)
    return;
  self->details_page = NULL;
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->connections_page));
  set_title (self, _("Connections"));
  plug_connections_page_select (self->connections_page, self->opened);
  gtk_stack_remove (self->stack, GTK_WIDGET (page));
}

static void
opened_cb (PlugWindow *self,
           PlugConnection *connection)
{
  GtkWidget *page;

  if (self->details_page != NULL)
    return;
  page = plug_details_page_new (self->store, connection);
  self->details_page = PLUG_DETAILS_PAGE (page);
  g_free (self->opened);
  self->opened = g_strdup (plug_connection_get_name (connection));
  g_signal_connect_object (page, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, page);
  gtk_stack_set_visible_child (self->stack, page);
  set_title (self, self->opened);
  plug_details_page_focus (self->details_page);
}

/* A toast is as wide as its label wants to be, even where the window is narrower. */
static int
get_toast_chars (PlugWindow *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int char_width = PANGO_PIXELS_CEIL (MAX (pango_font_metrics_get_approximate_char_width (metrics),
                                           pango_font_metrics_get_approximate_digit_width (metrics)));

  pango_font_metrics_unref (metrics);

  return CLAMP ((gtk_widget_get_width (GTK_WIDGET (self)) - TOAST_FRAME) / MAX (1, char_width), 1, TOAST_CHARS);
}

static void
failed_cb (PlugWindow *self,
           const char *sentence)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (sentence);

  /* A toast's own title has one line, and reads markup. */
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), get_toast_chars (self));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  adw_toast_set_custom_title (toast, label);
  adw_toast_overlay_add_toast (self->overlay, toast);
}

static void
saved_cb (PlugWindow *self,
          PlugConnection *connection)
{
  g_free (self->opened);
  self->opened = g_strdup (plug_connection_get_name (connection));
  if (self->details_page != NULL)
    leave_cb (self);
  plug_connections_page_select (self->connections_page, self->opened);
}

/* Keys that are the window's reach it from a sheet inside it too. */
static gboolean
is_covered (PlugWindow *self)
{
  return plug_compat_get_sheet (GTK_WINDOW (self)) != NULL;
}

static void
add_connection_cb (GtkWidget *widget,
                   const char *action_name,
                   GVariant *parameter)
{
  if (!is_covered (PLUG_WINDOW (widget)))
    plug_window_add_connection (PLUG_WINDOW (widget), NULL);
}

static void
search_cb (GtkWidget *widget,
           const char *action_name,
           GVariant *parameter)
{
  PlugWindow *self = PLUG_WINDOW (widget);

  if (self->details_page == NULL && !is_covered (self))
    plug_connections_page_search (self->connections_page);
}

static void
back_cb (GtkWidget *widget,
         const char *action_name,
         GVariant *parameter)
{
  GtkWidget *sheet = plug_compat_get_sheet (GTK_WINDOW (widget));

  if (sheet == NULL)
    leave_cb (PLUG_WINDOW (widget));
  else if (PLUG_IS_CONNECTION_DIALOG (sheet))
    plug_connection_dialog_go_back (PLUG_CONNECTION_DIALOG (sheet));
}

/* NULL where the schema is not installed: a copy run from the build folder keeps nothing. */
static GSettings *
settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source == NULL ? NULL : g_settings_schema_source_lookup (source, PLUG_APP_ID, TRUE);

  return schema == NULL ? NULL : g_settings_new (PLUG_APP_ID);
}

static void
restore_size (PlugWindow *self)
{
  g_autoptr (GSettings) settings = settings_new ();
  g_autoptr (GVariant) kept = settings == NULL ? NULL : g_settings_get_user_value (settings, "window-height");
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  height = kept != NULL ? g_variant_get_int32 (kept) : MAX (height, plug_compat_get_height_around_sheet (FORM_HEIGHT));
  if (settings != NULL)
    width = g_settings_get_int (settings, "window-width");
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (settings != NULL && g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
save_size (PlugWindow *self)
{
  g_autoptr (GSettings) settings = settings_new ();
  int width, height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static void
plug_window_size_allocate (GtkWidget *widget,
                           int width,
                           int height,
                           int baseline)
{
  plug_compat_fit_sheets (GTK_WINDOW (widget), height);

  GTK_WIDGET_CLASS (plug_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static gboolean
plug_window_close_request (GtkWindow *window)
{
  save_size (PLUG_WINDOW (window));
  return GTK_WINDOW_CLASS (plug_window_parent_class)->close_request (window);
}

static void
plug_window_dispose (GObject *object)
{
  g_clear_weak_pointer (&PLUG_WINDOW (object)->dialog);
  g_clear_object (&PLUG_WINDOW (object)->store);

  G_OBJECT_CLASS (plug_window_parent_class)->dispose (object);
}

static void
plug_window_finalize (GObject *object)
{
  g_free (PLUG_WINDOW (object)->opened);

  G_OBJECT_CLASS (plug_window_parent_class)->finalize (object);
}

static void
plug_window_class_init (PlugWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plug_window_dispose;
  object_class->finalize = plug_window_finalize;
  widget_class->size_allocate = plug_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = plug_window_close_request;

  g_type_ensure (PLUG_TYPE_CONNECTIONS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, PlugWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugWindow, connections_page);
  gtk_widget_class_bind_template_callback (widget_class, opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, failed_cb);
  gtk_widget_class_install_action (widget_class, "win.add-connection", NULL, add_connection_cb);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_cb);
}

static void
plug_window_init (PlugWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_title (self, _("Connections"));
  restore_size (self);
}

GtkWidget *
plug_window_new (GtkApplication *application,
                 PlugStore *store)
{
  PlugWindow *self = g_object_new (PLUG_TYPE_WINDOW, "application", application, NULL);

  self->store = g_object_ref (store);
  plug_connections_page_set_store (self->connections_page, store);

  return GTK_WIDGET (self);
}

void
plug_window_add_connection (PlugWindow *self,
                            const char *id)
{
  PlugProvider *provider = id == NULL ? NULL : plug_catalogue_get_provider (plug_store_get_catalogue (self->store), id);

  if (self->dialog == NULL) {
    g_set_weak_pointer (&self->dialog, PLUG_CONNECTION_DIALOG (plug_connection_dialog_new (self->store)));
    g_signal_connect_object (self->dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
    plug_connection_dialog_present (self->dialog, GTK_WINDOW (self));
  }
  if (provider != NULL)
    plug_connection_dialog_pick (self->dialog, provider);
  plug_compat_raise_sheet (GTK_WIDGET (self->dialog));
}
