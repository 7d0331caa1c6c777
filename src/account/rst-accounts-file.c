/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-accounts-file"

#include "config.h"

#include "rst-accounts-file.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rst-account-group.h"
#include "rst-key-file.h"

/* As many as the kernel follows. */
#define MAX_LINKS 40

#define FILE_MODE 0600
#define FOLDER_MODE 0700

/* Saving never writes what load saw: it reads the file again, and brings only the accounts in
 * "changes" up to date there. So whoever else writes the file loses nothing. */
struct _RstAccountsFile
{
  char *path;
  GPtrArray *accounts;
  /* id → RstAccount as it was loaded, or saved last */
  GHashTable *base;
  /* ids of the accounts that were put or removed since then */
  GHashTable *changes;
  gboolean is_moved;
};

G_DEFINE_QUARK (rst_accounts_file_error, rst_accounts_file_error)

/* Returns: (transfer full): the file that @path leads to, through links that may dangle. A rename
 * onto a link would put a file in the place of the link. ".." is left to the kernel: it means
 * another folder behind a link to a folder. */
static char *
resolve_links (const char *path)
{
  g_autofree char *resolved = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS; i++)
    {
      g_autofree char *target = g_file_read_link (resolved, NULL);
      g_autofree char *folder = g_path_get_dirname (resolved);

      if (target == NULL)
        break;
      g_free (resolved);
      if (g_path_is_absolute (target))
        resolved = g_steal_pointer (&target);
      else
        resolved = g_build_filename (folder, target, NULL);
    }
  return g_steal_pointer (&resolved);
}

static gboolean
find_same_id (GPtrArray *accounts,
              const char *id,
              guint *index)
{
  for (guint i = 0; i < accounts->len; i++)
    {
      const RstAccount *account = g_ptr_array_index (accounts, i);

      if (strcmp (account->id, id) == 0)
        {
          if (index != NULL)
            *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Returns: (transfer full): the accounts of @key_file, in its order. */
static GPtrArray *
read_accounts (const RstKeyFile *key_file,
               GError **error)
{
  g_auto (GStrv) groups = rst_key_file_dup_groups (key_file);
  g_autoptr (GPtrArray) accounts = NULL;

  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_account_unref);
  for (char **group = groups; *group != NULL; group++)
    {
      g_autoptr (RstAccount) account = NULL;

      if (!rst_account_group_is_account (key_file, *group))
        continue;
      account = rst_account_group_read (key_file, *group, error);
      if (account == NULL)
        return NULL;
      if (find_same_id (accounts, account->id, NULL))
        {
          g_set_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT,
                       _ ("account “%s”: another account has the id %s"), account->name,
                       account->id);
          return NULL;
        }
      g_ptr_array_add (accounts, g_steal_pointer (&account));
    }
  return g_steal_pointer (&accounts);
}

/* Returns: (transfer full): the group that holds the account with this id, or would hold it. */
static char *
dup_group (const RstKeyFile *key_file,
           const char *id)
{
  g_auto (GStrv) groups = rst_key_file_dup_groups (key_file);

  for (char **group = groups; *group != NULL; group++)
    {
      g_autoptr (RstAccount) account = rst_account_new (*group, "", "");

      if (strcmp (account->id, id) == 0)
        return g_strdup (*group);
    }
  return g_strdup (id);
}

static RstKeyFile *
parse_accounts (const char *text,
                gsize length,
                GPtrArray **accounts,
                GError **error)
{
  g_autoptr (RstKeyFile) key_file = rst_key_file_parse (text, length, error);

  if (key_file == NULL)
    return NULL;
  *accounts = read_accounts (key_file, error);
  if (*accounts == NULL)
    return NULL;
  return g_steal_pointer (&key_file);
}

/* A file that is not there is an empty one. */
static RstKeyFile *
read_file (const char *path,
           GPtrArray **accounts,
           GError **error)
{
  g_autoptr (RstKeyFile) key_file = NULL;
  g_autoptr (GError) read_error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, &read_error) &&
      !g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&read_error));
      return NULL;
    }
  key_file = parse_accounts (text != NULL ? text : "", length, accounts, error);
  if (key_file == NULL)
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", shown);
    }
  return g_steal_pointer (&key_file);
}

static void
take_accounts (RstAccountsFile *self,
               GPtrArray *accounts)
{
  g_hash_table_remove_all (self->changes);
  g_hash_table_remove_all (self->base);
  g_ptr_array_set_size (self->accounts, 0);
  for (guint i = 0; i < accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (accounts, i);

      g_ptr_array_add (self->accounts, rst_account_ref (account));
      g_hash_table_insert (self->base, g_strdup (account->id), rst_account_ref (account));
    }
}

/* Brings what was put or removed here into @key_file. */
static void
apply_changes (RstAccountsFile *self,
               RstKeyFile *key_file)
{
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const RstAccount *account = g_ptr_array_index (self->accounts, i);
      g_autofree char *group = dup_group (key_file, account->id);
      const RstAccount *base = NULL;

      if (!g_hash_table_contains (self->changes, account->id))
        continue;
      if (rst_key_file_has_group (key_file, group))
        base = g_hash_table_lookup (self->base, account->id);
      rst_account_group_write (key_file, group, base, account);
    }

  g_hash_table_iter_init (&iter, self->changes);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *group = dup_group (key_file, id);

      if (!find_same_id (self->accounts, id, NULL))
        rst_key_file_remove_group (key_file, group);
    }
}

/* Puts the groups of the accounts into the order that they have here. Those that somebody else has
 * added come last. */
static void
apply_order (RstAccountsFile *self,
             RstKeyFile *key_file)
{
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  g_auto (GStrv) groups = rst_key_file_dup_groups (key_file);

  for (guint i = 0; i < self->accounts->len; i++)
    {
      const RstAccount *account = g_ptr_array_index (self->accounts, i);

      g_ptr_array_add (wanted, dup_group (key_file, account->id));
    }
  for (char **group = groups; *group != NULL; group++)
    if (rst_account_group_is_account (key_file, *group) &&
        !g_strv_contains ((const char *const *)wanted->pdata, *group))
      g_ptr_array_add (wanted, g_strdup (*group));
  rst_key_file_sort_groups (key_file, (const char *const *)wanted->pdata);
}

static gboolean
write_file (const char *path,
            const char *text,
            GError **error)
{
  GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    {
      int code = errno;
      g_autofree char *shown = g_filename_display_name (folder);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("Could not make the folder “%s”: %s"), shown, g_strerror (code));
      return FALSE;
    }
  return g_file_set_contents_full (path, text, -1, flags, FILE_MODE, error);
}

char *
rst_accounts_file_dup_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "restante", "accounts.ini", NULL);
}

RstAccountsFile *
rst_accounts_file_load (const char *path,
                        GError **error)
{
  g_autoptr (RstAccountsFile) self = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (RstKeyFile) key_file = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  key_file = read_file (path, &accounts, error);
  if (key_file == NULL)
    return NULL;

  self = g_new0 (RstAccountsFile, 1);
  self->path = g_strdup (path);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_account_unref);
  self->base = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify)rst_account_unref);
  self->changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  take_accounts (self, accounts);
  return g_steal_pointer (&self);
}

void
rst_accounts_file_free (RstAccountsFile *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  g_ptr_array_unref (self->accounts);
  g_hash_table_unref (self->base);
  g_hash_table_unref (self->changes);
  g_free (self);
}

GPtrArray *
rst_accounts_file_get_accounts (RstAccountsFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->accounts;
}

RstAccount *
rst_accounts_file_find (RstAccountsFile *self,
                        const char *id_or_name)
{
  guint index;

  g_return_val_if_fail (self != NULL && id_or_name != NULL, NULL);

  if (find_same_id (self->accounts, id_or_name, &index))
    return g_ptr_array_index (self->accounts, index);
  for (guint i = 0; i < self->accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (self->accounts, i);

      if (strcmp (account->name, id_or_name) == 0)
        return account;
    }
  return NULL;
}

char *
rst_accounts_file_dup_free_id (RstAccountsFile *self,
                               const char *wish)
{
  g_return_val_if_fail (self != NULL && wish != NULL, NULL);

  for (guint n = 1;; n++)
    {
      g_autofree char *text = n == 1 ? g_strdup (wish) : g_strdup_printf ("%s-%u", wish, n);
      g_autoptr (RstAccount) account = rst_account_new (text, "", "");

      if (rst_accounts_file_find (self, account->id) == NULL)
        return g_strdup (account->id);
    }
}

void
rst_accounts_file_put (RstAccountsFile *self,
                       RstAccount *account)
{
  guint index;

  g_return_if_fail (self != NULL && account != NULL);

  rst_account_ref (account);
  if (find_same_id (self->accounts, account->id, &index))
    {
      rst_account_unref (g_ptr_array_index (self->accounts, index));
      g_ptr_array_index (self->accounts, index) = account;
    }
  else
    {
      g_ptr_array_add (self->accounts, account);
    }
  g_hash_table_add (self->changes, g_strdup (account->id));
}

void
rst_accounts_file_remove (RstAccountsFile *self,
                          const char *id)
{
  guint index;

  g_return_if_fail (self != NULL && id != NULL);

  if (!find_same_id (self->accounts, id, &index))
    return;
  g_hash_table_add (self->changes, g_strdup (id));
  g_ptr_array_remove_index (self->accounts, index);
}

void
rst_accounts_file_move (RstAccountsFile *self,
                        const char *id,
                        guint position)
{
  gpointer account;
  guint index;

  g_return_if_fail (self != NULL && id != NULL);

  if (!find_same_id (self->accounts, id, &index))
    return;
  account = g_ptr_array_steal_index (self->accounts, index);
  g_ptr_array_insert (self->accounts, (int)MIN (position, self->accounts->len), account);
  self->is_moved = TRUE;
}

gboolean
rst_accounts_file_save (RstAccountsFile *self,
                        GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (RstKeyFile) key_file = NULL;
  g_autoptr (RstKeyFile) written = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (g_hash_table_size (self->changes) == 0 && !self->is_moved)
    return TRUE;
  path = resolve_links (self->path);
  key_file = read_file (path, &found, error);
  if (key_file == NULL)
    return FALSE;
  apply_changes (self, key_file);
  if (self->is_moved)
    apply_order (self, key_file);

  /* What could not be loaded again is not written. */
  text = rst_key_file_dup_text (key_file);
  written = parse_accounts (text, strlen (text), &accounts, error);
  if (written == NULL || !write_file (path, text, error))
    return FALSE;
  self->is_moved = FALSE;
  take_accounts (self, accounts);
  return TRUE;
}
