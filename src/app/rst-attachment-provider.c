/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-attachment-provider"

#include "config.h"

#include "rst-attachment-provider.h"

#include <string.h>

#define URI_LIST "text/uri-list"

struct _RstAttachmentProvider
{
  GdkContentProvider parent_instance;

  RstPrivateFiles *files;
  RstMessage *message;
  GFile *file; /* what was written; used by one worker at a time */
  guint index;
  GMutex mutex;
};

G_DEFINE_FINAL_TYPE (
    RstAttachmentProvider, rst_attachment_provider, GDK_TYPE_CONTENT_PROVIDER)

static GFile *
ref_file (RstAttachmentProvider *self,
          GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *attachments = rst_message_get_attachments (self->message);
  RstAttachment *attachment = g_ptr_array_index (attachments, self->index);

  if (self->file == NULL)
    {
      g_autoptr (GBytes) content = rst_message_dup_attachment_content (self->message, self->index);

      self->file = rst_private_files_write (self->files, attachment->name, content, error);
    }
  return self->file != NULL ? g_object_ref (self->file) : NULL;
}

static void
write_worker (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  GOutputStream *stream = task_data;
  GError *error = NULL;
  g_autoptr (GFile) file = ref_file (source_object, &error);
  g_autofree char *uri = NULL;
  g_autofree char *list = NULL;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  uri = g_file_get_uri (file);
  list = g_strconcat (uri, "\r\n", NULL);
  if (g_output_stream_write_all (stream, list, strlen (list), NULL, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
rst_attachment_provider_write_mime_type_async (GdkContentProvider *provider,
                                               const char *mime_type,
                                               GOutputStream *stream,
                                               int io_priority,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_attachment_provider_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  g_task_run_in_thread (task, write_worker);
}

static gboolean
rst_attachment_provider_write_mime_type_finish (GdkContentProvider *provider,
                                                GAsyncResult *result,
                                                GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GdkContentFormats *
rst_attachment_provider_ref_formats (GdkContentProvider *provider)
{
  const char *mime_type = URI_LIST;

  return gdk_content_formats_new (&mime_type, 1);
}

static void
rst_attachment_provider_finalize (GObject *object)
{
  RstAttachmentProvider *self = RST_ATTACHMENT_PROVIDER (object);

  rst_private_files_unref (self->files);
  rst_message_unref (self->message);
  g_clear_object (&self->file);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (rst_attachment_provider_parent_class)->finalize (object);
}

static void
rst_attachment_provider_class_init (RstAttachmentProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rst_attachment_provider_finalize;
  provider_class->ref_formats = rst_attachment_provider_ref_formats;
  provider_class->write_mime_type_async = rst_attachment_provider_write_mime_type_async;
  provider_class->write_mime_type_finish = rst_attachment_provider_write_mime_type_finish;
}

static void
rst_attachment_provider_init (RstAttachmentProvider *self)
{
  g_mutex_init (&self->mutex);
}

GdkContentProvider *
rst_attachment_provider_new (RstPrivateFiles *files,
                             RstMessage *message,
                             guint index)
{
  RstAttachmentProvider *self = g_object_new (RST_TYPE_ATTACHMENT_PROVIDER, NULL);

  self->files = rst_private_files_ref (files);
  self->message = rst_message_ref (message);
  self->index = index;
  return GDK_CONTENT_PROVIDER (self);
}
