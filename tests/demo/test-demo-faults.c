/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-demo-faults"

#include "config.h"

#include <string.h>

#include "raw-client.h"

#define N_MESSAGES 4
#define ALL_UIDS "uid-1 uid-2 uid-3 uid-4"

/* What the client sees of a fault, and what is left in the maildrop. */
typedef struct
{
  const char *name;
  const char *faults; /* blank-separated */
  const char *script;
  const char *uids;
} Row;

#define TOP_1 "C: TOP 1 0\nS: +OK*\n…\nS: Subject: Number 1\n"
#define USER_PASS "C: USER demo\nS: +OK *\nC: PASS demo\nS: +OK *\n"
#define DELETE_2_AND_3 "LOGIN\nC: DELE 2\nS: +OK *\nC: DELE 3\nS: +OK *\n"

static const Row rows[] = {
  { "no-capa", "no-capa", "S: +OK *\nC: CAPA\nS: -ERR *\nC: NOOP\nS: -ERR *\n", ALL_UIDS },
  { "capa-hangup", "capa-hangup", "S: +OK *\nC: CAPA\nEND\n", ALL_UIDS },
  { "capa-silent", "capa-silent", "S: +OK *\nC: CAPA\nC: USER demo\nS: +OK Password*\n", ALL_UIDS },
  { "no-pipelining", "no-pipelining", "S: +OK *\nC: CAPA\n…\nS: EXPIRE NEVER\nS: TOP\n", ALL_UIDS },
  { "no-utf8", "no-utf8", "S: +OK *\nC: CAPA\n…\nS: UIDL\nS: STLS\n…\nS: .\nC: UTF8\nS: -ERR *\n", ALL_UIDS },
  { "no-stls", "no-stls", "S: +OK *\nC: CAPA\n…\nS: UTF8\nS: IMPL*\nS: .\nC: STLS\nS: -ERR *\n", ALL_UIDS },
  { "stls-refused", "stls-refused", "S: +OK *\nC: CAPA\n…\nS: STLS\n…\nS: .\nC: STLS\nS: -ERR *\n", ALL_UIDS },
  { "stls-plain-error", "stls-plain-error", "S: +OK *\nC: STLS\nS: +OK *\nS: -ERR *\nEND\n", ALL_UIDS },

  { "in-use", "in-use", "S: +OK *\nC: USER demo\nS: +OK *\nC: PASS demo\nS: -ERR [IN-USE] *\n", ALL_UIDS },
  { "login-delay", "login-delay=30", "S: +OK *\nC: CAPA\n…\nS: LOGIN-DELAY 30\nS: .\n"
                                     "C: USER demo\nS: +OK *\n"
                                     "C: PASS demo\nS: -ERR [LOGIN-DELAY] *\n",
    ALL_UIDS },
  { "sys-temp", "sys-temp", "S: +OK *\nC: USER demo\nS: +OK *\nC: PASS demo\nS: -ERR [SYS/TEMP] *\n", ALL_UIDS },
  { "in-use-after-password", "in-use", "S: +OK *\nC: USER demo\nS: +OK *\nC: PASS wrong\nS: -ERR [AUTH] *\n", ALL_UIDS },
  { "close-on-bad-password", "close-on-bad-password", "S: +OK *\nC: USER demo\nS: +OK *\nC: PASS wrong\nEND\n", ALL_UIDS },

  { "no-uidl", "no-uidl", "S: +OK *\nC: CAPA\n…\nS: TOP\nS: UTF8\n…\nS: .\n" USER_PASS "C: UIDL\nS: -ERR *\n", ALL_UIDS },
  { "uidl-error", "uidl-error", "S: +OK *\nC: CAPA\n…\nS: UIDL\n…\nS: .\n" USER_PASS "C: UIDL\nS: -ERR *\n", ALL_UIDS },
  { "uidl-after-login", "uidl-after-login", "S: +OK *\nC: CAPA\n…\nS: TOP\nS: UTF8\n…\nS: .\n" USER_PASS "C: CAPA\n…\nS: TOP\nS: UIDL\n", ALL_UIDS },
  { "duplicate-uids", "duplicate-uids", "LOGIN\nC: UIDL\nS: +OK *\nS: 1 uid-1\nS: 2 uid-1\nS: 3 uid-3\nS: 4 uid-3\nS: .\n", ALL_UIDS },
  { "new-uids", "new-uids=moved", "LOGIN\nC: UIDL\nS: +OK *\nS: 1 moved-uid-1\nS: 2 moved-uid-2\n", ALL_UIDS },
  { "no-top", "no-top", "LOGIN\nC: CAPA\n…\nS: PIPELINING\nS: UIDL\n…\nS: .\nC: TOP 1 0\nS: -ERR *\n", ALL_UIDS },
  { "top-hidden", "top-hidden", "LOGIN\nC: CAPA\n…\nS: PIPELINING\nS: UIDL\n…\nS: .\n" TOP_1, ALL_UIDS },

  { "holes", "holes", "LOGIN\nC: STAT\nS: +OK 4 *\nC: UIDL\nS: +OK *\nS: 1 uid-1\nS: 2 uid-2\nS: 4 uid-3\nS: 5 uid-4\nS: .\n"
                      "C: TOP 3 0\nS: -ERR *\nC: DELE 4\nS: +OK *\nC: QUIT\nS: +OK *\nEND\n",
    "uid-1 uid-2 uid-4" },
  { "newest-first", "newest-first", "LOGIN\nC: UIDL\nS: +OK *\nS: 1 uid-4\nS: 2 uid-3\nS: 3 uid-2\nS: 4 uid-1\nS: .\n"
                                    "C: DELE 1\nS: +OK *\nC: QUIT\nS: +OK *\nEND\n",
    "uid-1 uid-2 uid-3" },
  { "ok-prefix", "ok-prefix", "LOGIN\nC: LIST\nS: +OK *\nS: +OK 1 134\n…\nS: .\nC: UIDL\nS: +OK *\nS: +OK 1 uid-1\n", ALL_UIDS },
  { "stat-wrong", "stat-wrong", "LOGIN\nC: STAT\nS: +OK 11 *\n", ALL_UIDS },
  { "stat-negative", "stat-negative", "LOGIN\nC: STAT\nS: +OK -1 -4096\n", ALL_UIDS },
  { "sizes-wrong", "sizes-wrong", "LOGIN\nC: LIST 1\nS: +OK 1 168\nC: LIST 1\nS: +OK 1 169\n", ALL_UIDS },
  { "sizes-zero", "sizes-zero", "LOGIN\nC: LIST 1\nS: +OK 1 0\n", ALL_UIDS },
  { "top-ignores-dele", "top-ignores-dele", "LOGIN\nC: DELE 1\nS: +OK *\nC: LIST 1\nS: -ERR *\n" TOP_1, ALL_UIDS },
  { "top-differs", "top-differs", "LOGIN\nC: TOP 1 0\nS: +OK *\nS: Received: from a.*\nS: \tMon*\nS: From:*\nS: Subject:*\n"
                                  "S: Status: O\nS: X-UIDL: top-1\nS: \nS: .\n"
                                  "C: RETR 1\nS: +OK *\n"
                                  "S: Received: from store.*\nS: \tMon*\nS: Received: from a.*\n"
                                  "…\nS: Status: RO\nS: X-UIDL: retr-1\nS: \nS: Body 1\nS: .\n",
    ALL_UIDS },
  { "top-drops-received", "top-drops-received", "LOGIN\nC: TOP 1 0\nS: +OK *\nS: From:*\nS: Subject:*\nS: \nS: .\n"
                                                "C: RETR 1\nS: +OK *\nS: Received: from a.*\n",
    ALL_UIDS },
  { "retr-other", "retr-other", "LOGIN\nC: RETR 2\n…\nS: Body 3\nS: .\nC: RETR 4\n…\nS: Body 1\nS: .\n" TOP_1, ALL_UIDS },

  { "bare-replies", "bare-replies", "S: +OK\nC: NOOP\nS: -ERR\nC: USER demo\nS: +OK\nC: PASS demo\nS: +OK\n"
                                    "C: UIDL 1\nS: +OK 1 uid-1\n",
    ALL_UIDS },
  { "err-plus", "err-plus", "S: +OK *\nC: NOOP\nS: +ERR *\n", ALL_UIDS },
  { "hangup-after-errors", "hangup-after-errors=2", "S: +OK *\nC: NOOP\nS: -ERR *\nC: NOOP\nS: -ERR *\nEND\n", ALL_UIDS },
  { "err-on-top", "err-on-top=2,4", "LOGIN\nC: TOP 2 0\nS: -ERR *\nC: TOP 4 0\nS: -ERR *\n" TOP_1, ALL_UIDS },
  { "err-on-retr", "err-on-retr=2", "LOGIN\nC: RETR 2\nS: -ERR *\nC: RETR 1\nS: +OK *\n", ALL_UIDS },
  { "err-on-dele", "err-on-dele=2", "LOGIN\nC: DELE 1\nS: +OK *\nC: DELE 2\nS: -ERR *\nC: QUIT\nS: +OK *\nEND\n",
    "uid-2 uid-3 uid-4" },
  { "close-on-dele", "close-on-dele=2", "LOGIN\nC: DELE 1\nS: +OK *\nC: DELE 2\nEND\n", ALL_UIDS },
  { "rset-error", "rset-error", "LOGIN\nC: DELE 1\nS: +OK *\nC: RSET\nS: -ERR *\nC: UIDL 1\nS: -ERR *\n", ALL_UIDS },

  { "quit-error", "quit-error", DELETE_2_AND_3 "C: QUIT\nS: -ERR *\nEND\n", ALL_UIDS },
  { "quit-error-half", "quit-error=half", DELETE_2_AND_3 "C: QUIT\nS: -ERR *\nEND\n", "uid-1 uid-3 uid-4" },
  { "quit-error-commit", "quit-error=commit", DELETE_2_AND_3 "C: QUIT\nS: -ERR *\nEND\n", "uid-1 uid-4" },
  { "quit-silent", "quit-silent", DELETE_2_AND_3 "C: QUIT\nCLOSE\nEND\n", ALL_UIDS },
  { "quit-silent-commit", "quit-silent=commit", DELETE_2_AND_3 "C: QUIT\nCLOSE\nEND\n", "uid-1 uid-4" },
  { "quit-close", "quit-close", DELETE_2_AND_3 "C: QUIT\nEND\n", ALL_UIDS },
  { "quit-close-commit", "quit-close=commit", DELETE_2_AND_3 "C: QUIT\nEND\n", "uid-1 uid-4" },
  { "quit-before-login", "quit-error quit-close", "S: +OK *\nC: QUIT\nS: +OK *\nEND\n", ALL_UIDS },

  { "err-at", "err-at=STAT,list", "LOGIN\nC: STAT\nS: -ERR *\nC: LIST\nS: -ERR *\nC: NOOP\nS: +OK *\n", ALL_UIDS },
  { "err-at-greeting", "err-at=GREETING", "S: -ERR *\n", ALL_UIDS },
  { "stall-at", "stall-at=STAT", "LOGIN\nC: NOOP\nS: +OK *\nC: STAT\nC: NOOP\nCLOSE\nEND\n", ALL_UIDS },
  { "stall-at-greeting", "stall-at=GREETING", "C: NOOP\nCLOSE\nEND\n", ALL_UIDS },
  { "close-at", "close-at=UIDL", "LOGIN\nC: NOOP\nS: +OK *\nC: UIDL\nEND\n", ALL_UIDS },
  { "garbage-at", "garbage-at=DELE", "LOGIN\nC: DELE 1\nS: HTTP/1.1 400 Bad Request\nC: NOOP\nS: +OK *\n", ALL_UIDS },
  { "garbage-at-greeting", "garbage-at=GREETING", "S: HTTP/1.1 400 Bad Request\n", ALL_UIDS },
  { "one-at-a-time", "one-at-a-time", "LOGIN\nC: STAT|DELE 1|QUIT\nS: +OK 4 *\nC: NOOP\nS: +OK Still*\n", ALL_UIDS },
  { "close-when-pipelined", "close-when-pipelined", "LOGIN\nC: NOOP\nS: +OK *\nC: DELE 1|QUIT\nEND\n", ALL_UIDS },

  { "change-before-delete", "change-before=DELE:delete:1,3", "LOGIN\nC: TOP 1 0\nS: +OK *\n…\nS: .\nC: DELE 1\nS: -ERR *\n"
                                                             "C: DELE 2\nS: +OK *\n"
                                                             "C: QUIT\nS: +OK *\nEND\n",
    "uid-4" },
  { "change-before-replace", "change-before=RETR:replace:2", "LOGIN\nC: TOP 2 0\n…\nS: Subject: Number 2\n…\nS: .\n"
                                                             "C: RETR 2\n…\nS: Subject: Put in *\n",
    ALL_UIDS },
  { "several", "no-top no-uidl err-plus", "LOGIN\nC: TOP 1 0\nS: +ERR *\nC: UIDL\nS: +ERR *\n", ALL_UIDS },
};

static void
set_faults (RstDemoServer *server,
            const char *faults)
{
  g_auto (GStrv) words = g_strsplit (faults, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      g_autoptr (GError) error = NULL;

      rst_demo_server_set_fault (server, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (RstDemoServer) server = make_server (N_MESSAGES);
  g_autoptr (RawClient) client = NULL;

  set_faults (server, row->faults);
  client = raw_client_new (rst_demo_server_get_port (server));
  raw_client_play (client, row->script);
  assert_uids (server, row->uids);
}

/* Replies whose bytes matter: all that comes after the login, to the last one. */
typedef struct
{
  const char *name;
  const char *fault;
  const char *value;
  const char *command;
  const char *reply;
  gsize length;
} Bytes;

#define BYTES(text) text, sizeof text - 1
#define HEADER                                         \
  "Received: from a.example.net by b.example.net;\r\n" \
  "\tMon, 23 Nov 2026 08:00:00 +0000\r\n"              \
  "From: ada@example.org\r\n"                          \
  "Subject: Number 1\r\n"
#define TOP_OK "+OK The top of the message follows\r\n"
#define RETR_OK "+OK The message follows\r\n"

static const Bytes bytes[] = {
  { "no-fault", NULL, NULL, "RETR 1\r\n", BYTES (RETR_OK HEADER "\r\nBody 1\r\n.\r\n") },
  { "extra-blank", "extra-blank", NULL, "TOP 1 9\r\n", BYTES (TOP_OK HEADER "\r\nBody 1\r\n\r\n.\r\n") },
  { "missing-crlf", "missing-crlf", NULL, "RETR 1\r\n", BYTES (RETR_OK HEADER "\r\nBody 1.\r\n") },
  { "missing-crlf-in-top", "missing-crlf", NULL, "TOP 1 0\r\n", BYTES (TOP_OK HEADER ".\r\n") },
  { "nuls", "nuls", NULL, "RETR 1\r\n", BYTES (RETR_OK HEADER "X-Nul: a\0b\r\n\r\na\0b\r\nBody 1\r\n.\r\n") },
  { "volatile-headers", "volatile-headers", NULL, "TOP 1 0\r\n", BYTES (TOP_OK HEADER "Status: O\r\nX-UID: 1\r\n\r\n.\r\n") },
  { "close-in-top", "close-in-top", "1", "TOP 1 0\r\nNOOP\r\n", BYTES (TOP_OK "Received: from a.example.net by b.example.net;\r\n\tMon, 23 Nov 20") },
  { "close-in-retr", "close-in-retr", "1", "RETR 1\r\nNOOP\r\n", BYTES (RETR_OK "Received: from a.example.net by b.example.net;\r\n\tMon, 23 Nov 2026 0") },
  { "drip", "drip", "1", "TOP 1 0\r\n", BYTES (TOP_OK HEADER "\r\n.\r\n") },
};

static void
test_bytes (gconstpointer data)
{
  const Bytes *row = data;
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = raw_client_open (server);

  if (row->fault != NULL)
    g_assert_true (rst_demo_server_set_fault (server, row->fault, row->value, NULL));
  raw_client_send (client, row->command);
  raw_client_expect (client, row->reply, row->length);
  /* Nothing else comes. */
  raw_client_play (client, "CLOSE\nEND\n");
}

static void
test_lf_only (void)
{
  static const char reply[] = "+OK Poste restante at your service\n"
                              "+OK Password, please\n"
                              "+OK Your mail is waiting\n"
                              "+OK The top of the message follows\n"
                              "Received: from a.example.net by b.example.net;\n"
                              "\tMon, 23 Nov 2026 08:00:00 +0000\n"
                              "From: ada@example.org\n"
                              "Subject: Number 1\n"
                              "\n"
                              ".\n";
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = NULL;

  set_faults (server, "lf-only");
  client = raw_client_new (rst_demo_server_get_port (server));
  raw_client_send (client, "USER demo\nPASS demo\nTOP 1 0\n");
  raw_client_expect (client, reply, strlen (reply));
}

static gsize
read_longest_line (RawClient *client)
{
  gsize longest = 0;

  for (;;)
    {
      g_autofree char *line = raw_client_read_line (client);

      longest = MAX (longest, strlen (line));
      if (g_str_equal (line, ".\r\n"))
        return longest;
    }
}

static void
test_long (void)
{
  g_autoptr (RstDemoServer) server = make_server (2);
  g_autoptr (RawClient) client = raw_client_open (server);
  g_autofree char *status = NULL;

  set_faults (server, "long-line=2 long-header=1,2 long-status-at=NOOP");
  raw_client_send (client, "RETR 2\r\n");
  g_assert_cmpuint (read_longest_line (client), ==, 10 * 1024 * 1024 + 2);
  raw_client_send (client, "RETR 1\r\n");
  g_assert_cmpuint (read_longest_line (client), <, 100);
  raw_client_send (client, "TOP 1 0\r\n");
  g_assert_cmpuint (raw_client_skip_messages (client, 1), >, 2 * 1024 * 1024);
  raw_client_send (client, "NOOP\r\n");
  status = raw_client_read_line (client);
  g_assert_cmpuint (strlen (status), >, 8 * 1024);
}

static void
test_apop (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) client = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *command = NULL;
  g_autofree char *log = NULL;

  set_faults (server, "apop");
  client = raw_client_new (rst_demo_server_get_port (server));
  greeting = raw_client_read_line (client);
  g_assert_true (g_pattern_match_simple ("+OK * <*@*>\r\n", greeting));
  g_strchomp (greeting);
  secret = g_strconcat (strchr (greeting, '<'), "demo", NULL);
  digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, secret, -1);
  command = g_strdup_printf ("APOP demo %s\r\n", digest);
  raw_client_play (client,
                   "C: APOP demo 0123456789abcdef0123456789abcdef\n"
                   "S: -ERR [AUTH] *\n"
                   "C: APOP demo\n"
                   "S: -ERR *\n");
  raw_client_send (client, command);
  raw_client_play (client, "S: +OK *\nC: UIDL 1\nS: +OK 1 uid-1\n");
  log = rst_demo_server_dup_log (server);
  g_assert_cmpstr (log, ==, "APOP demo ***\nAPOP demo\nAPOP demo ***\nUIDL 1\n");
}

static void
test_lock (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) first = NULL;
  g_autoptr (RawClient) second = NULL;

  set_faults (server, "lock");
  first = raw_client_open (server);
  second = raw_client_new (rst_demo_server_get_port (server));
  raw_client_play (second,
                   "S: +OK *\n"
                   "C: USER demo\n"
                   "S: +OK *\n"
                   "C: PASS demo\n"
                   "S: -ERR [IN-USE] *\n");
  raw_client_play (first, "C: QUIT\nS: +OK *\n");
  raw_client_play (second, "C: USER demo\nS: +OK *\nC: PASS demo\nS: +OK *\n");
}

static void
test_volatile_headers (void)
{
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (RawClient) first = NULL;
  g_autoptr (RawClient) second = NULL;

  set_faults (server, "volatile-headers");
  first = raw_client_open (server);
  second = raw_client_open (server);
  raw_client_play (first, "C: TOP 1 0\n…\nS: Status: O\nS: X-UID: 1\nS: \nS: .\n");
  raw_client_play (second, "C: TOP 1 0\n…\nS: Status: RO\nS: X-UID: 2\nS: \nS: .\n");
}

/* What is read is gone from the next listing, but neither at once nor without QUIT. */
static void
test_gmail (void)
{
  g_autoptr (RstDemoServer) server = make_server (3);
  g_autoptr (RawClient) first = NULL;
  g_autoptr (RawClient) second = NULL;
  g_autoptr (RawClient) third = NULL;
  g_autoptr (RawClient) recent = NULL;

  set_faults (server, "gmail");
  first = raw_client_open (server);
  raw_client_play (first, "C: RETR 3\n…\nS: .\n");
  raw_client_free (g_steal_pointer (&first));
  second = raw_client_open (server);
  raw_client_play (second,
                   "C: RETR 1\n"
                   "…\n"
                   "S: .\n"
                   "C: TOP 2 0\n"
                   "…\n"
                   "S: .\n"
                   "C: UIDL 1\n"
                   "S: +OK 1 uid-1\n"
                   "C: QUIT\n"
                   "S: +OK *\n");
  third = raw_client_open (server);
  raw_client_play (third, "C: UIDL\nS: +OK *\nS: 1 uid-2\nS: 2 uid-3\nS: .\n");
  recent = raw_client_new (rst_demo_server_get_port (server));
  raw_client_play (recent,
                   "S: +OK *\n"
                   "C: USER recent:demo\n"
                   "S: +OK *\n"
                   "C: PASS demo\n"
                   "S: +OK *\n"
                   "C: UIDL 1\n"
                   "S: +OK 1 uid-1\n");
  assert_uids (server, "uid-1 uid-2 uid-3");
}

static void
test_utf8_wrapper (void)
{
  static const char text[] = "Subject: caf\xe9\n\ncaf\xe9\n";
  g_autoptr (RstDemoServer) server = make_server (1);
  g_autoptr (GBytes) message = g_bytes_new_static (text, strlen (text));
  g_autoptr (RawClient) client = NULL;

  rst_demo_server_add_message (server, message, NULL);
  set_faults (server, "no-utf8-wrapper");
  client = raw_client_open (server);
  raw_client_play (client,
                   "C: TOP 1 0\n"
                   "…\n"
                   "S: Subject: Number 1\n"
                   "…\n"
                   "S: .\n"
                   "C: TOP 2 0\n"
                   "…\n"
                   "S: Subject: A message in UTF-8\n"
                   "…\n"
                   "S: .\n"
                   "C: UTF8\n"
                   "S: +OK *\n"
                   "C: TOP 2 0\n"
                   "S: +OK *\n"
                   "S: Subject: caf\xe9\n"
                   "S: \n"
                   "S: .\n");
}

static void
test_content_uids (void)
{
  g_autoptr (RstDemoServer) server = make_server (2);
  g_autoptr (GBytes) copy = rst_demo_server_dup_message (server, 0);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, copy);
  g_autofree char *script = g_strdup_printf ("C: UIDL 1\nS: +OK 1 %s\nC: UIDL 3\nS: +OK 3 %s\n",
                                             digest,
                                             digest);
  g_autoptr (RawClient) client = NULL;

  rst_demo_server_add_message (server, copy, NULL);
  set_faults (server, "content-uids");
  client = raw_client_open (server);
  raw_client_play (client, script);
}

/* A fault takes effect on sessions that are open, and change-before once. */
static void
test_live (void)
{
  g_autoptr (RstDemoServer) server = make_server (2);
  g_autoptr (RawClient) client = raw_client_open (server);

  set_faults (server, "err-at=NOOP change-before=NOOP:delete:1");
  raw_client_play (client, "C: NOOP\nS: -ERR *\nC: NOOP\nS: -ERR *\n");
  assert_uids (server, "uid-2");
  rst_demo_server_clear_faults (server);
  raw_client_play (client, "C: NOOP\nS: +OK *\n");
}

static void
test_wrong_faults (void)
{
  const struct
  {
    const char *name;
    const char *value;
  } wrong[] = {
    { "no-such-fault", NULL },
    { "", NULL },
    { "no-top", "1" },
    { "drip", "0" },
    { "drip", "-5" },
    { "drip", "soon" },
    { "err-on-top", NULL },
    { "err-on-top", "" },
    { "err-on-top", "1,,2" },
    { "stall-at", NULL },
    { "stall-at", "STAT," },
    { "stall-at", "1" },
    { "quit-error", "maybe" },
    { "change-before", "DELE" },
    { "change-before", "DELE:burn:1" },
    { "change-before", "DELE:delete:0" },
  };
  g_autoptr (RstDemoServer) server = make_server (0);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rst_demo_server_set_fault (server, wrong[i].name, wrong[i].value, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* Every fault is told of, and every one is tried above or by a test of its own. */
static void
test_help (void)
{
  g_auto (GStrv) lines = g_strsplit (rst_demo_server_get_fault_help (), "\n", -1);
  const char *const others[] = {
    "apop", "content-uids", "gmail", "lf-only", "lock",
    "long-header", "long-line", "long-status-at", "no-utf8-wrapper", NULL
  };

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      g_autofree char *name = g_strndup (lines[i], strcspn (lines[i], "[= "));
      gboolean is_tried = g_strv_contains (others, name);

      for (guint j = 0; j < G_N_ELEMENTS (rows) && !is_tried; j++)
        is_tried = strstr (rows[j].faults, name) != NULL;
      for (guint j = 0; j < G_N_ELEMENTS (bytes) && !is_tried; j++)
        is_tried = g_strcmp0 (bytes[j].fault, name) == 0;
      if (!is_tried)
        g_error ("the fault %s has no test", name);
      g_assert_cmpuint (strlen (lines[i]), >, 31);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/demo-faults/session/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bytes); i++)
    {
      g_autofree char *path = g_strconcat ("/demo-faults/bytes/", bytes[i].name, NULL);

      g_test_add_data_func (path, &bytes[i], test_bytes);
    }
  g_test_add_func ("/demo-faults/lf-only", test_lf_only);
  g_test_add_func ("/demo-faults/long", test_long);
  g_test_add_func ("/demo-faults/apop", test_apop);
  g_test_add_func ("/demo-faults/lock", test_lock);
  g_test_add_func ("/demo-faults/volatile-headers", test_volatile_headers);
  g_test_add_func ("/demo-faults/gmail", test_gmail);
  g_test_add_func ("/demo-faults/utf8-wrapper", test_utf8_wrapper);
  g_test_add_func ("/demo-faults/content-uids", test_content_uids);
  g_test_add_func ("/demo-faults/live", test_live);
  g_test_add_func ("/demo-faults/wrong-faults", test_wrong_faults);
  g_test_add_func ("/demo-faults/help", test_help);

  return g_test_run ();
}
