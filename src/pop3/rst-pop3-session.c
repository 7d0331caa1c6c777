/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-session"

#include "config.h"

#include "rst-pop3-session.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-session-private.h"

/* What every session does one command at a time. How a session begins is in rst-pop3-open.c and
 * rst-pop3-login.c, what sends many commands at once in rst-pop3-list.c and rst-pop3-transfer.c. */

/* Seconds that QUIT is waited for after a DELE: the server may rewrite a big mailbox then, and only
 * its answer tells what became of the messages. */
#define MIN_QUIT_TIMEOUT 60

/* Bytes shown of a line that is no status line, or that nobody asked for. */
#define MAX_SHOWN 200

/* Lines of an answer to CAPA: ten times what the most talkative server sends. */
#define MAX_CAPABILITIES 500

RstPop3Stream *
rst_pop3_session_get_stream (const RstPop3Session *self)
{
  return rst_pop3_wire_get_stream (self->wire);
}

char *
rst_pop3_session_dup_unread (const RstPop3Session *self)
{
  RstPop3Stream *stream = rst_pop3_session_get_stream (self);
  gsize n_unread;
  const char *bytes = rst_pop3_stream_get_unread (stream, &n_unread);
  char *line = g_strndup (bytes, n_unread);

  line[strcspn (line, "\r\n")] = '\0';
  return line;
}

/* A server that goes away by itself often says why: "-ERR idle for too long". */
static gboolean
fail_unasked (RstPop3Session *self,
              GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  g_autofree char *line = rst_pop3_session_dup_unread (self);
  g_autofree char *shown = rst_pop3_secrets_dup_shown (secrets, line, MAX_SHOWN);
  g_autofree char *words = NULL;
  RstPop3Reply reply;

  if (rst_pop3_reply_parse (&reply, line, secrets) && !reply.is_ok)
    {
      words = rst_pop3_reply_dup_words (&reply);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                   _ ("The server ended the session: %s. Try again."), words);
    }
  else
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                 _ ("The server sent something that nobody asked for: “%s”. The connection was "
                    "closed. Try again."),
                 shown);
  rst_pop3_session_close (self);
  return FALSE;
}

gboolean
rst_pop3_session_begin (RstPop3Session *self,
                        GError **error)
{
  RstPop3Stream *stream = rst_pop3_session_get_stream (self);
  gsize n_unread;

  rst_pop3_stream_get_unread (stream, &n_unread);
  if (n_unread == 0 && !rst_pop3_stream_poll (stream, error))
    return FALSE;
  rst_pop3_stream_get_unread (stream, &n_unread);
  return (n_unread == 0 && rst_pop3_stream_has_sent_all (stream)) || fail_unasked (self, error);
}

gboolean
rst_pop3_session_read_reply (RstPop3Session *self,
                             RstPop3Reply *reply,
                             GCancellable *cancellable,
                             GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  const char *line = rst_pop3_wire_read_line (self->wire, NULL, cancellable, error);
  g_autofree char *shown = NULL;

  if (line == NULL)
    return FALSE;
  if (rst_pop3_reply_parse (reply, line, secrets))
    return TRUE;
  shown = rst_pop3_secrets_dup_shown (secrets, line, MAX_SHOWN);
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
               _ ("The server answered with something that is not POP3: “%s”. The connection was "
                  "closed. Try again."),
               shown);
  rst_pop3_session_close (self);
  return FALSE;
}

gboolean
rst_pop3_session_command (RstPop3Session *self,
                          const char *command,
                          RstPop3Reply *reply,
                          GCancellable *cancellable,
                          GError **error)
{
  return rst_pop3_session_begin (self, error) &&
         rst_pop3_wire_send (self->wire, command, error) &&
         rst_pop3_session_read_reply (self, reply, cancellable, error);
}

static gboolean
add_capability_cb (const char *line,
                   gsize length,
                   gpointer user_data,
                   GError **error)
{
  rst_pop3_capabilities_add_line (user_data, line);
  return TRUE;
}

gboolean
rst_pop3_session_read_capabilities (RstPop3Session *self,
                                    GCancellable *cancellable,
                                    GError **error)
{
  const RstPop3Secrets *secrets = rst_pop3_wire_get_secrets (self->wire);
  g_autoptr (RstPop3Capabilities) capabilities = rst_pop3_capabilities_new ();
  RstPop3Reply reply;

  if (!rst_pop3_session_read_reply (self, &reply, cancellable, error))
    return FALSE;
  if (!reply.is_ok)
    return TRUE;
  if (!rst_pop3_wire_read_lines (self->wire, MAX_CAPABILITIES, add_capability_cb, capabilities,
                                 cancellable, error))
    return FALSE;
  capabilities->is_known = TRUE;
  rst_pop3_secrets_hide (secrets, &capabilities->sasl);
  rst_pop3_secrets_hide (secrets, &capabilities->implementation);
  if (self->is_signed_in && self->before == NULL)
    self->before = g_steal_pointer (&self->capabilities);
  g_clear_pointer (&self->capabilities, rst_pop3_capabilities_free);
  self->capabilities = g_steal_pointer (&capabilities);
  return TRUE;
}

gboolean
rst_pop3_session_ask_capabilities (RstPop3Session *self,
                                   GCancellable *cancellable,
                                   GError **error)
{
  return rst_pop3_session_begin (self, error) &&
         rst_pop3_wire_send (self->wire, "CAPA", error) &&
         rst_pop3_session_read_capabilities (self, cancellable, error);
}

gboolean
rst_pop3_session_can_pipeline (const RstPop3Session *self)
{
  return self->capabilities->has_pipelining &&
         (self->quirks & RST_POP3_QUIRK_NO_PIPELINING) == 0;
}

gboolean
rst_pop3_session_is_break (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL);
}

void
rst_pop3_session_note_failure (RstPop3Session *self,
                               gsize n_owed,
                               const GError *error)
{
  if (n_owed >= 2 && !self->has_pipelined && rst_pop3_session_is_break (error))
    self->quirks |= RST_POP3_QUIRK_NO_PIPELINING;
}

/* "+OK 2 320"; what is no number, or negative, counts as 0. */
static void
parse_stat (const char *text,
            guint *n_messages,
            guint64 *size)
{
  char *rest = (char *)text;
  guint64 count = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, &rest, 10) : 0;

  rest += strspn (rest, " \t");
  *n_messages = count <= G_MAXUINT ? (guint)count : 0;
  *size = g_ascii_isdigit (*rest) ? g_ascii_strtoull (rest, NULL, 10) : 0;
}

gboolean
rst_pop3_session_stat (RstPop3Session *self,
                       guint *n_messages,
                       guint64 *size,
                       GCancellable *cancellable,
                       GError **error)
{
  RstPop3Reply reply;
  guint64 octets;
  guint count;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!rst_pop3_session_command (self, "STAT", &reply, cancellable, error))
    return FALSE;
  if (!reply.is_ok)
    {
      g_propagate_error (error, rst_pop3_reply_new_refusal (
                                    &reply, _ ("The server would not open the mailbox")));
      return FALSE;
    }
  parse_stat (reply.text, &count, &octets);
  if (n_messages != NULL)
    *n_messages = count;
  if (size != NULL)
    *size = octets;
  return TRUE;
}

static gboolean
simple_command (RstPop3Session *self,
                const char *command,
                const char *refusal,
                GCancellable *cancellable,
                GError **error)
{
  RstPop3Reply reply;

  if (!rst_pop3_session_command (self, command, &reply, cancellable, error))
    return FALSE;
  if (!reply.is_ok)
    g_propagate_error (error, rst_pop3_reply_new_refusal (&reply, refusal));
  return reply.is_ok;
}

gboolean
rst_pop3_session_rset (RstPop3Session *self,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!simple_command (self, "RSET", _ ("The server would not take the deletions back"),
                       cancellable, error))
    return FALSE;
  self->has_sent_dele = FALSE;
  rst_pop3_stream_set_drops_unsent (rst_pop3_session_get_stream (self), FALSE);
  return TRUE;
}

gboolean
rst_pop3_session_noop (RstPop3Session *self,
                       GCancellable *cancellable,
                       GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return simple_command (self, "NOOP", _ ("The server would not go on with the session"),
                         cancellable, error);
}

static char *
dup_line (const RstPop3Reply *reply)
{
  g_autofree char *text = rst_pop3_secrets_dup_shown (reply->secrets, reply->text, MAX_SHOWN);

  return g_strconcat (reply->is_ok ? "+OK" : "-ERR", *text ? " " : "", text, NULL);
}

gboolean
rst_pop3_session_quit (RstPop3Session *self,
                       GCancellable *cancellable,
                       GError **error)
{
  RstPop3Stream *stream;
  RstPop3Reply reply;
  gboolean is_done;

  g_return_val_if_fail (self != NULL, FALSE);

  stream = rst_pop3_session_get_stream (self);
  if (self->has_sent_dele)
    rst_pop3_stream_set_timeout (stream, MAX (self->server.timeout, MIN_QUIT_TIMEOUT));
  is_done = rst_pop3_session_command (self, "QUIT", &reply, cancellable, error);
  if (is_done)
    {
      rst_pop3_stream_set_drops_unsent (stream, FALSE);
      self->farewell = dup_line (&reply);
      is_done = reply.is_ok;
      if (!is_done)
        g_propagate_error (error,
                           rst_pop3_reply_new_refusal (
                               &reply, _ ("The server would not end the session as asked")));
    }
  rst_pop3_stream_close_politely (stream);
  return is_done;
}

void
rst_pop3_session_leave (RstPop3Session *self)
{
  RstPop3Stream *stream;

  g_return_if_fail (self != NULL);

  stream = rst_pop3_session_get_stream (self);
  if (!self->has_sent_dele && rst_pop3_session_begin (self, NULL) &&
      rst_pop3_wire_send (self->wire, "QUIT", NULL))
    rst_pop3_stream_push (stream);
  rst_pop3_stream_close (stream);
}

void
rst_pop3_session_close (RstPop3Session *self)
{
  g_return_if_fail (self != NULL);

  rst_pop3_stream_close (rst_pop3_session_get_stream (self));
}

gboolean
rst_pop3_session_is_open (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return rst_pop3_stream_is_open (rst_pop3_session_get_stream (self));
}

const RstPop3Capabilities *
rst_pop3_session_get_capabilities (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->capabilities;
}

gboolean
rst_pop3_session_is_signed_in (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_signed_in;
}

gboolean
rst_pop3_session_used_memory (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_misled;
}

/* Without CAPA there is nothing to know, and a server whose lists before and after login do not go
 * together any more is better asked anew. */
char *
rst_pop3_session_dup_memory (const RstPop3Session *self)
{
  RstPop3Memory memory = { .has_flight = self->has_flight, .auth = self->auth };

  g_return_val_if_fail (self != NULL, NULL);

  memory.after = self->capabilities;
  if (self->before != NULL)
    memory.before = self->before;
  else
    memory.before = self->capabilities;
  if (self->before == NULL && self->memory != NULL)
    memory.after = self->memory->after;
  if (!self->is_signed_in || !memory.before->is_known ||
      memory.before->has_pipelining != memory.after->has_pipelining)
    return NULL;
  return rst_pop3_memory_format (&memory, &self->server, self->greeting);
}

char *
rst_pop3_session_dup_protection (const RstPop3Session *self)
{
  static const char *const versions[] = {
    [G_TLS_PROTOCOL_VERSION_TLS_1_0] = "TLS 1.0",
    [G_TLS_PROTOCOL_VERSION_TLS_1_1] = "TLS 1.1",
    [G_TLS_PROTOCOL_VERSION_TLS_1_2] = "TLS 1.2",
    [G_TLS_PROTOCOL_VERSION_TLS_1_3] = "TLS 1.3",
  };
  g_autofree char *cipher = NULL;
  GIOStream *base;
  GTlsProtocolVersion version;

  g_return_val_if_fail (self != NULL, NULL);

  base = rst_pop3_stream_get_base (rst_pop3_session_get_stream (self));
  if (!G_IS_TLS_CONNECTION (base))
    return NULL;
  version = g_tls_connection_get_protocol_version (G_TLS_CONNECTION (base));
  cipher = g_tls_connection_get_ciphersuite_name (G_TLS_CONNECTION (base));
  return g_strdup_printf ("%s, %s",
                          version < G_N_ELEMENTS (versions) && versions[version] != NULL
                              ? versions[version]
                              : "TLS",
                          cipher != NULL ? cipher : "?");
}

RstPop3Quirks
rst_pop3_session_get_quirks (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, RST_POP3_QUIRK_NONE);

  return self->quirks;
}

const char *
rst_pop3_session_get_greeting (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->greeting;
}

const char *
rst_pop3_session_get_farewell (const RstPop3Session *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->farewell;
}

void
rst_pop3_session_free (RstPop3Session *self)
{
  g_clear_pointer (&self->wire, rst_pop3_wire_free);
  rst_pop3_capabilities_free (self->capabilities);
  g_clear_pointer (&self->before, rst_pop3_capabilities_free);
  g_clear_pointer (&self->memory, rst_pop3_memory_free);
  g_array_unref (self->sizes);
  g_free (self->greeting);
  g_free (self->farewell);
  g_free (self->apop_challenge);
  g_free (self);
}
