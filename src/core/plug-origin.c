/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-origin.h"

struct _PlugOriginRules {
  GHashTable *origins;
  GPtrArray *domains;
  gboolean is_loopback; /* one of the trusted origins is plain http on this machine */
};

PlugOriginRules *
plug_origin_rules_new (void)
{
  PlugOriginRules *self = g_new0 (PlugOriginRules, 1);

  self->origins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->domains = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
plug_origin_rules_free (PlugOriginRules *self)
{
  g_hash_table_unref (self->origins);
  g_ptr_array_unref (self->domains);
  g_free (self);
}

void
plug_origin_rules_trust (PlugOriginRules *self,
                         const char *origin)
{
  g_hash_table_add (self->origins, g_strdup (origin));
  if (g_str_has_prefix (origin, "http://"))
    self->is_loopback = TRUE;
}

void
plug_origin_rules_trust_within (PlugOriginRules *self,
                                const char *domain)
{
  g_ptr_array_add (self->domains, g_strdup (domain));
}

PlugOriginVerdict
plug_origin_rules_check (const PlugOriginRules *self,
                         const PlugUrl *url)
{
  g_autofree char *origin = plug_url_dup_origin (url);
  gboolean is_secure = g_str_equal (url->scheme, "https");

  if (g_hash_table_contains (self->origins, origin))
    return PLUG_ORIGIN_TRUSTED;
  for (guint i = 0; is_secure && i < self->domains->len; i++) {
    if (plug_url_is_within (url, g_ptr_array_index (self->domains, i)))
      return PLUG_ORIGIN_TRUSTED;
  }
  /* A service elsewhere must not point into this machine; one that runs here, as the simulator does, may. */
  if (is_secure || (self->is_loopback && plug_url_is_loopback (url)))
    return PLUG_ORIGIN_ASK;

  return PLUG_ORIGIN_FORBIDDEN;
}

static void
trust_template (PlugOriginRules *self,
                PlugTemplate *template,
                const PlugValues *values)
{
  PlugUrlProblem problem;
  g_autofree char *text = template != NULL ? plug_template_expand (template, values) : NULL;
  g_autoptr (PlugUrl) url = text != NULL ? plug_url_parse (text, &problem) : NULL;
  g_autofree char *origin = url != NULL ? plug_url_dup_origin (url) : NULL;

  if (origin != NULL)
    plug_origin_rules_trust (self, origin);
}

/* A URL of a built-in definition that is expanded with nothing but what the user typed and the definition's defaults has
 * an origin of literals and typed parts only. */
static void
trust_definition (PlugOriginRules *self,
                  PlugMethod *method,
                  const PlugValues *typed)
{
  g_autoptr (PlugValues) values = plug_method_complete_values (method, typed);
  const char *const *within = plug_method_get_within (method);
  GPtrArray *resolves = plug_method_get_resolves (method);
  GPtrArray *schemes = plug_method_get_schemes (method);
  PlugRequestSpec *test = plug_method_get_test_request (method);

  trust_template (self, plug_method_get_server (method), values);
  for (guint i = 0; i < resolves->len; i++) {
    PlugResolveSpec *resolve = g_ptr_array_index (resolves, i);

    trust_template (self, resolve->request->url, values);
  }
  for (guint i = 0; i < schemes->len; i++) {
    PlugScheme *scheme = g_ptr_array_index (schemes, i);

    trust_template (self, plug_scheme_get_token_url (scheme), values);
    if (scheme->logout != NULL)
      trust_template (self, scheme->logout->url, values);
  }
  if (test != NULL)
    trust_template (self, test->url, values);
  for (guint i = 0; within != NULL && within[i] != NULL; i++)
    plug_origin_rules_trust_within (self, within[i]);
}

PlugOriginRules *
plug_origin_rules_new_for_draft (PlugDraft *draft)
{
  PlugOriginRules *self = plug_origin_rules_new ();
  g_auto (GStrv) typed = plug_draft_dup_typed_origins (draft);
  const char *const *approved = plug_draft_get_approved_origins (draft);

  for (guint i = 0; typed != NULL && typed[i] != NULL; i++)
    plug_origin_rules_trust (self, typed[i]);
  for (guint i = 0; approved != NULL && approved[i] != NULL; i++)
    plug_origin_rules_trust (self, approved[i]);
  if (plug_provider_is_built_in (plug_draft_get_provider (draft)))
    trust_definition (self, plug_draft_get_method (draft), plug_draft_get_values (draft));

  return self;
}
