/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PLUG_TEXT_VERDICT_CHARS 500
#define PLUG_TEXT_DETAILS_CHARS 2000

/**
 * PlugRedactor:
 *
 * Knows the secrets of one test (what was typed, and every token the test received) and hides them in any text: raw,
 * percent-, form-, JSON- and HTML-escaped, in hexadecimal, in base64 (also inside a longer one), and in what escapes
 * make of that when a text is quoted in another. A text that holds a secret shorter than 6 characters is hidden whole.
 * The known secrets lie in non-pageable memory.
 */
typedef struct _PlugRedactor PlugRedactor;

PlugRedactor *plug_redactor_new (void) G_GNUC_WARN_UNUSED_RESULT;
PlugRedactor *plug_redactor_ref (PlugRedactor *self);
void plug_redactor_unref (PlugRedactor *self);
void plug_redactor_add (PlugRedactor *self,
                        const char *secret);
char *plug_redactor_apply (PlugRedactor *self,
                           const char *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * plug_text_from_untrusted:
 * @redactor: (nullable): the secrets that must not appear
 * @text: bytes from a server, a definition or a file
 * @length: in bytes, or -1 when NUL-terminated
 * @max_chars: the result has no more characters; when it was shortened, the last one is "…"
 *
 * The one function between foreign text and a person: redact, make invalid UTF-8, control and bidi characters visible,
 * redact again, shorten. The result is plain text, never markup: one line up to %PLUG_TEXT_VERDICT_CHARS, with line
 * ends beyond. The time depends on @max_chars and the secrets, not on @length.
 */
char *plug_text_from_untrusted (PlugRedactor *redactor,
                                const char *text,
                                gssize length,
                                gsize max_chars) G_GNUC_WARN_UNUSED_RESULT;

/* Appends to a buffer that holds a secret: when it has to grow, what it leaves behind is wiped. */
void plug_text_append (GString *buffer,
                       const char *text,
                       gsize length);
/* The same, escaped for XML 1.0, where it may stand in an element as well as in an attribute with its blanks as they are;
 * U+FFFD for control characters, U+FFFE and U+FFFF, which XML cannot hold (its production 2, Char). */
void plug_text_append_xml (GString *buffer,
                           const char *text);

/* Wipes and frees a string that held a secret; NULL is fine. */
void plug_text_wipe (char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugRedactor, plug_redactor_unref)

typedef char PlugSecretString;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugSecretString, plug_text_wipe)

G_END_DECLS
