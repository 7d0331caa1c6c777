/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstAddress:
 * @name: decoded; never %NULL, may be empty
 * @address: "ada@example.org"; never %NULL, may be empty
 *
 * One address of a header field, valid UTF-8 in one line.
 */
typedef struct
{
  char *name;
  char *address;
} RstAddress;

/**
 * rst_address_parse_field:
 * @block: a raw header block; untrusted
 * @name: "From"
 * @fallback: (nullable): see rst_text_decode()
 *
 * Reads the first field of this name; groups give their members. What can't be read as addresses is
 * one name. Any thread; can't fail.
 *
 * Returns: (transfer full) (element-type RstAddress): the addresses, none without such a field.
 */
GPtrArray *rst_address_parse_field (const char *block,
                                    gsize length,
                                    const char *name,
                                    const char *fallback);

G_END_DECLS
