/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "first-frame.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  GApplication *application;
  double first_frame_ms;
} Report;

double
bench_get_process_age_ms (void)
{
  g_autofree char *stat = NULL;
  struct timespec now;
  const char *cursor;
  unsigned long long start_ticks = 0;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    return -1;

  /* The 22nd field; the second may hold blanks, so counting begins behind its parenthesis. */
  cursor = strrchr (stat, ')');
  for (int field = 2; field < 22 && cursor != NULL; field++)
    cursor = strchr (cursor + 1, ' ');
  if (cursor == NULL || sscanf (cursor, "%llu", &start_ticks) != 1)
    return -1;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6 - start_ticks * 1e3 / sysconf (_SC_CLK_TCK);
}

guint
bench_read_pss_kib (void)
{
  g_autofree char *rollup = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &rollup, NULL, NULL))
    return 0;
  line = strstr (rollup, "\nPss:");
  return line == NULL ? 0 : (guint) g_ascii_strtoull (line + strlen ("\nPss:"), NULL, 10);
}

static gboolean
settled_cb (gpointer user_data)
{
  Report *report = user_data;

  printf ("{\"first_frame_ms\": %.1f, \"pss_kib\": %u}\n", report->first_frame_ms, bench_read_pss_kib ());
  fflush (stdout);
  g_application_quit (report->application);
  g_free (report);
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer user_data)
{
  Report *report = user_data;

  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, report);
  report->first_frame_ms = bench_get_process_age_ms ();
  g_timeout_add (1000, settled_cb, report);
}

static void
mapped_cb (GtkWidget *window,
           gpointer user_data)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), user_data);
}

void
bench_report_first_frame (GtkWindow *window,
                          GApplication *application)
{
  Report *report = g_new0 (Report, 1);

  report->application = application;
  if (gtk_widget_get_mapped (GTK_WIDGET (window)))
    mapped_cb (GTK_WIDGET (window), report);
  else
    g_signal_connect_after (window, "map", G_CALLBACK (mapped_cb), report);
}
