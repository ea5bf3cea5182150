/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The system's proxies are followed: with a resolver of this test's own, and proxies on loopback that know every host. */
#include "plug-http-proxy.h"

#include <string.h>

#include "await.h"
#include "certificates.h"
#include "plug-http.h"
#include "plug-issuer.h"
#include "proxy-server.h"

#define SERVICE "https://service.example"
/* No name of a host: nobody is asked for it, and the answer is there at once. */
#define NO_HOST "label-of-more-than-sixty-three-characters-which-no-name-of-a-host-can-have.example"
#define LOOK_UP_FAILS "fail"
#define LOOK_UP_HANGS "hang"

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)

struct _TestResolver {
  GObject parent_instance;
};

/* What the resolver names, and what it was asked. */
static struct {
  GMutex lock;
  char **uris; /* (nullable) */
  GString *asked;
} settings;

static char **
lookup (GProxyResolver *resolver,
        const char *uri,
        GCancellable *cancellable,
        GError **error)
{
  char **uris;

  g_mutex_lock (&settings.lock);
  g_string_append_printf (settings.asked, "%s\n", uri);
  uris = g_strdupv (settings.uris);
  g_mutex_unlock (&settings.lock);
  if (g_strcmp0 (uris[0], LOOK_UP_HANGS) == 0) {
    while (!g_cancellable_is_cancelled (cancellable)) {
      g_usleep (1000);
      g_mutex_lock (&settings.lock);
      if (settings.uris == NULL || g_strcmp0 (settings.uris[0], LOOK_UP_HANGS) != 0) {
        g_mutex_unlock (&settings.lock);
        break;
      }
      g_mutex_unlock (&settings.lock);
    }
    g_clear_pointer (&uris, g_strfreev);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  } else if (g_strcmp0 (uris[0], LOOK_UP_FAILS) == 0) {
    g_clear_pointer (&uris, g_strfreev);
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the script has a mistake");
  }

  return uris;
}

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

/* What GSocketClient calls. */
static void
lookup_async (GProxyResolver *resolver,
              const char *uri,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  char **uris = lookup (resolver, uri, cancellable, &error);

  if (uris != NULL)
    g_task_return_pointer (task, uris, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static char **
lookup_finish (GProxyResolver *resolver,
               GAsyncResult *result,
               GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_init (GProxyResolverInterface *interface)
{
  interface->is_supported = is_supported;
  interface->lookup = lookup;
  interface->lookup_async = lookup_async;
  interface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestResolver, test_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_init))

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

static void
test_resolver_init (TestResolver *self)
{
}

/* Takes the strings. */
static void
set_proxies (char *first,
             char *second,
             char *third)
{
  char *uris[] = { first, second, third, NULL };

  g_mutex_lock (&settings.lock);
  g_strfreev (settings.uris);
  settings.uris = g_strdupv (uris);
  g_string_truncate (settings.asked, 0);
  g_mutex_unlock (&settings.lock);
  g_free (first);
  g_free (second);
  g_free (third);
}

static void
assert_asked (const char *expected)
{
  g_autofree char *asked = NULL;

  g_mutex_lock (&settings.lock);
  asked = g_strdup (settings.asked->str);
  g_mutex_unlock (&settings.lock);
  g_assert_cmpstr (asked, ==, expected);
}

static char *
dup_uri (const char *scheme,
         ProxyServer *proxy)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", scheme, proxy_server_get_port (proxy));
}

/* Where nobody listens. */
static char *
dup_closed (const char *scheme)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, "", NULL);

  return dup_uri (scheme, proxy);
}

typedef struct {
  Authority *authority;
  GBytes *authorities;
  GTlsCertificate *certificate;
} Fixture;

static void
set_up (Fixture *self,
        gconstpointer data)
{
  static const char *const hosts[] = { "service.example", "other.example", NULL };
  g_autofree char *pem = NULL;
  g_autoptr (GError) error = NULL;

  self->authority = authority_new ();
  self->authorities = g_bytes_new (authority_get_pem (self->authority), strlen (authority_get_pem (self->authority)));
  pem = authority_dup_certificate (self->authority, hosts);
  self->certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  plug_http_shutdown ();
  g_object_unref (self->certificate);
  g_bytes_unref (self->authorities);
  authority_free (self->authority);
}

static PlugHttpResponse *
get_for (Fixture *self,
         const char *url,
         guint connect_ms,
         guint total_ms,
         GError **error)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", url);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_true (plug_http_request_add_header (request, "Authorization", "Bearer t0ken", NULL));
  plug_http_request_set_authorities (request, self->authorities);
  plug_http_request_set_timeouts (request, connect_ms, total_ms);
  plug_http_send_async (http, request, NULL, await_cb, &result);
  await (&result);

  return plug_http_send_finish (http, result, error);
}

static PlugHttpResponse *
get (Fixture *self,
     const char *url,
     GError **error)
{
  return get_for (self, url, 1000, 3000, error);
}

static void
assert_passes (Fixture *self,
               const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugHttpResponse) response = get (self, url, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (plug_http_response_get_status (response), ==, 200);
  g_assert_null (plug_http_response_get_header (response, "X-Proxy"));
}

static void
test_uris (Fixture *self,
           gconstpointer data)
{
  static const struct {
    const char *uri;
    const char *url; /* NULL when it cannot be used */
    const char *user;
    const char *password;
  } rows[] = {
    { "direct://", "", NULL, NULL },
    { "http://proxy.example:3128", "http://proxy.example:3128", NULL, NULL },
    { "HTTP://proxy.example:3128/", "http://proxy.example:3128", NULL, NULL },
    { "http://proxy.example", "http://proxy.example:80", NULL, NULL },
    { "https://proxy.example", "https://proxy.example:443", NULL, NULL },
    { "http://[::1]:3128", "http://[::1]:3128", NULL, NULL },
    { "http://me:p%40ss:w@proxy.example:3128", "http://proxy.example:3128", "me", "p@ss:w" },
    { "http://me@proxy.example:3128", "http://proxy.example:3128", "me", NULL },
    { "socks://proxy.example", "socks5h://proxy.example:1080", NULL, NULL },
    { "socks5://proxy.example:9", "socks5h://proxy.example:9", NULL, NULL },
    { "socks4://proxy.example:9", "socks4://proxy.example:9", NULL, NULL },
    { "socks4a://proxy.example:9", "socks4a://proxy.example:9", NULL, NULL },
    { "ftp://proxy.example", NULL, NULL, NULL },
    { "http://", NULL, NULL, NULL },
    { "proxy.example:3128", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *uris[] = { rows[i].uri, NULL };
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) list = plug_http_proxy_list_from_uris (uris, &error);
    const PlugHttpProxy *proxy;

    g_test_message ("%s", rows[i].uri);
    if (rows[i].url == NULL) {
      g_assert_null (list);
      g_assert_error (error, PLUG_ERROR, PLUG_ERROR_PROXY_SETTINGS);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (list->len, ==, 1);
    proxy = list->pdata[0];
    g_assert_cmpstr (proxy->url, ==, rows[i].url);
    g_assert_cmpstr (proxy->user, ==, rows[i].user);
    g_assert_cmpstr (proxy->password, ==, rows[i].password);
  }
}

/* The proxy learns the host; neither it nor the resolver learns what goes there. */
static void
test_tunnel (Fixture *self,
             gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autofree char *log = NULL;
  g_autofree char *inner = NULL;

  set_proxies (g_strdup_printf ("http://me:pa%%20ss@127.0.0.1:%u", proxy_server_get_port (proxy)), NULL, NULL);
  assert_passes (self, SERVICE "/path/s3cret?key=s3cret");
  assert_asked (SERVICE "/\n");
  log = proxy_server_dup_log (proxy);
  g_assert_true (g_str_has_prefix (log, "CONNECT service.example:443 HTTP/1.1\r\n"));
  /* RFC 7617: "me:pa ss" */
  g_assert_nonnull (strstr (log, "\r\nProxy-Authorization: Basic bWU6cGEgc3M=\r\n"));
  g_assert_null (strstr (log, "s3cret"));
  g_assert_null (strstr (log, "t0ken"));
  inner = proxy_server_dup_inner_log (proxy);
  g_assert_true (g_str_has_prefix (inner, "GET /path/s3cret?key=s3cret HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (inner, "\r\nAuthorization: Bearer t0ken\r\n"));
  g_assert_null (strstr (inner, "Proxy-"));
}

/* Without a user in the settings, there is nothing to sign in with; each host is looked up. */
static void
test_each_host (Fixture *self,
                gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autofree char *log = NULL;

  set_proxies (dup_uri ("http", proxy), NULL, NULL);
  assert_passes (self, SERVICE "/");
  assert_passes (self, "https://other.example:8443/");
  assert_asked (SERVICE "/\nhttps://other.example:8443/\n");
  log = proxy_server_dup_log (proxy);
  g_assert_nonnull (strstr (log, "CONNECT service.example:443 "));
  g_assert_nonnull (strstr (log, "CONNECT other.example:8443 "));
  g_assert_null (strstr (log, "Authorization"));
}

static void
test_order (Fixture *self,
            gconstpointer data)
{
  g_autoptr (ProxyServer) first = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autoptr (ProxyServer) second = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autoptr (ProxyServer) silent = proxy_server_new (PROXY_SILENT, "", NULL);
  g_autoptr (ProxyServer) closing = proxy_server_new (PROXY_HTTP, "", NULL);
  g_autoptr (GError) error = NULL;
  gint64 begin;

  set_proxies (dup_uri ("http", first), dup_uri ("http", second), g_strdup ("direct://"));
  assert_passes (self, SERVICE "/");
  g_assert_cmpuint (proxy_server_get_n_connections (first), ==, 1);
  g_assert_cmpuint (proxy_server_get_n_connections (second), ==, 0);

  set_proxies (dup_closed ("http"), g_strdup ("http://" NO_HOST ":3128"), dup_uri ("http", second));
  assert_passes (self, SERVICE "/");
  g_assert_cmpuint (proxy_server_get_n_connections (second), ==, 1);

  set_proxies (g_strdup ("ftp://proxy.example"), dup_uri ("http", closing), dup_uri ("http", second));
  assert_passes (self, SERVICE "/");
  g_assert_cmpuint (proxy_server_get_n_connections (closing), ==, 1);
  g_assert_cmpuint (proxy_server_get_n_connections (second), ==, 2);

  set_proxies (dup_uri ("http", silent), dup_uri ("http", second), NULL);
  assert_passes (self, SERVICE "/");
  g_assert_cmpuint (proxy_server_get_n_connections (silent), ==, 1);
  g_assert_cmpuint (proxy_server_get_n_connections (second), ==, 3);

  /* All of them together get the time of one request. */
  set_proxies (dup_uri ("http", silent), dup_uri ("http", silent), dup_uri ("http", silent));
  begin = g_get_monotonic_time ();
  g_assert_null (get_for (self, SERVICE "/", 1000, 1100, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_PROXY_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 1700000);
  g_assert_cmpuint (proxy_server_get_n_connections (silent), ==, 3);
}

/* A proxy that says no has decided: no other one is asked behind its back. */
static void
test_refusal_stands (Fixture *self,
                     gconstpointer data)
{
  g_autoptr (ProxyServer) no = proxy_server_new (PROXY_HTTP, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n", NULL);
  g_autoptr (ProxyServer) yes = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autoptr (GError) error = NULL;

  set_proxies (dup_uri ("http", no), dup_uri ("http", yes), g_strdup ("direct://"));
  g_assert_null (get (self, SERVICE "/", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_PROXY_REFUSED);
  g_assert_cmpuint (proxy_server_get_n_connections (yes), ==, 0);
}

static void
test_faults (Fixture *self,
             gconstpointer data)
{
  static const struct {
    const char *scheme;
    ProxyKind kind;
    const char *answer; /* NULL: nobody listens */
    PlugError error;
  } rows[] = {
    { "http", PROXY_HTTP, "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
      PLUG_ERROR_PROXY_NEEDS_SIGN_IN },
    { "http", PROXY_HTTP, "HTTP/1.1 407 X\r\nProxy-Authenticate: NTLM\r\nContent-Length: 2\r\n\r\nhi",
      PLUG_ERROR_PROXY_NEEDS_SIGN_IN },
    { "http", PROXY_HTTP, "HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n", PLUG_ERROR_PROXY_REFUSED },
    { "http", PROXY_HTTP, "HTTP/1.1 401 X\r\nContent-Length: 0\r\n\r\n", PLUG_ERROR_PROXY_REFUSED },
    { "http", PROXY_HTTP, "HTTP/1.1 302 X\r\nLocation: http://portal.example/\r\nContent-Length: 0\r\n\r\n",
      PLUG_ERROR_PROXY_REFUSED },
    { "http", PROXY_HTTP, "HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n", PLUG_ERROR_PROXY_NO_WAY },
    { "http", PROXY_HTTP, "HTTP/1.1 504 X\r\nContent-Length: 0\r\n\r\n", PLUG_ERROR_PROXY_NO_WAY },
    { "http", PROXY_HTTP, "", PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "http", PROXY_HTTP, "garbage\r\n\r\n", PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "http", PROXY_HTTP, NULL, PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "http", PROXY_SILENT, "", PLUG_ERROR_PROXY_TIMED_OUT },
    { "socks5", PROXY_SILENT, "", PLUG_ERROR_PROXY_TIMED_OUT },
    { "https", PROXY_HTTP, NULL, PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "https", PROXY_HTTP, "", PLUG_ERROR_PROXY_NOT_SECURE },
    /* The authorities of a connection are for its service; the proxy's has to be one of the system's. */
    { "https", PROXY_HTTPS, PROXY_HTTP_YES, PLUG_ERROR_PROXY_NOT_SECURE },
    { "socks", PROXY_SOCKS5, NULL, PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "socks5", PROXY_SOCKS5, "\xff", PLUG_ERROR_PROXY_NEEDS_SIGN_IN },
    { "socks5", PROXY_SOCKS5, "\x00\x02", PLUG_ERROR_PROXY_REFUSED },
    { "socks5", PROXY_SOCKS5, "\x00\x04", PLUG_ERROR_PROXY_NO_WAY },
    { "socks5", PROXY_SOCKS5, "\x00\x05", PLUG_ERROR_PROXY_NO_WAY },
    { "socks5", PROXY_SOCKS4A, "\x5a", PLUG_ERROR_PROXY_NOT_REACHABLE },
    { "socks4a", PROXY_SOCKS4A, "\x5b", PLUG_ERROR_PROXY_NO_WAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (ProxyServer) proxy = proxy_server_new (rows[i].kind, rows[i].answer != NULL ? rows[i].answer : "", self->certificate);
    g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", proxy_server_get_port (proxy));
    g_autofree char *inner = NULL;
    g_autoptr (GError) error = NULL;

    set_proxies (g_strdup_printf ("%s://me:passw0rd@%s", rows[i].scheme, address), NULL, NULL);
    if (rows[i].answer == NULL)
      g_clear_pointer (&proxy, proxy_server_free);
    g_assert_null (get (self, SERVICE "/", &error));
    g_test_message ("%u: %s", i, error->message);
    g_assert_error (error, PLUG_ERROR, (int) rows[i].error);
    /* Details name the proxy, never the way into it. */
    g_assert_nonnull (strstr (error->message, address));
    g_assert_null (strstr (error->message, "passw0rd"));
    inner = proxy != NULL ? proxy_server_dup_inner_log (proxy) : g_strdup ("");
    g_assert_cmpstr (inner, ==, "");
  }
}

/* Whatever is wrong behind an open tunnel is the service's. */
static void
test_fault_of_service (Fixture *self,
                       gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autoptr (ProxyServer) socks = proxy_server_new (PROXY_SOCKS5, PROXY_SOCKS5_YES, self->certificate);
  g_autoptr (ProxyServer) silent = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, NULL);
  g_autoptr (GError) error = NULL;

  set_proxies (dup_uri ("http", silent), dup_uri ("http", proxy), NULL);
  g_assert_null (get (self, SERVICE "/", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CONNECT_TIMED_OUT);
  g_assert_cmpuint (proxy_server_get_n_connections (proxy), ==, 0);
  g_clear_error (&error);
  set_proxies (dup_uri ("http", proxy), NULL, NULL);
  g_assert_null (get (self, "https://third.example/", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_WRONG_HOST);
  g_clear_error (&error);
  set_proxies (dup_uri ("socks5", socks), NULL, NULL);
  g_assert_null (get (self, "https://third.example/", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_WRONG_HOST);
}

/* The proxy finds the host, as somebody who uses Tor expects. */
static void
test_socks (Fixture *self,
            gconstpointer data)
{
  g_autoptr (ProxyServer) five = proxy_server_new (PROXY_SOCKS5, PROXY_SOCKS5_YES, self->certificate);
  g_autoptr (ProxyServer) four = proxy_server_new (PROXY_SOCKS4A, PROXY_SOCKS4A_YES, self->certificate);
  g_autofree char *log = NULL;

  set_proxies (dup_uri ("socks", five), NULL, NULL);
  assert_passes (self, SERVICE "/");
  log = proxy_server_dup_log (five);
  g_assert_cmpstr (log, ==, "socks5 service.example:443\n");

  /* What GIO makes of socks:// in GNOME's settings. */
  set_proxies (dup_uri ("socks5", four), dup_uri ("socks4a", four), dup_uri ("socks4", four));
  assert_passes (self, SERVICE "/");
  g_free (log);
  log = proxy_server_dup_log (four);
  g_assert_cmpstr (log, ==, "socks4a service.example:443\n");
}

static void
test_settings_are_of_no_use (Fixture *self,
                             gconstpointer data)
{
  static const char *const rows[] = { LOOK_UP_FAILS, LOOK_UP_HANGS, "ftp://proxy.example", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();

    set_proxies (g_strdup (rows[i]), NULL, NULL);
    g_assert_null (get (self, SERVICE "/", &error));
    g_assert_error (error, PLUG_ERROR, PLUG_ERROR_PROXY_SETTINGS);
    g_assert_cmpint (g_get_monotonic_time () - begin, <, 2500000);
  }
}

static void
test_cancel_during_look_up (Fixture *self,
                            gconstpointer data)
{
  g_autoptr (PlugHttp) http = plug_http_new ();
  g_autoptr (PlugHttpRequest) request = plug_http_request_new ("GET", SERVICE "/");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begin;

  set_proxies (g_strdup (LOOK_UP_HANGS), NULL, NULL);
  plug_http_send_async (http, request, cancellable, await_cb, &result);
  for (gboolean is_asked = FALSE; !is_asked; g_usleep (1000)) {
    g_mutex_lock (&settings.lock);
    is_asked = settings.asked->len > 0;
    g_mutex_unlock (&settings.lock);
  }
  begin = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  await (&result);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 250000);
  g_assert_null (plug_http_send_finish (http, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* libcurl would read the environment by itself. */
static void
test_direct (Fixture *self,
             gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autofree char *uri = dup_uri ("http", proxy);
  g_autofree char *closed = dup_closed ("https");
  /* This machine, but not by an address that we take for loopback. */
  g_autofree char *url = g_strconcat ("https://0.0.0.0", strrchr (closed, ':'), "/", NULL);
  g_autoptr (GError) error = NULL;

  g_setenv ("https_proxy", uri, TRUE);
  g_setenv ("all_proxy", uri, TRUE);
  set_proxies (g_strdup ("direct://"), NULL, NULL);
  g_assert_null (get (self, url, &error));
  g_unsetenv ("https_proxy");
  g_unsetenv ("all_proxy");
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CONNECTION_REFUSED);
  g_assert_cmpuint (proxy_server_get_n_connections (proxy), ==, 0);
}

/* This machine is never asked for through a proxy, and only this machine is spoken to without TLS. */
static void
test_loopback (Fixture *self,
               gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autofree char *closed = dup_closed ("http");
  g_autoptr (GError) error = NULL;

  set_proxies (dup_uri ("http", proxy), NULL, NULL);
  g_assert_null (get (self, closed, &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_CONNECTION_REFUSED);
  g_clear_error (&error);
  g_assert_null (get (self, "http://service.example/", &error));
  g_assert_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_URL);
  assert_asked ("");
  g_assert_cmpuint (proxy_server_get_n_connections (proxy), ==, 0);
}

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  char **issuer = user_data;

  *issuer = plug_issuer_find_finish (result);
  if (*issuer == NULL)
    *issuer = g_strdup ("");
}

/* A look at a certificate goes the same way. */
static void
test_issuer (Fixture *self,
             gconstpointer data)
{
  g_autoptr (ProxyServer) proxy = proxy_server_new (PROXY_HTTP, PROXY_HTTP_YES, self->certificate);
  g_autofree char *issuer = NULL;
  g_autofree char *log = NULL;

  set_proxies (dup_uri ("http", proxy), NULL, NULL);
  plug_issuer_find_async (SERVICE "/s3cret", NULL, found_cb, &issuer);
  while (issuer == NULL)
    g_main_context_iteration (NULL, TRUE);
  log = proxy_server_dup_log (proxy);
  g_assert_true (g_str_has_prefix (log, "CONNECT service.example:443 "));
  assert_asked (SERVICE ":443\n");
  g_assert_cmpstr (issuer, !=, "");
}

int
main (int argc,
      char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *self, gconstpointer data);
  } tests[] = {
    { "/http-proxy/uris", test_uris },
    { "/http-proxy/tunnel", test_tunnel },
    { "/http-proxy/each-host", test_each_host },
    { "/http-proxy/order", test_order },
    { "/http-proxy/refusal-stands", test_refusal_stands },
    { "/http-proxy/faults", test_faults },
    { "/http-proxy/fault-of-service", test_fault_of_service },
    { "/http-proxy/socks", test_socks },
    { "/http-proxy/settings-are-of-no-use", test_settings_are_of_no_use },
    { "/http-proxy/cancel-during-look-up", test_cancel_during_look_up },
    { "/http-proxy/direct", test_direct },
    { "/http-proxy/loopback", test_loopback },
    { "/http-proxy/issuer", test_issuer },
  };

  g_test_init (&argc, &argv, NULL);
  settings.asked = g_string_new (NULL);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_RESOLVER, "plugboard-test", G_MAXINT);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
