/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-wire"

#include "config.h"

#include "rst-pop3-wire.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-dots.h"
#include "rst-pop3-error.h"

/* Bytes of a status line or a line of LIST: over any server's, and no harm to us. */
#define MAX_LINE (8 * 1024)

/* Bytes from which on what is sent is kept as a secret by itself: "=" is none. */
#define MIN_SECRET 4

struct _RstPop3Wire
{
  RstPop3Stream *stream;
  RstPop3TraceFunc trace;
  gpointer trace_data;
  RstPop3Secrets *secrets;
  gboolean is_lf_mode;
};

/* The lines of one multi-line answer, put together from its pieces. */
typedef struct
{
  RstPop3Wire *wire;
  GString *line;
  guint n_lines;
  guint max_lines;
  RstPop3WireFunc func;
  gpointer user_data;
} Lines;

RstPop3Wire *
rst_pop3_wire_new (RstPop3Stream *stream,
                   RstPop3TraceFunc trace,
                   gpointer trace_data)
{
  RstPop3Wire *self = g_new0 (RstPop3Wire, 1);

  self->stream = stream;
  self->trace = trace;
  self->trace_data = trace_data;
  self->secrets = rst_pop3_secrets_new ();
  return self;
}

void
rst_pop3_wire_free (RstPop3Wire *self)
{
  rst_pop3_stream_free (self->stream);
  rst_pop3_secrets_free (self->secrets);
  g_free (self);
}

RstPop3Stream *
rst_pop3_wire_get_stream (RstPop3Wire *self)
{
  return self->stream;
}

void
rst_pop3_wire_set_lf_mode (RstPop3Wire *self)
{
  self->is_lf_mode = TRUE;
}

void
rst_pop3_wire_add_secret (RstPop3Wire *self,
                          const char *secret)
{
  rst_pop3_secrets_add (self->secrets, secret);
}

const RstPop3Secrets *
rst_pop3_wire_get_secrets (const RstPop3Wire *self)
{
  return self->secrets;
}

gboolean
rst_pop3_wire_has_room (const RstPop3Wire *self)
{
  return rst_pop3_stream_get_room (self->stream) >= RST_POP3_WIRE_MAX_COMMAND;
}

static void
trace_line (RstPop3Wire *self,
            gboolean is_sent,
            const char *line)
{
  g_autofree char *shown = NULL;

  if (self->trace == NULL)
    return;
  shown = rst_pop3_secrets_dup_shown (is_sent ? NULL : self->secrets, line, MAX_LINE);
  self->trace (is_sent, shown, self->trace_data);
}

static gboolean
can_send (const char *text,
          gsize max_length,
          GError **error)
{
  if (strpbrk (text, "\r\n") == NULL && strlen (text) <= max_length)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                       _ ("A command must be one line of limited length. Nothing was sent."));
  return FALSE;
}

gboolean
rst_pop3_wire_send (RstPop3Wire *self,
                    const char *command,
                    GError **error)
{
  if (!can_send (command, RST_POP3_WIRE_MAX_COMMAND - strlen ("\r\n"), error))
    return FALSE;
  trace_line (self, TRUE, command);
  rst_pop3_stream_put (self->stream, command, strlen (command));
  rst_pop3_stream_put (self->stream, "\r\n", 2);
  return TRUE;
}

gboolean
rst_pop3_wire_send_secret (RstPop3Wire *self,
                           const char *command,
                           const char *secret,
                           GError **error)
{
  g_autofree char *prefix = command != NULL ? g_strconcat (command, " ", NULL) : g_strdup ("");
  g_autofree char *shown = g_strconcat (prefix, "***", NULL);
  gsize max_length = RST_POP3_WIRE_MAX_COMMAND - strlen ("\r\n");

  if (!can_send (prefix, max_length, error) ||
      !can_send (secret, max_length - strlen (prefix), error))
    return FALSE;
  if (strlen (secret) >= MIN_SECRET)
    rst_pop3_wire_add_secret (self, secret);
  trace_line (self, TRUE, shown);
  rst_pop3_stream_put (self->stream, prefix, strlen (prefix));
  rst_pop3_stream_put (self->stream, secret, strlen (secret));
  rst_pop3_stream_put (self->stream, "\r\n", 2);
  return TRUE;
}

static gboolean
fail_too_long (GError **error)
{
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
               _ ("The server sent a line of more than %d bytes where a short one was expected. "
                  "The connection was closed."),
               MAX_LINE);
  return FALSE;
}

static gboolean
fail_too_many (guint max_lines,
               GError **error)
{
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
               g_dngettext (GETTEXT_PACKAGE,
                            "The server sent a list that goes on after %u line. The connection "
                            "was closed.",
                            "The server sent a list that goes on after %u lines. The connection "
                            "was closed.",
                            max_lines),
               max_lines);
  return FALSE;
}

static gboolean
check_line (const char *line,
            gsize length,
            GError **error)
{
  if (memchr (line, '\0', length) == NULL)
    return TRUE;
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                       _ ("The server sent a line with a NUL byte in it. "
                          "The connection was closed."));
  return FALSE;
}

/* Returns: the unread bytes, which hold a line end at *length, or NULL. */
static char *
wait_for_line (RstPop3Wire *self,
               gsize *length,
               GCancellable *cancellable,
               GError **error)
{
  for (;;)
    {
      gsize n_unread;
      char *bytes = rst_pop3_stream_get_unread (self->stream, &n_unread);
      const char *lf = memchr (bytes, '\n', MIN (n_unread, MAX_LINE));

      if (lf != NULL)
        {
          *length = lf - bytes;
          return bytes;
        }
      if (n_unread >= MAX_LINE)
        {
          fail_too_long (error);
          return NULL;
        }
      if (!rst_pop3_stream_fill (self->stream, cancellable, error))
        return NULL;
    }
}

const char *
rst_pop3_wire_read_line (RstPop3Wire *self,
                         gboolean *ends_in_lf,
                         GCancellable *cancellable,
                         GError **error)
{
  gboolean is_bare;
  gsize length = 0;
  char *line;

  rst_pop3_stream_begin_answer (self->stream);
  line = wait_for_line (self, &length, cancellable, error);
  if (line == NULL || !check_line (line, length, error))
    {
      rst_pop3_stream_close (self->stream);
      return NULL;
    }
  rst_pop3_stream_skip (self->stream, length + 1);
  is_bare = length == 0 || line[length - 1] != '\r';
  line[is_bare ? length : length - 1] = '\0';
  if (ends_in_lf != NULL)
    *ends_in_lf = is_bare;
  trace_line (self, FALSE, line);
  return line;
}

static gboolean
read_answer (RstPop3Wire *self,
             RstPop3WireFunc func,
             gpointer user_data,
             guint64 *size,
             GCancellable *cancellable,
             GError **error)
{
  RstPop3Dots dots = { .is_lf_mode = self->is_lf_mode };
  RstPop3DotsResult result = RST_POP3_DOTS_MORE;
  gboolean is_good = TRUE;

  rst_pop3_stream_begin_answer (self->stream);
  while (is_good && result != RST_POP3_DOTS_END)
    {
      RstPop3DotsRun run;
      gsize n_unread;
      const char *bytes = rst_pop3_stream_get_unread (self->stream, &n_unread);

      result = rst_pop3_dots_next (&dots, bytes, n_unread, &run);
      rst_pop3_stream_skip (self->stream, run.n_used);
      if (result == RST_POP3_DOTS_MORE)
        is_good = rst_pop3_stream_fill (self->stream, cancellable, error);
      else if (result == RST_POP3_DOTS_DATA)
        {
          *size += run.n_data;
          is_good = func (run.data, run.n_data, user_data, error);
        }
    }
  if (!is_good)
    rst_pop3_stream_close (self->stream);
  return is_good;
}

gboolean
rst_pop3_wire_read_data (RstPop3Wire *self,
                         RstPop3WireFunc func,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *shown = NULL;
  guint64 size = 0;

  if (!read_answer (self, func, user_data, &size, cancellable, error))
    return FALSE;
  if (self->trace == NULL)
    return TRUE;
  shown = g_strdup_printf ("(%" G_GUINT64_FORMAT " bytes)", size);
  trace_line (self, FALSE, shown);
  return TRUE;
}

static gboolean
finish_line (Lines *lines,
             GError **error)
{
  GString *line = lines->line;
  gboolean is_good;

  if (lines->n_lines++ == lines->max_lines)
    return fail_too_many (lines->max_lines, error);
  if (line->len > 0 && line->str[line->len - 1] == '\r')
    g_string_truncate (line, line->len - 1);
  if (!check_line (line->str, line->len, error))
    return FALSE;
  trace_line (lines->wire, FALSE, line->str);
  is_good = lines->func (line->str, line->len, lines->user_data, error);
  g_string_truncate (line, 0);
  return is_good;
}

static gboolean
split_cb (const char *bytes,
          gsize length,
          gpointer user_data,
          GError **error)
{
  Lines *lines = user_data;
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *lf = memchr (bytes, '\n', end - bytes);
      gsize n_bytes = (lf != NULL ? lf : end) - bytes;

      if (lines->line->len + n_bytes > MAX_LINE)
        return fail_too_long (error);
      g_string_append_len (lines->line, bytes, (gssize)n_bytes);
      if (lf != NULL && !finish_line (lines, error))
        return FALSE;
      bytes += n_bytes + (lf != NULL ? 1 : 0);
    }
  return TRUE;
}

gboolean
rst_pop3_wire_read_lines (RstPop3Wire *self,
                          guint max_lines,
                          RstPop3WireFunc func,
                          gpointer user_data,
                          GCancellable *cancellable,
                          GError **error)
{
  Lines lines = { .wire = self, .max_lines = max_lines, .func = func, .user_data = user_data };
  guint64 size = 0;
  gboolean is_good;

  lines.line = g_string_sized_new (128);
  is_good = read_answer (self, split_cb, &lines, &size, cancellable, error);
  g_string_free (lines.line, TRUE);
  if (is_good)
    trace_line (self, FALSE, ".");
  return is_good;
}
