/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fetcher/rst-sync-error.h"
#include "mailbox/rst-mailbox.h"
#include "mailbox/rst-receipts.h"
#include "sim-doubts.h"
#include "sim-judge.h"
#include "sim-meanings.h"
#include "sim-transport.h"

/* The program itself, from its mailbox down to the socket. */

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

  SimMeanings *meanings;
  SimDoubts *doubts;
  GAsyncResult *result;
} Restante;

/* Nobody else has the files: each process has a folder of its own. */
static int
take_no_lock (int fd,
              int command,
              ...)
{
  struct flock *lock;
  va_list arguments;

  va_start (arguments, command);
  lock = va_arg (arguments, struct flock *);
  va_end (arguments);
  if (command == F_SETLK || command == F_SETLKW)
    return 0;
  if (command != F_GETLK)
    return fcntl (fd, command, lock);

  lock->l_type = F_UNLCK;
  return 0;
}

/* A schedule opens its databases several times and lasts for milliseconds: what SQLite counts and
 * locks for a program of many threads and for other programs, and memory that goes back to the
 * system at once, take a third of that. */
static void
save_time (void)
{
  sqlite3_vfs *files;

  sqlite3_config (SQLITE_CONFIG_MULTITHREAD);
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  mallopt (M_MMAP_THRESHOLD, 64 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
  files = sqlite3_vfs_find (NULL);
  files->xSetSystemCall (files, "fcntl", (sqlite3_syscall_ptr)take_no_lock);
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

/* A reload within a delete or a reading, which has said that it is one. */
static void
reloaded_cb (RstMailbox *mailbox,
             const RstSyncReport *report,
             GPtrArray *still_there,
             gpointer user_data)
{
  Restante *self = user_data;

  if (!sim_meanings_is_any_listing (self->meanings, rst_mailbox_get_index (mailbox)))
    sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "reloaded, and not the listing");
}

static void
begin (Restante *self)
{
  g_autoptr (RstAccount) account = rst_account_new ("simulation", "model", "ada");
  g_autoptr (GAsyncResult) result = NULL;
  RstCopyPolicy policy;

  account->security =
      self->run->certificate_pin ? RST_POP3_SECURITY_TLS : RST_POP3_SECURITY_NONE;
  account->certificate_pin = g_strdup (self->run->certificate_pin);
  account->state_folder = g_strdup (self->folder);
  account->fetch_limit = self->fetch_limit;
  account->keep_session = self->keep_session;
  account->has_top = self->has_top;
  self->mailbox = rst_mailbox_new (account);
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  g_signal_connect (self->mailbox, "reloaded", G_CALLBACK (reloaded_cb), self);
  rst_copy_policy_init (&policy);
  if (!self->run->keeps_copies)
    policy.keep = RST_KEEP_COPIES_NEVER;
  rst_mailbox_set_copy_policy (self->mailbox, &policy);
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

/* The program's databases as they are before anything was done: to make them takes a sixth of a
 * schedule. */
static const char *const database_names[] = { "simulation.sqlite", "simulation/receipts.sqlite" };
static GBytes *databases[G_N_ELEMENTS (database_names)];

static void
take_databases (Restante *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, database_names[i], NULL);
      char *bytes;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      databases[i] = g_bytes_new_take (bytes, length);
    }
}

static void
lay_out_databases (Restante *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (databases); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, database_names[i], NULL);
      g_autofree char *folder = g_path_get_dirname (path);
      gsize length;
      const char *bytes = g_bytes_get_data (databases[i], &length);
      int fd;

      g_mkdir_with_parents (folder, 0700);
      fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      g_assert_cmpint (write (fd, bytes, length), ==, (gssize)length);
      close (fd);
    }
}

static void
make_databases (Restante *self)
{
  g_autofree char *folder = g_build_filename (self->folder, "simulation", NULL);

  begin (self);
  end (self);
  rst_receipts_free (rst_receipts_open (folder, NULL));
  take_databases (self);
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
  self->meanings = sim_meanings_new (run, verdict);
  self->doubts = sim_doubts_new (run, verdict, self->folder);
  sim_transport_begin (run);
  if (databases[0])
    lay_out_databases (self);
  else
    make_databases (self);
  begin (self);
  return self;
}

static void
restante_stop (gpointer data)
{
  Restante *self = data;

  end (self);
  sim_judge_calm (self->run, self->verdict);
  sim_transport_begin (NULL);
  remove_files (self->folder);
  sim_meanings_free (self->meanings);
  sim_doubts_free (self->doubts);
  g_free (self->folder);
  g_free (self);
}

static RstIndex *
index_of (Restante *self)
{
  return rst_mailbox_get_index (self->mailbox);
}

static guint
restante_count (gpointer data)
{
  return rst_index_get_n_messages (index_of (data));
}

static void
judge_reload (Restante *self)
{
  SimSession *session = sim_run_find_listing (self->run);

  if (!session || !sim_meanings_is_listing (index_of (self), session))
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
  sim_meanings_learn (self->meanings, index_of (self));
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

/* By the name under which the judge saw the message last: where the program has linked the row to
 * another one, its own name for it is not that of what was chosen. */
static SimTarget
make_target (Restante *self,
             RstMessageItem *item)
{
  const SimMeaning *meaning = sim_meanings_get (self->meanings, item);
  SimTarget target = { 0 };

  if (meaning)
    target = (SimTarget){ meaning->content, meaning->uid, meaning->number, meaning->has_body };
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
  sim_meanings_learn (self->meanings, index_of (self));
  sim_doubts_judge (self->doubts, FALSE);
  message = rst_mailbox_read_finish (self->mailbox, result, &error);
  if (!target.content)
    target = make_target (self, item);
  if (message && target.content)
    {
      gsize length;
      const char *bytes = g_bytes_get_data (rst_message_get_bytes (message), &length);

      sim_judge_body (self->run, &target, bytes, length, self->verdict);
      sim_meanings_set_content (self->meanings, item,
                                find_shown (self, target.content, bytes, length));
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

/* Returns: (transfer container) (element-type SimContent): what rows beside @items are about. */
static GPtrArray *
list_others (Restante *self,
             GPtrArray *items)
{
  g_autoptr (GPtrArray) all = rst_index_dup_items (index_of (self));
  GPtrArray *others = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (all, i);
      const SimMeaning *meaning = sim_meanings_get (self->meanings, item);

      if (meaning && meaning->content && !g_ptr_array_find (items, item, NULL))
        g_ptr_array_add (others, (gpointer)meaning->content);
    }
  return others;
}

static void
delete_items (Restante *self,
              GPtrArray *items,
              const GArray *targets,
              SimRandom *random)
{
  g_autoptr (GCancellable) cancellable = maybe_cancel (self, random);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) others = list_others (self, items);
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
    sim_doubts_add (self->doubts, receipt, targets, others);
  sim_judge_delete (self->run, targets, claim, self->verdict);
  sim_meanings_learn (self->meanings, index_of (self));
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
  /* If a twin was taken for one of them, that was judged then. */
  for (guint i = 0; i < items->len; i++)
    g_array_index (targets, SimTarget, i) = make_target (self, g_ptr_array_index (items, i));
  if (items->len > 0)
    delete_items (self, items, targets, random);
}

/* After a new start the list is what it was, row for row. */
static void
restante_restart (gpointer data)
{
  Restante *self = data;
  g_autoptr (GPtrArray) before = rst_index_dup_items (index_of (self));
  g_autoptr (GPtrArray) after = NULL;

  end (self);
  begin (self);
  sim_judge_calm (self->run, self->verdict);
  after = rst_index_dup_items (index_of (self));
  sim_meanings_restart (self->meanings, before, after);
}

const SimClient SIM_RESTANTE = { "Restante", restante_start, restante_stop,
                                 restante_count, restante_refresh, restante_read,
                                 restante_delete, restante_restart };
