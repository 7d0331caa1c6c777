/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-listing"

#include "config.h"

#include <string.h>

#include "pop3/rst-pop3-error.h"
#include "pop3/rst-pop3-listing.h"

#define NO_ERROR -1

/* Lines of LIST, lines of UIDL (NULL: not asked), and what comes of them: "number/size/uid" a row,
 * or the code of the error that one of them raises. */
static const struct
{
  const char *name;
  const char *sizes;
  const char *uids;
  int error;
  const char *rows;
} rows[] = {
  { "empty", "", NULL, NO_ERROR, "" },
  { "one", "1 120", NULL, NO_ERROR, "1/120/-" },
  { "uids", "1 120\n2 200", "1 aa\n2 bb", NO_ERROR, "1/120/aa 2/200/bb" },
  { "holes", "2 10\n5 20\n9 30", "2 a\n5 b\n9 c", NO_ERROR, "2/10/a 5/20/b 9/30/c" },
  { "newest-first", "3 30\n2 20\n1 10", "3 c\n2 b\n1 a", NO_ERROR, "1/10/a 2/20/b 3/30/c" },
  { "no-order", "2 20\n9 90\n5 50\n1 10", "9 d\n1 a\n5 c\n2 b", NO_ERROR,
    "1/10/a 2/20/b 5/50/c 9/90/d" },
  { "blanks", " 1   120  \n\t2\t200", "  1  aa  \n2\tbb", NO_ERROR, "1/120/aa 2/200/bb" },
  { "stray-ok", "+OK 1 120\n2 200", "+OK 1 aa\n+OK  2 bb", NO_ERROR, "1/120/aa 2/200/bb" },
  { "size-missing", "1", NULL, NO_ERROR, "1/0/-" },
  { "size-negative", "1 -5", NULL, NO_ERROR, "1/0/-" },
  { "size-words", "1 many", NULL, NO_ERROR, "1/0/-" },
  { "size-huge", "1 99999999999999999999999999", NULL, NO_ERROR, "1/0/-" },
  { "size-and-more", "1 120 octets", NULL, NO_ERROR, "1/120/-" },
  { "greatest-number", "4294967295 1", NULL, NO_ERROR, "4294967295/1/-" },
  { "leading-zeros", "0001 120", NULL, NO_ERROR, "1/120/-" },
  { "number-too-great", "4294967296 1", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "number-absurd", "999999999999999999999999 1", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "zero", "0 120", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "negative", "-1 120", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "no-number", "one 120", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "number-and-letter", "1a 120", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "number-and-point", "1.5 120", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "blank-line", "1 120\n \n2 200\n", "1 aa\n\n2 bb\n", NO_ERROR, "1/120/aa 2/200/bb" },
  { "repeated", "1 120\n2 200\n2 200", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "repeated-later", "1 10\n9 90\n5 50\n7 70\n5 50", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "repeated-downwards", "3 30\n2 20\n2 20", NULL, RST_POP3_ERROR_PROTOCOL, NULL },
  { "uid-of-unlisted", "1 120", "1 aa\n2 bb", NO_ERROR, "1/120/aa" },
  { "uid-left-out", "1 120\n2 200", "2 bb", NO_ERROR, "1/120/- 2/200/bb" },
  { "uid-empty", "1 120\n2 200", "1\n2 ", NO_ERROR, "1/120/- 2/200/-" },
  { "uid-twice-the-same", "1 120\n2 200", "1 aa\n2 aa", NO_ERROR, "1/120/aa 2/200/aa" },
  { "uid-blank-inside", "1 120", "1 a b", NO_ERROR, "1/120/a b" },
  { "uid-eight-bit", "1 120", "1 \xff\xfe", NO_ERROR, "1/120/\xff\xfe" },
  { "uid-ok", "1 120", "1 +OK", NO_ERROR, "1/120/+OK" },
  { "uid-no-number", "1 120", "aa", RST_POP3_ERROR_PROTOCOL, NULL },
  { "uid-zero", "1 120", "0 aa", RST_POP3_ERROR_PROTOCOL, NULL },
  { "uid-repeated-number", "1 120\n2 200", "1 aa\n1 bb", RST_POP3_ERROR_PROTOCOL, NULL },
};

typedef gboolean (*AddFunc) (RstPop3Listing *listing,
                             const char *line,
                             GError **error);

static gboolean
add_lines (RstPop3Listing *listing,
           const char *text,
           AddFunc add,
           GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!add (listing, lines[i], error))
      return FALSE;
  return TRUE;
}

static char *
dup_rows (const RstPop3Listing *listing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rst_pop3_listing_get_n_rows (listing); i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);

      g_string_append_printf (text, "%s%u/%" G_GUINT64_FORMAT "/%s", i > 0 ? " " : "", row->number,
                              row->size, row->uid != NULL ? row->uid : "-");
    }
  return g_string_free (text, FALSE);
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_good;

  is_good = add_lines (listing, rows[i].sizes, rst_pop3_listing_add_size_line, &error) &&
            (rows[i].uids == NULL ||
             add_lines (listing, rows[i].uids, rst_pop3_listing_add_uid_line, &error));
  g_assert_cmpint (is_good, ==, rows[i].error == NO_ERROR);
  if (rows[i].error == NO_ERROR)
    {
      text = dup_rows (listing);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, rows[i].rows);
      g_assert_cmpint (rst_pop3_listing_has_uids (listing), ==, rows[i].uids != NULL);
    }
  else
    g_assert_error (error, RST_POP3_ERROR, rows[i].error);
}

static void
test_uid_length (void)
{
  const struct
  {
    gsize length;
    gboolean is_good;
  } lengths[] = { { 1, TRUE }, { 70, TRUE }, { 71, TRUE }, { 512, TRUE }, { 513, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *uid = g_strnfill (lengths[i].length, 'u');
      g_autofree char *line = g_strconcat ("1 ", uid, NULL);

      g_assert_true (rst_pop3_listing_add_size_line (listing, "1 10", NULL));
      rst_pop3_listing_add_uid_line (listing, line, &error);
      if (lengths[i].is_good)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (rst_pop3_listing_get_row (listing, 0)->uid, ==, uid);
        }
      else
        g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);
    }
}

static void
test_uids_of_empty_maildrop (void)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();

  g_assert_false (rst_pop3_listing_has_uids (listing));
  rst_pop3_listing_begin_uids (listing);
  g_assert_true (rst_pop3_listing_has_uids (listing));
}

/* What a hostile server can make us hold. */
static void
test_too_many (void)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
  g_autoptr (GError) error = NULL;
  char line[32];
  guint n_rows = 0;

  do
    g_snprintf (line, sizeof line, "%u 1", n_rows + 1);
  while (rst_pop3_listing_add_size_line (listing, line, &error) &&
         ++n_rows < 2 * RST_POP3_LISTING_MAX_ROWS);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);
  g_assert_cmpuint (n_rows, ==, RST_POP3_LISTING_MAX_ROWS);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/listing/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/listing/uid-length", test_uid_length);
  g_test_add_func ("/listing/uids-of-empty-maildrop", test_uids_of_empty_maildrop);
  g_test_add_func ("/listing/too-many", test_too_many);
  return g_test_run ();
}
