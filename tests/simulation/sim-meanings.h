/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-mailbox.h"
#include "sim-client.h"

G_BEGIN_DECLS

/**
 * SimMeaning:
 * @content: (nullable): %NULL where its headers came as garbage
 * @uid, @number: the name under which it was last known
 * @has_body: whether the program knows the body of @content
 * @shown_uid: what the program calls it, which is not @uid where it linked the row to another one
 *
 * What a row of the program's list is about, settled when its headers came.
 */
typedef struct
{
  const SimContent *content;
  guint uid;
  guint number;
  gboolean has_body;
  guint shown_uid;
} SimMeaning;

/** SimMeanings: those of all rows that the program has shown. */
typedef struct _SimMeanings SimMeanings;

SimMeanings *sim_meanings_new (SimRun *run,
                               SimVerdict *verdict);
void sim_meanings_free (SimMeanings *self);

/** sim_meanings_learn: after anything that may have loaded @index anew: what new rows mean, and
 * whether the others are still about what they were. */
void sim_meanings_learn (SimMeanings *self,
                         RstIndex *index);

/** sim_meanings_get: Returns: (transfer none) (nullable): what @item is about. */
const SimMeaning *sim_meanings_get (SimMeanings *self,
                                    RstMessageItem *item);

/** sim_meanings_set_content: @item is about @content from now on, which was shown. */
void sim_meanings_set_content (SimMeanings *self,
                               RstMessageItem *item,
                               const SimContent *content);

/** sim_meanings_restart: after a new start: the list must be what it was, row for row. @before,
 * @after: (element-type RstMessageItem). */
void sim_meanings_restart (SimMeanings *self,
                           const GPtrArray *before,
                           const GPtrArray *after);

/** sim_meanings_is_any_listing: Returns: whether the list is what a session of the step listed. */
gboolean sim_meanings_is_any_listing (SimMeanings *self,
                                      RstIndex *index);

/** sim_meanings_is_listing: Returns: whether the list is what a session listed. */
gboolean sim_meanings_is_listing (RstIndex *index,
                                  const SimSession *session);

G_END_DECLS
