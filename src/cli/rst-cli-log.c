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

static void
print_item (RstDeletedItem *item,
            GTimeZone *zone,
            guint width)
{
  RstHeader *header = rst_deleted_item_get_header (item);
  RstEnvelope *envelope = header->envelope;
  g_autofree char *time =
      rst_cli_text_format_date (rst_deleted_item_get_time (item), zone, "%Y-%m-%d %H:%M");
  g_autofree char *time_column = rst_cli_text_pad (time, TIME_WIDTH);
  g_autofree char *outcome =
      rst_cli_text_pad (rst_deleted_item_describe_outcome (item), OUTCOME_WIDTH);
  g_autofree char *copy = rst_cli_text_pad (rst_deleted_item_describe_copy (item), COPY_WIDTH);
  g_autofree char *size = g_format_size (header->identity->size);
  g_autofree char *size_column = rst_cli_text_pad_left (size, SIZE_WIDTH);
  g_autofree char *from = rst_cli_text_pad (envelope ? envelope->from : "", FROM_WIDTH);
  g_autofree char *subject = rst_cli_text_cut (envelope ? envelope->subject : "", width);

  printf ("%s  %s  %s  %s  %s  %s\n", time_column, outcome, copy, size_column, from, subject);
}

static gint64
get_receipt (GPtrArray *items,
             guint i)
{
  return rst_deleted_item_get_receipt (g_ptr_array_index (items, i));
}

/* What the server has confirmed needs no more words. */
static gboolean
is_confirmed (RstDeletedItem *item)
{
  return rst_deleted_item_get_outcome (item) == RST_OUTCOME_DELETED &&
         !rst_deleted_item_get_is_settled (item);
}

/* Once below the messages of a receipt: the server's last word was about all of them. */
static void
print_server_text (GPtrArray *items,
                   guint last)
{
  const char *text = rst_deleted_item_get_server_text (g_ptr_array_index (items, last));
  gint64 receipt = get_receipt (items, last);
  gboolean is_needed = FALSE;
  g_autofree char *line = NULL;

  for (guint i = last + 1; i > 0 && get_receipt (items, i - 1) == receipt; i--)
    is_needed |= !is_confirmed (g_ptr_array_index (items, i - 1));
  if (!text || !is_needed)
    return;

  /* Whole: it is what one looks for in a log. */
  line = rst_cli_text_cut (text, G_MAXUINT);
  printf ("%*s%s\n", TIME_WIDTH + 2, "", line);
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
      rst_cli_text_format_date (rst_deleted_item_get_time (item), utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *date =
      rst_cli_text_format_date (envelope ? envelope->date : 0, utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *uid = rst_deleted_item_dup_uid (item);
  g_autofree char *digest = rst_deleted_item_dup_digest (item);
  g_autoptr (GString) json = g_string_new ("{\"time\":");

  rst_cli_text_append_json (json, time);
  rst_cli_text_append_json_member (json, "account", rst_deleted_item_get_account (item));
  rst_cli_text_append_json_member (json, "outcome",
                                   name_outcome (rst_deleted_item_get_outcome (item)));
  g_string_append_printf (json, ",\"settled\":%s",
                          rst_deleted_item_get_is_settled (item) ? "true" : "false");
  rst_cli_text_append_json_member (json, "server", rst_deleted_item_get_server_text (item));
  rst_cli_text_append_json_member (json, "uid", uid);
  g_string_append_printf (json, ",\"size\":%" G_GUINT64_FORMAT, identity->size);
  rst_cli_text_append_json_member (json, "date", date);
  rst_cli_text_append_json_member (json, "from", envelope ? envelope->from : NULL);
  rst_cli_text_append_json_member (json, "subject", envelope ? envelope->subject : NULL);
  rst_cli_text_append_json_member (json, "digest", digest);
  rst_cli_text_append_json_member (json, "copy", name_copy (item));
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
    {
      if (self->options->json)
        {
          print_item_json (g_ptr_array_index (items, i), zone);
          continue;
        }

      print_item (g_ptr_array_index (items, i), zone, width);
      if (i + 1 == items->len || get_receipt (items, i) != get_receipt (items, i + 1))
        print_server_text (items, i);
    }

  return items != NULL;
}
