/* SPDX-FileCopyrightText: 2026 The Plugboard authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-examiner.h"

#include <glib/gi18n.h>

#include "plug-catalogue.h"
#include "plug-parameter-row.h"

#define SETTLE_MS 100
#define ATTEMPTS 10
/* Padding and borders of what a widget stands in, which GTK counts as its outside. */
#define OVERHANG 24
/* Letters. */
#define LONG_WORD 21

static GHashTable *known_names; /* (element-type utf8 utf8) */
static gboolean is_pseudo;
static const char *page_name;
static gboolean is_narrow;
static GPtrArray *mistakes; /* (element-type utf8) */

void
page_examiner_settle (void)
{
  for (gint64 end = g_get_monotonic_time () + SETTLE_MS * 1000; g_get_monotonic_time () < end;)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (2000);
}

static void
complain (const char *what,
          const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *line = g_strjoinv (" ", lines);

  g_ptr_array_add (mistakes, g_strdup_printf ("%s, %s: %s: “%s”", page_name, is_narrow ? "narrow" : "wide", what, line));
}

static gboolean
has_letter (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_translated (const char *text)
{
  return strstr (text, "⟦") != NULL || !has_letter (text) || g_path_is_absolute (text) ||
         g_hash_table_contains (known_names, text);
}

/* What people typed, or others wrote, may be cut: a name, an address, a path; it has no bracket, whatever the language. */
static gboolean
may_be_cut (GtkLabel *label)
{
  static const char * const ids[] = { "name_label", "provider_label", "vendor_label", "token_url_label", "path_label" };
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (label));

  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (ids); i++) {
    if (g_str_equal (ids[i], id))
      return TRUE;
  }
  /* An example in an empty field: it goes when somebody types. */
  if (gtk_widget_get_ancestor (GTK_WIDGET (label), PLUG_TYPE_PARAMETER_ROW) != NULL &&
      gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_TEXT) != NULL)
    return TRUE;
  /* GTK measures the text of a popover that is written in both directions a line too short. */
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL &&
      gtk_widget_get_ancestor (GTK_WIDGET (label), GTK_TYPE_POPOVER) != NULL)
    return TRUE;
  return g_hash_table_contains (known_names, gtk_label_get_text (label));
}

/* The label's text is longer than what is seen of it. */
static gboolean
is_cut (GtkLabel *label)
{
  PangoLayout *layout = gtk_label_get_layout (label);
  PangoRectangle rectangle;

  if (pango_layout_is_ellipsized (layout))
    return TRUE;
  pango_layout_get_pixel_extents (layout, NULL, &rectangle);
  return rectangle.width > gtk_widget_get_width (GTK_WIDGET (label)) + 1 ||
         rectangle.height > gtk_widget_get_height (GTK_WIDGET (label)) + 1;
}

/* How many letters there are around @at without a break; 0 when one of its neighbours is none. */
static guint
get_word_length (const char *text,
                 const char *at)
{
  guint before = 0, after = 0;

  for (const char *i = at; g_unichar_isalnum (g_utf8_get_char (i)); i = g_utf8_next_char (i))
    after++;
  for (const char *i = at; i > text && g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (i))); i = g_utf8_prev_char (i))
    before++;

  return before > 0 && after > 0 ? before + after : 0;
}

/* A line ends inside of a word. One as long as German's for a certificate authority may, and so may a path. */
static gboolean
is_broken (GtkLabel *label)
{
  const char *text = pango_layout_get_text (gtk_label_get_layout (label));
  GSList *lines = pango_layout_get_lines_readonly (gtk_label_get_layout (label));

  for (GSList *i = lines; i != NULL && !g_path_is_absolute (text); i = i->next) {
    guint length = get_word_length (text, text + ((PangoLayoutLine *) i->data)->start_index);

    if (length > 0 && length < LONG_WORD)
      return TRUE;
  }
  return FALSE;
}

/* What is scrolled sideways ends somewhere else. */
static gboolean
is_scrolled (GtkWidget *widget)
{
  for (GtkWidget *parent = widget; (parent = gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW)) != NULL;
       parent = gtk_widget_get_parent (parent)) {
    GtkPolicyType policy;

    gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (parent), &policy, NULL);
    if (policy != GTK_POLICY_NEVER)
      return TRUE;
  }
  return FALSE;
}

/* Wider than what it stands in, and so over what stands beside that; what is scrolled is elsewhere. */
static gboolean
is_overflowing (GtkWidget *widget)
{
  for (GtkWidget *parent = gtk_widget_get_parent (widget); !GTK_IS_NATIVE (widget) && !GTK_IS_VIEWPORT (parent);
       widget = parent, parent = gtk_widget_get_parent (parent)) {
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (widget, parent, &bounds) &&
        (bounds.origin.x < -OVERHANG || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (parent) + OVERHANG))
      return TRUE;
  }
  return FALSE;
}

static void
look_at_label (GtkLabel *label)
{
  GtkWidget *widget = GTK_WIDGET (label);
  GtkNative *native = gtk_widget_get_native (widget);
  const char *text = gtk_label_get_text (label);
  graphene_rect_t bounds;

  if (*text == '\0')
    return;
  /* A key has the name that stands on it. */
  if (is_pseudo && !is_translated (text) && gtk_widget_get_ancestor (widget, GTK_TYPE_SHORTCUT_LABEL) == NULL)
    complain ("not translated", text);
  if (is_cut (label) && !may_be_cut (label))
    complain ("cut off", text);
  if (is_broken (label))
    complain ("broken inside of a word", text);
  if (!is_scrolled (widget) && is_overflowing (widget))
    complain ("over its neighbour", text);
  if (gtk_widget_compute_bounds (widget, GTK_WIDGET (native), &bounds) && !is_scrolled (widget) &&
      (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > (float) gtk_widget_get_width (GTK_WIDGET (native)) + 1))
    complain ("sticks out", text);
}

static void
look_at (GtkWidget *widget)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (!gtk_widget_get_mapped (widget))
    return;
  if (is_pseudo && tooltip != NULL && !is_translated (tooltip) && !g_str_has_prefix (tooltip, "https://"))
    complain ("not translated, in a tooltip", tooltip);
  if (GTK_IS_LABEL (widget))
    look_at_label (GTK_LABEL (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    look_at (child);
}

static void
take_picture (GtkWidget *window,
              int width)
{
  const char *folder = g_getenv ("PLUG_PICTURES");
  g_autofree char *name = g_strdup_printf ("%s-%d.png", page_name, width);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, name, NULL) : NULL;
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;

  if (path == NULL)
    return;
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  gdk_texture_save_to_png (texture, path);
}

/* A window that is there: as it is, and what it opened. */
static void
look_at_window (GtkWidget *window,
                int width)
{
  GListModel *all = gtk_window_get_toplevels ();

  if (width > 0 && gtk_widget_get_width (window) > width) {
    g_autofree char *actual = g_strdup_printf ("%d", gtk_widget_get_width (window));

    complain ("the window is wider than it may be", actual);
  }
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) other = g_list_model_get_item (all, i);

    if (other == window || gtk_window_get_transient_for (GTK_WINDOW (other)) == GTK_WINDOW (window)) {
      look_at (other);
      if (is_pseudo && GTK_IS_WINDOW (other) && !is_translated (gtk_window_get_title (GTK_WINDOW (other))))
        complain ("not translated, in a title", gtk_window_get_title (GTK_WINDOW (other)));
    }
  }
}

static GtkWidget *
get_topmost (GtkWidget *window)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWidget) other = g_list_model_get_item (all, i);

    if (gtk_window_get_transient_for (GTK_WINDOW (other)) == GTK_WINDOW (window))
      return other;
  }
  return window;
}

/* On a slow machine the layout may not be done yet: what is wrong is looked at again before it is told. */
void
page_examiner_examine (GtkWidget *window,
                       const char *page,
                       int width)
{
  guint attempts = 0;

  page_name = page;
  is_narrow = width > 0;
  do {
    page_examiner_settle ();
    g_ptr_array_set_size (mistakes, 0);
    look_at_window (window, width);
  } while (mistakes->len > 0 && ++attempts < ATTEMPTS);
  for (guint i = 0; i < mistakes->len; i++) {
    g_print ("# %s\n", (const char *) mistakes->pdata[i]);
    g_test_fail ();
  }
  take_picture (get_topmost (window), width);
}

static void
learn_name (const char *name)
{
  if (name != NULL)
    g_hash_table_add (known_names, g_strdup (name));
}

/* libadwaita 1.5 to 1.7 measures the large heading of a question for whatever width there is, also when it takes the small one
 * (its issue 1025, mended in 1.8). */
static gboolean
is_heading_of_question (const char *message)
{
  static const char prefix[] = "Trying to measure GtkLabel 0x";
  GType type = g_type_from_name ("AdwAlertDialog");
  GtkWidget *label;

  if (type == G_TYPE_INVALID || !g_str_has_prefix (message, prefix))
    return FALSE;
  label = GSIZE_TO_POINTER ((gsize) g_ascii_strtoull (message + strlen (prefix), NULL, 16));

  return gtk_widget_has_css_class (label, "title-2") && gtk_widget_get_ancestor (label, type) != NULL;
}

/* GTK 4.24 counts a frame of any popover as submitted twice where there is no compositor, as on the display of the tests. */
static gboolean
is_frame_of_popover (const char *message)
{
  return g_str_equal (message, "gdk_frame_timings_submitted() called on submitted frame.");
}

/* Warnings end the program: not these two of the platform's own, which programs of ten lines have as well. */
static GLogWriterOutput
write_log (GLogLevelFlags level,
           const GLogField *fields,
           gsize n_fields,
           gpointer data)
{
  for (gsize i = 0; level == G_LOG_LEVEL_WARNING && i < n_fields; i++) {
    if (g_str_equal (fields[i].key, "MESSAGE") &&
        (is_heading_of_question (fields[i].value) || is_frame_of_popover (fields[i].value)))
      return G_LOG_WRITER_HANDLED;
  }

  return g_log_writer_default (level, fields, n_fields, data);
}

/* Names of providers, and the end of a host that stands behind a field. */
void
page_examiner_start (const char *const *names)
{
  g_autoptr (PlugCatalogue) catalogue = plug_catalogue_new ();

  g_log_set_writer_func (write_log, NULL, NULL);
  is_pseudo = strstr (_("Connections"), "⟦") != NULL && gtk_widget_get_default_direction () == GTK_TEXT_DIR_LTR;
  mistakes = g_ptr_array_new_with_free_func (g_free);
  known_names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    learn_name (names[i]);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (catalogue)); i++) {
    g_autoptr (PlugProvider) provider = g_list_model_get_item (G_LIST_MODEL (catalogue), i);
    GPtrArray *methods = plug_provider_get_methods (provider);

    learn_name (plug_provider_get_name (provider));
    learn_name (plug_provider_get_vendor (provider));
    for (guint j = 0; j < methods->len; j++) {
      GPtrArray *parameters = plug_method_get_parameters (methods->pdata[j]);

      for (guint k = 0; k < parameters->len; k++)
        learn_name (plug_parameter_get_suffix (parameters->pdata[k]));
    }
  }
}
