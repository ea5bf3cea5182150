/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* explicit_bzero(), malloc_usable_size() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-worker.h"

#include <dlfcn.h>
#include <malloc.h>
#include <signal.h>
#include <string.h>

#include <curl/curl.h>

#include "plug-error.h"
#include "plug-http-fault.h"
#include "plug-text.h"

/* The HTTP client is one worker thread around one libcurl multi handle; the callers' side hands it commands through a
 * queue. This is the only file that calls libcurl, which is loaded when it is first needed: linking it costs every start
 * 6 MiB. */

#define DEFAULT_MAX_TOTAL 32
#define DEFAULT_MAX_PER_HOST 6
#define IDLE_POLL_MS 60000
#define LOW_SPEED_BYTES 10L
#define LOW_SPEED_SECONDS 10L

/* CURLMOPT_QUICK_EXIT: the end does not wait for a look-up. Newer than the baseline, where CURLOPT_QUICK_EXIT says it all and
 * this is an unknown option. */
#define MULTI_QUICK_EXIT ((CURLMoption) (CURLOPTTYPE_LONG + 21))

#define CURL_FUNCTIONS(X)                                                                                              \
  X (curl_global_init_mem) X (curl_easy_init) X (curl_easy_setopt) X (curl_easy_getinfo) X (curl_easy_cleanup)         \
  X (curl_easy_strerror) X (curl_multi_init) X (curl_multi_add_handle) X (curl_multi_remove_handle)                    \
  X (curl_multi_perform) X (curl_multi_poll) X (curl_multi_wakeup) X (curl_multi_info_read) X (curl_multi_setopt)      \
  X (curl_multi_cleanup) X (curl_share_init) X (curl_share_setopt) X (curl_share_cleanup) X (curl_slist_append)        \
  X (curl_slist_free_all) X (curl_url) X (curl_url_set) X (curl_url_get) X (curl_url_cleanup) X (curl_free)

/* The functions of libcurl that are used, found by name: lib.curl_easy_init () is curl_easy_init(). The type-checking
 * macros of curl.h are of no use behind a pointer. */
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt
#undef curl_share_setopt
#define CURL_MEMBER(function) __typeof__ (&function) function;
static struct {
  CURL_FUNCTIONS (CURL_MEMBER)
} lib;

/* What a transfer needs while it runs; only the worker thread touches it. */
struct _PlugHttpRun {
  CURL *easy;
  gint64 start_us;
  struct curl_slist *headers;
  PlugHttpResponse *response;
  gboolean too_large;
  gboolean too_many_headers;
  gboolean any_byte;
  gboolean is_through; /* to the service, whatever lies between */
  char message[CURL_ERROR_SIZE];
};

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

/* libcurl's memory is wiped when it is freed, so that no copy of a token outlives its use. */
static void
wiping_free (void *memory)
{
  if (memory == NULL)
    return;
  explicit_bzero (memory, malloc_usable_size (memory));
  free (memory);
}

static void *
wiping_realloc (void *memory,
                size_t size)
{
  void *grown = malloc (size);

  if (grown == NULL || memory == NULL)
    return grown;
  memcpy (grown, memory, MIN (size, malloc_usable_size (memory)));
  wiping_free (memory);
  return grown;
}

static gboolean
load_library (void)
{
  static gsize once = 0;
  static gboolean loaded = FALSE;

  if (g_once_init_enter (&once)) {
    void *handle = dlopen ("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);

    loaded = handle != NULL;
#define CURL_LOAD(function) loaded = loaded && (lib.function = (__typeof__ (lib.function)) dlsym (handle, #function)) != NULL;
    CURL_FUNCTIONS (CURL_LOAD)
    if (loaded)
      loaded = lib.curl_global_init_mem (CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc, strdup, calloc) == CURLE_OK;
    g_once_init_leave (&once, 1);
  }
  return loaded;
}

static gpointer
preload_thread (gpointer data)
{
  load_library ();

  return NULL;
}

static size_t
header_cb (char *data,
           size_t size,
           size_t n_items,
           void *user_data)
{
  PlugHttpTransfer *self = user_data;
  PlugHttpRun *run = self->run;

  run->any_byte = TRUE;
  if (plug_http_response_append_header (run->response, data, size * n_items))
    return size * n_items;
  run->too_many_headers = TRUE;
  return 0;
}

static size_t
write_cb (char *data,
          size_t size,
          size_t n_items,
          void *user_data)
{
  PlugHttpTransfer *self = user_data;
  PlugHttpRun *run = self->run;

  run->any_byte = TRUE;
  if (plug_http_response_append_body (run->response, data, size * n_items, self->request->max_body))
    return size * n_items;
  run->too_large = TRUE;
  return 0;
}

/* Called when the way to the service is open, just before the request. */
static int
through_cb (void *user_data,
            char *primary_ip,
            char *local_ip,
            int primary_port,
            int local_port)
{
  PlugHttpTransfer *self = user_data;

  self->run->is_through = TRUE;

  return CURL_PREREQFUNC_OK;
}

static CURLSH *
get_share (Loop *loop,
           guint64 session)
{
  CURLSH *share = g_hash_table_lookup (loop->shares, &session);

  if (share == NULL) {
    share = lib.curl_share_init ();
    lib.curl_share_setopt (share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    lib.curl_share_setopt (share, CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
    g_hash_table_insert (loop->shares, g_memdup2 (&session, sizeof session), share);
  }
  return share;
}

static void
set_request (PlugHttpTransfer *self)
{
  PlugHttpRun *run = self->run;
  PlugHttpRequest *request = self->request;
  gboolean is_post = g_str_equal (request->method, "POST");
  /* libcurl signs for AWS what stands in its list of headers, even a header that the list only takes away. */
  gboolean takes_away = request->aws_provider == NULL;

  lib.curl_easy_setopt (run->easy, CURLOPT_URL, request->url);
  if (request->body != NULL) {
    lib.curl_easy_setopt (run->easy, CURLOPT_POST, 1L);
    lib.curl_easy_setopt (run->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) request->body_length);
    lib.curl_easy_setopt (run->easy, CURLOPT_POSTFIELDS, request->body);
  } else if (is_post) {
    /* Without a body there is still a length, which some servers insist on. */
    lib.curl_easy_setopt (run->easy, CURLOPT_POST, 1L);
    lib.curl_easy_setopt (run->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) 0);
    lib.curl_easy_setopt (run->easy, CURLOPT_POSTFIELDS, "");
    if (takes_away)
      run->headers = lib.curl_slist_append (run->headers, "Content-Type:");
  }
  if (g_str_equal (request->method, "HEAD"))
    lib.curl_easy_setopt (run->easy, CURLOPT_NOBODY, 1L);
  else if (!g_str_equal (request->method, request->body != NULL || is_post ? "POST" : "GET"))
    lib.curl_easy_setopt (run->easy, CURLOPT_CUSTOMREQUEST, request->method);

  for (guint i = 0; i < request->headers->len; i++) {
    const PlugHttpHeader *header = request->headers->pdata[i];
    /* libcurl takes a header without value only with a semicolon in place of the colon. */
    g_autoptr (PlugSecretString) line = *header->value == '\0' ? g_strconcat (header->name, ";", NULL)
                                                               : g_strconcat (header->name, ": ", header->value, NULL);

    /* Not printf(): glibc formats into a buffer of its own, and does not wipe it. */
    run->headers = lib.curl_slist_append (run->headers, line);
  }
  /* libcurl's own wish for "100 Continue" costs a second with servers that do not know it. */
  if (takes_away)
    run->headers = lib.curl_slist_append (run->headers, "Expect:");
  lib.curl_easy_setopt (run->easy, CURLOPT_HTTPHEADER, run->headers);
  lib.curl_easy_setopt (run->easy, CURLOPT_HEADEROPT, (long) CURLHEADER_SEPARATE);
}

/* What every request has, whatever it asks for. */
static void
set_safety (PlugHttpTransfer *self)
{
  PlugHttpRequest *request = self->request;
  gboolean plain = g_str_has_prefix (request->url, "http://");
  CURL *easy = self->run->easy;

  lib.curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  lib.curl_easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  lib.curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  lib.curl_easy_setopt (easy, CURLOPT_MAXREDIRS, 0L);
  lib.curl_easy_setopt (easy, CURLOPT_UNRESTRICTED_AUTH, 0L);
  lib.curl_easy_setopt (easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  lib.curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  lib.curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  lib.curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  lib.curl_easy_setopt (easy, CURLOPT_HTTP09_ALLOWED, 0L);
  lib.curl_easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_2TLS);
  lib.curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  lib.curl_easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  lib.curl_easy_setopt (easy, CURLOPT_USERAGENT, "Plugboard/" PLUG_VERSION);
  if (request->authorities != NULL) {
    struct curl_blob blob = { .flags = CURL_BLOB_COPY };
    gsize size;

    blob.data = (void *) g_bytes_get_data (request->authorities, &size);
    blob.len = size;
    lib.curl_easy_setopt (easy, CURLOPT_CAINFO_BLOB, &blob);
    lib.curl_easy_setopt (easy, CURLOPT_CAPATH, NULL);
  }
}

/* A proxy sees the host's name and port, and nothing else: all that a service gets goes through a tunnel. */
static void
set_proxy (PlugHttpTransfer *self)
{
  const PlugHttpProxy *proxy = self->proxies->pdata[self->proxy];
  CURL *easy = self->run->easy;

  lib.curl_easy_setopt (easy, CURLOPT_PROXY, proxy->url);
  lib.curl_easy_setopt (easy, CURLOPT_NOPROXY, "");
  lib.curl_easy_setopt (easy, CURLOPT_HTTPPROXYTUNNEL, *proxy->url != '\0' ? 1L : 0L);
  lib.curl_easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  lib.curl_easy_setopt (easy, CURLOPT_PROXY_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (proxy->user != NULL) {
    lib.curl_easy_setopt (easy, CURLOPT_PROXYAUTH, (long) CURLAUTH_BASIC);
    lib.curl_easy_setopt (easy, CURLOPT_PROXYUSERNAME, proxy->user);
    lib.curl_easy_setopt (easy, CURLOPT_PROXYPASSWORD, proxy->password != NULL ? proxy->password : "");
  }
}

/* Of a secret, libcurl takes a copy of its own, which its allocator wipes. */
static void
set_pem (CURL *easy,
         CURLoption option,
         const char *pem)
{
  struct curl_blob blob = { .data = (void *) pem, .len = strlen (pem), .flags = CURL_BLOB_COPY };

  lib.curl_easy_setopt (easy, option, &blob);
}

/* The ways of signing in that are libcurl's own. */
static void
set_credentials (PlugHttpTransfer *self)
{
  PlugHttpRequest *request = self->request;
  CURL *easy = self->run->easy;

  if (request->certificate != NULL) {
    set_pem (easy, CURLOPT_SSLCERT_BLOB, request->certificate);
    set_pem (easy, CURLOPT_SSLKEY_BLOB, request->private_key);
    lib.curl_easy_setopt (easy, CURLOPT_SSLCERTTYPE, "PEM");
    lib.curl_easy_setopt (easy, CURLOPT_SSLKEYTYPE, "PEM");
    /* OpenSSL would ask on the terminal. */
    lib.curl_easy_setopt (easy, CURLOPT_KEYPASSWD, "");
  }
  if (request->aws_provider != NULL) {
    lib.curl_easy_setopt (easy, CURLOPT_AWS_SIGV4, request->aws_provider);
    lib.curl_easy_setopt (easy, CURLOPT_USERNAME, request->aws_key);
    lib.curl_easy_setopt (easy, CURLOPT_PASSWORD, request->aws_secret);
  }
}

/* All proxies of a request share its time. */
static guint
get_left_ms (PlugHttpTransfer *self,
             gint64 start_us)
{
  gint64 left_ms = self->request->total_ms - (g_get_monotonic_time () - start_us) / 1000;

  return (guint) MAX (left_ms, 0);
}

static void
set_limits (PlugHttpTransfer *self)
{
  PlugHttpRequest *request = self->request;
  CURL *easy = self->run->easy;

  lib.curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) request->connect_ms);
  /* 0 would be none at all. */
  lib.curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) MAX (get_left_ms (self, self->run->start_us), 1));
  lib.curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_BYTES);
  lib.curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_SECONDS);
  lib.curl_easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) request->max_body);
}

static void
start_run (Loop *loop,
           PlugHttpTransfer *self,
           gint64 start_us)
{
  PlugHttpRun *run = g_new0 (PlugHttpRun, 1);

  self->run = run;
  run->start_us = start_us;
  run->easy = lib.curl_easy_init ();
  run->response = plug_http_response_new ();
  set_request (self);
  set_safety (self);
  set_proxy (self);
  set_credentials (self);
  set_limits (self);
  lib.curl_easy_setopt (run->easy, CURLOPT_SHARE, get_share (loop, self->session));
  lib.curl_easy_setopt (run->easy, CURLOPT_PREREQFUNCTION, through_cb);
  lib.curl_easy_setopt (run->easy, CURLOPT_PREREQDATA, self);
  lib.curl_easy_setopt (run->easy, CURLOPT_HEADERFUNCTION, header_cb);
  lib.curl_easy_setopt (run->easy, CURLOPT_HEADERDATA, self);
  lib.curl_easy_setopt (run->easy, CURLOPT_WRITEFUNCTION, write_cb);
  lib.curl_easy_setopt (run->easy, CURLOPT_WRITEDATA, self);
  lib.curl_easy_setopt (run->easy, CURLOPT_ERRORBUFFER, run->message);
  lib.curl_easy_setopt (run->easy, CURLOPT_PRIVATE, self);
  lib.curl_multi_add_handle (worker.multi, run->easy);
}

static void
end_run (PlugHttpTransfer *self)
{
  PlugHttpRun *run = g_steal_pointer (&self->run);

  lib.curl_multi_remove_handle (worker.multi, run->easy);
  lib.curl_easy_cleanup (run->easy);
  lib.curl_slist_free_all (run->headers);
  plug_http_response_unref (run->response);
  g_free (run);
}

static void
start_transfer (Loop *loop,
                PlugHttpTransfer *self)
{
  g_ptr_array_add (loop->running, self);
  start_run (loop, self, g_get_monotonic_time ());
}

/* Ends a transfer that runs; the reference of the running list goes with it. */
static void
end_transfer (Loop *loop,
              PlugHttpTransfer *self)
{
  end_run (self);
  g_ptr_array_remove_fast (loop->running, self);
  plug_http_transfer_unref (self);
}

static PlugHttpFault
get_fault (PlugHttpTransfer *self,
           CURLcode code)
{
  const PlugHttpProxy *proxy = self->proxies->pdata[self->proxy];
  PlugHttpRun *run = self->run;
  PlugHttpFault fault = {
    .code = (int) code,
    .message = *run->message != '\0' ? run->message : lib.curl_easy_strerror (code),
    .proxy = proxy->url,
    .is_through = run->is_through,
    .any_byte = run->any_byte,
    .too_many_headers = run->too_many_headers,
    .has_certificate = self->request->certificate != NULL,
  };

  lib.curl_easy_getinfo (run->easy, CURLINFO_SSL_VERIFYRESULT, &fault.verify_result);
  lib.curl_easy_getinfo (run->easy, CURLINFO_HTTP_CONNECTCODE, &fault.connect_status);
  lib.curl_easy_getinfo (run->easy, CURLINFO_PROXY_ERROR, &fault.proxy_error);

  return fault;
}

/* FALSE when there is none, or no time left for it. */
static gboolean
try_next_proxy (Loop *loop,
                PlugHttpTransfer *self,
                CURLcode code)
{
  PlugHttpFault fault = get_fault (self, code);
  gint64 start_us = self->run->start_us;

  if (code == CURLE_OK || self->proxy + 1 >= self->proxies->len || g_atomic_int_get (&self->answered) != 0
      || get_left_ms (self, start_us) == 0 || !plug_http_fault_asks_for_next_proxy (&fault))
    return FALSE;
  end_run (self);
  self->proxy++;
  start_run (loop, self, start_us);

  return TRUE;
}

static void
read_result (PlugHttpTransfer *self)
{
  PlugHttpRun *run = self->run;
  char *redirect = NULL;
  curl_off_t elapsed_us = 0;
  long status = 0;

  lib.curl_easy_getinfo (run->easy, CURLINFO_RESPONSE_CODE, &status);
  lib.curl_easy_getinfo (run->easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
  lib.curl_easy_getinfo (run->easy, CURLINFO_REDIRECT_URL, &redirect);
  run->response->status = (guint) status;
  run->response->elapsed_ms = (guint) (elapsed_us / 1000);
  if (redirect != NULL && status >= 300 && status < 400) {
    PlugHttpUrlParts parts = { NULL };

    if (plug_http_split_url (redirect, &parts))
      run->response->redirect_host = g_steal_pointer (&parts.host);
    plug_http_url_parts_clear (&parts);
  }
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
    read_result (self);
    g_task_return_pointer (task, plug_http_response_ref (self->run->response),
                           (GDestroyNotify) plug_http_response_unref);
    return;
  }
  fault = get_fault (self, code);
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

  while ((message = lib.curl_multi_info_read (worker.multi, &left)) != NULL) {
    PlugHttpTransfer *transfer = NULL;

    if (message->msg != CURLMSG_DONE)
      continue;
    lib.curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &transfer);
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
  lib.curl_share_cleanup (share);
}

static gpointer
worker_thread (gpointer data)
{
  Loop loop = { .waiting = G_QUEUE_INIT };
  int running;

  loop.running = g_ptr_array_new ();
  loop.shares = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_share);
  while (handle_commands (&loop)) {
    start_waiting (&loop);
    lib.curl_multi_perform (worker.multi, &running);
    collect_results (&loop);
    if (!g_queue_is_empty (&loop.waiting) && loop.running->len == 0)
      continue;
    lib.curl_multi_poll (worker.multi, NULL, 0, IDLE_POLL_MS, NULL);
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
    if (kind != COMMAND_START || !load_library ()) {
      g_mutex_unlock (&worker.lock);
      return kind != COMMAND_START;
    }
    /* OpenSSL writes to sockets that the peer has closed. */
    signal (SIGPIPE, SIG_IGN);
    worker.multi = lib.curl_multi_init ();
    lib.curl_multi_setopt (worker.multi, MULTI_QUICK_EXIT, 1L);
    worker.thread = g_thread_new ("plug-http", worker_thread, NULL);
  }
  command = g_new0 (Command, 1);
  command->kind = kind;
  command->transfer = transfer == NULL ? NULL : plug_http_transfer_ref (transfer);
  command->session = session;
  g_queue_push_tail (&worker.commands, command);
  lib.curl_multi_wakeup (worker.multi);
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
    lib.curl_multi_cleanup (g_steal_pointer (&worker.multi));
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

gboolean
plug_http_split_url (const char *text,
                     PlugHttpUrlParts *parts)
{
  CURLU *url;
  gboolean good;

  if (!load_library ())
    return FALSE;
  url = lib.curl_url ();
  good = lib.curl_url_set (url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
  if (good) {
    const struct {
      CURLUPart part;
      char **slot;
      unsigned int flags;
    } wanted[] = {
      { CURLUPART_SCHEME, &parts->scheme, 0 },
      { CURLUPART_USER, &parts->user, 0 },
      { CURLUPART_HOST, &parts->host, 0 },
      { CURLUPART_PORT, &parts->port, CURLU_DEFAULT_PORT },
      { CURLUPART_PATH, &parts->path, 0 },
      { CURLUPART_QUERY, &parts->query, 0 },
      { CURLUPART_FRAGMENT, &parts->fragment, 0 },
    };

    for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
      char *value = NULL;

      if (lib.curl_url_get (url, wanted[i].part, &value, wanted[i].flags) == CURLUE_OK)
        *wanted[i].slot = g_strdup (value);
      lib.curl_free (value);
    }
    /* Not CURLU_PUNYCODE: libcurl's way depends on the locale. */
    if (parts->host != NULL && g_hostname_is_non_ascii (parts->host)) {
      char *ascii = g_hostname_to_ascii (parts->host);

      good = ascii != NULL;
      g_free (parts->host);
      parts->host = ascii;
    }
  }
  lib.curl_url_cleanup (url);
  return good;
}
