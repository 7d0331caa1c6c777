/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-random.h"

G_BEGIN_DECLS

/**
 * SimContent:
 * @likeness: the same for messages whose headers are the same, volatile fields aside
 * @header: without the blank line
 * @body: of contents of one likeness, each has its own
 *
 * What a message says: two contents are never byte-equal. Lives as long as its world.
 */
typedef struct
{
  guint likeness;
  char *header;
  char *body;
} SimContent;

/**
 * SimMessage:
 * @uid: what the server calls it now
 * @status: which volatile fields it has now
 * @is_there: whether it is in the maildrop
 *
 * A message of the maildrop, the same one through every renumbering. Lives as long as its world.
 */
typedef struct
{
  SimContent *content;
  guint uid;
  guint status;
  gboolean is_there;
} SimMessage;

/**
 * SimWorld:
 *
 * A maildrop, what its server can do, and what other clients and the server's owner do to it.
 */
typedef struct
{
  GPtrArray *messages;
  GPtrArray *backup;
  GPtrArray *all;
  GPtrArray *contents;
  guint next_uid;
  guint next_likeness;
  gboolean has_uidl;
  gboolean has_top;
  gboolean has_capa;
  gboolean can_pipeline;
  gboolean locks;
} SimWorld;

SimWorld *sim_world_new (SimRandom *random);

/** sim_world_new_plain: a maildrop of @n messages, each unlike the others, on a good server. */
SimWorld *sim_world_new_plain (guint n,
                               gboolean can_pipeline);
void sim_world_free (SimWorld *self);

/** sim_world_change: something happens to the maildrop between two sessions. Returns: its name. */
const char *sim_world_change (SimWorld *self,
                              SimRandom *random);

/** sim_world_disturb: something happens that a session can notice: messages vanish, fields change.
 */
void sim_world_disturb (SimWorld *self,
                        SimRandom *random);

void sim_world_remove (SimWorld *self,
                       SimMessage *message);

/** sim_message_get_status: Returns: the volatile fields of a message, as lines. */
const char *sim_message_get_status (const SimMessage *self);

/** sim_content_get_size: Returns: how large the server says that it is. */
guint sim_content_get_size (const SimContent *self);

/** sim_content_is_equal: Returns: whether @bytes are this content, volatile fields aside. */
gboolean sim_content_is_equal (const SimContent *self,
                               const char *bytes,
                               gsize length);

G_END_DECLS
