/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pop3/rst-pop3-listing.h"

G_BEGIN_DECLS

/* Strangers are UIDs that a listing had beside those of the index, before any reload took them in:
 * they belong to other messages than those of the index. When nothing but strangers is listed
 * later, the UIDs have not been changed, as it seems; the messages of the index are gone. A set of
 * strings, freed with it. */

/** rst_strangers_new: Returns: (transfer full): an empty set. */
GHashTable *rst_strangers_new (void);

/**
 * rst_strangers_note:
 * @index: (element-type RstHeader)
 *
 * Adds those of @listing, if it has any UID of the index as well.
 */
void rst_strangers_note (GHashTable *strangers,
                         GPtrArray *index,
                         const RstPop3Listing *listing);

/** rst_strangers_to_text: Returns: (transfer full) (nullable): the set, one a line; %NULL when it
 * is empty. */
char *rst_strangers_to_text (GHashTable *strangers);

/** rst_strangers_add_text: adds what rst_strangers_to_text() has made. */
void rst_strangers_add_text (GHashTable *strangers,
                             const char *text);

G_END_DECLS
