/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/rst-attachment-bar.h"
#include "app/rst-find-bar.h"
#include "app/rst-message-view.h"
#include "app/rst-reader-private.h"
#include "app/rst-source-window.h"
#include "mail/rst-charset.h"
#include "rst-test-app.h"

/* Messages read in the window. */

#define FROM_LINE "From a@x.org Mon Nov  2 10:00:00 2026\n"

/* Of the messages of the tests of big ones. */
#define BIG_SIZE 2000
#define BIG_N_LINES 1000

static char *
dup_path (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

/* Opens these messages, the newest first. */
static void
run_with_mbox (const char *mbox,
               RstTestBody body)
{
  g_autofree char *path = dup_path ("saved.mbox");
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_set_contents (path, mbox, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rst_test_app_run (path, body, NULL), ==, 0);
}

static char *
dup_shown (RstWindow *window)
{
  RstDocumentView *view = rst_message_view_get_document_view (window->reader->message_view);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (rst_document_view_get_text_view (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

typedef struct
{
  RstWindow *window;
  const char *part;
} Shown;

static gboolean
is_shown (gpointer user_data)
{
  Shown *shown = user_data;
  g_autofree char *text = dup_shown (shown->window);

  return strstr (text, shown->part) != NULL;
}

static void
wait_shown (RstWindow *window,
            const char *part)
{
  Shown shown = { window, part };

  rst_test_app_wait_for (is_shown, &shown, part, "message");
}

static void
assert_not_shown (RstWindow *window,
                  const char *part)
{
  g_assert_false (is_shown (&(Shown){ window, part }));
}

static void
show (RstWindow *window,
      const char *subject,
      const char *part)
{
  rst_test_app_select (window, subject, NULL);
  wait_shown (window, part);
}

/* "Привет" in KOI8-R, which it doesn't say. */
#define HELLO "\xf0\xd2\xc9\xd7\xc5\xd4"

static RstDemoServer *
create_server_with_big (void)
{
  RstDemoServer *server = rst_demo_server_new ();
  g_autoptr (GString) text = g_string_new ("From: Ada <ada@example.org>\r\nSubject: Big\r\n"
                                           "Date: Thu, 1 Jan 2026 09:00:00 +0000\r\n"
                                           "MIME-Version: 1.0\r\n"
                                           "Content-Type: multipart/mixed; boundary=x\r\n\r\n"
                                           "--x\r\n\r\n" HELLO "\r\n");
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < BIG_N_LINES; i++)
    g_string_append_printf (text, "This is line %u.\r\n", i);
  g_string_append (text, "--x\r\nContent-Type: text/csv\r\n"
                         "Content-Disposition: attachment; filename=table.csv\r\n\r\n1,2\r\n"
                         "--x--\r\n");
  message = g_bytes_new (text->str, text->len);
  rst_demo_server_add_message (server, message, NULL);
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

static void
open_big (RstWindow *window)
{
  rst_test_app_wait_idle (window);
  rst_mailbox_set_big_size (window->mailbox, BIG_SIZE);
  rst_test_app_select (window, "Big", NULL);
  rst_test_app_wait_text (window->reader, "The first 200 lines of ");
  wait_shown (window, "This is line 150.");
}

static gboolean
has_chip (gpointer user_data)
{
  RstWindow *window = user_data;
  GtkWidget *bar = rst_test_app_find_child (window->reader, RST_TYPE_ATTACHMENT_BAR);

  return gtk_widget_get_visible (bar);
}

static void
big_body (GtkApplication *application,
          gpointer user_data)
{
  static const char *const actions[] = { "print", "copy-text", "view-source" };
  RstWindow *window = rst_test_app_get_window (application);
  GtkWidget *button;

  open_big (window);
  assert_not_shown (window, "This is line 500.");
  g_assert_cmpuint (rst_demo_server_get_n_commands (user_data, "RETR"), ==, 0);
  /* That its end is missing is no fault of the message. */
  g_assert_false (has_chip (window));
  g_assert_false (rst_test_app_says (window->reader, "ends before"));

  /* What would be printed, copied or shown isn't all of it. */
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_action_group_activate_action (G_ACTION_GROUP (window), actions[i], NULL);
      rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Cancel");
      rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
    }
  g_action_group_activate_action (G_ACTION_GROUP (window), "view-source", NULL);
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Show");
  rst_test_app_wait_text (rst_test_app_find_window (RST_TYPE_SOURCE_WINDOW),
                          "Beginning of the Message Source");
  gtk_window_destroy (rst_test_app_find_window (RST_TYPE_SOURCE_WINDOW));

  rst_test_app_click (window->reader, "_Download All");
  wait_shown (window, "This is line 999.");
  rst_test_app_wait (has_chip, window);
  g_assert_false (rst_reader_get_is_cut (window->reader));
  button = rst_test_app_find_button (window->reader, "_Download All");
  g_assert_true (button == NULL || !gtk_widget_is_sensitive (button));
  g_assert_cmpuint (rst_demo_server_get_n_commands (user_data, "RETR"), ==, 1);

  /* It is kept. */
  rst_message_list_select_none (window->message_list);
  rst_test_app_select (window, "Big", NULL);
  wait_shown (window, "This is line 999.");
  g_assert_cmpuint (rst_demo_server_get_n_commands (user_data, "RETR"), ==, 1);
}

static void
test_big (void)
{
  g_autoptr (RstDemoServer) server = create_server_with_big ();

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, big_body, server), ==, 0);
}

static gboolean
has_asked (gpointer server)
{
  return rst_demo_server_get_n_commands (server, "RETR") > 0;
}

static void
stop_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  open_big (window);
  rst_test_app_set_fault (user_data, "stall-at", "RETR");
  rst_test_app_click (window->reader, "_Download All");
  rst_test_app_wait (has_asked, user_data);
  rst_test_app_wait_text (window->reader, "Downloading ");
  gtk_widget_activate_action (GTK_WIDGET (window), "window.escape", NULL);

  /* What was there is there still, and so is the offer. */
  rst_test_app_wait_text (window->reader, "The first 200 lines of ");
  wait_shown (window, "This is line 150.");
  rst_test_app_wait_idle (window);
  rst_demo_server_clear_faults (user_data);
  rst_test_app_click (window->reader, "_Download All");
  wait_shown (window, "This is line 999.");
}

static void
test_big_stop (void)
{
  g_autoptr (RstDemoServer) server = create_server_with_big ();

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, stop_body, server), ==, 0);
}

#define ALTERNATIVE(subject, date)                                                     \
  FROM_LINE "From: Ada <a@x.org>\nSubject: " subject "\nDate: " date                   \
            "\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n" \
            "--x\n\nplain words\n--x\nContent-Type: text/html\n\n<p>formatted words"   \
            "<img src=http://x.invalid/1.png><img src=http://x.invalid/2.png>\n--x--\n\n"

static void
set_state (RstReader *reader,
           const char *property,
           gboolean state)
{
  g_object_set (reader, property, state, NULL);
}

static void
html_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gboolean shows_html;

  rst_test_app_wait_idle (window);
  show (window, "One", "plain words");
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.show-html", NULL);
  wait_shown (window, "formatted words");
  assert_not_shown (window, "plain words");
  rst_test_app_wait_text (window->reader, "2 remote images not loaded");
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.show-html", NULL);
  wait_shown (window, "plain words");

  /* It was for that message; this is for all. */
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.show-html", NULL);
  wait_shown (window, "formatted words");
  show (window, "Two", "plain words");
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.prefer-html", NULL);
  wait_shown (window, "formatted words");
  show (window, "One", "formatted words");
  g_object_get (window->reader, "show-html", &shows_html, NULL);
  g_assert_true (shows_html);
  g_assert_true (g_settings_get_boolean (window->settings, "prefer-html"));
  set_state (window->reader, "prefer-html", FALSE);
  wait_shown (window, "plain words");
}

static void
test_html (void)
{
  run_with_mbox (ALTERNATIVE ("One", "Mon, 2 Nov 2026 10:00:00 +0000")
                     ALTERNATIVE ("Two", "Tue, 3 Nov 2026 10:00:00 +0000"),
                 html_body);
}

#define UNNAMED                                                                         \
  FROM_LINE "From: Ada <a@x.org>\nSubject: One\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n" \
            "Reply-To: " HELLO " <r@x.org>\n\n" HELLO "\n\n"
#define OTHER                                                                             \
  FROM_LINE "From: Bob <b@x.org>\nSubject: Two\nDate: Tue, 3 Nov 2026 10:00:00 +0000\n\n" \
            "other words\n\n"

static gboolean
has_message (gpointer user_data)
{
  return rst_reader_get_message (RST_WINDOW (user_data)->reader) != NULL;
}

static void
charset_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (GVariant) remembered = NULL;
  g_autoptr (GVariant) forgotten = NULL;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "One", NULL);
  rst_test_app_wait (has_message, window);
  gtk_widget_activate_action (
      GTK_WIDGET (window->reader), "reader.charset", "s", "windows-1251");
  wait_shown (window, "рТЙЧЕФ");
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.charset", "s", "KOI8-R");
  wait_shown (window, "Привет");
  rst_test_app_wait_text (window->reader, "Replies go to Привет");

  show (window, "Two", "other words");
  g_assert_cmpstr (window->reader->charset, ==, "");
  show (window, "One", "Привет");
  g_assert_cmpstr (window->reader->charset, ==, "KOI8-R");
  remembered = g_settings_get_value (window->settings, "charsets");
  g_assert_cmpuint (g_variant_n_children (remembered), ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.charset", "s", "");
  forgotten = g_settings_get_value (window->settings, "charsets");
  g_assert_cmpuint (g_variant_n_children (forgotten), ==, 0);
}

static void
test_charset (void)
{
  run_with_mbox (UNNAMED OTHER, charset_body);
}

/* What was chosen for the beginning is chosen for all. */
static void
big_charset_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  open_big (window);
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.charset", "s", "KOI8-R");
  wait_shown (window, "Привет");
  rst_test_app_click (window->reader, "_Download All");
  wait_shown (window, "This is line 999.");
  wait_shown (window, "Привет");
  g_assert_cmpstr (window->reader->charset, ==, "KOI8-R");

  rst_message_list_select_none (window->message_list);
  rst_test_app_select (window, "Big", NULL);
  wait_shown (window, "This is line 999.");
  wait_shown (window, "Привет");
  g_assert_cmpstr (window->reader->charset, ==, "KOI8-R");
  g_settings_reset (window->settings, "charsets");
}

static void
test_big_charset (void)
{
  g_autoptr (RstDemoServer) server = create_server_with_big ();

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, big_charset_body, server), ==, 0);
}

/* Every charset of a menu, and of those within it. Returns how many. */
static guint
check_charsets (GMenuModel *menu)
{
  guint n_charsets = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *action = NULL;
      g_autofree char *name = NULL;
      RstCharset charset;
      GIConv converter;

      if (section != NULL)
        n_charsets += check_charsets (section);
      if (submenu != NULL)
        n_charsets += check_charsets (submenu);
      if (!g_menu_model_get_item_attribute (menu, i, "action", "s", &action) ||
          !g_str_equal (action, "reader.charset"))
        continue;

      g_assert_true (g_menu_model_get_item_attribute (menu, i, "target", "s", &name));
      if (name[0] == '\0')
        continue;
      if (!rst_charset_find (name, &charset))
        g_error ("%s is not known", name);
      converter = rst_charset_open (&charset);
      g_assert_true (converter != (GIConv)-1);
      g_iconv_close (converter);
      n_charsets++;
    }
  return n_charsets;
}

static void
test_charset_menu (void)
{
  GtkWidget *view = g_object_ref_sink (g_object_new (RST_TYPE_MESSAGE_VIEW, NULL));
  GtkMenuButton *button = rst_test_app_find_child (view, GTK_TYPE_MENU_BUTTON);

  g_assert_cmpuint (check_charsets (gtk_menu_button_get_menu_model (button)), >, 20);
  g_object_unref (view);
}

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              guint key,
              GdkModifierType modifiers)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    return is_triggered (gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)),
                         key,
                         modifiers) ||
           is_triggered (gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)),
                         key,
                         modifiers);
  return GTK_IS_KEYVAL_TRIGGER (trigger) &&
         gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key &&
         gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers;
}

static gboolean
press_on (GtkWidget *widget,
          gboolean is_captured,
          guint key,
          GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GListModel) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
          is_captured != (gtk_event_controller_get_propagation_phase (
                              GTK_EVENT_CONTROLLER (controller)) == GTK_PHASE_CAPTURE))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (controller); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (controller, j);

          if (is_triggered (gtk_shortcut_get_trigger (shortcut), key, modifiers) &&
              gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                            GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                            widget,
                                            gtk_shortcut_get_arguments (shortcut)))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
capture (GtkWidget *widget,
         guint key,
         GdkModifierType modifiers)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return (parent != NULL && capture (parent, key, modifiers)) ||
         press_on (widget, TRUE, key, modifiers);
}

/* What a key does that comes to @widget: what holds it may want the key first, then come its own
 * shortcuts, then those of what holds it. */
static gboolean
press (gpointer widget,
       guint key,
       GdkModifierType modifiers)
{
  if (capture (widget, key, modifiers))
    return TRUE;
  for (GtkWidget *w = widget; w != NULL; w = gtk_widget_get_parent (w))
    if (press_on (w, FALSE, key, modifiers))
      return TRUE;
  return FALSE;
}

static GtkWidget *
get_text_view (RstWindow *window)
{
  RstDocumentView *view = rst_message_view_get_document_view (window->reader->message_view);

  return GTK_WIDGET (rst_document_view_get_text_view (view));
}

static void
find_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkWidget *bar = rst_test_app_find_child (window->reader, RST_TYPE_FIND_BAR);
  GtkWidget *entry = rst_test_app_find_child (bar, GTK_TYPE_SEARCH_ENTRY);
  gboolean is_searching;

  rst_test_app_wait_idle (window);
  show (window, "Two", "other words");

  /* In the reader Ctrl+F searches the message, elsewhere the list. */
  g_assert_true (press (get_text_view (window), GDK_KEY_f, GDK_CONTROL_MASK));
  rst_test_app_wait (gtk_widget_get_mapped, entry);
  g_object_get (window->message_list, "search-mode", &is_searching, NULL);
  g_assert_false (is_searching);
  gtk_editable_set_text (GTK_EDITABLE (entry), "WORDS");
  rst_test_app_wait_text (bar, "1 of 1");

  g_assert_true (press (window->message_list, GDK_KEY_f, GDK_CONTROL_MASK));
  g_object_get (window->message_list, "search-mode", &is_searching, NULL);
  g_assert_true (is_searching);
}

static void
test_find (void)
{
  run_with_mbox (UNNAMED OTHER, find_body);
}

/* Delete in the entry takes a letter away, in the text the message. */
static void
delete_key_body (GtkApplication *application,
                 gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkEditable *entry = rst_test_app_find_child (
      rst_test_app_find_child (window->reader, RST_TYPE_FIND_BAR), GTK_TYPE_SEARCH_ENTRY);

  rst_test_app_wait_idle (window);
  show (window, "Two", "other words");
  rst_reader_find (window->reader);
  rst_test_app_wait (gtk_widget_get_mapped, entry);
  gtk_editable_set_text (entry, "words");
  gtk_editable_set_position (entry, 0);
  g_assert_true (press (gtk_root_get_focus (GTK_ROOT (window)), GDK_KEY_Delete, 0));
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "ords");

  gtk_widget_grab_focus (get_text_view (window));
  g_assert_true (press (get_text_view (window), GDK_KEY_KP_Delete, 0));
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Cancel");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
}

static void
test_delete_key (void)
{
  run_with_mbox (UNNAMED OTHER, delete_key_body);
}

static int
get_zoom (RstWindow *window)
{
  int zoom;

  g_object_get (window->reader, "zoom", &zoom, NULL);
  return zoom;
}

static int
get_line_height (RstWindow *window)
{
  GtkTextView *text_view = GTK_TEXT_VIEW (get_text_view (window));
  GtkTextIter start;
  int y, height;

  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (text_view), &start);
  gtk_text_view_get_line_yrange (text_view, &start, &y, &height);
  return height;
}

typedef struct
{
  RstWindow *window;
  int height;
} Taller;

static gboolean
is_taller (gpointer user_data)
{
  Taller *taller = user_data;

  return get_line_height (taller->window) > taller->height;
}

static void
zoom_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  Taller taller = { window, 0 };

  rst_test_app_wait_idle (window);
  show (window, "Two", "other words");
  taller.height = get_line_height (window);
  for (guint i = 0; i < 40; i++)
    gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.zoom-in", NULL);
  g_assert_cmpint (get_zoom (window), ==, RST_READER_MAX_ZOOM);
  g_assert_cmpint (g_settings_get_int (window->settings, "zoom"), ==, RST_READER_MAX_ZOOM);
  rst_test_app_wait (is_taller, &taller);
  for (guint i = 0; i < 40; i++)
    gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.zoom-out", NULL);
  g_assert_cmpint (get_zoom (window), ==, RST_READER_MIN_ZOOM);
  gtk_widget_activate_action (GTK_WIDGET (window->reader), "reader.zoom-reset", NULL);
  g_assert_cmpint (get_zoom (window), ==, RST_READER_USUAL_ZOOM);
}

static void
test_zoom (void)
{
  run_with_mbox (UNNAMED OTHER, zoom_body);
}

static void
notes_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "One", NULL);
  rst_test_app_wait_text (window->reader, "Really sent from x@evil.example");
  rst_test_app_wait_text (window->reader, "Replies go to ");
  rst_test_app_wait_text (window->reader, "SPF fail");
  rst_test_app_wait_text (window->reader, "1 remote image not loaded");
  rst_test_app_wait_text (window->reader, "The message ends before its last part does.");
}

static void
test_notes (void)
{
  run_with_mbox (FROM_LINE
                 "Authentication-Results: mx.example; spf=fail; dkim=pass\n"
                 "From: \"boss@bank.example\" <x@evil.example>\n"
                 "Reply-To: <other@evil.example>\nSubject: One\n"
                 "Date: Mon, 2 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n"
                 "Content-Type: multipart/mixed; boundary=x\n\n--x\n"
                 "Content-Type: text/html\n\n<p>words<img src=http://x.invalid/1.png>\n\n",
                 notes_body);
}

/* Who reads with the keys of the reader goes on with them in the next message. */
static void
focus_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkWidget *text_view = get_text_view (window);

  rst_test_app_wait_idle (window);
  show (window, "One", "plain words");
  gtk_widget_grab_focus (text_view);
  show (window, "Two", "other words");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == text_view);
}

static void
test_focus (void)
{
  run_with_mbox (FROM_LINE "From: Ada <a@x.org>\nSubject: One\n\nplain words\n\n" FROM_LINE
                           "From: Ada <a@x.org>\nSubject: Two\n\nother words\n\n",
                 focus_body);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/reading/big", test_big);
  g_test_add_func ("/reading/big-stop", test_big_stop);
  g_test_add_func ("/reading/html", test_html);
  g_test_add_func ("/reading/charset", test_charset);
  g_test_add_func ("/reading/big-charset", test_big_charset);
  g_test_add_func ("/reading/charset-menu", test_charset_menu);
  g_test_add_func ("/reading/find", test_find);
  g_test_add_func ("/reading/delete-key", test_delete_key);
  g_test_add_func ("/reading/focus", test_focus);
  g_test_add_func ("/reading/zoom", test_zoom);
  g_test_add_func ("/reading/notes", test_notes);
  return g_test_run ();
}
