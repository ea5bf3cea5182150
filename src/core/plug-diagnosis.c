/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-diagnosis.h"

#include <string.h>

#include "plug-error.h"
#include "plug-json.h"

/* Pure functions from an answer to what it means. "Refused" needs proof: the service itself must have said that the
 * credentials are wrong. Whatever else goes wrong is "not reachable", which is no verdict about the credentials. */

#define PASSED { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, PLUG_BLAME_NOTHING }
#define REFUSED(reason, blame) { PLUG_OUTCOME_REFUSED, PLUG_REASON_##reason, blame }
#define NOT_PERMITTED(reason, blame) { PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_##reason, blame }
#define NOT_REACHABLE(reason, blame) { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_##reason, blame }

typedef struct {
  const char *code;
  PlugDiagnosis diagnosis;
} CodeMeaning;

/* RFC 6749, section 5.2, and what servers send besides. Only the first five say anything about what was typed;
 * "invalid_request" may come from a wrong tenant as well as from a fault of ours. */
static const CodeMeaning token_codes[] = {
  { "invalid_client", REFUSED (INVALID_CLIENT, PLUG_BLAME_CLIENT) },
  { "invalid_grant", REFUSED (INVALID_GRANT, PLUG_BLAME_LOGIN) },
  { "invalid_scope", REFUSED (INVALID_SCOPE, PLUG_BLAME_SCOPE) },
  { "unauthorized_client", REFUSED (UNAUTHORIZED_CLIENT, PLUG_BLAME_CLIENT_ID) },
  { "unsupported_grant_type", REFUSED (UNSUPPORTED_GRANT_TYPE, PLUG_BLAME_CLIENT_ID) },
  { "access_denied", REFUSED (UNAUTHORIZED_CLIENT, PLUG_BLAME_CLIENT_ID) },
  { "invalid_request", NOT_REACHABLE (INVALID_REQUEST, PLUG_BLAME_PLACE) },
  { "temporarily_unavailable", NOT_REACHABLE (BUSY, PLUG_BLAME_NOTHING) },
  { "server_error", NOT_REACHABLE (SERVICE_PROBLEM, PLUG_BLAME_NOTHING) },
};

/* RFC 6750, section 3.1, and services that say 200 and mean no. */
static const CodeMeaning read_codes[] = {
  { "invalid_token", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "invalid_auth", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "not_authed", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "token_revoked", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "token_expired", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "account_inactive", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "unauthorized", REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS) },
  { "insufficient_scope", NOT_PERMITTED (FORBIDDEN, PLUG_BLAME_NOTHING) },
  { "missing_scope", NOT_PERMITTED (FORBIDDEN, PLUG_BLAME_NOTHING) },
  { "access_denied", NOT_PERMITTED (FORBIDDEN, PLUG_BLAME_NOTHING) },
};

static const PlugDiagnosis passed = PASSED;
static const PlugDiagnosis busy = NOT_REACHABLE (BUSY, PLUG_BLAME_NOTHING);
static const PlugDiagnosis redirected = NOT_REACHABLE (REDIRECTED, PLUG_BLAME_ADDRESS);
static const PlugDiagnosis not_the_service = NOT_REACHABLE (NOT_THE_SERVICE, PLUG_BLAME_ADDRESS | PLUG_BLAME_PLACE);
static const PlugDiagnosis wrong_address = NOT_REACHABLE (WRONG_ADDRESS, PLUG_BLAME_ADDRESS | PLUG_BLAME_PLACE);
static const PlugDiagnosis service_problem = NOT_REACHABLE (SERVICE_PROBLEM, PLUG_BLAME_NOTHING);
static const PlugDiagnosis unexpected = NOT_REACHABLE (UNEXPECTED_ANSWER, PLUG_BLAME_NOTHING);
static const PlugDiagnosis unusable_token = NOT_REACHABLE (INVALID_TOKEN, PLUG_BLAME_NOTHING);
static const PlugDiagnosis wrong_credentials = REFUSED (WRONG_CREDENTIALS, PLUG_BLAME_CREDENTIALS);
static const PlugDiagnosis no_sign_in = REFUSED (FORBIDDEN, PLUG_BLAME_CREDENTIALS);
static const PlugDiagnosis forbidden = NOT_PERMITTED (FORBIDDEN, PLUG_BLAME_NOTHING);
/* The service took the credentials for a token and then not the token: the credentials are right all the same. */
static const PlugDiagnosis token_not_taken = NOT_PERMITTED (INVALID_TOKEN, PLUG_BLAME_NOTHING);

static const char *
skip_blanks (const char *text,
             gsize *length_bytes)
{
  if (*length_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0) {
    text += 3;
    *length_bytes -= 3;
  }
  while (*length_bytes > 0 && g_ascii_isspace (*text)) {
    text++;
    (*length_bytes)--;
  }

  return text;
}

static gboolean
has_prefix (const char *text,
            gsize length_bytes,
            const char *prefix)
{
  return length_bytes >= strlen (prefix) && g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* A web page, whatever the answer calls itself: captive portals and single-page applications answer 200 to everything. */
static gboolean
is_web_page (const PlugAnswer *answer)
{
  gsize length_bytes = answer->length_bytes;
  const char *text;

  if (g_strcmp0 (answer->content_type, "text/html") == 0 || g_strcmp0 (answer->content_type, "application/xhtml+xml") == 0)
    return TRUE;
  if (answer->body == NULL)
    return FALSE;

  text = skip_blanks (answer->body, &length_bytes);

  return has_prefix (text, length_bytes, "<!doctype html") || has_prefix (text, length_bytes, "<html")
         || has_prefix (text, length_bytes, "<head");
}

static JsonNode *
parse_body (const PlugAnswer *answer)
{
  if (answer->body == NULL || answer->length_bytes == 0)
    return NULL;

  return plug_json_parse (answer->body, answer->length_bytes, NULL);
}

static const char *
get_string (JsonNode *root,
            const char *pointer)
{
  JsonNode *node = root != NULL ? plug_json_resolve (root, pointer) : NULL;
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  text = json_node_get_string (node);

  return text != NULL && *text != '\0' ? text : NULL;
}

static const char *
get_code (JsonNode *root)
{
  static const char * const pointers[] = { "/error", "/error/code", "/errorCode", "/error_code" };

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++) {
    const char *code = get_string (root, pointers[i]);

    if (code != NULL)
      return code;
  }

  return NULL;
}

static gboolean
find_code (const CodeMeaning *meanings,
           gsize n_meanings,
           const char *code,
           PlugDiagnosis *diagnosis)
{
  for (gsize i = 0; code != NULL && i < n_meanings; i++) {
    if (g_ascii_strcasecmp (meanings[i].code, code) == 0) {
      *diagnosis = meanings[i].diagnosis;
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
is_success (guint status)
{
  return status >= 200 && status < 300;
}

static gboolean
has_status (const PlugCondition *condition,
            guint status)
{
  for (guint i = 0; condition->status != NULL && i < condition->status->len; i++) {
    if (g_array_index (condition->status, guint, i) == status)
      return TRUE;
  }

  return condition->status == NULL;
}

/* A PlugJson text holds no NUL, but any other body may. */
static gboolean
contains (const PlugAnswer *answer,
          const char *text)
{
  return answer->body != NULL && memmem (answer->body, answer->length_bytes, text, strlen (text)) != NULL;
}

static gboolean
is_of_type (JsonNode *node,
            const char *type)
{
  GType value_type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "number"))
    return value_type == G_TYPE_INT64 || value_type == G_TYPE_DOUBLE;

  return value_type == (g_str_equal (type, "boolean") ? G_TYPE_BOOLEAN : G_TYPE_STRING);
}

static gboolean
has_value (const PlugCondition *condition,
           JsonNode *root)
{
  JsonNode *node = root != NULL ? plug_json_resolve (root, condition->pointer) : NULL;

  if (condition->type != NULL && (node == NULL || !is_of_type (node, condition->type)))
    return FALSE;
  if (condition->exists >= 0)
    return (node != NULL && !JSON_NODE_HOLDS_NULL (node)) == (condition->exists == 1);
  if (condition->equals != NULL)
    return node != NULL && json_node_equal (node, condition->equals);

  return node != NULL;
}

/* Everything but the status. */
static gboolean
has_content (const PlugCondition *condition,
             const PlugAnswer *answer,
             JsonNode *root)
{
  if (condition->content_type != NULL && g_strcmp0 (condition->content_type, answer->content_type) != 0)
    return FALSE;
  if (condition->contains != NULL && !contains (answer, condition->contains))
    return FALSE;

  return condition->pointer == NULL || has_value (condition, root);
}

static gboolean
fits (const PlugCondition *condition,
      const PlugAnswer *answer,
      JsonNode *root)
{
  return has_status (condition, answer->status) && has_content (condition, answer, root);
}

/* Whether the definition describes this very answer, and not only its status: a web page, too, may be what a service
 * says no with. */
static gboolean
describes_content (const PlugCondition *condition)
{
  return condition->content_type != NULL || condition->contains != NULL;
}

static gboolean
fits_any (const GPtrArray *conditions,
          guint fallback,
          const PlugAnswer *answer,
          JsonNode *root)
{
  if (conditions == NULL)
    return answer->status == fallback;
  for (guint i = 0; i < conditions->len; i++) {
    if (fits (g_ptr_array_index (conditions, i), answer, root))
      return TRUE;
  }

  return FALSE;
}

static gboolean
is_refused (const PlugAnswer *answer,
            JsonNode *root)
{
  return fits_any (answer->refused, 401, answer, root);
}

static gboolean
is_denied (const PlugAnswer *answer,
           JsonNode *root)
{
  return fits_any (answer->denied, 403, answer, root);
}

static gboolean
describes (const GPtrArray *conditions,
           const PlugAnswer *answer)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++) {
    const PlugCondition *condition = g_ptr_array_index (conditions, i);

    if (describes_content (condition) && condition->pointer == NULL && fits (condition, answer, NULL))
      return TRUE;
  }

  return FALSE;
}

/* Of a redirect: that a definition has it in mind. */
static gboolean
names_status (const GPtrArray *conditions,
              const PlugAnswer *answer)
{
  for (guint i = 0; conditions != NULL && i < conditions->len; i++) {
    const PlugCondition *condition = g_ptr_array_index (conditions, i);

    if (condition->status != NULL && fits (condition, answer, NULL))
      return TRUE;
  }

  return FALSE;
}

/* Some services answer to a login with a cookie and a redirect, which the definition then expects. */
static gboolean
is_redirect (const PlugAnswer *answer)
{
  return answer->status >= 300 && answer->status < 400
         && (answer->expect == NULL || answer->expect->status == NULL || !has_status (answer->expect, answer->status));
}

static gboolean
is_expected_status (const PlugAnswer *answer)
{
  return answer->expect != NULL && answer->expect->status != NULL ? has_status (answer->expect, answer->status)
                                                                  : answer->status == 200;
}

/* What is left when neither content nor step make a difference. */
static PlugDiagnosis
diagnose_status (guint status)
{
  if (status == 404 || status == 405 || status == 410)
    return wrong_address;
  if (status == 511) /* RFC 6585: a captive portal */
    return not_the_service;
  if (status >= 500 && status < 600)
    return service_problem;

  return unexpected;
}

/* What the service says no with. A token that it issued itself proves that the credentials are right. */
static PlugDiagnosis
get_refusal (const PlugAnswer *answer)
{
  return answer->with_token && answer->step != PLUG_STEP_SIGN_IN ? token_not_taken : wrong_credentials;
}

static PlugDiagnosis
diagnose_web_page (const PlugAnswer *answer)
{
  if (describes (answer->refused, answer))
    return get_refusal (answer);
  if (describes (answer->denied, answer))
    return forbidden;
  if (answer->with_token && answer->status == 401)
    return token_not_taken;
  if (answer->with_token && is_denied (answer, NULL))
    return forbidden;
  /* Jira and Jenkins put a page into a real refusal; a portal or a firewall sends no challenge. */
  if (answer->with_credentials && answer->step == PLUG_STEP_READ && answer->status == 401 && answer->has_challenge)
    return wrong_credentials;
  if (answer->status >= 400 && answer->status != 401 && answer->status != 403 && answer->status != 400)
    return diagnose_status (answer->status);

  return not_the_service;
}

/* What there is instead of a token. */
static PlugDiagnosis
diagnose_no_token (const PlugAnswer *answer,
                   JsonNode *root)
{
  if (!is_success (answer->status))
    return answer->status == 400 ? (PlugDiagnosis) NOT_REACHABLE (UNEXPECTED_ANSWER, PLUG_BLAME_PLACE)
                                 : diagnose_status (answer->status);
  if (!answer->is_login && (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)))
    return not_the_service;

  return answer->token == PLUG_TOKEN_ABSENT ? unexpected : unusable_token;
}

static PlugDiagnosis
diagnose_oauth2 (const PlugAnswer *answer,
                 JsonNode *root)
{
  PlugDiagnosis diagnosis;

  /* RFC 6749 has the words for it; where a service uses others, the definition knows them. */
  if (answer->refused != NULL && fits_any (answer->refused, 0, answer, root))
    return wrong_credentials;
  if (find_code (token_codes, G_N_ELEMENTS (token_codes), get_code (root), &diagnosis))
    return diagnosis;
  if (is_success (answer->status) && answer->token == PLUG_TOKEN_USABLE)
    return passed;
  if (answer->status == 401)
    return wrong_credentials;
  if (answer->status == 403)
    return no_sign_in;

  return diagnose_no_token (answer, root);
}

static PlugDiagnosis
diagnose_login (const PlugAnswer *answer,
                JsonNode *root)
{
  gboolean is_expected = answer->expect != NULL ? (answer->expect->status != NULL ? has_status (answer->expect, answer->status)
                                                                                   : is_success (answer->status))
                                                      && has_content (answer->expect, answer, root)
                                                : is_success (answer->status);

  if (is_expected && answer->token == PLUG_TOKEN_USABLE)
    return passed;
  if (is_refused (answer, root))
    return wrong_credentials;
  if (fits_any (answer->denied, 0, answer, root))
    return forbidden;

  return diagnose_no_token (answer, root);
}

static gboolean
needs_json (const PlugAnswer *answer)
{
  return answer->identity != NULL || (answer->expect != NULL && answer->expect->pointer != NULL);
}

static PlugDiagnosis
diagnose_refusal (const PlugAnswer *answer,
                  JsonNode *root)
{
  PlugDiagnosis diagnosis;

  if (is_refused (answer, root))
    return get_refusal (answer);
  if (is_denied (answer, root))
    return forbidden;
  if (find_code (read_codes, G_N_ELEMENTS (read_codes), get_code (root), &diagnosis))
    return diagnosis.outcome == PLUG_OUTCOME_REFUSED ? get_refusal (answer) : diagnosis;
  if (answer->status == 401)
    return get_refusal (answer);
  /* The definition says that 403 is no matter of permissions here: some services say 403 to a wrong key. */
  if (answer->status == 403)
    return answer->with_token ? forbidden : wrong_credentials;

  return diagnose_status (answer->status);
}

static PlugDiagnosis
diagnose_read (const PlugAnswer *answer,
               JsonNode *root)
{
  gboolean lacks_json = root == NULL && needs_json (answer);

  if (!is_expected_status (answer))
    return diagnose_refusal (answer, root);
  if (answer->status == 204) /* "No Content" (RFC 9110, 15.3.5): there is nothing to read */
    return passed;
  if (lacks_json)
    return describes (answer->refused, answer) || describes (answer->denied, answer) ? diagnose_refusal (answer, root)
                                                                                     : not_the_service;
  if (answer->expect != NULL && !has_content (answer->expect, answer, root))
    return diagnose_refusal (answer, root);

  return passed;
}

static PlugDiagnosis
diagnose_resolve (const PlugAnswer *answer,
                  JsonNode *root)
{
  if (is_success (answer->status))
    return root != NULL ? passed : not_the_service;
  if (answer->with_credentials)
    return diagnose_refusal (answer, root);

  return diagnose_status (answer->status);
}

PlugDiagnosis
plug_diagnosis_of_answer (const PlugAnswer *answer)
{
  g_autoptr (JsonNode) root = NULL;
  gboolean wants_page = answer->expect != NULL && g_strcmp0 (answer->expect->content_type, "text/html") == 0;

  if (is_redirect (answer) && names_status (answer->refused, answer))
    return get_refusal (answer);
  if (is_redirect (answer))
    return answer->status == 304 ? unexpected : redirected;
  if (answer->status == 429 || answer->status == 503)
    return busy;
  if (is_web_page (answer) && !wants_page)
    return diagnose_web_page (answer);

  root = parse_body (answer);
  switch (answer->step) {
  case PLUG_STEP_RESOLVE:
    return diagnose_resolve (answer, root);
  case PLUG_STEP_SIGN_IN:
    return answer->is_login ? diagnose_login (answer, root) : diagnose_oauth2 (answer, root);
  case PLUG_STEP_READ:
    return diagnose_read (answer, root);
  default:
    g_return_val_if_reached (unexpected);
  }
}

PlugDiagnosis
plug_diagnosis_of_error (const GError *error)
{
  PlugDiagnosis diagnosis = NOT_REACHABLE (NETWORK, PLUG_BLAME_NOTHING);

  if (error->domain != PLUG_ERROR)
    return diagnosis;

  switch (error->code) {
  case PLUG_ERROR_KEY_UNREADABLE:
    diagnosis.blame = PLUG_BLAME_KEY | PLUG_BLAME_CLIENT_SECRET;
    break;
  case PLUG_ERROR_INVALID_URL:
  case PLUG_ERROR_HOST_NOT_FOUND:
  case PLUG_ERROR_CONNECTION_REFUSED:
  case PLUG_ERROR_PROXY_NO_WAY:
  case PLUG_ERROR_NO_SECURE_CONNECTION:
  case PLUG_ERROR_CERTIFICATE_WRONG_HOST:
  case PLUG_ERROR_NOT_A_WEB_SERVICE:
    diagnosis.blame = PLUG_BLAME_ADDRESS;
    break;
  default:
    break;
  }

  return diagnosis;
}

static char *
dup_list (JsonNode *root,
          const char *pointer)
{
  JsonNode *node = plug_json_resolve (root, pointer);
  g_autoptr (GString) words = g_string_new (NULL);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array) && i < 10; i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *text = get_string (element, "");

    if (text == NULL)
      text = get_string (element, "/message");
    if (text == NULL)
      continue;
    if (words->len > 0)
      g_string_append (words, "; ");
    g_string_append (words, text);
  }

  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/* The shapes of halopsa.md ({error, error_description}, {resultCode, errorMessage}, {ClassName, Message}, {Message}) and
 * those of RFC 9457, Okta, Jira and GitHub. */
static char *
dup_json_words (JsonNode *root)
{
  static const char * const pointers[] = {
    "/error_description", "/errorMessage", "/error/message", "/Message", "/message", "/errorSummary", "/detail", "/title",
  };
  const char *code = get_code (root);
  const char *text = NULL;
  char *list;

  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (pointers); i++)
    text = get_string (root, pointers[i]);

  if (text != NULL && code != NULL && g_strcmp0 (code, text) != 0)
    return g_strdup_printf ("%s: %s", code, text);
  if (text != NULL || code != NULL)
    return g_strdup (text != NULL ? text : code);

  list = dup_list (root, "/errorMessages");

  return list != NULL ? list : dup_list (root, "/errors");
}

/* The title tells what kind of page it is; the markup around it tells nothing. */
static char *
dup_page_title (const PlugAnswer *answer)
{
  g_autofree char *page = g_strndup (answer->body, answer->length_bytes);
  g_autofree char *folded = g_ascii_strdown (page, -1);
  const char *start = strstr (folded, "<title");
  const char *end;
  char *title;

  start = start != NULL ? strchr (start, '>') : NULL;
  end = start != NULL ? strstr (start, "</title") : NULL;
  if (end == NULL)
    return NULL;

  title = g_strstrip (g_strndup (page + (start + 1 - folded), end - start - 1));
  if (*title == '\0')
    g_clear_pointer (&title, g_free);

  return title;
}

char *
plug_diagnosis_dup_words (const PlugAnswer *answer)
{
  g_autoptr (JsonNode) root = NULL;
  char *words = NULL;

  if (answer->body == NULL || answer->length_bytes == 0)
    return NULL;

  if (is_web_page (answer)) {
    words = dup_page_title (answer);
  } else {
    root = parse_body (answer);
    if (root != NULL)
      words = dup_json_words (root);
  }
  if (words != NULL)
    return words;

  words = g_strstrip (g_strndup (answer->body, answer->length_bytes));
  if (*words == '\0')
    g_clear_pointer (&words, g_free);

  return words;
}

char *
plug_diagnosis_dup_identity (const PlugAnswer *answer)
{
  g_autoptr (JsonNode) root = NULL;
  JsonNode *node;
  char *name;

  if (answer->identity == NULL)
    return NULL;
  root = parse_body (answer);
  node = root != NULL ? plug_json_resolve (root, answer->identity) : NULL;
  name = node != NULL ? plug_json_dup_scalar (node) : NULL;
  if (name != NULL && *g_strstrip (name) == '\0')
    g_clear_pointer (&name, g_free);

  return name;
}
