/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** rst_test_folder_new: Returns: (transfer full): the path of a new folder for temporary files. */
char *rst_test_folder_new (void);

/** rst_test_folder_free: @path: (transfer full): removes the folder with all that is in it. */
void rst_test_folder_free (char *path);

G_END_DECLS
