/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-store.h"
#include "plug-test.h"

G_BEGIN_DECLS

/* The exit statuses; scripts rely on them. */
typedef enum {
  PLUG_CLI_DONE = 0,
  PLUG_CLI_REFUSED = 1, /* or not permitted */
  PLUG_CLI_USAGE = 2,
  PLUG_CLI_NOT_FOUND = 3, /* no such connection or provider */
  PLUG_CLI_VAULT = 4,     /* unavailable or locked */
  PLUG_CLI_NOT_REACHABLE = 5, /* or not testable */
  PLUG_CLI_INVALID_DATA = 6,
} PlugCliStatus;

/* Commands: each parses its own arguments, argv[0] being its name. */
PlugCliStatus plug_cli_list (int argc,
                             char **argv);
PlugCliStatus plug_cli_show (int argc,
                             char **argv);
PlugCliStatus plug_cli_lint (int argc,
                             char **argv);
PlugCliStatus plug_cli_providers (int argc,
                                  char **argv);
/* Also 128 + the number of the signal that ended it. */
int plug_cli_test (int argc,
                   char **argv);

/* FALSE after it has complained. --help prints and ends the program. */
gboolean plug_cli_parse (const char *command,
                         const char *arguments,
                         const char *summary,
                         const GOptionEntry *entries,
                         int *argc,
                         char ***argv);
/* The only operand, UTF-8; NULL after it has complained. */
const char *plug_cli_get_name (char **operands);
PlugStore *plug_cli_open_store (void) G_GNUC_WARN_UNUSED_RESULT;
/* The whole of it, the user's own definitions included. */
PlugCatalogue *plug_cli_load_catalogue (void) G_GNUC_WARN_UNUSED_RESULT;
/* Complains when there is none of that name. */
PlugConnection *plug_cli_find (PlugStore *store,
                               const char *name);

/* "plugboard: SENTENCE" on standard error. */
void plug_cli_complain (const char *sentence);
/* The same, about a connection. */
void plug_cli_complain_about (const char *name,
                              const char *sentence);
PlugCliStatus plug_cli_status_for_error (const GError *error);

/* Foreign text as a terminal may see it: control and bidi characters made visible. */
char *plug_cli_escape (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same, and in one line whatever is in it. */
char *plug_cli_escape_line (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* @cells: char *, escaped, row by row; in columns as wide as they have to be. */
void plug_cli_print_table (GPtrArray *cells,
                           guint n_columns);
/* The names a person reads; the ids when the catalogue does not have them. */
const char *plug_cli_get_provider_name (PlugConnection *connection);
const char *plug_cli_get_method_label (PlugConnection *connection);
/* RFC 3339 UTC; NULL when never. */
char *plug_cli_dup_time (gint64 seconds) G_GNUC_WARN_UNUSED_RESULT;

/* Members of the object that is open in @builder. */
void plug_cli_add_string (JsonBuilder *builder,
                          const char *member,
                          const char *text);
/* Name, provider, method, state, problem, outcome, reason, tested: what every command says of a connection. */
void plug_cli_add_connection (JsonBuilder *builder,
                              PlugConnection *connection);
/* Prints what was built, UTF-8 whatever the locale, with control and bidi characters escaped. */
void plug_cli_print_json (JsonBuilder *builder);

G_END_DECLS
