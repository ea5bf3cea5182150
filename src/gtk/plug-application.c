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
#include "plug-text.h"
#include "plug-window.h"

/* Actions that other processes call: the desktop, and a second start. */
#define ADD_ACTION "add-connection"
#define ADD_SERVICE_ACTION "add-connection-to"

/* As the command line's. */
#define STATUS_FAILED 1
#define STATUS_NO_PROVIDER 3

/* Characters of an argument that a complaint repeats. */
#define MAX_SHOWN 80

struct _PlugApplication {
  AdwApplication parent_instance;

  PlugVault *vault;
  PlugStore *store; /* NULL until the program is the one instance */
  GtkCssProvider *high_contrast; /* NULL until it is wanted */
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
  plug_compat_present_shortcuts (gtk_application_get_active_window (GTK_APPLICATION (user_data)));
}

/* The one main window, made when there is none. */
static PlugWindow *
get_main_window (PlugApplication *self)
{
  for (GList *window = gtk_application_get_windows (GTK_APPLICATION (self)); window != NULL; window = window->next)
    if (PLUG_IS_WINDOW (window->data))
      return window->data;

  return PLUG_WINDOW (plug_window_new (GTK_APPLICATION (self), self->store));
}

/* Of the desktop file, which cannot give a parameter, and of --add, which tells the service. */
static void
add_connection_cb (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  PlugWindow *window = get_main_window (PLUG_APPLICATION (user_data));

  gtk_window_present (GTK_WINDOW (window));
  plug_window_add_connection (window, parameter == NULL ? NULL : g_variant_get_string (parameter, NULL));
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
  { ADD_ACTION, add_connection_cb, NULL, NULL, NULL },
  { ADD_SERVICE_ACTION, add_connection_cb, "s", NULL, NULL },
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

/* libadwaita 1.10 no longer wants to load such a file by itself. */
static void
high_contrast_cb (PlugApplication *self)
{
  gboolean wanted = adw_style_manager_get_high_contrast (adw_application_get_style_manager (ADW_APPLICATION (self)));
  GdkDisplay *display = gdk_display_get_default ();

  if (wanted && self->high_contrast == NULL) {
    self->high_contrast = gtk_css_provider_new ();
    gtk_css_provider_load_from_resource (self->high_contrast, "/io/github/plugboard/Plugboard/style-high-contrast.css");
  }
  if (wanted)
    gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->high_contrast),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  else if (self->high_contrast != NULL)
    gtk_style_context_remove_provider_for_display (display, GTK_STYLE_PROVIDER (self->high_contrast));
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

  g_signal_connect_object (adw_application_get_style_manager (ADW_APPLICATION (self)), "notify::high-contrast",
                           G_CALLBACK (high_contrast_cb), self, G_CONNECT_SWAPPED);
  high_contrast_cb (self);

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

  /* The active one may be a dialog, which comes first. */
  gtk_window_present (window != NULL ? window : GTK_WINDOW (get_main_window (self)));
}

static gboolean
plug_application_local_command_line (GApplication *application,
                                     char ***arguments,
                                     int *status)
{
  char **argv = *arguments;

  /* GOption has no option with a value that may be left out: “--add” alone becomes “--add=”. */
  for (guint i = 1; argv[0] != NULL && argv[i] != NULL && !g_str_equal (argv[i], "--"); i++) {
    if (g_str_equal (argv[i], "--add") && (argv[i + 1] == NULL || *argv[i + 1] == '-')) {
      g_free (argv[i]);
      argv[i] = g_strdup ("--add=");
    }
  }

  return G_APPLICATION_CLASS (plug_application_parent_class)->local_command_line (application, arguments, status);
}

static gboolean
is_provider (const char *id)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (NULL);

  return plug_catalogue_get_provider (catalogue, id) != NULL;
}

static void
complain_of_provider (const char *id)
{
  g_autofree char *shown = plug_text_from_untrusted (NULL, id, -1, MAX_SHOWN);
  g_autofree char *sentence = NULL;

  /* Translators: %s is the id of a service, such as “halopsa”, that was typed. */
  sentence = g_strdup_printf (_("There is no service “%s”. “plugboard providers” lists them."), shown);
  g_printerr ("plugboard-gtk: %s\n", sentence);
}

/* Runs in each process; the actions in the one instance, which a second start raises in any case. */
static int
plug_application_handle_local_options (GApplication *application,
                                       GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  const char *id = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("plugboard-gtk %s\n", PLUG_VERSION);
    return 0;
  }
  if (!g_variant_dict_lookup (options, "add", "&s", &id))
    return -1;

  if (*id != '\0' && !is_provider (id)) {
    complain_of_provider (id);
    return STATUS_NO_PROVIDER;
  }
  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("plugboard-gtk: %s\n", error->message);
    return STATUS_FAILED;
  }
  if (*id == '\0')
    g_action_group_activate_action (G_ACTION_GROUP (application), ADD_ACTION, NULL);
  else
    g_action_group_activate_action (G_ACTION_GROUP (application), ADD_SERVICE_ACTION, g_variant_new_string (id));

  return -1;
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
  g_clear_object (&self->high_contrast);

  G_OBJECT_CLASS (plug_application_parent_class)->dispose (object);
}

static void
plug_application_class_init (PlugApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_application_dispose;
  application_class->startup = plug_application_startup;
  application_class->activate = plug_application_activate;
  application_class->local_command_line = plug_application_local_command_line;
  application_class->handle_local_options = plug_application_handle_local_options;
  application_class->shutdown = plug_application_shutdown;
}

static void
plug_application_init (PlugApplication *self)
{
  /* Translated here: GApplication does not. */
  const GOptionEntry options[] = {
    { "add", 0, 0, G_OPTION_ARG_STRING, NULL, _("Open New Connection, with the form of a service when its id is given"),
      _("[SERVICE]") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
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
