/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-preview-window"

#include "config.h"

#include "rst-preview-window.h"

#include "rst-main-thread.h"
#include "rst-preview.h"
#include "rst-weak-ref.h"

struct _RstPreviewWindow
{
  AdwWindow parent_instance;

  /* Owned References */
  RstMessage *message;
  GCancellable *cancellable;

  /* Template Widgets */
  GtkWidget *cut_label;
  GtkPicture *picture;
  AdwStatusPage *problem_page;
  GtkStack *stack;
  GtkTextView *text_view;
  AdwWindowTitle *window_title;

  guint index;
};

G_DEFINE_FINAL_TYPE (RstPreviewWindow, rst_preview_window, ADW_TYPE_WINDOW)

static void
show_preview (RstPreviewWindow *self,
              const RstPreview *preview)
{
  if (preview->texture != NULL)
    {
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (preview->texture));
      gtk_stack_set_visible_child_name (self->stack, "picture");
      return;
    }

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), preview->text, -1);
  gtk_widget_set_visible (self->cut_label, preview->is_cut);
  gtk_stack_set_visible_child_name (self->stack, "text");
}

static void
decoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (RstPreviewWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstPreview) preview = g_task_propagate_pointer (G_TASK (result), &error);
  g_autofree char *reason = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (preview != NULL)
    {
      show_preview (self, preview);
      return;
    }
  reason = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->problem_page, reason);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

typedef struct
{
  RstMessage *message;
  guint index;
} Decoding;

static void
decoding_free (gpointer data)
{
  Decoding *decoding = data;

  rst_message_unref (decoding->message);
  g_free (decoding);
}

static void
decode_worker (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  Decoding *decoding = task_data;
  GError *error = NULL;
  RstPreview *preview =
      rst_preview_new (decoding->message, decoding->index, cancellable, &error);

  if (preview != NULL)
    g_task_return_pointer (task, preview, (GDestroyNotify)rst_preview_free);
  else
    g_task_return_error (task, error);
}

static void
start_decoding (RstPreviewWindow *self)
{
  g_autoptr (GTask) task =
      g_task_new (NULL, self->cancellable, decoded_cb, rst_weak_ref_new (self));
  Decoding *decoding = g_new (Decoding, 1);

  *decoding = (Decoding){ rst_message_ref (self->message), self->index };
  g_task_set_source_tag (task, start_decoding);
  g_task_set_task_data (task, decoding, decoding_free);
  g_task_run_in_thread (task, decode_worker);
}

static void
rst_preview_window_dispose (GObject *object)
{
  RstPreviewWindow *self = RST_PREVIEW_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_PREVIEW_WINDOW);

  G_OBJECT_CLASS (rst_preview_window_parent_class)->dispose (object);
}

static void
rst_preview_window_finalize (GObject *object)
{
  RstPreviewWindow *self = RST_PREVIEW_WINDOW (object);

  g_clear_pointer (&self->message, rst_message_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rst_preview_window_parent_class)->finalize (object);
}

static void
rst_preview_window_class_init (RstPreviewWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_preview_window_dispose;
  object_class->finalize = rst_preview_window_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-preview-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, cut_label);
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, RstPreviewWindow, window_title);
}

static void
rst_preview_window_init (RstPreviewWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
rst_preview_window_can_show (const RstAttachment *attachment)
{
  return rst_preview_is_picture (attachment) || rst_preview_is_text (attachment);
}

GtkWidget *
rst_preview_window_new (GtkWindow *parent,
                        RstMessage *message,
                        guint index)
{
  RstPreviewWindow *self = g_object_new (RST_TYPE_PREVIEW_WINDOW, "transient-for", parent, NULL);
  const RstAttachment *attachment =
      g_ptr_array_index (rst_message_get_attachments (message), index);
  g_autofree char *size = g_format_size (attachment->size);

  self->message = rst_message_ref (message);
  self->index = index;
  gtk_window_set_title (GTK_WINDOW (self), attachment->name);
  adw_window_title_set_title (self->window_title, attachment->name);
  adw_window_title_set_subtitle (self->window_title, size);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, attachment->name, -1);
  start_decoding (self);
  return GTK_WIDGET (self);
}
