/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugProviderIcon:
 *
 * The mark of a service: the packed icon where there is one, else its monogram (plug-monogram.h). An ornament: whoever shows
 * it says the name beside it. Properties "provider" (PlugProvider, nullable) and "size" in pixels: 32, 48 or 64, for which
 * icons were drawn pixel by pixel; in any other size they are blurred.
 */
#define PLUG_TYPE_PROVIDER_ICON (plug_provider_icon_get_type ())
G_DECLARE_FINAL_TYPE (PlugProviderIcon, plug_provider_icon, PLUG, PROVIDER_ICON, GtkWidget)

/* NULL shows a question mark: a connection whose provider is not known. */
void plug_provider_icon_set_provider (PlugProviderIcon *self,
                                      PlugProvider *provider);

G_END_DECLS
