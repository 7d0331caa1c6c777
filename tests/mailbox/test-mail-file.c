/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "mail-file-fixture.h"
#include "mail/rst-mbox-scanner.h"
#include "mail/rst-mbox.h"

#define CRLF_FROM "From a@x.org Mon Nov  2 10:00:00 2026\r\n"

typedef struct
{
  const char *name;
  const char *file;
  const char *content;
  const char *subjects;
  const char *first;
} OpenCase;

static const OpenCase open_cases[] = {
  { "mbox", "a.mbox", FROM_LINE "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\ny\n\n",
    "one two", "Subject: one\n\nx\n" },
  { "mbox-crlf", "a",
    CRLF_FROM "Subject: one\r\n\r\nx\r\n\r\n" CRLF_FROM "Subject: two\r\n\r\ny\r\n", "one two",
    "Subject: one\r\n\r\nx\r\n" },
  { "mbox-named-eml", "a.eml", FROM_LINE "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\n",
    "one two", "Subject: one\n\nx\n" },
  { "mboxrd", "a", FROM_LINE "Subject: one\n\n>From x\n>>From y\n\n", "one",
    "Subject: one\n\nFrom x\n>From y\n" },
  { "mboxo", "a", FROM_LINE "Subject: one\n\n\nFrom now on\n\n", "one",
    "Subject: one\n\n\nFrom now on\n" },
  { "quoted-in-header", "a", FROM_LINE ">From b Mon Nov  2 10:00:00 2026\nSubject: one\n\nx\n",
    "one", "From b Mon Nov  2 10:00:00 2026\nSubject: one\n\nx\n" },
  { "content-length-lies", "a",
    FROM_LINE "Subject: one\nContent-Length: 9999\n\nx\n\n" FROM_LINE "Subject: two\n\n", "one two",
    "Subject: one\nContent-Length: 9999\n\nx\n" },
  { "first-line-missing", "a", "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\ny\n\n", "one two",
    "Subject: one\n\nx\n" },
  { "garbage-first", "a", "\1\2 rubbish\n\n" FROM_LINE "Subject: one\n\nx\n\n", "one",
    "Subject: one\n\nx\n" },
  { "blank-lines-first", "a", "\n\n" FROM_LINE "Subject: one\n\nx\n\n", "one",
    "Subject: one\n\nx\n" },
  { "cut-off", "a", FROM_LINE "Subject: one\n\nx\n\n" FROM_LINE "Subject: tw", "one tw",
    "Subject: one\n\nx\n" },
  { "empty", "a.mbox", "", "", NULL },
  { "message", "a.eml", "Subject: one\n\nx\n\n", "one", "Subject: one\n\nx\n\n" },
  { "message-with-mbox-in-it", "a.EML", "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\n", "one",
    "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\n" },
  { "message-without-suffix", "a", "Subject: one\n\n>From x\n\n", "one",
    "Subject: one\n\n>From x\n\n" },
};

static void
opens (MailFileFixture *self,
       gconstpointer data)
{
  const OpenCase *test = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  mail_file_fixture_write (self, test->file, test->content, -1);
  mail_file_fixture_open (self, test->file, &error);
  g_assert_no_error (error);
  mail_file_fixture_assert_subjects (self, test->subjects);
  if (!test->first)
    return;

  message = mail_file_fixture_read (self, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message, ==, test->first);
}

static const OpenCase no_mail_cases[] = {
  { "text", "notes.txt", "TODO: buy milk\n\nFrom now on.\n" },
  { "picture", "a.png", "\211PNG\r\n\032\n" },
  { "log", "a.log", "x\n\nFrom 10:00 to 11:00 nothing\n" },
};

static void
is_no_mail (MailFileFixture *self,
            gconstpointer data)
{
  const OpenCase *test = data;
  g_autoptr (GError) error = NULL;

  mail_file_fixture_write (self, test->file, test->content, -1);
  g_assert_false (mail_file_fixture_open (self, test->file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, test->file));
}

static void
refuses_what_is_no_file (MailFileFixture *self,
                         gconstpointer data)
{
  g_autofree char *pipe = mail_file_fixture_path (self, "pipe");
  g_autofree char *folder = mail_file_fixture_path (self, "folder");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_false (mail_file_fixture_open (self, "pipe", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_clear_error (&error);

  g_mkdir (folder, 0700);
  g_assert_false (mail_file_fixture_open (self, "folder", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_assert_false (mail_file_fixture_open (self, "missing", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
entry_cb (const RstMboxEntry *entry,
          const char *header,
          gsize header_length,
          gpointer user_data)
{
  g_string_append_printf (user_data, "%d+%d/%d %.*s;", (int)entry->message, (int)entry->size,
                          (int)entry->end, (int)header_length, header);
}

/* However the file comes in pieces, it has the same messages; and those that rst_mbox_split() has.
 */
static void
scans_in_pieces (void)
{
  static const char *const mboxes[] = {
    FROM_LINE "A: 1\n\nx\n\n" FROM_LINE "A: 2\n\ny\n\n",
    CRLF_FROM "A: 1\r\n b\r\n\r\nx\r\n\r\n" CRLF_FROM "\r\n" CRLF_FROM,
    "x\n\n" FROM_LINE "\n" FROM_LINE "\nx\n\nFrom now on\n\n\n" FROM_LINE "A: 3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (mboxes); i++)
    {
      gsize length = strlen (mboxes[i]);
      g_autoptr (GBytes) bytes = g_bytes_new_static (mboxes[i], length);
      g_autoptr (GPtrArray) split = rst_mbox_split (bytes);
      g_autoptr (GString) expected = g_string_new (NULL);

      for (gsize piece = length; piece > 0; piece--)
        {
          g_autoptr (GString) found = g_string_new (NULL);
          g_autoptr (RstMboxScanner) scanner = rst_mbox_scanner_new (FALSE, entry_cb, found);
          guint n_entries = 0;

          for (gsize at = 0; at < length; at += piece)
            rst_mbox_scanner_push (scanner, mboxes[i] + at, MIN (piece, length - at));
          rst_mbox_scanner_finish (scanner);
          for (const char *p = found->str; *p; p++)
            n_entries += *p == ';';
          g_assert_cmpuint (n_entries, ==, split->len);
          if (expected->len == 0)
            g_string_assign (expected, found->str);
          g_assert_cmpstr (found->str, ==, expected->str);
        }
    }
}

static void
reads_huge_lines (MailFileFixture *self,
                  gconstpointer data)
{
  g_autoptr (GString) mbox = g_string_new (FROM_LINE "Subject: one\nX-Long: ");
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append (mbox, "long ");
  g_string_append (mbox, "\n\n");
  for (guint i = 0; i < 300000; i++)
    g_string_append (mbox, "From ");
  g_string_append (mbox, "\n\n" FROM_LINE "Subject: two\n\ny\n");
  mail_file_fixture_write (self, "a", mbox->str, -1);
  mail_file_fixture_open (self, "a", &error);
  g_assert_no_error (error);
  mail_file_fixture_assert_subjects (self, "one two");

  message = mail_file_fixture_read (self, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (message), ==, strlen ("Subject: one\nX-Long: \n\n\n") + 2 * 1500000);
}

static void
opens_maildir (MailFileFixture *self,
               gconstpointer data)
{
  g_autofree char *old_path = mail_file_fixture_path (self, "M/new/1002.b.host");
  g_autofree char *new_path = mail_file_fixture_path (self, "M/cur/1002.b.host:2,RS");
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  RstSyncReport report;

  mail_file_fixture_write (self, "M/cur/1001.a.host:2,S", "Subject: one\n\nx\n", -1);
  mail_file_fixture_write (self, "M/new/1002.b.host", "Subject: two\n\n>From y\n", -1);
  mail_file_fixture_write (self, "M/cur/999.c.host:2,F", "Subject: zero\n\nz\n", -1);
  mail_file_fixture_write (self, "M/tmp/1003.d.host", "Subject: no\n\n", -1);
  mail_file_fixture_open (self, "M", &error);
  g_assert_no_error (error);
  mail_file_fixture_assert_subjects (self, "zero one two");
  items = mail_file_fixture_items (self, "0 1 2");
  g_assert_false (rst_message_item_get_is_read (g_ptr_array_index (items, 0)));
  g_assert_true (rst_message_item_get_is_read (g_ptr_array_index (items, 1)));
  g_assert_false (rst_message_item_get_is_read (g_ptr_array_index (items, 2)));
  g_assert_false (rst_mailbox_get_can_delete (self->mailbox));

  /* Another program has read it meanwhile. */
  g_assert_cmpint (g_rename (old_path, new_path), ==, 0);
  message = mail_file_fixture_read (self, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message, ==, "Subject: two\n\n>From y\n");
  g_assert_cmpuint (self->n_reloads, ==, 0);

  mail_file_fixture_write (self, "M/new/1004.e.host", "Subject: four\n\n", -1);
  mail_file_fixture_refresh (self, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report.n_new, ==, 1);
  g_assert_cmpuint (report.n_kept, ==, 3);
  mail_file_fixture_assert_subjects (self, "zero one two four");

  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

static void
opens_folder_of_messages (MailFileFixture *self,
                          gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  mail_file_fixture_write (self, "F/b.eml", "Subject: two\n\nx\n", -1);
  mail_file_fixture_write (self, "F/a.eml", "Subject: one\n\nx\n", -1);
  mail_file_fixture_write (self, "F/readme.txt", "Subject: no\n\n", -1);
  mail_file_fixture_open (self, "F", &error);
  g_assert_no_error (error);
  mail_file_fixture_assert_subjects (self, "one two");
  g_assert_cmpstr (rst_mailbox_get_name (self->mailbox), ==, "F");
}

/* What came behind is found, and the message that was pointed at is the one that is read. */
static void
reads_after_a_change (MailFileFixture *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  mail_file_fixture_write (
      self, "a", FROM_LINE "Subject: one\n\nx\n\n" FROM_LINE "Subject: two\n\ny\n\n", -1);
  mail_file_fixture_open (self, "a", NULL);
  mail_file_fixture_write (
      self, "a", FROM_LINE "Subject: new\n\nz\n\n" FROM_LINE "Subject: two\n\ny\n\n", -1);

  message = mail_file_fixture_read (self, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message, ==, "Subject: two\n\ny\n");
  mail_file_fixture_assert_subjects (self, "new two");
  g_assert_cmpuint (self->n_reloads, ==, 1);
}

static void
saves_to_another_file (MailFileFixture *self,
                       gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autoptr (GFile) own = g_file_new_for_path (path);
  g_autofree char *other_path = mail_file_fixture_path (self, "b");
  g_autoptr (GFile) other = g_file_new_for_path (other_path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  mail_file_fixture_write (self, "a", FROM_LINE "Subject: one\n\n>From x\n\n", -1);
  mail_file_fixture_open (self, "a", NULL);
  items = mail_file_fixture_items (self, "0");
  rst_mailbox_save_async (self->mailbox, items, own, NULL, mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  g_assert_false (rst_mailbox_save_finish (self->mailbox, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);
  mail_file_fixture_assert_content (self, "a", FROM_LINE "Subject: one\n\n>From x\n\n");

  rst_mailbox_save_async (self->mailbox, items, other, NULL, mail_file_fixture_done_cb, self);
  second_result = mail_file_fixture_wait (self);
  rst_mailbox_save_finish (self->mailbox, second_result, &error);
  g_assert_no_error (error);
  mail_file_fixture_open (self, "b", NULL);
  message = mail_file_fixture_read (self, 0, NULL);
  g_assert_cmpstr (message, ==, "Subject: one\n\nFrom x\n");
}

/* Thousands of messages, one after the other: each is there, and each is itself. */
static void
browses_a_big_file (MailFileFixture *self,
                    gconstpointer data)
{
  const guint n_messages = 5000;
  g_autoptr (GString) mbox = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_messages; i++)
    {
      g_string_append_printf (mbox, FROM_LINE "Subject: %u\nMessage-ID: <%u@x>\n\n", i, i);
      for (guint line = 0; line < i % 50; line++)
        g_string_append (mbox, "A line of text, as long as they are in letters.\n");
      g_string_append_printf (mbox, "End of %u\n\n", i);
    }
  mail_file_fixture_write (self, "a", mbox->str, -1);
  mail_file_fixture_open (self, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)), ==,
                    n_messages);

  for (guint i = 0; i < n_messages; i += 7)
    {
      g_autofree char *message = mail_file_fixture_read (self, i, &error);
      g_autofree char *end = g_strdup_printf ("\nEnd of %u\n", i);

      g_assert_no_error (error);
      g_assert_true (g_str_has_suffix (message, end) || i % 50 == 0);
    }
  g_assert_cmpuint (self->n_reloads, ==, 0);
}

static void
add (const char *name,
     gconstpointer data,
     void (*func) (MailFileFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/mail-file/", name, NULL);

  g_test_add (path, MailFileFixture, data, mail_file_fixture_set_up, func,
              mail_file_fixture_tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (open_cases); i++)
    {
      g_autofree char *name = g_strconcat ("opens/", open_cases[i].name, NULL);

      add (name, &open_cases[i], opens);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_mail_cases); i++)
    {
      g_autofree char *name = g_strconcat ("is-no-mail/", no_mail_cases[i].name, NULL);

      add (name, &no_mail_cases[i], is_no_mail);
    }
  add ("refuses-what-is-no-file", NULL, refuses_what_is_no_file);
  g_test_add_func ("/mail-file/scans-in-pieces", scans_in_pieces);
  add ("reads-huge-lines", NULL, reads_huge_lines);
  add ("opens-maildir", NULL, opens_maildir);
  add ("opens-folder-of-messages", NULL, opens_folder_of_messages);
  add ("reads-after-a-change", NULL, reads_after_a_change);
  add ("saves-to-another-file", NULL, saves_to_another_file);
  add ("browses-a-big-file", NULL, browses_a_big_file);

  return g_test_run ();
}
