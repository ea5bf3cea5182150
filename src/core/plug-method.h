/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-parameter.h"
#include "plug-scheme.h"

G_BEGIN_DECLS

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
/* FALSE when the definition says that its test has not been confirmed. */
gboolean plug_method_test_is_verified (PlugMethod *self);
/* The parameter that the test request needs a value of; NULL when it can always be sent. */
const char *plug_method_get_test_requires (PlugMethod *self);
const PlugCondition *plug_method_get_expect (PlugMethod *self);
/* GPtrArray of PlugCondition: answers that mean "wrong credentials"; 401 by default. */
GPtrArray *plug_method_get_refused (PlugMethod *self);
/* GPtrArray of PlugCondition: answers that mean "not permitted"; 403 by default. Looked at after the refused ones. */
GPtrArray *plug_method_get_denied (PlugMethod *self);
/* Pointer to the account's name; NULL when there is none. */
const char *plug_method_get_identity (PlugMethod *self);

/* The label of a JSON file of the service that fills in parameters; NULL when there is no such file. */
const char *plug_method_get_key_file_label (PlugMethod *self);
/* Parameter id → JSON pointer into that file. */
GHashTable *plug_method_get_key_file_pointers (PlugMethod *self);

/* Whether the parameter's conditions on others are met; @values may lack defaults. What is not shown is neither asked for
 * nor sent. */
gboolean plug_method_is_shown (PlugMethod *self,
                               PlugParameter *parameter,
                               const PlugValues *values);
/* @values with every default filled in (templates of other parameters expanded), secrets kept secret. */
PlugValues *plug_method_complete_values (PlugMethod *self,
                                         const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;
/* The token URL that follows from @values, to be shown; NULL when there is none or it cannot be known yet. */
char *plug_method_dup_token_url (PlugMethod *self,
                                 const PlugValues *values) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
