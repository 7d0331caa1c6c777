/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mailbox-fixture.h"

/* A message of so many lines is bigger than the limit of these tests, and comes as the sixth. */
#define N_LINES 1000
#define BIG_SIZE 2000

static void
set_up (MailboxFixture *self,
        gconstpointer fault)
{
  g_autoptr (GString) body = g_string_new (NULL);

  mailbox_fixture_set_up (self, NULL);
  for (guint i = 0; i < N_LINES; i++)
    g_string_append_printf (body, "line %u\n", i);
  mailbox_fixture_add (self, "big", body->str);
  if (fault)
    mailbox_fixture_fault (self, fault, NULL);
  rst_mailbox_set_big_size (self->mailbox, BIG_SIZE);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
}

static RstMessage *
open_message (MailboxFixture *self,
              guint position,
              gboolean *is_cut)
{
  g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, position);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstMessage *message;

  rst_mailbox_read_beginning_async (self->mailbox, item, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  message = rst_mailbox_read_beginning_finish (self->mailbox, result, is_cut, &error);
  g_assert_no_error (error);
  return message;
}

static RstMessage *
download_all (MailboxFixture *self,
              guint position)
{
  g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, position);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstMessage *message;

  rst_mailbox_read_async (self->mailbox, item, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  message = rst_mailbox_read_finish (self->mailbox, result, &error);
  g_assert_no_error (error);
  return message;
}

static gboolean
has_text (RstMessage *message,
          const char *text)
{
  return strstr (rst_message_get_text (message), text) != NULL;
}

static void
assert_is_beginning (MailboxFixture *self)
{
  gboolean is_cut = FALSE;
  g_autoptr (RstMessage) message = open_message (self, 5, &is_cut);

  g_assert_true (is_cut);
  g_assert_true (has_text (message, "line 199\n"));
  g_assert_false (has_text (message, "line 200\n"));
}

static void
assert_is_whole (MailboxFixture *self)
{
  gboolean is_cut = TRUE;
  g_autoptr (RstMessage) message = open_message (self, 5, &is_cut);

  g_assert_false (is_cut);
  g_assert_true (has_text (message, "line 999\n"));
}

/* What was downloaded once is there at once from then on, at the next start too; what was not is no
 * more than its beginning, however often it is opened. */
static void
beginning (MailboxFixture *self,
           gconstpointer data)
{
  g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, 5);
  g_autoptr (RstMessage) whole = NULL;

  assert_is_beginning (self);
  assert_is_beginning (self);
  g_assert_true (rst_message_item_get_is_read (item));
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);

  whole = download_all (self, 5);
  g_assert_true (has_text (whole, "line 999\n"));
  g_clear_object (&item);

  mailbox_fixture_restart (self, 0);
  rst_mailbox_set_big_size (self->mailbox, BIG_SIZE);
  mailbox_fixture_open (self);
  assert_is_whole (self);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 1);
}

static void
small (MailboxFixture *self,
       gconstpointer data)
{
  gboolean is_cut = TRUE;
  g_autoptr (RstMessage) message = open_message (self, 2, &is_cut);

  g_assert_false (is_cut);
  g_assert_true (has_text (message, "three"));
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 1);
}

static void
no_limit (MailboxFixture *self,
          gconstpointer data)
{
  rst_mailbox_set_big_size (self->mailbox, 0);
  assert_is_whole (self);
}

static void
no_top (MailboxFixture *self,
        gconstpointer data)
{
  mailbox_fixture_fault (self, "no-top", NULL);
  assert_is_whole (self);
}

static void
note_status (RstMailbox *mailbox,
             GParamSpec *pspec,
             gpointer user_data)
{
  GString *seen = user_data;
  const char *status = rst_mailbox_get_status (mailbox);

  if (g_str_has_prefix (status, "Downloading ") && strstr (status, " of "))
    g_string_assign (seen, status);
}

/* The bytes are counted while they come, and Stop ends it: nothing is kept of half a message. */
static void
stopped (MailboxFixture *self,
         gconstpointer data)
{
  g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, 5);
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  gulong handler;

  handler = g_signal_connect (self->mailbox, "notify::status", G_CALLBACK (note_status), seen);
  mailbox_fixture_fault (self, "drip", "1");
  rst_mailbox_read_async (self->mailbox, item, NULL, mailbox_fixture_done_cb, self);
  while (seen->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpfloat (rst_mailbox_get_progress (self->mailbox), <, 1);
  rst_mailbox_stop (self->mailbox);
  result = mailbox_fixture_wait (self);
  message = rst_mailbox_read_finish (self->mailbox, result, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (message);
  g_signal_handler_disconnect (self->mailbox, handler);

  rst_demo_server_clear_faults (self->server);
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  assert_is_beginning (self);
}

#define ADD(path, func) \
  g_test_add ("/mailbox/big/" path, MailboxFixture, NULL, set_up, func, mailbox_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("beginning", beginning);
  ADD ("small", small);
  ADD ("no-limit", no_limit);
  ADD ("no-top", no_top);
  ADD ("stopped", stopped);

  return g_test_run ();
}
