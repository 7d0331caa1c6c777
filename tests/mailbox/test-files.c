/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mailbox/rst-file-lock.h"
#include "mailbox/rst-list-csv.h"
#include "mailbox/rst-message-item.h"
#include "mailbox/rst-save-file.h"

/* What was done about the disk, in order; NULL while nobody asks. */
static GString *disk_log;

/* In the place of the C library's. */
int
fsync (int fd)
{
  if (disk_log != NULL)
    {
      g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
      g_autofree char *path = g_file_read_link (link, NULL);

      g_string_append_printf (
          disk_log, "sync %s;", g_str_has_suffix (path, ".part") ? "part" : "folder");
    }
  return (int)syscall (SYS_fsync, fd);
}

int
rename (const char *from,
        const char *to)
{
  if (disk_log != NULL)
    g_string_append (disk_log, "rename;");
  return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

typedef struct
{
  char *path;
  GFile *folder;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->path = g_dir_make_tmp ("files-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->folder = g_file_new_for_path (fixture->path);
}

static GPtrArray *
list_folder (Fixture *fixture)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (fixture->path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return names;
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GPtrArray) names = list_folder (fixture);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GFile) file = g_file_get_child (fixture->folder, g_ptr_array_index (names, i));

      g_assert_true (g_file_delete (file, NULL, NULL));
    }
  g_assert_cmpint (rmdir (fixture->path), ==, 0);
  g_object_unref (fixture->folder);
  g_free (fixture->path);
}

static void
assert_content (Fixture *fixture,
                const char *name,
                const char *expected)
{
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, name);
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;

  g_file_load_contents (file, NULL, &content, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static gboolean
save (Fixture *fixture,
      const char *name,
      const char *text,
      GError **error)
{
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, name);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return rst_save_file (file, bytes, NULL, error);
}

static void
save_new (Fixture *fixture,
          const char *name,
          const char *text,
          const char *expected_name)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = rst_save_new_file (fixture->folder, name, bytes, NULL, &error);
  g_autofree char *saved_name = NULL;

  g_assert_no_error (error);
  saved_name = g_file_get_basename (file);
  g_assert_cmpstr (saved_name, ==, expected_name);
  assert_content (fixture, expected_name, text);
}

static void
assert_n_files (Fixture *fixture,
                guint n_files)
{
  g_autoptr (GPtrArray) names = list_folder (fixture);

  g_assert_cmpuint (names->len, ==, n_files);
}

static void
test_replace (Fixture *fixture,
              gconstpointer data)
{
  g_assert_true (save (fixture, "a.txt", "one", NULL));
  g_assert_true (save (fixture, "a.txt", "two", NULL));
  assert_content (fixture, "a.txt", "two");
  assert_n_files (fixture, 1);
}

static void
test_replace_folder (Fixture *fixture,
                     gconstpointer data)
{
  g_autoptr (GFile) folder = g_file_get_child (fixture->folder, "a.txt");
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_make_directory (folder, NULL, NULL));
  g_assert_false (save (fixture, "a.txt", "one", &error));
  g_assert_nonnull (error);
  assert_n_files (fixture, 1);
}

/* A link is followed, and what it leads to is replaced or made; a new file takes no notice of it.
 */
static void
test_links (Fixture *fixture,
            gconstpointer data)
{
  g_autofree char *followed = g_build_filename (fixture->path, "followed", NULL);
  g_autofree char *second = g_build_filename (fixture->path, "second", NULL);
  g_autofree char *leads_nowhere = g_build_filename (fixture->path, "leads nowhere", NULL);
  g_autofree char *circle = g_build_filename (fixture->path, "circle", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (fixture, "target", "target", NULL));
  g_assert_cmpint (symlink ("target", followed), ==, 0);
  g_assert_cmpint (symlink (followed, second), ==, 0);
  g_assert_cmpint (symlink ("made", leads_nowhere), ==, 0);
  g_assert_cmpint (symlink ("circle", circle), ==, 0);

  save_new (fixture, "leads nowhere", "new", "leads nowhere (2)");
  g_assert_true (save (fixture, "second", "replaced", NULL));
  assert_content (fixture, "target", "replaced");
  g_assert_true (save (fixture, "leads nowhere", "made", NULL));
  assert_content (fixture, "made", "made");
  g_assert_false (save (fixture, "circle", "nothing", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);

  g_assert_true (g_file_test (followed, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (second, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_test (leads_nowhere, G_FILE_TEST_IS_SYMLINK));
  assert_n_files (fixture, 7);
}

/* ".." is the parent of where a link leads, and not of where it stands. */
static void
test_linked_folder (Fixture *fixture,
                    gconstpointer data)
{
  g_autofree char *deep = g_build_filename (fixture->path, "a", "b", NULL);
  g_autofree char *target = g_build_filename (fixture->path, "a", "target", NULL);
  g_autofree char *folder = g_build_filename (fixture->path, "folder", NULL);
  g_autofree char *link = g_build_filename (fixture->path, "a", "b", "link", NULL);

  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_cmpint (symlink ("a/b", folder), ==, 0);
  g_assert_cmpint (symlink ("../target", link), ==, 0);
  g_assert_true (save (fixture, "folder/link", "text", NULL));
  assert_content (fixture, "a/target", "text");

  g_assert_cmpint (g_unlink (link), ==, 0);
  g_assert_cmpint (g_rmdir (deep), ==, 0);
  g_assert_cmpint (g_unlink (target), ==, 0);
}

static void
test_mode (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a.txt", NULL);
  static const mode_t modes[] = { 0600, 0640, 0666, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      GStatBuf status;

      g_assert_true (save (fixture, "a.txt", "one", NULL));
      g_assert_cmpint (g_chmod (path, modes[i]), ==, 0);
      g_assert_true (save (fixture, "a.txt", "two", NULL));
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0777, ==, modes[i]);
    }
}

/* What was saved is there after a power cut: the user may remove the original. */
static void
test_disk (Fixture *fixture,
           gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  gboolean is_saved;

  disk_log = log;
  is_saved = save (fixture, "a.txt", "one", NULL);
  disk_log = NULL;
  g_assert_true (is_saved);
  g_assert_cmpstr (log->str, ==, "sync part;rename;sync folder;");
}

static void
test_new (Fixture *fixture,
          gconstpointer data)
{
  save_new (fixture, "a.pdf", "one", "a.pdf");
  save_new (fixture, "a.pdf", "two", "a (2).pdf");
  save_new (fixture, "a.pdf", "three", "a (3).pdf");
  save_new (fixture, "none", "one", "none");
  save_new (fixture, "none", "two", "none (2)");
  assert_content (fixture, "a.pdf", "one");
  assert_content (fixture, "a (2).pdf", "two");
  assert_n_files (fixture, 5);
}

static gpointer
lock_thread (gpointer path)
{
  return rst_file_lock_new (path, FALSE, NULL, NULL);
}

/* Who waited while another program put a new file in the old one's place has that one; also when
 * the other one knows no lock but that on the file. */
static void
test_lock_replaced (Fixture *fixture,
                    gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "a", NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr (RstFileLock) second = NULL;
  GThread *waiting;
  int first;
  struct stat locked;
  struct stat named;

  g_assert_true (save (fixture, "a", "old", NULL));
  first = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fcntl (first, F_OFD_SETLK, &lock), ==, 0);
  waiting = g_thread_new ("waiting", lock_thread, path);
  g_usleep (G_USEC_PER_SEC / 5);
  g_assert_true (save (fixture, "a", "new", NULL));
  close (first);

  second = g_thread_join (waiting);
  g_assert_nonnull (second);
  g_assert_cmpint (fstat (rst_file_lock_get_fd (second), &locked), ==, 0);
  g_assert_cmpint (stat (path, &named), ==, 0);
  g_assert_cmpuint (locked.st_ino, ==, named.st_ino);
}

static RstMessageItem *
create_item (const char *headers,
             gboolean is_read)
{
  RstEnvelope *envelope =
      headers != NULL ? rst_envelope_new_from_headers (headers, strlen (headers), NULL) : NULL;
  RstIdentity *identity = rst_identity_new ("uid", 1, 1234, NULL);
  g_autoptr (RstHeader) header =
      rst_header_new (identity, envelope,
                      headers != NULL ? RST_HEADER_LOADED : RST_HEADER_PLACEHOLDER);

  return rst_message_item_new (header, is_read);
}

static void
append_item (GListStore *list,
             const char *headers,
             gboolean is_read)
{
  g_autoptr (RstMessageItem) item = create_item (headers, is_read);

  g_list_store_append (list, item);
}

static void
finished_cb (GObject *source,
             GAsyncResult *result,
             gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static gboolean
save_csv (GListStore *list,
          GFile *file,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_list_csv_save_async (G_LIST_MODEL (list), file, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return rst_list_csv_save_finish (G_LIST_MODEL (list), result, error);
}

#define TITLES "From,To,Subject,Date,Size,Read,Message-ID\r\n"

typedef struct
{
  const char *name;
  const char *headers;
  gboolean is_read;
  const char *row;
} CsvCase;

static const CsvCase csv_cases[] = {
  { "plain",
    "From: Ada <ada@example.org>\r\nTo: bob@example.org\r\nSubject: Notes\r\n"
    "Date: Tue, 24 Nov 2026 10:11:12 +0100\r\nMessage-ID: <1@example.org>\r\n\r\n",
    TRUE,
    "Ada <ada@example.org>,bob@example.org,Notes,2026-11-24T09:11:12Z,1234,yes,1@example.org\r\n" },
  { "quotes", "From: a@example.org\r\nSubject: So \"he\" said, or not\r\n\r\n", FALSE,
    "a@example.org,,\"So \"\"he\"\" said, or not\",,1234,no,\r\n" },
  { "letters", "From: a@example.org\r\nSubject: =?utf-8?q?=D0=AF?=\r\n\r\n", FALSE,
    "a@example.org,,Я,,1234,no,\r\n" },
  { "formula", "From: a@example.org\r\nSubject: =HYPERLINK(\"http://x\",\"y\")\r\n\r\n", FALSE,
    "a@example.org,,\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",,1234,no,\r\n" },
  { "plus", "Subject: +1\r\n\r\n", FALSE, ",,\"'+1\",,1234,no,\r\n" },
  { "minus", "Subject: -1\r\n\r\n", FALSE, ",,\"'-1\",,1234,no,\r\n" },
  { "at", "Subject: @SUM(A1)\r\nMessage-ID: <=1+1@x>\r\n\r\n", FALSE,
    ",,\"'@SUM(A1)\",,1234,no,\"'=1+1@x\"\r\n" },
  { "not-loaded", NULL, FALSE, ",,,,1234,no,\r\n" },
};

static void
test_csv (Fixture *fixture,
          gconstpointer data)
{
  g_autoptr (GListStore) list = g_list_store_new (RST_TYPE_MESSAGE_ITEM);
  g_autoptr (GFile) file = g_file_get_child (fixture->folder, "list.csv");
  g_autoptr (GString) expected = g_string_new (TITLES);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (csv_cases); i++)
    {
      append_item (list, csv_cases[i].headers, csv_cases[i].is_read);
      g_string_append (expected, csv_cases[i].row);
    }
  g_assert_true (save_csv (list, file, &error));
  g_assert_no_error (error);
  assert_content (fixture, "list.csv", expected->str);

  g_list_store_remove_all (list);
  g_assert_true (save_csv (list, file, &error));
  assert_content (fixture, "list.csv", TITLES);
  assert_n_files (fixture, 1);
}

static void
test_csv_fails (Fixture *fixture,
                gconstpointer data)
{
  g_autoptr (GListStore) list = g_list_store_new (RST_TYPE_MESSAGE_ITEM);
  g_autoptr (GFile) folder = g_file_get_child (fixture->folder, "nothing");
  g_autoptr (GFile) file = g_file_get_child (folder, "list.csv");
  g_autoptr (GError) error = NULL;

  g_assert_false (save_csv (list, file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/files/replace", test_replace);
  ADD ("/files/replace-folder", test_replace_folder);
  ADD ("/files/links", test_links);
  ADD ("/files/linked-folder", test_linked_folder);
  ADD ("/files/mode", test_mode);
  ADD ("/files/disk", test_disk);
  ADD ("/files/new", test_new);
  ADD ("/files/lock-replaced", test_lock_replaced);
  ADD ("/files/csv", test_csv);
  ADD ("/files/csv-fails", test_csv_fails);

  return g_test_run ();
}
