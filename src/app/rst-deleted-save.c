/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-save"

#include "config.h"

#include "rst-deleted-save.h"

#include <glib/gi18n.h>

#include "mailbox/rst-deleted.h"
#include "rst-format.h"
#include "rst-main-thread.h"

/* The chooser belongs to the overlay under this name. */
#define CHOOSER "rst-deleted-save-chooser"

/* From the question to the toast: which copies, and where to. */
typedef struct
{
  GWeakRef overlay;
  RstAccount *account;
  GPtrArray *items;
  GFile *file;
} Saving;

static void
saving_free (Saving *saving)
{
  g_weak_ref_clear (&saving->overlay);
  rst_account_unref (saving->account);
  g_ptr_array_unref (saving->items);
  g_clear_object (&saving->file);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static Saving *
saving_new (AdwToastOverlay *overlay,
            RstAccount *account,
            GPtrArray *items,
            GFile *file)
{
  Saving *saving = g_new0 (Saving, 1);

  g_weak_ref_init (&saving->overlay, overlay);
  saving->account = rst_account_ref (account);
  saving->items = g_ptr_array_ref (items);
  saving->file = file;
  return saving;
}

static char *
describe (const Saving *saving,
          const GError *error)
{
  g_autofree char *name = g_file_get_basename (saving->file);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *count = rst_format_count (saving->items->len);

  if (error != NULL)
    return g_strdup_printf (_ ("“%s” was not saved: %s"), shown, error->message);
  return g_strdup_printf (ngettext ("%s message saved to “%s”",
                                    "%s messages saved to “%s”",
                                    saving->items->len),
                          count,
                          shown);
}

static void
saved_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (AdwToastOverlay) overlay = g_weak_ref_get (&saving->overlay);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  rst_deleted_finish (result, &error);
  if (overlay == NULL)
    return;

  text = describe (saving, error);
  title = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (overlay, adw_toast_new (title));
}

static void
file_chosen_cb (GtkNativeDialog *chooser,
                int response,
                gpointer user_data)
{
  Saving *asked = user_data;
  g_autoptr (AdwToastOverlay) overlay = g_weak_ref_get (&asked->overlay);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    rst_deleted_save_copies_async (
        asked->account,
        asked->items,
        file,
        NULL,
        saved_cb,
        saving_new (overlay, asked->account, asked->items, g_object_ref (file)));

  /* What was asked goes with it. */
  if (overlay != NULL)
    g_object_set_data (G_OBJECT (overlay), CHOOSER, NULL);
}

static void
saving_closure_free (gpointer data,
                     GClosure *closure)
{
  saving_free (data);
}

void
rst_deleted_save_choose (AdwToastOverlay *overlay,
                         RstAccount *account,
                         GPtrArray *items)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (ADW_IS_TOAST_OVERLAY (overlay));
  g_return_if_fail (items != NULL && items->len > 0);

  if (g_object_get_data (G_OBJECT (overlay), CHOOSER) != NULL)
    return;

  chooser = gtk_file_chooser_native_new (
      ngettext ("Save Message", "Save Messages", items->len),
      GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (overlay))),
      GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Save"),
      _ ("_Cancel"));
  g_object_set_data_full (G_OBJECT (overlay), CHOOSER, chooser, g_object_unref);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser),
                                     items->len == 1 ? "message.eml" : "messages.mbox");
  g_signal_connect_data (chooser,
                         "response",
                         G_CALLBACK (file_chosen_cb),
                         saving_new (overlay, account, items, NULL),
                         saving_closure_free,
                         0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
