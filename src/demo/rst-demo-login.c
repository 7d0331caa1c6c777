/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-login"

#include "config.h"

#include <string.h>

#include "rst-demo-session-private.h"

/* Gmail shows what POP3 has already fetched to a user of this name only. */
#define RECENT_PREFIX "recent:"

void
rst_demo_session_greet (RstDemoSession *self)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_APOP))
    {
      g_autofree char *text = NULL;

      self->timestamp = g_strdup_printf ("<%u.%" G_GINT64_FORMAT "@localhost>",
                                         self->serial,
                                         g_get_real_time ());
      text = g_strconcat ("Poste restante at your service ", self->timestamp, NULL);
      rst_demo_session_ok (self, text);
    }
  else
    rst_demo_session_ok (self, "Poste restante at your service");
}

static void
write_capabilities (RstDemoSession *self)
{
  gboolean is_first = self->view == NULL;
  guint delay = rst_demo_faults_get_number (self->faults, RST_DEMO_FAULT_LOGIN_DELAY);
  const struct
  {
    const char *name;
    gboolean is_hidden;
  } capabilities[] = {
    { "USER", FALSE },
    { "RESP-CODES", FALSE },
    { "AUTH-RESP-CODE", FALSE },
    { "EXPIRE NEVER", FALSE },
    { "PIPELINING", rst_demo_session_has (self, RST_DEMO_FAULT_NO_PIPELINING) },
    { "TOP", rst_demo_session_has (self, RST_DEMO_FAULT_NO_TOP) ||
                 rst_demo_session_has (self, RST_DEMO_FAULT_TOP_HIDDEN) },
    { "UIDL", rst_demo_session_has (self, RST_DEMO_FAULT_NO_UIDL) ||
                  (is_first && rst_demo_session_has (self, RST_DEMO_FAULT_UIDL_AFTER_LOGIN)) },
    { "UTF8", rst_demo_session_has (self, RST_DEMO_FAULT_NO_UTF8) },
    { "STLS", rst_demo_session_has (self, RST_DEMO_FAULT_NO_STLS) || !is_first ||
                  rst_demo_wire_is_tls (self->wire) },
    { "IMPLEMENTATION Restante demo server " PACKAGE_VERSION, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (capabilities); i++)
    if (!capabilities[i].is_hidden)
      rst_demo_wire_printf (self->wire, "%s\r\n", capabilities[i].name);
  if (delay > 0)
    rst_demo_wire_printf (self->wire, "LOGIN-DELAY %u\r\n", delay);
  rst_demo_wire_write (self->wire, ".\r\n", 3);
}

void
rst_demo_session_capa (RstDemoSession *self,
                       const char *argument)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_CAPA_SILENT))
    return;
  if (rst_demo_session_has (self, RST_DEMO_FAULT_CAPA_HANGUP))
    rst_demo_session_hang_up (self);
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_NO_CAPA))
    rst_demo_session_err (self, "Unknown command");
  else
    {
      rst_demo_session_ok (self, "Capabilities follow");
      write_capabilities (self);
    }
}

void
rst_demo_session_stls (RstDemoSession *self,
                       const char *argument)
{
  if (rst_demo_wire_is_tls (self->wire))
    rst_demo_session_err (self, "TLS is there already");
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_NO_STLS))
    rst_demo_session_err (self, "Unknown command");
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_STLS_REFUSED))
    rst_demo_session_err (self, "TLS is not available at the moment");
  else
    {
      rst_demo_session_ok (self, "Begin TLS now");
      if (rst_demo_session_has (self, RST_DEMO_FAULT_STLS_PLAIN_ERROR))
        {
          rst_demo_session_err (self, "The certificate could not be read");
          rst_demo_session_hang_up (self);
          return;
        }
      rst_demo_wire_start_tls (self->wire);
      /* RFC 2595 §4: what was said in the clear is forgotten. */
      g_clear_pointer (&self->user, g_free);
    }
}

void
rst_demo_session_utf8 (RstDemoSession *self,
                       const char *argument)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_NO_UTF8))
    {
      rst_demo_session_err (self, "Unknown command");
      return;
    }
  self->has_utf8 = TRUE;
  rst_demo_session_ok (self, "UTF8 enabled");
}

void
rst_demo_session_user (RstDemoSession *self,
                       const char *argument)
{
  g_free (self->user);
  self->user = g_strdup (argument);
  rst_demo_session_ok (self, "Password, please");
}

static void
let_in (RstDemoSession *self,
        gboolean shows_read)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_IN_USE))
    rst_demo_session_err (self, "[IN-USE] The mailbox is in use by another session");
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_LOGIN_DELAY))
    rst_demo_session_err (self, "[LOGIN-DELAY] You were here a moment ago");
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_SYS_TEMP))
    rst_demo_session_err (self, "[SYS/TEMP] The storage is being moved");
  else
    {
      self->view = rst_demo_state_log_in (self->state, self->faults, shows_read);
      if (self->view != NULL)
        rst_demo_session_ok (self, "Your mail is waiting");
      else
        rst_demo_session_err (self, "[IN-USE] The mailbox is locked by another session");
    }
}

static void
log_in (RstDemoSession *self,
        const char *user,
        const char *password,
        const char *digest)
{
  gboolean is_gmail = rst_demo_session_has (self, RST_DEMO_FAULT_GMAIL);
  gboolean shows_read = !is_gmail;

  if (is_gmail && g_str_has_prefix (user, RECENT_PREFIX))
    {
      user += strlen (RECENT_PREFIX);
      shows_read = TRUE;
    }
  if (rst_demo_state_is_user (self->state, user, password, self->timestamp, digest))
    let_in (self, shows_read);
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_CLOSE_ON_BAD_PASSWORD))
    rst_demo_session_hang_up (self);
  else
    rst_demo_session_err (self, "[AUTH] User or password is wrong");
}

void
rst_demo_session_pass (RstDemoSession *self,
                       const char *argument)
{
  g_autofree char *user = g_steal_pointer (&self->user);

  if (user == NULL)
    rst_demo_session_err (self, "USER comes first");
  else
    log_in (self, user, argument, NULL);
}

void
rst_demo_session_apop (RstDemoSession *self,
                       const char *argument)
{
  g_auto (GStrv) words = g_strsplit (argument, " ", 2);

  if (self->timestamp == NULL)
    rst_demo_session_err (self, "Unknown command");
  else if (g_strv_length (words) != 2)
    rst_demo_session_err (self, "APOP takes a user and a digest");
  else
    log_in (self, words[0], NULL, words[1]);
}
