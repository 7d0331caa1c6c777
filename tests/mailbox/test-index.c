/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "mailbox/rst-index-private.h"
#include "mailbox/rst-message-item-private.h"

static RstMessageItem *
make_item (const char *from,
           const char *subject,
           gint64 date,
           guint64 size,
           gboolean is_read)
{
  RstEnvelope *envelope = rst_envelope_new ();
  g_autoptr (RstHeader) header = NULL;

  envelope->from = g_strdup_printf ("%s <%s@example.org>", from, from);
  envelope->from_name = g_strdup (from);
  envelope->to = g_strdup ("");
  envelope->subject = g_strdup (subject);
  envelope->date = date;
  header = rst_header_new (rst_identity_new (subject, 1, size, NULL), envelope, RST_HEADER_LOADED);

  return rst_message_item_new (header, is_read);
}

static GPtrArray *
make_items (void)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RstHeader) placeholder = NULL;

  placeholder = rst_header_new (rst_identity_new ("old", 1, 5, NULL), NULL, RST_HEADER_PLACEHOLDER);
  g_ptr_array_add (items, rst_message_item_new (placeholder, FALSE));
  g_ptr_array_add (items, make_item ("Zoë", "Minutes", 300, 10, FALSE));
  g_ptr_array_add (items, make_item ("ada", "Re: Engine notes", 100, 30, TRUE));
  g_ptr_array_add (items, make_item ("Bob", "engine notes", 200, 20, FALSE));

  return items;
}

static char *
describe (RstIndex *index)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (index)); i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (G_LIST_MODEL (index), i);
      RstEnvelope *envelope = rst_message_item_get_envelope (item);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", envelope ? envelope->from_name : "?");
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_view (RstIndex *index,
             const char *expected)
{
  g_autofree char *text = describe (index);

  g_assert_cmpstr (text, ==, expected);
}

static RstIndex *
make_index (void)
{
  RstIndex *index = rst_index_new ();
  g_autoptr (GPtrArray) items = make_items ();

  rst_index_replace (index, items);
  return index;
}

static void
sorting (void)
{
  g_autoptr (RstIndex) index = make_index ();

  /* Newest first by default, and what is not loaded at the end, whatever the order. */
  assert_view (index, "Zoë Bob ada ?");
  rst_index_set_sort (index, RST_SORT_DATE, FALSE);
  assert_view (index, "ada Bob Zoë ?");
  rst_index_set_sort (index, RST_SORT_FROM, FALSE);
  assert_view (index, "ada Bob Zoë ?");
  rst_index_set_sort (index, RST_SORT_SIZE, TRUE);
  assert_view (index, "ada Bob Zoë ?");
  rst_index_set_sort (index, RST_SORT_UNREAD, TRUE);
  assert_view (index, "Bob Zoë ada ?");
  rst_index_set_sort (index, RST_SORT_SUBJECT, FALSE);
  assert_view (index, "Bob ada Zoë ?");
  rst_index_set_sort (index, RST_SORT_SERVER, FALSE);
  assert_view (index, "? Zoë ada Bob");
}

static void
searching (void)
{
  g_autoptr (RstIndex) index = make_index ();

  rst_index_set_filter (index, "ENGINE");
  assert_view (index, "Bob ada");
  rst_index_set_filter (index, "engine bob");
  assert_view (index, "Bob");
  rst_index_set_filter (index, "zoe");
  assert_view (index, "Zoë");
  rst_index_set_filter (index, "nothing like it");
  assert_view (index, "");
  g_assert_cmpuint (rst_index_get_n_messages (index), ==, 4);
  rst_index_set_filter (index, " ");
  assert_view (index, "Zoë Bob ada ?");
}

static void
totals (void)
{
  g_autoptr (RstIndex) index = make_index ();

  g_assert_cmpuint (rst_index_get_n_messages (index), ==, 4);
  g_assert_cmpuint (rst_index_get_n_unread (index), ==, 3);
  g_assert_cmpuint (rst_index_get_total_size (index), ==, 65);
}

typedef struct
{
  guint position;
  guint removed;
  guint added;
  guint n;
} Change;

static void
note_change (GListModel *model,
             guint position,
             guint removed,
             guint added,
             gpointer user_data)
{
  Change *change = user_data;

  *change = (Change){ position, removed, added, change->n + 1 };
}

/* What stays is neither removed nor added, so that selection and scroll position stay too. */
static void
smallest_change (void)
{
  g_autoptr (RstIndex) index = make_index ();
  g_autoptr (GPtrArray) items = rst_index_dup_items (index);
  Change change = { 0 };

  g_signal_connect (index, "items-changed", G_CALLBACK (note_change), &change);
  rst_index_replace (index, items);
  g_assert_cmpuint (change.n, ==, 0);

  g_ptr_array_remove_index (items, 3);
  rst_index_replace (index, items);
  g_assert_cmpuint (change.n, ==, 1);
  g_assert_cmpuint (change.position, ==, 1);
  g_assert_cmpuint (change.removed, ==, 1);
  g_assert_cmpuint (change.added, ==, 0);
  assert_view (index, "Zoë ada ?");

  g_ptr_array_add (items, make_item ("Eve", "Late", 400, 1, FALSE));
  rst_index_replace (index, items);
  g_assert_cmpuint (change.position, ==, 0);
  g_assert_cmpuint (change.removed, ==, 0);
  g_assert_cmpuint (change.added, ==, 1);
}

static void
appending (void)
{
  g_autoptr (RstIndex) index = make_index ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, make_item ("Eve", "Late", 400, 1, FALSE));
  rst_index_append (index, items);
  assert_view (index, "Eve Zoë Bob ada ?");
  g_assert_cmpuint (rst_index_get_n_messages (index), ==, 5);
}

#define N_MANY 5000

static void
settle (RstIndex *index)
{
  while (rst_index_get_is_pending (index))
    g_main_context_iteration (NULL, TRUE);
}

static guint64
size_at (RstIndex *index,
         guint position)
{
  g_autoptr (RstMessageItem) item = g_list_model_get_item (G_LIST_MODEL (index), position);

  return rst_message_item_get_size (item);
}

/* A big list is put in order on a worker; what was asked for last counts. */
static void
many (void)
{
  g_autoptr (RstIndex) index = rst_index_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) late = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *subject = g_strdup_printf ("message %u", i);

      g_ptr_array_add (items,
                       make_item ("Ada", subject, (gint64)i + 1, (i * 7919) % N_MANY, FALSE));
    }
  rst_index_replace (index, items);
  g_assert_true (rst_index_get_is_pending (index));
  settle (index);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (index)), ==, N_MANY);

  rst_index_set_sort (index, RST_SORT_SUBJECT, FALSE);
  rst_index_set_sort (index, RST_SORT_SIZE, FALSE);
  g_ptr_array_add (late, make_item ("Eve", "late", 1, N_MANY, FALSE));
  rst_index_append (index, late);
  settle (index);
  for (guint i = 0; i <= N_MANY; i++)
    g_assert_cmpuint (size_at (index, i), ==, i);

  rst_index_set_filter (index, "message 77");
  rst_index_set_filter (index, "message 4999");
  settle (index);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (index)), ==, 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/index/sorting", sorting);
  g_test_add_func ("/index/searching", searching);
  g_test_add_func ("/index/totals", totals);
  g_test_add_func ("/index/smallest-change", smallest_change);
  g_test_add_func ("/index/appending", appending);
  g_test_add_func ("/index/many", many);

  return g_test_run ();
}
