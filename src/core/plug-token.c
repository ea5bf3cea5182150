/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-token.h"

#include <string.h>

#include "plug-json.h"

#define MAX_TOKEN_BYTES 16384
#define BYTE_ORDER_MARK "\xef\xbb\xbf"
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

/* Takes what stands between @start and @end out of the answer and overwrites it. */
static PlugBuffer *
take_text (char *start,
           const char *end)
{
  PlugBuffer *text = plug_buffer_new ();

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  plug_buffer_append (text, start, end - start);
  memset (start, 'x', end - start);

  return text;
}

/* The end of a tag, from somewhere behind its name: a ">" between quotes is none. NULL when there is none. */
static char *
find_tag_end (char *tag)
{
  while (TRUE) {
    tag += strcspn (tag, ">\"'");
    if (*tag == '>')
      return tag;
    tag = *tag != '\0' ? strchr (tag + 1, *tag) : NULL;
    if (tag == NULL)
      return NULL;
    tag++;
  }
}

/* The name of the tag behind @open, without its prefix. */
static char *
skip_prefix (char *open)
{
  char *prefix_end = open + strcspn (open, ":/ \t\r\n><");

  return *prefix_end == ':' ? prefix_end + 1 : open;
}

static gboolean
is_name (const char *text,
         const char *name)
{
  gsize length = strlen (name);

  return strncmp (text, name, length) == 0 && text[length] != '\0' && strchr ("/> \t\r\n", text[length]) != NULL;
}

/* The text of the first element of that name that has one, whatever its prefix: "<ns:token a="b"> abc </ns:token>" → "abc".
 * No XML parser keeps what it reads where it could be wiped, and a token needs no escapes. */
static PlugBuffer *
take_element (char *body,
              const char *name)
{
  char *open = body;

  while ((open = strchr (open, '<')) != NULL) {
    char *tag = skip_prefix (++open);
    char *end;

    if (!is_name (tag, name))
      continue;
    tag = find_tag_end (tag);
    if (tag == NULL)
      return NULL;
    open = tag + 1;
    if (tag[-1] == '/')
      continue;
    end = strchr (open, '<');
    return end != NULL && end[1] == '/' && is_name (skip_prefix (end + 2), name) ? take_text (open, end) : NULL;
  }

  return NULL;
}

/* A text that is the token, or a JSON string that holds it. */
static PlugBuffer *
take_body (PlugBuffer *answer)
{
  char *start = answer->text;
  char *end = start + answer->length_bytes;

  if (g_str_has_prefix (start, BYTE_ORDER_MARK))
    start += strlen (BYTE_ORDER_MARK);
  while (start < end && g_ascii_isspace (*start))
    start++;
  if (*start == '"' && plug_json_check (start, end - start, NULL))
    return take_string (start);
  /* JSON of another kind, or that broke off, and markup. */
  if (*start != '\0' && strchr ("\"{[<", *start) != NULL)
    return NULL;

  return take_text (start, end);
}

static PlugBuffer *
buffer_new_from_secret (char *secret)
{
  PlugBuffer *buffer;

  if (secret == NULL)
    return NULL;
  buffer = plug_buffer_new ();
  plug_buffer_append (buffer, secret, -1);
  plug_text_wipe (secret);

  return buffer;
}

/* NULL when the answer has none, or what stands there is no text, which sets @unusable. */
static PlugBuffer *
take_token (const PlugScheme *scheme,
            PlugHttpResponse *response,
            PlugBuffer *answer,
            gboolean is_json,
            gboolean *unusable)
{
  char *place;

  switch (scheme->kind == PLUG_SCHEME_LOGIN ? scheme->token_place : PLUG_TOKEN_AT_POINTER) {
  case PLUG_TOKEN_IN_HEADER:
    return buffer_new_from_secret (response != NULL
                                     ? g_strdup (plug_http_response_get_header (response, scheme->token_name)) : NULL);
  case PLUG_TOKEN_IN_COOKIE:
    return buffer_new_from_secret (response != NULL ? plug_http_response_dup_cookie (response, scheme->token_name) : NULL);
  case PLUG_TOKEN_IS_BODY:
    /* What a service says no with are words that somebody is to read. */
    if (answer->length_bytes == 0 || (response != NULL && plug_http_response_get_status (response) >= 400))
      return NULL;
    return take_body (answer);
  case PLUG_TOKEN_IN_ELEMENT:
    return take_element (answer->text, scheme->token_name);
  case PLUG_TOKEN_AT_POINTER:
  default:
    place = is_json ? find_value (answer, scheme->access_token != NULL ? scheme->access_token : "/access_token") : NULL;
    *unusable = place != NULL && *place != '"' && *place != 'n';
    return place != NULL && *place == '"' ? take_string (place) : NULL;
  }
}

static void
redact_other_tokens (PlugBuffer *answer,
                     PlugRedactor *redactor)
{
  static const char * const other_tokens[] = { "/refresh_token", "/id_token" };

  for (guint i = 0; i < G_N_ELEMENTS (other_tokens); i++) {
    g_autoptr (PlugBuffer) other = NULL;
    char *place = find_value (answer, other_tokens[i]);

    if (place == NULL || *place != '"')
      continue;
    other = take_string (place);
    plug_redactor_add (redactor, other->text);
  }
}

PlugToken *
plug_token_read (const PlugScheme *scheme,
                 PlugHttpResponse *response,
                 PlugBuffer *answer,
                 PlugRedactor *redactor)
{
  PlugToken *self = g_new0 (PlugToken, 1);
  gboolean is_json = plug_json_check (answer->text, answer->length_bytes, NULL);
  gboolean unusable = FALSE;
  g_autoptr (PlugBuffer) token = NULL;
  g_autoptr (JsonNode) root = NULL;

  self->expires_in = -1;
  self->learnt = plug_values_new ();
  token = take_token (scheme, response, answer, is_json, &unusable);
  if (token != NULL) {
    plug_redactor_add (redactor, token->text);
    unusable = !is_usable_token (token);
  }
  if (is_json) {
    redact_other_tokens (answer, redactor);
    root = plug_json_parse (answer->text, answer->length_bytes, NULL);
    /* The kind of a token is told by OAuth 2 only; elsewhere the definition knows it. */
    unusable |= token != NULL && scheme->kind == PLUG_SCHEME_OAUTH2 && scheme->apply == NULL && !is_bearer (root);
    if (scheme->expires_in != NULL || scheme->kind == PLUG_SCHEME_OAUTH2)
      self->expires_in = read_expires_in (answer, scheme->expires_in);
    read_learnt (self, scheme->set, root);
  }
  self->state = unusable ? PLUG_TOKEN_UNUSABLE : token != NULL ? PLUG_TOKEN_USABLE : PLUG_TOKEN_ABSENT;
  if (self->state == PLUG_TOKEN_USABLE)
    self->access_token = g_strndup (token->text, token->length_bytes);

  return self;
}

void
plug_token_free (PlugToken *self)
{
  plug_text_wipe (self->access_token);
  plug_values_unref (self->learnt);
  g_free (self);
}
