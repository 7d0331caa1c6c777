/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-dovecot-auth"

#include "config.h"

#include <string.h>

#include "dovecot-server.h"
#include "pop3/rst-pop3-error.h"
#include "pop3/rst-pop3-session.h"

static DovecotServer *server;

typedef struct
{
  const char *name;
  const char *user;
  const char *password;
  RstPop3Security security;
  RstPop3Auth auth;
  /* what the client has to send, %NULL when it must be refused */
  const char *command;
} Row;

#define ALL(name, auth, command)                                                                  \
  { name "/tls", "alice", DOVECOT_PASSWORD, RST_POP3_SECURITY_TLS, auth, command },               \
      { name "/starttls", "alice", DOVECOT_PASSWORD, RST_POP3_SECURITY_STARTTLS, auth, command }, \
      { name "/none", "alice", DOVECOT_PASSWORD, RST_POP3_SECURITY_NONE, auth, command },         \
  {                                                                                               \
    name "/refused", "alice", "wrong", RST_POP3_SECURITY_TLS, auth, NULL                          \
  }

static const Row rows[] = {
  ALL ("auto", RST_POP3_AUTH_AUTOMATIC, "AUTH SCRAM-SHA-256 ***"),
  ALL ("scram-sha-256", RST_POP3_AUTH_SCRAM_SHA_256, "AUTH SCRAM-SHA-256 ***"),
  ALL ("scram-sha-1", RST_POP3_AUTH_SCRAM_SHA_1, "AUTH SCRAM-SHA-1 ***"),
  ALL ("cram-md5", RST_POP3_AUTH_CRAM_MD5, "AUTH CRAM-MD5"),
  ALL ("plain", RST_POP3_AUTH_PLAIN, "AUTH PLAIN ***"),
  ALL ("login", RST_POP3_AUTH_LOGIN, "AUTH LOGIN"),
  ALL ("password", RST_POP3_AUTH_PASSWORD, "PASS ***"),
  /* Its challenge comes in the clear, so it is gone after STLS. */
  { "apop/tls", "alice", DOVECOT_PASSWORD, RST_POP3_SECURITY_TLS, RST_POP3_AUTH_APOP,
    "APOP alice ***" },
  { "apop/none", "alice", DOVECOT_PASSWORD, RST_POP3_SECURITY_NONE, RST_POP3_AUTH_APOP,
    "APOP alice ***" },
  { "apop/refused", "alice", "wrong", RST_POP3_SECURITY_TLS, RST_POP3_AUTH_APOP, NULL },
};

static void
trace_cb (gboolean is_sent,
          const char *line,
          gpointer user_data)
{
  g_string_append_printf (user_data, "%s%s\n", is_sent ? "C: " : "S: ", line);
}

/* Every way to sign in lets the right password in and the wrong one not, and neither is shown. */
static void
test_row (gconstpointer data)
{
  const Row *row = data;
  gboolean is_tls = row->security == RST_POP3_SECURITY_TLS;
  g_autoptr (GString) trace = g_string_new (NULL);
  RstPop3Server where = {
    .host = "127.0.0.1",
    .port = is_tls ? dovecot_server_get_tls_port (server) : dovecot_server_get_port (server),
    .security = row->security,
    .ca_file = dovecot_server_get_ca_file (server),
    .auth = row->auth,
    .trace = trace_cb,
    .trace_data = trace,
  };
  g_autoptr (RstPop3Session) session = NULL;
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  session = rst_pop3_session_open (&where, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_sign_in (session, row->user, row->password, &listing, NULL, &error);
  if (row->command != NULL)
    {
      g_assert_no_error (error);
      g_assert_nonnull (strstr (trace->str, row->command));
      g_assert_cmpuint (rst_pop3_listing_get_n_rows (listing), ==, 0);
    }
  else
    g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_null (strstr (trace->str, row->password));
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (Maildir) inbox = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  server = dovecot_server_new ("plain login cram-md5 scram-sha-1 scram-sha-256 apop");
  inbox = dovecot_server_add_user (server, "alice");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dovecot/auth/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  status = g_test_run ();
  dovecot_server_free (server);
  return status;
}
