/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fetcher/rst-sync-error.h"
#include "mailbox/rst-mailbox.h"
#include "sim-doubts.h"
#include "sim-judge.h"
#include "sim-transport.h"

/* The program itself, from its mailbox down to the socket. */

/* What a row is about: @content, NULL where its headers came as garbage; @uid, @number: its name
 * when that was last looked at; @has_body: whether the program knew its body then. */
typedef struct
{
  const SimContent *content;
  guint uid;
  guint number;
  gboolean has_body;
} Meaning;

typedef struct
{
  SimRun *run;
  SimVerdict *verdict;
  RstMailbox *mailbox;
  char *folder;
  guint fetch_limit;
  guint keep_session;
  gboolean has_top;
  gboolean allow_download;
  guint n_questions;

  /* RstMessageItem to Meaning, settled when its headers came. */
  GHashTable *meanings;
  SimDoubts *doubts;
  GAsyncResult *result;
} Restante;

/* A schedule opens its databases several times and lasts for milliseconds: what SQLite counts and
 * locks for a program of many threads, and memory that goes back to the system at once, take a
 * third of that. */
static void
save_time (void)
{
  sqlite3_config (SQLITE_CONFIG_MULTITHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  mallopt (M_MMAP_THRESHOLD, 64 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
}

char *
sim_client_begin (void)
{
  char *folder = g_strdup ("/dev/shm/restante-simulation-XXXXXX");

  save_time ();
  if (!g_mkdtemp (folder))
    {
      g_free (folder);
      folder = g_dir_make_tmp ("restante-simulation-XXXXXX", NULL);
    }
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", TRUE);
  return folder;
}

/* Whoever is asked a third time dismisses the question. */
static void
ask_password (RstMailbox *mailbox,
              const char *reason,
              gpointer user_data)
{
  Restante *self = user_data;
  SecretValue *password = ++self->n_questions < 3 ? rst_password_new ("secret") : NULL;

  rst_mailbox_answer_password (mailbox, password, FALSE);
  g_clear_pointer (&password, secret_value_unref);
}

static void
ask_download (RstMailbox *mailbox,
              guint n_messages,
              guint64 size,
              gpointer user_data)
{
  Restante *self = user_data;

  rst_mailbox_answer_download (mailbox, self->allow_download);
}

static const RstMailboxFrontEnd front_end = { ask_password, ask_download };

static void
done_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  Restante *self = user_data;

  g_set_object (&self->result, result);
}

/* Returns: (transfer full): the result of the last operation that was begun. */
static GAsyncResult *
wait_for_result (Restante *self)
{
  GAsyncResult *result;

  while (!self->result || rst_mailbox_get_is_busy (self->mailbox))
    g_main_context_iteration (NULL, TRUE);
  self->n_questions = 0;
  result = g_steal_pointer (&self->result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  sim_transport_cancel_at (0, NULL);
  sim_transport_settle ();
  return result;
}

static GCancellable *
maybe_cancel (Restante *self,
              SimRandom *random)
{
  GCancellable *cancellable;

  if (self->run->is_plain || !sim_random_chance (random, 12))
    return NULL;
  cancellable = g_cancellable_new ();
  sim_transport_cancel_at (sim_random_below (random, 24), cancellable);
  return cancellable;
}

static void
begin (Restante *self)
{
  g_autoptr (RstAccount) account = rst_account_new ("simulation", "model", "ada");
  g_autoptr (GAsyncResult) result = NULL;

  account->security =
      self->run->certificate_pin ? RST_POP3_SECURITY_TLS : RST_POP3_SECURITY_NONE;
  account->certificate_pin = g_strdup (self->run->certificate_pin);
  account->state_folder = g_strdup (self->folder);
  account->fetch_limit = self->fetch_limit;
  account->keep_session = self->keep_session;
  account->has_top = self->has_top;
  self->mailbox = rst_mailbox_new (account);
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  rst_index_set_sort (rst_mailbox_get_index (self->mailbox), RST_SORT_SERVER, FALSE);
  rst_mailbox_open_async (self->mailbox, NULL, done_cb, self);
  result = wait_for_result (self);
  rst_mailbox_open_finish (self->mailbox, result, NULL);
}

static void
end (Restante *self)
{
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_assert_finalize_object (g_steal_pointer (&self->mailbox));
  sim_transport_settle ();
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_files (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static gpointer
restante_start (SimRun *run,
                SimVerdict *verdict)
{
  SimRandom random = sim_run_random (run, 5);
  Restante *self = g_new0 (Restante, 1);

  self->run = run;
  self->verdict = verdict;
  self->folder = g_strdup_printf ("%s/%u", g_get_user_runtime_dir (), (guint)getpid ());
  self->has_top = self->allow_download = TRUE;
  if (!run->is_plain)
    {
      self->fetch_limit = sim_random_chance (&random, 20) ? 4 : 0;
      self->keep_session = sim_random_chance (&random, 30) ? 15 : 0;
      self->has_top = sim_random_chance (&random, 92);
      self->allow_download = sim_random_chance (&random, 60);
    }
  self->meanings = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->doubts = sim_doubts_new (run, verdict, self->folder);
  sim_transport_begin (run);
  begin (self);
  return self;
}

static void
restante_stop (gpointer data)
{
  Restante *self = data;

  end (self);
  sim_transport_begin (NULL);
  remove_files (self->folder);
  g_hash_table_unref (self->meanings);
  sim_doubts_free (self->doubts);
  g_free (self->folder);
  g_free (self);
}

static guint
restante_count (gpointer data)
{
  Restante *self = data;

  return rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox));
}

static const RstIdentity *
identity_of (RstMessageItem *item)
{
  return rst_message_item_get_header (item)->identity;
}

static guint
uid_of (const RstIdentity *identity)
{
  guint uid = 0;

  if (identity->uid)
    sscanf (identity->uid, "uid%u", &uid);
  return uid;
}

static gboolean
has_headers_of (const RstIdentity *identity,
                const SimContent *content)
{
  g_autofree char *block = g_strconcat (content->header, "\r\n", NULL);
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (block, strlen (block));

  return identity->digest && rst_header_digest_match_retr (identity->digest, digest);
}

static gboolean
is_garbled (Restante *self)
{
  for (guint i = 0; i < self->run->sessions->len; i++)
    if (((SimSession *)g_ptr_array_index (self->run->sessions, i))->is_garbled)
      return TRUE;
  return FALSE;
}

/* A row that is new was listed by a session of this step; the newest that fits it is the one. */
static const SimContent *
find_meaning (Restante *self,
              const RstIdentity *identity)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->run->sessions, i);
      SimRow *row;

      if (!session->is_listed || identity->number > session->rows->len)
        continue;
      row = &g_array_index (session->rows, SimRow, identity->number - 1);
      if (row->is_listed && row->is_seen && (!identity->uid || row->uid == uid_of (identity)) &&
          has_headers_of (identity, row->message->content))
        return row->message->content;
    }
  return NULL;
}

static void
set_meaning (Restante *self,
             RstMessageItem *item,
             const SimContent *content)
{
  Meaning *meaning = g_new (Meaning, 1);

  *meaning = (Meaning){ content, uid_of (identity_of (item)), identity_of (item)->number,
                        identity_of (item)->body != NULL };
  g_hash_table_insert (self->meanings, g_object_ref (item), meaning);
}

static const SimContent *
get_meaning (Restante *self,
             RstMessageItem *item)
{
  const Meaning *meaning = g_hash_table_lookup (self->meanings, item);

  return meaning ? meaning->content : NULL;
}

static gboolean
index_is_listing (Restante *self,
                  const SimSession *session)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  guint n = 0;

  for (guint i = 0; i < session->rows->len; i++)
    {
      SimRow *row = &g_array_index (session->rows, SimRow, i);
      const RstIdentity *identity;

      if (!row->is_listed)
        continue;
      if (n >= items->len)
        return FALSE;
      identity = identity_of (g_ptr_array_index (items, n++));
      if (identity->number != i + 1)
        return FALSE;
      if (session->is_uid_listed && row->is_uid_listed && uid_of (identity) != row->uid)
        return FALSE;
    }
  return n == items->len;
}

/* The newest listing that the index is. */
static const SimSession *
find_shown_listing (Restante *self)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      const SimSession *session = g_ptr_array_index (self->run->sessions, i);

      if (session->is_listed && index_is_listing (self, session))
        return session;
    }
  return NULL;
}

static gboolean
is_name_known (Restante *self,
               const SimSession *session)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->meanings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    for (guint i = 0; i < session->rows->len; i++)
      if (g_array_index (session->rows, SimRow, i).uid == ((Meaning *)value)->uid)
        return TRUE;
  return FALSE;
}

/* A twin that has come under the name of a message, at its place, is what the row is about from
 * then on: nothing tells. Nor does anything when no name is known any more, and messages are known
 * again by their looks. But where the body of the row is known, it is that which is shown. */
static void
judge_twin (Restante *self,
            RstMessageItem *item,
            Meaning *meaning,
            const SimSession *session)
{
  const RstIdentity *identity = identity_of (item);
  guint uid = uid_of (identity);
  gboolean is_there = uid == meaning->uid && identity->number == meaning->number;
  const SimRow *row;

  if (!meaning->content || meaning->has_body || identity->number > session->rows->len ||
      (!is_there && (meaning->uid == 0 || uid == meaning->uid || is_name_known (self, session))))
    return;
  row = &g_array_index (session->rows, SimRow, identity->number - 1);
  if ((uid != 0 && row->uid != uid) || row->message->content == meaning->content ||
      row->message->content->likeness != meaning->content->likeness)
    return;
  sim_judge_note (self->run, &self->verdict->n_unknowable,
                  "took a twin for the message, unknowably");
  meaning->content = row->message->content;
}

static void
learn_meaning (Restante *self,
               RstMessageItem *item,
               const SimSession *listing)
{
  Meaning *meaning = g_hash_table_lookup (self->meanings, item);
  const SimContent *content = NULL;

  if (meaning)
    {
      if (listing)
        judge_twin (self, item, meaning, listing);
      return;
    }
  if (rst_message_item_get_state (item) != RST_HEADER_LOADED)
    return;

  content = find_meaning (self, identity_of (item));
  if (content || is_garbled (self))
    set_meaning (self, item, content);
  else
    sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "a row from nowhere");
}

static void
learn_meanings (Restante *self)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  const SimSession *listing = find_shown_listing (self);

  for (guint i = 0; i < items->len; i++)
    learn_meaning (self, g_ptr_array_index (items, i), listing);
  /* Not before all have been judged by the names that were known. */
  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      if (g_hash_table_contains (self->meanings, item))
        set_meaning (self, item, get_meaning (self, item));
    }
}

static void
judge_reload (Restante *self)
{
  SimSession *session = sim_run_find_listing (self->run);

  if (!session || !index_is_listing (self, session))
    sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "the index is not the listing");
  else
    sim_doubts_judge (self->doubts, TRUE);
}

static void
restante_refresh (gpointer data,
                  SimRandom *random)
{
  Restante *self = data;
  g_autoptr (GCancellable) cancellable = maybe_cancel (self, random);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rst_mailbox_refresh_async (self->mailbox, cancellable, done_cb, self);
  result = wait_for_result (self);
  learn_meanings (self);
  if (rst_mailbox_refresh_finish (self->mailbox, result, NULL, &error))
    judge_reload (self);
  else
    {
      sim_run_log (self->run, "  %s", error->message);
      sim_doubts_judge (self->doubts, FALSE);
    }
  sim_judge_calm (self->run, self->verdict);
}

static RstMessageItem *
get_item (Restante *self,
          guint row)
{
  return g_list_model_get_item (G_LIST_MODEL (rst_mailbox_get_index (self->mailbox)), row);
}

static SimTarget
make_target (Restante *self,
             RstMessageItem *item)
{
  const RstIdentity *identity = identity_of (item);
  SimTarget target = { get_meaning (self, item), uid_of (identity), identity->number };

  return target;
}

/* What was shown once is what the user means from then on, be it a twin. */
static const SimContent *
find_shown (Restante *self,
            const SimContent *chosen,
            const char *bytes,
            gsize length)
{
  GPtrArray *contents = self->run->world->contents;

  for (guint i = 0; i < contents->len; i++)
    {
      const SimContent *content = g_ptr_array_index (contents, i);

      if (content->likeness == chosen->likeness && sim_content_is_equal (content, bytes, length))
        return content;
    }
  return chosen;
}

static void
restante_read (gpointer data,
               guint row,
               SimRandom *random)
{
  Restante *self = data;
  g_autoptr (RstMessageItem) item = get_item (self, row);
  g_autoptr (GCancellable) cancellable = maybe_cancel (self, random);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GError) error = NULL;
  SimTarget target = make_target (self, item);

  self->verdict->n_reads++;
  rst_mailbox_read_async (self->mailbox, item, cancellable, done_cb, self);
  result = wait_for_result (self);
  learn_meanings (self);
  sim_doubts_judge (self->doubts, FALSE);
  message = rst_mailbox_read_finish (self->mailbox, result, &error);
  if (!target.content)
    target = make_target (self, item);
  if (message && target.content)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (rst_message_get_bytes (message), &length);

      sim_judge_body (self->run, &target, bytes, length, self->verdict);
      set_meaning (self, item, find_shown (self, target.content, bytes, length));
    }
  else if (error)
    sim_run_log (self->run, "  %s", error->message);
  sim_judge_calm (self->run, self->verdict);
}

static SimClaim
read_claim (Restante *self,
            const RstReceipt *receipt,
            gboolean is_done,
            const GError *error)
{
  RstOutcome expected = is_done ? RST_OUTCOME_DELETED : RST_OUTCOME_NOT_DELETED;

  if (g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN))
    return SIM_CLAIM_UNKNOWN;
  if (receipt && rst_receipt_count (receipt, expected) != receipt->entries->len)
    sim_judge_note (self->run, &self->verdict->n_false_claims, "the receipt says something else");
  return is_done ? SIM_CLAIM_DELETED : SIM_CLAIM_NOTHING_DELETED;
}

static void
delete_items (Restante *self,
              GPtrArray *items,
              const GArray *targets,
              SimRandom *random)
{
  g_autoptr (GCancellable) cancellable = maybe_cancel (self, random);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RstReceipt *receipt = NULL;
  gboolean is_done;
  SimClaim claim;

  rst_mailbox_delete_async (self->mailbox, items, RST_DELETE_DEFAULT, cancellable, done_cb, self);
  result = wait_for_result (self);
  is_done = rst_mailbox_delete_finish (self->mailbox, result, &receipt, &error);
  if (error)
    sim_run_log (self->run, "  %s", error->message);
  sim_doubts_judge (self->doubts, FALSE);
  claim = read_claim (self, receipt, is_done, error);
  sim_run_log (self->run, "  claim %u", claim);
  if (claim == SIM_CLAIM_UNKNOWN)
    sim_doubts_add (self->doubts, receipt, targets);
  sim_judge_delete (self->run, targets, claim, self->verdict);
  learn_meanings (self);
  g_clear_pointer (&receipt, rst_receipt_free);
}

static void
restante_delete (gpointer data,
                 const guint *rows,
                 guint n,
                 SimRandom *random)
{
  Restante *self = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (SimTarget));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RstMessageItem) item = get_item (self, rows[i]);
      SimTarget target = make_target (self, item);

      if (!target.content)
        continue;
      g_ptr_array_add (items, g_object_ref (item));
      g_array_append_val (targets, target);
    }
  /* What was chosen stays chosen while the list is loaded anew. */
  if (items->len > 0 && !self->run->is_plain && sim_random_chance (random, 25))
    restante_refresh (self, random);
  for (guint i = 0; i < items->len; i++)
    {
      const RstIdentity *identity = identity_of (g_ptr_array_index (items, i));

      g_array_index (targets, SimTarget, i).uid = uid_of (identity);
      g_array_index (targets, SimTarget, i).number = identity->number;
    }
  if (items->len > 0)
    delete_items (self, items, targets, random);
}

/* After a new start the list is what it was, row for row. */
static void
restante_restart (gpointer data)
{
  Restante *self = data;
  g_autoptr (GPtrArray) before = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  g_autoptr (GPtrArray) after = NULL;

  end (self);
  begin (self);
  after = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  for (guint i = 0; i < MAX (before->len, after->len); i++)
    {
      RstMessageItem *old = i < before->len ? g_ptr_array_index (before, i) : NULL;
      RstMessageItem *item = i < after->len ? g_ptr_array_index (after, i) : NULL;
      sim_run_log (self->run, "  %u uid%u, then %u uid%u", old ? identity_of (old)->number : 0,
                   old ? uid_of (identity_of (old)) : 0, item ? identity_of (item)->number : 0,
                   item ? uid_of (identity_of (item)) : 0);
      if (!old || !item || identity_of (old)->number != identity_of (item)->number ||
          uid_of (identity_of (old)) != uid_of (identity_of (item)))
        {
          sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "the store lost the index");
          return;
        }
      if (g_hash_table_contains (self->meanings, old))
        set_meaning (self, item, get_meaning (self, old));
    }
}

const SimClient SIM_RESTANTE = { "Restante", restante_start, restante_stop,
                                 restante_count, restante_refresh, restante_read,
                                 restante_delete, restante_restart };
