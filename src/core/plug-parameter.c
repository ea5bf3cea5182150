/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-parameter-private.h"

#include <string.h>

#include "plug-text.h"
#include "plug-url.h"

/* Honest patterns need a few hundred steps; a hostile one stops after 0.3 ms. PCRE counts anew at each place where a
 * match may begin, hence patterns are anchored. */
#define MATCH_LIMIT "(*LIMIT_MATCH=10000)"

G_DEFINE_FINAL_TYPE (PlugParameter, plug_parameter, G_TYPE_OBJECT)

static const char *const type_ids[] = {
  [PLUG_PARAMETER_STRING] = "string",
  [PLUG_PARAMETER_SECRET] = "secret",
  [PLUG_PARAMETER_HOSTNAME] = "hostname",
  [PLUG_PARAMETER_URI] = "uri",
  [PLUG_PARAMETER_EMAIL] = "email",
  [PLUG_PARAMETER_INTEGER] = "integer",
  [PLUG_PARAMETER_BOOLEAN] = "boolean",
  [PLUG_PARAMETER_ENUM] = "enum",
  [PLUG_PARAMETER_PEM] = "pem",
  [PLUG_PARAMETER_PATH] = "path",
};

/* Opening and closing quotes that people paste along. */
static const gunichar quotes[][2] = {
  { '"', '"' },
  { '\'', '\'' },
  { '`', '`' },
  { 0x201c, 0x201d }, /* “ ” */
  { 0x2018, 0x2019 }, /* ‘ ’ */
  { 0x201e, 0x201c }, /* „ “ */
  { 0x00ab, 0x00bb }, /* « » */
};

/* What may surround a pasted value without being seen. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x85 ||      /* next line */
         (c >= 0x200b && c <= 0x200f) ||            /* zero-width space, joiners, left-to-right mark … */
         c == 0x2028 || c == 0x2029 || c == 0x2060 || c == 0xfeff;
}

static void
trim_blanks (const char **start,
             const char **end)
{
  while (*start < *end && is_blank (g_utf8_get_char (*start)))
    *start = g_utf8_next_char (*start);
  while (*start < *end && is_blank (g_utf8_get_char (g_utf8_prev_char (*end))))
    *end = g_utf8_prev_char (*end);
}

/* One pair around the whole value, and nothing between that could belong to it. */
static void
trim_quotes (const char **start,
             const char **end)
{
  const char *inner_start, *inner_end;
  gunichar first, last;

  if (g_utf8_strlen (*start, *end - *start) < 3)
    return;

  inner_start = g_utf8_next_char (*start);
  inner_end = g_utf8_prev_char (*end);
  first = g_utf8_get_char (*start);
  last = g_utf8_get_char (inner_end);
  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++) {
    if (first != quotes[i][0] || last != quotes[i][1])
      continue;
    for (const char *p = inner_start; p < inner_end; p = g_utf8_next_char (p)) {
      if (g_utf8_get_char (p) == first || g_utf8_get_char (p) == last)
        return;
    }
    *start = inner_start;
    *end = inner_end;
    trim_blanks (start, end);
    return;
  }
}

static const char *
skip_scheme_name (const char *text)
{
  if (!g_ascii_isalpha (*text))
    return text;
  while (g_ascii_isalnum (*text) || strchr ("+-.", *text) != NULL) {
    if (*text == '\0')
      break;
    text++;
  }
  return text;
}

/* Whether @text begins with a scheme: "https://…", and "javascript:…" too, but not "host:8443" or "user:word@host". */
static gboolean
has_scheme (const char *text)
{
  const char *colon = skip_scheme_name (text);
  gsize authority_length = strcspn (text, "/?#");

  if (colon == text || *colon != ':')
    return FALSE;
  if (g_str_has_prefix (colon, "://"))
    return TRUE;
  return !g_ascii_isdigit (colon[1]) && memchr (text, '@', authority_length) == NULL;
}

/* Scheme and host in lower case, without the scheme's own port. */
static void
append_origin (GString *url,
               const char *text,
               gsize length)
{
  g_autofree char *origin = g_utf8_strdown (text, length);

  /* A user name's case counts. It will be refused, so it is best shown as it was typed. */
  if (strchr (origin, '@') != NULL)
    g_string_append_len (url, text, length);
  else if (g_str_has_prefix (origin, "https://") && g_str_has_suffix (origin, ":443"))
    g_string_append_len (url, origin, strlen (origin) - strlen (":443"));
  else if (g_str_has_prefix (origin, "http://") && g_str_has_suffix (origin, ":80"))
    g_string_append_len (url, origin, strlen (origin) - strlen (":80"));
  else
    g_string_append (url, origin);
}

static void
strip_slashes (GString *url,
               gsize path_start)
{
  while (url->len > path_start && url->str[url->len - 1] == '/')
    g_string_truncate (url, url->len - 1);
}

/* The longest of the definition's endings that @url has behind @path_start; 0 when none. */
static gsize
find_ending (PlugParameter *self,
             GString *url,
             gsize path_start)
{
  gsize longest = 0;

  for (gsize i = 0; self->strip_suffixes != NULL && self->strip_suffixes[i] != NULL; i++) {
    gsize length = strlen (self->strip_suffixes[i]);

    if (length > longest && url->len - path_start >= length &&
        g_ascii_strcasecmp (url->str + url->len - length, self->strip_suffixes[i]) == 0)
      longest = length;
  }

  return longest;
}

static char *
normalise_uri (PlugParameter *self,
               const char *text)
{
  GString *url = g_string_new (NULL);
  g_autofree char *with_scheme = NULL;
  const char *authority, *rest;
  gsize path_start, ending;

  if (has_scheme (text))
    with_scheme = g_strdup (text);
  else
    with_scheme = g_strconcat ("https:", g_str_has_prefix (text, "//") ? "" : "//", text, NULL);

  authority = strstr (with_scheme, "://");
  if (authority == NULL)
    return g_string_free (g_string_append (url, with_scheme), FALSE);

  authority += strlen ("://");
  rest = authority + strcspn (authority, "/?#");
  append_origin (url, with_scheme, rest - with_scheme);
  path_start = url->len;
  g_string_append (url, rest);

  /* A fragment is refused by the check; without it and the query the rest is a path. */
  if (strchr (rest, '#') != NULL)
    return g_string_free (url, FALSE);
  if (strchr (rest, '?') != NULL) {
    if (self->strip_suffixes == NULL)
      return g_string_free (url, FALSE);
    g_string_truncate (url, path_start + (strchr (rest, '?') - rest));
  }

  strip_slashes (url, path_start);
  while ((ending = find_ending (self, url, path_start)) > 0) {
    g_string_truncate (url, url->len - ending);
    strip_slashes (url, path_start);
  }

  return g_string_free (url, FALSE);
}

/* "https://Example.okta.com/app" → "example.okta.com" */
static char *
normalise_hostname (const char *text)
{
  const char *host = text;

  if (g_ascii_strncasecmp (text, "https://", strlen ("https://")) == 0) {
    host = text + strlen ("https://");
    return g_utf8_strdown (host, strcspn (host, "/?#"));
  }
  if (g_str_has_suffix (text, "/") && strchr (text, '/') == text + strlen (text) - 1)
    return g_utf8_strdown (text, strlen (text) - 1);
  return g_utf8_strdown (text, -1);
}

/* The field shows ".zendesk.com" behind itself: "https://Acme.zendesk.com/agent" → "Acme" */
static char *
normalise_before_suffix (PlugParameter *self,
                         const char *text)
{
  const char *host = strstr (text, "://");
  gsize suffix_length = strlen (self->suffix), length;

  host = host != NULL ? host + strlen ("://") : text;
  length = strcspn (host, "/?#");
  if (length > suffix_length && g_ascii_strncasecmp (host + length - suffix_length, self->suffix, suffix_length) == 0)
    return g_strndup (host, length - suffix_length);

  return g_strdup (text);
}

/* Behind the address stands a slash already. */
static char *
normalise_path (const char *text)
{
  return g_strdup (text + strspn (text, "/"));
}

static char *
normalise_type (PlugParameter *self,
                const char *text)
{
  switch (self->type) {
  case PLUG_PARAMETER_URI:
    return normalise_uri (self, text);
  case PLUG_PARAMETER_HOSTNAME:
    return normalise_hostname (text);
  case PLUG_PARAMETER_PATH:
    return normalise_path (text);
  default:
    return self->suffix != NULL && *self->suffix == '.' ? normalise_before_suffix (self, text) : g_strdup (text);
  }
}

static PlugValueProblem
check_characters (PlugParameter *self,
                  const char *value)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029) {
      if (self->type != PLUG_PARAMETER_PEM || c > '\r')
        return PLUG_VALUE_LINE_BREAK;
    } else if (g_unichar_iscntrl (c)) {
      return PLUG_VALUE_CONTROL;
    } else if (c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
               (c >= 0x2066 && c <= 0x2069)) {
      return PLUG_VALUE_BIDI;
    } else if (self->in_header && c > 0x7e) {
      return PLUG_VALUE_NOT_ASCII;
    }
  }

  return PLUG_VALUE_OK;
}

static PlugValueProblem
check_uri (const char *value)
{
  static const PlugValueProblem problems[] = {
    [PLUG_URL_OK] = PLUG_VALUE_OK,
    [PLUG_URL_MALFORMED] = PLUG_VALUE_NOT_A_URL,
    [PLUG_URL_SCHEME] = PLUG_VALUE_NOT_HTTPS,
    [PLUG_URL_USER_INFO] = PLUG_VALUE_USER_INFO,
    [PLUG_URL_FRAGMENT] = PLUG_VALUE_FRAGMENT,
    [PLUG_URL_HOST] = PLUG_VALUE_NOT_A_HOST,
  };
  PlugUrlProblem problem = PLUG_URL_OK;
  g_autoptr (PlugUrl) url = plug_url_parse (value, &problem);

  return problems[problem];
}

/* A host, or host:port. The characters that would end a host in a URL are looked for first, so that the parser sees
 * nothing but a host. */
static PlugValueProblem
check_hostname (const char *value)
{
  g_autofree char *text = NULL;

  if (strpbrk (value, "/?#@\\%") != NULL)
    return PLUG_VALUE_NOT_A_HOST;
  text = g_strconcat ("https://", value, NULL);
  return check_uri (text) == PLUG_VALUE_OK ? PLUG_VALUE_OK : PLUG_VALUE_NOT_A_HOST;
}

/* One @ with something on both sides, no blanks: more than that only the service can tell. */
static PlugValueProblem
check_email (const char *value)
{
  const char *at = strrchr (value, '@');

  if (at == NULL || at == value || at[1] == '\0' || strchr (value, '@') != at)
    return PLUG_VALUE_NOT_AN_EMAIL;
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return PLUG_VALUE_NOT_AN_EMAIL;
  }
  return PLUG_VALUE_OK;
}

static PlugValueProblem
check_integer (const char *value)
{
  gint64 number;

  return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL) ? PLUG_VALUE_OK
                                                                                     : PLUG_VALUE_NOT_A_NUMBER;
}

static PlugValueProblem
check_option (PlugParameter *self,
              const char *value)
{
  for (gsize i = 0; self->options[i] != NULL; i += 2) {
    if (g_str_equal (self->options[i], value))
      return PLUG_VALUE_OK;
  }
  return PLUG_VALUE_NOT_AN_OPTION;
}

/* RFC 7468: whether the text between the lines is what it says, the TLS library finds out. */
static PlugValueProblem
check_pem (const char *value)
{
  const char *begin = strstr (value, "-----BEGIN ");
  const char *end = begin != NULL ? strstr (begin, "\n-----END ") : NULL;

  return end != NULL && strstr (end + strlen ("\n-----END "), "-----") != NULL ? PLUG_VALUE_OK : PLUG_VALUE_NOT_PEM;
}

/* RFC 3986, sections 3.3 and 5.2.4: a path that does not climb. */
static PlugValueProblem
check_path (const char *value)
{
  g_autofree char *path = g_strndup (value, strcspn (value, "?"));
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);

  if (strpbrk (value, "#\\ ") != NULL || strstr (value, "://") != NULL)
    return PLUG_VALUE_NOT_A_PATH;
  for (guint i = 0; segments[i] != NULL; i++) {
    if (g_str_equal (segments[i], "..") || g_ascii_strcasecmp (segments[i], "%2e%2e") == 0)
      return PLUG_VALUE_NOT_A_PATH;
  }

  return PLUG_VALUE_OK;
}

static PlugValueProblem
check_type (PlugParameter *self,
            const char *value)
{
  switch (self->type) {
  case PLUG_PARAMETER_URI:
    return check_uri (value);
  case PLUG_PARAMETER_HOSTNAME:
    return check_hostname (value);
  case PLUG_PARAMETER_EMAIL:
    return check_email (value);
  case PLUG_PARAMETER_INTEGER:
    return check_integer (value);
  case PLUG_PARAMETER_BOOLEAN:
    return g_str_equal (value, "true") || g_str_equal (value, "false") ? PLUG_VALUE_OK : PLUG_VALUE_NOT_AN_OPTION;
  case PLUG_PARAMETER_ENUM:
    return check_option (self, value);
  case PLUG_PARAMETER_PEM:
    return check_pem (value);
  case PLUG_PARAMETER_PATH:
    return check_path (value);
  case PLUG_PARAMETER_STRING:
  case PLUG_PARAMETER_SECRET:
  default:
    return PLUG_VALUE_OK;
  }
}

static PlugValueProblem
check_pattern (PlugParameter *self,
               const char *value)
{
  g_autoptr (GError) error = NULL;

  if (self->pattern == NULL || g_regex_match_full (self->pattern, value, -1, 0, 0, NULL, &error))
    return PLUG_VALUE_OK;
  return error != NULL ? PLUG_VALUE_UNCHECKABLE : PLUG_VALUE_PATTERN;
}

static gboolean
is_all_blank (const char *value)
{
  while (*value != '\0' && is_blank (g_utf8_get_char (value)))
    value = g_utf8_next_char (value);
  return *value == '\0';
}

static void
plug_parameter_finalize (GObject *object)
{
  PlugParameter *self = PLUG_PARAMETER (object);

  g_free (self->id);
  g_free (self->label);
  g_free (self->default_text);
  g_free (self->placeholder);
  g_free (self->help);
  g_free (self->suffix);
  g_strfreev (self->options);
  g_strfreev (self->strip_suffixes);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_ptr_array_unref (self->visible_when);

  G_OBJECT_CLASS (plug_parameter_parent_class)->finalize (object);
}

static void
plug_parameter_class_init (PlugParameterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_parameter_finalize;
}

static void
plug_parameter_init (PlugParameter *self)
{
  self->visible_when = g_ptr_array_new_with_free_func ((GDestroyNotify) plug_visible_when_free);
}

void
plug_visible_when_free (PlugVisibleWhen *self)
{
  g_free (self->id);
  g_strfreev (self->values);
  g_free (self);
}

gboolean
plug_parameter_type_from_id (const char *id,
                             PlugParameterType *type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (type_ids); i++) {
    if (g_strcmp0 (id, type_ids[i]) == 0) {
      *type = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* \C takes a byte out of a character, and what follows is undefined. */
static gboolean
takes_bytes (const char *pattern)
{
  for (const char *p = pattern; *p != '\0'; p++) {
    if (*p == '\\' && *++p == 'C')
      return TRUE;
    if (*p == '\0')
      break;
  }
  return FALSE;
}

GRegex *
plug_parameter_compile_pattern (const char *pattern,
                                GError **error)
{
  g_autofree char *limited = g_strconcat (MATCH_LIMIT, pattern, NULL);

  if (takes_bytes (pattern)) {
    g_set_error_literal (error, G_REGEX_ERROR, G_REGEX_ERROR_COMPILE, "\\C is not allowed");
    return NULL;
  }
  return g_regex_new (limited, G_REGEX_ANCHORED, 0, error);
}

const char *
plug_parameter_get_id (PlugParameter *self)
{
  return self->id;
}

const char *
plug_parameter_get_label (PlugParameter *self)
{
  return self->label;
}

PlugParameterType
plug_parameter_get_value_type (PlugParameter *self)
{
  return self->type;
}

gboolean
plug_parameter_is_secret (PlugParameter *self)
{
  return self->secret;
}

gboolean
plug_parameter_is_required (PlugParameter *self)
{
  return self->required;
}

gboolean
plug_parameter_is_advanced (PlugParameter *self)
{
  return self->advanced;
}

const char *
plug_parameter_get_default (PlugParameter *self)
{
  return self->default_text;
}

gboolean
plug_parameter_default_is_template (PlugParameter *self)
{
  return self->default_is_template;
}

const char *
plug_parameter_get_placeholder (PlugParameter *self)
{
  return self->placeholder;
}

const char *
plug_parameter_get_help (PlugParameter *self)
{
  return self->help;
}

const char *
plug_parameter_get_suffix (PlugParameter *self)
{
  return self->suffix;
}

const char *const *
plug_parameter_get_options (PlugParameter *self)
{
  return (const char *const *) self->options;
}

char *
plug_parameter_normalise (PlugParameter *self,
                          const char *text,
                          gboolean *trimmed)
{
  const char *start = text, *end = text + strlen (text);
  g_autofree char *bare = NULL;

  if (trimmed != NULL)
    *trimmed = FALSE;
  if (!g_utf8_validate (text, -1, NULL))
    return g_strdup (text);

  trim_blanks (&start, &end);
  /* A password may well be "quoted"; whoever typed it could not see that it was changed. */
  if (!self->secret && self->type != PLUG_PARAMETER_PEM)
    trim_quotes (&start, &end);
  if (trimmed != NULL)
    *trimmed = (gsize) (end - start) != strlen (text);

  /* A secret is copied once, for the caller to wipe. */
  if (start == end || self->secret)
    return g_strndup (start, end - start);

  bare = g_strndup (start, end - start);
  return normalise_type (self, bare);
}

PlugValueProblem
plug_parameter_check (PlugParameter *self,
                      const char *value)
{
  PlugValueProblem problem;

  if (strlen (value) > PLUG_PARAMETER_MAX_BYTES)
    return PLUG_VALUE_TOO_LONG;
  if (!g_utf8_validate (value, -1, NULL))
    return PLUG_VALUE_NOT_UTF8;
  /* What follows from other values may be left empty, even where a value is needed. */
  if (is_all_blank (value))
    return self->required && !self->default_is_template ? PLUG_VALUE_MISSING : PLUG_VALUE_OK;

  problem = check_characters (self, value);
  if (problem == PLUG_VALUE_OK)
    problem = check_type (self, value);
  if (problem == PLUG_VALUE_OK)
    problem = check_pattern (self, value);

  return problem;
}
