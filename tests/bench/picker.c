/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The picker with 10,000 definitions of the user's own: what it costs the window until they are read and shown, and what a
 * typed letter costs until what it finds is shown. */
#include <adwaita.h>
#include <stdio.h>
#include <time.h>

#include "own-definition.h"
#include "plug-picker-page.h"

#define N_OWN 10000
#define STILL_US 200000

static gint64 busy_since_us, longest_stall_us, painted_us;

/* The loop is busy from the return of one poll to the beginning of the next. */
static gint
poll_cb (GPollFD *fds,
         guint n_fds,
         gint timeout_ms)
{
  gint ready;

  longest_stall_us = MAX (longest_stall_us, g_get_monotonic_time () - busy_since_us);
  ready = g_poll (fds, n_fds, timeout_ms);
  busy_since_us = g_get_monotonic_time ();

  return ready;
}

static void
painted_cb (void)
{
  painted_us = g_get_monotonic_time ();
}

/* A change may need several frames. */
static void
run_until_still (void)
{
  busy_since_us = painted_us = g_get_monotonic_time ();
  longest_stall_us = 0;
  while (g_get_monotonic_time () - painted_us < STILL_US)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* Of this thread: what else the machine does has no part in it. */
static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1000000;
}

static void
changed_cb (gboolean *is_changed)
{
  *is_changed = TRUE;
}

static void
write_definitions (const char *folder)
{
  static const char * const words[] = { "zen", "cloud", "desk", "halo", "net", "guard", "mail", "hub", "ops", "log" };

  for (guint i = 0; i < N_OWN; i++) {
    g_autofree char *id = g_strdup_printf ("own-%u", i);
    g_autofree char *file_name = g_strconcat (id, ".json", NULL);
    g_autofree char *name = g_strdup_printf ("%s%s %s %u", words[i % 10], words[i / 10 % 10], words[i / 100 % 10], i);

    own_definition_save (folder, file_name, id, name);
  }
}

static void
measure (const char *folder)
{
  static const char * const queries[] = { "z", "ze", "zen", "zenc", "zenclo", "zenclou", "zencluod", "xyzzy", "" };
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (folder);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *picker = g_object_new (PLUG_TYPE_PICKER_PAGE, NULL);
  GObject *entry = gtk_widget_get_template_child (picker, PLUG_TYPE_PICKER_PAGE, "search_entry");
  gboolean is_changed = FALSE;
  double began;

  gtk_window_set_child (GTK_WINDOW (window), picker);
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 700);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), NULL);
  run_until_still ();

  g_signal_connect_swapped (catalogue, "changed", G_CALLBACK (changed_cb), &is_changed);
  began = get_cpu_ms ();
  plug_picker_page_set_catalogue (PLUG_PICKER_PAGE (picker), catalogue);
  while (!is_changed)
    g_main_context_iteration (NULL, TRUE);
  run_until_still ();
  printf ("cpu_ms of reading and showing: %.1f; the longest stall in showing: %.1f\n", get_cpu_ms () - began,
          (double) longest_stall_us / 1000);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    began = get_cpu_ms ();
    gtk_editable_set_text (GTK_EDITABLE (entry), queries[i]);
    run_until_still ();
    printf ("cpu_ms typed “%s”: %.1f\n", queries[i], get_cpu_ms () - began);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf %s", folder);

  adw_init ();
  g_main_context_set_poll_func (NULL, poll_cb);
  write_definitions (folder);
  measure (folder);

  return g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL) ? 0 : 1;
}
