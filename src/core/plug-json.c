/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strchrnul() */
#include "config.h"

#include "plug-json.h"

#include <math.h>
#include <string.h>

#include "plug-error.h"

/* What the scanner wants next. */
typedef enum {
  WANT_VALUE,
  WANT_VALUE_OR_END, /* behind "[" */
  WANT_NAME,
  WANT_NAME_OR_END, /* behind "{" */
  WANT_COLON,
  WANT_COMMA_OR_END,
  WANT_NOTHING, /* the document is complete */
} Want;

typedef struct {
  const char *text;
  const char *cursor;
  const char *end;
  const char *reason; /* set once, when something is wrong; then cursor is the place */

  guint depth;
  char kinds[PLUG_JSON_MAX_DEPTH]; /* '{' or '[' of each open level */
  GHashTable *names[PLUG_JSON_MAX_DEPTH];
} Scanner;

static gboolean
fail (Scanner *self,
      const char *reason)
{
  if (self->reason == NULL)
    self->reason = reason;
  return FALSE;
}

static void
count_position (const char *text,
                const char *place,
                guint *line,
                guint *column)
{
  *line = 1;
  *column = 1;
  for (const char *p = text; p < place; p++)
    {
      if (*p == '\n')
        {
          *line += 1;
          *column = 1;
        }
      else if (((guchar) *p & 0xc0) != 0x80)
        *column += 1;
    }
}

static void
skip_blanks (Scanner *self)
{
  while (self->cursor < self->end &&
         (*self->cursor == ' ' || *self->cursor == '\t' || *self->cursor == '\n' || *self->cursor == '\r'))
    self->cursor++;
}

static gboolean
read_hex4 (Scanner *self,
           gunichar *unit)
{
  *unit = 0;
  if (self->end - self->cursor < 4)
    return fail (self, "a \\u escape needs four hexadecimal digits");
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (self->cursor[i]);

      if (digit < 0)
        return fail (self, "a \\u escape needs four hexadecimal digits");
      *unit = *unit << 4 | (guint) digit;
    }
  self->cursor += 4;
  return TRUE;
}

/* Behind "\u". */
static gboolean
read_unicode_escape (Scanner *self,
                     GString *unescaped)
{
  gunichar unit, low;

  if (!read_hex4 (self, &unit))
    return FALSE;
  if (unit == 0)
    return fail (self, "\\u0000 is not allowed");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return fail (self, "a surrogate stands alone");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (self->end - self->cursor < 2 || self->cursor[0] != '\\' || self->cursor[1] != 'u')
        return fail (self, "a surrogate stands alone");
      self->cursor += 2;
      if (!read_hex4 (self, &low))
        return FALSE;
      if (low < 0xdc00 || low > 0xdfff)
        return fail (self, "a surrogate stands alone");
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  if (unescaped != NULL)
    g_string_append_unichar (unescaped, unit);
  return TRUE;
}

/* Behind the opening quote; @unescaped may be NULL. */
static gboolean
read_string (Scanner *self,
             GString *unescaped)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";

  while (self->cursor < self->end)
    {
      char c = *self->cursor;

      if (c == '"')
        {
          self->cursor++;
          return TRUE;
        }
      if ((guchar) c < 0x20)
        return fail (self, "a control character stands unescaped in a string");
      self->cursor++;
      if (c != '\\')
        {
          if (unescaped != NULL)
            g_string_append_c (unescaped, c);
          continue;
        }
      if (self->cursor >= self->end)
        break;
      c = *self->cursor;
      if (c == 'u')
        {
          self->cursor++;
          if (!read_unicode_escape (self, unescaped))
            return FALSE;
        }
      else
        {
          const char *escape = c == '\0' ? NULL : strchr (escapes, c);

          if (escape == NULL)
            return fail (self, "unknown escape in a string");
          if (unescaped != NULL)
            g_string_append_c (unescaped, meanings[escape - escapes]);
          self->cursor++;
        }
    }
  return fail (self, "a string is not closed");
}

static gboolean
read_digits (Scanner *self)
{
  const char *start = self->cursor;

  while (self->cursor < self->end && g_ascii_isdigit (*self->cursor))
    self->cursor++;
  return self->cursor > start || fail (self, "a digit is missing in a number");
}

static gboolean
read_number (Scanner *self)
{
  const char *start = self->cursor;
  g_autofree char *copy = NULL;

  if (*self->cursor == '-')
    self->cursor++;
  if (self->cursor < self->end && *self->cursor == '0')
    self->cursor++;
  else if (!read_digits (self))
    return FALSE;
  if (self->cursor < self->end && *self->cursor == '.')
    {
      self->cursor++;
      if (!read_digits (self))
        return FALSE;
    }
  if (self->cursor < self->end && (*self->cursor == 'e' || *self->cursor == 'E'))
    {
      self->cursor++;
      if (self->cursor < self->end && (*self->cursor == '+' || *self->cursor == '-'))
        self->cursor++;
      if (!read_digits (self))
        return FALSE;
    }

  /* Without fraction or exponent, up to 300 digits are always finite. */
  if (self->cursor - start <= 18)
    {
      gboolean scaled = memchr (start, 'e', (gsize) (self->cursor - start)) != NULL ||
                        memchr (start, 'E', (gsize) (self->cursor - start)) != NULL;
      if (!scaled)
        return TRUE;
    }
  copy = g_strndup (start, (gsize) (self->cursor - start));
  if (!isfinite (g_ascii_strtod (copy, NULL)))
    {
      self->cursor = start;
      return fail (self, "a number is too large");
    }
  return TRUE;
}

static gboolean
read_word (Scanner *self)
{
  static const char * const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->cursor) >= length && memcmp (self->cursor, words[i], length) == 0)
        {
          self->cursor += length;
          return TRUE;
        }
    }
  return fail (self, "a value is missing");
}

static gboolean
open_level (Scanner *self,
            char kind)
{
  if (self->depth == PLUG_JSON_MAX_DEPTH)
    return fail (self, "nested too deeply");
  self->kinds[self->depth] = kind;
  self->names[self->depth] = NULL;
  self->depth++;
  self->cursor++;
  return TRUE;
}

static Want
close_level (Scanner *self)
{
  self->cursor++;
  self->depth--;
  g_clear_pointer (&self->names[self->depth], g_hash_table_unref);
  return self->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
}

static gboolean
read_value (Scanner *self,
            Want *want)
{
  char c = *self->cursor;

  *want = self->depth == 0 ? WANT_NOTHING : WANT_COMMA_OR_END;
  switch (c)
    {
    case '{':
      *want = WANT_NAME_OR_END;
      return open_level (self, c);
    case '[':
      *want = WANT_VALUE_OR_END;
      return open_level (self, c);
    case '"':
      self->cursor++;
      return read_string (self, NULL);
    default:
      return c == '-' || g_ascii_isdigit (c) ? read_number (self) : read_word (self);
    }
}

static gboolean
read_name (Scanner *self)
{
  g_autoptr (GString) name = g_string_new (NULL);
  const char *start = self->cursor;
  GHashTable **names = &self->names[self->depth - 1];

  if (*self->cursor != '"')
    return fail (self, "a member's name in double quotes is missing");
  self->cursor++;
  if (!read_string (self, name))
    return FALSE;
  if (*names == NULL)
    *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_add (*names, g_strdup (name->str)))
    {
      self->cursor = start;
      return fail (self, "a member's name occurs twice");
    }
  return TRUE;
}

static gboolean
scan_token (Scanner *self,
            Want *want)
{
  char c = *self->cursor;
  char closing = self->depth > 0 && self->kinds[self->depth - 1] == '{' ? '}' : ']';

  switch (*want)
    {
    case WANT_VALUE_OR_END:
      if (c == ']')
        {
          *want = close_level (self);
          return TRUE;
        }
      return read_value (self, want);
    case WANT_VALUE:
      return read_value (self, want);
    case WANT_NAME_OR_END:
      if (c == '}')
        {
          *want = close_level (self);
          return TRUE;
        }
      *want = WANT_COLON;
      return read_name (self);
    case WANT_NAME:
      *want = WANT_COLON;
      return read_name (self);
    case WANT_COLON:
      if (c != ':')
        return fail (self, "a colon is missing");
      self->cursor++;
      *want = WANT_VALUE;
      return TRUE;
    case WANT_COMMA_OR_END:
      if (c == closing)
        {
          *want = close_level (self);
          return TRUE;
        }
      if (c != ',')
        return fail (self, "a comma is missing");
      self->cursor++;
      *want = closing == '}' ? WANT_NAME : WANT_VALUE;
      return TRUE;
    case WANT_NOTHING:
    default:
      return fail (self, "something stands behind the end");
    }
}

static gboolean
scan (Scanner *self)
{
  Want want = WANT_VALUE;
  gboolean good = TRUE;

  skip_blanks (self);
  while (good && self->cursor < self->end)
    {
      good = scan_token (self, &want);
      if (good)
        skip_blanks (self);
    }
  if (good && want != WANT_NOTHING)
    good = fail (self, self->depth == 0 ? "it is empty" : "it ends too early");
  while (self->depth > 0)
    g_clear_pointer (&self->names[--self->depth], g_hash_table_unref);
  return good;
}

gboolean
plug_json_check (const char *text,
                 gssize length,
                 GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  Scanner scanner = { .text = text, .cursor = text, .end = text + size };
  const char *invalid;
  guint line, column;

  if (size > PLUG_JSON_MAX_BYTES)
    {
      g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON, "larger than 1 MiB");
      return FALSE;
    }
  if (!g_utf8_validate_len (text, size, &invalid))
    {
      scanner.cursor = invalid;
      fail (&scanner, *invalid == '\0' ? "a NUL byte stands in it" : "it is not UTF-8");
    }
  else if (scan (&scanner))
    return TRUE;

  count_position (text, scanner.cursor, &line, &column);
  g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON, "%s, line %u, column %u", scanner.reason, line, column);
  return FALSE;
}

JsonNode *
plug_json_parse (const char *text,
                 gssize length,
                 GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;

  if (!plug_json_check (text, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &parse_error))
    {
      g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_JSON, "%s", parse_error->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

char *
plug_json_quote_numbers (const char *text)
{
  GString *quoted = g_string_sized_new (strlen (text) + 16);
  gboolean in_string = FALSE;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = in_string ? 0 : strspn (p, "+-.0123456789eE");

      /* Only a number begins so: "true", "false" and "null" hold an e, but do not begin with one. */
      if (length > 0 && (*p == '-' || g_ascii_isdigit (*p)))
        {
          g_string_append_printf (quoted, "\"%.*s\"", (int) length, p);
          p += length;
          continue;
        }
      if (in_string && *p == '\\' && p[1] != '\0')
        g_string_append_c (quoted, *p++);
      else if (*p == '"')
        in_string = !in_string;
      g_string_append_c (quoted, *p++);
    }
  return g_string_free (quoted, FALSE);
}

/* The next reference token of a pointer, unescaped; @cursor stands on its "/". */
static char *
next_token (const char **cursor)
{
  const char *start = *cursor + 1;
  const char *end = strchrnul (start, '/');
  GString *token = g_string_new (NULL);

  for (const char *p = start; p < end; p++)
    {
      if (*p == '~' && (p[1] == '0' || p[1] == '1'))
        g_string_append_c (token, *++p == '0' ? '~' : '/');
      else
        g_string_append_c (token, *p);
    }
  *cursor = end;
  return g_string_free (token, FALSE);
}

/* RFC 6901, section 4: digits without a leading zero. */
static gboolean
token_to_index (const char *token,
                guint *index)
{
  guint64 value;

  if (token[0] == '0' && token[1] != '\0')
    return FALSE;
  if (!g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT, &value, NULL))
    return FALSE;
  *index = (guint) value;
  return TRUE;
}

gboolean
plug_json_pointer_is_valid (const char *pointer)
{
  if (*pointer != '\0' && *pointer != '/')
    return FALSE;
  for (const char *p = strchr (pointer, '~'); p != NULL; p = strchr (p + 1, '~'))
    if (p[1] != '0' && p[1] != '1')
      return FALSE;
  return g_utf8_validate (pointer, -1, NULL);
}

JsonNode *
plug_json_resolve (JsonNode *root,
                   const char *pointer)
{
  JsonNode *node = root;

  if (!plug_json_pointer_is_valid (pointer))
    return NULL;
  while (node != NULL && *pointer != '\0')
    {
      g_autofree char *token = next_token (&pointer);
      guint index;

      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), token);
      else if (JSON_NODE_HOLDS_ARRAY (node) && token_to_index (token, &index) &&
               index < json_array_get_length (json_node_get_array (node)))
        node = json_array_get_element (json_node_get_array (node), index);
      else
        node = NULL;
    }
  return node;
}

char *
plug_json_dup_scalar (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/* Over a value of text that is known to be good. */
static void
skip_value (Scanner *self)
{
  guint depth = 0;

  do
    {
      skip_blanks (self);
      switch (*self->cursor)
        {
        case '{':
        case '[':
          depth++;
          self->cursor++;
          break;
        case '}':
        case ']':
          depth--;
          self->cursor++;
          break;
        case '"':
          self->cursor++;
          read_string (self, NULL);
          break;
        case ',':
        case ':':
          self->cursor++;
          break;
        default:
          while (self->cursor < self->end && strchr ("+-.", *self->cursor) != NULL)
            self->cursor++;
          while (self->cursor < self->end && (g_ascii_isalnum (*self->cursor) || strchr ("+-.", *self->cursor) != NULL))
            self->cursor++;
        }
      if (depth > 0)
        skip_blanks (self);
    }
  while (depth > 0 && self->cursor < self->end);
  skip_blanks (self);
}

static gboolean
enter_member (Scanner *self,
              const char *token)
{
  self->cursor++;
  for (skip_blanks (self); self->cursor < self->end && *self->cursor == '"'; skip_blanks (self))
    {
      g_autoptr (GString) name = g_string_new (NULL);

      self->cursor++;
      read_string (self, name);
      skip_blanks (self);
      self->cursor++; /* the colon */
      skip_blanks (self);
      if (g_str_equal (name->str, token))
        return TRUE;
      skip_value (self);
      if (self->cursor < self->end && *self->cursor == ',')
        self->cursor++;
    }
  return FALSE;
}

static gboolean
enter_element (Scanner *self,
               const char *token)
{
  guint index;

  if (!token_to_index (token, &index))
    return FALSE;
  self->cursor++;
  for (skip_blanks (self); self->cursor < self->end && *self->cursor != ']'; skip_blanks (self))
    {
      if (index-- == 0)
        return TRUE;
      skip_value (self);
      if (*self->cursor == ',')
        self->cursor++;
    }
  return FALSE;
}

gboolean
plug_json_locate (const char *text,
                  const char *pointer,
                  guint *line,
                  guint *column)
{
  Scanner scanner = { .text = text, .cursor = text, .end = text + strlen (text) };

  if (!plug_json_pointer_is_valid (pointer) || !plug_json_check (text, -1, NULL))
    return FALSE;
  skip_blanks (&scanner);
  while (*pointer != '\0')
    {
      g_autofree char *token = next_token (&pointer);
      gboolean found = *scanner.cursor == '{'   ? enter_member (&scanner, token)
                       : *scanner.cursor == '[' ? enter_element (&scanner, token)
                                                : FALSE;
      if (!found)
        return FALSE;
    }
  count_position (text, scanner.cursor, line, column);
  return TRUE;
}
