/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-capabilities"

#include "config.h"

#include "pop3/rst-pop3-capabilities.h"

/* Capabilities as letters: t TOP, u UIDL, n USER, s STLS, p PIPELINING, r RESP-CODES, 8 UTF8. */
static const struct
{
  const char *name;
  const char *lines;
  const char *flags;
  guint login_delay;
  int expire_days;
  const char *sasl;
  const char *implementation;
} rows[] = {
  { "none", "", "", 0, -1, NULL, NULL },
  { "dovecot", "CAPA\nTOP\nUIDL\nRESP-CODES\nPIPELINING\nAUTH-RESP-CODE\nSTLS\nUSER\nSASL PLAIN",
    "tunspr", 0, -1, "PLAIN", NULL },
  { "lower-case", "top\nuidl\npipelining", "tup", 0, -1, NULL, NULL },
  { "blanks", "  TOP  \n\tUIDL\t", "tu", 0, -1, NULL, NULL },
  { "arguments-passed-over", "UTF8 USER\nTOP now", "t8", 0, -1, NULL, NULL },
  { "prefix-is-another", "TOPS\nUIDLX\nXUSER", "", 0, -1, NULL, NULL },
  { "auth-resp-code", "AUTH-RESP-CODE", "r", 0, -1, NULL, NULL },
  { "login-delay", "LOGIN-DELAY 900", "", 900, -1, NULL, NULL },
  { "login-delay-user", "LOGIN-DELAY 900 USER", "", 900, -1, NULL, NULL },
  { "login-delay-empty", "LOGIN-DELAY", "", 0, -1, NULL, NULL },
  { "login-delay-no-number", "LOGIN-DELAY 10s", "", 0, -1, NULL, NULL },
  { "login-delay-negative", "LOGIN-DELAY -5", "", 0, -1, NULL, NULL },
  { "login-delay-absurd", "LOGIN-DELAY 99999999999999999999999", "", 86400, -1, NULL, NULL },
  { "expire", "EXPIRE 60", "", 0, 60, NULL, NULL },
  { "expire-at-once", "EXPIRE 0", "", 0, 0, NULL, NULL },
  { "expire-never", "EXPIRE NEVER", "", 0, -1, NULL, NULL },
  { "expire-run-together", "EXPIRENEVER", "", 0, -1, NULL, NULL },
  { "sasl", "SASL PLAIN  CRAM-MD5", "", 0, -1, "PLAIN  CRAM-MD5", NULL },
  { "sasl-twice", "SASL PLAIN\nSASL LOGIN", "", 0, -1, "LOGIN", NULL },
  { "implementation", "IMPLEMENTATION Some Server 1.0", "", 0, -1, NULL, "Some Server 1.0" },
  { "implementation-latin-1", "IMPLEMENTATION bo\xeete", "", 0, -1, NULL, "bo\357\277\275te" },
  { "unknown", "X-FUTURE yes\n???\n", "", 0, -1, NULL, NULL },
};

static char *
dup_flags (const RstPop3Capabilities *capabilities)
{
  const struct
  {
    gboolean is_set;
    char letter;
  } flags[] = {
    { capabilities->has_top, 't' },
    { capabilities->has_uidl, 'u' },
    { capabilities->has_user, 'n' },
    { capabilities->has_stls, 's' },
    { capabilities->has_pipelining, 'p' },
    { capabilities->has_resp_codes, 'r' },
    { capabilities->has_utf8, '8' },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].is_set)
      g_string_append_c (text, flags[i].letter);
  return g_string_free (text, FALSE);
}

static void
check (const RstPop3Capabilities *capabilities,
       guint row)
{
  g_autofree char *flags = dup_flags (capabilities);

  g_assert_cmpstr (flags, ==, rows[row].flags);
  g_assert_cmpuint (capabilities->login_delay, ==, rows[row].login_delay);
  g_assert_cmpint (capabilities->expire_days, ==, rows[row].expire_days);
  g_assert_cmpstr (capabilities->sasl, ==, rows[row].sasl);
  g_assert_cmpstr (capabilities->implementation, ==, rows[row].implementation);
}

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (RstPop3Capabilities) capabilities = rst_pop3_capabilities_new ();
  g_autoptr (RstPop3Capabilities) copy = NULL;
  g_auto (GStrv) lines = g_strsplit (rows[row].lines, "\n", -1);

  g_assert_false (capabilities->is_known);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      rst_pop3_capabilities_add_line (capabilities, lines[i]);
      g_assert_true (capabilities->is_known);
    }
  check (capabilities, row);
  copy = rst_pop3_capabilities_copy (capabilities);
  g_clear_pointer (&capabilities, rst_pop3_capabilities_free);
  check (copy, row);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/capabilities/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  return g_test_run ();
}
