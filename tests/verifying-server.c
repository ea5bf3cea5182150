/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verifying-server.h"

#include <glib/gstdio.h>
#include <string.h>

#include "loopback.h"

typedef struct {
  Judge judge;
  gpointer user_data;
  guint n_right;
  guint n_wrong;
} Desk;

struct _VerifyingServer {
  Loopback *loopback;
  char *authority;   /* (nullable): a file, which GIO reads at each handshake */
  GHashTable *desks; /* "VERB /path" → Desk */
  GString *log;
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
refuse (VerifyingServer *self,
        SoupServerMessage *message,
        const char *request)
{
  g_autofree char *echo = g_strconcat ("I do not take this: ", loopback_get_request (self->loopback, request), NULL);

  soup_server_message_set_status (message, 401, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_COPY, echo, strlen (echo));
}

static gboolean
judge_cb (SoupServerMessage *message,
          const char *request,
          gpointer user_data)
{
  VerifyingServer *self = user_data;
  Desk *desk = g_hash_table_lookup (self->desks, request);
  Visit *visit = visit_new (self, message);
  gboolean is_right = desk->judge (visit, desk->user_data);

  if (is_right) {
    desk->n_right++;
    g_string_append_printf (self->log, "%s%s", self->log->len > 0 ? ", " : "", request);
  } else {
    desk->n_wrong++;
    refuse (self, message, request);
  }
  visit_free (visit);

  return is_right;
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
start (SoupServer *server)
{
  VerifyingServer *self = g_new0 (VerifyingServer, 1);

  self->desks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->log = g_string_new (NULL);
  self->clients = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  self->loopback = loopback_new_for_server (server, judge_cb, self);

  return self;
}

VerifyingServer *
verifying_server_new (void)
{
  return start (soup_server_new (NULL, NULL));
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

  self = start (server);
  self->authority = authority;
  g_signal_connect (server, "request-started", G_CALLBACK (request_started_cb), self);

  return self;
}

void
verifying_server_free (VerifyingServer *self)
{
  loopback_free (self->loopback);
  g_hash_table_unref (self->desks);
  g_hash_table_unref (self->clients);
  g_string_free (self->log, TRUE);
  if (self->authority != NULL)
    g_unlink (self->authority);
  g_free (self->authority);
  g_free (self);
}

const char *
verifying_server_get_origin (VerifyingServer *self)
{
  return loopback_get_origin (self->loopback);
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
                        const char *answer)
{
  Desk *desk = g_new0 (Desk, 1);
  const char *type = answer[0] == '{' || answer[0] == '"' ? "application/json"
                     : answer[0] == '<'                   ? "application/xml"
                                                          : "text/plain";

  desk->judge = judge;
  desk->user_data = user_data;
  loopback_answer (self->loopback, request, 200, type, answer);
  g_hash_table_replace (self->desks, g_strdup (request), desk);
}

void
verifying_server_add_header (VerifyingServer *self,
                             const char *request,
                             const char *name,
                             const char *value)
{
  loopback_add_header (self->loopback, request, name, value);
}

void
verifying_server_set_status (VerifyingServer *self,
                             const char *request,
                             guint status)
{
  loopback_set_status (self->loopback, request, status);
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
