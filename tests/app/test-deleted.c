/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/rst-deleted-window.h"
#include "app/rst-message-window.h"
#include "mailbox/rst-deleted-item.h"
#include "rst-test-app.h"

/* What is left of deleted messages, in the window. */

static gboolean
can_delete (RstWindow *window)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), "delete");
}

static void
delete_some (RstWindow *window,
             const char *words)
{
  gpointer dialog;

  rst_test_app_wait_idle (window);
  rst_test_app_wait (can_delete, window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "delete", NULL);
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  if (!strstr (adw_message_dialog_get_body (dialog), words))
    g_error ("no “%s” in “%s”", words, adw_message_dialog_get_body (dialog));
  rst_test_app_click (dialog, "_Delete");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_idle (window);
}

static gboolean
has_rows (RstDeletedWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (rst_deleted_window_get_selection (window))) == 2;
}

static gboolean
is_saved (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_removed (RstDeletedWindow *window)
{
  g_autoptr (RstDeletedItem) item =
      g_list_model_get_item (G_LIST_MODEL (rst_deleted_window_get_selection (window)), 0);

  return item != NULL && !rst_deleted_item_get_has_copy (item);
}

static void
deleted_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "saved.eml", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
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
  gtk_selection_model_select_item (rst_deleted_window_get_selection (deleted), 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.open", NULL));
  opened = rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_wait_text (opened, "Subject 1");
  gtk_window_destroy (opened);

  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  rst_deleted_window_save (deleted, file);
  rst_test_app_wait (is_saved, path);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "Subject: Subject 1"));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (deleted), "deleted.remove", NULL));
  rst_test_app_wait (is_removed, deleted);
}

static void
test_deleted (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, deleted_body, server), ==, 0);
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
  g_assert_true (rst_demo_server_set_fault (server, "close-at", "RETR", NULL));
  delete_some (window, "A copy");
  rst_test_app_wait_notice (window, "no copy could be kept");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 5);
  rst_test_app_click (window, "_Delete Without a Copy");
  rst_test_app_wait_text (window, "2 messages deleted");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 3);
}

static void
test_without_copy (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, without_copy_body, server), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/deleted/show-open-save-remove", test_deleted);
  g_test_add_func ("/deleted/without-copy", test_without_copy);

  return g_test_run ();
}
