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
  PlugExpectSpec *expect;
  GArray *denied;
  char *identity;
};

/* A table of name → PlugTemplate. */
GHashTable *plug_template_table_new (void) G_GNUC_WARN_UNUSED_RESULT;

PlugRequestSpec *plug_request_spec_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_request_spec_free (PlugRequestSpec *self);
/* Wants status 200 and nothing more. */
PlugExpectSpec *plug_expect_spec_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_expect_spec_free (PlugExpectSpec *self);
PlugResolveSpec *plug_resolve_spec_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_resolve_spec_free (PlugResolveSpec *self);
PlugScheme *plug_scheme_new (void) G_GNUC_WARN_UNUSED_RESULT;
void plug_scheme_free (PlugScheme *self);

/* How a parameter's default is read: as a URL template for an address, else as a value template. */
PlugTemplate *plug_method_parse_default (PlugParameter *parameter,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugRequestSpec, plug_request_spec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugExpectSpec, plug_expect_spec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugResolveSpec, plug_resolve_spec_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlugScheme, plug_scheme_free)

G_END_DECLS
