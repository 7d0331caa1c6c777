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
 * RstCliOptions:
 * @arguments: (array zero-terminated=1): the command and what follows it
 *
 * The command line. Strings are %NULL and numbers 0 where nothing was given.
 */
typedef struct
{
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
  char *to;
  gboolean forget;
  gboolean version;
  char **arguments;
} RstCliOptions;

/** rst_cli_options_parse: Returns: (transfer full): the options; G_OPTION_ERROR when they are no
 * command line. */
RstCliOptions *rst_cli_options_parse (int argc,
                                      char **argv,
                                      GError **error);
void rst_cli_options_free (RstCliOptions *self);

/**
 * rst_cli_options_find_account:
 *
 * Returns: (transfer full): the account that the command line names: by --account, by --host and
 * --user, or the only one in accounts.ini. Errors: G_OPTION_ERROR, RST_ACCOUNTS_FILE_ERROR,
 * G_FILE_ERROR.
 */
RstAccount *rst_cli_options_find_account (const RstCliOptions *self,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstCliOptions, rst_cli_options_free)

G_END_DECLS
