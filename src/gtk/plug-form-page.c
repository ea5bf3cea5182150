/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-form-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "plug-authorities-row.h"
#include "plug-compat.h"
#include "plug-key-file-row.h"
#include "plug-label.h"
#include "plug-parameter-row.h"
#include "plug-provider-icon.h"
#include "plug-sentence.h"
#include "plug-test.h"
#include "plug-squeezer.h"
#include "plug-verdict-view.h"
#include "plug-wrap-box.h"

/* How long a creation may go on before the page says that it waits for the keyring. */
#define PATIENCE_MS 800
#define METHOD_SPACING 6
/* Letters. A window of 360 pixels has room for them when they are half as large again as usual. */
#define LONG_WORD 20

/* IDLE ⇄ READY as fields become well-formed; either → TESTING → TESTED or ASKING; any of these → SAVING → WAITING → DONE.
 * Failures and edits lead back to IDLE or READY. Everything that depends on the state is set in set_state(). */
typedef enum {
  FORM_IDLE,
  FORM_READY,
  FORM_TESTING,
  FORM_ASKING,  /* an origin is to be approved */
  FORM_TESTED,
  FORM_SAVING,
  FORM_WAITING, /* still saving: for the keyring, which may have a question for the user */
  FORM_DONE,
} FormState;

struct _PlugFormPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title;
  GtkWidget *back_button;
  GtkButton *create_button;
  PlugProviderIcon *icon;
  GtkLabel *provider_label;
  GtkLabel *vendor_label;
  GtkLinkButton *docs_link;
  GtkListBox *name_list;
  PlugWrapBox *method_box;
  GtkWidget *fields; /* everything that is insensitive while saving */
  GtkListBox *list;
  GtkListBox *advanced_list;
  AdwExpanderRow *advanced_row;
  GtkLabel *token_url_label;
  GtkLabel *remark_label;
  GtkStack *test_stack;
  GtkWidget *test_button;
  GtkWidget *cancel_button;
  GtkWidget *saving_box;
  GtkLabel *saving_label;
  PlugVerdictView *verdict_view;

  FormState state;
  PlugStore *store;
  PlugForm *form;
  PlugConnection *connection;  /* whose secrets are replaced; NULL for a new one */
  PlugParameterRow *name_row;  /* NULL when the name is fixed */
  GPtrArray *rows;             /* of PlugParameterRow, those of the method */
  PlugAuthoritiesRow *authorities_row;
  GtkWidget *key_file_row;     /* NULL when the method has no such file */
  PlugTest *test;              /* that runs, or whose verdict is shown */
  PlugDraft *draft;            /* that was tested */
  PlugVerdict *verdict;        /* of the form as it is now; voided by any change */
  GCancellable *cancellable;   /* of what runs */
  guint patience_id;
  gboolean leaves_when_done;
  gboolean is_closing;
};

G_DEFINE_FINAL_TYPE (PlugFormPage, plug_form_page, GTK_TYPE_WIDGET)

enum {
  SAVED,
  LEAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_saving (PlugFormPage *self)
{
  return self->state == FORM_SAVING || self->state == FORM_WAITING;
}

static gboolean
has_focus_inside (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
set_state (PlugFormPage *self,
           FormState state)
{
  gboolean had_focus = has_focus_inside (GTK_WIDGET (self));
  gboolean saving = state == FORM_SAVING || state == FORM_WAITING || state == FORM_DONE;
  gboolean testing = state == FORM_TESTING;
  gboolean moved_focus = testing != (self->state == FORM_TESTING) &&
                         gtk_widget_get_focus_child (GTK_WIDGET (self->test_stack)) != NULL;

  self->state = state;
  gtk_widget_set_sensitive (self->fields, !saving);
  gtk_widget_set_sensitive (GTK_WIDGET (self->create_button), !saving && !testing);
  gtk_widget_set_sensitive (self->test_button, !saving);
  gtk_stack_set_visible_child (self->test_stack, testing ? self->cancel_button : self->test_button);
  if (moved_focus)
    gtk_widget_grab_focus (testing ? self->cancel_button : self->test_button);
  /* Nothing else can have the focus while saving, and keys such as Escape are only heard where it is. */
  if (had_focus && saving && !gtk_widget_get_visible (self->saving_box)) {
    gtk_widget_set_visible (self->saving_box, TRUE);
    gtk_widget_grab_focus (self->saving_box);
  } else if (!saving && gtk_widget_has_focus (self->saving_box)) {
    gtk_widget_grab_focus (GTK_WIDGET (self->create_button));
  }
  gtk_widget_set_visible (self->saving_box, saving);
  gtk_label_set_text (self->saving_label, state == FORM_WAITING ? _("Waiting for the keyring…") : _("Saving…"));
  if (!saving)
    g_clear_handle_id (&self->patience_id, g_source_remove);
}

/* Back to where the user types. */
static void
set_editing (PlugFormPage *self)
{
  set_state (self, plug_form_get_first_problem (self->form, self->connection == NULL) == NULL ? FORM_READY : FORM_IDLE);
}

static void
void_verdict (PlugFormPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->test);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->verdict, plug_verdict_free);
  plug_verdict_view_clear (self->verdict_view);
  for (guint i = 0; i < self->rows->len; i++)
    plug_parameter_row_set_blamed (self->rows->pdata[i], FALSE);
}

static void
show_token_url (PlugFormPage *self)
{
  g_autofree char *url = plug_form_dup_token_url (self->form);
  /* Translators: %s is an address. */
  g_autofree char *text = url == NULL ? NULL : g_strdup_printf (_("Signs in at %s"), url);

  gtk_label_set_text (self->token_url_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->token_url_label), text != NULL);
}

/* What has to be known before the first test. */
static void
show_remark (PlugFormPage *self)
{
  g_autofree char *host = plug_form_dup_host (self->form);
  g_autofree char *remark = plug_sentence_for_untried (plug_form_get_provider (self->form), plug_form_get_method (self->form), host);

  gtk_label_set_text (self->remark_label, remark != NULL ? remark : "");
  gtk_widget_set_visible (GTK_WIDGET (self->remark_label), remark != NULL && self->verdict == NULL);
}

/* Fields come and go with the values of others. */
static void
show_fields (PlugFormPage *self)
{
  gboolean has_advanced = self->authorities_row != NULL;

  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = self->rows->pdata[i];
    gboolean is_shown = plug_form_is_shown (self->form, plug_parameter_row_get_id (PLUG_PARAMETER_ROW (row)));

    gtk_widget_set_visible (row, is_shown);
    has_advanced |= is_shown && gtk_widget_is_ancestor (row, GTK_WIDGET (self->advanced_row));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->advanced_list), has_advanced);
  show_token_url (self);
  show_remark (self);
}

static PlugParameterRow *
find_row (PlugFormPage *self,
          const char *id)
{
  if (g_str_equal (id, "name"))
    return self->name_row;
  for (guint i = 0; i < self->rows->len; i++)
    if (g_str_equal (plug_parameter_row_get_id (self->rows->pdata[i]), id))
      return self->rows->pdata[i];
  return NULL;
}

/* Every field says what is wrong with it, and the first such field gets the focus. */
static void
point_at_problems (PlugFormPage *self,
                   gboolean with_name)
{
  const char *id = plug_form_get_first_problem (self->form, with_name);
  PlugParameterRow *row = id == NULL ? NULL : find_row (self, id);

  if (self->name_row != NULL && with_name)
    plug_parameter_row_validate (self->name_row);
  for (guint i = 0; i < self->rows->len; i++)
    plug_parameter_row_validate (self->rows->pdata[i]);
  if (row == NULL)
    return;
  if (gtk_widget_is_ancestor (GTK_WIDGET (row), GTK_WIDGET (self->advanced_row)))
    adw_expander_row_set_expanded (self->advanced_row, TRUE);
  plug_parameter_row_focus (row);
}

static void
mark_blamed (PlugFormPage *self)
{
  for (guint i = 0; self->verdict->blamed[i] != NULL; i++) {
    PlugParameterRow *row = find_row (self, self->verdict->blamed[i]);

    if (row == NULL)
      continue;
    plug_parameter_row_set_blamed (row, TRUE);
    if (gtk_widget_is_ancestor (GTK_WIDGET (row), GTK_WIDGET (self->advanced_row)))
      adw_expander_row_set_expanded (self->advanced_row, TRUE);
  }
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (PlugFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugVerdict) verdict = plug_test_run_finish (PLUG_TEST (source), result, &error);

  /* An answer to an old question: the form has changed since, or is gone. */
  if (self->store == NULL || PLUG_TEST (source) != self->test)
    return;
  g_clear_object (&self->cancellable);
  if (verdict == NULL) {
    void_verdict (self);
    set_editing (self);
    return;
  }
  self->verdict = g_steal_pointer (&verdict);
  plug_verdict_view_show_verdict (self->verdict_view, self->verdict, self->draft);
  show_remark (self);
  mark_blamed (self);
  set_state (self, self->verdict->reason == PLUG_REASON_ORIGIN_NOT_APPROVED ? FORM_ASKING : FORM_TESTED);
}

static void
start_test (PlugFormPage *self)
{
  g_autoptr (PlugDraft) draft = NULL;

  if (is_saving (self) || self->state == FORM_TESTING)
    return;
  void_verdict (self);
  draft = plug_form_dup_draft (self->form, FALSE);
  if (draft == NULL) {
    point_at_problems (self, FALSE);
    set_editing (self);
    return;
  }

  self->draft = g_steal_pointer (&draft);
  self->test = plug_test_new (self->draft);
  self->cancellable = g_cancellable_new ();
  plug_verdict_view_follow (self->verdict_view, self->test);
  g_signal_connect_object (self->test, "step-changed", G_CALLBACK (plug_verdict_view_update_step), self->verdict_view,
                           G_CONNECT_SWAPPED);
  set_state (self, FORM_TESTING);
  plug_test_run_async (self->test, self->cancellable, tested_cb, g_object_ref (self));
}

static void
cancel_test (PlugFormPage *self)
{
  void_verdict (self);
  set_editing (self);
}

/* What was tested is what was saved: its outcome holds for the new connection. */
static void
keep_outcome (PlugFormPage *self,
              PlugConnection *connection)
{
  if (self->verdict != NULL && self->verdict->outcome != PLUG_OUTCOME_UNTESTED)
    plug_store_set_outcome (self->store, connection, plug_connection_get_revision (connection), self->verdict->outcome,
                            self->verdict->reason);
}

static void
show_save_error (PlugFormPage *self,
                 const GError *error)
{
  g_autofree char *sentence = NULL;

  set_editing (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (g_error_matches (error, PLUG_ERROR, PLUG_ERROR_NAME_TAKEN) && self->name_row != NULL) {
    point_at_problems (self, TRUE);
    return;
  }
  sentence = plug_sentence_for_error (error, NULL);
  plug_verdict_view_show_failure (self->verdict_view, sentence, _("Nothing was saved. Everything you typed is still here."));
}

static void
end_save (PlugFormPage *self,
          PlugConnection *connection,
          const GError *error)
{
  g_clear_object (&self->cancellable);
  if (connection != NULL) {
    keep_outcome (self, connection);
    set_state (self, FORM_DONE);
    g_signal_emit (self, signals[SAVED], 0, connection);
  } else if (self->leaves_when_done) {
    set_editing (self);
    g_signal_emit (self, signals[LEAVE], 0, self->is_closing);
  } else {
    show_save_error (self, error);
  }
}

static void
created_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (PlugFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = plug_store_create_finish (PLUG_STORE (source), result, &error);

  if (self->store != NULL)
    end_save (self, connection, error);
}

static void
replaced_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (PlugFormPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlugConnection) connection = plug_store_replace_finish (PLUG_STORE (source), result, &error);

  if (self->store != NULL)
    end_save (self, connection, error);
}

static void
patience_cb (gpointer user_data)
{
  PlugFormPage *self = user_data;

  self->patience_id = 0;
  set_state (self, FORM_WAITING);
}

static void
save (PlugFormPage *self)
{
  g_autoptr (PlugDraft) draft = NULL;

  if (is_saving (self) || self->state == FORM_TESTING || self->state == FORM_DONE)
    return;
  draft = plug_form_dup_draft (self->form, self->connection == NULL);
  if (draft == NULL) {
    point_at_problems (self, self->connection == NULL);
    return;
  }

  if (self->verdict == NULL)
    plug_verdict_view_clear (self->verdict_view);
  self->cancellable = g_cancellable_new ();
  set_state (self, FORM_SAVING);
  self->patience_id = g_timeout_add_once (PATIENCE_MS, patience_cb, self);
  if (self->connection == NULL)
    plug_store_create_async (self->store, draft, self->cancellable, created_cb, g_object_ref (self));
  else
    plug_store_replace_async (self->store, self->connection, draft, self->cancellable, replaced_cb, g_object_ref (self));
}

static void
test_clicked_cb (PlugFormPage *self)
{
  start_test (self);
}

static void
cancel_clicked_cb (PlugFormPage *self)
{
  cancel_test (self);
}

static void
create_clicked_cb (PlugFormPage *self)
{
  save (self);
}

static void
back_clicked_cb (PlugFormPage *self)
{
  plug_form_page_request_leave (self, FALSE);
}

static void
edited_cb (PlugFormPage *self)
{
  void_verdict (self);
  show_fields (self);
  set_editing (self);
}

/* The name has no part in the test. */
static void
name_edited_cb (PlugFormPage *self)
{
  if (self->state == FORM_IDLE || self->state == FORM_READY)
    set_editing (self);
}

static void
form_changed_cb (PlugFormPage *self,
                 const char *id)
{
  PlugParameterRow *row = find_row (self, id);

  if (row != NULL)
    plug_parameter_row_refresh (row);
  show_fields (self);
}

static void
approve_cb (PlugFormPage *self,
            const char *origin)
{
  plug_form_approve_origin (self->form, origin);
  start_test (self);
}

static void
choose_authorities_cb (PlugFormPage *self)
{
  adw_expander_row_set_expanded (self->advanced_row, TRUE);
  plug_authorities_row_choose (self->authorities_row);
}

static void
clear_rows (PlugFormPage *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = self->rows->pdata[i];

    if (gtk_widget_is_ancestor (row, GTK_WIDGET (self->advanced_row)))
      adw_expander_row_remove (self->advanced_row, row);
    else
      gtk_list_box_remove (self->list, row);
  }
  g_ptr_array_set_size (self->rows, 0);
  if (self->authorities_row != NULL)
    adw_expander_row_remove (self->advanced_row, GTK_WIDGET (self->authorities_row));
  self->authorities_row = NULL;
  if (self->key_file_row != NULL)
    gtk_list_box_remove (self->list, self->key_file_row);
  self->key_file_row = NULL;
}

static void
add_parameter (PlugFormPage *self,
               PlugParameter *parameter)
{
  GtkWidget *row = plug_parameter_row_new (self->form, parameter);

  g_signal_connect_object (row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  if (plug_parameter_is_advanced (parameter))
    adw_expander_row_add_row (self->advanced_row, row);
  else
    gtk_list_box_append (self->list, row);
}

/* Replacing a secret asks for the secrets alone. */
static void
show_method (PlugFormPage *self)
{
  PlugMethod *method = plug_form_get_method (self->form);
  GPtrArray *parameters = plug_method_get_parameters (method);

  clear_rows (self);
  if (plug_method_get_key_file_label (method) != NULL) {
    self->key_file_row = plug_key_file_row_new (self->form);
    g_signal_connect_object (self->key_file_row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (self->list, self->key_file_row);
  }
  for (guint i = 0; i < parameters->len; i++) {
    PlugParameter *parameter = parameters->pdata[i];

    if (self->connection != NULL && !plug_parameter_is_secret (parameter))
      continue;
    add_parameter (self, parameter);
  }
  if (plug_method_allows_authorities (method)) {
    self->authorities_row = PLUG_AUTHORITIES_ROW (plug_authorities_row_new (self->form));
    g_signal_connect_object (self->authorities_row, "edited", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
    adw_expander_row_add_row (self->advanced_row, GTK_WIDGET (self->authorities_row));
  }
  show_fields (self);
}

/* The page on how to obtain this method's credentials, or else the service's. */
static void
show_docs (PlugFormPage *self)
{
  const char *docs = plug_method_get_docs (plug_form_get_method (self->form));

  if (docs == NULL)
    docs = plug_provider_get_docs (plug_form_get_provider (self->form));
  gtk_widget_set_visible (GTK_WIDGET (self->docs_link), docs != NULL);
  if (docs != NULL) {
    gtk_link_button_set_uri (self->docs_link, docs);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->docs_link), docs);
  }
}

static void
method_toggled_cb (PlugFormPage *self,
                   GtkToggleButton *button)
{
  PlugMethod *method = plug_provider_get_method (plug_form_get_provider (self->form), gtk_widget_get_name (GTK_WIDGET (button)));

  if (!gtk_toggle_button_get_active (button) || method == plug_form_get_method (self->form))
    return;
  void_verdict (self);
  plug_form_set_method (self->form, method);
  show_docs (self);
  show_method (self);
  set_editing (self);
}

/* It needs to be as wide as its longest word. One that is wider than a narrow window, as no language has them, is broken. */
static void
keep_words_whole (GtkLabel *label)
{
  g_auto (GStrv) words = g_strsplit (gtk_label_get_text (label), " ", -1);

  gtk_label_set_max_width_chars (label, 0);
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_utf8_strlen (words[i], -1) > LONG_WORD)
      gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  }
}

static void
add_methods (PlugFormPage *self)
{
  GPtrArray *methods = plug_provider_get_methods (plug_form_get_provider (self->form));
  GtkToggleButton *group = NULL;

  /* Two belong together as one control; more stand in two columns, or below each other where letters are large. */
  if (methods->len > 2) {
    gtk_widget_remove_css_class (GTK_WIDGET (self->method_box), "linked");
    plug_wrap_box_set_spacing (self->method_box, METHOD_SPACING);
  }
  for (guint i = 0; i < methods->len; i++) {
    PlugMethod *method = methods->pdata[i];
    const char *label = plug_sentence_translate (plug_method_get_label (method));
    GtkWidget *button = gtk_toggle_button_new_with_label (label);

    plug_label_wrap_button (button);
    keep_words_whole (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))));
    gtk_widget_set_name (button, plug_method_get_id (method));
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), method == plug_form_get_method (self->form));
    g_signal_connect_object (button, "toggled", G_CALLBACK (method_toggled_cb), self, G_CONNECT_SWAPPED);
    plug_wrap_box_append (self->method_box, button);
    group = group == NULL ? GTK_TOGGLE_BUTTON (button) : group;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->method_box), methods->len > 1 && self->connection == NULL);
}

static void
show_heading (PlugFormPage *self)
{
  PlugProvider *provider = plug_form_get_provider (self->form);
  const char *vendor = plug_provider_get_vendor (provider);

  plug_provider_icon_set_provider (self->icon, provider);
  gtk_label_set_text (self->provider_label, plug_provider_get_label (provider));
  gtk_label_set_text (self->vendor_label, vendor != NULL ? vendor : "");
  gtk_widget_set_visible (GTK_WIDGET (self->vendor_label), vendor != NULL);
  show_docs (self);
  if (self->connection != NULL) {
    gtk_label_set_text (self->provider_label, plug_connection_get_name (self->connection));
    gtk_label_set_text (self->vendor_label, plug_provider_get_label (provider));
    gtk_widget_set_visible (GTK_WIDGET (self->vendor_label), TRUE);
    gtk_label_set_text (self->title, _("Replace Secret"));
    gtk_button_set_label (self->create_button, _("Replace secret"));
    plug_label_wrap_button (GTK_WIDGET (self->create_button));
    gtk_button_set_label (GTK_BUTTON (self->back_button), _("Cancel"));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->create_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Replace secret"), -1);
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->back_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Cancel"), -1);
  }
}

static void
discard_confirmed (gpointer user_data)
{
  PlugFormPage *self = user_data;

  g_signal_emit (self, signals[LEAVE], 0, self->is_closing);
}

static void
map_cb (PlugFormPage *self)
{
  plug_compat_set_default (GTK_WIDGET (self->create_button));
}

static void
plug_form_page_dispose (GObject *object)
{
  PlugFormPage *self = PLUG_FORM_PAGE (object);

  g_clear_handle_id (&self->patience_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->test);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->verdict, plug_verdict_free);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->connection);
  g_clear_object (&self->form);
  g_clear_object (&self->store);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_form_page_parent_class)->dispose (object);
}

static void
plug_form_page_finalize (GObject *object)
{
  g_ptr_array_unref (PLUG_FORM_PAGE (object)->rows);

  G_OBJECT_CLASS (plug_form_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-form-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, box);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, title);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, create_button);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, icon);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, provider_label);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, vendor_label);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, docs_link);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, name_list);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, method_box);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, fields);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, list);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, advanced_list);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, advanced_row);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, token_url_label);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, remark_label);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, test_stack);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, test_button);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, saving_box);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, saving_label);
  gtk_widget_class_bind_template_child (widget_class, PlugFormPage, verdict_view);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, approve_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_authorities_cb);
}

static void
plug_form_page_class_init (PlugFormPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plug_form_page_dispose;
  object_class->finalize = plug_form_page_finalize;

  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 PLUG_TYPE_CONNECTION);
  signals[LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_BOOLEAN);

  g_type_ensure (PLUG_TYPE_PROVIDER_ICON);
  g_type_ensure (PLUG_TYPE_SQUEEZER);
  g_type_ensure (PLUG_TYPE_VERDICT_VIEW);
  g_type_ensure (PLUG_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
plug_form_page_init (PlugFormPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  plug_label_wrap_button (GTK_WIDGET (self->create_button));
  g_signal_connect (self, "map", G_CALLBACK (map_cb), NULL);
}

GtkWidget *
plug_form_page_new (PlugStore *store,
                    PlugForm *form,
                    PlugConnection *connection)
{
  PlugFormPage *self = g_object_new (PLUG_TYPE_FORM_PAGE, NULL);

  self->store = g_object_ref (store);
  self->form = g_object_ref (form);
  self->connection = connection == NULL ? NULL : g_object_ref (connection);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
  show_heading (self);
  if (connection == NULL) {
    self->name_row = PLUG_PARAMETER_ROW (plug_parameter_row_new (form, NULL));
    g_signal_connect_object (self->name_row, "edited", G_CALLBACK (name_edited_cb), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (self->name_list, GTK_WIDGET (self->name_row));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->name_list), connection == NULL);
  add_methods (self);
  show_method (self);
  set_editing (self);

  return GTK_WIDGET (self);
}

void
plug_form_page_request_leave (PlugFormPage *self,
                              gboolean closing)
{
  self->is_closing = closing;
  if (self->state == FORM_TESTING) {
    cancel_test (self);
  } else if (is_saving (self)) {
    self->leaves_when_done = TRUE;
    g_cancellable_cancel (self->cancellable);
  } else if (self->state != FORM_DONE && plug_form_is_dirty (self->form)) {
    plug_compat_confirm (GTK_WIDGET (self), _("Discard What You Typed?"),
                         _("The values you typed are not saved anywhere."), _("Keep editing"), C_("what was typed", "Discard"),
                         discard_confirmed);
  } else {
    g_signal_emit (self, signals[LEAVE], 0, closing);
  }
}

/* The name is there already; what is missing comes after it. */
void
plug_form_page_focus (PlugFormPage *self)
{
  if (self->rows->len > 0)
    plug_parameter_row_focus (self->rows->pdata[0]);
}
