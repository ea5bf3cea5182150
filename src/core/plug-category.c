/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-category.h"

#include <glib/gi18n.h>

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

/* Untranslated; NULL when it is not known. */
static const char *
find_label (const char *category)
{
  for (guint i = 0; i < G_N_ELEMENTS (categories); i++)
    if (g_str_equal (category, categories[i].id))
      return categories[i].label;
  return NULL;
}

const char *
plug_category_get_label (const char *category)
{
  const char *label = find_label (category);

  return label != NULL ? g_dpgettext2 (GETTEXT_PACKAGE, "category of services", label) : category;
}

const char *
plug_category_get_known (guint index)
{
  return index < G_N_ELEMENTS (categories) ? categories[index].id : NULL;
}

const char **
plug_category_dup_words (const char *const *ids)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    const char *label = find_label (ids[i]);
    const char *translated = plug_category_get_label (ids[i]);

    g_ptr_array_add (words, (gpointer) ids[i]);
    if (label != NULL)
      g_ptr_array_add (words, (gpointer) label);
    if (label != NULL && !g_str_equal (translated, label))
      g_ptr_array_add (words, (gpointer) translated);
  }
  g_ptr_array_add (words, NULL);

  return (const char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
