/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugBuffer:
 *
 * A text that grows and may hold secrets: every byte it leaves behind, when it moves to make room and when it is freed,
 * is wiped. A GString would leave copies in the heap.
 */
typedef struct {
  char *text;          /* always NUL-terminated behind its length */
  gsize length_bytes;
  gsize allocated_bytes;
} PlugBuffer;

PlugBuffer *plug_buffer_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_buffer_free (PlugBuffer *self);

/* @length in bytes, or -1 when NUL-terminated. */
void plug_buffer_append (PlugBuffer *self,
                         const char *text,
                         gssize length);
/* Percent-encoded: what RFC 3986 calls unreserved stays, everything else becomes %XX, a blank too. */
void plug_buffer_append_percent (PlugBuffer *self,
                                 const char *text);
/* As a JSON string with its quotes; @text is UTF-8. */
void plug_buffer_append_json (PlugBuffer *self,
                              const char *text);
void plug_buffer_append_base64 (PlugBuffer *self,
                                const char *bytes,
                                gsize length_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugBuffer, plug_buffer_free)

G_END_DECLS
