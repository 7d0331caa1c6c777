/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-print"

#include "config.h"

#include "rst-print.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mail/rst-message-document.h"
#include "rst-main-thread.h"
#include "rst-print-layout.h"
#include "rst-weak-ref.h"

#define MARGIN_MM 20.0

/* A thousand pages and more. */
#define MAX_LENGTH (4 * 1024 * 1024)
#define MAX_RUNS 200000

/* What one operation prints; it is the operation's. */
typedef struct
{
  RstEnvelope *envelope;
  RstDocument *document;
  RstPrintLayout *layout;
} Printing;

static void
printing_free (gpointer data,
               GClosure *closure)
{
  Printing *printing = data;

  g_clear_pointer (&printing->layout, rst_print_layout_free);
  rst_document_unref (printing->document);
  rst_envelope_unref (printing->envelope);
  g_free (printing);
}

static void
begin_print_cb (GtkPrintOperation *operation,
                GtkPrintContext *context,
                gpointer user_data)
{
  Printing *printing = user_data;

  g_clear_pointer (&printing->layout, rst_print_layout_free);
  printing->layout = rst_print_layout_new (context, printing->envelope, printing->document);
}

static gboolean
paginate_cb (GtkPrintOperation *operation,
             GtkPrintContext *context,
             gpointer user_data)
{
  Printing *printing = user_data;

  if (!rst_print_layout_continue (printing->layout))
    return FALSE;

  gtk_print_operation_set_n_pages (operation,
                                   (int)rst_print_layout_get_n_pages (printing->layout));
  return TRUE;
}

static void
draw_page_cb (GtkPrintOperation *operation,
              GtkPrintContext *context,
              int page,
              gpointer user_data)
{
  Printing *printing = user_data;

  rst_print_layout_draw (printing->layout, context, (guint)page);
}

GtkPrintOperation *
rst_print_new (RstEnvelope *envelope,
               RstDocument *document)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) page_setup = gtk_page_setup_new ();
  Printing *printing = g_new0 (Printing, 1);

  printing->envelope = rst_envelope_ref (envelope);
  printing->document = rst_document_ref (document);
  gtk_page_setup_set_top_margin (page_setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_bottom_margin (page_setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_left_margin (page_setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_page_setup_set_right_margin (page_setup, MARGIN_MM, GTK_UNIT_MM);
  gtk_print_operation_set_default_page_setup (operation, page_setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (
      operation, envelope->subject[0] != '\0' ? envelope->subject : _ ("(no subject)"));

  /* The first of the handlers owns what they share; the operation drops all of them at once. */
  g_signal_connect_data (
      operation, "begin-print", G_CALLBACK (begin_print_cb), printing, printing_free, 0);
  g_signal_connect (operation, "paginate", G_CALLBACK (paginate_cb), printing);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), printing);
  return operation;
}

static void
show_problem (GtkWindow *parent,
              const GError *error)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Printing Failed"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
done_cb (GtkPrintOperation *operation,
         GtkPrintOperationResult result,
         gpointer user_data)
{
  GtkWindow *parent = user_data;
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  show_problem (parent, error);
}

static void
start (GtkWindow *parent,
       RstMessage *message,
       RstDocument *document)
{
  g_autoptr (GtkPrintOperation) operation =
      rst_print_new (rst_message_get_envelope (message), document);

  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_set_show_progress (operation, TRUE);
  g_signal_connect_object (operation, "done", G_CALLBACK (done_cb), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

static void
made_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GtkWindow) parent = rst_weak_ref_take (user_data);
  g_autoptr (RstDocument) document = g_task_propagate_pointer (G_TASK (result), NULL);

  g_assert (RST_IS_MAIN_THREAD ());
  if (parent != NULL && document != NULL)
    start (parent, g_task_get_task_data (G_TASK (result)), document);
}

static void
make_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  const RstDocumentOptions options = {
    .show = RST_SHOW_PLAIN,
    .max_length = MAX_LENGTH,
    .max_runs = MAX_RUNS,
  };

  g_task_return_pointer (task,
                         rst_message_make_document (task_data, &options),
                         (GDestroyNotify)rst_document_unref);
}

void
rst_print_message (GtkWindow *parent,
                   RstMessage *message,
                   RstDocument *document)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (message != NULL);

  if (document != NULL)
    {
      start (parent, message, document);
      return;
    }
  task = g_task_new (NULL, NULL, made_cb, rst_weak_ref_new (parent));
  g_task_set_source_tag (task, rst_print_message);
  g_task_set_task_data (task, rst_message_ref (message), (GDestroyNotify)rst_message_unref);
  g_task_run_in_thread (task, make_worker);
}
