/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-form.h"

G_BEGIN_DECLS

/**
 * PlugFormPage:
 *
 * The form of a new connection, or the secrets of an existing one to be replaced: fields, test, verdict, Create. Signals:
 * "saved" (PlugConnection); "leave" (gboolean closing): the user may go, nothing runs and nothing is lost.
 */
#define PLUG_TYPE_FORM_PAGE (plug_form_page_get_type ())
G_DECLARE_FINAL_TYPE (PlugFormPage, plug_form_page, PLUG, FORM_PAGE, GtkWidget)

/* @connection NULL: the form is for a new one. */
GtkWidget *plug_form_page_new (PlugStore *store,
                               PlugForm *form,
                               PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_form_page_request_leave:
 * @closing: whether the whole dialog is to be closed, or only this page left
 *
 * Cancels what runs; else asks when something typed would be lost; else emits "leave". While saving it waits for the
 * roll-back and leaves then.
 */
void plug_form_page_request_leave (PlugFormPage *self,
                                   gboolean closing);
void plug_form_page_focus (PlugFormPage *self);

G_END_DECLS
