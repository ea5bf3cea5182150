/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-label.h"

#include <glib/gi18n.h>

#include "plug-sentence.h"

static const char * const tone_classes[] = {
  [PLUG_TONE_NEUTRAL] = "neutral",
  [PLUG_TONE_SUCCESS] = "success",
  [PLUG_TONE_WARNING] = "warning",
  [PLUG_TONE_ERROR] = "error",
};

PlugTone
plug_label_tone_of (PlugOutcome outcome)
{
  switch (outcome) {
  case PLUG_OUTCOME_PASSED:
    return PLUG_TONE_SUCCESS;
  case PLUG_OUTCOME_REFUSED:
    return PLUG_TONE_ERROR;
  case PLUG_OUTCOME_NOT_PERMITTED:
  case PLUG_OUTCOME_NOT_REACHABLE:
    return PLUG_TONE_WARNING;
  case PLUG_OUTCOME_UNTESTED:
  case PLUG_OUTCOME_NOT_TESTABLE:
  default:
    return PLUG_TONE_NEUTRAL;
  }
}

void
plug_label_set_tone (GtkWidget *widget,
                     PlugTone tone)
{
  for (guint i = 0; i < G_N_ELEMENTS (tone_classes); i++)
    if (i != tone)
      gtk_widget_remove_css_class (widget, tone_classes[i]);
  gtk_widget_add_css_class (widget, tone_classes[tone]);
}

char *
plug_label_dup_kind (PlugConnection *connection)
{
  PlugProvider *provider = plug_connection_get_provider (connection);
  PlugMethod *method = plug_connection_get_method (connection);
  const char *provider_name = provider != NULL ? plug_provider_get_label (provider) : plug_connection_get_provider_id (connection);
  const char *method_label = method != NULL ? plug_sentence_translate (plug_method_get_label (method))
                                            : plug_connection_get_method_id (connection);

  if (provider_name == NULL || method_label == NULL)
    return g_strdup (_("The file cannot be read."));
  /* Translators: %1$s is a service such as HaloPSA, %2$s a way to sign in such as Client Credentials. */
  return g_strdup_printf (C_("provider and method", "%1$s · %2$s"), provider_name, method_label);
}

char *
plug_label_dup_cause (PlugConnection *connection)
{
  const GError *problem = plug_connection_get_problem (connection);
  PlugProvider *provider = plug_connection_get_provider (connection);

  if (problem != NULL)
    return plug_sentence_for_error (problem, NULL);
  if (provider == NULL || plug_connection_get_outcome (connection) == PLUG_OUTCOME_UNTESTED)
    return NULL;

  return plug_sentence_for_reason (plug_connection_get_outcome (connection), plug_connection_get_reason (connection),
                                   plug_provider_get_label (provider));
}

char *
plug_label_dup_elapsed (guint elapsed_ms)
{
  if (elapsed_ms < 1000)
    /* Translators: milliseconds. */
    return g_strdup_printf (C_("duration", "%u ms"), elapsed_ms);
  /* Translators: seconds. */
  return g_strdup_printf (C_("duration", "%.1f s"), elapsed_ms / 1000.0);
}

void
plug_label_wrap_button (GtkWidget *button)
{
  GtkLabel *label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
}
