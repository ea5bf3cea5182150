/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* make-certificates FOLDER HOST…: writes authority.pem, server.pem (for all of the hosts), client.pem, rsa.pem and ec.pem
 * for a test that is written in another language. */
#include "certificates.h"

static void
write_file (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    g_error ("%s", error->message);
}

int
main (int argc,
      char *argv[])
{
  static const char *const no_hosts[] = { NULL };
  g_autoptr (Authority) authority = authority_new ();
  g_autofree char *server = NULL;
  g_autofree char *client = authority_dup_certificate (authority, no_hosts);
  g_autofree char *rsa = private_key_dup_rsa ();
  g_autofree char *ec = private_key_dup_ec ();

  if (argc < 3) {
    g_printerr ("usage: make-certificates FOLDER HOST…\n");
    return 2;
  }
  server = authority_dup_certificate (authority, (const char *const *) argv + 2);
  write_file (argv[1], "authority.pem", authority_get_pem (authority));
  write_file (argv[1], "server.pem", server);
  write_file (argv[1], "client.pem", client);
  write_file (argv[1], "rsa.pem", rsa);
  write_file (argv[1], "ec.pem", ec);

  return 0;
}
