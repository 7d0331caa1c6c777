/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "account/rst-discovery.h"
#include "rst-account-dialog.h"
#include "rst-questions.h"
#include "rst-session-log.h"

G_BEGIN_DECLS

struct _RstAccountDialog
{
  AdwWindow parent_instance;

  /* Owned References */
  RstAccount *account;
  RstMailbox *tested;
  RstMailbox *testing;
  RstQuestions *questions;
  GCancellable *cancellable;
  GCancellable *finding;
  RstDiscovery *discovery;
  RstSessionLog *log;
  RstPop3Certificate *refused; /* by the last test */

  /* Template Widgets */
  GtkEditable *address_row;
  AdwComboRow *auth_row;
  GtkWidget *certificate_button;
  GtkSpinButton *check_button;
  AdwComboRow *found_row;
  GtkLabel *hint_label;
  GtkEditable *host_row;
  GtkSpinButton *limit_button;
  GtkWidget *log_button;
  GtkEditable *name_row;
  GtkEditable *password_command_row;
  GtkSpinButton *port_button;
  GtkLabel *report_label;
  GtkLabel *result_label;
  GtkButton *save_button;
  GtkScrolledWindow *scrolled_window;
  AdwComboRow *security_row;
  GtkSpinner *spinner;
  GtkSpinButton *timeout_button;
  GtkEditable *token_command_row;
  GtkSwitch *top_switch;
  GtkEditable *user_row;

  RstPop3Security security;
  RstPop3Security former_security; /* before none was chosen, and the port then */
  int former_port;
  gboolean is_filling_in;
  guint scroll_source;
  gboolean shows_end; /* what a test has found stays in sight while it grows */

  /* The one certificate that is trusted, and of which server. */
  char *pin;
  char *pin_host;
};

/* rst-account-dialog.c */

/** rst_account_dialog_update: makes sensitive what can be done now. */
void rst_account_dialog_update (RstAccountDialog *self);
char *rst_account_dialog_dup_entered (GtkEditable *row);

/** rst_account_dialog_dup_host: Returns: (transfer full): the server, as an account takes it. */
char *rst_account_dialog_dup_host (RstAccountDialog *self);

/* rst-account-dialog-find.c: the server of an address. */
void rst_account_dialog_install_find (GtkWidgetClass *widget_class);
void rst_account_dialog_stop_finding (RstAccountDialog *self);

/* rst-account-dialog-test.c: signing in with what was entered, and what is said of it. */
void rst_account_dialog_install_test (GtkWidgetClass *widget_class);
void rst_account_dialog_end_test (RstAccountDialog *self);

/** rst_account_dialog_forget_test: ends it, and takes away what was said of it. */
void rst_account_dialog_forget_test (RstAccountDialog *self);

/** rst_account_dialog_show_result: @css_class: (nullable): "success", "warning" or "error" */
void rst_account_dialog_show_result (RstAccountDialog *self,
                                     const char *text,
                                     const char *css_class);

G_END_DECLS
