/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-memory"

#include "config.h"

#include <string.h>

#include "pop3/rst-pop3-memory.h"

/* What is remembered of a server, and by what it is known again. */

static const RstPop3Server server = {
  .host = "mail.example.org", .port = 995, .security = RST_POP3_SECURITY_TLS
};

#define KEY "pop3-memory 2\nserver mail.example.org 995 tls Dovecot ready.\n"

typedef struct
{
  const char *name;
  const char *first;
  const char *second;
  gboolean is_same;
} Greetings;

static const Greetings greetings[] = {
  { "dovecot", "Dovecot (Debian) ready.", "Dovecot (Debian) ready.", TRUE },
  { "dovecot-apop", "Dovecot ready. <1234.1.63f5b8f0.AbC==@mx1>",
    "Dovecot ready. <99.1.63f6.Q==@mx2>", TRUE },
  { "gmail", "Gpop ready for requests from 192.0.2.1 d9mb421567wme",
    "Gpop ready for requests from 2001:db8::1 a640c23a62f3a-90f3", TRUE },
  { "exchange", "The Microsoft Exchange POP3 service is ready. [TQBOADIAUABSAA==]",
    "The Microsoft Exchange POP3 service is ready. [QgBMADEAUABSADAA]", TRUE },
  { "session-key", "POP Ya! na@8-AbcDefGhiJkl XyzKlMnOp", "POP Ya! na@26-xYzKlm aBcDeFg", TRUE },
  { "hosts", "POP3 on in-a.example.org ready", "POP3 on in-b.example.org ready", TRUE },
  { "version", "Cyrus POP3 v3.6.1 server ready", "Cyrus POP3 v3.8.0 server ready", TRUE },
  { "time", "ready at 23:59:59", "ready at 00:00:00", TRUE },
  { "process", "QPOP at host starting. <12.34@host>", "QPOP at host starting. <56.78@host>", TRUE },
  { "bare", "", "", TRUE },
  { "blanks", "Hello  there.", "Hello there. ", TRUE },
  { "other", "Dovecot ready.", "Hello there.", FALSE },
  { "other-build", "Dovecot (Debian) ready.", "Dovecot (Ubuntu) ready.", FALSE },
  { "bare-now", "Dovecot ready.", "", FALSE },
};

static char *
dup_text (const char *greeting)
{
  g_autoptr (RstPop3Capabilities) capabilities = rst_pop3_capabilities_new ();
  RstPop3Memory memory = { .before = capabilities, .after = capabilities };

  rst_pop3_capabilities_add_line (capabilities, "TOP");
  return rst_pop3_memory_format (&memory, &server, greeting);
}

static void
test_greeting (gconstpointer data)
{
  const Greetings *row = data;
  g_autofree char *text = dup_text (row->first);
  g_autoptr (RstPop3Memory) memory = rst_pop3_memory_parse (text, &server, row->second);

  g_assert_cmpint (memory != NULL, ==, row->is_same);
}

/* What is written down is read back. */
static void
test_round_trip (void)
{
  const char *text = KEY "flight\nauth apop\n"
                         "before TOP\nbefore STLS\nbefore PIPELINING\nbefore LOGIN-DELAY 900\n"
                         "after UIDL\nafter USER\nafter UTF8\nafter EXPIRE 0\n"
                         "after SASL PLAIN LOGIN\n";
  g_autoptr (RstPop3Memory) memory = rst_pop3_memory_parse (text, &server, "Dovecot ready.");
  g_autofree char *again = NULL;

  g_assert_nonnull (memory);
  g_assert_true (memory->has_flight);
  g_assert_cmpint (memory->auth, ==, RST_POP3_AUTH_APOP);
  g_assert_true (memory->before->is_known);
  g_assert_true (memory->before->has_top);
  g_assert_true (memory->before->has_stls);
  g_assert_true (memory->before->has_pipelining);
  g_assert_false (memory->before->has_uidl);
  g_assert_cmpuint (memory->before->login_delay, ==, 900);
  g_assert_true (memory->after->has_uidl);
  g_assert_true (memory->after->has_user);
  g_assert_true (memory->after->has_utf8);
  g_assert_cmpint (memory->after->expire_days, ==, 0);
  again = rst_pop3_memory_format (memory, &server, "Dovecot ready.");
  g_assert_cmpstr (again, ==, text);
}

/* What the server says of itself is not kept: it may be another one each time. */
static void
test_words (void)
{
  g_autoptr (RstPop3Capabilities) capabilities = rst_pop3_capabilities_new ();
  RstPop3Memory memory = { .before = capabilities, .after = capabilities };
  g_autofree char *text = NULL;

  rst_pop3_capabilities_add_line (capabilities, "IMPLEMENTATION session-4711");
  rst_pop3_capabilities_add_line (capabilities, "AUTH-RESP-CODE");
  text = rst_pop3_memory_format (&memory, &server, "Hello \xe2\x80\xae there\n.");
  g_assert_null (strstr (text, "4711"));
  g_assert_nonnull (strstr (text, "after RESP-CODES\n"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

typedef struct
{
  const char *name;
  const char *text;
} Text;

static const Text no_memories[] = {
  { "empty", "" },
  { "form", "pop3-memory" },
  { "other-form",
    "pop3-memory 1\nserver mail.example.org 995 tls Dovecot ready.\nbefore TOP\nafter TOP\n" },
  { "key-only", KEY },
  { "before-only", KEY "before TOP\n" },
  { "after-only", KEY "after TOP\n" },
  { "host",
    "pop3-memory 2\nserver mail.example.com 995 tls Dovecot ready.\nbefore TOP\nafter TOP\n" },
  { "port",
    "pop3-memory 2\nserver mail.example.org 110 tls Dovecot ready.\nbefore TOP\nafter TOP\n" },
  { "security",
    "pop3-memory 2\nserver mail.example.org 995 none Dovecot ready.\nbefore TOP\nafter TOP\n" },
  { "words", "what is this?\n\n\nbefore TOP\nafter TOP\n" },
  { "bytes", "\xff\xfe\x01\n\x80" },
};

static void
test_no_memory (gconstpointer data)
{
  const Text *row = data;

  g_assert_null (rst_pop3_memory_parse (row->text, &server, "Dovecot ready."));
}

/* Lines that make no sense are passed over, and numbers that make none. */
static void
test_damaged (void)
{
  const char *text = KEY "\nflights\n before TOP\nbefore\nbefore \nbefore LOGIN-DELAY x\n"
                         "before EXPIRE 99999999999999999999\nafter \xff\xff\nafter TOP UIDL\n";
  g_autoptr (RstPop3Memory) memory = rst_pop3_memory_parse (text, &server, "Dovecot ready.");

  g_assert_nonnull (memory);
  g_assert_false (memory->has_flight);
  g_assert_false (memory->before->has_top);
  g_assert_cmpuint (memory->before->login_delay, ==, 0);
  g_assert_true (memory->after->has_top);
  g_assert_false (memory->after->has_uidl);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (greetings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/memory/greeting/%s", greetings[i].name);

      g_test_add_data_func (path, &greetings[i], test_greeting);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_memories); i++)
    {
      g_autofree char *path = g_strdup_printf ("/memory/none/%s", no_memories[i].name);

      g_test_add_data_func (path, &no_memories[i], test_no_memory);
    }
  g_test_add_func ("/memory/round-trip", test_round_trip);
  g_test_add_func ("/memory/words", test_words);
  g_test_add_func ("/memory/damaged", test_damaged);
  return g_test_run ();
}
