/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-parameter.h"

G_BEGIN_DECLS

/* One condition on another parameter. */
typedef struct {
  char *id;
  char **values;      /* any of them */
  gboolean filled_in; /* any value at all, of a parameter that is neither boolean nor enum */
} PlugVisibleWhen;

void plug_visible_when_free (PlugVisibleWhen *self);

/* Filled in by the definition's reader, and never changed afterwards. */
struct _PlugParameter {
  GObject parent_instance;

  char *id;
  char *label;
  PlugParameterType type;
  gboolean secret;
  gboolean required;
  gboolean advanced;
  char *default_text;
  gboolean default_is_template;
  char *placeholder;
  char *help;
  char *suffix;
  char **options;
  char **strip_suffixes; /* each begins with "/" */
  GRegex *pattern;
  GPtrArray *visible_when; /* of PlugVisibleWhen: all of them */
  gboolean in_header; /* the value stands unencoded in a header */
};

/* FALSE when @id names no type. */
gboolean plug_parameter_type_from_id (const char *id,
                                      PlugParameterType *type);

/* Compiles a definition's pattern, which begins where the value does, so that no pattern can take long; G_REGEX_ERROR
 * when it is malformed. */
GRegex *plug_parameter_compile_pattern (const char *pattern,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
