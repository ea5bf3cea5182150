/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Everything that differs between the baseline (GTK 4.8, libadwaita 1.2) and newer platforms. No other file tests a version. */

typedef void (*PlugCompatConfirmed) (gpointer user_data);

/* Asks before something is lost: @confirmed is called when the user says @confirm_label, nothing otherwise. With @owner gone
 * nothing is called either; @user_data is @owner. */
void plug_compat_confirm (GtkWidget *owner,
                          const char *heading,
                          const char *body,
                          const char *cancel_label,
                          const char *confirm_label,
                          PlugCompatConfirmed confirmed);

/* Asks for a file to read. @chosen gets the file; nothing is called when the user dismisses it. */
typedef void (*PlugCompatFileChosen) (GtkWidget *owner,
                                      GFile *file);
void plug_compat_choose_file (GtkWidget *owner,
                              const char *title,
                              PlugCompatFileChosen chosen);

void plug_compat_present_about (GtkWindow *parent);

G_END_DECLS
