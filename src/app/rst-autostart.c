/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-autostart"

#include "config.h"

#include "rst-autostart.h"

#include <errno.h>

#include <glib/gi18n.h>
#include <glib/gstdio.h>

static const char entry[] = "[Desktop Entry]\n"
                            "Type=Application\n"
                            "Name=Restante\n"
                            "Exec=restante --gapplication-service\n"
                            "Icon=" APPLICATION_ID "\n"
                            "NoDisplay=true\n";

static gboolean
set_file_error (const char *path,
                int code,
                GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               /* Translators: a path, and the reason */
               _ ("Whether Restante starts when you log in could not be changed: “%s”: %s"),
               shown, g_strerror (code));
  return FALSE;
}

gboolean
rst_autostart_set (gboolean is_on,
                   GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, APPLICATION_ID ".desktop", NULL);

  if (!is_on)
    return g_unlink (path) == 0 || errno == ENOENT || set_file_error (path, errno, error);

  /* One that the user has changed stays. */
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return set_file_error (folder, errno, error);
  return g_file_set_contents (path, entry, -1, error);
}
