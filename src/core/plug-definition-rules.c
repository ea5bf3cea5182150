/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-definition-private.h"

#include <string.h>

#include "plug-parameter-private.h"
#include "plug-url.h"

/* The rules that no schema can express, over one whole method: which variables there are, where a secret may stand, and
 * which host a template can lead to. They are what lets somebody install a definition without reading it. */

#define ACCESS_TOKEN "access_token"

/* Words that say "this is a secret" at the end of a name, whatever the definition says about it. */
static const char *const secret_words[] = { "token", "secret", "password", "passphrase", "key" };

typedef struct {
  PlugDefinitionReader *reader;
  PlugMethod *method;
  GHashTable *used;     /* the parameters that something uses */
  GHashTable *defaults; /* PlugParameter → DEFAULT_OPEN or DEFAULT_CLOSED, of those whose default is a template */
} Rules;

/* How far the check of a default has come; not begun where the table has nothing. */
enum {
  DEFAULT_OPEN = 1,
  DEFAULT_CLOSED,
};

static gboolean
is_secret (Rules *self,
           const char *variable)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, variable);

  return parameter != NULL ? parameter->secret : g_str_equal (variable, ACCESS_TOKEN);
}

static gboolean
is_known (Rules *self,
          const char *variable,
          PlugUseFlags flags)
{
  return plug_method_get_parameter (self->method, variable) != NULL ||
         g_hash_table_contains (self->reader->learnt, variable) ||
         (flags & PLUG_USE_TOKEN && g_str_equal (variable, ACCESS_TOKEN));
}

/* Whether a parameter may have been meant whose definition has a mistake: there is no telling whether it is secret, or what
 * it is when it stands in a host. */
static gboolean
is_unsure (Rules *self,
           const char *variable,
           PlugUnsureFlags flags)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, variable);

  if (parameter == NULL)
    return !g_hash_table_contains (self->reader->learnt, variable);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->reader->unsure, parameter)) & flags;
}

/* Only the last word counts, so that neither "token_url" nor "public_key_id" is taken for a secret. */
static gboolean
sounds_secret (const char *name)
{
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  if (lower == NULL || strstr (lower, "public") != NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (secret_words); i++) {
    if (g_str_has_suffix (lower, secret_words[i]))
      return TRUE;
  }
  return FALSE;
}

static void
check_variable (Rules *self,
                PlugTemplateUse *use,
                const char *variable)
{
  PlugParameter *parameter = plug_method_get_parameter (self->method, variable);

  if (parameter != NULL)
    g_hash_table_add (self->used, parameter);

  if (!is_known (self, variable, use->flags)) {
    if (!plug_reader_may_define (self->reader, variable))
      plug_reader_report_at (self->reader, use->pointer, "no parameter is called “%s”", variable);
  } else if (is_secret (self, variable) && use->flags & PLUG_USE_URL) {
    plug_reader_report_at (self->reader, use->pointer,
                           "the secret “%s” would stand in an address, which servers and proxies write down", variable);
  } else if (is_secret (self, variable) && !(use->flags & PLUG_USE_MAY_SECRET)) {
    plug_reader_report_at (self->reader, use->pointer, "the secret “%s” may be used under “auth” only", variable);
  } else if (!is_secret (self, variable) && use->flags & PLUG_USE_MUST_SECRET &&
             !is_unsure (self, variable, PLUG_UNSURE_TYPE)) {
    plug_reader_report_at (self->reader, use->pointer, "“%s” is used as a secret, but is none", variable);
  }

  /* What base64{…} encodes may be any text. */
  if (parameter != NULL && use->flags & PLUG_USE_HEADER &&
      strstr (plug_template_get_text (use->template), "base64{") == NULL)
    parameter->in_header = TRUE;
}

static gboolean
uses_secret (Rules *self,
             PlugTemplate *template)
{
  const char *const *variables = plug_template_get_variables (template);

  for (gsize i = 0; variables[i] != NULL; i++) {
    if (is_secret (self, variables[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
may_use_secret (Rules *self,
                PlugTemplate *template)
{
  const char *const *variables = plug_template_get_variables (template);

  for (gsize i = 0; variables[i] != NULL; i++) {
    if (is_unsure (self, variables[i], PLUG_UNSURE_TYPE))
      return TRUE;
  }
  return uses_secret (self, template);
}

/* An identifier may go beside the key, as Cloudflare's X-Auth-Email does; never a key that is no secret. */
static void
check_api_key (Rules *self,
               PlugTemplateUse *use)
{
  const char *const *variables = plug_template_get_variables (use->template);
  gboolean another = FALSE, suspicious = sounds_secret (use->name);

  if (variables[0] == NULL || uses_secret (self, use->template))
    return;

  for (guint i = 0; i < self->reader->uses->len; i++) {
    PlugTemplateUse *other = g_ptr_array_index (self->reader->uses, i);

    another |= other->flags & PLUG_USE_MAY_SECRET && may_use_secret (self, other->template);
  }
  for (gsize i = 0; variables[i] != NULL; i++) {
    if (is_unsure (self, variables[i], PLUG_UNSURE_TYPE))
      return;
    suspicious |= sounds_secret (variables[i]);
  }
  if (suspicious || (!another && !self->reader->auth_unread))
    plug_reader_report_at (self->reader, use->pointer, "“%s” is used as a key, but is not secret", variables[0]);
}

/* "{x}" or "{+x}" at @text: its variable, and where it ends. */
static char *
dup_variable (const char *text,
              gboolean *reserved,
              const char **end)
{
  const char *start = text + 1;
  gsize length;

  *reserved = *start == '+';
  start += *reserved ? 1 : 0;
  length = strspn (start, "abcdefghijklmnopqrstuvwxyz0123456789_");
  if (length == 0 || start[length] != '}')
    return NULL;
  *end = start + length + 1;
  return g_strndup (start, length);
}

static gboolean
ends_authority (const char *text)
{
  return *text == '\0' || *text == '/' || *text == '?' || g_str_has_prefix (text, "{/") || g_str_has_prefix (text, "{?");
}

/* Whether every option of an enum, behind @prefix, is the address of a host and nothing more. */
static gboolean
has_addresses (PlugParameter *parameter,
               const char *prefix)
{
  if (parameter->type != PLUG_PARAMETER_ENUM || parameter->options[0] == NULL)
    return FALSE;
  for (gsize i = 0; parameter->options[i] != NULL; i += 2) {
    g_autofree char *text = g_strconcat (prefix, parameter->options[i], NULL);
    g_autoptr (PlugUrl) url = plug_url_parse (text, NULL);

    if (url == NULL || !g_str_equal (url->scheme, "https") || strpbrk (parameter->options[i], "?#@") != NULL ||
        (*prefix != '\0' && strchr (parameter->options[i], '/') != NULL))
      return FALSE;
  }

  return TRUE;
}

/* Of a variable that may not stand in an address, whatever it is, or whose definition has a mistake, no more is said. */
static gboolean
is_told (Rules *self,
         const char *variable)
{
  return is_secret (self, variable) || is_unsure (self, variable, PLUG_UNSURE_TYPE | PLUG_UNSURE_VALUES);
}

static const char *
check_base (Rules *self,
            const char *text)
{
  const char *end = NULL;
  gboolean reserved;
  g_autofree char *variable = dup_variable (text, &reserved, &end);
  PlugParameter *parameter;

  if (variable == NULL || !reserved)
    return "must begin with https:// or one address, as {+ADDRESS}";
  if (!ends_authority (end))
    return "what follows the address must begin with / or ?, or else it would change the host";
  parameter = plug_method_get_parameter (self->method, variable);
  if (parameter != NULL && !is_told (self, variable) && parameter->type != PLUG_PARAMETER_URI &&
      !has_addresses (parameter, ""))
    return "a parameter that an address begins with must be of the type uri, or an enum of https addresses";
  return NULL;
}

/* A suffix of two labels at least is a host that the definition names: ".zslogin.net", not ".net". */
static gboolean
names_a_domain (const char *suffix)
{
  const char *dot = strchr (suffix, '.');

  return dot != NULL && strchr (dot + 1, '.') != NULL && !g_str_has_suffix (suffix, ".") && strstr (suffix, "..") == NULL;
}

/* The authority of an address. */
typedef struct {
  GString *suffix;  /* what follows the last variable; the whole host when there is none */
  char *variable;   /* (nullable): the first */
  gboolean whole;   /* the variable is the whole host */
  gboolean reserved; /* a variable is written {+x} */
} Authority;

static const char *
judge_host (Rules *self,
            Authority *authority)
{
  PlugParameter *parameter;

  if (authority->variable == NULL) {
    g_autofree char *literal = g_strconcat ("https://", authority->suffix->str, NULL);
    g_autoptr (PlugUrl) url = plug_url_parse (literal, NULL);

    return url != NULL ? NULL : "names no host";
  }
  if (authority->whole) {
    if (is_told (self, authority->variable))
      return NULL;
    parameter = plug_method_get_parameter (self->method, authority->variable);
    return parameter != NULL && (parameter->type == PLUG_PARAMETER_HOSTNAME || has_addresses (parameter, "https://"))
             ? NULL
             : "a variable that is the whole host must be a parameter of the type hostname, or an enum of hosts";
  }
  if (authority->reserved)
    return "a variable that is a part of the host must be written without +";
  return names_a_domain (authority->suffix->str) ? NULL : "what follows a variable in the host must name a domain";
}

static const char *
judge_port (const char *text)
{
  gsize n_digits = strspn (text, "0123456789");

  return n_digits > 0 && n_digits <= 5 && ends_authority (text + n_digits) ? NULL : "the port must be a number";
}

/* Walks over what follows "https://": literal characters, variables, and at the end maybe a port. */
static const char *
check_authority (Rules *self,
                 const char *text)
{
  g_autoptr (GString) suffix = g_string_new (NULL);
  g_autofree char *first = NULL;
  Authority authority = { .suffix = suffix };
  const char *start = text;

  while (!ends_authority (text) && *text != ':') {
    if (*text == '{') {
      const char *end = NULL;
      gboolean reserved;
      g_autofree char *variable = dup_variable (text, &reserved, &end);

      if (variable == NULL)
        return "the host may only hold variables such as {x} or {+x}";
      authority.reserved |= reserved;
      authority.whole = text == start;
      if (first == NULL)
        first = g_steal_pointer (&variable);
      g_string_truncate (suffix, 0);
      text = end;
    } else if (g_ascii_isalnum (*text) || *text == '-' || *text == '.') {
      g_string_append_c (suffix, *text++);
      authority.whole = FALSE;
    } else {
      return "the host has a character that no host has";
    }
  }
  authority.variable = first;
  if (*text == ':' && judge_port (text + 1) != NULL)
    return judge_port (text + 1);

  return judge_host (self, &authority);
}

static void
check_url (Rules *self,
           const char *pointer,
           const char *text)
{
  const char *reason;

  if (strchr (text, '#') != NULL)
    reason = "an address that is asked has no fragment";
  else if (g_str_has_prefix (text, "https://"))
    reason = check_authority (self, text + strlen ("https://"));
  else if (*text == '{')
    reason = check_base (self, text);
  else
    reason = "must begin with https:// or {+ADDRESS}";

  if (reason != NULL)
    plug_reader_report_at (self->reader, pointer, "%s", reason);
}

/* The HTTP client refuses anything else; better here than at every request. */
static void
check_header_text (Rules *self,
                   PlugTemplateUse *use)
{
  const char *text = plug_template_get_text (use->template);

  if (strstr (text, "base64{") == NULL && !g_str_is_ascii (text))
    plug_reader_report_at (self->reader, use->pointer, "stands in a header, where only ASCII may stand");
}

static void
check_use (Rules *self,
           PlugTemplateUse *use)
{
  const char *const *variables = plug_template_get_variables (use->template);

  for (gsize i = 0; variables[i] != NULL; i++)
    check_variable (self, use, variables[i]);
  if (use->flags & PLUG_USE_URL)
    check_url (self, use->pointer, plug_template_get_text (use->template));
  if (use->flags & PLUG_USE_HEADER)
    check_header_text (self, use);
  if (use->flags & PLUG_USE_API_KEY)
    check_api_key (self, use);
}

static void check_default (Rules *self,
                           PlugParameter *parameter);

/* What the default of @parameter, which stands at @pointer, is made of. */
static void
check_default_variable (Rules *self,
                        PlugParameter *parameter,
                        const char *variable,
                        const char *pointer)
{
  PlugParameter *other = plug_method_get_parameter (self->method, variable);

  if (other == NULL) {
    if (!plug_reader_may_define (self->reader, variable))
      plug_reader_report_at (self->reader, pointer, "no parameter is called “%s”", variable);
    return;
  }
  g_hash_table_add (self->used, other);
  if (other->secret)
    plug_reader_report_at (self->reader, pointer, "the secret “%s” may be used under “auth” only", variable);
  if (GPOINTER_TO_INT (g_hash_table_lookup (self->defaults, other)) == DEFAULT_OPEN)
    plug_reader_report_at (self->reader, pointer, "the default of “%s” would be made of itself", variable);
  else
    check_default (self, other);
}

/* Depth first, each parameter once: whoever comes back to one that is still open has found a loop. */
static void
check_default (Rules *self,
               PlugParameter *parameter)
{
  g_autoptr (PlugTemplate) template = NULL;
  g_autofree char *pointer = NULL;
  const char *const *variables;
  guint index = 0;

  if (!parameter->default_is_template || g_hash_table_contains (self->defaults, parameter))
    return;

  g_hash_table_insert (self->defaults, parameter, GINT_TO_POINTER (DEFAULT_OPEN));
  g_ptr_array_find (self->method->parameters, parameter, &index);
  pointer = g_strdup_printf ("%s/%u/default", self->reader->pointer->str, index);
  template = plug_method_parse_default (parameter, NULL);
  variables = plug_template_get_variables (template);
  for (gsize i = 0; variables[i] != NULL; i++)
    check_default_variable (self, parameter, variables[i], pointer);
  if (parameter->type == PLUG_PARAMETER_URI)
    check_url (self, pointer, plug_template_get_text (template));
  g_hash_table_insert (self->defaults, parameter, GINT_TO_POINTER (DEFAULT_CLOSED));
}

/* What decides whether another parameter is shown is of use, too. */
static void
check_conditions (Rules *self)
{
  for (guint i = 0; i < self->method->parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (self->method->parameters, i);

    for (guint j = 0; j < parameter->visible_when->len; j++) {
      const PlugVisibleWhen *condition = g_ptr_array_index (parameter->visible_when, j);

      g_hash_table_add (self->used, plug_method_get_parameter (self->method, condition->id));
    }
  }
  if (self->method->test_requires != NULL &&
      plug_method_get_parameter (self->method, self->method->test_requires) == NULL &&
      !plug_reader_may_define (self->reader, self->method->test_requires))
    plug_reader_report (self->reader, "test", "“requires” names “%s”, which is no parameter", self->method->test_requires);
}

/* A secret that an answer of the service could replace would be shown as if it had been typed. */
static void
check_learnt (Rules *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->reader->learnt);
  while (g_hash_table_iter_next (&iter, &id, NULL)) {
    PlugParameter *parameter = plug_method_get_parameter (self->method, id);

    if (parameter != NULL && parameter->secret)
      plug_reader_report (self->reader, "auth", "the secret “%s” cannot be set by an answer", (const char *) id);
  }
}

static void
check_parameters (Rules *self)
{
  gsize place = plug_reader_enter (self->reader, "parameters");

  for (guint i = 0; i < self->method->parameters->len; i++)
    check_default (self, g_ptr_array_index (self->method->parameters, i));
  for (guint i = 0; i < self->method->parameters->len; i++) {
    PlugParameter *parameter = g_ptr_array_index (self->method->parameters, i);
    gsize parameter_place = plug_reader_enter_index (self->reader, i);

    /* Of two with one id the first is meant, and the other one has its mistake. */
    if (parameter->id != NULL && !g_hash_table_contains (self->used, parameter) &&
        plug_method_get_parameter (self->method, parameter->id) == parameter &&
        !plug_reader_may_use (self->reader, parameter->id))
      plug_reader_report (self->reader, NULL, "nothing uses this parameter");
    plug_reader_leave (self->reader, parameter_place);
  }
  plug_reader_leave (self->reader, place);
}

/* RFC 8705, section 2: the certificate says who asks for the token. */
static void
check_tls_clients (Rules *self)
{
  gsize place = plug_reader_enter (self->reader, "auth");
  gboolean has_certificate = self->reader->auth_unread;

  for (guint i = 0; i < self->method->schemes->len; i++)
    has_certificate |= ((PlugScheme *) self->method->schemes->pdata[i])->kind == PLUG_SCHEME_MUTUAL_TLS;
  for (guint i = 0; !has_certificate && i < self->method->schemes->len; i++) {
    PlugScheme *scheme = g_ptr_array_index (self->method->schemes, i);
    gsize scheme_place = plug_reader_enter_index (self->reader, i);

    if (scheme->kind == PLUG_SCHEME_OAUTH2 && scheme->client_auth == PLUG_CLIENT_TLS)
      plug_reader_report (self->reader, "token_endpoint_auth_method", "needs a scheme of the type mutualTLS beside this one");
    plug_reader_leave (self->reader, scheme_place);
  }
  plug_reader_leave (self->reader, place);
}

static void
check_schemes (Rules *self)
{
  gboolean none = FALSE;
  guint n_tokens = 0;

  for (guint i = 0; i < self->method->schemes->len; i++) {
    PlugScheme *scheme = g_ptr_array_index (self->method->schemes, i);

    none |= scheme->kind == PLUG_SCHEME_NONE;
    n_tokens += plug_scheme_needs_token (scheme);
  }
  if (none && self->method->schemes->len > 1)
    plug_reader_report (self->reader, "auth", "the type none stands alone");
  if (n_tokens > 0 && plug_method_get_parameter (self->method, ACCESS_TOKEN) != NULL)
    plug_reader_report (self->reader, "parameters", "“%s” is the name of the token that is asked for", ACCESS_TOKEN);
  if (n_tokens == 0 && self->method->test_is_issued && !self->reader->auth_unread)
    plug_reader_report (self->reader, "test", "“issued” needs a scheme that asks for a token");
}

void
plug_reader_check_method (PlugDefinitionReader *reader,
                          PlugMethod *method)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) defaults = g_hash_table_new (NULL, NULL);
  Rules rules = { .reader = reader, .method = method, .used = used, .defaults = defaults };

  for (guint i = 0; i < reader->uses->len; i++)
    check_use (&rules, g_ptr_array_index (reader->uses, i));
  check_conditions (&rules);
  check_learnt (&rules);
  check_parameters (&rules);
  check_schemes (&rules);
  check_tls_clients (&rules);
}
