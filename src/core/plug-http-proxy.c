/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-proxy.h"

#include <string.h>

#include "plug-error.h"
#include "plug-text.h"

/* The system's proxies, as GIO names them, for libcurl. */

/* GIO's schemes and libcurl's. The names of hosts go to the proxy where its protocol can carry them, as with GIO. The ports
 * are those of the schemes: libcurl would take 1080 for http, too. */
static const struct {
  const char *gio;
  const char *curl;
  int port;
} schemes[] = {
  { "http", "http", 80 },       { "https", "https", 443 },      { "socks", "socks5h", 1080 },
  { "socks5", "socks5h", 1080 }, { "socks5h", "socks5h", 1080 }, { "socks4", "socks4", 1080 },
  { "socks4a", "socks4a", 1080 },
};

static void
proxy_free (gpointer data)
{
  PlugHttpProxy *self = data;

  g_free (self->url);
  g_free (self->user);
  plug_text_wipe (self->password);
  g_free (self);
}

/* NULL for what libcurl cannot use. */
static PlugHttpProxy *
proxy_new (const char *uri)
{
  g_autofree char *scheme = NULL;
  g_autofree char *user = NULL;
  g_autoptr (PlugSecretString) password = NULL;
  g_autofree char *host = NULL;
  PlugHttpProxy *self;
  int port = -1;

  if (g_ascii_strncasecmp (uri, "direct://", strlen ("direct://")) == 0) {
    self = g_new0 (PlugHttpProxy, 1);
    self->url = g_strdup ("");
    return self;
  }
  if (!g_uri_split_with_user (uri, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_PARSE_RELAXED, &scheme, &user, &password, NULL,
                              &host, &port, NULL, NULL, NULL, NULL)
      || scheme == NULL || host == NULL || *host == '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++) {
    if (g_ascii_strcasecmp (schemes[i].gio, scheme) != 0)
      continue;
    self = g_new0 (PlugHttpProxy, 1);
    self->url = g_uri_join (G_URI_FLAGS_NONE, schemes[i].curl, NULL, host, port > 0 ? port : schemes[i].port, "", NULL, NULL);
    self->user = g_steal_pointer (&user);
    self->password = g_steal_pointer (&password);
    return self;
  }

  return NULL;
}

GPtrArray *
plug_http_proxy_list_from_uris (const char *const *uris,
                                GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (proxy_free);

  for (gsize i = 0; uris != NULL && uris[i] != NULL; i++) {
    PlugHttpProxy *proxy = proxy_new (uris[i]);

    if (proxy != NULL)
      g_ptr_array_add (list, proxy);
  }
  if (list->len == 0) {
    /* Not "direct": GIO says that it is to be used only where it is named. */
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_PROXY_SETTINGS, "The system names no proxy that can be used");
    return NULL;
  }

  return g_steal_pointer (&list);
}

GPtrArray *
plug_http_proxy_list_direct (void)
{
  static const char *const direct[] = { "direct://", NULL };

  return plug_http_proxy_list_from_uris (direct, NULL);
}

static void
wipe_uris (char **uris)
{
  for (gsize i = 0; uris != NULL && uris[i] != NULL; i++)
    plug_text_wipe (uris[i]);
  g_free (uris);
}

GPtrArray *
plug_http_proxy_look_up (const PlugUrl *url,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *origin = plug_url_dup_origin (url);
  g_autofree char *question = g_strconcat (origin, "/", NULL);
  g_autoptr (GError) cause = NULL;
  char **uris = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), question, cancellable, &cause);
  GPtrArray *list = NULL;

  if (uris != NULL)
    list = plug_http_proxy_list_from_uris ((const char *const *) uris, error);
  else
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_PROXY_SETTINGS, "The system's proxy cannot be looked up: %s", cause->message);
  wipe_uris (uris);

  return list;
}
