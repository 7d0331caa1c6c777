/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "app/rst-format.h"

typedef struct
{
  const char *name;
  const char *time;
  const char *expected;
} DateCase;

/* As seen on Monday, 23 November 2026, at noon. */
static const DateCase date_cases[] = {
  { "/format/date/now", "2026-11-23T12:00:00", "12:00" },
  { "/format/date/this-morning", "2026-11-23T00:01:00", "00:01" },
  { "/format/date/yesterday", "2026-11-22T23:59:00", "Sun" },
  { "/format/date/six-days-ago", "2026-11-17T12:00:00", "Tue" },
  { "/format/date/a-week-ago", "2026-11-16T12:00:00", "16 Nov" },
  { "/format/date/first-of-the-year", "2026-01-01T00:00:00", "1 Jan" },
  { "/format/date/last-year", "2025-12-31T23:59:00", "2025-12-31" },
  { "/format/date/tomorrow", "2026-11-24T00:00:00", "2026-11-24" },
};

static void
test_date (gconstpointer data)
{
  const DateCase *test = data;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) now = g_date_time_new_local (2026, 11, 23, 12, 0, 0);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (test->time, zone);
  g_autofree char *text = rst_format_date (g_date_time_to_unix (time), now);

  g_assert_cmpstr (text, ==, test->expected);
}

static void
test_no_date (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *text = rst_format_date (0, now);
  g_autofree char *full = rst_format_full_date (0);
  g_autofree char *far = rst_format_full_date (G_MAXINT64);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (full, ==, "");
  g_assert_cmpstr (far, ==, "");
}

static void
test_address (void)
{
  static const char *const cases[][2] = {
    { "Ada Lovelace <Ada@Example.ORG>", "ada@example.org" },
    { "ada@example.org", "ada@example.org" },
    { "\"<b@b>\" <a@a>", "a@a" },
    { "Ada <", "" },
    { "Ada", "" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *address = rst_format_address (cases[i][0]);
      g_assert_cmpstr (address, ==, cases[i][1]);
    }
}

int
main (int argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (date_cases); i++)
    g_test_add_data_func (date_cases[i].name, &date_cases[i], test_date);
  g_test_add_func ("/format/no-date", test_no_date);
  g_test_add_func ("/format/address", test_address);
  return g_test_run ();
}
