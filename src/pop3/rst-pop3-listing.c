/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-listing"

#include "config.h"

#include "rst-pop3-listing.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-error.h"

/* RFC 1939 §7 allows 70 bytes; servers have been seen to send more. But all of them together are no
 * longer than they were if each had those 70: what a hostile server may make us hold. */
#define MAX_UID 512
#define MAX_ALL_UIDS (RST_POP3_LISTING_MAX_ROWS * (gsize)70)

/* Bytes of a bad line that are shown in the error. */
#define MAX_SHOWN 100

struct _RstPop3Listing
{
  GArray *rows;
  GStringChunk *uids;
  gsize uids_length;

  /* the numbers seen, once they came neither rising nor falling; else NULL */
  GHashTable *seen;
  guint32 lowest;
  guint32 highest;
  gboolean is_sorted;
  gboolean has_uids;
  /* where the next line of UIDL probably belongs: servers send it in the order of LIST */
  guint next_uid;

  /* borrowed */
  const RstPop3Secrets *secrets;
};

static gboolean
fail_line (const RstPop3Listing *self,
           const char *command,
           const char *line,
           GError **error)
{
  g_autofree char *shown = rst_pop3_secrets_dup_shown (self->secrets, line, MAX_SHOWN);

  /* Translators: a POP3 command (LIST, UIDL), and what the server answered */
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
               _ ("The server answered %s with a line that makes no sense: “%s”."), command,
               shown);
  return FALSE;
}

RstPop3Listing *
rst_pop3_listing_new (void)
{
  RstPop3Listing *self = g_new0 (RstPop3Listing, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (RstPop3ListingRow));
  self->uids = g_string_chunk_new (4096);
  self->is_sorted = TRUE;
  return self;
}

void
rst_pop3_listing_free (RstPop3Listing *self)
{
  g_array_unref (self->rows);
  g_string_chunk_free (self->uids);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_free (self);
}

void
rst_pop3_listing_set_secrets (RstPop3Listing *self,
                              const RstPop3Secrets *secrets)
{
  g_return_if_fail (self != NULL);

  self->secrets = secrets;
}

static RstPop3ListingRow *
row_at (const RstPop3Listing *self,
        guint position)
{
  return &g_array_index (self->rows, RstPop3ListingRow, position);
}

/* Takes the message number off the front of a line, past blanks and a stray "+OK ". Returns what
 * follows it, or NULL when there is no number from 1 on. */
static const char *
parse_number (const char *line,
              guint32 *number)
{
  guint64 value = 0;

  line += strspn (line, " \t");
  if (g_str_has_prefix (line, "+OK"))
    line += strlen ("+OK");
  line += strspn (line, " \t");
  if (!g_ascii_isdigit (*line))
    return NULL;
  for (; g_ascii_isdigit (*line) && value <= G_MAXUINT32; line++)
    value = value * 10 + (guint64)g_ascii_digit_value (*line);
  if (value == 0 || value > G_MAXUINT32 || (*line != '\0' && *line != ' ' && *line != '\t'))
    return NULL;
  *number = (guint32)value;
  return line + strspn (line, " \t");
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t")] == '\0';
}

/* Sizes are hints: what is no number, or too large for one, counts as 0. */
static guint64
parse_size (const char *text)
{
  guint64 size = g_ascii_isdigit (*text) ? g_ascii_strtoull (text, NULL, 10) : 0;

  return size == G_MAXUINT64 ? 0 : size;
}

/* Most servers count upwards, some downwards: only an order of neither kind costs a table. */
static gboolean
note_number (RstPop3Listing *self,
             guint32 number)
{
  gboolean is_new = self->rows->len == 0 || number > self->highest || number < self->lowest;

  if (self->rows->len > 0 && number < self->highest)
    self->is_sorted = FALSE;
  if (!is_new && self->seen == NULL)
    {
      self->seen = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < self->rows->len; i++)
        g_hash_table_add (self->seen, GUINT_TO_POINTER (row_at (self, i)->number));
    }
  if (self->seen != NULL && !g_hash_table_add (self->seen, GUINT_TO_POINTER (number)))
    return FALSE;
  self->lowest = self->rows->len == 0 ? number : MIN (self->lowest, number);
  self->highest = MAX (self->highest, number);
  return TRUE;
}

gboolean
rst_pop3_listing_add_size_line (RstPop3Listing *self,
                                const char *line,
                                GError **error)
{
  RstPop3ListingRow row = { 0 };
  const char *rest;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  if (is_blank (line))
    return TRUE;
  rest = parse_number (line, &row.number);
  if (rest == NULL)
    return fail_line (self, "LIST", line, error);
  if (self->rows->len >= RST_POP3_LISTING_MAX_ROWS)
    {
      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
                   _ ("The server lists more than %d messages. The connection was closed."),
                   RST_POP3_LISTING_MAX_ROWS);
      return FALSE;
    }
  if (!note_number (self, row.number))
    {
      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                   _ ("The server lists the message number %u twice."), row.number);
      return FALSE;
    }
  row.size = parse_size (rest);
  g_array_append_val (self->rows, row);
  return TRUE;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const RstPop3ListingRow *row_a = a;
  const RstPop3ListingRow *row_b = b;

  return (row_a->number > row_b->number) - (row_a->number < row_b->number);
}

static void
sort (RstPop3Listing *self)
{
  g_clear_pointer (&self->seen, g_hash_table_unref);
  if (!self->is_sorted)
    g_array_sort (self->rows, compare_rows);
  self->is_sorted = TRUE;
}

static RstPop3ListingRow *
find_row (RstPop3Listing *self,
          guint32 number)
{
  RstPop3ListingRow wanted = { .number = number };
  guint position = self->next_uid;

  if ((position >= self->rows->len || row_at (self, position)->number != number) &&
      !g_array_binary_search (self->rows, &wanted, compare_rows, &position))
    return NULL;
  self->next_uid = position + 1;
  return row_at (self, position);
}

void
rst_pop3_listing_begin_uids (RstPop3Listing *self)
{
  g_return_if_fail (self != NULL);

  sort (self);
  self->has_uids = TRUE;
}

gboolean
rst_pop3_listing_add_uid_line (RstPop3Listing *self,
                               const char *line,
                               GError **error)
{
  RstPop3ListingRow *row;
  const char *uid;
  guint32 number;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  if (is_blank (line))
    return TRUE;
  uid = parse_number (line, &number);
  if (uid == NULL)
    return fail_line (self, "UIDL", line, error);
  length = strlen (uid);
  while (length > 0 && (uid[length - 1] == ' ' || uid[length - 1] == '\t'))
    length--;
  if (length > MAX_UID)
    {
      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
                   _ ("The server gives a message a unique-id of more than %d bytes."), MAX_UID);
      return FALSE;
    }
  rst_pop3_listing_begin_uids (self);
  row = find_row (self, number);
  if (row == NULL || length == 0)
    return TRUE;
  if (row->uid != NULL)
    {
      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                   _ ("The server gives two unique-ids to the message number %u."), number);
      return FALSE;
    }
  self->uids_length += length;
  if (self->uids_length > MAX_ALL_UIDS)
    {
      g_autofree char *size = g_format_size (MAX_ALL_UIDS);

      g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
                   _ ("The server gives the messages unique-ids of more than %s in all. The "
                      "connection was closed."),
                   size);
      return FALSE;
    }
  row->uid = g_string_chunk_insert_len (self->uids, uid, (gssize)length);
  return TRUE;
}

guint
rst_pop3_listing_get_n_rows (const RstPop3Listing *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const RstPop3ListingRow *
rst_pop3_listing_get_row (const RstPop3Listing *self,
                          guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->rows->len, NULL);

  /* The order is put right when it is first asked for; to the caller nothing changes. */
  sort ((RstPop3Listing *)self);
  return row_at (self, position);
}

gboolean
rst_pop3_listing_has_uids (const RstPop3Listing *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_uids;
}
