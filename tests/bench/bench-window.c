/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "bench-window"

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>

#include "account/rst-accounts-file.h"
#include "app/rst-application.h"
#include "app/rst-window.h"
#include "demo/rst-demo-synthetic.h"
#include "mailbox/rst-index-private.h"
#include "mailbox/rst-store.h"

/* The window with many messages, which its cache has: the server is called, and says nothing.
 *
 *   bench-window fill N    makes the cache
 *   bench-window empty     an empty window, to compare with
 *   bench-window show      the program's own window, and what a user does in it
 *
 * Prints a name and milliseconds a line; "stall" is the longest time that the main loop was away,
 * and memory is in MB. BENCH_START is when the process was started, on the monotonic clock. */

#define ACCOUNT "bench"

/* More subjects than that do not make the list another one. */
#define N_TEMPLATES 1000

/* What is typed into the search, letter by letter; it is in one of eight subjects. */
#define SEARCH "parcel 1"

#define N_SCROLL_STEPS 60
#define N_BATCH 1000
#define PATIENCE_MS 2000

/* The same in all of the measurements, so that one adds nothing to the next. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *list;
  RstIndex *index;
  gint64 start;
  gint64 busy_since;
  gint64 longest;
  gint64 painted;
  gint64 first_painted;
  gint64 rows_painted;
  guint n_changes;
} Bench;

static Bench bench;

static double
milliseconds (gint64 microseconds)
{
  return (double)microseconds / 1000;
}

static void
report (const char *name,
        gint64 microseconds)
{
  g_print ("%s\t%.1f\n", name, milliseconds (microseconds));
}

/* As it is now, not at its peak. */
static void
report_memory (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status ? strstr (status, "VmRSS:") : NULL;
  if (line)
    g_print ("%s\t%.0f\n", name, g_ascii_strtod (line + strlen ("VmRSS:"), NULL) / 1024);
}

/* The main loop is away from when it has polled until it polls again. */
static int
poll_func (GPollFD *fds,
           guint n_fds,
           int timeout)
{
  int n_ready;

  if (bench.busy_since != 0)
    bench.longest = MAX (bench.longest, g_get_monotonic_time () - bench.busy_since);
  n_ready = g_poll (fds, n_fds, timeout);
  bench.busy_since = g_get_monotonic_time ();
  return n_ready;
}

static RstRecord *
make_record (guint i,
             RstEnvelope *template,
             RstHeaderDigest *digest)
{
  RstEnvelope *envelope = rst_envelope_new ();
  g_autofree char *uid = g_strdup_printf ("%08x5f3a9c01", i);
  g_autoptr (RstHeader) header = NULL;

  envelope->from = g_strdup (template->from);
  envelope->from_name = g_strdup (template->from_name);
  envelope->to = g_strdup (template->to);
  envelope->subject = g_strdup_printf ("%s, %u", template->subject, i);
  envelope->message_id = g_strdup_printf ("%u.%s", i, template->message_id);
  envelope->date = template->date + (gint64)i * 60;
  envelope->is_decodable = TRUE;
  header = rst_header_new (
      rst_identity_new (uid, i + 1, 4000 + i % 7919, rst_header_digest_copy (digest)), envelope,
      RST_HEADER_LOADED);
  return rst_record_new (header, 0, 0, i % 3 != 0);
}

static GPtrArray *
make_records (guint first,
              guint n)
{
  GPtrArray *records = rst_record_array_new ();
  g_autoptr (GPtrArray) envelopes =
      g_ptr_array_new_with_free_func ((GDestroyNotify)rst_envelope_unref);
  g_autoptr (GPtrArray) digests =
      g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_digest_free);

  for (guint i = 0; i < MIN (n, N_TEMPLATES); i++)
    {
      g_autoptr (GBytes) message = rst_demo_synthetic_new (i);
      gsize length;
      const char *text = g_bytes_get_data (message, &length);

      length = (gsize)(strstr (text, "\r\n\r\n") + 2 - text);
      g_ptr_array_add (envelopes, rst_envelope_new_from_headers (text, length, NULL));
      g_ptr_array_add (digests, rst_header_digest_new (text, length));
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (records, make_record (first + i,
                                           g_ptr_array_index (envelopes, i % envelopes->len),
                                           g_ptr_array_index (digests, i % digests->len)));
  return records;
}

static RstAccount *
make_account (void)
{
  RstAccount *account = rst_account_new (ACCOUNT, "127.0.0.1", "bench");

  account->security = RST_POP3_SECURITY_NONE;
  account->timeout = 3600;
  account->password_file = g_build_filename (g_get_user_config_dir (), "password", NULL);
  return account;
}

static void
fill (guint n)
{
  g_autoptr (RstAccount) account = make_account ();
  g_autofree char *path = rst_account_dup_cache_path (account);
  g_autoptr (GError) error = NULL;
  g_autoptr (RstStore) store = rst_store_open (path, &error);
  g_autoptr (GPtrArray) before = rst_record_array_new ();
  g_autoptr (GPtrArray) after = make_records (0, n);
  g_autoptr (GPtrArray) stored = NULL;

  if (store)
    stored = rst_store_replace (store, before, after, &error);
  if (!stored)
    g_error ("%s", error->message);
}

/* Somebody who takes calls, and never speaks. */
static guint16
listen_silently (void)
{
  GSocketListener *listener = g_socket_listener_new ();
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  if (port == 0)
    g_error ("%s", error->message);
  return port;
}

static void
write_settings (void)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (RstAccount) account = make_account ();
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (GError) error = NULL;

  account->port = listen_silently ();
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (account->password_file, "password\n", -1, NULL);
  file = rst_accounts_file_load (path, &error);
  if (file)
    {
      rst_accounts_file_put (file, account);
      rst_accounts_file_save (file, &error);
    }
  if (error)
    g_error ("%s", error->message);
}

static gboolean
has_rows (void)
{
  RstMailbox *mailbox =
      RST_IS_WINDOW (bench.window) ? rst_window_get_mailbox (RST_WINDOW (bench.window)) : NULL;

  return mailbox && g_list_model_get_n_items (G_LIST_MODEL (rst_mailbox_get_index (mailbox))) > 0;
}

static void
after_paint_cb (GdkFrameClock *clock)
{
  bench.painted = g_get_monotonic_time ();
  if (bench.first_painted == 0)
    bench.first_painted = bench.painted;
  if (bench.rows_painted == 0 && has_rows ())
    bench.rows_painted = bench.painted;
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb),
                    NULL);
}

static gboolean
patience_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until the next frame is painted. */
static gint64
wait_for_paint (void)
{
  bench.painted = 0;
  gtk_widget_queue_draw (bench.window);
  while (bench.painted == 0)
    g_main_context_iteration (NULL, TRUE);
  return bench.painted;
}

/* Runs it until the list has changed; returns FALSE when it does not. */
static gboolean
wait_for_change (void)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add (PATIENCE_MS, patience_cb, &is_over);

  while (bench.n_changes == 0 && !is_over)
    g_main_context_iteration (NULL, TRUE);
  if (is_over)
    return FALSE;

  g_source_remove (source);
  return TRUE;
}

/* The newest rows are shown before the others are read. */
static void
wait_for_all_rows (void)
{
  RstMailbox *mailbox = rst_window_get_mailbox (RST_WINDOW (bench.window));

  while (g_str_has_prefix (rst_mailbox_get_status (mailbox), "Opening…") ||
         rst_index_get_is_pending (rst_mailbox_get_index (mailbox)))
    g_main_context_iteration (NULL, TRUE);
  wait_for_paint ();
}

static gint64
begin (void)
{
  /* What the last measurement has left to do is not this one's. */
  wait_for_paint ();
  bench.longest = 0;
  bench.busy_since = g_get_monotonic_time ();
  bench.n_changes = 0;
  return bench.busy_since;
}

/* The frame with the news, and the one after it, which may still be busy with them. */
static void
end (const char *name,
     gint64 start)
{
  g_autofree char *stall = g_strconcat (name, ", stall", NULL);
  gint64 painted = wait_for_paint ();

  wait_for_paint ();
  report (name, painted - start);
  report (stall, bench.longest);
}

static GtkWidget *
find_child (GtkWidget *widget,
            GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);
  return found;
}

static void
bench_sort (void)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (find_child (bench.list, GTK_TYPE_COLUMN_VIEW));
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      const char *title = gtk_column_view_column_get_title (column);
      g_autofree char *name = g_strconcat ("sort by ", title, NULL);
      gint64 start;

      if (!gtk_column_view_column_get_sorter (column) || !title || title[0] == '\0')
        continue;
      start = begin ();
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      if (wait_for_change ())
        end (name, start);
    }
}

static void
bench_search (void)
{
  GtkWidget *entry = find_child (bench.list, GTK_TYPE_SEARCH_ENTRY);
  gint64 start;

  g_object_set (bench.list, "search-mode", TRUE, NULL);
  for (gsize n = 1; n <= strlen (SEARCH); n++)
    {
      g_autofree char *name = g_strdup_printf ("search “%.*s”", (int)n, SEARCH);
      int position = (int)n - 1;

      start = begin ();
      gtk_editable_insert_text (GTK_EDITABLE (entry), SEARCH + n - 1, 1, &position);
      if (wait_for_change ())
        end (name, start);
    }
  start = begin ();
  g_object_set (bench.list, "search-mode", FALSE, NULL);
  end ("search ends", start);
}

static void
bench_scroll (void)
{
  GtkWidget *scrolled = find_child (bench.list, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double page = gtk_adjustment_get_page_size (adjustment);
  double far = gtk_adjustment_get_upper (adjustment) / N_SCROLL_STEPS;
  gint64 smooth = 0;
  gint64 jump = 0;

  begin ();
  for (guint i = 1; i <= N_SCROLL_STEPS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      gtk_adjustment_set_value (adjustment, i * page / 3);
      smooth = MAX (smooth, wait_for_paint () - start);
    }
  report ("scroll, slowest frame", smooth);
  report ("scroll, stall", bench.longest);

  begin ();
  for (guint i = 1; i <= N_SCROLL_STEPS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      gtk_adjustment_set_value (adjustment, i * far);
      jump = MAX (jump, wait_for_paint () - start);
    }
  gtk_adjustment_set_value (adjustment, 0);
  report ("jump, slowest frame", jump);
  report ("jump, stall", bench.longest);
}

static void
bench_batch (void)
{
  guint n_messages = rst_index_get_n_messages (bench.index);
  g_autoptr (GPtrArray) records = make_records (n_messages, N_BATCH);
  g_autoptr (GPtrArray) batch = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) everything = NULL;
  gint64 start;

  for (guint i = 0; i < records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (batch, rst_message_item_new (record->header, FALSE));
    }
  everything = rst_index_dup_items (bench.index);
  g_ptr_array_extend (everything, batch, (GCopyFunc)g_object_ref, NULL);

  start = begin ();
  rst_index_append (bench.index, batch);
  end ("1,000 new rows", start);
  start = begin ();
  rst_index_replace (bench.index, everything);
  end ("their places", start);
}

static void
changed_cb (GListModel *model,
            guint position,
            guint n_removed,
            guint n_added)
{
  bench.n_changes++;
}

static void
show_cb (gpointer user_data)
{
  GtkApplication *application = user_data;

  while (bench.first_painted == 0)
    g_main_context_iteration (NULL, TRUE);
  report ("first paint", bench.first_painted - bench.start);
  if (RST_IS_WINDOW (bench.window))
    {
      while (bench.rows_painted == 0)
        g_main_context_iteration (NULL, TRUE);
      report ("rows painted", bench.rows_painted - bench.start);
      wait_for_all_rows ();
      report ("all rows there", g_get_monotonic_time () - bench.start);
      report ("start, stall", bench.longest);
      bench.index = rst_mailbox_get_index (rst_window_get_mailbox (RST_WINDOW (bench.window)));
      g_signal_connect (bench.index, "items-changed", G_CALLBACK (changed_cb), NULL);
      report_memory ("memory");
      bench.list = find_child (bench.window, g_type_from_name ("RstMessageList"));
      bench_scroll ();
      bench_sort ();
      bench_search ();
      bench_batch ();
    }
  report_memory ("memory at the end");
  g_application_quit (G_APPLICATION (application));
}

static void
window_added_cb (GtkApplication *application,
                 GtkWidget *window)
{
  if (bench.window)
    return;

  bench.window = window;
  g_signal_connect (window, "realize", G_CALLBACK (realize_cb), NULL);
  g_idle_add_once (show_cb, application);
}

static void
activate_cb (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
}

static int
run (const char *mode)
{
  const char *start = g_getenv ("BENCH_START");
  char *arguments[] = { (char *)"restante", NULL };
  g_autoptr (GApplication) application = NULL;

  bench.start = start ? g_ascii_strtoll (start, NULL, 10) : g_get_monotonic_time ();
  g_main_context_set_poll_func (NULL, poll_func);
  if (g_str_equal (mode, "show"))
    {
      write_settings ();
      application = G_APPLICATION (rst_application_new ());
    }
  else
    {
      application = G_APPLICATION (adw_application_new (NULL, G_APPLICATION_DEFAULT_FLAGS));
      g_signal_connect (application, "activate", G_CALLBACK (activate_cb), NULL);
    }
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (application, 1, arguments);
}

int
main (int argc,
      char *argv[])
{
  if (argc < 2)
    g_error ("bench-window fill N|empty|show");
  if (!g_str_equal (argv[1], "fill"))
    return run (argv[1]);

  fill ((guint)g_ascii_strtoull (argv[2], NULL, 10));
  return EXIT_SUCCESS;
}
