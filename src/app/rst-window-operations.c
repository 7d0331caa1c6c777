/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-operations"

#include "config.h"

#include "rst-window-private.h"

#include "rst-main-thread.h"
#include "rst-message-selection.h"
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
    {
      rst_window_forget_due (self);
      rst_window_show_load_problem (self, error);
    }
  else if (report.n_gone > 0 || (report.n_new > 0 && report.n_kept + report.n_moved > 0))
    {
      g_autofree char *words = rst_sync_report_to_string (&report);
      rst_window_show_toast (self, words);
    }
  if (is_done)
    rst_window_warn_of_certificate (self);
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
  rst_window_take_copy_policy (self);
  /* A mailbox that was watched in the background has its list. */
  if (rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)) == 0)
    rst_mailbox_open_async (
        self->mailbox, self->cancellable, opened_cb, rst_weak_ref_new (self));
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
  if (rst_mailbox_load_items_finish (RST_MAILBOX (source), result, &error) || self == NULL ||
      self->mailbox != RST_MAILBOX (source))
    return;

  rst_window_forget_due (self);
  rst_window_show_problem (self, error);
}

void
rst_window_load_items (RstWindow *self,
                       GPtrArray *items)
{
  /* What is loading now may well be these; what is left in sight then is asked for again. */
  self->is_load_due = rst_mailbox_get_is_busy (self->mailbox);
  if (self->is_load_due)
    return;

  rst_mailbox_load_items_async (
      self->mailbox, items, self->cancellable, items_loaded_cb, rst_weak_ref_new (self));
}

void
rst_window_load_due (RstWindow *self)
{
  if (self->is_load_due && !rst_mailbox_get_is_busy (self->mailbox))
    {
      self->is_load_due = FALSE;
      rst_message_list_look_again (self->message_list);
    }
}

/* What the server, the network or the user did not grant just now is not asked for again unless the
 * user does something. */
void
rst_window_forget_due (RstWindow *self)
{
  self->is_load_due = FALSE;
  rst_message_list_stop_looking (self->message_list);
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
  if (is_done || self == NULL || self->mailbox != RST_MAILBOX (source))
    return;

  rst_window_forget_due (self);
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

static void
step_open_message_cb (RstWindow *self,
                      int step,
                      RstMessageWindow *window)
{
  g_autoptr (RstMessageItem) item =
      rst_message_selection_dup_neighbour (rst_message_list_get_selection (self->message_list),
                                           rst_message_window_get_item (window), step);

  if (item != NULL)
    rst_message_window_show_item (window, item);
}

void
rst_window_close_message_windows (RstWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autolist (GtkWindow) windows = NULL;

  /* A window that is destroyed has taken them with it. */
  if (application == NULL)
    return;

  windows = g_list_copy_deep (
      gtk_application_get_windows (application), (GCopyFunc)g_object_ref, NULL);
  for (GList *l = windows; l != NULL; l = l->next)
    if (RST_IS_MESSAGE_WINDOW (l->data) &&
        rst_message_window_get_mailbox (l->data) == self->mailbox)
      gtk_window_destroy (l->data);
}

void
rst_window_open_item (RstWindow *self,
                      RstMessageItem *item)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean is_shown = rst_reader_get_item (self->reader) == item &&
                      !rst_reader_get_is_cut (self->reader);
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
  rst_reader_bind_settings (rst_message_window_get_reader (RST_MESSAGE_WINDOW (window)),
                            self->settings);
  g_signal_connect_object (
      window, "step", G_CALLBACK (step_open_message_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}
