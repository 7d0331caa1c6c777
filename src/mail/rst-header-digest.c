/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-header-digest"

#include "config.h"

#include "rst-header-digest.h"

#include <string.h>

#include "rst-header-digest-private.h"

/* Two blocks get the same digest only when they are the same in what it covers: what is hashed can
 * be read back in one way only. Lines are hashed with the end of each; values, which may hold any
 * byte, behind their length. */

/* The version of the stored form, its first byte. Another one after any change to what is hashed:
 * an old digest would not match any message. */
#define STORED_VERSION 1
#define STORED_FIXED_SIZE (1 + 4 * RST_HEADER_DIGEST_SIZE)

/* Octets of Message-IDs that are kept as they are: more than two lines of the longest. */
#define MAX_IDS 2048
#define DIGEST_PREFIX "\xC0\x81"

/* What servers write into a message that lies in a mailbox; TOP and RETR, today and tomorrow,
 * differ in them. */
static const char *const volatile_names[] = {
  "Status",
  "X-Status",
  "X-Keywords",
  "X-UID",
  "X-UIDL",
  "X-IMAP",
  "X-IMAPbase",
  "X-Mozilla-Status",
  "X-Mozilla-Status2",
  "X-Mozilla-Keys",
  "Content-Length",
  "Lines",
};

/* Received is the last: see hash_common(). */
static const char *const common_names[] = {
  "From",
  "To",
  "Subject",
  "Date",
  "Cc",
  "Return-Path",
  "Received",
};

#define RECEIVED (G_N_ELEMENTS (common_names) - 1)

/* A field that tells messages apart, as it came. */
typedef struct
{
  guint name;
  RstHeaderField field;
} CommonField;

static gboolean
is_volatile (const RstHeaderField *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (volatile_names); i++)
    if (rst_header_field_is (field, volatile_names[i]))
      return TRUE;

  return FALSE;
}

/* A block may end with its last line's end or without (RFC 1939 leaves the end of an answer to TOP
 * to the server's taste): both are hashed as if it were there. */
static void
hash_lines (RstSha256 *hash,
            const char *lines,
            gsize length)
{
  gboolean is_ended = length > 0 && lines[length - 1] == '\n';

  if (!is_ended && length > 0 && lines[length - 1] == '\r')
    length--;

  rst_sha256_update_lines (hash, lines, length);
  if (!is_ended)
    rst_sha256_update (hash, "\n", 1);
}

gboolean
rst_header_block_hash_stable (const char *block,
                              gsize length,
                              RstSha256 *hash)
{
  const char *run = block;
  gboolean has_volatile = FALSE;
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (block, length, &position, &field))
    {
      if (!is_volatile (&field))
        continue;

      if (field.raw > run)
        hash_lines (hash, run, (gsize)(field.raw - run));
      run = field.raw + field.raw_length;
      has_volatile = TRUE;
    }

  if (block + position > run)
    hash_lines (hash, run, (gsize)(block + position - run));

  return has_volatile;
}

static void
hash_value (RstSha256 *hash,
            const CommonField *common)
{
  gsize length;
  g_autofree char *value = rst_header_field_unfold (&common->field, &length);
  guint8 prefix[1 + sizeof (guint64)] = { (guint8)common->name };
  guint64 length_le = GUINT64_TO_LE ((guint64)length);

  memcpy (prefix + 1, &length_le, sizeof length_le);
  rst_sha256_update (hash, prefix, sizeof prefix);
  rst_sha256_update (hash, value, length);
}

/* Received fields are hashed from the last to the first, so that the digest without the first one,
 * which was added at the top of the block, is a state on the way to the digest with it. */
static void
hash_common (const GArray *fields,
             RstHeaderDigest *self)
{
  const CommonField *first_received = NULL;
  RstSha256 *hash = rst_sha256_new ();
  RstSha256 *tail;
  gboolean is_empty = TRUE;

  for (guint name = 0; name < RECEIVED; name++)
    for (guint i = 0; i < fields->len; i++)
      {
        const CommonField *field = &g_array_index (fields, CommonField, i);

        if (field->name == name)
          {
            hash_value (hash, field);
            is_empty = FALSE;
          }
      }

  for (guint i = fields->len; i > 0; i--)
    {
      const CommonField *field = &g_array_index (fields, CommonField, i - 1);

      if (field->name != RECEIVED)
        continue;
      if (first_received != NULL)
        {
          hash_value (hash, first_received);
          is_empty = FALSE;
        }
      first_received = field;
    }

  tail = rst_sha256_copy (hash);
  if (first_received != NULL)
    hash_value (hash, first_received);

  /* Nothing in common is no proof of anything: headers without any of these fields must be stable
   * to match, or a delete could take one odd message for another. */
  if (is_empty)
    rst_sha256_update (tail, self->stable, sizeof self->stable);
  if (is_empty && first_received == NULL)
    rst_sha256_update (hash, self->stable, sizeof self->stable);

  rst_sha256_finish (tail, self->common_tail);
  rst_sha256_finish (hash, self->common);
}

/* An id with a NUL in it is kept whole: the NUL becomes the two bytes that no encoding uses. */
static char *
dup_id (const RstHeaderField *field)
{
  gsize length;
  g_autofree char *value = rst_header_field_unfold (field, &length);
  g_autoptr (GString) id = NULL;

  if (memchr (value, '\0', length) == NULL)
    return g_steal_pointer (&value);

  id = g_string_sized_new (length + 8);
  for (gsize i = 0; i < length; i++)
    if (value[i] != '\0')
      g_string_append_c (id, value[i]);
    else
      g_string_append_len (id, "\xC0\x80", 2);

  return g_string_free (g_steal_pointer (&id), FALSE);
}

/* Ids are kept as long as the list is, so that what a server sends as one has to have a bound.
 * Their digest begins with bytes that no encoding uses, and an id that does so, too, gets one. */
static void
bound_ids (GPtrArray *ids)
{
  g_autoptr (GChecksum) hash = NULL;
  gsize length = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      length += strlen (id) + sizeof id;
      if (g_str_has_prefix (id, DIGEST_PREFIX))
        length = G_MAXUINT;
    }
  if (length <= MAX_IDS)
    return;

  hash = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < ids->len; i++)
    g_checksum_update (hash, g_ptr_array_index (ids, i),
                       (gssize)strlen (g_ptr_array_index (ids, i)) + 1);
  g_ptr_array_set_size (ids, 0);
  g_ptr_array_add (ids, g_strconcat (DIGEST_PREFIX, g_checksum_get_string (hash), NULL));
}

static char **
collect_fields (const char *block,
                gsize length,
                GArray *common)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (block, length, &position, &field))
    {
      if (rst_header_field_is (&field, "Message-ID"))
        g_ptr_array_add (ids, dup_id (&field));

      for (guint i = 0; i < G_N_ELEMENTS (common_names); i++)
        if (rst_header_field_is (&field, common_names[i]))
          {
            CommonField found = { i, field };

            g_array_append_val (common, found);
          }
    }

  if (ids->len == 0)
    return NULL;

  bound_ids (ids);
  return (char **)g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

RstHeaderDigest *
rst_header_digest_new (const char *block,
                       gsize length)
{
  RstHeaderDigest *self = g_new0 (RstHeaderDigest, 1);
  g_autoptr (GArray) common = g_array_sized_new (FALSE, FALSE, sizeof (CommonField), 16);
  RstSha256 *stable = rst_sha256_new ();
  gboolean has_volatile;

  has_volatile = rst_header_block_hash_stable (block, length, stable);
  rst_sha256_finish (stable, self->stable);

  if (has_volatile)
    {
      RstSha256 *exact = rst_sha256_new ();

      hash_lines (exact, block, rst_header_block_find_end (block, length));
      rst_sha256_finish (exact, self->exact);
    }
  else
    memcpy (self->exact, self->stable, sizeof self->exact);

  self->message_ids = collect_fields (block, length, common);
  hash_common (common, self);

  return self;
}

RstHeaderDigest *
rst_header_digest_copy (const RstHeaderDigest *self)
{
  RstHeaderDigest *copy = g_memdup2 (self, sizeof *self);

  copy->message_ids = g_strdupv (self->message_ids);

  return copy;
}

void
rst_header_digest_free (RstHeaderDigest *self)
{
  g_strfreev (self->message_ids);
  g_free (self);
}

static gboolean
is_equal (const guint8 *a,
          const guint8 *b)
{
  return memcmp (a, b, RST_HEADER_DIGEST_SIZE) == 0;
}

static gboolean
has_equal_ids (const RstHeaderDigest *a,
               const RstHeaderDigest *b)
{
  if (a->message_ids == NULL || b->message_ids == NULL)
    return a->message_ids == b->message_ids;

  return g_strv_equal ((const char *const *)a->message_ids,
                       (const char *const *)b->message_ids);
}

gboolean
rst_header_digest_match (const RstHeaderDigest *a,
                         const RstHeaderDigest *b)
{
  if (is_equal (a->exact, b->exact) || is_equal (a->stable, b->stable))
    return TRUE;

  return has_equal_ids (a, b) && is_equal (a->common, b->common);
}

gboolean
rst_header_digest_match_retr (const RstHeaderDigest *top,
                              const RstHeaderDigest *retr)
{
  if (rst_header_digest_match (top, retr))
    return TRUE;

  return has_equal_ids (top, retr) &&
         (is_equal (top->common, retr->common_tail) || is_equal (top->common_tail, retr->common));
}

GBytes *
rst_header_digest_to_bytes (const RstHeaderDigest *self)
{
  GByteArray *stored = g_byte_array_sized_new (STORED_FIXED_SIZE + 80);
  const guint8 version = STORED_VERSION;

  g_byte_array_append (stored, &version, 1);
  g_byte_array_append (stored, self->exact, sizeof self->exact);
  g_byte_array_append (stored, self->stable, sizeof self->stable);
  g_byte_array_append (stored, self->common, sizeof self->common);
  g_byte_array_append (stored, self->common_tail, sizeof self->common_tail);
  for (char **id = self->message_ids; id != NULL && *id != NULL; id++)
    g_byte_array_append (stored, (const guint8 *)*id, (guint)strlen (*id) + 1);

  return g_byte_array_free_to_bytes (stored);
}

static char **
read_ids (const char *ids,
          gsize length)
{
  g_autoptr (GPtrArray) array = NULL;

  if (length == 0)
    return NULL;

  array = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  for (const char *end = ids + length; ids < end; ids += strlen (ids) + 1)
    g_ptr_array_add (array, g_strdup (ids));

  return (char **)g_ptr_array_free (g_steal_pointer (&array), FALSE);
}

RstHeaderDigest *
rst_header_digest_from_bytes (const void *data,
                              gsize length)
{
  const guint8 *stored = data;
  RstHeaderDigest *self;

  if (length < STORED_FIXED_SIZE || stored[0] != STORED_VERSION)
    return NULL;
  if (length > STORED_FIXED_SIZE && stored[length - 1] != '\0')
    return NULL;

  self = g_new0 (RstHeaderDigest, 1);
  stored++;
  memcpy (self->exact, stored, sizeof self->exact);
  stored += sizeof self->exact;
  memcpy (self->stable, stored, sizeof self->stable);
  stored += sizeof self->stable;
  memcpy (self->common, stored, sizeof self->common);
  stored += sizeof self->common;
  memcpy (self->common_tail, stored, sizeof self->common_tail);
  stored += sizeof self->common_tail;
  self->message_ids = read_ids ((const char *)stored, length - STORED_FIXED_SIZE);

  return self;
}
