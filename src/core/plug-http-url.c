/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-url.h"

#include <gio/gio.h>

#include "plug-curl.h"

gboolean
plug_http_split_url (const char *text,
                     PlugHttpUrlParts *parts)
{
  CURLU *url;
  gboolean good;

  if (!plug_curl_load ())
    return FALSE;
  url = plug_curl.url ();
  good = plug_curl.url_set (url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (good) {
    const struct {
      CURLUPart part;
      char **slot;
      unsigned int flags;
    } wanted[] = {
      { CURLUPART_SCHEME, &parts->scheme, 0 },
      { CURLUPART_USER, &parts->user, 0 },
      { CURLUPART_HOST, &parts->host, 0 },
      { CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT },
      { CURLUPART_PATH, &parts->path, 0 },
      { CURLUPART_QUERY, &parts->query, 0 },
      { CURLUPART_FRAGMENT, &parts->fragment, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
      char *value = NULL;

      if (plug_curl.url_get (url, wanted[i].part, &value, wanted[i].flags) == CURLUE_OK)
        *wanted[i].slot = g_strdup (value);
      plug_curl.free (value);
    }
    /* Not CURLU_PUNYCODE: libcurl's way depends on the locale. */
    if (parts->host != NULL && g_hostname_is_non_ascii (parts->host)) {
      char *ascii = g_hostname_to_ascii (parts->host);

      good = ascii != NULL;
      g_free (parts->host);
      parts->host = ascii;
    }
  }
  plug_curl.url_cleanup (url);
  return good;
}

void
plug_http_url_parts_clear (PlugHttpUrlParts *parts)
{
  g_free (parts->scheme);
  g_free (parts->user);
  g_free (parts->host);
  g_free (parts->port);
  g_free (parts->path);
  g_free (parts->query);
  g_free (parts->fragment);
}
