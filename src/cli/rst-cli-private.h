/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-cli.h"

G_BEGIN_DECLS

struct _RstCli
{
  const RstCliOptions *options;
  RstMailbox *mailbox;

  /* Of the signals that stop what is going on; what is no operation of the mailbox's is cancelled
   * through the cancellable. */
  guint stop_ids[3];
  GCancellable *cancellable;

  /* The end of the operation that is waited for. */
  GAsyncResult *result;

  /* What the mailbox has to tell that belongs to no operation, until the operation's own end has
   * been told; element-type utf8. */
  GPtrArray *notices;

  RstSyncReport reload_report;
  gboolean is_reloaded;

  /* What nothing was deleted for. */
  gboolean lacks_copy;

  /* Questions that there was no terminal for. */
  gboolean lacks_password;
  gboolean lacks_permission;
};

/** rst_cli_done_cb: the callback of every operation that rst_cli_wait() waits for; its user data is
 * the RstCli. */
void rst_cli_done_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data);

/** rst_cli_wait: Returns: (transfer full): the result of the operation that was started. */
GAsyncResult *rst_cli_wait (RstCli *self);

/** rst_cli_tell_reload: an operation has reloaded the index, and @report says what changed. */
void rst_cli_tell_reload (RstCli *self,
                          const RstSyncReport *report);

/** rst_cli_run_password: the command "password". */
gboolean rst_cli_run_password (RstCli *self,
                               GError **error);

/** rst_cli_run_log: the command "log". */
gboolean rst_cli_run_log (RstCli *self,
                          GError **error);

/** rst_cli_run_command: does what the command line says, and prints it. */
gboolean rst_cli_run_command (RstCli *self,
                              GError **error);

G_END_DECLS
