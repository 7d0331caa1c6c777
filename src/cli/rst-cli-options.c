/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-options"

#include "config.h"

#include "rst-cli-options.h"

#include <glib/gi18n.h>

#include "account/rst-accounts-file.h"
#include "rst-cli-rows.h"

#define NOT_GIVEN -1

/* Seconds; more is no patience, but a slip of the finger. */
#define MAX_TIMEOUT 3600

static const char *const command_names[] = {
  [RST_CLI_COMMAND_LIST] = "list",
  [RST_CLI_COMMAND_SHOW] = "show",
  [RST_CLI_COMMAND_CHECK] = "check",
  [RST_CLI_COMMAND_DELETE] = "delete",
  [RST_CLI_COMMAND_SAVE] = "save",
  [RST_CLI_COMMAND_PASSWORD] = "password",
  [RST_CLI_COMMAND_LOG] = "log",
};

static const char *const summary =
    N_ ("Commands:\n"
        "  list [--json] [--limit N]       load the list and print it, newest last\n"
        "  show N [--json | --raw]         print message N of the last list\n"
        "  check                           ask whether the saved list is in sync\n"
        "  delete N… [--dry-run] [--yes]   delete messages from the server\n"
        "  save N… --to FILE               append messages to an mbox file\n"
        "  log [--json]                    print what was deleted, newest last\n"
        "  password [--forget]             store or forget the password in the keyring\n"
        "\n"
        "N is a row of the list that was printed last; N… are rows and ranges, as 3 5-8.");

static GOptionContext *
make_context (RstCliOptions *self)
{
  GOptionContext *context = g_option_context_new (_ ("COMMAND"));
  const GOptionEntry entries[] = {
    { "file", 0, 0, G_OPTION_ARG_FILENAME, &self->file,
      N_ ("Saved mail, in the place of an account"), N_ ("PATH") },
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
    { "json", 0, 0, G_OPTION_ARG_NONE, &self->json, N_ ("list, show, log: one JSON object a line"),
      NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &self->limit, N_ ("list: only the newest N messages"),
      N_ ("N") },
    { "raw", 0, 0, G_OPTION_ARG_NONE, &self->raw,
      N_ ("show: the message exactly as the server sent it"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, N_ ("delete: verify only"), NULL },
    { "no-copy", 0, 0, G_OPTION_ARG_NONE, &self->no_copy, N_ ("delete: without keeping copies"),
      NULL },
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

static gboolean
check_numbers (const RstCliOptions *self,
               GError **error)
{
  const struct
  {
    const char *name;
    int value;
    int max;
  } numbers[] = {
    { "--port", self->port, G_MAXUINT16 },
    { "--timeout", self->timeout, MAX_TIMEOUT },
    { "--limit", self->limit, G_MAXINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].value != NOT_GIVEN &&
        (numbers[i].value < 1 || numbers[i].value > numbers[i].max))
      {
        /* Translators: an option and a number: "--port is a number from 1 to 65535." */
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _ ("%s is a number from 1 to %d."), numbers[i].name, numbers[i].max);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_texts (const RstCliOptions *self,
             GError **error)
{
  const struct
  {
    const char *name;
    const char *value;
  } texts[] = {
    { "--file", self->file },
    { "--account", self->account },
    { "--host", self->host },
    { "--user", self->user },
    { "--password-file", self->password_file },
    { "--ca-file", self->ca_file },
    { "--to", self->to },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value && !*texts[i].value)
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is empty."),
                     texts[i].name);
        return FALSE;
      }

  return TRUE;
}

/* An option that means nothing to the command is a misunderstanding, and those are dear here. */
static gboolean
check_command (const RstCliOptions *self,
               GError **error)
{
  const struct
  {
    gboolean is_given;
    const char *name;
    RstCliCommand command;
  } belongings[] = {
    { self->json && self->command != RST_CLI_COMMAND_SHOW && self->command != RST_CLI_COMMAND_LOG,
      "--json", RST_CLI_COMMAND_LIST },
    { self->limit != NOT_GIVEN, "--limit", RST_CLI_COMMAND_LIST },
    { self->raw, "--raw", RST_CLI_COMMAND_SHOW },
    { self->dry_run, "--dry-run", RST_CLI_COMMAND_DELETE },
    { self->unverified, "--unverified", RST_CLI_COMMAND_DELETE },
    { self->no_copy, "--no-copy", RST_CLI_COMMAND_DELETE },
    { self->to != NULL, "--to", RST_CLI_COMMAND_SAVE },
    { self->forget, "--forget", RST_CLI_COMMAND_PASSWORD },
  };

  for (guint i = 0; i < G_N_ELEMENTS (belongings); i++)
    if (belongings[i].is_given && belongings[i].command != self->command)
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     _ ("%s belongs to the command “%s”, not to “%s”."), belongings[i].name,
                     command_names[belongings[i].command], command_names[self->command]);
        return FALSE;
      }

  return TRUE;
}

/* Rows of a file are not remembered between runs: so none is deleted by its row. */
static const char *
find_fault_with_file (const RstCliOptions *self)
{
  gboolean has_server = self->account || self->host || self->user || self->security ||
                        self->password_file || self->ca_file || self->no_top || self->trace ||
                        self->port != NOT_GIVEN || self->timeout != NOT_GIVEN;

  if (has_server)
    return _ ("--file names saved mail, which has no account and no server.");
  if (self->command == RST_CLI_COMMAND_DELETE)
    return _ ("With --file nothing can be deleted here; the window does it: restante FILE.");
  if (self->command == RST_CLI_COMMAND_CHECK || self->command == RST_CLI_COMMAND_PASSWORD ||
      self->command == RST_CLI_COMMAND_LOG)
    return _ ("--file goes with “list”, “show” and “save”.");

  return NULL;
}

static gboolean
check_combinations (const RstCliOptions *self,
                    GError **error)
{
  const char *text = NULL;

  if (self->file && find_fault_with_file (self))
    text = find_fault_with_file (self);
  else if (self->host && self->account)
    text = _ ("--account and --host are two ways to say which mailbox: give one of them.");
  else if (self->host && !self->user)
    text = _ ("--host needs --user.");
  else if (self->user && !self->host)
    text = _ ("--user needs --host: an account has its own user name.");
  else if (self->dry_run && self->unverified)
    text = _ ("--dry-run verifies, and --unverified does not: give one of them.");
  else if (self->json && self->raw)
    text = _ ("--json and --raw are two ways to print a message: give one of them.");
  else if (self->command == RST_CLI_COMMAND_SHOW && self->rows->len > 1)
    text = _ ("“show” prints one message; “save” takes several.");
  else if (self->command == RST_CLI_COMMAND_SAVE && !self->to)
    text = _ ("Say where to: save N… --to FILE.");

  if (text)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, text);

  return text == NULL;
}

static gboolean
find_command (RstCliOptions *self,
              GError **error)
{
  const char *name = self->arguments ? self->arguments[0] : NULL;

  if (!name)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("No command was given."));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (command_names); i++)
    if (g_str_equal (command_names[i], name))
      {
        self->command = (RstCliCommand)i;
        return TRUE;
      }

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no command “%s”."),
               name);
  return FALSE;
}

static gboolean
parse_arguments (RstCliOptions *self,
                 GError **error)
{
  char **arguments = self->arguments + 1;

  switch (self->command)
    {
    case RST_CLI_COMMAND_SHOW:
    case RST_CLI_COMMAND_DELETE:
    case RST_CLI_COMMAND_SAVE:
      self->rows = rst_cli_rows_parse (arguments, error);
      return self->rows != NULL;

    case RST_CLI_COMMAND_LIST:
    case RST_CLI_COMMAND_CHECK:
    case RST_CLI_COMMAND_PASSWORD:
    case RST_CLI_COMMAND_LOG:
    default:
      if (!arguments[0])
        return TRUE;

      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” takes no argument, and “%s” was given."), self->arguments[0],
                   arguments[0]);
      return FALSE;
    }
}

RstCliOptions *
rst_cli_options_parse (int argc,
                       char **argv,
                       GError **error)
{
  g_autoptr (RstCliOptions) self = g_new0 (RstCliOptions, 1);
  g_autoptr (GOptionContext) context = NULL;

  self->port = NOT_GIVEN;
  self->timeout = NOT_GIVEN;
  self->limit = NOT_GIVEN;
  context = make_context (self);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return NULL;

  if (!self->version &&
      (!find_command (self, error) || !parse_arguments (self, error) ||
       !check_numbers (self, error) || !check_texts (self, error) || !check_command (self, error) ||
       !check_combinations (self, error)))
    return NULL;

  return g_steal_pointer (&self);
}

void
rst_cli_options_free (RstCliOptions *self)
{
  g_free (self->file);
  g_free (self->account);
  g_free (self->host);
  g_free (self->security);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->ca_file);
  g_free (self->to);
  g_strfreev (self->arguments);
  g_clear_pointer (&self->rows, g_array_unref);
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
make_account (const RstCliOptions *self)
{
  g_autofree char *host = rst_account_dup_host (self->host);
  g_autofree char *id = NULL;

  /* Two servers on one host are two mailboxes. */
  if (self->port != NOT_GIVEN)
    id = g_strdup_printf ("%s@%s:%d", self->user, host, self->port);

  return rst_account_new (id, host, self->user);
}

/* Puts a text in the place of an account's, if one was given. */
static void
override (char **text,
          const char *given)
{
  if (!given)
    return;

  g_free (*text);
  *text = g_strdup (given);
}

RstAccount *
rst_cli_options_find_account (const RstCliOptions *self,
                              GError **error)
{
  g_autoptr (RstAccount) account = self->host ? make_account (self) : find_in_file (self, error);
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
      if (account->port == rst_account_default_port (account->security))
        account->port = rst_account_default_port (security);
      account->security = security;
    }
  if (self->port != NOT_GIVEN)
    account->port = (guint16)self->port;
  if (self->timeout != NOT_GIVEN)
    account->timeout = (guint)self->timeout;
  if (self->limit != NOT_GIVEN)
    account->fetch_limit = (guint)self->limit;
  if (self->no_top)
    account->has_top = FALSE;
  override (&account->password_file, self->password_file);
  override (&account->ca_file, self->ca_file);

  return g_steal_pointer (&account);
}
