/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-calendar"

#include "config.h"

#include "rst-calendar.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_EVENTS 10
#define MAX_ATTENDEES 20

/* Of a line that has been unfolded. */
#define MAX_LINE 4096

typedef struct
{
  char *name;
  char *zone;      /* TZID */
  char *full_name; /* CN */
  char *status;    /* PARTSTAT */
  char *value;
} Line;

typedef struct
{
  char *summary;
  char *start;
  char *end;
  char *location;
  char *organizer;
  GString *attendees;
  guint n_attendees;
  char *answer; /* of the first attendee */
  gboolean is_repeated;
  gboolean is_cancelled;
} Event;

static void
line_clear (Line *self)
{
  g_free (self->name);
  g_free (self->zone);
  g_free (self->full_name);
  g_free (self->status);
  g_free (self->value);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static void
event_clear (Event *self)
{
  g_free (self->summary);
  g_free (self->start);
  g_free (self->end);
  g_free (self->location);
  g_free (self->organizer);
  g_free (self->answer);
  if (self->attendees != NULL)
    g_string_free (self->attendees, TRUE);
  *self = (Event){ NULL };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Event, event_clear)

/* RFC 5545 §3.1: a line goes on where the next one begins with a blank. */
static char *
dup_line (const char **position)
{
  g_autoptr (GString) line = g_string_new (NULL);
  char *valid;
  const char *p = *position;
  gboolean is_folded;

  do
    {
      gsize length = strcspn (p, "\n");

      if (line->len < MAX_LINE)
        g_string_append_len (line, p, (gssize)MIN (length, MAX_LINE));
      p += length + (p[length] == '\n');
      is_folded = *p == ' ' || *p == '\t';
      p += is_folded;
    }
  while (is_folded);

  *position = p;
  valid = g_utf8_make_valid (line->str, (gssize)line->len);

  return g_strchomp (valid);
}

/* RFC 5545 §3.3.11; in one line. */
static char *
unescape (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      char c = *text;

      if (c == '\\' && text[1] != '\0')
        c = *++text == 'n' || *text == 'N' ? ' ' : *text;
      g_string_append_c (plain, c);
    }

  return g_string_free (plain, FALSE);
}

/* Where a parameter's value ends; in quotes it may hold what would end it. */
static const char *
find_parameter_end (const char *p)
{
  gboolean is_quoted = FALSE;

  for (; *p != '\0' && (is_quoted || (*p != ';' && *p != ':')); p++)
    if (*p == '"')
      is_quoted = !is_quoted;

  return p;
}

static char *
dup_parameter (const char *start,
               const char *end)
{
  g_autofree char *value = g_strndup (start, (gsize)(end - start));
  g_auto (GStrv) pieces = g_strsplit (value, "\"", -1);

  return g_strjoinv (NULL, pieces);
}

/* NAME;PARAMETER=VALUE;PARAMETER="VALUE":VALUE */
static gboolean
line_parse (Line *self,
            const char *text)
{
  gsize length = strcspn (text, ";:");

  if (text[length] == '\0')
    return FALSE;

  self->name = g_ascii_strup (text, (gssize)length);
  text += length;
  while (*text == ';')
    {
      const char *end = find_parameter_end (++text);
      const char *equals = memchr (text, '=', (gsize)(end - text));
      char **parameter = NULL;

      if (equals != NULL && g_ascii_strncasecmp (text, "TZID=", 5) == 0)
        parameter = &self->zone;
      else if (equals != NULL && g_ascii_strncasecmp (text, "CN=", 3) == 0)
        parameter = &self->full_name;
      else if (equals != NULL && g_ascii_strncasecmp (text, "PARTSTAT=", 9) == 0)
        parameter = &self->status;
      if (parameter != NULL && *parameter == NULL)
        *parameter = dup_parameter (equals + 1, end);
      text = end;
    }

  if (*text != ':')
    return FALSE;

  self->value = g_strdup (text + 1);

  return TRUE;
}

/* "Ada <ada@example.org>" of an organizer or attendee, whose value is an URI. */
static char *
dup_person (const Line *line)
{
  const char *address = line->value;

  if (g_ascii_strncasecmp (address, "mailto:", strlen ("mailto:")) == 0)
    address += strlen ("mailto:");
  if (line->full_name == NULL || *line->full_name == '\0' ||
      g_str_equal (line->full_name, address))
    return g_strdup (address);

  return g_strdup_printf ("%s <%s>", line->full_name, address);
}

static gboolean
read_digits (const char *text,
             guint n_digits,
             int *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + (text[i] - '0');
    }

  return TRUE;
}

/* "20261124", "20261124T093000" or "20261124T093000Z". */
static GDateTime *
parse_time (const char *text,
            gboolean *has_time,
            gboolean *is_utc)
{
  int year, month, day, hour = 0, minute = 0, second = 0;

  *has_time = strlen (text) >= 15 && text[8] == 'T';
  *is_utc = *has_time && text[15] == 'Z';
  if (strlen (text) < 8 || !read_digits (text, 4, &year) || !read_digits (text + 4, 2, &month) ||
      !read_digits (text + 6, 2, &day))
    return NULL;
  if (*has_time && (!read_digits (text + 9, 2, &hour) || !read_digits (text + 11, 2, &minute) ||
                    !read_digits (text + 13, 2, &second)))
    return NULL;

  return g_date_time_new_utc (year, month, day, hour, minute, MIN (second, 59));
}

/* @is_end: a day that ends something is the one after it. */
static char *
describe_time (const Line *line,
               gboolean is_end)
{
  gboolean has_time, is_utc;
  g_autoptr (GDateTime) time = parse_time (line->value, &has_time, &is_utc);
  g_autoptr (GDateTime) shown = NULL;
  g_autofree char *text = NULL;

  if (time == NULL)
    return g_strdup (line->value);
  if (!has_time)
    {
      shown = g_date_time_add_days (time, is_end ? -1 : 0);
      return g_date_time_format (shown, "%a, %-d %b %Y");
    }

  shown = is_utc ? g_date_time_to_local (time) : g_date_time_ref (time);
  text = g_date_time_format (shown, "%a, %-d %b %Y %H:%M");
  if (!is_utc && line->zone != NULL)
    return g_strdup_printf ("%s (%s)", text, line->zone);

  return g_steal_pointer (&text);
}

static void
event_add_attendee (Event *self,
                    const Line *line)
{
  g_autofree char *person = dup_person (line);

  if (self->attendees == NULL)
    self->attendees = g_string_new (NULL);
  if (self->n_attendees == 0 && line->status != NULL)
    self->answer = g_strdup (line->status);
  if (self->n_attendees++ > MAX_ATTENDEES)
    return;

  if (self->attendees->len > 0)
    g_string_append (self->attendees, ", ");
  g_string_append (self->attendees, self->n_attendees > MAX_ATTENDEES ? "…" : person);
}

static void
take (char **field,
      char *text)
{
  if (*field == NULL)
    *field = text;
  else
    g_free (text);
}

static void
event_read (Event *self,
            const Line *line)
{
  if (g_str_equal (line->name, "SUMMARY"))
    take (&self->summary, unescape (line->value));
  else if (g_str_equal (line->name, "LOCATION"))
    take (&self->location, unescape (line->value));
  else if (g_str_equal (line->name, "DTSTART"))
    take (&self->start, describe_time (line, FALSE));
  else if (g_str_equal (line->name, "DTEND"))
    take (&self->end, describe_time (line, TRUE));
  else if (g_str_equal (line->name, "ORGANIZER"))
    take (&self->organizer, dup_person (line));
  else if (g_str_equal (line->name, "ATTENDEE"))
    event_add_attendee (self, line);
  else if (g_str_equal (line->name, "RRULE"))
    self->is_repeated = TRUE;
  else if (g_str_equal (line->name, "STATUS"))
    self->is_cancelled = g_ascii_strcasecmp (line->value, "CANCELLED") == 0;
}

static const char *
describe_answer (const Event *event)
{
  if (event->answer == NULL)
    return _ ("Answer to an invitation");
  if (g_ascii_strcasecmp (event->answer, "ACCEPTED") == 0)
    return _ ("Invitation accepted");
  if (g_ascii_strcasecmp (event->answer, "DECLINED") == 0)
    return _ ("Invitation declined");
  if (g_ascii_strcasecmp (event->answer, "TENTATIVE") == 0)
    return _ ("Invitation accepted with reserve");

  return _ ("Answer to an invitation");
}

static const char *
describe_kind (const Event *event,
               const char *method)
{
  if (event->is_cancelled || g_str_equal (method, "CANCEL"))
    return _ ("Event cancelled");
  if (g_str_equal (method, "REQUEST") || g_str_equal (method, "ADD"))
    return _ ("Invitation");
  if (g_str_equal (method, "REPLY"))
    return describe_answer (event);
  if (g_str_equal (method, "COUNTER"))
    return _ ("Another time is proposed");

  return _ ("Event");
}

static void
append_field (GString *words,
              const char *name,
              const char *value)
{
  if (value != NULL && *value != '\0')
    g_string_append_printf (words, "%s %s\n", name, value);
}

static char *
dup_when (const Event *event)
{
  const char *repeats = event->is_repeated ? _ (", repeated") : "";

  if (event->start == NULL)
    return NULL;
  if (event->end == NULL || g_str_equal (event->start, event->end))
    return g_strconcat (event->start, repeats, NULL);

  return g_strconcat (event->start, " – ", event->end, repeats, NULL);
}

static void
event_describe (const Event *self,
                const char *method,
                GString *words)
{
  g_autofree char *when = dup_when (self);

  g_string_append_printf (words, "%s%s\n", words->len > 0 ? "\n" : "",
                          describe_kind (self, method));
  append_field (words, _ ("What:"), self->summary);
  append_field (words, _ ("When:"), when);
  append_field (words, _ ("Where:"), self->location);
  append_field (words, _ ("From:"), self->organizer);
  append_field (words, _ ("Who:"), self->attendees != NULL ? self->attendees->str : NULL);
}

char *
rst_calendar_to_words (const char *calendar)
{
  GString *words = g_string_new (NULL);
  g_autofree char *method = g_strdup ("");
  g_auto (Event) event = { NULL };
  guint n_events = 0;
  guint depth = 0; /* of elements within an event, as an alarm, which has a summary of its own */
  gboolean is_event = FALSE;

  while (*calendar != '\0' && n_events < MAX_EVENTS)
    {
      g_autofree char *text = dup_line (&calendar);
      g_auto (Line) line = { NULL };

      if (!line_parse (&line, text))
        continue;

      if (g_str_equal (line.name, "BEGIN") && is_event)
        depth++;
      else if (g_str_equal (line.name, "BEGIN"))
        is_event = g_ascii_strcasecmp (line.value, "VEVENT") == 0;
      else if (g_str_equal (line.name, "END") && depth > 0)
        depth--;
      else if (g_str_equal (line.name, "END") && is_event)
        {
          event_describe (&event, method, words);
          event_clear (&event);
          is_event = FALSE;
          n_events++;
        }
      else if (is_event && depth == 0)
        event_read (&event, &line);
      else if (g_str_equal (line.name, "METHOD"))
        {
          g_free (method);
          method = g_ascii_strup (line.value, -1);
        }
    }

  /* Cut off in the middle. */
  if (is_event)
    event_describe (&event, method, words);

  return g_string_free (words, FALSE);
}
