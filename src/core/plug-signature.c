/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-signature.h"

#include <string.h>

#include "plug-crypto.h"
#include "plug-error.h"
#include "plug-json.h"
#include "plug-text.h"

#define CORTEX_NONCE_CHARS 64
/* What of a body EdgeGrid signs at most. */
#define EDGEGRID_MAX_BODY_BYTES 131072
/* What Zscaler takes of the time, in milliseconds, and the digits 0 to 9, moved by two, reach of the key. */
#define ZSCALER_TIME_RANGE 1000000
#define ZSCALER_SHIFT 2
#define ZSCALER_KEY_CHARS 12

/* What the algorithms sign. */
typedef struct {
  PlugRequestBuilder *builder;
  char *host;         /* in lower case; with its port, if it has one */
  const char *target; /* path and query; in builder */
  char *key;
  char *secret;
  char *token;        /* (nullable) */
  GDateTime *now;     /* UTC */
  const char *nonce;
} Signing;

typedef gboolean (*SignFunc) (Signing *self,
                              GError **error);

static char *
dup_hmac (PlugHash hash,
          const char *key,
          const char *data,
          gboolean as_hex,
          GError **error)
{
  guint8 digest[PLUG_HASH_MAX_BYTES];
  gsize n_bytes = plug_crypto_get_hash_bytes (hash);

  if (!plug_crypto_hmac (hash, key, strlen (key), data, strlen (data), digest, error))
    return NULL;

  return as_hex ? plug_crypto_dup_hex (digest, n_bytes) : g_base64_encode (digest, n_bytes);
}

/* RFC 5322, section 3.3: in English, whatever the language of the session. */
static char *
dup_date (GDateTime *now)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  return g_strdup_printf ("%s, %02d %s %04d %02d:%02d:%02d -0000", days[g_date_time_get_day_of_week (now) - 1],
                          g_date_time_get_day_of_month (now), months[g_date_time_get_month (now) - 1],
                          g_date_time_get_year (now), g_date_time_get_hour (now), g_date_time_get_minute (now),
                          g_date_time_get_second (now));
}

/* The parameters are those of the query, or of the form. */
static gboolean
sign_for_duo (Signing *self,
              GError **error)
{
  const PlugBuffer *body = plug_request_builder_build_body (self->builder);
  const char *query = self->target + strcspn (self->target, "?");
  g_autofree char *path = g_strndup (self->target, query - self->target);
  g_autofree char *date = dup_date (self->now);
  g_autoptr (PlugSecretString) parameters = plug_request_dup_sorted_query (body != NULL ? body->text
                                                                                           : query + (*query == '?'));
  g_autoptr (PlugSecretString) canonical = g_strjoin ("\n", date, self->builder->verb, self->host, path, parameters, NULL);
  g_autofree char *signature = dup_hmac (PLUG_HASH_SHA1, self->secret, canonical, TRUE, error);
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;

  if (signature == NULL)
    return FALSE;

  pair = g_strconcat (self->key, ":", signature, NULL);
  encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  plug_request_builder_take_header (self->builder, "Date", g_steal_pointer (&date));
  plug_request_builder_take_header (self->builder, "Authorization", g_strconcat ("Basic ", encoded, NULL));

  return TRUE;
}

static gboolean
sign_for_cortex_xdr (Signing *self,
                     GError **error)
{
  g_autofree char *nonce = self->nonce != NULL ? g_strdup (self->nonce) : plug_crypto_dup_nonce (CORTEX_NONCE_CHARS, error);
  g_autofree char *timestamp = g_strdup_printf ("%" G_GINT64_FORMAT, g_date_time_to_unix (self->now) * 1000
                                                                        + g_date_time_get_microsecond (self->now) / 1000);
  g_autoptr (PlugSecretString) signed_text = nonce != NULL ? g_strconcat (self->secret, nonce, timestamp, NULL) : NULL;
  guint8 digest[PLUG_HASH_MAX_BYTES];

  if (nonce == NULL || !plug_crypto_hash (PLUG_HASH_SHA256, signed_text, strlen (signed_text), digest, error))
    return FALSE;

  plug_request_builder_take_header (self->builder, "x-xdr-timestamp", g_steal_pointer (&timestamp));
  plug_request_builder_take_header (self->builder, "x-xdr-nonce", g_steal_pointer (&nonce));
  plug_request_builder_take_header (self->builder, "x-xdr-auth-id", g_strdup (self->key));
  plug_request_builder_take_header (self->builder, "Authorization",
                                    plug_crypto_dup_hex (digest, plug_crypto_get_hash_bytes (PLUG_HASH_SHA256)));

  return TRUE;
}

static gboolean
sign_for_darktrace (Signing *self,
                    GError **error)
{
  g_autofree char *date = g_date_time_format (self->now, "%Y%m%dT%H%M%S");
  g_autofree char *signed_text = g_strjoin ("\n", self->target, self->key, date, NULL);
  char *signature = dup_hmac (PLUG_HASH_SHA1, self->secret, signed_text, TRUE, error);

  if (signature == NULL)
    return FALSE;

  plug_request_builder_take_header (self->builder, "DTAPI-Token", g_strdup (self->key));
  plug_request_builder_take_header (self->builder, "DTAPI-Date", g_steal_pointer (&date));
  plug_request_builder_take_header (self->builder, "DTAPI-Signature", signature);

  return TRUE;
}

/* Of a POST only, and of its beginning only. */
static char *
dup_body_hash (Signing *self,
               GError **error)
{
  const PlugBuffer *body = plug_request_builder_build_body (self->builder);
  guint8 digest[PLUG_HASH_MAX_BYTES];

  if (body == NULL || body->length_bytes == 0 || !g_str_equal (self->builder->verb, "POST"))
    return g_strdup ("");
  if (!plug_crypto_hash (PLUG_HASH_SHA256, body->text, MIN (body->length_bytes, EDGEGRID_MAX_BODY_BYTES), digest, error))
    return NULL;

  return g_base64_encode (digest, plug_crypto_get_hash_bytes (PLUG_HASH_SHA256));
}

static gboolean
sign_for_edgegrid (Signing *self,
                   GError **error)
{
  g_autofree char *nonce = self->nonce != NULL ? g_strdup (self->nonce) : g_uuid_string_random ();
  g_autofree char *timestamp = g_date_time_format (self->now, "%Y%m%dT%H:%M:%S+0000");
  g_autoptr (PlugSecretString) header = g_strdup_printf ("EG1-HMAC-SHA256 client_token=%s;access_token=%s;timestamp=%s;nonce=%s;",
                                                         self->key, self->token != NULL ? self->token : "", timestamp, nonce);
  g_autofree char *body_hash = dup_body_hash (self, error);
  g_autoptr (PlugSecretString) signing_key = dup_hmac (PLUG_HASH_SHA256, self->secret, timestamp, FALSE, error);
  g_autoptr (PlugSecretString) signed_text = NULL;
  g_autofree char *signature = NULL;

  if (body_hash == NULL || signing_key == NULL)
    return FALSE;
  signed_text = g_strjoin ("\t", self->builder->verb, "https", self->host, self->target, "", body_hash, header, NULL);
  signature = dup_hmac (PLUG_HASH_SHA256, signing_key, signed_text, FALSE, error);
  if (signature == NULL)
    return FALSE;

  plug_request_builder_take_header (self->builder, "Authorization", g_strconcat (header, "signature=", signature, NULL));

  return TRUE;
}

static char *
dup_content (const PlugBuffer *body)
{
  g_autoptr (JsonNode) root = body != NULL ? plug_json_parse (body->text, body->length_bytes, NULL) : NULL;
  JsonNode *node = root != NULL ? plug_json_resolve (root, "/content") : NULL;

  return node != NULL ? plug_json_dup_scalar (node) : NULL;
}

static gboolean
sign_for_passportal (Signing *self,
                     GError **error)
{
  g_autofree char *content = dup_content (plug_request_builder_build_body (self->builder));
  char *hash;

  if (content == NULL) {
    g_set_error_literal (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "the request has no content to sign");
    return FALSE;
  }
  hash = dup_hmac (PLUG_HASH_SHA256, self->secret, content, TRUE, error);
  if (hash == NULL)
    return FALSE;

  plug_request_builder_take_header (self->builder, "x-key", g_strdup (self->key));
  plug_request_builder_take_header (self->builder, "x-hash", hash);

  return TRUE;
}

/* The request for a token signs no target. A date with a zone, as the guide writes it, gets a status of 500. */
static gboolean
sign_for_avanan (Signing *self,
                 GError **error)
{
  g_autofree char *request_id = self->nonce != NULL ? g_strdup (self->nonce) : g_uuid_string_random ();
  g_autofree char *seconds = g_date_time_format (self->now, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *date = g_strdup_printf ("%s.%06d", seconds, g_date_time_get_microsecond (self->now));
  const char *target = plug_request_builder_has_header (self->builder, "x-av-token") ? self->target : "";
  g_autoptr (PlugSecretString) signed_text = g_strconcat (request_id, self->key, date, target, self->secret, NULL);
  g_autoptr (PlugSecretString) encoded = g_base64_encode ((const guchar *) signed_text, strlen (signed_text));
  guint8 digest[PLUG_HASH_MAX_BYTES];

  if (!plug_crypto_hash (PLUG_HASH_SHA256, encoded, strlen (encoded), digest, error))
    return FALSE;

  plug_request_builder_take_header (self->builder, "x-av-req-id", g_steal_pointer (&request_id));
  plug_request_builder_take_header (self->builder, "x-av-app-id", g_strdup (self->key));
  plug_request_builder_take_header (self->builder, "x-av-date", g_steal_pointer (&date));
  plug_request_builder_take_header (self->builder, "x-av-sig",
                                    plug_crypto_dup_hex (digest, plug_crypto_get_hash_bytes (PLUG_HASH_SHA256)));

  return TRUE;
}

/* The last six digits of the time, and those of half of it, say which characters of the key to send. */
static gboolean
sign_for_zscaler (Signing *self,
                  GError **error)
{
  gint64 time_ms = g_date_time_to_unix (self->now) * 1000 + g_date_time_get_microsecond (self->now) / 1000;
  int high = (int) (time_ms % ZSCALER_TIME_RANGE);
  g_autofree char *digits = g_strdup_printf ("%06d%06d", high, high / 2);
  char *obfuscated;

  if (strlen (self->secret) < ZSCALER_KEY_CHARS || !g_str_is_ascii (self->secret)) {
    g_set_error (error, PLUG_ERROR, PLUG_ERROR_INVALID_VALUE, "the API key needs %d letters or digits", ZSCALER_KEY_CHARS);
    return FALSE;
  }
  obfuscated = g_malloc0 (strlen (digits) + 1);
  for (gsize i = 0; digits[i] != '\0'; i++)
    obfuscated[i] = self->secret[digits[i] - '0' + (i < strlen (digits) / 2 ? 0 : ZSCALER_SHIFT)];
  if (self->builder->redactor != NULL)
    plug_redactor_add (self->builder->redactor, obfuscated);

  plug_request_builder_take_member (self->builder, "username", g_strdup (self->key));
  plug_request_builder_take_member (self->builder, "apiKey", obfuscated);
  plug_request_builder_take_member (self->builder, "timestamp", g_strdup_printf ("%" G_GINT64_FORMAT, time_ms));

  return TRUE;
}

static const SignFunc sign_funcs[] = {
  [PLUG_SIGNATURE_DUO] = sign_for_duo,
  [PLUG_SIGNATURE_CORTEX_XDR] = sign_for_cortex_xdr,
  [PLUG_SIGNATURE_DARKTRACE] = sign_for_darktrace,
  [PLUG_SIGNATURE_AKAMAI_EDGEGRID] = sign_for_edgegrid,
  [PLUG_SIGNATURE_PASSPORTAL] = sign_for_passportal,
  [PLUG_SIGNATURE_AVANAN] = sign_for_avanan,
  [PLUG_SIGNATURE_ZSCALER] = sign_for_zscaler,
};

static char *
expand_or_null (PlugTemplate *template,
                const PlugValues *values)
{
  return template != NULL ? plug_template_expand (template, values) : NULL;
}

gboolean
plug_signature_sign (const PlugScheme *scheme,
                     const PlugValues *values,
                     PlugRequestBuilder *builder,
                     gint64 now_us,
                     const char *nonce,
                     GError **error)
{
  const char *authority = strstr (builder->url->text, "://");
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_add (seconds, now_us % G_USEC_PER_SEC);
  Signing self = { .builder = builder, .now = now, .nonce = nonce };
  gsize host_length;
  gboolean is_signed;

  authority = authority != NULL ? authority + strlen ("://") : builder->url->text;
  host_length = strcspn (authority, "/?");
  self.host = g_ascii_strdown (authority, host_length);
  self.target = authority[host_length] != '\0' ? authority + host_length : "/";
  self.key = plug_template_expand (scheme->key, values);
  self.secret = plug_template_expand (scheme->secret, values);
  self.token = expand_or_null (scheme->token, values);
  is_signed = sign_funcs[scheme->algorithm] (&self, error);

  g_free (self.host);
  plug_text_wipe (self.key);
  plug_text_wipe (self.secret);
  plug_text_wipe (self.token);

  return is_signed;
}
