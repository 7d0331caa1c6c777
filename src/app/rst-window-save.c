/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-save"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mail/rst-file-name.h"
#include "mailbox/rst-list-csv.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* Of a suggested name, without the extension. */
#define MAX_NAME_CHARACTERS 60

typedef struct
{
  gpointer window; /* a weak reference */
  GFile *file;
  guint n_messages;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_object_unref (job->file);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveJob, save_job_free)

static char *
dup_shown_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return g_filename_display_name (name);
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (SaveJob) job = user_data;
  g_autoptr (RstWindow) self = rst_weak_ref_take (job->window);
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = dup_shown_name (job->file);
  g_autofree char *count = rst_format_count (job->n_messages);
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  rst_mailbox_save_finish (RST_MAILBOX (source), result, &error);
  if (self != NULL)
    self->n_saving--;
  if (self == NULL || self->mailbox != RST_MAILBOX (source))
    return;

  if (error == NULL)
    {
      text = g_strdup_printf (ngettext ("%s message saved to “%s”",
                                        "%s messages saved to “%s”",
                                        job->n_messages),
                              count,
                              shown);
      rst_window_show_toast (self, text);
    }
  else
    rst_window_show_problem (self, error);
}

static SaveJob *
create_job (RstWindow *self,
            GFile *file,
            guint n_messages)
{
  SaveJob *job = g_new (SaveJob, 1);

  *job = (SaveJob){ rst_weak_ref_new (self), g_object_ref (file), n_messages };
  self->n_saving++;
  return job;
}

/* The file chooser has asked whether to replace what is there. */
void
rst_window_save_items (RstWindow *self,
                       GPtrArray *items,
                       GFile *file)
{
  g_return_if_fail (RST_IS_WINDOW (self));
  g_return_if_fail (items != NULL && items->len > 0);
  g_return_if_fail (G_IS_FILE (file));

  rst_mailbox_replace_async (self->mailbox,
                             items,
                             file,
                             self->cancellable,
                             saved_cb,
                             create_job (self, file, items->len));
}

void
rst_window_append_items (RstWindow *self,
                         GPtrArray *items,
                         GFile *file)
{
  g_return_if_fail (RST_IS_WINDOW (self));
  g_return_if_fail (items != NULL && items->len > 0);
  g_return_if_fail (G_IS_FILE (file));

  rst_mailbox_save_async (self->mailbox,
                          items,
                          file,
                          self->cancellable,
                          saved_cb,
                          create_job (self, file, items->len));
}

static void
list_saved_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (SaveJob) job = user_data;
  g_autoptr (RstWindow) self = rst_weak_ref_take (job->window);
  g_autofree char *shown = dup_shown_name (job->file);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (self != NULL)
    self->n_saving--;
  if (rst_list_csv_save_finish (G_LIST_MODEL (source), result, &error))
    /* Translators: the list of messages, as a table */
    text = g_strdup_printf (_ ("The list was saved to “%s”"), shown);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup_printf (_ ("“%s” was not saved: %s"), shown, error->message);
  if (self != NULL && text != NULL)
    rst_window_show_toast (self, text);
}

void
rst_window_save_list (RstWindow *self,
                      GFile *file)
{
  g_return_if_fail (RST_IS_WINDOW (self));
  g_return_if_fail (RST_IS_MAILBOX (self->mailbox));
  g_return_if_fail (G_IS_FILE (file));

  rst_list_csv_save_async (G_LIST_MODEL (rst_mailbox_get_index (self->mailbox)),
                           file,
                           self->cancellable,
                           list_saved_cb,
                           create_job (self, file, 0));
}

/* What a file is chosen for. */
typedef struct
{
  RstWindow *window;
  GPtrArray *items;
  gboolean is_append;
} Choice;

static void
choice_free (gpointer data,
             GClosure *closure)
{
  Choice *choice = data;

  g_clear_pointer (&choice->items, g_ptr_array_unref);
  g_free (choice);
}

static void
file_chosen_cb (GtkNativeDialog *chooser,
                int response,
                gpointer user_data)
{
  Choice *choice = user_data;
  RstWindow *self = choice->window;
  g_autoptr (GPtrArray) items = choice->items != NULL ? g_ptr_array_ref (choice->items) : NULL;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  gboolean is_append = choice->is_append;

  /* The choice goes with it. */
  g_clear_object (&self->chooser);
  if (response != GTK_RESPONSE_ACCEPT || file == NULL)
    return;

  if (items == NULL)
    rst_window_save_list (self, file);
  else if (is_append)
    rst_window_append_items (self, items, file);
  else
    rst_window_save_items (self, items, file);
}

/* While it is shown it lives on without the window's reference, and its answer would come to a
 * window that is gone, or that shows another mailbox. */
void
rst_window_close_chooser (RstWindow *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
}

static void
show_chooser (RstWindow *self,
              const char *title,
              const char *name,
              GPtrArray *items)
{
  Choice *choice = g_new (Choice, 1);
  GtkFileChooserAction action =
      name != NULL ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN;

  self->chooser = gtk_file_chooser_native_new (title,
                                               GTK_WINDOW (self),
                                               action,
                                               name != NULL ? _ ("_Save") : _ ("_Append"),
                                               _ ("_Cancel"));
  *choice = (Choice){ self, items != NULL ? g_ptr_array_ref (items) : NULL, name == NULL };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_data (
      self->chooser, "response", G_CALLBACK (file_chosen_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static char *
suggest_name (GPtrArray *items)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (items, 0));
  const char *subject = envelope != NULL ? envelope->subject : "";
  g_autofree char *safe = NULL;
  g_autofree char *name = NULL;

  if (items->len > 1 || subject[0] == '\0')
    /* Translators: suggested name of a file with saved messages */
    return g_strconcat (
        ngettext ("message", "messages", items->len), items->len > 1 ? ".mbox" : ".eml", NULL);

  safe = rst_file_name_make_safe (subject, "message/rfc822");
  name = g_utf8_substring (safe, 0, MIN (g_utf8_strlen (safe, -1), MAX_NAME_CHARACTERS));
  return g_strconcat (g_strchomp (name), ".eml", NULL);
}

void
rst_window_choose_file (RstWindow *self,
                        GPtrArray *items)
{
  g_autofree char *name = NULL;

  if (self->chooser != NULL || items->len == 0)
    return;

  name = suggest_name (items);
  show_chooser (self, ngettext ("Save Message", "Save Messages", items->len), name, items);
}

void
rst_window_choose_mbox (RstWindow *self,
                        GPtrArray *items)
{
  if (self->chooser == NULL && items->len > 0)
    show_chooser (self, _ ("Append to a Mail File"), NULL, items);
}

void
rst_window_choose_csv (RstWindow *self)
{
  g_autofree char *name = NULL;

  if (self->chooser != NULL)
    return;

  /* Translators: suggested name of a file with the list of messages */
  name = g_strconcat (_ ("list"), ".csv", NULL);
  show_chooser (self, _ ("Save List"), name, NULL);
}
