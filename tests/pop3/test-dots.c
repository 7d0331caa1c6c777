/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-dots"

#include "config.h"

#include <string.h>

#include "pop3/rst-pop3-dots.h"

#define BYTES(text) text, sizeof text - 1

/* Each row is fed whole, in two pieces cut at every place, and byte by byte. */
static const struct
{
  const char *name;
  gboolean is_lf_mode;
  const char *input;
  gsize n_input;
  const char *data;
  gsize n_data;
  /* bytes after the end, or -1 when the end does not come */
  int n_left;
} rows[] = {
  { "one-line", FALSE, BYTES ("a\r\n.\r\n"), BYTES ("a\r\n"), 0 },
  { "empty", FALSE, BYTES (".\r\n"), BYTES (""), 0 },
  { "next-answer", FALSE, BYTES ("a\r\n.\r\n+OK\r\n"), BYTES ("a\r\n"), 5 },
  { "no-end", FALSE, BYTES ("a\r\n"), BYTES ("a\r\n"), -1 },
  { "half-an-end", FALSE, BYTES ("a\r\n.\r"), BYTES ("a\r\n"), -1 },
  { "stuffed", FALSE, BYTES ("..a\r\n.\r\n"), BYTES (".a\r\n"), 0 },
  { "stuffed-dot", FALSE, BYTES ("a\r\n..\r\n.\r\n"), BYTES ("a\r\n.\r\n"), 0 },
  { "one-dot-of-many", FALSE, BYTES ("....\r\n.\r\n"), BYTES ("...\r\n"), 0 },
  { "dot-unstuffed", FALSE, BYTES (".a\r\n.\r\n"), BYTES ("a\r\n"), 0 },
  { "dot-in-line", FALSE, BYTES ("a.b\r\n.\r\n"), BYTES ("a.b\r\n"), 0 },
  { "dot-at-end-of-line", FALSE, BYTES ("a.\r\n.\r\n"), BYTES ("a.\r\n"), 0 },
  { "blank-line-before-end", FALSE, BYTES ("a\r\n\r\n.\r\n"), BYTES ("a\r\n\r\n"), 0 },
  { "blank-lines-only", FALSE, BYTES ("\r\n\r\n.\r\n"), BYTES ("\r\n\r\n"), 0 },
  { "no-line-end-before-dot", FALSE, BYTES ("a.\r\nb"), BYTES ("a.\r\nb"), -1 },
  { "bare-lf-is-no-end", FALSE, BYTES ("a\n.\nb\r\n.\r\n"), BYTES ("a\n.\nb\r\n"), 0 },
  { "lf-dot-crlf-is-no-end", FALSE, BYTES ("a\n.\r\nb\r\n.\r\n"), BYTES ("a\n.\r\nb\r\n"), 0 },
  { "crlf-dot-lf-is-no-end", FALSE, BYTES ("a\r\n.\nb\r\n.\r\n"), BYTES ("a\r\n\nb\r\n"), 0 },
  { "dot-cr-other", FALSE, BYTES ("a\r\n.\rb\r\n.\r\n"), BYTES ("a\r\n\rb\r\n"), 0 },
  { "bare-cr", FALSE, BYTES ("a\rb\r\n.\r\n"), BYTES ("a\rb\r\n"), 0 },
  { "cr-cr-lf", FALSE, BYTES ("a\r\r\n.\r\n"), BYTES ("a\r\r\n"), 0 },
  { "nul", FALSE, BYTES ("a\0b\r\n\0.\r\n.\r\n"), BYTES ("a\0b\r\n\0.\r\n"), 0 },
  { "eight-bit", FALSE, BYTES ("\xff\xfe\r\n.\r\n"), BYTES ("\xff\xfe\r\n"), 0 },
  { "lf-mode", TRUE, BYTES ("a\nb\n.\n"), BYTES ("a\nb\n"), 0 },
  { "lf-mode-stuffed", TRUE, BYTES ("a\n..\n.\n"), BYTES ("a\n.\n"), 0 },
  { "lf-mode-empty", TRUE, BYTES (".\n+OK\n"), BYTES (""), 4 },
  { "lf-mode-crlf", TRUE, BYTES ("a\r\n.\r\n"), BYTES ("a\r\n"), 0 },
  { "lf-mode-dot-cr-other", TRUE, BYTES (".\rb\n.\n"), BYTES ("\rb\n"), 0 },
};

/* Feeds what has come so far, as the wire does; returns whether the end was found. */
static gboolean
feed (RstPop3Dots *dots,
      const char *input,
      gsize n_input,
      gsize *position,
      GString *data)
{
  for (;;)
    {
      RstPop3DotsRun run;

      switch (rst_pop3_dots_next (dots, input + *position, n_input - *position, &run))
        {
        case RST_POP3_DOTS_MORE:
          g_assert_cmpuint (run.n_used, ==, 0);
          g_assert_cmpuint (n_input - *position, <=, 2);
          return FALSE;
        case RST_POP3_DOTS_END:
          *position += run.n_used;
          return TRUE;
        case RST_POP3_DOTS_DATA:
          g_assert_cmpuint (run.n_data, >, 0);
          g_assert_cmpuint (run.n_data, <=, run.n_used);
          g_string_append_len (data, run.data, (gssize)run.n_data);
          *position += run.n_used;
          break;
        default:
          g_assert_not_reached ();
        }
    }
}

static void
check (guint row,
       gsize first,
       gsize step)
{
  RstPop3Dots dots = { .is_lf_mode = rows[row].is_lf_mode };
  g_autoptr (GString) data = g_string_new (NULL);
  gboolean has_ended = FALSE;
  gsize position = 0;

  for (gsize n = first; !has_ended; n = MIN (n + step, rows[row].n_input))
    {
      has_ended = feed (&dots, rows[row].input, n, &position, data);
      if (n == rows[row].n_input)
        break;
    }
  g_assert_cmpmem (data->str, data->len, rows[row].data, rows[row].n_data);
  g_assert_cmpint (has_ended, ==, rows[row].n_left >= 0);
  if (has_ended)
    g_assert_cmpuint (rows[row].n_input - position, ==, (gsize)rows[row].n_left);
}

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);

  check (row, 0, 1);
  for (gsize cut = 0; cut <= rows[row].n_input; cut++)
    check (row, cut, rows[row].n_input);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dots/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
