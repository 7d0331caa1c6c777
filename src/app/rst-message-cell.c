/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-cell"

#include "config.h"

#include "rst-message-cell.h"

#include <glib/gi18n.h>

#include "rst-format.h"

/* GTK 4.8 loses its place in a list whose rows differ in height (GTK issue 2971), so a cell's size
 * comes from the font and these figures alone, never from its text. */
#define FROM_CHARS 18
#define SUBJECT_CHARS 28
#define SUBJECT_MIN_CHARS 10
#define DATE_CHARS 10
#define SIZE_CHARS 8

struct _RstMessageCell
{
  GtkWidget parent_instance;

  /* Owned References */
  RstMessageItem *item;

  /* Children */
  GtkWidget *inscription;
  GtkWidget *unread_dot;
  GtkWidget *attachment_icon;

  RstSortColumn column;
  gulong notify_handler;
};

G_DEFINE_FINAL_TYPE (RstMessageCell, rst_message_cell, GTK_TYPE_WIDGET)

static void
set_class (RstMessageCell *self,
           const char *name,
           gboolean is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static const char *
or_else (const char *text,
         const char *fallback)
{
  return text[0] != '\0' ? text : fallback;
}

static const char *
subject_text (RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);

  if (envelope != NULL)
    return or_else (envelope->subject, _ ("(no subject)"));
  if (rst_message_item_get_state (item) == RST_HEADER_UNREADABLE)
    return _ ("(the server could not give this message)");
  return _ ("(not loaded yet)");
}

static const char *
from_text (RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);

  return envelope != NULL ? or_else (envelope->from_name, _ ("(no sender)")) : "";
}

static char *
date_text (RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return rst_format_date (envelope != NULL ? envelope->date : 0, now);
}

/* GTK 4.8 has no gtk_list_item_set_accessible_label(): the row is found above the cell. */
static void
label_row (RstMessageCell *self)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (self->item);
  GtkWidget *row = GTK_WIDGET (self);
  g_autoptr (GString) label = g_string_new (NULL);
  g_autofree char *date = date_text (self->item);
  g_autofree char *size = g_format_size (rst_message_item_get_size (self->item));

  while (row != NULL &&
         gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)) != GTK_ACCESSIBLE_ROLE_ROW)
    row = gtk_widget_get_parent (row);
  if (row == NULL)
    return;

  if (envelope == NULL)
    g_string_append_printf (label, "%s, %s", subject_text (self->item), size);
  else
    {
      if (!rst_message_item_get_is_read (self->item))
        g_string_append_printf (label, "%s, ", _ ("unread"));
      /* Translators: what a screen reader says of a message: sender, subject, date, size */
      g_string_append_printf (label,
                              _ ("from %s, %s, %s, %s"),
                              from_text (self->item),
                              subject_text (self->item),
                              date,
                              size);
      if (envelope->has_attachments)
        g_string_append_printf (label, ", %s", _ ("with attachments"));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label->str,
                                  -1);
}

static void
show_status (RstMessageCell *self)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (self->item);
  gboolean is_unread = envelope != NULL && !rst_message_item_get_is_read (self->item);

  /* Opacity and not visibility: the mark of an attachment keeps its place. */
  gtk_widget_set_opacity (self->unread_dot, is_unread);
  gtk_widget_set_opacity (self->attachment_icon, envelope != NULL && envelope->has_attachments);
  label_row (self);
}

static void
show_text (RstMessageCell *self)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (self->item);
  GtkInscription *inscription = GTK_INSCRIPTION (self->inscription);

  set_class (self, "unread", envelope != NULL && !rst_message_item_get_is_read (self->item));
  set_class (self, "placeholder", envelope == NULL || !envelope->is_decodable);
  if (self->column == RST_SORT_FROM)
    gtk_inscription_set_text (inscription, from_text (self->item));
  else if (self->column == RST_SORT_SUBJECT)
    gtk_inscription_set_text (inscription, subject_text (self->item));
  else if (self->column == RST_SORT_DATE)
    {
      g_autofree char *text = date_text (self->item);
      gtk_inscription_set_text (inscription, text);
    }
  else
    {
      g_autofree char *text = g_format_size (rst_message_item_get_size (self->item));
      gtk_inscription_set_text (inscription, text);
    }
}

static void
show_item (RstMessageCell *self)
{
  if (self->column == RST_SORT_UNREAD)
    show_status (self);
  else
    show_text (self);
}

static gboolean
query_tooltip_cb (RstMessageCell *self,
                  int x,
                  int y,
                  gboolean is_keyboard,
                  GtkTooltip *tooltip)
{
  RstEnvelope *envelope = self->item != NULL ? rst_message_item_get_envelope (self->item) : NULL;
  g_autofree char *date = NULL;
  const char *text = NULL;

  if (envelope == NULL)
    return FALSE;

  if (self->column == RST_SORT_FROM)
    text = envelope->from;
  else if (self->column == RST_SORT_SUBJECT)
    text = envelope->subject;
  else if (self->column == RST_SORT_DATE)
    text = date = rst_format_full_date (envelope->date);
  if (text == NULL || text[0] == '\0')
    return FALSE;

  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
build_status (RstMessageCell *self)
{
  self->unread_dot = g_object_new (GTK_TYPE_BOX,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                   "css-name", "dot",
                                   "valign", GTK_ALIGN_CENTER,
                                   NULL);
  self->attachment_icon = g_object_new (GTK_TYPE_IMAGE,
                                        "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                        "icon-name", "mail-attachment-symbolic",
                                        NULL);
  gtk_widget_set_parent (self->unread_dot, GTK_WIDGET (self));
  gtk_widget_set_parent (self->attachment_icon, GTK_WIDGET (self));
}

static void
build_text (RstMessageCell *self)
{
  static const struct
  {
    guint min_chars;
    guint nat_chars;
    float xalign;
  } shapes[] = {
    [RST_SORT_FROM] = { 6, FROM_CHARS, 0 },
    [RST_SORT_SUBJECT] = { SUBJECT_MIN_CHARS, SUBJECT_CHARS, 0 },
    [RST_SORT_DATE] = { 5, DATE_CHARS, 0 },
    [RST_SORT_SIZE] = { 5, SIZE_CHARS, 1 },
  };

  self->inscription = g_object_new (GTK_TYPE_INSCRIPTION,
                                    "hexpand", TRUE,
                                    "min-chars", shapes[self->column].min_chars,
                                    "nat-chars", shapes[self->column].nat_chars,
                                    "min-lines", 1,
                                    "nat-lines", 1,
                                    "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                    "xalign", shapes[self->column].xalign,
                                    NULL);
  gtk_widget_set_parent (self->inscription, GTK_WIDGET (self));
  if (self->column == RST_SORT_DATE || self->column == RST_SORT_SIZE)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
      gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
    }
  if (self->column == RST_SORT_SIZE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "last");
  else
    {
      gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
      g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
    }
}

static void
rst_message_cell_dispose (GObject *object)
{
  RstMessageCell *self = RST_MESSAGE_CELL (object);

  rst_message_cell_set_item (self, NULL);
  g_clear_pointer (&self->inscription, gtk_widget_unparent);
  g_clear_pointer (&self->unread_dot, gtk_widget_unparent);
  g_clear_pointer (&self->attachment_icon, gtk_widget_unparent);

  G_OBJECT_CLASS (rst_message_cell_parent_class)->dispose (object);
}

static void
rst_message_cell_class_init (RstMessageCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_message_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messagecell");
}

static void
rst_message_cell_init (RstMessageCell *self)
{
}

GtkWidget *
rst_message_cell_new (RstSortColumn column)
{
  RstMessageCell *self = g_object_new (RST_TYPE_MESSAGE_CELL, NULL);

  g_return_val_if_fail (column != RST_SORT_SERVER, GTK_WIDGET (self));

  self->column = column;
  if (column == RST_SORT_UNREAD)
    build_status (self);
  else
    build_text (self);
  return GTK_WIDGET (self);
}

void
rst_message_cell_set_item (RstMessageCell *self,
                           RstMessageItem *item)
{
  g_return_if_fail (RST_IS_MESSAGE_CELL (self));

  if (self->item == item)
    return;

  if (self->item != NULL)
    g_clear_signal_handler (&self->notify_handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;

  self->notify_handler =
      g_signal_connect_swapped (item, "notify", G_CALLBACK (show_item), self);
  show_item (self);
}

RstMessageItem *
rst_message_cell_get_item (RstMessageCell *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_CELL (self), NULL);

  return self->item;
}

RstMessageItem *
rst_message_cell_find_item (GtkWidget *view,
                            double x,
                            double y)
{
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);

  /* A cell is the child of GTK's own cell widget, and that the child of the row. */
  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      GtkWidget *child = gtk_widget_get_first_child (widget);
      GtkWidget *grandchild = child != NULL ? gtk_widget_get_first_child (child) : NULL;

      if (RST_IS_MESSAGE_CELL (widget))
        return rst_message_cell_get_item (RST_MESSAGE_CELL (widget));
      if (child != NULL && RST_IS_MESSAGE_CELL (child))
        return rst_message_cell_get_item (RST_MESSAGE_CELL (child));
      if (grandchild != NULL && RST_IS_MESSAGE_CELL (grandchild))
        return rst_message_cell_get_item (RST_MESSAGE_CELL (grandchild));
    }
  return NULL;
}
