/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-delete"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-delete-dialog.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-message-window.h"

/* One delete, from the click to the toast: what was chosen, in which mailbox of which window, and
 * what the dialog said of copies. */
typedef struct
{
  GWeakRef window;
  RstMailbox *mailbox;
  GPtrArray *items;
  RstCopyPolicy described;
} Deletion;

static Deletion *
deletion_new (RstWindow *window,
              GPtrArray *items)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  g_weak_ref_init (&deletion->window, window);
  deletion->items = g_ptr_array_ref (items);
  deletion->mailbox = g_object_ref (window->mailbox);
  deletion->described = *rst_mailbox_get_copy_policy (window->mailbox);
  return deletion;
}

static void
deletion_free (Deletion *deletion)
{
  g_weak_ref_clear (&deletion->window);
  g_ptr_array_unref (deletion->items);
  g_object_unref (deletion->mailbox);
  g_free (deletion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
close_message_windows (RstWindow *self,
                       GPtrArray *items)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autolist (GtkWindow) windows = g_list_copy_deep (
      gtk_application_get_windows (application), (GCopyFunc)g_object_ref, NULL);

  for (GList *l = windows; l != NULL; l = l->next)
    if (RST_IS_MESSAGE_WINDOW (l->data) &&
        g_ptr_array_find (items, rst_message_window_get_item (l->data), NULL))
      gtk_window_destroy (l->data);
}

static void
show_deleted (RstWindow *self,
              GPtrArray *items)
{
  g_autofree char *count = rst_format_count (items->len);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%s message deleted", "%s messages deleted", items->len), count);

  close_message_windows (self, items);
  rst_window_show_deleted_toast (self, text);
}

/* What may be deleted without another question is what was chosen for this delete, and no other. */
static GPtrArray *
find_still_there (RstWindow *self,
                  GPtrArray *items)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) still_there = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->still_there->len; i++)
    g_hash_table_add (still_there, g_ptr_array_index (self->still_there, i));
  for (guint i = 0; i < items->len; i++)
    if (g_hash_table_contains (still_there, g_ptr_array_index (items, i)))
      g_ptr_array_add (found, g_object_ref (g_ptr_array_index (items, i)));
  return found;
}

static void
show_sync_error (RstWindow *self,
                 GPtrArray *items,
                 const GError *error)
{
  g_autofree char *there = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;
  RstNoticeAction action = { "delete-still-there", NULL };

  if (self->still_there == NULL)
    {
      rst_window_show_problem (self, error);
      return;
    }

  g_clear_pointer (&self->offered, g_ptr_array_unref);
  self->offered = find_still_there (self, items);
  there = rst_format_count (self->offered->len);
  /* Translators: why, and what the reload found: "3 gone, 1 new, 7 moved" */
  text = g_strdup_printf (
      _ ("%s The list was reloaded: %s."), error->message, self->reload_words);
  label = g_strdup_printf (ngettext ("_Delete the %s that is still there",
                                     "_Delete the %s that are still there",
                                     self->offered->len),
                           there);
  action.label = label;
  rst_notice_show (self->notice, text, self->offered->len > 0 ? &action : NULL, NULL);
}

static void
offer_without_copy (RstWindow *self,
                    GPtrArray *items,
                    const GError *error)
{
  const RstNoticeAction without = { "delete-without-copy", _ ("_Delete Without a Copy") };

  g_clear_pointer (&self->offered, g_ptr_array_unref);
  self->offered = g_ptr_array_ref (items);
  rst_notice_show (self->notice, error->message, &without, NULL);
}

static void
show_failure (RstWindow *self,
              GPtrArray *items,
              const GError *error)
{
  if (g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE))
    show_sync_error (self, items, error);
  else if (g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN))
    {
      rst_window_show_notice (self, error->message);
      rst_window_refresh (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
           g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED))
    rst_window_show_toast (self, _ ("Nothing was deleted"));
  else
    rst_window_show_problem (self, error);
}

static void
set_is_deleting (RstWindow *self,
                 GPtrArray *items,
                 gboolean is_deleting)
{
  for (guint i = 0; i < items->len; i++)
    if (is_deleting)
      g_hash_table_add (self->deleting, g_object_ref (g_ptr_array_index (items, i)));
    else
      g_hash_table_remove (self->deleting, g_ptr_array_index (items, i));
}

/* A second delete of what is being deleted would only find that it is gone. */
static GPtrArray *
dup_not_deleting (RstWindow *self,
                  GPtrArray *items)
{
  GPtrArray *rest = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    if (!g_hash_table_contains (self->deleting, g_ptr_array_index (items, i)))
      g_ptr_array_add (rest, g_object_ref (g_ptr_array_index (items, i)));
  return rest;
}

static void
deleted_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstWindow) self = g_weak_ref_get (&deletion->window);
  gboolean is_deleted =
      rst_mailbox_delete_finish (RST_MAILBOX (source), result, &receipt, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self != NULL)
    set_is_deleting (self, deletion->items, FALSE);
  if (self == NULL || self->mailbox != RST_MAILBOX (source))
    return;

  rst_window_update_actions (self);
  if (is_deleted)
    show_deleted (self, deletion->items);
  else if (receipt != NULL && receipt->lacks_copy)
    offer_without_copy (self, deletion->items, error);
  else
    show_failure (self, deletion->items, error);
}

void
rst_window_take_copy_policy (RstWindow *self)
{
  RstCopyPolicy policy;

  rst_copy_policy_init_from_settings (&policy, self->settings);
  rst_mailbox_set_copy_policy (self->mailbox, &policy);
}

/* One delete at a time can be offered; a button whose messages are forgotten would do nothing. */
static void
withdraw_offer (RstWindow *self)
{
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  if (rst_notice_has_action (self->notice, "delete-still-there") ||
      rst_notice_has_action (self->notice, "delete-without-copy"))
    rst_notice_dismiss (self->notice);
}

/* @described: (nullable): what the user was told of the copies; a setting that was changed since
 * does not undo that */
static void
start (RstWindow *self,
       GPtrArray *chosen,
       RstDeleteFlags flags,
       const RstCopyPolicy *described)
{
  g_autoptr (GPtrArray) items = dup_not_deleting (self, chosen);

  if (items->len == 0)
    return;

  rst_window_take_copy_policy (self);
  if (described != NULL)
    {
      RstCopyPolicy policy = *rst_mailbox_get_copy_policy (self->mailbox);

      policy.keep = described->keep;
      policy.max_size = described->max_size;
      rst_mailbox_set_copy_policy (self->mailbox, &policy);
    }
  withdraw_offer (self);
  set_is_deleting (self, items, TRUE);
  rst_mailbox_delete_async (self->mailbox,
                            items,
                            flags,
                            self->cancellable,
                            deleted_cb,
                            deletion_new (self, items));
  rst_window_update_actions (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  Deletion *deletion = user_data;
  g_autoptr (RstWindow) self = g_weak_ref_get (&deletion->window);

  /* While it asked, the window may have come to show another account. */
  if (g_str_equal (response, "delete") && self != NULL && self->mailbox == deletion->mailbox)
    start (self, deletion->items, RST_DELETE_DEFAULT, &deletion->described);
}

static void
deletion_closure_free (gpointer data,
                       GClosure *closure)
{
  deletion_free (data);
}

static void
ask (RstWindow *self,
     GPtrArray *items)
{
  GtkWidget *dialog;

  rst_window_take_copy_policy (self);
  if (!g_settings_get_boolean (self->settings, "confirm-delete") &&
      !rst_delete_dialog_is_needed (self->mailbox, items))
    {
      start (self, items, RST_DELETE_DEFAULT, NULL);
      return;
    }

  dialog = rst_delete_dialog_new (GTK_WINDOW (self), self->mailbox, items);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (response_cb),
                         deletion_new (self, items),
                         deletion_closure_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
has_placeholder (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (rst_message_item_get_state (g_ptr_array_index (items, i)) == RST_HEADER_PLACEHOLDER)
      return TRUE;
  return FALSE;
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (Deletion) deletion = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstWindow) self = g_weak_ref_get (&deletion->window);
  gboolean is_loaded = rst_mailbox_load_items_finish (RST_MAILBOX (source), result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->mailbox != RST_MAILBOX (source))
    return;

  if (!is_loaded)
    rst_window_show_problem (self, error);
  else if (has_placeholder (deletion->items))
    rst_window_show_notice (self,
                            _ ("Nothing was deleted: some of the messages could not be loaded, so "
                               "that they cannot be verified. Refresh, and choose again."));
  else
    ask (self, deletion->items);
}

void
rst_window_delete_items (RstWindow *self,
                         GPtrArray *chosen)
{
  g_autoptr (GPtrArray) items = dup_not_deleting (self, chosen);

  if (items->len == 0)
    return;
  if (!rst_mailbox_get_can_delete (self->mailbox))
    {
      rst_window_show_toast (self, _ ("Read only: messages can be deleted in mbox files alone"));
      return;
    }

  /* A row without headers cannot be named to the user, nor verified. */
  if (has_placeholder (items))
    rst_mailbox_load_items_async (
        self->mailbox, items, self->cancellable, loaded_cb, deletion_new (self, items));
  else
    ask (self, items);
}

gboolean
rst_window_can_delete_selected (RstWindow *self)
{
  guint n_selected = rst_message_list_get_n_selected (self->message_list);
  g_autoptr (GPtrArray) selected = NULL;
  g_autoptr (GPtrArray) rest = NULL;

  /* So most of the time nobody has to look at what may be a million. */
  if (n_selected == 0 || n_selected > g_hash_table_size (self->deleting))
    return n_selected > 0;

  selected = rst_message_list_dup_selected (self->message_list);
  rest = dup_not_deleting (self, selected);
  return rest->len > 0;
}

void
rst_window_delete_still_there (RstWindow *self)
{
  g_autoptr (GPtrArray) items = g_steal_pointer (&self->offered);

  if (items != NULL)
    start (self, items, RST_DELETE_DEFAULT, NULL);
}

void
rst_window_delete_without_copy (RstWindow *self)
{
  g_autoptr (GPtrArray) items = g_steal_pointer (&self->offered);

  if (items != NULL)
    start (self, items, RST_DELETE_NO_COPY, NULL);
}

void
rst_window_forget_reload (RstWindow *self)
{
  g_clear_handle_id (&self->reload_source, g_source_remove);
  g_clear_pointer (&self->still_there, g_ptr_array_unref);
  g_clear_pointer (&self->reload_words, g_free);
}

static gboolean
forget_reload_cb (gpointer user_data)
{
  RstWindow *self = user_data;

  self->reload_source = 0;
  rst_window_forget_reload (self);
  return G_SOURCE_REMOVE;
}

/* The operation that reloaded ends in this same turn of the main loop. What was found is kept for
 * no longer: it may be a read's or a save's, and is then nothing to a delete that fails later. */
static void
remember_reload (RstWindow *self,
                 const RstSyncReport *report,
                 GPtrArray *still_there)
{
  rst_window_forget_reload (self);
  self->still_there = g_ptr_array_copy (still_there, (GCopyFunc)g_object_ref, NULL);
  g_ptr_array_set_free_func (self->still_there, g_object_unref);
  self->reload_words = rst_sync_report_to_string (report);
  self->reload_source = g_idle_add_full (G_PRIORITY_HIGH, forget_reload_cb, self, NULL);
}

void
rst_window_reloaded_cb (RstWindow *self,
                        const RstSyncReport *report,
                        GPtrArray *still_there)
{
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  remember_reload (self, report, still_there);
  /* Whoever asked for what the user has just deleted finds that out for itself. */
  if (rst_sync_report_is_in_sync (report) && report->n_new == 0)
    return;
  if (rst_mailbox_get_file (self->mailbox) != NULL)
    /* Translators: what a reload found: "3 gone, 1 new, 7 moved" */
    text = g_strdup_printf (_ ("The file has changed, and the list was reloaded: %s."),
                            self->reload_words);
  else
    /* Translators: what a reload found: "3 gone, 1 new, 7 moved" */
    text = g_strdup_printf (
        _ ("The mailbox has changed on the server, and the list was reloaded: %s."),
        self->reload_words);
  rst_window_show_notice (self, text);
}

gboolean
rst_window_has_work (RstWindow *self)
{
  g_return_val_if_fail (RST_IS_WINDOW (self), FALSE);

  return g_hash_table_size (self->deleting) > 0 || self->n_saving > 0;
}
