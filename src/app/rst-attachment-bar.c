/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-attachment-bar"

#include "config.h"

#include "rst-attachment-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* More chips than this scroll instead of pushing the text out of sight. */
#define MAX_HEIGHT 140

struct _RstAttachmentBar
{
  GtkWidget parent_instance;

  /* Owned References */
  RstMessage *message;
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;

  /* Children */
  GtkWidget *scrolled_window;
  GtkWidget *flow_box;

  guint chosen;
};

G_DEFINE_FINAL_TYPE (RstAttachmentBar, rst_attachment_bar, GTK_TYPE_WIDGET)

static void
show_toast (RstAttachmentBar *self,
            const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *title = g_markup_escape_text (text, -1);

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (title));
}

typedef struct
{
  RstMessage *message;
  guint index;
  GFile *file;
} SaveJob;

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  rst_message_unref (job->message);
  g_object_unref (job->file);
  g_free (job);
}

static void
save_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  SaveJob *job = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = rst_message_dup_attachment_content (job->message, job->index);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (g_file_replace_contents (job->file,
                               data != NULL ? data : "",
                               size,
                               NULL,
                               FALSE,
                               G_FILE_CREATE_NONE,
                               NULL,
                               cancellable,
                               &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (RstAttachmentBar) self = rst_weak_ref_take (user_data);
  SaveJob *job = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (_ ("“%s” was saved"), shown);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup_printf (_ ("“%s” was not saved: %s"), shown, error->message);
  if (text != NULL && self != NULL)
    show_toast (self, text);
}

static void
chooser_response_cb (RstAttachmentBar *self,
                     int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    rst_attachment_bar_save (self, self->chosen, file);
}

static void
clicked_cb (RstAttachmentBar *self,
            GtkButton *chip)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (chip));
  GPtrArray *attachments = rst_message_get_attachments (self->message);
  RstAttachment *attachment;

  if (self->chooser != NULL)
    return;

  self->chosen = gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child));
  attachment = g_ptr_array_index (attachments, self->chosen);
  self->chooser = gtk_file_chooser_native_new (_ ("Save Attachment"),
                                               GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Save"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), attachment->name);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static const char *
icon_name_for (const char *content_type)
{
  static const char *const icons[][2] = {
    { "image/", "image-x-generic-symbolic" },
    { "audio/", "audio-x-generic-symbolic" },
    { "video/", "video-x-generic-symbolic" },
    { "text/", "text-x-generic-symbolic" },
    { "message/", "mail-read-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_has_prefix (content_type, icons[i][0]))
      return icons[i][1];
  return "mail-attachment-symbolic";
}

static GtkWidget *
create_chip (RstAttachmentBar *self,
             const RstAttachment *attachment)
{
  g_autofree char *size = g_format_size (attachment->size);
  g_autofree char *label = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name_label = gtk_label_new (attachment->name);
  GtkWidget *size_label = gtk_label_new (size);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name_for (attachment->content_type));
  GtkWidget *chip = gtk_button_new ();

  gtk_label_set_ellipsize (GTK_LABEL (name_label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (name_label), 32);
  gtk_widget_add_css_class (size_label, "dim-label");
  gtk_widget_add_css_class (size_label, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), name_label);
  gtk_box_append (GTK_BOX (box), size_label);

  /* Translators: tooltip of an attachment: its name, type and size */
  label = g_strdup_printf (
      _ ("Save “%s” (%s, %s)"), attachment->name, attachment->content_type, size);
  gtk_widget_set_tooltip_text (chip, label);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (chip, "attachment");
  g_signal_connect_object (chip, "clicked", G_CALLBACK (clicked_cb), self, G_CONNECT_SWAPPED);
  return chip;
}

static void
rst_attachment_bar_dispose (GObject *object)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->message, rst_message_unref);
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);

  G_OBJECT_CLASS (rst_attachment_bar_parent_class)->dispose (object);
}

static void
rst_attachment_bar_finalize (GObject *object)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rst_attachment_bar_parent_class)->finalize (object);
}

static void
rst_attachment_bar_class_init (RstAttachmentBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_attachment_bar_dispose;
  object_class->finalize = rst_attachment_bar_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "attachmentbar");
}

static void
rst_attachment_bar_init (RstAttachmentBar *self)
{
  self->cancellable = g_cancellable_new ();
  self->flow_box = g_object_new (GTK_TYPE_FLOW_BOX,
                                 "selection-mode", GTK_SELECTION_NONE,
                                 "max-children-per-line", 12,
                                 "column-spacing", 6,
                                 "row-spacing", 6,
                                 NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow_box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Attachments"),
                                  -1);
  self->scrolled_window = g_object_new (GTK_TYPE_SCROLLED_WINDOW,
                                        "hscrollbar-policy", GTK_POLICY_NEVER,
                                        "max-content-height", MAX_HEIGHT,
                                        "propagate-natural-height", TRUE,
                                        "child", self->flow_box,
                                        NULL);
  gtk_widget_set_parent (self->scrolled_window, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
rst_attachment_bar_set_message (RstAttachmentBar *self,
                                RstMessage *message)
{
  GPtrArray *attachments;
  GtkWidget *child;

  g_return_if_fail (RST_IS_ATTACHMENT_BAR (self));

  if (message != NULL)
    rst_message_ref (message);
  g_clear_pointer (&self->message, rst_message_unref);
  self->message = message;
  g_clear_object (&self->chooser);

  while ((child = gtk_widget_get_first_child (self->flow_box)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow_box), child);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (message == NULL)
    return;

  attachments = rst_message_get_attachments (message);
  for (guint i = 0; i < attachments->len; i++)
    {
      GtkWidget *chip = create_chip (self, g_ptr_array_index (attachments, i));

      gtk_flow_box_append (GTK_FLOW_BOX (self->flow_box), chip);
      /* The button inside takes the focus; the box's own child would be a second stop. */
      gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), attachments->len > 0);
}

void
rst_attachment_bar_save (RstAttachmentBar *self,
                         guint index,
                         GFile *file)
{
  g_autoptr (GTask) task = NULL;
  SaveJob *job;

  g_return_if_fail (RST_IS_ATTACHMENT_BAR (self));
  g_return_if_fail (self->message != NULL);
  g_return_if_fail (index < rst_message_get_attachments (self->message)->len);
  g_return_if_fail (G_IS_FILE (file));

  job = g_new (SaveJob, 1);
  *job = (SaveJob){ rst_message_ref (self->message), index, g_object_ref (file) };
  task = g_task_new (NULL, self->cancellable, saved_cb, rst_weak_ref_new (self));
  g_task_set_source_tag (task, rst_attachment_bar_save);
  g_task_set_task_data (task, job, save_job_free);
  g_task_run_in_thread (task, save_worker);
}
