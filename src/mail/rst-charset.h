/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstCharsetKind:
 *
 * How a text looks as bytes, and so, what an impossible byte says: hardly anything but UTF-8
 * happens to look like it, where a single-byte charset makes sense of nearly any bytes.
 */
typedef enum
{
  RST_CHARSET_ASCII,
  RST_CHARSET_UTF8,
  RST_CHARSET_MULTI_BYTE,
  RST_CHARSET_SINGLE_BYTE,
  RST_CHARSET_WIDE,
} RstCharsetKind;

/**
 * RstCharset:
 * @name: as iconv knows it
 *
 * A charset that mail is written in.
 */
typedef struct
{
  const char *name;
  RstCharsetKind kind;
} RstCharset;

/**
 * rst_charset_find:
 * @name: (nullable): what a message calls it; untrusted
 * @charset: (out): the charset that is meant, "CP1252" for "ISO-8859-1" and its like, whose texts
 *   mostly mean the larger one
 *
 * Returns: whether @name is known. Only charsets of mail are: iconv's converters for mainframes are
 * old code with a record of endless loops, and none of a sender's business.
 */
gboolean rst_charset_find (const char *name,
                           RstCharset *charset);

/**
 * rst_charset_open:
 * @self: a charset that rst_charset_find() found
 *
 * Returns: (transfer full): a converter to UTF-8 for g_iconv(), (GIConv) -1 when this system has
 * none; close it with g_iconv_close(). Any thread.
 */
GIConv rst_charset_open (const RstCharset *self);

G_END_DECLS
