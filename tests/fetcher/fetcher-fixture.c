/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fetcher-fixture.h"

#include <string.h>

#include "account/rst-password.h"

static const char *const words[] = { "one", "two", "three", "four", "five" };

GBytes *
fetcher_fixture_message (const char *subject,
                         const char *body)
{
  g_autofree char *text = NULL;

  text = g_strdup_printf ("Received: from relay by mail.example.org\n"
                          "From: Ada Lovelace <ada@example.org>\n"
                          "To: demo@example.org\n"
                          "Subject: %s\n"
                          "Date: Thu, 12 Nov 2026 09:12:00 +0000\n"
                          "Message-ID: <%s@example.org>\n"
                          "\n"
                          "%s\n",
                          subject, subject, body);

  return g_bytes_new_take (g_steal_pointer (&text), strlen (text));
}

static void
count_headers (GPtrArray *headers,
               gpointer user_data)
{
  FetcherFixture *self = user_data;

  self->n_batches++;
  self->n_streamed += headers->len;
}

static gboolean
commit (RstReceipt *receipt,
        gpointer user_data,
        GError **error)
{
  FetcherFixture *self = user_data;

  self->n_commits++;
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_UNKNOWN), ==, receipt->entries->len);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "DELE"), ==, 0);
  if (!self->refuse_commit)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full.");
  return FALSE;
}

static const RstFetcherObserver observer = { NULL, count_headers, commit };

static void
make_fetcher (FetcherFixture *self,
              guint fetch_limit,
              gboolean has_top,
              guint keep_session)
{
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "demo");
  SecretValue *password = rst_password_new ("demo");

  account->port = rst_demo_server_get_port (self->server);
  account->security = RST_POP3_SECURITY_NONE;
  account->timeout = 5;
  account->fetch_limit = fetch_limit;
  account->has_top = has_top;
  account->keep_session = keep_session;
  g_clear_pointer (&self->fetcher, rst_fetcher_free);
  self->fetcher = rst_fetcher_new (account);
  rst_fetcher_set_password (self->fetcher, password);
  rst_fetcher_set_observer (self->fetcher, &observer, self);
  secret_value_unref (password);
}

void
fetcher_fixture_restart (FetcherFixture *self,
                         guint fetch_limit,
                         gboolean has_top)
{
  make_fetcher (self, fetch_limit, has_top, 0);
}

void
fetcher_fixture_keep_sessions (FetcherFixture *self)
{
  make_fetcher (self, 0, TRUE, 60);
}

void
fetcher_fixture_set_up (FetcherFixture *self,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->server = rst_demo_server_new ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (GBytes) message = fetcher_fixture_message (words[i], words[i]);

      rst_demo_server_add_message (self->server, message, NULL);
    }
  rst_demo_server_start (self->server, &error);
  g_assert_no_error (error);
  self->index = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  fetcher_fixture_restart (self, 0, TRUE);
}

void
fetcher_fixture_tear_down (FetcherFixture *self,
                           gconstpointer data)
{
  rst_fetcher_free (self->fetcher);
  g_ptr_array_unref (self->index);
  rst_demo_server_free (self->server);
}

void
fetcher_fixture_fault (FetcherFixture *self,
                       const char *name,
                       const char *value)
{
  g_autoptr (GError) error = NULL;

  rst_demo_server_set_fault (self->server, name, value, &error);
  g_assert_no_error (error);
}

RstSyncReport
fetcher_fixture_load (FetcherFixture *self,
                      RstLoadFlags flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstSnapshot) snapshot = NULL;

  snapshot = rst_fetcher_load_headers (self->fetcher, self->index, NULL, flags, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (snapshot->interruption);
  g_ptr_array_unref (self->index);
  self->index = g_ptr_array_ref (snapshot->headers);

  return snapshot->report;
}

char *
fetcher_fixture_subjects (FetcherFixture *self)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();

  for (guint i = 0; i < self->index->len; i++)
    {
      RstHeader *header = g_ptr_array_index (self->index, i);

      if (header->state == RST_HEADER_UNREADABLE)
        g_ptr_array_add (subjects, (gpointer) "!");
      else
        g_ptr_array_add (subjects, header->envelope ? header->envelope->subject : (gpointer) "?");
    }
  g_ptr_array_add (subjects, NULL);

  return g_strjoinv (" ", (char **)subjects->pdata);
}

char *
fetcher_fixture_on_server (FetcherFixture *self)
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

RstReceipt *
fetcher_fixture_receipt (FetcherFixture *self,
                         const char *positions)
{
  g_auto (GStrv) parts = g_strsplit (positions, " ", -1);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();

  for (guint i = 0; parts[i]; i++)
    g_ptr_array_add (headers, g_ptr_array_index (self->index, atoi (parts[i])));

  return rst_receipt_new (headers);
}
