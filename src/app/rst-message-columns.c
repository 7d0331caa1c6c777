/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-columns"

#include "config.h"

#include "rst-message-columns.h"

#include <glib/gi18n.h>

#include "rst-message-cell.h"

#define N_COLUMNS (RST_SORT_SIZE + 1)

static const struct
{
  const char *id;
  const char *title;
} column_texts[N_COLUMNS] = {
  /* Translators: title of the narrow column with the marks for unread and attachments */
  [RST_SORT_UNREAD] = { "unread", N_ ("●") },
  [RST_SORT_FROM] = { "from", N_ ("From") },
  [RST_SORT_SUBJECT] = { "subject", N_ ("Subject") },
  [RST_SORT_DATE] = { "date", N_ ("Date") },
  [RST_SORT_SIZE] = { "size", N_ ("Size") },
};

struct _RstMessageColumns
{
  GObject parent_instance;

  /* Owned References */
  GSettings *settings;
  GtkColumnViewColumn *columns[N_COLUMNS];

  /* Borrowed References */
  GtkColumnView *view;
  /* One cell a row, of those rows that have widgets. */
  GPtrArray *rows;

  /* What the probing sorters have just been asked for. */
  RstSortColumn probed;

  guint sort_source;
};

G_DEFINE_FINAL_TYPE (RstMessageColumns, rst_message_columns, G_TYPE_OBJECT)

enum
{
  SORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  RstMessageColumns *owner;
  RstSortColumn column;
} Probe;

/* GTK 4.8 does not tell which title was clicked (gtk_column_view_sorter_get_primary_sort_column()
 * is 4.10), and the index sorts itself: these sorters only note that the view asks them. */
static int
probe_sorter_cb (gconstpointer a,
                 gconstpointer b,
                 gpointer user_data)
{
  Probe *probe = user_data;

  probe->owner->probed = probe->column;
  return GTK_ORDERING_SMALLER;
}

static void
cell_destroyed_cb (RstMessageColumns *self,
                   GtkWidget *cell)
{
  g_ptr_array_remove_fast (self->rows, cell);
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem *list_item,
          gpointer user_data)
{
  Probe *probe = user_data;
  GtkWidget *cell = rst_message_cell_new (probe->column);

  gtk_list_item_set_child (list_item, cell);
  if (probe->column != RST_SORT_UNREAD)
    return;

  /* Not with the factory's "teardown": GTK 4.8 has taken the cell out by then. */
  g_ptr_array_add (probe->owner->rows, cell);
  g_signal_connect_object (
      cell, "destroy", G_CALLBACK (cell_destroyed_cb), probe->owner, G_CONNECT_SWAPPED);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem *list_item)
{
  rst_message_cell_set_item (RST_MESSAGE_CELL (gtk_list_item_get_child (list_item)),
                             gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem *list_item)
{
  rst_message_cell_set_item (RST_MESSAGE_CELL (gtk_list_item_get_child (list_item)), NULL);
}

static Probe *
probe_new (RstMessageColumns *owner,
           RstSortColumn column)
{
  Probe *probe = g_new (Probe, 1);

  *probe = (Probe){ .owner = owner, .column = column };
  return probe;
}

static void
probe_free (gpointer data,
            GClosure *closure)
{
  g_free (data);
}

static void
save_widths_cb (RstMessageColumns *self)
{
  GVariantBuilder builder;

  if (self->settings == NULL)
    return;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{si}"));
  for (guint i = RST_SORT_FROM; i < N_COLUMNS; i++)
    {
      int width = gtk_column_view_column_get_fixed_width (self->columns[i]);

      if (width > 0)
        g_variant_builder_add (&builder, "{si}", column_texts[i].id, width);
    }
  g_settings_set_value (self->settings, "column-widths", g_variant_builder_end (&builder));
}

static void
add_column (RstMessageColumns *self,
            RstSortColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter =
      GTK_SORTER (gtk_custom_sorter_new (probe_sorter_cb, probe_new (self, column), g_free));

  g_signal_connect_data (
      factory, "setup", G_CALLBACK (setup_cb), probe_new (self, column), probe_free, 0);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);

  self->columns[column] = g_object_new (GTK_TYPE_COLUMN_VIEW_COLUMN,
                                        "title", _ (column_texts[column].title),
                                        "factory", factory,
                                        "sorter", sorter,
                                        "expand", column == RST_SORT_SUBJECT,
                                        "resizable", column != RST_SORT_UNREAD,
                                        NULL);
  g_object_unref (factory);
  g_object_unref (sorter);
  gtk_column_view_append_column (self->view, self->columns[column]);
  g_signal_connect_object (self->columns[column],
                           "notify::fixed-width",
                           G_CALLBACK (save_widths_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
sorter_changed_cb (RstMessageColumns *self)
{
  gboolean is_descending;
  RstSortColumn column = rst_message_columns_get_sort (self, &is_descending);

  if (self->settings != NULL)
    {
      g_settings_set_enum (self->settings, "sort-column", column);
      g_settings_set_boolean (self->settings, "sort-descending", is_descending);
    }
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static void
rst_message_columns_dispose (GObject *object)
{
  RstMessageColumns *self = RST_MESSAGE_COLUMNS (object);

  g_clear_handle_id (&self->sort_source, g_source_remove);
  g_clear_object (&self->settings);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);

  G_OBJECT_CLASS (rst_message_columns_parent_class)->dispose (object);
}

static void
rst_message_columns_finalize (GObject *object)
{
  RstMessageColumns *self = RST_MESSAGE_COLUMNS (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (rst_message_columns_parent_class)->finalize (object);
}

static void
rst_message_columns_class_init (RstMessageColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rst_message_columns_dispose;
  object_class->finalize = rst_message_columns_finalize;

  signals[SORT_CHANGED] = g_signal_new ("sort-changed",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);
}

static void
rst_message_columns_init (RstMessageColumns *self)
{
  self->rows = g_ptr_array_new ();
}

RstMessageColumns *
rst_message_columns_new (GtkColumnView *view)
{
  RstMessageColumns *self = g_object_new (RST_TYPE_MESSAGE_COLUMNS, NULL);

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), self);

  self->view = view;
  for (guint i = RST_SORT_UNREAD; i < N_COLUMNS; i++)
    add_column (self, i);
  gtk_column_view_sort_by_column (view, self->columns[RST_SORT_DATE], GTK_SORT_DESCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (view),
                           "changed",
                           G_CALLBACK (sorter_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

static void
apply_sort (RstMessageColumns *self)
{
  RstSortColumn column = g_settings_get_enum (self->settings, "sort-column");
  gboolean is_descending = g_settings_get_boolean (self->settings, "sort-descending");
  gboolean was_descending;

  if (rst_message_columns_get_sort (self, &was_descending) != column ||
      was_descending != is_descending)
    gtk_column_view_sort_by_column (self->view,
                                    self->columns[column],
                                    is_descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

static void
apply_sort_cb (gpointer user_data)
{
  RstMessageColumns *self = user_data;

  self->sort_source = 0;
  apply_sort (self);
}

/* Not at once: it takes both settings to say how the list is sorted, and one comes first. */
static void
queue_sort_cb (RstMessageColumns *self)
{
  if (self->sort_source == 0)
    self->sort_source = g_idle_add_once (apply_sort_cb, self);
}

void
rst_message_columns_bind_settings (RstMessageColumns *self,
                                   GSettings *settings)
{
  static const char *const sort_signals[] = { "changed::sort-column",
                                              "changed::sort-descending" };
  g_autoptr (GVariant) widths = NULL;
  int width;

  g_return_if_fail (RST_IS_MESSAGE_COLUMNS (self));
  g_return_if_fail (self->settings == NULL);

  widths = g_settings_get_value (settings, "column-widths");
  for (guint i = RST_SORT_FROM; i < N_COLUMNS; i++)
    if (g_variant_lookup (widths, column_texts[i].id, "i", &width))
      gtk_column_view_column_set_fixed_width (self->columns[i], MAX (width, -1));

  self->settings = g_object_ref (settings);
  apply_sort (self);
  for (guint i = 0; i < G_N_ELEMENTS (sort_signals); i++)
    g_signal_connect_object (
        settings, sort_signals[i], G_CALLBACK (queue_sort_cb), self, G_CONNECT_SWAPPED);
}

RstSortColumn
rst_message_columns_get_sort (RstMessageColumns *self,
                              gboolean *is_descending)
{
  GtkSorter *sorter;

  g_return_val_if_fail (RST_IS_MESSAGE_COLUMNS (self), RST_SORT_DATE);
  g_return_val_if_fail (is_descending != NULL, RST_SORT_DATE);

  /* Nothing sorted by: the maildrop's order. Two different objects: equal pointers are not asked
   * about. */
  sorter = gtk_column_view_get_sorter (self->view);
  self->probed = RST_SORT_SERVER;
  *is_descending = gtk_sorter_compare (sorter,
                                       self->columns[RST_SORT_FROM],
                                       self->columns[RST_SORT_SUBJECT]) == GTK_ORDERING_LARGER;
  return self->probed;
}

static gboolean
is_visible_in (GtkWidget *cell,
               GtkWidget *viewport)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (cell, viewport, &bounds) &&
         bounds.origin.y + bounds.size.height >= 0 &&
         bounds.origin.y <= gtk_widget_get_height (viewport);
}

GPtrArray *
rst_message_columns_dup_wanted (RstMessageColumns *self,
                                GtkWidget *viewport)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RST_IS_MESSAGE_COLUMNS (self), items);

  for (guint i = 0; i < self->rows->len; i++)
    {
      RstMessageCell *cell = g_ptr_array_index (self->rows, i);
      RstMessageItem *item = rst_message_cell_get_item (cell);

      if (item != NULL && rst_message_item_get_state (item) == RST_HEADER_PLACEHOLDER &&
          is_visible_in (GTK_WIDGET (cell), viewport))
        g_ptr_array_add (items, g_object_ref (item));
    }
  return items;
}
