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

  /* Made when first asked for. */
  char *from_key;
  char *subject_key;
  char *haystack;
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
clear_keys (RstMessageItem *self)
{
  g_clear_pointer (&self->from_key, g_free);
  g_clear_pointer (&self->subject_key, g_free);
  g_clear_pointer (&self->haystack, g_free);
}

static void
rst_message_item_finalize (GObject *object)
{
  RstMessageItem *self = RST_MESSAGE_ITEM (object);

  g_clear_pointer (&self->record, rst_record_unref);
  clear_keys (self);

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
  if (old->header->envelope != record->header->envelope)
    clear_keys (self);
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

/* Without case even where the locale tells it apart. */
static char *
make_key (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_collate_key (folded, -1);
}

const char *
rst_message_item_get_from_key (RstMessageItem *self)
{
  RstEnvelope *envelope = self->record->header->envelope;

  if (!self->from_key)
    self->from_key = make_key (envelope ? envelope->from_name : "");

  return self->from_key;
}

/* "Re: Engine notes" belongs beside "Engine notes". */
static const char *
skip_reply_prefixes (const char *subject)
{
  while (g_ascii_strncasecmp (subject, "re:", 3) == 0 ||
         g_ascii_strncasecmp (subject, "fw:", 3) == 0)
    for (subject += 3; *subject == ' ';)
      subject++;

  return subject;
}

const char *
rst_message_item_get_subject_key (RstMessageItem *self)
{
  RstEnvelope *envelope = self->record->header->envelope;

  if (!self->subject_key)
    self->subject_key = make_key (envelope ? skip_reply_prefixes (envelope->subject) : "");

  return self->subject_key;
}

char *
rst_message_item_fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (decomposed ? decomposed : "", -1);
  GString *plain = g_string_sized_new (strlen (folded));

  for (const char *c = folded; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_ismark (character))
        g_string_append_unichar (plain, character);
    }

  return g_string_free (plain, FALSE);
}

const char *
rst_message_item_get_haystack (RstMessageItem *self)
{
  RstEnvelope *envelope = self->record->header->envelope;

  if (!self->haystack)
    {
      g_autofree char *text = NULL;

      if (envelope)
        text = g_strjoin ("\n", envelope->from, envelope->to, envelope->subject, NULL);
      self->haystack = rst_message_item_fold (text ? text : "");
    }

  return self->haystack;
}
