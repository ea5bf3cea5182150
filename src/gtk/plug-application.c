/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-application.h"

#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-http.h"
#include "plug-keyring.h"
#include "plug-store.h"
#include "plug-window.h"

struct _PlugApplication {
  AdwApplication parent_instance;

  PlugVault *vault;
  PlugStore *store; /* NULL until the program is the one instance */
};

G_DEFINE_FINAL_TYPE (PlugApplication, plug_application, ADW_TYPE_APPLICATION)

static void
about_cb (GSimpleAction *action,
          GVariant *parameter,
          gpointer user_data)
{
  plug_compat_present_about (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

/* Built when it is asked for: at start it would cost what the first page may not. */
static void
shortcuts_cb (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/plugboard/Plugboard/plug-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (GTK_APPLICATION (user_data)));
  gtk_window_present (window);
}

static void
quit_cb (GSimpleAction *action,
         GVariant *parameter,
         gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* A dialog may have something to say about it. */
  for (GList *window = windows; window != NULL; window = window->next)
    gtk_window_close (window->data);
  g_list_free (windows);
}

static const GActionEntry actions[] = {
  { "about", about_cb, NULL, NULL, NULL },
  { "quit", quit_cb, NULL, NULL, NULL },
  { "shortcuts", shortcuts_cb, NULL, NULL, NULL },
};

static const struct {
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.shortcuts", { "<Control>question" } },
  { "win.add-connection", { "<Control>n" } },
  { "win.back", { "<Alt>Left", "Back" } },
  { "win.search", { "<Control>f" } },
  { "window.close", { "<Control>w" } },
};

static void
recovered_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!plug_store_recover_finish (PLUG_STORE (source), result, &error))
    g_debug ("What a crash left in the keyring is still there: %s", error->message);
}

static void
plug_application_startup (GApplication *application)
{
  PlugApplication *self = PLUG_APPLICATION (application);
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (NULL);

  G_APPLICATION_CLASS (plug_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accelerators[i].action, accelerators[i].keys);

  if (self->vault == NULL)
    self->vault = plug_keyring_new ();
  self->store = plug_store_new (NULL, NULL, catalogue, self->vault);
  plug_store_recover_async (self->store, NULL, recovered_cb, NULL);
}

static void
plug_application_activate (GApplication *application)
{
  PlugApplication *self = PLUG_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (plug_window_new (GTK_APPLICATION (self), self->store));
  gtk_window_present (window);
}

static void
plug_application_shutdown (GApplication *application)
{
  plug_http_shutdown ();
  G_APPLICATION_CLASS (plug_application_parent_class)->shutdown (application);
}

static void
plug_application_dispose (GObject *object)
{
  PlugApplication *self = PLUG_APPLICATION (object);

  g_clear_object (&self->store);
  g_clear_object (&self->vault);

  G_OBJECT_CLASS (plug_application_parent_class)->dispose (object);
}

static void
plug_application_class_init (PlugApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_application_dispose;
  application_class->startup = plug_application_startup;
  application_class->activate = plug_application_activate;
  application_class->shutdown = plug_application_shutdown;
}

static void
plug_application_init (PlugApplication *self)
{
}

PlugApplication *
plug_application_new (PlugVault *vault)
{
  PlugApplication *self = g_object_new (PLUG_TYPE_APPLICATION,
                                        "application-id", PLUG_APP_ID,
                                        "resource-base-path", "/io/github/plugboard/Plugboard",
                                        "flags", G_APPLICATION_DEFAULT_FLAGS,
                                        NULL);

  self->vault = vault == NULL ? NULL : g_object_ref (vault);

  return self;
}
