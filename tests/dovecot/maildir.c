/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "maildir"

#include "config.h"

#include "maildir.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Seconds since 1970 of message 0, in its name and in its Date: 1 January 2026, 0:00 UTC. */
#define START 1767225600
#define STEP 3600

/* No test has as many messages. */
#define MAX_NUMBER 10000

#define SUBJECT "Subject: Message "

struct _Maildir
{
  char *path;
  uid_t owner;
  gid_t group;
};

static void
make_folder (Maildir *self,
             const char *path)
{
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  if (getuid () == 0)
    g_assert_cmpint (chown (path, self->owner, self->group), ==, 0);
}

Maildir *
maildir_new (const char *path,
             uid_t owner,
             gid_t group)
{
  static const char *const folders[] = { "new", "cur", "tmp" };
  Maildir *self = g_new0 (Maildir, 1);

  self->path = g_strdup (path);
  self->owner = owner;
  self->group = group;
  make_folder (self, path);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (path, folders[i], NULL);

      make_folder (self, folder);
    }

  return self;
}

void
maildir_free (Maildir *self)
{
  g_free (self->path);
  g_free (self);
}

static void
write_file (const char *path,
            const char *text)
{
  FILE *file = g_fopen (path, "w");

  /* Not through a temporary file, which another owner's folder may not like. */
  g_assert_nonnull (file);
  g_assert_cmpint (fputs (text, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

char *
maildir_dup_text (guint number)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (START + number * STEP);
  g_autofree char *when = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S +0000");

  return g_strdup_printf ("Return-Path: <sender%u@example.org>\n"
                          "Received: from mx.example.org by mail.example.net with ESMTPS\n"
                          "\tid R%05u; %s\n"
                          "From: Sender %u <sender%u@example.org>\n"
                          "To: Ada <ada@example.net>\n" SUBJECT "%u\n"
                          "Date: %s\n"
                          "Message-ID: <%u@example.org>\n"
                          "\n"
                          "This is message %u.\n"
                          ".\n"
                          "..A dot begins these two lines.\n",
                          number, number, when, number, number, number, when, number, number);
}

char *
maildir_dup_wire_text (guint number)
{
  g_autofree char *text = maildir_dup_text (number);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\r\n", lines);
}

/* The server numbers new messages by the time in their names. */
static char *
dup_new_path (Maildir *self,
              guint number)
{
  return g_strdup_printf ("%s/new/%u.M%uP1.localhost", self->path, START + number * STEP, number);
}

void
maildir_add_text (Maildir *self,
                  guint number,
                  const char *text)
{
  g_autofree char *path = dup_new_path (self, number);

  write_file (path, text);
}

void
maildir_add (Maildir *self,
             guint first,
             guint last)
{
  for (guint number = first; number <= last; number++)
    {
      g_autofree char *text = maildir_dup_text (number);

      maildir_add_text (self, number, text);
    }
}

static GPtrArray *
list_files (Maildir *self)
{
  static const char *const folders[] = { "new", "cur" };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (self->path, folders[i], NULL);
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      g_assert_nonnull (folder);
      while ((name = g_dir_read_name (folder)))
        g_ptr_array_add (paths, g_build_filename (path, name, NULL));
    }

  return paths;
}

/* FALSE when the file has another name by now: a session that ends gives its messages flags. */
static gboolean
read_number (const char *path,
             guint *number)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  const char *subject;

  if (!g_file_get_contents (path, &text, NULL, &error))
    {
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
      return FALSE;
    }
  subject = strstr (text, SUBJECT);
  g_assert_nonnull (subject);
  *number = (guint)g_ascii_strtoull (subject + strlen (SUBJECT), NULL, 10);
  return TRUE;
}

/* The files with their numbers, from one moment in which all of them were there. */
static GPtrArray *
list_numbers (Maildir *self,
              GArray *numbers)
{
  while (TRUE)
    {
      g_autoptr (GPtrArray) paths = list_files (self);
      guint number;

      g_array_set_size (numbers, 0);
      while (numbers->len < paths->len &&
             read_number (g_ptr_array_index (paths, numbers->len), &number))
        g_array_append_val (numbers, number);
      if (numbers->len == paths->len)
        return g_steal_pointer (&paths);
    }
}

static char *
find_file (Maildir *self,
           guint number)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) paths = list_numbers (self, numbers);

  for (guint i = 0; i < paths->len; i++)
    if (g_array_index (numbers, guint, i) == number)
      return g_strdup (g_ptr_array_index (paths, i));

  g_error ("there is no message %u in %s", number, self->path);
}

void
maildir_remove (Maildir *self,
                guint number)
{
  gboolean is_gone = FALSE;

  while (!is_gone)
    {
      g_autofree char *path = find_file (self, number);

      is_gone = g_remove (path) == 0;
    }
}

void
maildir_replace (Maildir *self,
                 guint number,
                 guint other_number)
{
  g_autofree char *path = find_file (self, number);
  g_autofree char *text = maildir_dup_text (other_number);

  write_file (path, text);
}

void
maildir_turn_round (Maildir *self)
{
  static const char *const notes[] = { "dovecot-uidlist", "dovecot.index", "dovecot.index.cache",
                                       "dovecot.index.log", "dovecot.index.log.2" };
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) paths = list_numbers (self, numbers);

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    {
      g_autofree char *note = g_build_filename (self->path, notes[i], NULL);

      g_remove (note);
    }
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      guint number = g_array_index (numbers, guint, i);
      g_autofree char *new_path = dup_new_path (self, MAX_NUMBER - number);

      g_assert_cmpint (g_rename (path, new_path), ==, 0);
    }
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint left = *(const guint *)a;
  guint right = *(const guint *)b;

  return (left > right) - (left < right);
}

char *
maildir_describe (Maildir *self)
{
  g_autoptr (GArray) numbers = g_array_new (TRUE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) paths = list_numbers (self, numbers);
  GString *text = g_string_new (NULL);

  g_array_sort (numbers, compare_numbers);

  for (guint i = 0, end; i < numbers->len; i = end + 1)
    {
      guint first = g_array_index (numbers, guint, i);

      end = i;
      while (end + 1 < numbers->len &&
             g_array_index (numbers, guint, end + 1) == first + (end + 1 - i))
        end++;
      g_string_append_printf (text, "%s%u", text->len > 0 ? " " : "", first);
      if (end > i)
        g_string_append_printf (text, "-%u", g_array_index (numbers, guint, end));
    }

  return g_string_free (text, FALSE);
}

void
maildir_expect (Maildir *self,
                const char *expected)
{
  g_autofree char *description = maildir_describe (self);

  g_assert_cmpstr (description, ==, expected);
}
