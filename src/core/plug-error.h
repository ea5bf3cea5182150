/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PlugError:
 *
 * The codes of %PLUG_ERROR. Each stands for one thing that a caller can do about it; the message is English and
 * meant for logs. plug_sentence_for_error() turns a code into the sentence that a person reads.
 */
typedef enum {
  PLUG_ERROR_FAILED, /* nothing more is known: show the message under Details */

  /* What was given */
  PLUG_ERROR_INVALID_JSON,       /* text that is not standard JSON within our limits */
  PLUG_ERROR_INVALID_TEMPLATE,   /* a malformed URL or value template */
  PLUG_ERROR_INVALID_DEFINITION, /* a provider definition: correct the file */
  PLUG_ERROR_INVALID_VALUE,      /* a parameter's value: correct the field */
  PLUG_ERROR_INVALID_NAME,       /* a connection's name: choose another */
  PLUG_ERROR_NAME_TAKEN,         /* a connection of that name exists: choose another */
  PLUG_ERROR_INVALID_FILE,       /* a connection file that cannot be read: repair or delete it by hand */
  PLUG_ERROR_NEWER_FORMAT,       /* a connection file from a newer Plugboard: update the program */
  PLUG_ERROR_NO_SUCH_CONNECTION, /* no connection has that name */
  PLUG_ERROR_NO_SUCH_PROVIDER,   /* no definition has that id */
  PLUG_ERROR_CHANGED_OUTSIDE,    /* file or definition disagree with the keyring item: show it, let the user accept */
  PLUG_ERROR_UNSUPPORTED,        /* this version cannot do that kind of sign-in */
  PLUG_ERROR_KEY_UNREADABLE,     /* a private key or certificate that cannot be used: choose another file */

  /* The keyring */
  PLUG_ERROR_VAULT_MISSING,       /* no Secret Service is running: install or start one */
  PLUG_ERROR_VAULT_LOCKED,        /* locked and not unlocked: unlock and try again */
  PLUG_ERROR_VAULT_DISMISSED,     /* the user dismissed the keyring's prompt: try again */
  PLUG_ERROR_VAULT_NO_COLLECTION, /* there is no default keyring yet: create one */
  PLUG_ERROR_VAULT_TIMED_OUT,     /* the keyring did not answer: its state is unknown, try again */
  PLUG_ERROR_VAULT_DAMAGED,       /* the keyring's own data is damaged */
  PLUG_ERROR_VAULT_REFUSED,       /* the keyring refused for another reason */
  PLUG_ERROR_VAULT_NOT_KEPT,      /* read back after storing, the secret was missing or different */
  PLUG_ERROR_SECRET_MISSING,      /* the keyring works and is unlocked, the item is not there: replace the secret */
  PLUG_ERROR_SECRET_INVALID,      /* the item is there, its content is not what we store */

  /* The disk */
  PLUG_ERROR_DISK_FULL,      /* no space or quota left */
  PLUG_ERROR_NOT_WRITABLE,   /* read-only, or no permission */
  PLUG_ERROR_NOT_DURABLE,    /* fsync or the like failed: the old content stands */
  PLUG_ERROR_UNSAFE_FOLDER,  /* the data folder belongs to somebody else */

  /* The network: not reachable, each with its own sentence */
  PLUG_ERROR_INVALID_URL,
  PLUG_ERROR_HOST_NOT_FOUND,
  PLUG_ERROR_CONNECTION_REFUSED,
  PLUG_ERROR_CONNECT_TIMED_OUT, /* no byte came */
  PLUG_ERROR_TIMED_OUT,         /* some came, not all */
  PLUG_ERROR_PROXY_SETTINGS,      /* the system names no proxy that can be used, nor none; or does not answer */
  PLUG_ERROR_PROXY_NOT_FOUND,
  PLUG_ERROR_PROXY_NOT_REACHABLE, /* nobody listens, or does not speak as a proxy */
  PLUG_ERROR_PROXY_TIMED_OUT,     /* did not answer, be it for itself or for the service */
  PLUG_ERROR_PROXY_NOT_SECURE,    /* the certificate or the TLS of a proxy that is spoken to over https */
  PLUG_ERROR_PROXY_NEEDS_SIGN_IN, /* without a user name and password, or with wrong ones */
  PLUG_ERROR_PROXY_REFUSED,       /* the proxy does not let this host pass */
  PLUG_ERROR_PROXY_NO_WAY,        /* the proxy did not get to the service */
  PLUG_ERROR_NO_SECURE_CONNECTION, /* TLS below 1.2, or no TLS at all */
  PLUG_ERROR_CERTIFICATE_EXPIRED,
  PLUG_ERROR_CERTIFICATE_NOT_YET_VALID,
  PLUG_ERROR_CERTIFICATE_SELF_SIGNED,
  PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY,
  PLUG_ERROR_CERTIFICATE_WRONG_HOST,
  PLUG_ERROR_CERTIFICATE_INVALID,   /* any other fault of the certificate */
  PLUG_ERROR_AUTHORITIES_UNREADABLE, /* the system's or the connection's certificate authorities */
  PLUG_ERROR_BROKE_OFF,             /* the peer closed or reset before the end of its answer */
  PLUG_ERROR_NOT_A_WEB_SERVICE,     /* the peer does not speak HTTP */
  PLUG_ERROR_ANSWER_TOO_LARGE,
  PLUG_ERROR_ANSWER_UNREADABLE,
} PlugError;

#define PLUG_ERROR (plug_error_quark ())
GQuark plug_error_quark (void);

G_END_DECLS
