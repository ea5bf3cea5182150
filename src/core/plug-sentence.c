/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-sentence.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "plug-auth.h"
#include "plug-error.h"

/* The context that build-aux/make-catalogue gives the texts of data/providers. */
#define TEXT_CONTEXT "provider"

/* The one place where codes become sentences. Sentences lie in tables, so that a test can walk all of them; a table's
 * sentence has at most one %s. */

typedef struct {
  const char *text;
  const char *without_host; /* what to say instead when the host is not known; NULL when @text has no %s */
} ErrorSentence;

static const ErrorSentence error_sentences[] = {
  [PLUG_ERROR_FAILED] = { N_("Something went wrong that Plugboard has no words for.") },

  [PLUG_ERROR_INVALID_JSON] = { N_("The text is not valid JSON.") },
  [PLUG_ERROR_INVALID_TEMPLATE] = { N_("The service's definition has a malformed template.") },
  [PLUG_ERROR_INVALID_DEFINITION] = { N_("The service's definition has a mistake.") },
  [PLUG_ERROR_INVALID_VALUE] = { N_("A value cannot be used for signing in.") },
  [PLUG_ERROR_INVALID_NAME] = { N_("The name cannot be used. Choose another one.") },
  [PLUG_ERROR_NAME_TAKEN] = { N_("There is a connection of this name. Choose another one.") },
  [PLUG_ERROR_INVALID_FILE] = { N_("The connection's file cannot be read. Repair or delete it by hand.") },
  [PLUG_ERROR_NEWER_FORMAT] = { N_("The connection was written by a newer Plugboard. Update this program.") },
  [PLUG_ERROR_NO_SUCH_CONNECTION] = { N_("There is no connection of this name.") },
  [PLUG_ERROR_NO_SUCH_PROVIDER] = { N_("The connection's service or method is not known here.") },
  [PLUG_ERROR_CHANGED_OUTSIDE] = { N_("The address was changed outside Plugboard. Nothing was sent.") },
  [PLUG_ERROR_UNSUPPORTED] = { N_("This version of Plugboard cannot sign in this way.") },

  [PLUG_ERROR_KEY_UNREADABLE] = {
    N_("The private key or the certificate cannot be used. It must be PEM, of the kind the service needs, and have no "
       "passphrase.") },

  [PLUG_ERROR_VAULT_MISSING] = {
    N_("No keyring is running. Install one, such as GNOME Keyring, and log in again.") },
  [PLUG_ERROR_VAULT_LOCKED] = { N_("The keyring is locked. Unlock it and try again.") },
  [PLUG_ERROR_VAULT_DISMISSED] = { N_("The keyring's question was dismissed. Try again and answer it.") },
  [PLUG_ERROR_VAULT_NO_COLLECTION] = {
    N_("There is no default keyring yet. Create one, for example with Passwords and Keys.") },
  [PLUG_ERROR_VAULT_TIMED_OUT] = { N_("The keyring did not answer in time. Try again.") },
  [PLUG_ERROR_VAULT_DAMAGED] = { N_("The keyring's own data is damaged.") },
  [PLUG_ERROR_VAULT_REFUSED] = { N_("The keyring refused.") },
  [PLUG_ERROR_VAULT_NOT_KEPT] = { N_("The keyring did not keep the secrets. Nothing was created.") },
  [PLUG_ERROR_SECRET_MISSING] = {
    N_("The keyring no longer has this connection's secrets. Enter them again with Replace secret….") },
  [PLUG_ERROR_SECRET_INVALID] = {
    N_("What the keyring holds for this connection cannot be read. Enter the secrets again with Replace secret….") },

  [PLUG_ERROR_DISK_FULL] = { N_("The disk is full. Make room and try again.") },
  [PLUG_ERROR_NOT_WRITABLE] = { N_("The folder for connections cannot be written to.") },
  [PLUG_ERROR_NOT_DURABLE] = { N_("The disk did not confirm the change. What was there before still stands.") },
  [PLUG_ERROR_UNSAFE_FOLDER] = { N_("The folder for connections belongs to somebody else.") },

  /* Translators: each %s up to the last of these sentences is a host name such as example.halopsa.com. */
  [PLUG_ERROR_INVALID_URL] = { N_("The address cannot be used.") },
  [PLUG_ERROR_HOST_NOT_FOUND] = {
    N_("%s could not be found. Check the address and your network."),
    N_("The service could not be found. Check the address and your network.") },
  [PLUG_ERROR_CONNECTION_REFUSED] = {
    N_("%s refused the connection."),
    N_("The service refused the connection.") },
  [PLUG_ERROR_CONNECT_TIMED_OUT] = {
    N_("%s did not answer in time."),
    N_("The service did not answer in time.") },
  [PLUG_ERROR_TIMED_OUT] = {
    N_("%s answered too slowly."),
    N_("The service answered too slowly.") },
  [PLUG_ERROR_PROXY_SETTINGS] = {
    N_("The system's proxy settings for %s cannot be used."),
    N_("The system's proxy settings for the service cannot be used.") },
  [PLUG_ERROR_PROXY_NOT_FOUND] = {
    N_("The proxy on the way to %s could not be found."),
    N_("The proxy on the way to the service could not be found.") },
  [PLUG_ERROR_PROXY_NOT_REACHABLE] = {
    N_("The proxy on the way to %s cannot be reached."),
    N_("The proxy on the way to the service cannot be reached.") },
  [PLUG_ERROR_PROXY_TIMED_OUT] = {
    N_("The proxy on the way to %s did not answer in time."),
    N_("The proxy on the way to the service did not answer in time.") },
  [PLUG_ERROR_PROXY_NOT_SECURE] = {
    N_("The connection to the proxy on the way to %s is not secure."),
    N_("The connection to the proxy on the way to the service is not secure.") },
  [PLUG_ERROR_PROXY_NEEDS_SIGN_IN] = {
    N_("The proxy on the way to %s wants a user name and a password."),
    N_("The proxy on the way to the service wants a user name and a password.") },
  [PLUG_ERROR_PROXY_REFUSED] = {
    N_("The proxy refused the connection to %s."),
    N_("The proxy refused the connection to the service.") },
  [PLUG_ERROR_PROXY_NO_WAY] = {
    N_("The proxy could not reach %s."),
    N_("The proxy could not reach the service.") },
  [PLUG_ERROR_NO_SECURE_CONNECTION] = {
    N_("%s does not offer a secure connection that Plugboard accepts."),
    N_("The service does not offer a secure connection that Plugboard accepts.") },
  [PLUG_ERROR_CERTIFICATE_EXPIRED] = {
    N_("The certificate of %s has expired."),
    N_("The certificate of the service has expired.") },
  [PLUG_ERROR_CERTIFICATE_NOT_YET_VALID] = {
    N_("The certificate of %s is not valid yet. Check the clock of this computer."),
    N_("The certificate of the service is not valid yet. Check the clock of this computer.") },
  [PLUG_ERROR_CERTIFICATE_SELF_SIGNED] = {
    N_("The certificate of %s is self-signed."),
    N_("The certificate of the service is self-signed.") },
  [PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY] = {
    N_("The certificate of %s comes from an unknown authority."),
    N_("The certificate of the service comes from an unknown authority.") },
  [PLUG_ERROR_CERTIFICATE_WRONG_HOST] = {
    N_("The certificate of %s belongs to another name."),
    N_("The certificate of the service belongs to another name.") },
  [PLUG_ERROR_CERTIFICATE_INVALID] = {
    N_("The certificate of %s is not valid."),
    N_("The certificate of the service is not valid.") },
  [PLUG_ERROR_AUTHORITIES_UNREADABLE] = { N_("The certificate authorities could not be read.") },
  [PLUG_ERROR_BROKE_OFF] = {
    N_("%s broke off its answer."),
    N_("The service broke off its answer.") },
  [PLUG_ERROR_NOT_A_WEB_SERVICE] = {
    N_("%s did not answer like a web service."),
    N_("The service did not answer like a web service.") },
  [PLUG_ERROR_ANSWER_TOO_LARGE] = {
    N_("%s sent an answer that is too large."),
    N_("The service sent an answer that is too large.") },
  [PLUG_ERROR_ANSWER_UNREADABLE] = {
    N_("%s sent an answer that cannot be read."),
    N_("The service sent an answer that cannot be read.") },
};

static const char * const value_sentences[] = {
  /* Translators: %s is the label of a field, such as Client ID. */
  [PLUG_VALUE_MISSING] = N_("%s is required."),
  [PLUG_VALUE_TOO_LONG] = N_("This is too long: at most 65,534 bytes are possible."),
  [PLUG_VALUE_NOT_UTF8] = N_("This is not valid text (UTF-8)."),
  [PLUG_VALUE_LINE_BREAK] = N_("There is a line break inside."),
  [PLUG_VALUE_CONTROL] = N_("There is an invisible control character inside."),
  [PLUG_VALUE_BIDI] = N_("There is an invisible character inside that changes the direction of writing."),
  [PLUG_VALUE_NOT_A_URL] = N_("This is not an address such as https://example.com."),
  [PLUG_VALUE_NOT_HTTPS] = N_("The address must begin with https://."),
  [PLUG_VALUE_USER_INFO] = N_("An address must not contain a user name or password."),
  [PLUG_VALUE_FRAGMENT] = N_("An address must not contain “#”."),
  [PLUG_VALUE_NOT_A_HOST] = N_("This is not a host name such as example.com."),
  [PLUG_VALUE_NOT_AN_EMAIL] = N_("This is not an e-mail address."),
  [PLUG_VALUE_NOT_A_NUMBER] = N_("This is not a whole number."),
  [PLUG_VALUE_NOT_AN_OPTION] = N_("This is not one of the choices."),
  [PLUG_VALUE_NOT_PEM] = N_("This is not PEM: it must begin with “-----BEGIN”."),
  [PLUG_VALUE_PATTERN] = N_("This does not look like what the service uses here."),
  [PLUG_VALUE_UNCHECKABLE] = N_("This cannot be checked: the service's definition is to blame."),
  [PLUG_VALUE_NOT_ASCII] = N_("Only letters without accents, digits and the usual signs can be sent here."),
  [PLUG_VALUE_NOT_A_PATH] = N_("This is not a path such as api/v1/me."),
};

static const char * const name_sentences[] = {
  [PLUG_NAME_OK] = NULL,
  [PLUG_NAME_EMPTY] = N_("Enter a name."),
  [PLUG_NAME_TOO_LONG] = N_("The name is too long: at most 100 characters are possible."),
  [PLUG_NAME_SLASH] = N_("A name cannot contain “/”."),
  [PLUG_NAME_CONTROL] = N_("There is an invisible control character in the name."),
  [PLUG_NAME_NOT_UTF8] = N_("The name is not valid text (UTF-8)."),
  [PLUG_NAME_TAKEN] = N_("There is a connection of this name."),
};

static const char * const outcome_words[] = {
  [PLUG_OUTCOME_UNTESTED] = NC_("outcome of a test", "Not tested"),
  [PLUG_OUTCOME_PASSED] = NC_("outcome of a test", "Passed"),
  [PLUG_OUTCOME_REFUSED] = NC_("outcome of a test", "Refused"),
  [PLUG_OUTCOME_NOT_PERMITTED] = NC_("outcome of a test", "Not permitted"),
  [PLUG_OUTCOME_NOT_REACHABLE] = NC_("outcome of a test", "Could not test"),
  [PLUG_OUTCOME_NOT_TESTABLE] = NC_("outcome of a test", "Not testable"),
};

static const char * const state_words[] = {
  [PLUG_CONNECTION_OK] = NULL,
  [PLUG_CONNECTION_BROKEN] = NC_("state of a connection", "Broken"),
  [PLUG_CONNECTION_NEWER] = NC_("state of a connection", "Newer version"),
  [PLUG_CONNECTION_NO_PROVIDER] = NC_("state of a connection", "Unknown service"),
};

static const char * const step_words[] = {
  [PLUG_STEP_RESOLVE] = NC_("step of a test", "Find the authorisation server"),
  [PLUG_STEP_SIGN_IN] = NC_("step of a test", "Sign in"),
  [PLUG_STEP_READ] = NC_("step of a test", "Read the account"),
};

/* What is said of an outcome and reason when nothing but the service's name goes into it. */
typedef struct {
  PlugOutcome outcome;
  PlugReason reason;
  const char *text;
} VerdictSentence;

static const VerdictSentence verdict_sentences[] = {
  /* Translators: each %s up to the last of these sentences is the name of a service, such as HaloPSA. */
  { PLUG_OUTCOME_PASSED, PLUG_REASON_NONE, N_("Passed. %s accepted the credentials.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, N_("Refused. %s does not accept these credentials.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, N_("Refused. %s does not accept these credentials.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS, N_("Refused. %s does not accept these credentials.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE, N_("Refused. %s does not grant what was asked for.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT, N_("Refused. %s does not let this application sign in this way.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE, N_("Refused. %s does not offer this way of signing in.") },
  { PLUG_OUTCOME_REFUSED, PLUG_REASON_FORBIDDEN, N_("Refused. %s does not let this account sign in.") },
  { PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN,
    N_("Not permitted. %s accepted the credentials, but the account may not read what the test asks for.") },
  { PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_INVALID_TOKEN,
    N_("Not permitted. %s accepted the credentials, but then not the token that it issued.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_REQUEST,
    N_("Could not test. %s did not understand the request to sign in.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, N_("Could not test. %s was not found at this address.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE, N_("Could not test. What answers at this address is not %s.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED, N_("Could not test. %s sends the request elsewhere.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_BUSY, N_("Could not test. %s is busy. Try again later.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM, N_("Could not test. %s has a problem.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER,
    N_("Could not test. %s gave an answer that was not expected.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_TOKEN, N_("Could not test. %s issued a token that cannot be used.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED,
    N_("Could not test. %s wants the secrets sent to a place that nobody has approved.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_CHANGED_OUTSIDE,
    N_("Could not test. The address of %s was changed outside Plugboard.") },
  { PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NETWORK, N_("Could not test. %s could not be reached.") },
  { PLUG_OUTCOME_NOT_TESTABLE, PLUG_REASON_NOT_TESTABLE,
    N_("Not testable. %s has no request that is harmless to try.") },
};

typedef struct {
  const char *provider; /* NULL: any */
  const char *method;   /* NULL: any */
  PlugOutcome outcome;
  PlugReason reason;
  const char *text;
} Advice;

/* The first row that fits counts. */
static const Advice advices[] = {
  { "halopsa", "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT,
    N_("Check the Client ID. The Client ID shown while an application is being created can change until it is saved.") },
  { "halopsa", NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT,
    N_("Check Client ID and Client Secret. The Client ID shown while an application is being created can change until it is "
       "saved.") },
  { "halopsa", "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS,
    N_("Check Client ID, Username and Password. An agent with two-factor or single sign-on probably cannot sign in this way.") },
  { "halopsa", NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS,
    N_("Check Client ID and Client Secret. The Client ID shown while an application is being created can change until it is "
       "saved.") },
  { "halopsa", "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT,
    N_("Check Username and Password. An agent with two-factor or single sign-on probably cannot sign in this way.") },
  { "halopsa", NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE,
    N_("Tick the scope on the Permissions tab of the application in HaloPSA, or enter another one; “all” asks for every one.") },
  { "halopsa", "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT,
    N_("The Authentication Method of the application in HaloPSA must be “Username & Password”.") },
  { "halopsa", "password", PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE,
    N_("The Authentication Method of the application in HaloPSA must be “Username & Password”.") },
  { "halopsa", NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT,
    N_("The Authentication Method of the application in HaloPSA must be “Client ID and Secret (Services)”.") },
  { "halopsa", NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE,
    N_("The Authentication Method of the application in HaloPSA must be “Client ID and Secret (Services)”.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN,
    N_("The credentials are right; give the application Login Type Agent and the permissions it needs.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_INVALID_TOKEN,
    N_("Check that API Address, Authorisation Server and Tenant belong together, and give the application Login Type Agent.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_INVALID_REQUEST,
    N_("Check the Tenant. Only for instances that Halo hosts; leave it empty for your own server.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_UNEXPECTED_ANSWER,
    N_("Check the Tenant. Only for instances that Halo hosts; leave it empty for your own server.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_SERVICE_PROBLEM,
    N_("If it stays so, check the Tenant. Only for instances that Halo hosts; leave it empty for your own server.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS,
    N_("Check API Address and Tenant. HaloPSA shows them in Configuration › Integrations › HaloPSA API, under API Details.") },
  { "halopsa", NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE,
    N_("Check API Address and Tenant. HaloPSA shows them in Configuration › Integrations › HaloPSA API, under API Details.") },

  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_CLIENT, N_("Copy the marked values from the service once more.") },
  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_GRANT, N_("Copy the marked values from the service once more.") },
  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_WRONG_CREDENTIALS,
    N_("Copy the marked values from the service once more. They may have expired or been revoked there.") },
  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_INVALID_SCOPE, N_("Grant the scope in the service, or ask for less.") },
  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_UNAUTHORIZED_CLIENT,
    N_("Allow this way of signing in for the application in the service, or choose another method.") },
  { NULL, NULL, PLUG_OUTCOME_REFUSED, PLUG_REASON_UNSUPPORTED_GRANT_TYPE,
    N_("Allow this way of signing in for the application in the service, or choose another method.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_FORBIDDEN,
    N_("The credentials are right; give the account the permissions it needs.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_PERMITTED, PLUG_REASON_INVALID_TOKEN,
    N_("Check that the addresses belong to the same service.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_WRONG_ADDRESS, N_("Check the marked address.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_NOT_THE_SERVICE,
    N_("Check the marked address. Public networks that ask you to log in first answer like that, too.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_REDIRECTED,
    N_("Plugboard follows no redirects with secrets. If you know that host, enter it as the address.") },
  { NULL, NULL, PLUG_OUTCOME_NOT_REACHABLE, PLUG_REASON_ORIGIN_NOT_APPROVED,
    N_("Send the secrets there only if you know that host.") },
};

/* Puts @word where the table's sentence has its %s; a table's sentence is no literal that printf could be given. */
static char *
fill (const char *sentence,
      const char *word)
{
  GString *filled = g_string_new (sentence);

  g_string_replace (filled, "%s", word, 1);

  return g_string_free (filled, FALSE);
}

void
plug_sentence_bind_texts (void)
{
  const char *folder = g_getenv ("PLUGBOARD_LOCALE_DIR");

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : PLUG_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

const char *
plug_sentence_translate (const char *text)
{
  /* The empty text is the file's header. */
  return *text != '\0' ? g_dpgettext2 (GETTEXT_PACKAGE, TEXT_CONTEXT, text) : text;
}

char *
plug_sentence_for_error (const GError *error,
                         const char *host)
{
  const ErrorSentence *sentence = &error_sentences[PLUG_ERROR_FAILED];

  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    return g_strdup (_("Cancelled."));
  if (error->domain == PLUG_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (error_sentences))
    sentence = &error_sentences[error->code];
  if (sentence->without_host == NULL)
    return g_strdup (_(sentence->text));
  if (host == NULL)
    return g_strdup (_(sentence->without_host));

  return fill (_(sentence->text), host);
}

char *
plug_sentence_for_value_problem (PlugValueProblem problem,
                                 PlugParameter *parameter)
{
  g_return_val_if_fail (problem < G_N_ELEMENTS (value_sentences), NULL);

  if (problem == PLUG_VALUE_OK)
    return NULL;

  return fill (_(value_sentences[problem]), plug_sentence_translate (plug_parameter_get_label (parameter)));
}

const char *
plug_sentence_for_name_problem (PlugNameProblem problem)
{
  g_return_val_if_fail (problem < G_N_ELEMENTS (name_sentences), NULL);

  return problem != PLUG_NAME_OK ? _(name_sentences[problem]) : NULL;
}

/* "Client ID and Client Secret"; NULL when nothing is blamed. */
static char *
dup_blamed_labels (const PlugVerdict *verdict,
                   PlugDraft *draft)
{
  PlugMethod *method = plug_draft_get_method (draft);
  g_autofree char *labels = NULL;
  const char *last = NULL;

  for (guint i = 0; verdict->blamed != NULL && verdict->blamed[i] != NULL; i++) {
    PlugParameter *parameter = plug_method_get_parameter (method, verdict->blamed[i]);
    char *joined;

    if (parameter == NULL)
      continue;
    if (last == NULL) {
      last = plug_sentence_translate (plug_parameter_get_label (parameter));
      continue;
    }
    /* Translators: joins the labels of fields; %1$s may be such a list itself. */
    joined = labels == NULL ? g_strdup (last) : g_strdup_printf (C_("list of fields", "%1$s, %2$s"), labels, last);
    g_free (labels);
    labels = joined;
    last = plug_sentence_translate (plug_parameter_get_label (parameter));
  }

  if (last == NULL || labels == NULL)
    return g_strdup (last);

  /* Translators: ends a list of the labels of fields; %1$s may be a list itself. */
  return g_strdup_printf (C_("list of fields", "%1$s and %2$s"), labels, last);
}

static char *
dup_refusal (const PlugVerdict *verdict,
             PlugDraft *draft,
             const char *service)
{
  const char *method = plug_sentence_translate (plug_method_get_label (plug_draft_get_method (draft)));
  g_autofree char *labels = dup_blamed_labels (verdict, draft);

  switch (verdict->reason) {
  case PLUG_REASON_INVALID_CLIENT:
  case PLUG_REASON_INVALID_GRANT:
  case PLUG_REASON_WRONG_CREDENTIALS:
    if (labels != NULL)
      /* Translators: %1$s is a service, %2$s the labels of fields: "Client ID and Client Secret". */
      return g_strdup_printf (_("Refused. %1$s does not accept this %2$s."), service, labels);
    return NULL;
  case PLUG_REASON_INVALID_SCOPE:
    if (labels != NULL)
      /* Translators: %1$s is a service, %2$s the label of a field: "Scope". */
      return g_strdup_printf (_("Refused. %1$s does not grant this %2$s."), service, labels);
    return NULL;
  case PLUG_REASON_UNAUTHORIZED_CLIENT:
    /* Translators: %1$s is a service, %2$s a method: "Client Credentials". */
    return g_strdup_printf (_("Refused. %1$s does not let this application sign in with %2$s."), service, method);
  case PLUG_REASON_UNSUPPORTED_GRANT_TYPE:
    /* Translators: %1$s is a service, %2$s a method: "Client Credentials". */
    return g_strdup_printf (_("Refused. %1$s does not offer %2$s."), service, method);
  default:
    return NULL;
  }
}

static char *
dup_busy (const PlugVerdict *verdict,
          const char *service)
{
  int minutes = (verdict->retry_after + 59) / 60;

  if (verdict->retry_after <= 0)
    return NULL;
  if (verdict->retry_after < 120)
    /* Translators: %1$s is a service. */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Could not test. %1$s is busy. Try again in %2$d second.",
                                         "Could not test. %1$s is busy. Try again in %2$d seconds.", verdict->retry_after),
                            service, verdict->retry_after);

  /* Translators: %1$s is a service. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Could not test. %1$s is busy. Try again in %2$d minute.",
                                       "Could not test. %1$s is busy. Try again in %2$d minutes.", minutes),
                          service, minutes);
}

/* NULL when the table has all there is to say. */
static char *
dup_unreachable (const PlugVerdict *verdict,
                 const char *service)
{
  const char *host = verdict->host != NULL ? verdict->host : service;
  g_autofree char *why = NULL;

  switch (verdict->reason) {
  case PLUG_REASON_NETWORK:
    if (verdict->error == NULL)
      return NULL;
    why = plug_sentence_for_error (verdict->error, verdict->host);
    /* Translators: %s is a whole sentence that says why. */
    return g_strdup_printf (_("Could not test. %s"), why);
  case PLUG_REASON_WRONG_ADDRESS:
    /* Translators: %s is a host name. */
    return g_strdup_printf (_("Could not test. %s answers, but not at this address."), host);
  case PLUG_REASON_NOT_THE_SERVICE:
    /* Translators: %1$s is a host name, %2$s a service. */
    return g_strdup_printf (_("Could not test. What answers at %1$s is not %2$s."), host, service);
  case PLUG_REASON_REDIRECTED:
    if (verdict->redirect_host != NULL)
      /* Translators: both are host names. */
      return g_strdup_printf (_("Could not test. %1$s sends you to %2$s."), host, verdict->redirect_host);
    return NULL;
  case PLUG_REASON_BUSY:
    return dup_busy (verdict, service);
  case PLUG_REASON_SERVICE_PROBLEM:
    if (verdict->status != 0)
      /* Translators: %1$s is a service, %2$u an HTTP status such as 500. */
      return g_strdup_printf (_("Could not test. %1$s has a problem (%2$u)."), service, verdict->status);
    return NULL;
  case PLUG_REASON_UNEXPECTED_ANSWER:
    if (verdict->status != 0)
      /* Translators: %1$s is a service, %2$u an HTTP status such as 418. */
      return g_strdup_printf (_("Could not test. %1$s gave an answer that was not expected (%2$u)."), service, verdict->status);
    return NULL;
  case PLUG_REASON_ORIGIN_NOT_APPROVED:
    if (verdict->origin != NULL)
      /* Translators: %1$s is a service, %2$s where it is: "https://auth.example.com". */
      return g_strdup_printf (_("Could not test. %1$s wants the secrets sent to %2$s, which nobody has approved."), service,
                              verdict->origin);
    return NULL;
  default:
    return NULL;
  }
}

static char *
dup_not_testable (const PlugVerdict *verdict,
                  PlugDraft *draft)
{
  PlugMethod *method = plug_draft_get_method (draft);
  const char *reason = plug_method_get_not_testable_reason (method);
  const char *needed = plug_method_get_test_requires (method);

  if (verdict->error != NULL && g_error_matches (verdict->error, PLUG_ERROR, PLUG_ERROR_UNSUPPORTED))
    return g_strdup (_("Not testable. This version of Plugboard cannot sign in this way."));
  if (reason != NULL && *reason != '\0')
    /* Translators: %s is a sentence from the definition of the service that says why. */
    return g_strdup_printf (_("Not testable. %s"), plug_sentence_translate (reason));
  if (needed != NULL)
    /* Translators: %s is the label of a field, such as Test Path. */
    return g_strdup_printf (_("Not testable while “%s” is empty."),
                            plug_sentence_translate (plug_parameter_get_label (plug_method_get_parameter (method, needed))));

  return NULL;
}

static char *
dup_special (const PlugVerdict *verdict,
             PlugDraft *draft,
             const char *service)
{
  switch (verdict->outcome) {
  case PLUG_OUTCOME_PASSED:
    if (verdict->identity != NULL)
      /* Translators: %s is the name of an account. */
      return g_strdup_printf (_("Passed. Signed in as %s."), verdict->identity);
    return NULL;
  case PLUG_OUTCOME_REFUSED:
    return dup_refusal (verdict, draft, service);
  case PLUG_OUTCOME_NOT_REACHABLE:
    return dup_unreachable (verdict, service);
  case PLUG_OUTCOME_NOT_TESTABLE:
    return dup_not_testable (verdict, draft);
  case PLUG_OUTCOME_UNTESTED:
  case PLUG_OUTCOME_NOT_PERMITTED:
  default:
    return NULL;
  }
}

char *
plug_sentence_for_reason (PlugOutcome outcome,
                          PlugReason reason,
                          const char *service)
{
  for (guint i = 0; i < G_N_ELEMENTS (verdict_sentences); i++) {
    const VerdictSentence *sentence = &verdict_sentences[i];

    if (sentence->outcome == outcome && sentence->reason == reason)
      return fill (_(sentence->text), service);
  }

  return g_strdup (plug_sentence_for_outcome (outcome));
}

char *
plug_sentence_for_verdict (const PlugVerdict *verdict,
                           PlugDraft *draft)
{
  const char *service = plug_provider_get_label (plug_draft_get_provider (draft));
  char *special = dup_special (verdict, draft, service);

  return special != NULL ? special : plug_sentence_for_reason (verdict->outcome, verdict->reason, service);
}

/* NULL for what has nothing to do with a proxy. */
static const char *
get_proxy_advice (const GError *error)
{
  if (error == NULL || error->domain != PLUG_ERROR)
    return NULL;
  switch (error->code) {
  case PLUG_ERROR_PROXY_SETTINGS:
  case PLUG_ERROR_PROXY_NOT_FOUND:
  case PLUG_ERROR_PROXY_NOT_REACHABLE:
  case PLUG_ERROR_PROXY_TIMED_OUT:
    return _("Check the proxy in the network settings of this computer.");
  case PLUG_ERROR_PROXY_NEEDS_SIGN_IN:
    return _("Set user name and password where the proxy is set, or ask whoever runs the proxy.");
  case PLUG_ERROR_PROXY_NOT_SECURE:
  case PLUG_ERROR_PROXY_REFUSED:
    return _("Ask whoever runs the proxy.");
  case PLUG_ERROR_PROXY_NO_WAY:
    return _("Check the address. If it is right, ask whoever runs the proxy.");
  default:
    return NULL;
  }
}

static char *
dup_network_advice (const PlugVerdict *verdict,
                    PlugMethod *method)
{
  gboolean may_be_own = plug_method_allows_authorities (method)
                        && (g_error_matches (verdict->error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_SELF_SIGNED)
                            || g_error_matches (verdict->error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY));
  /* Translators: %s is the name that a certificate gives of its issuer, such as "CN=Example CA". */
  g_autofree char *issuer = verdict->issuer != NULL ? g_strdup_printf (_("Its issuer is %s."), verdict->issuer) : NULL;
  const char *advice = may_be_own
                           ? _("If your organisation has a certificate authority of its own, choose its file under Advanced.")
                           : get_proxy_advice (verdict->error);

  if (issuer != NULL && advice != NULL)
    /* Translators: joins two sentences. */
    return g_strdup_printf (C_("two sentences", "%1$s %2$s"), issuer, advice);

  return issuer != NULL ? g_steal_pointer (&issuer) : g_strdup (advice);
}

char *
plug_sentence_for_advice (const PlugVerdict *verdict,
                          PlugDraft *draft)
{
  const char *provider = plug_provider_get_id (plug_draft_get_provider (draft));
  PlugMethod *method = plug_draft_get_method (draft);

  if (verdict->reason == PLUG_REASON_NETWORK)
    return dup_network_advice (verdict, method);

  for (guint i = 0; i < G_N_ELEMENTS (advices); i++) {
    const Advice *advice = &advices[i];

    if (advice->outcome == verdict->outcome && advice->reason == verdict->reason
        && (advice->provider == NULL || g_str_equal (advice->provider, provider))
        && (advice->method == NULL || g_str_equal (advice->method, plug_method_get_id (method))))
      return g_strdup (_(advice->text));
  }

  return NULL;
}

const char *
plug_sentence_for_outcome (PlugOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcome_words), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "outcome of a test", outcome_words[outcome]);
}

const char *
plug_sentence_for_state (PlugConnectionState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_words), NULL);

  return state != PLUG_CONNECTION_OK ? g_dpgettext2 (GETTEXT_PACKAGE, "state of a connection", state_words[state]) : NULL;
}

char *
plug_sentence_for_untried (PlugProvider *provider,
                           PlugMethod *method,
                           const char *host)
{
  const char *reason = plug_method_get_not_testable_reason (method);

  if (!plug_auth_can_sign (method, NULL))
    return g_strdup (_("Not testable. This version of Plugboard cannot sign in this way."));
  if (reason != NULL)
    /* Translators: %s is a sentence from the definition of the service that says why. */
    return g_strdup_printf (_("Not testable. %s"), plug_sentence_translate (reason));
  if (!plug_provider_is_built_in (provider) && host != NULL)
    /* Translators: %s is a host name. */
    return g_strdup_printf (_("This is a definition of your own. What you type is sent to %s."), host);
  if (!plug_provider_is_built_in (provider))
    return g_strdup (_("This is a definition of your own. Where it sends what you type depends on the address."));
  if (!plug_method_test_is_verified (method))
    return g_strdup (_("This test has not been confirmed yet."));

  return NULL;
}

const char *
plug_sentence_for_value (PlugParameter *parameter,
                         const char *value)
{
  const char *const *options = plug_parameter_get_options (parameter);

  if (plug_parameter_get_value_type (parameter) == PLUG_PARAMETER_BOOLEAN)
    return g_str_equal (value, "true") ? C_("a value", "Yes") : C_("a value", "No");
  for (gsize i = 0; options[i] != NULL; i += 2) {
    if (g_str_equal (options[i], value))
      return plug_sentence_translate (options[i + 1]);
  }

  return value;
}

const char *
plug_sentence_for_step (PlugStepKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (step_words), NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "step of a test", step_words[kind]);
}

char *
plug_sentence_for_age (gint64 then,
                       gint64 now)
{
  gint64 minutes = MAX (now - then, 0) / 60;
  gint64 hours = minutes / 60;
  gint64 days = hours / 24;

  if (minutes < 1)
    return g_strdup (C_("age", "just now"));
  if (hours < 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d minute ago", "%d minutes ago", minutes), (int) minutes);
  if (days < 1)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d hour ago", "%d hours ago", hours), (int) hours);
  if (days < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day ago", "%d days ago", days), (int) days);
  if (days < 730)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d month ago", "%d months ago", days / 30), (int) (days / 30));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d year ago", "%d years ago", days / 365), (int) MIN (days / 365, 9999));
}
