/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in.h"

#include <string.h>

#include "plug-buffer.h"

#define WRONG_SECRET "wr0ng/value+4712=="

static const struct {
  const char *id, *type;
} parameters[] = {
  { "user", "string" },  { "id", "string" }, { "key", "secret" },
  { "other", "secret" }, { "pem", "pem" },   { "certificate", "pem" },
};

static const char *
get_test (const SignIn *self)
{
  return self->test != NULL ? self->test : SIGN_IN_READ_ME;
}

/* How a template names it. */
static gboolean
uses (const SignIn *self,
      const char *id)
{
  g_autofree char *name = g_strdup_printf ("{%s}", id);

  return strstr (self->auth, name) != NULL || strstr (get_test (self), name) != NULL;
}

PlugProvider *
sign_in_new_provider (const SignIn *self,
                      const char *key_file)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PlugProvider *provider;

  g_string_append (text, "{\"id\":\"example\",\"name\":\"Example\",\"categories\":[\"itsm\"],\"docs\":\"https://example.com\","
                         "\"methods\":[{\"id\":\"key\",\"label\":\"Key\",\"parameters\":["
                         "{\"id\":\"base\",\"label\":\"Address\",\"type\":\"uri\"}");
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++) {
    if (uses (self, parameters[i].id))
      g_string_append_printf (text, ",{\"id\":\"%s\",\"label\":\"%s\",\"type\":\"%s\"}", parameters[i].id, parameters[i].id,
                              parameters[i].type);
  }
  g_string_append_printf (text, "],\"server\":{\"url\":\"{+base}\"},\"auth\":[%s],\"test\":%s", self->auth, get_test (self));
  if (key_file != NULL)
    g_string_append_printf (text, ",\"keyFile\":%s", key_file);
  g_string_append (text, "}]}");
  provider = plug_provider_new_from_json (text->str, -1, TRUE, &error);
  g_assert_no_error (error);

  return provider;
}

static PlugDraft *
new_draft (const SignIn *self,
           const char *base,
           gboolean is_right,
           GBytes *authorities)
{
  g_autoptr (PlugProvider) provider = sign_in_new_provider (self, NULL);
  g_autoptr (PlugValues) values = plug_values_new ();
  g_auto (GStrv) lines = g_strsplit (self->values != NULL ? self->values : "", "\n", -1);

  plug_values_set (values, "base", base);
  plug_values_set (values, "user", SIGN_IN_USER);
  plug_values_set_secret (values, "key", is_right || self->wrong_pem != NULL ? SIGN_IN_SECRET : WRONG_SECRET);
  if (self->pem != NULL)
    plug_values_set_secret (values, "pem", is_right || self->wrong_pem == NULL ? self->pem : self->wrong_pem);
  if (self->certificate != NULL)
    plug_values_set_secret (values, "certificate", self->certificate);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (lines[i], "=", 2);

    if (g_strcmp0 (pair[0], "other") == 0)
      plug_values_set_secret (values, pair[0], pair[1]);
    else if (pair[0] != NULL)
      plug_values_set (values, pair[0], pair[1]);
  }

  return plug_draft_new (provider, g_ptr_array_index (plug_provider_get_methods (provider), 0), "Example", values, NULL,
                         authorities);
}

PlugDraft *
sign_in_new_draft (const SignIn *self,
                   const char *base,
                   GBytes *authorities)
{
  return new_draft (self, base, TRUE, authorities);
}

static void
ran_cb (GObject *source,
        GAsyncResult *result,
        gpointer user_data)
{
  PlugVerdict **verdict = user_data;
  g_autoptr (GError) error = NULL;

  *verdict = plug_test_run_finish (PLUG_TEST (source), result, &error);
  g_assert_no_error (error);
}

PlugVerdict *
sign_in_run_draft (PlugDraft *draft)
{
  PlugTest *test = plug_test_new (draft);
  PlugVerdict *verdict = NULL;

  plug_test_run_async (test, NULL, ran_cb, &verdict);
  while (verdict == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (test);

  return verdict;
}

PlugVerdict *
sign_in_run (const SignIn *self,
             VerifyingServer *server)
{
  g_autoptr (PlugDraft) draft = sign_in_new_draft (self, verifying_server_get_origin (server), NULL);

  return sign_in_run_draft (draft);
}

void
sign_in_assert_outcome (const PlugVerdict *verdict,
                        PlugOutcome outcome)
{
  g_test_message ("%s: %s", plug_reason_to_id (verdict->reason), verdict->details);
  g_assert_cmpstr (plug_outcome_to_id (verdict->outcome), ==, plug_outcome_to_id (outcome));
}

static void
assert_lacks (const char *text,
              const char *part)
{
  if (text != NULL && strstr (text, part) != NULL)
    g_error ("“%s” is in “%s”", part, text);
}

void
sign_in_assert_hides (const PlugVerdict *verdict,
                      const char *secret)
{
  g_autoptr (PlugBuffer) percent = plug_buffer_new ();
  g_autofree char *base64 = g_base64_encode ((const guchar *) secret, strlen (secret));
  const char *texts[] = { verdict->details, verdict->identity, verdict->error != NULL ? verdict->error->message : NULL };

  plug_buffer_append_percent (percent, secret);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    assert_lacks (texts[i], secret);
    assert_lacks (texts[i], percent->text);
    assert_lacks (texts[i], base64);
  }
}

/* base64 of "USER:SECRET", which need not contain base64 of the secret. */
static void
assert_hides_pair (const PlugVerdict *verdict,
                   const char *user,
                   const char *secret)
{
  g_autofree char *pair = g_strconcat (user, ":", secret, NULL);

  sign_in_assert_hides (verdict, pair);
}

void
sign_in_check (const SignIn *self,
               VerifyingServer *server)
{
  g_autoptr (PlugDraft) right = new_draft (self, verifying_server_get_origin (server), TRUE, NULL);
  g_autoptr (PlugDraft) wrong = new_draft (self, verifying_server_get_origin (server), FALSE, NULL);
  g_autoptr (PlugVerdict) passed = NULL;
  g_autoptr (PlugVerdict) refused = NULL;

  g_test_message ("%s", self->auth);
  passed = sign_in_run_draft (right);
  sign_in_assert_outcome (passed, PLUG_OUTCOME_PASSED);

  refused = sign_in_run_draft (wrong);
  sign_in_assert_outcome (refused, PLUG_OUTCOME_REFUSED);
  g_assert_nonnull (refused->blamed[0]);
  /* The echo came, so that there was something to hide. */
  g_assert_nonnull (refused->details);
  g_assert_nonnull (strstr (refused->details, "I do not take this"));
  /* Nor the JWT that was signed for the request: it is valid for a while yet. */
  g_assert_null (strstr (refused->details, "eyJhbGciOi"));
  sign_in_assert_hides (refused, WRONG_SECRET);
  sign_in_assert_hides (refused, SIGN_IN_TOKEN);
  assert_hides_pair (refused, SIGN_IN_USER, WRONG_SECRET);
  if (self->wrong_pem != NULL)
    sign_in_assert_hides (refused, self->wrong_pem);
}
