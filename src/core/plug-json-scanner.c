/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-json-scanner.h"

#include <math.h>
#include <string.h>

#include "plug-error.h"
#include "plug-json.h"

/* Of one object; by chance two names of a thousand have the same hash once in ten thousand objects. */
#define MAX_EQUAL_HASHES 32

typedef enum {
  STATE_VALUE,
  STATE_VALUE_OR_END,
  STATE_NAME,
  STATE_NAME_OR_END,
  STATE_SEPARATOR, /* after a value: a comma, the end of its container, or the end of the text */
} State;

typedef struct {
  gboolean is_object;
  guint first_name; /* of its names in Scanner.names */
} Frame;

typedef struct {
  const char *text; /* unescaped; in Scanner.name_chunk */
  const char *start;
} Name;

typedef struct {
  const char *text;
  const char *end;
  const char *position;
  State state;
  Frame frames[PLUG_JSON_MAX_DEPTH];
  guint depth;
  GArray *names; /* of all open objects, innermost last */
  GStringChunk *name_chunk;
  char *scratch; /* as long as the text, hence never moved: no copy of a secret is left behind */
  gsize scratch_used;
  PlugJsonTokenFunc func;
  gpointer user_data;
  GError **error;
} Scanner;

/* Counts bytes that begin a character, so it is safe on text that is not UTF-8. */
void
plug_json_find_line_and_column (const char *text,
                                const char *at,
                                guint *line,
                                guint *column)
{
  *line = 1;
  *column = 1;
  for (const char *p = text; p < at; p++) {
    if (*p == '\n') {
      *line += 1;
      *column = 1;
    } else if (((guchar) *p & 0xc0) != 0x80) {
      *column += 1;
    }
  }
}

static gboolean
fail_at (const char *text,
         const char *at,
         const char *what,
         GError **error)
{
  guint line, column;

  plug_json_find_line_and_column (text, at, &line, &column);
  g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON, "%s, line %u, column %u", what, line, column);

  return FALSE;
}

static gboolean
fail (Scanner *self,
      const char *at,
      const char *what)
{
  return fail_at (self->text, at, at >= self->end ? "The JSON text ends too early" : what, self->error);
}

/* NUL at the end: the text itself has none, UTF-8 validation refused it. */
static char
peek (const Scanner *self)
{
  return self->position < self->end ? *self->position : '\0';
}

static void
emit (Scanner *self,
      PlugJsonTokenType type,
      const char *start,
      const char *text)
{
  PlugJsonToken token = { .type = type, .start = start, .length = self->position - start, .text = text };

  if (self->func != NULL)
    self->func (&token, self->user_data);
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
skip_blanks (Scanner *self)
{
  while (self->position < self->end && is_blank (*self->position))
    self->position++;
}

/* Four hexadecimal digits at the position, or -1. */
static int
take_hex4 (Scanner *self)
{
  int code = 0;

  if (self->end - self->position < 4)
    return -1;

  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (self->position[i]);

    if (digit < 0)
      return -1;
    code = code << 4 | digit;
  }
  self->position += 4;

  return code;
}

/* The position is behind `\u`, which stands at @start. */
static gboolean
scan_unicode_escape (Scanner *self,
                     const char *start,
                     char **out)
{
  int code = take_hex4 (self);

  if (code < 0)
    return fail (self, start, "\\u needs four hexadecimal digits");
  if (code == 0)
    return fail (self, start, "\\u0000 is not allowed");

  if (code >= 0xd800 && code <= 0xdfff) {
    int low = -1;

    if (code <= 0xdbff && self->end - self->position >= 6 && self->position[0] == '\\' && self->position[1] == 'u') {
      self->position += 2;
      low = take_hex4 (self);
    }
    if (low < 0xdc00 || low > 0xdfff)
      return fail (self, start, "Half of a surrogate pair");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  }

  *out += g_unichar_to_utf8 (code, *out);

  return TRUE;
}

static gboolean
scan_escape (Scanner *self,
             char **out)
{
  static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *start = self->position++;
  const char *letter;
  char c = peek (self);

  if (c == '\0')
    return fail (self, self->end, NULL);

  self->position++;
  if (c == 'u')
    return scan_unicode_escape (self, start, out);

  letter = strchr (letters, c);
  if (letter == NULL)
    return fail (self, start, "Unknown escape");
  *(*out)++ = meanings[letter - letters];

  return TRUE;
}

/* The position is on the opening quote; afterwards behind the closing one, the unescaped text in the scratch. An
 * escape is never shorter than what it stands for, so the scratch is always long enough. */
static gboolean
scan_string (Scanner *self)
{
  char *out = self->scratch;

  self->position++;
  while (peek (self) != '"') {
    guchar c = (guchar) peek (self);

    if (self->position >= self->end)
      return fail (self, self->end, NULL);
    if (c < 0x20)
      return fail (self, self->position, "A control character in a string must be escaped");

    if (c != '\\')
      *out++ = *self->position++;
    else if (!scan_escape (self, &out))
      return FALSE;
  }
  self->position++;
  *out = '\0';
  self->scratch_used = MAX (self->scratch_used, (gsize) (out - self->scratch));

  return TRUE;
}

static gboolean
skip_digits (Scanner *self)
{
  const char *start = self->position;

  while (g_ascii_isdigit (peek (self)))
    self->position++;

  return self->position > start;
}

/* RFC 8259, section 6 */
static gboolean
scan_number (Scanner *self)
{
  const char *start = self->position;
  gboolean has_exponent = FALSE;

  if (peek (self) == '-')
    self->position++;
  if (peek (self) == '0')
    self->position++;
  else if (!skip_digits (self))
    return fail (self, self->position, "A digit is missing");

  if (peek (self) == '.') {
    self->position++;
    if (!skip_digits (self))
      return fail (self, self->position, "A digit is missing");
  }
  if (peek (self) == 'e' || peek (self) == 'E') {
    has_exponent = TRUE;
    self->position++;
    if (peek (self) == '+' || peek (self) == '-')
      self->position++;
    if (!skip_digits (self))
      return fail (self, self->position, "A digit is missing");
  }

  /* 300 digits are below the largest double; only the rest needs to be computed. */
  if (has_exponent || self->position - start > 300) {
    g_autofree char *copy = g_strndup (start, self->position - start);

    if (!isfinite (g_ascii_strtod (copy, NULL)))
      return fail (self, start, "The number is too large");
  }
  emit (self, PLUG_JSON_NUMBER, start, NULL);

  return TRUE;
}

static gboolean
scan_word (Scanner *self,
           const char *word,
           PlugJsonTokenType type)
{
  const char *start = self->position;
  gsize length = strlen (word);

  if ((gsize) (self->end - start) < length || memcmp (start, word, length) != 0)
    return fail (self, start, "A value is expected");

  self->position += length;
  emit (self, type, start, NULL);

  return TRUE;
}

static gboolean
open_container (Scanner *self,
                gboolean is_object)
{
  const char *start = self->position;

  if (self->depth == PLUG_JSON_MAX_DEPTH)
    return fail (self, start, "Nested too deeply");

  self->frames[self->depth].is_object = is_object;
  self->frames[self->depth].first_name = self->names->len;
  self->depth++;
  self->position++;
  self->state = is_object ? STATE_NAME_OR_END : STATE_VALUE_OR_END;
  emit (self, is_object ? PLUG_JSON_OBJECT : PLUG_JSON_ARRAY, start, NULL);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer user_data)
{
  const Name *left = a, *right = b;
  int order = strcmp (left->text, right->text);

  if (order != 0)
    return order;

  return left->start < right->start ? -1 : left->start > right->start;
}

static int
compare_hashes (gconstpointer a,
                gconstpointer b,
                gpointer user_data)
{
  guint left = *(const guint *) a, right = *(const guint *) b;

  return left < right ? -1 : left > right;
}

/* json-glib keeps the members of an object in a hash table without a seed, so somebody who wants to can choose names
 * that all collide: 32,000 of them fit into 1 MiB and take it eight seconds. Nothing else has so many. */
static gboolean
have_one_hash (const Name *names,
               guint n_names)
{
  g_autofree guint *hashes = NULL;

  if (n_names <= MAX_EQUAL_HASHES)
    return FALSE;

  hashes = g_new (guint, n_names);
  for (guint i = 0; i < n_names; i++)
    hashes[i] = g_str_hash (names[i].text);
  g_qsort_with_data (hashes, n_names, sizeof *hashes, compare_hashes, NULL);
  for (guint i = MAX_EQUAL_HASHES; i < n_names; i++) {
    if (hashes[i] == hashes[i - MAX_EQUAL_HASHES])
      return TRUE;
  }

  return FALSE;
}

/* Sorting bounds the time: a hash table would have the fault that have_one_hash() looks for. */
static gboolean
check_names (Scanner *self)
{
  guint first = self->frames[self->depth - 1].first_name;
  Name *names = (Name *) (gpointer) self->names->data + first;
  guint n_names = self->names->len - first;

  if (n_names < 2)
    return TRUE;

  g_qsort_with_data (names, n_names, sizeof *names, compare_names, NULL);
  for (guint i = 1; i < n_names; i++) {
    if (g_str_equal (names[i - 1].text, names[i].text))
      return fail (self, names[i].start, "Two members of one object have this name");
  }
  if (have_one_hash (names, n_names))
    return fail (self, self->position, "The member names of this object are made to collide");

  return TRUE;
}

static gboolean
close_container (Scanner *self)
{
  Frame *frame = &self->frames[self->depth - 1];
  const char *start = self->position;

  if (frame->is_object && !check_names (self))
    return FALSE;

  g_array_set_size (self->names, frame->first_name);
  self->depth--;
  self->position++;
  self->state = STATE_SEPARATOR;
  emit (self, PLUG_JSON_END, start, NULL);

  return TRUE;
}

static gboolean
scan_value (Scanner *self)
{
  const char *start = self->position;

  self->state = STATE_SEPARATOR;
  switch (peek (self)) {
  case '{':
    return open_container (self, TRUE);
  case '[':
    return open_container (self, FALSE);
  case '"':
    if (!scan_string (self))
      return FALSE;
    emit (self, PLUG_JSON_STRING, start, self->scratch);
    return TRUE;
  case 't':
    return scan_word (self, "true", PLUG_JSON_TRUE);
  case 'f':
    return scan_word (self, "false", PLUG_JSON_FALSE);
  case 'n':
    return scan_word (self, "null", PLUG_JSON_NULL);
  default:
    if (peek (self) == '-' || g_ascii_isdigit (peek (self)))
      return scan_number (self);
    return fail (self, start, "A value is expected");
  }
}

static gboolean
scan_name (Scanner *self)
{
  Name name = { .start = self->position };

  if (peek (self) != '"')
    return fail (self, self->position, "A member name in double quotes is expected");
  if (!scan_string (self))
    return FALSE;

  if (self->func == NULL) {
    name.text = g_string_chunk_insert (self->name_chunk, self->scratch);
    g_array_append_val (self->names, name);
  }
  emit (self, PLUG_JSON_NAME, name.start, self->scratch);

  skip_blanks (self);
  if (peek (self) != ':')
    return fail (self, self->position, "A colon is expected");
  self->position++;
  self->state = STATE_VALUE;

  return TRUE;
}

static gboolean
scan_separator (Scanner *self)
{
  gboolean is_object = self->frames[self->depth - 1].is_object;

  if (peek (self) == (is_object ? '}' : ']'))
    return close_container (self);
  if (peek (self) != ',')
    return fail (self, self->position, is_object ? "A comma or } is expected" : "A comma or ] is expected");

  self->position++;
  self->state = is_object ? STATE_NAME : STATE_VALUE;

  return TRUE;
}

static gboolean
scan_step (Scanner *self)
{
  switch (self->state) {
  case STATE_VALUE_OR_END:
    return peek (self) == ']' ? close_container (self) : scan_value (self);
  case STATE_NAME_OR_END:
    return peek (self) == '}' ? close_container (self) : scan_name (self);
  case STATE_NAME:
    return scan_name (self);
  case STATE_SEPARATOR:
    return scan_separator (self);
  case STATE_VALUE:
  default:
    return scan_value (self);
  }
}

static gboolean
scan_document (Scanner *self)
{
  skip_blanks (self);
  if (self->position == self->end)
    return fail_at (self->text, self->position, "The JSON text is empty", self->error);

  while (self->state != STATE_SEPARATOR || self->depth > 0) {
    if (!scan_step (self))
      return FALSE;
    skip_blanks (self);
  }
  if (self->position < self->end)
    return fail (self, self->position, "Text behind the end of the JSON value");

  return TRUE;
}

gboolean
plug_json_scan (const char *text,
                gssize length,
                PlugJsonTokenFunc func,
                gpointer user_data,
                GError **error)
{
  Scanner self = { .text = text, .position = text, .func = func, .user_data = user_data, .error = error };
  gsize n_bytes = length < 0 ? strnlen (text, PLUG_JSON_MAX_BYTES + 1) : (gsize) length;
  const char *invalid;
  gboolean valid;

  if (n_bytes > PLUG_JSON_MAX_BYTES)
    return fail_at (text, text + PLUG_JSON_MAX_BYTES, "The JSON text is longer than 1 MiB", error);
  if (n_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    return fail_at (text, text, "A byte order mark, which JSON does not have", error);
  if (!g_utf8_validate_len (text, n_bytes, &invalid))
    return fail_at (text, invalid, *invalid == '\0' ? "A NUL byte" : "Not UTF-8", error);

  self.end = text + n_bytes;
  self.names = g_array_new (FALSE, FALSE, sizeof (Name));
  self.name_chunk = g_string_chunk_new (1024);
  self.scratch = g_malloc (n_bytes + 1);

  valid = scan_document (&self);

  explicit_bzero (self.scratch, self.scratch_used);
  g_free (self.scratch);
  g_string_chunk_free (self.name_chunk);
  g_array_unref (self.names);

  return valid;
}
