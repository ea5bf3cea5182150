/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verifying-server.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

typedef struct {
  Judge judge;
  gpointer user_data;
  guint status; /* 0: hang */
  char *answer;
  GPtrArray *headers; /* name, value, name, value … */
  guint n_right;
  guint n_wrong;
} Desk;

struct _VerifyingServer {
  SoupServer *server;
  char *origin;
  char *authority;   /* (nullable): a file, which GIO reads at each handshake */
  GHashTable *desks; /* "VERB /path" → Desk */
  GString *log;
  GPtrArray *hanging; /* of SoupServerMessage */
  GHashTable *clients; /* port → GTlsCertificate: libsoup tells the first message of a network connection only */
};

struct _Visit {
  SoupServerMessage *message;
  GTlsCertificate *certificate; /* (nullable) */
  GUri *uri;
  char *body;
  GHashTable *query; /* (nullable) */
  GHashTable *form;  /* (nullable) */
  JsonParser *json;  /* (nullable) */
};

static void
desk_free (gpointer data)
{
  Desk *desk = data;

  g_free (desk->answer);
  g_ptr_array_unref (desk->headers);
  g_free (desk);
}

static gboolean
has_type (SoupServerMessage *message,
          const char *type)
{
  const char *header = soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);

  return header != NULL && strstr (header, type) != NULL;
}

static gpointer
get_port (SoupServerMessage *message)
{
  GSocketAddress *address = soup_server_message_get_remote_address (message);

  return GUINT_TO_POINTER (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
}

static Visit *
visit_new (VerifyingServer *server,
           SoupServerMessage *message)
{
  Visit *self = g_new0 (Visit, 1);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  self->message = message;
  self->certificate = g_hash_table_lookup (server->clients, get_port (message));
  self->uri = soup_server_message_get_uri (message);
  self->body = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  if (g_uri_get_query (self->uri) != NULL)
    self->query = soup_form_decode (g_uri_get_query (self->uri));
  if (has_type (message, "x-www-form-urlencoded"))
    self->form = soup_form_decode (self->body);
  if (has_type (message, "json")) {
    self->json = json_parser_new ();
    if (!json_parser_load_from_data (self->json, self->body, -1, NULL))
      g_clear_object (&self->json);
  }

  return self;
}

static void
visit_free (Visit *self)
{
  g_free (self->body);
  g_clear_pointer (&self->query, g_hash_table_unref);
  g_clear_pointer (&self->form, g_hash_table_unref);
  g_clear_object (&self->json);
  g_free (self);
}

static void
append_header_cb (const char *name,
                  const char *value,
                  gpointer user_data)
{
  g_string_append_printf (user_data, "%s: %s\n", name, value);
}

static void
refuse (Visit *visit)
{
  g_autoptr (GString) echo = g_string_new ("I do not take this: ");

  g_string_append_printf (echo, "%s?%s\n%s\n", g_uri_get_path (visit->uri), g_uri_get_query (visit->uri), visit->body);
  soup_message_headers_foreach (soup_server_message_get_request_headers (visit->message), append_header_cb, echo);
  soup_server_message_set_status (visit->message, 401, NULL);
  soup_server_message_set_response (visit->message, "text/plain", SOUP_MEMORY_COPY, echo->str, echo->len);
}

static void
answer (Visit *visit,
        Desk *desk)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (visit->message);
  const char *type = desk->answer[0] == '{' || desk->answer[0] == '"' ? "application/json"
                     : desk->answer[0] == '<'                         ? "application/xml"
                                                                      : "text/plain";

  soup_server_message_set_status (visit->message, desk->status, NULL);
  soup_server_message_set_response (visit->message, type, SOUP_MEMORY_COPY, desk->answer, strlen (desk->answer));
  for (guint i = 0; i < desk->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (desk->headers, i), g_ptr_array_index (desk->headers, i + 1));
}

static void
requested_cb (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer user_data)
{
  VerifyingServer *self = user_data;
  Visit *visit = visit_new (self, message);
  g_autofree char *request = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Desk *desk = g_hash_table_lookup (self->desks, request);

  if (desk == NULL) {
    soup_server_message_set_status (message, 404, NULL);
  } else if (!desk->judge (visit, desk->user_data)) {
    desk->n_wrong++;
    refuse (visit);
  } else {
    desk->n_right++;
    g_string_append_printf (self->log, "%s%s", self->log->len > 0 ? ", " : "", request);
    if (desk->status != 0) {
      answer (visit, desk);
    } else {
      soup_server_message_pause (message);
      g_ptr_array_add (self->hanging, g_object_ref (message));
    }
  }
  visit_free (visit);
}

/* GIO checks the certificate of a client, and leaves what comes of it to the server. */
static gboolean
accept_certificate_cb (SoupServerMessage *message,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  VerifyingServer *self = user_data;

  if (errors != G_TLS_CERTIFICATE_NO_FLAGS)
    return FALSE;
  g_hash_table_replace (self->clients, get_port (message), g_object_ref (certificate));

  return TRUE;
}

static void
request_started_cb (SoupServer *server,
                    SoupServerMessage *message,
                    gpointer user_data)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), user_data);
}

static VerifyingServer *
start (SoupServer *server,
       gboolean is_secure)
{
  VerifyingServer *self = g_new0 (VerifyingServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = server;
  self->desks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, desk_free);
  self->log = g_string_new (NULL);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  self->clients = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  soup_server_add_handler (server, NULL, requested_cb, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (is_secure ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->origin = g_strdup_printf ("%s://127.0.0.1:%d", is_secure ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

VerifyingServer *
verifying_server_new (void)
{
  return start (soup_server_new (NULL, NULL), FALSE);
}

VerifyingServer *
verifying_server_new_secure (GTlsCertificate *certificate,
                             const char *clients)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  VerifyingServer *self;
  char *authority = NULL;

  soup_server_set_tls_certificate (server, certificate);
  if (clients != NULL) {
    g_autoptr (GTlsDatabase) database = NULL;
    int descriptor = g_file_open_tmp ("plugboard-authority-XXXXXX", &authority, &error);

    g_assert_no_error (error);
    g_close (descriptor, NULL);
    g_assert_true (g_file_set_contents (authority, clients, -1, &error));
    database = g_tls_file_database_new (authority, &error);
    g_assert_no_error (error);
    soup_server_set_tls_database (server, database);
    soup_server_set_tls_auth_mode (server, G_TLS_AUTHENTICATION_REQUIRED);
  }

  self = start (server, TRUE);
  self->authority = authority;
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self);

  return self;
}

void
verifying_server_free (VerifyingServer *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->hanging);
  g_object_unref (self->server);
  g_hash_table_unref (self->desks);
  g_hash_table_unref (self->clients);
  g_string_free (self->log, TRUE);
  if (self->authority != NULL)
    g_unlink (self->authority);
  g_free (self->authority);
  g_free (self->origin);
  g_free (self);
}

const char *
verifying_server_get_origin (VerifyingServer *self)
{
  return self->origin;
}

static Desk *
get_desk (VerifyingServer *self,
          const char *request)
{
  Desk *desk = g_hash_table_lookup (self->desks, request);

  g_assert_nonnull (desk);

  return desk;
}

void
verifying_server_judge (VerifyingServer *self,
                        const char *request,
                        Judge judge,
                        gpointer user_data,
                        const char *text)
{
  Desk *desk = g_new0 (Desk, 1);

  desk->judge = judge;
  desk->user_data = user_data;
  desk->status = 200;
  desk->answer = g_strdup (text);
  desk->headers = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_replace (self->desks, g_strdup (request), desk);
}

void
verifying_server_add_header (VerifyingServer *self,
                             const char *request,
                             const char *name,
                             const char *value)
{
  Desk *desk = get_desk (self, request);

  g_ptr_array_add (desk->headers, g_strdup (name));
  g_ptr_array_add (desk->headers, g_strdup (value));
}

void
verifying_server_set_status (VerifyingServer *self,
                             const char *request,
                             guint status)
{
  get_desk (self, request)->status = status;
}

void
verifying_server_hang (VerifyingServer *self,
                       const char *request)
{
  verifying_server_set_status (self, request, 0);
}

guint
verifying_server_get_n_right (VerifyingServer *self,
                              const char *request)
{
  return get_desk (self, request)->n_right;
}

guint
verifying_server_get_n_wrong (VerifyingServer *self,
                              const char *request)
{
  return get_desk (self, request)->n_wrong;
}

const char *
verifying_server_get_log (VerifyingServer *self)
{
  return self->log->str;
}

const char *
visit_get_verb (const Visit *self)
{
  return soup_server_message_get_method (self->message);
}

const char *
visit_get_path (const Visit *self)
{
  return g_uri_get_path (self->uri);
}

const char *
visit_get_query (const Visit *self)
{
  return g_uri_get_query (self->uri);
}

const char *
visit_get_body (const Visit *self)
{
  return self->body;
}

const char *
visit_get_header (const Visit *self,
                  const char *name)
{
  SoupMessageHeadersIter iter;
  const char *value = NULL;
  const char *other_name, *other_value;

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (self->message));
  while (soup_message_headers_iter_next (&iter, &other_name, &other_value)) {
    if (g_ascii_strcasecmp (name, other_name) != 0)
      continue;
    if (value != NULL)
      return NULL;
    value = other_value;
  }

  return value;
}

const char *
visit_get_parameter (const Visit *self,
                     const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *
visit_get_form (const Visit *self,
                const char *name)
{
  return self->form != NULL ? g_hash_table_lookup (self->form, name) : NULL;
}

const char *
visit_get_json (const Visit *self,
                const char *name)
{
  JsonNode *root = self->json != NULL ? json_parser_get_root (self->json) : NULL;
  JsonNode *node = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), name)
                                                                 : NULL;

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

GTlsCertificate *
visit_get_certificate (const Visit *self)
{
  return self->certificate;
}
