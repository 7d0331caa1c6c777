/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-cli.h"

G_BEGIN_DECLS

struct _RstCli
{
  const RstCliOptions *options;
  RstMailbox *mailbox;
  GCancellable *cancellable;
  guint interrupt_id;

  /* The end of the operation that is waited for. */
  GAsyncResult *result;

  RstSyncReport reload_report;
  gboolean is_reloaded;
};

/** rst_cli_done_cb: the callback of every operation that rst_cli_wait() waits for; its user data is
 * the RstCli. */
void rst_cli_done_cb (GObject *source,
                      GAsyncResult *result,
                      gpointer user_data);

/** rst_cli_wait: Returns: (transfer full): the result of the operation that was started. */
GAsyncResult *rst_cli_wait (RstCli *self);

/**
 * RstCliCommand:
 * @name: as it is typed
 * @min_arguments: what must follow it at least
 * @max_arguments: what may follow it at most
 */
typedef struct
{
  const char *name;
  guint min_arguments;
  guint max_arguments;
  gboolean (*run) (RstCli *self,
                   char **arguments,
                   GError **error);
} RstCliCommand;

/** rst_cli_find_command: Returns: (nullable): the command of this name. */
const RstCliCommand *rst_cli_find_command (const char *name);

G_END_DECLS
