/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-item"

#include "config.h"

#include "rst-message-item-private.h"

struct _RstMessageItem
{
  GObject parent_instance;

  RstRecord *record;
  guint position;
};

G_DEFINE_FINAL_TYPE (RstMessageItem, rst_message_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_HEADER,
  PROP_IS_READ,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
rst_message_item_finalize (GObject *object)
{
  RstMessageItem *self = RST_MESSAGE_ITEM (object);

  g_clear_pointer (&self->record, rst_record_unref);

  G_OBJECT_CLASS (rst_message_item_parent_class)->finalize (object);
}

static void
rst_message_item_get_property (GObject *object,
                               guint prop_id,
                               GValue *value,
                               GParamSpec *pspec)
{
  RstMessageItem *self = RST_MESSAGE_ITEM (object);

  switch (prop_id)
    {
    case PROP_HEADER:
      g_value_set_pointer (value, self->record->header);
      break;
    case PROP_IS_READ:
      g_value_set_boolean (value, self->record->is_read);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_message_item_class_init (RstMessageItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rst_message_item_finalize;
  object_class->get_property = rst_message_item_get_property;

  properties[PROP_HEADER] = g_param_spec_pointer (
      "header", NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IS_READ] =
      g_param_spec_boolean ("is-read", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rst_message_item_init (RstMessageItem *self)
{
}

RstMessageItem *
rst_message_item_new (RstHeader *header,
                      gboolean is_read)
{
  g_autoptr (RstRecord) record = rst_record_new (header, 0, 0, is_read);

  return rst_message_item_new_for_record (record);
}

RstMessageItem *
rst_message_item_new_for_record (RstRecord *record)
{
  RstMessageItem *self = g_object_new (RST_TYPE_MESSAGE_ITEM, NULL);

  self->record = rst_record_ref (record);

  return self;
}

RstHeader *
rst_message_item_get_header (RstMessageItem *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (self), NULL);

  return self->record->header;
}

RstEnvelope *
rst_message_item_get_envelope (RstMessageItem *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (self), NULL);

  return self->record->header->envelope;
}

RstHeaderState
rst_message_item_get_state (RstMessageItem *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (self), RST_HEADER_PLACEHOLDER);

  return self->record->header->state;
}

guint64
rst_message_item_get_size (RstMessageItem *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (self), 0);

  return self->record->header->identity->size;
}

gboolean
rst_message_item_get_is_read (RstMessageItem *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (self), FALSE);

  return self->record->is_read;
}

RstRecord *
rst_message_item_get_record (RstMessageItem *self)
{
  return self->record;
}

void
rst_message_item_set_record (RstMessageItem *self,
                             RstRecord *record)
{
  g_autoptr (RstRecord) old = NULL;

  if (self->record == record)
    return;

  old = g_steal_pointer (&self->record);
  self->record = rst_record_ref (record);
  if (old->header != record->header)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HEADER]);
  if (old->is_read != record->is_read)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_READ]);
}

guint
rst_message_item_get_position (RstMessageItem *self)
{
  return self->position;
}

void
rst_message_item_set_position (RstMessageItem *self,
                               guint position)
{
  self->position = position;
}
