/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-view"

#include "config.h"

#include "rst-message-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "mail/rst-sender.h"
#include "rst-attachment-bar.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-message-notes.h"
#include "rst-problem.h"
#include "rst-weak-ref.h"

/* What is shown of a long text at first; few read further. */
#define FIRST_BYTES (512 * 1024)
#define FIRST_RUNS 20000

/* And of all of it: a GtkTextView doesn't get to the end of a paragraph of several 100,000. */
#define ALL_RUNS 50000

/* What the style sheet's dim-label is, for a part of a label. */
#define DIM_ALPHA (G_MAXUINT16 / 100 * 55)

struct _RstMessageView
{
  GtkWidget parent_instance;

  /* Owned References */
  RstMessage *message;
  GCancellable *cancellable; /* of the document that is being made */

  /* Template Widgets */
  RstAttachmentBar *attachment_bar;
  GtkLabel *beginning_label;
  GtkRevealer *beginning_revealer;
  GtkLabel *date_label;
  RstDocumentView *document_view;
  GtkLabel *from_label;
  GtkToggleButton *headers_button;
  GtkTextView *headers_text;
  GtkLabel *loading_label;
  GtkBox *notes_box;
  AdwStatusPage *problem_page;
  GtkRevealer *rest_revealer;
  GtkSpinner *spinner;
  GtkStack *stack;
  GtkLabel *subject_label;
  GtkLabel *to_label;

  RstShow show;
  gboolean is_beginning;
};

G_DEFINE_FINAL_TYPE (RstMessageView, rst_message_view, GTK_TYPE_WIDGET)

static gboolean
has_focus (RstMessageView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         (focus == GTK_WIDGET (self) || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}

/* A page that goes would take the focus with it, and the keys that read on would be for nobody. */
static void
set_page (RstMessageView *self,
          const char *name)
{
  gboolean is_loading = g_str_equal (name, "loading");
  gboolean is_read = has_focus (self);

  if (is_read)
    {
      gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_spinner_set_spinning (self->spinner, is_loading);
  if (is_read && g_str_equal (name, "text"))
    {
      gtk_widget_grab_focus (GTK_WIDGET (rst_document_view_get_text_view (self->document_view)));
      gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
    }
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
cancel_document (RstMessageView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
clear_message (RstMessageView *self)
{
  g_clear_pointer (&self->message, rst_message_unref);
  rst_attachment_bar_set_message (self->attachment_bar, NULL);
  cancel_document (self);
  rst_document_view_set_document (self->document_view, NULL);
  rst_message_notes_clear (self->notes_box);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers_text), "", 0);
  gtk_revealer_set_reveal_child (self->beginning_revealer, FALSE);
  gtk_revealer_set_reveal_child (self->rest_revealer, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->headers_button), FALSE);
  self->is_beginning = FALSE;
}

typedef struct
{
  RstMessage *message;
  RstDocumentOptions options;
  RstSender *sender;
} Making;

static void
making_free (Making *making)
{
  rst_message_unref (making->message);
  g_clear_pointer (&making->sender, rst_sender_free);
  g_free (making);
}

static void
make_document_thread (GTask *task,
                      gpointer source_object,
                      gpointer task_data,
                      GCancellable *cancellable)
{
  Making *making = task_data;

  if (g_task_return_error_if_cancelled (task))
    return;

  making->sender = rst_message_dup_sender (making->message);
  g_task_return_pointer (task,
                         rst_message_make_document (making->message, &making->options),
                         (GDestroyNotify)rst_document_unref);
}

static void
add_sender_notes (RstMessageView *self,
                  const RstSender *sender)
{
  g_autofree char *address = NULL;
  g_autofree char *reply_to = NULL;

  if (sender->address != NULL)
    {
      /* Translators: the address of a sender whose name contains another one */
      address = g_strdup_printf (_ ("Really sent from %s"), sender->address);
      rst_message_notes_add (self->notes_box, RST_NOTE_WARNING, address);
    }
  if (sender->reply_to != NULL)
    {
      reply_to = g_strdup_printf (_ ("Replies go to %s"), sender->reply_to);
      rst_message_notes_add (self->notes_box, RST_NOTE_QUIET, reply_to);
    }
  if (sender->authentication != NULL)
    rst_message_notes_add (self->notes_box,
                           sender->is_refuted ? RST_NOTE_WARNING : RST_NOTE_QUIET,
                           sender->authentication);
}

static void
update_notes (RstMessageView *self,
              const RstDocument *document,
              const RstSender *sender)
{
  GPtrArray *problems = rst_message_get_problems (self->message);
  guint n_images = rst_document_get_n_remote_images (document);

  rst_message_notes_clear (self->notes_box);
  add_sender_notes (self, sender);
  /* What a beginning lacks is no fault of the message's. */
  for (guint i = 0; i < problems->len && !self->is_beginning; i++)
    rst_message_notes_add (self->notes_box, RST_NOTE_QUIET, g_ptr_array_index (problems, i));
  if (n_images > 0)
    {
      g_autofree char *count = rst_format_count (n_images);
      g_autofree char *text = g_strdup_printf (
          ngettext ("%s remote image not loaded", "%s remote images not loaded", n_images), count);

      rst_message_notes_add (self->notes_box, RST_NOTE_QUIET, text);
    }
}

static void
document_made_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (RstMessageView) self = rst_weak_ref_take (user_data);
  g_autoptr (RstDocument) document = g_task_propagate_pointer (G_TASK (result), NULL);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || document == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;

  g_clear_object (&self->cancellable);
  rst_document_view_set_document (self->document_view, document);
  update_notes (self, document, ((Making *)g_task_get_task_data (G_TASK (result)))->sender);
  gtk_revealer_set_reveal_child (self->rest_revealer, rst_document_get_is_cut (document));
}

/* Not on the main thread: it takes as long as the text is long. */
static void
make_document (RstMessageView *self,
               gsize max_length,
               gsize max_runs)
{
  g_autoptr (GTask) task = NULL;
  Making *making = g_new (Making, 1);

  cancel_document (self);
  gtk_revealer_set_reveal_child (self->rest_revealer, FALSE);
  self->cancellable = g_cancellable_new ();
  *making = (Making){ rst_message_ref (self->message), { self->show, max_length, max_runs } };
  task = g_task_new (NULL, self->cancellable, document_made_cb, rst_weak_ref_new (self));
  g_task_set_source_tag (task, make_document);
  g_task_set_task_data (task, making, (GDestroyNotify)making_free);
  g_task_run_in_thread (task, make_document_thread);
}

static void
show_rest_cb (RstMessageView *self)
{
  make_document (self, 0, ALL_RUNS);
}

static void
rst_message_view_dispose (GObject *object)
{
  RstMessageView *self = RST_MESSAGE_VIEW (object);
  GtkWidget *child;

  cancel_document (self);
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
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, beginning_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, beginning_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, date_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, document_view);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, from_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, headers_button);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, headers_text);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, loading_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, notes_box);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, problem_page);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, rest_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, stack);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, subject_label);
  gtk_widget_class_bind_template_child (widget_class, RstMessageView, to_label);
  gtk_widget_class_bind_template_callback (widget_class, show_rest_cb);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messageview");

  g_type_ensure (RST_TYPE_ATTACHMENT_BAR);
  g_type_ensure (RST_TYPE_DOCUMENT_VIEW);
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

static void
show_message (RstMessageView *self,
              RstMessage *message)
{
  g_autofree char *headers = NULL;

  clear_message (self);
  self->message = rst_message_ref (message);
  set_envelope (self, rst_message_get_envelope (message));
  headers = rst_message_dup_headers (message);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->headers_text), headers, -1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->headers_button), TRUE);
  set_page (self, "text");
  make_document (self, FIRST_BYTES, FIRST_RUNS);
}

void
rst_message_view_show_message (RstMessageView *self,
                               RstMessage *message)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));
  g_return_if_fail (message != NULL);

  show_message (self, message);
  rst_attachment_bar_set_message (self->attachment_bar, message);
}

void
rst_message_view_show_beginning (RstMessageView *self,
                                 RstMessage *message,
                                 const char *text)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));
  g_return_if_fail (message != NULL);

  show_message (self, message);
  self->is_beginning = TRUE;
  rst_message_view_set_beginning_text (self, text);
  gtk_revealer_set_reveal_child (self->beginning_revealer, TRUE);
}

void
rst_message_view_set_beginning_text (RstMessageView *self,
                                     const char *text)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  gtk_label_set_text (self->beginning_label, text);
}

void
rst_message_view_set_monospace (RstMessageView *self,
                                gboolean is_monospace)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  rst_document_view_set_monospace (self->document_view, is_monospace);
}

void
rst_message_view_set_show (RstMessageView *self,
                           RstShow show)
{
  g_return_if_fail (RST_IS_MESSAGE_VIEW (self));

  if (self->show == show)
    return;

  self->show = show;
  if (self->message != NULL)
    make_document (self, FIRST_BYTES, FIRST_RUNS);
}

RstDocumentView *
rst_message_view_get_document_view (RstMessageView *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_VIEW (self), NULL);

  return self->document_view;
}
