/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* picker N: New Connection with N services, those of the user included: prints as JSON how long reading them takes, how long
 * it takes from Add connection to a painted picker, the 99th percentile of the time a frame takes while somebody types and
 * scrolls, and the memory. A frame's time is that of the main loop's turn that paints it, or takes a key: the thread's own
 * time, so that what else the machine does has no part in it, and the time by the clock beside it. */
#include <adwaita.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "first-frame.h"
#include <glib/gstdio.h>

#include "own-definition.h"
#include "plug-catalogue.h"
#include "plug-connection-dialog.h"
#include "plug-memory-vault.h"
#include "plug-picker-page.h"
#include "widgets.h"

#define KEY_INTERVAL_MS 90
#define N_SCROLLED_FRAMES 300
#define SCROLL_PX 60
#define STILL_US (300 * 1000)

typedef struct {
  double cpu_ms;
  double wall_ms;
} Turn;

static GArray *turns; /* of Turn: those that painted or took a key */
static Turn began;
static gboolean counts;
static gint64 painted_us;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1000000;
}

static double
get_wall_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

/* A turn of the loop lasts from the return of one poll to the beginning of the next. */
static gint
poll_cb (GPollFD *fds,
         guint n_fds,
         gint timeout_ms)
{
  Turn turn = { get_cpu_ms () - began.cpu_ms, get_wall_ms () - began.wall_ms };
  gint ready;

  if (counts)
    g_array_append_val (turns, turn);
  counts = FALSE;
  ready = g_poll (fds, n_fds, timeout_ms);
  began = (Turn) { get_cpu_ms (), get_wall_ms () };

  return ready;
}

static void
painted_cb (void)
{
  painted_us = g_get_monotonic_time ();
  counts = TRUE;
}

static void
run_until_painted (void)
{
  for (painted_us = 0; painted_us == 0;)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
run_until_still (void)
{
  guint waker = g_timeout_add (20, wake_cb, NULL);

  for (painted_us = g_get_monotonic_time (); g_get_monotonic_time () - painted_us < STILL_US;)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (waker);
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  *(gboolean *) user_data = plug_catalogue_load_finish (PLUG_CATALOGUE (source), result, NULL);
}

static void
write_definitions (const char *folder,
                   guint n_definitions)
{
  static const char * const words[] = { "zen", "cloud", "desk", "halo", "net", "guard", "mail", "hub", "ops", "log" };

  for (guint i = 0; i < n_definitions; i++) {
    g_autofree char *id = g_strdup_printf ("own-%u", i);
    g_autofree char *file_name = g_strconcat (id, ".json", NULL);
    g_autofree char *name = g_strdup_printf ("%s%s %s %u", words[i % 10], words[i / 10 % 10], words[i / 100 % 10], i);

    own_definition_save (folder, file_name, id, name);
  }
}

typedef struct {
  GtkEditable *entry;
  const char *text;
  guint length;
  gboolean is_done;
} Typist;

static gboolean
type_cb (gpointer user_data)
{
  Typist *self = user_data;
  g_autofree char *typed = NULL;

  if (self->text[self->length] == '\0') {
    self->is_done = TRUE;
    return G_SOURCE_REMOVE;
  }
  typed = g_strndup (self->text, ++self->length);
  gtk_editable_set_text (self->entry, typed);
  counts = TRUE;

  return G_SOURCE_CONTINUE;
}

static void
type (GtkEditable *entry)
{
  static const char * const texts[] = { "zencloud", "halonet", "gaurd", "service desk", "microsoft", "zz", "okta", "mailhub 12" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    Typist typist = { .entry = entry, .text = texts[i] };

    g_timeout_add (KEY_INTERVAL_MS, type_cb, &typist);
    while (!typist.is_done)
      g_main_context_iteration (NULL, TRUE);
    gtk_editable_set_text (entry, "");
    run_until_still ();
  }
}

static gboolean
scroll_cb (GtkWidget *widget,
           GdkFrameClock *clock,
           gpointer user_data)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (widget));
  guint *n_left = user_data;

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + SCROLL_PX);

  return --*n_left > 0;
}

static void
scroll (GtkWidget *grid)
{
  guint n_left = N_SCROLLED_FRAMES;

  gtk_widget_add_tick_callback (grid, scroll_cb, &n_left, NULL);
  while (n_left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

static double
get_percentile (gsize offset)
{
  g_autofree double *numbers = g_new (double, turns->len);

  for (guint i = 0; i < turns->len; i++)
    numbers[i] = *(double *) ((char *) &g_array_index (turns, Turn, i) + offset);
  qsort (numbers, turns->len, sizeof *numbers, compare_numbers);

  return numbers[(turns->len - 1) * 99 / 100];
}

static void
print_frames (const char *what)
{
  printf (", \"%s_frame_ms\": %.1f, \"%s_frame_wall_ms\": %.1f", what, get_percentile (G_STRUCT_OFFSET (Turn, cpu_ms)), what,
          get_percentile (G_STRUCT_OFFSET (Turn, wall_ms)));
  g_array_set_size (turns, 0);
}

static void
measure (const char *folder)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (folder);
  g_autoptr (PlugMemoryVault) vault = plug_memory_vault_new ();
  g_autoptr (PlugStore) store = plug_store_new (folder, folder, catalogue, PLUG_VAULT (vault));
  double start = get_wall_ms ();
  gboolean is_loaded = FALSE;
  GtkWidget *window, *dialog, *picker;

  plug_catalogue_load_async (catalogue, NULL, loaded_cb, &is_loaded);
  while (!is_loaded)
    g_main_context_iteration (NULL, TRUE);
  printf ("{\"providers\": %u, \"read_ms\": %.1f", g_list_model_get_n_items (G_LIST_MODEL (catalogue)), get_wall_ms () - start);

  start = get_wall_ms ();
  dialog = plug_connection_dialog_new (store);
  window = g_object_new (ADW_TYPE_WINDOW, "default-width", 640, "default-height", 850, "content", dialog, NULL);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
  run_until_painted ();
  printf (", \"picker_ms\": %.1f", get_wall_ms () - start);
  run_until_still ();
  picker = find_widget (dialog, PLUG_TYPE_PICKER_PAGE);

  g_array_set_size (turns, 0);
  type (GTK_EDITABLE (gtk_widget_get_template_child (picker, PLUG_TYPE_PICKER_PAGE, "search_entry")));
  print_frames ("typing");
  scroll (find_widget (picker, GTK_TYPE_GRID_VIEW));
  print_frames ("scrolling");
  printf (", \"pss_kib\": %u}\n", bench_read_pss_kib ());
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autofree char *providers = g_build_filename (folder, "providers", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", folder);
  g_autoptr (PlugCatalogue) built_in = plug_catalogue_new ();
  guint n_built_in = g_list_model_get_n_items (G_LIST_MODEL (built_in));
  guint n_wanted = argc > 1 ? (guint) atoi (argv[1]) : 0;

  g_mkdir (providers, 0700);
  adw_init ();
  /* A cursor that fades in and out paints a frame 60 times a second. */
  g_object_set (gtk_settings_get_default (), "gtk-cursor-blink", FALSE, NULL);
  turns = g_array_new (FALSE, FALSE, sizeof (Turn));
  began = (Turn) { get_cpu_ms (), get_wall_ms () };
  g_main_context_set_poll_func (NULL, poll_cb);
  write_definitions (providers, n_wanted > n_built_in ? n_wanted - n_built_in : 0);
  measure (providers);

  return g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL) ? 0 : 1;
}
