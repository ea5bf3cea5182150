/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-http-fault.h"

#include <string.h>

#include <curl/curl.h>

/* What libcurl's codes mean: whose fault it was, the proxy's or the service's, and which one. Pure functions. */

/* OpenSSL's verification results, x509_vfy.h. */
static PlugError
certificate_error (const PlugHttpFault *self)
{
  if (strstr (self->message, "subject name") != NULL || strstr (self->message, "does not match") != NULL)
    return PLUG_ERROR_CERTIFICATE_WRONG_HOST;
  switch (self->verify_result) {
  case 9:
    return PLUG_ERROR_CERTIFICATE_NOT_YET_VALID;
  case 10:
    return PLUG_ERROR_CERTIFICATE_EXPIRED;
  case 18:
    return PLUG_ERROR_CERTIFICATE_SELF_SIGNED;
  /* 19: the server sent its root too, and nobody here knows it. */
  case 2:
  case 19:
  case 20:
  case 21:
    return PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY;
  case 62:
    return PLUG_ERROR_CERTIFICATE_WRONG_HOST;
  default:
    return PLUG_ERROR_CERTIFICATE_INVALID;
  }
}

/* RFC 8446, section 6.2, in OpenSSL's words: what a server says that does not take the certificate it was shown. */
static gboolean
is_certificate_refused (const PlugHttpFault *self)
{
  static const char *const alerts[] = {
    "alert bad certificate",     "alert unsupported certificate", "alert certificate revoked", "alert certificate expired",
    "alert certificate unknown", "alert certificate required",    "alert unknown ca",          "alert access denied",
  };

  for (guint i = 0; self->has_certificate && i < G_N_ELEMENTS (alerts); i++) {
    if (strstr (self->message, alerts[i]) != NULL)
      return TRUE;
  }

  return FALSE;
}

static PlugError
service_error (const PlugHttpFault *self)
{
  if (is_certificate_refused (self))
    return PLUG_ERROR_KEY_UNREADABLE;
  switch (self->code) {
  case CURLE_UNSUPPORTED_PROTOCOL:
    /* HTTP/0.9 is reported with the same code. */
    return self->any_byte || strstr (self->message, "0.9") != NULL ? PLUG_ERROR_NOT_A_WEB_SERVICE : PLUG_ERROR_INVALID_URL;
  case CURLE_URL_MALFORMAT:
    return PLUG_ERROR_INVALID_URL;
  case CURLE_COULDNT_RESOLVE_HOST:
    return PLUG_ERROR_HOST_NOT_FOUND;
  case CURLE_COULDNT_CONNECT:
    return PLUG_ERROR_CONNECTION_REFUSED;
  case CURLE_OPERATION_TIMEDOUT:
    return self->any_byte ? PLUG_ERROR_TIMED_OUT : PLUG_ERROR_CONNECT_TIMED_OUT;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CIPHER:
    return PLUG_ERROR_NO_SECURE_CONNECTION;
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_ISSUER_ERROR:
    return certificate_error (self);
  case CURLE_SSL_CERTPROBLEM:
    return PLUG_ERROR_KEY_UNREADABLE;
  case CURLE_BAD_FUNCTION_ARGUMENT: /* what 8.22 says of a key that does not fit or cannot be read */
    return self->has_certificate ? PLUG_ERROR_KEY_UNREADABLE : PLUG_ERROR_FAILED;
  case CURLE_SSL_CACERT_BADFILE:
    return PLUG_ERROR_AUTHORITIES_UNREADABLE;
  case CURLE_WRITE_ERROR:
    return self->too_many_headers ? PLUG_ERROR_ANSWER_UNREADABLE : PLUG_ERROR_ANSWER_TOO_LARGE;
  case CURLE_FILESIZE_EXCEEDED:
    return PLUG_ERROR_ANSWER_TOO_LARGE;
  case CURLE_BAD_CONTENT_ENCODING:
  case CURLE_WEIRD_SERVER_REPLY:
  case CURLE_OUT_OF_MEMORY: /* what a header line over 100 KB is reported as */
  case 100:                 /* CURLE_TOO_LARGE of 8.6 */
    return PLUG_ERROR_ANSWER_UNREADABLE;
  case CURLE_RECV_ERROR:
    return strstr (self->message, "response headers") != NULL || strstr (self->message, "Nul byte") != NULL
               ? PLUG_ERROR_ANSWER_UNREADABLE
               : PLUG_ERROR_BROKE_OFF;
  case CURLE_GOT_NOTHING:
  case CURLE_SEND_ERROR:
  case CURLE_PARTIAL_FILE:
  case CURLE_HTTP2:
  case CURLE_HTTP2_STREAM:
    return PLUG_ERROR_BROKE_OFF;
  default:
    return PLUG_ERROR_FAILED;
  }
}

/* RFC 1928, section 6, RFC 1929, and the SOCKS 4 protocol. */
static PlugError
socks_error (const PlugHttpFault *self)
{
  switch (self->proxy_error) {
  case CURLPX_NO_AUTH:
  case CURLPX_USER_REJECTED:
  case CURLPX_IDENTD:
  case CURLPX_IDENTD_DIFFER:
    return PLUG_ERROR_PROXY_NEEDS_SIGN_IN;
  case CURLPX_RESOLVE_HOST: /* by ourselves, as SOCKS 4 wants an address */
    return PLUG_ERROR_HOST_NOT_FOUND;
  case CURLPX_REPLY_NOT_ALLOWED:
    return PLUG_ERROR_PROXY_REFUSED;
  case CURLPX_REPLY_ADDRESS_TYPE_NOT_SUPPORTED:
  case CURLPX_REPLY_COMMAND_NOT_SUPPORTED:
  case CURLPX_REPLY_CONNECTION_REFUSED:
  case CURLPX_REPLY_GENERAL_SERVER_FAILURE:
  case CURLPX_REPLY_HOST_UNREACHABLE:
  case CURLPX_REPLY_NETWORK_UNREACHABLE:
  case CURLPX_REPLY_TTL_EXPIRED:
  case CURLPX_REPLY_UNASSIGNED:
  case CURLPX_REQUEST_FAILED:
    return PLUG_ERROR_PROXY_NO_WAY;
  default:
    return PLUG_ERROR_PROXY_NOT_REACHABLE;
  }
}

/* RFC 9110, section 15. */
static PlugError
connect_error (const PlugHttpFault *self)
{
  switch (self->connect_status) {
  case 407:
    return PLUG_ERROR_PROXY_NEEDS_SIGN_IN;
  case 500:
  case 502:
  case 503:
  case 504:
    return PLUG_ERROR_PROXY_NO_WAY;
  default:
    return PLUG_ERROR_PROXY_REFUSED;
  }
}

/* How far it got behind SOCKS libcurl does not tell: there, only what is said of SOCKS itself is the proxy's. */
static PlugError
proxy_error (const PlugHttpFault *self)
{
  gboolean is_socks = g_str_has_prefix (self->proxy, "socks");

  if (self->connect_status != 0)
    return connect_error (self);
  switch (self->code) {
  case CURLE_COULDNT_RESOLVE_PROXY:
    return PLUG_ERROR_PROXY_NOT_FOUND;
  case CURLE_PROXY:
    return socks_error (self);
  case CURLE_COULDNT_CONNECT:
    return PLUG_ERROR_PROXY_NOT_REACHABLE;
  case CURLE_OPERATION_TIMEDOUT:
    return PLUG_ERROR_PROXY_TIMED_OUT;
  case CURLE_RECV_ERROR:
  case CURLE_SEND_ERROR:
  case CURLE_GOT_NOTHING:
  case CURLE_WEIRD_SERVER_REPLY:
    return is_socks ? service_error (self) : PLUG_ERROR_PROXY_NOT_REACHABLE;
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
    return is_socks ? service_error (self) : PLUG_ERROR_PROXY_NOT_SECURE;
  default:
    return service_error (self);
  }
}

PlugError
plug_http_fault_to_error (const PlugHttpFault *self)
{
  gboolean has_tunnel = self->is_through || (self->connect_status >= 200 && self->connect_status < 300);

  return *self->proxy == '\0' || has_tunnel ? service_error (self) : proxy_error (self);
}

gboolean
plug_http_fault_asks_for_next_proxy (const PlugHttpFault *self)
{
  switch (plug_http_fault_to_error (self)) {
  case PLUG_ERROR_PROXY_NOT_FOUND:
  case PLUG_ERROR_PROXY_NOT_REACHABLE:
  case PLUG_ERROR_PROXY_TIMED_OUT:
  case PLUG_ERROR_PROXY_NOT_SECURE:
    return TRUE;
  default:
    return FALSE;
  }
}
