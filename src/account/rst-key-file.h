/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstKeyFile:
 *
 * A key file as GKeyFile reads it, but for four things: an error says the line; a group or a key
 * that is there twice is an error, where GKeyFile would silently mix the two; blanks at the end of
 * a value, which nobody sees, do not belong to it ("\s" does); and a change leaves every other byte
 * of the file as it is.
 */
typedef struct _RstKeyFile RstKeyFile;

/**
 * rst_key_file_parse:
 * @text: the contents of a file; UTF-8, with or without a byte order mark; need not end in a NUL
 *
 * The error text holds no byte of a line that is not understood: it may be a password in the wrong
 * place.
 *
 * Returns: (transfer full): the settings. Errors: %RST_ACCOUNTS_FILE_ERROR_FORMAT, "line N:
 * reason".
 */
RstKeyFile *rst_key_file_parse (const char *text,
                                gsize length,
                                GError **error);
void rst_key_file_free (RstKeyFile *self);

/** rst_key_file_dup_text: Returns: (transfer full): the contents to be written. */
char *rst_key_file_dup_text (const RstKeyFile *self);

/** rst_key_file_dup_groups: Returns: (transfer full): the names of the groups, in order. */
char **rst_key_file_dup_groups (const RstKeyFile *self);

/** rst_key_file_has_group: Returns: whether there is such a group, with keys or without. */
gboolean rst_key_file_has_group (const RstKeyFile *self,
                                 const char *group);

/** rst_key_file_has_key: Returns: whether @group is there and has this key, be its value empty. */
gboolean rst_key_file_has_key (const RstKeyFile *self,
                               const char *group,
                               const char *key);

/**
 * rst_key_file_dup_raw:
 *
 * Returns: (transfer full) (nullable): the value as it stands in the file, %NULL when it does not.
 */
char *rst_key_file_dup_raw (const RstKeyFile *self,
                            const char *group,
                            const char *key);

/**
 * rst_key_file_dup_string:
 *
 * Returns: (transfer full) (nullable): the value with its escape sequences undone; %NULL when there
 * is none, or a sequence does not exist.
 */
char *rst_key_file_dup_string (const RstKeyFile *self,
                               const char *group,
                               const char *key);

/**
 * rst_key_file_set_string:
 *
 * Puts "key=value" in the place of the one that is there, or behind the last key of @group, which
 * comes to the end of the file when it is new.
 */
void rst_key_file_set_string (RstKeyFile *self,
                              const char *group,
                              const char *key,
                              const char *value);

/** rst_key_file_remove_key: takes out the key's line; one that is not there is no error. */
void rst_key_file_remove_key (RstKeyFile *self,
                              const char *group,
                              const char *key);

/**
 * rst_key_file_remove_group:
 *
 * Takes out the group with all that stands in it. Comments right above it, or right above the next
 * one, stay.
 */
void rst_key_file_remove_group (RstKeyFile *self,
                                const char *group);

/**
 * rst_key_file_sort_groups:
 * @groups: names of groups, %NULL-terminated; those that are not there are passed over
 *
 * Puts these groups, with the comments right above them, into this order, in the places that they
 * have together; the others stay where they are.
 */
void rst_key_file_sort_groups (RstKeyFile *self,
                               const char *const *groups);

/**
 * rst_key_file_quote:
 * @text: a value from a file
 *
 * Returns: (transfer full): @text fit to be shown in an error: on one line, and not too long.
 */
char *rst_key_file_quote (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstKeyFile, rst_key_file_free)

G_END_DECLS
