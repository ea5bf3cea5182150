/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem(), explicit_bzero() */
#include "config.h"

#include "plug-text.h"

#include <libsecret/secret.h>
#include <stdlib.h>
#include <string.h>

#define HIDDEN "•••"
/* Shorter than this, a secret may occur by chance, and what surrounds it tells it: the whole text is hidden. */
#define SHORT_SECRET_CHARS 6
/* The longest an escape makes one byte: "&#x00041;" and the like are longer, but nobody pads so. */
#define LONGEST_ESCAPE_BYTES 8
#define MAX_COMBINING_MARKS 4

struct _PlugRedactor {
  gatomicrefcount ref_count;
  GPtrArray *secrets; /* of SecretValue */
  gsize longest_bytes;
};

/* A text as it reads when one kind of escaping is undone, and where each of its bytes begins in the text itself. */
typedef struct {
  char *bytes;
  guint32 *starts; /* one more than there are bytes */
  gsize length;
} View;

typedef gsize (*Decoder) (const char *text,
                          gsize length,
                          char decoded[6],
                          gsize *n_decoded);

PlugRedactor *
plug_redactor_new (void)
{
  PlugRedactor *self = g_new0 (PlugRedactor, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->secrets = g_ptr_array_new_with_free_func (secret_value_unref);
  return self;
}

PlugRedactor *
plug_redactor_ref (PlugRedactor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plug_redactor_unref (PlugRedactor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->secrets);
  g_free (self);
}

void
plug_redactor_add (PlugRedactor *self,
                   const char *secret)
{
  gsize length = secret == NULL ? 0 : strlen (secret);

  if (length == 0)
    return;
  g_ptr_array_add (self->secrets, secret_value_new (secret, (gssize) length, "text/plain"));
  self->longest_bytes = MAX (self->longest_bytes, length);
}

static gsize
decode_percent (const char *text,
                gsize length,
                char decoded[6],
                gsize *n_decoded)
{
  *n_decoded = 1;
  if (*text == '+')
    {
      decoded[0] = ' ';
      return 1;
    }
  if (*text != '%' || length < 3 || !g_ascii_isxdigit (text[1]) || !g_ascii_isxdigit (text[2]))
    return 0;
  decoded[0] = (char) (g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
  return 3;
}

/* The same, in which "+" stands for itself. */
static gsize
decode_percent_only (const char *text,
                     gsize length,
                     char decoded[6],
                     gsize *n_decoded)
{
  return *text == '+' ? 0 : decode_percent (text, length, decoded, n_decoded);
}

static gsize
decode_json (const char *text,
             gsize length,
             char decoded[6],
             gsize *n_decoded)
{
  static const char escapes[] = "\"\\/bfnrt'";
  static const char meanings[] = "\"\\/\b\f\n\r\t'";
  const char *escape;
  gunichar unit = 0;

  *n_decoded = 1;
  if (*text != '\\' || length < 2)
    return 0;
  escape = text[1] == '\0' ? NULL : strchr (escapes, text[1]);
  if (escape != NULL)
    {
      decoded[0] = meanings[escape - escapes];
      return 2;
    }
  if (text[1] != 'u' || length < 6)
    return 0;
  for (int i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      unit = unit << 4 | (guint) g_ascii_xdigit_value (text[i]);
    }
  if (unit >= 0xd800 && unit <= 0xdfff)
    {
      gunichar low;

      if (unit >= 0xdc00 || length < 12 || text[6] != '\\' || text[7] != 'u')
        return 0;
      low = (gunichar) strtoul ((char[]){ text[8], text[9], text[10], text[11], '\0' }, NULL, 16);
      if (low < 0xdc00 || low > 0xdfff)
        return 0;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      *n_decoded = (gsize) g_unichar_to_utf8 (unit, decoded);
      return 12;
    }
  *n_decoded = (gsize) g_unichar_to_utf8 (unit, decoded);
  return 6;
}

static gsize
decode_html (const char *text,
             gsize length,
             char decoded[6],
             gsize *n_decoded)
{
  static const struct {
    const char *entity;
    char meaning;
  } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' } };
  gunichar c = 0;
  gsize i = 2;

  *n_decoded = 1;
  if (*text != '&')
    return 0;
  for (guint e = 0; e < G_N_ELEMENTS (entities); e++)
    if (length >= strlen (entities[e].entity) && memcmp (text, entities[e].entity, strlen (entities[e].entity)) == 0)
      {
        decoded[0] = entities[e].meaning;
        return strlen (entities[e].entity);
      }
  if (length < 4 || text[1] != '#')
    return 0;
  if (text[2] == 'x' || text[2] == 'X')
    for (i = 3; i < MIN (length, 10) && g_ascii_isxdigit (text[i]); i++)
      c = c << 4 | (guint) g_ascii_xdigit_value (text[i]);
  else
    for (; i < MIN (length, 10) && g_ascii_isdigit (text[i]); i++)
      c = c * 10 + (guint) g_ascii_digit_value (text[i]);
  if (i >= length || text[i] != ';' || !g_unichar_validate (c) || c == 0)
    return 0;
  *n_decoded = (gsize) g_unichar_to_utf8 (c, decoded);
  return i + 1;
}

static gsize
decode_hex (const char *text,
            gsize length,
            char decoded[6],
            gsize *n_decoded)
{
  *n_decoded = 1;
  if (length < 2 || !g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
    return 0;
  decoded[0] = (char) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
  return 2;
}

static void
view_init (View *self,
           const char *text,
           gsize length,
           Decoder decoder)
{
  gsize n = 0;

  self->bytes = g_malloc (length + 6);
  self->starts = g_new (guint32, length + 7);
  for (gsize i = 0; i < length;)
    {
      char decoded[6];
      gsize n_decoded = 0;
      gsize used = decoder == NULL ? 0 : decoder (text + i, length - i, decoded, &n_decoded);

      if (used == 0)
        {
          decoded[0] = text[i];
          n_decoded = used = 1;
        }
      for (gsize k = 0; k < n_decoded; k++)
        {
          self->bytes[n] = decoded[k];
          self->starts[n++] = (guint32) i;
        }
      i += used;
    }
  self->starts[n] = (guint32) length;
  self->length = n;
}

static void
view_clear (View *self)
{
  explicit_bzero (self->bytes, self->length);
  g_free (self->bytes);
  g_free (self->starts);
}

/* Marks in @marks each place where @needle stands; TRUE when there is one. */
static gboolean
mark_needle (const View *view,
             const char *needle,
             gsize needle_length,
             char *marks)
{
  const char *from = view->bytes;
  gsize left = view->length;
  gboolean found = FALSE;

  while (needle_length > 0 && left >= needle_length)
    {
      const char *hit = memmem (from, left, needle, needle_length);
      gsize first;

      if (hit == NULL)
        break;
      first = (gsize) (hit - view->bytes);
      /* The escape of the last byte ends where the next byte's begins; bytes of one escape share their start. */
      for (gsize last = first + needle_length; ; last++)
        if (last == view->length || view->starts[last] != view->starts[first + needle_length - 1])
          {
            memset (marks + view->starts[first], 1, view->starts[last] - view->starts[first]);
            break;
          }
      found = TRUE;
      left -= (gsize) (hit + 1 - from);
      from = hit + 1;
    }
  return found;
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '=';
}

/* A secret inside base64 looks different for each of three alignments; its first and last character may be shared with
 * the neighbours. */
static gboolean
mark_base64 (const View *raw,
             const char *secret,
             gsize length,
             char *marks)
{
  gboolean found = FALSE;

  for (gsize shift = 0; shift < 3; shift++)
    {
      g_autofree guchar *shifted = g_malloc0 (length + shift);
      gsize skip = (shift * 8 + 5) / 6;
      gsize complete = (shift + length) * 8 / 6;
      char *encoded;

      memcpy (shifted + shift, secret, length);
      encoded = g_base64_encode (shifted, shift + length);
      explicit_bzero (shifted, length + shift);
      for (int alphabet = 0; alphabet < 2 && complete >= skip + 4; alphabet++)
        {
          found |= mark_needle (raw, encoded + skip, complete - skip, marks);
          for (char *p = encoded; *p != '\0'; p++)
            *p = *p == '+' ? '-' : *p == '/' ? '_' : *p;
        }
      plug_text_wipe (encoded);
    }
  if (found)
    {
      g_autofree char *before = g_memdup2 (marks, raw->length);

      for (gsize i = 0; i < raw->length; i++)
        if (!before[i] && is_base64 (raw->bytes[i]) && ((i > 0 && before[i - 1]) || (i + 1 < raw->length && before[i + 1])))
          marks[i] = 1;
    }
  return found;
}

/* TRUE when a short secret occurs: then nothing may be shown. */
static gboolean
mark_secrets (PlugRedactor *self,
              const char *text,
              gsize length,
              char *marks)
{
  static const Decoder decoders[] = { NULL, decode_percent, decode_percent_only, decode_json, decode_html, decode_hex };
  gboolean hide_all = FALSE;

  for (guint d = 0; d < G_N_ELEMENTS (decoders); d++)
    {
      View view;

      view_init (&view, text, length, decoders[d]);
      for (guint s = 0; s < self->secrets->len; s++)
        {
          gsize secret_length;
          const char *secret = secret_value_get (self->secrets->pdata[s], &secret_length);
          gboolean found = mark_needle (&view, secret, secret_length, marks);

          if (decoders[d] == NULL)
            found |= mark_base64 (&view, secret, secret_length, marks);
          hide_all |= found && g_utf8_strlen (secret, (gssize) secret_length) < SHORT_SECRET_CHARS;
        }
      view_clear (&view);
    }
  return hide_all;
}

/* Redacts the first @window bytes of @text; when that is not all of it, what may be the beginning of a secret is cut. */
static char *
redact_window (PlugRedactor *self,
               const char *text,
               gsize length,
               gsize window,
               gboolean *cut)
{
  g_autofree char *marks = NULL;
  gsize reach = self->longest_bytes * LONGEST_ESCAPE_BYTES;
  gsize stop;
  GString *result;

  *cut = length > window;
  length = MIN (length, window);
  marks = g_malloc0 (length + 1);
  if (mark_secrets (self, text, length, marks))
    return g_strdup (HIDDEN);

  stop = !*cut ? length : length > reach ? length - reach : 0;
  result = g_string_sized_new (stop + 1);
  for (gsize i = 0; i < stop; i++)
    {
      if (!marks[i])
        g_string_append_c (result, text[i]);
      else if (i == 0 || !marks[i - 1])
        g_string_append (result, HIDDEN);
    }
  return g_string_free (result, FALSE);
}

char *
plug_redactor_apply (PlugRedactor *self,
                     const char *text)
{
  gboolean cut;

  return redact_window (self, text, strlen (text), G_MAXSIZE, &cut);
}

static gboolean
is_hidden_character (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_UNASSIGNED:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    default:
      /* Fillers that show nothing. */
      return c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0;
    }
}

static void
append_visible (GString *result,
                gunichar c,
                gboolean keep_lines)
{
  if (c == '\n' && keep_lines)
    g_string_append_c (result, '\n');
  else if (c == '\n' || c == '\t' || c == '\r')
    g_string_append_c (result, ' ');
  else if (c < 0x20)
    g_string_append_unichar (result, 0x2400 + c);
  else if (c == 0x7f)
    g_string_append_unichar (result, 0x2421);
  else if (is_hidden_character (c))
    g_string_append_printf (result, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (result, c);
}

static char *
make_visible (const char *text,
              gsize max_chars)
{
  GString *result = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  gboolean keep_lines = max_chars > PLUG_TEXT_VERDICT_CHARS;
  guint marks = 0;
  gsize n_chars = 0;

  /* One character more than is shown tells the caller to shorten. */
  for (const char *p = valid; *p != '\0' && n_chars <= max_chars; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      marks = g_unichar_ismark (c) ? marks + 1 : 0;
      if (marks > MAX_COMBINING_MARKS)
        continue;
      append_visible (result, c, keep_lines);
      n_chars++;
    }
  return g_string_free (result, FALSE);
}

char *
plug_text_from_untrusted (PlugRedactor *redactor,
                          const char *text,
                          gssize length,
                          gsize max_chars)
{
  g_autoptr (PlugRedactor) known = redactor == NULL ? plug_redactor_new () : plug_redactor_ref (redactor);
  gsize window = max_chars * 8 + 2 * known->longest_bytes * LONGEST_ESCAPE_BYTES;
  gsize all = length < 0 ? strlen (text) : (gsize) length;
  gsize size = MIN (all, window + 1); /* the byte more tells that there is more */
  g_autofree char *bytes = g_malloc (size + 1);
  g_autofree char *redacted = NULL;
  g_autofree char *visible = NULL;
  g_autofree char *again = NULL;
  gboolean cut = FALSE;
  const char *end;

  /* A NUL would end the string: another control character stands for it, and is made visible as such. */
  for (gsize i = 0; i < size; i++)
    bytes[i] = text[i] == '\0' ? '\x01' : text[i];
  bytes[size] = '\0';
  redacted = redact_window (known, bytes, size, window, &cut);
  explicit_bzero (bytes, size);
  visible = make_visible (redacted, max_chars);
  again = plug_redactor_apply (known, visible);
  if (!cut && g_utf8_strlen (again, -1) <= (glong) max_chars)
    return g_steal_pointer (&again);
  end = g_utf8_strlen (again, -1) < (glong) max_chars ? again + strlen (again)
                                                      : g_utf8_offset_to_pointer (again, (glong) max_chars - 1);
  return g_strdup_printf ("%.*s…", (int) (end - again), again);
}

void
plug_text_append (GString *buffer,
                  const char *text,
                  gsize length)
{
  if (buffer->len + length + 1 > buffer->allocated_len)
    {
      gsize capacity = MAX (2 * buffer->allocated_len, buffer->len + length + 64);
      char *grown = g_malloc (capacity);

      memcpy (grown, buffer->str, buffer->len + 1);
      explicit_bzero (buffer->str, buffer->len);
      g_free (buffer->str);
      buffer->str = grown;
      buffer->allocated_len = capacity;
    }
  memcpy (buffer->str + buffer->len, text, length);
  buffer->len += length;
  buffer->str[buffer->len] = '\0';
}

void
plug_text_wipe (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}
