/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "pop3/rst-pop3-dots.h"
#include "pop3/rst-pop3-reply.h"

/* Status lines, and where a multi-line answer ends. */

static void
check_line (const char *line)
{
  RstPop3Reply reply;
  g_autofree char *printable = rst_pop3_dup_printable (line, 100);
  g_autofree char *words = NULL;

  rst_fuzz_check_line (printable);
  g_assert_cmpuint (strlen (printable), <=, 100);
  if (!rst_pop3_reply_parse (&reply, line, NULL))
    return;
  words = rst_pop3_reply_dup_words (&reply);
  rst_fuzz_check_line (words);
  g_assert_true (g_str_has_prefix (line, reply.is_ok ? "+OK" : "-ERR"));
  g_assert_cmpuint (strlen (reply.code), <, sizeof reply.code);
}

/* Returns: (transfer full): the answer's bytes, and what is left, as they come
 * in pieces. */
static GString *
read_answer (const char *bytes, gsize size, gsize piece, gboolean is_lf_mode)
{
  RstPop3Dots dots = { .is_lf_mode = is_lf_mode };
  GString *answer = g_string_new (NULL);
  RstPop3DotsResult result = RST_POP3_DOTS_MORE;
  gsize begin = 0;
  gsize end = 0;

  while (result != RST_POP3_DOTS_END &&
         (result == RST_POP3_DOTS_DATA || end < size))
    {
      RstPop3DotsRun run;

      if (result == RST_POP3_DOTS_MORE)
        end = MIN (end + piece, size);
      result = rst_pop3_dots_next (&dots, bytes + begin, end - begin, &run);
      g_assert_cmpuint (run.n_used, <=, end - begin);
      begin += run.n_used;
      if (result == RST_POP3_DOTS_DATA)
        {
          g_assert_cmpuint (run.n_data, >, 0);
          g_string_append_len (answer, run.data, (gssize)run.n_data);
        }
      if (result == RST_POP3_DOTS_MORE)
        g_assert_cmpuint (end - begin, <=, 2);
    }
  if (result == RST_POP3_DOTS_END)
    g_string_append_printf (answer, "|%" G_GSIZE_FORMAT, begin);
  return answer;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *line = g_strndup ((const char *)data, size);

  check_line (line);
  for (guint is_lf_mode = 0; is_lf_mode < 2; is_lf_mode++)
    {
      GString *whole =
          read_answer ((const char *)data, size, MAX (size, 1), is_lf_mode != 0);
      GString *bytewise =
          read_answer ((const char *)data, size, 1, is_lf_mode != 0);

      g_assert_true (g_string_equal (whole, bytewise));
      g_string_free (whole, TRUE);
      g_string_free (bytewise, TRUE);
    }
  return 0;
}
