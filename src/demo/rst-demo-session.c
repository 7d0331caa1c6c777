/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-session"

#include "config.h"

#include "rst-demo-session.h"

#include <stdlib.h>
#include <string.h>

#include "rst-demo-session-private.h"

/* Longer than any status line that a client may believe in. */
#define LONG_STATUS (64 * 1024)

typedef enum
{
  BEFORE_LOGIN = 1 << 0,
  AFTER_LOGIN = 1 << 1,
} Phase;

typedef struct
{
  const char *verb;
  int phases;
  RstDemoServeFunc serve;
} Command;

gboolean
rst_demo_session_has (RstDemoSession *self,
                      RstDemoFault fault)
{
  return rst_demo_faults_has (self->faults, fault);
}

void
rst_demo_session_ok (RstDemoSession *self,
                     const char *text)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_BARE_REPLIES))
    rst_demo_wire_printf (self->wire, "+OK\r\n");
  else
    rst_demo_wire_printf (self->wire, "+OK %s\r\n", text);
}

void
rst_demo_session_err (RstDemoSession *self,
                      const char *text)
{
  const char *err = rst_demo_session_has (self, RST_DEMO_FAULT_ERR_PLUS) ? "+ERR" : "-ERR";
  guint limit = rst_demo_faults_get_number (self->faults, RST_DEMO_FAULT_HANGUP_AFTER_ERRORS);

  if (rst_demo_session_has (self, RST_DEMO_FAULT_BARE_REPLIES))
    rst_demo_wire_printf (self->wire, "%s\r\n", err);
  else
    rst_demo_wire_printf (self->wire, "%s %s\r\n", err, text);
  self->n_errors++;
  if (limit > 0 && self->n_errors >= limit)
    rst_demo_session_hang_up (self);
}

void
rst_demo_session_hang_up (RstDemoSession *self)
{
  rst_demo_wire_hang_up (self->wire);
  self->is_over = TRUE;
}

RstDemoSlot *
rst_demo_session_find (RstDemoSession *self,
                       const char *argument,
                       guint *number)
{
  RstDemoSlot *slot;

  *number = (guint)CLAMP (g_ascii_strtoll (argument, NULL, 10), 0, G_MAXINT);
  slot = rst_demo_view_get_slot (self->view, *number);
  if (slot == NULL || slot->is_deleted)
    {
      rst_demo_session_err (self, "There is no such message");
      return NULL;
    }
  return slot;
}

static void
finish (RstDemoSession *self,
        gboolean is_update,
        RstDemoCommit commit)
{
  if (self->view != NULL)
    rst_demo_state_log_out (self->state, g_steal_pointer (&self->view), is_update, commit);
  self->is_over = TRUE;
}

static gboolean
quit_badly (RstDemoSession *self)
{
  const RstDemoFault ways[] = {
    RST_DEMO_FAULT_QUIT_ERROR,
    RST_DEMO_FAULT_QUIT_SILENT,
    RST_DEMO_FAULT_QUIT_CLOSE,
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      if (!rst_demo_session_has (self, ways[i]))
        continue;
      finish (self, TRUE, rst_demo_faults_get_commit (self->faults, ways[i]));
      if (ways[i] == RST_DEMO_FAULT_QUIT_ERROR)
        rst_demo_session_err (self, "Some deleted messages were not removed");
      else if (ways[i] == RST_DEMO_FAULT_QUIT_SILENT)
        rst_demo_wire_stall (self->wire);
      else
        rst_demo_wire_hang_up (self->wire);
      return TRUE;
    }
  return FALSE;
}

static void
serve_quit (RstDemoSession *self,
            const char *argument)
{
  if (self->view != NULL && quit_badly (self))
    return;
  finish (self, TRUE, RST_DEMO_COMMIT_ALL);
  rst_demo_session_ok (self, "Bon voyage");
}

static const Command commands[] = {
  { "TOP", AFTER_LOGIN, rst_demo_session_top },
  { "RETR", AFTER_LOGIN, rst_demo_session_retr },
  { "DELE", AFTER_LOGIN, rst_demo_session_dele },
  { "LIST", AFTER_LOGIN, rst_demo_session_list },
  { "UIDL", AFTER_LOGIN, rst_demo_session_uidl },
  { "STAT", AFTER_LOGIN, rst_demo_session_stat },
  { "RSET", AFTER_LOGIN, rst_demo_session_rset },
  { "NOOP", AFTER_LOGIN, rst_demo_session_noop },
  { "QUIT", BEFORE_LOGIN | AFTER_LOGIN, serve_quit },
  { "CAPA", BEFORE_LOGIN | AFTER_LOGIN, rst_demo_session_capa },
  { "UTF8", BEFORE_LOGIN | AFTER_LOGIN, rst_demo_session_utf8 },
  { "STLS", BEFORE_LOGIN, rst_demo_session_stls },
  { "USER", BEFORE_LOGIN, rst_demo_session_user },
  { "PASS", BEFORE_LOGIN, rst_demo_session_pass },
  { "APOP", BEFORE_LOGIN, rst_demo_session_apop },
};

/* The faults that can strike at any verb; TRUE when the verb has got what it gets. */
static gboolean
misbehave_at (RstDemoSession *self,
              const char *verb)
{
  if (rst_demo_faults_has_verb (self->faults, RST_DEMO_FAULT_STALL_AT, verb))
    {
      rst_demo_wire_stall (self->wire);
      self->is_over = TRUE;
      return TRUE;
    }
  if (rst_demo_faults_has_verb (self->faults, RST_DEMO_FAULT_CLOSE_AT, verb))
    {
      rst_demo_session_hang_up (self);
      return TRUE;
    }
  if (rst_demo_faults_has_verb (self->faults, RST_DEMO_FAULT_ERR_AT, verb))
    {
      rst_demo_session_err (self, "Not today");
      return TRUE;
    }
  if (rst_demo_faults_has_verb (self->faults, RST_DEMO_FAULT_GARBAGE_AT, verb))
    {
      rst_demo_wire_printf (self->wire, "HTTP/1.1 400 Bad Request\r\n");
      return TRUE;
    }
  if (rst_demo_faults_has_verb (self->faults, RST_DEMO_FAULT_LONG_STATUS_AT, verb))
    {
      g_autofree char *text = g_strnfill (LONG_STATUS, 'x');

      rst_demo_session_ok (self, text);
      return TRUE;
    }
  return FALSE;
}

static void
dispatch (RstDemoSession *self,
          const char *verb,
          const char *argument)
{
  int phase = self->view != NULL ? AFTER_LOGIN : BEFORE_LOGIN;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].verb, verb))
        continue;
      if ((commands[i].phases & phase) != 0)
        commands[i].serve (self, argument);
      else if (phase == BEFORE_LOGIN)
        rst_demo_session_err (self, "Log in first");
      else
        rst_demo_session_err (self, "You are logged in already");
      return;
    }
  rst_demo_session_err (self, "Unknown command");
}

/* The faults may be others from one command to the next; while one is served they stay. */
static void
take_faults (RstDemoSession *self)
{
  guint drip;

  g_clear_pointer (&self->faults, rst_demo_faults_unref);
  self->faults = rst_demo_state_ref_faults (self->state);
  drip = rst_demo_faults_get_number (self->faults, RST_DEMO_FAULT_DRIP);
  rst_demo_wire_set_drip (self->wire, drip);
  rst_demo_wire_set_lf_only (self->wire, rst_demo_session_has (self, RST_DEMO_FAULT_LF_ONLY));
}

static void
serve_line (RstDemoSession *self,
            char *line)
{
  char *argument = strchr (line, ' ');
  g_autofree char *verb = NULL;

  if (argument != NULL)
    *argument++ = '\0';
  verb = g_ascii_strup (line, -1);
  /* RFC 1939 §7: a password may have blanks, at its ends too. */
  if (argument != NULL && !g_str_equal (verb, "PASS"))
    g_strstrip (argument);
  rst_demo_state_record (self->state, verb, argument != NULL ? argument : "");
  if (rst_demo_wire_has_input (self->wire))
    {
      if (rst_demo_session_has (self, RST_DEMO_FAULT_CLOSE_WHEN_PIPELINED))
        {
          rst_demo_session_hang_up (self);
          return;
        }
      if (rst_demo_session_has (self, RST_DEMO_FAULT_ONE_AT_A_TIME))
        rst_demo_wire_discard_input (self->wire);
    }
  if (rst_demo_session_has (self, RST_DEMO_FAULT_CHANGE_BEFORE))
    rst_demo_state_change_before (self->state, verb);
  if (!misbehave_at (self, verb))
    dispatch (self, verb, argument != NULL ? argument : "");
}

static guint
count_session (RstDemoState *state)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&state->mutex);

  return ++state->n_sessions;
}

void
rst_demo_session_run (RstDemoState *state,
                      RstDemoWire *wire)
{
  RstDemoSession self = { .state = state, .wire = wire };

  self.serial = count_session (state);
  take_faults (&self);
  if (!misbehave_at (&self, "GREETING"))
    rst_demo_session_greet (&self);
  while (!self.is_over)
    {
      g_autofree char *line = rst_demo_wire_read_line (wire);

      if (line == NULL)
        break;
      take_faults (&self);
      serve_line (&self, line);
    }
  finish (&self, FALSE, RST_DEMO_COMMIT_KEEP);
  rst_demo_wire_flush (wire);
  g_free (self.user);
  g_free (self.timestamp);
  rst_demo_faults_unref (self.faults);
}
