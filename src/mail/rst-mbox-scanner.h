/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** RST_MBOX_MAX_HEADER: bytes of a header block that are looked at. */
#define RST_MBOX_MAX_HEADER (1024 * 1024)

/**
 * RstMboxEntry:
 * @start: where the "From " line begins; @message when there is none
 * @message: where the message begins
 * @end: where the next entry begins, or the file ends
 * @size: bytes of the message, without the blank line at its end
 *
 * Where one message lies in an mbox file.
 */
typedef struct
{
  goffset start;
  goffset message;
  goffset end;
  goffset size;
} RstMboxEntry;

/**
 * RstMboxEntryFunc:
 * @header: the entry's first bytes: its header block and perhaps the blank line behind it, or
 *   %RST_MBOX_MAX_HEADER bytes of them
 */
typedef void (*RstMboxEntryFunc) (const RstMboxEntry *entry,
                                  const char *header,
                                  gsize header_length,
                                  gpointer user_data);

/**
 * RstMboxScanner:
 *
 * Finds the messages of an mbox that is too big to be loaded: it is given the file in pieces of any
 * size, and keeps no more than one header block. It splits where rst_mbox_split() does. Pure; can't
 * fail.
 */
typedef struct _RstMboxScanner RstMboxScanner;

/**
 * rst_mbox_scanner_new:
 * @begins_with_message: whether the file begins with a message that has lost its "From " line;
 *   otherwise, what stands before the first one is no message
 */
RstMboxScanner *rst_mbox_scanner_new (gboolean begins_with_message,
                                      RstMboxEntryFunc func,
                                      gpointer user_data);
void rst_mbox_scanner_free (RstMboxScanner *self);

/** rst_mbox_scanner_push: the next piece of the file. */
void rst_mbox_scanner_push (RstMboxScanner *self,
                            const char *bytes,
                            gsize length);

/** rst_mbox_scanner_finish: the file has ended: tells of the last message. */
void rst_mbox_scanner_finish (RstMboxScanner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMboxScanner, rst_mbox_scanner_free)

G_END_DECLS
