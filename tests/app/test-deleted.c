/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <gmime/gmime.h>
#include <sqlite3.h>
#include <string.h>

#include "app/rst-deleted-details.h"
#include "app/rst-deleted-window.h"
#include "app/rst-message-window.h"
#include "mailbox/rst-deleted-item.h"
#include "rst-test-app.h"

/* What is left of deleted messages, in the window. */

static guint n_parsed_here;

/* In the place of GMime's: what is read by the main thread keeps all others waiting. */
GMimeMessage *
g_mime_parser_construct_message (GMimeParser *parser,
                                 GMimeParserOptions *options)
{
  GMimeMessage *(*next) (GMimeParser *, GMimeParserOptions *) =
      (GMimeMessage * (*)(GMimeParser *, GMimeParserOptions *))
          dlsym (RTLD_NEXT, "g_mime_parser_construct_message");

  if (g_main_context_is_owner (g_main_context_default ()))
    n_parsed_here++;
  return next (parser, options);
}

static void
delete_some (RstWindow *window,
             const char *words)
{
  gpointer dialog;

  rst_test_app_wait_idle (window);
  rst_test_app_activate (window, "delete");
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  if (!strstr (adw_message_dialog_get_body (dialog), words))
    g_error ("no “%s” in “%s”", words, adw_message_dialog_get_body (dialog));
  rst_test_app_click (dialog, "_Delete");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_idle (window);
}

static guint
count_rows (RstDeletedWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (rst_deleted_window_get_selection (window)));
}

static gboolean
has_rows (RstDeletedWindow *window)
{
  return count_rows (window) == 2;
}

static gboolean
has_one_more (RstDeletedWindow *window)
{
  return count_rows (window) == 3;
}

static RstDeletedWindow *
open_list (RstWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "deleted-messages", NULL);
  return rst_test_app_find_window (RST_TYPE_DELETED_WINDOW);
}

static const char *
get_subject (RstDeletedItem *item)
{
  return rst_deleted_item_get_header (item)->envelope->subject;
}

/* Returns: the row of the message with this subject. */
static guint
find_row (RstDeletedWindow *window,
          const char *subject)
{
  GListModel *rows = G_LIST_MODEL (rst_deleted_window_get_selection (window));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (RstDeletedItem) item = g_list_model_get_item (rows, i);

      if (g_str_equal (get_subject (item), subject))
        return i;
    }
  g_error ("no “%s” in the list", subject);
}

static void
select_row (RstDeletedWindow *window,
            const char *subject)
{
  gtk_selection_model_select_item (
      rst_deleted_window_get_selection (window), find_row (window, subject), TRUE);
}

/* Deletes two messages. Returns: the list, with both of them. */
static RstDeletedWindow *
open_with_two (RstWindow *window)
{
  RstDeletedWindow *deleted;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);
  delete_some (window, "A copy");
  deleted = open_list (window);
  rst_test_app_wait (has_rows, deleted);
  return deleted;
}

static void
assert_selected (RstDeletedWindow *window,
                 const char *subject)
{
  GtkSelectionModel *selection = rst_deleted_window_get_selection (window);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);

  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  g_assert_true (gtk_selection_model_is_selected (selection, find_row (window, subject)));
}

static gboolean
has_folder (GtkFileChooser *dialog)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (dialog);

  return folder != NULL;
}

static gboolean
has_our_folder (GtkFileChooser *dialog)
{
  g_autoptr (GFile) folder = gtk_file_chooser_get_current_folder (dialog);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (dialog);

  return folder != NULL && file != NULL && g_file_has_parent (file, folder) &&
         g_str_equal (g_file_peek_path (folder), g_get_user_runtime_dir ());
}

/* Answers the question where to. Returns: (transfer full): what was written there. */
static char *
save_as (gpointer window,
         const char *name)
{
  gpointer dialog = rst_test_app_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), name, NULL);
  g_autofree char *words = g_strdup_printf ("saved to “%s”", name);
  g_autoptr (GFile) folder = g_file_new_for_path (g_get_user_runtime_dir ());
  char *contents;

  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  /* It opens the working folder by itself. */
  rst_test_app_wait (has_folder, dialog);
  gtk_file_chooser_set_current_folder (dialog, folder, NULL);
  rst_test_app_wait (has_our_folder, dialog);
  gtk_file_chooser_set_current_name (dialog, name);
  gtk_dialog_response (dialog, GTK_RESPONSE_ACCEPT);
  rst_test_app_wait_text (window, words);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return contents;
}

static gboolean
is_removed (RstDeletedWindow *window)
{
  g_autoptr (RstDeletedItem) item =
      g_list_model_get_item (G_LIST_MODEL (rst_deleted_window_get_selection (window)),
                             find_row (window, "Subject 1"));

  return !rst_deleted_item_get_has_copy (item);
}

/* Removes the copies of what is selected. */
static void
remove_selected (RstDeletedWindow *window,
                 const char *question,
                 const char *words)
{
  gpointer dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "deleted.remove", NULL));
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, question);
  rst_test_app_click (dialog, "_Remove");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_text (window, words);
}

static void
deleted_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *contents = NULL;
  RstDeletedWindow *deleted;
  gpointer opened;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);
  delete_some (window, "A copy is kept on this computer for up to 30 days.");
  rst_test_app_wait_text (window, "2 messages deleted");

  /* The toast's button shows them. */
  rst_test_app_click (window, "_Show");
  deleted = rst_test_app_find_window (RST_TYPE_DELETED_WINDOW);
  rst_test_app_wait (has_rows, deleted);
  select_row (deleted, "Subject 1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.open", NULL));
  opened = rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_wait_text (opened, "Subject 1");
  g_assert_cmpuint (n_parsed_here, ==, 0);
  gtk_window_destroy (opened);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.save", NULL));
  contents = save_as (deleted, "saved.eml");
  g_assert_nonnull (strstr (contents, "Subject: Subject 1"));

  remove_selected (deleted, "Remove 1 copy?", "1 copy removed");
  rst_test_app_wait (is_removed, deleted);
}

/* What is selected stays selected, whatever else is deleted and whatever becomes of its copy. */
static void
selection_body (GtkApplication *application,
                gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted;

  deleted = open_with_two (window);
  select_row (deleted, "Subject 1");

  rst_test_app_select (window, "Subject 0", NULL);
  delete_some (window, "A copy");
  rst_test_app_wait (has_one_more, deleted);
  assert_selected (deleted, "Subject 1");

  remove_selected (deleted, "Remove 1 copy?", "1 copy removed");
  rst_test_app_wait (is_removed, deleted);
  assert_selected (deleted, "Subject 1");
}

/* A copy's own window saves what it shows, and a question keeps to what it was asked for: whatever
 * is selected by then, and when the list is closed. */
static void
save_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkSelectionModel *selection;
  RstDeletedWindow *deleted;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  gpointer opened;

  deleted = open_with_two (window);
  selection = rst_deleted_window_get_selection (deleted);
  select_row (deleted, "Subject 1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.open", NULL));
  opened = rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_wait_text (opened, "Subject 1");

  select_row (deleted, "Subject 3");
  g_assert_true (gtk_widget_activate_action (opened, "win.save", NULL));
  one = save_as (opened, "one.eml");
  g_assert_nonnull (strstr (one, "Subject: Subject 1"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.save", NULL));
  rst_test_app_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  gtk_selection_model_unselect_all (selection);
  other = save_as (deleted, "other.eml");
  g_assert_nonnull (strstr (other, "Subject: Subject 3"));

  gtk_window_destroy (GTK_WINDOW (deleted));
  g_assert_true (gtk_widget_activate_action (opened, "win.save", NULL));
  gtk_dialog_response (rst_test_app_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG),
                       GTK_RESPONSE_CANCEL);
}

/* Return and a double click open the row that they are on, whichever is selected. */
static void
activate_body (GtkApplication *application,
               gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted;
  gpointer opened;
  gpointer rows;

  deleted = open_with_two (window);
  rows = rst_test_app_find_child (deleted, GTK_TYPE_COLUMN_VIEW);
  select_row (deleted, "Subject 3");
  g_signal_emit_by_name (rows, "activate", find_row (deleted, "Subject 1"));
  opened = rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_wait_text (opened, "Subject 1");
  gtk_window_destroy (opened);

  g_settings_set_string (window->settings, "kept-copies", "never");
  rst_test_app_select (window, "Subject 0", NULL);
  delete_some (window, "No copy is kept.");
  g_settings_reset (window->settings, "kept-copies");
  rst_test_app_wait (has_one_more, deleted);
  g_signal_emit_by_name (rows, "activate", find_row (deleted, "Subject 0"));
  rst_test_app_wait_text (deleted, "No copy is kept of this message");
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (application)), ==, 2);
}

/* What cannot be undone is asked once, and what was done is said. */
static void
remove_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted = open_with_two (window);
  GtkSelectionModel *selection = rst_deleted_window_get_selection (deleted);
  gpointer dialog;

  select_row (deleted, "Subject 1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.remove", NULL));
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_idle (window);
  g_assert_false (is_removed (deleted));

  gtk_selection_model_select_all (selection);
  remove_selected (deleted, "Remove 2 copies?", "2 copies removed");
  rst_test_app_wait (is_removed, deleted);
}

static void
assert_details (gpointer details,
                ...)
{
  const char *part;
  va_list parts;

  va_start (parts, details);
  while ((part = va_arg (parts, const char *)) != NULL)
    if (!rst_test_app_says (details, part))
      g_error ("no “%s” in the details", part);
  va_end (parts);
}

/* Every detail can be reached by the keyboard and copied, and says what it is of. */
static void
assert_labels (GtkGrid *grid)
{
  guint n_values = 0;

  for (int row = 0; gtk_grid_get_child_at (grid, 0, row) != NULL; row++)
    for (int column = 0; column < 4; column += 2)
      {
        GtkWidget *title = gtk_grid_get_child_at (grid, column, row);
        GtkWidget *value = gtk_grid_get_child_at (grid, column + 1, row);

        if (title == NULL || !GTK_IS_LABEL (title) || value == title)
          continue;
        n_values++;
        g_assert_true (gtk_label_get_selectable (GTK_LABEL (value)));
        g_assert_true (gtk_widget_get_focusable (value));
        gtk_test_accessible_assert_relation (
            value, GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL);
      }
  g_assert_cmpuint (n_values, ==, 11);
}

static void
details_body (GtkApplication *application,
              gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted = open_with_two (window);
  gpointer details = rst_test_app_find_child (deleted, RST_TYPE_DELETED_DETAILS);
  GtkSelectionModel *selection = rst_deleted_window_get_selection (deleted);
  g_autoptr (RstDeletedItem) item = NULL;
  g_autofree char *digest = NULL;

  assert_details (details, "Select a message to see its details", NULL);
  gtk_selection_model_select_all (selection);
  assert_details (details, "2 messages selected", NULL);

  select_row (deleted, "Subject 1");
  item = g_list_model_get_item (G_LIST_MODEL (selection), find_row (deleted, "Subject 1"));
  digest = rst_deleted_item_dup_digest (item);
  g_assert_cmpuint (strlen (digest), ==, 64);
  assert_details (details, rst_mailbox_get_name (window->mailbox), "Bob <bob@example.org>", NULL);
  assert_details (details, "Subject 1", "2026", "bytes", "Deleted", "Copy kept", "+OK", NULL);
  assert_details (
      details, digest, rst_deleted_item_get_header (item)->identity->uid, NULL);
  assert_labels (rst_test_app_find_child (details, GTK_TYPE_GRID));
  remove_selected (deleted, "Remove 1 copy?", "1 copy removed");
  rst_test_app_wait_text (details, "Copy removed");

  g_assert_true (rst_demo_server_set_fault (server, "err-on-dele", "1", NULL));
  rst_test_app_select (window, "Subject 0", NULL);
  delete_some (window, "A copy");
  rst_test_app_wait (has_one_more, deleted);
  select_row (deleted, "Subject 0");
  assert_details (details, "Not deleted", "No copy", "would not delete the message", NULL);

  gtk_editable_set_text (rst_test_app_find_child (deleted, GTK_TYPE_SEARCH_ENTRY), "Subject 3");
  rst_test_app_wait_text (details, "Select a message to see its details");
}

static gboolean
has_one_row (RstDeletedWindow *window)
{
  return count_rows (window) == 1;
}

/* Ctrl+F opens the search and gives it the focus; Escape leaves it, and with it what was searched
 * for, before it closes the window. */
static void
search_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted = open_with_two (window);
  gpointer bar = rst_test_app_find_child (deleted, GTK_TYPE_SEARCH_BAR);
  gpointer entry = rst_test_app_find_child (deleted, GTK_TYPE_SEARCH_ENTRY);

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.search", NULL));
      g_assert_true (gtk_search_bar_get_search_mode (bar));
      g_assert_true (
          gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (deleted)), entry));
      gtk_editable_set_text (entry, "Subject 3");
      rst_test_app_wait (has_one_row, deleted);

      if (i == 0)
        g_signal_emit_by_name (entry, "stop-search");
      else
        g_assert_true (
            gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.escape", NULL));
      g_assert_false (gtk_search_bar_get_search_mode (bar));
      g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
      rst_test_app_wait (has_rows, deleted);
    }
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.escape", NULL));
  rst_test_app_wait_closed (RST_TYPE_DELETED_WINDOW);
}

/* A load is held back when it has read what there is. */
static struct
{
  GMutex mutex;
  GCond changed;
  GThread *thread; /* the one that is held, or was */
  gboolean is_wanted;
  gboolean is_held;
  gboolean is_over;
} hold;

/* In the place of SQLite's. */
int
sqlite3_close (sqlite3 *database)
{
  int (*next) (sqlite3 *) = (int (*) (sqlite3 *))dlsym (RTLD_NEXT, "sqlite3_close");

  g_mutex_lock (&hold.mutex);
  if (hold.is_wanted)
    {
      hold.is_wanted = FALSE;
      hold.is_held = TRUE;
      hold.thread = g_thread_self ();
      while (hold.is_held)
        g_cond_wait (&hold.changed, &hold.mutex);
    }
  else if (hold.thread == g_thread_self ())
    hold.is_over = TRUE;
  g_mutex_unlock (&hold.mutex);
  g_main_context_wakeup (NULL);
  return next (database);
}

static gboolean
is_over (gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&hold.mutex);

  return hold.is_over;
}

static void
late_load_body (GtkApplication *application,
                gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstDeletedWindow *deleted;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);
  delete_some (window, "A copy");
  g_mutex_lock (&hold.mutex);
  hold.is_wanted = TRUE;
  g_mutex_unlock (&hold.mutex);
  deleted = open_list (window);
  rst_test_app_select (window, "Subject 0", NULL);
  delete_some (window, "A copy");
  rst_test_app_wait (has_one_more, deleted);

  /* What it has read is out of date, and is handed over before it closes for the second time. */
  g_mutex_lock (&hold.mutex);
  g_assert_true (hold.is_held);
  hold.is_held = FALSE;
  g_cond_signal (&hold.changed);
  g_mutex_unlock (&hold.mutex);
  rst_test_app_wait (is_over, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (count_rows (deleted), ==, 3);
}

/* A copy that cannot be had: nothing is deleted, and the banner offers the way out. */
static void
without_copy_body (GtkApplication *application,
                   gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);
  rst_test_app_wait_idle (window);
  g_assert_true (rst_demo_server_set_fault (server, "err-at", "RETR", NULL));
  delete_some (window, "A copy");
  rst_test_app_wait_notice (window, "no copy could be kept");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 5);
  rst_test_app_click (window, "_Delete Without a Copy");
  rst_test_app_wait_text (window, "2 messages deleted");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 3);
}

static void
run (gconstpointer body)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, (RstTestBody)body, server), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  /* Toasts are clicked on as they appear; see rst_window_show_deleted_toast(). */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  /* GTK writes down which files were chosen, some time later: not into the folders of a test, which
   * are gone by then. */
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  gtk_recent_manager_get_default ();

  g_test_add_data_func ("/deleted/show-open-save-remove", deleted_body, run);
  g_test_add_data_func ("/deleted/selection", selection_body, run);
  g_test_add_data_func ("/deleted/save", save_body, run);
  g_test_add_data_func ("/deleted/activate", activate_body, run);
  g_test_add_data_func ("/deleted/remove", remove_body, run);
  g_test_add_data_func ("/deleted/details", details_body, run);
  g_test_add_data_func ("/deleted/search", search_body, run);
  g_test_add_data_func ("/deleted/late-load", late_load_body, run);
  g_test_add_data_func ("/deleted/without-copy", without_copy_body, run);

  return g_test_run ();
}
