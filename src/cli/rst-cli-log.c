/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-log"

#include "config.h"

#include "rst-cli-private.h"

#include <stdio.h>

#include "mailbox/rst-deleted.h"
#include "rst-cli-terminal.h"
#include "rst-cli-text.h"

#define TIME_WIDTH 16
#define OUTCOME_WIDTH 17
#define COPY_WIDTH 12
#define FROM_WIDTH 24
#define SIZE_WIDTH 9

#define SUBJECT_COLUMN \
  (TIME_WIDTH + 2 + OUTCOME_WIDTH + 2 + COPY_WIDTH + 2 + SIZE_WIDTH + 2 + FROM_WIDTH + 2)

static char *
format_time (gint64 time,
             GTimeZone *zone,
             const char *format)
{
  g_autoptr (GDateTime) utc = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  g_autoptr (GDateTime) there = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  return there ? g_date_time_format (there, format) : NULL;
}

static void
print_item (RstDeletedItem *item,
            GTimeZone *zone,
            guint width)
{
  RstHeader *header = rst_deleted_item_get_header (item);
  RstEnvelope *envelope = header->envelope;
  g_autofree char *time = format_time (rst_deleted_item_get_time (item), zone, "%Y-%m-%d %H:%M");
  g_autofree char *time_column = rst_cli_text_pad (time ? time : "", TIME_WIDTH);
  g_autofree char *outcome =
      rst_cli_text_pad (rst_deleted_item_describe_outcome (item), OUTCOME_WIDTH);
  g_autofree char *copy = rst_cli_text_pad (rst_deleted_item_describe_copy (item), COPY_WIDTH);
  g_autofree char *size = g_format_size (header->identity->size);
  g_autofree char *size_column = rst_cli_text_pad_left (size, SIZE_WIDTH);
  g_autofree char *from = rst_cli_text_pad (envelope ? envelope->from : "", FROM_WIDTH);
  g_autofree char *subject = rst_cli_text_cut (envelope ? envelope->subject : "", width);

  printf ("%s  %s  %s  %s  %s  %s\n", time_column, outcome, copy, size_column, from, subject);
}

static void
append_member (GString *json,
               const char *name,
               const char *text)
{
  g_string_append_printf (json, ",\"%s\":", name);
  rst_cli_text_append_json (json, text);
}

static char *
dup_hex (const RstHeaderDigest *digest)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < sizeof digest->exact; i++)
    g_string_append_printf (hex, "%02x", digest->exact[i]);

  return g_string_free (hex, FALSE);
}

static const char *
name_outcome (RstOutcome outcome)
{
  switch (outcome)
    {
    case RST_OUTCOME_DELETED:
      return "deleted";
    case RST_OUTCOME_NOT_DELETED:
      return "not-deleted";
    case RST_OUTCOME_UNKNOWN:
    default:
      return "unknown";
    }
}

static const char *
name_copy (RstDeletedItem *item)
{
  if (rst_deleted_item_get_copy (item) == 0)
    return "none";

  return rst_deleted_item_get_has_copy (item) ? "kept" : "removed";
}

static void
print_item_json (RstDeletedItem *item,
                 GTimeZone *utc)
{
  RstHeader *header = rst_deleted_item_get_header (item);
  const RstIdentity *identity = header->identity;
  RstEnvelope *envelope = header->envelope;
  g_autofree char *time =
      format_time (rst_deleted_item_get_time (item), utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *date =
      format_time (envelope ? envelope->date : 0, utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *uid = identity->uid ? g_utf8_make_valid (identity->uid, -1) : NULL;
  g_autofree char *digest = identity->digest ? dup_hex (identity->digest) : NULL;
  g_autoptr (GString) json = g_string_new ("{\"time\":");

  rst_cli_text_append_json (json, time);
  append_member (json, "account", rst_deleted_item_get_account (item));
  append_member (json, "outcome", name_outcome (rst_deleted_item_get_outcome (item)));
  g_string_append_printf (json, ",\"settled\":%s",
                          rst_deleted_item_get_is_settled (item) ? "true" : "false");
  append_member (json, "server", rst_deleted_item_get_server_text (item));
  append_member (json, "uid", uid);
  g_string_append_printf (json, ",\"size\":%" G_GUINT64_FORMAT, identity->size);
  append_member (json, "date", date);
  append_member (json, "from", envelope ? envelope->from : NULL);
  append_member (json, "subject", envelope ? envelope->subject : NULL);
  append_member (json, "digest", digest);
  append_member (json, "copy", name_copy (item));
  printf ("%s}\n", json->str);
}

gboolean
rst_cli_run_log (RstCli *self,
                 GError **error)
{
  g_autoptr (GPtrArray) items =
      rst_deleted_load (rst_mailbox_get_account (self->mailbox), error);
  g_autoptr (GTimeZone) zone =
      self->options->json ? g_time_zone_new_utc () : g_time_zone_new_local ();
  guint width = rst_cli_terminal_get_width ();

  width = width > SUBJECT_COLUMN ? width - SUBJECT_COLUMN : G_MAXUINT;
  for (guint i = 0; items && i < items->len; i++)
    if (self->options->json)
      print_item_json (g_ptr_array_index (items, i), zone);
    else
      print_item (g_ptr_array_index (items, i), zone, width);

  return items != NULL;
}
