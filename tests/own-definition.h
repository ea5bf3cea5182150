/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A definition as a user may write it. */
static inline char *
own_definition_dup (const char *id,
                    const char *name)
{
  return g_strdup_printf ("{\"id\": \"%s\",\n \"name\": \"%s\",\n"
                          " \"categories\": [\"own-words\"], \"docs\": \"https://acme.test/docs\",\n"
                          " \"methods\": [{\"id\": \"token\", \"label\": \"API Token\",\n"
                          "  \"parameters\": [{\"id\": \"token\", \"label\": \"Token\", \"type\": \"secret\"}],\n"
                          "  \"server\": {\"url\": \"https://api.acme.test\"},\n"
                          "  \"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}],\n"
                          "  \"test\": {\"request\": {\"url\": \"https://api.acme.test/me\"}}}]}\n",
                          id, name);
}

/* As an editor saves it: in one go. */
static inline void
own_definition_save (const char *folder,
                     const char *file_name,
                     const char *id,
                     const char *name)
{
  g_autofree char *path = g_build_filename (folder, file_name, NULL);
  g_autofree char *text = own_definition_dup (id, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}
