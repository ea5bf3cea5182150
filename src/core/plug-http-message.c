/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* explicit_bzero() */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-private.h"

#include <stdio.h>
#include <string.h>

#include "plug-text.h"

#define MAX_HEADERS 1000
#define MAX_RETRY_AFTER_S 3600

static void
header_free (gpointer data)
{
  PlugHttpHeader *header = data;

  g_free (header->name);
  plug_text_wipe (header->value);
  g_free (header);
}

static void
add_header (GPtrArray *headers,
            char *name,
            char *value)
{
  PlugHttpHeader *header = g_new (PlugHttpHeader, 1);

  header->name = name;
  header->value = value;
  g_ptr_array_add (headers, header);
}

static void
wipe_body (char *body,
           gsize length)
{
  if (body == NULL)
    return;
  explicit_bzero (body, length);
  g_free (body);
}

PlugHttpRequest *
plug_http_request_new (const char *method,
                       const char *url)
{
  PlugHttpRequest *self = g_new0 (PlugHttpRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->connect_ms = PLUG_HTTP_CONNECT_TIMEOUT_MS;
  self->total_ms = PLUG_HTTP_TIMEOUT_MS;
  self->max_body = PLUG_HTTP_MAX_BODY_BYTES;

  return self;
}

PlugHttpRequest *
plug_http_request_copy (PlugHttpRequest *self)
{
  PlugHttpRequest *copy = plug_http_request_new (self->method, self->url);

  for (guint i = 0; i < self->headers->len; i++) {
    const PlugHttpHeader *header = self->headers->pdata[i];

    add_header (copy->headers, g_strdup (header->name), g_strdup (header->value));
  }
  copy->body = g_memdup2 (self->body, self->body_length);
  copy->body_length = self->body_length;
  copy->authorities = self->authorities == NULL ? NULL : g_bytes_ref (self->authorities);
  copy->certificate = g_strdup (self->certificate);
  copy->private_key = g_strdup (self->private_key);
  copy->aws_provider = g_strdup (self->aws_provider);
  copy->aws_key = g_strdup (self->aws_key);
  copy->aws_secret = g_strdup (self->aws_secret);
  copy->connect_ms = self->connect_ms;
  copy->total_ms = self->total_ms;
  copy->max_body = self->max_body;

  return copy;
}

PlugHttpRequest *
plug_http_request_ref (PlugHttpRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plug_http_request_unref (PlugHttpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->method);
  /* A key may be in the query. */
  plug_text_wipe (self->url);
  g_ptr_array_unref (self->headers);
  wipe_body (self->body, self->body_length);
  g_clear_pointer (&self->authorities, g_bytes_unref);
  plug_text_wipe (self->certificate);
  plug_text_wipe (self->private_key);
  g_free (self->aws_provider);
  plug_text_wipe (self->aws_key);
  plug_text_wipe (self->aws_secret);
  g_free (self);
}

const char *
plug_http_request_get_url (PlugHttpRequest *self)
{
  return self->url;
}

/* What belongs to the transport; anybody else who sets one of these changes where a request goes or where it ends. */
static gboolean
is_transport_header (const char *name)
{
  static const char * const names[] = { "Host", "Content-Length", "Transfer-Encoding", "Connection", "Cookie2",
                                        "Upgrade", "TE", "Trailer", "Expect", "Keep-Alive" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (name, names[i]) == 0)
      return TRUE;
  return g_ascii_strncasecmp (name, "Proxy-", strlen ("Proxy-")) == 0;
}

gboolean
plug_http_request_add_header (PlugHttpRequest *self,
                              const char *name,
                              const char *value,
                              GError **error)
{
  gsize length = strlen (name);

  if (length == 0 || length > 64 ||
      strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != length ||
      is_transport_header (name)) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "a header of this name cannot be set");
    return FALSE;
  }
  for (const char *p = value; *p != '\0'; p++)
    if (*p < 0x20 || *p > 0x7e) {
      g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE,
                   "the value of the header %s has a character that no header may have", name);
      return FALSE;
    }
  add_header (self->headers, g_strdup (name), g_strdup (value));
  return TRUE;
}

void
plug_http_request_set_body (PlugHttpRequest *self,
                            const char *content_type,
                            const char *body,
                            gsize length_bytes)
{
  wipe_body (self->body, self->body_length);
  self->body = g_memdup2 (body, length_bytes);
  self->body_length = length_bytes;
  if (self->body == NULL)
    self->body = g_strdup ("");
  if (content_type != NULL)
    add_header (self->headers, g_strdup ("Content-Type"), g_strdup (content_type));
}

void
plug_http_request_set_authorities (PlugHttpRequest *self,
                                   GBytes *pem)
{
  g_clear_pointer (&self->authorities, g_bytes_unref);
  self->authorities = pem == NULL ? NULL : g_bytes_ref (pem);
}

void
plug_http_request_set_client_certificate (PlugHttpRequest *self,
                                          const char *certificate,
                                          const char *private_key)
{
  self->certificate = g_strdup (certificate);
  self->private_key = g_strdup (private_key);
}

void
plug_http_request_set_aws_sig_v4 (PlugHttpRequest *self,
                                  const char *provider,
                                  const char *access_key_id,
                                  const char *secret_access_key)
{
  self->aws_provider = g_strdup (provider);
  self->aws_key = g_strdup (access_key_id);
  self->aws_secret = g_strdup (secret_access_key);
}

void
plug_http_request_set_timeouts (PlugHttpRequest *self,
                                guint connect_ms,
                                guint total_ms)
{
  self->connect_ms = connect_ms;
  self->total_ms = total_ms;
}

void
plug_http_request_set_max_body (PlugHttpRequest *self,
                                gsize bytes)
{
  self->max_body = bytes;
}

PlugHttpResponse *
plug_http_response_new (void)
{
  PlugHttpResponse *self = g_new0 (PlugHttpResponse, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->body = g_strdup ("");
  self->body_capacity = 1;

  return self;
}

gboolean
plug_http_response_append_body (PlugHttpResponse *self,
                                const char *data,
                                gsize length,
                                gsize max_bytes)
{
  if (length > max_bytes || self->body_length > max_bytes - length)
    return FALSE;
  if (self->body_length + length + 1 > self->body_capacity) {
    gsize capacity = MAX (self->body_capacity * 2, self->body_length + length + 1);
    char *grown = g_malloc (capacity);

    memcpy (grown, self->body, self->body_length);
    wipe_body (self->body, self->body_length);
    self->body = grown;
    self->body_capacity = capacity;
  }
  memcpy (self->body + self->body_length, data, length);
  self->body_length += length;
  self->body[self->body_length] = '\0';
  return TRUE;
}

gboolean
plug_http_response_append_header (PlugHttpResponse *self,
                                  const char *line,
                                  gsize length)
{
  const char *colon;

  if (length >= 5 && memcmp (line, "HTTP/", 5) == 0) {
    g_ptr_array_set_size (self->headers, 0);
    return TRUE;
  }
  colon = memchr (line, ':', length);
  if (colon == NULL || colon == line)
    return TRUE;
  if (self->headers->len >= MAX_HEADERS)
    return FALSE;
  add_header (self->headers, g_strndup (line, (gsize) (colon - line)),
              g_strstrip (g_strndup (colon + 1, length - (gsize) (colon + 1 - line))));
  return TRUE;
}

PlugHttpResponse *
plug_http_response_ref (PlugHttpResponse *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
plug_http_response_unref (PlugHttpResponse *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->headers);
  g_free (self->content_type);
  g_free (self->redirect_host);
  wipe_body (self->body, self->body_length);
  g_free (self);
}

guint
plug_http_response_get_status (PlugHttpResponse *self)
{
  return self->status;
}

const char *
plug_http_response_get_content_type (PlugHttpResponse *self)
{
  const char *header;

  if (self->content_type == NULL && (header = plug_http_response_get_header (self, "Content-Type")) != NULL) {
    g_autofree char *type = g_strndup (header, strcspn (header, ";"));

    self->content_type = g_ascii_strdown (g_strstrip (type), -1);
  }
  return self->content_type;
}

const char *
plug_http_response_get_header (PlugHttpResponse *self,
                               const char *name)
{
  for (guint i = 0; i < self->headers->len; i++) {
    const PlugHttpHeader *header = self->headers->pdata[i];

    if (g_ascii_strcasecmp (header->name, name) == 0)
      return header->value;
  }
  return NULL;
}

char *
plug_http_response_dup_cookie (PlugHttpResponse *self,
                               const char *name)
{
  gsize name_length = strlen (name);

  for (guint i = 0; i < self->headers->len; i++) {
    const PlugHttpHeader *header = self->headers->pdata[i];
    const char *value = header->value + strspn (header->value, " \t");
    gsize length;

    if (g_ascii_strcasecmp (header->name, "Set-Cookie") != 0 || strncmp (value, name, name_length) != 0 ||
        value[name_length] != '=')
      continue;
    value += name_length + 1;
    length = strcspn (value, ";");
    while (length > 0 && g_ascii_isspace (value[length - 1]))
      length--;
    return g_strndup (value, length);
  }
  return NULL;
}

const char *
plug_http_response_get_body (PlugHttpResponse *self,
                             gsize *length_bytes)
{
  if (length_bytes != NULL)
    *length_bytes = self->body_length;
  return self->body;
}

int
plug_http_response_get_retry_after (PlugHttpResponse *self)
{
  const char *header = plug_http_response_get_header (self, "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;
  int day, year, hour, minute, second;
  char month[4];

  if (header == NULL)
    return -1;
  if (g_ascii_isdigit (*header) && g_ascii_string_to_unsigned (header, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (int) MIN (seconds, MAX_RETRY_AFTER_S);

  /* RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT" is the one form that may be sent. */
  if (sscanf (header, "%*3s, %2d %3s %4d %2d:%2d:%2d GMT", &day, month, &year, &hour, &minute, &second) != 6)
    return -1;
  for (int m = 0; m < 12; m++)
    if (strncmp (&"JanFebMarAprMayJunJulAugSepOctNovDec"[3 * m], month, 3) == 0)
      date = g_date_time_new_utc (year, m + 1, day, hour, minute, second);
  if (date == NULL)
    return -1;
  return (int) CLAMP (g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC, 0, MAX_RETRY_AFTER_S);
}

const char *
plug_http_response_get_redirect_host (PlugHttpResponse *self)
{
  return self->redirect_host;
}

guint
plug_http_response_get_elapsed_ms (PlugHttpResponse *self)
{
  return self->elapsed_ms;
}
