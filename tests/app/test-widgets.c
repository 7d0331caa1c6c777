/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/rst-account-dialog.h"
#include "app/rst-attachment-bar.h"
#include "app/rst-delete-dialog.h"
#include "app/rst-message-cell.h"
#include "app/rst-message-view.h"
#include "app/rst-message-window.h"
#include "app/rst-password-dialog.h"
#include "app/rst-source-window.h"
#include "rst-test-app.h"

#define MESSAGE                                             \
  "From: Ada Lovelace <ada@example.org>\r\n"                \
  "To: You <demo@example.org>\r\n"                          \
  "Subject: Engine notes\r\n"                               \
  "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"               \
  "MIME-Version: 1.0\r\n"                                   \
  "Content-Type: multipart/mixed; boundary=x\r\n"           \
  "\r\n"                                                    \
  "--x\r\n"                                                 \
  "Content-Type: text/plain\r\n"                            \
  "\r\n"                                                    \
  "The engine.\r\n"                                         \
  "--x\r\n"                                                 \
  "Content-Type: application/pdf\r\n"                       \
  "Content-Disposition: attachment; filename=notes.pdf\r\n" \
  "Content-Transfer-Encoding: base64\r\n"                   \
  "\r\n"                                                    \
  "aGVsbG8=\r\n"                                            \
  "--x--\r\n"

static RstMessage *
create_message (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  return rst_message_new (bytes, NULL);
}

static RstMessageItem *
create_item (void)
{
  RstEnvelope *envelope = rst_envelope_new_from_headers (MESSAGE, strlen (MESSAGE), NULL);
  RstIdentity *identity = rst_identity_new ("uid", 1, 1000, NULL);
  g_autoptr (RstHeader) header = rst_header_new (identity, envelope, RST_HEADER_LOADED);

  return rst_message_item_new (header, FALSE);
}

/* Shown, drawn once and destroyed: nothing may keep it alive. */
static void
check_window (GtkWidget *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
}

/* The same of a widget that lives in a window. */
static void
check_widget (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *)&widget);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  check_window (window);
  g_assert_null (widget);
}

static void
test_widgets (void)
{
  check_widget (g_object_new (RST_TYPE_ATTACHMENT_BAR, NULL));
  check_widget (g_object_new (RST_TYPE_MESSAGE_LIST, NULL));
  check_widget (g_object_new (RST_TYPE_MESSAGE_VIEW, NULL));
  check_widget (g_object_new (RST_TYPE_NOTICE, NULL));
  check_widget (g_object_new (RST_TYPE_READER, NULL));
}

static void
test_windows (void)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice");
  g_autoptr (RstMailbox) mailbox = rst_mailbox_new (account);
  g_autoptr (RstMessage) message = create_message ();
  g_autoptr (RstMessageItem) item = create_item ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < 7; i++)
    g_ptr_array_add (items, item);
  check_window (rst_account_dialog_new (NULL, NULL));
  check_window (rst_account_dialog_new (NULL, account));
  check_window (rst_delete_dialog_new (NULL, mailbox, items));
  check_window (rst_download_dialog_new (NULL, account, 3, 5000));
  check_window (rst_message_window_new (NULL, mailbox, item, message));
  check_window (rst_password_dialog_new (NULL, account, "The server refused the password."));
  check_window (rst_source_window_new (NULL, message, 0));
}

static void
test_built_windows (void)
{
  static const char *const resources[][2] = {
    { "/io/github/restante/Restante/rst-help-window.ui", "help_window" },
    { "/io/github/restante/Restante/rst-shortcuts-window.ui", "shortcuts_window" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (resources[i][0]);
      GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, resources[i][1]));

      g_clear_object (&builder);
      check_window (window);
    }
}

static void
test_window (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.restante.Restante");

  check_window (rst_window_new (NULL, settings));
}

static void
assert_label (gpointer widget,
              const char *label)
{
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label);
}

static GtkWidget *
button_of_action (GtkWidget *widget,
                  const char *action)
{
  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *button = button_of_action (child, action);

      if (button != NULL)
        return button;
    }
  return NULL;
}

static void
test_names (void)
{
  g_autoptr (GSettings) settings = g_settings_new ("io.github.restante.Restante");
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice");
  GtkWidget *window = rst_window_new (NULL, settings);
  GtkWidget *dialog = rst_password_dialog_new (GTK_WINDOW (window), account, NULL);
  RstWindow *self = RST_WINDOW (window);

  assert_label (rst_test_app_find_child (self->message_list, GTK_TYPE_COLUMN_VIEW), "Messages");
  assert_label (button_of_action (window, "win.refresh"), "Refresh");
  assert_label (button_of_action (window, "win.stop"), "Stop");
  assert_label (button_of_action (window, "win.delete"), "Delete");
  assert_label (button_of_action (window, "win.search"), "Search");
  assert_label (self->menu_button, "Main Menu");
  assert_label (self->notice, "Notice");
  assert_label (rst_test_app_find_child (dialog, GTK_TYPE_PASSWORD_ENTRY), "Password");
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_password_dialog (void)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice");
  GtkWidget *dialog = rst_password_dialog_new (NULL, account, "Because.");
  AdwMessageDialog *message_dialog = ADW_MESSAGE_DIALOG (dialog);
  GtkEditable *entry = rst_test_app_find_child (dialog, GTK_TYPE_PASSWORD_ENTRY);
  SecretValue *password;

  g_assert_cmpstr (adw_message_dialog_get_heading (message_dialog),
                   ==,
                   "Password for alice on pop.example.org");
  g_assert_cmpstr (adw_message_dialog_get_body (message_dialog), ==, "Because.");
  g_assert_false (adw_message_dialog_get_response_enabled (message_dialog, "sign-in"));
  gtk_editable_set_text (entry, "a");
  g_assert_true (adw_message_dialog_get_response_enabled (message_dialog, "sign-in"));
  password = rst_password_dialog_dup_password (RST_PASSWORD_DIALOG (dialog));
  g_assert_cmpstr (secret_value_get_text (password), ==, "a");
  secret_value_unref (password);
  gtk_editable_set_text (entry, "");
  g_assert_false (adw_message_dialog_get_response_enabled (message_dialog, "sign-in"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
has_no_keyring (gpointer dialog)
{
  GtkWidget *check = rst_test_app_find_child (dialog, GTK_TYPE_CHECK_BUTTON);
  GtkWidget *explanation = gtk_widget_get_next_sibling (check);

  return gtk_widget_get_visible (explanation) && !gtk_widget_get_sensitive (check);
}

static void
test_no_keyring (void)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice");
  GtkWidget *dialog = rst_password_dialog_new (NULL, account, NULL);

  gtk_window_present (GTK_WINDOW (dialog));
  rst_test_app_wait (has_no_keyring, dialog);
  g_assert_false (rst_password_dialog_get_remember (RST_PASSWORD_DIALOG (dialog)));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
test_save_attachment (void)
{
  g_autoptr (RstMessage) message = create_message ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "notes.pdf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *bar = g_object_new (RST_TYPE_ATTACHMENT_BAR, NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), bar);
  gtk_window_set_child (GTK_WINDOW (window), overlay);
  gtk_window_present (GTK_WINDOW (window));
  rst_attachment_bar_set_message (RST_ATTACHMENT_BAR (bar), message);
  g_assert_true (gtk_widget_get_visible (bar));

  rst_attachment_bar_save (RST_ATTACHMENT_BAR (bar), 0, file);
  rst_test_app_wait_text (window, "“notes.pdf” was saved");
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, "hello");

  /* A folder of this name cannot be replaced by a file. */
  g_file_delete (file, NULL, &error);
  g_assert_no_error (error);
  g_file_make_directory (file, NULL, &error);
  g_assert_no_error (error);
  rst_attachment_bar_save (RST_ATTACHMENT_BAR (bar), 0, file);
  rst_test_app_wait_text (window, "was not saved");
  g_file_delete (file, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/widgets/widgets", test_widgets);
  g_test_add_func ("/widgets/windows", test_windows);
  g_test_add_func ("/widgets/built-windows", test_built_windows);
  g_test_add_func ("/widgets/window", test_window);
  g_test_add_func ("/widgets/names", test_names);
  g_test_add_func ("/widgets/password-dialog", test_password_dialog);
  g_test_add_func ("/widgets/no-keyring", test_no_keyring);
  g_test_add_func ("/widgets/save-attachment", test_save_attachment);
  return g_test_run ();
}
