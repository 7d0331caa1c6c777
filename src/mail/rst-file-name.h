/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_file_name_make_safe:
 * @name: (nullable): what a sender calls a file; untrusted
 * @content_type: its type, which names it when nothing else does
 *
 * Makes a name that is one path component on any file system, shows as what it is, and is not
 * hidden: no directories, U+FFFD for control and bidirectional override characters, no rows of
 * blanks, no leading dot, 120 characters and 240 bytes at most, of which the extension stays. Pure;
 * any thread; can't fail.
 *
 * Returns: (transfer full): the name, valid UTF-8, never empty.
 */
char *rst_file_name_make_safe (const char *name,
                               const char *content_type);

G_END_DECLS
