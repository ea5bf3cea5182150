/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugHttpUrlParts:
 *
 * A URL as libcurl reads it: what a request goes to, whatever another parser would make of it. NULL for what is not there.
 */
typedef struct {
  char *scheme;
  char *user;
  char *host;
  char *port;
  char *path;
  char *query;
  char *fragment;
} PlugHttpUrlParts;

/* FALSE when it cannot be parsed, or libcurl cannot be had. The host is in ASCII. Free the parts in either case, with
 * plug_http_url_parts_clear(). */
gboolean plug_http_split_url (const char *text,
                              PlugHttpUrlParts *parts);
void plug_http_url_parts_clear (PlugHttpUrlParts *parts);

G_END_DECLS
