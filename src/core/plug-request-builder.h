/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-buffer.h"
#include "plug-http.h"
#include "plug-scheme.h"
#include "plug-text.h"
#include "plug-values.h"

G_BEGIN_DECLS

/**
 * PlugRequestBuilder:
 *
 * A request while a definition and its schemes add to it. Whatever may be secret is wiped with it.
 */
typedef struct {
  char *verb;
  PlugBuffer *url;
  GPtrArray *headers;       /* of PlugField */
  GPtrArray *members;       /* of PlugField: of a form, or more members of a JSON object */
  char *content_type;       /* (nullable) */
  JsonNode *json;           /* (nullable): every string in it is a value template of @values */
  const PlugValues *values; /* (nullable): borrowed */
  PlugBuffer *body;         /* (nullable): when it is built */
  PlugRedactor *redactor;   /* (nullable): borrowed: learns what is signed for this request */

  /* What libcurl does itself */
  char *aws_provider;       /* (nullable): "aws:amz:REGION:SERVICE" */
  char *aws_key;
  char *aws_secret;
  char *certificate;        /* (nullable): PEM */
  char *private_key;
} PlugRequestBuilder;

/* A name and a value that may be secret. */
typedef struct {
  char *name;
  char *value;
} PlugField;

PlugRequestBuilder *plug_request_builder_new (const char *verb,
                                              const char *url) G_GNUC_WARN_UNUSED_RESULT;
/* Address and body, without headers. @values: borrowed until the request is finished. */
PlugRequestBuilder *plug_request_builder_new_for_spec (const PlugRequestSpec *spec,
                                                       const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;
void plug_request_builder_free (PlugRequestBuilder *self);

/* Take @value. The last one of a name counts, so that a definition can replace what we would send. */
void plug_request_builder_take_header (PlugRequestBuilder *self,
                                       const char *name,
                                       char *value);
void plug_request_builder_take_member (PlugRequestBuilder *self,
                                       const char *name,
                                       char *value);
gboolean plug_request_builder_has_header (PlugRequestBuilder *self,
                                          const char *name);
void plug_request_builder_append_query (PlugRequestBuilder *self,
                                        const char *name,
                                        const char *value);
void plug_request_builder_append_cookie (PlugRequestBuilder *self,
                                         const char *name,
                                         const char *value);
/* name → PlugTemplate, in the order of their names, so that a request is always the same. What comes of variables, and to
 * nothing, is left out. */
void plug_request_builder_expand_headers (PlugRequestBuilder *self,
                                          GHashTable *templates,
                                          const PlugValues *values);
void plug_request_builder_expand_members (PlugRequestBuilder *self,
                                          GHashTable *templates,
                                          const PlugValues *values);

/* "b=2&a=1" → "a=1&b=2": by name, and then by value, as signatures want it; what is encoded stays as it is. */
char *plug_request_dup_sorted_query (const char *query) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing may be added to the body afterwards. NULL when there is none. */
const PlugBuffer *plug_request_builder_build_body (PlugRequestBuilder *self);
/* PLUG_ERROR_INVALID_VALUE when a header cannot be sent. */
PlugHttpRequest *plug_request_builder_finish (PlugRequestBuilder *self,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugRequestBuilder, plug_request_builder_free)

G_END_DECLS
