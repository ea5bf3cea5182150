/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plug-template.h"

#include <string.h>

#include <gio/gio.h>

#include "plug-error.h"
#include "plug-json.h"
#include "plug-text.h"

typedef struct {
  const char *template;
  const char *expansion;
} Row;

/* RFC 6570, section 3.2, and what sections 1.2 and 2.4 add to it */
static const char rfc_variables[] =
  "{\"count\": [\"one\", \"two\", \"three\"], \"dom\": [\"example\", \"com\"], \"dub\": \"me/too\","
  " \"hello\": \"Hello World!\", \"half\": \"50%\", \"var\": \"value\", \"who\": \"fred\","
  " \"base\": \"http://example.com/home/\", \"path\": \"/foo/bar\", \"list\": [\"red\", \"green\", \"blue\"],"
  " \"keys\": {\"semi\": \";\", \"dot\": \".\", \"comma\": \",\"}, \"v\": \"6\", \"x\": \"1024\", \"y\": \"768\","
  " \"empty\": \"\", \"empty_keys\": {}, \"undef\": null, \"semi\": \";\", \"year\": [\"1965\", \"2000\", \"2012\"]}";

static const Row rfc_examples[] = {
  /* section 1.2 */
  { "{var}", "value" },
  { "{hello}", "Hello%20World%21" },
  { "{+var}", "value" },
  { "{+hello}", "Hello%20World!" },
  { "{+path}/here", "/foo/bar/here" },
  { "here?ref={+path}", "here?ref=/foo/bar" },
  { "X{#var}", "X#value" },
  { "X{#hello}", "X#Hello%20World!" },
  { "map?{x,y}", "map?1024,768" },
  { "{x,hello,y}", "1024,Hello%20World%21,768" },
  { "{+x,hello,y}", "1024,Hello%20World!,768" },
  { "{+path,x}/here", "/foo/bar,1024/here" },
  { "{#x,hello,y}", "#1024,Hello%20World!,768" },
  { "{#path,x}/here", "#/foo/bar,1024/here" },
  { "X{.var}", "X.value" },
  { "X{.x,y}", "X.1024.768" },
  { "{/var}", "/value" },
  { "{/var,x}/here", "/value/1024/here" },
  { "{;x,y}", ";x=1024;y=768" },
  { "{;x,y,empty}", ";x=1024;y=768;empty" },
  { "{?x,y}", "?x=1024&y=768" },
  { "{?x,y,empty}", "?x=1024&y=768&empty=" },
  { "?fixed=yes{&x}", "?fixed=yes&x=1024" },
  { "{&x,y,empty}", "&x=1024&y=768&empty=" },
  { "{var:3}", "val" },
  { "{var:30}", "value" },
  { "{list}", "red,green,blue" },
  { "{list*}", "red,green,blue" },
  { "{keys}", "semi,%3B,dot,.,comma,%2C" },
  { "{keys*}", "semi=%3B,dot=.,comma=%2C" },
  { "{+path:6}/here", "/foo/b/here" },
  { "{+list}", "red,green,blue" },
  { "{+list*}", "red,green,blue" },
  { "{+keys}", "semi,;,dot,.,comma,," },
  { "{+keys*}", "semi=;,dot=.,comma=," },
  { "{#path:6}/here", "#/foo/b/here" },
  { "{#list}", "#red,green,blue" },
  { "{#list*}", "#red,green,blue" },
  { "{#keys}", "#semi,;,dot,.,comma,," },
  { "{#keys*}", "#semi=;,dot=.,comma=," },
  { "X{.var:3}", "X.val" },
  { "X{.list}", "X.red,green,blue" },
  { "X{.list*}", "X.red.green.blue" },
  { "X{.keys}", "X.semi,%3B,dot,.,comma,%2C" },
  { "X{.keys*}", "X.semi=%3B.dot=..comma=%2C" },
  { "{/var:1,var}", "/v/value" },
  { "{/list}", "/red,green,blue" },
  { "{/list*}", "/red/green/blue" },
  { "{/list*,path:4}", "/red/green/blue/%2Ffoo" },
  { "{/keys}", "/semi,%3B,dot,.,comma,%2C" },
  { "{/keys*}", "/semi=%3B/dot=./comma=%2C" },
  { "{;hello:5}", ";hello=Hello" },
  { "{;list}", ";list=red,green,blue" },
  { "{;list*}", ";list=red;list=green;list=blue" },
  { "{;keys}", ";keys=semi,%3B,dot,.,comma,%2C" },
  { "{;keys*}", ";semi=%3B;dot=.;comma=%2C" },
  { "{?var:3}", "?var=val" },
  { "{?list}", "?list=red,green,blue" },
  { "{?list*}", "?list=red&list=green&list=blue" },
  { "{?keys}", "?keys=semi,%3B,dot,.,comma,%2C" },
  { "{?keys*}", "?semi=%3B&dot=.&comma=%2C" },
  { "{&var:3}", "&var=val" },
  { "{&list}", "&list=red,green,blue" },
  { "{&list*}", "&list=red&list=green&list=blue" },
  { "{&keys}", "&keys=semi,%3B,dot,.,comma,%2C" },
  { "{&keys*}", "&semi=%3B&dot=.&comma=%2C" },
  /* section 2.4 */
  { "{var}", "value" },
  { "{var:20}", "value" },
  { "{var:3}", "val" },
  { "{semi}", "%3B" },
  { "{semi:2}", "%3B" },
  { "find{?year*}", "find?year=1965&year=2000&year=2012" },
  { "www{.dom*}", "www.example.com" },
  /* section 3.2.1 */
  { "{count}", "one,two,three" },
  { "{count*}", "one,two,three" },
  { "{/count}", "/one,two,three" },
  { "{/count*}", "/one/two/three" },
  { "{;count}", ";count=one,two,three" },
  { "{;count*}", ";count=one;count=two;count=three" },
  { "{?count}", "?count=one,two,three" },
  { "{?count*}", "?count=one&count=two&count=three" },
  { "{&count*}", "&count=one&count=two&count=three" },
  /* section 3.2.2 */
  { "{var}", "value" },
  { "{hello}", "Hello%20World%21" },
  { "{half}", "50%25" },
  { "O{empty}X", "OX" },
  { "O{undef}X", "OX" },
  { "{x,y}", "1024,768" },
  { "{x,hello,y}", "1024,Hello%20World%21,768" },
  { "?{x,empty}", "?1024," },
  { "?{x,undef}", "?1024" },
  { "?{undef,y}", "?768" },
  { "{var:3}", "val" },
  { "{var:30}", "value" },
  { "{list}", "red,green,blue" },
  { "{list*}", "red,green,blue" },
  { "{keys}", "semi,%3B,dot,.,comma,%2C" },
  { "{keys*}", "semi=%3B,dot=.,comma=%2C" },
  /* section 3.2.3 */
  { "{+var}", "value" },
  { "{+hello}", "Hello%20World!" },
  { "{+half}", "50%25" },
  { "{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex" },
  { "{+base}index", "http://example.com/home/index" },
  { "O{+empty}X", "OX" },
  { "O{+undef}X", "OX" },
  { "{+path}/here", "/foo/bar/here" },
  { "here?ref={+path}", "here?ref=/foo/bar" },
  { "up{+path}{var}/here", "up/foo/barvalue/here" },
  { "{+x,hello,y}", "1024,Hello%20World!,768" },
  { "{+path,x}/here", "/foo/bar,1024/here" },
  { "{+path:6}/here", "/foo/b/here" },
  { "{+list}", "red,green,blue" },
  { "{+list*}", "red,green,blue" },
  { "{+keys}", "semi,;,dot,.,comma,," },
  { "{+keys*}", "semi=;,dot=.,comma=," },
  /* section 3.2.4 */
  { "{#var}", "#value" },
  { "{#hello}", "#Hello%20World!" },
  { "{#half}", "#50%25" },
  { "foo{#empty}", "foo#" },
  { "foo{#undef}", "foo" },
  { "{#x,hello,y}", "#1024,Hello%20World!,768" },
  { "{#path,x}/here", "#/foo/bar,1024/here" },
  { "{#path:6}/here", "#/foo/b/here" },
  { "{#list}", "#red,green,blue" },
  { "{#list*}", "#red,green,blue" },
  { "{#keys}", "#semi,;,dot,.,comma,," },
  { "{#keys*}", "#semi=;,dot=.,comma=," },
  /* section 3.2.5 */
  { "{.who}", ".fred" },
  { "{.who,who}", ".fred.fred" },
  { "{.half,who}", ".50%25.fred" },
  { "www{.dom*}", "www.example.com" },
  { "X{.var}", "X.value" },
  { "X{.empty}", "X." },
  { "X{.undef}", "X" },
  { "X{.var:3}", "X.val" },
  { "X{.list}", "X.red,green,blue" },
  { "X{.list*}", "X.red.green.blue" },
  { "X{.keys}", "X.semi,%3B,dot,.,comma,%2C" },
  { "X{.keys*}", "X.semi=%3B.dot=..comma=%2C" },
  { "X{.empty_keys}", "X" },
  { "X{.empty_keys*}", "X" },
  /* section 3.2.6 */
  { "{/who}", "/fred" },
  { "{/who,who}", "/fred/fred" },
  { "{/half,who}", "/50%25/fred" },
  { "{/who,dub}", "/fred/me%2Ftoo" },
  { "{/var}", "/value" },
  { "{/var,empty}", "/value/" },
  { "{/var,undef}", "/value" },
  { "{/var,x}/here", "/value/1024/here" },
  { "{/var:1,var}", "/v/value" },
  { "{/list}", "/red,green,blue" },
  { "{/list*}", "/red/green/blue" },
  { "{/list*,path:4}", "/red/green/blue/%2Ffoo" },
  { "{/keys}", "/semi,%3B,dot,.,comma,%2C" },
  { "{/keys*}", "/semi=%3B/dot=./comma=%2C" },
  /* section 3.2.7 */
  { "{;who}", ";who=fred" },
  { "{;half}", ";half=50%25" },
  { "{;empty}", ";empty" },
  { "{;v,empty,who}", ";v=6;empty;who=fred" },
  { "{;v,bar,who}", ";v=6;who=fred" },
  { "{;x,y}", ";x=1024;y=768" },
  { "{;x,y,empty}", ";x=1024;y=768;empty" },
  { "{;x,y,undef}", ";x=1024;y=768" },
  { "{;hello:5}", ";hello=Hello" },
  { "{;list}", ";list=red,green,blue" },
  { "{;list*}", ";list=red;list=green;list=blue" },
  { "{;keys}", ";keys=semi,%3B,dot,.,comma,%2C" },
  { "{;keys*}", ";semi=%3B;dot=.;comma=%2C" },
  /* section 3.2.8 */
  { "{?who}", "?who=fred" },
  { "{?half}", "?half=50%25" },
  { "{?x,y}", "?x=1024&y=768" },
  { "{?x,y,empty}", "?x=1024&y=768&empty=" },
  { "{?x,y,undef}", "?x=1024&y=768" },
  { "{?var:3}", "?var=val" },
  { "{?list}", "?list=red,green,blue" },
  { "{?list*}", "?list=red&list=green&list=blue" },
  { "{?keys}", "?keys=semi,%3B,dot,.,comma,%2C" },
  { "{?keys*}", "?semi=%3B&dot=.&comma=%2C" },
  /* section 3.2.9 */
  { "{&who}", "&who=fred" },
  { "{&half}", "&half=50%25" },
  { "?fixed=yes{&x}", "?fixed=yes&x=1024" },
  { "{&x,y,empty}", "&x=1024&y=768&empty=" },
  { "{&x,y,undef}", "&x=1024&y=768" },
  { "{&var:3}", "&var=val" },
  { "{&list}", "&list=red,green,blue" },
  { "{&list*}", "&list=red&list=green&list=blue" },
  { "{&keys}", "&keys=semi,%3B,dot,.,comma,%2C" },
  { "{&keys*}", "&semi=%3B&dot=.&comma=%2C" },
};

static void
assert_expansions (const char *json,
                   const Row *rows,
                   guint n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plug_json_parse_numbers_as_text (json, -1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < n_rows; i++) {
    g_autoptr (PlugTemplate) template = plug_template_new_url (rows[i].template, &error);
    g_autofree char *expansion = NULL;

    g_assert_no_error (error);
    expansion = plug_template_expand_json (template, json_node_get_object (root), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (expansion, ==, rows[i].expansion);
  }
}

static void
test_url_rfc_examples (void)
{
  assert_expansions (rfc_variables, rfc_examples, G_N_ELEMENTS (rfc_examples));
}

static void
test_url_beyond_the_examples (void)
{
  static const char variables[] =
    "{\"i\": 9007199254740993, \"f\": 1.10, \"e\": 1e3, \"t\": true, \"n\": null,"
    " \"u\": \"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80z\","
    " \"pct\": \"a%2Fb%C3%A9%zz%\", \"none\": [], \"nulls\": [null, null], \"some\": [\"a\", null, \"\", 2],"
    " \"null_map\": {\"a\": null}, \"map\": {\"b\": 1.0, \"a\": null, \"c&d\": \"=\"},"
    " \"a.b\": \"dotted\", \"%41\": \"encoded\", \"q\": \"'\\\"<>\\\\^`{|}\", \"all\": \":/?#[]@!$&'()*+,;=-._~\", \"one\": [\"\"],"
    " \"\": \"unreachable\"}";
  static const Row rows[] = {
    { "", "" },
    { "a b\xc3\xa9'\"<>\\^`|%41%zz%", "a%20b%C3%A9'%22%3C%3E%5C%5E%60%7C%41%25zz%25" },
    { "{i},{f},{e},{t},{n}", "9007199254740993,1.10,1e3,true," },
    { "{i:3}{f:2}", "9001." },
    { "{u}", "%C3%A4%E2%82%AC%F0%9F%98%80z" },
    { "{u:1}", "%C3%A4" },
    { "{u:3}", "%C3%A4%E2%82%AC%F0%9F%98%80" },
    { "{u:9999}", "%C3%A4%E2%82%AC%F0%9F%98%80z" },
    { "{pct}", "a%252Fb%25C3%25A9%25zz%25" },
    { "{+pct}", "a%2Fb%C3%A9%25zz%25" },
    { "{#pct:2}", "#a%2F" },
    { "{+pct:4}", "a%2Fb%C3%A9" },
    { "{+pct:5}", "a%2Fb%C3%A9%25" },
    { "{pct:2}", "a%25" },
    { "X{none}{?none,nulls*,null_map}{;none*}", "X" },
    { "{?none,f,n}", "?f=1.10" },
    { "{some}", "a,,2" },
    { "{?some*}", "?some=a&some=&some=2" },
    { "{;some*}", ";some=a;some;some=2" },
    { "{/some*}", "/a//2" },
    { "{?one}{;one}{;one*}", "?one=;one=;one" },
    { "{map}", "b,1.0,c%26d,%3D" },
    { "{+map*}", "b=1.0,c&d==" },
    { "{a.b}{?a.b,%41}", "dotted?a.b=dotted&%41=encoded" },
    { "{q}{+q}", "%27%22%3C%3E%5C%5E%60%7B%7C%7D'%22%3C%3E%5C%5E%60%7B%7C%7D" },
    { "{all}", "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D-._~" },
    { "{+all}", ":/?#[]@!$&'()*+,;=-._~" },
    { "{nobody}{+nobody}{#nobody:5}{?nobody*}", "" },
  };

  assert_expansions (variables, rows, G_N_ELEMENTS (rows));
}

static void
test_url_refuses_templates (void)
{
  static const struct {
    const char *template;
    const char *message;
  } cases[] = {
    { "{", "A variable's name is expected: character 2" },
    { "}", "A closing brace without an opening one: character 1" },
    { "a\xc3\xa9}", "A closing brace without an opening one: character 3" },
    { "{}", "A variable's name is expected: character 2" },
    { "{?}", "A variable's name is expected: character 3" },
    { "{x", "A closing brace is expected: character 3" },
    { "{x{y}}", "A closing brace is expected: character 3" },
    { "{x,}", "A variable's name is expected: character 4" },
    { "{,x}", "A reserved operator: character 2" },
    { "{=x}", "A reserved operator: character 2" },
    { "{!x}", "A reserved operator: character 2" },
    { "{@x}", "A reserved operator: character 2" },
    { "{|x}", "A reserved operator: character 2" },
    { "{$x}", "A variable's name is expected: character 2" },
    { "{~x}", "A variable's name is expected: character 2" },
    { "{??x}", "A variable's name is expected: character 3" },
    { "{ x}", "A variable's name is expected: character 2" },
    { "{x }", "A closing brace is expected: character 3" },
    { "{a-b}", "A closing brace is expected: character 3" },
    { "{.}", "A variable's name is expected: character 3" },
    { "{..x}", "A variable's name is expected: character 3" },
    { "{x.}", "A variable's name is expected: character 4" },
    { "{x..y}", "A variable's name is expected: character 4" },
    { "{%4}", "A variable's name is expected: character 2" },
    { "{\xc3\xa9}", "A variable's name is expected: character 2" },
    { "{x:}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:0}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:01}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:10000}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:99999999999999999999}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:-1}", "A prefix is a number from 1 to 9999: character 3" },
    { "{x:2*}", "A closing brace is expected: character 5" },
    { "{x*:2}", "A closing brace is expected: character 4" },
    { "{x**}", "A closing brace is expected: character 4" },
    { "{x?}", "A closing brace is expected: character 3" },
    { "{?x=default}", "A closing brace is expected: character 4" },
    { "{-join|&|x}", "A variable's name is expected: character 2" },
    { "a\xff", "Not UTF-8: character 2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_template_new_url (cases[i].template, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
}

static void
assert_not_expanded (const char *text,
                     const char *json)
{
  g_autoptr (PlugTemplate) template = plug_template_new_url (text, NULL);
  g_autoptr (JsonNode) variables = plug_json_parse (json, -1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (template);
  g_assert_nonnull (variables);
  g_assert_null (plug_template_expand_json (template, json_node_get_object (variables), &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE);
}

static void
test_url_refuses_values (void)
{
  assert_not_expanded ("{list:1}", "{\"list\": [\"a\"]}");
  assert_not_expanded ("{?map:1}", "{\"map\": {\"a\": \"b\"}}");
  assert_not_expanded ("{list:1}", "{\"list\": []}");
  assert_not_expanded ("{list}", "{\"list\": [\"a\", [\"b\"]]}");
  assert_not_expanded ("{map*}", "{\"map\": {\"a\": {\"b\": \"c\"}}}");
}

/* What does not fit is an error, and takes no time or memory to find out. */
static void
test_url_limits_the_expansion (void)
{
  g_autofree char *many = g_strnfill (300000, 'a');
  g_autofree char *name = g_strnfill (300000, 'n');
  g_autoptr (GString) json = g_string_new ("{\"");
  g_autoptr (GString) twice = g_string_new (NULL);
  g_autofree char *exploded = g_strdup_printf ("{?%s*}", name);

  g_string_append_printf (json, "%s\":[\"\"", name);
  for (guint i = 0; i < 100000; i++)
    g_string_append (json, ",\"\"");
  g_string_append_printf (json, "],\"x\":\"%s\"}", many);
  for (guint i = 0; i < 50000; i++)
    g_string_append (twice, "{x}");

  assert_not_expanded (exploded, json->str);
  assert_not_expanded (twice->str, json->str);
}

static void
test_url_form_values (void)
{
  static const Row rows[] = {
    { "{+api}/token{?tenant}", "https://acme.example/api/token" },
    { "{+api}/{id}{?id,tenant,nothing}", "https://acme.example/api/a%20b%2F?id=a%20b%2F" },
    { "{+api}/{secret}", "https://acme.example/api/%26%C3%A4" },
    { "https://x.example{/id:1}", "https://x.example/a" },
  };
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set (values, "api", "https://acme.example/api");
  plug_values_set (values, "tenant", "");
  plug_values_set (values, "id", "a b/");
  plug_values_set_secret (values, "secret", "&\xc3\xa4");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PlugTemplate) template = plug_template_new_url (rows[i].template, NULL);
    g_autoptr (PlugSecretString) expansion = plug_template_expand (template, values);

    g_assert_cmpstr (expansion, ==, rows[i].expansion);
  }
}

static void
test_value_expands (void)
{
  static const Row rows[] = {
    { "", "" },
    { "SSWS {token}", "SSWS a b{x}%" },
    { "{{{token}}}", "{a b{x}%}" },
    { "{{token}}", "{token}" },
    { "{{\"id\": \"{id}\"}}", "{\"id\": \"me:you\"}" },
    { "Basic base64{{id}:{token}}", "Basic bWU6eW91OmEgYnt4fSU=" },
    { "base64{}", "" },
    { "base64{{nobody}}|{nobody}|base64{a}", "||YQ==" },
    { "base64{{{x}}}", "e3h9" },
    { "base64 {id} base6{id}", "base64 me:you base6me:you" },
    { "{id}{id}", "me:youme:you" },
    { "\xc3\xa9{empty}?%41&", "\xc3\xa9?%41&" },
  };
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set_secret (values, "token", "a b{x}%");
  plug_values_set (values, "id", "me:you");
  plug_values_set (values, "empty", "");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugTemplate) template = plug_template_new_value (rows[i].template, &error);
    g_autoptr (PlugSecretString) expansion = NULL;

    g_assert_no_error (error);
    expansion = plug_template_expand (template, values);
    g_assert_cmpstr (expansion, ==, rows[i].expansion);
  }
}

/* A value says nothing to who reads the XML, wherever it stands. */
static void
test_value_in_xml (void)
{
  static const struct {
    const char *template;
    const char *expansion;
  } rows[] = {
    { "<a b=\"{id}\">", "<a b=\"&lt;/a&gt;&amp;amp;&quot;&apos;]]&gt;\">" },
    { "<a>{lines}</a>", "<a>&quot;1&#9;2&#13;&#10;\uFFFD\uFFFD\uFFFD\uFFFD\uFFFC\u00fc\u2028&quot;</a>" },
    { "<!-- & -->{nobody}", "<!-- & -->" },
    { "<a>base64{{id}:}{id}</a>", "<a>PC9hPiZhbXA7IiddXT46&lt;/a&gt;&amp;amp;&quot;&apos;]]&gt;</a>" },
  };
  g_autoptr (PlugValues) values = plug_values_new ();

  plug_values_set_secret (values, "id", "</a>&amp;\"']]>");
  plug_values_set (values, "lines", "\"1\t2\r\n\x01\x1f\uFFFE\uFFFF\uFFFC\u00fc\u2028\"");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlugTemplate) template = plug_template_new_value (rows[i].template, &error);
    g_autoptr (PlugSecretString) expansion = NULL;

    g_assert_no_error (error);
    expansion = plug_template_expand_xml (template, values);
    g_assert_cmpstr (expansion, ==, rows[i].expansion);
  }
}

static void
test_value_refuses (void)
{
  static const struct {
    const char *template;
    const char *message;
  } cases[] = {
    { "{", "A variable's name is expected: character 2" },
    { "a}", "A closing brace without an opening one: character 2" },
    { "{}", "A variable's name is expected: character 2" },
    { "{x", "A closing brace is expected: character 3" },
    { "{x:3}", "A closing brace is expected: character 3" },
    { "{x*}", "A closing brace is expected: character 3" },
    { "{+x}", "A variable's name is expected: character 2" },
    { "{x,y}", "A closing brace is expected: character 3" },
    { "{{x}", "A closing brace without an opening one: character 4" },
    { "{x}}", "A closing brace without an opening one: character 4" },
    { "base64{{x}", "base64 is not closed: character 1" },
    { "x base64{", "base64 is not closed: character 3" },
    { "base64{a}}", "base64 is not closed: character 1" },
    { "base64{base64{x}}", "base64 inside base64: character 8" },
    { "\xff", "Not UTF-8: character 1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (plug_template_new_value (cases[i].template, &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_TEMPLATE);
    g_assert_cmpstr (error->message, ==, cases[i].message);
  }
}

static void
test_variables (void)
{
  g_autoptr (PlugTemplate) url = plug_template_new_url ("{b}{+a,b*}{?c:3,a}", NULL);
  g_autoptr (PlugTemplate) value = plug_template_new_value ("{{x}}{y}base64{{z}{y}}", NULL);
  g_autoptr (PlugTemplate) none = plug_template_new_url ("https://x.example/", NULL);
  const char *const url_names[] = { "b", "a", "c", NULL };
  const char *const value_names[] = { "y", "z", NULL };

  g_assert_cmpstrv (plug_template_get_variables (url), url_names);
  g_assert_cmpstrv (plug_template_get_variables (value), value_names);
  g_assert_null (plug_template_get_variables (none)[0]);
  g_assert_cmpstr (plug_template_get_text (url), ==, "{b}{+a,b*}{?c:3,a}");
}

/* Any mixture of the signs that mean something: an error, or an expansion that holds URL characters only. */
static void
test_mutations (void)
{
  static const char *const pieces[] = {
    "{", "}", "{{", "}}", "base64{", "x", "list", "map", "+", "#", "?", "&", ";", ".", "/", "*", ":", ":3", ",", "%",
    "%41", "\xc3\xa9", " ", "=", "{x}", "{?list*}", "{+map}", "{x:2}", "\xff", "9",
  };
  static const char allowed[] = "-._~:/?#[]@!$&'()*+,;=%";
  g_autoptr (GRand) rand = g_rand_new_with_seed (6570);
  g_autoptr (PlugValues) values = plug_values_new ();
  g_autoptr (JsonNode) json = plug_json_parse ("{\"x\": \"\xe2\x82\xac%41{}\", \"list\": [\"a\", \"\", 1.5],"
                                               " \"map\": {\"a \": \"b\", \"c\": true}}", -1, NULL);
  guint n_expanded = 0;

  plug_values_set_secret (values, "x", "\xe2\x82\xac%41{}\xff");
  for (guint round = 0; round < 60000; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (PlugTemplate) url = NULL;
    g_autoptr (PlugTemplate) value = NULL;
    g_autofree char *expansion = NULL;

    for (gint i = g_rand_int_range (rand, 0, 9); i > 0; i--)
      g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);

    value = plug_template_new_value (text->str, NULL);
    if (value != NULL)
      plug_text_wipe (plug_template_expand (value, values));
    url = plug_template_new_url (text->str, NULL);
    if (url == NULL)
      continue;
    plug_text_wipe (plug_template_expand (url, values));
    expansion = plug_template_expand_json (url, json_node_get_object (json), NULL);
    for (const char *p = expansion; p != NULL && *p != '\0'; p++)
      g_assert_true (g_ascii_isalnum (*p) || strchr (allowed, *p) != NULL);
    n_expanded += expansion != NULL;
  }
  g_assert_cmpuint (n_expanded, >, 5000);
}

/* The program for foreign test suites: one line out for each line in, whatever it is. */
static void
test_program (void)
{
  static const char input[] =
    "{\"template\": \"{x}{?n,list*}\", \"variables\": {\"x\": \"a b\", \"n\": 1.10,"
    " \"list\": [9007199254740993, 1e3]}}\n"
    "\n"
    "not json\n"
    "{\"template\": \"{x\", \"variables\": {}}\n"
    "{\"template\": 5, \"variables\": {}}\n"
    "{\"template\": \"{x}\", \"variables\": []}\n"
    "[]\n"
    "{\"template\": \"{x:1}\", \"variables\": {\"x\": [1]}}\n"
    "{\"template\": \"a{x}b\"}\r\n"
    "{\"template\": \"{x}\", \"variables\": {\"x\": null}}\n"
    "{\"template\": \"last{x}\", \"variables\": {\"x\": -0.0}}";
  g_autofree char *path = g_test_build_filename (G_TEST_BUILT, "expand-template", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                      &error, path, NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (program));

  lines = g_strsplit (output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 12);
  g_assert_cmpstr (lines[0], ==, "a%20b?n=1.10&list=9007199254740993&list=1e3");
  for (guint i = 1; i <= 7; i++)
    g_assert_true (g_str_has_prefix (lines[i], "error: "));
  g_assert_cmpstr (lines[8], ==, "ab");
  g_assert_cmpstr (lines[9], ==, "");
  g_assert_cmpstr (lines[10], ==, "last-0.0");
  g_assert_cmpstr (lines[11], ==, "");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/url/rfc-examples", test_url_rfc_examples);
  g_test_add_func ("/template/url/beyond-the-examples", test_url_beyond_the_examples);
  g_test_add_func ("/template/url/refuses-templates", test_url_refuses_templates);
  g_test_add_func ("/template/url/refuses-values", test_url_refuses_values);
  g_test_add_func ("/template/url/limits-the-expansion", test_url_limits_the_expansion);
  g_test_add_func ("/template/url/form-values", test_url_form_values);
  g_test_add_func ("/template/value/expands", test_value_expands);
  g_test_add_func ("/template/value/in-xml", test_value_in_xml);
  g_test_add_func ("/template/value/refuses", test_value_refuses);
  g_test_add_func ("/template/variables", test_variables);
  g_test_add_func ("/template/mutations", test_mutations);
  g_test_add_func ("/template/program", test_program);

  return g_test_run ();
}
