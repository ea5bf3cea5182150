/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <stdio.h>

#include "plug-error.h"
#include "plug-sentence.h"
#include "plug-text.h"

#define LINE_CHARS 2000

static const char * const state_ids[] = {
  [PLUG_CONNECTION_OK] = "ok",
  [PLUG_CONNECTION_BROKEN] = "broken",
  [PLUG_CONNECTION_NEWER] = "newer",
  [PLUG_CONNECTION_NO_PROVIDER] = "no-provider",
};

char *
plug_cli_escape (const char *text)
{
  return plug_text_from_untrusted (NULL, text, -1, LINE_CHARS);
}

char *
plug_cli_escape_line (const char *text)
{
  return g_strdelimit (plug_cli_escape (text), "\r\n", ' ');
}

void
plug_cli_complain (const char *sentence)
{
  g_printerr ("plugboard: %s\n", sentence);
}

void
plug_cli_complain_about (const char *name,
                         const char *sentence)
{
  g_autofree char *escaped = plug_cli_escape (name);

  g_printerr ("plugboard: %s: %s\n", escaped, sentence);
}

PlugCliStatus
plug_cli_status_for_error (const GError *error)
{
  if (error->domain != PLUG_ERROR)
    return PLUG_CLI_INVALID_DATA;
  if (error->code >= PLUG_ERROR_INVALID_URL)
    return PLUG_CLI_NOT_REACHABLE;

  switch (error->code) {
  case PLUG_ERROR_NO_SUCH_CONNECTION:
  case PLUG_ERROR_NO_SUCH_PROVIDER:
    return PLUG_CLI_NOT_FOUND;
  case PLUG_ERROR_UNSUPPORTED:
  case PLUG_ERROR_CHANGED_OUTSIDE:
    return PLUG_CLI_NOT_REACHABLE;
  case PLUG_ERROR_VAULT_MISSING:
  case PLUG_ERROR_VAULT_LOCKED:
  case PLUG_ERROR_VAULT_DISMISSED:
  case PLUG_ERROR_VAULT_NO_COLLECTION:
  case PLUG_ERROR_VAULT_TIMED_OUT:
  case PLUG_ERROR_VAULT_DAMAGED:
  case PLUG_ERROR_VAULT_REFUSED:
  case PLUG_ERROR_VAULT_NOT_KEPT:
    return PLUG_CLI_VAULT;
  default:
    return PLUG_CLI_INVALID_DATA;
  }
}

const char *
plug_cli_get_provider_name (PlugConnection *connection)
{
  PlugProvider *provider = plug_connection_get_provider (connection);

  return provider != NULL ? plug_provider_get_label (provider) : plug_connection_get_provider_id (connection);
}

const char *
plug_cli_get_method_label (PlugConnection *connection)
{
  PlugMethod *method = plug_connection_get_method (connection);

  return method != NULL ? plug_sentence_translate (plug_method_get_label (method)) : plug_connection_get_method_id (connection);
}

char *
plug_cli_dup_time (gint64 seconds)
{
  g_autoptr (GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

void
plug_cli_add_string (JsonBuilder *builder,
                     const char *member,
                     const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
plug_cli_add_connection (JsonBuilder *builder,
                         PlugConnection *connection)
{
  const GError *problem = plug_connection_get_problem (connection);
  g_autofree char *sentence = problem != NULL ? plug_sentence_for_error (problem, NULL) : NULL;
  g_autofree char *details = problem != NULL ? plug_cli_escape (problem->message) : NULL;
  g_autofree char *tested = plug_cli_dup_time (plug_connection_get_tested (connection));
  PlugOutcome outcome = plug_connection_get_outcome (connection);

  plug_cli_add_string (builder, "name", plug_connection_get_name (connection));
  plug_cli_add_string (builder, "provider", plug_connection_get_provider_id (connection));
  plug_cli_add_string (builder, "method", plug_connection_get_method_id (connection));
  plug_cli_add_string (builder, "state", state_ids[plug_connection_get_state (connection)]);
  plug_cli_add_string (builder, "problem", sentence);
  plug_cli_add_string (builder, "problem_details", details);
  plug_cli_add_string (builder, "outcome", plug_outcome_to_id (outcome));
  plug_cli_add_string (builder, "reason",
                       outcome != PLUG_OUTCOME_UNTESTED ? plug_reason_to_id (plug_connection_get_reason (connection)) : NULL);
  plug_cli_add_string (builder, "tested", tested);
}

/* Which characters a terminal could act upon; in JSON text they occur in strings only. */
static gboolean
is_unsafe (gunichar character)
{
  return character >= 0x7f && (g_unichar_iscntrl (character) || g_unichar_type (character) == G_UNICODE_FORMAT
                               || character == 0x2028 || character == 0x2029);
}

void
plug_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autoptr (GString) escaped = g_string_new (NULL);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);

  for (const char *place = text; *place != '\0'; place = g_utf8_next_char (place)) {
    gunichar character = g_utf8_get_char (place);

    if (!is_unsafe (character))
      g_string_append_len (escaped, place, g_utf8_next_char (place) - place);
    else if (character <= 0xffff)
      g_string_append_printf (escaped, "\\u%04x", character);
    else
      g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd800 + ((character - 0x10000) >> 10),
                              0xdc00 + ((character - 0x10000) & 0x3ff));
  }
  g_string_append_c (escaped, '\n');
  /* JSON is UTF-8; g_print() would convert it to the locale's encoding. */
  fwrite (escaped->str, 1, escaped->len, stdout);
}

static glong
get_width (const char *text)
{
  glong width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    gunichar character = g_utf8_get_char (text);

    if (!g_unichar_iszerowidth (character))
      width += g_unichar_iswide (character) ? 2 : 1;
  }

  return width;
}

void
plug_cli_print_table (GPtrArray *cells,
                      guint n_columns)
{
  g_autofree glong *widths = g_new0 (glong, n_columns);

  for (guint i = 0; i < cells->len; i++)
    widths[i % n_columns] = MAX (widths[i % n_columns], get_width (cells->pdata[i]));
  for (guint i = 0; i < cells->len; i++) {
    const char *cell = cells->pdata[i];

    if (i % n_columns == n_columns - 1)
      g_print ("%s\n", cell);
    else
      g_print ("%s%*s", cell, (int) (widths[i % n_columns] - get_width (cell) + 2), "");
  }
}
