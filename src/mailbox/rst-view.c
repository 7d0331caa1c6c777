/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-view"

#include "config.h"

#include "rst-view.h"

#include <string.h>

/* What is compared lies side by side: following pointers to a hundred thousand messages at each
 * comparison costs more than the comparison. */
typedef struct
{
  gint64 number;
  const char *text;
  guint position;
  gboolean is_loaded;
} Row;

gboolean
rst_view_order_shows (const RstViewOrder *self,
                      const RstHeader *header)
{
  for (guint i = 0; self->needles && self->needles[i]; i++)
    {
      if (!*self->needles[i])
        continue;
      if (!header->envelope ||
          !strstr (rst_envelope_get_key (header->envelope, RST_ENVELOPE_KEY_SEARCH),
                   self->needles[i]))
        return FALSE;
    }

  return TRUE;
}

static void
fill_row (Row *row,
          const RstRecord *record,
          guint position,
          RstSortColumn column)
{
  const RstHeader *header = record->header;
  RstEnvelope *envelope = header->envelope;

  row->position = position;
  row->is_loaded = header->state == RST_HEADER_LOADED;
  row->number = 0;
  row->text = "";
  switch (column)
    {
    case RST_SORT_UNREAD:
      row->number = !record->is_read;
      break;
    case RST_SORT_FROM:
      row->text = envelope ? rst_envelope_get_key (envelope, RST_ENVELOPE_KEY_FROM) : "";
      break;
    case RST_SORT_SUBJECT:
      row->text = envelope ? rst_envelope_get_key (envelope, RST_ENVELOPE_KEY_SUBJECT) : "";
      break;
    case RST_SORT_DATE:
      row->number = envelope ? envelope->date : 0;
      break;
    case RST_SORT_SIZE:
      row->number = (gint64)header->identity->size;
      break;
    case RST_SORT_SERVER:
    default:
      break;
    }
}

static int
compare_positions (const Row *a,
                   const Row *b)
{
  return (a->position > b->position) - (a->position < b->position);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer user_data)
{
  const RstViewOrder *order = user_data;
  const Row *left = a;
  const Row *right = b;
  int difference;

  /* What is not loaded is what is oldest: it stays at the end, whichever way the rest is turned. */
  if (order->column != RST_SORT_SERVER && left->is_loaded != right->is_loaded)
    return left->is_loaded ? -1 : 1;

  difference = (left->number > right->number) - (left->number < right->number);
  if (difference == 0)
    difference = strcmp (left->text, right->text);
  if (difference == 0 && order->column != RST_SORT_SERVER && order->column != RST_SORT_DATE)
    return compare_positions (right, left);
  if (difference == 0)
    difference = compare_positions (left, right);

  return order->is_descending ? -difference : difference;
}

int
rst_view_order_compare (const RstViewOrder *self,
                        const RstRecord *a,
                        guint position_a,
                        const RstRecord *b,
                        guint position_b)
{
  Row left;
  Row right;

  fill_row (&left, a, position_a, self->column);
  fill_row (&right, b, position_b, self->column);

  return compare_rows (&left, &right, (gpointer)self);
}

GArray *
rst_view_compute (GPtrArray *records,
                  const RstViewOrder *order)
{
  g_autofree Row *rows = g_new (Row, records->len);
  GArray *positions = g_array_sized_new (FALSE, FALSE, sizeof (guint), records->len);
  guint n_rows = 0;

  for (guint i = 0; i < records->len; i++)
    {
      const RstRecord *record = g_ptr_array_index (records, i);

      if (rst_view_order_shows (order, record->header))
        fill_row (&rows[n_rows++], record, i, order->column);
    }

  g_qsort_with_data (rows, (int)n_rows, sizeof *rows, compare_rows, (gpointer)order);
  for (guint i = 0; i < n_rows; i++)
    g_array_append_val (positions, rows[i].position);

  return positions;
}
