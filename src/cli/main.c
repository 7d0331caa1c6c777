/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "restante-cli"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>

#include "rst-cli.h"

/* What a big list needs for a moment goes back to the system, and the worker's memory lies with
 * that of the main thread, which only waits for it. */
#define BIG_BLOCK (64 * 1024)

int
main (int argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstCliOptions) options = NULL;
  g_autoptr (RstCli) cli = NULL;

  mallopt (M_ARENA_MAX, 1);
  mallopt (M_MMAP_THRESHOLD, BIG_BLOCK);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  options = rst_cli_options_parse (argc, argv, &error);
  if (!options)
    {
      rst_cli_print_error (error);
      g_printerr ("%s\n", _ ("“restante-cli --help” tells how to call it."));
      return RST_CLI_EXIT_USAGE;
    }
  if (options->version)
    {
      printf ("restante-cli %s\n", PACKAGE_VERSION);
      return RST_CLI_EXIT_DONE;
    }

  cli = rst_cli_new (options, &error);
  if (!cli)
    {
      rst_cli_print_error (error);
      return (int)rst_cli_get_exit (error);
    }

  return (int)rst_cli_run (cli);
}
