/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/rst-test-folder.h"
#include "mailbox/rst-mbox-file.h"

#define FROM_LINE "From a@x.org Mon Nov  2 10:00:00 2026\n"
#define OLD FROM_LINE "Subject: old\n\n"
#define NEW FROM_LINE "Subject: new\n\n"
#define DELIVERED FROM_LINE "Subject: delivered meanwhile\n\n"

/* What was done about the disk, in order; NULL while nobody asks. */
static GString *disk_log;

/* Is asked in the place of the disk, which then fails. */
static void (*failing_disk) (void);

typedef struct
{
  char *folder;
  char *path;
  GFile *file;
  const char *entries;  /* NULL: the connection breaks after one */
  const char *delivery; /* by another program, while messages are downloaded */
  guint n_calls;
} Fixture;

/* Whose file the disk is about. */
static Fixture *current;

/* In the place of the C library's. */
int
fsync (int fd)
{
  struct stat status;

  if (failing_disk != NULL)
    {
      failing_disk ();
      errno = EIO;
      return -1;
    }
  if (disk_log != NULL && fstat (fd, &status) == 0)
    g_string_append_printf (
        disk_log, S_ISDIR (status.st_mode) ? "folder;" : "%d bytes;", (int)status.st_size);
  return (int)syscall (SYS_fsync, fd);
}

static void
set_up (Fixture *self,
        gconstpointer data)
{
  self->folder = rst_test_folder_new ();
  self->path = g_build_filename (self->folder, "kept.mbox", NULL);
  self->file = g_file_new_for_path (self->path);
  self->entries = NEW;
  current = self;
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  g_object_unref (self->file);
  g_free (self->path);
  rst_test_folder_free (self->folder);
}

static void
put (Fixture *self,
     const char *content)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, content, -1, &error);
  g_assert_no_error (error);
}

static void
deliver (const char *text)
{
  int fd = g_open (current->path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, strlen (text));
  close (fd);
}

static void
assert_content (Fixture *self,
                const char *expected)
{
  g_autofree char *content = NULL;

  if (!g_file_get_contents (self->path, &content, NULL, NULL))
    g_assert_null (expected);
  else
    g_assert_cmpstr (content, ==, expected);
}

static void
assert_n_files (Fixture *self,
                guint expected)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (dir) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, expected);
}

static gboolean
download (GOutputStream *stream,
          gpointer user_data,
          GCancellable *cancellable,
          GError **error)
{
  Fixture *self = user_data;
  const char *entries = self->entries != NULL ? self->entries : NEW;
  gboolean is_there = g_file_test (self->path, G_FILE_TEST_EXISTS);

  self->n_calls++;
  if (!g_output_stream_write_all (stream, entries, strlen (entries), NULL, cancellable, error))
    return FALSE;
  /* Nothing that a crash would leave behind. */
  assert_n_files (self, is_there ? 1 : 0);
  if (self->delivery != NULL)
    deliver (self->delivery);
  if (self->entries != NULL)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "closed");
  return FALSE;
}

static gboolean
append (Fixture *self,
        GError **error)
{
  return rst_mbox_file_append (self->file, download, self, NULL, error);
}

static void
assert_appends (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  append (self, &error);
  g_assert_no_error (error);
}

static void
assert_fails (Fixture *self,
              int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (append (self, &error));
  g_assert_error (error, G_IO_ERROR, code);
}

static void
appends (Fixture *self,
         gconstpointer data)
{
  struct stat status;

  assert_appends (self);
  assert_content (self, NEW);
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  put (self, FROM_LINE "no line end");
  g_assert_cmpint (g_chmod (self->path, 0640), ==, 0);
  assert_appends (self);
  assert_content (self, FROM_LINE "no line end\n\n" NEW);
  g_assert_cmpint (stat (self->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0640);

  put (self, FROM_LINE "one line end\n");
  assert_appends (self);
  assert_content (self, FROM_LINE "one line end\n\n" NEW);
  put (self, FROM_LINE "\r\n\r\n");
  assert_appends (self);
  assert_content (self, FROM_LINE "\r\n\r\n" NEW);
  assert_n_files (self, 1);
}

/* Mail comes while messages are downloaded. */
static void
is_delivered_to (Fixture *self,
                 gconstpointer data)
{
  put (self, OLD);
  self->delivery = DELIVERED;
  assert_appends (self);
  assert_content (self, OLD DELIVERED NEW);

  /* By a program that leaves out the blank line. */
  put (self, OLD);
  self->delivery = FROM_LINE "end";
  assert_appends (self);
  assert_content (self, OLD FROM_LINE "end\n\n" NEW);

  self->entries = NULL;
  self->delivery = DELIVERED;
  put (self, OLD);
  assert_fails (self, G_IO_ERROR_CONNECTION_CLOSED);
  assert_content (self, OLD DELIVERED);

  g_unlink (self->path);
  assert_fails (self, G_IO_ERROR_CONNECTION_CLOSED);
  assert_content (self, DELIVERED);

  self->delivery = NULL;
  g_unlink (self->path);
  assert_fails (self, G_IO_ERROR_CONNECTION_CLOSED);
  assert_content (self, NULL);
}

/* Nothing is downloaded for what cannot take it. */
static void
refuses (Fixture *self,
         gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  put (self, "%PDF-1.4");
  assert_fails (self, G_IO_ERROR_INVALID_DATA);
  assert_content (self, "%PDF-1.4");
  g_unlink (self->path);
  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  assert_fails (self, G_IO_ERROR_INVALID_DATA);
  g_set_object (&self->file, folder);
  assert_fails (self, G_IO_ERROR_INVALID_DATA);
  g_assert_cmpuint (self->n_calls, ==, 0);

  g_unlink (self->path);
  g_clear_object (&self->file);
  self->file = g_file_new_for_path (self->path);
  self->delivery = "something else";
  assert_fails (self, G_IO_ERROR_INVALID_DATA);
  assert_content (self, "something else");
}

static void
waits_for_locks (Fixture *self,
                 gconstpointer data)
{
  g_autofree char *dotlock = g_strconcat (self->path, ".lock", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd;

  put (self, OLD);
  fd = g_open (self->path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
  assert_fails (self, G_IO_ERROR_BUSY);
  assert_content (self, OLD);
  close (fd);
  g_assert_false (g_file_test (dotlock, G_FILE_TEST_EXISTS));

  assert_appends (self);
  assert_content (self, OLD NEW);
  assert_n_files (self, 1);
}

static void
follows_links (Fixture *self,
               gconstpointer data)
{
  g_autofree char *folder = g_build_filename (self->folder, "folder", NULL);
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autofree char *path = g_steal_pointer (&self->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("folder/target", link), ==, 0);
  g_clear_object (&self->file);
  self->file = g_file_new_for_path (link);
  g_free (self->folder);
  self->folder = g_steal_pointer (&folder);
  self->path = g_build_filename (self->folder, "target", NULL);

  assert_appends (self);
  assert_content (self, NEW);
  assert_appends (self);
  assert_content (self, NEW NEW);
  assert_n_files (self, 1);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));

  g_unlink (self->path);
  g_rmdir (self->folder);
  g_unlink (link);
  g_free (self->folder);
  self->folder = g_path_get_dirname (path);
}

/* What was saved is there after a power cut: the user may delete it from the server. */
static void
is_on_disk (Fixture *self,
            gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autofree char *expected = g_strdup_printf ("%d bytes;folder;", (int)strlen (NEW));

  disk_log = log;
  assert_appends (self);
  disk_log = NULL;
  g_assert_cmpstr (log->str, ==, expected);
}

static void
deliver_at_once (void)
{
  deliver (DELIVERED);
}

static void
do_nothing (void)
{
}

/* All or nothing, and nothing of anybody else's. */
static void
takes_back (Fixture *self,
            gconstpointer data)
{
  put (self, FROM_LINE "no line end");
  failing_disk = do_nothing;
  assert_fails (self, G_IO_ERROR_FAILED);
  assert_content (self, FROM_LINE "no line end");
  failing_disk = NULL;

  /* By a program that heeds no lock. */
  put (self, OLD);
  failing_disk = deliver_at_once;
  assert_fails (self, G_IO_ERROR_FAILED);
  assert_content (self, OLD NEW DELIVERED);
  failing_disk = NULL;
}

static void
fills_the_disk (Fixture *self,
                gconstpointer data)
{
  struct rlimit before;
  struct rlimit limit;

  put (self, OLD OLD);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = strlen (OLD OLD NEW) - 10;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  assert_fails (self, G_IO_ERROR_FAILED);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  assert_content (self, OLD OLD);
  g_assert_cmpuint (self->n_calls, ==, 1);
}

/* As the system's spool folder is to its users. */
static void
needs_no_room_beside (Fixture *self,
                      gconstpointer data)
{
  if (geteuid () == 0)
    {
      g_test_skip ("the superuser may write anywhere");
      return;
    }

  put (self, OLD);
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  assert_appends (self);
  assert_content (self, OLD NEW);

  g_assert_cmpint (g_chmod (self->path, 0400), ==, 0);
  assert_fails (self, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
  g_unlink (self->path);
  g_assert_cmpint (g_chmod (self->folder, 0500), ==, 0);
  assert_fails (self, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_cmpint (g_chmod (self->folder, 0700), ==, 0);
  g_assert_cmpuint (self->n_calls, ==, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/mbox-file/appends", appends);
  ADD ("/mbox-file/is-delivered-to", is_delivered_to);
  ADD ("/mbox-file/refuses", refuses);
  ADD ("/mbox-file/waits-for-locks", waits_for_locks);
  ADD ("/mbox-file/follows-links", follows_links);
  ADD ("/mbox-file/is-on-disk", is_on_disk);
  ADD ("/mbox-file/takes-back", takes_back);
  ADD ("/mbox-file/fills-the-disk", fills_the_disk);
  ADD ("/mbox-file/needs-no-room-beside", needs_no_room_beside);

  return g_test_run ();
}
