/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Runs the main loop until an asynchronous operation has its result:
 *
 *     g_autoptr (GAsyncResult) result = NULL;
 *     plug_vault_probe_async (vault, NULL, await_cb, &result);
 *     await (&result);
 */
static inline void
await_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

static inline void
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Lets everything that is due now run. */
static inline void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
