/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-url.h"

#include <string.h>

static void
test_accepts (void)
{
  static const struct {
    const char *text;
    const char *again;
    const char *origin;
    gboolean loopback;
  } rows[] = {
    { "https://acme.halopsa.com", "https://acme.halopsa.com/", "https://acme.halopsa.com", FALSE },
    { "HTTPS://ACME.HaloPSA.com:443/Auth?x=1", "https://acme.halopsa.com/Auth?x=1", "https://acme.halopsa.com", FALSE },
    { "https://h:8443/a%2Fb", "https://h:8443/a%2Fb", "https://h:8443", FALSE },
    { "http://localhost:8080/", "http://localhost:8080/", "http://localhost:8080", TRUE },
    { "http://127.0.0.1/", "http://127.0.0.1/", "http://127.0.0.1", TRUE },
    { "http://127.9.8.7:81/", "http://127.9.8.7:81/", "http://127.9.8.7:81", TRUE },
    { "http://[::1]:81/", "http://[::1]:81/", "http://[::1]:81", TRUE },
    { "https://[2001:db8::1]/", "https://[2001:db8::1]/", "https://[2001:db8::1]", FALSE },
    { "https://192.0.2.1/", "https://192.0.2.1/", "https://192.0.2.1", FALSE },
    { "https://my_host.example/", "https://my_host.example/", "https://my_host.example", FALSE },
    { "https://bücher.example/", "https://xn--bcher-kva.example/", "https://xn--bcher-kva.example", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugUrlProblem problem;
    g_autoptr (PlugUrl) url = plug_url_parse (rows[i].text, &problem);
    g_autofree char *again = NULL;
    g_autofree char *origin = NULL;

    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (problem, ==, PLUG_URL_OK);
    again = plug_url_to_string (url);
    origin = plug_url_dup_origin (url);
    g_assert_cmpstr (again, ==, rows[i].again);
    g_assert_cmpstr (origin, ==, rows[i].origin);
    g_assert_true (plug_url_is_loopback (url) == rows[i].loopback);
  }
}

static void
test_refuses (void)
{
  static const struct {
    const char *text;
    PlugUrlProblem problem;
  } rows[] = {
    { "", PLUG_URL_MALFORMED },
    { "acme.halopsa.com", PLUG_URL_MALFORMED },
    { "https://", PLUG_URL_MALFORMED },
    { "https:///x", PLUG_URL_MALFORMED },
    { "https:\\\\x", PLUG_URL_MALFORMED },
    { "https://a b/", PLUG_URL_MALFORMED },
    { "https://a/\n", PLUG_URL_MALFORMED },
    { "https://a:0/", PLUG_URL_MALFORMED },
    { "https://a:65536/", PLUG_URL_MALFORMED },
    { "https://a:x/", PLUG_URL_MALFORMED },
    { "https://\xff/", PLUG_URL_MALFORMED },
    { "http://acme.halopsa.com", PLUG_URL_SCHEME },
    { "http://127.0.0.1.evil.test/", PLUG_URL_SCHEME },
    { "http://localhost.evil.test/", PLUG_URL_SCHEME },
    { "http://127.1/", PLUG_URL_HOST },
    { "ftp://a/", PLUG_URL_SCHEME },
    { "file:///etc/passwd", PLUG_URL_MALFORMED },
    { "https://u@a/", PLUG_URL_USER_INFO },
    { "https://u:p@a/", PLUG_URL_USER_INFO },
    { "https://@a/", PLUG_URL_USER_INFO },
    { "https://a/#x", PLUG_URL_FRAGMENT },
    { "https://a/#", PLUG_URL_FRAGMENT },
    { "https://a..b/", PLUG_URL_HOST },
    { "https://a./", PLUG_URL_HOST },
    { "https://-a.b/", PLUG_URL_HOST },
    { "https://127.1/", PLUG_URL_HOST },
    { "https://0x7f000001/", PLUG_URL_HOST },
    { "https://2130706433/", PLUG_URL_HOST },
    { "https://1.2.3/", PLUG_URL_HOST },
    { "https://a%2eb/", PLUG_URL_HOST },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PlugUrlProblem problem = PLUG_URL_OK;
    g_autofree char *shown = g_utf8_make_valid (rows[i].text, -1);

    g_test_message ("%s", shown);
    g_assert_null (plug_url_parse (rows[i].text, &problem));
    g_assert_cmpint (problem, ==, rows[i].problem);
  }
}

static void
test_within (void)
{
  g_autoptr (PlugUrl) url = plug_url_parse ("https://a.halopsa.com/", NULL);

  g_assert_true (plug_url_is_within (url, "halopsa.com"));
  g_assert_true (plug_url_is_within (url, "a.halopsa.com"));
  g_assert_false (plug_url_is_within (url, "psa.com"));
  g_assert_false (plug_url_is_within (url, "b.a.halopsa.com"));
  g_assert_false (plug_url_is_within (url, ""));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url/accepts", test_accepts);
  g_test_add_func ("/url/refuses", test_refuses);
  g_test_add_func ("/url/within", test_within);
  return g_test_run ();
}
