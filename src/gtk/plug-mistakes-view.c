/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "plugboard"

#include "config.h"

#include "plug-mistakes-view.h"

#include <glib/gi18n.h>

#include "plug-definition.h"
#include "plug-text.h"

#define MAX_MISTAKES 10

struct _PlugMistakesView {
  GtkWidget parent_instance;

  GtkWidget *expander;
  GtkListView *list;

  GListModel *definitions; /* NULL until they are set */
};

G_DEFINE_FINAL_TYPE (PlugMistakesView, plug_mistakes_view, GTK_TYPE_WIDGET)

static void
definitions_changed_cb (PlugMistakesView *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (self->definitions) > 0);
}

static void
row_setup_cb (GtkListItemFactory *factory,
              GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, label);
}

static void
row_bind_cb (GtkListItemFactory *factory,
             GtkListItem *item)
{
  g_autofree char *text = plug_mistakes_dup_text (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
}

static void
plug_mistakes_view_dispose (GObject *object)
{
  PlugMistakesView *self = PLUG_MISTAKES_VIEW (object);

  g_clear_object (&self->definitions);
  g_clear_pointer (&self->expander, gtk_widget_unparent);

  G_OBJECT_CLASS (plug_mistakes_view_parent_class)->dispose (object);
}

static void
plug_mistakes_view_class_init (PlugMistakesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plug_mistakes_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/plugboard/Plugboard/plug-mistakes-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PlugMistakesView, expander);
  gtk_widget_class_bind_template_child (widget_class, PlugMistakesView, list);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
plug_mistakes_view_init (PlugMistakesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plug_mistakes_view_set_definitions (PlugMistakesView *self,
                                    GListModel *definitions)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (self->definitions == NULL);

  self->definitions = g_object_ref (definitions);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (definitions)));
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect_object (definitions, "items-changed", G_CALLBACK (definitions_changed_cb), self, G_CONNECT_SWAPPED);
  definitions_changed_cb (self);
}

char *
plug_mistakes_dup_text (PlugBrokenDefinition *definition)
{
  GPtrArray *mistakes = plug_broken_definition_get_mistakes (definition);
  g_autofree char *base = g_path_get_basename (plug_broken_definition_get_path (definition));
  g_autofree char *file = plug_text_from_untrusted (NULL, base, -1, PLUG_TEXT_VERDICT_CHARS);
  g_autoptr (GString) text = g_string_new (file);

  for (guint i = 0; i < MIN (mistakes->len, MAX_MISTAKES); i++) {
    PlugMistake *mistake = mistakes->pdata[i];
    g_autofree char *reason = plug_text_from_untrusted (NULL, mistake->reason, -1, PLUG_TEXT_VERDICT_CHARS);
    g_autofree char *pointer = plug_text_from_untrusted (NULL, mistake->pointer, -1, PLUG_TEXT_VERDICT_CHARS);
    g_autofree char *what = *pointer != '\0' ? g_strdup_printf ("%s: %s", pointer, reason) : g_strdup (reason);
    /* Translators: %u is a number of a line of a file, %s what is wrong there. */
    g_autofree char *line = mistake->line > 0 ? g_strdup_printf (_("Line %u: %s"), mistake->line, what) : g_strdup (what);

    g_string_append_printf (text, "\n%s", line);
  }
  if (mistakes->len > MAX_MISTAKES) {
    guint n_more = mistakes->len - MAX_MISTAKES;
    g_autofree char *more = g_strdup_printf (g_dngettext (NULL, "And %u more mistake.", "And %u more mistakes.", n_more), n_more);

    g_string_append_printf (text, "\n%s", more);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
