/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  PLUG_PARAMETER_STRING,
  PLUG_PARAMETER_SECRET,
  PLUG_PARAMETER_HOSTNAME,
  PLUG_PARAMETER_URI,
  PLUG_PARAMETER_EMAIL,
  PLUG_PARAMETER_INTEGER,
  PLUG_PARAMETER_BOOLEAN,
  PLUG_PARAMETER_ENUM,
  PLUG_PARAMETER_PEM,
  PLUG_PARAMETER_PATH, /* what follows an address: path and query */
} PlugParameterType;

/**
 * PlugValueProblem:
 *
 * Why a value is refused. plug_sentence_for_value_problem() has the sentence.
 */
typedef enum {
  PLUG_VALUE_OK,
  PLUG_VALUE_MISSING,        /* required, and empty or blank */
  PLUG_VALUE_TOO_LONG,       /* over PLUG_PARAMETER_MAX_BYTES */
  PLUG_VALUE_NOT_UTF8,
  PLUG_VALUE_LINE_BREAK,     /* a line end inside (pem excepted) */
  PLUG_VALUE_CONTROL,        /* NUL, tab or another control character */
  PLUG_VALUE_BIDI,           /* a bidi control character, which hides what is written */
  PLUG_VALUE_NOT_A_URL,
  PLUG_VALUE_NOT_HTTPS,
  PLUG_VALUE_USER_INFO,
  PLUG_VALUE_FRAGMENT,
  PLUG_VALUE_NOT_A_HOST,
  PLUG_VALUE_NOT_AN_EMAIL,
  PLUG_VALUE_NOT_A_NUMBER,
  PLUG_VALUE_NOT_AN_OPTION,
  PLUG_VALUE_NOT_PEM,
  PLUG_VALUE_PATTERN,        /* does not match the definition's pattern */
  PLUG_VALUE_UNCHECKABLE,    /* the pattern gave up: the definition is to blame */
  PLUG_VALUE_NOT_A_PATH,     /* leads out of the address, or has a fragment */
  PLUG_VALUE_NOT_ASCII,      /* goes into a header, where only printable ASCII may stand */
} PlugValueProblem;

/* A masked row cuts at 65,534 bytes by itself; nothing longer is taken anywhere. */
#define PLUG_PARAMETER_MAX_BYTES 65534

/**
 * PlugParameter:
 *
 * One field of a method's form. Immutable.
 */
#define PLUG_TYPE_PARAMETER (plug_parameter_get_type ())
G_DECLARE_FINAL_TYPE (PlugParameter, plug_parameter, PLUG, PARAMETER, GObject)

const char *plug_parameter_get_id (PlugParameter *self);
const char *plug_parameter_get_label (PlugParameter *self);
PlugParameterType plug_parameter_get_value_type (PlugParameter *self);
gboolean plug_parameter_is_secret (PlugParameter *self);
gboolean plug_parameter_is_required (PlugParameter *self);
gboolean plug_parameter_is_advanced (PlugParameter *self);
/* The default as text, or NULL; when it is a template of other parameters, plug_method_complete_values() expands it. */
const char *plug_parameter_get_default (PlugParameter *self);
gboolean plug_parameter_default_is_template (PlugParameter *self);
const char *plug_parameter_get_placeholder (PlugParameter *self);
const char *plug_parameter_get_help (PlugParameter *self);
const char *plug_parameter_get_suffix (PlugParameter *self);
/* Pairs value, label, value, label … NULL-terminated; empty unless the type is enum. */
const char * const *plug_parameter_get_options (PlugParameter *self);

/**
 * plug_parameter_normalise:
 * @text: as typed or pasted
 * @trimmed: (out) (optional): whether blanks, line ends, zero-width characters or quotes around it were removed
 *
 * Removes what surrounds a pasted value; for an address adds the scheme, lowers the host's case, removes trailing
 * slashes and the definition's path endings; of a whole host that was pasted before a suffix such as ".okta.com" leaves
 * the first part. What cannot be made sense of is returned as it is, for the check to refuse.
 */
char *plug_parameter_normalise (PlugParameter *self,
                                const char *text,
                                gboolean *trimmed) G_GNUC_WARN_UNUSED_RESULT;
/* Checks a normalised value; the empty value is fine unless required. */
PlugValueProblem plug_parameter_check (PlugParameter *self,
                                       const char *value);

G_END_DECLS
