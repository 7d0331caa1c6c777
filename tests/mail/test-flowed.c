/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mail/rst-flowed.h"

typedef struct
{
  const char *name;
  const char *text;
  gboolean deletes_space;
  const char *unwrapped;
} FlowedCase;

static const FlowedCase flowed_cases[] = {
  { "empty", "", FALSE, "" },
  { "fixed", "a\nb\n", FALSE, "a\nb\n" },
  { "flows", "a \nb \nc\nd\n", FALSE, "a b c\nd\n" },
  { "paragraphs", "a \nb\n\nc \nd\n", FALSE, "a b\n\nc d\n" },
  { "no-line-end", "a \nb", FALSE, "a b\n" },
  { "flows-to-the-end", "a \n", FALSE, "a \n" },
  { "flows-to-nothing", "a \n\nb\n", FALSE, "a \nb\n" },
  { "blanks-within", "a  \n  b\n", FALSE, "a   b\n" },
  { "stuffed", " From a\n > b\n  c\n", FALSE, "From a\n> b\n c\n" },
  { "quotes", "> a \n> b\n>> c\n>d\n", FALSE, "> a b\n> > c\n> d\n" },
  { "quote-of-other-depth", "> a \n>> b\n", FALSE, "> a \n> > b\n" },
  { "quote-then-text", "> a \nb\n", FALSE, "> a \nb\n" },
  { "signature", "a \n-- \nMe \nhere\n", FALSE, "a \n-- \nMe here\n" },
  { "quoted-signature", "> -- \n> Me\n", FALSE, "> -- \n> Me\n" },
  { "dashes-are-no-signature", "--  \na\n", FALSE, "--  a\n" },
  { "delsp", "lo \nng \nword\n", TRUE, "longword\n" },
  { "delsp-keeps-other-blanks", "a  \nb\n", TRUE, "a b\n" },
  { "delsp-signature", "-- \nMe\n", TRUE, "-- \nMe\n" },
};

static void
test_flowed (gconstpointer data)
{
  const FlowedCase *test = data;
  g_autofree char *unwrapped = rst_flowed_unwrap (test->text, test->deletes_space);

  g_assert_cmpstr (unwrapped, ==, test->unwrapped);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flowed_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/flowed/%s", flowed_cases[i].name);

      g_test_add_data_func (path, &flowed_cases[i], test_flowed);
    }

  return g_test_run ();
}
