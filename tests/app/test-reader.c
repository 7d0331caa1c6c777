/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <string.h>

#include "app/rst-document-view-private.h"
#include "app/rst-message-view.h"
#include "mail/rst-document-builder.h"
#include "rst-test-app.h"

/* What the main loop may be kept from its next round, in processor time of its thread: a slow
 * machine gets no false alarm from what else runs on it. */
#define MAX_ROUND_MS 250

typedef struct
{
  GtkWidget *window;
  RstDocumentView *view;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  GtkWidget *view = g_object_new (RST_TYPE_DOCUMENT_VIEW, NULL);

  fixture->window = gtk_window_new ();
  fixture->view = RST_DOCUMENT_VIEW (view);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 500, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
add (RstDocumentBuilder *builder,
     const char *text,
     RstRun look)
{
  rst_document_builder_add (builder, text, strlen (text), &look);
}

#define ADD(builder, text, ...) add ((builder), (text), (RstRun){ 0, ##__VA_ARGS__ })

static gboolean
is_filled (gpointer view)
{
  return rst_document_view_get_is_filled (view);
}

static void
show (Fixture *fixture,
      RstDocumentBuilder *builder)
{
  g_autoptr (RstDocument) document = rst_document_builder_end (builder);

  rst_document_view_set_document (fixture->view, document);
  rst_test_app_wait (is_filled, fixture->view);
}

static GtkTextBuffer *
get_buffer (Fixture *fixture)
{
  return gtk_text_view_get_buffer (rst_document_view_get_text_view (fixture->view));
}

static char *
dup_text (Fixture *fixture,
          gboolean with_hidden)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (fixture), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (fixture), &start, &end, with_hidden);
}

#define assert_text(fixture, expected)                      \
  do                                                        \
    {                                                       \
      g_autofree char *shown = dup_text ((fixture), FALSE); \
                                                            \
      g_assert_cmpstr (shown, ==, (expected));              \
    }                                                       \
  while (0)

/* Where a text stands in the buffer. */
static GtkTextIter
find (Fixture *fixture,
      const char *text)
{
  GtkTextIter start, match;

  gtk_text_buffer_get_start_iter (get_buffer (fixture), &start);
  if (!gtk_text_iter_forward_search (&start, text, GTK_TEXT_SEARCH_TEXT_ONLY, &match, NULL, NULL))
    g_error ("“%s” is not shown", text);
  return match;
}

/* The value of a property of the last tag at this text that sets it. */
#define get_look(fixture, text, property, value)                  \
  do                                                              \
    {                                                             \
      GtkTextIter iter = find ((fixture), (text));                \
      GSList *tags = gtk_text_iter_get_tags (&iter);              \
                                                                  \
      for (GSList *l = tags; l != NULL; l = l->next)              \
        {                                                         \
          gboolean is_set;                                        \
                                                                  \
          g_object_get (l->data, property "-set", &is_set, NULL); \
          if (is_set)                                             \
            g_object_get (l->data, property, (value), NULL);      \
        }                                                         \
      g_slist_free (tags);                                        \
    }                                                             \
  while (0)

static void
test_looks (Fixture *fixture,
            gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  int weight = 0, margin = 0, deep_margin = 0, list_margin = 0;
  double scale = 0, small_scale = 0;
  g_autofree char *family = NULL;
  PangoUnderline underline = PANGO_UNDERLINE_NONE;
  guint link = rst_document_builder_add_link (builder, "https://example.org/", NULL);

  ADD (builder, "Title\n", .heading = 1);
  ADD (builder, "Chapter\n", .heading = 3);
  ADD (builder, "bold ", .flags = RST_RUN_BOLD);
  ADD (builder, "plain ");
  ADD (builder, "site", .link = link);
  ADD (builder, "\n");
  ADD (builder, "code\n", .flags = RST_RUN_PREFORMATTED);
  ADD (builder, "quoted\n", .quote = 1);
  ADD (builder, "deeper\n", .quote = 2);
  ADD (builder, "deepest\n", .quote = 200);
  ADD (builder, "item\n", .indent = 1);
  show (fixture, builder);

  assert_text (fixture,
               "Title\nChapter\nbold plain site\ncode\nquoted\ndeeper\ndeepest\nitem\n");
  get_look (fixture, "Title", "scale", &scale);
  get_look (fixture, "Chapter", "scale", &small_scale);
  g_assert_cmpfloat (scale, >, small_scale);
  g_assert_cmpfloat (small_scale, >, 1);
  get_look (fixture, "bold", "weight", &weight);
  g_assert_cmpint (weight, ==, PANGO_WEIGHT_BOLD);
  weight = 0;
  get_look (fixture, "plain", "weight", &weight);
  g_assert_cmpint (weight, ==, 0);
  get_look (fixture, "site", "underline", &underline);
  g_assert_cmpint (underline, ==, PANGO_UNDERLINE_SINGLE);
  get_look (fixture, "code", "family", &family);
  g_assert_cmpstr (family, ==, "monospace");
  get_look (fixture, "quoted", "left-margin", &margin);
  get_look (fixture, "deeper", "left-margin", &deep_margin);
  get_look (fixture, "item", "left-margin", &list_margin);
  g_assert_cmpint (margin, >, 0);
  g_assert_cmpint (deep_margin, >, margin);
  g_assert_cmpint (list_margin, >, 0);
}

static void
press (Fixture *fixture,
       guint key,
       GdkModifierType state)
{
  GtkWidget *text_view = GTK_WIDGET (rst_document_view_get_text_view (fixture->view));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (text_view);
  gboolean is_handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &is_handled);
    }
}

/* The middle of a text's first character, clicked on. */
static void
click (Fixture *fixture,
       const char *text)
{
  GtkTextView *text_view = rst_document_view_get_text_view (fixture->view);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (text_view));
  GtkTextIter iter = find (fixture, text);
  GdkRectangle place;
  int x, y;

  gtk_test_widget_wait_for_draw (fixture->window);
  gtk_text_view_get_iter_location (text_view, &iter, &place);
  gtk_text_view_buffer_to_window_coords (text_view,
                                         GTK_TEXT_WINDOW_WIDGET,
                                         place.x + place.width / 2,
                                         place.y + place.height / 2,
                                         &x,
                                         &y);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_CLICK (controller) &&
          g_signal_has_handler_pending (
              controller, g_signal_lookup ("released", GTK_TYPE_GESTURE_CLICK), 0, FALSE) &&
          gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_BUBBLE &&
          gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_PRIMARY)
        g_signal_emit_by_name (controller, "released", 1, (double)x, (double)y);
    }
}

static RstDocumentBuilder *
create_folds (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);

  ADD (builder, "before\n");
  rst_document_builder_begin_fold (builder, NULL, TRUE);
  ADD (builder, "one\ntwo\n", .quote = 1);
  rst_document_builder_begin_fold (builder, "Inner", TRUE);
  ADD (builder, "three\n", .quote = 2);
  rst_document_builder_end_fold (builder);
  rst_document_builder_end_fold (builder);
  ADD (builder, "after\n");
  return builder;
}

static void
test_folds (Fixture *fixture,
            gconstpointer data)
{
  show (fixture, create_folds ());
  assert_text (fixture, "before\n▸ 3 quoted lines\nafter\n");
  click (fixture, "▸ 3");
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▸ Inner\nafter\n");
  click (fixture, "▸ Inner");
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▾ Inner\nthree\nafter\n");
  click (fixture, "▾ 3");
  assert_text (fixture, "before\n▸ 3 quoted lines\nafter\n");
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
test_fold_keys (Fixture *fixture,
                gconstpointer data)
{
  show (fixture, create_folds ());
  press (fixture, GDK_KEY_Tab, 0);
  press (fixture, GDK_KEY_Return, 0);
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▸ Inner\nafter\n");
  press (fixture, GDK_KEY_Tab, 0);
  press (fixture, GDK_KEY_Return, 0);
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▾ Inner\nthree\nafter\n");
  press (fixture, GDK_KEY_ISO_Left_Tab, GDK_SHIFT_MASK);
  press (fixture, GDK_KEY_Return, 0);
  assert_text (fixture, "before\n▸ 3 quoted lines\nafter\n");
}

static gboolean
activate_link_cb (RstDocumentView *view,
                  const char *target,
                  GString *opened)
{
  g_string_append_printf (opened, "%s ", target);
  return TRUE;
}

static void
test_links (Fixture *fixture,
            gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (GString) opened = g_string_new (NULL);
  guint honest = rst_document_builder_add_link (builder, "https://example.org/a", NULL);
  guint false_one =
      rst_document_builder_add_link (builder, "https://evil.example/b", "bank.example");
  GtkWidget *dialog;

  ADD (builder, "See ");
  ADD (builder, "this", .link = honest);
  ADD (builder, " or ");
  ADD (builder, "https://bank.", .link = false_one);
  ADD (builder, "example", .link = false_one, .flags = RST_RUN_BOLD);
  ADD (builder, ".\n");
  g_signal_connect (fixture->view, "activate-link", G_CALLBACK (activate_link_cb), opened);
  show (fixture, builder);

  click (fixture, "See");
  g_assert_cmpstr (opened->str, ==, "");
  click (fixture, "this");
  g_assert_cmpstr (opened->str, ==, "https://example.org/a ");

  /* It is asked about, and goes nowhere but when the answer is yes. */
  click (fixture, "example");
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_text (dialog,
                          "The text says “bank.example”, the link leads to “evil.example”.");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (opened->str, ==, "https://example.org/a ");
  click (fixture, "example");
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "open");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpstr (opened->str, ==, "https://example.org/a https://evil.example/b ");
}

/* The keyboard shows where a link leads. */
static void
test_link_target (Fixture *fixture,
                  gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  guint link = rst_document_builder_add_link (builder, "https://example.org/target", NULL);

  ADD (builder, "here", .link = link);
  show (fixture, builder);
  press (fixture, GDK_KEY_Tab, 0);
  rst_test_app_wait_text (fixture->view, "https://example.org/target");
}

static GBytes *
create_png (int width,
            int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &length, "png", &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static GdkPaintable *
get_paintable (Fixture *fixture,
               int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (get_buffer (fixture), &iter, offset);
  return gtk_text_iter_get_paintable (&iter);
}

static gboolean
has_picture (gpointer fixture)
{
  return get_paintable (fixture, 2) != NULL;
}

static gboolean
is_narrow (gpointer fixture)
{
  GdkPaintable *paintable = get_paintable (fixture, 2);

  return paintable != NULL && gdk_paintable_get_intrinsic_width (paintable) < 500;
}

/* One that is wider than the view, one that isn't an image, and one that can't be had; behind them
 * a link, whose place moves. */
static void
test_images (Fixture *fixture,
             gconstpointer data)
{
  static const RstRun plain = { 0 };
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (GString) opened = g_string_new (NULL);
  g_autoptr (GBytes) png = create_png (2000, 100);
  g_autoptr (GBytes) junk = g_bytes_new_static ("GIF89a", 6);
  guint link = rst_document_builder_add_link (builder, "https://example.org/", NULL);
  g_autofree char *text = NULL;

  ADD (builder, "A ");
  rst_document_builder_add_image (builder, "a blue field", png, &plain);
  ADD (builder, " B ");
  rst_document_builder_add_image (builder, "not an image", junk, &plain);
  ADD (builder, " C ");
  rst_document_builder_add_image (builder, "lost", NULL, &plain);
  ADD (builder, "\nclick", .link = link);
  g_signal_connect (fixture->view, "activate-link", G_CALLBACK (activate_link_cb), opened);
  show (fixture, builder);

  rst_test_app_wait (has_picture, fixture);
  rst_test_app_wait (is_narrow, fixture);
  gtk_test_widget_wait_for_draw (fixture->window);
  text = dup_text (fixture, FALSE);
  g_assert_cmpstr (text, ==, "A  B [not an image] C [lost]\nclick");
  click (fixture, "click");
  g_assert_cmpstr (opened->str, ==, "https://example.org/ ");
}

/* An image is held back when it has been decoded. */
static struct
{
  GMutex mutex;
  GCond changed;
  gboolean is_held;
} hold;

static void
set_is_held (gboolean is_held)
{
  g_mutex_lock (&hold.mutex);
  hold.is_held = is_held;
  g_cond_broadcast (&hold.changed);
  g_mutex_unlock (&hold.mutex);
}

/* In the place of GdkPixbuf's. */
gboolean
gdk_pixbuf_loader_close (GdkPixbufLoader *loader,
                         GError **error)
{
  gboolean (*next) (GdkPixbufLoader *, GError **) =
      (gboolean (*) (GdkPixbufLoader *, GError **))dlsym (RTLD_NEXT, "gdk_pixbuf_loader_close");

  g_mutex_lock (&hold.mutex);
  while (hold.is_held)
    g_cond_wait (&hold.changed, &hold.mutex);
  g_mutex_unlock (&hold.mutex);
  return next (loader, error);
}

static char *
dup_tagged (Fixture *fixture,
            GtkTextTag *tag)
{
  g_autoptr (GString) tagged = g_string_new (NULL);
  GtkTextIter start, end;

  gtk_text_buffer_get_start_iter (get_buffer (fixture), &start);
  while (gtk_text_iter_starts_tag (&start, tag) ||
         gtk_text_iter_forward_to_tag_toggle (&start, tag))
    {
      g_autofree char *text = NULL;

      end = start;
      gtk_text_iter_forward_to_tag_toggle (&end, tag);
      text = gtk_text_iter_get_slice (&start, &end);
      g_string_append_printf (
          tagged, "%s@%d ", text, gtk_text_iter_get_line_offset (&start));
      start = end;
    }
  return g_string_free (g_steal_pointer (&tagged), FALSE);
}

/* A picture comes between what was found, in the place of words that were found, and above the link
 * that the keyboard is at. */
static void
test_late_image (Fixture *fixture,
                 gconstpointer data)
{
  static const RstRun plain = { 0 };
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  RstFindBar *bar = rst_test_app_find_child (fixture->view, RST_TYPE_FIND_BAR);
  guint n_steps = GPOINTER_TO_UINT (data);
  g_autoptr (GString) opened = g_string_new (NULL);
  g_autoptr (GBytes) png = create_png (10, 10);
  guint first = rst_document_builder_add_link (builder, "https://example.org/1", NULL);
  guint second = rst_document_builder_add_link (builder, "https://example.org/2", NULL);
  g_autofree char *found = NULL;
  g_autofree char *current = NULL;

  ADD (builder, "a ");
  rst_document_builder_add_image (builder, "word word", png, &plain);
  ADD (builder, " word\n");
  ADD (builder, "first", .link = first);
  ADD (builder, " word ");
  ADD (builder, "second", .link = second);
  ADD (builder, " word");
  g_signal_connect (fixture->view, "activate-link", G_CALLBACK (activate_link_cb), opened);
  set_is_held (TRUE);
  show (fixture, builder);
  rst_document_view_begin_find (fixture->view);
  gtk_editable_set_text (rst_test_app_find_child (bar, GTK_TYPE_SEARCH_ENTRY), "word");
  rst_test_app_wait_text (bar, "1 of 5");
  for (guint i = 0; i < n_steps; i++)
    rst_document_view_find_next (fixture->view, 1);
  press (fixture, GDK_KEY_Tab, 0);
  press (fixture, GDK_KEY_Tab, 0);
  rst_test_app_wait_text (fixture->view, "https://example.org/2");

  set_is_held (FALSE);
  rst_test_app_wait (has_picture, fixture);
  rst_test_app_wait_text (bar, n_steps < 3 ? "1 of 3" : "2 of 3");
  found = dup_tagged (fixture, rst_document_tags_get_match (fixture->view->tags));
  g_assert_cmpstr (found, ==, "word@4 word@6 word@18 ");
  current = dup_tagged (fixture, rst_document_tags_get_current_match (fixture->view->tags));
  g_assert_cmpstr (current, ==, n_steps < 3 ? "word@4 " : "word@6 ");
  press (fixture, GDK_KEY_Return, 0);
  g_assert_cmpstr (opened->str, ==, "https://example.org/2 ");
}

/* A PNG file of a few bytes that says it has 60,000 times 60,000 pixels. */
static void
test_image_bomb (Fixture *fixture,
                 gconstpointer data)
{
  static const guint8 bomb[] = {
    0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0xea, 0x60,
    0, 0, 0xea, 0x60, 8, 2, 0, 0, 0, 0xf3, 0x68, 0x93, 0x9b
  };
  static const RstRun plain = { 0 };
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (GBytes) content = g_bytes_new_static (bomb, sizeof (bomb));
  g_autoptr (GBytes) png = create_png (10, 10);

  ADD (builder, "A ");
  rst_document_builder_add_image (builder, "", png, &plain);
  rst_document_builder_add_image (builder, "bomb", content, &plain);
  show (fixture, builder);
  rst_test_app_wait (has_picture, fixture);
  assert_text (fixture, "A [bomb]");
}

static gint64
get_thread_ms (void)
{
  return rst_test_app_get_cpu_time () / 1000;
}

/* Runs the main loop to the end of what is shown. Returns the longest round. */
static gint64
fill (Fixture *fixture)
{
  gint64 longest = 0;
  gint64 last = get_thread_ms ();

  while (!rst_document_view_get_is_filled (fixture->view))
    {
      gint64 now;

      g_main_context_iteration (NULL, TRUE);
      now = get_thread_ms ();
      longest = MAX (longest, now - last);
      last = now;
    }
  return longest;
}

static void
test_huge (Fixture *fixture,
           gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;
  gint64 start, longest;

  for (guint i = 0; i < 100000; i++)
    {
      ADD (builder, "This is a line of a text that is long, with a word in ");
      ADD (builder, "bold", .flags = RST_RUN_BOLD);
      ADD (builder, ".\n");
    }
  document = rst_document_builder_end (builder);

  start = get_thread_ms ();
  rst_document_view_set_document (fixture->view, document);
  g_assert_cmpint (get_thread_ms () - start, <, MAX_ROUND_MS);
  longest = fill (fixture);
  g_test_message ("the longest round took %d ms", (int)longest);
  g_assert_cmpint (longest, <, MAX_ROUND_MS);
  g_assert_cmpint (gtk_text_buffer_get_line_count (get_buffer (fixture)), >, 100000);

  /* The next message doesn't wait for it. */
  start = get_thread_ms ();
  rst_document_view_set_document (fixture->view, document);
  g_main_context_iteration (NULL, FALSE);
  show (fixture, create_folds ());
  g_assert_cmpint (get_thread_ms () - start, <, 8 * MAX_ROUND_MS);
  assert_text (fixture, "before\n▸ 3 quoted lines\nafter\n");
}

static RstFindBar *
get_find_bar (Fixture *fixture)
{
  return rst_test_app_find_child (fixture->view, RST_TYPE_FIND_BAR);
}

/* What is folded away is found, and unfolded. */
static void
test_find (Fixture *fixture,
           gconstpointer data)
{
  RstFindBar *bar = get_find_bar (fixture);
  GtkEditable *entry = rst_test_app_find_child (bar, GTK_TYPE_SEARCH_ENTRY);

  show (fixture, create_folds ());
  rst_document_view_begin_find (fixture->view);
  gtk_editable_set_text (entry, "FTE");
  rst_test_app_wait_text (bar, "1 of 1");
  gtk_editable_set_text (entry, "two");
  rst_test_app_wait_text (bar, "1 of 1");
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▸ Inner\nafter\n");
  gtk_editable_set_text (entry, "three");
  rst_test_app_wait_text (bar, "1 of 1");
  assert_text (fixture, "before\n▾ 3 quoted lines\none\ntwo\n▾ Inner\nthree\nafter\n");
  gtk_editable_set_text (entry, "ne");
  rst_test_app_wait_text (bar, "1 of 3");
  rst_document_view_find_next (fixture->view, 1);
  rst_test_app_wait_text (bar, "2 of 3");
  rst_document_view_find_next (fixture->view, -1);
  rst_document_view_find_next (fixture->view, -1);
  rst_test_app_wait_text (bar, "3 of 3");
  gtk_editable_set_text (entry, "nowhere");
  rst_test_app_wait_text (bar, "Not found");
}

/* Returns how many pages there are below the first. A key that comes before there is anything to
 * see does nothing. */
static guint
page_down (Fixture *fixture)
{
  GtkScrolledWindow *scrolled_window =
      rst_test_app_find_child (fixture->view, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scrolled_window);
  double value = gtk_adjustment_get_value (adjustment);
  guint n_pages = 0;

  while (rst_document_view_page (fixture->view, 1))
    {
      gtk_test_widget_wait_for_draw (fixture->window);
      if (gtk_adjustment_get_value (adjustment) > value)
        n_pages++;
      value = gtk_adjustment_get_value (adjustment);
    }
  return n_pages;
}

static void
test_paging (Fixture *fixture,
             gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);

  for (guint i = 0; i < 60; i++)
    ADD (builder, "A line.\n");
  show (fixture, builder);
  /* At once, when nothing of it has been laid out: a key may come as early. */
  g_assert_true (rst_document_view_page (fixture->view, 1));
  gtk_test_widget_wait_for_draw (fixture->window);
  g_assert_true (rst_document_view_page (fixture->view, 1));
  while (rst_document_view_page (fixture->view, -1))
    ;
  g_assert_cmpuint (page_down (fixture), >=, 2);
  while (rst_document_view_page (fixture->view, -1))
    ;
  g_assert_cmpuint (page_down (fixture), <=, 5);
  g_assert_true (rst_document_view_page (fixture->view, -1));
}

/* Folded away to the last line: there is an end all the same. */
static void
test_paging_folded (Fixture *fixture,
                    gconstpointer data)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);

  for (guint i = 0; i < 60; i++)
    ADD (builder, "A line.\n");
  rst_document_builder_begin_fold (builder, NULL, TRUE);
  ADD (builder, "quoted\nto the end", .quote = 1);
  rst_document_builder_end_fold (builder);
  show (fixture, builder);
  g_assert_cmpuint (page_down (fixture), <=, 6);
}

static int
count_shown (RstMessageView *view)
{
  GtkTextView *text_view =
      rst_document_view_get_text_view (rst_message_view_get_document_view (view));

  return gtk_text_buffer_get_line_count (gtk_text_view_get_buffer (text_view));
}

static gboolean
has_end (gpointer view)
{
  return count_shown (view) >= 20000;
}

static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new ("Subject: long\r\n\r\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (RST_TYPE_MESSAGE_VIEW, NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "This is line %u of a text that is long.\r\n", i);
  bytes = g_bytes_new (text->str, text->len);
  message = rst_message_new (bytes, NULL);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));

  rst_message_view_show_message (RST_MESSAGE_VIEW (view), message);
  rst_test_app_click (view, "_Show the Whole Text");
  rst_test_app_wait (has_end, view);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture,
                  gconstpointer data);
  } tests[] = {
    { "/reader/looks", test_looks },
    { "/reader/folds", test_folds },
    { "/reader/fold-keys", test_fold_keys },
    { "/reader/links", test_links },
    { "/reader/link-target", test_link_target },
    { "/reader/images", test_images },
    { "/reader/image-bomb", test_image_bomb },
    { "/reader/huge", test_huge },
    { "/reader/find", test_find },
    { "/reader/paging", test_paging },
    { "/reader/paging-folded", test_paging_folded },
  };
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  g_test_add ("/reader/late-image/lost-match",
              Fixture,
              GUINT_TO_POINTER (1),
              set_up,
              test_late_image,
              tear_down);
  g_test_add ("/reader/late-image/later-match",
              Fixture,
              GUINT_TO_POINTER (3),
              set_up,
              test_late_image,
              tear_down);
  g_test_add_func ("/reader/long-text", test_long_text);
  return g_test_run ();
}
