/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-details-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "plug-compat.h"
#include "plug-connection-dialog.h"
#include "plug-connection-test.h"
#include "plug-label.h"
#include "plug-provider-icon.h"
#include "plug-sentence.h"
#include "plug-text.h"
#include "plug-verdict-view.h"

#define MASK "••••••••"

typedef enum {
  DETAILS_READY,
  DETAILS_TESTING,
  DETAILS_DELETING,
} DetailsState;

struct _PlugDetailsPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *back_button;
  GtkLabel *title;
  PlugProviderIcon *icon;
  GtkLabel *name_label;
  GtkLabel *kind_label;
  GtkLabel *outcome_label;
  GtkLabel *cause_label;
  GtkListBox *list;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkLabel *reason_label;
  GtkLabel *path_label;
  GtkWidget *actions;
  GtkStack *test_stack;
  GtkWidget *test_button;
  GtkWidget *cancel_button;
  GtkWidget *replace_button;
  GtkWidget *delete_button;
  PlugVerdictView *verdict_view;

  DetailsState state;
  PlugStore *store;
  PlugConnection *connection;
  PlugConnectionTest *test; /* that runs, or whose verdict is shown */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (PlugDetailsPage, plug_details_page, GTK_TYPE_WIDGET)

enum {
  LEAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void set_connection (PlugDetailsPage *self,
                            PlugConnection *connection);

static void
set_state (PlugDetailsPage *self,
           DetailsState state)
{
  gboolean testing = state == DETAILS_TESTING;
  gboolean moved_focus = testing != (self->state == DETAILS_TESTING) &&
                         gtk_widget_get_focus_child (GTK_WIDGET (self->test_stack)) != NULL;

  self->state = state;
  gtk_stack_set_visible_child (self->test_stack, testing ? self->cancel_button : self->test_button);
  gtk_widget_set_sensitive (self->test_button, state == DETAILS_READY);
  gtk_widget_set_sensitive (self->replace_button, state == DETAILS_READY);
  gtk_widget_set_sensitive (self->delete_button, state == DETAILS_READY);
  if (moved_focus)
    gtk_widget_grab_focus (testing ? self->cancel_button : self->test_button);
}

static void
add_value (PlugDetailsPage *self,
           const char *label,
           const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  /* One by one: what is set at construction arrives together, the text before it is known to be no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "property");
  gtk_widget_set_tooltip_text (row, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value, -1);
  gtk_list_box_append (self->list, row);
}

static char *
dup_visible_value (PlugDetailsPage *self,
                   PlugParameter *parameter)
{
  const char *value = plug_values_get (plug_connection_get_values (self->connection), plug_parameter_get_id (parameter));

  if (!plug_method_is_shown (plug_connection_get_method (self->connection), parameter,
                             plug_connection_get_values (self->connection)))
    return NULL;
  if (plug_parameter_is_secret (parameter))
    return g_strdup (MASK);
  if (value == NULL || *value == '\0')
    return NULL;
  return plug_text_from_untrusted (NULL, plug_sentence_for_value (parameter, value), -1, PLUG_TEXT_VERDICT_CHARS);
}

static void
show_values (PlugDetailsPage *self)
{
  PlugMethod *method = plug_connection_get_method (self->connection);
  GPtrArray *parameters = method == NULL ? NULL : plug_method_get_parameters (method);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; parameters != NULL && i < parameters->len; i++) {
    g_autofree char *value = dup_visible_value (self, parameters->pdata[i]);

    if (value != NULL)
      add_value (self, plug_sentence_translate (plug_parameter_get_label (parameters->pdata[i])), value);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->list), gtk_widget_get_first_child (GTK_WIDGET (self->list)) != NULL);
}

static void
show_problem (PlugDetailsPage *self)
{
  const GError *problem = plug_connection_get_problem (self->connection);
  GFile *file = plug_connection_get_file (self->connection);
  g_autofree char *sentence = problem == NULL ? NULL : plug_sentence_for_error (problem, NULL);
  g_autofree char *reason = problem == NULL ? NULL : plug_text_from_untrusted (NULL, problem->message, -1, PLUG_TEXT_VERDICT_CHARS);
  g_autofree char *raw_path = problem == NULL || file == NULL ? NULL : g_file_get_path (file);
  g_autofree char *path = raw_path == NULL ? NULL : plug_text_from_untrusted (NULL, raw_path, -1, PLUG_TEXT_VERDICT_CHARS);

  gtk_widget_set_visible (self->problem_box, problem != NULL);
  gtk_widget_set_visible (self->actions, problem == NULL);
  gtk_label_set_text (self->problem_label, sentence != NULL ? sentence : "");
  gtk_label_set_text (self->reason_label, reason != NULL ? reason : "");
  gtk_label_set_text (self->path_label, path != NULL ? path : "");
}

static void
show_outcome (PlugDetailsPage *self)
{
  PlugOutcome outcome = plug_connection_get_outcome (self->connection);
  gint64 tested = plug_connection_get_tested (self->connection);
  g_autofree char *age = tested == 0 ? NULL : plug_sentence_for_age (tested, g_get_real_time () / G_USEC_PER_SEC);
  /* Translators: %1$s is an outcome such as "Passed", %2$s an age such as "3 minutes ago". */
  g_autofree char *both = age == NULL ? NULL : g_strdup_printf (C_("outcome and age", "%1$s, %2$s"),
                                                               plug_sentence_for_outcome (outcome), age);
  g_autofree char *cause = plug_label_dup_cause (self->connection);
  gboolean has_problem = plug_connection_get_problem (self->connection) != NULL;

  gtk_label_set_text (self->outcome_label, both != NULL ? both : plug_sentence_for_outcome (outcome));
  plug_label_set_tone (GTK_WIDGET (self->outcome_label), plug_label_tone_of (outcome));
  gtk_widget_set_visible (GTK_WIDGET (self->outcome_label), !has_problem);
  gtk_label_set_text (self->cause_label, cause != NULL ? cause : "");
  /* The verdict of a test says more. */
  gtk_widget_set_visible (GTK_WIDGET (self->cause_label),
                          cause != NULL && !has_problem && outcome != PLUG_OUTCOME_PASSED && self->test == NULL);
}

static void
end_test (PlugDetailsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->test);
  plug_verdict_view_clear (self->verdict_view);
}

static void
connection_notify_cb (PlugDetailsPage *self)
{
  show_problem (self);
  show_outcome (self);
}

static void
set_connection (PlugDetailsPage *self,
                PlugConnection *connection)
{
  const char *name = plug_connection_get_name (connection);
  g_autofree char *kind = plug_label_dup_kind (connection);

  if (self->connection != NULL) {
    end_test (self);
    g_signal_handlers_disconnect_by_func (self->connection, connection_notify_cb, self);
  }
  g_set_object (&self->connection, connection);
  g_signal_connect_object (connection, "notify", G_CALLBACK (connection_notify_cb), self, G_CONNECT_SWAPPED);
  plug_provider_icon_set_provider (self->icon, plug_connection_get_provider (connection));
  gtk_label_set_text (self->title, name);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->kind_label, kind);
  show_values (self);
  show_problem (self);
  show_outcome (self);
  set_state (self, DETAILS_READY);
}

/* The test is known when the keyring has answered. */
static void
step_changed_cb (PlugDetailsPage *self,
                 guint index,
                 PlugConnectionTest *test)
{
  if (test != self->test)
    return;
  if (index == 0 && plug_test_get_step (plug_connection_test_get_test (test), 0)->state == PLUG_STEP_RUNNING)
    plug_verdict_view_follow (self->verdict_view, plug_connection_test_get_test (test));
  plug_verdict_view_update_step (self->verdict_view, index);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PlugDetailsPage) self = user_data;
  PlugConnectionTest *test = PLUG_CONNECTION_TEST (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugVerdict) verdict = plug_connection_test_run_finish (test, result, &error);
  g_autofree char *sentence = NULL;

  if (self->store == NULL || test != self->test)
    return;
  g_clear_object (&self->cancellable);
  set_state (self, DETAILS_READY);
  if (verdict != NULL) {
    plug_verdict_view_show_verdict (self->verdict_view, verdict, plug_connection_test_get_draft (test));
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    plug_verdict_view_clear (self->verdict_view);
    return;
  }
  sentence = plug_sentence_for_error (error, NULL);
  plug_verdict_view_show_failure (self->verdict_view, sentence, NULL);
}

static void
test_clicked_cb (PlugDetailsPage *self)
{
  if (self->state != DETAILS_READY)
    return;
  end_test (self);
  self->test = plug_connection_test_new (self->store, self->connection);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->test, "step-changed", G_CALLBACK (step_changed_cb), self, G_CONNECT_SWAPPED);
  plug_verdict_view_follow (self->verdict_view, NULL);
  show_outcome (self);
  set_state (self, DETAILS_TESTING);
  plug_connection_test_run_async (self->test, PLUG_VAULT_MAY_PROMPT, self->cancellable, tested_cb, g_object_ref (self));
}

static void
cancel_clicked_cb (PlugDetailsPage *self)
{
  end_test (self);
  set_state (self, DETAILS_READY);
}

static void
saved_cb (PlugDetailsPage *self,
          PlugConnection *connection)
{
  set_connection (self, connection);
}

static void
replace_clicked_cb (PlugDetailsPage *self)
{
  GtkWidget *dialog = plug_connection_dialog_new_for_connection (self->store, self->connection);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  plug_connection_dialog_present (PLUG_CONNECTION_DIALOG (dialog), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
}

static void
deleted_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (PlugDetailsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean deleted = plug_store_delete_finish (PLUG_STORE (source), result, &error);
  g_autofree char *sentence = NULL;

  if (self->store == NULL)
    return;
  if (deleted) {
    g_signal_emit (self, signals[LEAVE], 0);
    return;
  }
  set_state (self, DETAILS_READY);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = plug_sentence_for_error (error, NULL);
  plug_verdict_view_show_failure (self->verdict_view, sentence, _("The connection was not deleted."));
}

static void
delete_confirmed (gpointer user_data)
{
  PlugDetailsPage *self = user_data;

  if (self->state != DETAILS_READY)
    return;
  end_test (self);
  self->cancellable = g_cancellable_new ();
  set_state (self, DETAILS_DELETING);
  plug_store_delete_async (self->store, self->connection, self->cancellable, deleted_cb, g_object_ref (self));
}

static void
delete_clicked_cb (PlugDetailsPage *self)
{
  /* Translators: %s is the name of a connection. */
  g_autofree char *heading = g_strdup_printf (_("Delete “%s”?"), plug_connection_get_name (self->connection));

  plug_compat_confirm (GTK_WIDGET (self), heading,
                       _("Its secrets are removed from the keyring. Scripts that use it stop working."), _("Cancel"),
                       C_("a connection", "Delete"), delete_confirmed);
}

static void
back_clicked_cb (PlugDetailsPage *self)
{
  g_signal_emit (self, signals[LEAVE], 0);
}

/* Another process may change the connection, or delete it. */
static void
items_changed_cb (PlugDetailsPage *self)
{
  PlugConnection *connection = plug_store_find (self->store, plug_connection_get_name (self->connection));

  if (connection == self->connection || self->state == DETAILS_DELETING)
    return;
  if (connection == NULL)
    g_signal_emit (self, signals[LEAVE], 0);
  else
    set_connection (self, connection);
}

static void
plug_details_page_dispose (GObject *object)
{
  PlugDetailsPage *self = PLUG_DETAILS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->test);
  g_clear_object (&self->connection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_details_page_parent_class)->dispose (object);
}

static void
plug_details_page_class_init (PlugDetailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_details_page_dispose;

  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (PLUG_TYPE_PROVIDER_ICON);
  g_type_ensure (PLUG_TYPE_VERDICT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-details-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, box);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, title);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, icon);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, kind_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, cause_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, path_label);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, actions);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, test_stack);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, test_button);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, replace_button);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, PlugDetailsPage, verdict_view);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
plug_details_page_init (PlugDetailsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plug_label_wrap_button (self->replace_button);
  plug_label_wrap_button (self->delete_button);
}

GtkWidget *
plug_details_page_new (PlugStore *store,
                       PlugConnection *connection)
{
  PlugDetailsPage *self = g_object_new (PLUG_TYPE_DETAILS_PAGE, NULL);

  self->store = g_object_ref (store);
  set_connection (self, connection);
  g_signal_connect_object (store, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

void
plug_details_page_focus (PlugDetailsPage *self)
{
  gtk_widget_grab_focus (gtk_widget_get_visible (self->actions) ? self->test_button : self->back_button);
}
