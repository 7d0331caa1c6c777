/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mailbox-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const words[] = { "one", "two", "three", "four", "five" };

void
mailbox_fixture_add (MailboxFixture *self,
                     const char *subject,
                     const char *body)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) message = NULL;

  text = g_strdup_printf (
      "From: Ada Lovelace <ada@example.org>\nTo: demo@example.org\nSubject: %s\n"
      "Date: Thu, 12 Nov 2026 09:12:00 +0000\nMessage-ID: <%s@example.org>\n\n%s\n",
      subject, subject, body);
  message = g_bytes_new_take (g_steal_pointer (&text), strlen (text));
  rst_demo_server_add_message (self->server, message, NULL);
}

static void
ask_password (RstMailbox *mailbox,
              const char *reason,
              gpointer user_data)
{
  MailboxFixture *self = user_data;
  const char *text = g_queue_pop_head (&self->passwords);
  SecretValue *password = text ? rst_password_new (text) : NULL;

  g_ptr_array_add (self->reasons, g_strdup (reason));
  rst_mailbox_answer_password (mailbox, password, FALSE);
  g_clear_pointer (&password, secret_value_unref);
}

static void
ask_download (RstMailbox *mailbox,
              guint n_messages,
              guint64 size,
              gpointer user_data)
{
  MailboxFixture *self = user_data;

  self->n_download_questions++;
  g_assert_cmpuint (n_messages, >, 0);
  g_assert_cmpuint (size, >, 0);
  rst_mailbox_answer_download (mailbox, self->allow_download);
}

static const RstMailboxFrontEnd front_end = { ask_password, ask_download };

static void
reloaded_cb (MailboxFixture *self,
             const RstSyncReport *report,
             GPtrArray *still_there)
{
  self->n_reloads++;
  self->report = *report;
  g_clear_pointer (&self->still_there, g_ptr_array_unref);
  self->still_there = g_ptr_array_ref (still_there);
}

static void
notice_cb (MailboxFixture *self,
           const char *text)
{
  g_ptr_array_add (self->notices, g_strdup (text));
}

void
mailbox_fixture_restart (MailboxFixture *self,
                         guint fetch_limit)
{
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "demo");

  account->port = rst_demo_server_get_port (self->server);
  account->security = RST_POP3_SECURITY_NONE;
  account->timeout = 5;
  account->keep_session = self->keep_session;
  account->fetch_limit = fetch_limit;
  account->password_command = g_strdup (self->password_command);
  account->state_folder = g_strdup (self->folder);
  if (self->mailbox)
    g_assert_finalize_object (g_steal_pointer (&self->mailbox));
  self->mailbox = rst_mailbox_new (account);
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  g_signal_connect_swapped (self->mailbox, "reloaded", G_CALLBACK (reloaded_cb), self);
  g_signal_connect_swapped (self->mailbox, "notice", G_CALLBACK (notice_cb), self);
}

void
mailbox_fixture_set_up (MailboxFixture *self,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("restante-mailbox-XXXXXX", NULL);
  self->server = rst_demo_server_new ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    mailbox_fixture_add (self, words[i], words[i]);
  rst_demo_server_start (self->server, &error);
  g_assert_no_error (error);

  g_queue_init (&self->passwords);
  g_queue_push_tail (&self->passwords, (gpointer) "demo");
  self->reasons = g_ptr_array_new_with_free_func (g_free);
  self->notices = g_ptr_array_new_with_free_func (g_free);
  mailbox_fixture_restart (self, 0);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
mailbox_fixture_tear_down (MailboxFixture *self,
                           gconstpointer data)
{
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&self->mailbox));
  rst_demo_server_free (self->server);
  remove_folder (self->folder);
  g_free (self->folder);
  g_queue_clear (&self->passwords);
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->notices);
  g_clear_pointer (&self->still_there, g_ptr_array_unref);
}

void
mailbox_fixture_fault (MailboxFixture *self,
                       const char *name,
                       const char *value)
{
  g_autoptr (GError) error = NULL;

  rst_demo_server_set_fault (self->server, name, value, &error);
  g_assert_no_error (error);
}

void
mailbox_fixture_done_cb (GObject *source,
                         GAsyncResult *result,
                         gpointer user_data)
{
  MailboxFixture *self = user_data;

  self->result = g_object_ref (result);
}

GAsyncResult *
mailbox_fixture_wait (MailboxFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (!self->result || rst_mailbox_get_is_busy (self->mailbox))
    g_main_context_iteration (NULL, TRUE);

  /* What the callbacks hold on to is let go. */
  result = g_steal_pointer (&self->result);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  return g_steal_pointer (&result);
}

void
mailbox_fixture_open (MailboxFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rst_mailbox_open_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  g_assert_true (rst_mailbox_open_finish (self->mailbox, result, &error));
  g_assert_no_error (error);
}

RstSyncReport
mailbox_fixture_refresh (MailboxFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstSyncReport report;

  rst_mailbox_refresh_async (self->mailbox, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  rst_mailbox_refresh_finish (self->mailbox, result, &report, &error);
  g_assert_no_error (error);

  return report;
}

RstMessageItem *
mailbox_fixture_item (MailboxFixture *self,
                      guint position)
{
  RstIndex *index = rst_mailbox_get_index (self->mailbox);

  rst_index_set_sort (index, RST_SORT_SERVER, FALSE);
  return g_list_model_get_item (G_LIST_MODEL (index), position);
}

GPtrArray *
mailbox_fixture_items (MailboxFixture *self,
                       const char *positions)
{
  g_auto (GStrv) parts = g_strsplit (positions, " ", -1);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; parts[i]; i++)
    g_ptr_array_add (items, mailbox_fixture_item (self, (guint)atoi (parts[i])));

  return items;
}

char *
mailbox_fixture_subjects (MailboxFixture *self)
{
  g_autoptr (GString) subjects = g_string_new (NULL);

  for (guint i = 0; i < rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)); i++)
    {
      g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, i);
      RstEnvelope *envelope = rst_message_item_get_envelope (item);

      g_string_append_printf (subjects, "%s%s", i > 0 ? " " : "",
                              envelope ? envelope->subject : "?");
    }

  return g_string_free (g_steal_pointer (&subjects), FALSE);
}

char *
mailbox_fixture_on_server (MailboxFixture *self)
{
  g_autoptr (GString) subjects = g_string_new (NULL);

  for (guint i = 0; i < rst_demo_server_get_n_messages (self->server); i++)
    {
      g_autoptr (GBytes) message = rst_demo_server_dup_message (self->server, i);
      g_autofree char *text =
          g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message));
      const char *subject = strstr (text, "Subject: ") + strlen ("Subject: ");

      g_string_append_printf (subjects, "%s%.*s", i > 0 ? " " : "", (int)strcspn (subject, "\r\n"),
                              subject);
    }

  return g_string_free (g_steal_pointer (&subjects), FALSE);
}
