/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugCurl:
 *
 * The functions of libcurl that are used, found by name when the first is needed: linking it costs every start 6 MiB.
 * plug_curl.easy_init () is curl_easy_init(). Its memory is wiped when it is freed, so that no copy of a token outlives its
 * use.
 */
#define PLUG_CURL_FUNCTIONS(X)                                                                                           \
  X (global_init_mem) X (easy_init) X (easy_setopt) X (easy_getinfo) X (easy_cleanup) X (easy_strerror) X (multi_init)   \
  X (multi_add_handle) X (multi_remove_handle) X (multi_perform) X (multi_poll) X (multi_wakeup) X (multi_info_read)     \
  X (multi_setopt) X (multi_cleanup) X (share_init) X (share_setopt) X (share_cleanup) X (slist_append)                  \
  X (slist_free_all) X (url) X (url_set) X (url_get) X (url_cleanup) X (free)
#define PLUG_CURL_MEMBER(function) __typeof__ (&curl_##function) function;

typedef struct {
  PLUG_CURL_FUNCTIONS (PLUG_CURL_MEMBER)
} PlugCurl;

/* Once plug_curl_load() has said TRUE, and no sooner. */
extern PlugCurl plug_curl;

/* FALSE when libcurl cannot be had. Of any thread. */
gboolean plug_curl_load (void);

G_END_DECLS
