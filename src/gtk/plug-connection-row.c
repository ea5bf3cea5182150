/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-connection-row.h"

#include <glib/gi18n.h>

#include "plug-connection-test.h"
#include "plug-label.h"
#include "plug-provider-icon.h"
#include "plug-sentence.h"
#include "plug-wrap-box.h"

struct _PlugConnectionRow {
  GtkListBoxRow parent_instance;

  PlugProviderIcon *icon;
  GtkBox *text_box;
  GtkLabel *name_label;
  GtkLabel *kind_label;
  PlugWrapBox *outcome_box;
  GtkLabel *outcome_label;
  GtkLabel *age_label;
  GtkSpinner *spinner;
  GtkStack *test_stack;
  GtkWidget *test_button;
  GtkWidget *cancel_button;

  PlugStore *store;
  PlugConnection *connection;
  GCancellable *cancellable; /* of the test that runs; NULL when none does */
};

G_DEFINE_FINAL_TYPE (PlugConnectionRow, plug_connection_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  TEST_FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_outcome (PlugConnectionRow *self)
{
  const char *state = plug_sentence_for_state (plug_connection_get_state (self->connection));
  PlugOutcome outcome = plug_connection_get_outcome (self->connection);
  gint64 tested = plug_connection_get_tested (self->connection);
  g_autofree char *age = tested == 0 ? NULL : plug_sentence_for_age (tested, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *cause = plug_label_dup_cause (self->connection);

  gtk_label_set_text (self->outcome_label, state != NULL ? state : plug_sentence_for_outcome (outcome));
  plug_label_set_tone (GTK_WIDGET (self->outcome_label), state != NULL ? PLUG_TONE_ERROR : plug_label_tone_of (outcome));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->outcome_label), cause);
  gtk_label_set_text (self->age_label, age != NULL ? age : "");
  gtk_widget_set_visible (GTK_WIDGET (self->age_label), age != NULL && state == NULL);
}

static void
show_connection (PlugConnectionRow *self)
{
  const char *name = plug_connection_get_name (self->connection);
  g_autofree char *kind = plug_label_dup_kind (self->connection);

  plug_provider_icon_set_provider (self->icon, plug_connection_get_provider (self->connection));
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->kind_label, kind);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, kind, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->test_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->test_stack),
                          plug_connection_get_state (self->connection) == PLUG_CONNECTION_OK);
  show_outcome (self);
}

static void
set_testing (PlugConnectionRow *self,
             gboolean testing)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  gtk_spinner_set_spinning (self->spinner, testing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), testing);
  gtk_stack_set_visible_child (self->test_stack, testing ? self->cancel_button : self->test_button);
  if (had_focus)
    gtk_widget_grab_focus (testing ? self->cancel_button : self->test_button);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PlugConnectionRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugVerdict) verdict = plug_connection_test_run_finish (PLUG_CONNECTION_TEST (source), result, &error);

  if (self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  set_testing (self, FALSE);
  if (verdict == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_autofree char *sentence = plug_sentence_for_error (error, NULL);

    g_signal_emit (self, signals[TEST_FAILED], 0, sentence);
  }
}

static void
test_clicked_cb (PlugConnectionRow *self)
{
  g_autoptr (PlugConnectionTest) test = plug_connection_test_new (self->store, self->connection);

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  set_testing (self, TRUE);
  plug_connection_test_run_async (test, PLUG_VAULT_MAY_PROMPT, self->cancellable, tested_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (PlugConnectionRow *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
plug_connection_row_dispose (GObject *object)
{
  PlugConnectionRow *self = PLUG_CONNECTION_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->connection);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (plug_connection_row_parent_class)->dispose (object);
}

static void
plug_connection_row_class_init (PlugConnectionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_connection_row_dispose;

  signals[TEST_FAILED] = g_signal_new ("test-failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (PLUG_TYPE_PROVIDER_ICON);
  g_type_ensure (PLUG_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-connection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, text_box);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, kind_label);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, outcome_box);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, age_label);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, test_stack);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, test_button);
  gtk_widget_class_bind_template_child (widget_class, PlugConnectionRow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
}

static void
plug_connection_row_init (PlugConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plug_connection_row_new (PlugStore *store,
                         PlugConnection *connection)
{
  PlugConnectionRow *self = g_object_new (PLUG_TYPE_CONNECTION_ROW, NULL);

  self->store = g_object_ref (store);
  self->connection = g_object_ref (connection);
  g_signal_connect_object (connection, "notify::outcome", G_CALLBACK (show_outcome), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::tested", G_CALLBACK (show_outcome), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (connection, "notify::state", G_CALLBACK (show_connection), self, G_CONNECT_SWAPPED);
  show_connection (self);

  return GTK_WIDGET (self);
}

PlugConnection *
plug_connection_row_get_connection (PlugConnectionRow *self)
{
  return self->connection;
}

void
plug_connection_row_refresh (PlugConnectionRow *self)
{
  show_outcome (self);
}

void
plug_connection_row_set_narrow (PlugConnectionRow *self,
                                gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->text_box), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  plug_wrap_box_set_stacked (self->outcome_box, !narrow);
  gtk_box_set_spacing (self->text_box, narrow ? 4 : 12);
  plug_wrap_box_set_spacing (self->outcome_box, narrow ? 6 : 2);
  /* Side by side they need more room than some languages leave. */
  gtk_label_set_wrap (self->outcome_label, narrow);
  gtk_label_set_wrap (self->age_label, narrow);
  gtk_widget_set_halign (GTK_WIDGET (self->outcome_label), narrow ? GTK_ALIGN_START : GTK_ALIGN_END);
  gtk_widget_set_halign (GTK_WIDGET (self->age_label), narrow ? GTK_ALIGN_START : GTK_ALIGN_END);
}
