/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "plug-text.h"

#include <string.h>

static const char secret[] = "tök<e>n&\"4/7+1 %x";

static void
test_redacts_every_form (void)
{
  static const char * const rows[][2] = {
    { "before tök<e>n&\"4/7+1 %x behind", "before ••• behind" },
    { "t%C3%B6k%3Ce%3En%26%224%2F7%2B1%20%25x.", "•••." },
    { "a=t%c3%b6k%3ce%3en%26%224/7%2b1+%25x&b", "a=•••&b" },
    { "{\"m\":\"t\\u00f6k<e>n&\\\"4\\/7+1 %x\"}", "{\"m\":\"•••\"}" },
    { "<p>t&#246;k&lt;e&gt;n&amp;&quot;4/7+1 %x</p>", "<p>•••</p>" },
    { "<p>t&#xF6;k&lt;e&gt;n&amp;&#34;4/7+1 %x</p>", "<p>•••</p>" },
    { "74c3b66b3c653e6e2622342f372b31202578 hex", "••• hex" },
    { "74C3B66B3C653E6E2622342F372B31202578 hex", "••• hex" },
    { "nothing here", "nothing here" },
  };
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();

  plug_redactor_add (redactor, secret);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *redacted = plug_redactor_apply (redactor, rows[i][0]);

      g_assert_cmpstr (redacted, ==, rows[i][1]);
    }
}

static void
test_redacts_base64 (void)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();

  plug_redactor_add (redactor, secret);
  for (int before = 0; before < 5; before++)
    {
      g_autofree char *plain = g_strdup_printf ("%.*s:%s:!", before, "uuuuu", secret);
      g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
      g_autofree char *text = g_strdup_printf ("Basic %s", encoded);
      g_autofree char *redacted = plug_redactor_apply (redactor, text);

      g_assert_nonnull (strstr (redacted, "•••"));
      for (gsize i = 8; i + 6 < strlen (encoded) - 6; i++)
        {
          g_autofree char *part = g_strndup (encoded + i, 6);

          g_assert_null (strstr (redacted, part));
        }
    }
}

static void
test_short_secret_hides_all (void)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;

  plug_redactor_add (redactor, "abc12");
  plug_redactor_add (redactor, "");
  hidden = plug_redactor_apply (redactor, "the password abc12 is wrong");
  g_assert_cmpstr (hidden, ==, "•••");
  shown = plug_redactor_apply (redactor, "the password is wrong");
  g_assert_cmpstr (shown, ==, "the password is wrong");
}

/* Seeded: no six bytes of a secret survive, however it was escaped and wherever the text is cut. */
static void
test_nothing_survives (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (int round = 0; round < 300; round++)
    {
      g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
      g_autoptr (GString) key = g_string_new (NULL);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *result = NULL;
      int length = g_rand_int_range (random, 12, 80);

      for (int i = 0; i < length; i++)
        g_string_append_c (key, (char) g_rand_int_range (random, 0x21, 0x7f));
      plug_redactor_add (redactor, key->str);
      while (text->len < 6000)
        {
          g_autofree char *escaped = NULL;

          for (int i = g_rand_int_range (random, 0, 40); i > 0; i--)
            g_string_append_c (text, ' ');
          switch (g_rand_int_range (random, 0, 4))
            {
            case 0:
              escaped = g_uri_escape_string (key->str, NULL, FALSE);
              break;
            case 1:
              escaped = g_markup_escape_text (key->str, -1);
              break;
            case 2:
              escaped = g_base64_encode ((const guchar *) key->str, key->len);
              break;
            default:
              escaped = g_strdup (key->str);
            }
          g_string_append (text, escaped);
        }
      result = plug_text_from_untrusted (redactor, text->str, (gssize) text->len, 500);
      for (gsize i = 0; i + 6 <= key->len; i++)
        g_assert_null (memmem (result, strlen (result), key->str + i, 6));
    }
}

static void
test_makes_visible (void)
{
  static const struct {
    const char *text;
    gssize length;
    const char *shown;
  } rows[] = {
    { "AT&T <b>x</b>", -1, "AT&T <b>x</b>" },
    { "a\033[2Jb\a", -1, "a␛[2Jb␇" },
    { "a\0b", 3, "a␁b" },
    { "\177\302\205", -1, "␡⟨U+0085⟩" },
    { "x\u202eb\u2066c\u200b", -1, "x⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩" },
    { "a\xffz", -1, "a\ufffdz" },
    { "a\r\nb\tc", -1, "a b c" },
    { "e\u0301\u0301\u0301\u0301\u0301\u0301f", -1, "e\u0301\u0301\u0301\u0301f" },
    { "\u2028\ue000", -1, "⟨U+2028⟩⟨U+E000⟩" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *shown = plug_text_from_untrusted (NULL, rows[i].text, rows[i].length, 100);

      g_assert_cmpstr (shown, ==, rows[i].shown);
    }
}

static void
test_shortens (void)
{
  g_autofree char *large = g_malloc (1024 * 1024 + 1);
  g_autofree char *shown = NULL;
  g_autofree char *exact = plug_text_from_untrusted (NULL, "äöü", -1, 3);
  g_autofree char *shorter = plug_text_from_untrusted (NULL, "äöüß", -1, 3);
  gint64 start;

  memset (large, 'x', 1024 * 1024);
  large[1024 * 1024] = '\0';
  start = g_get_monotonic_time ();
  shown = plug_text_from_untrusted (NULL, large, -1, 500);
  g_test_minimized_result ((double) (g_get_monotonic_time () - start), "1 MiB in µs");
  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 500);
  g_assert_true (g_str_has_suffix (shown, "x…"));
  g_assert_cmpstr (exact, ==, "äöü");
  g_assert_cmpstr (shorter, ==, "äö…");
}

static void
test_keeps_lines_in_details (void)
{
  g_autofree char *shown = plug_text_from_untrusted (NULL, "a\r\nb", -1, PLUG_TEXT_DETAILS_CHARS);

  g_assert_cmpstr (shown, ==, "a\nb");
}

static void
test_append (void)
{
  g_autoptr (GString) buffer = g_string_new (NULL);

  for (int i = 0; i < 1000; i++)
    plug_text_append (buffer, "abc", 3);
  g_assert_cmpuint (buffer->len, ==, 3000);
  g_assert_cmpuint (strlen (buffer->str), ==, 3000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/redactor/every-form", test_redacts_every_form);
  g_test_add_func ("/text/redactor/base64", test_redacts_base64);
  g_test_add_func ("/text/redactor/short-secret-hides-all", test_short_secret_hides_all);
  g_test_add_func ("/text/redactor/nothing-survives", test_nothing_survives);
  g_test_add_func ("/text/untrusted/makes-visible", test_makes_visible);
  g_test_add_func ("/text/untrusted/shortens", test_shortens);
  g_test_add_func ("/text/untrusted/keeps-lines-in-details", test_keeps_lines_in_details);
  g_test_add_func ("/text/append", test_append);
  return g_test_run ();
}
