/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mail-file-fixture.h"

#define ONE FROM_LINE "Subject: one\nStatus: RO\n\nx\n\n"
#define TWO FROM_LINE "Subject: two\n\n>From y\r\n\0\377z\n\n"
#define THREE FROM_LINE "Subject: three\n\nno line end"
#define ONE_AND_THREE ONE THREE

static const char all[] = "rubbish\n\n" ONE TWO THREE;

typedef struct
{
  const char *name;
  const char *rows;
  const char *left;
  gsize length;
  const char *subjects;
} DeleteCase;

#define BYTES(literal) literal, sizeof (literal) - 1

static const DeleteCase delete_cases[] = {
  { "first", "0", BYTES ("rubbish\n\n" TWO THREE), "two three" },
  { "middle", "1", BYTES ("rubbish\n\n" ONE THREE), "one three" },
  { "last", "2", BYTES ("rubbish\n\n" ONE TWO), "one two" },
  { "two", "2 0", BYTES ("rubbish\n\n" TWO), "two" },
  { "all", "0 1 2", BYTES ("rubbish\n\n"), "" },
};

static void
assert_bytes (MailFileFixture *self,
              const char *name,
              const char *bytes,
              gsize length)
{
  g_autofree char *path = mail_file_fixture_path (self, name);
  g_autofree char *found = NULL;
  gsize found_length = 0;

  g_assert_true (g_file_get_contents (path, &found, &found_length, NULL));
  g_assert_cmpmem (found, found_length, bytes, length);
}

/* Nothing is left behind, whatever came of it. */
static void
assert_only_file (MailFileFixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir))
    n_files++;
  g_assert_cmpuint (n_files, ==, 1);
}

static void
open_all (MailFileFixture *self)
{
  g_autoptr (GError) error = NULL;

  mail_file_fixture_write (self, "a", all, sizeof all - 1);
  mail_file_fixture_open (self, "a", &error);
  g_assert_no_error (error);
  g_assert_true (rst_mailbox_get_can_delete (self->mailbox));
}

static void
deletes (MailFileFixture *self,
         gconstpointer data)
{
  const DeleteCase *test = data;
  g_autoptr (GError) error = NULL;

  open_all (self);
  mail_file_fixture_delete (self, test->rows, RST_DELETE_DEFAULT, &error);
  g_assert_no_error (error);
  assert_bytes (self, "a", test->left, test->length);
  mail_file_fixture_assert_subjects (self, test->subjects);
  assert_only_file (self);
}

/* What follows a delete works with what it left. */
static void
goes_on (MailFileFixture *self,
         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;

  open_all (self);
  mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error);
  g_assert_no_error (error);
  message = mail_file_fixture_read (self, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message, ==, "Subject: three\n\nno line end");
  mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error);
  g_assert_no_error (error);
  assert_bytes (self, "a", BYTES ("rubbish\n\n" THREE));
  g_assert_cmpuint (self->n_reloads, ==, 0);
}

static void
dry_run (MailFileFixture *self,
         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_all (self);
  mail_file_fixture_delete (self, "1", RST_DELETE_DRY_RUN, &error);
  g_assert_no_error (error);
  assert_bytes (self, "a", all, sizeof all - 1);
  mail_file_fixture_assert_subjects (self, "one two three");
}

/* Mail has come since the file was read: nothing is deleted, and the list is up to date again. */
static void
refuses_changed (MailFileFixture *self,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  open_all (self);
  mail_file_fixture_write (self, "a", BYTES (THREE "\n\n" ONE));
  g_assert_false (mail_file_fixture_delete (self, "0 1", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  assert_bytes (self, "a", BYTES (THREE "\n\n" ONE));
  mail_file_fixture_assert_subjects (self, "three one");
  g_assert_cmpuint (self->n_reloads, ==, 1);
  g_assert_cmpuint (self->still_there->len, ==, 1);
  assert_only_file (self);
}

/* The same size and the same time, and other messages. */
static void
refuses_other_content (MailFileFixture *self,
                       gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autoptr (GError) error = NULL;
  struct stat status;
  int fd;

  open_all (self);
  g_assert_cmpint (stat (path, &status), ==, 0);
  fd = g_open (path, O_WRONLY | O_CLOEXEC, 0);
  g_assert_cmpint (pwrite (fd, "eno", 3, strlen ("rubbish\n\n" FROM_LINE "Subject: ")), ==, 3);
  g_assert_cmpint (futimens (fd, (struct timespec[]){ status.st_atim, status.st_mtim }), ==, 0);
  close (fd);

  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  mail_file_fixture_assert_subjects (self, "eno two three");
}

static void
refuses_missing (MailFileFixture *self,
                 gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autoptr (GError) error = NULL;

  open_all (self);
  g_unlink (path);
  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
}

static void
waits_for_locks (MailFileFixture *self,
                 gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autofree char *dotlock = mail_file_fixture_path (self, "a.lock");
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr (GError) error = NULL;
  int fd;

  open_all (self);
  mail_file_fixture_write (self, "a.lock", "", 0);
  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_true (g_file_test (dotlock, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_unlink (dotlock);

  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  assert_bytes (self, "a", all, sizeof all - 1);
  close (fd);

  mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error);
  g_assert_no_error (error);
  assert_only_file (self);
}

static void
follows_links (MailFileFixture *self,
               gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autofree char *link_path = mail_file_fixture_path (self, "link");
  g_autoptr (GError) error = NULL;
  struct stat status;

  mail_file_fixture_write (self, "a", all, sizeof all - 1);
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("a", link_path), ==, 0);
  mail_file_fixture_open (self, "link", &error);
  g_assert_no_error (error);

  mail_file_fixture_delete (self, "1", RST_DELETE_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  assert_bytes (self, "a", BYTES ("rubbish\n\n" ONE_AND_THREE));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
}

static void
says_why_not (MailFileFixture *self,
              gconstpointer data)
{
  g_autofree char *path = mail_file_fixture_path (self, "a");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write anywhere");
      return;
    }

  open_all (self);
  g_chmod (self->folder, 0500);
  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_clear_error (&error);
  g_chmod (self->folder, 0700);

  g_chmod (path, 0400);
  g_assert_false (mail_file_fixture_delete (self, "0", RST_DELETE_DEFAULT, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  assert_bytes (self, "a", all, sizeof all - 1);
  assert_only_file (self);
}

static void
stops (MailFileFixture *self,
       gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  open_all (self);
  items = mail_file_fixture_items (self, "0");
  g_cancellable_cancel (cancellable);
  rst_mailbox_delete_async (self->mailbox, items, RST_DELETE_DEFAULT, cancellable,
                            mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  g_assert_false (rst_mailbox_delete_finish (self->mailbox, result, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_bytes (self, "a", all, sizeof all - 1);
  assert_only_file (self);
}

static void
add (const char *name,
     gconstpointer data,
     void (*func) (MailFileFixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/mail-file/delete/", name, NULL);

  g_test_add (path, MailFileFixture, data, mail_file_fixture_set_up, func,
              mail_file_fixture_tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (delete_cases); i++)
    add (delete_cases[i].name, &delete_cases[i], deletes);
  add ("goes-on", NULL, goes_on);
  add ("dry-run", NULL, dry_run);
  add ("refuses-changed", NULL, refuses_changed);
  add ("refuses-other-content", NULL, refuses_other_content);
  add ("refuses-missing", NULL, refuses_missing);
  add ("waits-for-locks", NULL, waits_for_locks);
  add ("follows-links", NULL, follows_links);
  add ("says-why-not", NULL, says_why_not);
  add ("stops", NULL, stops);

  return g_test_run ();
}
