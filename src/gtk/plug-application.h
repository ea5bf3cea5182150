/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "plug-vault.h"

G_BEGIN_DECLS

/**
 * PlugApplication:
 *
 * The program: one store, one vault, one window.
 */
#define PLUG_TYPE_APPLICATION (plug_application_get_type ())
G_DECLARE_FINAL_TYPE (PlugApplication, plug_application, PLUG, APPLICATION, AdwApplication)

/* @vault NULL: the system keyring. */
PlugApplication *plug_application_new (PlugVault *vault) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
