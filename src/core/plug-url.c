/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-url.h"

#include <gio/gio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plug-http-url.h"

#define MAX_LABEL_BYTES 63
#define MAX_HOST_BYTES 253

/* libcurl takes more than this: blanks, a host behind three slashes, backslashes. */
static gboolean
is_plain_text (const char *text)
{
  const char *authority = strstr (text, "://");

  if (authority == NULL || authority[3] == '/' || authority[3] == '\0' || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p <= 0x20 || *p == 0x7f || *p == '\\' || *p == '<' || *p == '>' || *p == '"')
      return FALSE;
  return TRUE;
}

static gboolean
is_dotted_quad (const char *host)
{
  guint a, b, c, d;
  int used = 0;
  g_autofree char *again = NULL;

  if (sscanf (host, "%3u.%3u.%3u.%3u%n", &a, &b, &c, &d, &used) != 4 || host[used] != '\0')
    return FALSE;
  again = g_strdup_printf ("%u.%u.%u.%u", a, b, c, d);
  return a < 256 && b < 256 && c < 256 && d < 256 && g_str_equal (again, host);
}

static gboolean
is_label (const char *label,
          gsize length)
{
  if (length == 0 || length > MAX_LABEL_BYTES || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (label[i]) && label[i] != '-' && label[i] != '_')
      return FALSE;
  return TRUE;
}

/* An address, or labels as DNS has them; no name that a resolver would take for a number. */
static gboolean
is_host (const char *host)
{
  const char *last;

  if (*host == '[') {
    g_autofree char *inner = g_strndup (host + 1, strlen (host) - 2);
    g_autoptr (GInetAddress) address = g_inet_address_new_from_string (inner);

    return address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  }
  if (strlen (host) > MAX_HOST_BYTES)
    return FALSE;
  for (const char *p = host;; p++) {
    gsize length = strcspn (p, ".");

    if (!is_label (p, length))
      return FALSE;
    last = p;
    p += length;
    if (*p == '\0')
      break;
  }
  return !g_ascii_isdigit (*last) || is_dotted_quad (host);
}

/* The host as it was typed must not hide what libcurl makes of it. */
static gboolean
is_host_as_typed (const char *text,
                  const char *host)
{
  const char *authority = strstr (text, "://") + 3;
  g_autofree char *typed = g_strndup (authority, strcspn (authority, "/?#"));

  if (strchr (typed, '%') != NULL)
    return FALSE;
  return !is_dotted_quad (host) || strstr (typed, host) != NULL;
}

static gboolean
is_loopback_host (const char *host)
{
  return g_str_equal (host, "localhost") || g_str_equal (host, "[::1]") ||
         (is_dotted_quad (host) && g_str_has_prefix (host, "127."));
}

static PlugUrlProblem
find_problem (const char *text,
              const PlugHttpUrlParts *parts)
{
  gboolean https = g_strcmp0 (parts->scheme, "https") == 0;

  if (!https && !(g_strcmp0 (parts->scheme, "http") == 0 && parts->host != NULL && is_loopback_host (parts->host)))
    return PLUG_URL_SCHEME;
  if (parts->user != NULL || memchr (strstr (text, "://") + 3, '@', strcspn (strstr (text, "://") + 3, "/?#")) != NULL)
    return PLUG_URL_USER_INFO;
  if (strchr (text, '#') != NULL)
    return PLUG_URL_FRAGMENT;
  if (parts->host == NULL || !is_host (parts->host) || !is_host_as_typed (text, parts->host))
    return PLUG_URL_HOST;
  if (parts->port == NULL || atoi (parts->port) < 1 || atoi (parts->port) > 65535)
    return PLUG_URL_MALFORMED;
  return PLUG_URL_OK;
}

PlugUrl *
plug_url_parse (const char *text,
                PlugUrlProblem *problem)
{
  PlugHttpUrlParts parts = { NULL };
  PlugUrlProblem found = PLUG_URL_MALFORMED;
  PlugUrl *self = NULL;

  if (is_plain_text (text) && plug_http_split_url (text, &parts)) {
    if (parts.host != NULL)
      for (char *p = parts.host; *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
    found = find_problem (text, &parts);
  }
  if (found == PLUG_URL_OK) {
    self = g_new0 (PlugUrl, 1);
    self->scheme = g_steal_pointer (&parts.scheme);
    self->host = g_steal_pointer (&parts.host);
    self->port = (guint) atoi (parts.port);
    self->path = parts.path == NULL ? g_strdup ("/") : g_steal_pointer (&parts.path);
    self->query = g_steal_pointer (&parts.query);
  }
  plug_http_url_parts_clear (&parts);
  if (problem != NULL)
    *problem = found;
  return self;
}

void
plug_url_free (PlugUrl *self)
{
  if (self == NULL)
    return;
  g_free (self->scheme);
  g_free (self->host);
  g_free (self->path);
  g_free (self->query);
  g_free (self);
}

char *
plug_url_to_string (const PlugUrl *self)
{
  g_autofree char *origin = plug_url_dup_origin (self);

  return self->query == NULL ? g_strconcat (origin, self->path, NULL)
                             : g_strconcat (origin, self->path, "?", self->query, NULL);
}

char *
plug_url_dup_origin (const PlugUrl *self)
{
  guint standard = g_str_equal (self->scheme, "https") ? 443 : 80;

  return self->port == standard ? g_strdup_printf ("%s://%s", self->scheme, self->host)
                                : g_strdup_printf ("%s://%s:%u", self->scheme, self->host, self->port);
}

gboolean
plug_url_is_loopback (const PlugUrl *self)
{
  return is_loopback_host (self->host);
}

gboolean
plug_url_is_within (const PlugUrl *self,
                    const char *domain)
{
  gsize host_length = strlen (self->host);
  gsize domain_length = strlen (domain);
  const char *tail;

  if (domain_length == 0 || domain_length > host_length)
    return FALSE;
  tail = self->host + host_length - domain_length;
  return g_ascii_strcasecmp (tail, domain) == 0 && (tail == self->host || tail[-1] == '.');
}
