/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-token.h"

#include <string.h>

#include "plug-json.h"

#define MAX_TOKEN_BYTES 16384
#define TEN_YEARS_SECONDS (G_GINT64_CONSTANT (10) * 365 * 24 * 3600)

/* plug_json_locate() counts characters; NULL when nothing is there. */
static char *
find_value (PlugBuffer *answer,
            const char *pointer)
{
  char *place = answer->text;
  guint line, column;

  if (pointer == NULL || !plug_json_locate (answer->text, pointer, &line, &column))
    return NULL;
  for (; line > 1; line--)
    place = strchr (place, '\n') + 1;

  return g_utf8_offset_to_pointer (place, column - 1);
}

static const char *
append_unicode (PlugBuffer *text,
                const char *digits)
{
  gunichar character = g_ascii_strtoull (((char[5]) { digits[0], digits[1], digits[2], digits[3], '\0' }), NULL, 16);
  char utf8[6];

  digits += 4;
  if (character >= 0xd800 && character < 0xdc00) {
    gunichar low = g_ascii_strtoull (((char[5]) { digits[2], digits[3], digits[4], digits[5], '\0' }), NULL, 16);

    character = 0x10000 + ((character - 0xd800) << 10) + (low - 0xdc00);
    digits += 6;
  }
  plug_buffer_append (text, utf8, g_unichar_to_utf8 (character, utf8));

  return digits;
}

/* Takes the string whose opening quote @place is at out of JSON that plug_json_check() has accepted, and overwrites it. */
static PlugBuffer *
take_string (char *place)
{
  static const char escapes[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  PlugBuffer *text = plug_buffer_new ();
  const char *cursor = place + 1;

  while (*cursor != '"') {
    if (*cursor != '\\') {
      plug_buffer_append (text, cursor++, 1);
    } else if (cursor[1] == 'u') {
      cursor = append_unicode (text, cursor + 2);
    } else {
      const char *escape = strchr (escapes, cursor[1]);

      plug_buffer_append (text, escape != NULL ? meanings + (escape - escapes) : cursor + 1, 1);
      cursor += 2;
    }
  }
  memset (place + 1, 'x', cursor - place - 1);

  return text;
}

/* The characters of RFC 6750 and, because tokens are opaque, every other visible one of ASCII: a header can carry them. */
static gboolean
is_usable_token (const PlugBuffer *token)
{
  if (token->length_bytes == 0 || token->length_bytes > MAX_TOKEN_BYTES)
    return FALSE;
  for (gsize i = 0; i < token->length_bytes; i++) {
    if (!g_ascii_isgraph (token->text[i]))
      return FALSE;
  }

  return TRUE;
}

/* From the text: json-glib 1.6 wraps integers of 2⁶³ and above to negative ones. Some services write it as a string. */
static gint64
read_expires_in (PlugBuffer *answer,
                 const char *pointer)
{
  const char *place = find_value (answer, pointer != NULL ? pointer : "/expires_in");
  double seconds;

  if (place == NULL)
    return -1;
  if (*place == '"')
    place++;
  if (!g_ascii_isdigit (*place) && *place != '-')
    return -1;
  seconds = g_ascii_strtod (place, NULL);

  return (gint64) CLAMP (seconds, 0.0, (double) TEN_YEARS_SECONDS);
}

/* RFC 6749, section 7.1: a type we do not know must not be used. What services leave out is bearer. */
static gboolean
is_bearer (JsonNode *root)
{
  JsonNode *node = plug_json_resolve (root, "/token_type");
  g_autofree char *type = node != NULL ? plug_json_dup_scalar (node) : NULL;

  return type == NULL || g_ascii_strncasecmp (type, "bearer", strlen ("bearer")) == 0;
}

static void
read_learnt (PlugToken *self,
             GHashTable *pointers,
             JsonNode *root)
{
  GHashTableIter iter;
  gpointer id, pointer;

  if (pointers == NULL)
    return;
  g_hash_table_iter_init (&iter, pointers);
  while (g_hash_table_iter_next (&iter, &id, &pointer)) {
    JsonNode *node = plug_json_resolve (root, pointer);
    g_autofree char *value = node != NULL ? plug_json_dup_scalar (node) : NULL;

    if (value != NULL && *value != '\0')
      plug_values_set (self->learnt, id, value);
  }
}

PlugToken *
plug_token_read (const PlugScheme *scheme,
                 PlugBuffer *answer,
                 PlugRedactor *redactor)
{
  static const char * const other_tokens[] = { "/refresh_token", "/id_token" };
  PlugToken *self = g_new0 (PlugToken, 1);
  g_autoptr (PlugBuffer) token = NULL;
  g_autoptr (JsonNode) root = NULL;
  char *place;

  self->state = PLUG_TOKEN_ABSENT;
  self->expires_in = -1;
  self->learnt = plug_values_new ();
  if (!plug_json_check (answer->text, answer->length_bytes, NULL))
    return self;

  place = find_value (answer, scheme->access_token != NULL ? scheme->access_token : "/access_token");
  if (place != NULL && *place == '"') {
    token = take_string (place);
    plug_redactor_add (redactor, token->text);
    self->state = is_usable_token (token) ? PLUG_TOKEN_USABLE : PLUG_TOKEN_UNUSABLE;
  } else if (place != NULL && *place != 'n') {
    self->state = PLUG_TOKEN_UNUSABLE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (other_tokens); i++) {
    g_autoptr (PlugBuffer) other = NULL;

    place = find_value (answer, other_tokens[i]);
    if (place == NULL || *place != '"')
      continue;
    other = take_string (place);
    plug_redactor_add (redactor, other->text);
  }

  root = plug_json_parse (answer->text, answer->length_bytes, NULL);
  if (self->state == PLUG_TOKEN_USABLE && !is_bearer (root))
    self->state = PLUG_TOKEN_UNUSABLE;
  if (self->state == PLUG_TOKEN_USABLE)
    self->access_token = g_strndup (token->text, token->length_bytes);
  self->expires_in = read_expires_in (answer, scheme->expires_in);
  read_learnt (self, scheme->set, root);

  return self;
}

void
plug_token_free (PlugToken *self)
{
  plug_text_wipe (self->access_token);
  plug_values_unref (self->learnt);
  g_free (self);
}
