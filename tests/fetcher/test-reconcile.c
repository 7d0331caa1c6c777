/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fetcher/rst-reconcile.h"
#include "fetcher/rst-strangers.h"

/* A message in these tests is "uid/content": the content makes its digest, "-" stands for none. The
 * place in the list is its number. */

static RstHeaderDigest *
make_digest (const char *content)
{
  g_autofree char *block = NULL;

  if (g_str_equal (content, "-"))
    return NULL;

  block = g_strdup_printf ("Message-ID: <%s@example.org>\nSubject: %s\n", content, content);
  return rst_header_digest_new (block, strlen (block));
}

typedef struct
{
  const char *name;
  const char *index;
  const char *listing;
  RstReconcileFlags flags;
  /* For each message of the index its number in the listing, "." for gone. */
  const char *fates;
  /* kept moved gone new ambiguous */
  const char *report;
  /* Numbers of the rows whose headers are asked for. */
  const char *wanted;
  /* Others' UIDs that were listed beside those of the index. */
  const char *strangers;
} Case;

static const Case cases[] = {
  { "nothing", "", "", 0, "", "0 0 0 0 0", "" },
  { "first-load", "", "a/- b/-", 0, "", "0 0 0 2 0", "" },
  { "all-kept", "a/1 b/2", "a/- b/-", 0, "1 2", "2 0 0 0 0", "" },
  { "new-at-end", "a/1 b/2", "a/- b/- c/-", 0, "1 2", "2 0 0 1 0", "" },
  { "gone-from-middle", "a/1 b/2 c/3", "a/- c/-", 0, "1 . 2", "1 1 1 0 0", "" },
  { "gone-and-new", "a/1 b/2 c/3", "a/- c/- d/-", 0, "1 . 2", "1 1 1 1 0", "" },
  { "moved", "a/1 b/2 c/3", "c/- a/- b/-", 0, "2 3 1", "0 3 0 0 0", "" },
  { "all-gone", "a/1 b/2", "", 0, ". .", "0 0 2 0 0", "" },
  { "placeholders", "a/- b/2", "b/- a/-", 0, "2 1", "0 2 0 0 0", "" },
  { "migration-unknown", "a/1 b/2", "x/- y/-", 0, ". .", "0 0 2 2 0", "1 2" },
  { "migration", "a/1 b/2", "x/2 y/1", 0, "2 1", "0 2 0 0 0", "" },
  { "migration-one-unseen", "a/1 b/2", "x/2 y/-", 0, ". .", "0 0 2 2 0", "2" },
  { "migration-unseen-before", "a/- b/2", "x/2 y/-", 0, ". 1", "0 1 1 1 0", "2" },
  { "strangers-alone", "a/1 b/2", "x/2 y/1", 0, ". .", "0 0 2 2 0", "", "x y" },
  { "stranger-and-one-unknown", "a/1 b/2", "x/2 y/1", 0, ". .", "0 0 2 2 0", "", "x" },
  { "stranger-gone", "a/1 b/2", "x/2 y/1", 0, "2 1", "0 2 0 0 0", "", "z" },
  { "migration-in-part", "a/1 b/2", "a/- y/2", 0, "1 .", "1 0 1 1 0", "" },
  { "uid-reused", "a/1 b/2", "a/1 b/9", 0, "1 .", "1 0 1 1 0", "" },
  { "uids-swapped", "a/1 b/2", "b/1 a/2", 0, "1 2", "2 0 0 0 0", "" },
  { "uid-reused-and-twin", "a/1 b/2", "a/1 b/9 c/2", 0, "1 .", "1 0 1 2 0", "" },
  { "uids-swapped-with-twin", "a/1 b/2 c/1", "a/2 b/1 c/1", 0, ". 1 3", "1 1 1 1 0", "" },
  { "uids-swapped-with-new-twin", "a/1 b/2", "a/2 b/3 c/1", 0, ". 1", "0 1 1 2 0", "" },
  { "uids-swapped-with-two-twins", "a/1 b/2", "a/2 b/1 c/1", 0, ". 1", "0 1 1 2 2", "" },
  { "duplicate-unknown", "a/1 a/2 b/3", "a/- a/- b/-", 0, ". . 3", "1 0 2 2 0", "1 2" },
  { "duplicate", "a/1 a/2 b/3", "a/2 a/1 b/-", 0, "2 1 3", "1 2 0 0 0", "" },
  { "duplicate-one-gone", "a/1 a/2 b/3", "a/2 b/-", 0, ". 1 2", "0 2 1 0 0", "" },
  { "identical", "a/1 a/1 b/3", "a/1 a/1 b/-", 0, "1 2 3", "3 0 0 0 2", "" },
  { "identical-one-gone", "a/1 a/1 b/3", "a/1 b/-", 0, ". . 2", "0 1 2 1 1", "" },
  { "identical-one-more", "a/1 b/3", "a/1 a/1 b/-", 0, ". 3", "0 1 1 2 2", "" },
  { "identical-moved", "a/1 a/1 b/3", "b/- a/1 a/1", 0, ". . 1", "0 1 2 2 2", "" },
  { "migration-twins", "a/1 b/1 c/2", "x/1 y/1 z/2", 0, ". . 3", "1 0 2 2 2", "" },
  { "migration-one-twin", "a/1 b/2", "x/2 y/1 z/1", 0, ". 1", "0 1 1 2 2", "" },
  { "no-uids-twins", "/1 /1 /2", "/1 /1 /3", 0, "1 2 .", "2 0 1 1 2", "" },
  { "no-uids-twins-moved", "/1 /1 /2", "/2 /1 /1", 0, ". . 1", "0 1 2 2 2", "" },
  { "no-uids-unknown", "/1 /2", "/- /-", 0, ". .", "0 0 2 2 0", "1 2" },
  { "no-uids", "/1 /2 /3", "/1 /3 /4", 0, "1 . 2", "1 1 1 1 0", "" },
  { "no-uids-sampled", "/1 /2 /3", "/- /- /- /-", RST_RECONCILE_NUMBERS_HOLD, "1 2 3", "3 0 0 1 0",
    "" },
  { "no-uids-shorter", "/1 /2 /3", "/- /-", RST_RECONCILE_NUMBERS_HOLD, "1 2 .", "2 0 1 0 0", "" },
  { "uids-appear", "/1 /2", "a/2 b/1", 0, "2 1", "0 2 0 0 0", "" },
  { "uids-vanish", "a/1 b/2", "/2 /1", 0, "2 1", "0 2 0 0 0", "" },
  { "one-without-uid", "a/1 /2", "a/- /2", 0, "1 2", "2 0 0 0 0", "" },
};

static RstPop3Listing *
make_listing (char **messages)
{
  RstPop3Listing *listing = rst_pop3_listing_new ();

  for (guint i = 0; messages[i]; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u 100", i + 1);

      g_assert_true (rst_pop3_listing_add_size_line (listing, line, NULL));
    }
  for (guint i = 0; messages[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (messages[i], "/", 2);
      g_autofree char *line = g_strdup_printf ("%u %s", i + 1, parts[0]);

      if (*parts[0])
        g_assert_true (rst_pop3_listing_add_uid_line (listing, line, NULL));
    }

  return listing;
}

static char *
join (const guint *values,
      guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    if (values[i] == RST_RECONCILE_NONE)
      g_string_append_printf (text, "%s.", i > 0 ? " " : "");
    else
      g_string_append_printf (text, "%s%u", i > 0 ? " " : "", values[i] + 1);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char **
split (const char *text)
{
  return *text ? g_strsplit (text, " ", -1) : g_new0 (char *, 1);
}

static void
check_case (gconstpointer data)
{
  const Case *test = data;
  g_auto (GStrv) index = split (test->index);
  g_auto (GStrv) rows = split (test->listing);
  g_autoptr (RstPop3Listing) listing = make_listing (rows);
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify)rst_identity_unref);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GHashTable) strangers = rst_strangers_new ();
  g_auto (GStrv) uids = split (test->strangers ? test->strangers : "");
  g_autoptr (RstReconciliation) result = NULL;
  g_autofree char *fates = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *report = NULL;

  for (guint i = 0; index[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (index[i], "/", 2);

      g_ptr_array_add (entries, rst_identity_new (*parts[0] ? parts[0] : NULL, i + 1, 100,
                                                  make_digest (parts[1])));
    }
  for (guint i = 0; rows[i]; i++)
    g_ptr_array_add (digests, make_digest (strchr (rows[i], '/') + 1));

  for (guint i = 0; uids[i]; i++)
    g_hash_table_add (strangers, g_strdup (uids[i]));
  result = rst_reconcile ((RstIdentity *const *)entries->pdata, entries->len, listing,
                          (RstHeaderDigest *const *)digests->pdata, strangers, test->flags);
  fates = join (result->entry_rows, result->n_entries);
  wanted = join ((guint *)result->wanted->data, result->wanted->len);
  report =
      g_strdup_printf ("%u %u %u %u %u", result->report.n_kept, result->report.n_moved,
                       result->report.n_gone, result->report.n_new, result->report.n_ambiguous);
  g_assert_cmpstr (fates, ==, test->fates);
  g_assert_cmpstr (report, ==, test->report);
  g_assert_cmpstr (wanted, ==, test->wanted);

  /* Both directions say the same. */
  for (guint i = 0; i < result->n_entries; i++)
    if (result->entry_rows[i] != RST_RECONCILE_NONE)
      g_assert_cmpuint (result->row_entries[result->entry_rows[i]], ==, i);

  for (guint i = 0; i < digests->len; i++)
    g_clear_pointer (&g_ptr_array_index (digests, i), rst_header_digest_free);
}

static void
check_report_words (void)
{
  RstSyncReport changed = { .n_kept = 1, .n_gone = 3, .n_new = 1, .n_moved = 7 };
  RstSyncReport quiet = { .n_kept = 4 };
  RstSyncReport grown = { .n_kept = 4, .n_new = 2 };
  g_autofree char *changed_text = rst_sync_report_to_string (&changed);
  g_autofree char *quiet_text = rst_sync_report_to_string (&quiet);

  g_assert_cmpstr (changed_text, ==, "3 gone, 1 new, 7 moved");
  g_assert_cmpstr (quiet_text, ==, "0 gone, 0 new");
  g_assert_false (rst_sync_report_is_in_sync (&changed));
  g_assert_true (rst_sync_report_is_in_sync (&grown));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/reconcile/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], check_case);
    }
  g_test_add_func ("/sync-report/words", check_report_words);

  return g_test_run ();
}
