/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-picker-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "plug-category.h"
#include "plug-hits.h"
#include "plug-mistakes-view.h"
#include "plug-provider-tile.h"
#include "plug-squeezer.h"

/* What a large window shows at once, how many more one frame can bear, and how far from the end they are asked for. */
#define FIRST_TILES 30
#define MORE_TILES 10
#define PAGES_AHEAD 1

struct _PlugPickerPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkSearchEntry *search_entry;
  GtkBox *category_box;
  GtkStack *stack;
  GtkGridView *grid;
  PlugMistakesView *mistakes_view;

  PlugCatalogue *catalogue; /* NULL until there is one */
  char **categories;        /* that have a button; NULL until there is a catalogue */
  char *category;           /* the chosen one; NULL: all */
  PlugHits *hits; /* NULL until there is a catalogue */
  GtkSliceListModel *shown; /* the first of them: as many as the grid can be scrolled to */
  guint more_id;
  gboolean is_searching;
};

G_DEFINE_FINAL_TYPE (PlugPickerPage, plug_picker_page, GTK_TYPE_WIDGET)

enum {
  PICKED,
  CANCELLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_page (PlugPickerPage *self)
{
  gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->hits)) > 0;

  gtk_stack_set_visible_child_name (self->stack, found ? "grid" : "nothing");
}

static gboolean
is_near_end (PlugPickerPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid));
  double page = gtk_adjustment_get_page_size (adjustment);
  double below = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment) - page;

  return below < PAGES_AHEAD * page;
}

static gboolean
show_more_cb (GtkWidget *grid,
              GdkFrameClock *clock,
              gpointer user_data)
{
  PlugPickerPage *self = user_data;

  self->more_id = 0;
  gtk_slice_list_model_set_size (self->shown, gtk_slice_list_model_get_size (self->shown) + MORE_TILES);

  return G_SOURCE_REMOVE;
}

/* The grid makes some 200 tiles, whatever can be seen of them: too many for one frame. What is in sight comes at once, and
 * more, frame by frame, when somebody comes near the end of that. */
static void
scrolled_cb (PlugPickerPage *self)
{
  if (self->more_id == 0 && self->hits != NULL && is_near_end (self) &&
      gtk_slice_list_model_get_size (self->shown) < g_list_model_get_n_items (G_LIST_MODEL (self->hits)))
    self->more_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->grid), show_more_cb, self, NULL);
}

static void
search (PlugPickerPage *self)
{
  if (self->hits == NULL)
    return;
  self->is_searching = TRUE;
  gtk_slice_list_model_set_size (self->shown, FIRST_TILES);
  plug_hits_set_query (self->hits, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  plug_hits_set_category (self->hits, self->category);
  self->is_searching = FALSE;
}

static void
pick (PlugPickerPage *self,
      guint position)
{
  g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->hits), position);

  if (provider != NULL)
    g_signal_emit (self, signals[PICKED], 0, provider);
}

/* The grid would rather stay with the service that is the first now. The best hit is to be seen, and whoever looks at the
 * beginning stays there. */
static void
hits_changed_cb (PlugPickerPage *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid));
  gboolean is_at_top = gtk_adjustment_get_value (adjustment) <= 0;

  show_page (self);
  if (g_list_model_get_n_items (G_LIST_MODEL (self->hits)) > 0 && (self->is_searching || is_at_top))
    gtk_widget_activate_action (GTK_WIDGET (self->grid), "list.scroll-to-item", "u", 0);
}

static void
search_changed_cb (PlugPickerPage *self)
{
  search (self);
}

static void
search_activated_cb (PlugPickerPage *self)
{
  /* The entry waits a moment before it tells of a change; Enter does not. */
  search (self);
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

  if (!gtk_toggle_button_get_active (button) || self->hits == NULL)
    return;
  g_free (self->category);
  self->category = *category == '\0' ? NULL : g_strdup (category);
  search (self);
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
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), group == NULL || g_strcmp0 (category, self->category) == 0);
  g_signal_connect_object (button, "toggled", G_CALLBACK (category_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->category_box, button);

  return GTK_TOGGLE_BUTTON (button);
}

/* The buttons stay as they are, with the focus that one may have, unless other categories occur. */
static void
show_categories (PlugPickerPage *self)
{
  const char *const *categories = plug_catalogue_get_categories (self->catalogue);
  GtkToggleButton *all;
  GtkWidget *child;

  if (self->categories != NULL && g_strv_equal ((const char *const *) self->categories, categories))
    return;
  g_strfreev (self->categories);
  self->categories = g_strdupv ((char **) categories);
  if (self->category != NULL && !g_strv_contains (categories, self->category)) {
    g_clear_pointer (&self->category, g_free);
    search (self);
  }

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->category_box))) != NULL)
    gtk_box_remove (self->category_box, child);
  all = add_category (self, "", C_("all categories", "All"), NULL);
  for (guint i = 0; categories[i] != NULL; i++)
    add_category (self, categories[i], plug_category_get_label (categories[i]), all);
}

static void
catalogue_changed_cb (PlugPickerPage *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->catalogue));
  g_autofree char *hint = g_strdup_printf (g_dngettext (NULL, "Search %u service", "Search %u services", count), count);

  g_object_set (self->search_entry, "placeholder-text", hint, NULL);
  show_categories (self);
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

  if (self->more_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->grid), self->more_id);
  self->more_id = 0;
  g_clear_object (&self->shown);
  g_clear_object (&self->hits);
  g_clear_object (&self->catalogue);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_picker_page_parent_class)->dispose (object);
}

static void
plug_picker_page_finalize (GObject *object)
{
  PlugPickerPage *self = PLUG_PICKER_PAGE (object);

  g_strfreev (self->categories);
  g_free (self->category);

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

  g_type_ensure (PLUG_TYPE_MISTAKES_VIEW);
  g_type_ensure (PLUG_TYPE_SQUEEZER);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-picker-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, box);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, category_box);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, grid);
  gtk_widget_class_bind_template_child (widget_class, PlugPickerPage, mistakes_view);
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
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->grid));
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (self->hits == NULL);

  self->catalogue = g_object_ref (catalogue);
  self->hits = plug_hits_new (G_LIST_MODEL (catalogue));
  self->shown = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->hits)), 0, FIRST_TILES);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->shown))));
  gtk_grid_view_set_model (self->grid, selection);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  plug_mistakes_view_set_definitions (self->mistakes_view, plug_catalogue_get_broken (catalogue));
  g_signal_connect_object (self->hits, "items-changed", G_CALLBACK (hits_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (catalogue, "changed", G_CALLBACK (catalogue_changed_cb), self, G_CONNECT_SWAPPED);
  catalogue_changed_cb (self);
  show_page (self);
  /* The built-in services are there at once, the user's own ones when they have been read. */
  plug_catalogue_load_async (catalogue, NULL, NULL, NULL);
}

void
plug_picker_page_focus (PlugPickerPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
