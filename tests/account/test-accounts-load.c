/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "accounts-fixture.h"

static void
test_missing (AccountsFixture *fixture,
              gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load (fixture);

  g_assert_cmpuint (rst_accounts_file_get_accounts (file)->len, ==, 0);
  g_assert_null (rst_accounts_file_find (file, "work"));
}

static void
test_minimal (AccountsFixture *fixture,
              gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, "[work]\nhost=h\nuser=u\n");
  const RstAccount *account = accounts_get_only (file);

  g_assert_cmpstr (account->id, ==, "work");
  g_assert_cmpstr (account->name, ==, "work");
  g_assert_cmpstr (account->host, ==, "h");
  g_assert_cmpstr (account->user, ==, "u");
  g_assert_cmpint (account->security, ==, RST_POP3_SECURITY_TLS);
  g_assert_cmpuint (account->port, ==, 995);
  g_assert_cmpuint (account->timeout, ==, 15);
  g_assert_cmpuint (account->check_interval, ==, 10);
  g_assert_true (account->is_enabled);
  g_assert_cmpint (account->auth, ==, RST_POP3_AUTH_AUTOMATIC);
  g_assert_false (rst_account_uses_token (account));
  g_assert_true (account->has_top);
}

static void
test_every_key (AccountsFixture *fixture,
                gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[work]\n"
                          "name=My work\n"
                          "host=pop.example.org\n"
                          "port=1110\n"
                          "security=starttls\n"
                          "user=alice smith\n"
                          "password-file=/run/secret\n"
                          "has-top=false\n"
                          "fetch-limit=500\n"
                          "fetch-encoding=koi8-r\n"
                          "timeout=40\n"
                          "auth=SCRAM-SHA-256\n"
                          "password-command=pass 'mail box'\n"
                          "token-command=tokens\n"
                          "check-interval=0\n"
                          "enabled=false\n"
                          "certificate-pin=" FINGERPRINT "\n");
  const RstAccount *account = accounts_get_only (file);

  g_assert_cmpstr (account->name, ==, "My work");
  g_assert_cmpstr (account->host, ==, "pop.example.org");
  g_assert_cmpuint (account->port, ==, 1110);
  g_assert_cmpint (account->security, ==, RST_POP3_SECURITY_STARTTLS);
  g_assert_cmpstr (account->user, ==, "alice smith");
  g_assert_cmpstr (account->password_file, ==, "/run/secret");
  g_assert_false (account->has_top);
  g_assert_cmpuint (account->fetch_limit, ==, 500);
  g_assert_cmpstr (account->fetch_encoding, ==, "koi8-r");
  g_assert_cmpuint (account->timeout, ==, 40);
  g_assert_cmpint (account->auth, ==, RST_POP3_AUTH_SCRAM_SHA_256);
  g_assert_cmpstr (account->password_command, ==, "pass 'mail box'");
  g_assert_cmpstr (account->token_command, ==, "tokens");
  g_assert_true (rst_account_uses_token (account));
  g_assert_cmpuint (account->check_interval, ==, 0);
  g_assert_false (account->is_enabled);
  g_assert_cmpstr (account->certificate_pin, ==, FINGERPRINT);
  g_assert_null (account->ca_file);
}

static void
test_home (AccountsFixture *fixture,
           gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, WORK "password-file=~/pw\n");
  g_autofree char *expected = g_build_filename (g_get_home_dir (), "pw", NULL);

  g_assert_cmpstr (accounts_get_only (file)->password_file, ==, expected);
}

static void
test_hosts (AccountsFixture *fixture,
            gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[dot]\nhost=pop.example.org.\nuser=u\n"
                          "[brackets]\nhost=[::1]\nuser=u\n");

  g_assert_cmpstr (rst_accounts_file_find (file, "dot")->host, ==, "pop.example.org");
  g_assert_cmpstr (rst_accounts_file_find (file, "brackets")->host, ==, "::1");
}

static void
test_default_ports (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[a]\nhost=h\nuser=u\nsecurity=starttls\n"
                          "[b]\nhost=h\nuser=u\nsecurity=none\n"
                          "[c]\nport=1995\nhost=h\nuser=u\nsecurity=tls\n");

  g_assert_cmpuint (rst_accounts_file_find (file, "a")->port, ==, 110);
  g_assert_cmpuint (rst_accounts_file_find (file, "b")->port, ==, 110);
  g_assert_cmpuint (rst_accounts_file_find (file, "c")->port, ==, 1995);
}

static void
test_order_and_find (AccountsFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[z]\nhost=h\nuser=u\nname=a\n"
                          "[a]\nhost=h\nuser=u\nname=Home\n"
                          "[m]\nhost=h\nuser=u\n");
  GPtrArray *accounts = rst_accounts_file_get_accounts (file);

  g_assert_cmpuint (accounts->len, ==, 3);
  g_assert_cmpstr (((RstAccount *)accounts->pdata[0])->id, ==, "z");
  g_assert_cmpstr (((RstAccount *)accounts->pdata[1])->id, ==, "a");
  g_assert_cmpstr (((RstAccount *)accounts->pdata[2])->id, ==, "m");
  g_assert_cmpstr (rst_accounts_file_find (file, "a")->id, ==, "a");
  g_assert_cmpstr (rst_accounts_file_find (file, "Home")->id, ==, "a");
  g_assert_null (rst_accounts_file_find (file, "home"));
}

static void
test_no_account (AccountsFixture *fixture,
                 gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[settings]\nversion=1\n[empty]\n" WORK);

  g_assert_cmpstr (accounts_get_only (file)->id, ==, "work");
}

static void
test_unsafe_groups (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[../x]\nhost=h\nuser=u\n"
                          "[.. x]\nhost=h\nuser=u\n");
  GPtrArray *accounts = rst_accounts_file_get_accounts (file);
  const RstAccount *first = accounts->pdata[0];
  const RstAccount *second = accounts->pdata[1];

  g_assert_cmpstr (first->name, ==, "../x");
  g_assert_null (strchr (first->id, '/'));
  g_assert_cmpstr (first->id, !=, second->id);
}

typedef struct
{
  const char *name;
  const char *text;
  /* behind "PATH: " */
  const char *message;
} BadRow;

#define TEN "0123456789"
#define NOTHING_KNOWN "neither an [account], nor “key = value”, nor a “#” comment"

static const BadRow bad_rows[] = {
  { "no-group", "# mine\n\nhost=h\n", "line 3: a setting before the first [account]" },
  { "no-key", WORK "hunter2\n", "line 4: " NOTHING_KNOWN },
  { "first-line", "what\n" WORK, "line 1: " NOTHING_KNOWN },
  { "last-line-unended", WORK "oops", "line 4: " NOTHING_KNOWN },
  { "open-group", WORK "\n[home\nhost=h\n", "line 5: " NOTHING_KNOWN },
  { "empty-key", WORK "=1\n", "line 4: " NOTHING_KNOWN },
  { "dos-lines", "[work]\r\nhost=h\r\nuser\r\n", "line 3: " NOTHING_KNOWN },
  { "not-utf-8", WORK "name=caf\xe9\n", "line 4: not valid UTF-8 text" },
  { "repeated-account",
    WORK "[home]\nhost=i\nuser=v\n[work]\nhost=j\n",
    "line 7: account “work” is there a second time" },
  { "repeated-key",
    WORK " host = j\n",
    "line 4: “host” is set a second time for account “work”" },
  { "no-host", "[work]\nuser=u\n", "account “work”: “host” is not set" },
  { "empty-host", "[work]\nhost=\nuser=u\n", "account “work”: “host” is not set" },
  { "no-user", "[work]\nhost=h\n", "account “work”: “user” is not set" },
  { "only-an-option", "[work]\ntimeout=3\n", "account “work”: “host” is not set" },
  { "second-account", WORK "[home]\nhost=h\n", "account “home”: “user” is not set" },
  { "host-blank",
    "[work]\nhost=my host\nuser=u\n",
    "account “work”: host = “my host” is not the name or the address of a server" },
  { "host-url",
    "[work]\nhost=pop3://h\nuser=u\n",
    "account “work”: host = “pop3://h” is not the name or the address of a server" },
  { "user-line-break",
    "[work]\nhost=h\nuser=u\\r\\nDELE 1\n",
    "account “work”: user = “u\\r\\nDELE 1” has a line break in it" },
  { "security",
    WORK "security=ssl\n",
    "account “work”: security = “ssl” is not one of tls, starttls, none" },
  { "port-zero",
    WORK "port=0\n",
    "account “work”: port = “0” is not a number from 1 to 65535" },
  { "port-high",
    WORK "port=70000\n",
    "account “work”: port = “70000” is not a number from 1 to 65535" },
  { "port-text",
    WORK "port=pop3\n",
    "account “work”: port = “pop3” is not a number from 1 to 65535" },
  { "port-tail",
    WORK "port=995 x\n",
    "account “work”: port = “995 x” is not a number from 1 to 65535" },
  { "auth-unknown",
    WORK "auth=kerberos\n",
    "account “work”: auth = “kerberos” is no way to sign in that is known: auto, "
    "token, password, apop, scram-sha-256, scram-sha-1, cram-md5, plain, login, oauthbearer, "
    "xoauth2" },
  { "command-quote",
    WORK "token-command=get 'token\n",
    "account “work”: token-command = “get 'token” is not a command: a quotation "
    "mark is missing" },
  { "command-comment",
    WORK "password-command=# pass show mail\n",
    "account “work”: password-command = “# pass show mail” is not a command: there is nothing "
    "but blanks or a comment" },
  { "command-blank",
    WORK "password-command=\\s\n",
    "account “work”: password-command = “\\s” is not a command: there is nothing but blanks or "
    "a comment" },
  { "timeout-negative",
    WORK "timeout=-1\n",
    "account “work”: timeout = “-1” is not a number from 1 to 3600" },
  { "timeout-zero",
    WORK "timeout=0\n",
    "account “work”: timeout = “0” is not a number from 1 to 3600" },
  { "timeout-huge",
    WORK "timeout=99999999999999999999\n",
    "account “work”: timeout = “99999999999999999999” is not a number from 1 to 3600" },
  { "fetch-limit-text",
    WORK "fetch-limit=all\n",
    "account “work”: fetch-limit = “all” is not a number from 0 to 2000000" },
  { "fetch-limit-high",
    WORK "fetch-limit=2000001\n",
    "account “work”: fetch-limit = “2000001” is not a number from 0 to 2000000" },
  { "has-top",
    WORK "has-top=maybe\n",
    "account “work”: has-top = “maybe” is neither true nor false" },
  { "password-file",
    WORK "password-file=pw\n",
    "account “work”: password-file = “pw” is not a whole path: it starts neither with “/” "
    "nor with “~/”" },
  { "pin-digit",
    WORK "certificate-pin=xyz\n",
    "account “work”: certificate-pin = “xyz” "
    "is not a fingerprint: hexadecimal digits and colons" },
  { "pin-short",
    WORK "certificate-pin=ab:cd\n",
    "account “work”: certificate-pin = “ab:cd” "
    "is not a SHA-256 fingerprint: that has 64 digits" },
  { "escape",
    WORK "name=a\\qb\n",
    "account “work”: name = “a\\qb” has a “\\” that starts none of \\s \\n \\t \\r \\\\" },
  { "escapes",
    WORK "name=\\q\\",
    "account “work”: name = “\\q\\” has a “\\” that starts none of \\s \\n \\t \\r \\\\" },
  { "quoted-safely",
    WORK "port=\x1b[2J\xe2\x80\xae" TEN TEN TEN TEN TEN TEN "\n",
    "account “work”: port = “\xef\xbf\xbd[2J\xef\xbf\xbd" TEN TEN TEN TEN TEN "01234…” "
    "is not a number from 1 to 65535" },
};

static void
test_bad (AccountsFixture *fixture,
          gconstpointer data)
{
  const BadRow *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;
  g_autofree char *message = g_strdup_printf ("%s: %s", fixture->path, row->message);

  accounts_write (fixture, row->text);
  file = rst_accounts_file_load (fixture->path, &error);

  g_assert_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT);
  g_assert_null (file);
  g_assert_cmpstr (error->message, ==, message);
  accounts_assert_text (fixture, row->text);
}

static void
test_nul (AccountsFixture *fixture,
          gconstpointer data)
{
  static const char text[] = "[work]\nhost=h\nuser=u\0v\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;

  accounts_write (fixture, "");
  g_assert_true (g_file_set_contents (fixture->path, text, sizeof text - 1, NULL));
  file = rst_accounts_file_load (fixture->path, &error);
  g_assert_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, ": line 3: "));
}

static void
test_no_file (AccountsFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;

  accounts_write (fixture, "");
  file = rst_accounts_file_load (fixture->folder, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_null (file);
}

static void
test_accepted (AccountsFixture *fixture,
               gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "\xef\xbb\xbf# from a PC\r\n"
                          "  [work]  \r\n"
                          " host = h\r\n"
                          "user=a\\\\b\\sc\r\n"
                          "name=\r\n"
                          "port=\r\n"
                          "user[ru]=x\r\n"
                          "certificate-pin=" FINGERPRINT "\r\n");
  const RstAccount *account = accounts_get_only (file);

  g_assert_cmpstr (account->name, ==, "work");
  g_assert_cmpstr (account->host, ==, "h");
  g_assert_cmpstr (account->user, ==, "a\\b c");
  g_assert_cmpuint (account->port, ==, 995);
}

static void
test_free_id (AccountsFixture *fixture,
              gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[work]\nhost=h\nuser=u\n[work-2]\nhost=h\nuser=u\nname=club\n");
  g_autofree char *third = rst_accounts_file_dup_free_id (file, "work");
  g_autofree char *named = rst_accounts_file_dup_free_id (file, "club");
  g_autofree char *other = rst_accounts_file_dup_free_id (file, "home");
  g_autofree char *unsafe = rst_accounts_file_dup_free_id (file, "../home");

  g_assert_cmpstr (third, ==, "work-3");
  g_assert_cmpstr (named, ==, "club-2");
  g_assert_cmpstr (other, ==, "home");
  g_assert_null (strchr (unsafe, '/'));
}

static void
test_same_id (AccountsFixture *fixture,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (RstAccount) twin = rst_account_new ("a b", "h", "u");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("[a b]\nhost=h\nuser=u\n[%s]\nhost=h\nuser=u\n", twin->id);
  accounts_write (fixture, text);
  file = rst_accounts_file_load (fixture->path, &error);
  g_assert_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ACCOUNTS_FIXTURE_ADD ("/accounts-load/missing", NULL, test_missing);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/minimal", NULL, test_minimal);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/every-key", NULL, test_every_key);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/home", NULL, test_home);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/hosts", NULL, test_hosts);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/default-ports", NULL, test_default_ports);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/order-and-find", NULL, test_order_and_find);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/no-account", NULL, test_no_account);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/unsafe-groups", NULL, test_unsafe_groups);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/accounts-load/bad/", bad_rows[i].name, NULL);

      ACCOUNTS_FIXTURE_ADD (path, &bad_rows[i], test_bad);
    }
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/nul", NULL, test_nul);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/no-file", NULL, test_no_file);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/accepted", NULL, test_accepted);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/free-id", NULL, test_free_id);
  ACCOUNTS_FIXTURE_ADD ("/accounts-load/same-id", NULL, test_same_id);

  return g_test_run ();
}
