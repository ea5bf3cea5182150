/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-worker.h"

#include <signal.h>

#include "plug-error.h"
#include "plug-http-run.h"

/* The HTTP client is one worker thread around one libcurl multi handle; the callers' side hands it commands through a
 * queue. What a single request is to libcurl, plug-http-run.c knows. */

#define DEFAULT_MAX_TOTAL 32
#define DEFAULT_MAX_PER_HOST 6
#define IDLE_POLL_MS 60000

/* CURLMOPT_QUICK_EXIT: the end does not wait for a look-up. Newer than the baseline, where CURLOPT_QUICK_EXIT says it all and
 * this is an unknown option. */
#define MULTI_QUICK_EXIT ((CURLMoption) (CURLOPTTYPE_LONG + 21))

typedef enum {
  COMMAND_START,
  COMMAND_CANCEL,
  COMMAND_CLOSE_SESSION,
  COMMAND_QUIT,
} CommandKind;

typedef struct {
  CommandKind kind;
  PlugHttpTransfer *transfer;
  guint64 session;
} Command;

static struct {
  GMutex lock;
  GThread *thread;
  GThread *preloader; /* (nullable) */
  CURLM *multi;
  GQueue commands;
  guint64 last_session;
  guint max_total;
  guint max_per_host;
} worker = { .max_total = DEFAULT_MAX_TOTAL, .max_per_host = DEFAULT_MAX_PER_HOST };

/* What only the worker thread touches. */
typedef struct {
  GQueue waiting;      /* of PlugHttpTransfer */
  GPtrArray *running;  /* of PlugHttpTransfer */
  GHashTable *shares;  /* session → CURLSH */
} Loop;

static gpointer
preload_thread (gpointer data)
{
  plug_curl_load ();

  return NULL;
}

static CURLSH *
get_share (Loop *loop,
           guint64 session)
{
  CURLSH *share = g_hash_table_lookup (loop->shares, &session);

  if (share == NULL) {
    share = plug_curl.share_init ();
    plug_curl.share_setopt (share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    plug_curl.share_setopt (share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    g_hash_table_insert (loop->shares, g_memdup2 (&session, sizeof session), share);
  }
  return share;
}

/* All proxies of a request share its time. */
static guint
get_left_ms (PlugHttpTransfer *self)
{
  gint64 left_ms = self->request->total_ms - (g_get_monotonic_time () - self->start_us) / 1000;

  return (guint) MAX (left_ms, 0);
}

static void
start_run (Loop *loop,
           PlugHttpTransfer *self)
{
  self->run = plug_http_run_new (self->request, self->proxies->pdata[self->proxy], get_left_ms (self), worker.multi,
                                 get_share (loop, self->session), self);
}

static void
start_transfer (Loop *loop,
                PlugHttpTransfer *self)
{
  g_ptr_array_add (loop->running, self);
  self->start_us = g_get_monotonic_time ();
  start_run (loop, self);
}

/* Ends a transfer that runs; the reference of the running list goes with it. */
static void
end_transfer (Loop *loop,
              PlugHttpTransfer *self)
{
  g_clear_pointer (&self->run, plug_http_run_free);
  g_ptr_array_remove_fast (loop->running, self);
  plug_http_transfer_unref (self);
}

/* FALSE when there is none, or no time left for it. */
static gboolean
try_next_proxy (Loop *loop,
                PlugHttpTransfer *self,
                CURLcode code)
{
  PlugHttpFault fault = plug_http_run_get_fault (self->run, code);

  if (code == CURLE_OK || self->proxy + 1 >= self->proxies->len || g_atomic_int_get (&self->answered) != 0
      || get_left_ms (self) == 0 || !plug_http_fault_asks_for_next_proxy (&fault))
    return FALSE;
  g_clear_pointer (&self->run, plug_http_run_free);
  self->proxy++;
  start_run (loop, self);

  return TRUE;
}

static void
answer (PlugHttpTransfer *self,
        CURLcode code)
{
  g_autoptr (GTask) task = plug_http_transfer_claim (self);
  PlugHttpFault fault;

  if (task == NULL)
    return;
  if (code == CURLE_OK) {
    g_task_return_pointer (task, plug_http_run_dup_response (self->run), (GDestroyNotify) plug_http_response_unref);
    return;
  }
  fault = plug_http_run_get_fault (self->run, code);
  g_task_return_new_error (task, PLUG_ERROR, (int) plug_http_fault_to_error (&fault), "%s%s%s",
                           *fault.proxy != '\0' ? fault.proxy : "", *fault.proxy != '\0' ? ": " : "", fault.message);
}

static guint
count_running (Loop *loop,
               const char *host)
{
  guint count = 0;

  for (guint i = 0; i < loop->running->len; i++)
    if (g_str_equal (((PlugHttpTransfer *) loop->running->pdata[i])->host, host))
      count++;
  return count;
}

static void
start_waiting (Loop *loop)
{
  guint max_total, max_per_host;

  g_mutex_lock (&worker.lock);
  max_total = worker.max_total;
  max_per_host = worker.max_per_host;
  g_mutex_unlock (&worker.lock);

  for (GList *link = loop->waiting.head; link != NULL && loop->running->len < max_total;) {
    GList *next = link->next;
    PlugHttpTransfer *transfer = link->data;

    if (g_atomic_int_get (&transfer->answered) != 0) {
      g_queue_delete_link (&loop->waiting, link);
      plug_http_transfer_unref (transfer);
    } else if (count_running (loop, transfer->host) < max_per_host) {
      g_queue_delete_link (&loop->waiting, link);
      start_transfer (loop, transfer);
    }
    link = next;
  }
}

static void
cancel_transfer (Loop *loop,
                 PlugHttpTransfer *transfer)
{
  if (transfer->run != NULL)
    end_transfer (loop, transfer);
  else if (g_queue_remove (&loop->waiting, transfer))
    plug_http_transfer_unref (transfer);
}

/* FALSE when the worker is to end. */
static gboolean
handle_commands (Loop *loop)
{
  gboolean go_on = TRUE;

  g_mutex_lock (&worker.lock);
  while (!g_queue_is_empty (&worker.commands)) {
    Command *command = g_queue_pop_head (&worker.commands);

    g_mutex_unlock (&worker.lock);
    switch (command->kind) {
    case COMMAND_START:
      g_queue_push_tail (&loop->waiting, plug_http_transfer_ref (command->transfer));
      break;
    case COMMAND_CANCEL:
      cancel_transfer (loop, command->transfer);
      break;
    case COMMAND_CLOSE_SESSION:
      g_hash_table_remove (loop->shares, &command->session);
      break;
    case COMMAND_QUIT:
    default:
      go_on = FALSE;
    }
    g_clear_pointer (&command->transfer, plug_http_transfer_unref);
    g_free (command);
    g_mutex_lock (&worker.lock);
  }
  g_mutex_unlock (&worker.lock);
  return go_on;
}

static void
collect_results (Loop *loop)
{
  CURLMsg *message;
  CURLcode code;
  int left;

  while ((message = plug_curl.multi_info_read (worker.multi, &left)) != NULL) {
    PlugHttpTransfer *transfer = NULL;

    if (message->msg != CURLMSG_DONE)
      continue;
    plug_curl.easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &transfer);
    code = message->data.result;
    if (try_next_proxy (loop, transfer, code))
      continue;
    answer (transfer, code);
    end_transfer (loop, transfer);
  }
}

static void
abandon (PlugHttpTransfer *transfer)
{
  g_autoptr (GTask) task = plug_http_transfer_claim (transfer);

  if (task != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the program ends");
}

static void
free_share (gpointer share)
{
  plug_curl.share_cleanup (share);
}

static gpointer
worker_thread (gpointer data)
{
  Loop loop = { .waiting = G_QUEUE_INIT };
  int running;

  loop.running = g_ptr_array_new ();
  loop.shares = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_share);
  while (handle_commands (&loop)) {
    guint n_running;

    start_waiting (&loop);
    n_running = loop.running->len;
    plug_curl.multi_perform (worker.multi, &running);
    collect_results (&loop);
    /* What ended leaves room for what waits. */
    if (g_queue_is_empty (&loop.waiting) || loop.running->len == n_running)
      plug_curl.multi_poll (worker.multi, NULL, 0, IDLE_POLL_MS, NULL);
  }

  while (loop.running->len > 0) {
    abandon (loop.running->pdata[0]);
    end_transfer (&loop, loop.running->pdata[0]);
  }
  for (PlugHttpTransfer *transfer; (transfer = g_queue_pop_head (&loop.waiting)) != NULL;) {
    abandon (transfer);
    plug_http_transfer_unref (transfer);
  }
  g_ptr_array_unref (loop.running);
  g_hash_table_unref (loop.shares);
  return NULL;
}

/* FALSE when libcurl cannot be had. @transfer may be NULL. */
static gboolean
send_command (CommandKind kind,
              PlugHttpTransfer *transfer,
              guint64 session)
{
  Command *command;

  g_mutex_lock (&worker.lock);
  if (worker.thread == NULL) {
    if (kind != COMMAND_START || !plug_curl_load ()) {
      g_mutex_unlock (&worker.lock);
      return kind != COMMAND_START;
    }
    /* OpenSSL writes to sockets that the peer has closed. */
    signal (SIGPIPE, SIG_IGN);
    worker.multi = plug_curl.multi_init ();
    plug_curl.multi_setopt (worker.multi, MULTI_QUICK_EXIT, 1L);
    worker.thread = g_thread_new ("plug-http", worker_thread, NULL);
  }
  command = g_new0 (Command, 1);
  command->kind = kind;
  command->transfer = transfer == NULL ? NULL : plug_http_transfer_ref (transfer);
  command->session = session;
  g_queue_push_tail (&worker.commands, command);
  plug_curl.multi_wakeup (worker.multi);
  g_mutex_unlock (&worker.lock);
  return TRUE;
}

gboolean
plug_http_worker_start (PlugHttpTransfer *transfer)
{
  return send_command (COMMAND_START, transfer, 0);
}

void
plug_http_worker_cancel (PlugHttpTransfer *transfer)
{
  send_command (COMMAND_CANCEL, transfer, 0);
}

guint64
plug_http_worker_open_session (void)
{
  guint64 session;

  g_mutex_lock (&worker.lock);
  session = ++worker.last_session;
  g_mutex_unlock (&worker.lock);

  return session;
}

void
plug_http_worker_close_session (guint64 session)
{
  send_command (COMMAND_CLOSE_SESSION, NULL, session);
}

void
plug_http_set_limits (guint max_total,
                      guint max_per_host)
{
  g_mutex_lock (&worker.lock);
  if (max_total != 0)
    worker.max_total = max_total;
  if (max_per_host != 0)
    worker.max_per_host = max_per_host;
  g_mutex_unlock (&worker.lock);
}

void
plug_http_shutdown (void)
{
  GThread *thread, *preloader;

  send_command (COMMAND_QUIT, NULL, 0);
  g_mutex_lock (&worker.lock);
  thread = g_steal_pointer (&worker.thread);
  preloader = g_steal_pointer (&worker.preloader);
  g_mutex_unlock (&worker.lock);

  /* A process that ends while another thread still sets up OpenSSL crashes. */
  if (preloader != NULL)
    g_thread_join (preloader);
  if (thread != NULL) {
    g_thread_join (thread);
    plug_curl.multi_cleanup (g_steal_pointer (&worker.multi));
  }
}

void
plug_http_preload (void)
{
  g_mutex_lock (&worker.lock);
  if (worker.preloader == NULL)
    worker.preloader = g_thread_new ("plug-http-preload", preload_thread, NULL);
  g_mutex_unlock (&worker.lock);
}
