/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-operation"

#include "config.h"

#include "rst-operation.h"

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-error.h"
#include "rst-index-private.h"
#include "rst-message-item-private.h"
#include "rst-operation-copies.h"

RstEngine *
rst_engine_new (RstAccount *account)
{
  RstEngine *self = g_new0 (RstEngine, 1);

  self->account = rst_account_ref (account);
  self->fetcher = rst_fetcher_new (account);
  self->passwords = rst_passwords_new (account);
  rst_copy_policy_init (&self->copy_policy);
  self->big_size = RST_MAILBOX_BIG_SIZE;

  return self;
}

void
rst_engine_free (RstEngine *self)
{
  rst_fetcher_free (self->fetcher);
  rst_passwords_free (self->passwords);
  g_clear_pointer (&self->store, rst_store_free);
  g_clear_pointer (&self->receipts, rst_receipts_free);
  g_clear_pointer (&self->file, rst_mail_file_free);
  g_clear_error (&self->store_error);
  rst_account_unref (self->account);
  g_free (self);
}

gboolean
rst_engine_open_receipts (RstEngine *self,
                          GError **error)
{
  g_autofree char *folder = NULL;

  if (!self->receipts)
    {
      folder = rst_account_dup_data_folder (self->account);
      self->receipts = rst_receipts_open (folder, error);
    }

  return self->receipts != NULL;
}

gboolean
rst_engine_find_receipts (RstEngine *self)
{
  g_autofree char *folder = rst_account_dup_data_folder (self->account);

  return rst_receipts_exist (folder) && rst_engine_open_receipts (self, NULL);
}

static void
outer_cancelled_cb (GCancellable *outer,
                    gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

RstOperation *
rst_operation_new (RstMailbox *mailbox,
                   const RstOperationClass *klass,
                   GPtrArray *targets,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  RstOperation *self = g_new0 (RstOperation, 1);

  self->klass = klass;
  self->mailbox = g_object_ref (mailbox);
  self->cancellable = g_cancellable_new ();
  if (cancellable)
    {
      self->outer = g_object_ref (cancellable);
      self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (outer_cancelled_cb),
                                                  g_object_ref (self->cancellable), g_object_unref);
    }

  self->task = g_task_new (mailbox, NULL, callback, user_data);
  g_task_set_source_tag (self->task, (gpointer)klass);

  self->targets = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; targets && i < targets->len; i++)
    g_ptr_array_add (self->targets, g_object_ref (g_ptr_array_index (targets, i)));
  self->notices = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
rst_operation_free (RstOperation *self)
{
  if (self->outer)
    g_cancellable_disconnect (self->outer, self->cancelled_id);
  g_clear_object (&self->outer);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, rst_progress_unref);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->target_records, g_ptr_array_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->placeholders, g_hash_table_unref);
  g_clear_pointer (&self->successors, g_hash_table_unref);
  g_clear_pointer (&self->snapshot, rst_snapshot_free);
  g_clear_pointer (&self->stored, g_ptr_array_unref);
  g_clear_pointer (&self->in_store, g_ptr_array_unref);
  g_clear_pointer (&self->made_items, g_ptr_array_unref);
  g_clear_pointer (&self->first_items, g_ptr_array_unref);
  g_clear_pointer (&self->receipt, rst_receipt_free);
  g_clear_pointer (&self->message, rst_message_unref);
  g_clear_pointer (&self->read_record, rst_record_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_pointer (&self->answer, secret_value_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_clear_object (&self->task);
  g_clear_object (&self->mailbox);
  g_free (self);
}

void
rst_operation_take_index (RstOperation *self,
                          RstIndex *index)
{
  self->items = rst_index_dup_items (index);
  self->records = rst_index_dup_records (index);
  self->target_records = rst_record_array_new ();
  for (guint i = 0; i < self->targets->len; i++)
    g_ptr_array_add (self->target_records, rst_record_ref (rst_message_item_get_record (
                                               g_ptr_array_index (self->targets, i))));
}

gboolean
rst_operation_is_gone (RstOperation *self,
                       RstRecord *record)
{
  if (!self->known)
    {
      self->known = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < self->records->len; i++)
        g_hash_table_add (self->known, g_ptr_array_index (self->records, i));
    }

  return !g_hash_table_contains (self->known, record);
}

RstRecord *
rst_operation_find_successor (RstOperation *self,
                              RstRecord *record)
{
  if (!self->snapshot)
    return NULL;

  if (!self->successors)
    {
      self->successors = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < self->stored->len; i++)
        {
          guint origin = g_array_index (self->snapshot->origins, guint, i);

          if (origin != RST_SNAPSHOT_NEW)
            g_hash_table_insert (self->successors,
                                 g_ptr_array_index (self->records, origin),
                                 g_ptr_array_index (self->stored, i));
        }
    }

  return g_hash_table_lookup (self->successors, record);
}

void
rst_operation_add_notice (RstOperation *self,
                          const char *text)
{
  g_ptr_array_add (self->notices, g_strdup (text));
}

static SecretValue *
find_password (RstOperation *self,
               RstEngine *engine,
               RstPasswordOrigin *origin,
               GError **error)
{
  if (self->answer)
    {
      *origin = RST_PASSWORD_ORIGIN_PROMPT;
      return secret_value_ref (self->answer);
    }

  return rst_passwords_lookup (engine->passwords, origin, self->cancellable, error);
}

/* The server has taken the password, whatever came of the rest. */
static void
accept_password (RstOperation *self,
                 RstEngine *engine,
                 SecretValue *password,
                 RstPasswordOrigin origin)
{
  g_autoptr (GError) error = NULL;
  gboolean remember = origin == RST_PASSWORD_ORIGIN_PROMPT && self->remember;

  g_clear_pointer (&self->refusal, g_free);
  if (!rst_passwords_accept (engine->passwords, password, remember, self->cancellable, &error))
    {
      g_autofree char *text = NULL;

      text = g_strdup_printf (_ ("The password could not be stored in the keyring: %s"),
                              error->message);
      rst_operation_add_notice (self, text);
    }
  self->remember = FALSE;
}

static void
refuse_password (RstOperation *self,
                 RstEngine *engine,
                 RstPasswordOrigin origin,
                 const GError *error)
{
  g_free (self->refusal);
  self->refusal = g_strdup (error->message);
  if (origin == RST_PASSWORD_ORIGIN_PROMPT)
    g_clear_pointer (&self->answer, secret_value_unref);
  else
    rst_passwords_refuse (engine->passwords, origin);
}

/* What is said when the user has none to give: the refusal of the last one, if there was one. */
static void
set_no_password_error (RstOperation *self,
                       const GError *cause,
                       GError **error)
{
  if (cause)
    g_propagate_error (error, g_error_copy (cause));
  else if (self->refusal)
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH, self->refusal);
  else if (self->is_quiet)
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                         _ ("The password must be entered before new mail can be looked for."));
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("No password was given."));
}

/* Tries the passwords that there are, one after the other, until the server takes one or the user
 * must be asked. */
static gboolean
work_with_password (RstOperation *self,
                    RstEngine *engine,
                    GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) local_error = NULL;
      RstPasswordOrigin origin = RST_PASSWORD_ORIGIN_NONE;
      SecretValue *password = find_password (self, engine, &origin, &local_error);
      gboolean is_done;

      if (!password)
        {
          self->wants_password = local_error == NULL && !self->is_quiet &&
                                 rst_passwords_can_ask (engine->passwords);
          set_no_password_error (self, local_error, error);
          return FALSE;
        }

      rst_fetcher_set_password (engine->fetcher, password);
      is_done = self->klass->work (self, engine, self->cancellable, &local_error);
      if (rst_fetcher_has_signed_in (engine->fetcher))
        accept_password (self, engine, password, origin);
      secret_value_unref (password);
      if (is_done)
        return TRUE;

      if (!g_error_matches (local_error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH))
        {
          self->wants_download =
              !self->is_quiet &&
              g_error_matches (local_error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      refuse_password (self, engine, origin, local_error);
    }
}

/* Another program may have seen some since. */
static void
load_strangers (RstEngine *engine)
{
  g_autofree char *strangers = NULL;

  if (!engine->store)
    return;

  strangers = rst_store_dup_text (engine->store, "strangers");
  rst_fetcher_add_strangers (engine->fetcher, strangers);
}

/* They belong to the index, and are to be read with it. */
static void
save_strangers (RstEngine *engine)
{
  g_autofree char *strangers = rst_fetcher_dup_strangers (engine->fetcher);
  g_autofree char *stored = NULL;

  if (!engine->store)
    return;

  stored = rst_store_dup_text (engine->store, "strangers");
  if (g_strcmp0 (strangers ? strangers : "", stored ? stored : "") != 0)
    rst_store_save_text (engine->store, "strangers", strangers ? strangers : "", NULL);
}

/* What was found out about the server makes the next sign-in shorter, and spares it what it breaks
 * at. */
static void
save_server (RstEngine *engine)
{
  RstPop3Quirks quirks = rst_fetcher_get_quirks (engine->fetcher);
  const char *memory = rst_fetcher_get_memory (engine->fetcher);
  g_autofree char *stored = NULL;

  if (!engine->store)
    return;

  save_strangers (engine);
  stored = rst_store_dup_text (engine->store, "server");
  if (quirks != rst_store_load_setting (engine->store, "quirks"))
    rst_store_save_setting (engine->store, "quirks", quirks, NULL);
  if (memory && g_strcmp0 (memory, stored) != 0)
    rst_store_save_text (engine->store, "server", memory, NULL);
}

static void
progress_cb (RstPhase phase,
             guint64 done,
             guint64 total,
             gpointer user_data)
{
  RstOperation *self = user_data;

  rst_progress_set (self->progress, phase, done, total);
}

/* A UID that stands for two of them tells neither. */
static void
find_placeholders (RstOperation *self)
{
  self->placeholders = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (self->records, i);
      char *uid = record->header->identity->uid;

      if (record->header->state == RST_HEADER_PLACEHOLDER && uid)
        g_hash_table_insert (self->placeholders, uid,
                             g_hash_table_contains (self->placeholders, uid)
                                 ? NULL
                                 : GUINT_TO_POINTER (i + 1));
    }
}

static void
headers_cb (GPtrArray *headers,
            gpointer user_data)
{
  RstOperation *self = user_data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (!self->placeholders)
    find_placeholders (self);
  for (guint i = 0; i < headers->len; i++)
    {
      RstHeader *header = g_ptr_array_index (headers, i);

      if (header->state == RST_HEADER_LOADED)
        g_ptr_array_add (items, rst_message_item_new (header, FALSE));
    }
  rst_progress_add_items (self->progress, items);
}

static gboolean
commit_cb (RstReceipt *receipt,
           gpointer user_data,
           GError **error)
{
  RstOperation *self = user_data;
  RstEngine *engine = self->engine;

  if (!rst_engine_open_receipts (engine, error))
    return FALSE;

  save_strangers (engine);
  rst_receipts_begin_delete (engine->receipts);
  return rst_receipts_save (engine->receipts, receipt, error);
}

static gboolean
copy_cb (RstReceipt *receipt,
         guint position,
         GBytes *message,
         gpointer user_data,
         GError **error)
{
  return rst_operation_keep_copy (user_data, receipt, position, message, error);
}

static const RstFetcherObserver observer = { progress_cb, headers_cb, commit_cb, copy_cb };

static gboolean
work_with_file (RstOperation *self,
                RstEngine *engine,
                GError **error)
{
  gboolean is_done;

  rst_mail_file_set_observer (engine->file, &observer, self);
  is_done = self->klass->work (self, engine, self->cancellable, error);
  rst_mail_file_set_observer (engine->file, NULL, NULL);

  return is_done;
}

gboolean
rst_operation_work (RstOperation *self,
                    RstEngine *engine,
                    GError **error)
{
  gboolean is_done;

  self->engine = engine;
  self->wants_password = FALSE;
  self->wants_download = FALSE;
  if (self->klass->work_offline && self->klass->work_offline (self, engine))
    return TRUE;
  if (engine->file)
    return work_with_file (self, engine, error);
  if (!self->klass->needs_session)
    return self->klass->work (self, engine, self->cancellable, error);

  rst_passwords_set_is_quiet (engine->passwords, self->is_quiet);
  /* Once for whatever the user wants: not for each answer, and never for a look that nobody asked
   * for. */
  if (!self->is_quiet && !self->answer)
    rst_passwords_retry_command (engine->passwords);
  rst_fetcher_set_observer (engine->fetcher, &observer, self);
  load_strangers (engine);
  is_done = work_with_password (self, engine, error);
  rst_fetcher_set_observer (engine->fetcher, NULL, NULL);
  self->is_outdated = !self->is_in_sync && rst_fetcher_has_seen_change (engine->fetcher);
  save_server (engine);

  return is_done;
}

/* A refusal is an answer, and a Stop is the user's own. */
gboolean
rst_operation_leaves_in_doubt (const RstOperation *self,
                               const GError *error)
{
  return error && self->klass->needs_session &&
         !g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED) &&
         !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
