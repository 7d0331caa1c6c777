/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-reader-download"

#include "config.h"

#include "rst-reader-private.h"

#include <glib/gi18n.h>

#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-weak-ref.h"

typedef struct
{
  gpointer reader; /* a weak reference */
  GCancellable *cancellable;
} Download;

static void
set_can_download (RstReader *self,
                  gboolean can_download)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.download", can_download);
}

/* What was shown stays, with why there isn't more of it; nothing has to be said of a Stop. */
static void
show_problem (RstReader *self,
              const GError *error)
{
  g_autofree char *text = rst_reader_dup_beginning_text (self);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rst_message_view_set_beginning_text (self->message_view, text);
  else
    rst_message_view_set_beginning_text (self->message_view, error->message);
  set_can_download (self, TRUE);
}

static void
downloaded_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autofree Download *download = user_data;
  g_autoptr (RstReader) self = rst_weak_ref_take (download->reader);
  g_autoptr (GCancellable) cancellable = download->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstMessage) message =
      rst_mailbox_read_finish (RST_MAILBOX (source), result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  /* Something else is shown by now. */
  if (self == NULL || self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (message != NULL)
    rst_reader_set_whole (self, message);
  else
    show_problem (self, error);
}

void
rst_reader_download_action (GtkWidget *widget,
                            const char *action_name,
                            GVariant *parameter)
{
  RstReader *self = RST_READER (widget);
  Download *download;
  g_autofree char *size = NULL;
  g_autofree char *text = NULL;

  if (!self->is_cut || self->cancellable != NULL)
    return;

  size = g_format_size (rst_message_item_get_size (self->item));
  /* Translators: %s is a size */
  text = g_strdup_printf (_ ("Downloading %s…"), size);
  rst_message_view_set_beginning_text (self->message_view, text);
  set_can_download (self, FALSE);
  self->cancellable = g_cancellable_new ();
  download = g_new (Download, 1);
  *download = (Download){ rst_weak_ref_new (self), g_object_ref (self->cancellable) };
  rst_mailbox_read_async (self->mailbox, self->item, self->cancellable, downloaded_cb, download);
}

char *
rst_reader_dup_beginning_text (RstReader *self)
{
  g_autofree char *count = rst_format_count (RST_MAILBOX_N_LINES);
  g_autofree char *size = g_format_size (rst_message_item_get_size (self->item));

  return g_strdup_printf (ngettext ("The first %s line of %s is shown.",
                                    "The first %s lines of %s are shown.",
                                    RST_MAILBOX_N_LINES),
                          count,
                          size);
}
