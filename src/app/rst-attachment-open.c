/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-attachment-open"

#include "config.h"

#include "rst-attachment-open.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mail/rst-file-risk.h"
#include "rst-main-thread.h"

/* What one opening takes through its steps: examine, ask, write, show. */
typedef struct
{
  GtkWindow *parent; /* a weak pointer */
  RstPrivateFiles *files;
  RstMessage *message;
  guint index;
  GBytes *content;
  RstFileRisk risk;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_weak_pointer (&opening->parent);
  rst_private_files_unref (opening->files);
  rst_message_unref (opening->message);
  g_clear_pointer (&opening->content, g_bytes_unref);
  g_free (opening);
}

static const RstAttachment *
get_attachment (Opening *opening)
{
  return g_ptr_array_index (rst_message_get_attachments (opening->message), opening->index);
}

static void
shown_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (gtk_show_uri_full_finish (opening->parent, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
write_worker (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  Opening *opening = task_data;
  GError *error = NULL;
  GFile *file = rst_private_files_write (
      opening->files, get_attachment (opening)->name, opening->content, &error);

  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;
  GError *error = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  file = g_task_propagate_pointer (G_TASK (result), &error);
  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* The window that it was asked from is closed. */
  if (opening->parent == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s",
                               g_strerror (ECANCELED));
      return;
    }

  uri = g_file_get_uri (file);
  gtk_show_uri_full (opening->parent,
                     uri,
                     GDK_CURRENT_TIME,
                     g_task_get_cancellable (task),
                     shown_cb,
                     g_object_ref (task));
}

/* The opening belongs to @task, which lives until its last step is done. */
static void
run_step (GTask *task,
          GTaskThreadFunc worker,
          GAsyncReadyCallback callback)
{
  g_autoptr (GTask) step =
      g_task_new (NULL, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_task_set_source_tag (step, run_step);
  g_task_set_task_data (step, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (step, worker);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_assert (RST_IS_MAIN_THREAD ());
  if (g_str_equal (response, "open"))
    run_step (task, write_worker, written_cb);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", g_strerror (ECANCELED));
}

static char *
describe_risk (Opening *opening)
{
  g_autofree char *content_type = NULL;
  g_autofree char *description = NULL;

  if (opening->risk == RST_FILE_RISK_PROGRAM)
    return g_strdup (_ ("This file may be a program, or hold one. Opening it can run what its "
                        "sender wrote, and that can do all that you can do here. Open it only if "
                        "you expected it and trust where it comes from."));

  content_type = rst_file_risk_dup_content_type (opening->content);
  description = g_content_type_get_description (content_type);
  /* Translators: %s is a kind of file: "PDF document" */
  return g_strdup_printf (_ ("This file is not what its name says: it holds something else (%s). "
                             "Open it only if you expected it and trust where it comes from."),
                          description);
}

static void
ask (GTask *task)
{
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *heading =
      g_strdup_printf (_ ("Open “%s”?"), get_attachment (opening)->name);
  g_autofree char *body = describe_risk (opening);
  AdwMessageDialog *dialog =
      ADW_MESSAGE_DIALOG (adw_message_dialog_new (opening->parent, heading, body));

  adw_message_dialog_add_responses (
      dialog, "cancel", _ ("_Cancel"), "open", _ ("_Open Anyway"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "open", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (answered_cb), g_object_ref (task));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
examine_worker (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  Opening *opening = task_data;

  opening->content = rst_message_dup_attachment_content (opening->message, opening->index);
  opening->risk = rst_file_risk_check (get_attachment (opening)->name, opening->content);
  g_task_return_boolean (task, TRUE);
}

static void
examined_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else if (opening->parent == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", g_strerror (ECANCELED));
  else if (opening->risk == RST_FILE_RISK_NONE)
    run_step (task, write_worker, written_cb);
  else
    ask (task);
}

void
rst_attachment_open_async (GtkWindow *parent,
                           RstPrivateFiles *files,
                           RstMessage *message,
                           guint index,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_set_weak_pointer (&opening->parent, parent);
  opening->files = rst_private_files_ref (files);
  opening->message = rst_message_ref (message);
  opening->index = index;
  g_task_set_source_tag (task, rst_attachment_open_async);
  g_task_set_task_data (task, opening, opening_free);
  run_step (task, examine_worker, examined_cb);
}

gboolean
rst_attachment_open_finish (GAsyncResult *result,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
