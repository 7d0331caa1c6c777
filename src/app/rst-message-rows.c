/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-rows"

#include "config.h"

#include "rst-message-rows.h"

/* So many rows can be given widgets between two frames. */
#define N_STEP 60
#define N_STEPS 3

struct _RstMessageRows
{
  GObject parent_instance;

  /* Owned References */
  RstIndex *index;

  /* So many rows the view knows of the index, and so many that are no longer in it. */
  guint n_rows;
  guint n_old;
};

static void rst_message_rows_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RstMessageRows,
                               rst_message_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      rst_message_rows_list_model_init))

static GType
rst_message_rows_get_item_type (GListModel *model)
{
  return RST_TYPE_MESSAGE_ITEM;
}

static guint
rst_message_rows_get_n_items (GListModel *model)
{
  RstMessageRows *self = RST_MESSAGE_ROWS (model);

  return self->n_rows + self->n_old;
}

static gpointer
rst_message_rows_get_item (GListModel *model,
                           guint position)
{
  RstMessageRows *self = RST_MESSAGE_ROWS (model);

  if (position >= self->n_rows + self->n_old)
    return NULL;

  /* An old row that is asked for now is never looked at. */
  if (position >= self->n_rows)
    position = 0;
  return g_list_model_get_item (G_LIST_MODEL (self->index), position);
}

static void
rst_message_rows_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rst_message_rows_get_item_type;
  iface->get_n_items = rst_message_rows_get_n_items;
  iface->get_item = rst_message_rows_get_item;
}

static void
rst_message_rows_finalize (GObject *object)
{
  RstMessageRows *self = RST_MESSAGE_ROWS (object);

  g_clear_object (&self->index);

  G_OBJECT_CLASS (rst_message_rows_parent_class)->finalize (object);
}

static void
rst_message_rows_class_init (RstMessageRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_message_rows_finalize;
}

static void
rst_message_rows_init (RstMessageRows *self)
{
}

RstMessageRows *
rst_message_rows_new (RstIndex *index)
{
  RstMessageRows *self = g_object_new (RST_TYPE_MESSAGE_ROWS, NULL);

  g_return_val_if_fail (RST_IS_INDEX (index), self);

  self->index = g_object_ref (index);
  self->n_rows = g_list_model_get_n_items (G_LIST_MODEL (index));
  return self;
}

void
rst_message_rows_splice (RstMessageRows *self,
                         guint position,
                         guint n_removed,
                         guint n_added)
{
  g_return_if_fail (RST_IS_MESSAGE_ROWS (self));

  /* Rows that the view does not know yet come later. */
  if (position > self->n_rows || (position == self->n_rows && n_removed > 0))
    return;
  if (n_removed > self->n_rows - position)
    {
      n_removed = self->n_rows - position;
      n_added = MIN (n_added, n_removed);
    }

  self->n_rows += n_added - n_removed;
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

void
rst_message_rows_begin_growth (RstMessageRows *self,
                               guint position)
{
  guint n_old = self->n_rows;
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->index));

  g_return_if_fail (RST_IS_MESSAGE_ROWS (self));
  g_return_if_fail (position <= n_old);

  self->n_rows = MIN (n_all, position + N_STEP);
  g_list_model_items_changed (
      G_LIST_MODEL (self), position, n_old - position, self->n_rows - position);
}

gboolean
rst_message_rows_grow (RstMessageRows *self)
{
  guint n_old = self->n_rows;
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (self->index));

  g_return_val_if_fail (RST_IS_MESSAGE_ROWS (self), FALSE);

  self->n_rows = n_old < N_STEPS * N_STEP ? MIN (n_all, n_old + N_STEP) : n_all;
  if (self->n_rows > n_old)
    g_list_model_items_changed (G_LIST_MODEL (self), n_old, 0, self->n_rows - n_old);
  return self->n_rows < n_all;
}

void
rst_message_rows_begin_order (RstMessageRows *self)
{
  g_return_if_fail (RST_IS_MESSAGE_ROWS (self));
  g_return_if_fail (self->n_old == 0);

  self->n_old = self->n_rows;
  self->n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->index));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->n_rows);
}

void
rst_message_rows_end_order (RstMessageRows *self)
{
  guint n_old;

  g_return_if_fail (RST_IS_MESSAGE_ROWS (self));

  n_old = self->n_old;
  self->n_old = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), self->n_rows, n_old, 0);
}
