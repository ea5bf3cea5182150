/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "halo-simulator.h"

#include <libsoup/soup.h>
#include <string.h>

#define SLOW_MS 1500
#define HANDSHAKE_MS 5000
#define JSON "application/json"
#define HTML "text/html"
#define FORM "application/x-www-form-urlencoded"
#define PAGE "<!DOCTYPE html><html><head><title>Log in to the network</title></head><body><p>Welcome &amp; log in.</p></body></html>"

typedef enum {
  ASK_AUTHINFO = 1 << 0,
  ASK_TOKEN = 1 << 1,
  ASK_ME = 1 << 2,
  ASK_ALL = ASK_AUTHINFO | ASK_TOKEN | ASK_ME,
} Ask;

typedef enum {
  DO_ANSWER,       /* status, type, body of the table */
  DO_ECHO,         /* the same, with every secret of the request in the body */
  DO_REDIRECT,
  DO_RETRY_LATER,  /* 429 with Retry-After */
  DO_WAIT,         /* the right answer, late */
  DO_HANG,
  DO_TRUNCATE,     /* closes in the middle of the body */
  DO_ENDLESS,
  DO_GZIP_BOMB,
  DO_CLOSE,        /* closes without a word */
  DO_ELSEWHERE,    /* authinfo names another host */
  DO_TRAILING_SLASH, /* authinfo's auth_url ends in "/" */
} Deed;

typedef struct {
  const char *id;
  Ask asks; /* which requests misbehave; the others are answered rightly */
  Deed deed;
  guint status;
  const char *type;
  const char *body;
} Fault;

/* Rows of the table of errors first, then the misbehaviours. */
static const Fault faults[] = {
  { "none", 0, DO_ANSWER, 0, NULL, NULL },
  { "invalid-client", ASK_TOKEN, DO_ANSWER, 401, JSON, "{\"error\":\"invalid_client\"}" },
  { "invalid-client-400", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"error\":\"invalid_client\"}" },
  { "invalid-grant-400", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"error\":\"invalid_grant\",\"error_description\":\"The username or password is incorrect.\"}" },
  { "invalid-grant-401", ASK_TOKEN, DO_ANSWER, 401, JSON, "{\"error\":\"invalid_grant\"}" },
  { "invalid-grant-403", ASK_TOKEN, DO_ANSWER, 403, JSON, "{\"error\":\"invalid_grant\"}" },
  { "invalid-scope", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"error\":\"invalid_scope\"}" },
  { "unauthorized-client", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"error\":\"unauthorized_client\"}" },
  { "unsupported-grant-type", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"error\":\"unsupported_grant_type\"}" },
  { "wrong-tenant-400", ASK_TOKEN, DO_ANSWER, 400, JSON, "{\"resultCode\":400,\"errorMessage\":\"Unknown tenant\"}" },
  { "wrong-tenant-401", ASK_TOKEN, DO_ANSWER, 401, JSON, "{\"error\":\"invalid_client\"}" },
  { "wrong-tenant-404", ASK_TOKEN, DO_ANSWER, 404, JSON, "{\"Message\":\"No HTTP resource was found\"}" },
  { "wrong-tenant-500", ASK_TOKEN, DO_ANSWER, 500, JSON, "{\"ClassName\":\"System.NullReferenceException\",\"Message\":\"Object reference not set\"}" },
  { "wrong-tenant-html", ASK_TOKEN, DO_ANSWER, 200, HTML, PAGE },
  { "html-200", ASK_ALL, DO_ANSWER, 200, HTML, PAGE },
  { "html-as-json", ASK_ALL, DO_ANSWER, 200, JSON, PAGE },
  { "not-found", ASK_ALL, DO_ANSWER, 404, HTML, PAGE },
  { "forbidden", ASK_ME, DO_ANSWER, 403, JSON, "{\"Message\":\"Authorization has been denied for this request.\"}" },
  { "token-refused", ASK_ME, DO_ANSWER, 401, JSON, "{\"error\":\"invalid_token\"}" },
  { "throttled", ASK_ALL, DO_ANSWER, 429, JSON, "{\"error\":\"Too many requests\"}" },
  { "throttled-token", ASK_TOKEN, DO_ANSWER, 429, JSON, "{\"error\":\"Too many requests\"}" },
  { "throttled-me", ASK_ME, DO_ANSWER, 429, JSON, "{\"error\":\"Too many requests\"}" },
  { "throttled-retry-after", ASK_ALL, DO_RETRY_LATER, 429, JSON, "{\"error\":\"Too many requests\"}" },
  { "unavailable", ASK_ALL, DO_ANSWER, 503, HTML, PAGE },
  { "server-error", ASK_ALL, DO_ANSWER, 500, "text/plain", "Something broke & nobody <b>knows</b> why" },
  { "no-authinfo", ASK_AUTHINFO, DO_ANSWER, 404, HTML, PAGE },
  { "authinfo-html", ASK_AUTHINFO, DO_ANSWER, 200, HTML, PAGE },
  { "authinfo-elsewhere", ASK_AUTHINFO, DO_ELSEWHERE, 200, JSON, NULL },
  { "authinfo-slash", ASK_AUTHINFO, DO_TRAILING_SLASH, 200, JSON, NULL },
  { "redirect", ASK_ALL, DO_REDIRECT, 302, HTML, PAGE },
  { "redirect-token", ASK_TOKEN, DO_REDIRECT, 307, HTML, PAGE },
  { "redirect-me", ASK_ME, DO_REDIRECT, 302, HTML, PAGE },
  { "echo", ASK_TOKEN, DO_ECHO, 401, JSON, "invalid_client" },
  { "echo-token", ASK_ME, DO_ECHO, 403, JSON, "forbidden" },
  { "no-token", ASK_TOKEN, DO_ANSWER, 200, JSON, "{\"token_type\":\"Bearer\"}" },
  { "empty-token", ASK_TOKEN, DO_ANSWER, 200, JSON, "{\"access_token\":\"\"}" },
  { "bad-token", ASK_TOKEN, DO_ANSWER, 200, JSON, "{\"access_token\":\"a\\r\\nX-Injected: 1\"}" },
  { "broken-json", ASK_TOKEN, DO_ANSWER, 200, JSON, "{\"access_token\":" },
  { "empty", ASK_ALL, DO_ANSWER, 200, JSON, "" },
  { "slow", ASK_ALL, DO_WAIT, 0, NULL, NULL },
  { "slow-me", ASK_ME, DO_WAIT, 0, NULL, NULL },
  { "hang", ASK_ALL, DO_HANG, 0, NULL, NULL },
  { "hang-token", ASK_TOKEN, DO_HANG, 0, NULL, NULL },
  { "truncated", ASK_TOKEN, DO_TRUNCATE, 200, JSON, "{\"access_token\":\"cut" },
  { "truncated-me", ASK_ME, DO_TRUNCATE, 200, JSON, "{\"name\":\"cut" },
  { "endless", ASK_TOKEN, DO_ENDLESS, 200, JSON, NULL },
  { "endless-me", ASK_ME, DO_ENDLESS, 200, JSON, NULL },
  { "gzip-bomb", ASK_TOKEN, DO_GZIP_BOMB, 200, JSON, NULL },
  { "gzip-bomb-me", ASK_ME, DO_GZIP_BOMB, 200, JSON, NULL },
  { "close", ASK_ALL, DO_CLOSE, 0, NULL, NULL },
};

struct _HaloSimulator {
  SoupServer *server;
  HaloSimulatorValues values;
  char *token; /* the last that was issued; NULL before */
  const Fault *fault;
  GStrvBuilder *log;
  GPtrArray *paused;  /* of SoupServerMessage: hanging, or late */
  GCancellable *cancellable;
};

static void
answer (SoupServerMessage *message,
        guint status,
        const char *type,
        const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_error (SoupServerMessage *message,
              guint status,
              const char *code,
              const char *description)
{
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s\",\"error_description\":\"%s\"}", code, description);

  answer (message, status, JSON, body);
}

static const char *
get (GHashTable *values,
     const char *name)
{
  const char *value = values == NULL ? NULL : g_hash_table_lookup (values, name);

  return value == NULL ? "" : value;
}

static gboolean
has_secret (GHashTable *query)
{
  static const char * const secrets[] = { "client_secret", "password", "access_token", "username", NULL };

  for (guint i = 0; secrets[i] != NULL; i++)
    if (*get (query, secrets[i]) != '\0')
      return TRUE;
  return FALSE;
}

static void
issue_token (HaloSimulator *self,
             SoupServerMessage *message,
             const char *scope)
{
  g_autofree char *body = NULL;

  g_free (self->token);
  self->token = g_strdup_printf ("sim-%08x%08x~+/==", g_random_int (), g_random_int ());
  body = g_strdup_printf ("{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"%s\"}", self->token, scope);
  answer (message, 200, JSON, body);
}

/* RFC 6749, sections 4.3 and 4.4; the tenant in the query. */
static void
answer_token (HaloSimulator *self,
              SoupServerMessage *message,
              GHashTable *query)
{
  const char *type = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);
  g_autofree char *text = g_strndup (soup_server_message_get_request_body (message)->data,
                                     (gsize) soup_server_message_get_request_body (message)->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  const char *grant = get (form, "grant_type");

  if (!g_str_equal (soup_server_message_get_method (message), "POST"))
    answer_error (message, 405, "invalid_request", "POST is needed");
  else if (g_strcmp0 (type, FORM) != 0)
    answer_error (message, 400, "invalid_request", "The content type is not a form");
  else if (has_secret (query))
    answer_error (message, 400, "invalid_request", "A secret stands in the query");
  else if (*grant == '\0')
    answer_error (message, 400, "invalid_request", "grant_type is missing");
  else if (!g_str_equal (get (query, "tenant"), self->values.tenant) || g_hash_table_contains (form, "tenant"))
    answer_error (message, 400, "invalid_request", "The tenant is unknown");
  else if (!g_str_equal (grant, "client_credentials") && !g_str_equal (grant, "password"))
    answer_error (message, 400, "unsupported_grant_type", "This grant is not known");
  else if (!g_str_equal (get (form, "client_id"), self->values.client_id))
    answer_error (message, 401, "invalid_client", "The client is unknown");
  else if (g_str_equal (grant, "client_credentials") && !g_str_equal (get (form, "client_secret"), self->values.client_secret))
    answer_error (message, 401, "invalid_client", "The client secret is wrong");
  else if (g_str_equal (grant, "password") && (!g_str_equal (get (form, "username"), self->values.username) ||
                                               !g_str_equal (get (form, "password"), self->values.password)))
    answer_error (message, 400, "invalid_grant", "The username or password is incorrect");
  else if (!g_str_equal (get (form, "scope"), "all"))
    answer_error (message, 400, "invalid_scope", "The scope is not granted");
  else
    issue_token (self, message, get (form, "scope"));
}

static void
answer_authinfo (HaloSimulator *self,
                 SoupServerMessage *message,
                 const char *suffix)
{
  g_autofree char *body = g_strdup_printf ("{\"auth_url\":\"%s/auth%s\",\"tenant_id\":\"%s\",\"version\":\"2.148\"}",
                                           self->values.api_address, suffix, self->values.tenant);

  answer (message, 200, JSON, body);
}

static void
answer_me (HaloSimulator *self,
           SoupServerMessage *message,
           GHashTable *query)
{
  const char *sent = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *wanted = self->token == NULL ? NULL : g_strconcat ("Bearer ", self->token, NULL);
  g_autofree char *body = NULL;

  if (has_secret (query)) {
    answer_error (message, 400, "invalid_request", "A token stands in the query");
    return;
  }
  if (wanted == NULL || g_strcmp0 (sent, wanted) != 0) {
    answer_error (message, 401, "invalid_token", "The token is not valid");
    return;
  }
  body = g_strdup_printf ("{\"id\":17,\"name\":\"%s\",\"isdisabled\":false}", self->values.agent);
  answer (message, 200, JSON, body);
}

static void
answer_rightly (HaloSimulator *self,
                SoupServerMessage *message,
                Ask ask,
                GHashTable *query)
{
  if (ask == ASK_AUTHINFO)
    answer_authinfo (self, message, "");
  else if (ask == ASK_TOKEN)
    answer_token (self, message, query);
  else if (ask == ASK_ME)
    answer_me (self, message, query);
  else
    answer (message, 404, HTML, PAGE);
}

/* What nobody may show: all that the request carried, in the ways a careless server quotes it. */
static void
answer_echo (HaloSimulator *self,
             SoupServerMessage *message)
{
  const char *sent = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");
  g_autofree char *form = g_strndup (soup_server_message_get_request_body (message)->data,
                                     (gsize) soup_server_message_get_request_body (message)->length);
  g_autoptr (GHashTable) values = soup_form_decode (form);
  const char *secret = *get (values, "password") != '\0' ? get (values, "password") : get (values, "client_secret");
  g_autofree char *encoded = g_base64_encode ((const guchar *) secret, strlen (secret));
  g_autofree char *escaped = g_strescape (secret, NULL);
  g_autofree char *body = g_strdup_printf ("{\"error\":\"%s\",\"error_description\":\"You sent %s with %s, that is %s or %s\"}",
                                           self->fault->body, form, sent == NULL ? "nothing" : sent, escaped, encoded);

  answer (message, self->fault->status, JSON, body);
}

static gboolean
unpause_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

static void write_endless (GIOStream *stream,
                           GCancellable *cancellable);

static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GIOStream) stream = user_data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    write_endless (stream, g_object_get_data (G_OBJECT (stream), "cancellable"));
}

static void
write_endless (GIOStream *stream,
               GCancellable *cancellable)
{
  static char block[65536];

  memset (block, 'x', sizeof block);
  g_object_set_data_full (G_OBJECT (stream), "cancellable", g_object_ref (cancellable), g_object_unref);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (stream), block, sizeof block, G_PRIORITY_LOW, cancellable,
                                   written_cb, g_object_ref (stream));
}

/* Below HTTP: what no proper server library lets one do. */
static void
misbehave_raw (HaloSimulator *self,
               SoupServerMessage *message)
{
  const Fault *fault = self->fault;
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autofree char *head = NULL;

  if (fault->deed == DO_TRUNCATE)
    head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: 4000\r\n\r\n%s", fault->type, fault->body);
  else if (fault->deed == DO_ENDLESS)
    head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n\r\n{\"access_token\":\"", fault->type);
  if (head != NULL)
    g_output_stream_write_all (output, head, strlen (head), NULL, NULL, NULL);
  if (fault->deed == DO_ENDLESS)
    write_endless (stream, self->cancellable);
  else
    g_io_stream_close (stream, NULL, NULL);
}

/* 64 MiB of blanks, in 64 KiB. */
static void
answer_bomb (SoupServerMessage *message)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) output = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  g_autofree char *blanks = g_strnfill (1024 * 1024, ' ');

  for (guint i = 0; i < 64; i++)
    g_output_stream_write_all (output, blanks, 1024 * 1024, NULL, NULL, NULL);
  g_output_stream_close (output, NULL, NULL);
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Encoding", "gzip");
  soup_server_message_set_response (message, JSON, SOUP_MEMORY_COPY, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory)),
                                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
pause_message (HaloSimulator *self,
               SoupServerMessage *message)
{
  g_ptr_array_add (self->paused, g_object_ref (message));
  soup_server_message_pause (message);
}

static void
misbehave (HaloSimulator *self,
           SoupServerMessage *message,
           Ask ask,
           GHashTable *query)
{
  const Fault *fault = self->fault;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  switch (fault->deed) {
  case DO_ANSWER:
    answer (message, fault->status, fault->type, fault->body);
    break;
  case DO_ECHO:
    answer_echo (self, message);
    break;
  case DO_REDIRECT:
    soup_message_headers_replace (headers, "Location", "https://elsewhere.example/login?next=1");
    answer (message, fault->status, fault->type, fault->body);
    break;
  case DO_RETRY_LATER:
    soup_message_headers_replace (headers, "Retry-After", "120");
    answer (message, fault->status, fault->type, fault->body);
    break;
  case DO_WAIT:
    answer_rightly (self, message, ask, query);
    pause_message (self, message);
    g_timeout_add_full (G_PRIORITY_DEFAULT, SLOW_MS, unpause_cb, g_object_ref (message), g_object_unref);
    break;
  case DO_HANG:
    pause_message (self, message);
    break;
  case DO_ELSEWHERE:
    answer (message, 200, JSON, "{\"auth_url\":\"https://login.elsewhere.example/auth\",\"tenant_id\":\"acme\"}");
    break;
  case DO_TRAILING_SLASH:
    answer_authinfo (self, message, "/");
    break;
  case DO_GZIP_BOMB:
    answer_bomb (message);
    break;
  case DO_TRUNCATE:
  case DO_ENDLESS:
  case DO_CLOSE:
  default:
    misbehave_raw (self, message);
  }
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  HaloSimulator *self = user_data;
  g_autofree char *entry = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Ask ask = 0;

  g_strv_builder_add (self->log, entry);
  if (g_str_equal (path, "/api/authinfo"))
    ask = ASK_AUTHINFO;
  else if (g_str_equal (path, "/auth/token"))
    ask = ASK_TOKEN;
  else if (g_str_equal (path, "/api/agent/me"))
    ask = ASK_ME;

  if (self->fault->asks & ask)
    misbehave (self, message, ask, query);
  else
    answer_rightly (self, message, ask, query);
}

static void
make_values (HaloSimulatorValues *values,
             const char *scheme,
             const char *host,
             guint port)
{
  values->api_address = g_strdup_printf ("%s://%s:%u", scheme, host, port);
  values->tenant = g_strdup ("acme & sons");
  values->token_url = g_strdup_printf ("%s/auth/token?tenant=acme%%20%%26%%20sons", values->api_address);
  values->client_id = g_strdup_printf ("c0ffee00-%08x", g_random_int ());
  values->client_secret = g_strdup_printf ("sim-%08x&%%+=%08x", g_random_int (), g_random_int ());
  values->username = g_strdup ("ada.lovelace@example.com");
  values->password = g_strdup_printf ("pw %08x/?#\"%08x", g_random_int (), g_random_int ());
  values->agent = g_strdup ("Ada Lovelace");
}

HaloSimulator *
halo_simulator_new (Authority *authority,
                    CertificateKind kind,
                    GError **error)
{
  g_autoptr (GTlsCertificate) certificate = authority == NULL ? NULL : authority_issue (authority, kind);
  HaloSimulator *self = g_new0 (HaloSimulator, 1);
  GSList *uris;

  self->server = soup_server_new ("server-header", "halo-simulator", NULL);
  self->fault = &faults[0];
  self->log = g_strv_builder_new ();
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  if (certificate != NULL)
    soup_server_set_tls_certificate (self->server, certificate);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  if (!soup_server_listen_local (self->server, 0,
                                 SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), error)) {
    halo_simulator_free (self);
    return NULL;
  }
  uris = soup_server_get_uris (self->server);
  make_values (&self->values, certificate != NULL ? "https" : "http", certificate != NULL ? "localhost" : "127.0.0.1",
               (guint) g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

static void
disconnect_cb (gpointer user_data)
{
  soup_server_disconnect (user_data);
  g_object_unref (user_data);
}

void
halo_simulator_free (HaloSimulator *self)
{
  g_cancellable_cancel (self->cancellable);
  soup_server_remove_handler (self->server, NULL);
  /* A handshake that is under way would call back into a connection that libsoup 3.6 has freed. */
  if (soup_server_is_https (self->server))
    g_timeout_add_once (HANDSHAKE_MS, disconnect_cb, g_object_ref (self->server));
  else
    soup_server_disconnect (self->server);
  g_ptr_array_unref (self->paused);
  g_object_unref (self->server);
  g_object_unref (self->cancellable);
  g_strv_builder_unref (self->log);
  g_free (self->token);
  g_free (self->values.api_address);
  g_free (self->values.token_url);
  g_free (self->values.tenant);
  g_free (self->values.client_id);
  g_free (self->values.client_secret);
  g_free (self->values.username);
  g_free (self->values.password);
  g_free (self->values.agent);
  g_free (self);
}

const HaloSimulatorValues *
halo_simulator_get_values (HaloSimulator *self)
{
  return &self->values;
}

const char * const *
halo_simulator_get_faults (void)
{
  static const char *ids[G_N_ELEMENTS (faults) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    ids[i] = faults[i].id;
  return ids;
}

gboolean
halo_simulator_set_fault (HaloSimulator *self,
                          const char *fault)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (g_str_equal (faults[i].id, fault)) {
      self->fault = &faults[i];
      return TRUE;
    }
  return FALSE;
}

char **
halo_simulator_take_log (HaloSimulator *self)
{
  char **log = g_strv_builder_end (self->log);

  return log;
}
