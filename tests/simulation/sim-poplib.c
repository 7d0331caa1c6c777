/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-poplib.h"

#include <stdio.h>
#include <string.h>

/* Returns: (transfer full) (nullable): the next line, without its end. */
static char *
read_line (SimSession *self)
{
  char *end = memchr (self->out->str, '\n', self->out->len);
  char *line;

  if (end == NULL)
    return NULL;
  line = g_strndup (self->out->str, (gsize)(end - self->out->str));
  g_string_erase (self->out, 0, end - self->out->str + 1);
  if (g_str_has_suffix (line, "\r"))
    line[strlen (line) - 1] = '\0';
  return line;
}

static char *
read_status (SimSession *self)
{
  char *line = read_line (self);

  if (line == NULL || *line == '+')
    return line;
  g_free (line);
  return NULL;
}

static void G_GNUC_PRINTF (2, 0)
    send_line (SimSession *self,
               const char *format,
               va_list arguments)
{
  g_autofree char *command = g_strdup_vprintf (format, arguments);
  g_autofree char *line = g_strconcat (command, "\r\n", NULL);

  sim_session_feed (self, line, strlen (line));
}

gboolean
sim_poplib_short (SimSession *self,
                  const char *format,
                  ...)
{
  g_autofree char *status = NULL;
  va_list arguments;

  va_start (arguments, format);
  send_line (self, format, arguments);
  va_end (arguments);
  status = read_status (self);
  return status != NULL;
}

char **
sim_poplib_long (SimSession *self,
                 const char *format,
                 ...)
{
  g_autofree char *status = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  va_list arguments;
  char *line;

  va_start (arguments, format);
  send_line (self, format, arguments);
  va_end (arguments);
  status = read_status (self);
  if (status == NULL)
    return NULL;
  while ((line = read_line (self)) != NULL && strcmp (line, ".") != 0)
    {
      g_ptr_array_add (lines, g_strdup (g_str_has_prefix (line, "..") ? line + 1 : line));
      g_free (line);
    }
  if (line == NULL)
    return NULL;
  g_free (line);
  g_ptr_array_add (lines, NULL);
  g_ptr_array_set_free_func (lines, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}

gboolean
sim_poplib_stat (SimSession *self,
                 guint *n_messages)
{
  g_autofree char *status = NULL;

  sim_session_feed (self, "STAT\r\n", strlen ("STAT\r\n"));
  status = read_status (self);
  return status != NULL && sscanf (status, "+OK %u", n_messages) == 1;
}

gboolean
sim_poplib_quit (SimSession *self)
{
  gboolean is_good = sim_poplib_short (self, "QUIT");

  sim_session_end (self);
  return is_good;
}

SimSession *
sim_poplib_connect (SimRun *run)
{
  SimSession *self = sim_session_new (run);
  g_autofree char *greeting = NULL;

  if (self == NULL)
    return NULL;
  greeting = read_status (self);
  if (greeting != NULL && sim_poplib_short (self, "USER ada") &&
      sim_poplib_short (self, "PASS secret"))
    return self;
  sim_session_end (self);
  return NULL;
}
