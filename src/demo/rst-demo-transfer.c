/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-transfer"

#include "config.h"

#include <string.h>

#include "rst-demo-oddities.h"
#include "rst-demo-session-private.h"

#define WHOLE G_MAXUINT

static void
write_stuffed (RstDemoWire *wire,
               const char *text,
               gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *stop;

      if (*text == '.')
        rst_demo_wire_write (wire, ".", 1);
      stop = memmem (text, end - text, "\n.", 2);
      stop = stop != NULL ? stop + 1 : end;
      rst_demo_wire_write (wire, text, stop - text);
      text = stop;
    }
}

/* The length of the header block with its blank line, and of so many lines of the body. */
static gsize
measure (const char *text,
         gsize length,
         guint n_lines)
{
  const char *end = text + length;
  const char *blank;

  if (n_lines == WHOLE)
    return length;
  if (length >= 2 && memcmp (text, "\r\n", 2) == 0)
    text += 2;
  else
    {
      blank = memmem (text, length, "\r\n\r\n", 4);
      text = blank != NULL ? blank + 4 : end;
    }
  for (; n_lines > 0 && text < end; n_lines--)
    {
      const char *feed = memchr (text, '\n', end - text);

      text = feed != NULL ? feed + 1 : end;
    }
  return length - (end - text);
}

static void
send_message (RstDemoSession *self,
              GBytes *message,
              guint n_lines,
              gboolean is_cut)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);

  length = measure (text, length, n_lines);
  if (is_cut)
    {
      write_stuffed (self->wire, text, length / 2);
      rst_demo_session_hang_up (self);
      return;
    }
  if (rst_demo_session_has (self, RST_DEMO_FAULT_MISSING_CRLF) && length >= 2)
    length -= 2;
  write_stuffed (self->wire, text, length);
  if (rst_demo_session_has (self, RST_DEMO_FAULT_EXTRA_BLANK))
    rst_demo_wire_write (self->wire, "\r\n", 2);
  rst_demo_wire_write (self->wire, ".\r\n", 3);
}

static GBytes *
read_message (RstDemoSession *self,
              guint number,
              const RstDemoSlot *slot,
              gboolean is_retr)
{
  GBytes *content = rst_demo_state_ref_content (self->state, slot->entry);
  const RstDemoOddity oddity = {
    .faults = self->faults,
    .serial = self->serial,
    .number = number,
    .is_retr = is_retr,
    .has_utf8 = self->has_utf8,
  };

  if (content == NULL)
    {
      rst_demo_session_err (self, "The message is gone");
      return NULL;
    }
  return rst_demo_oddity_apply (&oddity, content);
}

/* The next message that exists, the first after the last. */
static const RstDemoSlot *
find_other (RstDemoSession *self,
            guint number)
{
  guint n_slots = rst_demo_view_get_n_slots (self->view);
  const RstDemoSlot *slot;

  do
    {
      number = number % n_slots + 1;
      slot = rst_demo_view_get_slot (self->view, number);
    }
  while (slot == NULL);
  return slot;
}

/* rst_demo_session_find() with the fault that a mark does not hide a message from TOP and RETR. */
static RstDemoSlot *
find_message (RstDemoSession *self,
              const char *argument,
              guint *number)
{
  RstDemoSlot *slot;

  if (!rst_demo_session_has (self, RST_DEMO_FAULT_TOP_IGNORES_DELE))
    return rst_demo_session_find (self, argument, number);
  *number = (guint)CLAMP (g_ascii_strtoll (argument, NULL, 10), 0, G_MAXINT);
  slot = rst_demo_view_get_slot (self->view, *number);
  if (slot == NULL)
    rst_demo_session_err (self, "There is no such message");
  return slot;
}

void
rst_demo_session_top (RstDemoSession *self,
                      const char *argument)
{
  const char *blank = strchr (argument, ' ');
  guint number;
  const RstDemoSlot *slot;
  g_autoptr (GBytes) message = NULL;
  gboolean is_cut;

  if (rst_demo_session_has (self, RST_DEMO_FAULT_NO_TOP))
    {
      rst_demo_session_err (self, "Unknown command");
      return;
    }
  slot = find_message (self, argument, &number);
  if (slot == NULL)
    return;
  if (blank == NULL || !g_ascii_isdigit (blank[1]))
    rst_demo_session_err (self, "TOP takes a number of lines");
  else if (rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_ERR_ON_TOP, number))
    rst_demo_session_err (self, "The message cannot be read");
  else
    {
      guint n_lines = (guint)MIN (g_ascii_strtoull (blank + 1, NULL, 10), WHOLE - 1);

      message = read_message (self, number, slot, FALSE);
      if (message == NULL)
        return;
      is_cut = rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_CLOSE_IN_TOP, number);
      rst_demo_session_ok (self, "The top of the message follows");
      send_message (self, message, n_lines, is_cut);
    }
}

void
rst_demo_session_retr (RstDemoSession *self,
                       const char *argument)
{
  guint number;
  RstDemoSlot *slot = find_message (self, argument, &number);
  const RstDemoSlot *sent = slot;
  g_autoptr (GBytes) message = NULL;
  gboolean is_cut;

  if (slot == NULL)
    return;
  if (rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_ERR_ON_RETR, number))
    {
      rst_demo_session_err (self, "The message cannot be read");
      return;
    }
  if (rst_demo_session_has (self, RST_DEMO_FAULT_RETR_OTHER))
    sent = find_other (self, number);
  message = read_message (self, number, sent, TRUE);
  if (message == NULL)
    return;
  is_cut = rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_CLOSE_IN_RETR, number);
  slot->is_read = rst_demo_session_has (self, RST_DEMO_FAULT_GMAIL);
  rst_demo_session_ok (self, "The message follows");
  send_message (self, message, WHOLE, is_cut);
}
