/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include <locale.h>
#include <sys/resource.h>

#include "plug-application.h"
#include "plug-http.h"
#include "plug-keyring.h"
#include "plug-sentence.h"

/* This process holds secrets: no core dump shall keep them. */
static void
forbid_core_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
}

int
main (int argc,
      char **argv)
{
  g_autoptr (PlugApplication) application = NULL;

  plug_keyring_clean_environment ();
  plug_http_clean_environment ();
  forbid_core_dumps ();
  setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();
  g_set_application_name ("Plugboard");

  application = plug_application_new (NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
