/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-key-file.h"

G_BEGIN_DECLS

/**
 * RstKeyFileLine:
 * @text: with its line end
 * @group: (nullable): the group that it goes away with: %NULL for the lines above the first one,
 *   and for comments right above any
 * @key: (nullable): %NULL for all lines but "key=value"
 *
 * A line of the file.
 */
typedef struct
{
  char *text;
  char *group;
  char *key;
  gboolean is_heading;
} RstKeyFileLine;

struct _RstKeyFile
{
  /* GKeyFile reads, the lines are what is written: every change is made in both. */
  GKeyFile *settings;
  GPtrArray *lines;
  const char *line_end;
};

/** rst_key_file_end_last_line: gives the last line the line end that it may lack. */
void rst_key_file_end_last_line (RstKeyFile *self);

/** rst_key_file_read_lines: brings what is read up to date with the lines. */
void rst_key_file_read_lines (RstKeyFile *self);

G_END_DECLS
