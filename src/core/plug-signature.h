/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plug-request-builder.h"

G_BEGIN_DECLS

/**
 * plug_signature_sign:
 * @scheme: of the kind PLUG_SCHEME_SIGNATURE
 * @builder: has everything else of the request already
 * @now_us: the time in microseconds since 1970
 * @nonce: (nullable): what makes the signature a new one; a random one by default
 *
 * Adds what a vendor's own way of signing requests wants:
 *
 * - Duo: https://duo.com/docs/adminapi#authentication
 * - Cortex XDR, advanced keys: https://cortex-panw.stoplight.io/docs/cortex-xdr
 * - Darktrace: the Threat Visualizer's API guide
 * - Akamai EdgeGrid: https://techdocs.akamai.com/developer/docs/edgegrid
 * - N-able Passportal: https://documentation.n-able.com/passportal/userguide/Content/api/api_authorization.htm; signs the
 *   member "content" of the JSON body
 * - Avanan, now Check Point Harmony Email & Collaboration:
 *   https://sc1.checkpoint.com/documents/Avanan_API_Reference/Topics-Common-for-HEC/API-Authentication.htm; signs the
 *   target besides, once there is a header x-av-token
 * - Zscaler: https://help.zscaler.com/zia/getting-started-zia-api; adds username, apiKey and timestamp to the body
 *
 * PLUG_ERROR_INVALID_VALUE when the request has nothing to sign, or the key cannot sign it.
 */
gboolean plug_signature_sign (const PlugScheme *scheme,
                              const PlugValues *values,
                              PlugRequestBuilder *builder,
                              gint64 now_us,
                              const char *nonce,
                              GError **error);

G_END_DECLS
