/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-file-name.h"

#include <string.h>

#include "plug-draft.h"

#define MAX_STEM_BYTES 200
#define CUT_STEM_BYTES 150
#define SUFFIX ".json"

static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x61c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

PlugNameProblem
plug_name_check (const char *name)
{
  g_autofree char *stripped = NULL;

  if (!g_utf8_validate (name, -1, NULL))
    return PLUG_NAME_NOT_UTF8;
  stripped = g_strstrip (g_strdup (name));
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '/')
      return PLUG_NAME_SLASH;
    if (g_unichar_iscntrl (c) || is_bidi_control (c) || c == 0x2028 || c == 0x2029)
      return PLUG_NAME_CONTROL;
  }
  if (g_utf8_strlen (stripped, -1) > PLUG_NAME_MAX_CHARS)
    return PLUG_NAME_TOO_LONG;
  for (const char *p = stripped; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && !g_unichar_iszerowidth (g_utf8_get_char (p)))
      return PLUG_NAME_OK;
  return PLUG_NAME_EMPTY;
}

char *
plug_name_dup_key (const char *name)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *composed = g_utf8_normalize (stripped, -1, G_NORMALIZE_NFC);
  g_autofree char *folded = composed == NULL ? NULL : g_utf8_casefold (composed, -1);

  return folded == NULL ? g_strdup (stripped) : g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

char *
plug_file_name_for (const char *name)
{
  g_autofree char *key = plug_name_dup_key (name);
  g_autoptr (GString) stem = g_string_new (NULL);

  for (const char *p = key; *p != '\0'; p++) {
    if (*p == '/' || *p == '%' || (guchar) *p < 0x20 || *p == 0x7f || (*p == '.' && p == key))
      g_string_append_printf (stem, "%%%02X", (guchar) *p);
    else
      g_string_append_c (stem, *p);
  }
  if (stem->len > MAX_STEM_BYTES) {
    g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
    gsize cut = CUT_STEM_BYTES;

    while (((guchar) stem->str[cut] & 0xc0) == 0x80)
      cut--;
    g_string_truncate (stem, cut);
    g_string_append_printf (stem, "~%.16s", digest);
  }
  g_string_append (stem, SUFFIX);
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

char *
plug_file_name_to_name (const char *file_name)
{
  gsize length = g_str_has_suffix (file_name, SUFFIX) ? strlen (file_name) - strlen (SUFFIX) : strlen (file_name);
  g_autofree char *stem = g_strndup (file_name, length);
  g_autofree char *unescaped = g_uri_unescape_string (stem, NULL);

  return g_utf8_make_valid (unescaped != NULL ? unescaped : stem, -1);
}
