/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-accounts-file.h"
#include "app/rst-application.h"
#include "app/rst-certificate-dialog.h"
#include "lib/rst-test-certificate.h"
#include "rst-test-app.h"

/* What a user meets when a server shows a certificate that nobody vouches for. */

static RstDemoServer *
create_server (RstTestCertificate *certificate)
{
  RstDemoServer *server = rst_demo_server_new ();
  g_autoptr (GError) error = NULL;

  rst_demo_server_set_certificate (server, certificate->certificate);
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

static void
write_account (RstDemoServer *server,
               const char *pin)
{
  g_autofree char *pin_line = pin != NULL ? g_strdup_printf ("certificate-pin=%s\n", pin) : NULL;
  g_autofree char *password_file = g_build_filename (g_get_user_config_dir (), "password", NULL);
  g_autofree char *text = g_strdup_printf ("[test]\nhost=127.0.0.1\nport=%u\nuser=demo\n"
                                           "password-file=%s\n%s",
                                           rst_demo_server_get_tls_port (server), password_file,
                                           pin_line != NULL ? pin_line : "");

  rst_test_app_write_accounts_file (text);
  g_assert_true (g_file_set_contents (password_file, "demo", -1, NULL));
}

static char *
dup_pin (void)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (RstAccountsFile) file = rst_accounts_file_load (path, NULL);

  return g_strdup (rst_accounts_file_find (file, "test")->certificate_pin);
}

static void
trust_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  const char *words = user_data;
  gpointer dialog;

  rst_test_app_wait_text (window, "No Secure Connection");
  rst_test_app_click (window, "C_ertificate…");
  dialog = rst_test_app_find_window (RST_TYPE_CERTIFICATE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  rst_test_app_wait_text (dialog, words);
  rst_test_app_wait_text (
      dialog, rst_certificate_dialog_get_certificate (dialog)->fingerprint);
  rst_test_app_wait_text (dialog, rst_certificate_dialog_get_certificate (dialog)->subject);
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_closed (RST_TYPE_CERTIFICATE_DIALOG);
  rst_test_app_wait_text (window, "No Secure Connection");

  rst_test_app_click (window, "C_ertificate…");
  rst_test_app_click (rst_test_app_find_window (RST_TYPE_CERTIFICATE_DIALOG), "_Trust");
  rst_test_app_wait_text (window, "No Messages");
}

static void
trusted_body (GtkApplication *application,
              gpointer user_data)
{
  rst_test_app_wait_text (rst_test_app_get_window (application), "No Messages");
}

typedef struct
{
  RstTestCertificateFaults faults;
  const char *words;
} Row;

static void
test_trust (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (RstTestCertificate) certificate = rst_test_certificate_new (row->faults);
  g_autoptr (RstDemoServer) server = create_server (certificate);
  g_autoptr (RstPop3Certificate) seen =
      rst_pop3_certificate_new (certificate->certificate, 0, NULL);
  g_autofree char *pin = NULL;

  write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, trust_body, (gpointer)row->words), ==, 0);
  pin = dup_pin ();
  g_assert_true (rst_pop3_certificate_matches (seen, pin));
  g_assert_cmpint (rst_test_app_run (NULL, trusted_body, NULL), ==, 0);
}

static gboolean
is_elsewhere (gpointer window)
{
  return g_str_equal (rst_window_get_account (window)->host, "localhost");
}

static void
other_server_body (GtkApplication *application,
                   gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (RstAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  gpointer dialog;

  rst_test_app_wait_text (window, "No Secure Connection");
  rst_test_app_wait_idle (window);
  rst_test_app_click (window, "C_ertificate…");
  dialog = rst_test_app_find_window (RST_TYPE_CERTIFICATE_DIALOG);
  account = rst_account_copy (rst_window_get_account (window));
  g_free (account->host);
  account->host = g_strdup ("localhost");
  rst_application_change_account (RST_APPLICATION (application), account, &error);
  g_assert_no_error (error);
  rst_test_app_wait (is_elsewhere, window);
  rst_test_app_click (dialog, "_Trust");
  rst_test_app_wait_closed (RST_TYPE_CERTIFICATE_DIALOG);
  rst_test_app_wait_text (window, "No Secure Connection");
}

/* What was asked about one server is no answer about another, which the account has by then. */
static void
test_other_server (void)
{
  g_autoptr (RstTestCertificate) certificate = rst_test_certificate_new (0);
  g_autoptr (RstDemoServer) server = create_server (certificate);
  g_autofree char *pin = NULL;

  write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, other_server_body, NULL), ==, 0);
  pin = dup_pin ();
  g_assert_null (pin);
}

static void
changed_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  const char *pin = user_data;
  gpointer dialog;

  /* Both fingerprints. */
  rst_test_app_wait_text (window, pin);
  rst_test_app_click (window, "C_ertificate…");
  dialog = rst_test_app_find_window (RST_TYPE_CERTIFICATE_DIALOG);
  rst_test_app_wait_text (dialog, "The Server’s Certificate Has Changed");
  rst_test_app_wait_text (dialog, pin);
  rst_test_app_wait_text (window, rst_certificate_dialog_get_certificate (dialog)->fingerprint);
  rst_test_app_wait_text (dialog, rst_certificate_dialog_get_certificate (dialog)->fingerprint);
}

/* The pin is for one certificate: a new one of the same server is refused until it is trusted. */
static void
test_changed (void)
{
  g_autoptr (RstTestCertificate) old = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
  g_autoptr (RstTestCertificate) new = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
  g_autoptr (RstPop3Certificate) shown = rst_pop3_certificate_new (old->certificate, 0, NULL);
  g_autoptr (RstDemoServer) server = create_server (new);
  g_autofree char *pin = NULL;

  write_account (server, shown->fingerprint);
  g_assert_cmpint (rst_test_app_run (NULL, changed_body, shown->fingerprint), ==, 0);
  pin = dup_pin ();
  g_assert_cmpstr (pin, ==, shown->fingerprint);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);
}

static gboolean
is_told (gpointer user_data)
{
  return rst_notice_get_text (RST_WINDOW (user_data)->notice) != NULL;
}

static void
warning_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait (is_told, window);
  rst_test_app_wait_notice (window, "The certificate of 127.0.0.1");
  rst_test_app_wait_notice (window, "expires on");

  /* Once a day. */
  rst_notice_dismiss (window->notice);
  g_assert_null (rst_notice_get_text (window->notice));
  g_action_group_activate_action (G_ACTION_GROUP (window), "refresh", NULL);
  rst_test_app_wait_idle (window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_null (rst_notice_get_text (window->notice));
}

/* The test's certificates run out in ten days. */
static void
test_warning (void)
{
  g_autoptr (RstTestCertificate) certificate =
      rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
  g_autoptr (RstDemoServer) server = create_server (certificate);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.restante.Restante");

  /* In one process, the tests before this one have warned too. */
  g_settings_reset (settings, "certificate-warnings");
  write_account (server, certificate->pin);
  g_assert_cmpint (rst_test_app_run (NULL, warning_body, NULL), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    Row row;
  } tests[] = {
    { "/certificates/unknown", { RST_TEST_CERTIFICATE_GOOD, "not issued by a known authority" } },
    { "/certificates/expired", { RST_TEST_CERTIFICATE_EXPIRED, "it has expired" } },
    { "/certificates/not-yet", { RST_TEST_CERTIFICATE_NOT_YET, "it is not valid yet" } },
    { "/certificates/name", { RST_TEST_CERTIFICATE_OTHER_NAME, "a server of another name" } },
  };
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].row, test_trust);
  g_test_add_func ("/certificates/changed", test_changed);
  g_test_add_func ("/certificates/warning", test_warning);
  g_test_add_func ("/certificates/other-server", test_other_server);
  return g_test_run ();
}
