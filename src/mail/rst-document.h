/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstRunFlags:
 * @RST_RUN_SIGNATURE: what follows the line "-- "
 * @RST_RUN_NOTE: words of ours and not of the sender's: "Here a part is missing"
 * @RST_RUN_MARKER: the bullet or number of a list's item, and the ruler between parts
 *
 * How a run of text looks.
 */
typedef enum
{
  RST_RUN_PLAIN = 0,
  RST_RUN_BOLD = 1 << 0,
  RST_RUN_ITALIC = 1 << 1,
  RST_RUN_UNDERLINE = 1 << 2,
  RST_RUN_STRIKE = 1 << 3,
  RST_RUN_MONOSPACE = 1 << 4,
  RST_RUN_PREFORMATTED = 1 << 5,
  RST_RUN_SIGNATURE = 1 << 6,
  RST_RUN_NOTE = 1 << 7,
  RST_RUN_MARKER = 1 << 8,
} RstRunFlags;

/**
 * RstRun:
 * @start: the byte of the text where it begins; it ends where the next run begins
 * @flags: how it looks
 * @heading: 1 to 6, 0 for ordinary text
 * @quote: how many quotations deep it stands
 * @indent: how many lists deep it stands
 * @link: its link, counted from 1; 0 for none
 */
typedef struct
{
  gsize start;
  RstRunFlags flags;
  guint8 heading;
  guint8 quote;
  guint8 indent;
  guint link;
} RstRun;

/**
 * RstDocumentLink:
 * @target: where it leads: "https:", "http:", "mailto:", "tel:" or "ftp:", valid UTF-8
 * @claimed_host: (nullable): the host that the link's text names, when it is another one than that
 *   of @target
 */
typedef struct
{
  char *target;
  char *claimed_host;
} RstDocumentLink;

/**
 * RstDocumentImage:
 * @start: the byte of the text where its U+FFFC stands
 * @alt: (nullable): the words that stand for it
 * @content: (nullable): the image's file; %NULL when it can't be had
 */
typedef struct
{
  gsize start;
  char *alt;
  GBytes *content;
} RstDocumentImage;

/**
 * RstFold:
 * @start: the byte of the text where it begins: at the beginning of a line
 * @end: where it ends: behind a line's end, or at the end of the text
 * @title: (nullable): what stands for it when it is folded; %NULL for a quotation
 * @is_folded: whether it is folded at first
 *
 * A part of the text that can be folded away: a long quotation, or a message within the message.
 * Folds may lie within one another, and don't cross.
 */
typedef struct
{
  gsize start;
  gsize end;
  char *title;
  gboolean is_folded;
} RstFold;

/**
 * RstDocument:
 *
 * What a message shows: text with its looks, links, images and folds. Immutable once it is built;
 * shared by reference between threads.
 */
typedef struct _RstDocument RstDocument;

RstDocument *rst_document_ref (RstDocument *self);
void rst_document_unref (RstDocument *self);

/**
 * rst_document_get_text:
 *
 * Returns: (transfer none): all of the text, valid UTF-8 without control characters but LF and TAB.
 *   An image is one U+FFFC.
 */
const char *rst_document_get_text (const RstDocument *self);

/** rst_document_get_length: Returns: bytes of the text. */
gsize rst_document_get_length (const RstDocument *self);

/** rst_document_get_runs: Returns: (transfer none) (array length=n_runs): in the order of the text,
 * from its first byte on; empty for an empty text. */
const RstRun *rst_document_get_runs (const RstDocument *self,
                                     gsize *n_runs);

/** rst_document_get_links: Returns: (transfer none) (element-type RstDocumentLink): never %NULL. */
GPtrArray *rst_document_get_links (const RstDocument *self);

/** rst_document_get_images: Returns: (transfer none) (element-type RstDocumentImage): in the order
 * of the text; never %NULL. */
GPtrArray *rst_document_get_images (const RstDocument *self);

/** rst_document_get_folds: Returns: (transfer none) (element-type RstFold): in the order of their
 * beginnings, the outer before the inner; never %NULL. */
GPtrArray *rst_document_get_folds (const RstDocument *self);

/** rst_document_get_n_remote_images: Returns: how many images would have to be loaded from the
 * network, and never are. */
guint rst_document_get_n_remote_images (const RstDocument *self);

/** rst_document_get_is_cut: Returns: whether the document ends before its source did, as a limit
 * was reached. */
gboolean rst_document_get_is_cut (const RstDocument *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDocument, rst_document_unref)

G_END_DECLS
