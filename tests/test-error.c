/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-error.h"

static void
test_domain (void)
{
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_DISK_FULL, "full");

  g_assert_cmpstr (g_quark_to_string (PLUG_ERROR), ==, "plug-error-quark");
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_DISK_FULL);
  /* A code means nothing without its domain. */
  g_assert_false (g_error_matches (error, G_FILE_ERROR, PLUG_ERROR_DISK_FULL));
}

/* Callers compare ranges: the keyring's codes before the disk's, the network's last. */
static void
test_ranges (void)
{
  g_assert_cmpint (PLUG_ERROR_FAILED, ==, 0);
  g_assert_cmpint (PLUG_ERROR_UNSUPPORTED, <, PLUG_ERROR_VAULT_MISSING);
  g_assert_cmpint (PLUG_ERROR_VAULT_MISSING, <, PLUG_ERROR_VAULT_REFUSED);
  g_assert_cmpint (PLUG_ERROR_VAULT_REFUSED, <, PLUG_ERROR_SECRET_MISSING);
  g_assert_cmpint (PLUG_ERROR_SECRET_INVALID, <, PLUG_ERROR_DISK_FULL);
  g_assert_cmpint (PLUG_ERROR_UNSAFE_FOLDER, <, PLUG_ERROR_INVALID_URL);
  g_assert_cmpint (PLUG_ERROR_CERTIFICATE_EXPIRED, <, PLUG_ERROR_CERTIFICATE_INVALID);
  g_assert_cmpint (PLUG_ERROR_CERTIFICATE_INVALID, <, PLUG_ERROR_ANSWER_UNREADABLE);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/domain", test_domain);
  g_test_add_func ("/error/ranges", test_ranges);

  return g_test_run ();
}
