/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-operations"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-message-window.h"
#include "rst-weak-ref.h"

static void
refreshed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (RstWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  RstSyncReport report = { 0 };
  gboolean is_done =
      rst_mailbox_refresh_finish (RST_MAILBOX (source), result, &report, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->mailbox != RST_MAILBOX (source))
    return;

  if (!is_done)
    rst_window_show_load_problem (self, error);
  else if (report.n_gone > 0 || (report.n_new > 0 && report.n_kept + report.n_moved > 0))
    {
      g_autofree char *words = rst_sync_report_to_string (&report);
      rst_window_show_toast (self, words);
    }
  rst_window_update_content (self);
}

void
rst_window_refresh (RstWindow *self)
{
  self->has_failed = FALSE;
  rst_mailbox_refresh_async (
      self->mailbox, self->cancellable, refreshed_cb, rst_weak_ref_new (self));
}

static void
opened_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (RstWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_open = rst_mailbox_open_finish (RST_MAILBOX (source), result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (!is_open && self != NULL && self->mailbox == RST_MAILBOX (source))
    rst_window_show_problem (self, error);
}

void
rst_window_open (RstWindow *self)
{
  rst_mailbox_open_async (self->mailbox, self->cancellable, opened_cb, rst_weak_ref_new (self));
  /* It waits for its turn in the mailbox's queue. */
  rst_window_refresh (self);
}

static void
items_loaded_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  g_autoptr (RstWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (!rst_mailbox_load_items_finish (RST_MAILBOX (source), result, &error) && self != NULL &&
      self->mailbox == RST_MAILBOX (source))
    rst_window_show_problem (self, error);
}

void
rst_window_load_items (RstWindow *self,
                       GPtrArray *items)
{
  /* What is loading now may well be these; if not, the next scroll asks again. */
  if (rst_mailbox_get_is_busy (self->mailbox))
    return;

  rst_mailbox_load_items_async (
      self->mailbox, items, self->cancellable, items_loaded_cb, rst_weak_ref_new (self));
}

static void
rest_loaded_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (RstWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_done = rst_mailbox_load_items_finish (RST_MAILBOX (source), result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (!is_done && self != NULL && self->mailbox == RST_MAILBOX (source))
    rst_window_show_load_problem (self, error);
}

void
rst_window_load_rest (RstWindow *self)
{
  g_autoptr (GPtrArray) all = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  g_autoptr (GPtrArray) rest = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (rst_message_item_get_state (g_ptr_array_index (all, i)) == RST_HEADER_PLACEHOLDER)
      g_ptr_array_add (rest, g_object_ref (g_ptr_array_index (all, i)));

  rst_notice_dismiss (self->notice);
  rst_mailbox_load_items_async (
      self->mailbox, rest, self->cancellable, rest_loaded_cb, rst_weak_ref_new (self));
}

static void
delete_open_message_cb (RstWindow *self,
                        RstMessageWindow *window)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (rst_message_window_get_item (window)));
  gtk_window_present (GTK_WINDOW (self));
  rst_window_delete_items (self, items);
}

static void
save_open_message_cb (RstWindow *self,
                      RstMessageWindow *window)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (rst_message_window_get_item (window)));
  rst_window_choose_file (self, items);
}

void
rst_window_open_item (RstWindow *self,
                      RstMessageItem *item)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean is_shown = rst_reader_get_item (self->reader) == item;
  GtkWidget *window = rst_message_window_new (application,
                                              self->mailbox,
                                              item,
                                              is_shown ? rst_reader_get_message (self->reader)
                                                       : NULL);

  g_signal_connect_object (
      window, "delete", G_CALLBACK (delete_open_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      window, "save", G_CALLBACK (save_open_message_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  g_settings_bind (self->settings,
                   "monospace",
                   rst_message_window_get_reader (RST_MESSAGE_WINDOW (window)),
                   "monospace",
                   G_SETTINGS_BIND_GET);
  gtk_window_present (GTK_WINDOW (window));
}

/* The mailbox appends to an mbox file; the file chooser has asked whether to replace what is there.
 * So the messages go into a new file first, which then takes the old one's place. */
typedef struct
{
  gpointer window; /* a weak reference */
  GFile *part;
  GFile *file;
  guint n_messages;
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_object_unref (job->part);
  g_object_unref (job->file);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SaveJob, save_job_free)

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (SaveJob) job = user_data;
  g_autoptr (RstWindow) self = rst_weak_ref_take (job->window);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (job->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *count = rst_format_count (job->n_messages);
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (!rst_mailbox_save_finish (RST_MAILBOX (source), result, &error) ||
      !g_file_move (job->part, job->file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error))
    g_file_delete (job->part, NULL, NULL);
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

void
rst_window_save_items (RstWindow *self,
                       GPtrArray *items,
                       GFile *file)
{
  g_autoptr (GFile) folder = NULL;
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".restante-%s.part", random);
  SaveJob *job;

  g_return_if_fail (RST_IS_WINDOW (self));
  g_return_if_fail (items != NULL && items->len > 0);
  g_return_if_fail (G_IS_FILE (file));

  folder = g_file_get_parent (file);
  job = g_new (SaveJob, 1);
  *job = (SaveJob){
    .window = rst_weak_ref_new (self),
    .part = g_file_get_child (folder, name),
    .file = g_object_ref (file),
    .n_messages = items->len,
  };
  rst_mailbox_save_async (self->mailbox, items, job->part, self->cancellable, saved_cb, job);
}

typedef struct
{
  RstWindow *window;
  GPtrArray *items;
} Choice;

static void
choice_free (gpointer data,
             GClosure *closure)
{
  Choice *choice = data;

  g_ptr_array_unref (choice->items);
  g_free (choice);
}

static void
file_chosen_cb (GtkNativeDialog *chooser,
                int response,
                gpointer user_data)
{
  Choice *choice = user_data;
  RstWindow *self = choice->window;
  g_autoptr (GPtrArray) items = g_ptr_array_ref (choice->items);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  g_clear_object (&self->chooser);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    rst_window_save_items (self, items, file);
}

static char *
suggest_name (GPtrArray *items)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (items, 0));
  g_autofree char *name = NULL;

  if (items->len == 1 && envelope != NULL && envelope->subject[0] != '\0')
    name = g_utf8_substring (envelope->subject, 0, MIN (g_utf8_strlen (envelope->subject, -1), 60));
  else
    /* Translators: suggested name of a file with saved messages */
    name = g_strdup (ngettext ("message", "messages", items->len));
  g_strdelimit (name, "/\\:*?\"<>|", '_');
  if (name[0] == '.')
    name[0] = '_';
  return g_strconcat (name, ".mbox", NULL);
}

void
rst_window_choose_file (RstWindow *self,
                        GPtrArray *items)
{
  g_autofree char *name = NULL;
  Choice *choice;

  if (self->chooser != NULL || items->len == 0)
    return;

  name = suggest_name (items);
  self->chooser = gtk_file_chooser_native_new (
      ngettext ("Save Message", "Save Messages", items->len),
      GTK_WINDOW (self),
      GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Save"),
      _ ("_Cancel"));
  choice = g_new (Choice, 1);
  *choice = (Choice){ self, g_ptr_array_ref (items) };
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect_data (
      self->chooser, "response", G_CALLBACK (file_chosen_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
