/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-format.h"
#include "rst-main-thread.h"

/* An operation whose end is not known: how often the bar moves on. */
#define PULSE_MS 120

/* The development build has another id and the same picture. */
#define ICON_NAME "io.github.restante.Restante"

G_DEFINE_FINAL_TYPE (RstWindow, rst_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_page_button (GtkButton *button,
                 const char *label,
                 const char *action)
{
  gtk_widget_set_visible (GTK_WIDGET (button), label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (button, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
}

void
rst_window_fill_page (RstWindow *self,
                      const RstPage *page)
{
  adw_status_page_set_icon_name (self->page, page->icon_name);
  adw_status_page_set_title (self->page, page->title);
  adw_status_page_set_description (self->page, page->description);
  set_page_button (self->first_page_button, page->first_label, page->first_action);
  set_page_button (self->second_page_button, page->second_label, page->second_action);
}

static void
fill_empty_page (RstWindow *self)
{
  const RstPage page = {
    .icon_name = "mail-read-symbolic",
    .title = _ ("No Messages"),
    .description = _ ("There is nothing in this mailbox."),
  };

  rst_window_fill_page (self, &page);
}

static void
show_list (RstWindow *self)
{
  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "mail"))
    return;

  gtk_stack_set_visible_child_name (self->stack, "mail");
  gtk_widget_grab_focus (GTK_WIDGET (self->message_list));
}

/* List and reader as soon as there is anything to list; until then a spinner, or the page of what
 * went wrong. */
void
rst_window_update_content (RstWindow *self)
{
  gboolean is_empty = rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)) == 0;
  gboolean is_loading = is_empty && rst_mailbox_get_is_busy (self->mailbox);
  const char *page = is_loading ? "loading" : "page";

  if (is_empty && !is_loading && !self->has_failed)
    fill_empty_page (self);
  if (!is_empty)
    show_list (self);
  else
    gtk_stack_set_visible_child_name (self->stack, page);
  gtk_spinner_set_spinning (self->spinner, is_loading);
  gtk_widget_set_sensitive (self->search_button, !is_empty);
}

/* Without a mailbox there is nothing to refresh, to delete or to search. */
static void
set_buttons_visible (RstWindow *self,
                     gboolean is_visible)
{
  gtk_widget_set_visible (GTK_WIDGET (self->refresh_stack), is_visible);
  gtk_widget_set_visible (self->delete_button, is_visible);
  gtk_widget_set_visible (self->search_button, is_visible);
}

static gboolean
pulse_cb (gpointer user_data)
{
  RstWindow *self = user_data;

  gtk_progress_bar_pulse (self->progress_bar);
  return G_SOURCE_CONTINUE;
}

static void
update_progress_cb (RstWindow *self)
{
  double progress = rst_mailbox_get_progress (self->mailbox);
  gboolean is_busy = rst_mailbox_get_is_busy (self->mailbox);

  g_assert (RST_IS_MAIN_THREAD ());
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), is_busy);
  if (is_busy && progress < 0)
    {
      if (self->pulse_source == 0)
        self->pulse_source = g_timeout_add (PULSE_MS, pulse_cb, self);
      return;
    }
  g_clear_handle_id (&self->pulse_source, g_source_remove);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (progress, 0, 1));
}

static void
update_status_cb (RstWindow *self)
{
  g_assert (RST_IS_MAIN_THREAD ());

  adw_window_title_set_subtitle (self->window_title, rst_mailbox_get_status (self->mailbox));
}

/* How many are unread is worth knowing while the window is behind others. */
static void
update_title_cb (RstWindow *self)
{
  guint n_unread = rst_index_get_n_unread (rst_mailbox_get_index (self->mailbox));
  g_autofree char *count = rst_format_count (n_unread);
  g_autofree char *title = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (n_unread > 0 && rst_mailbox_get_file (self->mailbox) == NULL)
    /* Translators: the name of an account, and how many of its messages are unread */
    title = g_strdup_printf (_ ("%s (%s)"), rst_mailbox_get_name (self->mailbox), count);
  gtk_window_set_title (
      GTK_WINDOW (self), title != NULL ? title : rst_mailbox_get_name (self->mailbox));
}

static void
update_busy_cb (RstWindow *self)
{
  gboolean is_busy = rst_mailbox_get_is_busy (self->mailbox);

  g_assert (RST_IS_MAIN_THREAD ());
  gtk_stack_set_visible_child_name (self->refresh_stack, is_busy ? "stop" : "refresh");
  update_progress_cb (self);
  rst_window_update_content (self);
  rst_window_update_actions (self);
  rst_window_load_due (self);
}

static void
leave_mailbox (RstWindow *self)
{
  if (self->mailbox == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->mailbox, self);
  g_signal_handlers_disconnect_by_data (rst_mailbox_get_index (self->mailbox), self);
  /* What they ask for is done with the mailbox of the list. */
  rst_window_close_message_windows (self);
  rst_window_close_chooser (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->questions, rst_questions_free);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  rst_window_forget_reload (self);
  g_clear_handle_id (&self->pulse_source, g_source_remove);
  self->is_load_due = FALSE;
  rst_mailbox_stop (self->mailbox);
  g_clear_object (&self->mailbox);
}

static void
escape_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  RstWindow *self = RST_WINDOW (widget);
  gboolean is_searching;

  g_object_get (self->message_list, "search-mode", &is_searching, NULL);
  if (is_searching)
    g_object_set (self->message_list, "search-mode", FALSE, NULL);
  else
    gtk_widget_activate_action (widget, "win.stop", NULL);
}

static gboolean
rst_window_close_request (GtkWindow *window)
{
  rst_window_save_layout (RST_WINDOW (window));

  return GTK_WINDOW_CLASS (rst_window_parent_class)->close_request (window);
}

static void
rst_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rst_window_parent_class)->realize (widget);

  rst_window_watch_size (RST_WINDOW (widget));
}

static void
rst_window_dispose (GObject *object)
{
  RstWindow *self = RST_WINDOW (object);

  leave_mailbox (self);
  /* It holds the list, whose muxer holds the window's actions. */
  g_action_map_remove_action (G_ACTION_MAP (self), "search");
  g_clear_handle_id (&self->layout_source, g_source_remove);
  rst_window_close_chooser (self);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_WINDOW);

  G_OBJECT_CLASS (rst_window_parent_class)->dispose (object);
}

static void
rst_window_finalize (GObject *object)
{
  g_hash_table_unref (RST_WINDOW (object)->deleting);

  G_OBJECT_CLASS (rst_window_parent_class)->finalize (object);
}

static void
rst_window_class_init (RstWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_window_dispose;
  object_class->finalize = rst_window_finalize;
  widget_class->realize = rst_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = rst_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/restante/Restante/rst-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstWindow, account_switcher);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, delete_button);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, first_page_button);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, message_list);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, page);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, reader);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, second_page_button);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RstWindow, window_title);
  gtk_widget_class_bind_template_callback (widget_class, rst_window_load_items);
  gtk_widget_class_bind_template_callback (widget_class, rst_window_notice_action_cb);
  gtk_widget_class_bind_template_callback (widget_class, rst_window_open_item);
  gtk_widget_class_bind_template_callback (widget_class, rst_window_selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, rst_window_step_cb);

  gtk_widget_class_install_action (widget_class, "window.escape", NULL, escape_action);
  /* Not application-wide: an entry that has the focus takes these first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.escape", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "win.select-all", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.select-none", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "win.delete", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "win.delete", NULL);

  g_type_ensure (RST_TYPE_ACCOUNT_SWITCHER);
  g_type_ensure (RST_TYPE_MESSAGE_LIST);
  g_type_ensure (RST_TYPE_NOTICE);
  g_type_ensure (RST_TYPE_READER);
}

static void
rst_window_init (RstWindow *self)
{
  self->deleting = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  if (IS_DEVELOPMENT)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  gtk_window_set_icon_name (GTK_WINDOW (self), ICON_NAME);
  /* Not the reader's keys, which have a meaning of their own. */
  rst_message_list_set_key_capture (self->message_list, GTK_WIDGET (self->message_list));
}

GtkWidget *
rst_window_new (GtkApplication *application,
                GSettings *settings)
{
  RstWindow *self = g_object_new (RST_TYPE_WINDOW, "application", application, NULL);

  g_return_val_if_fail (G_IS_SETTINGS (settings), GTK_WIDGET (self));

  self->settings = g_object_ref (settings);
  rst_message_list_bind_settings (self->message_list, settings);
  rst_reader_bind_settings (self->reader, settings);
  rst_window_add_actions (self);
  rst_window_restore_layout (self);
  if (application != NULL)
    gtk_menu_button_set_menu_model (
        self->menu_button,
        G_MENU_MODEL (gtk_application_get_menu_by_id (application, "primary-menu")));
  if (RST_IS_APPLICATION (application))
    rst_account_switcher_set_application (self->account_switcher, RST_APPLICATION (application));
  set_buttons_visible (self, FALSE);
  rst_window_show_first_run (self);
  return GTK_WIDGET (self);
}

static void
connect_mailbox (RstWindow *self)
{
  static const struct
  {
    const char *signal;
    GCallback callback;
  } handlers[] = {
    { "notify::status", G_CALLBACK (update_status_cb) },
    { "notify::progress", G_CALLBACK (update_progress_cb) },
    { "notify::is-busy", G_CALLBACK (update_busy_cb) },
    { "reloaded", G_CALLBACK (rst_window_reloaded_cb) },
    { "notice", G_CALLBACK (rst_window_show_notice) },
    { "outdated", G_CALLBACK (rst_window_refresh) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_swapped (self->mailbox, handlers[i].signal, handlers[i].callback, self);
  g_signal_connect_swapped (rst_mailbox_get_index (self->mailbox),
                            "notify::n-messages",
                            G_CALLBACK (rst_window_update_content),
                            self);
  g_signal_connect_swapped (rst_mailbox_get_index (self->mailbox),
                            "notify::n-unread",
                            G_CALLBACK (update_title_cb),
                            self);
}

static void
show_no_mailbox (RstWindow *self)
{
  rst_reader_set_mailbox (self->reader, NULL);
  rst_message_list_set_index (self->message_list, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  gtk_spinner_set_spinning (self->spinner, FALSE);
  gtk_window_set_title (GTK_WINDOW (self), "Restante");
  adw_window_title_set_title (self->window_title, "Restante");
  adw_window_title_set_subtitle (self->window_title, NULL);
  rst_window_update_actions (self);
  rst_window_show_first_run (self);
}

void
rst_window_set_mailbox (RstWindow *self,
                        RstMailbox *mailbox)
{
  g_return_if_fail (RST_IS_WINDOW (self));
  g_return_if_fail (mailbox == NULL || RST_IS_MAILBOX (mailbox));

  leave_mailbox (self);
  set_buttons_visible (self, mailbox != NULL);
  rst_notice_dismiss (self->notice);
  if (mailbox == NULL)
    {
      show_no_mailbox (self);
      return;
    }

  self->mailbox = g_object_ref (mailbox);
  self->cancellable = g_cancellable_new ();
  self->questions = rst_questions_new (GTK_WINDOW (self), mailbox);
  self->has_failed = FALSE;
  connect_mailbox (self);
  rst_reader_set_mailbox (self->reader, mailbox);
  rst_message_list_set_index (self->message_list, rst_mailbox_get_index (mailbox));
  update_title_cb (self);
  adw_window_title_set_title (self->window_title, rst_mailbox_get_name (mailbox));
  update_status_cb (self);
  rst_window_open (self);
  update_busy_cb (self);
}

GSettings *
rst_window_get_settings (RstWindow *self)
{
  g_return_val_if_fail (RST_IS_WINDOW (self), NULL);

  return self->settings;
}

RstMailbox *
rst_window_get_mailbox (RstWindow *self)
{
  g_return_val_if_fail (RST_IS_WINDOW (self), NULL);

  return self->mailbox;
}

RstAccount *
rst_window_get_account (RstWindow *self)
{
  g_return_val_if_fail (RST_IS_WINDOW (self), NULL);

  return self->mailbox != NULL ? rst_mailbox_get_account (self->mailbox) : NULL;
}

void
rst_window_show_accounts_error (RstWindow *self,
                                const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *description = NULL;
  RstPage page = {
    .icon_name = "dialog-warning-symbolic",
    .title = _ ("The Account Settings Cannot Be Read"),
    .first_label = _ ("_Open the File"),
    .first_action = "app.show-accounts-file",
    .second_label = _ ("_Try Again"),
    .second_action = "app.reload-accounts",
  };

  g_return_if_fail (RST_IS_WINDOW (self));

  /* Translators: %s is the reason, with the path of the file */
  text = g_strdup_printf (_ ("%s\n\nThe file was left as it is. Correct it and try again."),
                          error->message);
  page.description = description = g_markup_escape_text (text, -1);
  rst_window_fill_page (self, &page);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

void
rst_window_show_first_run (RstWindow *self)
{
  const RstPage page = {
    .icon_name = ICON_NAME,
    .title = _ ("Welcome to Restante"),
    .description = _ ("Read and delete mail where it lies: on the server."),
    .first_label = _ ("_Add an Account…"),
    .first_action = "app.add-account",
    .second_label = _ ("Try the _Demo Mailbox"),
    .second_action = "app.demo",
  };

  g_return_if_fail (RST_IS_WINDOW (self));

  rst_window_fill_page (self, &page);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

void
rst_window_show_toast (RstWindow *self,
                       const char *text)
{
  g_autofree char *title = NULL;

  g_return_if_fail (RST_IS_WINDOW (self));

  title = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (title));
}

void
rst_window_show_notice (RstWindow *self,
                        const char *text)
{
  g_return_if_fail (RST_IS_WINDOW (self));

  rst_notice_show (self->notice, text, NULL, NULL);
}

void
rst_window_select_items (RstWindow *self,
                         GPtrArray *items)
{
  g_return_if_fail (RST_IS_WINDOW (self));

  /* They need not be among what is searched for. */
  g_object_set (self->message_list, "search-mode", FALSE, NULL);
  rst_message_list_select (self->message_list, items);
}
