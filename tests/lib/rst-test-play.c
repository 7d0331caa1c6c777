/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-play"

#include "config.h"

#include "rst-test-server.h"

/* Scripts as text: shorthands over the single steps of the test server. */

static void
play_line (RstTestServer *self,
           const char *line)
{
  g_autofree char *text = NULL;

  if (g_str_has_prefix (line, "S: "))
    {
      text = g_strconcat (line + 3, "\r\n", NULL);
      rst_test_server_send (self, text);
    }
  else if (g_str_has_prefix (line, "C: ") && g_str_has_suffix (line, "*"))
    {
      text = g_strndup (line + 3, strlen (line) - 4);
      rst_test_server_expect_prefix (self, text);
    }
  else if (g_str_has_prefix (line, "C: "))
    rst_test_server_expect (self, line + 3);
  else
    g_error ("not a line of a script: \"%s\"", line);
}

void
rst_test_server_play (RstTestServer *self,
                      const char *script)
{
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      play_line (self, lines[i]);
}

static void
play_capabilities (RstTestServer *self,
                   const char *capabilities)
{
  g_auto (GStrv) lines = g_strsplit (capabilities, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\r\n", lines);
  g_autofree char *reply = g_strconcat ("+OK\r\n", joined, ".\r\n", NULL);

  rst_test_server_expect (self, "CAPA");
  rst_test_server_send (self, reply);
}

void
rst_test_server_play_login (RstTestServer *self,
                            const char *capabilities)
{
  rst_test_server_play (self, "S: +OK ready\n");
  play_capabilities (self, capabilities);
  rst_test_server_play (self,
                        "C: USER *\n"
                        "S: +OK\n"
                        "C: PASS *\n"
                        "S: +OK\n");
  play_capabilities (self, capabilities);
}
