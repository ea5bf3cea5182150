/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-request-builder.h"

#include <string.h>

#include "plug-error.h"
#include "plug-http-private.h"
#include "plug-json.h"

#define JSON "application/json"
#define FORM "application/x-www-form-urlencoded"

static PlugValues *
new_values (void)
{
  PlugValues *values = plug_values_new ();

  plug_values_set (values, "user", "ada");
  plug_values_set (values, "odd", "a\"b\\c\n\t\x01ä&=+ %");
  plug_values_set (values, "empty", "");
  plug_values_set_secret (values, "key", "s3cret");

  return values;
}

static PlugTemplate *
new_template (const char *text)
{
  g_autoptr (GError) error = NULL;
  PlugTemplate *template = plug_template_new_value (text, &error);

  g_assert_no_error (error);

  return template;
}

static PlugRequestSpec *
new_spec (const char *content_type)
{
  PlugRequestSpec *spec = plug_request_spec_new ();

  g_free (spec->verb);
  spec->verb = g_strdup ("POST");
  spec->url = plug_template_new_url ("https://example.com/login", NULL);
  spec->content_type = g_strdup (content_type);

  return spec;
}

static GHashTable *
new_table (const char *const *pairs)
{
  GHashTable *table = plug_template_table_new ();

  for (guint i = 0; pairs[i] != NULL; i += 2)
    g_hash_table_insert (table, g_strdup (pairs[i]), new_template (pairs[i + 1]));

  return table;
}

static const char *
get_header (PlugHttpRequest *request,
            const char *name,
            guint *n_found)
{
  const char *value = NULL;

  *n_found = 0;
  for (guint i = 0; i < request->headers->len; i++) {
    const PlugHttpHeader *header = request->headers->pdata[i];

    if (g_ascii_strcasecmp (header->name, name) != 0)
      continue;
    value = header->value;
    (*n_found)++;
  }

  return value;
}

/* Headers of this name: exactly one of @expected, or none when that is NULL. */
static void
assert_header (PlugHttpRequest *request,
               const char *name,
               const char *expected)
{
  guint n_found;

  g_assert_cmpstr (get_header (request, name, &n_found), ==, expected);
  g_assert_cmpuint (n_found, ==, expected != NULL ? 1 : 0);
}

static PlugHttpRequest *
finish (PlugRequestBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  PlugHttpRequest *request = plug_request_builder_finish (builder, &error);

  g_assert_no_error (error);

  return request;
}

static void
assert_body (PlugHttpRequest *request,
             const char *expected)
{
  if (expected == NULL)
    g_assert_null (request->body);
  else
    g_assert_cmpmem (request->body, request->body_length, expected, strlen (expected));
}

static void
test_json (void)
{
  static const struct {
    const char *json, *expected;
  } rows[] = {
    { "{}", "{}" },
    { "[]", "[]" },
    { "{\"user\":\"{user}\",\"key\":\"{key}\"}", "{\"user\":\"ada\",\"key\":\"s3cret\"}" },
    /* Whatever is no string stays as it is */
    { "{\"a\":1,\"b\":true,\"c\":null,\"d\":-1.5,\"e\":false}", "{\"a\":1,\"b\":true,\"c\":null,\"d\":-1.5,\"e\":false}" },
    { "{\"a\":{\"b\":[{\"c\":[\"{user}\",[\"{key}\"]]},2]}}", "{\"a\":{\"b\":[{\"c\":[\"ada\",[\"s3cret\"]]},2]}}" },
    { "[{\"method\":\"login\",\"params\":[\"{user}\",\"{key}\"]}]", "[{\"method\":\"login\",\"params\":[\"ada\",\"s3cret\"]}]" },
    /* What was not typed says nothing, at any depth; a literal, or an element of a list, stays */
    { "{\"a\":\"{unknown}\",\"b\":{\"c\":\"{empty}\",\"d\":\"\"},\"e\":[\"{unknown}\"]}", "{\"b\":{\"d\":\"\"},\"e\":[\"\"]}" },
    { "{\"a\":\"{unknown}\",\"b\":\"x{unknown}\"}", "{\"b\":\"x\"}" },
    { "{\"o\":\"{odd}\"}", "{\"o\":\"a\\\"b\\\\c\\u000a\\u0009\\u0001ä&=+ %\"}" },
    { "{\"n\\\"ame\":\"{{user}}\"}", "{\"n\\\"ame\":\"{user}\"}" },
    { "{\"b\":\"base64{{user}:{key}}\"}", "{\"b\":\"YWRhOnMzY3JldA==\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugValues) values = new_values ();
    g_autoptr (PlugRequestSpec) spec = new_spec (JSON);
    g_autoptr (PlugRequestBuilder) builder = NULL;
    g_autoptr (PlugHttpRequest) request = NULL;

    g_test_message ("%s", rows[i].json);
    spec->body_json = plug_json_parse (rows[i].json, -1, NULL);
    g_assert_nonnull (spec->body_json);
    builder = plug_request_builder_new_for_spec (spec, values);
    request = finish (builder);
    assert_body (request, rows[i].expected);
    g_assert_true (plug_json_check (request->body, request->body_length, NULL));
    assert_header (request, "Content-Type", JSON);
  }
}

static void
test_more_members (void)
{
  static const struct {
    const char *json, *expected;
  } rows[] = {
    { NULL, "{\"key\":\"s3\\\"cret\"}" },
    { "{}", "{\"key\":\"s3\\\"cret\"}" },
    { "{\"name\":\"{user}\"}", "{\"name\":\"ada\",\"key\":\"s3\\\"cret\"}" },
    { "{\"name\":\"{empty}\"}", "{\"key\":\"s3\\\"cret\"}" },
    /* A name twice is read in one way by one service, and in another by the next */
    { "{\"key\":\"placeholder\",\"name\":\"{user}\"}", "{\"name\":\"ada\",\"key\":\"s3\\\"cret\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugValues) values = new_values ();
    g_autoptr (PlugRequestSpec) spec = new_spec (JSON);
    g_autoptr (PlugRequestBuilder) builder = NULL;
    g_autoptr (PlugHttpRequest) request = NULL;

    spec->body_json = rows[i].json != NULL ? plug_json_parse (rows[i].json, -1, NULL) : NULL;
    builder = plug_request_builder_new_for_spec (spec, values);
    plug_request_builder_take_member (builder, "key", g_strdup ("s3\"cret"));
    request = finish (builder);
    assert_body (request, rows[i].expected);
  }
}

static void
test_form (void)
{
  static const char *const pairs[] = { "user", "{user}", "odd", "{odd}", "none", "{empty}", "also none", "{unknown}",
                                       "literal", "", "Key", "1", "key", "2", NULL };
  g_autoptr (PlugValues) values = new_values ();
  g_autoptr (PlugRequestSpec) spec = new_spec (NULL);
  g_autoptr (PlugRequestBuilder) builder = NULL;
  g_autoptr (PlugHttpRequest) request = NULL;

  spec->body_members = new_table (pairs);
  builder = plug_request_builder_new_for_spec (spec, values);
  request = finish (builder);
  /* Names of members, unlike those of headers, differ by their case. */
  assert_body (request, "Key=1&key=2&literal=&odd=a%22b%5Cc%0A%09%01%C3%A4%26%3D%2B%20%25&user=ada");
  assert_header (request, "Content-Type", FORM);
}

static void
test_text (void)
{
  g_autoptr (PlugValues) values = new_values ();
  g_autoptr (PlugRequestSpec) spec = new_spec ("application/xml");
  g_autoptr (PlugRequestBuilder) builder = NULL;
  g_autoptr (PlugHttpRequest) request = NULL;

  spec->body_text = new_template ("<login user=\"{user}\" key=\"{key}\"/>");
  builder = plug_request_builder_new_for_spec (spec, values);
  request = finish (builder);
  assert_body (request, "<login user=\"ada\" key=\"s3cret\"/>");
  assert_header (request, "Content-Type", "application/xml");
}

/* In XML a value cannot become a part of it; in plain text it is what it is. */
static void
test_odd_text (void)
{
  static const struct {
    const char *content_type, *body;
  } rows[] = {
    { "application/xml", "<a>a&quot;b\\c&#10;&#9;\uFFFD\u00e4&amp;=+ %</a>" },
    { "text/plain", "<a>a\"b\\c\n\t\x01\u00e4&=+ %</a>" },
  };
  g_autoptr (PlugValues) values = new_values ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestSpec) spec = new_spec (rows[i].content_type);
    g_autoptr (PlugRequestBuilder) builder = NULL;
    g_autoptr (PlugHttpRequest) request = NULL;

    spec->body_text = new_template ("<a>{odd}</a>");
    builder = plug_request_builder_new_for_spec (spec, values);
    request = finish (builder);
    assert_body (request, rows[i].body);
  }
}

static void
test_no_body (void)
{
  g_autoptr (PlugValues) values = new_values ();
  g_autoptr (PlugRequestSpec) spec = new_spec (NULL);
  g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new_for_spec (spec, values);
  g_autoptr (PlugHttpRequest) request = finish (builder);

  assert_body (request, NULL);
  assert_header (request, "Content-Type", NULL);
}

static void
test_query (void)
{
  static const struct {
    const char *url, *expected;
  } rows[] = {
    { "https://example.com/x", "https://example.com/x?api%20key=a%26b%3D%23" },
    { "https://example.com/x?a=1", "https://example.com/x?a=1&api%20key=a%26b%3D%23" },
    { "https://example.com/x?", "https://example.com/x?api%20key=a%26b%3D%23" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("GET", rows[i].url);
    g_autoptr (PlugHttpRequest) request = NULL;

    plug_request_builder_append_query (builder, "api key", "a&b=#");
    request = finish (builder);
    g_assert_cmpstr (plug_http_request_get_url (request), ==, rows[i].expected);
  }
}

static void
test_sorted_query (void)
{
  static const struct {
    const char *query, *sorted;
  } rows[] = {
    { "", "" },         { "a=1", "a=1" },           { "b=2&a=1", "a=1&b=2" }, { "a=2&a=10&a=1", "a=1&a=10&a=2" },
    { "a-b=1&a=2", "a=2&a-b=1" }, { "b&a=%20", "a=%20&b" }, { "a=b=c&a=b", "a=b&a=b=c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *sorted = plug_request_dup_sorted_query (rows[i].query);

    g_assert_cmpstr (sorted, ==, rows[i].sorted);
  }
}

/* AWS verifies a sorted query; nobody else wants one. */
static void
test_query_for_aws (void)
{
  static const char *const providers[] = { NULL, "aws:amz:eu-central-1:sts" };
  static const char *const expected[] = { "https://example.com/?b=2&a=1", "https://example.com/?a=1&b=2" };

  for (guint i = 0; i < G_N_ELEMENTS (providers); i++) {
    g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("GET", "https://example.com/?b=2&a=1");
    g_autoptr (PlugHttpRequest) request = NULL;

    builder->aws_provider = g_strdup (providers[i]);
    request = finish (builder);
    g_assert_cmpstr (plug_http_request_get_url (request), ==, expected[i]);
  }
}

static void
test_cookies (void)
{
  g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("GET", "https://example.com");
  g_autoptr (PlugHttpRequest) request = NULL;

  plug_request_builder_append_cookie (builder, "session", "a=1");
  plug_request_builder_append_cookie (builder, "tenant", "acme");
  request = finish (builder);
  assert_header (request, "Cookie", "session=a=1; tenant=acme");
}

static void
test_headers (void)
{
  static const char *const pairs[] = { "accept", "text/plain", "X-User", "{user}", "X-None", "{empty}", NULL };
  g_autoptr (PlugValues) values = new_values ();
  g_autoptr (GHashTable) templates = new_table (pairs);
  g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("GET", "https://example.com");
  g_autoptr (PlugHttpRequest) request = NULL;

  plug_request_builder_take_header (builder, "Accept", g_strdup (JSON));
  plug_request_builder_take_header (builder, "X-Blank", g_strdup (""));
  plug_request_builder_expand_headers (builder, templates, values);
  request = finish (builder);
  assert_header (request, "Accept", "text/plain");
  assert_header (request, "X-User", "ada");
  assert_header (request, "X-None", NULL);
  assert_header (request, "X-Blank", NULL);
}

/* A definition that names the type among its headers means that one, where the body is written so. */
static void
test_content_type_header (void)
{
  static const struct {
    const char *content_type, *header, *sent, *body;
  } rows[] = {
    { JSON, "application/vnd.acme+json", "application/vnd.acme+json", "{\"a\":\"b\"}" },
    { FORM, "Application/X-www-form-urlencoded; charset=utf-8", "Application/X-www-form-urlencoded; charset=utf-8", "a=b" },
    { NULL, JSON, JSON, "{\"a\":\"b\"}" },
    { JSON, FORM, JSON, "{\"a\":\"b\"}" },
    { FORM, JSON, FORM, "a=b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("POST", "https://example.com");
    g_autoptr (PlugHttpRequest) request = NULL;

    builder->content_type = g_strdup (rows[i].content_type);
    plug_request_builder_take_header (builder, "content-type", g_strdup (rows[i].header));
    plug_request_builder_take_member (builder, "a", g_strdup ("b"));
    request = finish (builder);
    assert_header (request, "Content-Type", rows[i].sent);
    assert_body (request, rows[i].body);
  }
}

/* A text is escaped for its type, and is not read by another one. */
static void
test_content_type_header_of_text (void)
{
  g_autoptr (PlugValues) values = new_values ();
  g_autoptr (PlugRequestSpec) spec = new_spec ("text/plain");
  g_autoptr (PlugRequestBuilder) builder = NULL;
  g_autoptr (PlugHttpRequest) request = NULL;

  spec->body_text = new_template ("[\"{user}\"]");
  builder = plug_request_builder_new_for_spec (spec, values);
  plug_request_builder_take_header (builder, "Content-Type", g_strdup (JSON));
  request = finish (builder);
  assert_header (request, "Content-Type", "text/plain");
}

static void
test_refuses (void)
{
  static const struct {
    const char *name, *value;
  } rows[] = {
    { "X-Key", "a\r\nX-Evil: 1" }, { "X-Key", "ä" }, { "X Key", "a" }, { "Host", "evil.example.com" }, { "X-Key:", "a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugRequestBuilder) builder = plug_request_builder_new ("GET", "https://example.com");
    g_autoptr (GError) error = NULL;

    plug_request_builder_take_header (builder, rows[i].name, g_strdup (rows[i].value));
    g_assert_null (plug_request_builder_finish (builder, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE);
  }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/request-builder/body/json", test_json);
  g_test_add_func ("/request-builder/body/more-members", test_more_members);
  g_test_add_func ("/request-builder/body/form", test_form);
  g_test_add_func ("/request-builder/body/text", test_text);
  g_test_add_func ("/request-builder/body/odd-text", test_odd_text);
  g_test_add_func ("/request-builder/body/none", test_no_body);
  g_test_add_func ("/request-builder/query/key", test_query);
  g_test_add_func ("/request-builder/query/sorted", test_sorted_query);
  g_test_add_func ("/request-builder/query/aws", test_query_for_aws);
  g_test_add_func ("/request-builder/cookies", test_cookies);
  g_test_add_func ("/request-builder/headers", test_headers);
  g_test_add_func ("/request-builder/content-type-header", test_content_type_header);
  g_test_add_func ("/request-builder/content-type-header-of-text", test_content_type_header_of_text);
  g_test_add_func ("/request-builder/refuses", test_refuses);

  return g_test_run ();
}
