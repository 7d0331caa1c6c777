/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-print"

#include "config.h"

#include "rst-cli-print.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "rst-cli-terminal.h"
#include "rst-cli-text.h"

#define ROW_WIDTH 6
#define DATE_WIDTH 16
#define SIZE_WIDTH 9
#define FROM_WIDTH 24

/* Where the subject begins: behind row, date, size and sender, with two blanks after each. */
#define SUBJECT_COLUMN (ROW_WIDTH + 2 + DATE_WIDTH + 2 + SIZE_WIDTH + 2 + FROM_WIDTH + 2)

static const char *
describe_missing (RstMessageItem *item)
{
  if (rst_message_item_get_state (item) == RST_HEADER_UNREADABLE)
    return _ ("(the server cannot show this message)");

  return _ ("(not loaded)");
}

/* @width: columns of the subject; 0 prints all of it */
static void
print_row (guint row,
           RstMessageItem *item,
           GTimeZone *zone,
           guint width)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autofree char *date =
      rst_cli_text_format_date (envelope ? envelope->date : 0, zone, "%Y-%m-%d %H:%M");
  g_autofree char *date_column = rst_cli_text_pad (date, DATE_WIDTH);
  g_autofree char *size = g_format_size (rst_message_item_get_size (item));
  g_autofree char *size_column = rst_cli_text_pad_left (size, SIZE_WIDTH);
  g_autofree char *from = rst_cli_text_pad (envelope ? envelope->from_name : "", FROM_WIDTH);
  g_autofree char *subject = rst_cli_text_cut (
      envelope ? envelope->subject : describe_missing (item), width > 0 ? width : G_MAXUINT);

  printf ("%*u  %s  %s  %s  %s\n", ROW_WIDTH, row, date_column, size_column, from, subject);
}

void
rst_cli_print_list (GPtrArray *items,
                    guint first)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  guint width = rst_cli_terminal_get_width ();

  for (guint i = first; i < items->len; i++)
    print_row (i + 1, g_ptr_array_index (items, i), zone,
               width > SUBJECT_COLUMN ? width - SUBJECT_COLUMN : 0);
}

static void
print_row_json (guint row,
                RstMessageItem *item,
                GTimeZone *utc)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  const RstIdentity *identity = rst_message_item_get_header (item)->identity;
  g_autofree char *uid = identity->uid ? g_utf8_make_valid (identity->uid, -1) : NULL;
  g_autofree char *date = NULL;
  g_autoptr (GString) json = g_string_new ("{");

  if (envelope && envelope->date != 0)
    date = rst_cli_text_format_date (envelope->date, utc, "%Y-%m-%dT%H:%M:%SZ");
  g_string_append_printf (json, "\"row\":%u,\"number\":%u", row, identity->number);
  rst_cli_text_append_json_member (json, "uid", uid);
  g_string_append_printf (json, ",\"size\":%" G_GUINT64_FORMAT, identity->size);
  rst_cli_text_append_json_member (json, "date", date);
  rst_cli_text_append_json_member (json, "from", envelope ? envelope->from : NULL);
  rst_cli_text_append_json_member (json, "subject", envelope ? envelope->subject : NULL);
  rst_cli_text_append_json_member (json, "message_id", envelope ? envelope->message_id : NULL);
  printf ("%s}\n", json->str);
}

void
rst_cli_print_list_json (GPtrArray *items,
                         guint first)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint i = first; i < items->len; i++)
    print_row_json (i + 1, g_ptr_array_index (items, i), utc);
}

static void
print_field (const char *name,
             const char *value)
{
  g_autofree char *line = rst_cli_text_cut (value, G_MAXUINT);

  if (*line)
    printf ("%s %s\n", name, line);
}

void
rst_cli_print_message (RstMessage *message)
{
  RstEnvelope *envelope = rst_message_get_envelope (message);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *date = rst_cli_text_format_date (envelope->date, zone, "%a, %-d %b %Y %H:%M %z");
  g_autofree char *text = rst_cli_text_escape (rst_message_get_text (message));
  GPtrArray *attachments = rst_message_get_attachments (message);

  print_field (_ ("From:"), envelope->from);
  print_field (_ ("To:"), envelope->to);
  print_field (_ ("Date:"), date);
  print_field (_ ("Subject:"), envelope->subject);
  printf ("\n%s", text);
  if (*text && !g_str_has_suffix (text, "\n"))
    printf ("\n");
  if (*text && attachments->len > 0)
    printf ("\n");

  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autofree char *size = g_format_size (attachment->size);
      g_autofree char *line = NULL;
      g_autofree char *safe_line = NULL;

      /* Translators: an attachment: its name, its type and its size. */
      line = g_strdup_printf (_ ("[attachment: %s, %s, %s]"), attachment->name,
                              attachment->content_type, size);
      safe_line = rst_cli_text_cut (line, G_MAXUINT);
      printf ("%s\n", safe_line);
    }
}

static void
append_addresses (GString *json,
                  const char *member,
                  RstMessage *message,
                  const char *field)
{
  g_autoptr (GPtrArray) addresses = rst_message_dup_addresses (message, field);

  g_string_append_printf (json, "%s\"%s\":[", json->len > 1 ? "," : "", member);
  for (guint i = 0; i < addresses->len; i++)
    {
      const RstAddress *address = g_ptr_array_index (addresses, i);

      g_string_append (json, i > 0 ? ",{\"name\":" : "{\"name\":");
      rst_cli_text_append_json (json, address->name);
      rst_cli_text_append_json_member (json, "address", address->address);
      g_string_append_c (json, '}');
    }
  g_string_append_c (json, ']');
}

static void
append_attachments (GString *json,
                    GPtrArray *attachments)
{
  g_string_append (json, ",\"attachments\":[");
  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);

      g_string_append (json, i > 0 ? ",{\"name\":" : "{\"name\":");
      rst_cli_text_append_json (json, attachment->name);
      rst_cli_text_append_json_member (json, "type", attachment->content_type);
      g_string_append_printf (json, ",\"size\":%" G_GSIZE_FORMAT ",\"inline\":%s}",
                              attachment->size, attachment->is_inline ? "true" : "false");
    }
  g_string_append_c (json, ']');
}

static void
append_problems (GString *json,
                 GPtrArray *problems)
{
  g_string_append (json, ",\"problems\":[");
  for (guint i = 0; i < problems->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      rst_cli_text_append_json (json, g_ptr_array_index (problems, i));
    }
  g_string_append_c (json, ']');
}

void
rst_cli_print_message_json (RstMessage *message)
{
  RstEnvelope *envelope = rst_message_get_envelope (message);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *date = NULL;
  g_autoptr (GString) json = g_string_new ("{");

  if (envelope->date != 0)
    date = rst_cli_text_format_date (envelope->date, utc, "%Y-%m-%dT%H:%M:%SZ");
  append_addresses (json, "from", message, "From");
  append_addresses (json, "to", message, "To");
  append_addresses (json, "cc", message, "Cc");
  append_addresses (json, "reply_to", message, "Reply-To");
  rst_cli_text_append_json_member (json, "subject", envelope->subject);
  rst_cli_text_append_json_member (json, "date", date);
  rst_cli_text_append_json_member (json, "message_id", envelope->message_id);
  rst_cli_text_append_json_member (json, "text", rst_message_get_text (message));
  g_string_append_printf (json, ",\"has_html\":%s,\"remote_images\":%u",
                          rst_message_get_has_html (message) ? "true" : "false",
                          rst_message_get_n_remote_images (message));
  append_attachments (json, rst_message_get_attachments (message));
  append_problems (json, rst_message_get_problems (message));
  printf ("%s}\n", json->str);
}

char *
rst_cli_dup_summary (RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autofree char *summary = NULL;

  if (!envelope)
    return g_strdup (describe_missing (item));

  /* Translators: the sender and the subject of a message. */
  summary = g_strdup_printf (_ ("%s: %s"), envelope->from_name, envelope->subject);
  return rst_cli_text_cut (summary, G_MAXUINT);
}
