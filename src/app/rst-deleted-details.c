/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-details"

#include "config.h"

#include "rst-deleted-details.h"

#include <glib/gi18n.h>

#include "rst-format.h"

typedef char *(*DupText) (RstDeletedItem *item);

static char *
dup_time (RstDeletedItem *item)
{
  return rst_format_full_date (rst_deleted_item_get_time (item));
}

static char *
dup_outcome (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_describe_outcome (item));
}

static char *
dup_account (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_get_account (item));
}

static char *
dup_copy (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_describe_copy (item));
}

static char *
dup_from (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  return g_strdup (envelope != NULL ? envelope->from : NULL);
}

static char *
dup_size (RstDeletedItem *item)
{
  return g_format_size_full (rst_deleted_item_get_header (item)->identity->size,
                             G_FORMAT_SIZE_LONG_FORMAT);
}

static char *
dup_date (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  return rst_format_full_date (envelope != NULL ? envelope->date : 0);
}

static char *
dup_subject (RstDeletedItem *item)
{
  RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;

  return g_strdup (envelope != NULL ? envelope->subject : NULL);
}

static char *
dup_server_text (RstDeletedItem *item)
{
  return g_strdup (rst_deleted_item_get_server_text (item));
}

/* In the order in which the keyboard goes through them. */
static const struct
{
  const char *title;
  DupText dup_text;
  int column;
  int row;
  int n_columns; /* of the grid, without the title */
} fields[] = {
  { N_ ("When"), dup_time, 0, 0, 1 },
  { N_ ("Outcome"), dup_outcome, 2, 0, 1 },
  { N_ ("Account"), dup_account, 0, 1, 1 },
  { N_ ("Copy"), dup_copy, 2, 1, 1 },
  { N_ ("From"), dup_from, 0, 2, 1 },
  { N_ ("Size"), dup_size, 2, 2, 1 },
  { N_ ("Date"), dup_date, 0, 3, 1 },
  /* Translators: the server's name for a message, its unique-id */
  { N_ ("UID"), rst_deleted_item_dup_uid, 2, 3, 1 },
  { N_ ("Subject"), dup_subject, 0, 4, 3 },
  /* Translators: what the server said at the end of a delete, or why it said nothing */
  { N_ ("Server’s Last Word"), dup_server_text, 0, 5, 3 },
  /* Translators: a checksum of a message's headers */
  { N_ ("Digest"), rst_deleted_item_dup_digest, 0, 6, 3 },
};

struct _RstDeletedDetails
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkLabel *values[G_N_ELEMENTS (fields)];

  /* Template Widgets */
  GtkLabel *count_label;
  GtkGrid *grid;
  GtkStack *stack;
};

G_DEFINE_FINAL_TYPE (RstDeletedDetails, rst_deleted_details, GTK_TYPE_WIDGET)

static GtkWidget *
create_title (const char *text)
{
  GtkWidget *title = g_object_new (
      GTK_TYPE_LABEL, "label", text, "xalign", 1.0, "yalign", 0.0, NULL);

  gtk_widget_add_css_class (title, "dim-label");
  return title;
}

static GtkWidget *
create_value (GtkWidget *title)
{
  GtkWidget *value = g_object_new (GTK_TYPE_LABEL,
                                   "xalign", 0.0,
                                   "yalign", 0.0,
                                   "hexpand", TRUE,
                                   "selectable", TRUE,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   NULL);

  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  return value;
}

static void
rst_deleted_details_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_DELETED_DETAILS);

  G_OBJECT_CLASS (rst_deleted_details_parent_class)->dispose (object);
}

static void
rst_deleted_details_class_init (RstDeletedDetailsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_deleted_details_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-deleted-details.ui");
  gtk_widget_class_bind_template_child (widget_class, RstDeletedDetails, count_label);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedDetails, grid);
  gtk_widget_class_bind_template_child (widget_class, RstDeletedDetails, stack);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rst_deleted_details_init (RstDeletedDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *title = create_title (_ (fields[i].title));
      GtkWidget *value = create_value (title);

      gtk_grid_attach (self->grid, title, fields[i].column, fields[i].row, 1, 1);
      gtk_grid_attach (
          self->grid, value, fields[i].column + 1, fields[i].row, fields[i].n_columns, 1);
      self->values[i] = GTK_LABEL (value);
    }
}

static void
show_item (RstDeletedDetails *self,
           RstDeletedItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = fields[i].dup_text (item);
      gboolean is_known = text != NULL && text[0] != '\0';

      /* Translators: in the place of a detail of a message that is not known, or empty */
      gtk_label_set_text (self->values[i], is_known ? text : _ ("None"));
    }
}

void
rst_deleted_details_show (RstDeletedDetails *self,
                          GPtrArray *items)
{
  g_autofree char *count = rst_format_count (items->len);
  g_autofree char *text = NULL;

  g_return_if_fail (RST_IS_DELETED_DETAILS (self));

  if (items->len == 1)
    show_item (self, g_ptr_array_index (items, 0));
  else if (items->len > 1)
    text = g_strdup_printf (
        ngettext ("%s message selected", "%s messages selected", items->len), count);
  gtk_label_set_text (self->count_label,
                      text != NULL ? text : _ ("Select a message to see its details"));
  gtk_stack_set_visible_child_name (self->stack, items->len == 1 ? "one" : "none");
}
