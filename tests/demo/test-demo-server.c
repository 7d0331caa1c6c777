/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-demo-server"

#include "config.h"

#include <string.h>

#include "raw-client.h"

#define N_MANY 5000

static void
test_login (void)
{
  g_autoptr (RstDemoServer) server = make_server (3);
  g_autoptr (RawClient) client = raw_client_new (rst_demo_server_get_port (server));

  raw_client_play (client,
                   "S: +OK Poste restante at your service\n"
                   "C: STAT\n"
                   "S: -ERR *\n"
                   "C: PASS demo\n"
                   "S: -ERR *\n"
                   "C: user demo\n"
                   "S: +OK *\n"
                   "C: PASS wrong\n"
                   "S: -ERR [AUTH] *\n");
}

static void
test_listing (void)
{
  g_autoptr (RstDemoServer) server = make_server (3);
  g_autoptr (RawClient) client = raw_client_open (server);

  raw_client_play (client,
                   "C: STAT\n"
                   "S: +OK 3 402\n"
                   "C: LIST\n"
                   "S: +OK *\n"
                   "S: 1 134\n"
                   "S: 2 134\n"
                   "S: 3 134\n"
                   "S: .\n"
                   "C: LIST 2\n"
                   "S: +OK 2 134\n"
                   "C: LIST 4\n"
                   "S: -ERR *\n"
                   "C: UIDL\n"
                   "S: +OK *\n"
                   "S: 1 uid-1\n"
                   "S: 2 uid-2\n"
                   "S: 3 uid-3\n"
                   "S: .\n"
                   "C: UIDL 3\n"
                   "S: +OK 3 uid-3\n"
                   "C: NOOP\n"
                   "S: +OK *\n"
                   "C: USER demo\n"
                   "S: -ERR *\n"
                   "C: FETCH 1\n"
                   "S: -ERR *\n"
                   "C: LIST 0\n"
                   "S: -ERR *\n"
                   "C: LIST 99999999999999999999\n"
                   "S: -ERR *\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
}

/* TOP and RETR, with lines that begin with a dot, and headers without a body. */
static void
test_messages (void)
{
  static const char text[] = ".Subject: dots\r\n"
                             "\n"
                             ".\n"
                             "..two\r\n"
                             "three\n"
                             "no line end";
  g_autoptr (RstDemoServer) server = make_server (0);
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) header = g_bytes_new_static ("Subject: no body", 16);
  g_autoptr (GBytes) body = g_bytes_new_static ("\nno header\n", 11);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (RawClient) client = NULL;

  rst_demo_server_add_message (server, message, NULL);
  rst_demo_server_add_message (server, header, NULL);
  rst_demo_server_add_message (server, body, NULL);
  rst_demo_server_add_message (server, nothing, NULL);
  client = raw_client_open (server);
  raw_client_play (client,
                   "C: RETR 1\n"
                   "S: +OK *\n"
                   "S: ..Subject: dots\n"
                   "S: \n"
                   "S: ..\n"
                   "S: ...two\n"
                   "S: three\n"
                   "S: no line end\n"
                   "S: .\n"
                   "C: TOP 1 0\n"
                   "S: +OK *\n"
                   "S: ..Subject: dots\n"
                   "S: \n"
                   "S: .\n"
                   "C: TOP 1 2\n"
                   "S: +OK *\n"
                   "S: ..Subject: dots\n"
                   "S: \n"
                   "S: ..\n"
                   "S: ...two\n"
                   "S: .\n"
                   "C: TOP 2 5\n"
                   "S: +OK *\n"
                   "S: Subject: no body\n"
                   "S: .\n"
                   "C: TOP 3 0\n"
                   "S: +OK *\n"
                   "S: \n"
                   "S: .\n"
                   "C: RETR 4\n"
                   "S: +OK *\n"
                   "S: .\n"
                   "C: TOP 1\n"
                   "S: -ERR *\n"
                   "C: RETR 5\n"
                   "S: -ERR *\n"
                   "C: RETR\n"
                   "S: -ERR *\n");
}

/* Nothing is removed before QUIT, and nothing without it. */
static void
test_delete (void)
{
  g_autoptr (RstDemoServer) server = make_server (5);
  g_autoptr (RawClient) client = raw_client_open (server);
  g_autoptr (RawClient) second = NULL;

  raw_client_play (client,
                   "C: DELE 2\n"
                   "S: +OK *\n"
                   "C: DELE 4\n"
                   "S: +OK *\n"
                   "C: DELE 4\n"
                   "S: -ERR *\n"
                   "C: RETR 4\n"
                   "S: -ERR *\n"
                   "C: TOP 4 0\n"
                   "S: -ERR *\n"
                   "C: LIST 4\n"
                   "S: -ERR *\n"
                   "C: UIDL\n"
                   "S: +OK *\n"
                   "S: 1 uid-1\n"
                   "S: 3 uid-3\n"
                   "S: 5 uid-5\n"
                   "S: .\n");
  assert_uids (server, "uid-1 uid-2 uid-3 uid-4 uid-5");
  raw_client_free (g_steal_pointer (&client));
  second = raw_client_open (server);
  raw_client_play (second,
                   "C: DELE 1\n"
                   "S: +OK *\n"
                   "C: RSET\n"
                   "S: +OK *\n"
                   "C: DELE 5\n"
                   "S: +OK *\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
  assert_uids (server, "uid-1 uid-2 uid-3 uid-4");
}

/* The maildrop is not locked, and each session keeps its numbers. */
static void
test_numbering (void)
{
  g_autoptr (RstDemoServer) server = make_server (4);
  g_autoptr (RawClient) first = raw_client_open (server);
  g_autoptr (RawClient) second = raw_client_open (server);
  g_autoptr (RawClient) third = NULL;
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: new\n\n", 14);

  raw_client_play (first,
                   "C: DELE 1\n"
                   "S: +OK *\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
  rst_demo_server_add_message (server, message, "uid-5");
  rst_demo_server_move_message (server, 3, 0);
  assert_uids (server, "uid-5 uid-2 uid-3 uid-4");
  raw_client_play (second,
                   "C: RETR 1\n"
                   "S: -ERR *\n"
                   "C: DELE 1\n"
                   "S: -ERR *\n"
                   "C: TOP 2 0\n"
                   "S: +OK *\n"
                   "…\n"
                   "S: Subject: Number 2\n"
                   "S: \n"
                   "S: .\n"
                   "C: DELE 2\n"
                   "S: +OK *\n"
                   "C: UIDL 5\n"
                   "S: -ERR *\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
  assert_uids (server, "uid-5 uid-3 uid-4");
  third = raw_client_open (server);
  raw_client_play (third,
                   "C: UIDL 1\n"
                   "S: +OK 1 uid-5\n");
}

static void
test_capabilities (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = raw_client_new (rst_demo_server_get_port (server));

  raw_client_play (client,
                   "S: +OK *\n"
                   "C: CAPA\n"
                   "S: +OK *\n"
                   "S: USER\n"
                   "S: RESP-CODES\n"
                   "S: AUTH-RESP-CODE\n"
                   "S: EXPIRE NEVER\n"
                   "S: PIPELINING\n"
                   "S: TOP\n"
                   "S: UIDL\n"
                   "S: UTF8\n"
                   "S: STLS\n"
                   "S: IMPLEMENTATION *\n"
                   "S: .\n");
  /* What is sent in the clear after STLS is thrown away. */
  raw_client_send (client, "STLS\r\nUSER demo\r\n");
  raw_client_play (client, "S: +OK *\n");
  raw_client_start_tls (client, server);
  raw_client_play (client,
                   "C: PASS demo\n"
                   "S: -ERR *\n"
                   "C: STLS\n"
                   "S: -ERR *\n"
                   "C: CAPA\n"
                   "…\n"
                   "S: UTF8\n"
                   "S: IMPLEMENTATION *\n"
                   "S: .\n"
                   "C: UTF8\n"
                   "S: +OK *\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
}

static void
test_tls (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = raw_client_new (rst_demo_server_get_tls_port (server));

  raw_client_start_tls (client, server);
  raw_client_play (client,
                   "LOGIN\n"
                   "C: STAT\n"
                   "S: +OK 1 134\n"
                   "C: QUIT\n"
                   "S: +OK *\n"
                   "END\n");
}

static void
test_pin (void)
{
  g_autoptr (RstDemoServer) server = make_server (0);
  const char *pem = rst_demo_server_get_certificate_pem (server);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, NULL);
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *digest = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  g_assert_cmpstr (rst_demo_server_get_certificate_pin (server), ==, digest);
  g_assert_null (strstr (pem, "PRIVATE KEY"));
}

/* Commands sent all at once are answered in order. */
static void
test_pipelining (void)
{
  g_autoptr (RstDemoServer) server = make_server (2);
  g_autoptr (RawClient) client = raw_client_new (rst_demo_server_get_port (server));

  raw_client_send (client,
                   "USER demo\r\nPASS demo\r\nUIDL 1\r\nUIDL 2\r\nUIDL 3\r\nDELE 1\r\nQUIT\r\n");
  raw_client_play (client,
                   "S: +OK *\n"
                   "S: +OK *\n"
                   "S: +OK *\n"
                   "S: +OK 1 uid-1\n"
                   "S: +OK 2 uid-2\n"
                   "S: -ERR *\n"
                   "S: +OK *\n"
                   "S: +OK *\n"
                   "END\n");
  assert_uids (server, "uid-2");
}

static gpointer
send_tops (gpointer data)
{
  g_autoptr (GString) commands = g_string_new (NULL);

  for (guint i = 1; i <= N_MANY; i++)
    g_string_append_printf (commands, "TOP %u 0\r\n", i);
  g_string_append (commands, "QUIT\r\n");
  raw_client_send (data, commands->str);
  return NULL;
}

/* Thousands of header blocks in one flight: the count is what is tested, the time is told. */
static void
test_many (void)
{
  g_autoptr (RstDemoServer) server = make_server (0);
  g_autoptr (RawClient) client = NULL;
  GThread *sender;
  gsize n_bytes;

  rst_demo_server_add_synthetic (server, N_MANY);
  client = raw_client_open (server);
  g_test_timer_start ();
  sender = g_thread_new ("sender", send_tops, client);
  n_bytes = raw_client_skip_messages (client, N_MANY);
  g_thread_join (sender);
  g_test_message ("%u TOPs, %" G_GSIZE_FORMAT " bytes, in %.2f s",
                  N_MANY,
                  n_bytes,
                  g_test_timer_elapsed ());
  raw_client_play (client, "S: +OK *\nEND\n");
  g_assert_cmpuint (n_bytes / N_MANY, >, 2500);
  g_assert_cmpuint (n_bytes / N_MANY, <, 4096);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "TOP"), ==, N_MANY);
}

static guint
count_threads (void)
{
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  guint n_threads = 0;

  while (g_dir_read_name (tasks) != NULL)
    n_threads++;
  return n_threads;
}

/* A server can be freed whatever its clients are at: one that waits for the next command, and one
 * that never shook hands. */
static void
start_and_free (void)
{
  RstDemoServer *server = make_server (1);
  g_autoptr (RawClient) idle = raw_client_open (server);
  g_autoptr (RawClient) silent = raw_client_new (rst_demo_server_get_tls_port (server));

  rst_demo_server_free (server);
  raw_client_expect_end (idle);
}

static void
test_free (void)
{
  guint n_before = count_threads ();

  for (guint i = 0; i < 50; i++)
    start_and_free ();
  /* GLib keeps a few threads of its own, which TLS needs. */
  g_assert_cmpuint (count_threads (), <, n_before + 10);
}

/* One that does not read what it asked for, which is more than the buffers take, and one that waits
 * for bytes that drip. */
static void
test_free_while_sending (void)
{
  RstDemoServer *server = make_server (1);
  g_autoptr (RawClient) deaf = raw_client_open (server);
  g_autoptr (RawClient) patient = raw_client_open (server);

  rst_demo_server_set_fault (server, "long-line", NULL, NULL);
  raw_client_send (deaf, "RETR 1\r\n");
  raw_client_expect (deaf, "+OK", 3);
  rst_demo_server_set_fault (server, "drip", "3600000", NULL);
  raw_client_send (patient, "NOOP\r\n");
  raw_client_expect (patient, "+", 1);
  rst_demo_server_free (server);
  raw_client_expect_end (patient);
}

static void
test_log (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = raw_client_open (server);
  g_autofree char *log = NULL;

  raw_client_play (client,
                   "C: top 1 0\n"
                   "…\n"
                   "S: .\n"
                   "C: TOP 1 0\n"
                   "…\n"
                   "S: .\n");
  log = rst_demo_server_dup_log (server);
  g_assert_cmpstr (log, ==, "USER demo\nPASS ***\nTOP 1 0\nTOP 1 0\n");
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "TOP"), ==, 2);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "RETR"), ==, 0);
  rst_demo_server_clear_log (server);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "TOP"), ==, 0);
}

static void
test_credentials (void)
{
  g_autoptr (RstDemoServer) server = make_server (0);
  g_autoptr (RawClient) client = raw_client_new (rst_demo_server_get_port (server));

  rst_demo_server_set_credentials (server, "ada", " two words ");
  raw_client_play (client,
                   "S: +OK *\n"
                   "C: USER demo\n"
                   "S: +OK *\n"
                   "C: PASS demo\n"
                   "S: -ERR [AUTH] *\n"
                   "C: USER ada\n"
                   "S: +OK *\n"
                   "C: PASS two words\n"
                   "S: -ERR [AUTH] *\n"
                   "C: USER ada\n"
                   "S: +OK *\n"
                   "C: PASS  two words \n"
                   "S: +OK *\n");
}

/* "Another client" takes from the middle and adds at the end, and says what it did. */
static void
test_simulate (void)
{
  g_autoptr (RstDemoServer) server = make_server (7);
  g_autoptr (RawClient) client = NULL;
  g_autofree char *words = rst_demo_server_simulate_other_client (server);

  g_assert_cmpstr (words,
                   ==,
                   "Another client deleted messages 3 and 5 of 7, and a new one came in: "
                   "“Arrived in Trieste”");
  g_assert_cmpuint (rst_demo_server_get_n_messages (server), ==, 6);
  client = raw_client_open (server);
  raw_client_play (client,
                   "C: UIDL\n"
                   "S: +OK *\n"
                   "S: 1 uid-1\n"
                   "S: 2 uid-2\n"
                   "S: 3 uid-4\n"
                   "S: 4 uid-6\n"
                   "S: 5 uid-7\n"
                   "S: 6 *\n"
                   "S: .\n"
                   "C: RETR 6\n"
                   "…\n"
                   "S: Subject: Arrived in Trieste\n");
}

/* However often it is done, the mailbox never empties, and each new message is another one. */
static void
test_simulate_often (void)
{
  g_autoptr (RstDemoServer) server = make_server (0);
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = rst_demo_server_simulate_other_client (server);

  g_assert_cmpstr (first, ==, "A new message came in: “Arrived in Trieste”");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *words = rst_demo_server_simulate_other_client (server);
      guint n_messages = rst_demo_server_get_n_messages (server);

      g_assert_cmpuint (n_messages, >=, 2);
      g_assert_true (g_hash_table_add (uids, rst_demo_server_dup_uid (server, n_messages - 1)));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo-server/login", test_login);
  g_test_add_func ("/demo-server/listing", test_listing);
  g_test_add_func ("/demo-server/messages", test_messages);
  g_test_add_func ("/demo-server/delete", test_delete);
  g_test_add_func ("/demo-server/numbering", test_numbering);
  g_test_add_func ("/demo-server/capabilities", test_capabilities);
  g_test_add_func ("/demo-server/tls", test_tls);
  g_test_add_func ("/demo-server/pin", test_pin);
  g_test_add_func ("/demo-server/pipelining", test_pipelining);
  g_test_add_func ("/demo-server/many", test_many);
  g_test_add_func ("/demo-server/free", test_free);
  g_test_add_func ("/demo-server/free-while-sending", test_free_while_sending);
  g_test_add_func ("/demo-server/log", test_log);
  g_test_add_func ("/demo-server/credentials", test_credentials);
  g_test_add_func ("/demo-server/simulate", test_simulate);
  g_test_add_func ("/demo-server/simulate-often", test_simulate_often);

  return g_test_run ();
}
