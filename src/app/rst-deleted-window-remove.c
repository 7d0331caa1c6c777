/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-window-remove"

#include "config.h"

#include "rst-deleted-window-private.h"

#include <glib/gi18n.h>

#include "rst-format.h"
#include "rst-main-thread.h"

/* From the question to the toast: which copies go. */
typedef struct
{
  GWeakRef window;
  GPtrArray *items;
} Removal;

static Removal *
removal_new (RstDeletedWindow *window,
             GPtrArray *items)
{
  Removal *removal = g_new (Removal, 1);

  g_weak_ref_init (&removal->window, window);
  removal->items = g_ptr_array_ref (items);
  return removal;
}

static void
removal_free (Removal *removal)
{
  g_weak_ref_clear (&removal->window);
  g_ptr_array_unref (removal->items);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static void
removed_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (Removal) removal = user_data;
  g_autoptr (RstDeletedWindow) self = g_weak_ref_get (&removal->window);
  g_autoptr (GError) error = NULL;
  guint n_copies = removal->items->len;
  g_autofree char *count = rst_format_count (n_copies);
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  rst_deleted_finish (result, &error);
  if (self == NULL || self->mailbox == NULL)
    return;

  text = g_strdup_printf (ngettext ("%s copy removed", "%s copies removed", n_copies), count);
  rst_deleted_window_show_toast (self, error != NULL ? error->message : text);
  rst_deleted_window_load (self);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  Removal *removal = user_data;
  g_autoptr (RstDeletedWindow) self = g_weak_ref_get (&removal->window);

  if (g_str_equal (response, "remove") && self != NULL && self->mailbox != NULL)
    rst_deleted_remove_copies_async (rst_mailbox_get_account (self->mailbox),
                                     removal->items,
                                     NULL,
                                     removed_cb,
                                     removal_new (self, removal->items));
}

static void
removal_closure_free (gpointer data,
                      GClosure *closure)
{
  removal_free (data);
}

void
rst_deleted_window_ask_to_remove (RstDeletedWindow *self,
                                  GPtrArray *items)
{
  g_autofree char *count = rst_format_count (items->len);
  g_autofree char *heading = g_strdup_printf (
      ngettext ("Remove %s copy?", "Remove %s copies?", items->len), count);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self),
      heading,
      ngettext ("It cannot be brought back.", "They cannot be brought back.", items->len)));

  adw_message_dialog_add_responses (dialog,
                                    "cancel",
                                    _ ("_Cancel"),
                                    "remove",
                                    ngettext ("_Remove Copy", "_Remove Copies", items->len),
                                    NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (response_cb),
                         removal_new (self, items),
                         removal_closure_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}
