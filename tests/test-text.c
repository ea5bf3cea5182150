/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-text.h"

#include <string.h>

#define SECRET "t\xc3\xb6k<e>n&\"4/7+1 %x"

typedef struct {
  const char *text;
  const char *shown;
} Row;

static void
assert_redacted (const char *secret,
                 const Row *rows,
                 guint n_rows)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();

  plug_redactor_add (redactor, secret);
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *shown = plug_redactor_apply (redactor, rows[i].text);

    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
}

static void
test_redactor_every_form (void)
{
  static const Row rows[] = {
    { "", "" },
    { "nothing here", "nothing here" },
    { SECRET, "•••" },
    { "before " SECRET " behind", "before ••• behind" },
    { SECRET SECRET, "•••" },
    { "t%C3%B6k%3Ce%3En%26%224%2F7%2B1%20%25x.", "•••." },
    { "a=t%c3%b6k%3ce%3en%26%224/7%2b1+%25x&b", "a=•••&b" },
    { "%74%C3%B6%6B%3C%65%3E%6E%26%22%34%2F%37%2B%31%20%25%78", "•••" },
    { "{\"m\":\"t\\u00f6k<e>n&\\\"4\\/7+1 %x\"}", "{\"m\":\"•••\"}" },
    { "{\"m\":\"t\\u00F6k\\u003ce\\u003en\\u0026\\u00224/7+1 %x\"}", "{\"m\":\"•••\"}" },
    { "<p>t&#246;k&lt;e&gt;n&amp;&quot;4/7+1 %x</p>", "<p>•••</p>" },
    { "<p>t&#xF6;k&lt;e&gt;n&amp;&#034;4/7+1 %x</p>", "<p>•••</p>" },
    { "<p>&#0000116;&#xf6;k&lt;e&gt;n&amp;&#34;4&#x2F;7&#43;1 %x</p>", "<p>•••</p>" },
    { "74c3b66b3c653e6e2622342f372b31202578 hex", "••• hex" },
    { "74C3B66B3C653E6E2622342F372B31202578 hex", "••• hex" },
    /* Quoted in another text */
    { "\"{\\\"m\\\":\\\"t\\\\u00f6k<e>n&\\\\\\\"4/7+1 %x\\\"}\"", "\"{\\\"m\\\":\\\"•••\\\"}\"" },
    { "t%25C3%25B6k%253Ce%253En%2526%25224%252F7%252B1%2520%2525x", "•••" },
    { "href=\"?a=t%C3%B6k%3Ce%3En%26%224%2F7%2B1+%25x&amp;b=c\"", "href=\"?a=•••&amp;b=c\"" },
    /* Not quite the secret */
    { "t\xc3\xb6k<e>n&\"4/7+1 %", "t\xc3\xb6k<e>n&\"4/7+1 %" },
  };

  assert_redacted (SECRET, rows, G_N_ELEMENTS (rows));
}

/* The characters on both sides may hold bits of the secret and are hidden with it. */
static void
test_redactor_base64 (void)
{
  static const Row rows[] = {
    { "Basic QT8/Pz9+fn58fHw=", "Basic •••=" },              /* A????~~~||| */
    { "Basic dTpBPz8/P35+fnx8fA==", "Basic dT•••==" },       /* u:A… */
    { "Basic dXU6QT8/Pz9+fn58fHw6IQ==", "Basic dXU•••6IQ==" },
    { "Basic OkE/Pz8/fn5+fHx8", "Basic O•••" },
    { "Bearer OkE_Pz8_fn5-fHx8", "Bearer O•••" },
    { "{\"a\":\"OkE\\/Pz8\\/fn5+fHx8\"}", "{\"a\":\"O•••\"}" },
    { "a=OkE%2FPz8%2Ffn5%2BfHx8&b", "a=O•••&b" },
    { "OkE&#x2F;Pz8&#x2F;fn5&#43;fHx8", "O•••" },
  };

  assert_redacted ("A????~~~|||", rows, G_N_ELEMENTS (rows));
}

static void
test_redactor_short_secret_hides_all (void)
{
  static const Row rows[] = {
    { "the password ab\xc3\xbc/ is wrong", "•••" },
    { "x=ab%C3%BC%2F", "•••" },
    { "Basic YWLDvC8=", "•••" },         /* the secret alone */
    { "Basic dTphYsO8Lw==", "•••" },     /* u: */
    { "Basic dXU6YWLDvC8=", "•••" },     /* uu: */
    { "Basic dXV1OmFiw7wv", "•••" },     /* uuu: */
    { "the password is wrong", "the password is wrong" },
  };
  static const Row three[] = {
    { "Basic OmFiYw==", "•••" },   /* : */
    { "Basic dTphYmM=", "•••" },   /* u: */
    { "Basic dXU6YWJj", "•••" },   /* uu: */
    { "nothing", "nothing" },
  };

  assert_redacted ("ab\xc3\xbc/", rows, G_N_ELEMENTS (rows));
  assert_redacted ("abc", three, G_N_ELEMENTS (three));
}

static void
test_redactor_several_secrets (void)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autoptr (PlugRedactor) same = plug_redactor_ref (redactor);
  g_autofree char *shown = NULL;

  plug_redactor_add (redactor, "first-secret");
  plug_redactor_add (redactor, "secret-second");
  plug_redactor_add (redactor, "first-secret");
  plug_redactor_add (redactor, "");
  plug_redactor_add (redactor, NULL);
  shown = plug_redactor_apply (same, "a first-secret-second, first-secret, secret");
  g_assert_cmpstr (shown, ==, "a •••, •••, secret");
}

/* A secret that overlaps itself at every place of a text takes no longer than another. */
static void
test_redactor_withstands_repetition (void)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autofree char *secret = g_strnfill (60000, 'a');
  g_autofree char *text = g_strnfill (1024 * 1024, 'a');
  g_autofree char *shown = NULL;

  plug_redactor_add (redactor, secret);
  shown = plug_redactor_apply (redactor, text);
  g_assert_cmpstr (shown, ==, "•••");
}

static char *
escape_percent (const char *text,
                gboolean form,
                gboolean upper)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL)
      g_string_append_c (escaped, *p);
    else if (form && *p == ' ')
      g_string_append_c (escaped, '+');
    else
      g_string_append_printf (escaped, upper ? "%%%02X" : "%%%02x", (guchar) *p);
  }

  return g_string_free (escaped, FALSE);
}

static char *
escape_json (const char *text,
             gboolean ascii)
{
  GString *escaped = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == '"' || c == '\\' || (ascii && c == '/'))
      g_string_append_printf (escaped, "\\%c", (char) c);
    else if (ascii && c > 0xffff)
      g_string_append_printf (escaped, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
    else if (ascii && (c > 0x7e || c == '<' || c == '&'))
      g_string_append_printf (escaped, "\\u%04x", c);
    else
      g_string_append_unichar (escaped, c);
  }

  return g_string_free (escaped, FALSE);
}

static char *
escape_html (const char *text,
             gboolean numbers)
{
  GString *escaped = g_string_new (NULL);

  if (!numbers) {
    g_string_free (escaped, TRUE);
    return g_markup_escape_text (text, -1);
  }
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_printf (escaped, c % 2 == 0 ? "&#%u;" : "&#x%x;", c);
  }

  return g_string_free (escaped, FALSE);
}

/* @before stands in front of the secret in what is encoded: it sets the alignment. */
static char *
escape_base64 (const char *text,
               const char *before,
               gboolean url)
{
  g_autofree char *plain = g_strconcat (before, text, NULL);
  char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));

  if (url) {
    g_strdelimit (encoded, "+", '-');
    g_strdelimit (encoded, "/", '_');
  }

  return encoded;
}

#define N_FORMS 14

static char *
escape (const char *text,
        guint form)
{
  static const char *const befores[] = { "", ":", "u:" };

  switch (form) {
  case 0:
    return g_strdup (text);
  case 1:
  case 2:
  case 3:
  case 4:
    return escape_percent (text, form % 2 == 0, form > 2);
  case 5:
  case 6:
    return escape_json (text, form == 6);
  case 7:
  case 8:
    return escape_html (text, form == 8);
  case 9:
  case 10:
  case 11:
    return escape_base64 (text, befores[form - 9], FALSE);
  default:
    return escape_base64 (text, befores[form - 11], TRUE);
  }
}

static char *
random_secret (GRand *rand)
{
  static const gunichar others[] = { 0xe4, 0x20ac, 0x1f600 };
  GString *secret = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, 12, 60); i > 0; i--) {
    if (g_rand_int_range (rand, 0, 12) == 0)
      g_string_append_unichar (secret, others[g_rand_int_range (rand, 0, G_N_ELEMENTS (others))]);
    else
      g_string_append_c (secret, g_rand_int_range (rand, 0x20, 0x7f));
  }

  return g_string_free (secret, FALSE);
}

/* No six bytes of the secret, however they are escaped. Of base64 eight characters hold six bytes. */
static void
assert_nothing_of (const char *secret,
                   const char *shown)
{
  for (guint form = 0; form < N_FORMS; form++) {
    if (form < 9) {
      for (const char *p = secret; strlen (p) >= 6; p = g_utf8_next_char (p)) {
        g_autofree char *part = g_utf8_substring (p, 0, MIN (6, g_utf8_strlen (p, -1)));
        g_autofree char *escaped = escape (part, form);

        if (strlen (part) >= 6)
          g_assert_null (strstr (shown, escaped));
      }
    } else {
      g_autofree char *escaped = escape (secret, form);

      for (gsize i = 4; i + 8 + 4 < strlen (escaped); i++) {
        g_autofree char *part = g_strndup (escaped + i, 8);

        g_assert_null (strstr (shown, part));
      }
    }
  }
}

/* Seeded: a text full of a secret in every form, cut anywhere, at both limits. */
static void
test_redactor_nothing_survives (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);

  for (guint round = 0; round < 150; round++) {
    g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
    g_autofree char *secret = random_secret (rand);
    g_autoptr (GString) text = g_string_new (NULL);
    gsize max_chars = g_rand_int_range (rand, 0, 700);
    g_autofree char *whole = NULL;
    g_autofree char *shown = NULL;

    plug_redactor_add (redactor, secret);
    while (text->len < 12000) {
      g_autofree char *escaped = escape (secret, g_rand_int_range (rand, 0, N_FORMS));

      for (int i = g_rand_int_range (rand, 1, 200); i > 0; i--)
        g_string_append_c (text, " \n\t,;|"[g_rand_int_range (rand, 0, 6)]);
      g_string_append (text, escaped);
    }

    whole = plug_redactor_apply (redactor, text->str);
    assert_nothing_of (secret, whole);
    shown = plug_text_from_untrusted (redactor, text->str, text->len, max_chars);
    assert_nothing_of (secret, shown);
    g_assert_cmpint (g_utf8_strlen (shown, -1), <=, MAX (max_chars, 1));
    g_assert_true (g_str_has_suffix (shown, "…"));
  }
}

static void
test_untrusted_makes_visible (void)
{
  static const struct {
    const char *text;
    gssize length;
    const char *shown;
  } rows[] = {
    { "AT&T <b>x</b> <a href=\"y\">", -1, "AT&T <b>x</b> <a href=\"y\">" },
    { "a\033[2Jb\a", -1, "a␛[2Jb␇" },
    { "a\0b\0", 4, "a␀b␀" },
    { "\177\302\205", -1, "␡⟨U+0085⟩" },
    { "x\u202eb\u2066c\u200b", -1, "x⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩" },
    { "\u200e\u200f\u061c\u2069\ufeff\u00ad\u2060", -1, "⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩⟨U+2069⟩⟨U+FEFF⟩⟨U+00AD⟩⟨U+2060⟩" },
    { "\u2028\u2029\ue000\U000e0041", -1, "⟨U+2028⟩⟨U+2029⟩⟨U+E000⟩⟨U+E0041⟩" },
    { "\u3164\u115f", -1, "⟨U+3164⟩⟨U+115F⟩" },
    { "a\xffz\xc3", -1, "a\ufffdz\ufffd" },
    { "\xed\xa0\x80", -1, "\ufffd\ufffd\ufffd" },
    { "a\r\nb\tc\rd\ne", -1, "a b c d e" },
    { "e\u0301\u0301\u0301\u0301\u0301\u0301f\u0301", -1, "e\u0301\u0301\u0301\u0301f\u0301" },
    { "\u05d0\u05d1 \u4f60\u597d \U0001f600", -1, "\u05d0\u05d1 \u4f60\u597d \U0001f600" },
    { "", -1, "" },
    { "abc", 2, "ab" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *shown = plug_text_from_untrusted (NULL, rows[i].text, rows[i].length, 100);

    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
}

static void
test_untrusted_keeps_lines_in_details (void)
{
  g_autofree char *shown = plug_text_from_untrusted (NULL, "a\r\nb\tc\n", -1, PLUG_TEXT_DETAILS_CHARS);

  g_assert_cmpstr (shown, ==, "a\nb c\n");
}

/* What becomes the secret only by being made visible is hidden as well. */
static void
test_untrusted_redacts_again (void)
{
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();
  g_autofree char *shown = NULL;

  plug_redactor_add (redactor, "correct horse battery");
  shown = plug_text_from_untrusted (redactor, "is: correct\nhorse\r\nbattery.", -1, 100);
  g_assert_cmpstr (shown, ==, "is: •••.");
}

static void
test_untrusted_shortens (void)
{
  static const struct {
    const char *text;
    gsize max_chars;
    const char *shown;
  } rows[] = {
    { "äöü", 3, "äöü" }, { "äöüß", 3, "äö…" }, { "äö", 1, "…" }, { "ä", 0, "…" }, { "", 0, "" },
  };
  g_autofree char *large = g_strnfill (1024 * 1024, 'x');
  g_autofree char *marks = g_malloc (2 * 4000 + 1);
  g_autofree char *shown = plug_text_from_untrusted (NULL, large, -1, 500);
  g_autofree char *unmarked = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = plug_text_from_untrusted (NULL, rows[i].text, -1, rows[i].max_chars);

    g_assert_cmpstr (text, ==, rows[i].shown);
  }

  g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 500);
  g_assert_true (g_str_has_suffix (shown, "x…"));

  for (guint i = 0; i < 4000; i++)
    memcpy (marks + 2 * i, "\u0301", 2);
  marks[8000] = '\0';
  unmarked = plug_text_from_untrusted (NULL, marks, -1, 500);
  g_assert_cmpstr (unmarked, ==, "\u0301\u0301\u0301\u0301…");
}

/* Any bytes: the result is valid, short enough, and has nothing in it that acts on a terminal or the text's direction. */
static void
test_untrusted_mutations (void)
{
  static const char *const pieces[] = {
    "a", "\u0301", "\u202e", "\u2066", "\xff", "\xf0\x9f", "\033[", "%4", "%41", "&#65", "&#x41;", "\\u0041", "\\u", "\\",
    "\\ud83d", "\n", "\r", "=", "c2VjcmV0LXNlY3JldA", "secret-", "secret-secret", "&amp;", "&", "%", "\U0001f600", "\u2028",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (PlugRedactor) redactor = plug_redactor_new ();

  plug_redactor_add (redactor, "secret-secret");
  for (guint round = 0; round < 3000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    gsize max_chars = g_rand_int_range (rand, 1, 40);
    g_autofree char *shown = NULL;

    for (int i = g_rand_int_range (rand, 0, 40); i > 0; i--) {
      if (g_rand_int_range (rand, 0, 10) == 0)
        g_string_append_c (text, g_rand_int_range (rand, 0, 256));
      else
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
    }
    shown = plug_text_from_untrusted (redactor, text->str, text->len, max_chars);
    g_assert_true (g_utf8_validate (shown, -1, NULL));
    g_assert_cmpint (g_utf8_strlen (shown, -1), <=, max_chars);
    g_assert_null (strstr (shown, "secret-secret"));
    for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p)) {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
      g_assert_cmpint (g_unichar_type (g_utf8_get_char (p)), !=, G_UNICODE_FORMAT);
    }
  }
}

static void
test_append (void)
{
  g_autoptr (GString) buffer = g_string_new (NULL);

  for (guint i = 0; i < 1000; i++)
    plug_text_append (buffer, "abc", 3);
  plug_text_append (buffer, "", 0);
  g_assert_cmpuint (buffer->len, ==, 3000);
  g_assert_cmpuint (strlen (buffer->str), ==, 3000);
  g_assert_true (g_str_has_suffix (buffer->str, "cabc"));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/redactor/every-form", test_redactor_every_form);
  g_test_add_func ("/text/redactor/base64", test_redactor_base64);
  g_test_add_func ("/text/redactor/short-secret-hides-all", test_redactor_short_secret_hides_all);
  g_test_add_func ("/text/redactor/several-secrets", test_redactor_several_secrets);
  g_test_add_func ("/text/redactor/withstands-repetition", test_redactor_withstands_repetition);
  g_test_add_func ("/text/redactor/nothing-survives", test_redactor_nothing_survives);
  g_test_add_func ("/text/untrusted/makes-visible", test_untrusted_makes_visible);
  g_test_add_func ("/text/untrusted/keeps-lines-in-details", test_untrusted_keeps_lines_in_details);
  g_test_add_func ("/text/untrusted/redacts-again", test_untrusted_redacts_again);
  g_test_add_func ("/text/untrusted/shortens", test_untrusted_shortens);
  g_test_add_func ("/text/untrusted/mutations", test_untrusted_mutations);
  g_test_add_func ("/text/append", test_append);

  return g_test_run ();
}
