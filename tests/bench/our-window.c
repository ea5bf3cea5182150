/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as it starts, until its first painted frame. */
#include "first-frame.h"
#include "plug-application.h"

static void
window_added_cb (GtkApplication *application,
                 GtkWindow *window)
{
  bench_report_first_frame (window, G_APPLICATION (application));
}

int
main (int argc,
      char **argv)
{
  g_autoptr (PlugApplication) application = plug_application_new (NULL);

  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
