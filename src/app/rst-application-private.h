/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "account/rst-accounts-file.h"
#include "rst-application.h"
#include "rst-background-check.h"
#include "rst-demo.h"
#include "rst-window.h"

G_BEGIN_DECLS

struct _RstApplication
{
  AdwApplication parent_instance;

  /* Owned References */
  RstAccountsFile *accounts;
  GSettings *settings;
  RstDemo *demo;
  GtkFileChooserNative *chooser;
  RstPrivateFiles *private_files;
  GHashTable *checks;   /* id → RstBackgroundCheck */
  GHashTable *arrivals; /* id → GPtrArray of RstMessageItem: what was last told of */
  /* id → RstMailbox, of every account that was opened: they know the passwords that were typed */
  GHashTable *mailboxes;
  GtkWindow *preferences; /* a weak pointer */

  gboolean is_held;
  gboolean is_tracing;
  gboolean is_apart; /* from the process that may run already, and looks for new mail */
};

/* rst-application-windows.c */
RstWindow *rst_application_find_window (RstApplication *self,
                                        const char *account_id);
RstWindow *rst_application_take_window (RstApplication *self);
void rst_application_open_mailbox (RstApplication *self,
                                   RstWindow *window,
                                   RstMailbox *mailbox);
void rst_application_leave_mailbox (RstApplication *self,
                                    RstWindow *window);
void rst_application_open_account (RstApplication *self,
                                   RstAccount *account);
void rst_application_show_account (RstApplication *self,
                                   RstWindow *window,
                                   RstAccount *account);
void rst_application_open_demo (RstApplication *self);

/* rst-application-accounts.c */
void rst_application_open_default (RstApplication *self);
gboolean rst_application_load_accounts (RstApplication *self);
void rst_application_add_account_actions (RstApplication *self);
void rst_application_accounts_changed (RstApplication *self);
gboolean rst_application_store_account (RstApplication *self,
                                        RstAccount *account,
                                        GError **error);

/* rst-application-background.c */
void rst_application_start_background (RstApplication *self);
void rst_application_stop_background (RstApplication *self);
void rst_application_update_background (RstApplication *self);
void rst_application_leave_background (RstApplication *self);
void rst_application_withdraw_new_mail (RstApplication *self,
                                        RstWindow *window);
RstBackgroundCheck *rst_application_watch (RstApplication *self,
                                           RstMailbox *mailbox);

/* rst-application-manage.c */

/** rst_application_apply_accounts: what was opened for settings that are not those of the file any
 * more is made anew. */
void rst_application_apply_accounts (RstApplication *self);

/* rst-application-trust.c */
void rst_application_add_trust_actions (RstApplication *self);

/* rst-application-files.c */
void rst_application_open_file (RstApplication *self,
                                GFile *file);
void rst_application_accept_files (RstApplication *self,
                                   RstWindow *window);
void rst_application_add_file_actions (RstApplication *self);

/* rst-application-actions.c */
void rst_application_add_actions (RstApplication *self);

G_END_DECLS
