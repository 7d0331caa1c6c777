/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pop3/rst-pop3-listing.h"
#include "rst-header.h"

G_BEGIN_DECLS

/**
 * RstGroup:
 * @identity: (nullable): what its members look like: the digest is the same for all of them
 * @members: (element-type guint): positions of the messages that the user pointed at
 * @candidates: (element-type guint): rows of this session's listing where they may stand; empty =
 *   they are gone
 * @numbers: (element-type guint32): of all messages of the index that look like the members,
 *   themselves included, the numbers last known; a number may be there twice
 * @needs_all: the candidates are the places of messages that look alike, known by number only:
 *   unless all of them match, the numbers are stale and none can be trusted
 *
 * Messages of a user action that nothing but their bodies tells apart, nearly always one alone, on
 * their way to numbers of this session.
 */
typedef struct
{
  RstIdentity *identity;
  GArray *members;
  GArray *candidates;
  GArray *numbers;
  gboolean needs_all;
} RstGroup;

/**
 * rst_resolve_groups:
 * @headers: (element-type RstHeader): what the user pointed at
 * @index: (element-type RstHeader): all that is known, to know look-alikes by
 * @listing: this session's
 *
 * Finds where each message may stand in this session: by UID, or, where listing or message have
 * none, at its last known number and at those of the messages that look like it. Nothing is decided
 * yet: that takes their headers. Pure.
 *
 * Returns: (transfer full) (element-type RstGroup): each of @headers is a member of one group.
 */
GPtrArray *rst_resolve_groups (GPtrArray *headers,
                               GPtrArray *index,
                               const RstPop3Listing *listing);

/**
 * rst_group_find_matches:
 * @digests: (array): one for each row of the listing, %NULL where the headers could not be had
 * @is_from_retr: whether they were made from the answers to RETR, which may differ from those to
 *   TOP
 *
 * Returns: (transfer full) (element-type guint): the candidates that have the group's headers;
 * empty when there are none or when they cannot be trusted. Pure.
 */
GArray *rst_group_find_matches (const RstGroup *self,
                                RstHeaderDigest *const *digests,
                                gboolean is_from_retr);

G_END_DECLS
