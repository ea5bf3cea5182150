/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-method.h"

G_BEGIN_DECLS

/**
 * PlugBlame:
 *
 * What part of a form is to blame for an outcome; plug_blame_dup_ids() finds the parameters that play the part.
 */
typedef enum {
  PLUG_BLAME_NOTHING = 0,
  PLUG_BLAME_ADDRESS = 1 << 0,       /* the address or host the request went to */
  PLUG_BLAME_PLACE = 1 << 1,         /* what else the URL is made of: a tenant, an account */
  PLUG_BLAME_CLIENT_ID = 1 << 2,
  PLUG_BLAME_CLIENT_SECRET = 1 << 3, /* or the key that stands for it */
  PLUG_BLAME_USERNAME = 1 << 4,
  PLUG_BLAME_PASSWORD = 1 << 5,
  PLUG_BLAME_KEY = 1 << 6,           /* an API key, a token that was typed, whatever a login or a signature is made of */
  PLUG_BLAME_SCOPE = 1 << 7,
} PlugBlame;

#define PLUG_BLAME_CLIENT (PLUG_BLAME_CLIENT_ID | PLUG_BLAME_CLIENT_SECRET)
#define PLUG_BLAME_LOGIN (PLUG_BLAME_USERNAME | PLUG_BLAME_PASSWORD)
#define PLUG_BLAME_CREDENTIALS (PLUG_BLAME_CLIENT | PLUG_BLAME_LOGIN | PLUG_BLAME_KEY)

/**
 * plug_blame_dup_ids:
 * @typed: what was typed; a parameter that was not typed passes its blame on to those its default is made of
 * @url: (nullable): the template of the URL the request went to
 *
 * The ids of the parameters that are to blame, in the form's order.
 */
char **plug_blame_dup_ids (PlugMethod *method,
                           const PlugValues *typed,
                           PlugTemplate *url,
                           PlugBlame blame) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
