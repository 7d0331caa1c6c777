/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-session-log"

#include "config.h"

#include "rst-session-log.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes: a test is a few lines; what goes on behind it need not be kept. */
#define MAX_LENGTH (64 * 1024)

struct _RstSessionLog
{
  GMutex mutex;
  GString *text;
  char *way;
};

static void
note_way (RstSessionLog *self,
          const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  char *way = NULL;

  if (words[0] == NULL)
    return;
  if (g_str_equal (words[0], "AUTH") && words[1] != NULL)
    way = g_strdup (words[1]);
  else if (g_str_equal (words[0], "APOP"))
    way = g_strdup ("APOP");
  else if (g_str_equal (words[0], "USER"))
    way = g_strdup (_ ("USER and PASS"));
  if (way == NULL)
    return;
  g_free (self->way);
  self->way = way;
}

static void
trace_cb (gboolean is_sent,
          const char *line,
          gpointer user_data)
{
  RstSessionLog *self = user_data;

  g_mutex_lock (&self->mutex);
  if (self->text->len + strlen (line) < MAX_LENGTH)
    g_string_append_printf (self->text, "%s %s\n", is_sent ? "C:" : "S:", line);
  if (is_sent)
    note_way (self, line);
  g_mutex_unlock (&self->mutex);
}

static void
clear (gpointer data)
{
  RstSessionLog *self = data;

  g_mutex_clear (&self->mutex);
  g_string_free (self->text, TRUE);
  g_free (self->way);
}

RstSessionLog *
rst_session_log_new (RstMailbox *mailbox)
{
  RstSessionLog *self = g_atomic_rc_box_new0 (RstSessionLog);

  g_mutex_init (&self->mutex);
  self->text = g_string_new (NULL);
  /* A session that the mailbox keeps open writes until the mailbox is gone. */
  g_object_set_data_full (G_OBJECT (mailbox),
                          "rst-session-log",
                          g_atomic_rc_box_acquire (self),
                          (GDestroyNotify)rst_session_log_unref);
  rst_mailbox_set_trace (mailbox, trace_cb, self);
  return self;
}

void
rst_session_log_unref (RstSessionLog *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

char *
rst_session_log_dup_text (RstSessionLog *self)
{
  char *text;

  g_mutex_lock (&self->mutex);
  text = g_strdup (self->text->str);
  g_mutex_unlock (&self->mutex);
  return text;
}

char *
rst_session_log_dup_way (RstSessionLog *self)
{
  char *way;

  g_mutex_lock (&self->mutex);
  way = g_strdup (self->way);
  g_mutex_unlock (&self->mutex);
  return way;
}
