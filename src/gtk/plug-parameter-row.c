/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-parameter-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "plug-file-button.h"
#include "plug-sentence.h"

/* From so many options on, typing finds one sooner than scrolling. */
#define MANY_OPTIONS 12

struct _PlugParameterRow {
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *remark;
  GtkWidget *entry_bin;
  GtkWidget *end_bin;
  GtkLabel *suffix;
  GtkToggleButton *reveal_button;
  GtkMenuButton *help_button;
  GtkLabel *help_label;
  GtkLabel *message;

  GtkWidget *control;     /* an entry, a drop-down or a switch */
  GtkEntry *entry;        /* NULL for the other two */
  PlugFileButton *file_button; /* of a PEM value */

  PlugForm *form;
  PlugParameter *parameter; /* NULL: the connection's name */
  char *file_problem;       /* why a file was not taken */
  gboolean was_left;        /* problems are shown from then on */
  gboolean was_trimmed;     /* blanks were removed, which the row says */
  gboolean is_refused;      /* what was pasted is too long to be taken */
  gboolean is_blamed;
  gboolean is_refreshing;
  guint settle_id;
};

G_DEFINE_FINAL_TYPE (PlugParameterRow, plug_parameter_row, GTK_TYPE_LIST_BOX_ROW)

enum {
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static PlugParameterType
get_type_of_value (PlugParameterRow *self)
{
  return self->parameter != NULL ? plug_parameter_get_value_type (self->parameter) : PLUG_PARAMETER_STRING;
}

static char *
dup_problem (PlugParameterRow *self)
{
  if (self->file_problem != NULL)
    return g_strdup (self->file_problem);
  if (self->is_refused && self->parameter == NULL)
    return g_strdup (plug_sentence_for_name_problem (PLUG_NAME_TOO_LONG));
  if (self->is_refused)
    return plug_sentence_for_value_problem (PLUG_VALUE_TOO_LONG, self->parameter);
  if (!self->was_left)
    return NULL;
  if (self->parameter == NULL)
    return g_strdup (plug_sentence_for_name_problem (plug_form_check_name (self->form)));
  return plug_sentence_for_value_problem (plug_form_check (self->form, plug_parameter_row_get_id (self)), self->parameter);
}

static void
show_state (PlugParameterRow *self)
{
  g_autofree char *problem = dup_problem (self);
  const char *text = problem;
  gboolean is_wrong = problem != NULL || self->is_blamed;

  if (text == NULL && self->was_trimmed)
    text = _("Blanks around the value were removed.");
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  if (is_wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
settle (PlugParameterRow *self)
{
  g_clear_handle_id (&self->settle_id, g_source_remove);
  if (self->entry != NULL && self->parameter != NULL && plug_form_settle (self->form, plug_parameter_row_get_id (self)))
    self->was_trimmed = TRUE;
  show_state (self);
}

static void
settle_cb (gpointer user_data)
{
  PlugParameterRow *self = user_data;

  self->settle_id = 0;
  settle (self);
}

/* A field cuts by itself what is too long, and a megabyte in one line stops the window: neither is let in. */
static void
insert_text_cb (PlugParameterRow *self,
                const char *text,
                int length,
                int *position,
                GtkEditable *editable)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  if (self->is_refreshing)
    return;
  self->is_refused = strlen (gtk_editable_get_text (editable)) + size > PLUG_PARAMETER_MAX_BYTES;
  if (self->is_refused) {
    g_signal_stop_emission_by_name (editable, "insert-text");
    show_state (self);
    return;
  }
  /* More than one character at once was pasted: it is put in order when it is there. */
  if (g_utf8_strlen (text, length) > 1 && self->settle_id == 0)
    self->settle_id = g_idle_add_once (settle_cb, self);
}

/* What was typed or chosen goes into the form. */
static void
take_text (PlugParameterRow *self,
           const char *text)
{
  self->was_trimmed = FALSE;
  self->is_blamed = FALSE;
  self->is_refused = FALSE;
  g_clear_pointer (&self->file_problem, g_free);
  if (self->parameter == NULL)
    plug_form_set_name (self->form, text);
  else
    plug_form_set_text (self->form, plug_parameter_row_get_id (self), text);
  show_state (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
changed_cb (PlugParameterRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (self->is_refreshing)
    return;
  take_text (self, text);
}

static void
focus_left_cb (PlugParameterRow *self)
{
  if (self->form == NULL)
    return;
  self->was_left = TRUE;
  settle (self);
}

static void
activate_cb (PlugParameterRow *self)
{
  gtk_widget_activate_default (GTK_WIDGET (self));
}

static void
row_pressed_cb (PlugParameterRow *self)
{
  plug_parameter_row_focus (self);
}

static void
reveal_toggled_cb (PlugParameterRow *self)
{
  gboolean reveal = gtk_toggle_button_get_active (self->reveal_button);
  const char *tooltip = reveal ? C_("a secret", "Hide") : C_("a secret", "Reveal");

  gtk_entry_set_visibility (self->entry, reveal);
  gtk_button_set_icon_name (GTK_BUTTON (self->reveal_button), reveal ? "view-conceal-symbolic" : "view-reveal-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->reveal_button), tooltip);
}

static void
selected_cb (PlugParameterRow *self)
{
  const char *const *options = plug_parameter_get_options (self->parameter);
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));

  if (!self->is_refreshing && selected != GTK_INVALID_LIST_POSITION)
    take_text (self, options[2 * selected]);
}

static void
switched_cb (PlugParameterRow *self)
{
  if (!self->is_refreshing)
    take_text (self, gtk_switch_get_active (GTK_SWITCH (self->control)) ? "true" : "false");
}

static void
file_failed_cb (PlugParameterRow *self)
{
  g_free (self->file_problem);
  self->file_problem = g_strdup (_("The file could not be read."));
  show_state (self);
}

static void
file_loaded_cb (PlugParameterRow *self,
                GBytes *content,
                const char *name)
{
  gsize length;
  const char *data = g_bytes_get_data (content, &length);

  if (length > PLUG_PARAMETER_MAX_BYTES || !g_utf8_validate (data, (gssize) length, NULL)) {
    g_free (self->file_problem);
    /* Translators: %s is the name of a file. PEM is a format. */
    self->file_problem = g_strdup_printf (_("%s is not PEM: such a file begins with “-----BEGIN”."), name);
    show_state (self);
    return;
  }
  self->was_left = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_editable_insert_text (GTK_EDITABLE (self->entry), data, (int) length, &(int) { 0 });
  settle (self);
}

static void
set_input_purpose (PlugParameterRow *self)
{
  static const GtkInputPurpose purposes[] = {
    [PLUG_PARAMETER_HOSTNAME] = GTK_INPUT_PURPOSE_URL,
    [PLUG_PARAMETER_URI] = GTK_INPUT_PURPOSE_URL,
    [PLUG_PARAMETER_EMAIL] = GTK_INPUT_PURPOSE_EMAIL,
    [PLUG_PARAMETER_INTEGER] = GTK_INPUT_PURPOSE_NUMBER,
    [PLUG_PARAMETER_PATH] = GTK_INPUT_PURPOSE_URL,
  };
  PlugParameterType type = get_type_of_value (self);

  gtk_entry_set_input_purpose (self->entry, type < G_N_ELEMENTS (purposes) ? purposes[type] : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_entry_set_input_hints (self->entry, GTK_INPUT_HINT_NO_EMOJI | GTK_INPUT_HINT_NO_SPELLCHECK);
}

static void
add_file_button (PlugParameterRow *self)
{
  self->file_button = g_object_new (PLUG_TYPE_FILE_BUTTON, NULL);
  plug_file_button_set_title (self->file_button, plug_sentence_translate (plug_parameter_get_label (self->parameter)));
  plug_file_button_set_compact (self->file_button);
  plug_file_button_accept_drops (self->file_button, GTK_WIDGET (self));
  g_signal_connect_object (self->file_button, "loaded", G_CALLBACK (file_loaded_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->file_button, "failed", G_CALLBACK (file_failed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->end_bin), GTK_WIDGET (self->file_button));
}

static void
add_entry (PlugParameterRow *self)
{
  gboolean is_secret = self->parameter != NULL && plug_parameter_is_secret (self->parameter);
  g_autoptr (GtkEntryBuffer) buffer = is_secret ? gtk_password_entry_buffer_new () : gtk_entry_buffer_new (NULL, 0);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->control = gtk_entry_new_with_buffer (buffer);
  self->entry = GTK_ENTRY (self->control);
  gtk_entry_set_has_frame (self->entry, FALSE);
  gtk_widget_set_hexpand (self->control, TRUE);
  set_input_purpose (self);
  if (is_secret) {
    gtk_entry_set_visibility (self->entry, FALSE);
    gtk_entry_set_input_purpose (self->entry, GTK_INPUT_PURPOSE_PASSWORD);
    gtk_entry_set_input_hints (self->entry, GTK_INPUT_HINT_PRIVATE | GTK_INPUT_HINT_NO_SPELLCHECK);
  }
  gtk_box_append (GTK_BOX (self->entry_bin), self->control);
  gtk_widget_set_visible (GTK_WIDGET (self->reveal_button), is_secret);
  if (get_type_of_value (self) == PLUG_PARAMETER_PEM)
    add_file_button (self);

  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)), "insert-text", G_CALLBACK (insert_text_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->control, focus);
}

static void
choice_setup_cb (GtkListItemFactory *factory,
                 GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_list_item_set_child (item, label);
}

static void
choice_bind_cb (GtkListItemFactory *factory,
                GtkListItem *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* The choice that was made may take a second line; the list of all of them stays GTK's own. */
static void
let_choice_wrap (GtkDropDown *control)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (choice_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (choice_bind_cb), NULL);
  gtk_drop_down_set_list_factory (control, gtk_drop_down_get_factory (control));
  gtk_drop_down_set_factory (control, factory);
}

static void
add_drop_down (PlugParameterRow *self)
{
  const char *const *options = plug_parameter_get_options (self->parameter);
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkExpression *text = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  for (gsize i = 0; options[i] != NULL; i += 2)
    gtk_string_list_append (labels, plug_sentence_translate (options[i + 1]));
  self->control = gtk_drop_down_new (G_LIST_MODEL (labels), text);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->control), g_list_model_get_n_items (G_LIST_MODEL (labels)) > MANY_OPTIONS);
  let_choice_wrap (GTK_DROP_DOWN (self->control));
  gtk_widget_set_hexpand (self->control, TRUE);
  gtk_widget_set_halign (self->control, GTK_ALIGN_FILL);
  gtk_widget_add_css_class (self->control, "flat");
  gtk_box_append (GTK_BOX (self->entry_bin), self->control);
  g_signal_connect_object (self->control, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
}

static void
add_switch (PlugParameterRow *self)
{
  self->control = gtk_switch_new ();
  gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->end_bin), self->control);
  g_signal_connect_object (self->control, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
}

static void
add_control (PlugParameterRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->reveal_button), FALSE);
  switch (get_type_of_value (self)) {
  case PLUG_PARAMETER_ENUM:
    add_drop_down (self);
    break;
  case PLUG_PARAMETER_BOOLEAN:
    add_switch (self);
    break;
  default:
    add_entry (self);
  }
}

static guint
find_option (PlugParameterRow *self,
             const char *value)
{
  const char *const *options = plug_parameter_get_options (self->parameter);

  for (guint i = 0; options[i] != NULL; i += 2) {
    if (g_str_equal (options[i], value))
      return i / 2;
  }

  return GTK_INVALID_LIST_POSITION;
}

static void
show_texts (PlugParameterRow *self)
{
  const char *label = self->parameter == NULL ? C_("of a connection", "Name")
                                              : plug_sentence_translate (plug_parameter_get_label (self->parameter));
  const char *help = self->parameter == NULL ? NULL : plug_parameter_get_help (self->parameter);
  const char *suffix = self->parameter == NULL ? NULL : plug_parameter_get_suffix (self->parameter);

  gtk_label_set_text (self->title, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->parameter == NULL)
    gtk_label_set_text (self->remark, _("Cannot be changed later"));
  else
    gtk_label_set_text (self->remark, plug_parameter_is_required (self->parameter) || self->entry == NULL
                                        ? "" : C_("a field", "Optional"));
  gtk_widget_set_visible (GTK_WIDGET (self->help_button), help != NULL);
  if (help != NULL)
    gtk_label_set_text (self->help_label, plug_sentence_translate (help));
  if (self->entry != NULL && self->parameter != NULL && plug_parameter_get_placeholder (self->parameter) != NULL)
    gtk_entry_set_placeholder_text (self->entry, plug_sentence_translate (plug_parameter_get_placeholder (self->parameter)));
  gtk_widget_set_visible (GTK_WIDGET (self->suffix), suffix != NULL);
  gtk_label_set_text (self->suffix, suffix != NULL ? suffix : "");
}

static void
plug_parameter_row_dispose (GObject *object)
{
  PlugParameterRow *self = PLUG_PARAMETER_ROW (object);

  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->form);
  g_clear_object (&self->parameter);

  G_OBJECT_CLASS (plug_parameter_row_parent_class)->dispose (object);
}

static void
plug_parameter_row_finalize (GObject *object)
{
  g_free (PLUG_PARAMETER_ROW (object)->file_problem);

  G_OBJECT_CLASS (plug_parameter_row_parent_class)->finalize (object);
}

static void
plug_parameter_row_class_init (PlugParameterRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_parameter_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = plug_parameter_row_finalize;

  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-parameter-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, title);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, remark);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, entry_bin);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, end_bin);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, suffix);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, reveal_button);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, help_button);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, help_label);
  gtk_widget_class_bind_template_child (widget_class, PlugParameterRow, message);
  gtk_widget_class_bind_template_callback (widget_class, reveal_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_pressed_cb);
}

static void
plug_parameter_row_init (PlugParameterRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
plug_parameter_row_new (PlugForm *form,
                        PlugParameter *parameter)
{
  PlugParameterRow *self = g_object_new (PLUG_TYPE_PARAMETER_ROW, NULL);

  self->form = g_object_ref (form);
  self->parameter = parameter == NULL ? NULL : g_object_ref (parameter);
  add_control (self);
  show_texts (self);
  plug_parameter_row_refresh (self);

  return GTK_WIDGET (self);
}

const char *
plug_parameter_row_get_id (PlugParameterRow *self)
{
  return self->parameter == NULL ? "name" : plug_parameter_get_id (self->parameter);
}

void
plug_parameter_row_refresh (PlugParameterRow *self)
{
  const char *text = self->parameter == NULL ? plug_form_get_name (self->form)
                                             : plug_form_get_text (self->form, plug_parameter_get_id (self->parameter));

  self->is_refreshing = TRUE;
  if (self->entry != NULL && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text)) {
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    self->is_blamed = FALSE;
  } else if (GTK_IS_DROP_DOWN (self->control)) {
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), find_option (self, text));
  } else if (GTK_IS_SWITCH (self->control)) {
    gtk_switch_set_active (GTK_SWITCH (self->control), g_str_equal (text, "true"));
  }
  self->is_refreshing = FALSE;
  show_state (self);
}

void
plug_parameter_row_validate (PlugParameterRow *self)
{
  self->was_left = TRUE;
  show_state (self);
}

void
plug_parameter_row_set_blamed (PlugParameterRow *self,
                               gboolean blamed)
{
  self->is_blamed = blamed;
  show_state (self);
}

void
plug_parameter_row_focus (PlugParameterRow *self)
{
  if (self->entry != NULL)
    gtk_entry_grab_focus_without_selecting (self->entry);
  else
    gtk_widget_grab_focus (self->control);
}
