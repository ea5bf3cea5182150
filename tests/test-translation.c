/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the core says in German: needs PLUGBOARD_LOCALE_DIR and LANGUAGE=de. */
#include <locale.h>

#include "plug-catalogue.h"
#include "plug-category.h"
#include "plug-error.h"
#include "plug-sentence.h"

/* A definition keeps what is written, and what is shown is looked up once. */
static void
test_provider_texts (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *halopsa = plug_catalogue_get_provider (catalogue, "halopsa");
  PlugMethod *method = plug_provider_get_method (halopsa, "password");
  PlugParameter *password = plug_method_get_parameter (method, "password");
  g_autofree char *missing = plug_sentence_for_value_problem (PLUG_VALUE_MISSING, password);

  g_assert_cmpstr (plug_method_get_label (method), ==, "Username and Password");
  g_assert_cmpstr (plug_sentence_translate (plug_method_get_label (method)), ==, "Benutzername und Passwort");
  g_assert_cmpstr (plug_parameter_get_label (password), ==, "Password");
  g_assert_cmpstr (plug_sentence_translate (plug_parameter_get_label (password)), ==, "Passwort");
  g_assert_cmpstr (missing, ==, "„Passwort“ ist erforderlich.");
}

/* What describes a service is translated, a name is not. */
static void
test_label (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *custom = plug_catalogue_get_provider (catalogue, "custom");
  g_autoptr (PlugQuery) query = plug_query_new ("eigener");

  g_assert_cmpstr (plug_provider_get_name (custom), ==, "Custom Service");
  g_assert_cmpstr (plug_provider_get_label (custom), ==, "Eigener Dienst");
  g_assert_cmpint (plug_provider_match (custom, query), !=, PLUG_RANK_NONE);
  g_assert_cmpstr (plug_provider_get_label (plug_catalogue_get_provider (catalogue, "halopsa")), ==, "HaloPSA");
}

/* Of no language: a text that nobody translated, and the empty one, whose translation is the file's header. */
static void
test_untranslated (void)
{
  g_assert_cmpstr (plug_sentence_translate ("A text that is in no definition"), ==, "A text that is in no definition");
  g_assert_cmpstr (plug_sentence_translate (""), ==, "");
  /* "Cancel" is ours, but no provider's. */
  g_assert_cmpstr (plug_sentence_translate ("Cancel"), ==, "Cancel");
}

static void
test_hosts (void)
{
  g_autoptr (GError) error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_CERTIFICATE_EXPIRED, "for the log");
  g_autofree char *with_host = plug_sentence_for_error (error, "example.com");
  g_autofree char *without_host = plug_sentence_for_error (error, NULL);

  g_assert_cmpstr (with_host, ==, "Das Zertifikat von example.com ist abgelaufen.");
  g_assert_cmpstr (without_host, ==, "Das Zertifikat des Dienstes ist abgelaufen.");
}

static void
test_plurals (void)
{
  g_autofree char *one = plug_sentence_for_age (0, 60);
  g_autofree char *two = plug_sentence_for_age (0, 3 * 24 * 60 * 60);

  g_assert_cmpstr (one, ==, "vor 1\u00a0Minute");
  g_assert_cmpstr (two, ==, "vor 3\u00a0Tagen");
}

/* Found by what the button says, and by what it says in English. */
static void
test_category (void)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  PlugProvider *sentinelone = plug_catalogue_get_provider (catalogue, "sentinelone");
  const char *label = plug_category_get_label ("edr");
  const char *const typed[] = { label, "endpoint security", "edr" };

  g_assert_cmpstr (label, ==, "Endpunktsicherheit");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autoptr (PlugQuery) query = plug_query_new (typed[i]);

    g_assert_cmpint (plug_provider_match (sentinelone, query), >=, PLUG_RANK_CATEGORY);
  }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Newer versions of glibc translate nothing in C.UTF-8; with older ones it may be the only locale there is. */
  if (setlocale (LC_ALL, "en_US.UTF-8") == NULL)
    setlocale (LC_ALL, "");
  plug_sentence_bind_texts ();

  g_test_add_func ("/translation/provider-texts", test_provider_texts);
  g_test_add_func ("/translation/label", test_label);
  g_test_add_func ("/translation/untranslated", test_untranslated);
  g_test_add_func ("/translation/hosts", test_hosts);
  g_test_add_func ("/translation/plurals", test_plurals);
  g_test_add_func ("/translation/category", test_category);

  return g_test_run ();
}
