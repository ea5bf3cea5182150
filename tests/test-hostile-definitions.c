/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-definition.h"

#include <string.h>
#include <time.h>

/* Definitions come from anywhere: somebody installs one without reading it. Whatever is wrong with it, it is refused in a
 * moment, with its place and with a sentence that a person understands. */

#if defined(__SANITIZE_ADDRESS__)
#define MAX_MS 1000
#else
#define MAX_MS 100
#endif

/* A definition that is right; the rows below break it. */
static const char right[] =
    "{\"format\": 1, \"id\": \"acme\", \"name\": \"Acme\", \"categories\": [\"itsm\"], \"docs\": \"https://acme.test/docs\",\n"
    " \"methods\": [{\"id\": \"token\", \"label\": \"API Token\",\n"
    "  \"parameters\": [{\"id\": \"site\", \"label\": \"Site\", \"type\": \"string\"},\n"
    "   {\"id\": \"base\", \"label\": \"Address\", \"type\": \"uri\"},\n"
    "   {\"id\": \"token\", \"label\": \"Token\", \"type\": \"secret\", \"help\": \"Ask.\"}],\n"
    "  \"server\": {\"url\": \"{+base}/api\"},\n"
    "  \"headers\": {\"X-Site\": \"{site}\"},\n"
    "  \"auth\": [{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": \"{token}\"}],\n"
    "  \"test\": {\"request\": {\"url\": \"https://{site}.acme.test/me\"}, \"expect\": {\"status\": [200]}}}]}\n";

#define METHOD "/methods/0"
#define URL "https://{site}.acme.test/me"
#define URL_POINTER METHOD "/test/request/url"

static gint64
now_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* A machine that is busy with something else may try again. */
static PlugProvider *
load_in_time (const char *text,
              gssize length,
              GPtrArray **mistakes)
{
  PlugProvider *provider = NULL;
  gint64 spent_ms = G_MAXINT64;

  *mistakes = NULL;
  for (guint i = 0; i < 3 && spent_ms >= MAX_MS; i++) {
    gint64 start = now_us ();

    g_clear_object (&provider);
    g_clear_pointer (mistakes, g_ptr_array_unref);
    provider = plug_definition_load (text, length, "acme.json", FALSE, mistakes);
    spent_ms = (now_us () - start) / 1000;
  }
  g_assert_cmpint (spent_ms, <, MAX_MS);
  g_assert_cmpint (provider == NULL, ==, (*mistakes)->len > 0);

  return provider;
}

/* One line that a row of the window has place for. */
static void
assert_readable (PlugMistake *mistake)
{
  g_assert_cmpuint (strlen (mistake->reason), >, 0);
  g_assert_cmpuint (strlen (mistake->reason), <, 300);
  g_assert_null (strpbrk (mistake->reason, "\r\n"));
  g_assert_true (g_utf8_validate (mistake->reason, -1, NULL));
}

/* @pointer: (nullable): where one of the mistakes is; the first one when NULL
 * @word: what its reason says */
static void
assert_refused (const char *text,
                gssize length,
                const char *pointer,
                const char *word)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  gboolean found = FALSE;

  g_assert_null (load_in_time (text, length, &mistakes));
  g_assert_cmpuint (mistakes->len, <=, PLUG_DEFINITION_MAX_MISTAKES);
  for (guint i = 0; i < mistakes->len; i++) {
    PlugMistake *mistake = g_ptr_array_index (mistakes, i);

    g_test_message ("%.200s: %s", mistake->pointer, mistake->reason);
    assert_readable (mistake);
    found |= (pointer == NULL || g_str_equal (mistake->pointer, pointer)) && strstr (mistake->reason, word) != NULL;
  }
  if (!found)
    g_error ("Nothing at “%s” is said of “%s”", pointer, word);
}

static char *
replace (const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (right, from, 2);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  return g_strjoinv (to, parts);
}

/* "PIECE0, PIECE1, …"; each %u of @piece is the number. */
static char *
repeat (const char *piece,
        guint n)
{
  g_auto (GStrv) parts = g_strsplit (piece, "%u", -1);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    g_autofree char *numbered = g_strjoinv (number, parts);

    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", numbered);
  }
  return g_string_free (list, FALSE);
}

/* @text, @n times. */
static char *
fill (const char *text,
      guint n)
{
  GString *filled = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (filled, text);
  return g_string_free (filled, FALSE);
}

static void
test_right (void)
{
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = load_in_time (right, -1, &mistakes);

  g_assert_nonnull (provider);
}

typedef struct {
  const char *from;
  const char *to;
  const char *pointer;
  const char *word; /* of the reason */
} Row;

static void
test_rows (gconstpointer data)
{
  for (const Row *row = data; row->from != NULL; row++) {
    g_autofree char *text = replace (row->from, row->to);

    g_test_message ("%s", row->to);
    assert_refused (text, -1, row->pointer, row->word);
  }
}

static const Row ids[] = {
  { "\"id\": \"acme\"", "\"id\": \"../acme\"", "/id", "2 to 41 of a–z" },
  { "\"id\": \"acme\"", "\"id\": \"..\"", "/id", "2 to 41 of a–z" },
  { "\"id\": \"acme\"", "\"id\": \"ac/me\"", "/id", "2 to 41 of a–z" },
  { "\"id\": \"acme\"", "\"id\": \"acme\\n\"", "/id", "2 to 41 of a–z" },
  { "\"id\": \"acme\"", "\"id\": \"ac\\u0000me\"", "", "\\u0000" },
  { "\"id\": \"acme\"", "\"id\": \"other\"", "/id", "other.json" },
  { "\"id\": \"acme\"", "\"id\": \"аcme\"", "/id", "2 to 41 of a–z" }, /* the first letter is Cyrillic */
  { "\"id\": \"site\"", "\"id\": \"token\"", METHOD "/parameters/2/id", "another parameter has the id" },
  { "\"id\": \"site\"", "\"id\": \"../site\"", METHOD "/parameters/0/id", "1 to 41 of a–z" },
  { "}]}\n", "}, {\"id\": \"token\", \"label\": \"B\", \"parameters\": [], \"server\": {\"url\": \"https://acme.test\"},"
    " \"auth\": [{\"type\": \"none\"}], \"test\": {\"none\": \"No.\"}}]}\n", "/methods/1/id", "another method has the id" },
  { NULL },
};

static const Row hosts[] = {
  { URL, "https://{+site}.acme.test/me", URL_POINTER, "without +" },
  { URL, "https://{+site}/me", URL_POINTER, "type hostname" },
  { URL, "https://{site}/me", URL_POINTER, "type hostname" },
  { URL, "https://acme.test{site}/me", URL_POINTER, "must name a domain" },
  { URL, "https://{site}.test/me", URL_POINTER, "must name a domain" },
  { URL, "https://{site}acme.test/me", URL_POINTER, "must name a domain" },
  { URL, "https://acme.test@{site}.evil.test/me", URL_POINTER, "no host has" },
  { URL, "https://user:{site}@evil.test/me", URL_POINTER, "port" },
  { URL, "https://{site}@evil.test/me", URL_POINTER, "no host has" },
  { URL, "https://acme.test\\\\.evil.test/me", URL_POINTER, "RFC 6570" },
  { URL, "https:\\\\\\\\acme.test/{site}", URL_POINTER, "RFC 6570" },
  { URL, "https://acme.test%2f.evil.test/{site}", URL_POINTER, "no host has" },
  { URL, "https://acme.test%00.evil.test/{site}", URL_POINTER, "no host has" },
  { URL, "https://acme\\t.test/{site}", URL_POINTER, "RFC 6570" },
  { URL, "https://acme .test/{site}", URL_POINTER, "RFC 6570" },
  { URL, "https://acme\xe3\x80\x82test/{site}", URL_POINTER, "RFC 6570" },   /* an ideographic full stop */
  { URL, "https://\xd0\xb0" "cme.test/{site}", URL_POINTER, "RFC 6570" },    /* a Cyrillic a */
  { URL, "https://acme.test/\xe2\x80\xae{site}", URL_POINTER, "RFC 6570" },  /* a right-to-left override */
  { URL, "https://acme.test:{site}/me", URL_POINTER, "port" },
  { URL, "https://acme.test:999999/{site}", URL_POINTER, "port" },
  { URL, "https://{site:3}.acme.test/me", URL_POINTER, "only hold variables" },
  { URL, "https://{site*}.acme.test/me", URL_POINTER, "only hold variables" },
  { URL, "https://{#site}.acme.test/me", URL_POINTER, "fragment" },
  { URL, "https://{.site}.acme.test/me", URL_POINTER, "only hold variables" },
  { URL, "https://{site,base}.acme.test/me", URL_POINTER, "only hold variables" },
  { URL, "https://{?site}.acme.test/me", URL_POINTER, "names no host" },
  { URL, "https:///{site}", URL_POINTER, "names no host" },
  { URL, "https://.acme.test/{site}", URL_POINTER, "names no host" },
  { URL, "https://[::1]/{site}", URL_POINTER, "no host has" },
  { URL, "https://acme.test/me#{site}", URL_POINTER, "fragment" },
  { URL, "http://acme.test/{site}", URL_POINTER, "https://" },
  { URL, "javascript:alert({site})", URL_POINTER, "https://" },
  { URL, "//acme.test/{site}", URL_POINTER, "https://" },
  { URL, "file:///etc/passwd{?site}", URL_POINTER, "https://" },
  { URL, "{+site}/me", URL_POINTER, "type uri" },
  { URL, "{+base}{site}/me", URL_POINTER, "must begin with / or ?" },
  { URL, "{+base}.evil.test/{site}", URL_POINTER, "must begin with / or ?" },
  { URL, "{+base}@evil.test/{site}", URL_POINTER, "must begin with / or ?" },
  { URL, "{+base}:1/{site}", URL_POINTER, "must begin with / or ?" },
  { URL, "{+base,site}/me", URL_POINTER, "must begin with https:// or one address" },
  { URL, "{+base}/{token}/{site}", URL_POINTER, "the secret “token” would stand in an address" },
  { URL, "{+base}/{?token,site}", URL_POINTER, "the secret “token” would stand in an address" },
  { URL, "{+base}/{nobody}/{site}", URL_POINTER, "no parameter is called “nobody”" },
  { "https://acme.test/docs", "https://acme.test\\\\@evil.test/docs", "/docs", "an https address" },
  { "https://acme.test/docs", "https://acme.test@evil.test/docs", "/docs", "an https address" },
  { "https://acme.test/docs", "javascript:alert(1)", "/docs", "an https address" },
  { NULL },
};

static const Row texts[] = {
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"{site}\\r\\nHost: evil.test\"", METHOD "/headers/X-Site", "control characters" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"{site}\\nX: 1\"", METHOD "/headers/X-Site", "control characters" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\\r\\nX\": \"{site}\"", METHOD "/headers/X-Site\r\nX", "the name of a header" },
  { "\"X-Site\": \"{site}\"", "\"X Site\": \"{site}\"", METHOD "/headers/X Site", "the name of a header" },
  { "\"X-Site\": \"{site}\"", "\"X-Site:\": \"{site}\"", METHOD "/headers/X-Site:", "the name of a header" },
  { "\"X-Site\": \"{site}\"", "\"\": \"{site}\"", METHOD "/headers/", "the name of a header" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"{site} é\"", METHOD "/headers/X-Site", "only ASCII" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"{site} {token}\"", METHOD "/headers/X-Site", "under “auth” only" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"{site\"", METHOD "/headers/X-Site", "brace" },
  { "\"X-Site\": \"{site}\"", "\"X-Site\": \"base64{base64{{site}}}\"", METHOD "/headers/X-Site", "base64 inside base64" },
  { "\"label\": \"Site\"", "\"label\": \"Si\\u202ete\"", METHOD "/parameters/0/label", "direction" },
  { "\"label\": \"Site\"", "\"label\": \"Si\\u2066te\"", METHOD "/parameters/0/label", "direction" },
  { "\"label\": \"Site\"", "\"label\": \"Site\\nPassword\"", METHOD "/parameters/0/label", "control characters" },
  { "\"label\": \"Site\"", "\"label\": \"\"", METHOD "/parameters/0/label", "must not be empty" },
  { "\"help\": \"Ask.\"", "\"help\": \"Ask\\u001b[31m.\"", METHOD "/parameters/2/help", "control characters" },
  { "\"name\": \"Acme\"", "\"name\": \"Ac\\u200fme\"", "/name", "direction" },
  { "\"name\": \"Acme\"", "\"name\": \"Acme\\r\\n\"", "/name", "control characters" },
  { "\"type\": \"secret\"", "\"type\": \"secret\", \"default\": \"x\"", METHOD "/parameters/2/default", "has no default" },
  { "\"type\": \"secret\"", "\"type\": \"string\"", METHOD "/auth/0/token", "is used as a secret, but is none" },
  { "\"type\": \"secret\"", "\"type\": \"secret\", \"secret\": false", METHOD "/parameters/2/secret", "always secret" },
  { "\"type\": \"string\"", "\"type\": \"string\", \"pattern\": \"^(\"", METHOD "/parameters/0/pattern", "no regular expression" },
  { "\"type\": \"string\"", "\"type\": \"string\", \"pattern\": \"a*\"", METHOD "/parameters/0/pattern", "begins with ^" },
  { "\"type\": \"string\"", "\"type\": \"string\", \"pattern\": \"(*LIMIT_MATCH=1)a\"", METHOD "/parameters/0/pattern",
    "begins with ^" },
  { "\"type\": \"string\"", "\"type\": \"string\", \"pattern\": \"^\\\\C\"", METHOD "/parameters/0/pattern", "\\C" },
  { "\"type\": \"string\"", "\"type\": \"string\", \"pattern\": \"^(((a{1,999}){1,999}){1,999}){1,999}\"",
    METHOD "/parameters/0/pattern", "no regular expression" },
  { NULL },
};

static const Row members[] = {
  { "\"format\": 1", "\"format\": 2", "/format", "newer version" },
  { "\"format\": 1", "\"format\": 0", "/format", "must be 1" },
  { "\"format\": 1", "\"format\": \"1\"", "/format", "must be 1" },
  { "\"format\": 1", "\"format\": 1.5", "/format", "must be 1" },
  { "\"format\": 1", "\"format\": true", "/format", "must be 1" },
  { "\"format\": 1", "\"format\": 9223372036854775808", "/format", "must be 1" },
  { "\"format\": 1", "\"format\": 1e999", "", "too large" },
  { "\"format\": 1", "\"format\": NaN", "", "line 1, column 12" },
  { "\"format\": 1", "\"format\": -Infinity", "", "line 1, column 13" },
  { "\"format\": 1", "\"format\": 1, \"format\": 1", "", "Two members" },
  { "\"format\": 1", "\"format\": 1, // one", "", "line 1" },
  { "\"format\": 1", "\"built_in\": true", "/built_in", "not a member that belongs here" },
  { "\"label\": \"API Token\"", "\"label\": \"API Token\", \"within\": [\"evil.test\"]", METHOD "/within", "built-in" },
  { "\"label\": \"API Token\"", "\"label\": \"API Token\", \"tls\": {\"verify\": false}", METHOD "/tls/verify", "belongs" },
  { "\"label\": \"Site\"", "\"label\": \"Site\", \"value\": \"x\"", METHOD "/parameters/0/value", "belongs" },
  { "\"scheme\": \"bearer\"", "\"scheme\": \"bearer\", \"proxy\": \"x\"", METHOD "/auth/0/proxy", "belongs" },
  { "\"url\": \"" URL "\"", "\"url\": \"" URL "\", \"follow\": true", METHOD "/test/request/follow", "belongs" },
  { "\"status\": [200]", "\"status\": [0]", METHOD "/test/expect/status/0", "less than 100" },
  { "\"status\": [200]", "\"status\": [99999]", METHOD "/test/expect/status/0", "more than 599" },
  { "\"status\": [200]", "\"status\": [-200]", METHOD "/test/expect/status/0", "less than 100" },
  { "\"status\": [200]", "\"status\": [200.5]", METHOD "/test/expect/status/0", "integer" },
  { "\"status\": [200]", "\"status\": [1e300]", METHOD "/test/expect/status/0", "more than 599" },
  { "\"status\": [200]", "\"status\": 200", METHOD "/test/expect/status", "array" },
  { "\"methods\": [{", "\"methods\": {\"0\": {", NULL, "line" },
  { NULL },
};

static void
test_transport_headers (void)
{
  static const char *const names[] = { "Host", "Cookie", "Content-Length", "Transfer-Encoding", "Connection", "TE", "Trailer",
                                       "Upgrade", "Expect", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *lower = g_ascii_strdown (names[i], -1);
    g_autofree char *member = g_strdup_printf ("\"%s\": \"{site}\"", i % 2 == 0 ? lower : names[i]);
    g_autofree char *key = g_strdup_printf ("{\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"%s\", \"value\": ", names[i]);
    g_autofree char *pointer = g_strconcat (METHOD "/headers/", i % 2 == 0 ? lower : names[i], NULL);
    g_autofree char *text = replace ("\"X-Site\": \"{site}\"", member);
    g_autofree char *other_text = replace ("{\"type\": \"http\", \"scheme\": \"bearer\", \"token\": ", key);

    assert_refused (text, -1, pointer, "belong to the transport");
    assert_refused (other_text, -1, METHOD "/auth/0/name", "belong to the transport");
  }
}

static void
test_bytes (void)
{
  g_autofree char *with_mark = g_strconcat ("\xef\xbb\xbf", right, NULL);
  g_autofree char *not_utf8 = replace ("Acme", "Ac\xff" "me");
  g_autofree char *overlong = replace ("Acme", "Ac\xc0\xaf" "me");
  g_autofree char *surrogate = replace ("Acme", "Ac\\ud800me");
  g_autofree char *with_nul = replace ("Acme", "Ac#me");
  g_autofree char *cut = g_strndup (right, strlen (right) / 2);
  gsize length = 0;
  g_autofree char *utf16 = g_convert (right, -1, "UTF-16", "UTF-8", NULL, &length, NULL);
  g_autofree char *utf16be = g_convert (right, -1, "UTF-16BE", "UTF-8", NULL, NULL, NULL);
  gsize nul_length = strlen (with_nul);

  assert_refused (with_mark, -1, "", "byte order mark");
  assert_refused (not_utf8, -1, "", "Not UTF-8");
  assert_refused (overlong, -1, "", "Not UTF-8");
  assert_refused (surrogate, -1, "", "surrogate");
  assert_refused (utf16, (gssize) length, "", "Not UTF-8");
  assert_refused (utf16be, (gssize) length - 2, "", "NUL");
  *strchr (with_nul, '#') = '\0';
  assert_refused (with_nul, (gssize) nul_length, "", "NUL");
  assert_refused (cut, -1, "", "too early");
  assert_refused ("", 0, "", "empty");
  assert_refused ("[]", -1, "", "type object");
  assert_refused ("null", -1, "", "type object");
}

/* What is large takes no longer: the limits come first. */
static void
test_sizes (void)
{
  static const struct {
    const char *from;
    const char *before;
    const char *piece; /* a list of it */
    guint n;
    const char *after;
    const char *pointer;
    const char *word;
  } rows[] = {
    { "[{\"id\": \"site\"", "[", "{\"id\": \"a%u\"}", 10000, ", {\"id\": \"site\"", METHOD "/parameters", "more than 64" },
    { "[{\"id\": \"token\"", "[", "{\"id\": \"m%u\"}", 10000, ", {\"id\": \"token\"", "/methods", "more than 16" },
    { "[\"itsm\"]", "[", "\"c%u\"", 20000, "]", "/categories", "more than 8" },
    { "\"format\": 1", "", "\"x%u\": 1", 10000, "", NULL, "not a member that belongs here" },
    { "\"X-Site\": \"{site}\"", "", "\"X-%u\": \"{site}\"", 10000, "", METHOD "/headers", "32 members at most" },
    { "\"format\": 1", "\"source\": [", "\"s%u\"", 20000, "]", "/source", "more than 16" },
    { "[200]", "[", "200", 40000, "]", METHOD "/test/expect/status", "more than 16" },
    { "[200]", "[200], \"equals\": [", "{\"a\": [%u]}", 15000, "]", METHOD "/test/expect", "need a “pointer”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *list = repeat (rows[i].piece, rows[i].n);
    g_autofree char *to = g_strconcat (rows[i].before, list, rows[i].after, NULL);
    g_autofree char *text = replace (rows[i].from, to);

    g_test_message ("%u of %s", rows[i].n, rows[i].piece);
    assert_refused (text, -1, rows[i].pointer, rows[i].word);
  }
}

static void
test_long_texts (void)
{
  static const struct {
    const char *from;
    const char *format;
    const char *piece;
    guint n;
    const char *pointer;
    const char *word;
  } rows[] = {
    { "Acme", "%s", "x", 10 * 1024 * 1024, "", "256 KiB" },
    { "Acme", "%s", "x", 1024 * 1024, "", "256 KiB" },
    { "Acme", "%s", "x", 200 * 1024, "/name", "longer than 100" },
    { "Ask.", "%s", "ä", 100 * 1024, METHOD "/parameters/2/help", "longer than 1000" },
    { "\"label\": \"Site\"", "\"label\": \"Site\", \"pattern\": \"^%s\"", "(a", 100 * 1024, METHOD "/parameters/0/pattern",
      "longer than 1000" },
    { "\"label\": \"Site\"", "\"label\": \"Site\", \"pattern\": \"^%s\"", "(a", 499, METHOD "/parameters/0/pattern",
      "no regular expression" },
    { URL, "https://{site}.acme.test/%s", "{x}", 80000, URL_POINTER, "longer than 2000" },
    { "\"X-Site\": \"{site}\"", "\"X-Site\": \"%s\"", "{x}", 80000, METHOD "/headers/X-Site", "longer than 4000" },
    { "\"type\": \"uri\"", "\"type\": \"uri\", \"default\": \"%s\"", "{site}", 40000, METHOD "/parameters/1/default",
      "longer than 500" },
    { "\"url\": \"" URL "\"", "\"url\": \"" URL "\", \"method\": \"POST\", \"contentType\": \"application/json\","
      " \"body\": [{\"a\": \"%s\"}]", "{x}", 80000, METHOD "/test/request/body/0/a", "longer than 20000" },
    { "\"format\": 1", "\"%s\": 1", "x", 200 * 1024, NULL, "not a member that belongs here" },
    { "\"format\": 1", "\"x\": %s", "[", 100000, "", "Nested too deeply" },
    { "\"format\": 1", "\"x\": %s", "{\"a\":", 40000, "", "Nested too deeply" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *filling = fill (rows[i].piece, rows[i].n);
    g_auto (GStrv) parts = g_strsplit (rows[i].format, "%s", 2);
    g_autofree char *to = g_strjoinv (filling, parts);
    g_autofree char *text = replace (rows[i].from, to);

    g_test_message ("%u times %s", rows[i].n, rows[i].piece);
    assert_refused (text, -1, rows[i].pointer, rows[i].word);
  }
}

/* Loads @right with more parameters, which headers use. */
static PlugProvider *
load_with (const char *parameters,
           const char *header,
           GPtrArray **mistakes)
{
  g_autofree char *parameter = g_strconcat ("[", parameters, ", {\"id\": \"site\"", NULL);
  g_autofree char *member = g_strdup_printf ("\"X-Site\": \"{site}%s\"", header);
  g_autofree char *text = replace ("[{\"id\": \"site\"", parameter);
  g_auto (GStrv) parts = g_strsplit (text, "\"X-Site\": \"{site}\"", 2);
  g_autofree char *whole = g_strjoinv (member, parts);

  return load_in_time (whole, -1, mistakes);
}

#define STRING(id, default) "{\"id\": \"" id "\", \"label\": \"L\", \"type\": \"string\", \"default\": \"" default "\"}"
#define SWITCH(id, condition) \
  "{\"id\": \"" id "\", \"label\": \"L\", \"type\": \"boolean\", \"visibleWhen\": {\"" condition "\": true}}"

static void
test_loops (void)
{
  static const struct {
    const char *parameters;
    const char *pointer;
    const char *word;
  } rows[] = {
    { STRING ("a", "{a}"), METHOD "/parameters/0/default", "made of itself" },
    { STRING ("a", "{b}") ", " STRING ("b", "x{a}"), METHOD "/parameters/1/default", "made of itself" },
    { STRING ("a", "{b}") ", " STRING ("b", "{c}") ", " STRING ("c", "{b}"), METHOD "/parameters/2/default", "made of itself" },
    { STRING ("a", "{token}"), METHOD "/parameters/0/default", "the secret “token”" },
    { SWITCH ("a", "a"), METHOD "/parameters/0/visibleWhen/a", "no parameter above" },
    { SWITCH ("a", "b") ", " SWITCH ("b", "a"), METHOD "/parameters/0/visibleWhen/b", "no parameter above" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) mistakes = NULL;
    PlugMistake *first;

    g_assert_null (load_with (rows[i].parameters, "{a}", &mistakes));
    first = g_ptr_array_index (mistakes, 0);
    g_assert_cmpstr (first->pointer, ==, rows[i].pointer);
    g_assert_nonnull (strstr (first->reason, rows[i].word));
  }
}

static PlugMethod *
get_method (PlugProvider *provider)
{
  return g_ptr_array_index (plug_provider_get_methods (provider), 0);
}

/* Each of 60 switches is shown with the four above it: judged one by one, that takes longer than anybody lives. */
static void
test_conditions (void)
{
  g_autoptr (GString) parameters = g_string_new ("{\"id\": \"p0\", \"label\": \"L\", \"type\": \"boolean\", \"default\": true}");
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = NULL;
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (PlugValues) complete = NULL;
  gint64 start;

  for (guint i = 1; i < 60; i++) {
    g_string_append_printf (parameters, ", {\"id\": \"p%u\", \"label\": \"L\", \"type\": \"boolean\", \"default\": true,"
                            " \"visibleWhen\": {", i);
    for (guint j = i >= 4 ? i - 4 : 0; j < i; j++)
      g_string_append_printf (parameters, "\"p%u\": true%s", j, j + 1 < i ? ", " : "");
    g_string_append (parameters, "}}");
  }
  provider = load_with (parameters->str, "{p59}", &mistakes);
  g_assert_nonnull (provider);

  start = now_us ();
  complete = plug_method_complete_values (get_method (provider), values);
  g_assert_cmpint ((now_us () - start) / 1000, <, MAX_MS);
  g_assert_cmpstr (plug_values_get (complete, "p59"), ==, "true");
}

/* Each default is a hundred times the next one. */
static void
test_growing_defaults (void)
{
  g_autoptr (GString) parameters = g_string_new (STRING ("p0", "x"));
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = NULL;
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (PlugValues) complete = NULL;
  const char *value;
  gint64 start;

  for (guint i = 1; i < 60; i++) {
    g_autofree char *piece = g_strdup_printf ("{p%u}", i - 1);
    g_autofree char *text = fill (piece, 100);

    g_string_append_printf (parameters, ", {\"id\": \"p%u\", \"label\": \"L\", \"type\": \"string\", \"default\": \"%s\"}", i, text);
  }
  provider = load_with (parameters->str, "{p59}", &mistakes);
  g_assert_nonnull (provider);

  start = now_us ();
  complete = plug_method_complete_values (get_method (provider), values);
  g_assert_cmpint ((now_us () - start) / 1000, <, MAX_MS);
  value = plug_values_get (complete, "p2");
  g_assert_cmpuint (strlen (value), ==, 100 * 100);
  g_assert_null (plug_values_get (complete, "p59"));
}

/* Each with what it takes longest for. */
static void
test_patterns (void)
{
  static const struct {
    const char *pattern;
    const char *piece;
    guint n;
  } rows[] = {
    { "^(a+)+$", "a", 50000 },
    { "^(a|a)*$", "a", 50000 },
    { "^(a|aa)+$", "a", 50000 },
    { "^(.*)*b$", "a", 50000 },
    { "^(?:a?){200}a{200}$", "a", 199 },
    { "^([ab]{0,9000}){9}c", "ab", 25000 },
    { "^(?R)?a+$", "a", 50000 },
    { "^((((((((((a*)*)*)*)*)*)*)*)*)*)*$", "a", 50000 },
    { "^(?=(a+))\\\\1*b", "a", 50000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *parameter = g_strdup_printf ("{\"id\": \"a\", \"label\": \"L\", \"type\": \"string\", \"pattern\": \"%s\"}",
                                                  rows[i].pattern);
    g_autoptr (GPtrArray) mistakes = NULL;
    g_autoptr (PlugProvider) provider = load_with (parameter, "{a}", &mistakes);
    g_autofree char *value = fill (rows[i].piece, rows[i].n);
    g_autofree char *longer = g_strconcat (value, "!", NULL);
    PlugValueProblem problem;
    gint64 start = now_us ();

    g_test_message ("%s", rows[i].pattern);
    g_assert_nonnull (provider);
    problem = plug_parameter_check (plug_method_get_parameter (get_method (provider), "a"), longer);
    g_assert_cmpint ((now_us () - start) / 1000, <, MAX_MS);
    g_assert_true (problem == PLUG_VALUE_UNCHECKABLE || problem == PLUG_VALUE_PATTERN);
    if (i == 0)
      g_assert_cmpint (problem, ==, PLUG_VALUE_UNCHECKABLE);
  }
}

/* As much of everything as is allowed. */
static void
test_largest (void)
{
  g_autoptr (GString) methods = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new ("{\"id\": \"acme\", \"name\": \"Acme\", \"categories\": [\"itsm\"],"
                                           " \"docs\": \"https://acme.test\", \"methods\": [");
  g_autofree char *parameters = repeat ("{\"id\": \"p%u\", \"label\": \"L\", \"type\": \"string\", \"default\": \"{p63}{a}\","
                                        " \"pattern\": \"^(a|b)*$\"}", 63);
  g_autofree char *headers = repeat ("\"X-%u\": \"{p%u}\"", 32);
  g_autofree char *body = repeat ("\"b%u\": \"{p%u}\"", 63);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autoptr (PlugProvider) provider = NULL;

  for (guint i = 0; i < 16; i++)
    g_string_append_printf (text, "%s{\"id\": \"m%u\", \"label\": \"M\", \"parameters\": [%s, {\"id\": \"a\", \"label\": \"L\","
                            " \"type\": \"string\"}], \"server\": {\"url\": \"https://acme.test\"}, \"headers\": {%s},"
                            " \"auth\": [{\"type\": \"none\"}], \"test\": {\"request\": {\"method\": \"POST\", \"url\":"
                            " \"https://acme.test\", \"contentType\": \"application/json\", \"body\": {%s}}}}",
                            i > 0 ? ", " : "", i, parameters, headers, body);
  g_string_append (text, "]}");
  g_assert_cmpuint (text->len, <, PLUG_DEFINITION_MAX_BYTES);

  /* "p63" is in no list of 63. */
  assert_refused (text->str, (gssize) text->len, METHOD "/parameters/0/default", "no parameter is called “p63”");
  g_string_replace (text, "{p63}", "", 0);
  provider = load_in_time (text->str, (gssize) text->len, &mistakes);
  g_assert_nonnull (provider);
}

/* A window has no place for more. */
static void
test_many_mistakes (void)
{
  g_autofree char *piece = repeat ("{\"id\": \"p%u\", \"label\": \"\", \"type\": \"nonsense\"}", 60);
  g_autoptr (GPtrArray) mistakes = NULL;

  g_assert_null (load_with (piece, "{nobody}", &mistakes));
  g_assert_cmpuint (mistakes->len, ==, PLUG_DEFINITION_MAX_MISTAKES);
  for (guint i = 0; i < mistakes->len; i++)
    g_assert_cmpuint (((PlugMistake *) mistakes->pdata[i])->line, >, 0);
}

/* Whoever wants to be told all of them gets as many as were asked for, and waits no longer. */
static void
test_thousands_of_mistakes (void)
{
  static const struct {
    const char *from;
    const char *before;
    const char *piece;
    guint n;
    const char *after;
    guint n_mistakes;
  } rows[] = {
    { "\"format\": 1", "", "\"x%u\": 1", 18000, "", 18000 },
    { "\"label\": \"API Token\"", "\"label\": 7, ", "\"x%u\": \"{a}{b}\"", 10000, "", 10001 },
    { "\"label\": \"Site\"", "\"label\": 7, \"visibleWhen\": {", "\"x%u\": true", 12000, "}", 2 },
    { "\"X-Site\": \"{site}\"", "\"X Site\": \"{site}\", ", "\"X-%u\": \"{site} {nobody}\"", 31, "", 32 },
    { "\"url\": \"" URL "\"", "\"url\": \"" URL "\", \"method\": \"POST\", \"contentType\": \"application/json\", \"body\": {",
      "\"b%u\": \"{n%u}{o%u}{p%u}{token}\"", 60, "}", 240 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *list = repeat (rows[i].piece, rows[i].n);
    g_autofree char *to = g_strconcat (rows[i].before, list, rows[i].after, NULL);
    g_autofree char *text = replace (rows[i].from, to);
    gint64 spent_ms = G_MAXINT64;

    g_assert_cmpuint (strlen (text), <, PLUG_DEFINITION_MAX_BYTES);
    g_test_message ("%u of %s", rows[i].n, rows[i].piece);
    for (guint j = 0; j < 3 && spent_ms >= MAX_MS; j++) {
      g_autoptr (GPtrArray) mistakes = NULL;
      g_autoptr (GPtrArray) others = NULL;
      guint n_left_out = 0, n_others_left_out = 0;
      gint64 start = now_us ();

      g_assert_null (plug_definition_load_up_to (text, -1, "acme.json", FALSE, 1000, &mistakes, &n_left_out));
      spent_ms = (now_us () - start) / 1000;
      g_test_message ("%u mistakes and %u more in %d ms", mistakes->len, n_left_out, (int) spent_ms);
      g_assert_cmpuint (mistakes->len + n_left_out, ==, rows[i].n_mistakes);
      g_assert_cmpuint (mistakes->len, <=, 1000);
      g_assert_true (n_left_out == 0 || mistakes->len == 1000);
      g_assert_null (plug_definition_load_up_to (text, -1, "acme.json", FALSE, 3, &others, &n_others_left_out));
      g_assert_cmpuint (others->len, <=, 3);
      g_assert_cmpuint (others->len + n_others_left_out, ==, rows[i].n_mistakes);
    }
    g_assert_cmpint (spent_ms, <, MAX_MS);
  }
}

/* Everything below a long name has it in its pointer. */
static void
test_long_pointers (void)
{
  g_autofree char *name = fill ("x", 100 * 1024);
  g_autofree char *long_name = fill ("y", 201);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GPtrArray) mistakes = NULL;
  g_autofree char *text = NULL;
  guint n_left_out = 0;
  gsize n_bytes = 0;
  gint64 spent_ms = G_MAXINT64;

  g_string_printf (body, "\"url\": \"" URL "\", \"method\": \"POST\", \"contentType\": \"application/json\", \"body\": {\"%s\": [",
                   name);
  for (guint i = 0; i < 10; i++) {
    g_string_append_printf (body, "%s{\"z\": 1", i > 0 ? ", " : "");
    for (guint j = 0; j < 60; j++)
      g_string_append_printf (body, ", \"%u%s\": 1", j, long_name);
    g_string_append (body, "}");
  }
  g_string_append (body, "]}");
  text = replace ("\"url\": \"" URL "\"", body->str);
  g_assert_cmpuint (strlen (text), <, PLUG_DEFINITION_MAX_BYTES);

  for (guint i = 0; i < 3 && spent_ms >= MAX_MS; i++) {
    gint64 start = now_us ();

    g_clear_pointer (&mistakes, g_ptr_array_unref);
    g_assert_null (plug_definition_load_up_to (text, -1, "acme.json", FALSE, 1000, &mistakes, &n_left_out));
    spent_ms = (now_us () - start) / 1000;
  }
  g_assert_cmpint (spent_ms, <, MAX_MS);
  for (guint i = 0; i < mistakes->len; i++)
    n_bytes += strlen (((PlugMistake *) mistakes->pdata[i])->pointer);
  g_assert_cmpuint (n_bytes, <, 4 * 1024 * 1024);
  g_assert_cmpuint (mistakes->len, >, 0);
  g_assert_cmpuint (mistakes->len + n_left_out, ==, 601);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hostile-definitions/right", test_right);
  g_test_add_data_func ("/hostile-definitions/ids", ids, test_rows);
  g_test_add_data_func ("/hostile-definitions/hosts", hosts, test_rows);
  g_test_add_data_func ("/hostile-definitions/texts", texts, test_rows);
  g_test_add_data_func ("/hostile-definitions/members", members, test_rows);
  g_test_add_func ("/hostile-definitions/transport-headers", test_transport_headers);
  g_test_add_func ("/hostile-definitions/bytes", test_bytes);
  g_test_add_func ("/hostile-definitions/sizes", test_sizes);
  g_test_add_func ("/hostile-definitions/long-texts", test_long_texts);
  g_test_add_func ("/hostile-definitions/loops", test_loops);
  g_test_add_func ("/hostile-definitions/conditions", test_conditions);
  g_test_add_func ("/hostile-definitions/growing-defaults", test_growing_defaults);
  g_test_add_func ("/hostile-definitions/patterns", test_patterns);
  g_test_add_func ("/hostile-definitions/largest", test_largest);
  g_test_add_func ("/hostile-definitions/many-mistakes", test_many_mistakes);
  g_test_add_func ("/hostile-definitions/long-pointers", test_long_pointers);
  g_test_add_func ("/hostile-definitions/thousands-of-mistakes", test_thousands_of_mistakes);

  return g_test_run ();
}
