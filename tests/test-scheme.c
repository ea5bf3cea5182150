/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-scheme.h"

static void
test_needs_token (void)
{
  static const struct {
    PlugSchemeKind kind;
    gboolean needs;
  } rows[] = {
    { PLUG_SCHEME_NONE, FALSE },       { PLUG_SCHEME_API_KEY, FALSE },    { PLUG_SCHEME_HTTP_BASIC, FALSE },
    { PLUG_SCHEME_HTTP_BEARER, FALSE }, { PLUG_SCHEME_OAUTH2, TRUE },      { PLUG_SCHEME_LOGIN, TRUE },
    { PLUG_SCHEME_AWS_SIG_V4, FALSE },  { PLUG_SCHEME_SIGNATURE, FALSE },  { PLUG_SCHEME_MUTUAL_TLS, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugScheme) scheme = plug_scheme_new ();

    scheme->kind = rows[i].kind;
    g_assert_cmpint (plug_scheme_needs_token (scheme), ==, rows[i].needs);
  }
}

static void
test_token_url (void)
{
  g_autoptr (PlugScheme) key = plug_scheme_new ();
  g_autoptr (PlugScheme) oauth2 = plug_scheme_new ();
  g_autoptr (PlugScheme) login = plug_scheme_new ();

  key->kind = PLUG_SCHEME_API_KEY;
  g_assert_null (plug_scheme_get_token_url (key));

  oauth2->kind = PLUG_SCHEME_OAUTH2;
  oauth2->token_url = plug_template_new_url ("https://example.com/token", NULL);
  g_assert_true (plug_scheme_get_token_url (oauth2) == oauth2->token_url);

  login->kind = PLUG_SCHEME_LOGIN;
  g_assert_null (plug_scheme_get_token_url (login));
  login->request = plug_request_spec_new ();
  login->request->url = plug_template_new_url ("https://example.com/login", NULL);
  g_assert_true (plug_scheme_get_token_url (login) == login->request->url);
}

/* What a definition leaves out has a meaning. */
static void
test_defaults (void)
{
  g_autoptr (PlugRequestSpec) request = plug_request_spec_new ();
  g_autoptr (PlugCondition) any = plug_condition_new ();
  g_autoptr (PlugCondition) status = plug_condition_new_for_status (401);
  g_autoptr (PlugAssertion) assertion = plug_assertion_new ();

  g_assert_cmpstr (request->verb, ==, "GET");
  g_assert_cmpuint (g_hash_table_size (request->headers), ==, 0);
  g_assert_null (any->status);
  g_assert_cmpint (any->exists, ==, -1);
  g_assert_cmpuint (status->status->len, ==, 1);
  g_assert_cmpuint (g_array_index (status->status, guint, 0), ==, 401);
  g_assert_cmpuint (assertion->lifetime_s, >=, 60);
  g_assert_cmpuint (assertion->lifetime_s, <=, 3600);
}

/* Everything that a scheme may own, for the sanitizer to look for twice freed and lost memory. */
static void
test_free (void)
{
  PlugScheme *scheme = plug_scheme_new ();

  scheme->kind = PLUG_SCHEME_LOGIN;
  scheme->request = plug_request_spec_new ();
  scheme->request->body_text = plug_template_new_value ("{x}", NULL);
  scheme->request->body_json = json_node_new (JSON_NODE_NULL);
  scheme->request->body_members = plug_template_table_new ();
  g_hash_table_insert (scheme->request->body_members, g_strdup ("a"), plug_template_new_value ("{x}", NULL));
  scheme->with = plug_scheme_new ();
  scheme->apply = plug_scheme_new ();
  scheme->apply->assertion = plug_assertion_new ();
  scheme->logout = plug_request_spec_new ();
  scheme->expect = plug_condition_new_for_status (200);
  scheme->expect->equals = json_node_new (JSON_NODE_NULL);
  g_ptr_array_add (scheme->denied, plug_condition_new ());
  g_hash_table_insert (scheme->set, g_strdup ("a"), g_strdup ("/a"));
  scheme->secret = plug_template_new_value ("{x}", NULL);
  plug_scheme_free (scheme);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheme/needs-token/table", test_needs_token);
  g_test_add_func ("/scheme/token-url", test_token_url);
  g_test_add_func ("/scheme/defaults", test_defaults);
  g_test_add_func ("/scheme/free", test_free);

  return g_test_run ();
}
