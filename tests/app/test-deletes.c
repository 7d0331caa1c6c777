/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "rst-test-app.h"

/* Deletes that are not alone: what runs beside them must not change what is deleted. */

/* Without a session that is kept, and that would still have what another client deletes. */
static void
run_with_server (RstDemoServer *server,
                 RstTestBody body,
                 gpointer user_data)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *settings = NULL;
  g_autofree char *contents = NULL;

  rst_test_app_write_account (server, "demo");
  g_assert_true (g_file_get_contents (path, &settings, NULL, NULL));
  contents = g_strconcat (settings, "keep-session=0\n", NULL);
  rst_test_app_write_accounts_file (contents);
  g_assert_cmpint (rst_test_app_run (NULL, body, user_data), ==, 0);
}

static void
wait_ready (RstWindow *window)
{
  rst_test_app_wait_text (window, "In sync");
  rst_test_app_wait_idle (window);
  rst_mailbox_stop (window->mailbox);
}

static gboolean
can_delete (gpointer window)
{
  return g_action_group_get_action_enabled (window, "delete");
}

/* Returns: (transfer none): the question about what is selected. */
static gpointer
ask (RstWindow *window)
{
  rst_test_app_activate (window, "delete");
  return rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
}

static void
answer (gpointer dialog)
{
  adw_message_dialog_response (dialog, "delete");
  gtk_window_close (dialog);
}

typedef struct
{
  const char *name;
  const char *subject;
  RstDemoServer *server;
  guint n_reloads;
} OtherReload;

/* The operation's reload was the last that the server has granted. */
static void
reloaded_cb (RstMailbox *mailbox,
             const RstSyncReport *report,
             GPtrArray *still_there,
             OtherReload *other)
{
  g_assert_cmpuint (still_there->len, ==, 1);
  other->n_reloads++;
  rst_test_app_set_fault (other->server, "close-at", "GREETING");
}

static void
other_reload_body (GtkApplication *application,
                   gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  OtherReload *other = user_data;
  gpointer dialog;

  wait_ready (window);
  rst_test_app_select (window, "Subject 1", "Subject 2", NULL);
  dialog = ask (window);
  rst_demo_server_remove_message (other->server, 1);
  rst_demo_server_remove_message (other->server, 0);
  g_signal_connect (window->mailbox, "reloaded", G_CALLBACK (reloaded_cb), other);
  rst_mailbox_read_async (
      window->mailbox, rst_test_app_get_item (window, other->subject), NULL, NULL, NULL);
  answer (dialog);

  rst_test_app_wait_notice (window, "Nothing was deleted");
  rst_test_app_wait_idle (window);
  g_assert_cmpuint (other->n_reloads, ==, 1);
  g_assert_null (strstr (rst_notice_get_text (window->notice), "reloaded"));
  g_assert_null (rst_test_app_find_button (window->notice, "_Delete"));
  g_assert_null (window->offered);
  rst_window_delete_still_there (window);
  g_assert_false (rst_mailbox_get_is_busy (window->mailbox));
  g_signal_handlers_disconnect_by_data (window->mailbox, other);
}

/* A read that is under way when the delete is confirmed finds its message under another number and
 * reloads; the delete then has no reload of its own. What the read found is not offered. */
static void
test_other_reload (gconstpointer data)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (6);
  OtherReload other = *(const OtherReload *)data;

  other.server = server;
  /* Else the read would find it by its UID. */
  rst_test_app_set_fault (server, "no-uidl", NULL);
  run_with_server (server, other_reload_body, &other);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "DELE"), ==, 0);
  rst_test_app_assert_server (server, "Subject 2,Subject 3,Subject 4,Subject 5");
}

static gboolean
has_deleted (gpointer user_data)
{
  return !rst_window_has_work (user_data);
}

static void
twice_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  gpointer dialog;

  wait_ready (window);
  /* Slowly enough that the first is not over when the second is asked for. */
  rst_test_app_set_fault (user_data, "drip", "2");
  rst_test_app_select (window, "Subject 1", NULL);
  answer (ask (window));
  g_assert_true (rst_window_has_work (window));
  g_assert_false (can_delete (window));

  g_ptr_array_add (items, rst_test_app_get_item (window, "Subject 1"));
  rst_window_delete_items (window, items);
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_ptr_array_add (items, rst_test_app_get_item (window, "Subject 3"));
  rst_window_delete_items (window, items);
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (
      adw_message_dialog_get_heading (dialog), ==, "Delete 1 message from the server?");
  rst_test_app_wait_text (dialog, "Subject 3");
  g_assert_true (rst_window_has_work (window));
  answer (dialog);
  rst_demo_server_clear_faults (user_data);
  rst_test_app_wait (has_deleted, window);
  rst_test_app_wait_idle (window);
  g_assert_null (rst_notice_get_text (window->notice));

  rst_test_app_select (window, "Subject 2", NULL);
  rst_test_app_wait (can_delete, window);
}

/* What is being deleted is not deleted again, which could only fail. */
static void
test_twice (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, twice_body, server);
  rst_test_app_assert_server (server, "Subject 0,Subject 2,Subject 4");
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "DELE"), ==, 2);
}

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      rst_mailbox_read_beginning_finish (RST_MAILBOX (source), result, user_data, &error));
  g_assert_nonnull (error);
}

static void
read_behind_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (RstMessageItem) item = NULL;
  gboolean is_cut = FALSE;

  wait_ready (window);
  item = g_object_ref (rst_test_app_get_item (window, "Subject 1"));
  rst_test_app_select (window, "Subject 1", NULL);
  answer (ask (window));
  rst_mailbox_read_beginning_async (window->mailbox, item, NULL, read_cb, &is_cut);
  rst_test_app_wait (has_deleted, window);
  rst_test_app_wait_idle (window);
  g_assert_null (rst_notice_get_text (window->notice));
}

/* Nobody else has changed the mailbox when what was just deleted is asked for. */
static void
test_read_behind (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (3);

  run_with_server (server, read_behind_body, server);
  rst_test_app_assert_server (server, "Subject 0,Subject 2");
}

static void
offer_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  wait_ready (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);
  rst_demo_server_remove_message (user_data, 1);
  answer (ask (window));
  rst_test_app_wait_notice (window, "Nothing was deleted");
  rst_test_app_wait_idle (window);
  g_assert_nonnull (strstr (rst_notice_get_text (window->notice), "reloaded"));
  g_assert_true (rst_notice_has_action (window->notice, "delete-still-there"));
  g_assert_cmpuint (window->offered->len, ==, 1);
  g_assert_true (g_ptr_array_index (window->offered, 0) ==
                 rst_test_app_get_item (window, "Subject 3"));

  /* Of several none is read. */
  rst_test_app_select (window, "Subject 0", "Subject 2", NULL);
  answer (ask (window));
  g_assert_null (rst_notice_get_text (window->notice));
  rst_test_app_wait (has_deleted, window);

  /* What offers nothing stays. */
  rst_window_show_notice (window, "Something else");
  rst_test_app_select (window, "Subject 4", "Subject 5", NULL);
  answer (ask (window));
  rst_test_app_wait (has_deleted, window);
  g_assert_cmpstr (rst_notice_get_text (window->notice), ==, "Something else");
}

/* An offer to delete what is left of an earlier delete ends with the next one. */
static void
test_offer (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (6);

  run_with_server (server, offer_body, server);
  rst_test_app_assert_server (server, "Subject 3");
}

int
main (int argc,
      char *argv[])
{
  static const OtherReload reloads[] = {
    { "/deletes/reload-of-another", "Subject 4", NULL, 0 },
    { "/deletes/reload-of-one-of-them", "Subject 2", NULL, 0 },
  };
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  for (guint i = 0; i < G_N_ELEMENTS (reloads); i++)
    g_test_add_data_func (reloads[i].name, &reloads[i], test_other_reload);
  g_test_add_func ("/deletes/twice", test_twice);
  g_test_add_func ("/deletes/read-behind", test_read_behind);
  g_test_add_func ("/deletes/offer", test_offer);
  return g_test_run ();
}
