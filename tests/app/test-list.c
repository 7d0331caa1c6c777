/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mailbox/rst-index-private.h"
#include "rst-test-app.h"

/* What is selected in the list stays selected when it is sorted, filtered or grows; and nothing
 * else does. */

typedef struct
{
  GtkWidget *window;
  RstMessageList *list;
  RstIndex *index;
} Fixture;

/* Every other message is about "red" things, and the others about "blue" ones. */
static RstMessageItem *
make_item (guint i)
{
  g_autofree char *uid = g_strdup_printf ("%u", i);
  RstEnvelope *envelope = rst_envelope_new ();
  g_autoptr (RstHeader) header = NULL;

  envelope->from = g_strdup ("Ada <ada@example.org>");
  envelope->from_name = g_strdup ("Ada");
  envelope->to = g_strdup ("Bob <bob@example.org>");
  envelope->subject = g_strdup_printf ("%s thing-%03u", i % 2 == 0 ? "red" : "blue", i);
  envelope->date = (gint64)i * 60;
  envelope->is_decodable = TRUE;
  header = rst_header_new (
      rst_identity_new (uid, i + 1, 1000, NULL), envelope, RST_HEADER_LOADED);
  return rst_message_item_new (header, TRUE);
}

static GPtrArray *
make_items (guint first,
            guint n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (items, make_item (first + i));
  return items;
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  g_autoptr (GPtrArray) items = make_items (0, GPOINTER_TO_UINT (data));

  fixture->index = rst_index_new ();
  rst_index_replace (fixture->index, items);
  fixture->list = g_object_new (RST_TYPE_MESSAGE_LIST, NULL);
  rst_message_list_set_index (fixture->list, fixture->index);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->list));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->index);
}

static GtkSelectionModel *
get_rows (Fixture *fixture)
{
  return rst_message_list_get_selection (fixture->list);
}

static char *
dup_subject (Fixture *fixture,
             guint position)
{
  g_autoptr (RstMessageItem) item =
      g_list_model_get_item (G_LIST_MODEL (get_rows (fixture)), position);

  return item != NULL ? g_strdup (rst_message_item_get_envelope (item)->subject) : g_strdup ("");
}

/* How many rows there are to be, and what the subject of the first one begins with. */
typedef struct
{
  Fixture *fixture;
  guint n_rows;
  const char *first;
} Rows;

static gboolean
has_rows (gpointer user_data)
{
  Rows *rows = user_data;
  g_autofree char *subject = dup_subject (rows->fixture, 0);

  return g_list_model_get_n_items (G_LIST_MODEL (get_rows (rows->fixture))) == rows->n_rows &&
         g_str_has_prefix (subject, rows->first);
}

static void
wait_rows (Fixture *fixture,
           guint n_rows,
           const char *first)
{
  Rows rows = { fixture, n_rows, first };

  rst_test_app_wait (has_rows, &rows);
}

static void
set_filter (Fixture *fixture,
            const char *text)
{
  GtkEditable *entry = rst_test_app_find_child (fixture->list, GTK_TYPE_SEARCH_ENTRY);

  g_object_set (fixture->list, "search-mode", TRUE, NULL);
  gtk_editable_set_text (entry, text);
}

static void
select_row (Fixture *fixture,
            guint position)
{
  g_assert_true (gtk_selection_model_select_item (get_rows (fixture), position, TRUE));
}

static void
assert_selected (Fixture *fixture,
                 const char *subject)
{
  g_autoptr (GPtrArray) items = rst_message_list_dup_selected (fixture->list);

  g_assert_cmpuint (items->len, ==, 1);
  g_assert_cmpstr (
      rst_message_item_get_envelope (g_ptr_array_index (items, 0))->subject, ==, subject);
}

/* As many other messages are not those that were selected. */
static void
test_as_many (Fixture *fixture,
              gconstpointer data)
{
  set_filter (fixture, "red");
  wait_rows (fixture, 100, "red");
  rst_message_list_select_all (fixture->list);
  set_filter (fixture, "blue");
  wait_rows (fixture, 100, "blue");
  g_assert_cmpuint (rst_message_list_get_n_selected (fixture->list), ==, 0);
}

/* All of them are when they only come in another order. */
static void
test_sorted (Fixture *fixture,
             gconstpointer data)
{
  GtkColumnView *view = rst_test_app_find_child (fixture->list, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) subject =
      g_list_model_get_item (gtk_column_view_get_columns (view), 2);

  wait_rows (fixture, 200, "blue thing-199");
  rst_message_list_select_all (fixture->list);
  gtk_column_view_sort_by_column (view, subject, GTK_SORT_DESCENDING);
  wait_rows (fixture, 200, "red");
  g_assert_cmpuint (rst_message_list_get_n_selected (fixture->list), ==, 200);
}

typedef struct
{
  Fixture *fixture;
  guint position;
} Choice;

static void
choose_cb (Choice *choice)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (get_rows (choice->fixture)));

  g_assert_cmpuint (n_rows, <, 600);
  select_row (choice->fixture, choice->position);
}

static void
choose_while_growing (Fixture *fixture,
                      guint position)
{
  Choice choice = { fixture, position };
  gulong handler = g_signal_connect_swapped (
      fixture->index, "items-changed", G_CALLBACK (choose_cb), &choice);

  set_filter (fixture, "");
  wait_rows (fixture, 600, "blue thing-599");
  g_signal_handler_disconnect (fixture->index, handler);
}

static void
test_choice (Fixture *fixture,
             gconstpointer data)
{
  /* The user's first choice, before which there was none. */
  set_filter (fixture, "thing-07");
  wait_rows (fixture, 10, "blue thing-079");
  choose_while_growing (fixture, 3);
  assert_selected (fixture, "red thing-596");

  /* And one in the place of another. */
  set_filter (fixture, "thing-59");
  wait_rows (fixture, 10, "blue thing-599");
  assert_selected (fixture, "red thing-596");
  choose_while_growing (fixture, 2);
  assert_selected (fixture, "blue thing-597");

  /* Without one it is the old one that is selected again. */
  set_filter (fixture, "thing-597");
  wait_rows (fixture, 1, "blue thing-597");
  set_filter (fixture, "");
  wait_rows (fixture, 600, "blue thing-599");
  assert_selected (fixture, "blue thing-597");
}

static void
choose_all_cb (Fixture *fixture)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_rows (fixture))), <, 600);
  rst_message_list_select_all (fixture->list);
}

/* All are all, those too that have no row yet. */
static void
test_choose_all (Fixture *fixture,
                 gconstpointer data)
{
  set_filter (fixture, "thing-07");
  wait_rows (fixture, 10, "blue thing-079");
  g_signal_connect_swapped (
      fixture->index, "items-changed", G_CALLBACK (choose_all_cb), fixture);
  set_filter (fixture, "");
  wait_rows (fixture, 600, "blue thing-599");
  g_signal_handlers_disconnect_by_data (fixture->index, fixture);
  g_assert_cmpuint (rst_message_list_get_n_selected (fixture->list), ==, 600);
}

/* What was selected before a change of order has nothing to do with what arrives later. */
static void
test_arrivals (Fixture *fixture,
               gconstpointer data)
{
  GtkColumnView *view = rst_test_app_find_child (fixture->list, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) subject =
      g_list_model_get_item (gtk_column_view_get_columns (view), 2);
  g_autoptr (GPtrArray) more = make_items (40, 150);

  wait_rows (fixture, 40, "blue thing-039");
  select_row (fixture, 0);
  gtk_column_view_sort_by_column (view, subject, GTK_SORT_DESCENDING);
  wait_rows (fixture, 40, "red thing-038");
  assert_selected (fixture, "blue thing-039");
  select_row (fixture, 0);
  rst_index_append (fixture->index, more);
  wait_rows (fixture, 190, "red thing-188");
  assert_selected (fixture, "red thing-038");
}

/* A search of a big list ends a while after it was left, and what is chosen then need not be among
 * what was found: few, half of all, or nearly all. */
static void
test_choose_after_search (Fixture *fixture,
                          gconstpointer data)
{
  static const struct
  {
    const char *words;
    guint n_found;
    const char *first;
    const char *chosen;
  } searches[] = {
    { "thing-07", 10, "blue thing-079", "red thing-2998" },
    { "blue", 1500, "blue thing-2999", "red thing-2998" },
    { "thing", 2999, "blue thing-2999", "other" },
  };
  g_autoptr (GPtrArray) all = rst_index_dup_items (fixture->index);
  RstEnvelope *other = rst_message_item_get_envelope (g_ptr_array_index (all, 1234));

  g_free (other->subject);
  other->subject = g_strdup ("other");
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

      for (guint j = 0; j < all->len; j++)
        if (g_str_equal (rst_message_item_get_envelope (g_ptr_array_index (all, j))->subject,
                         searches[i].chosen))
          g_ptr_array_add (chosen, g_ptr_array_index (all, j));
      set_filter (fixture, searches[i].words);
      wait_rows (fixture, searches[i].n_found, searches[i].first);
      g_object_set (fixture->list, "search-mode", FALSE, NULL);
      rst_message_list_select (fixture->list, chosen);
      wait_rows (fixture, 3000, "blue thing-2999");
      assert_selected (fixture, searches[i].chosen);
    }
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

#define ADD(name, n_messages, function) \
  g_test_add (                          \
      "/list/" name, Fixture, GUINT_TO_POINTER (n_messages), set_up, function, tear_down)

  ADD ("as-many", 200, test_as_many);
  ADD ("sorted", 200, test_sorted);
  ADD ("choice", 600, test_choice);
  ADD ("choose-all", 600, test_choose_all);
  ADD ("choose-after-search", 3000, test_choose_after_search);
  ADD ("arrivals", 40, test_arrivals);
  return g_test_run ();
}
