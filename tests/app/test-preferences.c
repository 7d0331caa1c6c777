/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/rst-application-private.h"
#include "app/rst-preferences-window.h"
#include "rst-test-app.h"

/* What is chosen in the preferences is what happens. */

static GSettings *
new_settings (void)
{
  return g_settings_new ("io.github.restante.Restante");
}

static gpointer
open_preferences (GtkApplication *application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "preferences", NULL);
  return rst_test_app_find_window (RST_TYPE_PREFERENCES_WINDOW);
}

static void
general_body (GtkApplication *application,
              gpointer user_data)
{
  g_autoptr (GSettings) settings = new_settings ();
  RstWindow *window = rst_test_app_get_window (application);
  gpointer preferences;

  rst_test_app_wait_idle (window);
  g_settings_set_enum (settings, "kept-copies", 2);
  preferences = open_preferences (application);
  g_assert_cmpuint (
      adw_combo_row_get_selected (rst_test_app_find_row (preferences, "Keep Copies")), ==, 2);
  adw_combo_row_set_selected (rst_test_app_find_row (preferences, "Keep Copies"), 0);
  rst_test_app_set_switch (preferences, "Prefer Formatted Text", TRUE);
  rst_test_app_set_number (preferences, "Download Whole, up to MB", 7);
  rst_test_app_set_number (preferences, "Small Messages, up to MB", 3);
  rst_test_app_set_number (preferences, "Days That Copies Are Kept", 90);
  rst_test_app_set_number (preferences, "Space for an Account, in MB", 250);
  g_assert_cmpint (g_settings_get_enum (settings, "kept-copies"), ==, 0);
  g_assert_true (g_settings_get_boolean (settings, "prefer-html"));
  g_assert_cmpuint (g_settings_get_uint (settings, "kept-copies-size"), ==, 3);
  g_assert_cmpuint (g_settings_get_uint (settings, "kept-copies-days"), ==, 90);
  g_assert_cmpuint (g_settings_get_uint (settings, "kept-copies-total"), ==, 250);
  g_assert_cmpuint (rst_mailbox_get_big_size (window->mailbox), ==, 7 * 1000 * 1000);
}

/* What the preferences do not offer no other program can set: copies that go the moment they are
 * made. */
static void
test_ranges (void)
{
  static const char *const keys[] = { "kept-copies-days", "kept-copies-total" };
  g_autoptr (GSettings) settings = new_settings ();
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GSettingsSchemaKey) key = g_settings_schema_get_key (schema, keys[i]);
      g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_uint32 (0));
      g_autoptr (GVariant) one = g_variant_ref_sink (g_variant_new_uint32 (1));

      g_assert_false (g_settings_schema_key_range_check (key, none));
      g_assert_true (g_settings_schema_key_range_check (key, one));
    }
}

static void
interval_body (GtkApplication *gtk_application,
               gpointer user_data)
{
  RstApplication *application = RST_APPLICATION (gtk_application);
  RstWindow *window = rst_test_app_get_window (gtk_application);
  g_autoptr (RstMailbox) mailbox = NULL;
  gpointer preferences;

  rst_test_app_wait_idle (window);
  mailbox = g_object_ref (window->mailbox);
  preferences = open_preferences (gtk_application);
  g_assert_cmpint (rst_test_app_get_number (preferences, "Look for New Mail"), ==, 10);
  rst_test_app_set_number (preferences, "Look for New Mail", 25);
  g_assert_cmpuint (
      rst_background_check_get_delay (g_hash_table_lookup (application->checks, "test")), ==,
      25 * 60 * 1000);
  /* What is open stays as it is. */
  g_assert_true (window->mailbox == mailbox);
}

static gboolean
is_below (RstWindow *window)
{
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (window->paned)) ==
         GTK_ORIENTATION_VERTICAL;
}

static void
appearance_body (GtkApplication *application,
                 gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  AdwStyleManager *style = adw_style_manager_get_default ();
  gpointer preferences;

  rst_test_app_wait_idle (window);
  preferences = open_preferences (application);
  g_assert_false (adw_style_manager_get_dark (style));
  adw_combo_row_set_selected (rst_test_app_find_row (preferences, "Style"), 2);
  g_assert_true (adw_style_manager_get_dark (style));
  adw_combo_row_set_selected (rst_test_app_find_row (preferences, "Style"), 1);
  g_assert_false (adw_style_manager_get_dark (style));
  adw_combo_row_set_selected (rst_test_app_find_row (preferences, "Message"), 1);
  rst_test_app_wait (is_below, window);
}

/* The style is that of all windows: the demo's, which has settings of its own, changes nothing. */
static void
demo_style_body (GtkApplication *application,
                 gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  AdwStyleManager *style = adw_style_manager_get_default ();

  rst_test_app_wait_idle (window);
  g_settings_set_string (window->settings, "style", "force-dark");
  g_action_group_activate_action (G_ACTION_GROUP (application), "demo", NULL);
  rst_test_app_wait_idle (gtk_application_get_windows (application)->data);
  g_assert_true (adw_style_manager_get_dark (style));
  g_settings_reset (window->settings, "style");
  g_assert_false (adw_style_manager_get_dark (style));
}

static void
activate_delete (RstWindow *window)
{
  rst_test_app_wait_idle (window);
  rst_test_app_activate (window, "delete");
}

/* Whoever does not want to be asked is not, but for what would go without the copy that is wanted.
 */
static void
no_question_body (GtkApplication *application,
                  gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer preferences;

  rst_test_app_wait_idle (window);
  preferences = open_preferences (application);
  rst_test_app_set_switch (preferences, "Ask Before Deleting", FALSE);
  rst_test_app_select (window, "Subject 1", NULL);
  activate_delete (window);
  rst_test_app_wait_text (window, "1 message deleted");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 4);

  /* Nothing is small, and of two only one was read. */
  rst_test_app_set_number (preferences, "Small Messages, up to MB", 0);
  gtk_window_destroy (preferences);
  rst_test_app_select (window, "Subject 2", "Subject 3", NULL);
  activate_delete (window);
  rst_test_app_wait_text (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "No copy is kept");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Cancel");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 4);
}

static void
test_body (gconstpointer data)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, (RstTestBody)data, server), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_data_func ("/preferences/no-question", no_question_body, test_body);
  g_test_add_data_func ("/preferences/general", general_body, test_body);
  g_test_add_func ("/preferences/ranges", test_ranges);
  g_test_add_data_func ("/preferences/interval", interval_body, test_body);
  g_test_add_data_func ("/preferences/appearance", appearance_body, test_body);
  g_test_add_data_func ("/preferences/demo-style", demo_style_body, test_body);

  return g_test_run ();
}
