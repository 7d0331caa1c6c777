/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "sim-judge.h"
#include "sim-poplib.h"

/* The algorithm of mailFetcher in "Programming Python", and of the window on top of it: a list of
 * header texts by position, and numbers that are positions. */

typedef struct
{
  char *text;
  const SimContent *content;
} Header;

typedef struct
{
  SimRun *run;
  SimVerdict *verdict;
  GPtrArray *headers;
  gboolean has_top;
} Ancestor;

static void
header_free (gpointer data)
{
  Header *self = data;

  g_free (self->text);
  g_free (self);
}

static gpointer
ancestor_start (SimRun *run,
                SimVerdict *verdict)
{
  Ancestor *self = g_new0 (Ancestor, 1);

  self->run = run;
  self->verdict = verdict;
  self->headers = g_ptr_array_new_with_free_func (header_free);
  self->has_top = run->world->has_top;
  return self;
}

static void
ancestor_stop (gpointer data)
{
  Ancestor *self = data;

  g_ptr_array_unref (self->headers);
  g_free (self);
}

static guint
ancestor_count (gpointer data)
{
  Ancestor *self = data;

  return self->headers->len;
}

/* The lines of a header text that do not begin with @prefix; or those that do. */
static char *
filter_lines (const char *text,
              const char *prefix,
              gboolean wants_those)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *result = g_string_new (NULL);
  gsize length = strlen (prefix);

  for (guint i = 0; lines[i]; i++)
    if ((g_ascii_strncasecmp (lines[i], prefix, length) == 0) == wants_those)
      g_string_append_printf (result, "%s\n", lines[i]);
  return g_string_free (result, FALSE);
}

/* msg.get_all(): a field's values, folded lines and all. */
static char *
find_field (const char *text,
            const char *name)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *result = g_string_new (NULL);
  gboolean is_inside = FALSE;

  for (guint i = 0; lines[i]; i++)
    {
      if (*lines[i] != ' ' && *lines[i] != '\t')
        is_inside = g_ascii_strncasecmp (lines[i], name, strlen (name)) == 0 &&
                    lines[i][strlen (name)] == ':';
      if (is_inside)
        g_string_append_printf (result, "%s\n", lines[i]);
    }
  return g_string_free (result, FALSE);
}

/* headersMatch() */
static gboolean
headers_match (const char *a,
               const char *b)
{
  static const char *const fields[] = { "From", "To", "Subject", "Date",
                                        "Cc", "Return-Path", "Received" };
  g_autofree char *without_a = filter_lines (a, "Status:", FALSE);
  g_autofree char *without_b = filter_lines (b, "Status:", FALSE);
  g_autofree char *ids_a = filter_lines (a, "message-id:", TRUE);
  g_autofree char *ids_b = filter_lines (b, "message-id:", TRUE);

  if (strcmp (a, b) == 0 || strcmp (without_a, without_b) == 0)
    return TRUE;
  if (strcmp (ids_a, ids_b) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value_a = find_field (a, fields[i]);
      g_autofree char *value_b = find_field (b, fields[i]);

      if (strcmp (value_a, value_b) != 0)
        return FALSE;
    }
  return TRUE;
}

static char *
top (SimSession *session,
     guint number)
{
  g_auto (GStrv) lines = sim_poplib_long (session, "TOP %u 0", number);

  return lines ? g_strjoinv ("\n", lines) : NULL;
}

/* checkSynchError(): Returns: whether the last message that is known is where it was. */
static gboolean
check_synch (Ancestor *self)
{
  SimSession *session = sim_poplib_connect (self->run);
  g_autofree char *text = NULL;
  guint n_messages = 0;
  gboolean is_good;

  if (session == NULL)
    return FALSE;
  is_good = sim_poplib_stat (session, &n_messages) && self->headers->len <= n_messages;
  if (is_good && self->has_top && self->headers->len > 0)
    {
      const Header *last = g_ptr_array_index (self->headers, self->headers->len - 1);

      text = top (session, self->headers->len);
      is_good = text != NULL && headers_match (text, last->text);
    }
  return sim_poplib_quit (session) && is_good;
}

/* downloadAllHeaders(), from the first that is not loaded. */
static gboolean
load_headers (Ancestor *self)
{
  SimSession *session = sim_poplib_connect (self->run);
  g_autoptr (GPtrArray) loaded = g_ptr_array_new_with_free_func (header_free);
  g_auto (GStrv) infos = NULL;
  guint n_known = self->headers->len;
  gboolean is_good;

  if (session == NULL)
    return FALSE;
  infos = sim_poplib_long (session, "LIST");
  is_good = infos != NULL;
  for (guint number = n_known + 1; is_good && number <= g_strv_length (infos); number++)
    {
      Header *header = g_new0 (Header, 1);

      header->text = self->has_top ? top (session, number) : NULL;
      if (!self->has_top)
        {
          g_auto (GStrv) lines = sim_poplib_long (session, "RETR %u", number);

          header->text = lines ? g_strjoinv ("\n", lines) : NULL;
        }
      is_good = header->text != NULL;
      if (is_good && number <= session->rows->len)
        header->content = g_array_index (session->rows, SimRow, number - 1).message->content;
      g_ptr_array_add (loaded, header);
    }
  is_good = sim_poplib_quit (session) && is_good;
  for (guint i = 0; is_good && i < loaded->len; i++)
    g_ptr_array_add (self->headers, g_ptr_array_index (loaded, i));
  if (is_good)
    g_ptr_array_set_free_func (loaded, NULL);
  return is_good;
}

/* The window loads what is new, and all anew when the check says so. */
static void
ancestor_refresh (gpointer data,
                  SimRandom *random)
{
  Ancestor *self = data;

  if (self->headers->len > 0 && !check_synch (self))
    g_ptr_array_set_size (self->headers, 0);
  load_headers (self);
  sim_judge_calm (self->run, self->verdict);
}

static char *
retr (Ancestor *self,
      guint number)
{
  SimSession *session = sim_poplib_connect (self->run);
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (session == NULL)
    return NULL;
  lines = sim_poplib_long (session, "RETR %u", number);
  text = lines ? g_strjoinv ("\r\n", lines) : NULL;
  if (!sim_poplib_quit (session) || text == NULL)
    return NULL;
  return g_strconcat (text, "\r\n", NULL);
}

/* downloadMessage(), after a check in a session of its own. */
static void
ancestor_read (gpointer data,
               guint row,
               SimRandom *random)
{
  Ancestor *self = data;
  const Header *header = g_ptr_array_index (self->headers, row);
  SimTarget target = { header->content, 0, row + 1, FALSE };
  g_autofree char *text = NULL;

  self->verdict->n_reads++;
  if (check_synch (self))
    text = retr (self, row + 1);
  if (text != NULL && target.content != NULL)
    sim_judge_body (self->run, &target, text, strlen (text), self->verdict);
  sim_judge_calm (self->run, self->verdict);
}

/* deleteMessages() */
static SimClaim
delete_unsafely (Ancestor *self,
                 const GArray *targets)
{
  SimSession *session = sim_poplib_connect (self->run);
  gboolean is_good = TRUE;

  if (session == NULL)
    return SIM_CLAIM_NOTHING_DELETED;
  for (guint i = 0; is_good && i < targets->len; i++)
    is_good = sim_poplib_short (session, "DELE %u", g_array_index (targets, SimTarget, i).number);
  return sim_poplib_quit (session) && is_good ? SIM_CLAIM_DELETED : SIM_CLAIM_NOTHING_DELETED;
}

/* deleteMessagesSafely(): each is compared and deleted before the next is looked at, and the QUIT
 * in its "finally" makes good what was sent before an error. */
static SimClaim
delete_safely (Ancestor *self,
               const GArray *targets)
{
  SimSession *session = sim_poplib_connect (self->run);
  SimClaim claim = SIM_CLAIM_DELETED;
  guint n_messages = 0;

  if (session == NULL)
    return SIM_CLAIM_NOTHING_DELETED;
  if (!sim_poplib_stat (session, &n_messages))
    claim = SIM_CLAIM_NOTHING_DELETED;
  for (guint i = 0; claim == SIM_CLAIM_DELETED && i < targets->len; i++)
    {
      guint number = g_array_index (targets, SimTarget, i).number;
      const Header *header = g_ptr_array_index (self->headers, number - 1);
      g_autofree char *text = number <= n_messages ? top (session, number) : NULL;

      if (number > n_messages || (text != NULL && !headers_match (text, header->text)))
        claim = SIM_CLAIM_STOPPED_HALF_WAY;
      else if (text == NULL || !sim_poplib_short (session, "DELE %u", number))
        claim = SIM_CLAIM_NOTHING_DELETED;
    }
  if (!sim_poplib_quit (session) && claim == SIM_CLAIM_DELETED)
    claim = SIM_CLAIM_NOTHING_DELETED;
  return claim;
}

static void
ancestor_delete (gpointer data,
                 const guint *rows,
                 guint n,
                 SimRandom *random)
{
  Ancestor *self = data;
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (SimTarget));
  SimClaim claim;

  for (guint i = 0; i < n; i++)
    {
      const Header *header = g_ptr_array_index (self->headers, rows[i]);
      SimTarget target = { header->content, 0, rows[i] + 1, FALSE };

      if (target.content != NULL)
        g_array_append_val (targets, target);
    }
  claim = self->has_top ? delete_safely (self, targets) : delete_unsafely (self, targets);
  sim_judge_delete (self->run, targets, claim, self->verdict);
  for (guint i = self->headers->len; claim == SIM_CLAIM_DELETED && i-- > 0;)
    for (guint j = 0; j < targets->len; j++)
      if (g_array_index (targets, SimTarget, j).number == i + 1)
        g_ptr_array_remove_index (self->headers, i);
}

/* Nothing is kept. */
static void
ancestor_restart (gpointer data)
{
  Ancestor *self = data;

  g_ptr_array_set_size (self->headers, 0);
}

const SimClient SIM_ANCESTOR = { "the ancestor", ancestor_start, ancestor_stop,
                                 ancestor_count, ancestor_refresh, ancestor_read,
                                 ancestor_delete, ancestor_restart };
