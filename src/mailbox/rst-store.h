/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-database.h"
#include "rst-record.h"

G_BEGIN_DECLS

/**
 * RstStore:
 *
 * An account's index on disk, in a SQLite file that may be thrown away: the index is loaded again,
 * but what was read counts as unread, its body is not known any more, and printed rows name
 * nothing. Blocking; one owner at a time, handed from thread to thread between calls. Every
 * function raises %RST_STORE_ERROR.
 */
typedef struct _RstStore RstStore;

/** rst_store_open: opens the store, or makes it anew when it is damaged or of another version. */
RstStore *rst_store_open (const char *path,
                          GError **error);
void rst_store_free (RstStore *self);

/** rst_store_get_database: Returns: (transfer none): for what else is kept in the same file. */
sqlite3 *rst_store_get_database (RstStore *self);

/**
 * rst_store_load_newest:
 *
 * Returns: (transfer full) (element-type RstRecord): the @n messages with the latest dates, latest
 * first: what a list shows first.
 */
GPtrArray *rst_store_load_newest (RstStore *self,
                                  guint n,
                                  GError **error);

/** rst_store_load: Returns: (transfer full) (element-type RstRecord): the index, in the server's
 * order. */
GPtrArray *rst_store_load (RstStore *self,
                           GError **error);

/**
 * rst_store_replace:
 * @before: (element-type RstRecord): the index as the store has it
 * @after: (element-type RstRecord): the index as it is now, in the server's order
 *
 * Writes the difference in one transaction.
 *
 * Returns: (transfer full) (element-type RstRecord): @after, as it is stored now.
 */
GPtrArray *rst_store_replace (RstStore *self,
                              GPtrArray *before,
                              GPtrArray *after,
                              GError **error);

/**
 * rst_store_update: writes what reading a message has brought: that it was read, and its body's
 * digest. Where another program has removed it, or has put something else in its place, nothing.
 */
gboolean rst_store_update (RstStore *self,
                           RstRecord *record,
                           GError **error);

/** rst_store_set_rows: remembers which message each printed row names, row 1 first. */
gboolean rst_store_set_rows (RstStore *self,
                             GPtrArray *records,
                             GError **error);

/**
 * rst_store_load_rows:
 * @rows: (element-type guint): numbers of printed rows
 *
 * Returns: (transfer full) (nullable) (element-type RstRecord): their messages, in the same order;
 * %NULL at the place of a row that there is not.
 */
GPtrArray *rst_store_load_rows (RstStore *self,
                                GArray *rows,
                                GError **error);

/** rst_store_load_setting: Returns: a number that was saved under this name, 0 when there is none.
 */
guint rst_store_load_setting (RstStore *self,
                              const char *name);

/**
 * rst_store_dup_text:
 *
 * Returns: (transfer full) (nullable): a text that was saved under this name.
 */
char *rst_store_dup_text (RstStore *self,
                          const char *name);

/**
 * rst_store_save_text:
 * @text: what rst_store_dup_text() gives from now on, in the place of what was there
 *
 * Errors: %RST_STORE_ERROR.
 */
gboolean rst_store_save_text (RstStore *self,
                              const char *name,
                              const char *text,
                              GError **error);

/**
 * rst_store_save_setting:
 * @value: what rst_store_load_setting() gives from now on, in the place of what was there
 *
 * Errors: %RST_STORE_ERROR.
 */
gboolean rst_store_save_setting (RstStore *self,
                                 const char *name,
                                 guint value,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstStore, rst_store_free)

G_END_DECLS
