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
void plug_compat_present_shortcuts (GtkWindow *parent);

/* A sheet over a window: a dialog inside it where libadwaita has those, else a modal window. Escape, the window manager and
 * the like only ask @content, which then calls plug_compat_close_sheet(), now or later. */
typedef void (*PlugCompatCloseRequested) (GtkWidget *content);
void plug_compat_present_sheet (GtkWidget *content,
                                GtkWindow *parent,
                                const char *title,
                                int width,
                                int height,
                                PlugCompatCloseRequested close_requested);
/* How high a window has to be for a sheet of that height inside it; 0 when sheets are windows of their own. */
int plug_compat_get_height_around_sheet (int height);
/* For @window's size_allocate, before that of its parent class: its sheets are as high as they want to be, as far as @height,
 * which the window is given, has room for them. */
void plug_compat_fit_sheets (GtkWindow *window,
                             int height);
/* Calls @settled, which may give the first focus, when the sheet around @content has taken its form: at once, or after some
 * frames. */
typedef void (*PlugCompatSettled) (GtkWidget *content);
void plug_compat_when_settled (GtkWidget *content,
                               PlugCompatSettled settled);
/* Of the sheet around @content: to the front; away, and @content with it. */
void plug_compat_raise_sheet (GtkWidget *content);
void plug_compat_close_sheet (GtkWidget *content);
/* What is shown inside @window as a sheet; NULL when nothing is, or when sheets are windows of their own. Borrowed. */
GtkWidget *plug_compat_get_sheet (GtkWindow *window);
/* Enter presses @button, wherever the focus is in its sheet or window. */
void plug_compat_set_default (GtkWidget *button);

/* The colour of @widget's text. */
void plug_compat_get_color (GtkWidget *widget,
                            GdkRGBA *color);

G_END_DECLS
