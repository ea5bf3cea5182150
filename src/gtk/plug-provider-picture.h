/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "plug-provider.h"

G_BEGIN_DECLS

/**
 * PlugProviderPictureLook:
 * @size: the edge of the square, in application pixels
 * @scale: pixels of the screen for each of them
 * @high_contrast: whether edges and letters stand out more
 * @text: the colour of text around it, for its edge and for marks of one colour
 * @context: whose font the letters are of; the caller's
 *
 * All that the picture of a provider depends on besides the provider.
 */
typedef struct {
  int size;
  int scale;
  gboolean high_contrast;
  GdkRGBA text;
  PangoContext *context;
} PlugProviderPictureLook;

/* The mark of @provider on its plate, else its monogram (plug-monogram.h), rounded and with its edge: @size times @scale
 * pixels wide and high. NULL as @provider: a question mark. Drawn once: the pictures that were asked for last are kept, as
 * a picker of thousands of services shows the same few again and again while somebody types. To be called by the thread of
 * the window. */
GdkTexture *plug_provider_picture_get (PlugProvider *provider,
                                       const PlugProviderPictureLook *look) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
