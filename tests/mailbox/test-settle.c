/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "mailbox/rst-settle.h"

/* What the first listing after a delete that was cut off says of its messages. */

/* A message is written "uid=looks", with "-" for no UID and "?" for headers that cannot be seen. */
static RstHeader *
parse_header (const char *text,
              guint32 number)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "=>", 3);
  g_autofree char *block = g_strdup_printf ("Subject: %s\n", parts[1]);
  gboolean is_seen = *parts[1] != '?';
  RstIdentity *identity =
      rst_identity_new (*parts[0] == '-' ? NULL : parts[0], number, 100,
                        is_seen ? rst_header_digest_new (block, strlen (block)) : NULL);

  return rst_header_new (identity, NULL, RST_HEADER_UNREADABLE);
}

static GPtrArray *
parse_headers (const char *text)
{
  GPtrArray *headers = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i]; i++)
    g_ptr_array_add (headers, parse_header (parts[i], i + 1));

  return headers;
}

static void
settling (void)
{
  g_autoptr (GPtrArray) before = parse_headers ("a=a b=b c=c");
  g_autoptr (GPtrArray) unknown_to_index = parse_headers ("d=d");
  g_autoptr (RstReceipt) receipt = rst_receipt_new (before);
  g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
  const guint origins[] = { 1, RST_SNAPSHOT_NEW };

  rst_receipt_add (receipt, g_ptr_array_index (unknown_to_index, 0), RST_OUTCOME_UNKNOWN, FALSE);
  rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
  g_ptr_array_add (snapshot->headers, rst_header_ref (g_ptr_array_index (before, 1)));
  g_ptr_array_add (snapshot->headers, rst_header_ref (g_ptr_array_index (unknown_to_index, 0)));
  g_array_append_vals (snapshot->origins, origins, 2);

  rst_settle_receipt (receipt, before, snapshot);
  g_assert_cmpuint (((RstReceiptEntry *)g_ptr_array_index (receipt->entries, 0))->outcome, ==,
                    RST_OUTCOME_DELETED);
  g_assert_cmpuint (((RstReceiptEntry *)g_ptr_array_index (receipt->entries, 1))->outcome, ==,
                    RST_OUTCOME_NOT_DELETED);
  g_assert_cmpuint (((RstReceiptEntry *)g_ptr_array_index (receipt->entries, 2))->outcome, ==,
                    RST_OUTCOME_DELETED);
  g_assert_cmpuint (((RstReceiptEntry *)g_ptr_array_index (receipt->entries, 3))->outcome, ==,
                    RST_OUTCOME_NOT_DELETED);
}

/* Of two that look alike one was to be deleted, and the list was loaded anew: as many are there as
 * before, or one fewer. */
static void
settling_look_alikes (void)
{
  g_autoptr (GPtrArray) before = parse_headers ("a=a a=a b=b");
  g_autoptr (GPtrArray) targets = parse_headers ("a=a");

  for (guint n_left = 1; n_left <= 2; n_left++)
    {
      g_autoptr (RstReceipt) receipt = rst_receipt_new (targets);
      g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
      const guint origin = RST_SNAPSHOT_NEW;

      rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
      for (guint i = 0; i < n_left; i++)
        {
          g_ptr_array_add (snapshot->headers, parse_header ("a=a", i + 2));
          g_array_append_val (snapshot->origins, origin);
        }
      rst_settle_receipt (receipt, before, snapshot);
      g_assert_cmpuint (
          rst_receipt_count (receipt, n_left == 1 ? RST_OUTCOME_DELETED : RST_OUTCOME_NOT_DELETED),
          ==, 1);
    }
}

/* What looks like the message that was to be deleted lies under another UID: where UIDs hold it is
 * another message, and where all have changed it may be that one. */
static void
settling_by_uid (void)
{
  g_autoptr (GPtrArray) before = parse_headers ("a=a b=b");
  g_autoptr (GPtrArray) targets = parse_headers ("a=a");

  for (guint uids_hold = 0; uids_hold <= 1; uids_hold++)
    {
      g_autoptr (RstReceipt) receipt = rst_receipt_new (targets);
      g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
      const RstHeader *target = g_ptr_array_index (targets, 0);
      const guint origin = RST_SNAPSHOT_NEW;

      rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
      snapshot->uids_hold = uids_hold;
      g_ptr_array_add (
          snapshot->headers,
          rst_header_new (rst_identity_new_renumbered (target->identity, "other", 1, 100), NULL,
                          RST_HEADER_UNREADABLE));
      g_array_append_val (snapshot->origins, origin);
      rst_settle_receipt (receipt, before, snapshot);
      g_assert_cmpuint (
          rst_receipt_count (receipt, uids_hold ? RST_OUTCOME_DELETED : RST_OUTCOME_NOT_DELETED),
          ==, 1);
    }
}

/* Two have one UID and one header block, and the headers of one are not to be had now. */
static void
settling_unseen (void)
{
  g_autoptr (GPtrArray) before = parse_headers ("a=a a=a b=b");
  g_autoptr (GPtrArray) targets = parse_headers ("a=a");

  for (guint uids_hold = 0; uids_hold <= 1; uids_hold++)
    {
      g_autoptr (RstReceipt) receipt = rst_receipt_new (targets);
      g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
      const guint origins[] = { RST_SNAPSHOT_NEW, RST_SNAPSHOT_NEW };

      rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
      snapshot->uids_hold = uids_hold;
      g_ptr_array_add (snapshot->headers, parse_header ("a=a", 1));
      g_ptr_array_add (snapshot->headers, rst_header_new (rst_identity_new ("a", 2, 100, NULL),
                                                          NULL, RST_HEADER_UNREADABLE));
      g_array_append_vals (snapshot->origins, origins, 2);
      rst_settle_receipt (receipt, before, snapshot);
      g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_UNKNOWN), ==, 1);

      /* Now they are: both are there. */
      rst_header_unref (g_ptr_array_index (snapshot->headers, 1));
      snapshot->headers->pdata[1] = parse_header ("a=a", 2);
      rst_settle_receipt (receipt, before, snapshot);
      g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, 1);
    }
}

/* Two have one UID and one header block, and their bodies are known: one of them is left. */
static void
settling_by_body (void)
{
  for (guint left = 0; left <= 1; left++)
    {
      g_autoptr (GPtrArray) before = parse_headers ("a=a a=a");
      g_autoptr (GPtrArray) targets =
          g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
      g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
      g_autoptr (RstReceipt) receipt = NULL;
      const guint origin = RST_SNAPSHOT_NEW;
      RstHeader *header;

      /* A receipt does not know bodies. */
      g_ptr_array_add (targets, rst_header_ref (g_ptr_array_index (before, 1)));
      for (guint i = 0; i < 2; i++)
        {
          guint8 body[RST_BODY_DIGEST_SIZE] = { (guint8)i };

          header = g_ptr_array_index (before, i);
          before->pdata[i] = rst_header_new_with_identity (
              header, rst_identity_new_with_body (header->identity, body));
          rst_header_unref (header);
        }
      receipt = rst_receipt_new (targets);
      rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
      header = g_ptr_array_index (before, left);
      snapshot->uids_hold = TRUE;
      g_ptr_array_add (snapshot->headers, rst_header_ref (header));
      g_array_append_val (snapshot->origins, origin);
      rst_settle_receipt (receipt, before, snapshot);
      g_assert_cmpuint (
          rst_receipt_count (receipt, left == 0 ? RST_OUTCOME_DELETED : RST_OUTCOME_NOT_DELETED),
          ==, 1);
    }
}

/* In a listing a message may have ">n", its position in the index before, from 0.
 * @number: the number that the receipt has of the message */
typedef struct
{
  const char *name;
  const char *target;
  guint32 number;
  gboolean uids_hold;
  const char *before;
  const char *after;
  RstOutcome outcome;
} Case;

static const Case cases[] = {
  { "copy-elsewhere", "a=x", 9, TRUE, "b=y", "b=y>0 c=x", RST_OUTCOME_DELETED },
  { "uid-reused", "a=x", 9, TRUE, "b=y", "a=z b=x", RST_OUTCOME_NOT_DELETED },
  { "left-out-of-uidl", "a=x", 1, TRUE, "a=x b=y", "-=? b=y>1", RST_OUTCOME_UNKNOWN },
  { "left-out-of-uidl/other", "a=x", 1, TRUE, "a=x b=y", "-=z b=y>1", RST_OUTCOME_DELETED },
  { "still-not-seen", "-=x", 9, FALSE, "-=? -=y", "-=? -=y>1", RST_OUTCOME_UNKNOWN },
  { "seen-at-last", "-=x", 9, FALSE, "-=? -=y", "-=x -=y>1", RST_OUTCOME_NOT_DELETED },
  { "seen-to-be-another", "-=x", 9, FALSE, "-=? -=y", "-=z -=y>1", RST_OUTCOME_DELETED },
  { "uids-changed", "a=x", 9, FALSE, "b=?", "c=x", RST_OUTCOME_NOT_DELETED },
  { "uids-changed/not-seen", "a=x", 9, FALSE, "b=?", "c=?", RST_OUTCOME_UNKNOWN },
  { "behind-the-limit", "-=x", 3, FALSE, "-=? -=y -=x", "-=? -=y>1 -=z", RST_OUTCOME_UNKNOWN },
  { "headers-never-seen", "-=?", 1, FALSE, "-=? -=y", "-=? -=y>1", RST_OUTCOME_UNKNOWN },
  { "headers-never-seen/none-left", "-=?", 1, FALSE, "-=? -=y", "-=y>1", RST_OUTCOME_DELETED },
  { "headers-never-seen/uid", "a=?", 1, TRUE, "a=? b=y", "b=y>1 c=?", RST_OUTCOME_DELETED },
};

static void
one_message (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GPtrArray) before = parse_headers (one->before);
  g_autoptr (GPtrArray) targets =
      g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
  g_autoptr (RstReceipt) receipt = NULL;
  g_auto (GStrv) listed = g_strsplit (one->after, " ", -1);
  RstReceiptEntry *entry;

  for (guint i = 0; listed[i]; i++)
    {
      const char *link = strchr (listed[i], '>');
      guint origin = link ? (guint)atoi (link + 1) : RST_SNAPSHOT_NEW;

      g_ptr_array_add (snapshot->headers, parse_header (listed[i], i + 1));
      g_array_append_val (snapshot->origins, origin);
    }
  snapshot->uids_hold = one->uids_hold;
  g_ptr_array_add (targets, parse_header (one->target, one->number));
  receipt = rst_receipt_new (targets);
  rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
  rst_settle_receipt (receipt, before, snapshot);
  entry = g_ptr_array_index (receipt->entries, 0);
  g_assert_cmpint (entry->outcome, ==, one->outcome);
  g_assert_cmpint (entry->is_settled, ==, one->outcome != RST_OUTCOME_UNKNOWN);
}

/* Nothing is left in the index, and what is listed is one of the two by its UID: UIDs tell, and its
 * looks say nothing of the other. */
static void
known_by_receipt (void)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (GPtrArray) targets = parse_headers ("a=x b=x");
  g_autoptr (RstSnapshot) snapshot = rst_snapshot_new ();
  g_autoptr (RstReceipt) receipt = NULL;
  const guint origin = RST_SNAPSHOT_NEW;

  g_ptr_array_add (snapshot->headers, parse_header ("a=x", 1));
  g_array_append_val (snapshot->origins, origin);
  receipt = rst_receipt_new (targets);
  rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
  rst_settle_receipt (receipt, before, snapshot);
  g_assert_cmpint (rst_receipt_get_entry (receipt, 0)->outcome, ==, RST_OUTCOME_NOT_DELETED);
  g_assert_cmpint (rst_receipt_get_entry (receipt, 1)->outcome, ==, RST_OUTCOME_DELETED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/settle/several", settling);
  g_test_add_func ("/settle/look-alikes", settling_look_alikes);
  g_test_add_func ("/settle/by-uid", settling_by_uid);
  g_test_add_func ("/settle/by-body", settling_by_body);
  g_test_add_func ("/settle/unseen", settling_unseen);
  g_test_add_func ("/settle/known-by-receipt", known_by_receipt);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/settle/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], one_message);
    }

  return g_test_run ();
}
