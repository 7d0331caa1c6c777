/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <glib/gstdio.h>
#include <string.h>

#include "mailbox/rst-record.h"
#include "mailbox/rst-store.h"

/* A store of three messages, damaged: each four bytes of the input are a place
 * in the file and the bytes that are put there. It is opened all the same, or
 * made anew, and what it gives is fit to be shown. */

#define N_DAMAGES 64

static char *folder;
static char *path;
static char *sound;
static gsize sound_length;

static void
forget_file (const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  g_unlink (name);
}

static void
remove_files (void)
{
  forget_file ("-wal");
  forget_file ("-shm");
  forget_file ("");
  g_rmdir (folder);
}

static RstRecord *
make_record (guint number)
{
  static const char block[] =
      "From: Ada <ada@example.org>\r\nSubject: one\r\nMessage-ID: <1@a>\r\n";
  g_autofree char *uid = g_strdup_printf ("uid-%u", number);
  RstIdentity *identity = rst_identity_new (
      uid, number, 100, rst_header_digest_new (block, sizeof block - 1));
  RstEnvelope *envelope =
      rst_envelope_new_from_headers (block, sizeof block - 1, NULL);
  g_autoptr (RstHeader) header =
      rst_header_new (identity, envelope, RST_HEADER_LOADED);

  return rst_record_new (header, 0, 0, FALSE);
}

static void
make_sound_store (void)
{
  g_autoptr (RstStore) store = NULL;
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = rst_record_array_new ();
  g_autoptr (GPtrArray) stored = NULL;

  folder = g_dir_make_tmp ("rst-fuzz-XXXXXX", NULL);
  path = g_build_filename (folder, "index.sqlite", NULL);
  atexit (remove_files);
  store = rst_store_open (path, NULL);
  g_assert_nonnull (store);
  for (guint i = 1; i <= 3; i++)
    g_ptr_array_add (records, make_record (i));
  stored = rst_store_replace (store, none, records, NULL);
  g_assert_nonnull (stored);
  g_assert_true (rst_store_set_rows (store, stored, NULL));
  g_clear_pointer (&store, rst_store_free);
  g_assert_true (g_file_get_contents (path, &sound, &sound_length, NULL));
}

static void
write_damaged (const uint8_t *data, size_t size)
{
  g_autofree char *damaged = g_memdup2 (sound, sound_length);

  for (gsize i = 0; i + 4 <= MIN (size, 4 * N_DAMAGES); i += 4)
    {
      gsize place = (data[i] * 256 + data[i + 1]) % (sound_length - 1);

      damaged[place] = (char)data[i + 2];
      damaged[place + 1] = (char)data[i + 3];
    }
  forget_file ("-wal");
  forget_file ("-shm");
  g_assert_true (g_file_set_contents_full (path, damaged, (gssize)sound_length,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
check_record (const RstRecord *record)
{
  const RstEnvelope *envelope = record->header->envelope;

  g_assert_nonnull (record->header->identity);
  if (envelope == NULL)
    return;
  g_assert_true (g_utf8_validate (envelope->from, -1, NULL));
  g_assert_true (g_utf8_validate (envelope->from_name, -1, NULL));
  g_assert_true (g_utf8_validate (envelope->to, -1, NULL));
  g_assert_true (g_utf8_validate (envelope->subject, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (RstStore) store = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) newest = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    make_sound_store ();
  write_damaged (data, size);
  store = rst_store_open (path, &error);
  g_assert_no_error (error);
  records = rst_store_load (store, NULL);
  newest = rst_store_load_newest (store, 2, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    check_record (g_ptr_array_index (records, i));
  for (guint i = 0; newest != NULL && i < newest->len; i++)
    check_record (g_ptr_array_index (newest, i));
  return 0;
}
