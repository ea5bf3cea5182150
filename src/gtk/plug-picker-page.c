/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-picker-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "plug-label.h"
#include "plug-provider-tile.h"

struct _PlugPickerPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *search_entry;
  GtkBox *category_box;
  GtkStack *stack;
  GtkGridView *grid;

  char *category; /* NULL: all */
  GtkCustomFilter *filter;
  GtkCustomSorter *sorter;
  GListModel *hits;
};

G_DEFINE_FINAL_TYPE (PlugPickerPage, plug_picker_page, GTK_TYPE_WIDGET)

enum {
  PICKED,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  PlugPickerPage *self = user_data;

  if (self->category != NULL && !g_strv_contains (plug_provider_get_categories (item), self->category))
    return FALSE;
  return plug_provider_match (item, gtk_editable_get_text (GTK_EDITABLE (self->search_entry))) > 0;
}

static int
compare_cb (gconstpointer a,
            gconstpointer b,
            gpointer user_data)
{
  PlugPickerPage *self = user_data;
  const char *query = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  guint match_a = plug_provider_match ((PlugProvider *) a, query);
  guint match_b = plug_provider_match ((PlugProvider *) b, query);

  return match_a == match_b ? 0 : match_a > match_b ? -1 : 1;
}

static void
show_hits (PlugPickerPage *self)
{
  if (self->hits == NULL)
    return;
  /* In this order: what the filter lets in is sorted among what is there already, and that must follow the same order. */
  gtk_sorter_changed (GTK_SORTER (self->sorter), GTK_SORTER_CHANGE_DIFFERENT);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (self->hits) > 0 ? "grid" : "nothing");
}

static void
pick (PlugPickerPage *self,
      guint position)
{
  g_autoptr (PlugProvider) provider = g_list_model_get_item (self->hits, position);

  if (provider != NULL)
    g_signal_emit (self, signals[PICKED], 0, provider);
}

static void
search_changed_cb (PlugPickerPage *self)
{
  show_hits (self);
}

static void
search_activated_cb (PlugPickerPage *self)
{
  /* The entry waits a moment before it tells of a change; Enter does not. */
  show_hits (self);
  pick (self, 0);
}

/* Escape empties the search first, and leaves when there is nothing to empty. */
static void
search_stopped_cb (PlugPickerPage *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    g_signal_emit (self, signals[CANCELLED], 0);
}

static gboolean
search_key_cb (PlugPickerPage *self,
               guint keyval)
{
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
tile_activated_cb (PlugPickerPage *self,
                   guint position)
{
  pick (self, position);
}

static void
cancel_clicked_cb (PlugPickerPage *self)
{
  g_signal_emit (self, signals[CANCELLED], 0);
}

static void
category_toggled_cb (PlugPickerPage *self,
                     GtkToggleButton *button)
{
  const char *category = gtk_widget_get_name (GTK_WIDGET (button));

  if (!gtk_toggle_button_get_active (button))
    return;
  g_free (self->category);
  self->category = *category == '\0' ? NULL : g_strdup (category);
  show_hits (self);
}

static GtkToggleButton *
add_category (PlugPickerPage *self,
              const char *category,
              const char *label,
              GtkToggleButton *group)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_name (button, category);
  gtk_widget_add_css_class (button, "category");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), group == NULL);
  g_signal_connect_object (button, "toggled", G_CALLBACK (category_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->category_box, button);

  return GTK_TOGGLE_BUTTON (button);
}

static void
tile_setup_cb (GtkListItemFactory *factory,
               GtkListItem *item)
{
  gtk_list_item_set_child (item, plug_provider_tile_new ());
}

static void
tile_bind_cb (GtkListItemFactory *factory,
              GtkListItem *item)
{
  plug_provider_tile_set_provider (PLUG_PROVIDER_TILE (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
plug_picker_page_dispose (GObject *object)
{
  PlugPickerPage *self = PLUG_PICKER_PAGE (object);

  g_clear_object (&self->hits);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_picker_page_parent_class)->dispose (object);
}

static void
plug_picker_page_finalize (GObject *object)
{
  g_free (PLUG_PICKER_PAGE (object)->category);

  G_OBJECT_CLASS (plug_picker_page_parent_class)->finalize (object);
}

static void
plug_picker_page_class_init (PlugPickerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plug_picker_page_dispose;
  object_class->finalize = plug_picker_page_finalize;

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  PLUG_TYPE_PROVIDER);
  signals[CANCELLED] = g_signal_new ("cancelled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-picker-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, box);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, category_box);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, grid);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
plug_picker_page_init (PlugPickerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plug_picker_page_set_catalogue (PlugPickerPage *self,
                                PlugCatalogue *catalogue)
{
  const char * const *categories = plug_catalogue_get_categories (catalogue);
  guint count = g_list_model_get_n_items (G_LIST_MODEL (catalogue));
  g_autofree char *hint = g_strdup_printf (g_dngettext (NULL, "Search %u service", "Search %u services", count), count);
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;
  GtkToggleButton *all;
  GtkSelectionModel *selection;

  g_return_if_fail (self->hits == NULL);

  g_object_set (self->search_entry, "placeholder-text", hint, NULL);
  all = add_category (self, "", C_("all categories", "All"), NULL);
  for (guint i = 0; categories[i] != NULL; i++)
    add_category (self, categories[i], plug_label_for_category (categories[i]), all);

  self->filter = gtk_custom_filter_new (filter_cb, self, NULL);
  self->sorter = gtk_custom_sorter_new (compare_cb, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (catalogue)), GTK_FILTER (g_object_ref (self->filter)));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), GTK_SORTER (g_object_ref (self->sorter)));
  self->hits = G_LIST_MODEL (sorted);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->hits)));
  gtk_grid_view_set_model (self->grid, selection);
  g_object_unref (selection);
  show_hits (self);
}

void
plug_picker_page_focus (PlugPickerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
