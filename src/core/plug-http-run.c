/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-run.h"

#include <string.h>

#include "plug-http-url.h"
#include "plug-text.h"

#define LOW_SPEED_BYTES 10L
#define LOW_SPEED_SECONDS 10L

struct _PlugHttpRun {
  PlugHttpRequest *request;   /* borrowed */
  const PlugHttpProxy *proxy; /* borrowed */
  CURLM *multi;
  CURL *easy;
  struct curl_slist *headers;
  PlugHttpResponse *response;
  gboolean too_many_headers;
  gboolean any_byte;
  gboolean is_through; /* to the service, whatever lies between */
  char message[CURL_ERROR_SIZE];
};

static size_t
header_cb (char *data,
           size_t size,
           size_t n_items,
           void *user_data)
{
  PlugHttpRun *self = user_data;

  self->any_byte = TRUE;
  if (plug_http_response_append_header (self->response, data, size * n_items))
    return size * n_items;
  self->too_many_headers = TRUE;
  return 0;
}

static size_t
write_cb (char *data,
          size_t size,
          size_t n_items,
          void *user_data)
{
  PlugHttpRun *self = user_data;

  self->any_byte = TRUE;
  if (plug_http_response_append_body (self->response, data, size * n_items, self->request->max_body))
    return size * n_items;
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
  PlugHttpRun *self = user_data;

  self->is_through = TRUE;

  return CURL_PREREQFUNC_OK;
}

static void
set_request (PlugHttpRun *self)
{
  PlugHttpRequest *request = self->request;
  gboolean is_post = g_str_equal (request->method, "POST");
  /* libcurl signs for AWS what stands in its list of headers, even a header that the list only takes away. */
  gboolean takes_away = request->aws_provider == NULL;

  plug_curl.easy_setopt (self->easy, CURLOPT_URL, request->url);
  if (request->body != NULL) {
    plug_curl.easy_setopt (self->easy, CURLOPT_POST, 1L);
    plug_curl.easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) request->body_length);
    plug_curl.easy_setopt (self->easy, CURLOPT_POSTFIELDS, request->body);
  } else if (is_post) {
    /* Without a body there is still a length, which some servers insist on. */
    plug_curl.easy_setopt (self->easy, CURLOPT_POST, 1L);
    plug_curl.easy_setopt (self->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) 0);
    plug_curl.easy_setopt (self->easy, CURLOPT_POSTFIELDS, "");
    if (takes_away)
      self->headers = plug_curl.slist_append (self->headers, "Content-Type:");
  }
  if (g_str_equal (request->method, "HEAD"))
    plug_curl.easy_setopt (self->easy, CURLOPT_NOBODY, 1L);
  else if (!g_str_equal (request->method, request->body != NULL || is_post ? "POST" : "GET"))
    plug_curl.easy_setopt (self->easy, CURLOPT_CUSTOMREQUEST, request->method);

  for (guint i = 0; i < request->headers->len; i++) {
    const PlugHttpHeader *header = request->headers->pdata[i];
    /* libcurl takes a header without value only with a semicolon in place of the colon. */
    g_autoptr (PlugSecretString) line = *header->value == '\0' ? g_strconcat (header->name, ";", NULL)
                                                               : g_strconcat (header->name, ": ", header->value, NULL);

    /* Not printf(): glibc formats into a buffer of its own, and does not wipe it. */
    self->headers = plug_curl.slist_append (self->headers, line);
  }
  /* libcurl's own wish for "100 Continue" costs a second with servers that do not know it. */
  if (takes_away)
    self->headers = plug_curl.slist_append (self->headers, "Expect:");
  plug_curl.easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
  plug_curl.easy_setopt (self->easy, CURLOPT_HEADEROPT, (long) CURLHEADER_SEPARATE);
}

/* What every request has, whatever it asks for. */
static void
set_safety (PlugHttpRun *self)
{
  PlugHttpRequest *request = self->request;
  gboolean plain = g_str_has_prefix (request->url, "http://");
  CURL *easy = self->easy;

  plug_curl.easy_setopt (easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
  plug_curl.easy_setopt (easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  plug_curl.easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  plug_curl.easy_setopt (easy, CURLOPT_MAXREDIRS, 0L);
  plug_curl.easy_setopt (easy, CURLOPT_UNRESTRICTED_AUTH, 0L);
  plug_curl.easy_setopt (easy, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
  plug_curl.easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  plug_curl.easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  plug_curl.easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  plug_curl.easy_setopt (easy, CURLOPT_HTTP09_ALLOWED, 0L);
  plug_curl.easy_setopt (easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_2TLS);
  plug_curl.easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  plug_curl.easy_setopt (easy, CURLOPT_QUICK_EXIT, 1L);
  plug_curl.easy_setopt (easy, CURLOPT_USERAGENT, "Plugboard/" PLUG_VERSION);
  if (request->authorities != NULL) {
    struct curl_blob blob = { .flags = CURL_BLOB_COPY };
    gsize size;

    blob.data = (void *) g_bytes_get_data (request->authorities, &size);
    blob.len = size;
    plug_curl.easy_setopt (easy, CURLOPT_CAINFO_BLOB, &blob);
    plug_curl.easy_setopt (easy, CURLOPT_CAPATH, NULL);
  }
}

/* A proxy sees the host's name and port, and nothing else: all that a service gets goes through a tunnel. */
static void
set_proxy (PlugHttpRun *self)
{
  const PlugHttpProxy *proxy = self->proxy;
  CURL *easy = self->easy;

  plug_curl.easy_setopt (easy, CURLOPT_PROXY, proxy->url);
  plug_curl.easy_setopt (easy, CURLOPT_NOPROXY, "");
  plug_curl.easy_setopt (easy, CURLOPT_HTTPPROXYTUNNEL, *proxy->url != '\0' ? 1L : 0L);
  plug_curl.easy_setopt (easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  plug_curl.easy_setopt (easy, CURLOPT_PROXY_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (proxy->user != NULL) {
    plug_curl.easy_setopt (easy, CURLOPT_PROXYAUTH, (long) CURLAUTH_BASIC);
    plug_curl.easy_setopt (easy, CURLOPT_PROXYUSERNAME, proxy->user);
    plug_curl.easy_setopt (easy, CURLOPT_PROXYPASSWORD, proxy->password != NULL ? proxy->password : "");
  }
}

/* Of a secret, libcurl takes a copy of its own, which its allocator wipes. */
static void
set_pem (CURL *easy,
         CURLoption option,
         const char *pem)
{
  struct curl_blob blob = { .data = (void *) pem, .len = strlen (pem), .flags = CURL_BLOB_COPY };

  plug_curl.easy_setopt (easy, option, &blob);
}

/* The ways of signing in that are libcurl's own. */
static void
set_credentials (PlugHttpRun *self)
{
  PlugHttpRequest *request = self->request;
  CURL *easy = self->easy;

  if (request->certificate != NULL) {
    set_pem (easy, CURLOPT_SSLCERT_BLOB, request->certificate);
    set_pem (easy, CURLOPT_SSLKEY_BLOB, request->private_key);
    plug_curl.easy_setopt (easy, CURLOPT_SSLCERTTYPE, "PEM");
    plug_curl.easy_setopt (easy, CURLOPT_SSLKEYTYPE, "PEM");
    /* OpenSSL would ask on the terminal. */
    plug_curl.easy_setopt (easy, CURLOPT_KEYPASSWD, "");
  }
  if (request->aws_provider != NULL) {
    plug_curl.easy_setopt (easy, CURLOPT_AWS_SIGV4, request->aws_provider);
    plug_curl.easy_setopt (easy, CURLOPT_USERNAME, request->aws_key);
    plug_curl.easy_setopt (easy, CURLOPT_PASSWORD, request->aws_secret);
  }
}

static void
set_limits (PlugHttpRun *self,
            guint left_ms)
{
  PlugHttpRequest *request = self->request;
  CURL *easy = self->easy;

  plug_curl.easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) request->connect_ms);
  /* 0 would be none at all. */
  plug_curl.easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) MAX (left_ms, 1));
  plug_curl.easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, LOW_SPEED_BYTES);
  plug_curl.easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, LOW_SPEED_SECONDS);
  plug_curl.easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) request->max_body);
}

PlugHttpRun *
plug_http_run_new (PlugHttpRequest *request,
                   const PlugHttpProxy *proxy,
                   guint left_ms,
                   CURLM *multi,
                   CURLSH *share,
                   gpointer owner)
{
  PlugHttpRun *self = g_new0 (PlugHttpRun, 1);

  self->request = request;
  self->proxy = proxy;
  self->multi = multi;
  self->easy = plug_curl.easy_init ();
  self->response = plug_http_response_new ();
  set_request (self);
  set_safety (self);
  set_proxy (self);
  set_credentials (self);
  set_limits (self, left_ms);
  plug_curl.easy_setopt (self->easy, CURLOPT_SHARE, share);
  plug_curl.easy_setopt (self->easy, CURLOPT_PREREQFUNCTION, through_cb);
  plug_curl.easy_setopt (self->easy, CURLOPT_PREREQDATA, self);
  plug_curl.easy_setopt (self->easy, CURLOPT_HEADERFUNCTION, header_cb);
  plug_curl.easy_setopt (self->easy, CURLOPT_HEADERDATA, self);
  plug_curl.easy_setopt (self->easy, CURLOPT_WRITEFUNCTION, write_cb);
  plug_curl.easy_setopt (self->easy, CURLOPT_WRITEDATA, self);
  plug_curl.easy_setopt (self->easy, CURLOPT_ERRORBUFFER, self->message);
  plug_curl.easy_setopt (self->easy, CURLOPT_PRIVATE, owner);
  plug_curl.multi_add_handle (multi, self->easy);

  return self;
}

void
plug_http_run_free (PlugHttpRun *self)
{
  plug_curl.multi_remove_handle (self->multi, self->easy);
  plug_curl.easy_cleanup (self->easy);
  plug_curl.slist_free_all (self->headers);
  plug_http_response_unref (self->response);
  g_free (self);
}

PlugHttpResponse *
plug_http_run_dup_response (PlugHttpRun *self)
{
  char *redirect = NULL;
  curl_off_t elapsed_us = 0;
  long status = 0;

  plug_curl.easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  plug_curl.easy_getinfo (self->easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
  plug_curl.easy_getinfo (self->easy, CURLINFO_REDIRECT_URL, &redirect);
  self->response->status = (guint) status;
  self->response->elapsed_ms = (guint) (elapsed_us / 1000);
  if (redirect != NULL && status >= 300 && status < 400) {
    PlugHttpUrlParts parts = { NULL };

    if (plug_http_split_url (redirect, &parts))
      self->response->redirect_host = g_steal_pointer (&parts.host);
    plug_http_url_parts_clear (&parts);
  }

  return plug_http_response_ref (self->response);
}

PlugHttpFault
plug_http_run_get_fault (PlugHttpRun *self,
                         CURLcode code)
{
  PlugHttpFault fault = {
    .code = (int) code,
    .message = *self->message != '\0' ? self->message : plug_curl.easy_strerror (code),
    .proxy = self->proxy->url,
    .is_through = self->is_through,
    .any_byte = self->any_byte,
    .too_many_headers = self->too_many_headers,
    .has_certificate = self->request->certificate != NULL,
  };

  plug_curl.easy_getinfo (self->easy, CURLINFO_SSL_VERIFYRESULT, &fault.verify_result);
  plug_curl.easy_getinfo (self->easy, CURLINFO_HTTP_CONNECTCODE, &fault.connect_status);
  plug_curl.easy_getinfo (self->easy, CURLINFO_PROXY_ERROR, &fault.proxy_error);

  return fault;
}
