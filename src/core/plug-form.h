/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-store.h"

G_BEGIN_DECLS

/**
 * PlugForm:
 *
 * A form while it is filled in: name, method, values. All its rules are here, so that a widget only shows and reports.
 * Values stay when the method changes and the other method has a parameter of the same id.
 *
 * Signal "changed" (const char *id): a value, or the name (id "name"), was changed by the form itself, as when a pasted
 * address fills in the tenant.
 */
#define PLUG_TYPE_FORM (plug_form_get_type ())
G_DECLARE_FINAL_TYPE (PlugForm, plug_form, PLUG, FORM, GObject)

/* For a new connection: name suggested, defaults filled in, the first or recommended method chosen. */
PlugForm *plug_form_new (PlugStore *store,
                         PlugProvider *provider) G_GNUC_WARN_UNUSED_RESULT;
/* For an existing one: name fixed, values from the file, secrets empty until typed anew. */
PlugForm *plug_form_new_for_connection (PlugStore *store,
                                        PlugConnection *connection) G_GNUC_WARN_UNUSED_RESULT;

PlugProvider *plug_form_get_provider (PlugForm *self);
PlugMethod *plug_form_get_method (PlugForm *self);
void plug_form_set_method (PlugForm *self,
                           PlugMethod *method);
const char *plug_form_get_name (PlugForm *self);
void plug_form_set_name (PlugForm *self,
                         const char *name);
PlugNameProblem plug_form_check_name (PlugForm *self);

/* As typed; "" when there is none. */
const char *plug_form_get_text (PlugForm *self,
                                const char *id);
void plug_form_set_text (PlugForm *self,
                         const char *id,
                         const char *text);

/**
 * plug_form_settle:
 *
 * When a field is left or pasted into: normalises its value, and fills in what a pasted address tells of other
 * parameters (the query of a token URL: Tenant). Returns TRUE when blanks around the value were removed, which the
 * window then says.
 */
gboolean plug_form_settle (PlugForm *self,
                           const char *id);
PlugValueProblem plug_form_check (PlugForm *self,
                                  const char *id);
/* Whether the field belongs into the form now; a hidden one keeps its text, but has no problem and is not in the draft. */
gboolean plug_form_is_shown (PlugForm *self,
                             const char *id);

/**
 * plug_form_load_key_file:
 * @content: a JSON file of the service, such as the key of a Google service account
 *
 * Fills in the parameters that the method's keyFile names; "changed" tells which. PLUG_ERROR_INVALID_JSON, or
 * PLUG_ERROR_INVALID_FILE when the file has none of them: then nothing is changed.
 */
gboolean plug_form_load_key_file (PlugForm *self,
                                  GBytes *content,
                                  GError **error);
/* NULL until it can be known. */
char *plug_form_dup_token_url (PlugForm *self) G_GNUC_WARN_UNUSED_RESULT;

/* The host that the connection's requests go to; NULL until it can be known. */
char *plug_form_dup_host (PlugForm *self) G_GNUC_WARN_UNUSED_RESULT;

/* PEM authorities for this connection; NULL for the system's. PLUG_ERROR_INVALID_VALUE when it is not PEM. */
gboolean plug_form_set_authorities (PlugForm *self,
                                    GBytes *pem,
                                    GError **error);
GBytes *plug_form_get_authorities (PlugForm *self);
void plug_form_approve_origin (PlugForm *self,
                               const char *origin);

/* Whether the user typed anything that closing would lose. */
gboolean plug_form_is_dirty (PlugForm *self);
/* The id of the first field with a problem ("name" first); NULL when the form is ready. */
const char *plug_form_get_first_problem (PlugForm *self,
                                         gboolean with_name);
/* Settles everything and takes the snapshot; NULL when something is wrong. A test needs no good name. */
PlugDraft *plug_form_dup_draft (PlugForm *self,
                                gboolean with_name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
