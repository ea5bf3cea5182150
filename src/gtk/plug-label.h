/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-connection.h"

G_BEGIN_DECLS

/* What several widgets say and colour alike; pure but for the style class. */

typedef enum {
  PLUG_TONE_NEUTRAL,
  PLUG_TONE_SUCCESS,
  PLUG_TONE_WARNING,
  PLUG_TONE_ERROR,
} PlugTone;

/* Success for passed, error for refused, warning for no proof and for missing permission. */
PlugTone plug_label_tone_of (PlugOutcome outcome);
/* Replaces the tone that @widget had. */
void plug_label_set_tone (GtkWidget *widget,
                          PlugTone tone);
/* "HaloPSA · Client Credentials"; the ids where the catalogue does not have them. */
char *plug_label_dup_kind (PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* Why the state or the last outcome is as it is, in a sentence: what a person asks next. NULL when there is none. */
char *plug_label_dup_cause (PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;
/* "84 ms", "2.4 s"; @elapsed_ms in milliseconds. */
char *plug_label_dup_elapsed (guint elapsed_ms) G_GNUC_WARN_UNUSED_RESULT;
/* Lets the text of a button take a second line where its language needs the room. */
void plug_label_wrap_button (GtkWidget *button);

G_END_DECLS
