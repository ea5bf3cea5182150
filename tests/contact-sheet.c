/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All services as the picker shows them, on one picture, and below them their icons in the smaller sizes:
 * contact-sheet FILE.png. The light or dark style and the scale are those of the environment: see build-aux/contact-sheet. */
#include <adwaita.h>

#include "plug-catalogue.h"
#include "plug-provider-icon.h"
#include "plug-provider-tile.h"

#define COLUMNS 12
#define COLUMN_WIDTH 144

static GtkWidget *
build_tiles (GListModel *providers)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);
    GtkWidget *tile = plug_provider_tile_new ();

    plug_provider_tile_set_provider (PLUG_PROVIDER_TILE (tile), provider);
    gtk_widget_set_size_request (tile, COLUMN_WIDTH, -1);
    gtk_grid_attach (GTK_GRID (grid), tile, (int) i % COLUMNS, (int) i / COLUMNS, 1, 1);
  }
  return grid;
}

static GtkWidget *
build_icons (GListModel *providers,
             int size)
{
  GtkWidget *grid = gtk_grid_new ();
  int columns = COLUMNS * COLUMN_WIDTH / (size + 12);

  gtk_grid_set_row_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (providers, i);
    GtkWidget *icon = g_object_new (PLUG_TYPE_PROVIDER_ICON, "provider", provider, "size", size, NULL);

    gtk_grid_attach (GTK_GRID (grid), icon, (int) i % columns, (int) i / columns, 1, 1);
  }
  return grid;
}

static GtkWidget *
build_sheet (GListModel *providers)
{
  GtkWidget *sheet = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_widget_add_css_class (sheet, "background");
  gtk_box_append (GTK_BOX (sheet), build_tiles (providers));
  gtk_box_append (GTK_BOX (sheet), build_icons (providers, 48));
  gtk_box_append (GTK_BOX (sheet), build_icons (providers, 32));
  for (GtkWidget *part = gtk_widget_get_first_child (sheet); part != NULL; part = gtk_widget_get_next_sibling (part)) {
    gtk_widget_set_margin_start (part, 12);
    gtk_widget_set_margin_end (part, 12);
  }
  gtk_widget_set_margin_bottom (gtk_widget_get_last_child (sheet), 24);

  return sheet;
}

static gboolean
save (GtkWidget *sheet,
      const char *path)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (sheet);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (sheet), height = gtk_widget_get_height (sheet);
  int scale = gtk_widget_get_scale_factor (sheet);

  gtk_snapshot_scale (snapshot, (float) scale, (float) scale);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (sheet)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) (width * scale), (float) (height * scale)));
  return gdk_texture_save_to_png (texture, path);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (PlugCatalogue) catalogue = NULL;
  GtkWidget *window, *scrolled, *sheet;

  if (argc != 2) {
    g_printerr ("usage: contact-sheet FILE.png\n");
    return 2;
  }
  adw_init ();
  catalogue = plug_catalogue_new ();
  sheet = build_sheet (G_LIST_MODEL (catalogue));
  /* The sheet is as large as it wants to be, whatever the screen. */
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), sheet);
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_width (sheet) == 0)
    g_main_context_iteration (NULL, TRUE);

  return save (sheet, argv[1]) ? 0 : 1;
}
