/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-index"

#include "config.h"

#include "rst-index-private.h"

#include <string.h>

#include "rst-message-item-private.h"
#include "rst-view.h"

/* So many messages are put in order between two frames. */
#define N_AT_ONCE 2000

typedef struct
{
  guint n_messages;
  guint n_unread;
  guint n_not_loaded;
  guint64 size;
} Totals;

struct _RstIndex
{
  GObject parent_instance;

  /* Everything, in the server's order. */
  GPtrArray *items;

  /* What is shown of it, in the order of the view, and what keeps these items: the list at hand or,
   * until its view has been worked out, the one before. A view that owned its items would cost two
   * visits to each of them whenever it changes. */
  GPtrArray *view;
  GPtrArray *view_owner;

  /* Of the list at hand, for workers; NULL until one needs them. */
  GPtrArray *records;

  RstViewOrder order;

  /* The computation of the view that is under way: an older one is of no use any more. */
  guint generation;
  gboolean is_pending;

  Totals totals;
};

static void rst_index_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RstIndex,
                               rst_index,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rst_index_list_model_init))

enum
{
  PROP_0,
  PROP_N_MESSAGES,
  PROP_N_UNREAD,
  PROP_TOTAL_SIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  BEFORE_CHANGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
rst_index_get_item_type (GListModel *model)
{
  return RST_TYPE_MESSAGE_ITEM;
}

static guint
rst_index_get_n_items (GListModel *model)
{
  return RST_INDEX (model)->view->len;
}

static gpointer
rst_index_get_item (GListModel *model,
                    guint position)
{
  RstIndex *self = RST_INDEX (model);

  return position < self->view->len ? g_object_ref (g_ptr_array_index (self->view, position))
                                    : NULL;
}

static void
rst_index_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rst_index_get_item_type;
  iface->get_n_items = rst_index_get_n_items;
  iface->get_item = rst_index_get_item;
}

/* Shows @view in the place of the view at hand, and tells of no more than the stretch that differs.
 */
static void
set_view (RstIndex *self,
          GPtrArray *view)
{
  g_autoptr (GPtrArray) old_owner = g_steal_pointer (&self->view_owner);
  g_autoptr (GPtrArray) old = g_ptr_array_ref (self->view);
  guint n_shorter = MIN (old->len, view->len);
  guint head = 0;
  guint tail = 0;
  gboolean is_changed;

  while (head < n_shorter && g_ptr_array_index (old, head) == g_ptr_array_index (view, head))
    head++;
  while (tail < n_shorter - head && g_ptr_array_index (old, old->len - 1 - tail) ==
                                        g_ptr_array_index (view, view->len - 1 - tail))
    tail++;
  is_changed = old->len - head - tail > 0 || view->len - head - tail > 0;

  if (is_changed)
    g_signal_emit (self, signals[BEFORE_CHANGE], 0);
  g_ptr_array_unref (self->view);
  self->view = view;
  self->view_owner = g_ptr_array_ref (self->items);
  if (is_changed)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail,
                                view->len - head - tail);
}

static void
show_positions (RstIndex *self,
                GArray *positions)
{
  GPtrArray *view = g_ptr_array_sized_new (positions->len);

  for (guint i = 0; i < positions->len; i++)
    g_ptr_array_add (view,
                     g_ptr_array_index (self->items, g_array_index (positions, guint, i)));
  set_view (self, view);
}

static int
compare_items (const RstIndex *self,
               RstMessageItem *a,
               RstMessageItem *b)
{
  return rst_view_order_compare (
      &self->order, rst_message_item_get_record (a), rst_message_item_get_position (a),
      rst_message_item_get_record (b), rst_message_item_get_position (b));
}

static int
compare_item_pointers (gconstpointer a,
                       gconstpointer b,
                       gpointer user_data)
{
  return compare_items (user_data, *(RstMessageItem **)a, *(RstMessageItem **)b);
}

/* Returns: where @item belongs among the rows of the view from @first on. */
static guint
find_place (const RstIndex *self,
            RstMessageItem *item,
            guint first)
{
  guint end = self->view->len;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;

      if (compare_items (self, g_ptr_array_index (self->view, middle), item) <= 0)
        first = middle + 1;
      else
        end = middle;
    }

  return first;
}

/* Shows the items from @first on at their places in the view, which has none of them yet. */
static void
show_added (RstIndex *self,
            guint first)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  g_autofree guint *places = NULL;
  guint n_before = self->view->len;
  guint end = n_before;
  gpointer *rows;

  for (guint i = first; i < self->items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (self->items, i);

      if (rst_view_order_shows (&self->order, rst_message_item_get_header (item)))
        g_ptr_array_add (added, item);
    }
  if (added->len == 0)
    return;

  g_ptr_array_sort_with_data (added, compare_item_pointers, self);
  places = g_new (guint, added->len);
  for (guint i = 0; i < added->len; i++)
    places[i] = find_place (self, g_ptr_array_index (added, i), i > 0 ? places[i - 1] : 0);

  g_ptr_array_set_size (self->view, (int)(n_before + added->len));
  rows = self->view->pdata;
  for (guint i = added->len; i-- > 0;)
    {
      memmove (rows + places[i] + i + 1, rows + places[i], (end - places[i]) * sizeof *rows);
      rows[places[i] + i] = g_ptr_array_index (added, i);
      end = places[i];
    }

  g_list_model_items_changed (G_LIST_MODEL (self), places[0], places[added->len - 1] - places[0],
                              places[added->len - 1] - places[0] + added->len);
}

typedef struct
{
  GPtrArray *records;
  RstViewOrder order;
  guint generation;
} ViewJob;

static void
view_job_free (gpointer data)
{
  ViewJob *self = data;

  g_ptr_array_unref (self->records);
  g_strfreev (self->order.needles);
  g_free (self);
}

static void
view_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  ViewJob *job = task_data;

  g_task_return_pointer (task, rst_view_compute (job->records, &job->order),
                         (GDestroyNotify)g_array_unref);
}

static void
view_done_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (RstIndex) self = user_data;
  ViewJob *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) positions = g_task_propagate_pointer (G_TASK (result), NULL);

  if (job->generation != self->generation)
    return;

  self->is_pending = FALSE;
  show_positions (self, positions);
  show_added (self, job->records->len);
}

/* The list as workers read it; never changed once it is made. */
static GPtrArray *
ref_records (RstIndex *self)
{
  if (!self->records)
    self->records = rst_index_dup_records (self);

  return g_ptr_array_ref (self->records);
}

/* Puts the view in order, at once where that takes no time, and on a worker where it would hold up
 * the window. */
static void
update_view (RstIndex *self)
{
  g_autoptr (GPtrArray) records = ref_records (self);
  g_autoptr (GTask) task = NULL;
  ViewJob *job;

  self->generation++;
  self->is_pending = records->len > N_AT_ONCE;
  if (!self->is_pending)
    {
      g_autoptr (GArray) positions = rst_view_compute (records, &self->order);

      show_positions (self, positions);
      return;
    }

  job = g_new0 (ViewJob, 1);
  job->records = g_steal_pointer (&records);
  job->order = self->order;
  job->order.needles = g_strdupv (self->order.needles);
  job->generation = self->generation;
  task = g_task_new (NULL, NULL, view_done_cb, g_object_ref (self));
  g_task_set_source_tag (task, update_view);
  g_task_set_task_data (task, job, view_job_free);
  g_task_run_in_thread (task, view_worker);
}

static void
set_totals (RstIndex *self,
            const Totals *totals)
{
  Totals old = self->totals;

  self->totals = *totals;
  g_object_freeze_notify (G_OBJECT (self));
  if (totals->n_messages != old.n_messages)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MESSAGES]);
  if (totals->n_unread != old.n_unread)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_UNREAD]);
  if (totals->size != old.size)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL_SIZE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Returns: @totals with the items from @first on. */
static Totals
add_totals (RstIndex *self,
            Totals totals,
            guint first)
{
  for (guint i = first; i < self->items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (self->items, i);

      totals.n_unread += !rst_message_item_get_is_read (item);
      totals.n_not_loaded += rst_message_item_get_state (item) == RST_HEADER_PLACEHOLDER;
      totals.size += rst_message_item_get_size (item);
    }
  totals.n_messages = self->items->len;

  return totals;
}

static void
rst_index_finalize (GObject *object)
{
  RstIndex *self = RST_INDEX (object);

  g_ptr_array_unref (self->view);
  g_ptr_array_unref (self->view_owner);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_strfreev (self->order.needles);

  G_OBJECT_CLASS (rst_index_parent_class)->finalize (object);
}

static void
rst_index_get_property (GObject *object,
                        guint prop_id,
                        GValue *value,
                        GParamSpec *pspec)
{
  RstIndex *self = RST_INDEX (object);

  switch (prop_id)
    {
    case PROP_N_MESSAGES:
      g_value_set_uint (value, self->totals.n_messages);
      break;
    case PROP_N_UNREAD:
      g_value_set_uint (value, self->totals.n_unread);
      break;
    case PROP_TOTAL_SIZE:
      g_value_set_uint64 (value, self->totals.size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_index_class_init (RstIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = rst_index_finalize;
  object_class->get_property = rst_index_get_property;

  properties[PROP_N_MESSAGES] =
      g_param_spec_uint ("n-messages", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_UNREAD] = g_param_spec_uint ("n-unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_TOTAL_SIZE] =
      g_param_spec_uint64 ("total-size", NULL, NULL, 0, G_MAXUINT64, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[BEFORE_CHANGE] = g_signal_new ("before-change", RST_TYPE_INDEX, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rst_index_init (RstIndex *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->view = g_ptr_array_new ();
  self->view_owner = g_ptr_array_ref (self->items);
  self->order.column = RST_SORT_DATE;
  self->order.is_descending = TRUE;
}

RstIndex *
rst_index_new (void)
{
  return g_object_new (RST_TYPE_INDEX, NULL);
}

void
rst_index_set_sort (RstIndex *self,
                    RstSortColumn column,
                    gboolean is_descending)
{
  g_return_if_fail (RST_IS_INDEX (self));

  if (self->order.column == column && self->order.is_descending == is_descending)
    return;

  self->order.column = column;
  self->order.is_descending = is_descending;
  update_view (self);
}

RstSortColumn
rst_index_get_sort_column (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), RST_SORT_SERVER);

  return self->order.column;
}

gboolean
rst_index_get_sort_is_descending (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), FALSE);

  return self->order.is_descending;
}

void
rst_index_set_filter (RstIndex *self,
                      const char *text)
{
  g_autofree char *folded = rst_envelope_fold (text ? text : "");

  g_return_if_fail (RST_IS_INDEX (self));

  g_strfreev (self->order.needles);
  self->order.needles = g_strsplit_set (folded, " \t\n", -1);
  update_view (self);
}

guint
rst_index_get_n_messages (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), 0);

  return self->items->len;
}

guint
rst_index_get_n_not_loaded (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), 0);

  return self->totals.n_not_loaded;
}

guint
rst_index_get_n_unread (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), 0);

  return self->totals.n_unread;
}

guint64
rst_index_get_total_size (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), 0);

  return self->totals.size;
}

static GPtrArray *
copy_items (GPtrArray *items)
{
  GPtrArray *copy = g_ptr_array_new_full (items->len, g_object_unref);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (items, i)));

  return copy;
}

GPtrArray *
rst_index_dup_records (RstIndex *self)
{
  GPtrArray *records = rst_record_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (
        records, rst_record_ref (rst_message_item_get_record (g_ptr_array_index (self->items, i))));

  return records;
}

gboolean
rst_index_get_is_pending (RstIndex *self)
{
  g_return_val_if_fail (RST_IS_INDEX (self), FALSE);

  return self->is_pending;
}

gboolean
rst_index_find (RstIndex *self,
                RstMessageItem *item,
                guint *position)
{
  g_return_val_if_fail (RST_IS_INDEX (self), FALSE);

  return g_ptr_array_find (self->view, item, position);
}

GPtrArray *
rst_index_dup_items (RstIndex *self)
{
  return copy_items (self->items);
}

void
rst_index_replace (RstIndex *self,
                   GPtrArray *items)
{
  Totals totals;

  /* The old ones are kept for as long as they are shown. */
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  self->items = copy_items (items);
  for (guint i = 0; i < items->len; i++)
    rst_message_item_set_position (g_ptr_array_index (items, i), i);

  update_view (self);
  totals = add_totals (self, (Totals){ 0 }, 0);
  set_totals (self, &totals);
}

void
rst_index_append (RstIndex *self,
                  GPtrArray *items)
{
  guint n_before = self->items->len;
  Totals totals;

  /* The newest comes first, and all that come are newer than what was there. */
  g_clear_pointer (&self->records, g_ptr_array_unref);
  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      rst_message_item_set_position (item, G_MAXUINT - self->items->len);
      g_ptr_array_add (self->items, g_object_ref (item));
    }

  /* What is being worked out brings them when it is done. */
  if (!self->is_pending)
    show_added (self, n_before);
  totals = add_totals (self, self->totals, n_before);
  set_totals (self, &totals);
}

void
rst_index_set_record (RstIndex *self,
                      RstMessageItem *item,
                      RstRecord *record)
{
  RstRecord *old = rst_message_item_get_record (item);
  Totals totals = self->totals;

  totals.n_unread += record->is_read ? 0 : 1;
  totals.n_unread -= old->is_read ? 0 : 1;
  totals.n_not_loaded += record->header->state == RST_HEADER_PLACEHOLDER;
  totals.n_not_loaded -= old->header->state == RST_HEADER_PLACEHOLDER;
  totals.size += record->header->identity->size - old->header->identity->size;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  rst_message_item_set_record (item, record);
  set_totals (self, &totals);
}
