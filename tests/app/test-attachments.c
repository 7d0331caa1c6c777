/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/rst-attachment-bar.h"
#include "app/rst-attachment-provider.h"
#include "app/rst-preview-window.h"
#include "app/rst-preview.h"
#include "rst-test-app.h"

static const char message_text[] =
    "From: Ada <ada@example.org>\r\n"
    "To: You <demo@example.org>\r\n"
    "Subject: Attachments\r\n"
    "Date: Thu, 12 Nov 2026 09:12:00 +0000\r\n"
    "Message-ID: <attachments@example.org>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=x\r\n"
    "\r\n"
    "--x\r\n"
    "Content-Type: text/plain\r\n"
    "\r\n"
    "The engine.\r\n"
    "--x\r\n"
    "Content-Type: application/x-rst-test\r\n"
    "Content-Disposition: attachment; filename=notes.rst-test\r\n"
    "\r\n"
    "one\r\n"
    "--x\r\n"
    "Content-Type: application/x-rst-test\r\n"
    "Content-Disposition: attachment; filename=notes.rst-test\r\n"
    "\r\n"
    "two\r\n"
    "--x\r\n"
    "Content-Type: application/octet-stream\r\n"
    "Content-Disposition: attachment; filename=invoice.pdf.exe\r\n"
    "\r\n"
    "three\r\n"
    "--x\r\n"
    "Content-Type: application/pdf\r\n"
    "Content-Disposition: attachment; filename=letter.pdf\r\n"
    "\r\n"
    "<!DOCTYPE html><html><body>x</body></html>\r\n"
    "--x\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Disposition: attachment; filename=../../note.txt\r\n"
    "\r\n"
    "Hello.\r\n"
    "--x\r\n"
    "Content-Type: image/png\r\n"
    "Content-Disposition: attachment; filename=point.png\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4"
    "z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC\r\n"
    "--x--\r\n";

enum
{
  NOTES,
  MORE_NOTES,
  PROGRAM,
  DISGUISED,
  NOTE,
  PICTURE,
  N_ATTACHMENTS
};

static char *
build_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static void
write_file (const char *path,
            const char *content)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
assert_content (const char *path,
                const char *expected)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, expected);
}

static gboolean
has_message (gpointer window)
{
  return rst_reader_get_message (RST_WINDOW (window)->reader) != NULL;
}

/* Shows the message. */
static RstAttachmentBar *
open_message (RstWindow *window)
{
  RstAttachmentBar *bar;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Attachments", NULL);
  rst_test_app_wait (has_message, window);
  bar = rst_test_app_find_child (window, RST_TYPE_ATTACHMENT_BAR);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (bar)));
  return bar;
}

static void
run (RstTestBody body)
{
  g_autoptr (RstDemoServer) server = rst_demo_server_new ();
  g_autoptr (GBytes) message = g_bytes_new_static (message_text, strlen (message_text));
  g_autoptr (GError) error = NULL;

  rst_demo_server_add_message (server, message, NULL);
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, body, NULL), ==, 0);
}

static void
activate (RstAttachmentBar *bar,
          const char *action,
          guint index)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (bar), action, "u", index));
}

static void
chips_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);
  GtkWidget *chip = rst_test_app_find_child (bar, GTK_TYPE_MENU_BUTTON);

  rst_test_app_wait_text (bar, "notes.rst-test");
  rst_test_app_wait_text (bar, "invoice.pdf.exe");
  rst_test_app_wait_text (bar, "note.txt");
  rst_test_app_wait_text (bar, "PDF");
  g_assert_nonnull (rst_test_app_find_button (bar, "Save A_ll…"));
  g_assert_true (gtk_widget_grab_focus (chip));

  activate (bar, "attachments.copy-name", PROGRAM);
  g_assert_true (gdk_clipboard_is_local (gtk_widget_get_clipboard (GTK_WIDGET (bar))));
}

static void
test_chips (void)
{
  run (chips_body);
}

static void
save_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);
  g_autofree char *path = build_path ("saved.txt");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  write_file (path, "what was there");
  rst_attachment_bar_save (bar, NOTES, file);
  rst_test_app_wait_text (window, "“saved.txt” was saved");
  assert_content (path, "one");
}

static void
test_save (void)
{
  run (save_body);
}

static GtkNativeDialog *shown;

/* In the place of GTK's: like a portal it keeps what is shown. */
void
gtk_native_dialog_show (GtkNativeDialog *self)
{
  void (*next) (GtkNativeDialog *) =
      (void (*) (GtkNativeDialog *))dlsym (RTLD_NEXT, "gtk_native_dialog_show");

  g_set_object (&shown, self);
  next (self);
}

/* A file is chosen for what is shown, and for nothing else. */
static void
leave_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);

  activate (bar, "attachments.save", NOTES);
  rst_test_app_find_window (GTK_TYPE_FILE_CHOOSER_DIALOG);
  rst_attachment_bar_set_message (bar, NULL);
  g_assert_false (gtk_native_dialog_get_visible (shown));
  g_clear_object (&shown);
}

static void
test_leave (void)
{
  run (leave_body);
}

static void
save_all_body (GtkApplication *application,
               gpointer user_data)
{
  static const char *const expected[][2] = {
    { "notes.rst-test", "what was there" },
    { "notes (2).rst-test", "one" },
    { "notes (3).rst-test", "two" },
    { "invoice.pdf.exe", "three" },
    { "note.txt", "Hello." },
  };
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);
  g_autofree char *path = build_path ("all");
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autofree char *first = g_build_filename (path, expected[0][0], NULL);
  g_autoptr (GDir) dir = NULL;
  guint n_files = 0;

  write_file (first, expected[0][1]);
  rst_attachment_bar_save_all (bar, folder);
  rst_test_app_wait_text (window, "6 attachments saved in “all”");
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *file = g_build_filename (path, expected[i][0], NULL);

      assert_content (file, expected[i][1]);
    }
  dir = g_dir_open (path, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, N_ATTACHMENTS + 1);
}

static void
test_save_all (void)
{
  run (save_all_body);
}

static void
save_all_fails_body (GtkApplication *application,
                     gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);
  g_autofree char *path = build_path ("nothing");
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  rst_attachment_bar_save_all (bar, folder);
  rst_test_app_wait_text (window, "Not all attachments were saved: notes.rst-test: ");
}

static void
test_save_all_fails (void)
{
  run (save_all_fails_body);
}

/* A program for all kinds of files here, which notes what it is given. */
static void
install_opener (const char *note_path)
{
  g_autofree char *script = build_path ("opener.sh");
  g_autofree char *desktop = build_path ("applications/opener.desktop");
  g_autofree char *list = g_build_filename (g_get_user_config_dir (), "mimeapps.list", NULL);
  g_autofree char *script_text =
      g_strdup_printf ("stat -c %%a \"$1\" >'%s.part'\n"
                       "stat -c %%a \"${1%%/*}\" >>'%s.part'\n"
                       "cat \"$1\" >>'%s.part'\n"
                       "printf '\\n%%s' \"$1\" >>'%s.part'\n"
                       "mv '%s.part' '%s'\n",
                       note_path, note_path, note_path, note_path, note_path, note_path);
  g_autofree char *desktop_text = g_strdup_printf ("[Desktop Entry]\n"
                                                   "Type=Application\n"
                                                   "Name=Opener\n"
                                                   "Exec=sh %s %%f\n",
                                                   script);

  write_file (script, script_text);
  write_file (desktop, desktop_text);
  write_file (list,
              "[Default Applications]\n"
              "application/octet-stream=opener.desktop\n"
              "application/x-ms-dos-executable=opener.desktop\n"
              "application/x-msdownload=opener.desktop\n"
              "application/vnd.microsoft.portable-executable=opener.desktop\n"
              "application/pdf=opener.desktop\n"
              "text/plain=opener.desktop\n");
}

static gboolean
file_is_there (gpointer path)
{
  g_main_context_wakeup (NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What the program was given: permissions of file and folder, content, path. */
static char **
wait_for_note (const char *note_path)
{
  g_autofree char *content = NULL;

  rst_test_app_wait (file_is_there, (gpointer)note_path);
  g_assert_true (g_file_get_contents (note_path, &content, NULL, NULL));
  return g_strsplit (content, "\n", 4);
}

static void
open_body (GtkApplication *application,
           gpointer user_data)
{
  char **opened_path = user_data;
  g_autofree char *note_path = build_path ("note");
  g_auto (GStrv) note = NULL;
  RstAttachmentBar *bar;

  install_opener (note_path);
  bar = open_message (rst_test_app_get_window (application));
  activate (bar, "attachments.open", NOTE);
  note = wait_for_note (note_path);
  g_assert_cmpstr (note[0], ==, "400");
  g_assert_cmpstr (note[1], ==, "700");
  g_assert_cmpstr (note[2], ==, "Hello.");
  g_assert_true (g_str_has_suffix (note[3], "/note.txt"));
  g_assert_true (g_file_test (note[3], G_FILE_TEST_EXISTS));
  *opened_path = g_strdup (note[3]);
}

static void
test_open (void)
{
  g_autoptr (RstDemoServer) server = rst_demo_server_new ();
  g_autoptr (GBytes) message = g_bytes_new_static (message_text, strlen (message_text));
  g_autofree char *path = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *parent = NULL;

  rst_demo_server_add_message (server, message, NULL);
  g_assert_true (rst_demo_server_start (server, NULL));
  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, open_body, &path), ==, 0);

  /* Nothing stays behind when the program has ended. */
  g_assert_nonnull (path);
  folder = g_path_get_dirname (path);
  parent = g_path_get_dirname (folder);
  g_assert_false (g_file_test (parent, G_FILE_TEST_EXISTS));
}

static void
answer (const char *heading,
        const char *response)
{
  GtkWindow *dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_cmpstr (
      adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)),
                   ==,
                   "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (dialog);
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
}

static void
question_body (GtkApplication *application,
               gpointer user_data)
{
  g_autofree char *note_path = build_path ("note");
  g_auto (GStrv) note = NULL;
  RstAttachmentBar *bar;

  install_opener (note_path);
  bar = open_message (rst_test_app_get_window (application));
  activate (bar, "attachments.open", PROGRAM);
  answer ("Open “invoice.pdf.exe”?", "cancel");
  activate (bar, "attachments.open", DISGUISED);
  answer ("Open “letter.pdf”?", "cancel");
  g_assert_false (file_is_there (note_path));

  activate (bar, "attachments.open", PROGRAM);
  answer ("Open “invoice.pdf.exe”?", "open");
  note = wait_for_note (note_path);
  g_assert_cmpstr (note[2], ==, "three");
}

static void
test_question (void)
{
  run (question_body);
}

static void
no_program_body (GtkApplication *application,
                 gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstAttachmentBar *bar = open_message (window);

  activate (bar, "attachments.open", NOTES);
  rst_test_app_wait_text (window, "The attachment was not opened: ");
}

static void
test_no_program (void)
{
  run (no_program_body);
}

static gboolean
shows_picture (gpointer picture)
{
  return gtk_picture_get_paintable (picture) != NULL;
}

static gboolean
shows_text (gpointer view)
{
  return gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) > 0;
}

static void
preview_body (GtkApplication *application,
              gpointer user_data)
{
  RstAttachmentBar *bar = open_message (rst_test_app_get_window (application));
  GtkWindow *preview;

  activate (bar, "attachments.preview", PICTURE);
  preview = rst_test_app_find_window (RST_TYPE_PREVIEW_WINDOW);
  g_assert_cmpstr (gtk_window_get_title (preview), ==, "point.png");
  rst_test_app_wait (shows_picture, rst_test_app_find_child (preview, GTK_TYPE_PICTURE));
  gtk_window_destroy (preview);
  rst_test_app_wait_closed (RST_TYPE_PREVIEW_WINDOW);

  activate (bar, "attachments.preview", NOTE);
  preview = rst_test_app_find_window (RST_TYPE_PREVIEW_WINDOW);
  rst_test_app_wait (shows_text, rst_test_app_find_child (preview, GTK_TYPE_TEXT_VIEW));
  gtk_window_destroy (preview);
}

static void
test_preview (void)
{
  run (preview_body);
}

/* A PNG of a few bytes that names a size of 16 GB, and one that is no picture. */
static void
test_preview_fails (void)
{
  static const char text[] =
      "Content-Type: multipart/mixed; boundary=x\r\n"
      "\r\n"
      "--x\r\n"
      "Content-Type: image/png\r\n"
      "Content-Disposition: attachment; filename=huge.png\r\n"
      "Content-Transfer-Encoding: base64\r\n"
      "\r\n"
      "iVBORw0KGgoAAAANSUhEUgABAAAAAQAACAIAAADj5qe0AAAACUlEQVR4nGMAAAABAAFe/335\r\n"
      "--x\r\n"
      "Content-Type: image/png\r\n"
      "Content-Disposition: attachment; filename=none.png\r\n"
      "\r\n"
      "This is no picture.\r\n"
      "--x--\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (RstMessage) message = rst_message_new (bytes, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (rst_message_get_attachments (message)->len, ==, 2);
  g_assert_null (rst_preview_new (message, 0, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (rst_preview_new (message, 1, NULL, &error));
  g_assert_nonnull (error);
}

static void
written_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean *is_done = user_data;

  *is_done =
      gdk_content_provider_write_mime_type_finish (GDK_CONTENT_PROVIDER (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *)flag;
}

static void
test_drag (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (message_text, strlen (message_text));
  g_autoptr (RstMessage) message = rst_message_new (bytes, NULL);
  g_autoptr (RstPrivateFiles) files = rst_private_files_new ();
  g_autoptr (GdkContentProvider) provider = rst_attachment_provider_new (files, message, NOTE);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GBytes) list = NULL;
  g_auto (GStrv) uris = NULL;
  g_autofree char *path = NULL;
  gboolean is_done = FALSE;

  gdk_content_provider_write_mime_type_async (
      provider, "text/uri-list", stream, G_PRIORITY_DEFAULT, NULL, written_cb, &is_done);
  rst_test_app_wait (is_true, &is_done);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  list = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  uris = g_uri_list_extract_uris (g_bytes_get_data (list, NULL));
  g_assert_cmpuint (g_strv_length (uris), ==, 1);
  path = g_filename_from_uri (uris[0], NULL, NULL);
  g_assert_true (g_str_has_suffix (path, "/note.txt"));
  assert_content (path, "Hello.");

  rst_private_files_remove (files);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/attachments/chips", test_chips);
  g_test_add_func ("/attachments/save", test_save);
  g_test_add_func ("/attachments/leave", test_leave);
  g_test_add_func ("/attachments/save-all", test_save_all);
  g_test_add_func ("/attachments/save-all-fails", test_save_all_fails);
  g_test_add_func ("/attachments/open", test_open);
  g_test_add_func ("/attachments/question", test_question);
  g_test_add_func ("/attachments/no-program", test_no_program);
  g_test_add_func ("/attachments/preview", test_preview);
  g_test_add_func ("/attachments/preview-fails", test_preview_fails);
  g_test_add_func ("/attachments/drag", test_drag);
  return g_test_run ();
}
