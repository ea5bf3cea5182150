/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bench_report_first_frame:
 *
 * When @window has painted its first frame, prints `{"first_frame_ms": …, "pss_kib": …}` on one line and quits
 * @application. Time counts from the start of the process, as the kernel knows it; memory is the proportional set size
 * a second later, when start-up work has settled.
 */
void bench_report_first_frame (GtkWindow *window,
                               GApplication *application);

/* The proportional set size of this process. */
guint bench_read_pss_kib (void);

/* Milliseconds since the kernel started this process. */
double bench_get_process_age_ms (void);

G_END_DECLS
