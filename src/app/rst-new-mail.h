/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/**
 * rst_new_mail_describe:
 * @account: where they arrived
 * @items: (element-type RstMessageItem): messages that arrived, at least one
 * @title: (out): of one message its sender, of several how many they are, and where
 * @body: (out): of one message its subject, of several the first senders and subjects, a line each
 *
 * The words of a notification.
 */
void rst_new_mail_describe (const RstAccount *account,
                            GPtrArray *items,
                            char **title,
                            char **body);

/**
 * rst_new_mail_notify:
 *
 * Tells the desktop of messages that arrived, in the place of what it was told of this account
 * before. Answers come as "app.open-new-mail" and "app.mark-new-mail-read", with the account's id.
 */
void rst_new_mail_notify (GApplication *application,
                          const RstAccount *account,
                          GPtrArray *items);

/** rst_new_mail_withdraw: takes back what the desktop was told of this account. */
void rst_new_mail_withdraw (GApplication *application,
                            const char *account_id);

G_END_DECLS
