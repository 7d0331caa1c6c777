/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-columns"

#include "config.h"

#include "rst-deleted-columns.h"

#include <glib/gi18n.h>

#include "mailbox/rst-deleted-item.h"
#include "rst-format.h"

typedef char *(*DupText) (RstDeletedItem *item);

static char *
dup_time (RstDeletedItem *item)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return rst_format_date (rst_deleted_item_get_time (item), now);
}

static char *
dup_from (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  return g_strdup (envelope != NULL ? envelope->from : "");
}

static char *
dup_subject (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  if (envelope == NULL)
    return g_strdup ("");
  return g_strdup (envelope->subject[0] != '\0' ? envelope->subject : _ ("(no subject)"));
}

static char *
dup_date (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return rst_format_date (envelope != NULL ? envelope->date : 0, now);
}

static char *
dup_size (RstDeletedItem *item)
{
  return g_format_size (rst_deleted_item_get_header (item)->identity->size);
}

static char *
dup_outcome (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_describe_outcome (item));
}

static char *
dup_copy (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_describe_copy (item));
}

static const struct
{
  const char *title;
  DupText dup_text;
  int width;
} columns[] = {
  /* Translators: title of the column with the time of the delete */
  { N_ ("When"), dup_time, 90 },
  { N_ ("From"), dup_from, 210 },
  { N_ ("Subject"), dup_subject, 0 },
  { N_ ("Date"), dup_date, 90 },
  { N_ ("Size"), dup_size, 80 },
  { N_ ("Outcome"), dup_outcome, 120 },
  /* Translators: title of the column that says if a copy is kept */
  { N_ ("Copy"), dup_copy, 120 },
};

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem *list_item)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 4);
  gtk_list_item_set_child (list_item, text);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem *list_item,
         gpointer user_data)
{
  guint column = GPOINTER_TO_UINT (user_data);
  g_autofree char *text = columns[column].dup_text (gtk_list_item_get_item (list_item));
  GtkWidget *child = gtk_list_item_get_child (list_item);

  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  /* The server's own words belong to what became of the message. */
  if (columns[column].dup_text == dup_outcome)
    gtk_widget_set_tooltip_text (
        child, rst_deleted_item_get_server_text (gtk_list_item_get_item (list_item)));
}

void
rst_deleted_columns_add (GtkColumnView *column_view)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (column_view));

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr (GtkColumnViewColumn) column = NULL;

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      column = gtk_column_view_column_new (_ (columns[i].title), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_append_column (column_view, column);
    }
}
