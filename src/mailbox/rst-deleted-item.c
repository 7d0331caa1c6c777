/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-item"

#include "config.h"

#include "rst-deleted-item.h"

#include <glib/gi18n-lib.h>

struct _RstDeletedItem
{
  GObject parent_instance;

  RstHeader *header;
  char *account;
  char *server_text;
  gint64 receipt;
  guint position;
  gint64 time;
  RstOutcome outcome;
  gboolean is_settled;
  gint64 copy;
  gboolean has_copy;
};

G_DEFINE_FINAL_TYPE (RstDeletedItem, rst_deleted_item, G_TYPE_OBJECT)

static void
rst_deleted_item_finalize (GObject *object)
{
  RstDeletedItem *self = RST_DELETED_ITEM (object);

  rst_header_unref (self->header);
  g_free (self->account);
  g_free (self->server_text);

  G_OBJECT_CLASS (rst_deleted_item_parent_class)->finalize (object);
}

static void
rst_deleted_item_class_init (RstDeletedItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_deleted_item_finalize;
}

static void
rst_deleted_item_init (RstDeletedItem *self)
{
}

RstDeletedItem *
rst_deleted_item_new (const RstReceipt *receipt,
                      guint position,
                      const char *account)
{
  RstDeletedItem *self = g_object_new (RST_TYPE_DELETED_ITEM, NULL);
  const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, position);

  self->receipt = receipt->id;
  self->position = position;
  self->header = rst_header_ref (entry->header);
  self->account = g_strdup (receipt->account ? receipt->account : account);
  self->server_text = g_strdup (receipt->server_text);
  self->time = receipt->time;
  self->outcome = entry->outcome;
  self->is_settled = entry->is_settled;
  self->copy = entry->copy;
  self->has_copy = entry->has_copy;

  return self;
}

guint
rst_deleted_item_hash (gconstpointer item)
{
  const RstDeletedItem *self = item;

  return (guint)self->receipt * 31 + self->position;
}

gboolean
rst_deleted_item_is_same (gconstpointer a,
                          gconstpointer b)
{
  const RstDeletedItem *one = a;
  const RstDeletedItem *other = b;

  return one->receipt == other->receipt && one->position == other->position;
}

gboolean
rst_deleted_item_is_unchanged (RstDeletedItem *self,
                               RstDeletedItem *other)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), FALSE);
  g_return_val_if_fail (RST_IS_DELETED_ITEM (other), FALSE);

  return self->outcome == other->outcome && self->is_settled == other->is_settled &&
         self->copy == other->copy && self->has_copy == other->has_copy &&
         g_strcmp0 (self->server_text, other->server_text) == 0 &&
         g_strcmp0 (self->account, other->account) == 0;
}

gint64
rst_deleted_item_get_receipt (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), 0);

  return self->receipt;
}

gint64
rst_deleted_item_get_time (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), 0);

  return self->time;
}

const char *
rst_deleted_item_get_account (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  return self->account ? self->account : "";
}

RstHeader *
rst_deleted_item_get_header (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  return self->header;
}

char *
rst_deleted_item_dup_uid (RstDeletedItem *self)
{
  const char *uid;

  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  uid = self->header->identity->uid;
  return uid ? g_utf8_make_valid (uid, -1) : NULL;
}

char *
rst_deleted_item_dup_digest (RstDeletedItem *self)
{
  const RstHeaderDigest *digest;
  GString *hex;

  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  digest = self->header->identity->digest;
  if (!digest)
    return NULL;

  hex = g_string_new (NULL);
  for (guint i = 0; i < sizeof digest->exact; i++)
    g_string_append_printf (hex, "%02x", digest->exact[i]);
  return g_string_free (hex, FALSE);
}

RstOutcome
rst_deleted_item_get_outcome (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), RST_OUTCOME_UNKNOWN);

  return self->outcome;
}

gboolean
rst_deleted_item_get_is_settled (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), FALSE);

  return self->is_settled;
}

const char *
rst_deleted_item_get_server_text (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  return self->server_text;
}

gint64
rst_deleted_item_get_copy (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), 0);

  return self->copy;
}

gboolean
rst_deleted_item_get_has_copy (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), FALSE);

  return self->has_copy;
}

const char *
rst_deleted_item_describe_copy (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  if (self->copy == 0)
    return _ ("No copy");

  return self->has_copy ? _ ("Copy kept") : _ ("Copy removed");
}

const char *
rst_deleted_item_describe_outcome (RstDeletedItem *self)
{
  g_return_val_if_fail (RST_IS_DELETED_ITEM (self), NULL);

  switch (self->outcome)
    {
    case RST_OUTCOME_DELETED:
      /* Translators: of a delete whose outcome was unknown before a later look at the server. */
      return self->is_settled ? _ ("Found gone") : _ ("Deleted");

    case RST_OUTCOME_NOT_DELETED:
      /* Translators: of a delete whose outcome was unknown before a later look at the server. */
      return self->is_settled ? _ ("Found still there") : _ ("Not deleted");

    case RST_OUTCOME_UNKNOWN:
    default:
      return _ ("Unknown");
    }
}
