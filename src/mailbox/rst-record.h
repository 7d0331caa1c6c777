/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "fetcher/rst-header.h"

G_BEGIN_DECLS

/**
 * RstRecord:
 * @header: the message
 * @id: its row in the store, 0 while it is not stored
 * @position: what the store orders it by; only the order counts
 * @is_read: kept locally
 *
 * A message as index, workers and store hand it to each other. Immutable once made; shared by
 * reference between threads.
 */
typedef struct
{
  RstHeader *header;
  gint64 id;
  gint64 position;
  gboolean is_read;
} RstRecord;

/**
 * rst_record_new:
 * @header: (transfer none): referenced
 */
RstRecord *rst_record_new (RstHeader *header,
                           gint64 id,
                           gint64 position,
                           gboolean is_read);
RstRecord *rst_record_ref (RstRecord *self);
void rst_record_unref (RstRecord *self);

/** rst_record_array_new: Returns: (transfer full) (element-type RstRecord): an empty array that
 * owns references. */
GPtrArray *rst_record_array_new (void);

/** rst_record_array_dup_headers: Returns: (transfer full) (element-type RstHeader): the records'
 * headers, in order. */
GPtrArray *rst_record_array_dup_headers (GPtrArray *records);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstRecord, rst_record_unref)

G_END_DECLS
