/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

#define RST_TYPE_ACCOUNT_SWITCHER (rst_account_switcher_get_type ())

/**
 * RstAccountSwitcher:
 *
 * A button with a list of the accounts and their unread messages, for the header bar of a window
 * of the program. It is there when there is something to choose from. An account is shown in the
 * window, or, with the button beside it, in a window of its own.
 */
G_DECLARE_FINAL_TYPE (RstAccountSwitcher, rst_account_switcher, RST, ACCOUNT_SWITCHER, AdwBin)

/** rst_account_switcher_set_application: @application: that of the window. */
void rst_account_switcher_set_application (RstAccountSwitcher *self,
                                           RstApplication *application);

G_END_DECLS
