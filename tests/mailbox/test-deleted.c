/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mailbox/rst-copies.h"
#include "mailbox/rst-deleted.h"

/* What is done with the copies of deleted messages, without a window. */

#define N_COPIES 3
#define BODY "\r\nFrom here on.\r\n"
#define BIG 50000

/* The most that was handed to the disk at once. */
static gsize most_written;

/* In the place of the C library's. */
ssize_t
write (int fd,
       const void *bytes,
       size_t size)
{
  most_written = MAX (most_written, size);
  return syscall (SYS_write, fd, bytes, size);
}

typedef struct
{
  RstAccount *account;
  GPtrArray *items;
  GPtrArray *messages;
  char *folder;
  GAsyncResult *result;
} Fixture;

static void
add_message (RstReceipts *receipts,
             RstReceipt *receipt,
             GBytes *message)
{
  gsize length;
  const char *bytes = g_bytes_get_data (message, &length);
  g_autoptr (RstHeader) header =
      rst_header_new (rst_identity_new ("uid", 1, length, NULL),
                      rst_envelope_new_from_headers (bytes, length, NULL), RST_HEADER_LOADED);
  RstReceiptEntry *entry = rst_receipt_add (receipt, header, RST_OUTCOME_DELETED, FALSE);

  entry->copy = rst_copies_add (receipts, message, NULL);
  g_assert_cmpint (entry->copy, >, 0);
}

static void
set_up (Fixture *self,
        gconstpointer data)
{
  g_autofree char *folder = NULL;
  g_autofree char *long_text = g_strnfill (BIG, 'x');
  g_autoptr (RstReceipts) receipts = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (RstReceipt) receipt = rst_receipt_new (none);
  g_autoptr (GError) error = NULL;

  self->account = rst_account_new ("test", "127.0.0.1", "demo");
  self->messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->folder = g_dir_make_tmp ("deleted-XXXXXX", &error);
  g_assert_no_error (error);
  folder = rst_account_dup_data_folder (self->account);
  receipts = rst_receipts_open (folder, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_COPIES; i++)
    {
      char *text = g_strdup_printf ("Subject: Number %u\r\n" BODY "%s\r\n", i, long_text);

      g_ptr_array_add (self->messages, g_bytes_new_take (text, strlen (text)));
      add_message (receipts, receipt, g_ptr_array_index (self->messages, i));
    }
  rst_receipts_save (receipts, receipt, &error);
  g_assert_no_error (error);
  self->items = rst_deleted_load (self->account, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->items->len, ==, N_COPIES);
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->messages);
  rst_account_unref (self->account);
  g_free (self->folder);
}

static void
done_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  ((Fixture *)user_data)->result = g_object_ref (result);
}

static gboolean
finish (Fixture *self,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  while (!self->result)
    g_main_context_iteration (NULL, TRUE);
  result = g_steal_pointer (&self->result);
  return rst_deleted_finish (result, error);
}

/* Saves the first copies. */
static gboolean
save (Fixture *self,
      guint n_copies,
      const char *name,
      GError **error)
{
  g_autoptr (GFile) file = g_file_new_build_filename (self->folder, name, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < n_copies; i++)
    g_ptr_array_add (items, g_ptr_array_index (self->items, i));
  rst_deleted_save_copies_async (self->account, items, file, NULL, done_cb, self);
  return finish (self, error);
}

static char *
take (Fixture *self,
      const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return contents;
}

/* The names are as in the main window: one message is an mbox file only if it is called so. */
static void
test_names (Fixture *self,
            gconstpointer data)
{
  const char *message = g_bytes_get_data (g_ptr_array_index (self->messages, 0), NULL);
  static const struct
  {
    const char *name;
    guint n_copies;
    gboolean is_mbox;
  } rows[] = {
    { "one.eml", 1, FALSE },
    { "one.EML", 1, FALSE },
    { "one", 1, FALSE },
    { "one.txt", 1, FALSE },
    { "one.mbox", 1, TRUE },
    { "ONE.MBOX", 1, TRUE },
    { "several.eml", 2, TRUE },
    { "several.mbox", 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *contents = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (save (self, rows[i].n_copies, rows[i].name, &error));
      g_assert_no_error (error);
      contents = take (self, rows[i].name);
      g_test_message ("%s", rows[i].name);
      if (rows[i].is_mbox)
        {
          g_assert_true (g_str_has_prefix (contents, "From MAILER-DAEMON "));
          g_assert_nonnull (strstr (contents, "\nSubject: Number 0\n\n>From here on.\n"));
        }
      else
        g_assert_cmpstr (contents, ==, message);
      g_assert_true ((strstr (contents, "Number 1") != NULL) == (rows[i].n_copies > 1));
    }
}

/* Copies may be more in all than there is memory for: no more than one is held at a time. */
static void
test_one_by_one (Fixture *self,
                 gconstpointer data)
{
  g_autofree char *contents = NULL;

  most_written = 0;
  g_assert_true (save (self, N_COPIES, "all.mbox", NULL));
  g_assert_cmpuint (most_written, >=, BIG);
  g_assert_cmpuint (most_written, <, 2 * BIG);
  contents = take (self, "all.mbox");
  g_assert_nonnull (strstr (contents, "Number 2"));
}

/* All or none: what there was is left as it is. */
static void
test_not_kept (Fixture *self,
               gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "all.mbox", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GPtrArray) last = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (last, g_ptr_array_index (self->items, N_COPIES - 1));
  rst_deleted_remove_copies_async (self->account, last, NULL, done_cb, self);
  g_assert_true (finish (self, &error));
  g_assert_no_error (error);

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_false (save (self, N_COPIES, "all.mbox", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  contents = take (self, "all.mbox");
  g_assert_cmpstr (contents, ==, "before");
}

#define ADD(path, function) \
  g_test_add ("/deleted/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("names", test_names);
  ADD ("one-by-one", test_one_by_one);
  ADD ("not-kept", test_not_kept);

  return g_test_run ();
}
