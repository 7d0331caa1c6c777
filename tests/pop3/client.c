/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-client"

#include "config.h"

#include "client.h"

typedef struct
{
  GCancellable *cancellable;
  guint milliseconds;
} Cancellation;

static gboolean
collect_data (guint32 number,
              const char *bytes,
              gsize length,
              gpointer user_data,
              GError **error)
{
  Client *self = user_data;

  if (self->messages->len == 0 || self->messages->str[self->messages->len - 1] == '|')
    g_string_append_printf (self->messages, "%u:", number);
  g_string_append_len (self->messages, bytes, (gssize)length);
  return TRUE;
}

static gboolean
collect_end (guint32 number,
             const GError *refusal,
             gpointer user_data,
             GError **error)
{
  Client *self = user_data;

  if (refusal != NULL)
    {
      g_assert_error (refusal, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
      g_string_append_printf (self->messages, "%u!%s", number, refusal->message);
    }
  g_string_append_c (self->messages, '|');
  return TRUE;
}

const RstPop3MessageSink CLIENT_SINK = { collect_data, collect_end };

static void
trace (gboolean is_sent,
       const char *line,
       gpointer user_data)
{
  Client *self = user_data;

  g_assert_true (g_utf8_validate (line, -1, NULL));
  g_string_append_printf (self->trace, "%s%s\n", is_sent ? "C: " : "S: ", line);
}

void
client_set_up (Client *self,
               gconstpointer data)
{
  self->script = rst_test_server_new ();
  self->trace = g_string_new (NULL);
  self->messages = g_string_new (NULL);
  self->where.host = "127.0.0.1";
  self->where.security = RST_POP3_SECURITY_NONE;
  self->where.timeout = 5;
  self->where.trace = trace;
  self->where.trace_data = self;
}

void
client_tear_down (Client *self,
                  gconstpointer data)
{
  client_finish (self);
  g_string_free (self->trace, TRUE);
  g_string_free (self->messages, TRUE);
}

void
client_add (const char *path,
            void (*test) (Client *self,
                          gconstpointer data),
            gconstpointer data)
{
  g_test_add (path, Client, data, client_set_up, test, client_tear_down);
}

void
client_start (Client *self)
{
  self->where.port = rst_test_server_start (self->script);
}

void
client_open (Client *self)
{
  g_autoptr (GError) error = NULL;

  client_start (self);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->session);
}

GError *
client_open_fails (Client *self)
{
  GError *error = NULL;

  client_start (self);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_nonnull (error);
  g_assert_null (self->session);
  return error;
}

void
client_log_in (Client *self)
{
  g_autoptr (GError) error = NULL;

  client_open (self);
  rst_pop3_session_login (self->session, "me", "secret", NULL, &error);
  g_assert_no_error (error);
}

void
client_finish (Client *self)
{
  g_clear_pointer (&self->session, rst_pop3_session_free);
  g_clear_pointer (&self->script, rst_test_server_finish);
}

static gpointer
cancel_thread (gpointer data)
{
  g_autofree Cancellation *cancellation = data;

  g_usleep (cancellation->milliseconds * 1000UL);
  g_cancellable_cancel (cancellation->cancellable);
  g_object_unref (cancellation->cancellable);
  return NULL;
}

GThread *
client_cancel_later (GCancellable *cancellable,
                     guint milliseconds)
{
  Cancellation *cancellation = g_new (Cancellation, 1);

  cancellation->cancellable = g_object_ref (cancellable);
  cancellation->milliseconds = milliseconds;
  return g_thread_new ("cancel", cancel_thread, cancellation);
}
