/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-test.h"

/* Window and command line test a connection in the same way; this is that way. */
struct _PlugConnectionTest {
  GObject parent_instance;

  PlugStore *store;
  PlugConnection *connection;
  char *revision; /* what is tested, whatever the file says by then */
  PlugDraft *draft;
  PlugTest *test;
};

G_DEFINE_FINAL_TYPE (PlugConnectionTest, plug_connection_test, G_TYPE_OBJECT)

enum {
  OPENED,
  STEP_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static PlugVerdict *
verdict_new_changed_outside (void)
{
  PlugVerdict *verdict = g_new0 (PlugVerdict, 1);

  verdict->outcome = PLUG_OUTCOME_NOT_REACHABLE;
  verdict->reason = PLUG_REASON_CHANGED_OUTSIDE;
  verdict->retry_after = -1;
  verdict->blamed = g_new0 (char *, 1);

  return verdict;
}

static void
return_verdict (GTask *task,
                PlugVerdict *verdict)
{
  PlugConnectionTest *self = g_task_get_source_object (task);

  plug_store_set_outcome (self->store, self->connection, self->revision, verdict->outcome, verdict->reason);
  g_task_return_pointer (task, verdict, (GDestroyNotify) plug_verdict_free);
}

static void
step_changed_cb (PlugConnectionTest *self,
                 guint index)
{
  g_signal_emit (self, signals[STEP_CHANGED], 0, index);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  PlugVerdict *verdict = plug_test_run_finish (PLUG_TEST (source), result, &error);

  if (verdict == NULL)
    g_task_return_error (task, error);
  else
    return_verdict (task, verdict);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlugConnectionTest *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->draft = plug_store_open_finish (PLUG_STORE (source), result, &error);
  g_signal_emit (self, signals[OPENED], 0, error);
  if (self->draft == NULL && g_error_matches (error, PLUG_ERROR, PLUG_ERROR_CHANGED_OUTSIDE))
    self->draft = plug_store_dup_file_draft (self->store, self->connection);
  if (self->draft == NULL) {
    g_task_return_error (task, error);
    return;
  }
  if (error != NULL) {
    g_error_free (error);
    return_verdict (task, verdict_new_changed_outside ());
    return;
  }

  self->test = plug_test_new (self->draft);
  g_signal_connect_object (self->test, "step-changed", G_CALLBACK (step_changed_cb), self, G_CONNECT_SWAPPED);
  plug_test_run_async (self->test, g_task_get_cancellable (task), tested_cb, g_object_ref (task));
}

static void
plug_connection_test_finalize (GObject *object)
{
  PlugConnectionTest *self = PLUG_CONNECTION_TEST (object);

  g_clear_object (&self->store);
  g_clear_object (&self->connection);
  g_clear_object (&self->draft);
  g_clear_object (&self->test);
  g_free (self->revision);

  G_OBJECT_CLASS (plug_connection_test_parent_class)->finalize (object);
}

static void
plug_connection_test_class_init (PlugConnectionTestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plug_connection_test_finalize;

  signals[OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[STEP_CHANGED] = g_signal_new ("step-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
plug_connection_test_init (PlugConnectionTest *self)
{
}

PlugConnectionTest *
plug_connection_test_new (PlugStore *store,
                          PlugConnection *connection)
{
  PlugConnectionTest *self = g_object_new (PLUG_TYPE_CONNECTION_TEST, NULL);

  self->store = g_object_ref (store);
  self->connection = g_object_ref (connection);
  self->revision = g_strdup (plug_connection_get_revision (connection));

  return self;
}

PlugTest *
plug_connection_test_get_test (PlugConnectionTest *self)
{
  return self->test;
}

PlugDraft *
plug_connection_test_get_draft (PlugConnectionTest *self)
{
  return self->draft;
}

void
plug_connection_test_run_async (PlugConnectionTest *self,
                                PlugVaultFlags flags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  const GError *problem = plug_connection_get_problem (self->connection);

  g_task_set_source_tag (task, plug_connection_test_run_async);
  if (problem != NULL)
    g_task_return_error (task, g_error_copy (problem));
  else
    plug_store_open_async (self->store, self->connection, flags, cancellable, opened_cb, g_object_ref (task));
}

PlugVerdict *
plug_connection_test_run_finish (PlugConnectionTest *self,
                                 GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
