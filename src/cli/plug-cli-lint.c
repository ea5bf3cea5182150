/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib/gi18n.h>

#include "plug-lint.h"

static void
complain_unreadable (const char *path,
                     const GError *error)
{
  /* Translators: %s is the system's reason, such as "No such file or directory". */
  g_autofree char *sentence = g_strdup_printf (_("The file cannot be read: %s"), error->message);

  plug_cli_complain_about (path, sentence);
}

static gboolean
lint (const char *path,
      gboolean built_in)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugProvider) provider = plug_lint_file (path, built_in, PLUG_LINT_MAX_MISTAKES, &mistakes, &error);

  if (error != NULL) {
    complain_unreadable (path, error);
  } else if (provider != NULL) {
    g_autofree char *escaped = plug_cli_escape_line (path);
    /* Translators: %s is a file. */
    g_autofree char *line = g_strdup_printf (_("%s: no mistakes"), escaped);

    g_print ("%s\n", line);
  }
  for (guint i = 0; i < mistakes->len; i++) {
    g_autofree char *text = plug_mistake_to_string (mistakes->pdata[i]);
    g_autofree char *line = plug_cli_escape_line (text);

    g_print ("%s\n", line);
  }
  return provider != NULL;
}

PlugCliStatus
plug_cli_lint (int argc,
               char **argv)
{
  gboolean built_in = FALSE, is_right = TRUE;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { "built-in", 0, 0, G_OPTION_ARG_NONE, &built_in, N_("Check definitions that are to be part of Plugboard"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    { NULL },
  };

  if (!plug_cli_parse ("lint", N_("FILE…"),
                       N_("Checks definitions of services, and prints each mistake as FILE:LINE:COLUMN: POINTER: REASON."),
                       entries, &argc, &argv))
    return PLUG_CLI_USAGE;
  if (operands == NULL) {
    plug_cli_complain (_("Give at least one file."));
    return PLUG_CLI_USAGE;
  }

  for (gsize i = 0; operands[i] != NULL; i++)
    is_right &= lint (operands[i], built_in);

  return is_right ? PLUG_CLI_DONE : PLUG_CLI_INVALID_DATA;
}
