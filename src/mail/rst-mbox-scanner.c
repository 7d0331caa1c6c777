/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mbox-scanner"

#include "config.h"

#include "rst-mbox-scanner.h"

#include <string.h>

#include "rst-mbox.h"

/* Of a line, that much is needed to know what it is. */
#define MAX_LINE 1024

struct _RstMboxScanner
{
  RstMboxEntryFunc func;
  gpointer user_data;

  /* Where the line at hand begins, and as much of it as an earlier piece had. */
  goffset position;
  GByteArray *line;
  gsize line_length;

  gboolean is_after_blank;
  gsize blank_length;

  gboolean has_entry;
  gboolean is_in_header;
  RstMboxEntry entry;
  GByteArray *header;
};

RstMboxScanner *
rst_mbox_scanner_new (gboolean begins_with_message,
                      RstMboxEntryFunc func,
                      gpointer user_data)
{
  RstMboxScanner *self = g_new0 (RstMboxScanner, 1);

  self->func = func;
  self->user_data = user_data;
  self->line = g_byte_array_new ();
  self->header = g_byte_array_new ();
  self->is_after_blank = !begins_with_message;
  self->has_entry = begins_with_message;
  self->is_in_header = begins_with_message;

  return self;
}

void
rst_mbox_scanner_free (RstMboxScanner *self)
{
  g_byte_array_unref (self->line);
  g_byte_array_unref (self->header);
  g_free (self);
}

static void
append_up_to (GByteArray *array,
              gsize limit,
              const char *bytes,
              gsize length)
{
  g_byte_array_append (array, (const guint8 *)bytes, (guint)MIN (length, limit - array->len));
}

static void
end_entry (RstMboxScanner *self)
{
  if (!self->has_entry)
    return;

  self->entry.end = self->position;
  self->entry.size = self->position - self->entry.message - (goffset)self->blank_length;
  self->func (&self->entry, (const char *)self->header->data, self->header->len, self->user_data);
  g_byte_array_set_size (self->header, 0);
  self->has_entry = FALSE;
}

/* @line: the line, or the first MAX_LINE bytes of it
 * @length: of the whole line */
static void
take_line (RstMboxScanner *self,
           const char *line,
           gsize length)
{
  gboolean is_blank = line[0] == '\n' || (length == 2 && line[0] == '\r' && line[1] == '\n');

  if (self->is_after_blank && line[0] == 'F' &&
      rst_mbox_is_separator (line, MIN (length, MAX_LINE)))
    {
      end_entry (self);
      self->has_entry = TRUE;
      self->is_in_header = TRUE;
      self->entry.start = self->position;
      self->entry.message = self->position + (goffset)length;
    }
  else if (is_blank)
    self->is_in_header = FALSE;

  self->is_after_blank = is_blank;
  self->blank_length = is_blank ? length : 0;
  self->position += (goffset)length;
}

void
rst_mbox_scanner_push (RstMboxScanner *self,
                       const char *bytes,
                       gsize length)
{
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *newline = memchr (bytes, '\n', (gsize)(end - bytes));
      gsize n = newline ? (gsize)(newline - bytes) + 1 : (gsize)(end - bytes);

      /* A separator stands behind a blank line, where no header is. */
      if (self->is_in_header)
        append_up_to (self->header, RST_MBOX_MAX_HEADER, bytes, n);

      if (newline && self->line_length == 0)
        take_line (self, bytes, n);
      else
        {
          append_up_to (self->line, MAX_LINE, bytes, n);
          self->line_length += n;
          if (newline)
            {
              take_line (self, (const char *)self->line->data, self->line_length);
              g_byte_array_set_size (self->line, 0);
              self->line_length = 0;
            }
        }
      bytes += n;
    }
}

void
rst_mbox_scanner_finish (RstMboxScanner *self)
{
  if (self->line_length > 0)
    take_line (self, (const char *)self->line->data, self->line_length);
  self->line_length = 0;
  end_entry (self);
}
