/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "restante"

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "rst-application.h"

int
main (int argc,
      char *argv[])
{
  g_autoptr (RstApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Restante");

  application = rst_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
