/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The longest time for which the main loop does nothing else, on the form of a new connection: while a test runs ("test"),
 * or while a timer plays what such a test had shown ("replay"). "test" also prints the longest call of ours while a verdict
 * is followed by itself. stall test|replay SIMULATOR */
#include <adwaita.h>
#include <json-glib/json-glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "plug-catalogue.h"
#include "plug-form-page.h"
#include "plug-http.h"
#include "plug-memory-vault.h"
#include "plug-test.h"
#include "plug-verdict-view.h"

typedef struct {
  gint64 at_us;
  guint index;
  PlugStep step;
} Change;

static gint64 busy_since_us, longest_stall_us, longest_call_us;
static GArray *changes;
static gint64 began_us;
static PlugVerdictView *view;
static PlugVerdict *verdict;

/* The loop is busy from the return of one poll to the beginning of the next. */
static gint
poll_cb (GPollFD *fds,
         guint n_fds,
         gint timeout_ms)
{
  gint ready;

  longest_stall_us = MAX (longest_stall_us, g_get_monotonic_time () - busy_since_us);
  ready = g_poll (fds, n_fds, timeout_ms);
  busy_since_us = g_get_monotonic_time ();

  return ready;
}

static void
note_call (gint64 since_us)
{
  longest_call_us = MAX (longest_call_us, g_get_monotonic_time () - since_us);
}

static void
step_changed_cb (PlugTest *test,
                 guint index)
{
  gint64 now = g_get_monotonic_time ();
  Change change = { now - began_us, index, *plug_test_get_step (test, index) };

  g_array_append_val (changes, change);
  plug_verdict_view_update_step (view, index);
  note_call (now);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  gint64 now = g_get_monotonic_time ();

  verdict = plug_test_run_finish (PLUG_TEST (source), result, NULL);
  plug_verdict_view_show_verdict (view, verdict, user_data);
  note_call (now);
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;
  guint id = g_timeout_add (10, tick_cb, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
run_test (PlugDraft *draft)
{
  g_autoptr (PlugTest) test = NULL;
  gint64 now;

  g_clear_pointer (&verdict, plug_verdict_free);
  g_array_set_size (changes, 0);
  began_us = now = g_get_monotonic_time ();
  test = plug_test_new (draft);
  g_signal_connect (test, "step-changed", G_CALLBACK (step_changed_cb), NULL);
  plug_verdict_view_follow (view, test);
  plug_test_run_async (test, NULL, tested_cb, draft);
  note_call (now);
  while (verdict == NULL)
    g_main_context_iteration (NULL, TRUE);
  wait_ms (150);
}

static gboolean
play_cb (gpointer user_data)
{
  const Change *change = user_data;

  plug_verdict_view_show_step (view, change->index, &change->step);
  return G_SOURCE_REMOVE;
}

static void
replay (PlugDraft *draft)
{
  g_autoptr (PlugTest) fresh = plug_test_new (draft);
  guint last_ms = 0;

  plug_verdict_view_follow (view, fresh);
  for (guint i = 0; i < changes->len; i++) {
    Change *change = &g_array_index (changes, Change, i);

    last_ms = (guint) (change->at_us / 1000);
    g_timeout_add (last_ms, play_cb, change);
  }
  wait_ms (last_ms + 5);
  plug_verdict_view_show_verdict (view, verdict, draft);
  wait_ms (150);
}

static PlugForm *
fill_in (PlugStore *store,
         PlugCatalogue *catalogue,
         JsonObject *values)
{
  static const char * const ids[] = { "api_address", "client_id", "client_secret", "tenant" };
  PlugProvider *provider = plug_catalogue_get_provider (catalogue, "halopsa");
  PlugForm *form = plug_form_new (store, provider);

  plug_form_set_method (form, plug_provider_get_method (provider, "client-credentials"));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    plug_form_set_text (form, ids[i], json_object_get_string_member (values, ids[i]));

  return form;
}

static GtkWidget *
present (GtkWidget *content)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), content);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 760);
  gtk_window_present (GTK_WINDOW (window));
  wait_ms (300);

  return window;
}

/* What our own callbacks take, the verdict view alone in a window; also tells the replay what to play. */
static void
measure_calls (PlugDraft *draft)
{
  GtkWidget *window;

  view = g_object_new (PLUG_TYPE_VERDICT_VIEW, NULL);
  window = present (GTK_WIDGET (view));
  run_test (draft);
  longest_call_us = 0;
  run_test (draft);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
press_test (GtkWidget *page)
{
  GtkStack *stack = GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (page), PLUG_TYPE_FORM_PAGE, "test_stack"));
  GtkWidget *button = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (page), PLUG_TYPE_FORM_PAGE, "test_button"));

  g_signal_emit_by_name (button, "clicked");
  while (gtk_stack_get_visible_child (stack) != button)
    g_main_context_iteration (NULL, TRUE);
  wait_ms (150);
}

/* Measured is the second of two equal runs; the first only warms up. */
static void
measure (PlugStore *store,
         PlugForm *form,
         PlugDraft *draft,
         gboolean with_test)
{
  GtkWidget *page = plug_form_page_new (store, form, NULL);
  GtkWidget *window = present (page);

  view = PLUG_VERDICT_VIEW (gtk_widget_get_template_child (page, PLUG_TYPE_FORM_PAGE, "verdict_view"));
  for (guint i = 0; i < 2; i++) {
    longest_stall_us = 0;
    if (with_test)
      press_test (page);
    else
      replay (draft);
  }
  printf ("{\"stall_ms\": %.2f", longest_stall_us / 1e3);
  if (with_test)
    printf (", \"longest_call_ms\": %.2f", longest_call_us / 1e3);
  printf ("}\n");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char **argv)
{
  g_autoptr (GSubprocess) simulator = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *line = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plugboard-XXXXXX", NULL);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();
  g_autoptr (PlugMemoryVault) vault = plug_memory_vault_new ();
  g_autoptr (PlugStore) store = NULL;
  g_autoptr (PlugForm) form = NULL;
  g_autoptr (PlugDraft) draft = NULL;

  if (argc != 3)
    return 2;
  adw_init ();
  g_main_context_set_poll_func (NULL, poll_cb);
  busy_since_us = g_get_monotonic_time ();
  changes = g_array_new (FALSE, FALSE, sizeof (Change));
  simulator = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, argv[2], NULL);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (simulator));
  line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  root = json_from_string (line, NULL);
  store = plug_store_new (folder, folder, catalogue, PLUG_VAULT (vault));
  form = fill_in (store, catalogue, json_node_get_object (root));
  draft = plug_form_dup_draft (form, FALSE);

  measure_calls (draft);
  measure (store, form, draft, g_str_equal (argv[1], "test"));

  g_output_stream_close (g_subprocess_get_stdin_pipe (simulator), NULL, NULL);
  g_subprocess_wait (simulator, NULL, NULL);
  plug_verdict_free (verdict);
  g_array_unref (changes);
  plug_http_shutdown ();
  g_rmdir (folder);

  return 0;
}
