/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-open"

#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-connect.h"
#include "rst-pop3-session-private.h"
#include "rst-pop3-tls.h"

/* From a host and a port to a session before login: connection, greeting, CAPA, STLS. */

/* Seconds for each wait when the account does not say. */
#define DEFAULT_TIMEOUT 15

/* Bytes kept of the greeting. */
#define MAX_GREETING 512

/* Bytes shown of what is no greeting. */
#define MAX_SHOWN 100

/* The first two bytes of a TLS record: alert or handshake, version 3 (RFC 8446 §5.1). */
static gboolean
is_tls_record (const char *bytes,
               gsize n_bytes)
{
  return (bytes[0] == 0x15 || bytes[0] == 0x16) && (n_bytes < 2 || bytes[1] == 0x03);
}

/* RFC 1939 §7, APOP: a message-id. One that is no message-id may be an attack on the digest. */
static char *
dup_apop_challenge (const char *greeting)
{
  const char *begin = strchr (greeting, '<');
  const char *end = begin != NULL ? strchr (begin, '>') : NULL;

  if (end == NULL || memchr (begin, '@', end - begin) == NULL)
    return NULL;
  for (const char *p = begin; p < end; p++)
    if (!g_ascii_isgraph (*p) || (*p == '<' && p > begin))
      return NULL;
  return g_strndup (begin, end - begin + 1);
}

static gboolean
fail_silent (RstPop3Session *self,
             GError *reason,
             GError **error)
{
  gboolean is_clear = !self->is_encrypted;

  if (is_clear && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                         _ ("The server accepted the connection but said nothing. If this is a "
                            "port for TLS (995 is the usual one), choose security “TLS”; else try "
                            "again later."));
  else if (is_clear && g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                         _ ("The server closed the connection without a greeting. If this is a "
                            "port for TLS (995 is the usual one), choose security “TLS”; else try "
                            "again later."));
  else
    g_propagate_error (error, g_error_copy (reason));
  return FALSE;
}

/* A web server, or the sign-in page that a hotel's network puts before everything. */
static gboolean
is_web (const char *line)
{
  return line[0] == '<' || g_str_has_prefix (line, "HTTP/");
}

static gboolean
fail_foreign (const RstPop3Session *self,
              const char *line,
              GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  g_autofree char *shown = rst_pop3_secrets_dup_shown (secrets, line, MAX_SHOWN);

  if (is_web (line))
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                 _ ("What answers there is not a POP3 server but a web page: “%s”. If this network "
                    "has a sign-in page, open it in a browser first; else check the host name and "
                    "the port of the account."),
                 shown);
  else
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                 _ ("What answers there is not a POP3 server: “%s”. Check the host name and the "
                    "port of the account."),
                 shown);
  return FALSE;
}

static gboolean
fail_encrypted_port (GError **error)
{
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                       _ ("This port of the server speaks TLS from the first byte. Choose "
                          "security “TLS” for the account."));
  return FALSE;
}

/* Waits for the first bytes, which tell TLS from text before a whole line has come. */
static gboolean
check_first_bytes (RstPop3Session *self,
                   GCancellable *cancellable,
                   GError **error)
{
  RstPop3Stream *stream = rst_pop3_session_get_stream (self);
  g_autoptr (GError) local_error = NULL;
  const char *bytes;
  gsize n_bytes;

  if (!rst_pop3_stream_fill (stream, cancellable, &local_error))
    return fail_silent (self, local_error, error);
  bytes = rst_pop3_stream_get_unread (stream, &n_bytes);
  return !is_tls_record (bytes, n_bytes) || fail_encrypted_port (error);
}

static gboolean
read_greeting (RstPop3Session *self,
               GCancellable *cancellable,
               GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  gboolean ends_in_lf = FALSE;
  RstPop3Reply reply;
  const char *line;

  if (!check_first_bytes (self, cancellable, error))
    return FALSE;
  line = rst_pop3_wire_read_line (self->wire, &ends_in_lf, cancellable, error);
  if (line == NULL)
    return FALSE;
  if (!rst_pop3_reply_parse (&reply, line, secrets))
    return fail_foreign (self, line, error);
  if (!reply.is_ok)
    {
      g_propagate_error (error, rst_pop3_reply_new_refusal (
                                    &reply, _ ("The server turned the connection away")));
      return FALSE;
    }
  if (ends_in_lf)
    rst_pop3_wire_set_lf_mode (self->wire);
  self->greeting = rst_pop3_secrets_dup_shown (secrets, reply.text, MAX_GREETING);
  self->apop_challenge = dup_apop_challenge (reply.text);
  if (self->server.memory != NULL && (self->quirks & RST_POP3_QUIRK_NO_CAPA) == 0)
    self->memory = rst_pop3_memory_parse (self->server.memory, &self->server, self->greeting);
  return TRUE;
}

static gboolean
encrypt (RstPop3Session *self,
         GCancellable *cancellable,
         GError **error)
{
  RstPop3Stream *stream = rst_pop3_session_get_stream (self);
  g_autoptr (GIOStream) tls = NULL;

  tls = rst_pop3_tls_start (G_SOCKET_CONNECTION (rst_pop3_stream_get_base (stream)),
                            &self->server, cancellable, error);
  if (tls == NULL)
    return FALSE;
  rst_pop3_stream_set_base (stream, tls);
  self->is_encrypted = TRUE;
  return TRUE;
}

static gboolean
fail_stls (const char *words,
           GError **error)
{
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
               _ ("The server does not offer encryption by STARTTLS (%s). Nothing secret was sent. "
                  "Try security “TLS” on port 995, or ask the owner of the server."),
               words);
  return FALSE;
}

/* What comes in the clear behind the +OK is from a server that failed to start TLS, or from
 * somebody on the way who wants it taken for a later answer: it is never read as one. */
static gboolean
fail_injected (RstPop3Session *self,
               GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  g_autofree char *line = rst_pop3_session_dup_unread (self);
  g_autofree char *shown = rst_pop3_secrets_dup_shown (secrets, line, MAX_SHOWN);

  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
               _ ("The server agreed to begin TLS (STLS), but went on in the clear: “%s”. Nothing "
                  "secret was sent. Try again; if it stays so, ask the owner of the server."),
               shown);
  return FALSE;
}

/* RFC 2595 §4. What the server said before does not count any more. */
static gboolean
start_tls (RstPop3Session *self,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *words = NULL;
  RstPop3Reply reply;
  gsize n_unread;

  if (self->memory == NULL && self->capabilities->is_known && !self->capabilities->has_stls)
    return fail_stls (_ ("its list of capabilities lacks STLS"), error);
  if (!rst_pop3_session_command (self, "STLS", &reply, cancellable, error))
    return FALSE;
  if (!reply.is_ok)
    {
      words = rst_pop3_reply_dup_words (&reply);
      return fail_stls (words, error);
    }
  rst_pop3_stream_get_unread (rst_pop3_session_get_stream (self), &n_unread);
  if (n_unread > 0)
    return fail_injected (self, error);
  if (!encrypt (self, cancellable, error))
    return FALSE;
  g_clear_pointer (&self->apop_challenge, g_free);
  return TRUE;
}

/* Returns: FALSE with *has_lost_capa set when the server broke off at CAPA. */
static gboolean
ask_capabilities (RstPop3Session *self,
                  gboolean *has_lost_capa,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if ((self->quirks & RST_POP3_QUIRK_NO_CAPA) != 0)
    return TRUE;
  if (rst_pop3_session_ask_capabilities (self, cancellable, &local_error))
    return TRUE;
  *has_lost_capa = g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
                   g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* What an earlier session found out is taken for granted, until what the server does contradicts
 * it. */
static gboolean
find_capabilities (RstPop3Session *self,
                   gboolean *has_lost_capa,
                   GCancellable *cancellable,
                   GError **error)
{
  if (self->memory == NULL)
    return ask_capabilities (self, has_lost_capa, cancellable, error);
  g_clear_pointer (&self->capabilities, rst_pop3_capabilities_free);
  self->capabilities = rst_pop3_capabilities_copy (self->memory->before);
  return TRUE;
}

static gboolean
start_encrypted (RstPop3Session *self,
                 gboolean *has_lost_capa,
                 GCancellable *cancellable,
                 GError **error)
{
  gboolean had_capa = self->capabilities->is_known;

  if (!start_tls (self, cancellable, error))
    return FALSE;
  g_clear_pointer (&self->capabilities, rst_pop3_capabilities_free);
  self->capabilities = rst_pop3_capabilities_new ();
  return !had_capa || find_capabilities (self, has_lost_capa, cancellable, error);
}

static RstPop3Session *
new_session (const RstPop3Server *server,
             RstPop3Quirks quirks,
             GSocketConnection *connection)
{
  RstPop3Session *self = g_new0 (RstPop3Session, 1);

  self->server = *server;
  self->quirks = quirks;
  self->capabilities = rst_pop3_capabilities_new ();
  self->sizes = g_array_new (FALSE, FALSE, sizeof (RstPop3Size));
  self->wire = rst_pop3_wire_new (rst_pop3_stream_new (connection, server->timeout),
                                  server->trace, server->trace_data);
  if (server->secret != NULL)
    rst_pop3_wire_add_secret (self->wire, server->secret);
  self->server.secret = NULL;
  return self;
}

static RstPop3Session *
open_once (const RstPop3Server *server,
           RstPop3Quirks quirks,
           gboolean *has_lost_capa,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GSocketConnection) connection = rst_pop3_connect (server, cancellable, error);
  g_autoptr (RstPop3Session) self = NULL;

  if (connection == NULL)
    return NULL;
  self = new_session (server, quirks, connection);
  if (server->security == RST_POP3_SECURITY_TLS && !encrypt (self, cancellable, error))
    return NULL;
  if (!read_greeting (self, cancellable, error) ||
      !find_capabilities (self, has_lost_capa, cancellable, error))
    return NULL;
  if (server->security == RST_POP3_SECURITY_STARTTLS &&
      !start_encrypted (self, has_lost_capa, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

RstPop3Session *
rst_pop3_session_open (const RstPop3Server *server,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean has_lost_capa = FALSE;
  RstPop3Server settled;
  RstPop3Session *self;

  g_return_val_if_fail (server != NULL, NULL);
  g_return_val_if_fail (server->host != NULL, NULL);

  settled = *server;
  if (settled.timeout == 0)
    settled.timeout = DEFAULT_TIMEOUT;
  self = open_once (&settled, server->quirks, &has_lost_capa, cancellable, &local_error);
  if (self != NULL)
    return self;
  if (!has_lost_capa)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return open_once (&settled, server->quirks | RST_POP3_QUIRK_NO_CAPA, &has_lost_capa, cancellable,
                    error);
}
