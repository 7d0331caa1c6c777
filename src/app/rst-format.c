/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-format"

#include "config.h"

#include "rst-format.h"

#include <string.h>

#include <glib/gi18n.h>

static GDateTime *
local_time (gint64 date)
{
  g_autoptr (GDateTime) utc = NULL;

  if (date == 0)
    return NULL;

  utc = g_date_time_new_from_unix_utc (date);
  return utc != NULL ? g_date_time_to_local (utc) : NULL;
}

static int
day_number (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date,
                  g_date_time_get_day_of_month (time),
                  g_date_time_get_month (time),
                  g_date_time_get_year (time));
  return (int)g_date_get_julian (&date);
}

char *
rst_format_date (gint64 date,
                 GDateTime *now)
{
  g_autoptr (GDateTime) time = local_time (date);
  int age;

  g_return_val_if_fail (now != NULL, NULL);

  if (time == NULL)
    return g_strdup ("");

  age = day_number (now) - day_number (time);
  if (age == 0)
    /* Translators: time of day in the message list; see g_date_time_format() */
    return g_date_time_format (time, _ ("%H:%M"));
  if (age > 0 && age < 7)
    return g_date_time_format (time, "%a");
  if (age > 0 && g_date_time_get_year (now) == g_date_time_get_year (time))
    /* Translators: day and month in the message list; see g_date_time_format() */
    return g_date_time_format (time, _ ("%-e %b"));
  return g_date_time_format (time, "%Y-%m-%d");
}

char *
rst_format_full_date (gint64 date)
{
  g_autoptr (GDateTime) time = local_time (date);

  if (time == NULL)
    return g_strdup ("");

  /* Translators: a full date with the time; see g_date_time_format() */
  return g_date_time_format (time, _ ("%A, %-e %B %Y, %H:%M"));
}

char *
rst_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
rst_format_address (const char *from)
{
  const char *open;
  const char *close;

  g_return_val_if_fail (from != NULL, NULL);

  open = strrchr (from, '<');
  close = open != NULL ? strchr (open, '>') : NULL;
  if (close != NULL)
    {
      g_autofree char *address = g_strndup (open + 1, close - open - 1);
      return g_utf8_strdown (address, -1);
    }
  return strchr (from, '@') != NULL ? g_utf8_strdown (from, -1) : g_strdup ("");
}
