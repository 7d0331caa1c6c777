/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

#define RST_TYPE_ACCOUNTS_PAGE (rst_accounts_page_get_type ())

/**
 * RstAccountsPage:
 *
 * The accounts in the preferences: add, edit, switch on and off, put in order, remove.
 */
G_DECLARE_FINAL_TYPE (RstAccountsPage, rst_accounts_page, RST, ACCOUNTS_PAGE, AdwPreferencesPage)

/** rst_accounts_page_set_application: @application: whose accounts these are. */
void rst_accounts_page_set_application (RstAccountsPage *self,
                                        RstApplication *application);

G_END_DECLS
