/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "plug-parameter.h"
#include "plug-template.h"

G_BEGIN_DECLS

/* A request of a definition. The body is either text or an object of value templates, encoded by its content type. */
typedef struct {
  char *verb; /* "GET" … */
  PlugTemplate *url;
  GHashTable *headers;   /* name → PlugTemplate (value); may be empty */
  char *content_type;    /* (nullable) */
  PlugTemplate *body;    /* (nullable): text */
  GHashTable *body_members; /* (nullable): member → PlugTemplate (value) */
} PlugRequestSpec;

/* What an answer must look like to count, where the status alone does not tell. */
typedef struct {
  GArray *status;     /* of guint; never empty */
  char *pointer;      /* (nullable) */
  JsonNode *equals;   /* (nullable) */
  int exists;         /* -1 not asked, else 0 or 1 */
  char *content_type; /* (nullable) */
} PlugExpectSpec;

typedef struct {
  PlugRequestSpec *request;
  gboolean after_auth;
  gboolean optional;
  GHashTable *set; /* parameter id → JSON pointer */
} PlugResolveSpec;

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

/**
 * PlugScheme:
 *
 * One security scheme of a method, OpenAPI's vocabulary with RFC 6749's names inside. @json is the checked member of
 * the definition, for the kinds that have no fields of their own here.
 */
typedef struct {
  PlugSchemeKind kind;
  JsonObject *json;

  /* apiKey */
  PlugApiKeyIn in;
  char *name;
  PlugTemplate *value;

  /* http; oauth2's password grant uses username and password too */
  PlugTemplate *username;
  PlugTemplate *password;
  PlugTemplate *token;

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
  char *access_token;         /* pointer; "/access_token" by default */
  char *expires_in;           /* pointer; "/expires_in" by default */
  GHashTable *set;            /* parameter id → pointer */
} PlugScheme;

/**
 * PlugMethod:
 *
 * One way to sign in to a provider. Immutable.
 */
#define PLUG_TYPE_METHOD (plug_method_get_type ())
G_DECLARE_FINAL_TYPE (PlugMethod, plug_method, PLUG, METHOD, GObject)

const char *plug_method_get_id (PlugMethod *self);
const char *plug_method_get_label (PlugMethod *self);
gboolean plug_method_is_recommended (PlugMethod *self);
/* NULL when the method has no page of its own. */
const char *plug_method_get_docs (PlugMethod *self);
/* GPtrArray of PlugParameter, in the form's order; borrowed. */
GPtrArray *plug_method_get_parameters (PlugMethod *self);
PlugParameter *plug_method_get_parameter (PlugMethod *self,
                                          const char *id);
PlugTemplate *plug_method_get_server (PlugMethod *self);
/* Sent with every request: name → PlugTemplate. */
GHashTable *plug_method_get_headers (PlugMethod *self);
/* GPtrArray of PlugResolveSpec. */
GPtrArray *plug_method_get_resolves (PlugMethod *self);
/* GPtrArray of PlugScheme; all of them apply together. */
GPtrArray *plug_method_get_schemes (PlugMethod *self);
/* Domains below which an origin learnt from the service needs no approval; NULL-terminated, empty for user definitions. */
const char * const *plug_method_get_within (PlugMethod *self);
/* Whether the definition lets the connection name a certificate authority file. */
gboolean plug_method_allows_authorities (PlugMethod *self);

/* The test: a request, or `issued`, or a reason why there is none. */
PlugRequestSpec *plug_method_get_test_request (PlugMethod *self);
gboolean plug_method_test_is_issued (PlugMethod *self);
const char *plug_method_get_not_testable_reason (PlugMethod *self);
PlugExpectSpec *plug_method_get_expect (PlugMethod *self);
/* GArray of guint: statuses that mean "not permitted"; 403 by default. */
GArray *plug_method_get_denied (PlugMethod *self);
/* Pointer to the account's name; NULL when there is none. */
const char *plug_method_get_identity (PlugMethod *self);

/* @values with every default filled in (templates of other parameters expanded), secrets kept secret. */
PlugValues *plug_method_complete_values (PlugMethod *self,
                                         const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;
/* The token URL that follows from @values, to be shown; NULL when there is none or it cannot be known yet. */
char *plug_method_dup_token_url (PlugMethod *self,
                                 const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
