/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connections-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "plug-connection-row.h"
#include "plug-keyring.h"
#include "plug-label.h"
#include "plug-squeezer.h"

/* Below this width, in pixels at the usual size of text, a name has no room beside its outcome, nor the title beside a button
 * with words. */
#define NARROW_WIDTH 480
#define USUAL_DPI 96
/* Of the window; the narrow layout has room in it. */
#define LEAST_WIDTH 360
#define REFRESH_S 20

struct _PlugConnectionsPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkButton *add_button;
  GtkWidget *add_label;
  GtkToggleButton *search_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *keyring_label;

  PlugStore *store;
  GtkCustomFilter *filter;
  GListModel *hits;
  char *query; /* folded; "" matches everything */
  PlugKeyringWatch *keyring_watch; /* NULL until somebody has to know */
  guint refresh_id;
  gboolean is_narrow;
};

G_DEFINE_FINAL_TYPE (PlugConnectionsPage, plug_connections_page, GTK_TYPE_WIDGET)

enum {
  OPENED,
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
holds (const char *text,
       const char *query)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, query) != NULL;
}

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  PlugConnectionsPage *self = user_data;
  g_autofree char *kind = NULL;

  if (self->query == NULL || *self->query == '\0' || holds (plug_connection_get_name (item), self->query))
    return TRUE;
  kind = plug_label_dup_kind (item);
  return holds (kind, self->query);
}

static void
keyring_found_cb (gboolean found,
                  gpointer user_data)
{
  PlugConnectionsPage *self = user_data;

  gtk_widget_set_visible (GTK_WIDGET (self->keyring_label), !found);
}

/* Whoever starts without a keyring learns it before typing anything. Only the bus is asked. */
static void
watch_keyring (PlugConnectionsPage *self)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application == NULL ? NULL : g_application_get_dbus_connection (application);

  if (bus != NULL && self->keyring_watch == NULL)
    self->keyring_watch = plug_keyring_watch_new (bus, keyring_found_cb, self);
}

static void
show_page (PlugConnectionsPage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->store)) == 0;
  gboolean found = g_list_model_get_n_items (self->hits) > 0;

  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : found ? "list" : "nothing");
  gtk_widget_set_visible (GTK_WIDGET (self->search_button), !empty);
  if (empty) {
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
    watch_keyring (self);
  }
}

static void
search_changed_cb (PlugConnectionsPage *self)
{
  g_autofree char *query = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search_entry))));

  g_free (self->query);
  self->query = g_utf8_casefold (query, -1);
  if (self->store == NULL)
    return;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_page (self);
}

static void
row_activated_cb (PlugConnectionsPage *self,
                  GtkListBoxRow *row)
{
  g_signal_emit (self, signals[OPENED], 0, plug_connection_row_get_connection (PLUG_CONNECTION_ROW (row)));
}

static void
search_activated_cb (PlugConnectionsPage *self)
{
  g_autoptr (PlugConnection) connection = g_list_model_get_item (self->hits, 0);

  if (connection != NULL)
    g_signal_emit (self, signals[OPENED], 0, connection);
}

static void
test_failed_cb (PlugConnectionsPage *self,
                const char *sentence)
{
  g_signal_emit (self, signals[FAILED], 0, sentence);
}

static GtkWidget *
create_row_cb (gpointer item,
               gpointer user_data)
{
  PlugConnectionsPage *self = user_data;
  GtkWidget *row = plug_connection_row_new (self->store, item);

  plug_connection_row_set_narrow (PLUG_CONNECTION_ROW (row), self->is_narrow);
  g_signal_connect_object (row, "test-failed", G_CALLBACK (test_failed_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static int
get_narrow_width (PlugConnectionsPage *self)
{
  int dpi;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? (int) ((gint64) NARROW_WIDTH * dpi / (USUAL_DPI * PANGO_SCALE)) : NARROW_WIDTH;
}

static void
set_narrow (PlugConnectionsPage *self,
            gboolean is_narrow)
{
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  if (is_narrow) {
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
    gtk_button_set_icon_name (self->add_button, "list-add-symbolic");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
    gtk_button_set_child (self->add_button, self->add_label);
  }
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->add_button), is_narrow);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (PLUG_IS_CONNECTION_ROW (row))
      plug_connection_row_set_narrow (PLUG_CONNECTION_ROW (row), is_narrow);
}

static gboolean
refresh_cb (gpointer user_data)
{
  PlugConnectionsPage *self = user_data;

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (PLUG_IS_CONNECTION_ROW (row))
      plug_connection_row_refresh (PLUG_CONNECTION_ROW (row));

  return G_SOURCE_CONTINUE;
}

/* The wide layout gives way to the narrow one: what it needs is no reason to refuse a width. */
static void
plug_connections_page_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  PlugConnectionsPage *self = PLUG_CONNECTIONS_PAGE (widget);
  int width;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &width, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = self->is_narrow ? width : MIN (width, LEAST_WIDTH);
  else
    gtk_widget_measure (self->box, orientation, for_size < 0 ? for_size : MAX (for_size, width), minimum, natural,
                        minimum_baseline, natural_baseline);
}

/* Before anything in it is laid out: the width is the parent's and does not depend on the layout that it decides. */
static void
plug_connections_page_size_allocate (GtkWidget *widget,
                                     int width,
                                     int height,
                                     int baseline)
{
  PlugConnectionsPage *self = PLUG_CONNECTIONS_PAGE (widget);

  set_narrow (self, width < get_narrow_width (self));
  /* What has just changed has to be measured before it is given its place. */
  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, width, height, baseline, NULL);
}

static void
plug_connections_page_map (GtkWidget *widget)
{
  PlugConnectionsPage *self = PLUG_CONNECTIONS_PAGE (widget);

  GTK_WIDGET_CLASS (plug_connections_page_parent_class)->map (widget);
  refresh_cb (self);
  self->refresh_id = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
}

static void
plug_connections_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLUG_CONNECTIONS_PAGE (widget)->refresh_id, g_source_remove);
  GTK_WIDGET_CLASS (plug_connections_page_parent_class)->unmap (widget);
}

static void
plug_connections_page_dispose (GObject *object)
{
  PlugConnectionsPage *self = PLUG_CONNECTIONS_PAGE (object);

  g_clear_pointer (&self->keyring_watch, plug_keyring_watch_free);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->hits);
  g_clear_object (&self->filter);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (plug_connections_page_parent_class)->dispose (object);
}

static void
plug_connections_page_finalize (GObject *object)
{
  g_free (PLUG_CONNECTIONS_PAGE (object)->query);

  G_OBJECT_CLASS (plug_connections_page_parent_class)->finalize (object);
}

static void
plug_connections_page_class_init (PlugConnectionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plug_connections_page_dispose;
  object_class->finalize = plug_connections_page_finalize;
  widget_class->measure = plug_connections_page_measure;
  widget_class->size_allocate = plug_connections_page_size_allocate;
  widget_class->map = plug_connections_page_map;
  widget_class->unmap = plug_connections_page_unmap;

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  PLUG_TYPE_CONNECTION);
  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  G_TYPE_STRING);

  g_type_ensure (PLUG_TYPE_SQUEEZER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-connections-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, box);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, add_label);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, search_button);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionsPage, keyring_label);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
plug_connections_page_init (PlugConnectionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plug_connections_page_set_store (PlugConnectionsPage *self,
                                 PlugStore *store)
{
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->hits = G_LIST_MODEL (gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (store)), GTK_FILTER (g_object_ref (self->filter))));
  gtk_list_box_bind_model (self->list, self->hits, create_row_cb, self, NULL);
  /* After the filter has seen the change. */
  g_signal_connect_object (store, "items-changed", G_CALLBACK (show_page), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_page (self);
}

void
plug_connections_page_select (PlugConnectionsPage *self,
                              const char *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->hits); i++) {
    g_autoptr (PlugConnection) connection = g_list_model_get_item (self->hits, i);
    GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

    if (!g_str_equal (plug_connection_get_name (connection), name))
      continue;
    gtk_list_box_select_row (self->list, row);
    gtk_widget_grab_focus (GTK_WIDGET (row));
    return;
  }
}

void
plug_connections_page_search (PlugConnectionsPage *self)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->search_button)))
    return;
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
