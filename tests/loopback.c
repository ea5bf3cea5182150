/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "loopback.h"

#include <string.h>

typedef struct {
  guint status; /* 0: hang */
  char *content_type;
  char *body;
  GPtrArray *headers; /* name, value, name, value … */
} Answer;

typedef struct {
  char *request;
  char *text;
} Entry;

struct _Loopback {
  SoupServer *server;
  LoopbackFilter filter; /* (nullable) */
  gpointer user_data;
  char *origin;
  GHashTable *answers; /* "VERB /path" → Answer */
  GPtrArray *entries;  /* of Entry */
  GPtrArray *hanging;  /* of SoupServerMessage */
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->content_type);
  g_free (answer->body);
  g_ptr_array_unref (answer->headers);
  g_free (answer);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->request);
  g_free (entry->text);
  g_free (entry);
}

static void
append_header_cb (const char *name,
                  const char *value,
                  gpointer user_data)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);

  g_string_append_printf (user_data, "%s: %s\n", folded, value);
}

static void
record (Loopback *self,
        SoupServerMessage *message,
        const char *request)
{
  GUri *uri = soup_server_message_get_uri (message);
  g_autoptr (GString) text = g_string_new (request);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  Entry *entry = g_new0 (Entry, 1);

  if (g_uri_get_query (uri) != NULL)
    g_string_append_printf (text, "?%s", g_uri_get_query (uri));
  g_string_append_c (text, '\n');
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), append_header_cb, text);
  g_string_append_c (text, '\n');
  g_string_append_len (text, g_bytes_get_data (body, NULL), g_bytes_get_size (body));

  entry->request = g_strdup (request);
  entry->text = g_string_free (g_steal_pointer (&text), FALSE);
  g_ptr_array_add (self->entries, entry);
}

static void
requested_cb (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              GHashTable *query,
              gpointer user_data)
{
  Loopback *self = user_data;
  g_autofree char *request = g_strdup_printf ("%s %s", soup_server_message_get_method (message), path);
  Answer *answer = g_hash_table_lookup (self->answers, request);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  record (self, message, request);
  if (answer == NULL) {
    soup_server_message_set_status (message, 404, NULL);
    return;
  }
  if (self->filter != NULL && !self->filter (message, request, self->user_data))
    return;
  if (answer->status == 0) {
    soup_server_message_pause (message);
    g_ptr_array_add (self->hanging, g_object_ref (message));
    return;
  }

  soup_server_message_set_status (message, answer->status, NULL);
  if (answer->content_type != NULL)
    soup_server_message_set_response (message, answer->content_type, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));
  for (guint i = 0; i < answer->headers->len; i += 2)
    soup_message_headers_append (headers, g_ptr_array_index (answer->headers, i), g_ptr_array_index (answer->headers, i + 1));
}

Loopback *
loopback_new (void)
{
  return loopback_new_for_server (soup_server_new (NULL, NULL), NULL, NULL);
}

Loopback *
loopback_new_for_server (SoupServer *server,
                         LoopbackFilter filter,
                         gpointer user_data)
{
  Loopback *self = g_new0 (Loopback, 1);
  gboolean is_secure = soup_server_is_https (server);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->server = server;
  self->filter = filter;
  self->user_data = user_data;
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, answer_free);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  soup_server_add_handler (server, NULL, requested_cb, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | (is_secure ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->origin = g_strdup_printf ("%s://127.0.0.1:%d", is_secure ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  return self;
}

void
loopback_free (Loopback *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->hanging);
  g_object_unref (self->server);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->entries);
  g_free (self->origin);
  g_free (self);
}

const char *
loopback_get_origin (Loopback *self)
{
  return self->origin;
}

void
loopback_answer (Loopback *self,
                 const char *request,
                 guint status,
                 const char *content_type,
                 const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->content_type = g_strdup (content_type);
  answer->body = g_strdup (body);
  answer->headers = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_replace (self->answers, g_strdup (request), answer);
}

static Answer *
get_answer (Loopback *self,
            const char *request)
{
  Answer *answer = g_hash_table_lookup (self->answers, request);

  g_assert_nonnull (answer);

  return answer;
}

void
loopback_set_status (Loopback *self,
                     const char *request,
                     guint status)
{
  get_answer (self, request)->status = status;
}

void
loopback_add_header (Loopback *self,
                     const char *request,
                     const char *name,
                     const char *value)
{
  Answer *answer = get_answer (self, request);

  g_ptr_array_add (answer->headers, g_strdup (name));
  g_ptr_array_add (answer->headers, g_strdup (value));
}

void
loopback_hang (Loopback *self,
               const char *request)
{
  loopback_answer (self, request, 0, NULL, NULL);
}

guint
loopback_get_n_requests (Loopback *self)
{
  return self->entries->len;
}

const char *
loopback_get_request (Loopback *self,
                      const char *request)
{
  for (guint i = self->entries->len; i > 0; i--) {
    Entry *entry = g_ptr_array_index (self->entries, i - 1);

    if (g_str_equal (entry->request, request))
      return entry->text;
  }

  return NULL;
}

char *
loopback_dup_log (Loopback *self)
{
  GString *log = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    g_string_append_printf (log, "%s\n", entry->text);
  }

  return g_string_free (log, FALSE);
}
