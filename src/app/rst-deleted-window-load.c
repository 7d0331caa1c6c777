/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-window-load"

#include "config.h"

#include "rst-deleted-window-private.h"

#include <glib/gi18n.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (RstDeletedWindow) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  guint64 size = 0;
  g_autoptr (GPtrArray) items = rst_deleted_load_finish (result, &size, &error);
  g_autoptr (GPtrArray) newest_first = g_ptr_array_new ();
  g_autofree char *size_text = g_format_size (size);
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->items == NULL)
    return;

  if (items == NULL)
    {
      rst_deleted_window_show_toast (self, error->message);
      return;
    }
  for (guint i = items->len; i > 0; i--)
    g_ptr_array_add (newest_first, g_ptr_array_index (items, i - 1));
  g_list_store_splice (self->items,
                       0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->items)),
                       newest_first->pdata,
                       newest_first->len);
  self->is_loaded = TRUE;
  /* Translators: the name of an account, and a size */
  text = g_strdup_printf (_ ("%s · copies: %s"), rst_mailbox_get_name (self->mailbox), size_text);
  adw_window_title_set_subtitle (self->window_title, text);
  rst_deleted_window_update (self);
}

void
rst_deleted_window_load (RstDeletedWindow *self)
{
  rst_deleted_load_async (
      rst_mailbox_get_account (self->mailbox), NULL, loaded_cb, rst_weak_ref_new (self));
}
