/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mail-file-fixture.h"

#include <string.h>

#include "lib/rst-test-folder.h"

static void
reloaded_cb (MailFileFixture *self,
             const RstSyncReport *report,
             GPtrArray *still_there)
{
  self->n_reloads++;
  g_clear_pointer (&self->still_there, g_ptr_array_unref);
  self->still_there = g_ptr_array_ref (still_there);
}

void
mail_file_fixture_set_up (MailFileFixture *self,
                          gconstpointer data)
{
  self->folder = rst_test_folder_new ();
}

void
mail_file_fixture_tear_down (MailFileFixture *self,
                             gconstpointer data)
{
  g_clear_object (&self->mailbox);
  g_clear_pointer (&self->still_there, g_ptr_array_unref);
  rst_test_folder_free (self->folder);
}

char *
mail_file_fixture_path (MailFileFixture *self,
                        const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

void
mail_file_fixture_write (MailFileFixture *self,
                         const char *name,
                         const char *content,
                         gssize length)
{
  g_autofree char *path = mail_file_fixture_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, content, length, &error);
  g_assert_no_error (error);
}

void
mail_file_fixture_assert_content (MailFileFixture *self,
                                  const char *name,
                                  const char *content)
{
  g_autofree char *path = mail_file_fixture_path (self, name);
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &found, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, content);
}

void
mail_file_fixture_done_cb (GObject *source,
                           GAsyncResult *result,
                           gpointer user_data)
{
  MailFileFixture *self = user_data;

  self->result = g_object_ref (result);
}

GAsyncResult *
mail_file_fixture_wait (MailFileFixture *self)
{
  while (!self->result)
    g_main_context_iteration (NULL, TRUE);

  return g_steal_pointer (&self->result);
}

gboolean
mail_file_fixture_open (MailFileFixture *self,
                        const char *name,
                        GError **error)
{
  g_autofree char *path = mail_file_fixture_path (self, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_object (&self->mailbox);
  self->mailbox = rst_mailbox_new_for_file (file);
  g_signal_connect_swapped (self->mailbox, "reloaded", G_CALLBACK (reloaded_cb), self);
  rst_mailbox_open_async (self->mailbox, NULL, mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  g_assert_true (rst_mailbox_open_finish (self->mailbox, result, NULL));

  return mail_file_fixture_refresh (self, NULL, error);
}

gboolean
mail_file_fixture_refresh (MailFileFixture *self,
                           RstSyncReport *report,
                           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_refresh_async (self->mailbox, NULL, mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  return rst_mailbox_refresh_finish (self->mailbox, result, report, error);
}

GPtrArray *
mail_file_fixture_items (MailFileFixture *self,
                         const char *rows)
{
  g_autoptr (GPtrArray) all = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  g_auto (GStrv) words = g_strsplit (rows, " ", -1);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; words[i]; i++)
    {
      guint row = (guint)g_ascii_strtoull (words[i], NULL, 10);

      g_assert_cmpuint (row, <, all->len);
      g_ptr_array_add (items, g_object_ref (g_ptr_array_index (all, row)));
    }

  return items;
}

char *
mail_file_fixture_read (MailFileFixture *self,
                        guint row,
                        GError **error)
{
  g_autofree char *rows = g_strdup_printf ("%u", row);
  g_autoptr (GPtrArray) items = mail_file_fixture_items (self, rows);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;
  GBytes *bytes;

  rst_mailbox_read_async (self->mailbox, g_ptr_array_index (items, 0), NULL,
                          mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  message = rst_mailbox_read_finish (self->mailbox, result, error);
  if (!message)
    return NULL;

  bytes = rst_message_get_bytes (message);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

gboolean
mail_file_fixture_delete (MailFileFixture *self,
                          const char *rows,
                          RstDeleteFlags flags,
                          GError **error)
{
  g_autoptr (GPtrArray) items = mail_file_fixture_items (self, rows);
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_delete_async (self->mailbox, items, flags, NULL, mail_file_fixture_done_cb, self);
  result = mail_file_fixture_wait (self);
  return rst_mailbox_delete_finish (self->mailbox, result, NULL, error);
}

void
mail_file_fixture_assert_subjects (MailFileFixture *self,
                                   const char *subjects)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (items, i));

      g_string_append_printf (found, "%s%s", i > 0 ? " " : "",
                              envelope ? envelope->subject : "?");
    }
  g_assert_cmpstr (found->str, ==, subjects);
}
