/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "app/rst-account-dialog.h"
#include "app/rst-certificate-dialog.h"
#include "app/rst-password-dialog.h"
#include "lib/fake-resolver.h"
#include "lib/rst-test-certificate.h"
#include "rst-test-app.h"

static char *
read_accounts_file (void)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);
  return g_steal_pointer (&contents);
}

static void
fill_in (gpointer dialog,
         RstDemoServer *server)
{
  rst_test_app_set_text (dialog, "Server", " 127.0.0.1 ");
  rst_test_app_set_text (dialog, "User Name", "demo");
  adw_combo_row_set_selected (rst_test_app_find_row (dialog, "Security"), RST_POP3_SECURITY_NONE);
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Do Without");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpint (rst_test_app_get_number (dialog, "Port"), ==, 110);
  rst_test_app_set_number (dialog, "Port", rst_demo_server_get_port (server));
}

static void
sign_in (gpointer dialog)
{
  gpointer password_dialog;

  rst_test_app_click (dialog, "_Test");
  password_dialog = rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG);
  gtk_editable_set_text (rst_test_app_find_child (password_dialog, GTK_TYPE_PASSWORD_ENTRY),
                         "demo");
  rst_test_app_click (password_dialog, "_Sign In");
  rst_test_app_wait_closed (RST_TYPE_PASSWORD_DIALOG);
}

static void
first_run_body (GtkApplication *application,
                gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_wait_text (window, "Welcome to Restante");
  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  g_assert_false (gtk_widget_is_sensitive (rst_test_app_find_button (dialog, "_Add")));
  fill_in (dialog, server);
  rst_test_app_wait_text (dialog, "Without encryption");

  sign_in (dialog);
  rst_test_app_wait_text (dialog, "Signed in. There are 5 messages on the server.");
  rst_test_app_wait_text (dialog, "Encryption: none");
  rst_test_app_wait_text (dialog, "Unique ids (UIDL): yes");
  g_assert_nonnull (rst_test_app_find_button (dialog, "C_opy the Session Log"));

  /* The password is not asked for a second time. */
  rst_test_app_click (dialog, "_Add");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "RETR"), ==, 0);
}

static void
test_first_run (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);
  g_autofree char *contents = NULL;

  g_assert_cmpint (rst_test_app_run (NULL, first_run_body, server), ==, 0);
  contents = read_accounts_file ();
  g_assert_nonnull (strstr (contents, "host=127.0.0.1\n"));
  g_assert_nonnull (strstr (contents, "security=none\n"));
  g_assert_nonnull (strstr (contents, "user=demo\n"));
}

static void
failed_test_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  fill_in (dialog, user_data);
  /* TLS from the first byte on a port in the clear. */
  adw_combo_row_set_selected (rst_test_app_find_row (dialog, "Security"), RST_POP3_SECURITY_TLS);
  rst_test_app_click (dialog, "_Test");
  rst_test_app_wait_text (dialog, "TLS");
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_closed (RST_TYPE_ACCOUNT_DIALOG);
}

static void
test_failed_test (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (1);

  g_assert_cmpint (rst_test_app_run (NULL, failed_test_body, server), ==, 0);
  g_assert_null (read_accounts_file ());
}

/* Who does not want to do without encryption after all has what was chosen before. */
static void
keep_encryption_body (GtkApplication *application,
                      gpointer user_data)
{
  static const struct
  {
    RstPop3Security security;
    int port;
  } choices[] = {
    { RST_POP3_SECURITY_TLS, 995 },
    { RST_POP3_SECURITY_TLS, 110 },
    { RST_POP3_SECURITY_STARTTLS, 110 },
    { RST_POP3_SECURITY_STARTTLS, 1110 },
  };
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog, security_row;

  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  security_row = rst_test_app_find_row (dialog, "Security");
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      adw_combo_row_set_selected (security_row, choices[i].security);
      rst_test_app_set_number (dialog, "Port", choices[i].port);
      adw_combo_row_set_selected (security_row, RST_POP3_SECURITY_NONE);
      rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Cancel");
      rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
      g_assert_cmpuint (adw_combo_row_get_selected (security_row), ==, choices[i].security);
      g_assert_cmpint (rst_test_app_get_number (dialog, "Port"), ==, choices[i].port);
    }
}

static void
test_keep_encryption (void)
{
  g_assert_cmpint (rst_test_app_run (NULL, keep_encryption_body, NULL), ==, 0);
}

/* A provider of the table: nothing is asked of the network. */
static void
find_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_set_text (dialog, "E-Mail Address", "alice@gmail.com");
  rst_test_app_click (dialog, "_Find the Server");
  rst_test_app_wait_text (dialog, "from the provider list");
  rst_test_app_wait_text (dialog, "Gmail wants an app password");
  g_assert_cmpstr (rst_test_app_get_text (dialog, "Server"), ==, "pop.gmail.com");
  g_assert_cmpstr (rst_test_app_get_text (dialog, "User Name"), ==, "alice@gmail.com");
  g_assert_cmpint (rst_test_app_get_number (dialog, "Port"), ==, 995);

  rst_test_app_set_text (dialog, "E-Mail Address", "alice@proton.me");
  rst_test_app_click (dialog, "_Find the Server");
  rst_test_app_wait_text (dialog, "Proton Mail has no POP3 server");
  rst_test_app_set_text (dialog, "E-Mail Address", "alice@");
  rst_test_app_click (dialog, "_Find the Server");
  rst_test_app_wait_text (dialog, "no e-mail address");
}

static void
test_find (void)
{
  g_assert_cmpint (rst_test_app_run (NULL, find_body, NULL), ==, 0);
}

/* What the DNS of the domain names, all the way to the mail. */
static void
find_by_dns_body (GtkApplication *application,
                  gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_set_text (dialog, "E-Mail Address", "demo@example.test");
  rst_test_app_click (dialog, "_Find the Server");
  rst_test_app_wait_text (dialog, "from the domain’s DNS (SRV)");
  g_assert_cmpstr (rst_test_app_get_text (dialog, "Server"), ==, "pop.example.test");
  g_assert_cmpint (rst_test_app_get_number (dialog, "Port"), ==,
                   rst_demo_server_get_tls_port (server));
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "USER"), ==, 0);

  rst_test_app_set_text (dialog, "User Name", "demo");
  sign_in (dialog);
  rst_test_app_wait_text (dialog, "Encryption: TLS");
  rst_test_app_click (dialog, "_Add");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

static void
test_find_by_dns (void)
{
  static const char *const names[] = { "pop.example.test", NULL };
  g_autoptr (FakeResolver) resolver = fake_resolver_install ();
  g_autoptr (RstTestCertificate) certificate = rst_test_certificate_new_for_names (names);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (certificate->ca_file, NULL);
  g_autoptr (RstDemoServer) server = rst_demo_server_new ();
  g_autoptr (GError) error = NULL;

  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  rst_demo_server_set_certificate (server, certificate->certificate);
  rst_demo_server_add_synthetic (server, 5);
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  fake_resolver_add_host (resolver, "pop.example.test", "127.0.0.1");
  fake_resolver_add_service (resolver, "_pop3s._tcp.example.test", "pop.example.test",
                             rst_demo_server_get_tls_port (server), 0);
  g_assert_cmpint (rst_test_app_run (NULL, find_by_dns_body, server), ==, 0);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
}

static char *
dup_entered_pin (gpointer dialog)
{
  g_autoptr (RstAccount) account = rst_account_dialog_dup_account (dialog);

  return g_strdup (account->certificate_pin);
}

/* A certificate that nobody vouches for is trusted before the account is there at all. */
static void
trust_body (GtkApplication *application,
            gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *pin = NULL;
  g_autofree char *other = NULL;
  gpointer dialog;

  rst_test_app_click (window, "_Add an Account…");
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_set_text (dialog, "Server", "127.0.0.1");
  rst_test_app_set_text (dialog, "User Name", "demo");
  rst_test_app_set_number (dialog, "Port", rst_demo_server_get_tls_port (server));
  g_assert_null (rst_test_app_find_button (dialog, "C_ertificate…"));
  sign_in (dialog);
  rst_test_app_wait_text (dialog, "not trusted");
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);
  rst_test_app_click (dialog, "C_ertificate…");
  rst_test_app_click (rst_test_app_find_window (RST_TYPE_CERTIFICATE_DIALOG), "_Trust");
  rst_test_app_wait_closed (RST_TYPE_CERTIFICATE_DIALOG);
  rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG);
  rst_test_app_click (rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG), "_Cancel");
  rst_test_app_wait_closed (RST_TYPE_PASSWORD_DIALOG);
  sign_in (dialog);
  rst_test_app_wait_text (dialog, "Signed in. There are 5 messages on the server.");
  g_assert_null (rst_test_app_find_button (dialog, "C_ertificate…"));

  /* It is this server that is trusted, and no other. */
  pin = dup_entered_pin (dialog);
  g_assert_nonnull (pin);
  rst_test_app_set_text (dialog, "Server", "127.0.0.2");
  other = dup_entered_pin (dialog);
  g_assert_null (other);
  rst_test_app_set_text (dialog, "Server", " [127.0.0.1] ");
  rst_test_app_click (dialog, "_Add");
}

static void
test_trust (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);
  g_autofree char *contents = NULL;

  g_assert_cmpint (rst_test_app_run (NULL, trust_body, server), ==, 0);
  contents = read_accounts_file ();
  g_assert_nonnull (strstr (contents, "certificate-pin="));
}

static void
edit_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_wait_idle (window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "account-settings", NULL);
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_set_text (dialog, "Account Name (Optional)", "Another name");
  rst_test_app_set_number (dialog, "Look for New Mail", 25);
  rst_test_app_set_number (dialog, "Load the Newest Messages", 400);
  rst_test_app_set_number (dialog, "Wait for the Server", 40);
  rst_test_app_set_switch (dialog, "Ask for Headers Alone", FALSE);
  rst_test_app_set_text (dialog, "Program That Prints the Password", "print 'demo");
  g_assert_false (gtk_widget_is_sensitive (rst_test_app_find_button (dialog, "_Save")));
  rst_test_app_set_text (dialog, "Program That Prints the Password", " print demo ");
  rst_test_app_click (dialog, "_Save");
  rst_test_app_wait_closed (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_wait_text (window, "Another name");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_true (rst_test_app_get_window (application) == window);
}

static void
test_edit (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);
  g_autofree char *contents = NULL;

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, edit_body, server), ==, 0);
  contents = read_accounts_file ();
  g_assert_nonnull (strstr (contents, "[test]\n"));
  g_assert_nonnull (strstr (contents, "name=Another name\n"));
  g_assert_nonnull (strstr (contents, "check-interval=25\n"));
  g_assert_nonnull (strstr (contents, "fetch-limit=400\n"));
  g_assert_nonnull (strstr (contents, "timeout=40\n"));
  g_assert_nonnull (strstr (contents, "has-top=false\n"));
  g_assert_nonnull (strstr (contents, "password-command=print demo\n"));
  g_assert_null (strstr (contents, "token-command"));
  /* What the dialog does not show is kept. */
  g_assert_nonnull (strstr (contents, "certificate-pin="));
  g_assert_nonnull (strstr (contents, "password-file="));
}

#define BROKEN "[work]\nhost=pop.example.org\nthis is no setting\n"

static void
broken_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = rst_accounts_file_dup_default_path ();

  rst_test_app_wait_text (window, "The Account Settings Cannot Be Read");
  rst_test_app_wait_text (window, path);
  rst_test_app_wait_text (window, "3");
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (application), "add-account"));

  rst_test_app_write_accounts_file ("");
  rst_test_app_click (window, "_Try Again");
  rst_test_app_wait_text (window, "Welcome to Restante");
  g_assert_true (g_action_group_get_action_enabled (G_ACTION_GROUP (application), "add-account"));
  rst_test_app_write_accounts_file (BROKEN);
}

static void
test_broken (void)
{
  g_autofree char *contents = NULL;

  rst_test_app_write_accounts_file (BROKEN);
  g_assert_cmpint (rst_test_app_run (NULL, broken_body, NULL), ==, 0);
  contents = read_accounts_file ();
  g_assert_cmpstr (contents, ==, BROKEN);
}

static void
test_no_such_account (void)
{
  if (g_test_subprocess ())
    {
      exit (rst_test_app_run ("--account=nobody", NULL, NULL));
      return;
    }

  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*no account “nobody”*");
}

static void
demo_body (GtkApplication *application,
           gpointer user_data)
{
  char **folder = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  RstAccount *account = rst_window_get_account (window);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  *folder = g_strdup (account->state_folder);
  rst_test_app_wait_text (window, "In sync");
  rst_test_app_wait_idle (window);
  g_assert_true (g_file_test (*folder, G_FILE_TEST_IS_DIR));
  g_assert_false (
      g_action_group_get_action_enabled (G_ACTION_GROUP (window), "account-settings"));
  before = rst_test_app_dup_subjects (window);

  g_action_group_activate_action (G_ACTION_GROUP (window), "simulate", NULL);
  g_action_group_activate_action (G_ACTION_GROUP (window), "refresh", NULL);
  rst_test_app_wait_text (window, "gone");
  rst_test_app_wait_idle (window);
  after = rst_test_app_dup_subjects (window);
  g_assert_cmpstr (after, !=, before);

  g_action_group_activate_action (G_ACTION_GROUP (application), "demo", NULL);
  g_assert_true (rst_test_app_get_window (application) == window);
}

static void
test_demo (void)
{
  g_autofree char *folder = NULL;
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "restante", NULL);

  g_assert_cmpint (rst_test_app_run ("--demo", demo_body, &folder), ==, 0);
  /* It leaves nothing behind, and nothing in the user's folders. */
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (cache, G_FILE_TEST_EXISTS));
  g_assert_null (read_accounts_file ());
}

static gboolean
shows_test_server (GtkApplication *application)
{
  GList *windows = gtk_application_get_windows (application);

  for (GList *l = windows; l != NULL; l = l->next)
    {
      RstAccount *account = RST_IS_WINDOW (l->data) ? rst_window_get_account (l->data) : NULL;

      if (account != NULL && account->state_folder == NULL)
        return TRUE;
    }
  return FALSE;
}

static void
demo_add_body (GtkApplication *application,
               gpointer user_data)
{
  gpointer dialog;

  g_action_group_activate_action (G_ACTION_GROUP (application), "add-account", NULL);
  dialog = rst_test_app_find_window (RST_TYPE_ACCOUNT_DIALOG);
  fill_in (dialog, user_data);
  rst_test_app_click (dialog, "_Add");
  rst_test_app_wait_closed (RST_TYPE_ACCOUNT_DIALOG);
  rst_test_app_wait (shows_test_server, application);
  gtk_window_destroy (rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG));
}

/* Who likes the demo adds an account there. */
static void
test_demo_add (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (1);
  g_autofree char *contents = NULL;

  rst_test_app_write_accounts_file ("[127.0.0.1]\nhost=pop.example.org\nuser=other\n");
  g_assert_cmpint (rst_test_app_run ("--demo", demo_add_body, server), ==, 0);
  contents = read_accounts_file ();
  g_assert_nonnull (strstr (contents, "user=other\n"));
  g_assert_nonnull (strstr (contents, "user=demo\n"));
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/accounts/first-run", test_first_run);
  g_test_add_func ("/accounts/failed-test", test_failed_test);
  g_test_add_func ("/accounts/keep-encryption", test_keep_encryption);
  g_test_add_func ("/accounts/find", test_find);
  g_test_add_func ("/accounts/find-by-dns", test_find_by_dns);
  g_test_add_func ("/accounts/trust", test_trust);
  g_test_add_func ("/accounts/edit", test_edit);
  g_test_add_func ("/accounts/broken", test_broken);
  g_test_add_func ("/accounts/no-such-account", test_no_such_account);
  g_test_add_func ("/accounts/demo", test_demo);
  g_test_add_func ("/accounts/demo-add", test_demo_add);
  return g_test_run ();
}
