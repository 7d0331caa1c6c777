/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "rst-test-app.h"

#define FROM_LINE "From a@x.org Mon Nov  2 10:00:00 2026\n"
#define ONE \
  FROM_LINE "From: Ada <a@x.org>\nSubject: One\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\nx\n\n"
#define TWO \
  FROM_LINE "From: Bob <b@x.org>\nSubject: Two\nDate: Tue, 3 Nov 2026 10:00:00 +0000\n\ny\n\n"
#define THREE \
  FROM_LINE "From: Ada <a@x.org>\nSubject: Three\nDate: Wed, 4 Nov 2026 10:00:00 +0000\n\nz\n\n"

/* What the main thread may spend on the next message, in processor time. */
#define MAX_STEP_MS 500

/* Saved mail in the window. */

static char *
dup_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static void
write_file (const char *name,
            const char *content)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, -1, &error);
  g_assert_no_error (error);
}

static void
assert_file (const char *name,
             const char *expected)
{
  g_autofree char *path = dup_path (name);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
run (const char *name,
     RstTestBody body,
     gpointer user_data)
{
  g_autofree char *path = dup_path (name);

  g_assert_cmpint (rst_test_app_run (path, body, user_data), ==, 0);
}

static void
assert_subjects (RstWindow *window,
                 const char *expected)
{
  g_autofree char *subjects = rst_test_app_dup_subjects (window);

  g_assert_cmpstr (subjects, ==, expected);
}

static gboolean
is_enabled (RstWindow *window,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static gboolean
shows_message (gpointer user_data)
{
  return rst_reader_get_message (RST_WINDOW (user_data)->reader) != NULL;
}

static void
delete_selected (RstWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), "delete", NULL);
}

static void
mbox_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  AdwMessageDialog *dialog;

  rst_test_app_wait_idle (window);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "saved.mbox");
  assert_subjects (window, "Three,Two,One");
  rst_test_app_wait_text (window, "3 messages");
  g_assert_false (is_enabled (window, "account-settings"));

  rst_test_app_select (window, "Two", NULL);
  rst_test_app_wait (shows_message, window);
  delete_selected (window);
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (
      adw_message_dialog_get_heading (dialog), ==, "Delete 1 message from “saved.mbox”?");
  rst_test_app_click (dialog, "_Delete");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_text (window, "1 message deleted");
  assert_subjects (window, "Three,One");
  assert_file ("saved.mbox", ONE THREE);
}

static void
test_mbox (void)
{
  write_file ("saved.mbox", ONE TWO THREE);
  run ("saved.mbox", mbox_body, NULL);
}

/* Mail has come since the file was read: nothing is deleted, and the list says so. */
static void
changed_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "One", NULL);
  rst_test_app_wait (shows_message, window);
  rst_test_app_wait_idle (window);
  write_file ("saved.mbox", THREE ONE);
  delete_selected (window);
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_notice (window, "Nothing was deleted");
  assert_subjects (window, "Three,One");
  assert_file ("saved.mbox", THREE ONE);

  rst_test_app_click (window, "_Delete the 1");
  rst_test_app_wait_text (window, "1 message deleted");
  assert_file ("saved.mbox", THREE);
}

static void
test_changed (void)
{
  write_file ("saved.mbox", ONE TWO);
  run ("saved.mbox", changed_body, NULL);
}

static void
maildir_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  const char *tooltip;

  rst_test_app_wait_idle (window);
  assert_subjects (window, "b,a");
  rst_test_app_wait_text (window, "Read only · 2 messages");
  rst_test_app_select (window, "a", NULL);
  rst_test_app_wait (shows_message, window);
  g_assert_false (is_enabled (window, "delete"));
  tooltip = gtk_widget_get_tooltip_text (window->delete_button);
  g_assert_nonnull (strstr (tooltip, "mbox"));

  write_file ("Mail/new/3.c", "Subject: c\nDate: Wed, 4 Nov 2026 10:00:00 +0000\n\n");
  g_action_group_activate_action (G_ACTION_GROUP (window), "refresh", NULL);
  rst_test_app_wait_idle (window);
  assert_subjects (window, "c,b,a");
}

static void
test_maildir (void)
{
  write_file ("Mail/cur/1.a:2,S", "Subject: a\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\n");
  write_file ("Mail/new/2.b", "Subject: b\nDate: Tue, 3 Nov 2026 10:00:00 +0000\n\n");
  run ("Mail", maildir_body, NULL);
}

static void
no_mail_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (window, "holds no mail");
  g_assert_null (rst_test_app_find_button (window, "Account _Settings"));
}

static void
test_no_mail (void)
{
  write_file ("notes.txt", "nothing but text\n");
  run ("notes.txt", no_mail_body, NULL);
}

static GtkDropTarget *
find_drop_target (RstWindow *window)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  return NULL;
}

static gboolean
has_two_windows (gpointer application)
{
  return g_list_length (gtk_application_get_windows (application)) == 2;
}

/* Each file has a window of its own; one that is open already is brought to the front. */
static void
drop_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = dup_path ("other.eml");
  g_autofree char *own_path = dup_path ("saved.mbox");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) own = g_file_new_for_path (own_path);
  g_auto (GValue) value = G_VALUE_INIT;
  GSList files[2] = { { file, &files[1] }, { own, NULL } };
  gboolean is_taken = FALSE;
  RstWindow *second = NULL;

  rst_test_app_wait_idle (window);
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  g_signal_emit_by_name (find_drop_target (window), "drop", &value, 0.0, 0.0, &is_taken);
  g_assert_true (is_taken);
  rst_test_app_wait (has_two_windows, application);

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    if (l->data != window)
      second = l->data;
  rst_test_app_wait_idle (second);
  assert_subjects (second, "Other");
  assert_subjects (window, "One");
}

static void
test_drop (void)
{
  write_file ("saved.mbox", ONE);
  write_file ("other.eml", "Subject: Other\n\nx\n");
  run ("saved.mbox", drop_body, NULL);
}

typedef struct
{
  RstWindow *window;
  guint number;
} Step;

static gboolean
shows_step (gpointer user_data)
{
  Step *step = user_data;
  RstMessage *message = rst_reader_get_message (step->window->reader);
  g_autofree char *subject = g_strdup_printf ("Number %u", step->number);

  return message != NULL &&
         g_str_equal (rst_message_get_envelope (message)->subject, subject);
}

static gboolean
lists_all (gpointer user_data)
{
  RstIndex *index = rst_mailbox_get_index (rst_window_get_mailbox (user_data));

  return g_list_model_get_n_items (G_LIST_MODEL (index)) == 4000;
}

/* The arrow key held down: message after message is shown, each of them the right one. */
static void
browse_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gint64 longest = 0;

  rst_test_app_wait_idle (window);
  rst_test_app_wait (lists_all, window);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *subject = g_strdup_printf ("Number %u", 3999 - i);
      Step step = { window, 3999 - i };
      gint64 start = rst_test_app_get_cpu_time ();

      rst_test_app_select (window, subject, NULL);
      rst_test_app_wait (shows_step, &step);
      longest = MAX (longest, rst_test_app_get_cpu_time () - start);
    }
  g_test_message ("the longest step took %d ms", (int)(longest / 1000));
  g_assert_cmpint (longest, <, MAX_STEP_MS * 1000);
}

static void
test_browse (void)
{
  g_autoptr (GString) mbox = g_string_new (NULL);
  g_autoptr (GDateTime) first = g_date_time_new_utc (2020, 1, 1, 9, 0, 0);

  for (guint i = 0; i < 4000; i++)
    {
      g_autoptr (GDateTime) time = g_date_time_add_hours (first, (int)i);
      g_autofree char *date = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000");

      g_string_append_printf (mbox, FROM_LINE "Subject: Number %u\nDate: %s\n\nText %u\n\n", i,
                              date, i);
    }
  write_file ("big.mbox", mbox->str);
  run ("big.mbox", browse_body, NULL);
}

int
main (int argc,
      char **argv)
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/app/files/mbox", test_mbox);
  g_test_add_func ("/app/files/changed", test_changed);
  g_test_add_func ("/app/files/maildir", test_maildir);
  g_test_add_func ("/app/files/no-mail", test_no_mail);
  g_test_add_func ("/app/files/drop", test_drop);
  g_test_add_func ("/app/files/browse", test_browse);

  return g_test_run ();
}
