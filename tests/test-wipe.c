/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* After a test nothing in the memory of this process still holds the token that the service issued. The service is a process
 * of its own, so the token came here over the wire alone: test-wipe SIMULATOR. */
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "await.h"
#include "plug-catalogue.h"
#include "plug-http.h"
#include "plug-test.h"

#define TOKEN_LENGTH 25 /* "sim-", 16 hexadecimal digits, "~+/==" */

static const char *simulator_path;

/* Written so that this program's own constants are no match. */
static gboolean
is_token (const guchar *bytes)
{
  if (bytes[0] != 's' || bytes[1] != 'i' || bytes[2] != 'm' || bytes[3] != '-' || bytes[20] != '~' || bytes[21] != '+')
    return FALSE;
  for (guint i = 4; i < 20; i++)
    if (!g_ascii_isxdigit (bytes[i]))
      return FALSE;
  return TRUE;
}

static guint
count_in_region (int memory,
                 guint64 begin,
                 guint64 end)
{
  static guchar block[65536 + TOKEN_LENGTH];
  guint count = 0;

  /* Not the block itself, which holds what was just looked at. */
  for (guint64 at = begin; at < end; at += 65536) {
    ssize_t length = pread (memory, block, sizeof block, (off_t) at);

    for (ssize_t i = 0; i + TOKEN_LENGTH <= length && i < 65536; i++)
      if (is_token (block + i) && (at + (guint64) i < (guint64) block || at + (guint64) i >= (guint64) block + sizeof block))
        count++;
  }
  memset (block, 0, sizeof block);
  return count;
}

static guint
count_tokens (void)
{
  int memory = open ("/proc/self/mem", O_RDONLY);
  FILE *maps = fopen ("/proc/self/maps", "r");
  char line[512];
  guint count = 0;

  g_assert_cmpint (memory, >=, 0);
  g_assert_nonnull (maps);
  while (fgets (line, sizeof line, maps) != NULL) {
    unsigned long begin, end;
    char rights[5];

    if (sscanf (line, "%lx-%lx %4s", &begin, &end, rights) == 3 && g_str_has_prefix (rights, "rw"))
      count += count_in_region (memory, begin, end);
  }
  fclose (maps);
  close (memory);
  return count;
}

static PlugDraft *
make_draft (PlugCatalogue *catalogue,
            JsonObject *values)
{
  static const char * const ids[] = { "api_address", "client_id", "tenant" };
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  g_autoptr (PlugValues) filled = plug_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    plug_values_set (filled, ids[i], json_object_get_string_member (values, ids[i]));
  plug_values_set (filled, "scope", "all");
  plug_values_set_secret (filled, "client_secret", json_object_get_string_member (values, "client_secret"));
  return plug_draft_new (provider, plug_provider_get_method (provider, "client-credentials"), "Wipe", filled, NULL, NULL);
}

static guint worst;

static void
step_changed_cb (PlugTest *test,
                 guint index)
{
  if (index == 2 && plug_test_get_step (test, 2)->state == PLUG_STEP_RUNNING)
    worst = count_tokens ();
}

static void
run_test (PlugDraft *draft)
{
  PlugTest *test = plug_test_new (draft);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  PlugVerdict *verdict;
  gpointer weak = test;

  g_signal_connect (test, "step-changed", G_CALLBACK (step_changed_cb), NULL);
  plug_test_run_async (test, cancellable, await_cb, &result);
  await (&result);
  verdict = plug_test_run_finish (test, result, NULL);
  g_assert_cmpint (verdict->outcome, ==, PLUG_OUTCOME_PASSED);
  plug_verdict_free (verdict);
  g_clear_object (&result);
  g_object_add_weak_pointer (G_OBJECT (test), &weak);
  g_object_unref (test);
  for (gint64 end = g_get_monotonic_time () + 5 * G_USEC_PER_SEC; weak != NULL && g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (weak);
}

static void
test_token (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) simulator = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                                        simulator_path, NULL);
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autoptr (JsonNode) root = json_from_string (line, NULL);
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugDraft) draft = make_draft (catalogue, json_node_get_object (root));

  run_test (draft);
  plug_http_shutdown ();
  /* The search works: it found the token while it was in use. */
  g_test_message ("%u copies while it was in use", worst);
  g_assert_cmpuint (worst, >, 0);
  g_assert_cmpuint (count_tokens (), ==, 0);

  g_output_stream_close (g_subprocess_get_stdin_pipe (simulator), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (simulator, NULL, &error));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  simulator_path = argv[1];
  g_test_add_func ("/wipe/token", test_token);

  return g_test_run ();
}
