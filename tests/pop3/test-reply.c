/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-reply"

#include "config.h"

#include "pop3/rst-pop3-error.h"
#include "pop3/rst-pop3-reply.h"

typedef enum
{
  NO_REPLY,
  OK,
  ERR,
} Verdict;

static const struct
{
  const char *name;
  const char *line;
  Verdict verdict;
  const char *code;
  const char *text;
} reply_rows[] = {
  { "ok", "+OK ready", OK, "", "ready" },
  { "ok-bare", "+OK", OK, "", "" },
  { "ok-blank", "+OK ", OK, "", "" },
  { "ok-tab", "+OK\tready", OK, "", "ready" },
  { "err", "-ERR no", ERR, "", "no" },
  { "err-bare", "-ERR", ERR, "", "" },
  { "err-blanks", "-ERR   no", ERR, "", "no" },
  { "plus-err", "+ERR no", NO_REPLY, NULL, NULL },
  { "minus-ok", "-OK", NO_REPLY, NULL, NULL },
  { "okay", "+OKAY", NO_REPLY, NULL, NULL },
  { "error", "-ERROR", NO_REPLY, NULL, NULL },
  { "lower-case", "+ok", NO_REPLY, NULL, NULL },
  { "blank-first", " +OK", NO_REPLY, NULL, NULL },
  { "empty", "", NO_REPLY, NULL, NULL },
  { "half", "+O", NO_REPLY, NULL, NULL },
  { "continuation", "+ ", NO_REPLY, NULL, NULL },
  { "imap", "* OK IMAP4rev1", NO_REPLY, NULL, NULL },
  { "smtp", "220 mail ESMTP", NO_REPLY, NULL, NULL },
  { "code", "-ERR [IN-USE] busy", ERR, "IN-USE", "busy" },
  { "code-lower-case", "-ERR [in-use] busy", ERR, "IN-USE", "busy" },
  { "code-levels", "-ERR [SYS/TEMP] busy", ERR, "SYS/TEMP", "busy" },
  { "code-alone", "-ERR [AUTH]", ERR, "AUTH", "" },
  { "code-no-blank", "-ERR [AUTH]no", ERR, "AUTH", "no" },
  { "code-open", "-ERR [AUTH no", ERR, "", "[AUTH no" },
  { "code-blank", "-ERR [not a code] no", ERR, "", "[not a code] no" },
  { "code-late", "-ERR no [AUTH]", ERR, "", "no [AUTH]" },
  { "code-long", "-ERR [ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDE]", ERR, "",
    "[ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDE]" },
};

static const struct
{
  const char *name;
  const char *line;
  gboolean is_try_later;
} later_rows[] = {
  { "in-use", "-ERR [IN-USE] busy", TRUE },
  { "login-delay", "-ERR [LOGIN-DELAY] slow down", TRUE },
  { "sys-temp", "-ERR [SYS/TEMP] no disk", TRUE },
  { "sys-perm", "-ERR [SYS/PERM] no mailbox", FALSE },
  { "auth", "-ERR [AUTH] wrong", FALSE },
  { "bare", "-ERR", FALSE },
  { "ok", "+OK [IN-USE] what?", FALSE },
};

static const struct
{
  const char *name;
  const char *bytes;
  gsize max_length;
  const char *shown;
} printable_rows[] = {
  { "plain", "mailbox busy", 100, "mailbox busy" },
  { "utf-8", "ящик занят", 100, "ящик занят" },
  { "latin-1", "bo\xeete", 100, "bo\357\277\275te" },
  { "escape", "a\x1b[2Jb", 100, "a\357\277\275[2Jb" },
  { "tab", "a\tb", 100, "a b" },
  { "bare-cr", "a\rb", 100, "a\357\277\275b" },
  { "right-to-left-override", "a\342\200\256b", 100, "a\357\277\275b" },
  { "cut", "abcdefghijkl", 10, "abcde" },
  { "empty", "", 10, "" },
};

static void
test_reply (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  RstPop3Reply reply;

  if (reply_rows[i].verdict == NO_REPLY)
    {
      g_assert_false (rst_pop3_reply_parse (&reply, reply_rows[i].line, NULL));
      return;
    }
  g_assert_true (rst_pop3_reply_parse (&reply, reply_rows[i].line, NULL));
  g_assert_cmpint (reply.is_ok, ==, reply_rows[i].verdict == OK);
  g_assert_cmpstr (reply.code, ==, reply_rows[i].code);
  g_assert_cmpstr (reply.text, ==, reply_rows[i].text);
}

static void
test_try_later (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  RstPop3Reply reply;

  g_assert_true (rst_pop3_reply_parse (&reply, later_rows[i].line, NULL));
  g_assert_cmpint (rst_pop3_reply_is_try_later (&reply), ==, later_rows[i].is_try_later);
  error = rst_pop3_reply_new_refusal (&reply, "Refused");
  if (later_rows[i].is_try_later)
    g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  else
    g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
}

static void
test_printable (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *shown = NULL;

  shown = rst_pop3_dup_printable (printable_rows[i].bytes, printable_rows[i].max_length);
  g_assert_cmpstr (shown, ==, printable_rows[i].shown);
}

static void
test_words (void)
{
  g_autofree char *long_text = g_strnfill (6000, 'x');
  g_autofree char *line = g_strconcat ("-ERR ", long_text, NULL);
  g_autofree char *quoted = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  RstPop3Reply reply;

  g_assert_true (rst_pop3_reply_parse (&reply, "-ERR 100%s <b>busy</b>", NULL));
  quoted = rst_pop3_reply_dup_words (&reply);
  g_assert_cmpstr (quoted, ==, "“100%s <b>busy</b>”");

  g_assert_true (rst_pop3_reply_parse (&reply, line, NULL));
  cut = rst_pop3_reply_dup_words (&reply);
  g_assert_cmpuint (strlen (cut), <, 600);

  g_assert_true (rst_pop3_reply_parse (&reply, "-ERR", NULL));
  error = rst_pop3_reply_new_rejection (&reply, "No such thing");
  g_assert_cmpstr (error->message, ==, "No such thing: it gave no reason.");
}

static void
add_row (const char *table,
         const char *name,
         guint row,
         GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/reply/%s/%s", table, name);

  g_test_add_data_func (path, GUINT_TO_POINTER (row), test);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (reply_rows); i++)
    add_row ("parse", reply_rows[i].name, i, test_reply);
  for (guint i = 0; i < G_N_ELEMENTS (later_rows); i++)
    add_row ("try-later", later_rows[i].name, i, test_try_later);
  for (guint i = 0; i < G_N_ELEMENTS (printable_rows); i++)
    add_row ("printable", printable_rows[i].name, i, test_printable);
  g_test_add_func ("/reply/words", test_words);
  return g_test_run ();
}
