/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* explicit_bzero(), malloc_usable_size() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-curl.h"

#include <dlfcn.h>
#include <malloc.h>
#include <string.h>

PlugCurl plug_curl;

static void
wiping_free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
wiping_realloc (void *memory,
                size_t size)
{
  void *grown = malloc (size);

  if (grown == NULL || memory == NULL)
    return grown;
  memcpy (grown, memory, MIN (size, malloc_usable_size (memory)));
  wiping_free (memory);
  return grown;
}

gboolean
plug_curl_load (void)
{
  static gsize once = 0;
  static gboolean loaded = FALSE;

  if (g_once_init_enter (&once)) {
    void *handle = dlopen ("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

    loaded = handle != NULL;
#define LOAD(function) \
    loaded = loaded && (plug_curl.function = (__typeof__ (plug_curl.function)) dlsym (handle, "curl_" #function)) != NULL;
    PLUG_CURL_FUNCTIONS (LOAD)
    if (loaded)
      loaded = plug_curl.global_init_mem (CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc, strdup, calloc) == CURLE_OK;
    g_once_init_leave (&once, 1);
  }
  return loaded;
}
