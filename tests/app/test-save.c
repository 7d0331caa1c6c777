/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/rst-print.h"
#include "app/rst-source-window.h"
#include "mail/rst-document-builder.h"
#include "mail/rst-mbox.h"
#include "rst-test-app.h"

static char *
build_path (const char *name)
{
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static GBytes *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content;
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

static void
assert_only_file (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_user_data_dir (), 0, NULL);
  const char *found;

  while ((found = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (found, ==, name);
}

static void
add_message (RstDemoServer *server,
             const char *text)
{
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));

  rst_demo_server_add_message (server, message, NULL);
}

static void
run (RstTestBody body)
{
  g_autoptr (RstDemoServer) server = rst_demo_server_new ();

  add_message (server,
               "From: Ada <ada@example.org>\r\nSubject: One\r\n"
               "Date: Thu, 12 Nov 2026 09:12:00 +0000\r\nMessage-ID: <1@example.org>\r\n"
               "\r\n"
               "From here on.\r\n.\r\n..dots\r\n>From there.\r\n\xFF\xFE bytes \r\n");
  add_message (server,
               "From: Bob <bob@example.org>\r\nSubject: =1+1\r\n"
               "Date: Fri, 13 Nov 2026 09:12:00 +0000\r\nMessage-ID: <2@example.org>\r\n"
               "\r\n"
               "The second.\r\n");
  g_assert_true (rst_demo_server_start (server, NULL));
  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, body, server), ==, 0);
}

static GPtrArray *
list_items (RstWindow *window,
            const char *subject)
{
  GPtrArray *items = g_ptr_array_new ();

  g_ptr_array_add (items, rst_test_app_get_item (window, subject));
  return items;
}

static void
eml_body (GtkApplication *application,
          gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = build_path ("one.eml");
  g_autofree char *link = build_path ("link.eml");
  g_autoptr (GFile) file = g_file_new_for_path (link);
  g_autoptr (GBytes) expected = rst_demo_server_dup_message (user_data, 0);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GBytes) saved = NULL;
  struct stat status;

  rst_test_app_wait_idle (window);
  items = list_items (window, "One");
  g_assert_true (g_file_set_contents (path, "what was there", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("one.eml", link), ==, 0);
  rst_window_save_items (window, items, file);
  rst_test_app_wait_text (window, "1 message saved to “link.eml”");
  saved = load (path);
  g_assert_true (g_bytes_equal (saved, expected));
  g_assert_false (rst_message_item_get_is_read (g_ptr_array_index (items, 0)));

  /* What the link leads to was replaced, and is as readable as before. */
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0640);
  g_unlink (link);
  assert_only_file ("one.eml");
}

static void
test_eml (void)
{
  run (eml_body);
}

static void
assert_mbox (const char *path,
             guint n_messages)
{
  g_autoptr (GBytes) mbox = load (path);
  g_autoptr (GPtrArray) messages = rst_mbox_split (mbox);

  g_assert_cmpuint (messages->len, ==, n_messages);
}

static void
append_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = build_path ("kept.mbox");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) other = NULL;

  rst_test_app_wait_idle (window);
  one = list_items (window, "One");
  other = list_items (window, "=1+1");
  rst_window_save_items (window, one, file);
  rst_test_app_wait_text (window, "1 message saved to “kept.mbox”");
  assert_mbox (path, 1);

  /* A writer that forgot the blank line at the end. */
  g_assert_true (g_file_set_contents (
      path, "From a Thu Nov 12 09:12:00 2026\nSubject: Zero\n\nNo line end", -1, NULL));
  rst_window_append_items (window, other, file);
  rst_test_app_wait_idle (window);
  assert_mbox (path, 2);
  rst_window_append_items (window, one, file);
  rst_test_app_wait_idle (window);
  assert_mbox (path, 3);
}

static void
test_append (void)
{
  run (append_body);
}

static void
append_to_other_body (GtkApplication *application,
                      gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = build_path ("letter.pdf");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *content = NULL;

  rst_test_app_wait_idle (window);
  items = list_items (window, "One");
  g_assert_true (g_file_set_contents (path, "%PDF-1.4", -1, NULL));
  rst_window_append_items (window, items, file);
  rst_test_app_wait_notice (window, "“letter.pdf” is not an mbox file");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "%PDF-1.4");
}

static void
test_append_to_other (void)
{
  run (append_to_other_body);
}

static void
list_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = build_path ("list.csv");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  rst_test_app_wait_idle (window);
  rst_window_save_list (window, file);
  rst_test_app_wait_text (window, "The list was saved to “list.csv”");
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  lines = g_strsplit (content, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_cmpstr (lines[0], ==, "From,To,Subject,Date,Size,Read,Message-ID");
  g_assert_true (
      g_str_has_prefix (lines[1], "Bob <bob@example.org>,,\"'=1+1\",2026-11-13T09:12:00Z,"));
  g_assert_true (g_str_has_suffix (lines[1], ",no,2@example.org"));
  g_assert_true (
      g_str_has_prefix (lines[2], "Ada <ada@example.org>,,One,2026-11-12T09:12:00Z,"));
}

static void
test_list (void)
{
  run (list_body);
}

/* Nobody waits for the choice of a file once the window is gone. */
static void
chooser_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  guint response;
  g_autoptr (GtkFileChooserNative) chooser = NULL;

  rst_test_app_wait_idle (window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "save-list", NULL);
  chooser = g_object_ref (window->chooser);
  response = g_signal_lookup ("response", GTK_TYPE_NATIVE_DIALOG);
  g_assert_true (g_signal_has_handler_pending (chooser, response, 0, TRUE));
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_false (g_signal_has_handler_pending (chooser, response, 0, TRUE));
  g_assert_false (gtk_native_dialog_get_visible (GTK_NATIVE_DIALOG (chooser)));
}

static void
test_chooser (void)
{
  run (chooser_body);
}

static RstDocument *
create_document (guint n_lines,
                 gboolean is_long)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  const RstRun looks[] = {
    { 0 },
    { .heading = 1 },
    { .flags = RST_RUN_BOLD },
    { .flags = RST_RUN_MONOSPACE, .indent = 1 },
    { .quote = 1 },
    { .quote = 2 },
    { .flags = RST_RUN_SIGNATURE },
  };

  rst_document_builder_add_image (builder, "a portrait", NULL, &looks[0]);
  rst_document_builder_add (builder, "\n", 1, &looks[0]);
  for (guint i = 0; i < n_lines; i++)
    {
      g_autofree char *line = g_strdup_printf (
          "Line %u of the engine’s notes. Примечание, 日本語, עברית.%s\n",
          i + 1,
          is_long ? " And on it goes, as the engine weaves algebraic patterns just as the loom "
                    "weaves flowers and leaves, without an end in sight."
                  : "");

      rst_document_builder_add (
          builder, line, strlen (line), &looks[i / 3 % G_N_ELEMENTS (looks)]);
    }
  return rst_document_builder_end (builder);
}

static int
print_to (const char *path,
          RstDocument *document)
{
  g_autoptr (RstEnvelope) envelope = rst_envelope_new_from_headers (
      "From: Ada Lovelace <ada@example.org>\r\nTo: Charles <charles@example.org>\r\n"
      "Subject: Notes on the engine\r\nDate: Thu, 12 Nov 2026 09:12:00 +0000\r\n\r\n",
      154,
      NULL);
  g_autoptr (GtkPrintOperation) operation = rst_print_new (envelope, document);
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult result;
  int n_pages;

  gtk_print_operation_set_export_filename (operation, path);
  result = gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
  g_object_get (operation, "n-pages", &n_pages, NULL);
  return n_pages;
}

static void
assert_pages (const char *name,
              guint n_lines,
              gboolean is_long,
              int min,
              int max)
{
  g_autoptr (RstDocument) document = create_document (n_lines, is_long);
  g_autofree char *path = build_path (name);
  int n_pages = print_to (path, document);
  g_autoptr (GBytes) pdf = load (path);

  g_assert_cmpint (n_pages, >=, min);
  g_assert_cmpint (n_pages, <=, max);
  g_assert_cmpuint (g_bytes_get_size (pdf), >, 1000);
  g_assert_cmpint (memcmp (g_bytes_get_data (pdf, NULL), "%PDF-", 5), ==, 0);
  if (g_getenv ("KEEP_PDF") != NULL)
    {
      g_autofree char *kept = g_build_filename (g_getenv ("KEEP_PDF"), name, NULL);

      g_file_set_contents (
          kept, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL);
    }
}

static void
test_print (void)
{
  assert_pages ("empty.pdf", 0, FALSE, 1, 1);
  assert_pages ("short.pdf", 20, FALSE, 1, 1);
  assert_pages ("notes.pdf", 200, FALSE, 3, 6);
  assert_pages ("long-lines.pdf", 200, TRUE, 7, 15);
}

static int
count_shown (gpointer window)
{
  GtkTextView *view = rst_test_app_find_child (window, GTK_TYPE_TEXT_VIEW);

  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view));
}

typedef struct
{
  GtkWidget *window;
  int n_chars;
} Shown;

static gboolean
shows_as_much (gpointer user_data)
{
  Shown *shown = user_data;

  return count_shown (shown->window) >= shown->n_chars;
}

/* Of a big message the first part is shown, and the rest when it is asked for. */
static void
test_source (void)
{
  g_autoptr (GString) text = g_string_new ("Subject: big\r\n\r\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;
  Shown shown = { NULL, 1000 * 1000 };

  while (text->len < 3 * 1000 * 1000)
    g_string_append (text, "This is a line of a message that is big, and goes on.\n");
  bytes = g_bytes_new (text->str, text->len);
  message = rst_message_new (bytes, NULL);
  shown.window = rst_source_window_new (NULL, message, 0);
  gtk_window_present (GTK_WINDOW (shown.window));

  rst_test_app_wait (shows_as_much, &shown);
  g_assert_cmpint (count_shown (shown.window), <=, 1024 * 1024);
  rst_test_app_click (shown.window, "Show All");
  shown.n_chars = (int)text->len - 2;
  rst_test_app_wait (shows_as_much, &shown);
  g_assert_cmpint (count_shown (shown.window), ==, shown.n_chars);
  gtk_window_destroy (GTK_WINDOW (shown.window));

  /* Of one that has not been loaded in full there isn't all to be shown. */
  shown.window = rst_source_window_new (NULL, message, 40 * 1000 * 1000);
  gtk_window_present (GTK_WINDOW (shown.window));
  rst_test_app_wait_text (shown.window, "Beginning of the Message Source");
  rst_test_app_wait_text (shown.window, "of 40.0\u00a0MB");
  gtk_window_destroy (GTK_WINDOW (shown.window));
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/save/eml", test_eml);
  g_test_add_func ("/save/append", test_append);
  g_test_add_func ("/save/append-to-other", test_append_to_other);
  g_test_add_func ("/save/list", test_list);
  g_test_add_func ("/save/chooser", test_chooser);
  g_test_add_func ("/save/print", test_print);
  g_test_add_func ("/save/source", test_source);
  return g_test_run ();
}
