/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-trust"

#include "config.h"

#include "rst-application-private.h"

/* Exactly this fingerprint for exactly this account; and then it is tried again. */
static void
trust_certificate_action (GSimpleAction *action,
                          GVariant *parameter,
                          gpointer user_data)
{
  RstApplication *self = user_data;
  g_autoptr (RstAccount) trusting = NULL;
  g_autoptr (RstMailbox) mailbox = NULL;
  g_autoptr (GError) error = NULL;
  const char *fingerprint;
  RstAccount *account;
  RstWindow *window;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &id, &fingerprint);
  account = rst_accounts_file_find (self->accounts, id);
  window = rst_application_find_window (self, id);
  if (account == NULL || window == NULL)
    return;

  trusting = rst_account_copy (account);
  g_free (trusting->certificate_pin);
  trusting->certificate_pin = g_strdup (fingerprint);
  if (!rst_application_store_account (self, trusting, &error))
    {
      rst_window_show_notice (window, error->message);
      return;
    }

  mailbox = rst_mailbox_new (trusting);
  rst_application_open_mailbox (self, window, mailbox);
}

void
rst_application_add_trust_actions (RstApplication *self)
{
  static const GActionEntry entries[] = {
    { "trust-certificate", trust_certificate_action, "(ss)" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
