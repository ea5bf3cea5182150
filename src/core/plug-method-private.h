/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-method.h"

G_BEGIN_DECLS

/* Filled in by the definition's reader, and never changed afterwards. */
struct _PlugMethod {
  GObject parent_instance;

  char *id;
  char *label;
  gboolean recommended;
  char *docs;
  GPtrArray *parameters;
  PlugTemplate *server;
  GHashTable *headers;
  GPtrArray *resolves;
  GPtrArray *schemes;
  char **within;
  gboolean allows_authorities;
  PlugRequestSpec *test_request;
  gboolean test_is_issued;
  char *not_testable_reason;
  gboolean test_is_verified;
  char *test_requires;
  PlugCondition *expect;
  GPtrArray *refused;
  GPtrArray *denied;
  char *identity;
  char *key_file_label;
  GHashTable *key_file_pointers;
};

/* How a parameter's default is read: as a URL template for an address, else as a value template. */
PlugTemplate *plug_method_parse_default (PlugParameter *parameter,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
