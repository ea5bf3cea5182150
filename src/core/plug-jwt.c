/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-jwt.h"

#include <string.h>

#include "plug-buffer.h"
#include "plug-crypto.h"
#include "plug-text.h"

/* Services whose clock is a little behind take a token "issued in the future" for forged; GitHub advises a minute. Services
 * limit the time from there to the end, so that it is a part of the lifetime: half of a short one. */
#define CLOCK_SKEW_S 60
#define SHA1_BYTES 20

static const char *const alg_names[] = {
  [PLUG_ALG_RS256] = "RS256",
  [PLUG_ALG_PS256] = "PS256",
  [PLUG_ALG_ES256] = "ES256",
  [PLUG_ALG_HS256] = "HS256",
};

static void
begin_member (PlugBuffer *json,
              const char *name)
{
  plug_buffer_append (json, json->length_bytes == 0 ? "{" : ",", 1);
  plug_buffer_append_json (json, name);
  plug_buffer_append (json, ":", 1);
}

static void
append_text (PlugBuffer *json,
             const char *name,
             const char *value)
{
  begin_member (json, name);
  plug_buffer_append_json (json, value);
}

static void
append_number (PlugBuffer *json,
               const char *name,
               gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  begin_member (json, name);
  plug_buffer_append (json, text, -1);
}

static void
append_templates (PlugBuffer *json,
                  GHashTable *templates,
                  const PlugValues *values)
{
  guint n_names;
  g_autofree const char **names = plug_template_table_get_names (templates, &n_names);

  for (guint i = 0; i < n_names; i++) {
    g_autoptr (PlugSecretString) value = plug_template_expand (g_hash_table_lookup (templates, names[i]), values);

    if (*value != '\0')
      append_text (json, names[i], value);
  }
}

/* What a person can copy: the certificate, the thumbprint as services show it ("C4:35:93…", in hexadecimal), or in
 * base64url already. */
static char *
dup_thumbprint (const char *text,
                GError **error)
{
  guint8 digest[SHA1_BYTES];
  gsize n_bytes = 0;

  if (strstr (text, "-----BEGIN") != NULL)
    return plug_crypto_dup_thumbprint (text, error);
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == ':' || *p == ' ')
      continue;
    if (!g_ascii_isxdigit (p[0]) || !g_ascii_isxdigit (p[1]) || n_bytes == SHA1_BYTES)
      return g_strdup (text);
    digest[n_bytes++] = g_ascii_xdigit_value (p[0]) * 16 + g_ascii_xdigit_value (p[1]);
    p++;
  }

  return n_bytes == SHA1_BYTES ? plug_crypto_dup_base64url (digest, n_bytes) : g_strdup (text);
}

static gboolean
append_thumbprint (PlugBuffer *json,
                   PlugTemplate *template,
                   const PlugValues *values,
                   GError **error)
{
  g_autoptr (PlugSecretString) value = plug_template_expand (template, values);
  g_autofree char *thumbprint = NULL;

  if (*value == '\0')
    return TRUE;
  thumbprint = dup_thumbprint (value, error);
  if (thumbprint == NULL)
    return FALSE;
  append_text (json, "x5t", thumbprint);

  return TRUE;
}

static gboolean
append_header (PlugBuffer *json,
               const PlugAssertion *assertion,
               const PlugValues *values,
               GError **error)
{
  append_text (json, "alg", alg_names[assertion->alg]);
  if (!g_hash_table_contains (assertion->header, "typ"))
    append_text (json, "typ", "JWT");
  if (assertion->kid != NULL) {
    g_autoptr (PlugSecretString) kid = plug_template_expand (assertion->kid, values);

    if (*kid != '\0')
      append_text (json, "kid", kid);
  }
  if (assertion->x5t != NULL && !append_thumbprint (json, assertion->x5t, values, error))
    return FALSE;
  append_templates (json, assertion->header, values);
  plug_buffer_append (json, "}", 1);

  return TRUE;
}

static void
append_claims (PlugBuffer *json,
               const PlugAssertion *assertion,
               const PlugValues *values,
               gint64 now_s,
               const char *id)
{
  g_autofree char *random = id == NULL ? g_uuid_string_random () : NULL;
  gint64 issued_s = now_s - MIN (CLOCK_SKEW_S, assertion->lifetime_s / 2);

  append_templates (json, assertion->claims, values);
  append_number (json, "iat", issued_s);
  append_number (json, "exp", issued_s + assertion->lifetime_s);
  if (!g_hash_table_contains (assertion->claims, "jti"))
    append_text (json, "jti", id != NULL ? id : random);
  plug_buffer_append (json, "}", 1);
}

static void
append_base64url (PlugBuffer *jwt,
                  const guint8 *bytes,
                  gsize length_bytes)
{
  g_autoptr (PlugSecretString) text = plug_crypto_dup_base64url (bytes, length_bytes);

  if (jwt->length_bytes > 0)
    plug_buffer_append (jwt, ".", 1);
  plug_buffer_append (jwt, text, -1);
}

char *
plug_jwt_new_assertion (const PlugAssertion *assertion,
                        const PlugValues *values,
                        gint64 now_s,
                        const char *id,
                        GError **error)
{
  g_autoptr (PlugBuffer) header = plug_buffer_new ();
  g_autoptr (PlugBuffer) claims = plug_buffer_new ();
  g_autoptr (PlugBuffer) jwt = plug_buffer_new ();
  g_autoptr (PlugSecretString) key = plug_template_expand (assertion->key, values);
  g_autoptr (GBytes) signature = NULL;
  gsize signature_bytes;
  const guint8 *data;

  if (!append_header (header, assertion, values, error))
    return NULL;
  append_claims (claims, assertion, values, now_s, id);
  append_base64url (jwt, (const guint8 *) header->text, header->length_bytes);
  append_base64url (jwt, (const guint8 *) claims->text, claims->length_bytes);

  signature = plug_crypto_sign (assertion->alg, key, jwt->text, jwt->length_bytes, error);
  if (signature == NULL)
    return NULL;
  data = g_bytes_get_data (signature, &signature_bytes);
  append_base64url (jwt, data, signature_bytes);

  return g_strndup (jwt->text, jwt->length_bytes);
}
