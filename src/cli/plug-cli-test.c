/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "plug-connection-test.h"
#include "plug-error.h"
#include "plug-http.h"
#include "plug-sentence.h"

#define DEFAULT_TIMEOUT_S 60
#define MAX_TIMEOUT_S 3600
#define MAX_RUNNING 16

typedef struct _Run Run;

/* One connection under test. */
typedef struct {
  Run *run;
  PlugConnection *connection;
  char *revision; /* what was tested, whatever the file says by then */
  PlugConnectionTest *test;
  GCancellable *cancellable;
  guint timeout_id;
  gboolean timed_out;
  /* What came of it: one of these. */
  PlugVerdict *verdict;
  GError *error;
} Job;

struct _Run {
  PlugStore *store;
  PlugVaultFlags flags;
  guint timeout_s;
  gboolean json;
  GPtrArray *jobs; /* of Job, sorted by name */
  guint n_started;
  guint n_running;
  guint n_reported;
  gboolean is_opening; /* one after the other, so that a keyring asks once */
  GError *vault_error; /* (nullable): of the keyring as a whole; nobody asks it again */
  int signal_number;
  GMainLoop *loop;
};

static void start_jobs (Run *run);

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timeout_id, g_source_remove);
  g_clear_object (&job->connection);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->test);
  g_clear_pointer (&job->verdict, plug_verdict_free);
  g_clear_error (&job->error);
  g_free (job->revision);
  g_free (job);
}

static gboolean
is_done (const Job *job)
{
  return job->verdict != NULL || job->error != NULL;
}

static char *
dup_sentence (const Job *job)
{
  return job->verdict != NULL ? plug_sentence_for_verdict (job->verdict, plug_connection_test_get_draft (job->test))
                              : plug_sentence_for_error (job->error, NULL);
}

static void
print_indented (const char *text)
{
  g_autofree char *escaped = text != NULL ? plug_cli_escape (text) : NULL;

  if (escaped != NULL && *escaped != '\0')
    g_print ("  %s\n", escaped);
}

static void
report_job (Job *job)
{
  const char *name = plug_connection_get_name (job->connection);
  g_autofree char *escaped_name = plug_cli_escape (name);
  g_autofree char *sentence = dup_sentence (job);
  g_autofree char *escaped = plug_cli_escape (sentence);
  g_autofree char *advice = NULL;

  if (job->error != NULL) {
    plug_cli_complain_about (name, sentence);
    return;
  }
  if (job->run->json)
    return;

  advice = plug_sentence_for_advice (job->verdict, plug_connection_test_get_draft (job->test));
  g_print ("%s: %s\n", escaped_name, escaped);
  print_indented (advice);
  print_indented (job->verdict->details);
}

/* In the order of the names, each as soon as it can be. */
static void
report_jobs (Run *run)
{
  while (run->n_reported < run->jobs->len && is_done (g_ptr_array_index (run->jobs, run->n_reported)))
    report_job (g_ptr_array_index (run->jobs, run->n_reported++));
}

static void
end_job (Job *job)
{
  Run *run = job->run;

  g_clear_handle_id (&job->timeout_id, g_source_remove);
  run->n_running--;
  if (run->signal_number == 0) {
    report_jobs (run);
    start_jobs (run);
  }
  if (run->n_running == 0)
    g_main_loop_quit (run->loop);
}

/* What is wrong with the keyring and not with this one item. */
static gboolean
is_of_the_vault (const GError *error)
{
  return error->domain == PLUG_ERROR && error->code >= PLUG_ERROR_VAULT_MISSING && error->code <= PLUG_ERROR_VAULT_REFUSED;
}

static void
opened_cb (PlugConnectionTest *test,
           const GError *error,
           gpointer user_data)
{
  Job *job = user_data;
  Run *run = job->run;

  run->is_opening = FALSE;
  if (error == NULL)
    start_jobs (run);
  else if (run->vault_error == NULL && job->timed_out)
    run->vault_error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_VAULT_TIMED_OUT, "--timeout");
  else if (run->vault_error == NULL && is_of_the_vault (error))
    run->vault_error = g_error_copy (error);
}

/* --timeout ended it: while the service was asked, or before that, while the keyring was. */
static void
take_timeout (Job *job)
{
  PlugVerdict *verdict;

  if (plug_connection_test_get_test (job->test) == NULL) {
    job->error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_VAULT_TIMED_OUT, "--timeout");
    return;
  }

  verdict = g_new0 (PlugVerdict, 1);
  verdict->outcome = PLUG_OUTCOME_NOT_REACHABLE;
  verdict->reason = PLUG_REASON_NETWORK;
  verdict->error = g_error_new_literal (PLUG_ERROR, PLUG_ERROR_CONNECT_TIMED_OUT, "--timeout");
  verdict->retry_after = -1;
  verdict->blamed = g_new0 (char *, 1);
  plug_store_set_outcome (job->run->store, job->connection, job->revision, verdict->outcome, verdict->reason);
  job->verdict = verdict;
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  job->verdict = plug_connection_test_run_finish (PLUG_CONNECTION_TEST (source), result, &error);
  if (job->verdict == NULL && job->timed_out)
    take_timeout (job);
  else if (job->verdict == NULL)
    job->error = g_steal_pointer (&error);
  end_job (job);
}

static gboolean
timeout_cb (gpointer user_data)
{
  Job *job = user_data;

  job->timeout_id = 0;
  job->timed_out = TRUE;
  g_cancellable_cancel (job->cancellable);

  return G_SOURCE_REMOVE;
}

/* FALSE when there is nothing to wait for. */
static gboolean
start_job (Job *job)
{
  const GError *problem = plug_connection_get_problem (job->connection);

  if (problem != NULL || job->run->vault_error != NULL) {
    job->error = g_error_copy (problem != NULL ? problem : job->run->vault_error);
    return FALSE;
  }

  job->run->n_running++;
  job->run->is_opening = TRUE;
  job->timeout_id = g_timeout_add_seconds (job->run->timeout_s, timeout_cb, job);
  job->test = plug_connection_test_new (job->run->store, job->connection);
  g_signal_connect (job->test, "opened", G_CALLBACK (opened_cb), job);
  plug_connection_test_run_async (job->test, job->run->flags, job->cancellable, tested_cb, job);

  return TRUE;
}

static void
start_jobs (Run *run)
{
  while (run->signal_number == 0 && !run->is_opening && run->n_running < MAX_RUNNING && run->n_started < run->jobs->len)
    start_job (g_ptr_array_index (run->jobs, run->n_started++));

  report_jobs (run);
}

static gboolean
interrupt (Run *run,
           int signal_number)
{
  /* Whoever presses Ctrl+C twice does not want to wait for anything. */
  if (run->signal_number != 0)
    g_main_loop_quit (run->loop);
  run->signal_number = signal_number;
  for (guint i = 0; i < run->n_started; i++) {
    Job *job = g_ptr_array_index (run->jobs, i);

    g_cancellable_cancel (job->cancellable);
  }

  return G_SOURCE_CONTINUE;
}

static gboolean
interrupted_cb (gpointer user_data)
{
  return interrupt (user_data, SIGINT);
}

static gboolean
terminated_cb (gpointer user_data)
{
  return interrupt (user_data, SIGTERM);
}

static void
add_job (Run *run,
         PlugConnection *connection)
{
  Job *job = g_new0 (Job, 1);

  job->run = run;
  job->connection = g_object_ref (connection);
  job->revision = g_strdup (plug_connection_get_revision (connection));
  job->cancellable = g_cancellable_new ();
  g_ptr_array_add (run->jobs, job);
}

static void
add_steps (JsonBuilder *builder,
           PlugTest *test)
{
  static const char * const kinds[] = {
    [PLUG_STEP_RESOLVE] = "resolve", [PLUG_STEP_SIGN_IN] = "sign-in", [PLUG_STEP_READ] = "read",
  };
  static const char * const states[] = {
    [PLUG_STEP_WAITING] = "waiting", [PLUG_STEP_RUNNING] = "running", [PLUG_STEP_PASSED] = "passed",
    [PLUG_STEP_SKIPPED] = "skipped", [PLUG_STEP_FAILED] = "failed",
  };

  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; test != NULL && i < plug_test_get_n_steps (test); i++) {
    const PlugStep *step = plug_test_get_step (test, i);

    json_builder_begin_object (builder);
    plug_cli_add_string (builder, "step", kinds[step->kind]);
    plug_cli_add_string (builder, "state", states[step->state]);
    json_builder_set_member_name (builder, "elapsed_ms");
    json_builder_add_int_value (builder, step->elapsed_ms);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_verdict (JsonBuilder *builder,
             const Job *job)
{
  const PlugVerdict *verdict = job->verdict;
  g_autofree char *sentence = dup_sentence (job);
  g_autofree char *advice = verdict != NULL ? plug_sentence_for_advice (verdict, plug_connection_test_get_draft (job->test)) : NULL;

  plug_cli_add_string (builder, "outcome", plug_outcome_to_id (verdict != NULL ? verdict->outcome : PLUG_OUTCOME_UNTESTED));
  plug_cli_add_string (builder, "reason", verdict != NULL ? plug_reason_to_id (verdict->reason) : NULL);
  plug_cli_add_string (builder, "message", sentence);
  plug_cli_add_string (builder, "advice", advice);
  plug_cli_add_string (builder, "identity", verdict != NULL ? verdict->identity : NULL);
  plug_cli_add_string (builder, "host", verdict != NULL ? verdict->host : NULL);
  plug_cli_add_string (builder, "origin", verdict != NULL ? verdict->origin : NULL);
  plug_cli_add_string (builder, "redirect_host", verdict != NULL ? verdict->redirect_host : NULL);
  plug_cli_add_string (builder, "issuer", verdict != NULL ? verdict->issuer : NULL);
  plug_cli_add_string (builder, "details", verdict != NULL ? verdict->details : NULL);

  json_builder_set_member_name (builder, "status");
  json_builder_add_int_value (builder, verdict != NULL ? verdict->status : 0);
  json_builder_set_member_name (builder, "retry_after");
  if (verdict != NULL && verdict->retry_after >= 0)
    json_builder_add_int_value (builder, verdict->retry_after);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "blamed");
  json_builder_begin_array (builder);
  for (guint i = 0; verdict != NULL && verdict->blamed[i] != NULL; i++)
    json_builder_add_string_value (builder, verdict->blamed[i]);
  json_builder_end_array (builder);
  add_steps (builder, job->test != NULL ? plug_connection_test_get_test (job->test) : NULL);
}

static void
print_json (Run *run)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < run->jobs->len; i++) {
    Job *job = g_ptr_array_index (run->jobs, i);

    json_builder_begin_object (builder);
    plug_cli_add_string (builder, "name", plug_connection_get_name (job->connection));
    plug_cli_add_string (builder, "provider", plug_connection_get_provider_id (job->connection));
    plug_cli_add_string (builder, "method", plug_connection_get_method_id (job->connection));
    add_verdict (builder, job);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  plug_cli_print_json (builder);
}

static PlugCliStatus
get_job_status (const Job *job)
{
  if (job->error != NULL)
    return plug_cli_status_for_error (job->error);

  switch (job->verdict->outcome) {
  case PLUG_OUTCOME_PASSED:
    return PLUG_CLI_DONE;
  case PLUG_OUTCOME_REFUSED:
  case PLUG_OUTCOME_NOT_PERMITTED:
    return PLUG_CLI_REFUSED;
  case PLUG_OUTCOME_UNTESTED:
  case PLUG_OUTCOME_NOT_REACHABLE:
  case PLUG_OUTCOME_NOT_TESTABLE:
  default:
    return PLUG_CLI_NOT_REACHABLE;
  }
}

/* Of several, the one that most needs somebody to act. */
static PlugCliStatus
get_status (Run *run)
{
  static const PlugCliStatus ranking[] = {
    PLUG_CLI_REFUSED, PLUG_CLI_VAULT, PLUG_CLI_INVALID_DATA, PLUG_CLI_NOT_FOUND, PLUG_CLI_NOT_REACHABLE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranking); i++) {
    for (guint j = 0; j < run->jobs->len; j++) {
      if (get_job_status (g_ptr_array_index (run->jobs, j)) == ranking[i])
        return ranking[i];
    }
  }

  return PLUG_CLI_DONE;
}

static int
run_jobs (Run *run)
{
  guint interrupt_id = g_unix_signal_add (SIGINT, interrupted_cb, run);
  guint terminate_id = g_unix_signal_add (SIGTERM, terminated_cb, run);
  int status;

  /* libcurl beside the keyring's answers, not after them. */
  plug_http_preload ();
  run->loop = g_main_loop_new (NULL, FALSE);
  start_jobs (run);
  if (run->n_running > 0)
    g_main_loop_run (run->loop);
  plug_http_shutdown ();

  if (run->signal_number != 0) {
    plug_cli_complain (_("Cancelled."));
    /* Operations that did not answer still point at their jobs; the process ends here. */
    return 128 + run->signal_number;
  }
  if (run->json)
    print_json (run);
  status = get_status (run);

  g_source_remove (interrupt_id);
  g_source_remove (terminate_id);
  g_main_loop_unref (run->loop);
  g_ptr_array_unref (run->jobs);
  g_clear_error (&run->vault_error);
  g_clear_object (&run->store);

  return status;
}

/* From here on this process holds secrets: no core dump, and no other program of the user may look into it. */
static void
protect_memory (void)
{
  const struct rlimit no_core = { 0, 0 };

  setrlimit (RLIMIT_CORE, &no_core);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}

static gboolean
has_display (void)
{
  const char *x11 = g_getenv ("DISPLAY");
  const char *wayland = g_getenv ("WAYLAND_DISPLAY");

  return (x11 != NULL && *x11 != '\0') || (wayland != NULL && *wayland != '\0');
}

static gboolean
check_usage (gboolean all,
             int timeout_s,
             char **operands)
{
  if (timeout_s < 1 || timeout_s > MAX_TIMEOUT_S) {
    plug_cli_complain (_("--timeout takes 1 to 3600 seconds."));
    return FALSE;
  }
  if (all && operands != NULL) {
    plug_cli_complain (_("Give either a name or --all."));
    return FALSE;
  }

  return all || plug_cli_get_name (operands) != NULL;
}

int
plug_cli_test (int argc,
               char **argv)
{
  gboolean all = FALSE, json = FALSE;
  int timeout_s = DEFAULT_TIMEOUT_S;
  g_auto (GStrv) operands = NULL;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_("Test every connection"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print a JSON array with one object a connection"), NULL },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &timeout_s, N_("Give up on a connection after so many seconds (60)"), N_("SECONDS") },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &operands, NULL, NULL },
    { NULL },
  };
  PlugConnection *connection;
  Run run = { 0 };

  if (!plug_cli_parse ("test", N_("NAME|--all"),
                       N_("Signs in with a connection and reads its account. Nothing is asked for: secrets go nowhere that "
                          "was not approved before."),
                       entries, &argc, &argv)
      || !check_usage (all, timeout_s, operands))
    return PLUG_CLI_USAGE;

  protect_memory ();
  run.store = plug_cli_open_store ();
  run.flags = has_display () ? PLUG_VAULT_MAY_PROMPT : PLUG_VAULT_NONE;
  run.timeout_s = timeout_s;
  run.json = json;
  run.jobs = g_ptr_array_new_with_free_func (job_free);
  for (guint i = 0; all && i < g_list_model_get_n_items (G_LIST_MODEL (run.store)); i++) {
    g_autoptr (PlugConnection) item = g_list_model_get_item (G_LIST_MODEL (run.store), i);

    add_job (&run, item);
  }
  if (!all) {
    connection = plug_cli_find (run.store, operands[0]);
    if (connection == NULL) {
      g_ptr_array_unref (run.jobs);
      g_object_unref (run.store);
      return PLUG_CLI_NOT_FOUND;
    }
    add_job (&run, connection);
  }

  return run_jobs (&run);
}
