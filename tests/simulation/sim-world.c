/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-world.h"

#include <string.h>

#define MAX_MESSAGES 12

static const char *const statuses[] = {
  "",
  "Status: RO\r\n",
  "Status: O\r\nX-Status: A\r\n",
  "X-Keywords: seen\r\n\tanswered\r\nX-UID: 17\r\nContent-Length: 5\r\n",
};

static void
content_free (gpointer data)
{
  SimContent *self = data;

  g_free (self->header);
  g_free (self->body);
  g_free (self);
}

/* Some messages have no Message-ID, some share all but that with another one, some fold a field,
 * and some bodies have lines that look like the protocol. */
static SimContent *
add_content (SimWorld *self,
             SimRandom *random,
             const SimContent *twin)
{
  static const char *const lines[] = { "", "..dots\r\n", "+OK\r\n", "-ERR no\r\n",
                                       "Status: RO\r\n" };
  SimContent *content = g_new0 (SimContent, 1);
  guint n = self->contents->len;

  content->likeness = twin ? twin->likeness : ++self->next_likeness;
  if (twin)
    content->header = g_strdup (twin->header);
  else if (sim_random_chance (random, 25))
    content->header = g_strdup_printf ("From: cron@example.org\r\nTo: ada@example.org\r\n"
                                       "Subject: report %u\r\nDate: Thu, 12 Nov 2026 09:%02u:00 "
                                       "+0000\r\n",
                                       n, n % 60);
  else
    content->header = g_strdup_printf (
        "Received: from mx.example.org\r\n\tby mail.example.org; Thu, 12 Nov 2026 09:00:00 "
        "+0000\r\nFrom: Bob <bob@example.org>\r\nTo: ada@example.org\r\nSubject: %s\r\n"
        "Date: Thu, 12 Nov 2026 09:00:00 +0000\r\nMessage-ID:%s<%u@example.org>\r\n",
        sim_random_chance (random, 50) ? "the same" : "again", n % 2 ? " " : "\r\n ", n);
  content->body = g_strdup_printf ("Body %u\r\n%s", n,
                                   lines[sim_random_below (random, G_N_ELEMENTS (lines))]);
  g_ptr_array_add (self->contents, content);
  return content;
}

static SimMessage *
insert (SimWorld *self,
        guint position,
        SimContent *content,
        guint uid)
{
  SimMessage *message = g_new0 (SimMessage, 1);

  message->content = content;
  message->uid = uid;
  message->is_there = TRUE;
  g_ptr_array_add (self->all, message);
  g_ptr_array_insert (self->messages, (int)MIN (position, self->messages->len), message);
  return message;
}

static SimMessage *
pick (SimWorld *self,
      SimRandom *random)
{
  return g_ptr_array_index (self->messages, sim_random_below (random, self->messages->len));
}

static guint
pick_place (SimWorld *self,
            SimRandom *random)
{
  return sim_random_below (random, self->messages->len + 1);
}

void
sim_world_remove (SimWorld *self,
                  SimMessage *message)
{
  message->is_there = FALSE;
  g_ptr_array_remove (self->messages, message);
}

static void
delete_anywhere (SimWorld *self,
                 SimRandom *random)
{
  for (guint n = 1 + sim_random_below (random, 2); n > 0 && self->messages->len > 0; n--)
    sim_world_remove (self, pick (self, random));
}

static void
arrive (SimWorld *self,
        SimRandom *random)
{
  insert (self, self->messages->len, add_content (self, random, NULL), self->next_uid++);
}

static void
insert_anywhere (SimWorld *self,
                 SimRandom *random)
{
  insert (self, pick_place (self, random), add_content (self, random, NULL), self->next_uid++);
}

static void
insert_twin (SimWorld *self,
             SimRandom *random)
{
  SimContent *twin = pick (self, random)->content;

  insert (self, pick_place (self, random), add_content (self, random, twin), self->next_uid++);
}

static void
insert_copy (SimWorld *self,
             SimRandom *random)
{
  insert (self, pick_place (self, random), pick (self, random)->content, self->next_uid++);
}

static void
insert_copy_with_uid (SimWorld *self,
                      SimRandom *random)
{
  SimMessage *message = pick (self, random);

  insert (self, pick_place (self, random), message->content, message->uid);
}

static void
insert_twin_with_uid (SimWorld *self,
                      SimRandom *random)
{
  SimMessage *message = pick (self, random);

  insert (self, pick_place (self, random), add_content (self, random, message->content),
          message->uid);
}

static void
reorder (SimWorld *self,
         SimRandom *random)
{
  for (guint i = self->messages->len; i-- > 1;)
    {
      guint j = sim_random_below (random, i + 1);
      gpointer *items = self->messages->pdata;
      gpointer item = items[i];

      items[i] = items[j];
      items[j] = item;
    }
}

static void
turn_round (SimWorld *self,
            SimRandom *random)
{
  gpointer *items = self->messages->pdata;

  for (guint i = 0, j = self->messages->len; i + 1 < j; i++)
    {
      gpointer item = items[i];

      items[i] = items[--j];
      items[j] = item;
    }
}

static void
change_all_uids (SimWorld *self,
                 SimRandom *random)
{
  for (guint i = 0; i < self->messages->len; i++)
    ((SimMessage *)g_ptr_array_index (self->messages, i))->uid = self->next_uid++;
}

static void
back_up (SimWorld *self,
         SimRandom *random)
{
  g_ptr_array_set_size (self->backup, 0);
  for (guint i = 0; i < self->messages->len; i++)
    g_ptr_array_add (self->backup, g_ptr_array_index (self->messages, i));
}

/* What came later is lost, and what was deleted is back. */
static void
restore (SimWorld *self,
         SimRandom *random)
{
  while (self->messages->len > 0)
    sim_world_remove (self, g_ptr_array_index (self->messages, 0));
  for (guint i = 0; i < self->backup->len; i++)
    {
      SimMessage *message = g_ptr_array_index (self->backup, i);

      message->is_there = TRUE;
      g_ptr_array_add (self->messages, message);
    }
}

static void
restore_with_uids (SimWorld *self,
                   SimRandom *random)
{
  restore (self, random);
  change_all_uids (self, random);
}

static void
change_fields (SimWorld *self,
               SimRandom *random)
{
  for (guint i = 0; i < self->messages->len; i++)
    if (sim_random_chance (random, 50))
      ((SimMessage *)g_ptr_array_index (self->messages, i))->status =
          sim_random_below (random, G_N_ELEMENTS (statuses));
}

static void
swap_uids (SimWorld *self,
           SimRandom *random)
{
  SimMessage *a = pick (self, random);
  SimMessage *b = pick (self, random);
  guint uid = a->uid;

  a->uid = b->uid;
  b->uid = uid;
}

static void
reuse_uid (SimWorld *self,
           SimRandom *random)
{
  SimMessage *message = pick (self, random);
  guint place = pick_place (self, random);

  sim_world_remove (self, message);
  insert (self, place, add_content (self, random, NULL), message->uid);
}

static void
give_uid_away (SimWorld *self,
               SimRandom *random)
{
  SimMessage *a = pick (self, random);
  SimMessage *b = pick (self, random);

  b->uid = a->uid;
  a->uid = self->next_uid++;
}

static void
drop_uidl (SimWorld *self,
           SimRandom *random)
{
  self->has_uidl = !self->has_uidl;
}

static void
drop_top (SimWorld *self,
          SimRandom *random)
{
  self->has_top = !self->has_top;
}

typedef struct
{
  const char *name;
  void (*happen) (SimWorld *self,
                  SimRandom *random);
  guint weight;
  gboolean needs_messages;
} Change;

static const Change changes[] = {
  { "delete anywhere", delete_anywhere, 6, TRUE },
  { "arrive", arrive, 5, FALSE },
  { "insert anywhere", insert_anywhere, 3, FALSE },
  { "insert a twin", insert_twin, 3, TRUE },
  { "insert a copy", insert_copy, 2, TRUE },
  { "insert a copy with the same UID", insert_copy_with_uid, 2, TRUE },
  { "insert a twin with the same UID", insert_twin_with_uid, 2, TRUE },
  { "reorder", reorder, 3, TRUE },
  { "turn round", turn_round, 1, TRUE },
  { "back up", back_up, 3, FALSE },
  { "restore", restore, 2, FALSE },
  { "restore with other UIDs", restore_with_uids, 1, FALSE },
  { "change volatile fields", change_fields, 3, FALSE },
  { "change all UIDs", change_all_uids, 2, FALSE },
  { "swap UIDs", swap_uids, 2, TRUE },
  { "reuse a UID", reuse_uid, 2, TRUE },
  { "give a UID away", give_uid_away, 1, TRUE },
  { "drop or restore UIDL", drop_uidl, 1, FALSE },
  { "drop or restore TOP", drop_top, 1, FALSE },
};

static const Change *
choose (SimRandom *random)
{
  guint total = 0;
  guint left;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    total += changes[i].weight;
  left = sim_random_below (random, total);
  for (guint i = 0;; left -= changes[i++].weight)
    if (left < changes[i].weight)
      return &changes[i];
}

const char *
sim_world_change (SimWorld *self,
                  SimRandom *random)
{
  const Change *change = choose (random);

  if (change->needs_messages && self->messages->len == 0)
    return "nothing";
  change->happen (self, random);
  while (self->messages->len > MAX_MESSAGES)
    sim_world_remove (self, pick (self, random));
  return change->name;
}

void
sim_world_disturb (SimWorld *self,
                   SimRandom *random)
{
  if (self->messages->len == 0)
    return;
  if (sim_random_chance (random, 70))
    sim_world_remove (self, pick (self, random));
  else
    change_fields (self, random);
}

const char *
sim_message_get_status (const SimMessage *self)
{
  return statuses[self->status];
}

guint
sim_content_get_size (const SimContent *self)
{
  return 100 + (guint)strlen (self->body);
}

gboolean
sim_content_is_equal (const SimContent *self,
                      const char *bytes,
                      gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *text = g_strconcat (self->header, statuses[i], "\r\n", self->body, NULL);

      if (length == strlen (text) && memcmp (bytes, text, length) == 0)
        return TRUE;
    }
  return FALSE;
}

static SimWorld *
world_new (void)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  self->messages = g_ptr_array_new ();
  self->backup = g_ptr_array_new ();
  self->all = g_ptr_array_new_with_free_func (g_free);
  self->contents = g_ptr_array_new_with_free_func (content_free);
  self->next_uid = 1;
  return self;
}

SimWorld *
sim_world_new_plain (guint n,
                     gboolean can_pipeline)
{
  SimWorld *self = world_new ();
  SimRandom random = sim_random_make (1, 1);

  self->has_uidl = self->has_top = self->has_capa = self->locks = TRUE;
  self->can_pipeline = can_pipeline;
  for (; n > 0; n--)
    arrive (self, &random);
  return self;
}

SimWorld *
sim_world_new (SimRandom *random)
{
  SimWorld *self = world_new ();

  self->has_uidl = sim_random_chance (random, 80);
  self->has_top = sim_random_chance (random, 92);
  self->has_capa = sim_random_chance (random, 85);
  self->can_pipeline = sim_random_chance (random, 60);
  self->locks = sim_random_chance (random, 60);
  for (guint n = sim_random_below (random, 8); n > 0; n--)
    arrive (self, random);
  if (self->messages->len > 0 && sim_random_chance (random, 40))
    insert_twin (self, random);
  if (self->messages->len > 0 && sim_random_chance (random, 30))
    insert_copy (self, random);
  return self;
}

void
sim_world_free (SimWorld *self)
{
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->backup);
  g_ptr_array_unref (self->all);
  g_ptr_array_unref (self->contents);
  g_free (self);
}
