/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-actions"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-message-selection.h"

static void
refresh_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  rst_window_refresh (user_data);
}

static void
load_rest_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  rst_window_load_rest (user_data);
}

static void
stop_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  RstWindow *self = user_data;

  rst_window_forget_due (self);
  rst_questions_dismiss (self->questions);
  rst_mailbox_stop (self->mailbox);
}

static void
delete_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  RstWindow *self = user_data;
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (self->message_list);

  rst_window_delete_items (self, items);
}

static void
save_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  RstWindow *self = user_data;
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (self->message_list);

  rst_window_choose_file (self, items);
}

static void
append_action (GSimpleAction *action,
               GVariant *parameter,
               gpointer user_data)
{
  RstWindow *self = user_data;
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (self->message_list);

  rst_window_choose_mbox (self, items);
}

static void
save_list_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  rst_window_choose_csv (user_data);
}

static void
print_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  rst_reader_print (RST_WINDOW (user_data)->reader);
}

static void
copy_text_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  rst_reader_copy_text (RST_WINDOW (user_data)->reader);
}

static void
open_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  RstWindow *self = user_data;
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (self->message_list);

  if (items->len == 1)
    rst_window_open_item (self, g_ptr_array_index (items, 0));
}

static void
view_source_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  rst_reader_view_source (RST_WINDOW (user_data)->reader);
}

static void
select_sender_action (GSimpleAction *action,
                      GVariant *parameter,
                      gpointer user_data)
{
  rst_message_list_select_sender (RST_WINDOW (user_data)->message_list);
}

static void
select_all_action (GSimpleAction *action,
                   GVariant *parameter,
                   gpointer user_data)
{
  rst_message_list_select_all (RST_WINDOW (user_data)->message_list);
}

static void
select_none_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  rst_message_list_select_none (RST_WINDOW (user_data)->message_list);
}

static void
account_settings_action (GSimpleAction *action,
                         GVariant *parameter,
                         gpointer user_data)
{
  RstWindow *self = user_data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  g_action_group_activate_action (G_ACTION_GROUP (application),
                                  "edit-account",
                                  g_variant_new_string (rst_window_get_account (self)->id));
}

static void
read_on_action (GSimpleAction *action,
                GVariant *parameter,
                gpointer user_data)
{
  rst_reader_page (RST_WINDOW (user_data)->reader, 1);
}

static void
read_back_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  rst_reader_page (RST_WINDOW (user_data)->reader, -1);
}

static void
certificate_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  rst_window_show_certificate (user_data);
}

static void
deleted_messages_action (GSimpleAction *action,
                         GVariant *parameter,
                         gpointer user_data)
{
  rst_window_show_deleted_messages (user_data);
}

static const GActionEntry entries[] = {
  { "deleted-messages", deleted_messages_action },
  { "refresh", refresh_action },
  { "load-rest", load_rest_action },
  { "stop", stop_action },
  { "delete", delete_action },
  { "save", save_action },
  { "append", append_action },
  { "save-list", save_list_action },
  { "print", print_action },
  { "copy-text", copy_text_action },
  { "open", open_action },
  { "view-source", view_source_action },
  { "select-sender", select_sender_action },
  { "select-all", select_all_action },
  { "select-none", select_none_action },
  { "account-settings", account_settings_action },
  { "certificate", certificate_action },
  { "read-on", read_on_action },
  { "read-back", read_back_action },
};

static void
set_enabled (RstWindow *self,
             const char *name,
             gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

void
rst_window_update_actions (RstWindow *self)
{
  RstAccount *account = rst_window_get_account (self);
  gboolean is_busy = self->mailbox != NULL && rst_mailbox_get_is_busy (self->mailbox);
  gboolean can_delete = self->mailbox == NULL || rst_mailbox_get_can_delete (self->mailbox);
  guint n_selected = rst_message_list_get_n_selected (self->message_list);
  gboolean has_message = rst_reader_get_message (self->reader) != NULL;

  set_enabled (self, "deleted-messages", account != NULL);
  set_enabled (self, "refresh", self->mailbox != NULL && !is_busy);
  set_enabled (self,
               "load-rest",
               self->mailbox != NULL && !is_busy &&
                   rst_index_get_n_not_loaded (rst_mailbox_get_index (self->mailbox)) > 0);
  set_enabled (self, "stop", is_busy);
  set_enabled (self, "delete", can_delete && rst_window_can_delete_selected (self));
  gtk_widget_set_tooltip_text (
      self->delete_button,
      can_delete ? _ ("Delete") : _ ("Read only: messages can be deleted in mbox files alone"));
  set_enabled (self, "save", n_selected > 0);
  set_enabled (self, "append", n_selected > 0);
  set_enabled (self, "save-list", self->mailbox != NULL);
  set_enabled (self, "open", n_selected == 1);
  set_enabled (self, "view-source", has_message);
  set_enabled (self, "print", has_message);
  set_enabled (self, "copy-text", has_message);
  set_enabled (self, "select-sender", n_selected > 0);
  /* The demo mailbox is not in accounts.ini. */
  set_enabled (self, "account-settings", account != NULL && account->state_folder == NULL);
}

void
rst_window_selection_changed_cb (RstWindow *self)
{
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (self->message_list);
  guint64 size = 0;

  for (guint i = 0; i < items->len; i++)
    size += rst_message_item_get_size (g_ptr_array_index (items, i));

  if (items->len == 0)
    rst_reader_show_nothing (self->reader);
  else if (items->len == 1)
    rst_reader_show_item (self->reader, g_ptr_array_index (items, 0));
  else
    rst_reader_show_several (self->reader, items->len, size);
  rst_window_update_actions (self);
}

void
rst_window_step_cb (RstWindow *self,
                    int step)
{
  GtkSelectionModel *selection = rst_message_list_get_selection (self->message_list);
  RstMessageItem *item =
      rst_message_selection_dup_neighbour (selection, rst_reader_get_item (self->reader), step);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (item == NULL)
    return;
  g_ptr_array_add (items, item);
  rst_message_list_select (self->message_list, items);
}

void
rst_window_add_actions (RstWindow *self)
{
  static const char *const keys[] = { "layout", "monospace", "sort-column", "sort-descending" };
  g_autoptr (GPropertyAction) search =
      g_property_action_new ("search", self->message_list, "search-mode");

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GAction) action = g_settings_create_action (self->settings, keys[i]);

      g_action_map_add_action (G_ACTION_MAP (self), action);
    }
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (search));
  g_signal_connect_object (self->reader,
                           "notify::has-message",
                           G_CALLBACK (rst_window_update_actions),
                           self,
                           G_CONNECT_SWAPPED);
  rst_window_update_actions (self);
}
