/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What plug_url_parse() refuses, in the order in which it looks. */
typedef enum {
  PLUG_URL_OK,
  PLUG_URL_MALFORMED,
  PLUG_URL_SCHEME,    /* neither https, nor http to a loopback host */
  PLUG_URL_USER_INFO,
  PLUG_URL_FRAGMENT,
  PLUG_URL_HOST,      /* empty, an empty label, a trailing dot, ".." or a character no host has */
} PlugUrlProblem;

/**
 * PlugUrl:
 *
 * A URL that a request may go to: https, or http to a host that is exactly `localhost`, in 127.0.0.0/8 or `[::1]`.
 * Parsed by libcurl's own parser, so that what is checked is what is used.
 */
typedef struct {
  char *scheme;
  char *host;  /* lower case, punycode; an IPv6 address in brackets */
  guint port;  /* always set: 443 or 80 by default */
  char *path;  /* begins with "/" */
  char *query; /* (nullable), without "?" */
} PlugUrl;

PlugUrl *plug_url_parse (const char *text,
                         PlugUrlProblem *problem) G_GNUC_WARN_UNUSED_RESULT;
void plug_url_free (PlugUrl *self);
char *plug_url_to_string (const PlugUrl *self) G_GNUC_WARN_UNUSED_RESULT;
/* "https://host" or "https://host:8443": scheme, host and port; the default port is not written. */
char *plug_url_dup_origin (const PlugUrl *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean plug_url_is_loopback (const PlugUrl *self);
/* TRUE when the host is @domain or below it, at a label boundary. */
gboolean plug_url_is_within (const PlugUrl *self,
                             const char *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugUrl, plug_url_free)

G_END_DECLS
