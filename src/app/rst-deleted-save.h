/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "account/rst-account.h"

G_BEGIN_DECLS

/**
 * rst_deleted_save_choose:
 * @overlay: of the window in which it is asked for; what came of it is said there
 * @items: (element-type RstDeletedItem): with copies
 *
 * Asks where to, and saves these copies, whatever is selected by then. Nothing happens while the
 * window asks already.
 */
void rst_deleted_save_choose (AdwToastOverlay *overlay,
                              RstAccount *account,
                              GPtrArray *items);

G_END_DECLS
