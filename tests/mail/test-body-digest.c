/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-body-digest.h"

#define BYTES(literal) literal, sizeof (literal) - 1

typedef struct
{
  const char *name;
  const char *a;
  gsize a_length;
  const char *b;
  gsize b_length;
  gboolean is_equal;
} Case;

static const Case cases[] = {
  { "empty", BYTES (""), BYTES (""), TRUE },
  { "empty-and-line-ends", BYTES (""), BYTES ("\r\n\n"), TRUE },
  { "same", BYTES ("A: b\r\n\r\nbody\r\n"), BYTES ("A: b\r\n\r\nbody\r\n"), TRUE },
  { "lf", BYTES ("A: b\r\n\r\nbody\r\nx\r\n"), BYTES ("A: b\n\nbody\nx\n"), TRUE },
  { "line-ends-at-end", BYTES ("A: b\r\n\r\nbody\r\n\r\n"), BYTES ("A: b\r\n\r\nbody"), TRUE },
  { "cut-line-end", BYTES ("A: b\r\n\r\nbody\r"), BYTES ("A: b\r\n\r\nbody"), TRUE },
  { "no-body", BYTES ("A: b\r\n\r\n"), BYTES ("A: b"), TRUE },
  { "status", BYTES ("Status: O\r\nA: b\r\n\r\nx"), BYTES ("A: b\r\nStatus: RO\r\n\r\nx"), TRUE },
  { "status-folded", BYTES ("A: b\r\nX-UID: 1\r\n 2\r\n\r\nx"), BYTES ("A: b\r\n\r\nx"), TRUE },
  { "status-in-body",
    BYTES ("A: b\r\n\r\nStatus: O\r\n"),
    BYTES ("A: b\r\n\r\nStatus: RO\r\n"),
    FALSE },
  { "body-differs", BYTES ("A: b\r\n\r\nbody"), BYTES ("A: b\r\n\r\nbodY"), FALSE },
  { "header-differs", BYTES ("A: b\r\n\r\nbody"), BYTES ("A: c\r\n\r\nbody"), FALSE },
  { "header-order", BYTES ("A: b\r\nC: d\r\n\r\nx"), BYTES ("C: d\r\nA: b\r\n\r\nx"), FALSE },
  { "blank-line-moved", BYTES ("A: b\r\n\r\nC: d\r\n"), BYTES ("A: b\r\nC: d\r\n"), FALSE },
  { "blank-line-in-body", BYTES ("A: b\r\n\r\n\r\nx"), BYTES ("A: b\r\n\r\nx"), FALSE },
  { "blank-at-end", BYTES ("A: b\r\n\r\nx "), BYTES ("A: b\r\n\r\nx"), FALSE },
  { "bare-cr", BYTES ("A: b\r\n\r\nx\ry"), BYTES ("A: b\r\n\r\nx\ny"), FALSE },
  { "cr-cr-lf", BYTES ("A: b\r\n\r\nx\r\r\ny"), BYTES ("A: b\r\n\r\nx\r\ny"), FALSE },
  { "nul", BYTES ("A: b\r\n\r\n\0x"), BYTES ("A: b\r\n\r\n\0y"), FALSE },
  { "headerless", BYTES ("\r\nbody"), BYTES ("\nbody\n"), TRUE },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  guint8 a[32], b[32];

  rst_body_digest_new (test->a, test->a_length, a);
  rst_body_digest_new (test->b, test->b_length, b);
  g_assert_cmpint (memcmp (a, b, sizeof a) == 0, ==, test->is_equal);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/body-digest/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  return g_test_run ();
}
