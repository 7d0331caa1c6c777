/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-attachment-chip"

#include "config.h"

#include "rst-attachment-chip.h"

#include <glib/gi18n.h>

#define MAX_NAME_CHARACTERS 20

/* Senders that know no better say "application/octet-stream". */
static char *
dup_content_type (const RstAttachment *attachment)
{
  g_autofree char *declared = g_content_type_from_mime_type (attachment->content_type);

  if (declared != NULL && !g_content_type_is_unknown (declared))
    return g_steal_pointer (&declared);
  return g_content_type_guess (attachment->name, NULL, 0, NULL);
}

static GtkWidget *
create_icon (const char *content_type)
{
  g_autoptr (GIcon) icon = g_content_type_get_symbolic_icon (content_type);

  if (G_IS_THEMED_ICON (icon))
    g_themed_icon_append_name (G_THEMED_ICON (icon), "mail-attachment-symbolic");
  return gtk_image_new_from_gicon (icon);
}

static GMenuModel *
create_menu (guint index,
             gboolean has_preview)
{
  const struct
  {
    const char *label;
    const char *action;
    gboolean is_offered;
  } entries[] = {
    { _ ("_Open"), "attachments.open", TRUE },
    { _ ("_Preview"), "attachments.preview", has_preview },
    { _ ("Save _As…"), "attachments.save", TRUE },
    { _ ("Copy _Name"), "attachments.copy-name", TRUE },
  };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (entries[i].label, NULL);

      g_menu_item_set_action_and_target (item, entries[i].action, "u", index);
      if (entries[i].is_offered)
        g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GtkWidget *
create_label (const char *text,
              PangoEllipsizeMode ellipsize)
{
  return g_object_new (GTK_TYPE_LABEL,
                       "label", text,
                       "ellipsize", ellipsize,
                       "max-width-chars", MAX_NAME_CHARACTERS,
                       "xalign", 0.0,
                       NULL);
}

GtkWidget *
rst_attachment_chip_new (const RstAttachment *attachment,
                         guint index,
                         gboolean has_preview)
{
  g_autoptr (GMenuModel) menu = create_menu (index, has_preview);
  g_autofree char *content_type = dup_content_type (attachment);
  g_autofree char *kind = g_content_type_get_description (content_type);
  g_autofree char *size = g_format_size (attachment->size);
  /* Translators: below an attachment's name: its size and what it is, "12 kB · PDF document" */
  g_autofree char *caption = g_strdup_printf (_ ("%s · %s"), size, kind);
  /* Translators: an attachment as it is read out: its name, size and kind */
  g_autofree char *label =
      g_strdup_printf (_ ("Attachment “%s”, %s, %s"), attachment->name, size, kind);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *caption_label = create_label (caption, PANGO_ELLIPSIZE_END);
  GtkWidget *chip = gtk_menu_button_new ();

  gtk_widget_add_css_class (caption_label, "caption");
  gtk_widget_add_css_class (caption_label, "dim-label");
  /* In the middle: the end says what it is. */
  gtk_box_append (GTK_BOX (texts), create_label (attachment->name, PANGO_ELLIPSIZE_MIDDLE));
  gtk_box_append (GTK_BOX (texts), caption_label);
  gtk_box_append (GTK_BOX (box), create_icon (content_type));
  gtk_box_append (GTK_BOX (box), texts);

  gtk_menu_button_set_child (GTK_MENU_BUTTON (chip), box);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (chip), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (chip), menu);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_widget_set_valign (chip, GTK_ALIGN_START);
  gtk_widget_add_css_class (chip, "attachment");
  gtk_widget_set_tooltip_text (chip, attachment->name);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return chip;
}
