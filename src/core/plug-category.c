/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-category.h"

#include <glib/gi18n.h>

#include "plug-search.h"

static const struct {
  const char *id;
  const char *label;
} categories[] = {
  { "application-security", NC_("category of services", "Application security") },
  { "assets", NC_("category of services", "Assets") },
  { "automation", NC_("category of services", "Automation") },
  { "awareness", NC_("category of services", "Awareness training") },
  { "backup", NC_("category of services", "Backup") },
  { "cloud", NC_("category of services", "Cloud") },
  { "cloud-security", NC_("category of services", "Cloud security") },
  { "code", NC_("category of services", "Code") },
  { "compliance", NC_("category of services", "Compliance") },
  { "devops", NC_("category of services", "DevOps") },
  { "distribution", NC_("category of services", "Distribution") },
  { "documentation", NC_("category of services", "Documentation") },
  { "edr", NC_("category of services", "Endpoint security") },
  { "email-security", NC_("category of services", "E-mail security") },
  { "identity", NC_("category of services", "Identity") },
  { "itsm", NC_("category of services", "Service desk") },
  { "mdm", NC_("category of services", "Device management") },
  { "mdr", NC_("category of services", "Managed detection") },
  { "messaging", NC_("category of services", "Messaging") },
  { "monitoring", NC_("category of services", "Monitoring") },
  { "network", NC_("category of services", "Network") },
  { "on-call", NC_("category of services", "On-call") },
  { "project-management", NC_("category of services", "Projects") },
  { "psa", NC_("category of services", "PSA") },
  { "remote-access", NC_("category of services", "Remote access") },
  { "rmm", NC_("category of services", "Remote monitoring") },
  { "secrets", NC_("category of services", "Secrets") },
  { "siem", NC_("category of services", "SIEM") },
  { "threat-intelligence", NC_("category of services", "Threat intelligence") },
  { "vulnerability", NC_("category of services", "Vulnerabilities") },
};

/* Past the last when it is not known. */
static guint
find (const char *category)
{
  guint index = 0;

  while (index < G_N_ELEMENTS (categories) && !g_str_equal (category, categories[index].id))
    index++;
  return index;
}

static const char *
translate (guint index)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "category of services", categories[index].label);
}

const char *
plug_category_get_label (const char *category)
{
  guint index = find (category);

  return index < G_N_ELEMENTS (categories) ? translate (index) : category;
}

const char *
plug_category_get_known (guint index)
{
  return index < G_N_ELEMENTS (categories) ? categories[index].id : NULL;
}

/* Folds each category once, for thousands of services have it. Of any thread. */
static const char *
get_terms (guint index)
{
  static char *terms[G_N_ELEMENTS (categories)];

  if (g_once_init_enter (&terms[index])) {
    g_autofree char *id = plug_search_fold (categories[index].id);
    g_autofree char *label = plug_search_fold (categories[index].label);
    g_autofree char *translated = plug_search_fold (translate (index));
    GString *lines = g_string_new (NULL);

    g_string_append_printf (lines, "%s\n", id);
    if (!g_str_equal (label, id))
      g_string_append_printf (lines, "%s\n", label);
    if (!g_str_equal (translated, label) && !g_str_equal (translated, id))
      g_string_append_printf (lines, "%s\n", translated);
    g_once_init_leave (&terms[index], g_string_free (lines, FALSE));
  }
  return terms[index];
}

char *
plug_category_dup_terms (const char *const *ids)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    guint index = find (ids[i]);

    if (index < G_N_ELEMENTS (categories)) {
      g_string_append (lines, get_terms (index));
    } else {
      g_autofree char *id = plug_search_fold (ids[i]);

      g_string_append_printf (lines, "%s\n", id);
    }
  }

  return g_string_free (lines, FALSE);
}
