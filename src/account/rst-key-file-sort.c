/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-key-file-sort"

#include "config.h"

#include <string.h>

#include "rst-key-file-private.h"

/* A group's heading with the comments right above it, and all lines down to the next such. */
typedef struct
{
  const char *group;
  guint first;
  guint end;
} Block;

static guint
find_first_comment (const GPtrArray *lines,
                    guint heading)
{
  while (heading > 0 && ((const RstKeyFileLine *)lines->pdata[heading - 1])->text[0] == '#')
    heading--;
  return heading;
}

/* Returns: (transfer full) (element-type Block): in the order of the file. */
static GArray *
find_blocks (const GPtrArray *lines)
{
  GArray *blocks = g_array_new (FALSE, FALSE, sizeof (Block));

  for (guint i = 0; i < lines->len; i++)
    {
      const RstKeyFileLine *line = lines->pdata[i];
      Block block = { line->group, 0, lines->len };

      if (!line->is_heading)
        continue;
      block.first = find_first_comment (lines, i);
      if (blocks->len > 0)
        g_array_index (blocks, Block, blocks->len - 1).end = block.first;
      g_array_append_val (blocks, block);
    }
  return blocks;
}

static const Block *
find_block (const GArray *blocks,
            const char *group)
{
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      if (strcmp (block->group, group) == 0)
        return block;
    }
  return NULL;
}

/* Returns: (transfer full) (element-type Block): those of @groups that there are, in that order. */
static GArray *
choose_blocks (const GArray *blocks,
               const char *const *groups)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (Block));

  for (; *groups != NULL; groups++)
    {
      const Block *block = find_block (blocks, *groups);

      if (block != NULL)
        g_array_append_vals (chosen, block, 1);
    }
  return chosen;
}

void
rst_key_file_sort_groups (RstKeyFile *self,
                          const char *const *groups)
{
  g_autoptr (GArray) blocks = NULL;
  g_autoptr (GArray) chosen = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  guint n_preamble;
  guint next = 0;

  g_return_if_fail (self != NULL && groups != NULL);

  rst_key_file_end_last_line (self);
  blocks = find_blocks (self->lines);
  chosen = choose_blocks (blocks, groups);
  sorted = g_ptr_array_new ();
  n_preamble = blocks->len > 0 ? g_array_index (blocks, Block, 0).first : self->lines->len;
  for (guint i = 0; i < n_preamble; i++)
    g_ptr_array_add (sorted, self->lines->pdata[i]);
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      if (g_strv_contains (groups, block->group))
        block = &g_array_index (chosen, Block, next++);
      for (guint line = block->first; line < block->end; line++)
        g_ptr_array_add (sorted, self->lines->pdata[line]);
    }
  memcpy (self->lines->pdata, sorted->pdata, sorted->len * sizeof (gpointer));
  rst_key_file_read_lines (self);
}
