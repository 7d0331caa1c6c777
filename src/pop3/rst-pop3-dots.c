/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-dots"

#include "config.h"

#include "rst-pop3-dots.h"

#include <string.h>

enum
{
  LINE_START,
  IN_LINE,
  AFTER_CR,
};

/* What a dot at the beginning of a line is. Returns RST_POP3_DOTS_DATA for a stuffed one. */
static RstPop3DotsResult
judge_dot (const RstPop3Dots *self,
           const char *bytes,
           gsize n_bytes,
           gsize *n_used)
{
  if (n_bytes < 2)
    return RST_POP3_DOTS_MORE;
  *n_used = 2;
  if (self->is_lf_mode && bytes[1] == '\n')
    return RST_POP3_DOTS_END;
  if (bytes[1] != '\r')
    return RST_POP3_DOTS_DATA;
  if (n_bytes < 3)
    return RST_POP3_DOTS_MORE;
  *n_used = 3;
  return bytes[2] == '\n' ? RST_POP3_DOTS_END : RST_POP3_DOTS_DATA;
}

/* Whether the LF at @lf ends a line; @state is that before the first of @bytes. */
static gboolean
ends_line (const RstPop3Dots *self,
           const char *bytes,
           const char *lf,
           guint state)
{
  return self->is_lf_mode || (lf > bytes ? lf[-1] == '\r' : state == AFTER_CR);
}

/* Finds the end of the run that begins at bytes[begin]: the next line that begins with a dot, or
 * the end of what has come. */
static gsize
find_end (RstPop3Dots *self,
          const char *bytes,
          gsize begin,
          gsize n_bytes)
{
  const char *end = bytes + n_bytes;
  const char *next = bytes + begin;
  guint state = begin > 0 ? IN_LINE : self->state;

  while (next < end)
    {
      const char *lf = memchr (next, '\n', end - next);

      if (lf == NULL)
        break;
      next = lf + 1;
      if (next < end && *next == '.' && ends_line (self, bytes, lf, state))
        {
          self->state = LINE_START;
          return next - bytes;
        }
    }
  if (end[-1] == '\n')
    self->state = ends_line (self, bytes, end - 1, state) ? LINE_START : IN_LINE;
  else
    self->state = end[-1] == '\r' ? AFTER_CR : IN_LINE;
  return n_bytes;
}

RstPop3DotsResult
rst_pop3_dots_next (RstPop3Dots *self,
                    const char *bytes,
                    gsize n_bytes,
                    RstPop3DotsRun *run)
{
  RstPop3DotsResult result = RST_POP3_DOTS_DATA;
  gsize n_dots = 0;

  *run = (RstPop3DotsRun){ .data = bytes };
  if (n_bytes == 0)
    return RST_POP3_DOTS_MORE;
  if (self->state == LINE_START && bytes[0] == '.')
    {
      result = judge_dot (self, bytes, n_bytes, &run->n_used);
      n_dots = 1;
    }
  if (result == RST_POP3_DOTS_DATA)
    {
      run->n_used = find_end (self, bytes, n_dots, n_bytes);
      run->data = bytes + n_dots;
      run->n_data = run->n_used - n_dots;
    }
  else if (result == RST_POP3_DOTS_MORE)
    run->n_used = 0;
  return result;
}
