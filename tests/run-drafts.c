/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* run-drafts AUTHORITIES PROXY: fills in forms and tests what comes of them, all through one proxy, which may answer in
 * the place of any service. Reads lines {"definition": PATH, "method": …, "values": {…}} and prints a line for each:
 * {"problem": ID} when the form has one, else {"outcome": …, "reason": …, "identity": …, "details": …, "blamed": […]}. */
#include <stdio.h>
#include <string.h>

#include "plug-error.h"
#include "plug-form.h"
#include "plug-http.h"
#include "plug-json.h"
#include "plug-memory-vault.h"
#include "plug-test.h"

typedef struct {
  PlugStore *store;
  GBytes *authorities;
} Runner;

static const char *proxy_url;

#define TEST_TYPE_PROXY (test_proxy_get_type ())
G_DECLARE_FINAL_TYPE (TestProxy, test_proxy, TEST, PROXY, GObject)

struct _TestProxy {
  GObject parent_instance;
};

static char **
test_proxy_lookup (GProxyResolver *resolver,
                   const char *uri,
                   GCancellable *cancellable,
                   GError **error)
{
  char **proxies = g_new0 (char *, 2);

  proxies[0] = g_strdup (proxy_url);

  return proxies;
}

static gboolean
test_proxy_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
resolver_init (GProxyResolverInterface *interface)
{
  interface->is_supported = test_proxy_is_supported;
  interface->lookup = test_proxy_lookup;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestProxy, test_proxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_init))

static void
test_proxy_class_init (TestProxyClass *klass)
{
}

static void
test_proxy_init (TestProxy *self)
{
}

static PlugProvider *
load_provider (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  PlugProvider *provider;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &error))
    g_error ("%s", error->message);
  provider = plug_provider_new_from_json (text, (gssize) length, TRUE, &error);
  if (provider == NULL)
    g_error ("%s: %s", path, error->message);

  return provider;
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  PlugVerdict **verdict = user_data;

  *verdict = plug_test_run_finish (PLUG_TEST (source), result, NULL);
}

static void
print_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);

  puts (text);
  fflush (stdout);
}

static void
print_verdict (const PlugVerdict *verdict)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *blamed = json_array_new ();

  for (guint i = 0; verdict->blamed[i] != NULL; i++)
    json_array_add_string_element (blamed, verdict->blamed[i]);
  json_object_set_string_member (object, "outcome", plug_outcome_to_id (verdict->outcome));
  json_object_set_string_member (object, "reason", plug_reason_to_id (verdict->reason));
  json_object_set_string_member (object, "identity", verdict->identity);
  json_object_set_string_member (object, "details",
                                 verdict->error != NULL ? verdict->error->message : verdict->details);
  json_object_set_array_member (object, "blamed", blamed);
  print_object (object);
}

static PlugDraft *
fill_in (Runner *self,
         JsonObject *wanted)
{
  g_autoptr (PlugProvider) provider = load_provider (json_object_get_string_member (wanted, "definition"));
  g_autoptr (PlugForm) form = plug_form_new (self->store, provider);
  JsonObject *values = json_object_get_object_member (wanted, "values");
  g_autoptr (GList) ids = json_object_get_members (values);
  g_autoptr (GError) error = NULL;
  PlugDraft *draft;

  plug_form_set_method (form, plug_provider_get_method (provider, json_object_get_string_member (wanted, "method")));
  for (GList *id = ids; id != NULL; id = id->next) {
    g_autofree char *text = plug_json_dup_scalar (json_object_get_member (values, id->data));

    plug_form_set_text (form, id->data, text);
  }
  plug_form_set_authorities (form, self->authorities, &error);
  g_assert_no_error (error);
  draft = plug_form_dup_draft (form, FALSE);
  if (draft == NULL) {
    g_autoptr (JsonObject) object = json_object_new ();

    json_object_set_string_member (object, "problem", plug_form_get_first_problem (form, FALSE));
    print_object (object);
  }

  return draft;
}

static void
run_line (Runner *self,
          const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = plug_json_parse (line, -1, &error);
  g_autoptr (PlugDraft) draft = NULL;
  g_autoptr (PlugTest) test = NULL;
  g_autoptr (PlugVerdict) verdict = NULL;

  g_assert_no_error (error);
  draft = fill_in (self, json_node_get_object (root));
  if (draft == NULL)
    return;
  test = plug_test_new (draft);
  plug_test_run_async (test, NULL, tested_cb, &verdict);
  while (verdict == NULL)
    g_main_context_iteration (NULL, TRUE);
  print_verdict (verdict);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (PlugCatalogue) catalogue = NULL;
  g_autoptr (PlugVault) vault = NULL;
  g_autoptr (PlugStore) store = NULL;
  g_autoptr (GBytes) authorities = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *pem = NULL;
  static char line[1024 * 1024];
  gsize length;

  if (argc != 3) {
    g_printerr ("usage: run-drafts AUTHORITIES PROXY\n");
    return 2;
  }
  proxy_url = argv[2];
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_PROXY, "plugboard-test", G_MAXINT);
  if (!g_file_get_contents (argv[1], &pem, &length, &error))
    g_error ("%s", error->message);
  authorities = g_bytes_new (pem, length);
  catalogue = plug_catalogue_new ();
  vault = PLUG_VAULT (plug_memory_vault_new ());
  store = plug_store_new (NULL, NULL, catalogue, vault);

  while (fgets (line, sizeof line, stdin) != NULL)
    run_line (&(Runner) { store, authorities }, line);
  plug_http_shutdown ();

  return 0;
}
