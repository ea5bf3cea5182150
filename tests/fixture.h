/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

#include "await.h"
#include "plug-form.h"
#include "plug-memory-vault.h"

/* A store on folders of its own, with a vault in memory. */
typedef struct {
  char *folder;
  char *data;
  char *state;
  PlugCatalogue *catalogue;
  PlugMemoryVault *vault;
  PlugStore *store;
} Fixture;

static inline PlugStore *
fixture_open_store (Fixture *self)
{
  return plug_store_new (self->data, self->state, self->catalogue, PLUG_VAULT (self->vault));
}

/* In @folder, with @catalogue: both are handed over. */
static inline void
fixture_set_up_in (Fixture *self,
                   char *folder,
                   PlugCatalogue *catalogue)
{
  self->folder = folder;
  self->data = g_build_filename (folder, "data", NULL);
  self->state = g_build_filename (folder, "state", NULL);
  self->catalogue = catalogue;
  self->vault = plug_memory_vault_new ();
  self->store = fixture_open_store (self);
}

static inline void
fixture_set_up (Fixture *self)
{
  fixture_set_up_in (self, g_dir_make_tmp ("plugboard-XXXXXX", NULL), plug_catalogue_new ());
}

/* A thread of GIO's may hold a task, and with it the store, for a moment after the task has returned. */
static inline void
fixture_finalize_store (Fixture *self)
{
  GObject *store = G_OBJECT (self->store);

  g_object_add_weak_pointer (store, (gpointer *) &self->store);
  g_object_unref (store);
  for (int i = 0; i < 1000 && self->store != NULL; i++) {
    settle ();
    g_usleep (1000);
  }
  g_assert_null (self->store);
}

static inline void
fixture_tear_down (Fixture *self)
{
  g_autofree char *command = g_strdup_printf ("rm -rf %s", self->folder);

  fixture_finalize_store (self);
  g_assert_finalize_object (self->vault);
  g_object_unref (self->catalogue);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (self->folder);
  g_free (self->data);
  g_free (self->state);
}

/* The same for g_test_add(). */
static inline void
fixture_begin (Fixture *self,
               gconstpointer data)
{
  fixture_set_up (self);
}

static inline void
fixture_end (Fixture *self,
             gconstpointer data)
{
  fixture_tear_down (self);
}

static inline PlugForm *
fixture_fill_in_form (Fixture *self,
                      const char *name,
                      const char *secret)
{
  PlugProvider *provider = plug_catalogue_get_provider (self->catalogue, "halopsa");
  PlugForm *form = plug_form_new (self->store, provider);

  plug_form_set_method (form, plug_provider_get_method (provider, "client-credentials"));
  if (name != NULL)
    plug_form_set_name (form, name);
  plug_form_set_text (form, "api_address", "acme.halopsa.com");
  plug_form_set_text (form, "client_id", "4711");
  plug_form_set_text (form, "client_secret", secret);
  return form;
}

static inline PlugDraft *
fixture_make_draft (Fixture *self,
                    const char *name,
                    const char *secret)
{
  g_autoptr (PlugForm) form = fixture_fill_in_form (self, name, secret);
  PlugDraft *draft = plug_form_dup_draft (form, FALSE);

  g_assert_nonnull (draft);
  return draft;
}

static inline PlugConnection *
fixture_create (Fixture *self,
                const char *name,
                GError **error)
{
  g_autoptr (PlugDraft) draft = fixture_make_draft (self, name, "s3cret-of-acme");
  g_autoptr (GAsyncResult) result = NULL;

  plug_store_create_async (self->store, draft, NULL, await_cb, &result);
  await (&result);
  return plug_store_create_finish (self->store, result, error);
}

static inline PlugDraft *
fixture_open (Fixture *self,
              PlugConnection *connection,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plug_store_open_async (self->store, connection, PLUG_VAULT_NONE, NULL, await_cb, &result);
  await (&result);
  return plug_store_open_finish (self->store, result, error);
}
