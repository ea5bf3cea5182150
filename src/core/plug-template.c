/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-template.h"

#include <string.h>

#include "plug-error.h"
#include "plug-json.h"
#include "plug-text.h"

#define BASE64_OPEN "base64{"
#define MAX_PREFIX_DIGITS 4

/* Which characters stand for themselves: RFC 6570's "U" and "U+R". */
typedef enum {
  ALLOW_UNRESERVED,
  ALLOW_RESERVED, /* and percent-encoded triplets */
} Allow;

/* RFC 6570, appendix A */
typedef struct {
  char character;
  const char *first;
  const char *separator;
  gboolean named;
  const char *if_empty;
  Allow allow;
} Operator;

static const Operator operators[] = {
  { '\0', "", ",", FALSE, "", ALLOW_UNRESERVED },
  { '+', "", ",", FALSE, "", ALLOW_RESERVED },
  { '#', "#", ",", FALSE, "", ALLOW_RESERVED },
  { '.', ".", ".", FALSE, "", ALLOW_UNRESERVED },
  { '/', "/", "/", FALSE, "", ALLOW_UNRESERVED },
  { ';', ";", ";", TRUE, "", ALLOW_UNRESERVED },
  { '?', "?", "&", TRUE, "=", ALLOW_UNRESERVED },
  { '&', "&", "&", TRUE, "=", ALLOW_UNRESERVED },
};

typedef struct {
  const char *name; /* borrowed from the template's variables */
  gboolean explode;
  guint prefix; /* in characters; 0 is none */
} VarSpec;

typedef enum {
  PART_LITERAL,
  PART_EXPRESSION,   /* of a URL template */
  PART_VARIABLE,     /* of a value template, as the parts below */
  PART_BASE64_OPEN,
  PART_BASE64_CLOSE,
} PartType;

typedef struct {
  PartType type;
  char *literal;
  const Operator *operator;
  GArray *specs; /* of VarSpec */
} Part;

struct _PlugTemplate {
  gatomicrefcount ref_count;
  gboolean is_url;
  char *text;
  GArray *parts;
  GPtrArray *variables; /* NULL-terminated */
};

typedef struct {
  PlugTemplate *template;
  const char *position;
  GString *literal;       /* what was read since the last part */
  GHashTable *known;      /* names that are in the template's variables */
  GError **error;
} Parser;

static void
part_clear (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->literal, g_free);
  g_clear_pointer (&part->specs, g_array_unref);
}

static gboolean
fail (Parser *self,
      const char *at,
      const char *what)
{
  g_set_error (self->error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE, "%s: character %ld", what,
               g_utf8_strlen (self->template->text, at - self->template->text) + 1);

  return FALSE;
}

static gboolean
is_unreserved (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~", c) != NULL);
}

static gboolean
is_reserved (char c)
{
  return c != '\0' && strchr (":/?#[]@!$&'()*+,;=", c) != NULL;
}

/* Short-circuits at the NUL that ends @text. */
static gboolean
is_triplet (const char *text)
{
  return text[0] == '%' && g_ascii_isxdigit (text[1]) && g_ascii_isxdigit (text[2]);
}

static void
append (GString *out,
        const char *text)
{
  plug_text_append (out, text, strlen (text));
}

/* @text goes on behind @length, or ends there: looking ahead for a triplet is safe, and a prefix never splits one. */
static void
append_encoded (GString *out,
                const char *text,
                gsize length,
                Allow allow)
{
  static const char digits[] = "0123456789ABCDEF";

  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) text[i];
    gboolean itself = is_unreserved (text[i]) ||
                      (allow == ALLOW_RESERVED && (is_reserved (text[i]) || is_triplet (text + i)));

    if (itself)
      plug_text_append (out, text + i, 1);
    else
      plug_text_append (out, (char[]) { '%', digits[c >> 4], digits[c & 0xf] }, 3);
  }
}

/* How many bytes the percent-encoded character at @text takes: all its triplets when they are UTF-8, otherwise one. */
static gsize
triplets_length (const char *text)
{
  char octets[4];

  for (gsize n = 0; n < sizeof octets && is_triplet (text + 3 * n); n++) {
    octets[n] = (char) (g_ascii_xdigit_value (text[3 * n + 1]) << 4 | g_ascii_xdigit_value (text[3 * n + 2]));
    if (g_utf8_validate_len (octets, n + 1, NULL))
      return 3 * (n + 1);
  }

  return 3;
}

/* RFC 6570, section 2.4.1: counts characters, and splits neither a character nor its triplets. */
static gsize
prefix_length (const char *text,
               guint n_chars,
               Allow allow)
{
  const char *p = text;

  for (; *p != '\0' && n_chars > 0; n_chars--) {
    if (allow == ALLOW_RESERVED && is_triplet (p))
      p += triplets_length (p);
    else if (g_utf8_get_char_validated (p, -1) <= 0x10ffff)
      p = g_utf8_next_char (p);
    else
      p++;
  }

  return p - text;
}

static void
add_part (Parser *self,
          Part part)
{
  if (self->literal->len > 0) {
    Part literal = { .type = PART_LITERAL, .literal = g_strdup (self->literal->str) };

    g_array_append_val (self->template->parts, literal);
    g_string_truncate (self->literal, 0);
  }
  if (part.type != PART_LITERAL)
    g_array_append_val (self->template->parts, part);
}

/* RFC 6570, section 2.3: a name of letters, digits, "_" and triplets, and dots inside; NULL when it is none. */
static const char *
take_name (Parser *self)
{
  const char *start = self->position;
  const char *p = start;
  char *name;

  while (g_ascii_isalnum (*p) || *p == '_' || is_triplet (p) || (*p == '.' && p > start && p[-1] != '.'))
    p += *p == '%' ? 3 : 1;
  if (p == start || p[-1] == '.') {
    fail (self, p, "A variable's name is expected");
    return NULL;
  }

  self->position = p;
  name = g_strndup (start, p - start);
  if (g_hash_table_contains (self->known, name)) {
    char *known = g_hash_table_lookup (self->known, name);

    g_free (name);
    return known;
  }
  g_hash_table_insert (self->known, name, name);
  g_ptr_array_add (self->template->variables, name);

  return name;
}

/* RFC 6570, section 2.4 */
static gboolean
take_modifier (Parser *self,
               VarSpec *spec)
{
  const char *start = self->position;
  guint n_digits = 0;

  if (*self->position == '*') {
    spec->explode = TRUE;
    self->position++;
    return TRUE;
  }
  if (*self->position != ':')
    return TRUE;

  self->position++;
  for (; g_ascii_isdigit (*self->position) && n_digits <= MAX_PREFIX_DIGITS; n_digits++)
    spec->prefix = 10 * spec->prefix + g_ascii_digit_value (*self->position++);
  if (n_digits == 0 || n_digits > MAX_PREFIX_DIGITS || start[1] == '0')
    return fail (self, start, "A prefix is a number from 1 to 9999");

  return TRUE;
}

static const Operator *
take_operator (Parser *self)
{
  for (guint i = 1; i < G_N_ELEMENTS (operators); i++) {
    if (*self->position == operators[i].character) {
      self->position++;
      return &operators[i];
    }
  }

  return &operators[0];
}

/* The position is on the brace. */
static gboolean
parse_expression (Parser *self)
{
  Part part = { .type = PART_EXPRESSION };

  self->position++;
  if (*self->position != '\0' && strchr ("=,!@|", *self->position) != NULL)
    return fail (self, self->position, "A reserved operator");

  part.operator = take_operator (self);
  part.specs = g_array_new (FALSE, TRUE, sizeof (VarSpec));
  add_part (self, part);

  do {
    VarSpec spec = { .name = take_name (self) };

    if (spec.name == NULL || !take_modifier (self, &spec))
      return FALSE;
    g_array_append_val (part.specs, spec);
  } while (*self->position == ',' && self->position++ != NULL);

  if (*self->position != '}')
    return fail (self, self->position, "A closing brace is expected");
  self->position++;

  return TRUE;
}

/* RFC 6570, section 3.1: the literals are encoded once, here. */
static gboolean
parse_url (Parser *self)
{
  while (*self->position != '\0') {
    if (*self->position == '}')
      return fail (self, self->position, "A closing brace without an opening one");
    if (*self->position == '{') {
      if (!parse_expression (self))
        return FALSE;
    } else {
      append_encoded (self->literal, self->position++, 1, ALLOW_RESERVED);
    }
  }

  return TRUE;
}

static gboolean
parse_variable (Parser *self)
{
  Part part = { .type = PART_VARIABLE };
  VarSpec spec = { NULL };

  self->position++;
  spec.name = take_name (self);
  if (spec.name == NULL)
    return FALSE;
  if (*self->position != '}')
    return fail (self, self->position, "A closing brace is expected");

  self->position++;
  part.specs = g_array_new (FALSE, TRUE, sizeof (VarSpec));
  g_array_append_val (part.specs, spec);
  add_part (self, part);

  return TRUE;
}

static gboolean
parse_value (Parser *self)
{
  const char *open = NULL; /* the base64 that is */

  while (*self->position != '\0') {
    if (g_str_has_prefix (self->position, "{{") || g_str_has_prefix (self->position, "}}")) {
      g_string_append_c (self->literal, *self->position);
      self->position += 2;
    } else if (g_str_has_prefix (self->position, BASE64_OPEN)) {
      if (open != NULL)
        return fail (self, self->position, "base64 inside base64");
      open = self->position;
      self->position += strlen (BASE64_OPEN);
      add_part (self, (Part) { .type = PART_BASE64_OPEN });
    } else if (*self->position == '{') {
      if (!parse_variable (self))
        return FALSE;
    } else if (*self->position == '}') {
      if (open == NULL)
        return fail (self, self->position, "A closing brace without an opening one");
      open = NULL;
      self->position++;
      add_part (self, (Part) { .type = PART_BASE64_CLOSE });
    } else {
      g_string_append_c (self->literal, *self->position++);
    }
  }

  return open == NULL || fail (self, open, "base64 is not closed");
}

static PlugTemplate *
template_new (const char *text,
              gboolean is_url,
              GError **error)
{
  g_autoptr (PlugTemplate) self = g_new0 (PlugTemplate, 1);
  g_autoptr (GString) literal = g_string_new (NULL);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  Parser parser = { .template = self, .literal = literal, .known = known, .error = error };
  const char *invalid;

  g_atomic_ref_count_init (&self->ref_count);
  self->is_url = is_url;
  self->text = g_strdup (text);
  self->parts = g_array_new (FALSE, TRUE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  self->variables = g_ptr_array_new_with_free_func (g_free);

  parser.position = self->text;
  if (!g_utf8_validate (self->text, -1, &invalid)) {
    fail (&parser, invalid, "Not UTF-8");
    return NULL;
  }
  if (!(is_url ? parse_url (&parser) : parse_value (&parser)))
    return NULL;

  add_part (&parser, (Part) { .type = PART_LITERAL });
  g_ptr_array_add (self->variables, NULL);

  return g_steal_pointer (&self);
}

/* Where values come from: one of the two. */
typedef struct {
  const PlugValues *values;
  JsonObject *json;
} Source;

/* Of a list (without names) or a map. */
typedef struct {
  const char *name;
  char *text;
} Member;

/* Undefined when both are NULL. */
typedef struct {
  const char *text;
  char *owned; /* what @text borrows from, or NULL */
  GArray *members;
} Value;

static void
member_clear (gpointer data)
{
  Member *member = data;

  plug_text_wipe (member->text);
}

static void
value_clear (Value *value)
{
  g_clear_pointer (&value->owned, plug_text_wipe);
  g_clear_pointer (&value->members, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Value, value_clear)

/* Members without a value are skipped, as RFC 6570, section 2.3 says. */
static gboolean
add_member (Value *value,
            const char *name,
            JsonNode *node,
            GError **error)
{
  Member member = { .name = name };

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;

  member.text = plug_json_dup_scalar (node);
  if (member.text == NULL) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE, "A list or map inside another has no expansion");
    return FALSE;
  }
  g_array_append_val (value->members, member);

  return TRUE;
}

static gboolean
collect_members (Value *value,
                 JsonNode *node,
                 GError **error)
{
  value->members = g_array_new (FALSE, TRUE, sizeof (Member));
  g_array_set_clear_func (value->members, member_clear);

  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member)) {
      if (!add_member (value, name, member, error))
        return FALSE;
    }
  } else {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      if (!add_member (value, NULL, json_array_get_element (array, i), error))
        return FALSE;
    }
  }
  if (value->members->len == 0)
    g_clear_pointer (&value->members, g_array_unref);

  return TRUE;
}

static gboolean
find_value (const Source *source,
            const VarSpec *spec,
            Value *value,
            GError **error)
{
  JsonNode *node;

  if (source->json == NULL) {
    const char *text = plug_values_get (source->values, spec->name);

    value->text = text != NULL && *text != '\0' ? text : NULL;
    return TRUE;
  }

  node = json_object_get_member (source->json, spec->name);
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node)) {
    value->owned = plug_json_dup_scalar (node);
    value->text = value->owned;
    return TRUE;
  }
  if (spec->prefix > 0) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE, "A prefix of a list or map is not defined");
    return FALSE;
  }

  return collect_members (value, node, error);
}

static void
append_pair (GString *out,
             const Operator *operator,
             const char *name,
             const char *text,
             gsize length)
{
  if (operator->named) {
    append_encoded (out, name, strlen (name), ALLOW_RESERVED);
    append (out, length == 0 ? operator->if_empty : "=");
  }
  append_encoded (out, text, length, operator->allow);
}

static void
append_joined (GString *out,
               const Operator *operator,
               const VarSpec *spec,
               GArray *members)
{
  if (operator->named) {
    append_encoded (out, spec->name, strlen (spec->name), ALLOW_RESERVED);
    append (out, "=");
  }
  for (guint i = 0; i < members->len; i++) {
    const Member *member = &g_array_index (members, Member, i);

    if (i > 0)
      append (out, ",");
    if (member->name != NULL) {
      append_encoded (out, member->name, strlen (member->name), operator->allow);
      append (out, ",");
    }
    append_encoded (out, member->text, strlen (member->text), operator->allow);
  }
}

static void
append_exploded (GString *out,
                 const Operator *operator,
                 const VarSpec *spec,
                 GArray *members)
{
  /* A long name times a long list does not fit into memory; expand_expression() reports it. */
  for (guint i = 0; i < members->len && out->len <= PLUG_TEMPLATE_MAX_BYTES; i++) {
    const Member *member = &g_array_index (members, Member, i);

    if (i > 0)
      append (out, operator->separator);
    if (member->name != NULL && !operator->named) {
      append_encoded (out, member->name, strlen (member->name), operator->allow);
      append (out, "=");
    }
    append_pair (out, operator, member->name != NULL ? member->name : spec->name, member->text, strlen (member->text));
  }
}

/* RFC 6570, section 3.2.1 */
static gboolean
expand_expression (const Part *part,
                   const Source *source,
                   GString *out,
                   GError **error)
{
  const Operator *operator = part->operator;
  const char *separator = operator->first;

  for (guint i = 0; i < part->specs->len; i++) {
    const VarSpec *spec = &g_array_index (part->specs, VarSpec, i);
    g_auto (Value) value = { NULL };

    if (!find_value (source, spec, &value, error))
      return FALSE;
    if (value.text == NULL && value.members == NULL)
      continue;

    append (out, separator);
    separator = operator->separator;
    if (value.text != NULL)
      append_pair (out, operator, spec->name, value.text,
                   spec->prefix > 0 ? prefix_length (value.text, spec->prefix, operator->allow) : strlen (value.text));
    else if (spec->explode)
      append_exploded (out, operator, spec, value.members);
    else
      append_joined (out, operator, spec, value.members);

    if (source->json != NULL && out->len > PLUG_TEMPLATE_MAX_BYTES) {
      g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE, "The expansion is longer than 16 MiB");
      return FALSE;
    }
  }

  return TRUE;
}

static void
free_buffer (GString *buffer)
{
  explicit_bzero (buffer->str, buffer->len);
  g_string_free (buffer, TRUE);
}

static gboolean
expand_url (PlugTemplate *self,
            const Source *source,
            GString *out,
            GError **error)
{
  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = &g_array_index (self->parts, Part, i);

    if (part->type == PART_LITERAL)
      append (out, part->literal);
    else if (!expand_expression (part, source, out, error))
      return FALSE;
  }

  return TRUE;
}

static void
expand_value (PlugTemplate *self,
              const PlugValues *values,
              gboolean is_xml,
              GString *out)
{
  GString *plain = g_string_new (NULL); /* the content of base64 */
  GString *target = out;

  for (guint i = 0; i < self->parts->len; i++) {
    const Part *part = &g_array_index (self->parts, Part, i);

    switch (part->type) {
    case PART_LITERAL:
      append (target, part->literal);
      break;
    case PART_VARIABLE: {
      const char *text = plug_values_get (values, g_array_index (part->specs, VarSpec, 0).name);

      if (is_xml && target == out)
        plug_text_append_xml (target, text != NULL ? text : "");
      else
        append (target, text != NULL ? text : "");
      break;
    }
    case PART_BASE64_OPEN:
      target = plain;
      break;
    case PART_BASE64_CLOSE: {
      g_autoptr (PlugSecretString) encoded = g_base64_encode ((const guchar *) plain->str, plain->len);

      append (out, encoded);
      explicit_bzero (plain->str, plain->len);
      g_string_truncate (plain, 0);
      target = out;
      break;
    }
    case PART_EXPRESSION:
    default:
      g_assert_not_reached ();
    }
  }
  free_buffer (plain);
}

PlugTemplate *
plug_template_new_url (const char *text,
                       GError **error)
{
  return template_new (text, TRUE, error);
}

PlugTemplate *
plug_template_new_value (const char *text,
                         GError **error)
{
  return template_new (text, FALSE, error);
}

PlugTemplate *
plug_template_ref (PlugTemplate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
plug_template_unref (PlugTemplate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->parts);
  g_ptr_array_unref (self->variables);
  g_free (self->text);
  g_free (self);
}

const char *
plug_template_get_text (PlugTemplate *self)
{
  return self->text;
}

const char *const *
plug_template_get_variables (PlugTemplate *self)
{
  return (const char *const *) self->variables->pdata;
}

char *
plug_template_expand (PlugTemplate *self,
                      const PlugValues *values)
{
  GString *out = g_string_new (NULL);
  Source source = { .values = values };

  /* Only a list or map makes an expansion fail, and a form has none. */
  if (self->is_url)
    expand_url (self, &source, out, NULL);
  else
    expand_value (self, values, FALSE, out);

  return g_string_free (out, FALSE);
}

char *
plug_template_expand_xml (PlugTemplate *self,
                          const PlugValues *values)
{
  GString *out;

  g_return_val_if_fail (!self->is_url, NULL);

  out = g_string_new (NULL);
  expand_value (self, values, TRUE, out);

  return g_string_free (out, FALSE);
}

char *
plug_template_expand_json (PlugTemplate *self,
                           JsonObject *variables,
                           GError **error)
{
  GString *out;
  Source source = { .json = variables };

  g_return_val_if_fail (self->is_url, NULL);

  out = g_string_new (NULL);
  if (!expand_url (self, &source, out, error)) {
    free_buffer (out);
    return NULL;
  }

  return g_string_free (out, FALSE);
}
