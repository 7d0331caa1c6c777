/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-list"

#include "config.h"

#include "rst-message-list-private.h"

#include <glib/gi18n.h>

#include "rst-message-cell.h"
#include "rst-message-selection.h"

/* Scrolling passes over rows that nobody looks at: only where it rests are they loaded. */
#define WANTED_DELAY_MS 250

G_DEFINE_FINAL_TYPE (RstMessageList, rst_message_list, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SEARCH_MODE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SELECTION_CHANGED,
  ACTIVATE_ITEM,
  WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
emit_selection_changed_cb (gpointer user_data)
{
  RstMessageList *self = user_data;

  self->selection_source = 0;
  /* What is selected now may not be there yet. */
  if (self->growth_source != 0)
    return;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

void
rst_message_list_queue_selection_changed (RstMessageList *self)
{
  if (self->selection_source == 0)
    self->selection_source = g_idle_add_once (emit_selection_changed_cb, self);
}

static gboolean
has_rows_to_come (RstMessageList *self)
{
  return self->growth_source != 0 ||
         (self->index != NULL && rst_index_get_is_pending (self->index));
}

static void
selection_changed_cb (RstMessageList *self)
{
  /* What the user chooses while rows are still coming is what counts, not what was chosen before.
   */
  if (has_rows_to_come (self))
    g_clear_pointer (&self->selected_before, g_ptr_array_unref);
  rst_message_list_queue_selection_changed (self);
}

/* The view is made of a row of titles and this. */
static GtkWidget *
find_list_view (RstMessageList *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->column_view));

  while (!GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* gtk_column_view_scroll_to() is 4.12. */
static void
scroll_to (RstMessageList *self,
           guint position)
{
  gtk_widget_activate_action (find_list_view (self), "list.scroll-to-item", "u", position);
}

/* What is found is read from its top; when the search is over, the message that is selected is
 * looked for where it stood. */
void
rst_message_list_scroll_to_start (RstMessageList *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  self->is_scroll_due = FALSE;
  if (self->selection == NULL || g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;

  selected = gtk_selection_model_get_selection (self->selection);
  scroll_to (self, gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected));
}

void
rst_message_list_update_rows (RstMessageList *self)
{
  gboolean is_filtered = gtk_editable_get_text (self->search_entry)[0] != '\0';
  gboolean is_empty = g_list_model_get_n_items (G_LIST_MODEL (self->index)) == 0;

  gtk_stack_set_visible_child_name (self->stack,
                                    is_filtered && is_empty ? "nothing-found" : "messages");
  rst_message_list_queue_selection_changed (self);
  if (self->is_scroll_due && !rst_index_get_is_pending (self->index))
    rst_message_list_scroll_to_start (self);
}

static void
search_changed_cb (RstMessageList *self)
{
  if (self->index == NULL)
    return;

  self->is_reorder_due = TRUE;
  rst_index_set_filter (self->index,
                        self->is_searching ? gtk_editable_get_text (self->search_entry) : NULL);
  /* A big list is filtered on a worker, and changes later. */
  self->is_reorder_due = rst_index_get_is_pending (self->index);
  self->is_scroll_due = TRUE;
  rst_message_list_update_rows (self);
}

static void
sort_changed_cb (RstMessageList *self)
{
  gboolean is_descending;
  RstSortColumn column = rst_message_columns_get_sort (self->columns, &is_descending);

  if (self->index == NULL)
    return;

  self->is_reorder_due = TRUE;
  rst_index_set_sort (self->index, column, is_descending);
  self->is_reorder_due = rst_index_get_is_pending (self->index);
}

static void
activate_cb (RstMessageList *self,
             guint position)
{
  g_autoptr (RstMessageItem) item = g_list_model_get_item (G_LIST_MODEL (self->index), position);

  if (item != NULL)
    g_signal_emit (self, signals[ACTIVATE_ITEM], 0, item);
}

static void
emit_wanted_cb (gpointer user_data)
{
  RstMessageList *self = user_data;
  g_autoptr (GPtrArray) items =
      rst_message_columns_dup_wanted (self->columns, GTK_WIDGET (self->scrolled_window));

  self->wanted_source = 0;
  if (items->len > 0)
    g_signal_emit (self, signals[WANTED], 0, items);
}

static gboolean
wanted_timeout_cb (gpointer user_data)
{
  emit_wanted_cb (user_data);
  return G_SOURCE_REMOVE;
}

static void
popup_context_menu (RstMessageList *self,
                    double x,
                    double y)
{
  if (self->context_menu == NULL)
    {
      self->context_menu = gtk_popover_menu_new_from_model (self->context_menu_model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
      gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), &(GdkRectangle){ x, y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

static void
pressed_cb (RstMessageList *self,
            int n_press,
            double x,
            double y,
            GtkGestureClick *gesture)
{
  RstMessageItem *item = rst_message_cell_find_item (GTK_WIDGET (self->column_view), x, y);
  guint position;
  double list_x, list_y;

  if (item == NULL)
    return;

  position = rst_message_selection_find (self->selection, item);
  if (position == GTK_INVALID_LIST_POSITION)
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->column_view),
                                    GTK_WIDGET (self),
                                    x,
                                    y,
                                    &list_x,
                                    &list_y);
  popup_context_menu (self, list_x, list_y);
}

static void
menu_key_cb (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstMessageList *self = RST_MESSAGE_LIST (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  graphene_rect_t bounds;

  if (rst_message_list_get_n_selected (self) == 0)
    return;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->column_view)) ||
      !gtk_widget_compute_bounds (focus, widget, &bounds))
    bounds = GRAPHENE_RECT_INIT (0, 0, 0, 0);
  popup_context_menu (self, bounds.origin.x + 60, bounds.origin.y + bounds.size.height);
}

static void
rst_message_list_dispose (GObject *object)
{
  RstMessageList *self = RST_MESSAGE_LIST (object);

  rst_message_list_set_index (self, NULL);
  g_clear_handle_id (&self->selection_source, g_source_remove);
  g_clear_handle_id (&self->wanted_source, g_source_remove);
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  /* Before the view, which gives up sorting as it goes: that is not to be remembered. */
  g_clear_object (&self->columns);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_MESSAGE_LIST);

  G_OBJECT_CLASS (rst_message_list_parent_class)->dispose (object);
}

static void
rst_message_list_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  RstMessageList *self = RST_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_SEARCH_MODE:
      g_value_set_boolean (value, self->is_searching);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_search_mode (RstMessageList *self,
                 gboolean is_searching)
{
  if (self->is_searching == is_searching)
    return;

  self->is_searching = is_searching;
  search_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH_MODE]);
}

static void
rst_message_list_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  RstMessageList *self = RST_MESSAGE_LIST (object);

  switch (prop_id)
    {
    case PROP_SEARCH_MODE:
      set_search_mode (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static gboolean
rst_message_list_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RST_MESSAGE_LIST (widget)->column_view));
}

static void
rst_message_list_class_init (RstMessageListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_message_list_dispose;
  object_class->get_property = rst_message_list_get_property;
  object_class->set_property = rst_message_list_set_property;
  widget_class->grab_focus = rst_message_list_grab_focus;

  properties[PROP_SEARCH_MODE] =
      g_param_spec_boolean ("search-mode",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed",
                                             G_TYPE_FROM_CLASS (klass),
                                             G_SIGNAL_RUN_LAST,
                                             0,
                                             NULL,
                                             NULL,
                                             NULL,
                                             G_TYPE_NONE,
                                             0);
  signals[ACTIVATE_ITEM] = g_signal_new ("activate-item",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         RST_TYPE_MESSAGE_ITEM);
  signals[WANTED] = g_signal_new ("wanted",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_PTR_ARRAY);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-message-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RstMessageList, column_view);
  gtk_widget_class_bind_template_child_full (
      widget_class, "context_menu", FALSE, G_STRUCT_OFFSET (RstMessageList, context_menu_model));
  gtk_widget_class_bind_template_child (widget_class, RstMessageList, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RstMessageList, search_bar);
  gtk_widget_class_bind_template_child (widget_class, RstMessageList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RstMessageList, stack);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);

  gtk_widget_class_install_action (widget_class, "messages.menu", NULL, menu_key_cb);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "messages.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "messages.menu", NULL);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "messagelist");
}

static void
rst_message_list_init (RstMessageList *self)
{
  GtkLayoutManager *layout;

  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (find_list_view (self)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Messages"),
                                  -1);
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  self->columns = rst_message_columns_new (self->column_view);
  g_signal_connect_object (self->columns,
                           "sort-changed",
                           G_CALLBACK (sort_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scrolled_window),
                           "value-changed",
                           G_CALLBACK (rst_message_list_look_again),
                           self,
                           G_CONNECT_SWAPPED);
}

void
rst_message_list_bind_settings (RstMessageList *self,
                                GSettings *settings)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  rst_message_columns_bind_settings (self->columns, settings);
}

void
rst_message_list_set_index (RstMessageList *self,
                            RstIndex *index)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  if (self->index == index)
    return;

  if (self->index != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->index, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
      gtk_column_view_set_model (self->column_view, NULL);
      g_clear_object (&self->selection);
      g_clear_object (&self->rows);
      g_clear_pointer (&self->selected_before, g_ptr_array_unref);
      g_clear_handle_id (&self->growth_source, g_source_remove);
    }
  g_set_object (&self->index, index);
  if (index == NULL)
    return;

  sort_changed_cb (self);
  search_changed_cb (self);
  self->is_reorder_due = FALSE;
  self->rows = rst_message_rows_new (index);
  self->selection =
      GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (self->rows))));
  gtk_column_view_set_model (self->column_view, self->selection);
  g_signal_connect_swapped (
      index, "before-change", G_CALLBACK (rst_message_list_before_change_cb), self);
  g_signal_connect_swapped (
      index, "items-changed", G_CALLBACK (rst_message_list_items_changed_cb), self);
  g_signal_connect_swapped (
      self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self);
  rst_message_list_queue_selection_changed (self);
  rst_message_list_look_again (self);
}

void
rst_message_list_look_again (RstMessageList *self)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  g_clear_handle_id (&self->wanted_source, g_source_remove);
  self->wanted_source = g_timeout_add (WANTED_DELAY_MS, wanted_timeout_cb, self);
}

void
rst_message_list_stop_looking (RstMessageList *self)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  g_clear_handle_id (&self->wanted_source, g_source_remove);
}

void
rst_message_list_set_key_capture (RstMessageList *self,
                                  GtkWidget *widget)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  gtk_search_bar_set_key_capture_widget (self->search_bar, widget);
}

guint
rst_message_list_get_n_selected (RstMessageList *self)
{
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (RST_IS_MESSAGE_LIST (self), 0);

  if (self->selection == NULL)
    return 0;
  selected = gtk_selection_model_get_selection (self->selection);
  return (guint)gtk_bitset_get_size (selected);
}

GPtrArray *
rst_message_list_dup_selected (RstMessageList *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_LIST (self), NULL);

  if (self->selection == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);
  return rst_message_selection_dup_items (self->selection);
}

/* Some of the rows may be among those that are still to come. */
static void
select_when_grown (RstMessageList *self,
                   GPtrArray *items)
{
  g_clear_pointer (&self->selected_before, g_ptr_array_unref);
  self->selected_before = g_ptr_array_ref (items);
}

void
rst_message_list_select (RstMessageList *self,
                         GPtrArray *items)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  if (self->selection != NULL)
    rst_message_selection_set_items (self->selection, items);
  if (has_rows_to_come (self))
    select_when_grown (self, items);
  if (rst_message_list_get_n_selected (self) == 1)
    scroll_to (self, rst_message_selection_find (self->selection, g_ptr_array_index (items, 0)));
}

GtkSelectionModel *
rst_message_list_get_selection (RstMessageList *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_LIST (self), NULL);
  return self->selection;
}

void
rst_message_list_select_sender (RstMessageList *self)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  if (self->selection != NULL)
    rst_message_selection_set_senders (self->selection);
}

void
rst_message_list_select_all (RstMessageList *self)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  if (self->selection == NULL)
    return;

  gtk_selection_model_select_all (self->selection);
  if (self->growth_source != 0)
    {
      g_autoptr (GPtrArray) all = rst_message_selection_dup_rows (G_LIST_MODEL (self->index));

      select_when_grown (self, all);
    }
}

void
rst_message_list_select_none (RstMessageList *self)
{
  g_return_if_fail (RST_IS_MESSAGE_LIST (self));

  if (self->selection != NULL)
    gtk_selection_model_unselect_all (self->selection);
}
