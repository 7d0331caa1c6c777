/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-rows"

#include "config.h"

#include "cli/rst-cli-rows.h"

typedef struct
{
  const char *name;
  const char *arguments; /* parted by blanks */
  const char *rows;      /* NULL: an error */
} Case;

static const Case cases[] = {
  { "one", "3", "3" },
  { "several", "3 251 7", "3 251 7" },
  { "range", "3-7", "3 4 5 6 7" },
  { "range-of-one", "3-3", "3" },
  { "commas", "3,5", "3 5" },
  { "all-kinds", "9 1-3,7 5", "9 1 2 3 7 5" },
  { "none-twice", "3 1-4 3,3 4", "3 1 2 4" },
  { "leading-zero", "007", "7" },
  { "greatest", "4294967294", "4294967294" },
  { "too-great", "4294967295", NULL },
  { "far-too-great", "99999999999999999999", NULL },
  { "none", "", NULL },
  { "zero", "0", NULL },
  { "zero-in-range", "0-3", NULL },
  { "backwards", "7-3", NULL },
  { "negative", "-3", NULL },
  { "open-range", "3-", NULL },
  { "open-range-down", "-", NULL },
  { "two-dashes", "1-2-3", NULL },
  { "comma-alone", ",", NULL },
  { "comma-at-end", "3,", NULL },
  { "comma-at-start", ",3", NULL },
  { "word", "all", NULL },
  { "plus", "+3", NULL },
  { "hexadecimal", "0x3", NULL },
  { "fraction", "3.5", NULL },
  { "letter-behind", "3a", NULL },
  { "million", "1-1000001", NULL },
  { "million-in-parts", "1-1000000 2000000", NULL },
  { "four-billion", "1-4294967294", NULL },
};

static void
test_rows (gconstpointer data)
{
  const Case *row = data;
  g_auto (GStrv) arguments = g_strsplit (row->arguments, " ", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = rst_cli_rows_parse (arguments, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!row->rows)
    {
      g_assert_null (rows);
      g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      return;
    }

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? " " : "", g_array_index (rows, guint, i));
  g_assert_cmpstr (text->str, ==, row->rows);
}

static void
test_most (void)
{
  const char *arguments[] = { "1-1000000", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = rst_cli_rows_parse ((char *const *)arguments, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1000000);
  g_assert_cmpuint (g_array_index (rows, guint, 999999), ==, 1000000);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-rows/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_rows);
    }
  g_test_add_func ("/cli-rows/most", test_most);

  return g_test_run ();
}
