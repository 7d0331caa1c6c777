/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mail-folder"

#include "config.h"

#include "rst-mail-file-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A Maildir's name says when the message came, and behind the ":" what became of it:
 * "1790000000.M1P2.host:2,S". */

#define N_FOR_CANCEL 256

static gboolean
is_eml (const char *name)
{
  gsize length = strlen (name);

  return length > 4 && g_ascii_strcasecmp (name + length - 4, ".eml") == 0;
}

static gboolean
has_flag (const char *name,
          char flag)
{
  const char *info = strstr (name, ":2,");

  return info && strchr (info + 3, flag);
}

static int
compare_arrivals (gconstpointer a,
                  gconstpointer b)
{
  g_autofree char *left = g_path_get_basename (((const RstMailEntry *)a)->path);
  g_autofree char *right = g_path_get_basename (((const RstMailEntry *)b)->path);
  guint64 left_time = g_ascii_strtoull (left, NULL, 10);
  guint64 right_time = g_ascii_strtoull (right, NULL, 10);

  if (left_time != right_time)
    return left_time < right_time ? -1 : 1;

  return strcmp (left, right);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const RstMailEntry *)a)->path, ((const RstMailEntry *)b)->path);
}

static gboolean
add_folder (GArray *entries,
            const char *folder,
            gboolean is_maildir,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      RstMailEntry entry = { 0 };

      if (name[0] == '.' || (!is_maildir && !is_eml (name)))
        continue;
      entry.path = g_build_filename (folder, name, NULL);
      entry.is_seen = has_flag (name, 'S');
      if (g_file_test (entry.path, G_FILE_TEST_IS_REGULAR))
        g_array_append_val (entries, entry);
      else
        g_free (entry.path);
      if (entries->len % N_FOR_CANCEL == 0 &&
          g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return dir != NULL;
}

GArray *
rst_mail_folder_list (RstMailFile *self,
                      RstMailFileKind *kind,
                      GCancellable *cancellable,
                      GError **error)
{
  static const char *const folders[] = { "new", "cur" };
  g_autoptr (GArray) entries = rst_mail_entries_new ();
  gboolean is_maildir = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->path, folders[i], NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR))
        continue;
      is_maildir = TRUE;
      if (!add_folder (entries, path, TRUE, cancellable, error))
        return NULL;
    }
  if (!is_maildir && !add_folder (entries, self->path, FALSE, cancellable, error))
    return NULL;
  if (!is_maildir && entries->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("The folder “%s” holds no mail: it is no Maildir, and has no .eml files."),
                   self->name);
      return NULL;
    }

  *kind = is_maildir ? RST_MAIL_FILE_MAILDIR : RST_MAIL_FILE_FOLDER;
  g_array_sort (entries, is_maildir ? compare_arrivals : compare_names);
  return g_steal_pointer (&entries);
}

static char *
find_in (const char *folder,
         const char *unique,
         gsize length)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (strncmp (name, unique, length) == 0 && (name[length] == '\0' || name[length] == ':'))
      return g_build_filename (folder, name, NULL);

  return NULL;
}

char *
rst_mail_folder_find_renamed (RstMailFile *self,
                              const char *path)
{
  g_autofree char *unique = g_path_get_basename (path);
  g_autofree char *cur = g_build_filename (self->path, "cur", NULL);
  g_autofree char *new = g_build_filename (self->path, "new", NULL);
  gsize length = strcspn (unique, ":");
  char *found;

  if (self->kind != RST_MAIL_FILE_MAILDIR)
    return NULL;

  found = find_in (cur, unique, length);
  return found ? found : find_in (new, unique, length);
}
