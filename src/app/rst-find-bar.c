/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-find-bar"

#include "config.h"

#include "rst-find-bar.h"

#include <glib/gi18n.h>

#include "rst-format.h"

/* How long is searched before the main loop goes round. */
#define PIECE_MS 8

/* What is searched between two looks at the clock. */
#define PIECE_LINES 50

/* More matches help nobody. */
#define MAX_MATCHES 10000

typedef struct
{
  int start;
  int end;
} Match;

struct _RstFindBar
{
  GtkWidget parent_instance;

  /* Owned References */
  GtkTextBuffer *buffer;
  GArray *matches; /* Match */

  /* Borrowed References */
  RstDocumentTags *tags;

  /* Template Widgets */
  GtkLabel *count_label;
  GtkEditable *entry;
  GtkSearchBar *search_bar;

  guint source;
  int position; /* up to where has been searched */
  int current;  /* the match that is shown, or -1 */
};

G_DEFINE_FINAL_TYPE (RstFindBar, rst_find_bar, GTK_TYPE_WIDGET)

enum
{
  SHOW_MATCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_searching (RstFindBar *self)
{
  return self->buffer != NULL && gtk_search_bar_get_search_mode (self->search_bar) &&
         gtk_editable_get_text (self->entry)[0] != '\0';
}

static void
update_count (RstFindBar *self)
{
  g_autofree char *total = rst_format_count (self->matches->len);
  g_autofree char *current = rst_format_count (self->current + 1);
  g_autofree char *text = NULL;

  if (self->matches->len > 0)
    /* Translators: which match of how many in the text of a message is shown */
    text = g_strdup_printf (_ ("%s of %s"), current, total);
  else if (is_searching (self) && self->source == 0)
    text = g_strdup (_ ("Not found"));
  gtk_label_set_text (self->count_label, text != NULL ? text : "");
}

static void
apply_tag (RstFindBar *self,
           GtkTextTag *tag,
           const Match *match)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, match->start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end, match->end);
  gtk_text_buffer_apply_tag (self->buffer, tag, &start, &end);
}

static void
remove_tag (RstFindBar *self,
            GtkTextTag *tag)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, tag, &start, &end);
}

static void
remove_tags (RstFindBar *self,
             int start,
             int end)
{
  GtkTextIter start_iter, end_iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start_iter, start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &end_iter, end);
  gtk_text_buffer_remove_tag (
      self->buffer, rst_document_tags_get_match (self->tags), &start_iter, &end_iter);
  gtk_text_buffer_remove_tag (
      self->buffer, rst_document_tags_get_current_match (self->tags), &start_iter, &end_iter);
}

static void
set_current (RstFindBar *self,
             int current)
{
  const Match *match = &g_array_index (self->matches, Match, current);

  self->current = current;
  remove_tag (self, rst_document_tags_get_current_match (self->tags));
  apply_tag (self, rst_document_tags_get_current_match (self->tags), match);
  g_signal_emit (self, signals[SHOW_MATCH], 0, match->start);
  update_count (self);
}

/* Returns FALSE at the end of the text. */
static gboolean
search_piece (RstFindBar *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  GtkTextIter start, limit, match_start, match_end;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &start, self->position);
  limit = start;
  gtk_text_iter_forward_lines (&limit, PIECE_LINES);
  while (gtk_text_iter_forward_search (&start,
                                       text,
                                       GTK_TEXT_SEARCH_TEXT_ONLY | GTK_TEXT_SEARCH_CASE_INSENSITIVE,
                                       &match_start,
                                       &match_end,
                                       &limit))
    {
      Match match = { gtk_text_iter_get_offset (&match_start),
                      gtk_text_iter_get_offset (&match_end) };

      g_array_append_val (self->matches, match);
      apply_tag (self, rst_document_tags_get_match (self->tags), &match);
      if (self->matches->len >= MAX_MATCHES)
        return FALSE;
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, match.end);
    }
  self->position = gtk_text_iter_get_offset (&limit);
  return !gtk_text_iter_is_end (&limit);
}

static gboolean
search_piece_cb (gpointer user_data)
{
  RstFindBar *self = user_data;
  gint64 deadline = g_get_monotonic_time () + PIECE_MS * G_TIME_SPAN_MILLISECOND;
  gboolean is_left;

  do
    is_left = search_piece (self);
  while (is_left && g_get_monotonic_time () < deadline);

  if (!is_left)
    self->source = 0;
  if (self->current < 0 && self->matches->len > 0)
    set_current (self, 0);
  update_count (self);
  return is_left;
}

static void
stop_search (RstFindBar *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->matches->len > 0)
    {
      remove_tag (self, rst_document_tags_get_match (self->tags));
      remove_tag (self, rst_document_tags_get_current_match (self->tags));
    }
  g_array_set_size (self->matches, 0);
  self->position = 0;
  self->current = -1;
}

static void
search_cb (RstFindBar *self)
{
  stop_search (self);
  if (is_searching (self))
    self->source = g_idle_add (search_piece_cb, self);
  update_count (self);
}

static void
next_cb (RstFindBar *self)
{
  rst_find_bar_step (self, 1);
}

static void
previous_cb (RstFindBar *self)
{
  rst_find_bar_step (self, -1);
}

static void
rst_find_bar_dispose (GObject *object)
{
  RstFindBar *self = RST_FIND_BAR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->buffer);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_FIND_BAR);

  G_OBJECT_CLASS (rst_find_bar_parent_class)->dispose (object);
}

static void
rst_find_bar_finalize (GObject *object)
{
  g_array_unref (RST_FIND_BAR (object)->matches);

  G_OBJECT_CLASS (rst_find_bar_parent_class)->finalize (object);
}

static void
rst_find_bar_class_init (RstFindBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_find_bar_dispose;
  object_class->finalize = rst_find_bar_finalize;

  signals[SHOW_MATCH] = g_signal_new ("show-match",
                                      G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/restante/Restante/rst-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RstFindBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, RstFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, RstFindBar, search_bar);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "findbar");
}

static void
rst_find_bar_init (RstFindBar *self)
{
  self->matches = g_array_new (FALSE, FALSE, sizeof (Match));
  self->current = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->entry);
}

void
rst_find_bar_set_buffer (RstFindBar *self,
                         GtkTextBuffer *buffer,
                         RstDocumentTags *tags)
{
  g_return_if_fail (RST_IS_FIND_BAR (self));
  g_return_if_fail (GTK_IS_TEXT_BUFFER (buffer));

  rst_find_bar_clear (self);
  g_set_object (&self->buffer, buffer);
  self->tags = tags;
}

void
rst_find_bar_clear (RstFindBar *self)
{
  g_return_if_fail (RST_IS_FIND_BAR (self));

  stop_search (self);
  update_count (self);
}

void
rst_find_bar_open (RstFindBar *self)
{
  g_return_if_fail (RST_IS_FIND_BAR (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

void
rst_find_bar_search (RstFindBar *self)
{
  g_return_if_fail (RST_IS_FIND_BAR (self));

  search_cb (self);
}

void
rst_find_bar_replace (RstFindBar *self,
                      const RstReplacement *replacement)
{
  int current = self->current;
  guint n_kept = 0;

  g_return_if_fail (RST_IS_FIND_BAR (self));

  for (guint i = 0; i < self->matches->len; i++)
    {
      const Match *old = &g_array_index (self->matches, Match, i);
      Match match = { rst_replacement_move (replacement, old->start),
                      rst_replacement_move (replacement, old->end) };

      if (old->start < replacement->end && old->end > replacement->start)
        {
          remove_tags (self, match.start, MAX (match.end, replacement->start + 1));
          current -= (int)i < self->current ? 1 : 0;
        }
      else
        g_array_index (self->matches, Match, n_kept++) = match;
    }
  g_array_set_size (self->matches, n_kept);
  self->position = rst_replacement_move (replacement, self->position);
  self->current = MIN (current, (int)n_kept - 1);
  /* Not shown: the text stays where it is read. */
  if (self->current >= 0)
    apply_tag (self,
               rst_document_tags_get_current_match (self->tags),
               &g_array_index (self->matches, Match, self->current));
  update_count (self);
}

void
rst_find_bar_step (RstFindBar *self,
                   int step)
{
  int n_matches;

  g_return_if_fail (RST_IS_FIND_BAR (self));

  n_matches = (int)self->matches->len;
  if (n_matches > 0)
    set_current (self, (self->current + step + n_matches) % n_matches);
}
