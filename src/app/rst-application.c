/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application"

#include "config.h"

#include "rst-application-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (RstApplication, rst_application, ADW_TYPE_APPLICATION)

enum
{
  ACCOUNTS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const GOptionEntry option_entries[] = {
  { "account", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Open this account, by id or name"),
    N_ ("ID") },
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the demo mailbox"), NULL },
  { "trace", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Print the conversation with the server, without passwords"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE…]") },
  { NULL }
};

static int
rst_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  RstApplication *self = RST_APPLICATION (application);

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("restante %s\n", PACKAGE_VERSION);
      return 0;
    }

  /* These are about this process and must not be handed to one that runs already. */
  self->is_tracing = g_variant_dict_contains (options, "trace");
  self->is_apart = self->is_tracing || g_variant_dict_contains (options, "demo");
  if (self->is_apart)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  return G_APPLICATION_CLASS (rst_application_parent_class)
      ->handle_local_options (application, options);
}

static void
rst_application_activate (GApplication *application)
{
  if (rst_application_load_accounts (RST_APPLICATION (application)))
    rst_application_open_default (RST_APPLICATION (application));
}

static int
open_named_account (RstApplication *self,
                    const char *id,
                    GApplicationCommandLine *command_line)
{
  RstAccount *account = rst_accounts_file_find (self->accounts, id);
  g_autofree char *path = NULL;

  if (account != NULL)
    {
      rst_application_open_account (self, account);
      return 0;
    }

  path = rst_accounts_file_dup_default_path ();
  /* Translators: what was asked for on the command line, and the path of accounts.ini */
  g_application_command_line_printerr (
      command_line, _ ("There is no account “%s” in %s.\n"), id, path);
  return 2;
}

/* What needs no account has a window whose menu names and adds them. */
static void
load_accounts_once (RstApplication *self)
{
  if (self->accounts == NULL)
    rst_application_load_accounts (self);
}

static void
open_demo (RstApplication *self)
{
  load_accounts_once (self);
  rst_application_open_demo (self);
}

static void
open_files (RstApplication *self,
            const char *const *paths,
            GApplicationCommandLine *command_line)
{
  load_accounts_once (self);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GFile) file =
          g_application_command_line_create_file_for_arg (command_line, paths[i]);

      rst_application_open_file (self, file);
    }
}

static int
rst_application_command_line (GApplication *application,
                              GApplicationCommandLine *command_line)
{
  RstApplication *self = RST_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  g_autofree const char **paths = NULL;
  const char *id;

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths))
    open_files (self, paths, command_line);
  else if (g_variant_dict_contains (options, "demo"))
    open_demo (self);
  else if (!g_variant_dict_lookup (options, "account", "&s", &id))
    g_application_activate (application);
  else if (rst_application_load_accounts (self))
    return open_named_account (self, id, command_line);
  return 0;
}

/* Files that come over the bus, when the desktop starts the program that way. */
static void
rst_application_open (GApplication *application,
                      GFile **files,
                      int n_files,
                      const char *hint)
{
  RstApplication *self = RST_APPLICATION (application);

  load_accounts_once (self);
  for (int i = 0; i < n_files; i++)
    rst_application_open_file (self, files[i]);
}

static void
rst_application_startup (GApplication *application)
{
  RstApplication *self = RST_APPLICATION (application);

  G_APPLICATION_CLASS (rst_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name ("io.github.restante.Restante");
  self->settings = g_settings_new ("io.github.restante.Restante");
  g_settings_bind (self->settings, "style", adw_style_manager_get_default (), "color-scheme",
                   G_SETTINGS_BIND_GET);
  self->private_files = rst_private_files_new ();
  self->mailboxes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  rst_application_add_actions (self);
  rst_application_start_background (self);
}

static void
rst_application_shutdown (GApplication *application)
{
  RstApplication *self = RST_APPLICATION (application);

  G_APPLICATION_CLASS (rst_application_parent_class)->shutdown (application);

  rst_application_stop_background (self);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->demo, rst_demo_free);
  g_clear_pointer (&self->mailboxes, g_hash_table_unref);
  g_clear_pointer (&self->accounts, rst_accounts_file_free);
  g_clear_object (&self->settings);
  rst_private_files_remove (self->private_files);
  g_clear_pointer (&self->private_files, rst_private_files_unref);
}

static void
rst_application_class_init (RstApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->activate = rst_application_activate;
  application_class->command_line = rst_application_command_line;
  application_class->handle_local_options = rst_application_handle_local_options;
  application_class->open = rst_application_open;
  application_class->shutdown = rst_application_shutdown;
  application_class->startup = rst_application_startup;

  signals[ACCOUNTS_CHANGED] = g_signal_new ("accounts-changed",
                                            G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST,
                                            0,
                                            NULL,
                                            NULL,
                                            NULL,
                                            G_TYPE_NONE,
                                            0);
}

static void
rst_application_init (RstApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), option_entries);
}

RstApplication *
rst_application_new (void)
{
  /* The development build has another id and the same resources. */
  return g_object_new (RST_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       "resource-base-path", "/io/github/restante/Restante",
                       NULL);
}

GSettings *
rst_application_get_settings (RstApplication *self)
{
  g_return_val_if_fail (RST_IS_APPLICATION (self), NULL);

  return self->settings;
}

RstPrivateFiles *
rst_application_get_private_files (RstApplication *self)
{
  g_return_val_if_fail (RST_IS_APPLICATION (self), NULL);

  return self->private_files;
}

void
rst_application_accounts_changed (RstApplication *self)
{
  rst_application_update_background (self);
  g_signal_emit (self, signals[ACCOUNTS_CHANGED], 0);
}
