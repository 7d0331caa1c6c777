/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-address"

#include "config.h"

#include "rst-address.h"

#include "rst-encoded-words.h"
#include "rst-gmime.h"
#include "rst-header-block.h"
#include "rst-text.h"

/* Of one field, as hostile ones cost GMime's parser time. */
#define MAX_VALUE 65536

static void
address_free (gpointer data)
{
  RstAddress *self = data;

  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

static char *
clean (const char *text)
{
  return rst_text_clean_address (g_utf8_make_valid (text != NULL ? text : "", -1));
}

static void
add (GPtrArray *addresses,
     const char *name,
     const char *address)
{
  RstAddress *self = g_new0 (RstAddress, 1);

  self->name = clean (name);
  self->address = clean (address);
  g_ptr_array_add (addresses, self);
}

static void
add_list (GPtrArray *addresses,
          InternetAddressList *list)
{
  int n_addresses = internet_address_list_length (list);

  for (int i = 0; i < n_addresses; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);

      if (INTERNET_ADDRESS_IS_GROUP (address))
        add_list (addresses, internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address)));
      else
        add (addresses, internet_address_get_name (address),
             internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)));
    }
}

GPtrArray *
rst_address_parse_field (const char *block,
                         gsize length,
                         const char *name,
                         const char *fallback)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (address_free);
  RstHeaderField field;
  gsize position = 0;

  rst_gmime_init ();
  while (rst_header_block_next (block, length, &position, &field))
    {
      gsize raw_length;
      g_autofree char *raw = NULL;
      g_autofree char *value = NULL;
      g_autoptr (InternetAddressList) list = NULL;

      if (!rst_header_field_is (&field, name))
        continue;

      field.value_length = MIN (field.value_length, MAX_VALUE);
      raw = rst_header_field_unfold (&field, &raw_length);
      value = rst_encoded_words_to_utf8 (raw, raw_length, fallback);
      list = internet_address_list_parse (NULL, value);
      if (list != NULL)
        add_list (addresses, list);
      if (addresses->len == 0 && list == NULL && *value != '\0')
        {
          g_autofree char *text = rst_text_decode_header (raw, raw_length, fallback);

          add (addresses, text, NULL);
        }
      break;
    }

  return addresses;
}
