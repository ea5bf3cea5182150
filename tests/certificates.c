/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "certificates.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define DAY_S (24 * 60 * 60)

struct _Authority {
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
  char *pem;
};

static void
check (int code)
{
  if (code < 0)
    g_error ("GnuTLS: %s", gnutls_strerror (code));
}

static gnutls_x509_privkey_t
make_key (void)
{
  gnutls_x509_privkey_t key;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0));

  return key;
}

static gnutls_x509_crt_t
make_certificate (gnutls_x509_privkey_t key,
                  const char *name,
                  time_t from,
                  time_t until)
{
  gnutls_x509_crt_t certificate;
  guint64 serial = GUINT64_TO_BE ((guint64) g_random_int () << 16 | 1);

  check (gnutls_x509_crt_init (&certificate));
  check (gnutls_x509_crt_set_version (certificate, 3));
  check (gnutls_x509_crt_set_serial (certificate, &serial, sizeof serial));
  check (gnutls_x509_crt_set_activation_time (certificate, from));
  check (gnutls_x509_crt_set_expiration_time (certificate, until));
  check (gnutls_x509_crt_set_key (certificate, key));
  check (gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned int) strlen (name)));

  return certificate;
}

static char *
dup_pem (gnutls_x509_crt_t certificate)
{
  gnutls_datum_t datum;
  char *pem;

  check (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &datum));
  pem = g_strndup ((const char *) datum.data, datum.size);
  gnutls_free (datum.data);

  return pem;
}

/* @passphrase: (nullable) */
static char *
dup_protected_key_pem (gnutls_x509_privkey_t key,
                       const char *passphrase)
{
  gnutls_datum_t datum;
  char *pem;

  check (gnutls_x509_privkey_export2_pkcs8 (key, GNUTLS_X509_FMT_PEM, passphrase,
                                            passphrase != NULL ? GNUTLS_PKCS_PBES2_AES_256 : GNUTLS_PKCS_PLAIN, &datum));
  pem = g_strndup ((const char *) datum.data, datum.size);
  gnutls_free (datum.data);

  return pem;
}

static char *
dup_key_pem (gnutls_x509_privkey_t key)
{
  return dup_protected_key_pem (key, NULL);
}

Authority *
authority_new (void)
{
  Authority *self = g_new0 (Authority, 1);
  time_t now = time (NULL);

  self->key = make_key ();
  self->certificate = make_certificate (self->key, "Plugboard Test Authority", now - DAY_S, now + 30 * DAY_S);
  check (gnutls_x509_crt_set_basic_constraints (self->certificate, 1, 0));
  check (gnutls_x509_crt_set_key_usage (self->certificate, GNUTLS_KEY_KEY_CERT_SIGN));
  check (gnutls_x509_crt_sign2 (self->certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));
  self->pem = dup_pem (self->certificate);

  return self;
}

void
authority_free (Authority *self)
{
  gnutls_x509_crt_deinit (self->certificate);
  gnutls_x509_privkey_deinit (self->key);
  g_free (self->pem);
  g_free (self);
}

const char *
authority_get_pem (Authority *self)
{
  return self->pem;
}

GTlsCertificate *
authority_issue (Authority *self,
                 CertificateKind kind)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };
  const char *name = kind == CERTIFICATE_OTHER_HOST ? "other.example" : "localhost";
  time_t now = time (NULL);
  time_t from = kind == CERTIFICATE_NOT_YET_VALID ? now + DAY_S : now - 3 * DAY_S;
  time_t until = kind == CERTIFICATE_EXPIRED ? now - DAY_S : now + 3 * DAY_S;
  gnutls_x509_privkey_t key = make_key ();
  gnutls_x509_crt_t certificate = make_certificate (key, name, from, until);
  g_autofree char *pem = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *both = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *issued;

  check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1));
  check (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
  check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, name, (unsigned int) strlen (name), GNUTLS_FSAN_SET));
  if (kind != CERTIFICATE_OTHER_HOST)
    check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, loopback, sizeof loopback, GNUTLS_FSAN_APPEND));
  if (kind == CERTIFICATE_SELF_SIGNED)
    check (gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0));
  else
    check (gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));

  pem = dup_pem (certificate);
  key_pem = dup_key_pem (key);
  both = g_strconcat (pem, key_pem, NULL);
  issued = g_tls_certificate_new_from_pem (both, -1, &error);
  if (issued == NULL)
    g_error ("%s", error->message);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);

  return issued;
}

char *
authority_dup_certificate (Authority *self,
                           const char *const *hosts)
{
  time_t now = time (NULL);
  gnutls_x509_privkey_t key = make_key ();
  gnutls_x509_crt_t certificate = make_certificate (key, "Plugboard Test", now - DAY_S, now + 3 * DAY_S);
  g_autofree char *pem = NULL;
  g_autofree char *key_pem = NULL;

  check (gnutls_x509_crt_set_basic_constraints (certificate, 0, -1));
  check (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_SERVER, 0));
  check (gnutls_x509_crt_set_key_purpose_oid (certificate, GNUTLS_KP_TLS_WWW_CLIENT, 0));
  for (guint i = 0; hosts[i] != NULL; i++)
    check (gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, hosts[i], (unsigned int) strlen (hosts[i]),
                                                 GNUTLS_FSAN_APPEND));
  check (gnutls_x509_crt_sign2 (certificate, self->certificate, self->key, GNUTLS_DIG_SHA256, 0));
  pem = dup_pem (certificate);
  key_pem = dup_key_pem (key);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);

  return g_strconcat (pem, key_pem, NULL);
}

char *
private_key_dup_rsa (void)
{
  gnutls_x509_privkey_t key;
  char *pem;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_RSA, 2048, 0));
  pem = dup_key_pem (key);
  gnutls_x509_privkey_deinit (key);

  return pem;
}

char *
private_key_dup_ec (void)
{
  gnutls_x509_privkey_t key = make_key ();
  char *pem = dup_key_pem (key);

  gnutls_x509_privkey_deinit (key);

  return pem;
}

char *
private_key_dup_p384 (void)
{
  gnutls_x509_privkey_t key;
  char *pem;

  check (gnutls_x509_privkey_init (&key));
  check (gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP384R1), 0));
  pem = dup_key_pem (key);
  gnutls_x509_privkey_deinit (key);

  return pem;
}

char *
private_key_dup_encrypted (const char *passphrase)
{
  gnutls_x509_privkey_t key = make_key ();
  char *pem = dup_protected_key_pem (key, passphrase);

  gnutls_x509_privkey_deinit (key);

  return pem;
}
