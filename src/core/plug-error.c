/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "plug-error.h"

G_DEFINE_QUARK (plug-error-quark, plug_error)
