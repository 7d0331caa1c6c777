/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-view"

#include "config.h"

#include "rst-message-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "rst-attachment-bar.h"
#include "rst-format.h"
#include "rst-problem.h"

/* A GtkTextView lays out what it is given before it draws: so much takes a few frames, ten times
 * as much is felt. */
#define FIRST_BYTES (256 * 1024)

/* What the style sheet's dim-label is, for a part of a label. */
#define DIM_ALPHA (G_MAXUINT16 / 100 * 55)

struct _RstMessageView
{
  GtkWidget parent_instance;

  /* Owned References */
  RstMessage *message;

  /* Template Widgets */
  RstAttachmentBar *attachment_bar;
  GtkLabel *date_label;
  GtkLabel *from_label;
  GtkToggleButton *headers_button;
  GtkTextView *headers_text;
  GtkLabel *loading_label;
  AdwStatusPage *problem_page;
  GtkButton *rest_button;
  GtkRevealer *rest_revealer;
  GtkSpinner *spinner;
  GtkStack *stack;
  GtkLabel *subject_label;
  GtkTextView *text_view;
  GtkLabel *to_label;
};

G_DEFINE_FINAL_TYPE (RstMessageView, rst_message_view, GTK_TYPE_WIDGET)

static void
set_page (RstMessageView *self,
          const char *name)
{
  gboolean is_loading = g_str_equal (name, "loading");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, is_loading);
}

/* Attributes and not markup: GTK 4.8 lays a selectable label out with the new text and the old
 * markup's ranges. */
static void
set_from (RstMessageView *self,
          const RstEnvelope *envelope)
{
  const char *from = envelope->from[0] != '\0' ? envelope->from : _ ("(no sender)");
  const char *address = strrchr (from, '<');
  guint name_length = address != NULL && address != from ? address - from : strlen (from);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);
  PangoAttribute *dim = pango_attr_foreground_alpha_new (DIM_ALPHA);

  bold->end_index = name_length;
  dim->start_index = name_length;
  pango_attr_list_insert (attributes, bold);
  pango_attr_list_insert (attributes, dim);
  gtk_label_set_text (self->from_label, from);
  gtk_label_set_attributes (self->from_label, attributes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->from_label), envelope->from);
}

static void
set_envelope (RstMessageView *self,
              const RstEnvelope *envelope)
{
  g_autofree char *date = rst_format_full_date (envelope->date);
  /* Translators: the recipients of a message */
  g_autofree char *to = g_strdup_printf (_ ("To %s"), envelope->to);
  gboolean has_subject = envelope->subject[0] != '\0';

  gtk_label_set_text (self->subject_label, has_subject ? envelope->subject : _ ("(no subject)"));
  set_from (self, envelope);
  gtk_label_set_text (self->date_label, date);
  gtk_label_set_text (self->to_label, to);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->to_label), envelope->to);
  gtk_widget_set_visible (GTK_WIDGET (self->to_label), envelope->to[0] != '\0');
}

static void
clear_header (RstMessageView *self)
{
  gtk_label_set_text (self->subject_label, "");
  gtk_label_set_text (self->from_label, "");
  gtk_label_set_text (self->date_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->to_label), FALSE);
}

static void
clear_message (RstMessageView *self)
{
  g_clear_pointer (&self->message, rst_message_unref);
  rst_attachment_bar_set_message (self->attachment_bar, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers_text), "", 0);
  gtk_revealer_set_reveal_child (self->rest_revealer, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->headers_button), FALSE);
}

static void
set_text (RstMessageView *self,
          const char *text,
          gsize length)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->text_view));

  gtk_text_buffer_set_text (buffer, text, (int)MIN (length, G_MAXINT));
  gtk_adjustment_set_value (adjustment, 0);
}

static void
show_rest_cb (RstMessageView *self)
{
  const char *text = rst_message_get_text (self->message);

  gtk_revealer_set_reveal_child (self->rest_revealer, FALSE);
  set_text (self, text, strlen (text));
}

static gsize
first_part (const char *text,
            gsize length)
{
  const char *end = text + FIRST_BYTES;
  const char *line_end;

  if (length <= FIRST_BYTES)
    return length;

  line_end = g_strrstr_len (text, FIRST_BYTES, "\n");
  if (line_end != NULL && line_end > text + FIRST_BYTES / 2)
    return line_end - text;
  return g_utf8_find_prev_char (text, end + 1) - text;
}

static void
show_text (RstMessageView *self)
{
  const char *text = rst_message_get_text (self->message);
  gsize length = strlen (text);
  gsize shown = first_part (text, length);

  if (length == 0)
    text = rst_message_get_attachments (self->message)->len > 0
               ? _ ("(This message has attachments and no text.)")
               : _ ("(This message has no text.)");
  set_text (self, text, length == 0 ? strlen (text) : shown);
  if (shown < length)
    {
      g_autofree char *size = g_format_size (length);
      /* Translators: button below the first part of a very long text */
      g_autofree char *label = g_strdup_printf (_ ("Show the Whole Text (%s)"), size);

      gtk_button_set_label (self->rest_button, label);
    }
  gtk_revealer_set_reveal_child (self->rest_revealer, shown < length);
}

static void
rst_message_view_dispose (GObject *object)
{
  RstMessageView *self = RST_MESSAGE_VIEW (object);
  GtkWidget *child;

  g_clear_pointer (&self->message, rst_message_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_MESSAGE_VIEW);
  /* Those that are not bound. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (rst_message_view_parent_class)->dispose (object);
}

static void
rst_message_view_class_init (RstMessageViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_message_view_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-message-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, attachment_bar);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, date_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, from_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, headers_button);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, headers_text);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, loading_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, problem_page);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, rest_button);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, rest_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, stack);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, subject_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, text_view);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, to_label);
  gtk_widget_class_bind_template_callback (widget_class, show_rest_cb);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messageview");

  g_type_ensure (RST_TYPE_ATTACHMENT_BAR);
}

static void
rst_message_view_init (RstMessageView *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

void
rst_message_view_show_loading (RstMessageView *self,
                               RstEnvelope *envelope,
                               const char *text)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  clear_message (self);
  if (envelope != NULL)
    set_envelope (self, envelope);
  else
    clear_header (self);
  gtk_label_set_text (self->loading_label, text);
  set_page (self, "loading");
}

void
rst_message_view_show_problem (RstMessageView *self,
                               const GError *error)
{
  RstProblem problem = rst_problem_from_error (error);
  g_autofree char *description = NULL;

  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  clear_message (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    description = g_markup_escape_text (error->message, -1);
  adw_status_page_set_icon_name (self->problem_page, problem.icon_name);
  adw_status_page_set_title (self->problem_page, problem.title);
  adw_status_page_set_description (self->problem_page, description);
  set_page (self, "problem");
}

void
rst_message_view_show_message (RstMessageView *self,
                               RstMessage *message)
{
  g_autofree char *headers = NULL;

  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));
  g_return_if_fail (message != NULL);

  clear_message (self);
  self->message = rst_message_ref (message);
  set_envelope (self, rst_message_get_envelope (message));
  headers = rst_message_dup_headers (message);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers_text), headers, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->headers_button), TRUE);
  rst_attachment_bar_set_message (self->attachment_bar, message);
  set_page (self, "text");
  show_text (self);
}

void
rst_message_view_set_monospace (RstMessageView *self,
                                gboolean is_monospace)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  gtk_text_view_set_monospace (self->text_view, is_monospace);
}
