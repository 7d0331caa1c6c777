/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mailbox-fixture.h"
#include "pop3/rst-pop3-error.h"

static void
fail_refresh (MailboxFixture *self,
              GQuark domain,
              int code)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rst_mailbox_refresh_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_false (rst_mailbox_refresh_finish (self->mailbox, result, NULL, &error));
  g_assert_error (error, domain, code);
}

static RstMessage *
read_item (MailboxFixture *self,
           RstMessageItem *item,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_read_async (self->mailbox, item, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  return rst_mailbox_read_finish (self->mailbox, result, error);
}

static void
assert_reads (MailboxFixture *self,
              RstMessageItem *item,
              const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstMessage) message = read_item (self, item, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (rst_message_get_text (message), text));
}

static gboolean
delete_items (MailboxFixture *self,
              const char *positions,
              RstReceipt **receipt,
              GError **error)
{
  g_autoptr (GPtrArray) items = mailbox_fixture_items (self, positions);
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_delete_async (self->mailbox, items, RST_DELETE_DEFAULT, NULL, mailbox_fixture_done_cb,
                            self);
  result = mailbox_fixture_wait (self);
  return rst_mailbox_delete_finish (self->mailbox, result, receipt, error);
}

static void
from_store_at_next_start (MailboxFixture *self,
                          gconstpointer data)
{
  RstSyncReport report;

  mailbox_fixture_open (self);
  g_assert_cmpuint (rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)), ==, 0);
  mailbox_fixture_refresh (self);
  assert_index (self, "one two three four five");

  mailbox_fixture_restart (self, 0);
  rst_demo_server_clear_log (self->server);
  mailbox_fixture_open (self);
  assert_index (self, "one two three four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "USER"), ==, 0);

  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  report = mailbox_fixture_refresh (self);
  g_assert_cmpuint (report.n_kept, ==, 5);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 0);
}

/* The object is the same for as long as the message is there: that is what selections hang on. */
static void
items_stay (MailboxFixture *self,
            gconstpointer fault)
{
  g_autoptr (RstMessageItem) third = NULL;
  g_autoptr (RstMessageItem) now = NULL;

  if (fault)
    mailbox_fixture_fault (self, fault, NULL);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  third = mailbox_fixture_item (self, 2);

  rst_demo_server_remove_message (self->server, 0);
  mailbox_fixture_add (self, "six", "six");
  mailbox_fixture_refresh (self);
  assert_index (self, "two three four five six");
  now = mailbox_fixture_item (self, 1);
  g_assert_true (now == third);
  g_assert_cmpuint (rst_message_item_get_header (now)->identity->number, ==, 2);
}

static void
password_asked_again (MailboxFixture *self,
                      gconstpointer data)
{
  g_queue_clear (&self->passwords);
  g_queue_push_tail (&self->passwords, (gpointer) "wrong");
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->reasons->len, ==, 2);
  g_assert_null (g_ptr_array_index (self->reasons, 0));
  g_assert_nonnull (g_ptr_array_index (self->reasons, 1));
  g_assert_null (strstr (g_ptr_array_index (self->reasons, 1), "wrong"));

  /* Once it was right it is not asked for again. */
  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->reasons->len, ==, 2);
}

static guint
count_pass (MailboxFixture *self)
{
  return rst_demo_server_get_n_commands (self->server, "PASS");
}

/* A command that prints a wrong password is tried once for all the looks that nobody asked for, or
 * the server would lock the account; and once for what the user wants, whatever is typed then. */
static void
password_command_refused (MailboxFixture *self,
                          gconstpointer data)
{
  self->password_command = "echo wrong";
  mailbox_fixture_restart (self, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      rst_mailbox_refresh_quietly_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
      result = mailbox_fixture_wait (self);
      rst_mailbox_refresh_finish (self->mailbox, result, NULL, &error);
      g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
      g_assert_cmpuint (count_pass (self), ==, 1);
    }

  g_queue_clear (&self->passwords);
  g_queue_push_tail (&self->passwords, (gpointer) "wrong too");
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->reasons->len, ==, 2);
  g_assert_cmpuint (count_pass (self), ==, 4);
}

static void
password_dismissed (MailboxFixture *self,
                    gconstpointer data)
{
  g_queue_clear (&self->passwords);
  fail_refresh (self, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 0);
}

static void
try_later_keeps_password (MailboxFixture *self,
                          gconstpointer data)
{
  mailbox_fixture_fault (self, "in-use", NULL);
  fail_refresh (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  g_assert_cmpuint (self->reasons->len, ==, 1);
}

static void
nobody_to_ask (MailboxFixture *self,
               gconstpointer data)
{
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  fail_refresh (self, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
download_is_asked_for (MailboxFixture *self,
                       gconstpointer data)
{
  mailbox_fixture_fault (self, "no-top", NULL);
  mailbox_fixture_open (self);
  fail_refresh (self, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED);
  g_assert_cmpuint (self->n_download_questions, ==, 1);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);

  self->allow_download = TRUE;
  mailbox_fixture_refresh (self);
  assert_index (self, "one two three four five");
}

static void
reading (MailboxFixture *self,
         gconstpointer data)
{
  g_autoptr (RstMessageItem) item = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  item = mailbox_fixture_item (self, 1);
  g_assert_false (rst_message_item_get_is_read (item));
  assert_reads (self, item, "two");
  g_assert_true (rst_message_item_get_is_read (item));
  g_assert_cmpuint (rst_index_get_n_unread (rst_mailbox_get_index (self->mailbox)), ==, 4);

  g_clear_object (&item);
  mailbox_fixture_restart (self, 0);
  mailbox_fixture_open (self);
  item = mailbox_fixture_item (self, 1);
  g_assert_true (rst_message_item_get_is_read (item));
  g_assert_true (rst_message_item_get_header (item)->identity->body != NULL);
}

/* What was read once is there at once, with the server gone and at the next start. */
static void
reading_without_server (MailboxFixture *self,
                        gconstpointer data)
{
  g_autoptr (RstMessageItem) item = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  item = mailbox_fixture_item (self, 1);
  assert_reads (self, item, "two");
  g_clear_object (&item);

  mailbox_fixture_restart (self, 0);
  mailbox_fixture_open (self);
  rst_demo_server_clear_log (self->server);
  item = mailbox_fixture_item (self, 1);
  assert_reads (self, item, "two");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "USER"), ==, 0);
}

/* The message has moved behind our back: the index reloads by itself, and the right message is
 * opened. */
static void
reading_after_a_move (MailboxFixture *self,
                      gconstpointer data)
{
  g_autoptr (RstMessageItem) item = NULL;

  mailbox_fixture_fault (self, "no-uidl", NULL);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  item = mailbox_fixture_item (self, 3);
  rst_demo_server_remove_message (self->server, 0);
  assert_reads (self, item, "four");
  g_assert_cmpuint (self->n_reloads, ==, 1);
  g_assert_cmpuint (self->report.n_gone, ==, 1);
  assert_index (self, "two three four five");
}

static void
reading_what_is_gone (MailboxFixture *self,
                      gconstpointer data)
{
  g_autoptr (RstMessageItem) item = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  item = mailbox_fixture_item (self, 3);
  rst_demo_server_remove_message (self->server, 3);
  message = read_item (self, item, &error);
  g_assert_null (message);
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
  assert_index (self, "one two three five");

  /* Not even asked for, once it is known to be gone. */
  g_clear_error (&error);
  rst_demo_server_clear_log (self->server);
  message = read_item (self, item, &error);
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);
}

static void
uid_with_other_content (MailboxFixture *self,
                        gconstpointer data)
{
  const char *text =
      "From: Eve <eve@example.org>\nSubject: other\nMessage-ID: <other@x>\n\nother\n";
  g_autoptr (GBytes) other = g_bytes_new_static (text, strlen (text));
  g_autoptr (RstMessageItem) item = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  item = mailbox_fixture_item (self, 1);
  rst_demo_server_replace_message (self->server, 1, other);
  message = read_item (self, item, &error);
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
  g_assert_null (message);
  assert_index (self, "one other three four five");
}

static void
deleting (MailboxFixture *self,
          gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  g_assert_true (delete_items (self, "1 3", &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_DELETED), ==, 2);
  assert_server (self, "one three five");
  assert_index (self, "one three five");

  /* Our own delete puts nothing out of sync, here or at the next start. */
  rst_mailbox_check_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_true (rst_mailbox_check_finish (self->mailbox, result, NULL, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  mailbox_fixture_restart (self, 0);
  mailbox_fixture_open (self);
  assert_index (self, "one three five");
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
assert_outdated (MailboxFixture *self,
                 guint n_outdated)
{
  g_assert_cmpuint (n_outdated, ==, 1);
  g_assert_true (g_str_has_prefix (rst_mailbox_get_status (self->mailbox), "Not checked"));
  mailbox_fixture_refresh (self);
  g_assert_true (g_str_has_prefix (rst_mailbox_get_status (self->mailbox), "In sync"));
}

/* What an operation is about is there, and others are not any more: nobody says "in sync". */
static void
seeing_a_change (MailboxFixture *self,
                 gconstpointer data)
{
  g_autoptr (RstMessageItem) item = NULL;
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  guint n_outdated = 0;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  g_signal_connect_swapped (self->mailbox, "outdated", G_CALLBACK (count_cb), &n_outdated);
  rst_demo_server_remove_message (self->server, 4);
  g_assert_true (delete_items (self, "0", &receipt, &error));
  g_assert_no_error (error);
  assert_server (self, "two three four");
  assert_outdated (self, n_outdated);
  assert_index (self, "two three four");

  n_outdated = 0;
  rst_demo_server_remove_message (self->server, 0);
  item = mailbox_fixture_item (self, 2);
  assert_reads (self, item, "four");
  assert_outdated (self, n_outdated);
  assert_index (self, "three four");

  /* What is new puts nothing out of sync. */
  n_outdated = 0;
  mailbox_fixture_add (self, "six", "text of six");
  g_clear_pointer (&receipt, rst_receipt_free);
  g_assert_true (delete_items (self, "0", &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_outdated, ==, 0);
}

static void
deleting_after_another_client (MailboxFixture *self,
                               gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstMessageItem) fourth = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  fourth = mailbox_fixture_item (self, 3);
  rst_demo_server_remove_message (self->server, 1);
  g_assert_false (delete_items (self, "1 3", &receipt, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  g_assert_nonnull (strstr (error->message, "two"));
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, 2);
  assert_server (self, "one three four five");
  assert_index (self, "one three four five");

  g_assert_cmpuint (self->n_reloads, ==, 1);
  g_assert_cmpuint (self->report.n_gone, ==, 1);
  g_assert_cmpuint (self->still_there->len, ==, 1);
  g_assert_true (g_ptr_array_index (self->still_there, 0) == fourth);
}

/* A message that is known to be gone is not deleted in the likeness of another one. */
static void
deleting_what_is_gone (MailboxFixture *self,
                       gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_fault (self, "no-uidl", NULL);
  mailbox_fixture_add (self, "twin", "this");
  mailbox_fixture_add (self, "twin", "that");
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  items = mailbox_fixture_items (self, "5");
  rst_demo_server_remove_message (self->server, 5);
  rst_demo_server_remove_message (self->server, 5);
  mailbox_fixture_refresh (self);
  mailbox_fixture_add (self, "twin", "that");

  rst_mailbox_delete_async (self->mailbox, items, RST_DELETE_DEFAULT, NULL, mailbox_fixture_done_cb,
                            self);
  result = mailbox_fixture_wait (self);
  g_assert_false (rst_mailbox_delete_finish (self->mailbox, result, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  assert_server (self, "one two three four five twin");
}

static void
unknown_outcome (MailboxFixture *self,
                 gconstpointer data)
{
  gboolean is_committed = g_str_equal (data, "commit");
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  mailbox_fixture_fault (self, "quit-close", data);
  g_assert_false (delete_items (self, "0 1", &receipt, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN);

  /* The reload that follows by itself settles it. */
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_DELETED), ==, is_committed ? 2 : 0);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, is_committed ? 0 : 2);
  g_assert_cmpuint (self->notices->len, ==, 1);
  assert_index (self, is_committed ? "three four five" : "one two three four five");
}

/* The reload fails too: it is settled at the next start. */
static void
unknown_outcome_at_next_start (MailboxFixture *self,
                               gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  mailbox_fixture_fault (self, "close-at", "QUIT,LIST");
  rst_demo_server_clear_faults (self->server);
  mailbox_fixture_fault (self, "close-on-dele", "1");
  mailbox_fixture_fault (self, "hangup-after-errors", "1");
  g_assert_false (delete_items (self, "0", &receipt, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN);

  mailbox_fixture_restart (self, 0);
  rst_demo_server_clear_faults (self->server);
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  assert_index (self, "one two three four five");
}

static void
stopped (MailboxFixture *self,
         gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_fault (self, "stall-at", "LIST");
  rst_mailbox_refresh_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  while (rst_demo_server_get_n_commands (self->server, "LIST") == 0)
    g_main_context_iteration (NULL, FALSE);
  rst_mailbox_stop (self->mailbox);
  result = mailbox_fixture_wait (self);
  g_assert_false (rst_mailbox_refresh_finish (self->mailbox, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (rst_mailbox_get_is_busy (self->mailbox));

  /* The answer to PASS may not have been read yet: then the password is asked for once more. */
  rst_demo_server_clear_faults (self->server);
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  mailbox_fixture_refresh (self);
  assert_index (self, "one two three four five");
}

static void
count_done (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
one_after_the_other (MailboxFixture *self,
                     gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint n_done = 0;

  rst_mailbox_open_async (self->mailbox, NULL, count_done, &n_done);
  rst_mailbox_refresh_async (self->mailbox, NULL, count_done, &n_done);
  rst_mailbox_refresh_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  g_assert_nonnull (strstr (rst_mailbox_get_status (self->mailbox), "2 more waiting"));
  result = mailbox_fixture_wait (self);
  g_assert_cmpuint (n_done, ==, 2);
  g_assert_true (rst_mailbox_refresh_finish (self->mailbox, result, NULL, NULL));
  g_assert_true (g_str_has_prefix (rst_mailbox_get_status (self->mailbox), "In sync · 5 messages"));
}

static void
without_cache (MailboxFixture *self,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "test.sqlite", NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  mailbox_fixture_open (self);
  g_assert_false (rst_mailbox_get_can_cache (self->mailbox));
  g_assert_cmpuint (self->notices->len, ==, 1);
  mailbox_fixture_refresh (self);
  assert_index (self, "one two three four five");
}

static void
beyond_the_limit (MailboxFixture *self,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (RstMessageItem) item = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_restart (self, 2);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  assert_index (self, "? ? ? four five");

  items = mailbox_fixture_items (self, "1");
  rst_mailbox_load_items_async (self->mailbox, items, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_true (rst_mailbox_load_items_finish (self->mailbox, result, &error));
  assert_index (self, "? two ? four five");

  item = mailbox_fixture_item (self, 0);
  assert_reads (self, item, "one");
  assert_index (self, "one two ? four five");
}

static void
saving (MailboxFixture *self,
        gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "saved.mbox", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *after = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  items = mailbox_fixture_items (self, "0 4");
  rst_mailbox_save_async (self->mailbox, items, file, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_true (rst_mailbox_save_finish (self->mailbox, result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_nonnull (strstr (saved, "Subject: one"));
  g_assert_nonnull (strstr (saved, "Subject: five"));

  /* All or nothing: what was appended before the cable was pulled is taken back. */
  g_clear_object (&result);
  mailbox_fixture_fault (self, "close-in-retr", "5");
  rst_mailbox_save_async (self->mailbox, items, file, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_false (rst_mailbox_save_finish (self->mailbox, result, &error));
  g_assert_nonnull (error);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, saved);
}

/* What a server hides once it was read is explained, once. */
static void
hidden_by_server (MailboxFixture *self,
                  gconstpointer data)
{
  g_autoptr (RstMessageItem) second = NULL;
  g_autoptr (RstMessageItem) third = NULL;

  mailbox_fixture_fault (self, "gmail", NULL);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  second = mailbox_fixture_item (self, 1);
  third = mailbox_fixture_item (self, 2);
  assert_reads (self, second, "two");
  mailbox_fixture_refresh (self);
  assert_index (self, "one three four five");
  g_assert_cmpuint (self->notices->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (self->notices, 0), "recent:"));

  assert_reads (self, third, "three");
  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->notices->len, ==, 1);
}

/* The window has read what the console then deletes: nothing was hidden. */
static void
deleted_by_console (MailboxFixture *self,
                    gconstpointer data)
{
  g_autoptr (RstMailbox) window = NULL;
  g_autoptr (RstMessageItem) second = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  second = mailbox_fixture_item (self, 1);
  assert_reads (self, second, "two");

  window = g_steal_pointer (&self->mailbox);
  mailbox_fixture_restart (self, 0);
  mailbox_fixture_open (self);
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  g_assert_true (delete_items (self, "1", NULL, NULL));
  g_object_unref (g_steal_pointer (&self->mailbox));

  self->mailbox = g_steal_pointer (&window);
  mailbox_fixture_refresh (self);
  assert_index (self, "one three four five");
  g_assert_cmpuint (self->notices->len, ==, 0);
}

static void
printed_rows (MailboxFixture *self,
              gconstpointer data)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) found = NULL;
  const guint numbers[] = { 3, 6, 1 };
  RstMessageItem *third = NULL;
  g_autoptr (GError) error = NULL;

  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  items = mailbox_fixture_items (self, "0 1 2 3 4");
  rst_mailbox_set_rows (self->mailbox, items, &error);
  g_assert_no_error (error);
  g_clear_pointer (&items, g_ptr_array_unref);

  rst_demo_server_remove_message (self->server, 0);
  mailbox_fixture_refresh (self);
  g_array_append_vals (rows, numbers, G_N_ELEMENTS (numbers));
  found = rst_mailbox_dup_rows (self->mailbox, rows);
  third = g_ptr_array_index (found, 0);
  g_assert_cmpstr (rst_message_item_get_envelope (third)->subject, ==, "three");
  g_assert_cmpuint (rst_message_item_get_header (third)->identity->number, ==, 2);
  g_assert_null (g_ptr_array_index (found, 1));

  /* What is gone keeps its row. */
  g_assert_cmpstr (
      rst_message_item_get_envelope (g_ptr_array_index (found, 2))->subject, ==, "one");
}

#define ADD(path, func, data)                                                       \
  g_test_add ("/mailbox/" path, MailboxFixture, data, mailbox_fixture_set_up, func, \
              mailbox_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  /* No keyring here: its part has tests of its own. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);

  ADD ("from-store-at-next-start", from_store_at_next_start, NULL);
  ADD ("items-stay", items_stay, NULL);
  ADD ("items-stay/no-uidl", items_stay, "no-uidl");
  ADD ("password/asked-again", password_asked_again, NULL);
  ADD ("password/command-refused", password_command_refused, NULL);
  ADD ("password/dismissed", password_dismissed, NULL);
  ADD ("password/try-later-keeps-it", try_later_keeps_password, NULL);
  ADD ("password/nobody-to-ask", nobody_to_ask, NULL);
  ADD ("download-is-asked-for", download_is_asked_for, NULL);
  ADD ("read", reading, NULL);
  ADD ("read/without-server", reading_without_server, NULL);
  ADD ("read/after-a-move", reading_after_a_move, NULL);
  ADD ("read/what-is-gone", reading_what_is_gone, NULL);
  ADD ("read/uid-with-other-content", uid_with_other_content, NULL);
  ADD ("delete", deleting, NULL);
  ADD ("seeing-a-change", seeing_a_change, NULL);
  ADD ("delete/after-another-client", deleting_after_another_client, NULL);
  ADD ("delete/what-is-gone", deleting_what_is_gone, NULL);
  ADD ("delete/unknown-outcome/kept", unknown_outcome, "keep");
  ADD ("delete/unknown-outcome/committed", unknown_outcome, "commit");
  ADD ("delete/unknown-outcome/at-next-start", unknown_outcome_at_next_start, NULL);
  ADD ("stopped", stopped, NULL);
  ADD ("one-after-the-other", one_after_the_other, NULL);
  ADD ("without-cache", without_cache, NULL);
  ADD ("beyond-the-limit", beyond_the_limit, NULL);
  ADD ("save", saving, NULL);
  ADD ("hidden-by-server", hidden_by_server, NULL);
  ADD ("deleted-by-console", deleted_by_console, NULL);
  ADD ("printed-rows", printed_rows, NULL);

  return g_test_run ();
}
