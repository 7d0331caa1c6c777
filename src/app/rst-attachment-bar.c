/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-attachment-bar"

#include "config.h"

#include "rst-attachment-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mailbox/rst-save-file.h"
#include "rst-application.h"
#include "rst-attachment-chip.h"
#include "rst-attachment-open.h"
#include "rst-attachment-provider.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-preview-window.h"
#include "rst-weak-ref.h"

/* More chips than this scroll instead of pushing the text out of sight. */
#define MAX_HEIGHT 190

/* The index of a save job that is about all of them. */
#define ALL G_MAXUINT

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

static GtkWindow *
get_window (RstAttachmentBar *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* Of the application that the window belongs to; none outside of it. */
static RstPrivateFiles *
get_private_files (RstAttachmentBar *self)
{
  GtkApplication *application = gtk_window_get_application (get_window (self));

  return application != NULL ? rst_application_get_private_files (RST_APPLICATION (application))
                             : NULL;
}

static const RstAttachment *
get_attachment (RstAttachmentBar *self,
                guint index)
{
  return g_ptr_array_index (rst_message_get_attachments (self->message), index);
}

typedef struct
{
  RstMessage *message;
  guint index;
  GFile *file; /* a folder, for all of them */
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

  if (rst_save_file (job->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
save_all_worker (GTask *task,
                 gpointer source_object,
                 gpointer task_data,
                 GCancellable *cancellable)
{
  SaveJob *job = task_data;
  GPtrArray *attachments = rst_message_get_attachments (job->message);

  for (guint i = 0; i < attachments->len; i++)
    {
      RstAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autoptr (GBytes) bytes = rst_message_dup_attachment_content (job->message, i);
      GError *error = NULL;
      g_autoptr (GFile) file =
          rst_save_new_file (job->file, attachment->name, bytes, cancellable, &error);

      if (file == NULL)
        {
          g_prefix_error (&error, "%s: ", attachment->name);
          g_task_return_error (task, error);
          return;
        }
    }
  g_task_return_boolean (task, TRUE);
}

static char *
describe_saved (const SaveJob *job,
                const char *shown)
{
  guint n_attachments = rst_message_get_attachments (job->message)->len;
  g_autofree char *count = rst_format_count (n_attachments);

  if (job->index != ALL)
    return g_strdup_printf (_ ("“%s” was saved"), shown);
  return g_strdup_printf (ngettext ("%s attachment saved in “%s”",
                                    "%s attachments saved in “%s”",
                                    n_attachments),
                          count,
                          shown);
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
    text = describe_saved (job, shown);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else if (job->index != ALL)
    text = g_strdup_printf (_ ("“%s” was not saved: %s"), shown, error->message);
  else
    text = g_strdup_printf (_ ("Not all attachments were saved: %s"), error->message);
  if (self != NULL)
    show_toast (self, text);
}

static void
start_saving (RstAttachmentBar *self,
              guint index,
              GFile *file)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, saved_cb, rst_weak_ref_new (self));
  SaveJob *job = g_new (SaveJob, 1);

  *job = (SaveJob){ rst_message_ref (self->message), index, g_object_ref (file) };
  g_task_set_source_tag (task, start_saving);
  g_task_set_task_data (task, job, save_job_free);
  g_task_run_in_thread (task, index == ALL ? save_all_worker : save_worker);
}

/* While it is shown it lives on without this reference, and its answer would come for another
 * message. */
static void
close_chooser (RstAttachmentBar *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

static void
chooser_response_cb (RstAttachmentBar *self,
                     int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    start_saving (self, self->chosen, file);
}

static void
choose (RstAttachmentBar *self,
        const char *title,
        GtkFileChooserAction action,
        guint index)
{
  if (self->chooser != NULL)
    return;

  self->chosen = index;
  self->chooser = gtk_file_chooser_native_new (
      title, get_window (self), action, _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (index != ALL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser),
                                       get_attachment (self, index)->name);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
save_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  choose (RST_ATTACHMENT_BAR (widget),
          _ ("Save Attachment"),
          GTK_FILE_CHOOSER_ACTION_SAVE,
          g_variant_get_uint32 (parameter));
}

static void
save_all_action (GtkWidget *widget,
                 const char *action_name,
                 GVariant *parameter)
{
  choose (RST_ATTACHMENT_BAR (widget),
          _ ("Save All Attachments In"),
          GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
          ALL);
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (RstAttachmentBar) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (rst_attachment_open_finish (result, &error) || self == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  text = g_strdup_printf (_ ("The attachment was not opened: %s"), error->message);
  show_toast (self, text);
}

static void
open_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (widget);
  RstPrivateFiles *files = get_private_files (self);

  if (files != NULL)
    rst_attachment_open_async (get_window (self),
                               files,
                               self->message,
                               g_variant_get_uint32 (parameter),
                               self->cancellable,
                               opened_cb,
                               rst_weak_ref_new (self));
}

static void
preview_action (GtkWidget *widget,
                const char *action_name,
                GVariant *parameter)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (widget);

  gtk_window_present (GTK_WINDOW (rst_preview_window_new (
      get_window (self), self->message, g_variant_get_uint32 (parameter))));
}

static void
copy_name_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (widget);
  guint index = g_variant_get_uint32 (parameter);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), get_attachment (self, index)->name);
}

static guint
index_of_chip (GtkWidget *chip)
{
  return (guint)gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (gtk_widget_get_parent (chip)));
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double x,
                 double y,
                 RstAttachmentBar *self)
{
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  RstPrivateFiles *files = get_private_files (self);

  return files != NULL ? rst_attachment_provider_new (files, self->message, index_of_chip (chip))
                       : NULL;
}

static void
drag_begin_cb (GtkDragSource *source,
               GdkDrag *drag,
               gpointer user_data)
{
  GtkWidget *chip = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (chip);
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);

  gtk_drag_source_set_icon (source, still, 0, 0);
}

static void
add_drag_source (RstAttachmentBar *self,
                 GtkWidget *chip)
{
  GtkDragSource *source = gtk_drag_source_new ();

  /* Before the button sees the press, and takes it. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (drag_prepare_cb), self, 0);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), NULL);
  gtk_widget_add_controller (chip, GTK_EVENT_CONTROLLER (source));
}

static void
append_child (RstAttachmentBar *self,
              GtkWidget *child)
{
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow_box), child);
  /* The button inside takes the focus; the box's own child would be a second stop. */
  gtk_widget_set_focusable (gtk_widget_get_parent (child), FALSE);
}

static void
append_save_all_button (RstAttachmentBar *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Save A_ll…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "attachments.save-all");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  append_child (self, button);
}

static void
rst_attachment_bar_dispose (GObject *object)
{
  RstAttachmentBar *self = RST_ATTACHMENT_BAR (object);

  g_cancellable_cancel (self->cancellable);
  close_chooser (self);
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

  gtk_widget_class_install_action (widget_class, "attachments.copy-name", "u", copy_name_action);
  gtk_widget_class_install_action (widget_class, "attachments.open", "u", open_action);
  gtk_widget_class_install_action (widget_class, "attachments.preview", "u", preview_action);
  gtk_widget_class_install_action (widget_class, "attachments.save", "u", save_action);
  gtk_widget_class_install_action (widget_class, "attachments.save-all", NULL, save_all_action);

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
  close_chooser (self);

  while ((child = gtk_widget_get_first_child (self->flow_box)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow_box), child);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (message == NULL)
    return;

  attachments = rst_message_get_attachments (message);
  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);
      GtkWidget *chip =
          rst_attachment_chip_new (attachment, i, rst_preview_window_can_show (attachment));

      append_child (self, chip);
      add_drag_source (self, chip);
    }
  if (attachments->len > 1)
    append_save_all_button (self);
  gtk_widget_set_visible (GTK_WIDGET (self), attachments->len > 0);
}

void
rst_attachment_bar_save (RstAttachmentBar *self,
                         guint index,
                         GFile *file)
{
  g_return_if_fail (RST_IS_ATTACHMENT_BAR (self));
  g_return_if_fail (self->message != NULL);
  g_return_if_fail (index < rst_message_get_attachments (self->message)->len);
  g_return_if_fail (G_IS_FILE (file));

  start_saving (self, index, file);
}

void
rst_attachment_bar_save_all (RstAttachmentBar *self,
                             GFile *folder)
{
  g_return_if_fail (RST_IS_ATTACHMENT_BAR (self));
  g_return_if_fail (self->message != NULL);
  g_return_if_fail (G_IS_FILE (folder));

  start_saving (self, ALL, folder);
}
