/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-state"

#include "config.h"

#include "rst-demo-state.h"

#include <string.h>

/* A server that runs for weeks keeps the end of its log. */
#define MAX_LOG (16 * 1024 * 1024)
/* Clients may send any word; so many different ones are counted. */
#define MAX_VERBS 100

RstDemoState *
rst_demo_state_new (void)
{
  RstDemoState *self = g_new0 (RstDemoState, 1);

  g_mutex_init (&self->mutex);
  self->maildrop = rst_demo_maildrop_new ();
  self->faults = rst_demo_faults_new ();
  self->user = g_strdup ("demo");
  self->password = g_strdup ("demo");
  self->log = g_string_new (NULL);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rst_demo_state_free (RstDemoState *self)
{
  rst_demo_maildrop_free (self->maildrop);
  rst_demo_faults_unref (self->faults);
  g_free (self->user);
  g_free (self->password);
  g_string_free (self->log, TRUE);
  g_hash_table_unref (self->counts);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

RstDemoFaults *
rst_demo_state_ref_faults (RstDemoState *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return rst_demo_faults_ref (self->faults);
}

static void
count_verb (RstDemoState *self,
            const char *verb)
{
  gpointer key;
  gpointer count;

  if (g_hash_table_lookup_extended (self->counts, verb, &key, &count))
    g_hash_table_insert (self->counts,
                         g_strdup (verb),
                         GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
  else if (g_hash_table_size (self->counts) < MAX_VERBS)
    g_hash_table_insert (self->counts, g_strdup (verb), GUINT_TO_POINTER (1));
}

static void
append_command (GString *log,
                const char *verb,
                const char *argument)
{
  const char *blank = strchr (argument, ' ');

  g_string_append (log, verb);
  if (g_str_equal (verb, "PASS"))
    g_string_append (log, " ***");
  else if (g_str_equal (verb, "APOP") && blank != NULL)
    g_string_append_printf (log, " %.*s ***", (int)(blank - argument), argument);
  else if (*argument != '\0')
    g_string_append_printf (log, " %s", argument);
  g_string_append_c (log, '\n');
}

void
rst_demo_state_record (RstDemoState *self,
                       const char *verb,
                       const char *argument)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  count_verb (self, verb);
  append_command (self->log, verb, argument);
  if (self->log->len > MAX_LOG)
    {
      const char *middle = strchr (self->log->str + MAX_LOG / 2, '\n');

      g_string_erase (self->log, 0, middle + 1 - self->log->str);
    }
}

static gboolean
is_digest (const char *timestamp,
           const char *password,
           const char *digest)
{
  g_autofree char *text = g_strconcat (timestamp, password, NULL);
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);

  return g_str_equal (expected, digest);
}

gboolean
rst_demo_state_is_user (RstDemoState *self,
                        const char *user,
                        const char *password,
                        const char *timestamp,
                        const char *digest)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!g_str_equal (user, self->user))
    return FALSE;
  if (password != NULL)
    return g_str_equal (password, self->password);
  return is_digest (timestamp, self->password, digest);
}

RstDemoView *
rst_demo_state_log_in (RstDemoState *self,
                       const RstDemoFaults *faults,
                       gboolean shows_read)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->n_logins > 0 && rst_demo_faults_has (faults, RST_DEMO_FAULT_LOCK))
    return NULL;
  self->n_logins++;
  return rst_demo_view_new (self->maildrop, faults, shows_read);
}

void
rst_demo_state_log_out (RstDemoState *self,
                        RstDemoView *view,
                        gboolean is_update,
                        RstDemoCommit commit)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (is_update)
    rst_demo_view_commit (view, self->maildrop, commit);
  rst_demo_view_free (view);
  self->n_logins--;
}

GBytes *
rst_demo_state_ref_content (RstDemoState *self,
                            const RstDemoEntry *entry)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return entry->is_gone ? NULL : g_bytes_ref (entry->content);
}

static GBytes *
make_replacement (guint position)
{
  char *text = g_strdup_printf ("From: Another Client <another@example.net>\n"
                                "To: demo@example.org\n"
                                "Subject: Put in the place of message %u\n"
                                "Date: Mon, 23 Nov 2026 09:00:00 +0000\n"
                                "Message-ID: <replacement-%u@example.net>\n"
                                "\n"
                                "Another message stands here now.\n",
                                position + 1,
                                position + 1);

  return g_bytes_new_take (text, strlen (text));
}

static void
change_maildrop (RstDemoMaildrop *maildrop,
                 gboolean is_delete,
                 const char *numbers)
{
  g_auto (GStrv) items = g_strsplit (numbers, ",", -1);

  for (guint i = 0; items[i] != NULL; i++)
    {
      guint position = (guint)g_ascii_strtoull (items[i], NULL, 10) - 1;
      RstDemoEntry *entry = rst_demo_maildrop_get (maildrop, position);
      g_autoptr (GBytes) replacement = make_replacement (position);

      if (entry == NULL)
        continue;
      if (is_delete)
        entry->is_gone = TRUE;
      else
        rst_demo_maildrop_replace (maildrop, position, replacement);
    }
  rst_demo_maildrop_sweep (maildrop);
}

void
rst_demo_state_change_before (RstDemoState *self,
                              const char *verb)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const char *change = rst_demo_faults_get_text (self->faults, RST_DEMO_FAULT_CHANGE_BEFORE);
  g_auto (GStrv) parts = change != NULL ? g_strsplit (change, ":", 3) : NULL;
  RstDemoFaults *faults;

  if (parts == NULL || g_ascii_strcasecmp (parts[0], verb) != 0)
    return;
  change_maildrop (self->maildrop, g_str_equal (parts[1], "delete"), parts[2]);
  faults = rst_demo_faults_copy (self->faults);
  rst_demo_faults_unset (faults, RST_DEMO_FAULT_CHANGE_BEFORE);
  rst_demo_faults_unref (self->faults);
  self->faults = faults;
}
