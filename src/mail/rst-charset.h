/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstCharset:
 * @name: as iconv knows it
 * @kind: how its text looks as bytes
 *
 * A charset that mail is written in.
 */
typedef enum
{
  RST_CHARSET_ASCII,
  RST_CHARSET_UTF8,
  RST_CHARSET_OTHER,
  RST_CHARSET_WIDE,
} RstCharsetKind;

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

G_END_DECLS
