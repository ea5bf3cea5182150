/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugProviderIcon:
 *
 * The mark of a service: the packed icon where there is one, else a monogram on a colour that is stable for the service.
 * An ornament: whoever shows it says the name beside it. Properties "provider" (PlugProvider, nullable), "size" in pixels.
 */
#define PLUG_TYPE_PROVIDER_ICON (plug_provider_icon_get_type ())
G_DECLARE_FINAL_TYPE (PlugProviderIcon, plug_provider_icon, PLUG, PROVIDER_ICON, GtkWidget)

/* NULL shows a question mark: a connection whose provider is not known. */
void plug_provider_icon_set_provider (PlugProviderIcon *self,
                                      PlugProvider *provider);

/* "HP" for HaloPSA: the definition's "monogram:…", else the first capitals or letters of the name; at most two. */
char *plug_monogram_dup_letters (const char *icon,
                                 const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* A colour for a service, the same in every run, on which white letters have a contrast of at least 4.5 : 1. */
void plug_monogram_get_colour (const char *id,
                               GdkRGBA *colour);

G_END_DECLS
