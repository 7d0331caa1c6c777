/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-report"

#include "config.h"

#include "rst-test-report.h"

#include <glib/gi18n.h>

static const char *
yes_or_no (gboolean is_there)
{
  return is_there ? _ ("yes") : _ ("no");
}

static void
add_capabilities (GString *text,
                  const RstPop3Capabilities *capabilities)
{
  if (!capabilities->is_known)
    {
      g_string_append_printf (text, "\n%s", _ ("The server has no CAPA: what it can do is tried."));
      return;
    }
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Headers alone (TOP): %s"), yes_or_no (capabilities->has_top));
  g_string_append_c (text, '\n');
  g_string_append_printf (
      text, _ ("Pipelining: %s"), yes_or_no (capabilities->has_pipelining));
  if (capabilities->sasl != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Ways to sign in: %s"), capabilities->sasl);
    }
  if (capabilities->expire_days >= 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("The server keeps a message for %d day (EXPIRE)",
                                        "The server keeps a message for %d days (EXPIRE)",
                                        capabilities->expire_days),
                              capabilities->expire_days);
    }
  if (capabilities->login_delay > 0)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("It wants %u second between two sign-ins (LOGIN-DELAY)",
                                        "It wants %u seconds between two sign-ins (LOGIN-DELAY)",
                                        capabilities->login_delay),
                              capabilities->login_delay);
    }
}

char *
rst_test_report_dup_text (const RstServerReport *report,
                          const char *way)
{
  GString *text = g_string_new (NULL);
  g_autofree char *size = g_format_size (report->size);

  g_string_append_printf (text, _ ("Size of all messages: %s"), size);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Greeting: “%s”"), report->greeting);
  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          _ ("Encryption: %s"),
                          report->protection != NULL ? report->protection : _ ("none"));
  if (way != NULL)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Signed in with: %s"), way);
    }
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Unique ids (UIDL): %s"), yes_or_no (report->has_uidl));
  add_capabilities (text, report->capabilities);
  return g_string_free (text, FALSE);
}
