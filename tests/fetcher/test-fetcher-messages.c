/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fetcher-fixture.h"

#include <string.h>

#include "pop3/rst-pop3-error.h"

static char *
read_text (FetcherFixture *self,
           guint position,
           GError **error)
{
  g_autoptr (GBytes) message = NULL;

  message = rst_fetcher_load_message (self->fetcher, g_ptr_array_index (self->index, position),
                                      self->index, NULL, error);
  return message ? g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message)) : NULL;
}

static void
assert_reads (FetcherFixture *self,
              guint position,
              const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_text (self, position, &error);

  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, body));
}

static void
assert_not_opened (FetcherFixture *self,
                   guint position)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_text (self, position, &error);

  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
  g_assert_null (text);
}

static void
reads (FetcherFixture *self,
       gconstpointer fault)
{
  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  assert_reads (self, 2, "\r\nthree\r\n");
}

static void
one_login (FetcherFixture *self,
           gconstpointer data)
{
  fetcher_fixture_load (self, 0);
  rst_demo_server_clear_log (self->server);
  assert_reads (self, 0, "one");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 1);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 1);
}

static void
moved (FetcherFixture *self,
       gconstpointer data)
{
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  assert_reads (self, 3, "\r\nfour\r\n");
  assert_not_opened (self, 0);
}

static void
moved_without_uids (FetcherFixture *self,
                    gconstpointer data)
{
  fetcher_fixture_fault (self, "no-uidl", NULL);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  assert_not_opened (self, 3);
  assert_not_opened (self, 4);
}

static void
other_content (FetcherFixture *self,
               gconstpointer data)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");

  fetcher_fixture_load (self, 0);
  rst_demo_server_replace_message (self->server, 1, other);
  assert_not_opened (self, 1);
}

static void
look_alikes (FetcherFixture *self,
             gconstpointer data)
{
  g_autoptr (GBytes) this = fetcher_fixture_message ("twin", "this");
  g_autoptr (GBytes) that = fetcher_fixture_message ("twin", "that");

  rst_demo_server_add_message (self->server, this, "dup");
  rst_demo_server_add_message (self->server, that, "dup");
  fetcher_fixture_load (self, 0);
  assert_reads (self, 5, "this");
  assert_reads (self, 6, "that");

  /* With one of them gone, nothing tells which one is left. */
  rst_demo_server_remove_message (self->server, 0);
  assert_not_opened (self, 5);

  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 4);
  assert_not_opened (self, 4);
  assert_not_opened (self, 5);
}

static gboolean
append_body (guint position,
             GBytes *message,
             gpointer user_data,
             GError **error)
{
  GString *bodies = user_data;
  const char *text = g_bytes_get_data (message, NULL);
  const char *body = g_strstr_len (text, (gssize)g_bytes_get_size (message), "\r\n\r\n") + 4;

  g_string_append_printf (bodies, "%u=%.*s ", position, (int)strcspn (body, "\r"), body);
  return TRUE;
}

static void
many (FetcherFixture *self,
      gconstpointer data)
{
  g_autoptr (GString) bodies = g_string_new (NULL);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  rst_demo_server_clear_log (self->server);
  g_ptr_array_add (headers, g_ptr_array_index (self->index, 3));
  g_ptr_array_add (headers, g_ptr_array_index (self->index, 0));
  g_assert_true (rst_fetcher_load_messages (self->fetcher, headers, self->index, append_body,
                                            bodies, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (bodies->str, ==, "0=four 1=one ");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 1);
}

static void
cut (FetcherFixture *self,
     gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "close-in-retr", "2");
  text = read_text (self, 1, &error);
  g_assert_null (text);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_true (g_str_has_prefix (error->message, "127.0.0.1:"));
}

static void
add_lines (FetcherFixture *self,
           guint n_lines)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GBytes) message = NULL;

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (body, "line %u\n", i);
  message = fetcher_fixture_message ("long", body->str);
  rst_demo_server_add_message (self->server, message, "long");
}

static char *
read_beginning (FetcherFixture *self,
                guint n_lines,
                gboolean *is_cut,
                GError **error)
{
  g_autoptr (GBytes) message = NULL;

  message = rst_fetcher_load_beginning (self->fetcher, g_ptr_array_index (self->index, 5),
                                        self->index, n_lines, is_cut, NULL, error);
  return message ? g_strndup (g_bytes_get_data (message, NULL), g_bytes_get_size (message)) : NULL;
}

static void
beginning (FetcherFixture *self,
           gconstpointer fault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *rest = NULL;
  gboolean is_cut = FALSE;

  add_lines (self, 50);
  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  text = read_beginning (self, 10, &is_cut, &error);
  g_assert_no_error (error);
  g_assert_true (is_cut);
  g_assert_nonnull (strstr (text, "line 9\r\n"));
  g_assert_null (strstr (text, "line 10\r\n"));
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);

  /* Asked for more lines than it has, the server sends the message. */
  rest = read_beginning (self, 200, &is_cut, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (rest, "line 49\r\n"));
  if (!fault)
    g_assert_false (is_cut);
}

static void
beginning_without_top (FetcherFixture *self,
                       gconstpointer fault)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut = TRUE;

  add_lines (self, 50);
  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "no-top", NULL);
  text = read_beginning (self, 10, &is_cut, &error);
  g_assert_no_error (error);
  g_assert_false (is_cut);
  g_assert_nonnull (strstr (text, "line 49\r\n"));
}

static void
beginning_of_another (FetcherFixture *self,
                      gconstpointer data)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut;

  add_lines (self, 50);
  fetcher_fixture_load (self, 0);
  rst_demo_server_replace_message (self->server, 5, other);
  text = read_beginning (self, 10, &is_cut, &error);
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
  g_assert_null (text);
}

/* One refusal is one message's, and no reason to download it unasked. */
static void
beginning_refused (FetcherFixture *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_cut;

  add_lines (self, 50);
  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "err-on-top", "6");
  text = read_beginning (self, 10, &is_cut, &error);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_null (text);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);
}

#define ADD(path, func, data)                                                            \
  g_test_add ("/fetcher/read/" path, FetcherFixture, data, fetcher_fixture_set_up, func, \
              fetcher_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("verified", reads, NULL);
  ADD ("verified/no-uidl", reads, "no-uidl");
  ADD ("verified/top-differs", reads, "top-differs");
  ADD ("verified/top-drops-received", reads, "top-drops-received");
  ADD ("verified/volatile-headers", reads, "volatile-headers");
  ADD ("one-login", one_login, NULL);
  ADD ("moved", moved, NULL);
  ADD ("moved/no-uidl", moved_without_uids, NULL);
  ADD ("other-content", other_content, NULL);
  ADD ("look-alikes", look_alikes, NULL);
  ADD ("many", many, NULL);
  ADD ("cut", cut, NULL);
  ADD ("beginning", beginning, NULL);
  ADD ("beginning/sizes-wrong", beginning, "sizes-wrong");
  ADD ("beginning/top-differs", beginning, "top-differs");
  ADD ("beginning/no-top", beginning_without_top, NULL);
  ADD ("beginning/no-top/no-capa", beginning_without_top, "no-capa");
  ADD ("beginning/other-content", beginning_of_another, NULL);
  ADD ("beginning/refused", beginning_refused, NULL);

  return g_test_run ();
}
