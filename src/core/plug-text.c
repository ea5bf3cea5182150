/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-text.h"

#include <string.h>

#include <libsecret/secret.h>

#define HIDDEN "•••"
#define ELLIPSIS "…"
#define PICTURE_OF_NUL "␀"
/* Shorter than this, a secret may occur by chance, and what surrounds it gives it away: the whole text is hidden. */
#define SHORT_SECRET_CHARS 6
/* How many bytes an escape makes of one at most; "&#0000065;" has ten. */
#define LONGEST_ESCAPE_BYTES 12
#define MAX_COMBINING_MARKS 4
/* Foreign text may hold so many bytes for each character that is shown: invisible marks, escapes. */
#define BYTES_PER_CHAR 8

struct _PlugRedactor {
  gatomicrefcount ref_count;
  GPtrArray *secrets; /* of SecretValue */
  gsize longest_bytes;
};

/* A text as it reads when escapes are undone, and where in the original each of its bytes begins. Undoing the escapes
 * of the text, and not escaping the secret, finds a secret whichever of its characters the server chose to escape. */
typedef struct {
  char *bytes;
  guint32 *starts; /* one more than there are bytes */
  gsize length;
} View;

/* Decodes the escape at @text into at most four bytes and returns its length; 0 when there is none. */
typedef gsize (*Decoder) (const char *text,
                          gsize length,
                          char        decoded[6],
                          gsize *n_decoded);

static gsize
decode_percent (const char *text,
                gsize length,
                char        decoded[6],
                gsize *n_decoded)
{
  if (*text != '%' || length < 3 || !g_ascii_isxdigit (text[1]) || !g_ascii_isxdigit (text[2]))
    return 0;

  decoded[0] = (char) (g_ascii_xdigit_value (text[1]) << 4 | g_ascii_xdigit_value (text[2]));
  *n_decoded = 1;

  return 3;
}

/* application/x-www-form-urlencoded: "+" is a blank. */
static gsize
decode_form (const char *text,
             gsize length,
             char        decoded[6],
             gsize *n_decoded)
{
  if (*text != '+')
    return decode_percent (text, length, decoded, n_decoded);

  decoded[0] = ' ';
  *n_decoded = 1;

  return 1;
}

/* `\uXXXX`, or -1 */
static int
read_utf16_unit (const char *text,
                 gsize length)
{
  int unit = 0;

  if (length < 6 || text[0] != '\\' || text[1] != 'u')
    return -1;

  for (guint i = 2; i < 6; i++) {
    if (!g_ascii_isxdigit (text[i]))
      return -1;
    unit = unit << 4 | g_ascii_xdigit_value (text[i]);
  }

  return unit;
}

static gsize
decode_json (const char *text,
             gsize length,
             char        decoded[6],
             gsize *n_decoded)
{
  static const char letters[] = "\"\\/bfnrt'", meanings[] = "\"\\/\b\f\n\r\t'";
  const char *letter;
  int unit, low;

  if (*text != '\\' || length < 2)
    return 0;

  letter = memchr (letters, text[1], strlen (letters));
  if (letter != NULL) {
    decoded[0] = meanings[letter - letters];
    *n_decoded = 1;
    return 2;
  }

  unit = read_utf16_unit (text, length);
  if (unit < 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return 0;
  if (unit < 0xd800 || unit > 0xdbff) {
    *n_decoded = g_unichar_to_utf8 (unit, decoded);
    return 6;
  }

  low = read_utf16_unit (text + 6, length - 6);
  if (low < 0xdc00 || low > 0xdfff)
    return 0;
  *n_decoded = g_unichar_to_utf8 (0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), decoded);

  return 12;
}

/* `&#65;` or `&#x41;`, with leading zeros as some write them */
static gsize
decode_html_number (const char *text,
                    gsize length,
                    char        decoded[6],
                    gsize *n_decoded)
{
  gboolean is_hex = length > 2 && (text[2] == 'x' || text[2] == 'X');
  gsize first = is_hex ? 3 : 2, i = first;
  gunichar c = 0;

  for (; i < MIN (length, LONGEST_ESCAPE_BYTES - 1); i++) {
    int digit = is_hex ? g_ascii_xdigit_value (text[i]) : g_ascii_digit_value (text[i]);

    if (digit < 0)
      break;
    c = c * (is_hex ? 16 : 10) + digit;
  }
  if (i == first || i >= length || text[i] != ';' || c == 0 || !g_unichar_validate (c))
    return 0;
  *n_decoded = g_unichar_to_utf8 (c, decoded);

  return i + 1;
}

static gsize
decode_html (const char *text,
             gsize length,
             char        decoded[6],
             gsize *n_decoded)
{
  static const struct {
    const char *entity;
    char meaning;
  } entities[] = {
    { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
  };

  if (*text != '&' || length < 2)
    return 0;
  if (text[1] == '#')
    return decode_html_number (text, length, decoded, n_decoded);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++) {
    gsize entity_length = strlen (entities[i].entity);

    if (length >= entity_length && memcmp (text, entities[i].entity, entity_length) == 0) {
      decoded[0] = entities[i].meaning;
      *n_decoded = 1;
      return entity_length;
    }
  }

  return 0;
}

static gsize
decode_hex (const char *text,
            gsize length,
            char        decoded[6],
            gsize *n_decoded)
{
  if (length < 2 || !g_ascii_isxdigit (text[0]) || !g_ascii_isxdigit (text[1]))
    return 0;

  decoded[0] = (char) (g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
  *n_decoded = 1;

  return 2;
}

/* What a text may have gone through, the outermost escape first: a JSON text in a JSON string, a URL in HTML, … */
static const Decoder views[][2] = {
  { NULL },
  { decode_percent },
  { decode_form },
  { decode_json },
  { decode_html },
  { decode_hex },
  { decode_json, decode_json },
  { decode_json, decode_html },
  { decode_json, decode_form },
  { decode_json, decode_percent },
  { decode_html, decode_form },
  { decode_html, decode_json },
  { decode_html, decode_percent },
  { decode_percent, decode_percent },
};

static void
view_init (View *self,
           const char *text,
           gsize length)
{
  self->bytes = g_memdup2 (text, length);
  self->starts = g_new (guint32, length + 1);
  self->length = length;
  for (gsize i = 0; i <= length; i++)
    self->starts[i] = i;
}

/* In place: no escape is shorter than what it stands for. */
static void
view_decode (View *self,
             Decoder decoder)
{
  gsize n = 0;

  for (gsize i = 0; i < self->length;) {
    char decoded[6] = { self->bytes[i] };
    gsize n_decoded = 1;
    gsize used = MAX (decoder (self->bytes + i, self->length - i, decoded, &n_decoded), 1);
    guint32 start = self->starts[i];

    for (gsize k = 0; k < n_decoded; k++) {
      self->bytes[n] = decoded[k];
      self->starts[n++] = start;
    }
    i += used;
  }
  self->starts[n] = self->starts[self->length];
  self->length = n;
}

static void
view_clear (View *self)
{
  /* What was decoded in place is shorter than what was allocated; its rest is still there. */
  explicit_bzero (self->bytes, self->starts[self->length]);
  g_free (self->bytes);
  g_free (self->starts);
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '-' || c == '_';
}

/* Marks in the original what the bytes from @first to before @end of the view stand for. In base64, the characters
 * next to them hold bits of the secret too. */
static void
mark_range (const View *view,
            gsize first,
            gsize end,
            gboolean in_base64,
            char *marks)
{
  gsize last = end - 1;

  if (in_base64 && first > 0 && is_base64 (view->bytes[first - 1]))
    first--;
  if (in_base64 && end < view->length && is_base64 (view->bytes[end]))
    last++;

  /* The last byte's escape ends where another begins. */
  for (end = last + 1; end < view->length && view->starts[end] == view->starts[last]; end++)
    ;
  memset (marks + view->starts[first], 1, view->starts[end] - view->starts[first]);
}

/* For each prefix of @needle the length of its longest border: Knuth, Morris and Pratt. */
static guint32 *
compute_borders (const char *needle,
                 gsize length)
{
  guint32 *borders = g_new0 (guint32, length);
  guint32 border = 0;

  for (gsize i = 1; i < length; i++) {
    while (border > 0 && needle[border] != needle[i])
      border = borders[border - 1];
    border += needle[border] == needle[i];
    borders[i] = border;
  }

  return borders;
}

/* Marks every place where @needle stands, overlapping ones too, in linear time: memmem() is fast but knows only the
 * first, and "aaaa…" is in "aaaaaa…" at every place. */
static gboolean
mark_needle (const View *view,
             const char *needle,
             gsize length,
             gboolean in_base64,
             char *marks)
{
  const char *hit = memmem (view->bytes, view->length, needle, length);
  g_autofree guint32 *borders = NULL;
  gsize matched = 0, marked = 0;

  if (hit == NULL)
    return FALSE;

  borders = compute_borders (needle, length);
  for (gsize i = hit - view->bytes; i < view->length; i++) {
    while (matched > 0 && needle[matched] != view->bytes[i])
      matched = borders[matched - 1];
    matched += needle[matched] == view->bytes[i];
    if (matched == length) {
      mark_range (view, MAX (marked, i + 1 - length), i + 1, in_base64, marks);
      marked = i + 1;
      matched = borders[length - 1];
    }
  }

  return TRUE;
}

/* Inside base64 the same bytes look different for each of three alignments; a character that also holds bits of a
 * neighbour is not part of what is searched. */
static gboolean
mark_base64 (const View *view,
             const char *secret,
             gsize length,
             char *marks)
{
  gboolean found = FALSE;

  for (gsize shift = 0; shift < 3; shift++) {
    g_autofree guchar *shifted = g_malloc0 (shift + length);
    g_autoptr (PlugSecretString) encoded = NULL;
    gsize first = (8 * shift + 5) / 6;
    gsize end = 8 * (shift + length) / 6;

    memcpy (shifted + shift, secret, length);
    encoded = g_base64_encode (shifted, shift + length);
    explicit_bzero (shifted, shift + length);

    /* A single character would be found anywhere. */
    if (end < first + 2)
      continue;
    found |= mark_needle (view, encoded + first, end - first, TRUE, marks);
    g_strdelimit (encoded, "+", '-');
    g_strdelimit (encoded, "/", '_');
    found |= mark_needle (view, encoded + first, end - first, TRUE, marks);
  }

  return found;
}

/* TRUE when a short secret occurs: then nothing may be shown. */
static gboolean
mark_secrets (PlugRedactor *self,
              const View *view,
              char *marks)
{
  gboolean hide_all = FALSE;

  for (guint i = 0; i < self->secrets->len; i++) {
    gsize length;
    const char *secret = secret_value_get (g_ptr_array_index (self->secrets, i), &length);
    gboolean found = mark_needle (view, secret, length, FALSE, marks);

    found |= mark_base64 (view, secret, length, marks);
    hide_all |= found && g_utf8_strlen (secret, length) < SHORT_SECRET_CHARS;
  }

  return hide_all;
}

/* When the text goes on behind @length, what may be the beginning of a secret is cut off its end. */
static char *
redact (PlugRedactor *self,
        const char *text,
        gsize length,
        gboolean goes_on)
{
  g_autofree char *marks = g_malloc0 (length + 1);
  gsize reach = goes_on ? MIN (length, self->longest_bytes * LONGEST_ESCAPE_BYTES) : 0;
  gboolean hide_all = FALSE;
  GString *result;

  for (guint i = 0; i < G_N_ELEMENTS (views) && self->secrets->len > 0 && length > 0; i++) {
    View view;

    view_init (&view, text, length);
    for (guint k = 0; k < G_N_ELEMENTS (views[i]) && views[i][k] != NULL; k++)
      view_decode (&view, views[i][k]);
    hide_all |= mark_secrets (self, &view, marks);
    view_clear (&view);
  }
  if (hide_all)
    return g_strdup (HIDDEN);

  result = g_string_sized_new (length);
  for (gsize i = 0; i < length - reach; i++) {
    if (!marks[i])
      g_string_append_c (result, text[i]);
    else if (i == 0 || !marks[i - 1])
      g_string_append (result, HIDDEN);
  }

  return g_string_free (result, FALSE);
}

static gboolean
is_invisible (gunichar c)
{
  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT: /* bidirectional controls, zero-width characters, tags */
  case G_UNICODE_UNASSIGNED:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return TRUE;
  default:
    /* Letters of Hangul that show nothing */
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
  else if (is_invisible (c))
    g_string_append_printf (result, "⟨U+%04X⟩", c);
  else
    g_string_append_unichar (result, c);
}

/* No more than @max_chars characters of @text; TRUE in @goes_on when it has more. */
static char *
make_visible (const char *text,
              gsize max_chars,
              gboolean keep_lines,
              gboolean *goes_on)
{
  GString *result = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  guint n_marks = 0;
  gsize n_chars = 0;

  const char *p;

  for (p = valid; *p != '\0' && n_chars < max_chars; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\r' && p[1] == '\n')
      continue;
    n_marks = g_unichar_ismark (c) ? n_marks + 1 : 0;
    if (n_marks > MAX_COMBINING_MARKS)
      continue;
    append_visible (result, c, keep_lines);
    n_chars++;
  }
  *goes_on = *p != '\0';

  return g_string_free (result, FALSE);
}

/* A NUL would end the string. */
static GString *
copy_without_nul (const char *text,
                  gsize length)
{
  GString *copy = g_string_sized_new (length);
  const char *end = text + length;

  while (text < end) {
    const char *nul = memchr (text, '\0', end - text);

    plug_text_append (copy, text, (nul != NULL ? nul : end) - text);
    if (nul == NULL)
      break;
    plug_text_append (copy, PICTURE_OF_NUL, strlen (PICTURE_OF_NUL));
    text = nul + 1;
  }

  return copy;
}

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
  gsize length = secret != NULL ? strlen (secret) : 0;

  if (length == 0)
    return;
  for (guint i = 0; i < self->secrets->len; i++) {
    if (g_str_equal (secret_value_get_text (g_ptr_array_index (self->secrets, i)), secret))
      return;
  }

  g_ptr_array_add (self->secrets, secret_value_new (secret, length, "text/plain"));
  self->longest_bytes = MAX (self->longest_bytes, length);
}

char *
plug_redactor_apply (PlugRedactor *self,
                     const char *text)
{
  return redact (self, text, strlen (text), FALSE);
}

char *
plug_text_from_untrusted (PlugRedactor *redactor,
                          const char *text,
                          gssize length,
                          gsize max_chars)
{
  g_autoptr (PlugRedactor) known = redactor != NULL ? plug_redactor_ref (redactor) : plug_redactor_new ();
  gsize reach = LONGEST_ESCAPE_BYTES * known->longest_bytes;
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  gsize window = BYTES_PER_CHAR * (max_chars + 1) + 2 * reach;
  gboolean keep_lines = max_chars > PLUG_TEXT_VERDICT_CHARS, goes_on = FALSE;
  GString *copy = copy_without_nul (text, MIN (size, window));
  g_autofree char *redacted = redact (known, copy->str, copy->len, size > window);
  g_autofree char *visible = make_visible (redacted, max_chars + 1 + reach, keep_lines, &goes_on);
  g_autofree char *result = redact (known, visible, strlen (visible), goes_on);
  gsize n_chars = g_utf8_strlen (result, -1);

  explicit_bzero (copy->str, copy->len);
  g_string_free (copy, TRUE);
  if (n_chars <= max_chars && size <= window && !goes_on)
    return g_steal_pointer (&result);

  *g_utf8_offset_to_pointer (result, MIN (n_chars, MAX (max_chars, 1) - 1)) = '\0';

  return g_strconcat (result, ELLIPSIS, NULL);
}

void
plug_text_append (GString *buffer,
                  const char *text,
                  gsize length)
{
  if (buffer->len + length + 1 > buffer->allocated_len) {
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
plug_text_append_xml (GString *buffer,
                      const char *text)
{
  static const char * const references[0x40] = {
    ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;", ['"'] = "&quot;", ['&'] = "&amp;", ['\''] = "&apos;",
    ['<'] = "&lt;", ['>'] = "&gt;",
  };

  for (const char *p = text; *p != '\0';) {
    guchar c = (guchar) *p;
    gboolean is_noncharacter = strncmp (p, "\uFFFE", 3) == 0 || strncmp (p, "\uFFFF", 3) == 0;
    const char *reference = c < G_N_ELEMENTS (references) ? references[c] : NULL;

    if (reference == NULL && (c < ' ' || is_noncharacter))
      reference = "\uFFFD";
    if (reference != NULL)
      plug_text_append (buffer, reference, strlen (reference));
    else
      plug_text_append (buffer, p, 1);
    p += is_noncharacter ? 3 : 1;
  }
}

void
plug_text_wipe (char *text)
{
  if (text == NULL)
    return;

  explicit_bzero (text, strlen (text));
  g_free (text);
}
