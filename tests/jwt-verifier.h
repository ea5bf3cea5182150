/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Looks at signatures and JWTs as a service does, with nothing of src/core. */

typedef struct {
  JsonObject *header;
  JsonObject *claims;
} Jwt;

/* @alg: RFC 7518's name; @key: the private key as PEM, whose public half verifies, or the secret of HS256. */
gboolean jwt_verify_signature (const char *alg,
                               const char *key,
                               const char *data,
                               gsize length_bytes,
                               const guint8 *signature,
                               gsize signature_bytes);
/* NULL unless @text is a compact JWT that @key has signed with @alg. */
Jwt *jwt_read (const char *text,
               const char *alg,
               const char *key);
void jwt_free (Jwt *self);
/* NULL when it is missing, or no text. */
const char *jwt_get_claim (Jwt *self,
                           const char *name);
const char *jwt_get_header (Jwt *self,
                            const char *name);
/* Made before now, still valid, and with an id of its own. */
gboolean jwt_is_timely (Jwt *self);

/* RFC 7515, section 2; NULL when @text has another character. */
guint8 *jwt_decode_base64url (const char *text,
                              gsize *length_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Jwt, jwt_free)

G_END_DECLS
