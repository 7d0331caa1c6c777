/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher"

#include "config.h"

#include "rst-fetcher-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-error.h"
#include "rst-strangers.h"

/* Seconds that are waited for a server between two sign-ins at most. */
#define MAX_LOGIN_DELAY 30

static void
certificate_cb (RstPop3Certificate *certificate,
                gpointer user_data)
{
  RstFetcher *self = user_data;

  g_clear_pointer (&self->report, rst_server_report_unref);
  self->report = rst_server_report_new (certificate, NULL, NULL);
}

RstFetcher *
rst_fetcher_new (RstAccount *account)
{
  RstFetcher *self = g_new0 (RstFetcher, 1);

  self->account = rst_account_ref (account);
  self->replaced = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_identity_unref);
  self->strangers = rst_strangers_new ();
  self->server.host = account->host;
  self->server.port = account->port;
  self->server.security = account->security;
  self->server.timeout = account->timeout;
  self->server.ca_file = account->ca_file;
  self->server.certificate_pin = account->certificate_pin;
  self->server.auth = account->auth;
  if (account->auth == RST_POP3_AUTH_AUTOMATIC && rst_account_uses_token (account))
    self->server.auth = RST_POP3_AUTH_TOKEN;
  self->server.certificate = certificate_cb;
  self->server.certificate_data = self;

  return self;
}

void
rst_fetcher_free (RstFetcher *self)
{
  rst_fetcher_release (self);
  rst_account_unref (self->account);
  g_clear_pointer (&self->report, rst_server_report_unref);
  g_clear_pointer (&self->password, secret_value_unref);
  g_ptr_array_unref (self->replaced);
  g_hash_table_unref (self->strangers);
  g_free (self->memory);
  g_free (self);
}

gboolean
rst_fetcher_has_session (RstFetcher *self)
{
  return self->session != NULL;
}

void
rst_fetcher_release (RstFetcher *self)
{
  if (self->session)
    rst_pop3_session_leave (self->session);
  g_clear_pointer (&self->session, rst_pop3_session_free);
  g_clear_pointer (&self->listing, rst_pop3_listing_free);
}

void
rst_fetcher_set_password (RstFetcher *self,
                          SecretValue *password)
{
  g_clear_pointer (&self->password, secret_value_unref);
  self->password = secret_value_ref (password);
  self->has_signed_in = FALSE;
}

void
rst_fetcher_set_observer (RstFetcher *self,
                          const RstFetcherObserver *observer,
                          gpointer user_data)
{
  self->observer = observer;
  self->observer_data = user_data;
}

void
rst_fetcher_set_trace (RstFetcher *self,
                       RstPop3TraceFunc trace,
                       gpointer user_data)
{
  self->server.trace = trace;
  self->server.trace_data = user_data;
}

void
rst_fetcher_set_allow_download (RstFetcher *self,
                                gboolean is_allowed)
{
  self->allow_download = is_allowed;
}

void
rst_fetcher_get_download_cost (RstFetcher *self,
                               guint *n_messages,
                               guint64 *size)
{
  *n_messages = self->cost_n_messages;
  *size = self->cost_size;
}

RstPop3Quirks
rst_fetcher_get_quirks (RstFetcher *self)
{
  return self->server.quirks;
}

const char *
rst_fetcher_get_memory (RstFetcher *self)
{
  return self->memory;
}

void
rst_fetcher_set_memory (RstFetcher *self,
                        const char *memory)
{
  g_free (self->memory);
  self->memory = g_strdup (memory);
}

void
rst_fetcher_set_quirks (RstFetcher *self,
                        RstPop3Quirks quirks)
{
  self->server.quirks = quirks;
}

RstServerReport *
rst_fetcher_dup_report (RstFetcher *self)
{
  return self->report ? rst_server_report_ref (self->report) : NULL;
}

char *
rst_fetcher_dup_strangers (RstFetcher *self)
{
  return rst_strangers_to_text (self->strangers);
}

void
rst_fetcher_add_strangers (RstFetcher *self,
                           const char *text)
{
  rst_strangers_add_text (self->strangers, text);
}

gboolean
rst_fetcher_has_signed_in (RstFetcher *self)
{
  return self->has_signed_in;
}

gboolean
rst_fetcher_has_seen_mismatch (RstFetcher *self)
{
  return self->has_seen_mismatch;
}

gboolean
rst_fetcher_has_seen_change (RstFetcher *self)
{
  return self->has_seen_change;
}

void
rst_fetcher_report (RstFetcher *self,
                    RstPhase phase,
                    guint64 done,
                    guint64 total)
{
  if (self->observer && self->observer->progress)
    self->observer->progress (phase, done, total, self->observer_data);
}

/* Says where an error of the connection comes from. What the fetcher itself found out needs no
 * address, and a Stop is no error to explain. */
static void
name_server (RstFetcher *self,
             GError *error)
{
  g_autofree char *message = NULL;

  if (error->domain == RST_SYNC_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  /* An IPv6 address has colons of its own. */
  message = g_strdup_printf (strchr (self->server.host, ':') != NULL ? "[%s]:%u: %s" : "%s:%u: %s",
                             self->server.host, self->server.port, error->message);
  g_free (error->message);
  error->message = g_steal_pointer (&message);
}

/* A server that wants a pause between sign-ins gets it (RFC 2449 §6.5), so that the reload after a
 * synchronisation error is not refused. A long one is left to the server to insist on. */
static void
wait_for_login (RstFetcher *self,
                GCancellable *cancellable)
{
  gint64 now = g_get_monotonic_time ();
  gint64 due = self->login_time + (gint64)self->login_delay * G_USEC_PER_SEC;
  GPollFD fd;

  if (self->login_delay == 0 || due <= now || self->login_delay > MAX_LOGIN_DELAY)
    return;

  rst_fetcher_report (self, RST_PHASE_WAITING, 0, 0);
  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, (int)((due - now) / 1000 + 1));
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep ((gulong)(due - now));
}

static gboolean
sign_in (RstFetcher *self,
         GCancellable *cancellable,
         GError **error)
{
  const char *password = secret_value_get_text (self->password);
  gboolean is_done;

  rst_fetcher_report (self, RST_PHASE_CONNECTING, 0, 0);
  self->server.memory = self->memory;
  self->server.secret = password;
  g_clear_pointer (&self->report, rst_server_report_unref);
  self->session = rst_pop3_session_open (&self->server, cancellable, error);
  if (!self->session)
    return FALSE;

  is_done = rst_pop3_session_sign_in (self->session, self->account->user, password,
                                      &self->listing, cancellable, error);
  self->has_signed_in |= rst_pop3_session_is_signed_in (self->session);
  return is_done;
}

/* A server that was remembered may have become another one, and one that says it takes a login in
 * one flight may not: then it is asked anew, step by step. */
static gboolean
is_misled (RstFetcher *self,
           const GError *error)
{
  RstPop3Quirks quirks = self->server.quirks;

  if (!self->session || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  self->server.quirks |= rst_pop3_session_get_quirks (self->session);
  return rst_pop3_session_used_memory (self->session) || self->server.quirks != quirks;
}

static void
make_report (RstFetcher *self)
{
  g_autoptr (RstServerReport) before = g_steal_pointer (&self->report);

  self->report = rst_server_report_new (before ? before->certificate : NULL, self->session,
                                        self->listing);
}

static gboolean
open_session (RstFetcher *self,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_open;

  if (!self->password)
    {
      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                   _ ("A password is needed to sign in."));
      return FALSE;
    }

  wait_for_login (self, cancellable);
  is_open = sign_in (self, cancellable, &local_error);
  if (!is_open && is_misled (self, local_error))
    {
      g_clear_error (&local_error);
      rst_fetcher_release (self);
      rst_fetcher_set_memory (self, NULL);
      is_open = sign_in (self, cancellable, &local_error);
    }
  if (!is_open)
    {
      rst_fetcher_release (self);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->server.quirks |= rst_pop3_session_get_quirks (self->session);
  self->login_delay = rst_pop3_session_get_capabilities (self->session)->login_delay;
  self->login_time = g_get_monotonic_time ();
  make_report (self);
  g_free (self->memory);
  self->memory = rst_pop3_session_dup_memory (self->session);
  return TRUE;
}

static gboolean
run_once (RstFetcher *self,
          RstFetcherOperation operation,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  gboolean is_done;

  if (!self->session && !open_session (self, cancellable, error))
    return FALSE;

  is_done = operation (self, self->session, data, cancellable, error);
  self->server.quirks |= rst_pop3_session_get_quirks (self->session);
  if (!is_done || self->account->keep_session == 0 || !rst_pop3_session_is_open (self->session))
    rst_fetcher_release (self);

  return is_done;
}

/* Whether it may be the connection that failed and not the operation. A delete that was under way
 * says so in an error of its own. */
static gboolean
is_worth_another_try (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL);
}

gboolean
rst_fetcher_run (RstFetcher *self,
                 RstSessionUse use,
                 RstFetcherOperation operation,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  GError *local_error = NULL;
  RstPop3Quirks quirks = self->server.quirks;
  gboolean was_kept;
  gboolean has_new_quirk;

  self->has_seen_mismatch = FALSE;
  self->has_seen_change = FALSE;
  if (use == RST_SESSION_FRESH)
    rst_fetcher_release (self);
  was_kept = self->session != NULL;
  if (run_once (self, operation, data, cancellable, &local_error))
    return TRUE;

  has_new_quirk = self->server.quirks != quirks;
  if ((was_kept || has_new_quirk) && is_worth_another_try (local_error))
    {
      g_clear_error (&local_error);
      if (run_once (self, operation, data, cancellable, &local_error))
        return TRUE;
    }

  name_server (self, local_error);
  g_propagate_error (error, local_error);
  return FALSE;
}
