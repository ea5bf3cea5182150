/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PlugHits:
 *
 * What a search finds in a list of providers: a GListModel of PlugProvider, the best first, equally good ones in the
 * order of the list. It follows the list.
 */
#define PLUG_TYPE_HITS (plug_hits_get_type ())
G_DECLARE_FINAL_TYPE (PlugHits, plug_hits, PLUG, HITS, GObject)

PlugHits *plug_hits_new (GListModel *providers) G_GNUC_WARN_UNUSED_RESULT;

/* As it was typed; "" finds everything. */
void plug_hits_set_query (PlugHits *self,
                          const char *query);
/* NULL for all. */
void plug_hits_set_category (PlugHits *self,
                             const char *category);

G_END_DECLS
