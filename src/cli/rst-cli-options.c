/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-options"

#include "config.h"

#include "rst-cli-options.h"

#include <glib/gi18n.h>

#include "account/rst-accounts-file.h"

static const char *const summary =
    N_ ("Commands:\n"
        "  list [--json] [--limit N]       load or synchronise the list and print it, newest last\n"
        "  show N [--raw]                  print message N of the last list\n"
        "  check                           ask whether the saved list is still in sync\n"
        "  delete N… [--dry-run] [--yes]   delete messages of the last list from the server\n"
        "  save N… --to FILE               append messages to an mbox file\n"
        "  password [--forget]             store or forget the password in the keyring\n"
        "\n"
        "N is a row of the list that was printed last, or a range A-B of rows.");

static GOptionContext *
make_context (RstCliOptions *self)
{
  GOptionContext *context = g_option_context_new (_ ("COMMAND"));
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &self->account, N_ ("Account of accounts.ini"),
      N_ ("ID") },
    { "host", 0, 0, G_OPTION_ARG_STRING, &self->host, N_ ("Server, in the place of an account"),
      N_ ("HOST") },
    { "port", 0, 0, G_OPTION_ARG_INT, &self->port, N_ ("Port of the server"), N_ ("PORT") },
    { "security", 0, 0, G_OPTION_ARG_STRING, &self->security,
      N_ ("tls (the default), starttls or none"), N_ ("HOW") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &self->user, N_ ("User name on the server"), N_ ("USER") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &self->password_file,
      N_ ("File whose first line is the password"), N_ ("FILE") },
    { "ca-file", 0, 0, G_OPTION_ARG_FILENAME, &self->ca_file,
      N_ ("Certificate authorities to trust (PEM)"), N_ ("FILE") },
    { "timeout", 0, 0, G_OPTION_ARG_INT, &self->timeout, N_ ("Seconds to wait for each reply"),
      N_ ("SECONDS") },
    { "no-top", 0, 0, G_OPTION_ARG_NONE, &self->no_top,
      N_ ("Do not use TOP: download whole messages instead"), NULL },
    { "trace", 0, 0, G_OPTION_ARG_NONE, &self->trace, N_ ("Print the conversation with the server"),
      NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("list: one JSON object a line"), NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &self->limit, N_ ("list: only the newest N messages"),
      N_ ("N") },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("show: the message exactly as the server sent it"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_ ("delete: verify only"), NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &self->yes, N_ ("Do not ask"), NULL },
    { "unverified", 0, 0, G_OPTION_ARG_NONE, &self->unverified,
      N_ ("delete: without looking at the messages first"), NULL },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &self->to, N_ ("save: the mbox file"), N_ ("FILE") },
    { "forget", 0, 0, G_OPTION_ARG_NONE, &self->forget, N_ ("password: forget it"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, N_ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->arguments, NULL, NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, summary);

  return context;
}

RstCliOptions *
rst_cli_options_parse (int argc,
                       char **argv,
                       GError **error)
{
  g_autoptr (RstCliOptions) self = g_new0 (RstCliOptions, 1);
  g_autoptr (GOptionContext) context = make_context (self);

  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;

  if (!self->arguments && !self->version)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("No command was given."));
      return NULL;
    }
  if (self->limit < 0 || self->timeout < 0 || self->port < 0 || self->port > G_MAXUINT16)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("A number is out of its range."));
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
rst_cli_options_free (RstCliOptions *self)
{
  g_free (self->account);
  g_free (self->host);
  g_free (self->security);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->ca_file);
  g_free (self->to);
  g_strfreev (self->arguments);
  g_free (self);
}

static RstAccount *
find_in_file (const RstCliOptions *self,
              GError **error)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (RstAccountsFile) file = rst_accounts_file_load (path, error);
  RstAccount *account = NULL;
  GPtrArray *accounts;

  if (!file)
    return NULL;

  accounts = rst_accounts_file_get_accounts (file);
  if (self->account)
    account = rst_accounts_file_find (file, self->account);
  else if (accounts->len == 1)
    account = g_ptr_array_index (accounts, 0);
  if (account)
    return rst_account_copy (account);

  if (self->account)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("There is no account “%s” in %s."), self->account, path);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _ ("Say which mailbox: --account with an account of %s, or --host and --user."),
                 path);
  return NULL;
}

static RstAccount *
make_account (const RstCliOptions *self,
              GError **error)
{
  RstAccount *account;
  g_autofree char *id = NULL;

  if (!self->user)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("--host needs --user."));
      return NULL;
    }

  /* Two servers on one host are two mailboxes. */
  if (self->port != 0)
    id = g_strdup_printf ("%s@%s:%d", self->user, self->host, self->port);
  account = rst_account_new (id, self->host, self->user);
  if (self->port != 0)
    account->port = (guint16)self->port;

  return account;
}

RstAccount *
rst_cli_options_find_account (const RstCliOptions *self,
                              GError **error)
{
  g_autoptr (RstAccount) account =
      self->host && !self->account ? make_account (self, error) : find_in_file (self, error);
  RstPop3Security security;

  if (!account)
    return NULL;

  if (self->security)
    {
      if (!rst_account_security_from_string (self->security, &security))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("--security is tls, starttls or none, not “%s”."), self->security);
          return NULL;
        }
      account->security = security;
      if (self->port == 0)
        account->port = rst_account_default_port (security);
    }
  if (self->port != 0)
    account->port = (guint16)self->port;
  if (self->timeout != 0)
    account->timeout = (guint)self->timeout;
  if (self->limit != 0)
    account->fetch_limit = (guint)self->limit;
  if (self->no_top)
    account->has_top = FALSE;
  if (self->password_file)
    {
      g_free (account->password_file);
      account->password_file = g_strdup (self->password_file);
    }
  if (self->ca_file)
    {
      g_free (account->ca_file);
      account->ca_file = g_strdup (self->ca_file);
    }

  return g_steal_pointer (&account);
}
