/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PlugFileButton:
 *
 * Reads a small file that the user chooses or drops. Signals: "loaded" (GBytes content, const char *name): all of it;
 * "failed" (const char *name): it could not be read. The name is fit to be shown. A file of more than 1 MiB comes with
 * one byte more than that, for the receiver to refuse.
 */
#define PLUG_TYPE_FILE_BUTTON (plug_file_button_get_type ())
G_DECLARE_FINAL_TYPE (PlugFileButton, plug_file_button, PLUG, FILE_BUTTON, GtkWidget)

#define PLUG_FILE_MAX_BYTES (1024 * 1024)

/* @title: of the dialog in which a file is chosen */
void plug_file_button_set_title (PlugFileButton *self,
                                 const char *title);
/* A pictogram instead of the word, where there is little room. */
void plug_file_button_set_compact (PlugFileButton *self);
/* Files that are dropped on @target are read, too. */
void plug_file_button_accept_drops (PlugFileButton *self,
                                    GtkWidget *target);
void plug_file_button_choose (PlugFileButton *self);

G_END_DECLS
