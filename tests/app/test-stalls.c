/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>

#include "app/rst-message-list.h"
#include "mailbox/rst-index-private.h"
#include "rst-test-app.h"

/* How long the main loop is away at most while a hundred thousand messages are handled.
 *
 * What is measured is the processor time of the main thread between two polls, and not the time on
 * the wall: the program must not fail because the machine has something else to do. A main thread
 * that waits for a worker or a disk would not be noticed; it has none to wait for here. */

#define N_MESSAGES 100000
#define N_BATCH 1000
#define LIMIT_MS 100

/* A test that pretends that memory is scarce and dirty is slow for other reasons. */
#ifdef __SANITIZE_ADDRESS__
#define CAN_MEASURE FALSE
#else
#define CAN_MEASURE TRUE
#endif

static struct
{
  gint64 busy_since;
  gint64 longest;
  guint n_changes;
} loop;

static int
poll_func (GPollFD *fds,
           guint n_fds,
           int timeout)
{
  int n_ready;

  loop.longest = MAX (loop.longest, rst_test_app_get_cpu_time () - loop.busy_since);
  n_ready = g_poll (fds, n_fds, timeout);
  loop.busy_since = rst_test_app_get_cpu_time ();
  return n_ready;
}

static RstMessageItem *
make_item (guint i)
{
  static const char *const names[] = { "Ada", "Bob", "Charlotte", "Zoë", "Евгения" };
  RstEnvelope *envelope = rst_envelope_new ();
  const char *name = names[i % G_N_ELEMENTS (names)];
  g_autofree char *uid = g_strdup_printf ("%u", i);
  g_autoptr (RstHeader) header = NULL;

  envelope->from = g_strdup_printf ("%s <%u@example.org>", name, i % 977);
  envelope->from_name = g_strdup (name);
  envelope->to = g_strdup ("Bob <bob@example.org>");
  envelope->subject = g_strdup_printf ("Re: Parcel %u is on its way, %u", i % 1009, i);
  envelope->date = (gint64)i * 60;
  envelope->is_decodable = TRUE;
  header = rst_header_new (rst_identity_new (uid, i + 1, 4000 + i % 7919, NULL), envelope,
                           RST_HEADER_LOADED);
  return rst_message_item_new (header, i % 3 != 0);
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
changed_cb (GListModel *model,
            guint position,
            guint n_removed,
            guint n_added)
{
  loop.n_changes++;
}

static gboolean
has_settled (gpointer user_data)
{
  return loop.n_changes > 0 && !rst_index_get_is_pending (user_data);
}

static gboolean
count_frame (GtkWidget *widget,
             GdkFrameClock *clock,
             gpointer user_data)
{
  guint *n_frames = user_data;

  (*n_frames)++;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_painted (gpointer user_data)
{
  return *(guint *)user_data >= 3;
}

/* The frame with the news, and those after it, which may still be busy with them. */
static void
wait_for_paint (RstWindow *window)
{
  guint n_frames = 0;
  guint callback =
      gtk_widget_add_tick_callback (GTK_WIDGET (window), count_frame, &n_frames, NULL);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  rst_test_app_wait (is_painted, &n_frames);
  gtk_widget_remove_tick_callback (GTK_WIDGET (window), callback);
}

static void
begin (RstWindow *window)
{
  /* What was done before is not what is measured. */
  wait_for_paint (window);
  loop.n_changes = 0;
  loop.longest = 0;
  loop.busy_since = rst_test_app_get_cpu_time ();
}

static void
end (RstWindow *window,
     const char *what)
{
  double longest;

  wait_for_paint (window);
  longest = (double)loop.longest / 1000;
  g_test_message ("%s: the main loop was away for %.1f ms", what, longest);
  if (CAN_MEASURE)
    g_assert_cmpfloat (longest, <=, LIMIT_MS);
}

static void
sort_by_all (RstWindow *window,
             RstIndex *index)
{
  GtkColumnView *view = rst_test_app_find_child (window->message_list, GTK_TYPE_COLUMN_VIEW);
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *what =
          g_strconcat ("sorting by ", gtk_column_view_column_get_title (column), NULL);

      begin (window);
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      rst_test_app_wait (has_settled, index);
      end (window, what);
    }

  begin (window);
  gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
  rst_test_app_wait (has_settled, index);
  end (window, "sorting as the server does");
}

static void
search (RstWindow *window,
        RstIndex *index)
{
  static const char *const letters[] = { "1", "7", "7", "1", "7" };
  GtkEditable *entry = rst_test_app_find_child (window->message_list, GTK_TYPE_SEARCH_ENTRY);

  g_object_set (window->message_list, "search-mode", TRUE, NULL);
  for (int i = 0; i < (int)G_N_ELEMENTS (letters); i++)
    {
      g_autofree char *what = g_strdup_printf ("letter %d of a search", i + 1);
      int position = i;

      begin (window);
      gtk_editable_insert_text (entry, letters[i], 1, &position);
      rst_test_app_wait (has_settled, index);
      end (window, what);
    }

  for (int i = (int)G_N_ELEMENTS (letters) - 1; i >= 0; i--)
    {
      g_autofree char *what = g_strdup_printf ("letter %d taken back", i + 1);

      begin (window);
      gtk_editable_delete_text (entry, i, i + 1);
      rst_test_app_wait (has_settled, index);
      end (window, what);
    }
  g_object_set (window->message_list, "search-mode", FALSE, NULL);
}

static void
select_all (RstWindow *window)
{
  begin (window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "select-all", NULL);
  end (window, "selecting all");
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, N_MESSAGES);

  begin (window);
  g_action_group_activate_action (G_ACTION_GROUP (window), "select-none", NULL);
  end (window, "selecting none");
}

static void
add_batch (RstWindow *window,
           RstIndex *index)
{
  g_autoptr (GPtrArray) all = rst_index_dup_items (index);
  g_autoptr (GPtrArray) batch = make_items (N_MESSAGES, N_BATCH);

  begin (window);
  rst_index_append (index, batch);
  end (window, "1,000 new rows");

  g_ptr_array_extend (all, batch, (GCopyFunc)g_object_ref, NULL);
  begin (window);
  rst_index_replace (index, all);
  loop.n_changes = 1;
  rst_test_app_wait (has_settled, index);
  end (window, "a list with 1,000 new rows");
}

static void
stalls_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstIndex *index;
  g_autoptr (GPtrArray) items = make_items (0, N_MESSAGES);

  rst_test_app_wait_idle (window);
  index = rst_mailbox_get_index (rst_window_get_mailbox (window));
  g_signal_connect (index, "items-changed", G_CALLBACK (changed_cb), NULL);
  loop.n_changes = 0;
  rst_index_replace (index, items);
  rst_test_app_wait (has_settled, index);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (index)), ==, N_MESSAGES);
  g_main_context_set_poll_func (NULL, poll_func);

  add_batch (window, index);
  rst_index_replace (index, items);
  sort_by_all (window, index);
  search (window, index);
  select_all (window);
  g_main_context_set_poll_func (NULL, NULL);
}

static void
test_stalls (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (1);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, stalls_body, NULL), ==, 0);
}

int
main (int argc,
      char **argv)
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/stalls/hundred-thousand", test_stalls);

  return g_test_run ();
}
