/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-print"

#include "config.h"

#include "rst-cli-print.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "rst-cli-terminal.h"

#define FROM_WIDTH 24
#define SIZE_WIDTH 9
#define DATE_WIDTH 16

/* Row, date, size and sender with the blanks between them. */
#define SUBJECT_COLUMN (6 + 2 + DATE_WIDTH + 2 + SIZE_WIDTH + 2 + FROM_WIDTH + 2)

static char *
format_date (gint64 date,
             const char *format)
{
  g_autoptr (GDateTime) utc = date != 0 ? g_date_time_new_from_unix_utc (date) : NULL;
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  return local ? g_date_time_format (local, format) : g_strdup ("");
}

static const char *
describe_missing (RstMessageItem *item)
{
  if (rst_message_item_get_state (item) == RST_HEADER_UNREADABLE)
    return _ ("(the server cannot show this message)");

  return _ ("(not loaded)");
}

void
rst_cli_print_row (guint row,
                   RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autofree char *date = format_date (envelope ? envelope->date : 0, "%Y-%m-%d %H:%M");
  g_autofree char *date_column = rst_cli_terminal_pad (date, DATE_WIDTH);
  g_autofree char *size = g_format_size (rst_message_item_get_size (item));
  g_autofree char *from = rst_cli_terminal_pad (envelope ? envelope->from_name : "", FROM_WIDTH);
  const char *subject = envelope ? envelope->subject : describe_missing (item);
  g_autofree char *cut = NULL;
  guint width = rst_cli_terminal_get_width ();

  if (width > SUBJECT_COLUMN)
    cut = rst_cli_terminal_pad (subject, width - SUBJECT_COLUMN);
  printf ("%6u  %s  %*s  %s  %s\n", row, date_column, SIZE_WIDTH, size, from,
          cut ? g_strchomp (cut) : subject);
}

static void
append_json_string (GString *json,
                    const char *text)
{
  if (!text)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '"');
  for (const char *c = text; *c; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (json, "\\%c", *c);
      else if ((guchar)*c < 0x20 || *c == 0x7f)
        g_string_append_printf (json, "\\u%04x", (guint)*c);
      else
        g_string_append_c (json, *c);
    }
  g_string_append_c (json, '"');
}

static void
append_json_member (GString *json,
                    const char *name,
                    const char *text)
{
  g_string_append_printf (json, ",\"%s\":", name);
  append_json_string (json, text);
}

static char *
format_utc (gint64 date)
{
  g_autoptr (GDateTime) utc = date != 0 ? g_date_time_new_from_unix_utc (date) : NULL;

  return utc ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

void
rst_cli_print_row_json (guint row,
                        RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  const RstIdentity *identity = rst_message_item_get_header (item)->identity;
  g_autofree char *uid = identity->uid ? g_utf8_make_valid (identity->uid, -1) : NULL;
  g_autofree char *date = envelope ? format_utc (envelope->date) : NULL;
  g_autoptr (GString) json = g_string_new ("{");

  g_string_append_printf (json, "\"row\":%u,\"number\":%u", row, identity->number);
  append_json_member (json, "uid", uid);
  g_string_append_printf (json, ",\"size\":%" G_GUINT64_FORMAT, identity->size);
  append_json_member (json, "date", date);
  append_json_member (json, "from", envelope ? envelope->from : NULL);
  append_json_member (json, "subject", envelope ? envelope->subject : NULL);
  append_json_member (json, "message_id", envelope ? envelope->message_id : NULL);
  printf ("%s}\n", json->str);
}

static void
print_field (const char *name,
             const char *value)
{
  if (!*value)
    return;

  printf ("%s ", name);
  rst_cli_terminal_print_safely (value);
  printf ("\n");
}

void
rst_cli_print_message (RstMessage *message)
{
  RstEnvelope *envelope = rst_message_get_envelope (message);
  g_autofree char *date = format_date (envelope->date, "%a, %-d %b %Y %H:%M %z");
  GPtrArray *attachments = rst_message_get_attachments (message);

  print_field (_ ("From:"), envelope->from);
  print_field (_ ("To:"), envelope->to);
  print_field (_ ("Date:"), date);
  print_field (_ ("Subject:"), envelope->subject);
  printf ("\n");
  rst_cli_terminal_print_safely (rst_message_get_text (message));
  if (!g_str_has_suffix (rst_message_get_text (message), "\n"))
    printf ("\n");

  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autofree char *size = g_format_size (attachment->size);

      /* Translators: an attachment: its name, its type and its size. */
      printf (_ ("[attachment: %s, %s, %s]\n"), attachment->name, attachment->content_type, size);
    }
}
