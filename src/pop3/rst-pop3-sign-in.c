/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-sign-in"

#include "config.h"

#include "rst-pop3-list.h"
#include "rst-pop3-login.h"

/* From a greeting to a listing in as few flights as the server allows. A flight is a number of
 * commands that go out together, and whose answers are read in order, all of them, whatever the
 * first ones say (RFC 2449 §6.6). */

/* Seconds that the rest of a flight is waited for once the login is refused: nothing hangs on it
 * but that the session can be used again. */
#define REFUSED_TIMEOUT 2

typedef enum
{
  STEP_USER,
  STEP_PASS,
  STEP_APOP,
  STEP_CAPA,
  STEP_UTF8,
  STEP_LIST,
  STEP_UIDL,
} Step;

#define MAX_STEPS 8

typedef struct
{
  RstPop3Session *session;
  const char *user;
  const char *password;
  GCancellable *cancellable;
  RstPop3Listing *listing;
  GError *list_refusal;

  /* the flight */
  Step steps[MAX_STEPS];
  guint n_steps;
  guint n_read;
  const char *secret;
  GError *login_refusal;
  gboolean has_asked_uids;
} SignIn;

static gboolean
can_pipeline_login (const RstPop3Session *session)
{
  return rst_pop3_session_can_pipeline (session) &&
         (session->quirks & RST_POP3_QUIRK_NO_PIPELINED_LOGIN) == 0;
}

/* What is to be expected after login: most servers say the same as before it. */
static const RstPop3Capabilities *
get_outlook (const RstPop3Session *session)
{
  return session->memory != NULL ? session->memory->after : session->capabilities;
}

static gboolean
send_step (SignIn *self,
           Step step,
           GError **error)
{
  static const char *const commands[] = {
    [STEP_CAPA] = "CAPA",
    [STEP_UTF8] = "UTF8",
    [STEP_LIST] = "LIST",
    [STEP_UIDL] = "UIDL",
  };
  RstPop3Wire *wire = self->session->wire;
  g_autofree char *command = NULL;

  self->steps[self->n_steps++] = step;
  if (step == STEP_PASS)
    return rst_pop3_wire_send_secret (wire, "PASS", self->secret, error);
  if (step == STEP_USER)
    {
      command = g_strconcat ("USER ", self->user, NULL);
      return rst_pop3_wire_send (wire, command, error);
    }
  if (step == STEP_APOP)
    {
      command = g_strconcat ("APOP ", self->user, NULL);
      return rst_pop3_wire_send_secret (wire, command, self->secret, error);
    }
  return rst_pop3_wire_send (wire, commands[step], error);
}

static gboolean
send_questions (SignIn *self,
                GError **error)
{
  const RstPop3Capabilities *outlook = get_outlook (self->session);

  gboolean is_asking_utf8 = outlook->has_utf8 && !self->session->has_asked_utf8;

  self->session->has_asked_utf8 |= is_asking_utf8;
  self->has_asked_uids = outlook->has_uidl;
  return send_step (self, STEP_CAPA, error) &&
         (!is_asking_utf8 || send_step (self, STEP_UTF8, error)) &&
         send_step (self, STEP_LIST, error) &&
         (!self->has_asked_uids || send_step (self, STEP_UIDL, error));
}

/* The answer to PASS or APOP is the verdict. One to USER only explains it: PASS after a refused
 * USER is refused for being out of place. */
static gboolean
read_login (SignIn *self,
            Step step,
            GError **error)
{
  RstPop3Session *session = self->session;
  RstPop3Reply reply;

  if (!rst_pop3_session_read_reply (session, &reply, self->cancellable, error))
    return FALSE;
  if (!reply.is_ok && (self->login_refusal == NULL || rst_pop3_reply_is_try_later (&reply)))
    {
      g_clear_error (&self->login_refusal);
      self->login_refusal = rst_pop3_login_new_refusal (&reply);
    }
  if (step == STEP_USER)
    return TRUE;
  session->is_signed_in = reply.is_ok && self->login_refusal == NULL;
  if (session->is_signed_in && step == STEP_APOP)
    session->auth = RST_POP3_AUTH_APOP;
  if (!session->is_signed_in)
    rst_pop3_stream_set_timeout (rst_pop3_session_get_stream (session),
                                 MIN (session->server.timeout, REFUSED_TIMEOUT));
  return TRUE;
}

/* After a refused login nothing that comes is of interest. */
static gboolean
pass_over (SignIn *self,
           Step step,
           GError **error)
{
  RstPop3Reply reply;

  return rst_pop3_session_read_reply (self->session, &reply, self->cancellable, error) &&
         (!reply.is_ok || step == STEP_UTF8 ||
          rst_pop3_list_pass_over (self->session, self->cancellable, error));
}

static gboolean
read_step (SignIn *self,
           Step step,
           GError **error)
{
  RstPop3Session *session = self->session;
  RstPop3Reply reply;

  if (step <= STEP_APOP)
    return read_login (self, step, error);
  if (self->login_refusal != NULL)
    return pass_over (self, step, error);
  if (step == STEP_CAPA)
    return rst_pop3_session_read_capabilities (session, self->cancellable, error);
  if (step == STEP_UTF8)
    return rst_pop3_session_read_reply (session, &reply, self->cancellable, error);
  if (step == STEP_LIST)
    return rst_pop3_list_read_sizes (session, self->listing, &self->list_refusal,
                                     self->cancellable, error);
  return rst_pop3_list_read_uids (session, self->listing, &self->list_refusal, self->cancellable,
                                  error);
}

static gboolean
read_flight (SignIn *self,
             GError **error)
{
  gboolean is_good = TRUE;

  for (; is_good && self->n_read < self->n_steps; self->n_read += is_good)
    is_good = read_step (self, self->steps[self->n_read], error);
  return is_good;
}

/* A flight that came to nothing: was it the password, the flight, or the memory? */
static void
judge_break (SignIn *self,
             GError **reason)
{
  RstPop3Session *session = self->session;
  Step step = self->steps[self->n_read];
  gboolean is_proven = session->memory != NULL && session->memory->has_flight;
  gboolean is_closed = g_error_matches (*reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);

  if (g_error_matches (*reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (is_proven && is_closed && step == STEP_PASS)
    {
      g_clear_error (reason);
      *reason = rst_pop3_login_new_hang_up ();
      return;
    }
  session->has_misled = session->memory != NULL;
  if (self->secret == NULL)
    rst_pop3_session_note_failure (session, self->n_steps, *reason);
  else if (!is_proven && rst_pop3_session_is_break (*reason))
    session->quirks |= RST_POP3_QUIRK_NO_PIPELINED_LOGIN;
}

/* Returns: FALSE when the login was refused, which leaves the session open, or the session is
 * over. */
static gboolean
settle_flight (SignIn *self,
               GError **reason)
{
  RstPop3Session *session = self->session;

  rst_pop3_stream_set_timeout (rst_pop3_session_get_stream (session), session->server.timeout);
  if (self->login_refusal != NULL)
    {
      g_clear_error (reason);
      *reason = g_steal_pointer (&self->login_refusal);
    }
  else if (*reason != NULL)
    judge_break (self, reason);
  else
    session->has_flight |= self->secret != NULL;
  return *reason == NULL;
}

static gboolean
send_flight (SignIn *self,
             Step login,
             GError **error)
{
  self->n_steps = self->n_read = 0;
  if (login == STEP_APOP && !send_step (self, STEP_APOP, error))
    return FALSE;
  if (login == STEP_PASS &&
      (!send_step (self, STEP_USER, error) || !send_step (self, STEP_PASS, error)))
    return FALSE;
  return send_questions (self, error);
}

/* One flight: login by PASS or APOP, or none when @login is STEP_CAPA, and what follows it. */
static gboolean
fly (SignIn *self,
     Step login,
     GError **error)
{
  g_autofree char *digest = NULL;
  g_autoptr (GError) local_error = NULL;

  if (login == STEP_APOP)
    digest = rst_pop3_login_dup_digest (self->session, self->password);
  self->secret = login == STEP_PASS ? self->password : digest;
  if (!rst_pop3_session_begin (self->session, error) || !send_flight (self, login, error))
    return FALSE;
  read_flight (self, &local_error);
  if (settle_flight (self, &local_error))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* APOP is part of a flight where it is known to do; else its refusal would take much down with
 * it. */
static gboolean
fly_with_apop (SignIn *self,
               GError **error)
{
  RstPop3Session *session = self->session;
  g_autoptr (GError) local_error = NULL;

  if (session->memory == NULL || session->memory->auth != RST_POP3_AUTH_APOP)
    return rst_pop3_login_try_apop (session, self->user, self->password, &local_error,
                                    self->cancellable, error) &&
           fly (self, session->is_signed_in ? STEP_CAPA : STEP_PASS, error);
  if (fly (self, STEP_APOP, &local_error))
    return TRUE;
  if (g_error_matches (local_error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH) &&
      rst_pop3_session_is_open (session))
    return fly (self, STEP_PASS, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Whatever the flight left out because nobody knew of it. */
static gboolean
complete (SignIn *self,
          GError **error)
{
  RstPop3Session *session = self->session;

  if (!rst_pop3_login_ask_for_utf8 (session, self->cancellable, error))
    return FALSE;
  if (!self->has_asked_uids && session->capabilities->has_uidl && self->list_refusal == NULL &&
      (!rst_pop3_session_begin (session, error) ||
       !rst_pop3_wire_send (session->wire, "UIDL", error) ||
       !rst_pop3_list_read_uids (session, self->listing, &self->list_refusal, self->cancellable,
                                 error)))
    return FALSE;
  if (self->list_refusal == NULL)
    {
      rst_pop3_list_remember (session, self->listing);
      return TRUE;
    }
  /* CAPA did not tell whether that can still be done */
  session->has_misled = session->memory != NULL && session->before == NULL;
  g_propagate_error (error, g_steal_pointer (&self->list_refusal));
  return FALSE;
}

static gboolean
sign_in_by_flight (SignIn *self,
                   GError **error)
{
  RstPop3Session *session = self->session;
  RstPop3Auth auth = rst_pop3_login_choose (session);
  gboolean is_automatic = session->server.auth == RST_POP3_AUTH_AUTOMATIC;
  gboolean is_good;

  if (can_pipeline_login (session) && auth == RST_POP3_AUTH_PASSWORD)
    is_good = fly (self, STEP_PASS, error);
  else if (can_pipeline_login (session) && auth == RST_POP3_AUTH_APOP && is_automatic)
    is_good = fly_with_apop (self, error);
  else
    is_good = rst_pop3_login_in_turn (session, self->user, self->password, self->cancellable,
                                      error) &&
              fly (self, STEP_CAPA, error);
  return is_good && complete (self, error);
}

static RstPop3Listing *
sign_in_in_turn (SignIn *self,
                 GError **error)
{
  if (!rst_pop3_login_in_turn (self->session, self->user, self->password, self->cancellable,
                               error) ||
      !rst_pop3_login_look_around (self->session, self->cancellable, error))
    return NULL;
  return rst_pop3_session_list (self->session, self->cancellable, error);
}

gboolean
rst_pop3_session_sign_in (RstPop3Session *self,
                          const char *user,
                          const char *password,
                          RstPop3Listing **listing,
                          GCancellable *cancellable,
                          GError **error)
{
  SignIn sign_in = {
    .session = self, .user = user, .password = password, .cancellable = cancellable
  };
  g_autoptr (RstPop3Listing) found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);
  g_return_val_if_fail (listing != NULL, FALSE);

  if (!rst_pop3_login_prepare (self, user, password, cancellable, error))
    return FALSE;
  if (!rst_pop3_session_can_pipeline (self))
    found = sign_in_in_turn (&sign_in, error);
  else
    {
      sign_in.listing = rst_pop3_listing_new ();
      if (sign_in_by_flight (&sign_in, error))
        found = g_steal_pointer (&sign_in.listing);
      g_clear_pointer (&sign_in.listing, rst_pop3_listing_free);
      g_clear_error (&sign_in.list_refusal);
    }
  *listing = g_steal_pointer (&found);
  return *listing != NULL;
}
