/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-window"

#include "config.h"

#include "rst-deleted-window-private.h"

#include <glib/gi18n.h>

#include "rst-deleted-columns.h"
#include "rst-deleted-save.h"
#include "rst-main-thread.h"
#include "rst-message-window.h"
#include "rst-weak-ref.h"

G_DEFINE_FINAL_TYPE (RstDeletedWindow, rst_deleted_window, ADW_TYPE_WINDOW)

static gboolean
filter_cb (gpointer item,
           gpointer user_data)
{
  RstDeletedWindow *self = user_data;
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  if (self->needle == NULL || self->needle[0] == '\0')
    return TRUE;
  return envelope != NULL &&
         strstr (rst_envelope_get_key (envelope, RST_ENVELOPE_KEY_SEARCH), self->needle) != NULL;
}

static void
update_page (RstDeletedWindow *self)
{
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->items)) == 0;

  if (is_empty)
    {
      adw_status_page_set_title (self->page, self->is_loaded ? _ ("Nothing Was Deleted") : "");
      adw_status_page_set_description (
          self->page,
          self->is_loaded ? _ ("What is deleted from this account will be listed here.") : NULL);
    }
  else
    adw_status_page_set_title (self->page, _ ("No Message Found"));
  gtk_stack_set_visible_child_name (
      self->stack,
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0 ? "empty" : "list");
}

GPtrArray *
rst_deleted_window_dup_selected (RstDeletedWindow *self)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (self->selection);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  GtkBitsetIter iter;
  guint position;

  for (gboolean has_one = gtk_bitset_iter_init_first (&iter, selected, &position); has_one;
       has_one = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (self->selection), position));
  return items;
}

/* Of what is selected, that of which there is a copy. */
static GPtrArray *
dup_copies (RstDeletedWindow *self)
{
  GPtrArray *items = rst_deleted_window_dup_selected (self);

  for (guint i = items->len; i > 0; i--)
    if (!rst_deleted_item_get_has_copy (g_ptr_array_index (items, i - 1)))
      g_ptr_array_remove_index (items, i - 1);
  return items;
}

static void
update_selection (RstDeletedWindow *self)
{
  g_autoptr (GPtrArray) selected = rst_deleted_window_dup_selected (self);
  g_autoptr (GPtrArray) items = dup_copies (self);

  rst_deleted_details_show (self->details, selected);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deleted.open", items->len == 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deleted.save", items->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deleted.remove", items->len > 0);
}

void
rst_deleted_window_update (RstDeletedWindow *self)
{
  update_page (self);
  update_selection (self);
}

static void
search_changed_cb (RstDeletedWindow *self)
{
  g_free (self->needle);
  self->needle = rst_envelope_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  /* What is not found is no longer selected. */
  rst_deleted_window_update (self);
}

void
rst_deleted_window_show_toast (RstDeletedWindow *self,
                               const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
}

typedef struct
{
  gpointer window; /* a weak reference */
  RstDeletedItem *item;
} Opening;

/* What a worker makes a message of. */
typedef struct
{
  GBytes *bytes;
  char *fallback;
} Parsing;

static void
parsing_free (Parsing *parsing)
{
  g_bytes_unref (parsing->bytes);
  g_free (parsing->fallback);
  g_free (parsing);
}

/* The copy that a window shows: it may outlive the list, and what is selected there. */
typedef struct
{
  RstAccount *account;
  RstDeletedItem *item;
} Copy;

static void
copy_free (gpointer data,
           GClosure *closure)
{
  Copy *copy = data;

  rst_account_unref (copy->account);
  g_object_unref (copy->item);
  g_free (copy);
}

static void
save_copy_cb (RstMessageWindow *window,
              gpointer user_data)
{
  Copy *copy = user_data;
  GtkWidget *reader = GTK_WIDGET (rst_message_window_get_reader (window));
  GtkWidget *overlay = gtk_widget_get_ancestor (reader, ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (copy->item));
  rst_deleted_save_choose (ADW_TOAST_OVERLAY (overlay), copy->account, items);
}

static void
show_message (RstDeletedWindow *self,
              RstDeletedItem *deleted,
              RstMessage *message)
{
  RstAccount *account = rst_mailbox_get_account (self->mailbox);
  g_autoptr (RstMessageItem) item =
      rst_message_item_new (rst_deleted_item_get_header (deleted), TRUE);
  GtkWidget *window = rst_message_window_new (
      gtk_window_get_application (GTK_WINDOW (self)), self->mailbox, item, message);
  Copy *copy = g_new (Copy, 1);

  /* What is gone from the server cannot be deleted there. */
  gtk_widget_action_set_enabled (window, "win.delete", FALSE);
  *copy = (Copy){ rst_account_ref (account), g_object_ref (deleted) };
  g_signal_connect_data (window, "save", G_CALLBACK (save_copy_cb), copy, copy_free, 0);
  rst_reader_bind_settings (rst_message_window_get_reader (RST_MESSAGE_WINDOW (window)),
                            self->settings);
  gtk_window_present (GTK_WINDOW (window));
}

static void
parsed_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autofree Opening *opening = user_data;
  g_autoptr (RstDeletedWindow) self = rst_weak_ref_take (opening->window);
  g_autoptr (RstDeletedItem) item = opening->item;
  g_autoptr (RstMessage) message = g_task_propagate_pointer (G_TASK (result), NULL);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self != NULL && self->mailbox != NULL)
    show_message (self, item, message);
}

static void
parse_thread (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  const Parsing *parsing = task_data;

  g_task_return_pointer (task,
                         rst_message_new (parsing->bytes, parsing->fallback),
                         (GDestroyNotify)rst_message_unref);
}

static void
parse_copy (RstDeletedWindow *self,
            RstDeletedItem *item,
            GBytes *bytes)
{
  RstAccount *account = rst_mailbox_get_account (self->mailbox);
  Opening *opening = g_new (Opening, 1);
  Parsing *parsing = g_new (Parsing, 1);
  g_autoptr (GTask) task = NULL;

  *opening = (Opening){ rst_weak_ref_new (self), g_object_ref (item) };
  *parsing = (Parsing){ g_bytes_ref (bytes), g_strdup (account->fetch_encoding) };
  task = g_task_new (NULL, NULL, parsed_cb, opening);
  g_task_set_source_tag (task, parse_copy);
  g_task_set_task_data (task, parsing, (GDestroyNotify)parsing_free);
  g_task_run_in_thread (task, parse_thread);
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autofree Opening *opening = user_data;
  g_autoptr (RstDeletedWindow) self = rst_weak_ref_take (opening->window);
  g_autoptr (RstDeletedItem) item = opening->item;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rst_deleted_read_copy_finish (result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->mailbox == NULL)
    return;

  if (bytes != NULL)
    parse_copy (self, item, bytes);
  else
    rst_deleted_window_show_toast (self, error->message);
}

static void
open_copy (RstDeletedWindow *self,
           RstDeletedItem *item)
{
  Opening *opening = g_new (Opening, 1);

  *opening = (Opening){ rst_weak_ref_new (self), g_object_ref (item) };
  rst_deleted_read_copy_async (
      rst_mailbox_get_account (self->mailbox), item, NULL, read_cb, opening);
}

/* Not what is selected: the keyboard moves from row to row without selecting any. */
static void
activate_cb (RstDeletedWindow *self,
             guint position)
{
  g_autoptr (RstDeletedItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (rst_deleted_item_get_has_copy (item))
    open_copy (self, item);
  else
    rst_deleted_window_show_toast (self, _ ("No copy is kept of this message"));
}

static void
save_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_copies (self);

  if (items->len > 0)
    rst_deleted_save_choose (self->toast_overlay, rst_mailbox_get_account (self->mailbox), items);
}

static void
remove_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_copies (self);

  if (items->len > 0)
    rst_deleted_window_ask_to_remove (self, items);
}

static void
open_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (widget);
  g_autoptr (GPtrArray) items = dup_copies (self);

  if (items->len == 1)
    open_copy (self, g_ptr_array_index (items, 0));
}

static void
search_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
escape_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (widget);

  if (gtk_search_bar_get_search_mode (self->search_bar))
    gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
rst_deleted_window_dispose (GObject *object)
{
  RstDeletedWindow *self = RST_DELETED_WINDOW (object);

  if (self->mailbox != NULL)
    g_signal_handlers_disconnect_by_data (self->mailbox, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_DELETED_WINDOW);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->needle, g_free);

  G_OBJECT_CLASS (rst_deleted_window_parent_class)->dispose (object);
}

static void
rst_deleted_window_class_init (RstDeletedWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_deleted_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-deleted-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, column_view);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, details);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, page);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedWindow, window_title);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);

  gtk_widget_class_install_action (widget_class, "deleted.escape", NULL, escape_action);
  gtk_widget_class_install_action (widget_class, "deleted.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "deleted.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "deleted.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "deleted.search", NULL, search_action);

  g_type_ensure (RST_TYPE_DELETED_DETAILS);
}

static void
rst_deleted_window_init (RstDeletedWindow *self)
{
  GListModel *found;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* It finds no entry by itself that does not lie in it directly. */
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  self->items = g_list_store_new (RST_TYPE_DELETED_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (filter_cb, self, NULL));
  found = G_LIST_MODEL (
      gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->items)), self->filter));
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (found));
  gtk_column_view_set_model (self->column_view, self->selection);
  g_signal_connect_object (self->selection,
                           "selection-changed",
                           G_CALLBACK (update_selection),
                           self,
                           G_CONNECT_SWAPPED);
  rst_deleted_columns_add (self->column_view);
  rst_deleted_window_update (self);
}

/* What the mailbox has just done may have been a delete. */
static void
busy_cb (RstDeletedWindow *self)
{
  if (!rst_mailbox_get_is_busy (self->mailbox))
    rst_deleted_window_load (self);
}

GtkWidget *
rst_deleted_window_new (GtkApplication *application,
                        RstMailbox *mailbox,
                        GSettings *settings)
{
  RstDeletedWindow *self =
      g_object_new (RST_TYPE_DELETED_WINDOW, "application", application, NULL);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GAction) keep = NULL;

  g_return_val_if_fail (RST_IS_MAILBOX (mailbox), GTK_WIDGET (self));

  self->mailbox = g_object_ref (mailbox);
  self->settings = g_object_ref (settings);
  keep = g_settings_create_action (settings, "kept-copies");
  g_action_map_add_action (G_ACTION_MAP (group), keep);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "settings", G_ACTION_GROUP (group));
  g_signal_connect_swapped (mailbox, "notify::is-busy", G_CALLBACK (busy_cb), self);
  rst_deleted_window_load (self);
  return GTK_WIDGET (self);
}

GtkSelectionModel *
rst_deleted_window_get_selection (RstDeletedWindow *self)
{
  g_return_val_if_fail (RST_IS_DELETED_WINDOW (self), NULL);

  return self->selection;
}
