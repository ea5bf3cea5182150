/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-verdict-view.h"

#include <glib/gi18n.h>

#include "plug-error.h"
#include "plug-label.h"
#include "plug-sentence.h"

#define LAID_OUT_TICKS 3 /* a tick comes before the layout of its frame */
#define MARGIN 18

struct _PlugVerdictView {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *sentence;
  GtkBox *steps;
  GtkLabel *advice;
  GtkButton *approve_button;
  GtkButton *authorities_button;
  GtkButton *accept_button;
  GtkExpander *details;
  GtkLabel *details_text;

  PlugTest *test;
  GPtrArray *rows; /* of StepRow */
  char *origin;    /* to approve; (nullable) */
  guint tick_id;
  guint ticks; /* frames since it was shown */
};

/* The labels of one step; the widgets belong to the box. */
typedef struct {
  GtkImage *mark;
  GtkSpinner *spinner;
  GtkLabel *elapsed;
  GtkWidget *row;
} StepRow;

G_DEFINE_FINAL_TYPE (PlugVerdictView, plug_verdict_view, GTK_TYPE_WIDGET)

enum {
  APPROVE,
  CHOOSE_AUTHORITIES,
  ACCEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct {
  const char *icon;
  PlugTone tone;
  const char *word;
} marks[] = {
  [PLUG_STEP_WAITING] = { "content-loading-symbolic", PLUG_TONE_NEUTRAL, NC_("state of a step", "waiting") },
  [PLUG_STEP_RUNNING] = { "content-loading-symbolic", PLUG_TONE_NEUTRAL, NC_("state of a step", "running") },
  [PLUG_STEP_PASSED] = { "object-select-symbolic", PLUG_TONE_SUCCESS, NC_("state of a step", "passed") },
  [PLUG_STEP_SKIPPED] = { "go-next-symbolic", PLUG_TONE_NEUTRAL, NC_("state of a step", "skipped") },
  [PLUG_STEP_FAILED] = { "dialog-error-symbolic", PLUG_TONE_ERROR, NC_("state of a step", "failed") },
};

static void
show_step (StepRow *row,
           const PlugStep *step)
{
  gboolean has_ended = step->state >= PLUG_STEP_PASSED;
  g_autofree char *elapsed = has_ended ? plug_label_dup_elapsed (step->elapsed_ms) : NULL;
  const char *word = g_dpgettext2 (NULL, "state of a step", marks[step->state].word);

  gtk_image_set_from_icon_name (row->mark, marks[step->state].icon);
  plug_label_set_tone (GTK_WIDGET (row->mark), marks[step->state].tone);
  gtk_widget_set_visible (GTK_WIDGET (row->mark), step->state != PLUG_STEP_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (row->spinner), step->state == PLUG_STEP_RUNNING);
  gtk_spinner_set_spinning (row->spinner, step->state == PLUG_STEP_RUNNING);
  gtk_label_set_text (row->elapsed, elapsed != NULL ? elapsed : step->state == PLUG_STEP_WAITING ? "–" : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plug_sentence_for_step (step->kind), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, word, -1);
}

static void
add_step (PlugVerdictView *self,
          const PlugStep *step)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/io/github/plugboard/Plugboard/plug-step-row.ui");
  StepRow *row = g_new0 (StepRow, 1);

  row->row = GTK_WIDGET (gtk_builder_get_object (builder, "row"));
  row->mark = GTK_IMAGE (gtk_builder_get_object (builder, "mark"));
  row->spinner = GTK_SPINNER (gtk_builder_get_object (builder, "spinner"));
  row->elapsed = GTK_LABEL (gtk_builder_get_object (builder, "elapsed"));
  gtk_label_set_text (GTK_LABEL (gtk_builder_get_object (builder, "label")), plug_sentence_for_step (step->kind));
  gtk_box_append (self->steps, row->row);
  g_ptr_array_add (self->rows, row);
  show_step (row, step);
}

/* As gtk_adjustment_clamp_page(), but an animation that goes elsewhere ends: newer GTK scrolls so to what gets the focus. */
static void
scroll_to (GtkAdjustment *adjustment,
           const graphene_rect_t *bounds)
{
  double top = (double) bounds->origin.y;
  double bottom = (double) (bounds->origin.y + bounds->size.height) + MARGIN;
  double value = MAX (gtk_adjustment_get_value (adjustment), bottom - gtk_adjustment_get_page_size (adjustment));

  gtk_adjustment_set_value (adjustment, MIN (value, top));
}

static gboolean
scroll_here_cb (GtkWidget *widget,
                GdkFrameClock *clock,
                gpointer user_data)
{
  PlugVerdictView *self = PLUG_VERDICT_VIEW (widget);
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  graphene_rect_t bounds;

  if (++self->ticks < LAID_OUT_TICKS)
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  if (viewport != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      gtk_widget_compute_bounds (GTK_WIDGET (self), gtk_widget_get_first_child (viewport), &bounds))
    scroll_to (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport)), &bounds);

  return G_SOURCE_REMOVE;
}

/* After the layout has given it its place, however long that takes. */
static void
scroll_here (PlugVerdictView *self)
{
  self->ticks = 0;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_here_cb, NULL, NULL);
}

static void
clear_steps (PlugVerdictView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_box_remove (self->steps, child);
  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->test);
}

static void
show_text (GtkLabel *label,
           const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_frame (PlugVerdictView *self,
            PlugTone tone,
            const char *sentence,
            const char *advice,
            const char *details)
{
  plug_label_set_tone (GTK_WIDGET (self), tone);
  show_text (self->sentence, sentence);
  show_text (self->advice, advice);
  gtk_label_set_text (self->details_text, details != NULL ? details : "");
  gtk_expander_set_expanded (self->details, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->details), details != NULL && *details != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->approve_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->authorities_button), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->accept_button), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence, -1);
  gtk_widget_show (GTK_WIDGET (self));
  scroll_here (self);
}

static gboolean
is_of_the_certificate (const GError *error)
{
  return g_error_matches (error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_SELF_SIGNED) ||
         g_error_matches (error, PLUG_ERROR, PLUG_ERROR_CERTIFICATE_UNKNOWN_AUTHORITY);
}

static void
approve_clicked_cb (PlugVerdictView *self)
{
  g_autofree char *origin = g_strdup (self->origin);

  g_signal_emit (self, signals[APPROVE], 0, origin);
}

static void
authorities_clicked_cb (PlugVerdictView *self)
{
  g_signal_emit (self, signals[CHOOSE_AUTHORITIES], 0);
}

static void
accept_clicked_cb (PlugVerdictView *self)
{
  g_signal_emit (self, signals[ACCEPT], 0);
}

static void
details_expanded_cb (PlugVerdictView *self)
{
  scroll_here (self);
}

static void
copy_clicked_cb (PlugVerdictView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_text (self->details_text));
}

static void
plug_verdict_view_dispose (GObject *object)
{
  PlugVerdictView *self = PLUG_VERDICT_VIEW (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->test);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_verdict_view_parent_class)->dispose (object);
}

static void
plug_verdict_view_finalize (GObject *object)
{
  PlugVerdictView *self = PLUG_VERDICT_VIEW (object);

  g_ptr_array_unref (self->rows);
  g_free (self->origin);

  G_OBJECT_CLASS (plug_verdict_view_parent_class)->finalize (object);
}

static void
plug_verdict_view_class_init (PlugVerdictViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = plug_verdict_view_dispose;
  object_class->finalize = plug_verdict_view_finalize;

  signals[APPROVE] = g_signal_new ("approve", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHOOSE_AUTHORITIES] = g_signal_new ("choose-authorities", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACCEPT] = g_signal_new ("accept", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-verdict-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, box);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, sentence);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, steps);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, advice);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, approve_button);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, authorities_button);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, accept_button);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, details);
  gtk_widget_class_bind_template_child (widget_class, PlugVerdictView, details_text);
  gtk_widget_class_bind_template_callback (widget_class, approve_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, authorities_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, accept_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, details_expanded_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "verdict");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
plug_verdict_view_init (PlugVerdictView *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  plug_label_wrap_button (GTK_WIDGET (self->approve_button));
  plug_label_wrap_button (GTK_WIDGET (self->authorities_button));
  plug_label_wrap_button (GTK_WIDGET (self->accept_button));
}

void
plug_verdict_view_clear (PlugVerdictView *self)
{
  gtk_widget_hide (GTK_WIDGET (self));
  clear_steps (self);
}

void
plug_verdict_view_follow (PlugVerdictView *self,
                          PlugTest *test)
{
  clear_steps (self);
  show_frame (self, PLUG_TONE_NEUTRAL, test != NULL ? _("Testing…") : _("Opening the keyring…"), NULL, NULL);
  if (test == NULL)
    return;
  self->test = g_object_ref (test);
  for (guint i = 0; i < plug_test_get_n_steps (test); i++)
    add_step (self, plug_test_get_step (test, i));
}

void
plug_verdict_view_update_step (PlugVerdictView *self,
                               guint index)
{
  if (self->test != NULL)
    plug_verdict_view_show_step (self, index, plug_test_get_step (self->test, index));
}

void
plug_verdict_view_show_step (PlugVerdictView *self,
                             guint index,
                             const PlugStep *step)
{
  if (index < self->rows->len)
    show_step (self->rows->pdata[index], step);
}

void
plug_verdict_view_show_verdict (PlugVerdictView *self,
                                const PlugVerdict *verdict,
                                PlugDraft *draft)
{
  g_autofree char *sentence = plug_sentence_for_verdict (verdict, draft);
  g_autofree char *advice = plug_sentence_for_advice (verdict, draft);

  for (guint i = 0; i < self->rows->len; i++)
    plug_verdict_view_update_step (self, i);
  show_frame (self, plug_label_tone_of (verdict->outcome), sentence, advice, verdict->details);

  g_free (self->origin);
  self->origin = g_strdup (verdict->reason == PLUG_REASON_ORIGIN_NOT_APPROVED ? verdict->origin : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->approve_button), self->origin != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->authorities_button), verdict->error != NULL && is_of_the_certificate (verdict->error));
  gtk_widget_set_visible (GTK_WIDGET (self->accept_button), verdict->reason == PLUG_REASON_CHANGED_OUTSIDE);
}

void
plug_verdict_view_show_failure (PlugVerdictView *self,
                                const char *sentence,
                                const char *remedy)
{
  clear_steps (self);
  show_frame (self, PLUG_TONE_ERROR, sentence, remedy, NULL);
}
