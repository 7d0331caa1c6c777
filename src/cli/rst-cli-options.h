/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "account/rst-account.h"

G_BEGIN_DECLS

/**
 * RstCliExit:
 *
 * What the program's exit status says; scripts rely on the numbers.
 */
typedef enum
{
  RST_CLI_EXIT_DONE = 0,
  RST_CLI_EXIT_FAILED = 1,
  RST_CLI_EXIT_USAGE = 2,
  RST_CLI_EXIT_NOT_IN_SYNC = 3,
  RST_CLI_EXIT_LOGIN_REFUSED = 4,
  RST_CLI_EXIT_UNREACHABLE = 5,
  RST_CLI_EXIT_TLS = 6,
} RstCliExit;

/**
 * RstCliCommand:
 *
 * What the program is told to do.
 */
typedef enum
{
  RST_CLI_COMMAND_LIST,
  RST_CLI_COMMAND_SHOW,
  RST_CLI_COMMAND_CHECK,
  RST_CLI_COMMAND_DELETE,
  RST_CLI_COMMAND_SAVE,
  RST_CLI_COMMAND_PASSWORD,
  RST_CLI_COMMAND_LOG,
} RstCliCommand;

/**
 * RstCliOptions:
 * @rows: (element-type guint) (nullable): the rows of the list that follow the command
 * @arguments: (array zero-terminated=1): the command and what follows it, as typed
 *
 * The command line. Strings are %NULL and numbers -1 where nothing was given.
 */
typedef struct
{
  RstCliCommand command;
  GArray *rows;
  char *file;
  char *account;
  char *host;
  int port;
  char *security;
  char *user;
  char *password_file;
  char *ca_file;
  int timeout;
  gboolean no_top;
  gboolean trace;
  gboolean json;
  int limit;
  gboolean raw;
  gboolean dry_run;
  gboolean yes;
  gboolean unverified;
  gboolean no_copy;
  char *to;
  gboolean forget;
  gboolean version;
  char **arguments;
} RstCliOptions;

/**
 * rst_cli_options_parse:
 *
 * Returns: (transfer full): the options, which make sense together; only "version" is set when that
 * is all that is asked for. Errors: G_OPTION_ERROR.
 */
RstCliOptions *rst_cli_options_parse (int argc,
                                      char **argv,
                                      GError **error);
void rst_cli_options_free (RstCliOptions *self);

/**
 * rst_cli_options_find_account:
 *
 * Returns: (transfer full): the account that the command line names: by --account, by --host and
 * --user, or the only one in accounts.ini; with the changes that other options make to it. Errors:
 * G_OPTION_ERROR, RST_ACCOUNTS_FILE_ERROR, G_FILE_ERROR.
 */
RstAccount *rst_cli_options_find_account (const RstCliOptions *self,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstCliOptions, rst_cli_options_free)

G_END_DECLS
