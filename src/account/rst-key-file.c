/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-key-file"

#include "config.h"

#include "rst-key-file.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-accounts-file.h"
#include "rst-key-file-private.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Characters of a value that an error text shows. */
#define MAX_QUOTED_LENGTH 60

static void
line_free (RstKeyFileLine *line)
{
  g_free (line->text);
  g_free (line->group);
  g_free (line->key);
  g_free (line);
}

static void
set_line_error (GError **error,
                guint line,
                const char *reason)
{
  /* Translators: the first is a line number, the second the reason why the line is wrong. */
  g_set_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT,
               _ ("line %u: %s"), line, reason);
}

static gboolean
check_encoding (const char *text,
                gsize length,
                GError **error)
{
  const char *bad;
  guint line = 1;

  if (g_utf8_validate_len (text, length, &bad))
    return TRUE;
  for (const char *p = text; p < bad; p++)
    line += *p == '\n';
  set_line_error (error, line, _ ("not valid UTF-8 text"));
  return FALSE;
}

static const char *
describe_parse_error (const GError *error)
{
  if (g_error_matches (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND))
    return _ ("a setting before the first [account]");
  if (g_error_matches (error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_UNKNOWN_ENCODING))
    return _ ("names an encoding other than UTF-8");
  return _ ("neither an [account], nor “key = value”, nor a “#” comment");
}

/* GKeyFile does not say where it stopped. It stops at the first fault, so the shortest beginning of
 * the file that it refuses ends with the faulty line. */
static guint
find_bad_line (const char *text,
               const GPtrArray *lines)
{
  guint good = 0;
  guint bad = lines->len;

  while (bad - good > 1)
    {
      g_autoptr (GKeyFile) settings = g_key_file_new ();
      guint middle = good + (bad - good) / 2;
      gsize length = 0;

      for (guint i = 0; i < middle; i++)
        length += strlen (((const RstKeyFileLine *)lines->pdata[i])->text);
      if (g_key_file_load_from_data (settings, text, length, G_KEY_FILE_KEEP_TRANSLATIONS, NULL))
        good = middle;
      else
        bad = middle;
    }
  return bad;
}

static GPtrArray *
split_lines (const char *text,
             gsize length)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify)line_free);
  gsize start = 0;

  while (start < length)
    {
      const char *newline = memchr (text + start, '\n', length - start);
      gsize end = newline != NULL ? (gsize)(newline - text) + 1 : length;
      RstKeyFileLine *line = g_new0 (RstKeyFileLine, 1);

      line->text = g_strndup (text + start, end - start);
      g_ptr_array_add (lines, line);
      start = end;
    }
  return lines;
}

static void
disown_comments_above (GPtrArray *lines,
                       guint heading)
{
  for (guint i = heading; i > 0; i--)
    {
      RstKeyFileLine *line = lines->pdata[i - 1];

      if (line->text[0] != '#')
        break;
      g_clear_pointer (&line->group, g_free);
    }
}

/* Says of each line what it is, as GKeyFile has found it. */
static void
classify_lines (GPtrArray *lines)
{
  const char *group = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      RstKeyFileLine *line = lines->pdata[i];
      const char *start = line->text;

      while (g_ascii_isspace (*start))
        start++;
      if (*start == '[')
        {
          line->group = g_strndup (start + 1, strcspn (start + 1, "]"));
          line->is_heading = TRUE;
          group = line->group;
          disown_comments_above (lines, i);
          continue;
        }
      line->group = g_strdup (group);
      if (*start != '\0' && *start != '#')
        line->key = g_strchomp (g_strndup (start, strcspn (start, "=")));
    }
}

static char *
describe_repetition (const RstKeyFileLine *line)
{
  g_autofree char *group = rst_key_file_quote (line->group);
  g_autofree char *key = NULL;

  if (line->key == NULL)
    return g_strdup_printf (_ ("account “%s” is there a second time"), group);
  key = rst_key_file_quote (line->key);
  /* Translators: the first is a setting, as “port”, the second the name of an account. */
  return g_strdup_printf (_ ("“%s” is set a second time for account “%s”"), key, group);
}

static gboolean
check_repetitions (const GPtrArray *lines,
                   GError **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < lines->len; i++)
    {
      const RstKeyFileLine *line = lines->pdata[i];
      g_autofree char *reason = NULL;

      if (line->is_heading)
        g_hash_table_remove_all (keys);
      else if (line->key == NULL)
        continue;
      if (line->key != NULL ? g_hash_table_add (keys, line->key)
                            : g_hash_table_add (groups, line->group))
        continue;
      reason = describe_repetition (line);
      set_line_error (error, i + 1, reason);
      return FALSE;
    }
  return TRUE;
}

RstKeyFile *
rst_key_file_parse (const char *text,
                    gsize length,
                    GError **error)
{
  g_autoptr (RstKeyFile) self = NULL;
  g_autoptr (GError) parse_error = NULL;

  if (length >= strlen (BYTE_ORDER_MARK) &&
      memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    {
      text += strlen (BYTE_ORDER_MARK);
      length -= strlen (BYTE_ORDER_MARK);
    }
  if (!check_encoding (text, length, error))
    return NULL;

  self = g_new0 (RstKeyFile, 1);
  self->settings = g_key_file_new ();
  self->lines = split_lines (text, length);
  self->line_end = g_strstr_len (text, length, "\r\n") != NULL ? "\r\n" : "\n";
  if (!g_key_file_load_from_data (self->settings, text, length, G_KEY_FILE_KEEP_TRANSLATIONS,
                                  &parse_error))
    {
      set_line_error (error, find_bad_line (text, self->lines),
                      describe_parse_error (parse_error));
      return NULL;
    }
  classify_lines (self->lines);
  if (!check_repetitions (self->lines, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rst_key_file_free (RstKeyFile *self)
{
  g_return_if_fail (self != NULL);

  g_key_file_unref (self->settings);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

char *
rst_key_file_dup_text (const RstKeyFile *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (NULL);
  for (guint i = 0; i < self->lines->len; i++)
    g_string_append (text, ((const RstKeyFileLine *)self->lines->pdata[i])->text);
  return g_string_free (text, FALSE);
}

char **
rst_key_file_dup_groups (const RstKeyFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_key_file_get_groups (self->settings, NULL);
}

gboolean
rst_key_file_has_group (const RstKeyFile *self,
                        const char *group)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_key_file_has_group (self->settings, group);
}

gboolean
rst_key_file_has_key (const RstKeyFile *self,
                      const char *group,
                      const char *key)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_key_file_has_key (self->settings, group, key, NULL);
}

char *
rst_key_file_dup_raw (const RstKeyFile *self,
                      const char *group,
                      const char *key)
{
  char *raw;

  g_return_val_if_fail (self != NULL, NULL);

  raw = g_key_file_get_value (self->settings, group, key, NULL);
  return raw != NULL ? g_strchomp (raw) : NULL;
}

/* As GKeyFile undoes them, but it warns of an error of its own when two sequences are bad. */
static char *
undo_escapes (const char *raw)
{
  static const char letters[] = "sntr\\";
  static const char meanings[] = " \n\t\r\\";
  g_autoptr (GString) value = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p++)
    {
      const char *letter;

      if (*p != '\\')
        {
          g_string_append_c (value, *p);
          continue;
        }
      p++;
      letter = *p != '\0' ? strchr (letters, *p) : NULL;
      if (letter == NULL)
        return NULL;
      g_string_append_c (value, meanings[letter - letters]);
    }
  return g_strdup (value->str);
}

char *
rst_key_file_dup_string (const RstKeyFile *self,
                         const char *group,
                         const char *key)
{
  g_autofree char *raw = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  raw = rst_key_file_dup_raw (self, group, key);
  return raw != NULL ? undo_escapes (raw) : NULL;
}

static RstKeyFileLine *
insert_line (RstKeyFile *self,
             guint index,
             const char *group,
             const char *key,
             const char *text)
{
  RstKeyFileLine *line = g_new0 (RstKeyFileLine, 1);

  line->text = g_strconcat (text, self->line_end, NULL);
  line->group = g_strdup (group);
  line->key = g_strdup (key);
  g_ptr_array_insert (self->lines, index, line);
  return line;
}

static void
append_group (RstKeyFile *self,
              const char *group)
{
  g_autofree char *heading = g_strdup_printf ("[%s]", group);

  if (self->lines->len > 0)
    {
      const RstKeyFileLine *last = self->lines->pdata[self->lines->len - 1];

      if (last->text[strspn (last->text, " \t\r\n")] != '\0')
        insert_line (self, self->lines->len, last->group, NULL, "");
    }
  insert_line (self, self->lines->len, group, NULL, heading)->is_heading = TRUE;
}

/* Returns: where a new key of @group is to be put: behind its last key, or its heading. */
static guint
find_end_of_keys (const RstKeyFile *self,
                  const char *group)
{
  guint end = self->lines->len;

  while (end > 0)
    {
      const RstKeyFileLine *line = self->lines->pdata[end - 1];

      if (g_strcmp0 (line->group, group) == 0 && (line->key != NULL || line->is_heading))
        break;
      end--;
    }
  return end;
}

static gboolean
find_key (const RstKeyFile *self,
          const char *group,
          const char *key,
          guint *index)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      const RstKeyFileLine *line = self->lines->pdata[i];

      if (g_strcmp0 (line->group, group) == 0 && g_strcmp0 (line->key, key) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* A last line without an end would swallow the one that is put behind it. */
void
rst_key_file_end_last_line (RstKeyFile *self)
{
  RstKeyFileLine *last;
  char *text;

  if (self->lines->len == 0)
    return;
  last = self->lines->pdata[self->lines->len - 1];
  if (g_str_has_suffix (last->text, "\n"))
    return;
  text = g_strconcat (last->text, self->line_end, NULL);
  g_free (last->text);
  last->text = text;
}

/* Returns: (transfer full): @raw, which is taken, with the blanks at its end escaped. */
static char *
protect_end (char *raw)
{
  g_autofree char *blanks = g_strdup (raw);
  GString *text = g_string_new (g_strchomp (raw));

  for (const char *p = blanks + text->len; *p != '\0'; p++)
    g_string_append (text, *p == '\t' ? "\\t" : "\\s");
  g_free (raw);
  return g_string_free (text, FALSE);
}

void
rst_key_file_set_string (RstKeyFile *self,
                         const char *group,
                         const char *key,
                         const char *value)
{
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;
  guint index;

  g_return_if_fail (self != NULL && value != NULL);

  rst_key_file_end_last_line (self);
  if (!g_key_file_has_group (self->settings, group))
    append_group (self, group);
  g_key_file_set_string (self->settings, group, key, value);
  raw = protect_end (g_key_file_get_value (self->settings, group, key, NULL));
  g_key_file_set_value (self->settings, group, key, raw);
  text = g_strdup_printf ("%s=%s", key, raw);

  if (find_key (self, group, key, &index))
    g_ptr_array_remove_index (self->lines, index);
  else
    index = find_end_of_keys (self, group);
  insert_line (self, index, group, key, text);
}

void
rst_key_file_remove_key (RstKeyFile *self,
                         const char *group,
                         const char *key)
{
  guint index;

  g_return_if_fail (self != NULL);

  g_key_file_remove_key (self->settings, group, key, NULL);
  if (find_key (self, group, key, &index))
    g_ptr_array_remove_index (self->lines, index);
}

void
rst_key_file_remove_group (RstKeyFile *self,
                           const char *group)
{
  g_return_if_fail (self != NULL);

  g_key_file_remove_group (self->settings, group, NULL);
  for (guint i = self->lines->len; i > 0; i--)
    {
      const RstKeyFileLine *line = self->lines->pdata[i - 1];

      if (g_strcmp0 (line->group, group) == 0)
        g_ptr_array_remove_index (self->lines, i - 1);
    }
}

void
rst_key_file_read_lines (RstKeyFile *self)
{
  g_autofree char *text = rst_key_file_dup_text (self);

  g_key_file_unref (self->settings);
  self->settings = g_key_file_new ();
  g_key_file_load_from_data (self->settings, text, strlen (text), G_KEY_FILE_KEEP_TRANSLATIONS,
                             NULL);
}

char *
rst_key_file_quote (const char *text)
{
  g_autofree char *valid = NULL;
  GString *quoted;
  guint length = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  quoted = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (length++ == MAX_QUOTED_LENGTH)
        {
          g_string_append (quoted, "…");
          break;
        }
      g_string_append_unichar (quoted, g_unichar_isprint (c) ? c : 0xfffd);
    }
  return g_string_free (quoted, FALSE);
}
