/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "plug-keyring.h"
#include "plug-sentence.h"

#define WINDOW_PROGRAM "plugboard-gtk"

typedef struct {
  const char *name;
  const char *arguments; /* (nullable) */
  const char *summary;
  int (*run) (int argc,
              char **argv);
} Command;

static int
run_list (int argc,
          char **argv)
{
  return plug_cli_list (argc, argv);
}

static int
run_show (int argc,
          char **argv)
{
  return plug_cli_show (argc, argv);
}

static int
run_lint (int argc,
          char **argv)
{
  return plug_cli_lint (argc, argv);
}

static int
run_providers (int argc,
               char **argv)
{
  return plug_cli_providers (argc, argv);
}

static const Command commands[] = {
  { "list", NULL, N_("List the connections"), run_list },
  { "show", N_("NAME"), N_("Show a connection, without its secrets"), run_show },
  { "test", N_("NAME|--all"), N_("Test a connection, or all of them"), plug_cli_test },
  { "providers", NULL, N_("List the services that a connection can be made to"), run_providers },
  { "lint", N_("FILE…"), N_("Check definitions of services"), run_lint },
};

gboolean
plug_cli_parse (const char *command,
                const char *arguments,
                const char *summary,
                const GOptionEntry *entries,
                int *argc,
                char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (arguments != NULL ? _(arguments) : NULL);
  g_autofree char *program = g_strdup_printf ("plugboard %s", command);
  g_autoptr (GError) error = NULL;
  gboolean is_parsed;

  g_set_prgname (program);
  g_option_context_set_summary (context, _(summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  is_parsed = g_option_context_parse (context, argc, argv, &error);
  g_set_prgname ("plugboard");
  if (!is_parsed) {
    g_autofree char *escaped = plug_cli_escape (error->message);

    plug_cli_complain (escaped);
  }

  return is_parsed;
}

const char *
plug_cli_get_name (char **operands)
{
  if (operands == NULL || operands[1] != NULL) {
    plug_cli_complain (_("Give the name of exactly one connection."));
    return NULL;
  }
  if (!g_utf8_validate (operands[0], -1, NULL)) {
    plug_cli_complain (_("The name is not valid text (UTF-8)."));
    return NULL;
  }

  return operands[0];
}

PlugStore *
plug_cli_open_store (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new_with_folder (NULL);
  g_autoptr (PlugVault) vault = plug_keyring_new ();

  return plug_store_new (NULL, NULL, catalogue, vault);
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  gboolean *is_loaded = user_data;

  *is_loaded = plug_catalogue_load_finish (PLUG_CATALOGUE (source), result, NULL);
}

PlugCatalogue *
plug_cli_load_catalogue (void)
{
  PlugCatalogue *catalogue = plug_catalogue_new_with_folder (NULL);
  gboolean is_loaded = FALSE;

  plug_catalogue_load_async (catalogue, NULL, loaded_cb, &is_loaded);
  while (!is_loaded)
    g_main_context_iteration (NULL, TRUE);

  return catalogue;
}

PlugConnection *
plug_cli_find (PlugStore *store,
               const char *name)
{
  PlugConnection *connection = plug_store_find (store, name);

  if (connection == NULL)
    plug_cli_complain_about (name, _("There is no connection of this name."));

  return connection;
}

static char *
dup_description (void)
{
  g_autoptr (GString) text = g_string_new (_("Commands:"));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    g_autofree char *usage = g_strconcat (commands[i].name, commands[i].arguments != NULL ? " " : NULL,
                                          commands[i].arguments != NULL ? _(commands[i].arguments) : NULL, NULL);

    /* printf counts bytes. */
    g_string_append_printf (text, "\n  %s%*s %s", usage, MAX (18 - (int) g_utf8_strlen (usage, -1), 0), "",
                            _(commands[i].summary));
  }
  g_string_append_printf (text, "\n\n%s\n\n%s",
                          _("Each command has a --help of its own. Without a command the window opens."),
                          _("Exit status: 0 done or passed, 1 refused or not permitted, 2 usage, 3 no such connection or "
                            "provider, 4 keyring unavailable or locked, 5 not reachable or not testable, 6 invalid data."));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The program beside this one, then the installed one; never whatever is first in PATH. Returns only when there is none. */
static int
open_window (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  const char *const folders[] = { folder, PLUG_BIN_DIR };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *program = folders[i] != NULL ? g_build_filename (folders[i], WINDOW_PROGRAM, NULL) : NULL;

    if (program != NULL)
      execv (program, (char *[]) { (char *) WINDOW_PROGRAM, NULL });
  }
  plug_cli_complain (_("The window, plugboard-gtk, is not installed. “plugboard --help” lists the commands."));

  return PLUG_CLI_USAGE;
}

static int
run_command (int argc,
             char **argv)
{
  g_autofree char *escaped = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (argv[0], commands[i].name))
      return commands[i].run (argc, argv);
  }

  escaped = plug_cli_escape (argv[0]);
  /* Translators: %s is what was typed. */
  sentence = g_strdup_printf (_("There is no command “%s”. Try “plugboard --help”."), escaped);
  plug_cli_complain (sentence);

  return PLUG_CLI_USAGE;
}

static int
run (int argc,
     char **argv)
{
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_("COMMAND"));
  g_autofree char *description = dup_description ();
  g_autoptr (GError) error = NULL;

  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_autofree char *escaped = plug_cli_escape (error->message);

    plug_cli_complain (escaped);
    return PLUG_CLI_USAGE;
  }

  if (version) {
    g_print ("plugboard %s\n", PLUG_VERSION);
    return PLUG_CLI_DONE;
  }
  if (argc > 1 && g_str_equal (argv[1], "--")) {
    argc--;
    argv++;
  }
  if (argc < 2)
    return open_window ();

  return run_command (argc - 1, argv + 1);
}

int
main (int argc,
      char **argv)
{
  int status;

  plug_keyring_clean_environment ();
  setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();
  g_set_prgname ("plugboard");

  status = run (argc, argv);
  if (fflush (stdout) != 0 || ferror (stdout)) {
    plug_cli_complain (_("The output could not be written."));
    return status != PLUG_CLI_DONE ? status : PLUG_CLI_INVALID_DATA;
  }

  return status;
}
