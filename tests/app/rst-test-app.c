/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-app"

#include "config.h"

#include "rst-test-app.h"

#include <string.h>
#include <time.h>

#include "account/rst-accounts-file.h"
#include "app/rst-application.h"

#define DEADLINE_SECONDS 20

int
rst_test_app_init (int *argc,
                   char ***argv)
{
  /* Each test has folders of its own; what an SVG picture is must be looked up before, in the
   * system's. */
  g_content_type_get_mime_dirs ();
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }

  adw_init ();
  return -1;
}

static gboolean
deadline_cb (gpointer user_data)
{
  gboolean *is_over = user_data;

  *is_over = TRUE;
  return G_SOURCE_REMOVE;
}

void
rst_test_app_wait_for (RstTestCondition condition,
                       gpointer user_data,
                       const char *what,
                       const char *where)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add_seconds (DEADLINE_SECONDS, deadline_cb, &is_over);

  while (!condition (user_data) && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (is_over)
    g_error ("%s: waited in vain for %s", where, what);
  g_source_remove (source);
}

gint64
rst_test_app_get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

typedef struct
{
  GtkApplication *application;
  RstTestBody body;
  gpointer user_data;
} Run;

static void
close_windows (GtkApplication *application)
{
  GList *windows;

  /* Some go with their parent. */
  while ((windows = gtk_application_get_windows (application)) != NULL)
    gtk_window_destroy (windows->data);
}

static void
run_body_cb (gpointer user_data)
{
  Run *run = user_data;

  run->body (run->application, run->user_data);
  close_windows (run->application);
}

int
rst_test_app_run (const char *argument,
                  RstTestBody body,
                  gpointer user_data)
{
  g_autoptr (RstApplication) application = rst_application_new ();
  char *arguments[] = { (char *)"restante", (char *)argument, NULL };
  Run run = { GTK_APPLICATION (application), body, user_data };
  int status;

  g_application_set_flags (G_APPLICATION (application),
                           g_application_get_flags (G_APPLICATION (application)) |
                               G_APPLICATION_NON_UNIQUE);
  if (body != NULL)
    g_idle_add_once (run_body_cb, &run);
  status = g_application_run (
      G_APPLICATION (application), argument != NULL ? 2 : 1, arguments);
  g_assert_finalize_object (g_steal_pointer (&application));
  return status;
}

RstWindow *
rst_test_app_get_window (GtkApplication *application)
{
  GList *windows = gtk_application_get_windows (application);

  g_assert_nonnull (windows);
  g_assert_null (windows->next);
  g_assert_true (RST_IS_WINDOW (windows->data));
  return windows->data;
}

static GtkWindow *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint n_toplevels = g_list_model_get_n_items (toplevels);

  for (guint i = 0; i < n_toplevels; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) &&
          gtk_widget_get_visible (GTK_WIDGET (window)))
        return window;
    }
  return NULL;
}

static gboolean
has_window (gpointer type)
{
  return find_toplevel (GPOINTER_TO_SIZE (type)) != NULL;
}

static gboolean
has_no_window (gpointer type)
{
  return !has_window (type);
}

gpointer
rst_test_app_find_window (GType type)
{
  rst_test_app_wait (has_window, GSIZE_TO_POINTER (type));
  return find_toplevel (type);
}

void
rst_test_app_wait_closed (GType type)
{
  rst_test_app_wait (has_no_window, GSIZE_TO_POINTER (type));
}

typedef gboolean (*WidgetTest) (GtkWidget *widget,
                                gpointer user_data);

static GtkWidget *
find_widget (GtkWidget *widget,
             WidgetTest matches,
             gpointer user_data)
{
  GtkWidget *child;

  if (matches (widget, user_data))
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, matches, user_data);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_type (GtkWidget *widget,
          gpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

gpointer
rst_test_app_find_child (gpointer widget,
                         GType type)
{
  GtkWidget *child = find_widget (widget, has_type, GSIZE_TO_POINTER (type));

  g_assert_nonnull (child);
  return child;
}

gpointer
rst_test_app_find_row (gpointer widget,
                       const char *title)
{
  GtkWidget *child;

  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_strcmp0 (adw_preferences_row_get_title (widget), title) == 0)
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = rst_test_app_find_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gpointer
find_in_row (gpointer widget,
             const char *title,
             GType type)
{
  return rst_test_app_find_child (rst_test_app_find_row (widget, title), type);
}

void
rst_test_app_set_text (gpointer widget,
                       const char *title,
                       const char *text)
{
  gtk_editable_set_text (rst_test_app_find_row (widget, title), text);
}

const char *
rst_test_app_get_text (gpointer widget,
                       const char *title)
{
  return gtk_editable_get_text (rst_test_app_find_row (widget, title));
}

void
rst_test_app_set_number (gpointer widget,
                         const char *title,
                         int number)
{
  gtk_spin_button_set_value (find_in_row (widget, title, GTK_TYPE_SPIN_BUTTON), number);
}

int
rst_test_app_get_number (gpointer widget,
                         const char *title)
{
  return gtk_spin_button_get_value_as_int (find_in_row (widget, title, GTK_TYPE_SPIN_BUTTON));
}

void
rst_test_app_set_switch (gpointer widget,
                         const char *title,
                         gboolean is_on)
{
  gtk_switch_set_active (find_in_row (widget, title, GTK_TYPE_SWITCH), is_on);
}

static gboolean
is_button (GtkWidget *widget,
           gpointer label)
{
  const char *text = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : NULL;

  return text != NULL && gtk_widget_get_mapped (widget) && g_str_has_prefix (text, label);
}

GtkWidget *
rst_test_app_find_button (gpointer widget,
                          const char *label)
{
  return find_widget (widget, is_button, (gpointer)label);
}

static gboolean
is_idle (gpointer user_data)
{
  return !rst_mailbox_get_is_busy (rst_window_get_mailbox (user_data));
}

void
rst_test_app_wait_idle (RstWindow *window)
{
  rst_test_app_wait (is_idle, window);
}

typedef struct
{
  gpointer widget;
  const char *part;
} TextSearch;

static gboolean
notice_says (gpointer user_data)
{
  TextSearch *search = user_data;
  const char *text = rst_notice_get_text (RST_WINDOW (search->widget)->notice);

  return text != NULL && strstr (text, search->part) != NULL;
}

void
rst_test_app_wait_notice (RstWindow *window,
                          const char *part)
{
  TextSearch search = { window, part };

  rst_test_app_wait_for (notice_says, &search, part, "banner");
}

static gboolean
label_says (GtkWidget *widget,
            gpointer part)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), part) != NULL;
}

static gboolean
some_label_says (gpointer user_data)
{
  TextSearch *search = user_data;

  return find_widget (search->widget, label_says, (gpointer)search->part) != NULL;
}

gboolean
rst_test_app_says (gpointer widget,
                   const char *part)
{
  return find_widget (widget, label_says, (gpointer)part) != NULL;
}

void
rst_test_app_wait_text (gpointer widget,
                        const char *part)
{
  TextSearch search = { widget, part };

  rst_test_app_wait_for (some_label_says, &search, part, "label");
}

static gboolean
can_click (gpointer user_data)
{
  TextSearch *search = user_data;
  GtkWidget *button = rst_test_app_find_button (search->widget, search->part);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
rst_test_app_click (gpointer widget,
                    const char *label)
{
  TextSearch search = { widget, label };

  rst_test_app_wait_for (can_click, &search, label, "button");
  g_signal_emit_by_name (rst_test_app_find_button (widget, label), "clicked");
}

void
rst_test_app_write_accounts_file (const char *contents)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

void
rst_test_app_write_account (RstDemoServer *server,
                            const char *password)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "demo");
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (GError) error = NULL;

  account->port = rst_demo_server_get_tls_port (server);
  account->certificate_pin = g_strdup (rst_demo_server_get_certificate_pin (server));
  if (password != NULL)
    {
      account->password_file = g_build_filename (g_get_user_config_dir (), "password", NULL);
      g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
      g_file_set_contents (account->password_file, password, -1, &error);
      g_assert_no_error (error);
    }
  file = rst_accounts_file_load (path, &error);
  g_assert_no_error (error);
  rst_accounts_file_put (file, account);
  rst_accounts_file_save (file, &error);
  g_assert_no_error (error);
}

RstDemoServer *
rst_test_app_create_server (guint n_messages)
{
  RstDemoServer *server = rst_demo_server_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (GDateTime) start = g_date_time_new_utc (2026, 1, 1, 9, 0, 0);
      g_autoptr (GDateTime) time = g_date_time_add_days (start, (int)i);
      g_autofree char *date = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S +0000");
      g_autofree char *text = g_strdup_printf ("From: %s\r\n"
                                               "To: You <demo@example.org>\r\n"
                                               "Subject: Subject %u\r\n"
                                               "Date: %s\r\n"
                                               "Message-ID: <%u@example.org>\r\n"
                                               "\r\n"
                                               "This is text %u.\r\n",
                                               i % 2 == 0 ? "Ada <ada@example.org>"
                                                          : "Bob <bob@example.org>",
                                               i,
                                               date,
                                               i,
                                               i);
      g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

      rst_demo_server_add_message (server, message, NULL);
    }
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

static RstMessageItem *
find_item (RstWindow *window,
           const char *subject)
{
  GListModel *index = G_LIST_MODEL (rst_mailbox_get_index (rst_window_get_mailbox (window)));
  guint n_items = g_list_model_get_n_items (index);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (index, i);
      RstEnvelope *envelope = rst_message_item_get_envelope (item);

      if (envelope != NULL && g_str_equal (envelope->subject, subject))
        return item;
    }
  return NULL;
}

RstMessageItem *
rst_test_app_get_item (RstWindow *window,
                       const char *subject)
{
  RstMessageItem *item = find_item (window, subject);

  g_assert_nonnull (item);
  return item;
}

void
rst_test_app_select (RstWindow *window,
                     ...)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  const char *subject;
  va_list subjects;

  va_start (subjects, window);
  while ((subject = va_arg (subjects, const char *)) != NULL)
    g_ptr_array_add (items, rst_test_app_get_item (window, subject));
  va_end (subjects);
  rst_message_list_select (window->message_list, items);
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, items->len);
}

char *
rst_test_app_dup_subjects (RstWindow *window)
{
  GListModel *index = G_LIST_MODEL (rst_mailbox_get_index (rst_window_get_mailbox (window)));
  guint n_items = g_list_model_get_n_items (index);
  g_autoptr (GString) subjects = g_string_new (NULL);

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (index, i);
      RstEnvelope *envelope = rst_message_item_get_envelope (item);
      const char *subject = envelope != NULL ? envelope->subject : "-";

      g_string_append_printf (subjects, "%s%s", i > 0 ? "," : "", subject);
    }
  return g_string_free (g_steal_pointer (&subjects), FALSE);
}

static char *
dup_server_subjects (RstDemoServer *server)
{
  g_autoptr (GString) subjects = g_string_new (NULL);

  for (guint i = 0; i < rst_demo_server_get_n_messages (server); i++)
    {
      g_autoptr (GBytes) message = rst_demo_server_dup_message (server, i);
      gsize length;
      const char *text = g_bytes_get_data (message, &length);
      const char *start = g_strstr_len (text, (gssize)length, "Subject: ") + strlen ("Subject: ");
      const char *end = strstr (start, "\r\n");

      g_string_append_printf (subjects, "%s%.*s", i > 0 ? "," : "", (int)(end - start), start);
    }
  return g_string_free (g_steal_pointer (&subjects), FALSE);
}

void
rst_test_app_assert_server (RstDemoServer *server,
                            const char *subjects)
{
  g_autofree char *found = dup_server_subjects (server);

  g_assert_cmpstr (found, ==, subjects);
}

void
rst_test_app_set_fault (RstDemoServer *server,
                        const char *name,
                        const char *value)
{
  g_autoptr (GError) error = NULL;

  rst_demo_server_set_fault (server, name, value, &error);
  g_assert_no_error (error);
}

typedef struct
{
  RstWindow *window;
  const char *action;
} Activation;

static gboolean
can_activate (gpointer user_data)
{
  const Activation *activation = user_data;

  return g_action_group_get_action_enabled (G_ACTION_GROUP (activation->window),
                                            activation->action);
}

void
rst_test_app_activate (RstWindow *window,
                       const char *action)
{
  Activation activation = { window, action };

  rst_test_app_wait_for (can_activate, &activation, action, "action");
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}
