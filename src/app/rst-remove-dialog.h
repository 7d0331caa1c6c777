/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

/**
 * rst_remove_dialog_show:
 *
 * Asks whether an account is to be removed, and what goes with it; and removes it.
 */
void rst_remove_dialog_show (GtkWindow *parent,
                             RstApplication *application,
                             RstAccount *account);

G_END_DECLS
