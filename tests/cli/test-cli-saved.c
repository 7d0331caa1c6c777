/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-saved"

#include "config.h"

#include <string.h>

#include "cli-runner.h"

/* Saved mail: --file in the place of an account. */

#define FROM_LINE "From a@x.org Mon Nov  2 10:00:00 2026\n"
#define ONE "From: Ada <ada@example.org>\nSubject: Notes\n\nFirst text.\n"
#define MBOX FROM_LINE ONE "\n" FROM_LINE "Subject: Second\n\n>From the sea\n\n"

typedef struct
{
  CliRunner *runner;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->runner = cli_runner_new ();
  cli_runner_write (fixture->runner, "saved.mbox", MBOX);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  cli_runner_free (fixture->runner);
}

static void
use_file (Fixture *fixture,
          const char *name)
{
  g_autofree char *path = cli_runner_dup_path (fixture->runner, name);
  g_autofree char *quoted = g_shell_quote (path);
  g_autofree char *options = g_strconcat ("--file ", quoted, NULL);

  cli_runner_use_options (fixture->runner, options);
}

static void
test_list (Fixture *fixture,
           gconstpointer data)
{
  use_file (fixture, "saved.mbox");
  cli_runner_expect (fixture->runner, "list", 0, "*1 *Ada*Notes\n*2 *Second\n", NULL);
  cli_runner_expect (fixture->runner, "list --limit 1", 0, " *2 *Second\n", NULL);
  cli_runner_expect (fixture->runner, "list --json", 0,
                     "{\"row\":1,*\"uid\":null,*\"subject\":\"Notes\"*}\n{\"row\":2,*}\n", NULL);
}

static void
test_show (Fixture *fixture,
           gconstpointer data)
{
  use_file (fixture, "saved.mbox");
  cli_runner_expect (fixture->runner, "show 1", 0, "*Ada*Subject: Notes\n\nFirst text.\n", NULL);
  cli_runner_expect (fixture->runner, "show 1 --raw", 0, ONE, NULL);
  cli_runner_expect (fixture->runner, "show 2 --raw", 0, "Subject: Second\n\nFrom the sea\n", NULL);
  cli_runner_expect (fixture->runner, "show 3", 2, NULL, "*“saved.mbox” has no message 3*");

  cli_runner_write (fixture->runner, "one.eml", ONE "\n\n");
  use_file (fixture, "one.eml");
  cli_runner_expect (fixture->runner, "show 1 --raw", 0, ONE "\n\n", NULL);
}

#define LETTER                                                     \
  "From: =?utf-8?Q?J=C3=B6rg?= <j@x.org>, b@y.org\n"               \
  "To: Team: a@x.org, \"C, \\\"D\\\"\" <c@x.org>;\n"               \
  "Reply-To: e@x.org\n"                                            \
  "Subject: \"q\"\n"                                               \
  "Date: Tue, 24 Nov 2026 10:00:00 +0200\n"                        \
  "Message-ID: <1@x.org>\n"                                        \
  "Content-Type: multipart/related; boundary=x\n\n"                \
  "--x\nContent-Type: text/html\n\n"                               \
  "<p>Hello <img src=cid:i><img src=\"http://x.org/a.png\"></p>\n" \
  "--x\nContent-Type: image/png; name=i.png\nContent-ID: <i>\n"    \
  "Content-Transfer-Encoding: base64\n\niVBORw==\n"                \
  "--x\nContent-Type: application/pdf; name=a.pdf\n"               \
  "Content-Transfer-Encoding: base64\n\nJVBER\n"

static void
test_show_json (Fixture *fixture,
                gconstpointer data)
{
  use_file (fixture, "saved.mbox");
  cli_runner_expect (fixture->runner, "show 1 --json", 0,
                     "{\"from\":[{\"name\":\"Ada\",\"address\":\"ada@example.org\"}],"
                     "\"to\":[],\"cc\":[],\"reply_to\":[],\"subject\":\"Notes\",\"date\":null,"
                     "\"message_id\":null,\"text\":\"First text.\\u000a\",\"has_html\":false,"
                     "\"remote_images\":0,\"attachments\":[],\"problems\":[]}\n",
                     NULL);

  cli_runner_write (fixture->runner, "letter.eml", LETTER);
  use_file (fixture, "letter.eml");
  cli_runner_expect (
      fixture->runner, "show 1 --json", 0,
      "{\"from\":[{\"name\":\"Jörg\",\"address\":\"j@x.org\"},"
      "{\"name\":\"\",\"address\":\"b@y.org\"}],"
      "\"to\":[{\"name\":\"\",\"address\":\"a@x.org\"},"
      "{\"name\":\"C, \\\"D\\\"\",\"address\":\"c@x.org\"}],"
      "\"cc\":[],\"reply_to\":[{\"name\":\"\",\"address\":\"e@x.org\"}],"
      "\"subject\":\"\\\"q\\\"\",\"date\":\"2026-11-24T08:00:00Z\",\"message_id\":\"1@x.org\","
      "\"text\":\"Hello*\",\"has_html\":true,\"remote_images\":1,"
      "\"attachments\":[{\"name\":\"i.png\",\"type\":\"image/png\",\"size\":4,\"inline\":true},"
      "{\"name\":\"a.pdf\",\"type\":\"application/pdf\",\"size\":3,\"inline\":false}],"
      "\"problems\":[\"The message ends before its last part does.\","
      "\"The attachment “a.pdf” is damaged or cut off.\"]}\n",
      NULL);
}

static void
test_save (Fixture *fixture,
           gconstpointer data)
{
  g_autofree char *to = cli_runner_dup_path (fixture->runner, "copy.mbox");
  g_autofree char *command = g_strdup_printf ("save 2 --to %s", to);
  g_autofree char *own = cli_runner_dup_path (fixture->runner, "saved.mbox");
  g_autofree char *own_command = g_strdup_printf ("save 2 --to %s", own);
  g_autofree char *left = NULL;

  use_file (fixture, "saved.mbox");
  cli_runner_expect (fixture->runner, command, 0, "1 message saved to *copy.mbox.\n", NULL);
  cli_runner_expect (fixture->runner, own_command, 1, NULL, "*saved.mbox*another one*");
  left = cli_runner_read (fixture->runner, "saved.mbox");
  g_assert_cmpstr (left, ==, MBOX);

  use_file (fixture, "copy.mbox");
  cli_runner_expect (fixture->runner, "show 1 --raw", 0, "Subject: Second\n\nFrom the sea\n", NULL);
}

static void
test_maildir (Fixture *fixture,
              gconstpointer data)
{
  cli_runner_write (fixture->runner, "Mail dir/cur/1.a:2,S", ONE);
  cli_runner_write (fixture->runner, "Mail dir/new/2.b", "Subject: Second\n\nx\n");
  use_file (fixture, "Mail dir");
  cli_runner_expect (fixture->runner, "list", 0, "*1 *Ada*Notes\n*2 *Second\n", NULL);
  cli_runner_expect (fixture->runner, "show 2 --raw", 0, "Subject: Second\n\nx\n", NULL);
}

static void
test_trouble (Fixture *fixture,
              gconstpointer data)
{
  use_file (fixture, "missing.mbox");
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*“missing.mbox”*");
  cli_runner_write (fixture->runner, "notes.txt", "nothing but text\n");
  use_file (fixture, "notes.txt");
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*“notes.txt” holds no mail*");
  cli_runner_write (fixture->runner, "empty", "");
  use_file (fixture, "empty");
  cli_runner_expect (fixture->runner, "list", 0, NULL, NULL);

  use_file (fixture, "saved.mbox");
  cli_runner_expect (fixture->runner, "delete 1 --yes", 2, NULL, "*--file*window*");
  cli_runner_expect (fixture->runner, "check", 2, NULL, "*--file*“list”*");
  cli_runner_expect (fixture->runner, "list --account work", 2, NULL, "*--file*no account*");
}

int
main (int argc,
      char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (Fixture *, gconstpointer);
  } tests[] = {
    { "list", test_list },
    { "show", test_show },
    { "show-json", test_show_json },
    { "save", test_save },
    { "maildir", test_maildir },
    { "trouble", test_trouble },
  };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/saved/", tests[i].name, NULL);

      g_test_add (path, Fixture, NULL, set_up, tests[i].func, tear_down);
    }

  return g_test_run ();
}
