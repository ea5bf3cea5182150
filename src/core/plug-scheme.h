/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "plug-template.h"

G_BEGIN_DECLS

/* What a definition says of requests, answers and sign-in. Filled in by the definition's reader, and never changed
 * afterwards. */

/**
 * PlugRequestSpec:
 *
 * A request of a definition. The body is a text, the members of a form, or any JSON: one of the three, or none.
 */
typedef struct {
  char *verb; /* "GET" … */
  PlugTemplate *url;
  GHashTable *headers;      /* name → PlugTemplate (value); may be empty */
  char *content_type;       /* (nullable) */
  PlugTemplate *body_text;  /* (nullable) */
  GHashTable *body_members; /* (nullable): member → PlugTemplate (value) */
  JsonNode *body_json;      /* (nullable): every string in it is a value template */
} PlugRequestSpec;

/**
 * PlugCondition:
 *
 * What an answer looks like. Every member that is given must fit.
 */
typedef struct {
  GArray *status;     /* (nullable): of guint */
  char *pointer;      /* (nullable) */
  JsonNode *equals;   /* (nullable) */
  int exists;         /* -1 not asked, else 0 or 1 */
  char *type;         /* (nullable): of the value there, by JSON Schema's name */
  char *content_type; /* (nullable): lower case, without parameters */
  char *contains;     /* (nullable): stands in the body to the letter */
} PlugCondition;

typedef struct {
  PlugRequestSpec *request;
  gboolean after_auth;
  gboolean optional;
  GHashTable *set; /* variable → JSON pointer */
} PlugResolveSpec;

/* RFC 7518, section 3.1. */
typedef enum {
  PLUG_ALG_RS256,
  PLUG_ALG_PS256,
  PLUG_ALG_ES256,
  PLUG_ALG_HS256,
} PlugAlg;

/**
 * PlugAssertion:
 *
 * A JWT that is signed anew for each request; RFC 7519, RFC 7523. "iat", "exp" and "jti" are added to the claims.
 */
typedef struct {
  PlugAlg alg;
  PlugTemplate *key;  /* PEM, or the secret of HS256 */
  PlugTemplate *kid;  /* (nullable) */
  PlugTemplate *x5t;  /* (nullable): the thumbprint itself, or the certificate as PEM */
  GHashTable *claims; /* name → PlugTemplate */
  GHashTable *header; /* name → PlugTemplate: more members of the JOSE header */
  guint lifetime_s;
} PlugAssertion;

typedef enum {
  PLUG_SCHEME_NONE,
  PLUG_SCHEME_API_KEY,
  PLUG_SCHEME_HTTP_BASIC,
  PLUG_SCHEME_HTTP_BEARER,
  PLUG_SCHEME_OAUTH2,
  PLUG_SCHEME_LOGIN,
  PLUG_SCHEME_AWS_SIG_V4,
  PLUG_SCHEME_SIGNATURE,
  PLUG_SCHEME_MUTUAL_TLS,
} PlugSchemeKind;

typedef enum {
  PLUG_API_KEY_IN_HEADER,
  PLUG_API_KEY_IN_QUERY,
  PLUG_API_KEY_IN_COOKIE,
  PLUG_API_KEY_IN_BODY,
} PlugApiKeyIn;

typedef enum {
  PLUG_GRANT_CLIENT_CREDENTIALS,
  PLUG_GRANT_PASSWORD,
  PLUG_GRANT_AUTHORIZATION_CODE,
  PLUG_GRANT_DEVICE_CODE,
  PLUG_GRANT_JWT_BEARER,
} PlugGrant;

typedef enum {
  PLUG_CLIENT_SECRET_POST,
  PLUG_CLIENT_SECRET_BASIC,
  PLUG_CLIENT_AUTH_NONE,
  PLUG_CLIENT_PRIVATE_KEY_JWT,
  PLUG_CLIENT_TLS,
} PlugClientAuth;

/* Where the answer to a login has the token. */
typedef enum {
  PLUG_TOKEN_AT_POINTER,
  PLUG_TOKEN_IN_HEADER,
  PLUG_TOKEN_IN_COOKIE,
  PLUG_TOKEN_IS_BODY,
  PLUG_TOKEN_IN_ELEMENT, /* of XML */
} PlugTokenPlace;

typedef enum {
  PLUG_SIGNATURE_DUO,
  PLUG_SIGNATURE_CORTEX_XDR,
  PLUG_SIGNATURE_DARKTRACE,
  PLUG_SIGNATURE_AKAMAI_EDGEGRID,
  PLUG_SIGNATURE_PASSPORTAL,
  PLUG_SIGNATURE_AVANAN,
  PLUG_SIGNATURE_ZSCALER,
} PlugSignatureAlgorithm;

typedef struct _PlugScheme PlugScheme;

/**
 * PlugScheme:
 *
 * One security scheme of a method: OpenAPI's vocabulary with RFC 6749's names inside.
 */
struct _PlugScheme {
  PlugSchemeKind kind;

  /* apiKey */
  PlugApiKeyIn in;
  PlugTemplate *name;
  PlugTemplate *value;

  /* http; oauth2's password grant uses username and password too */
  PlugTemplate *username;
  PlugTemplate *password;
  PlugTemplate *token;      /* also of AWS (the session token) and EdgeGrid (the access token) */
  PlugAssertion *assertion; /* (nullable): also of oauth2 */

  /* oauth2 */
  PlugGrant grant;
  PlugClientAuth client_auth;
  PlugTemplate *token_url;
  PlugTemplate *client_id;
  PlugTemplate *client_secret;
  PlugTemplate *scope;
  gboolean token_json;        /* the token request is JSON, not a form */
  GHashTable *token_params;   /* name → PlugTemplate */
  GHashTable *token_headers;  /* name → PlugTemplate */

  /* login */
  PlugRequestSpec *request;
  PlugScheme *with;           /* (nullable): how that request is signed */
  PlugCondition *expect;      /* (nullable): any status of success */
  PlugTokenPlace token_place;
  char *token_name;           /* of the header, cookie or element */
  PlugRequestSpec *logout;    /* (nullable) */
  GPtrArray *denied;          /* of PlugCondition: right credentials that may not sign in */

  /* oauth2 and login */
  char *access_token;         /* pointer */
  char *expires_in;           /* pointer */
  GHashTable *set;            /* variable → pointer */
  PlugScheme *apply;          /* (nullable): how the token is shown to the service; as a bearer token by default */
  GPtrArray *refused;         /* of PlugCondition: wrong credentials */

  /* awsSigV4 and signature */
  PlugSignatureAlgorithm algorithm;
  PlugTemplate *key;          /* the public half: an access key id, an integration key */
  PlugTemplate *secret;
  PlugTemplate *region;
  char *service;

  /* mutualTLS */
  PlugTemplate *certificate;
  PlugTemplate *private_key;
};

/* Whether a token has to be requested for it. */
gboolean plug_scheme_needs_token (const PlugScheme *self);
/* The address of the token request; NULL when none is needed. */
PlugTemplate *plug_scheme_get_token_url (const PlugScheme *self);

/* A table of name → PlugTemplate. */
GHashTable *plug_template_table_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* The names in their order, so that what is made of the table is always the same; free the array with g_free(), the strings
 * are borrowed. */
const char **plug_template_table_get_names (GHashTable *table,
                                            guint *n_names) G_GNUC_WARN_UNUSED_RESULT;

PlugRequestSpec *plug_request_spec_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_request_spec_free (PlugRequestSpec *self);
/* Whether a body of one type is written as one of the other: both are JSON, or they differ in parameters only. */
gboolean plug_content_type_is_like (const char *content_type,
                                    const char *other);
PlugCondition *plug_condition_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* Wants one status and nothing more. */
PlugCondition *plug_condition_new_for_status (guint status) G_GNUC_WARN_UNUSED_RESULT;
void plug_condition_free (PlugCondition *self);
/* A list of PlugCondition that owns them. */
GPtrArray *plug_conditions_new (void) G_GNUC_WARN_UNUSED_RESULT;
PlugResolveSpec *plug_resolve_spec_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_resolve_spec_free (PlugResolveSpec *self);
PlugAssertion *plug_assertion_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_assertion_free (PlugAssertion *self);
PlugScheme *plug_scheme_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_scheme_free (PlugScheme *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugRequestSpec, plug_request_spec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugCondition, plug_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugResolveSpec, plug_resolve_spec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugAssertion, plug_assertion_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugScheme, plug_scheme_free)

G_END_DECLS
