/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* explicit_bzero() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-buffer.h"

#include <string.h>

#include "plug-text.h"

#define FIRST_SIZE_BYTES 256

static void
make_room (PlugBuffer *self,
           gsize more_bytes)
{
  gsize needed = self->length_bytes + more_bytes + 1;
  gsize allocated = self->allocated_bytes;
  char *text;

  if (needed <= allocated)
    return;
  while (allocated < needed)
    allocated *= 2;

  /* realloc() would leave the old block behind as it is. */
  text = g_malloc0 (allocated);
  memcpy (text, self->text, self->length_bytes);
  explicit_bzero (self->text, self->allocated_bytes);
  g_free (self->text);
  self->text = text;
  self->allocated_bytes = allocated;
}

PlugBuffer *
plug_buffer_new (void)
{
  PlugBuffer *self = g_new0 (PlugBuffer, 1);

  self->text = g_malloc0 (FIRST_SIZE_BYTES);
  self->allocated_bytes = FIRST_SIZE_BYTES;

  return self;
}

void
plug_buffer_free (PlugBuffer *self)
{
  if (self == NULL)
    return;

  explicit_bzero (self->text, self->allocated_bytes);
  g_free (self->text);
  g_free (self);
}

void
plug_buffer_append (PlugBuffer *self,
                    const char *text,
                    gssize length)
{
  gsize length_bytes = length >= 0 ? (gsize) length : strlen (text);

  make_room (self, length_bytes);
  memcpy (self->text + self->length_bytes, text, length_bytes);
  self->length_bytes += length_bytes;
  self->text[self->length_bytes] = '\0';
}

void
plug_buffer_append_percent (PlugBuffer *self,
                            const char *text)
{
  static const char digits[] = "0123456789ABCDEF";

  for (const guchar *byte = (const guchar *) text; *byte != '\0'; byte++) {
    if (g_ascii_isalnum (*byte) || strchr ("-._~", *byte) != NULL) {
      plug_buffer_append (self, (const char *) byte, 1);
    } else {
      char escaped[] = { '%', digits[*byte >> 4], digits[*byte & 15] };

      plug_buffer_append (self, escaped, sizeof escaped);
    }
  }
}

void
plug_buffer_append_json (PlugBuffer *self,
                         const char *text)
{
  static const char digits[] = "0123456789abcdef";

  plug_buffer_append (self, "\"", 1);
  for (const guchar *byte = (const guchar *) text; *byte != '\0'; byte++) {
    if (*byte == '"' || *byte == '\\')
      plug_buffer_append (self, "\\", 1);
    if (*byte < 0x20 || *byte == 0x7f) {
      char escaped[] = { '\\', 'u', '0', '0', digits[*byte >> 4], digits[*byte & 15] };

      plug_buffer_append (self, escaped, sizeof escaped);
    } else {
      plug_buffer_append (self, (const char *) byte, 1);
    }
  }
  plug_buffer_append (self, "\"", 1);
}

void
plug_buffer_append_base64 (PlugBuffer *self,
                           const char *bytes,
                           gsize length_bytes)
{
  g_autoptr (PlugSecretString) encoded = g_base64_encode ((const guchar *) bytes, length_bytes);

  plug_buffer_append (self, encoded, -1);
}
