/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "fetcher/rst-fetcher.h"
#include "mailbox-fixture.h"
#include "mailbox/rst-copies.h"

/* What is kept of messages before they are deleted. */

#define BIG 20000

static RstReceipts *
open_receipts (MailboxFixture *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "test", NULL);
  g_autoptr (GError) error = NULL;
  RstReceipts *receipts = rst_receipts_open (folder, &error);

  g_assert_no_error (error);
  return receipts;
}

static void
set_policy (MailboxFixture *self,
            RstKeepCopies keep)
{
  RstCopyPolicy policy = { .keep = keep,
                           .max_size = 1000,
                           .max_total = 100000,
                           .days = 30,
                           .is_chosen = TRUE };

  rst_mailbox_set_copy_policy (self->mailbox, &policy);
}

static gboolean
delete_items (MailboxFixture *self,
              const char *positions,
              RstDeleteFlags flags,
              RstReceipt **receipt,
              GError **error)
{
  g_autoptr (GPtrArray) items = mailbox_fixture_items (self, positions);
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_delete_async (self->mailbox, items, flags, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  return rst_mailbox_delete_finish (self->mailbox, result, receipt, error);
}

static void
read_item (MailboxFixture *self,
           guint position)
{
  g_autoptr (RstMessageItem) item = mailbox_fixture_item (self, position);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;

  rst_mailbox_read_async (self->mailbox, item, NULL, mailbox_fixture_done_cb, self);
  result = mailbox_fixture_wait (self);
  message = rst_mailbox_read_finish (self->mailbox, result, NULL);
  g_assert_nonnull (message);
}

static void
open (MailboxFixture *self,
      RstKeepCopies keep)
{
  g_autofree char *body = g_strnfill (BIG, 'b');

  for (guint i = 75; i < BIG; i += 76)
    body[i] = '\n';
  mailbox_fixture_add (self, "big", body);
  set_policy (self, keep);
  mailbox_fixture_open (self);
  mailbox_fixture_refresh (self);
  rst_demo_server_clear_log (self->server);
}

static guint
count (MailboxFixture *self,
       const char *command)
{
  return rst_demo_server_get_n_commands (self->server, command);
}

/* Which of the entries have a copy: "10" the first and not the second. */
static char *
describe (const RstReceipt *receipt)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < receipt->entries->len; i++)
    g_string_append_c (
        text, ((RstReceiptEntry *)g_ptr_array_index (receipt->entries, i))->copy ? '1' : '0');

  return g_string_free (text, FALSE);
}

static void
assert_copies (MailboxFixture *self,
               const char *positions,
               RstDeleteFlags flags,
               const char *expected)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *copies = NULL;

  g_assert_true (delete_items (self, positions, flags, &receipt, &error));
  g_assert_no_error (error);
  copies = describe (receipt);
  g_assert_cmpstr (copies, ==, expected);
}

static void
nothing_deleted (MailboxFixture *self,
                 const char *positions,
                 const char *words)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (delete_items (self, positions, RST_DELETE_DEFAULT, &receipt, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Nothing was deleted: no copy could be kept."));
  if (!strstr (error->message, words))
    g_error ("no “%s” in “%s”", words, error->message);
  g_assert_true (receipt->lacks_copy);
  g_assert_cmpuint (count (self, "DELE"), ==, 0);
  assert_server (self, "one two three four five big");
  assert_index (self, "one two three four five big");
}

static void
exact (MailboxFixture *self,
       gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GBytes) original = rst_demo_server_dup_message (self->server, 1);
  g_autoptr (GBytes) copy = NULL;
  g_autoptr (GError) error = NULL;
  RstReceiptEntry *entry;

  open (self, RST_KEEP_COPIES_SMALL);
  g_assert_true (delete_items (self, "1 3", RST_DELETE_DEFAULT, &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count (self, "RETR"), ==, 2);

  receipts = open_receipts (self);
  all = rst_receipts_load (receipts, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  entry = g_ptr_array_index (((RstReceipt *)g_ptr_array_index (all, 0))->entries, 0);
  g_assert_true (entry->has_copy);
  copy = rst_copies_load (receipts, entry->copy, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (copy, original));
}

static void
which (MailboxFixture *self,
       gconstpointer data)
{
  open (self, RST_KEEP_COPIES_SMALL);
  assert_copies (self, "5 0", RST_DELETE_DEFAULT, "01");
  set_policy (self, RST_KEEP_COPIES_NEVER);
  assert_copies (self, "0", RST_DELETE_DEFAULT, "0");
  set_policy (self, RST_KEEP_COPIES_ALWAYS);
  assert_copies (self, "0", RST_DELETE_NO_COPY, "0");
  assert_copies (self, "0", RST_DELETE_DRY_RUN, "0");
  g_assert_cmpuint (count (self, "RETR"), ==, 1);
  assert_server (self, "four five");
}

/* What was read is kept though it is big, and what is very big is not downloaded again. */
static void
read_before (MailboxFixture *self,
             gconstpointer data)
{
  g_autofree char *body = g_strnfill (RST_FETCHER_COMPARED_SIZE, '\n');
  RstCopyPolicy policy = { RST_KEEP_COPIES_SMALL, 1000, 10000000, 30 };

  mailbox_fixture_add (self, "very-big", body);
  open (self, RST_KEEP_COPIES_SMALL);
  rst_mailbox_set_copy_policy (self->mailbox, &policy);
  read_item (self, 5);
  read_item (self, 6);
  rst_demo_server_clear_log (self->server);
  assert_copies (self, "5", RST_DELETE_DEFAULT, "1");
  g_assert_cmpuint (count (self, "RETR"), ==, 0);
  assert_copies (self, "5", RST_DELETE_DEFAULT, "1");
  g_assert_cmpuint (count (self, "RETR"), ==, 1);
}

/* Under a number that is taken at its word lies what nobody has read: that is what is kept. */
static void
unverified (MailboxFixture *self,
            gconstpointer data)
{
  g_autoptr (GBytes) original = rst_demo_server_dup_message (self->server, 1);
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (GBytes) copy = NULL;
  RstReceiptEntry *entry;

  mailbox_fixture_fault (self, "no-uidl", NULL);
  open (self, RST_KEEP_COPIES_SMALL);
  read_item (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  g_assert_true (delete_items (self, "0", RST_DELETE_UNVERIFIED, &receipt, NULL));
  assert_server (self, "three four five big");
  receipts = open_receipts (self);
  entry = g_ptr_array_index (receipt->entries, 0);
  copy = rst_copies_load (receipts, entry->copy, NULL);
  g_assert_true (g_bytes_equal (copy, original));
}

/* No size is known beforehand, and nothing was ever deleted here. */
static void
sizes_zero (MailboxFixture *self,
            gconstpointer data)
{
  mailbox_fixture_fault (self, "sizes-zero", NULL);
  open (self, RST_KEEP_COPIES_ALWAYS);
  assert_copies (self, "0 5", RST_DELETE_DEFAULT, "11");
}

/* What can be tried again is no reason to go without a copy. */
static void
connection_lost (MailboxFixture *self,
                 gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  open (self, RST_KEEP_COPIES_ALWAYS);
  mailbox_fixture_fault (self, "close-at", "RETR");
  g_assert_false (delete_items (self, "0 1", RST_DELETE_DEFAULT, &receipt, &error));
  g_assert_nonnull (strstr (error->message, "Nothing was deleted. The server closed"));
  g_assert_false (receipt->lacks_copy);
  g_assert_cmpuint (count (self, "DELE"), ==, 0);
}

static void
server_refuses (MailboxFixture *self,
                gconstpointer data)
{
  g_autoptr (RstReceipts) receipts = NULL;

  open (self, RST_KEEP_COPIES_ALWAYS);
  read_item (self, 0);
  mailbox_fixture_fault (self, "err-at", "RETR");
  nothing_deleted (self, "0 1", "127.0.0.1");
  receipts = open_receipts (self);
  g_assert_cmpuint (rst_copies_get_size (receipts), ==, 0);

  /* The way out. */
  assert_copies (self, "0 1", RST_DELETE_NO_COPY, "00");
}

static void
too_many (MailboxFixture *self,
          gconstpointer data)
{
  RstCopyPolicy policy = { RST_KEEP_COPIES_ALWAYS, 1000, 5000, 30 };

  open (self, RST_KEEP_COPIES_ALWAYS);
  rst_mailbox_set_copy_policy (self->mailbox, &policy);
  nothing_deleted (self, "0 5", "no more than 5.0");
}

static void
no_folder (MailboxFixture *self,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "test", NULL);

  open (self, RST_KEEP_COPIES_SMALL);
  g_assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  nothing_deleted (self, "0", path);
  g_assert_cmpuint (count (self, "RETR"), ==, 0);
}

/* A disk that takes no more: a process may be told so for itself. */
static void
full_disk (MailboxFixture *self,
           gconstpointer data)
{
  struct rlimit before;
  struct rlimit limit;

  open (self, RST_KEEP_COPIES_ALWAYS);
  rst_receipts_free (open_receipts (self));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 60000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  for (guint i = 0; i < 3; i++)
    mailbox_fixture_refresh (self);
  nothing_deleted (self, "0 5 1 2 3", "");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_copies (self, "0 5", RST_DELETE_DEFAULT, "11");
}

/* The server takes the download, and refuses a DELE. */
static void
refused (MailboxFixture *self,
         gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (GError) error = NULL;

  open (self, RST_KEEP_COPIES_ALWAYS);
  mailbox_fixture_fault (self, "err-on-dele", "2");
  g_assert_false (delete_items (self, "0 1", RST_DELETE_DEFAULT, &receipt, &error));
  assert_server (self, "one two three four five big");

  /* What is certain to be there needs no copy. */
  receipts = open_receipts (self);
  g_assert_cmpuint (rst_copies_get_size (receipts), ==, 0);
}

/* An unknown outcome keeps its copies, and so does what a later look at the server says of it. */
static void
unknown (MailboxFixture *self,
         gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  RstReceiptEntry *entry;

  open (self, RST_KEEP_COPIES_SMALL);
  mailbox_fixture_fault (self, "quit-close", "commit");
  g_assert_false (delete_items (self, "0", RST_DELETE_DEFAULT, &receipt, &error));
  receipts = open_receipts (self);
  all = rst_receipts_load (receipts, NULL);
  entry = g_ptr_array_index (((RstReceipt *)g_ptr_array_index (all, 0))->entries, 0);
  g_assert_true (entry->is_settled && entry->has_copy);
}

static gint64
add_copy (RstReceipts *receipts,
          gsize size,
          guint days_ago)
{
  g_autofree char *bytes = g_strnfill (size, 'c');
  g_autoptr (GBytes) message = g_bytes_new (bytes, size);
  gint64 id = rst_copies_add (receipts, message, NULL);
  g_autofree char *sql = g_strdup_printf ("UPDATE copy SET time = time - %u * 86400 WHERE id = %d",
                                          days_ago, (int)id);

  g_assert_cmpint (id, >, 0);
  g_assert_true (rst_database_run (rst_receipts_get_database (receipts), sql, NULL));
  return id;
}

/* A receipt names it. */
static gint64
add_kept (RstReceipts *receipts,
          gsize size,
          guint days_ago)
{
  gint64 id = add_copy (receipts, size, days_ago);
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO receipt (id, time) VALUES (%d, 0); "
      "INSERT INTO entry (receipt, position, outcome, is_missing, number, size, is_settled, copy) "
      "VALUES (%d, 0, 1, 0, 1, 1, 0, %d)",
      (int)id, (int)id, (int)id);

  g_assert_true (rst_database_run (rst_receipts_get_database (receipts), sql, NULL));
  return id;
}

static gboolean
is_kept (RstReceipts *receipts,
         gint64 id)
{
  g_autoptr (GBytes) copy = rst_copies_load (receipts, id, NULL);

  return copy != NULL;
}

static void
expiry (MailboxFixture *self,
        gconstpointer data)
{
  g_autoptr (RstReceipts) receipts = open_receipts (self);
  g_autofree char *path = g_build_filename (self->folder, "test", "receipts.sqlite", NULL);
  GStatBuf before;
  GStatBuf after;
  gint64 old = add_kept (receipts, 500000, 31);
  gint64 left_over = add_copy (receipts, 500, 2);
  gint64 not_named_yet = add_copy (receipts, 50, 0);
  gint64 kept = add_kept (receipts, 50, 29);

  g_assert_cmpuint (rst_copies_get_size (receipts), ==, 500050);
  rst_database_run (rst_receipts_get_database (receipts), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  g_assert_cmpint (g_stat (path, &before), ==, 0);

  /* What nobody has chosen removes nothing. */
  mailbox_fixture_open (self);
  g_assert_true (is_kept (receipts, old));

  /* Then a start is enough. */
  mailbox_fixture_restart (self, 0);
  set_policy (self, RST_KEEP_COPIES_SMALL);
  mailbox_fixture_open (self);
  g_assert_false (is_kept (receipts, old));
  g_assert_false (is_kept (receipts, left_over));
  g_assert_true (is_kept (receipts, not_named_yet));
  g_assert_true (is_kept (receipts, kept));
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpint (after.st_size, <, before.st_size - 400000);
}

static void
capped (MailboxFixture *self,
        gconstpointer data)
{
  g_autoptr (RstReceipts) receipts = open_receipts (self);
  gint64 oldest = add_kept (receipts, 400, 0);
  gint64 middle = add_kept (receipts, 300, 0);
  gint64 newest = add_kept (receipts, 200, 0);
  gint64 not_named_yet = add_copy (receipts, 500, 0);

  g_assert_true (rst_copies_prune (receipts, 30, 600, NULL));
  g_assert_cmpuint (rst_copies_get_size (receipts), ==, 500);
  g_assert_false (is_kept (receipts, oldest));
  g_assert_true (is_kept (receipts, middle));
  g_assert_true (is_kept (receipts, newest));
  g_assert_true (is_kept (receipts, not_named_yet));
}

/* What another program is deleting is not unknown: that one will say. */
static void
under_way (MailboxFixture *self,
           gconstpointer data)
{
  g_autoptr (RstReceipts) other = NULL;
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (RstMessageItem) item = NULL;
  g_autoptr (GPtrArray) unsettled = NULL;
  guint n_settled;

  open (self, RST_KEEP_COPIES_SMALL);
  other = open_receipts (self);
  item = mailbox_fixture_item (self, 1);
  g_ptr_array_add (headers, rst_message_item_get_header (item));
  receipt = rst_receipt_new (headers);
  rst_receipt_set_outcome (receipt, RST_OUTCOME_UNKNOWN);
  rst_receipts_begin_delete (other);
  g_assert_true (rst_receipts_save (other, receipt, NULL));

  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->notices->len, ==, 0);
  rst_receipts_end_delete (other);
  mailbox_fixture_refresh (self);
  g_assert_cmpuint (self->notices->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (self->notices, 0), "did not happen"));

  /* What is settled stays as it is. */
  rst_receipt_set_outcome (receipt, RST_OUTCOME_DELETED);
  g_assert_true (rst_receipts_save_settled (other, receipt, &n_settled, NULL));
  g_assert_cmpuint (n_settled, ==, 0);
  unsettled = rst_receipts_load_unsettled (other, "ada at mail.example.org", NULL);
  g_assert_cmpuint (unsettled->len, ==, 0);
}

/* A crash at any byte: what was written of the last step is cut off anywhere, and the file opens as
 * it was before or after it. */
static void
cut_anywhere (MailboxFixture *self,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "test", "receipts.sqlite", NULL);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree char *file = NULL;
  g_autofree char *log = NULL;
  g_autofree char *other = g_build_filename (self->folder, "cut", NULL);
  g_autofree char *cut_path = g_build_filename (other, "receipts.sqlite", NULL);
  g_autofree char *cut_log_path = g_strconcat (cut_path, "-wal", NULL);
  g_autofree char *shared_path = g_strconcat (cut_path, "-shm", NULL);
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (RstReceipt) receipt = NULL;
  gsize file_length;
  gsize log_length;

  open (self, RST_KEEP_COPIES_SMALL);
  receipts = open_receipts (self);
  rst_database_run (rst_receipts_get_database (receipts), "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  g_assert_true (delete_items (self, "0 1", RST_DELETE_DEFAULT, &receipt, NULL));
  g_assert_true (g_file_get_contents (path, &file, &file_length, NULL));
  g_assert_true (g_file_get_contents (log_path, &log, &log_length, NULL));
  g_assert_cmpuint (log_length, >, 4096);

  g_mkdir (other, 0700);
  for (gsize cut = 0; cut <= log_length; cut += 509)
    {
      g_autoptr (RstReceipts) after = NULL;
      g_autoptr (GPtrArray) all = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (cut_path, file, file_length, NULL));
      g_assert_true (g_file_set_contents (cut_log_path, log, cut, NULL));
      g_unlink (shared_path);
      after = rst_receipts_open (other, &error);
      g_assert_no_error (error);
      all = rst_receipts_load (after, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < all->len; i++)
        {
          RstReceipt *found = g_ptr_array_index (all, i);

          g_assert_cmpuint (found->entries->len, ==, 2);
          for (guint j = 0; j < 2; j++)
            g_assert_true (((RstReceiptEntry *)g_ptr_array_index (found->entries, j))->has_copy);
        }
    }
}

#define ADD(path, func)                                                            \
  g_test_add ("/copies/" path, MailboxFixture, NULL, mailbox_fixture_set_up, func, \
              mailbox_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("exact", exact);
  ADD ("which", which);
  ADD ("read-before", read_before);
  ADD ("unverified", unverified);
  ADD ("sizes-zero", sizes_zero);
  ADD ("connection-lost", connection_lost);
  ADD ("server-refuses", server_refuses);
  ADD ("too-many", too_many);
  ADD ("no-folder", no_folder);
  ADD ("full-disk", full_disk);
  ADD ("refused", refused);
  ADD ("unknown", unknown);
  ADD ("expiry", expiry);
  ADD ("capped", capped);
  ADD ("under-way", under_way);
  ADD ("cut-anywhere", cut_anywhere);

  return g_test_run ();
}
