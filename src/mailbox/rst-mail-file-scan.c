/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mail-file-scan"

#include "config.h"

#include "rst-mail-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "fetcher/rst-reconcile.h"
#include "mail/rst-header-block.h"
#include "mail/rst-mbox.h"

#define PIECE (1024 * 1024)

/* Of a message's own file that much is read first; few header blocks are longer. */
#define HEAD (16 * 1024)

/* One reading of the file, and what it has found so far. */
typedef struct
{
  RstMailFile *file;
  RstMailFileKind kind;
  RstFileStamp stamp;
  GArray *entries;
  GPtrArray *headers;
  GPtrArray *fresh;
  gboolean is_first;
  GError *interruption;
} Scan;

static void
scan_clear (Scan *scan)
{
  g_clear_pointer (&scan->entries, g_array_unref);
  g_clear_pointer (&scan->headers, g_ptr_array_unref);
  g_clear_pointer (&scan->fresh, g_ptr_array_unref);
  g_clear_error (&scan->interruption);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

static void
add_header (Scan *scan,
            goffset size,
            const char *block,
            gsize length)
{
  RstHeader *header =
      rst_mail_file_make_header (scan->headers->len + 1, size, block, length);

  g_ptr_array_add (scan->headers, header);
  g_ptr_array_add (scan->fresh, rst_header_ref (header));
}

/* Tells what has been found since the last time; of what was known, it is settled at the end which
 * message is which. */
static void
tell (Scan *scan,
      RstPhase phase,
      guint64 done,
      guint64 total)
{
  RstMailFile *self = scan->file;

  rst_mail_file_tell_progress (self, phase, done, total);
  if (self->observer && scan->is_first && scan->fresh->len > 0)
    self->observer->headers (scan->fresh, self->observer_data);
  g_ptr_array_set_size (scan->fresh, 0);
}

static gboolean
is_known_field (const RstHeaderField *field)
{
  static const char *const names[] = { "From", "To", "Subject", "Date", "Received", "Return-Path",
                                       "Message-ID", "MIME-Version", "Content-Type",
                                       "Delivered-To" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rst_header_field_is (field, names[i]))
      return TRUE;

  return FALSE;
}

/* Many a text begins with a word and a colon; a message has a field that every mail program knows.
 */
static gboolean
looks_like_message (const char *bytes,
                    gsize length)
{
  gsize end = rst_header_block_find_end (bytes, length);
  gsize position = 0;
  RstHeaderField field;

  while (rst_header_block_next (bytes, end, &position, &field))
    {
      if (field.name_length == 0 && !g_str_has_prefix (field.raw, ">From "))
        return FALSE;
      if (is_known_field (&field))
        return TRUE;
    }

  return FALSE;
}

static void
entry_cb (const RstMboxEntry *place,
          const char *header,
          gsize header_length,
          gpointer user_data)
{
  Scan *scan = user_data;
  RstMailEntry entry = { .place = *place };

  g_array_append_val (scan->entries, entry);
  add_header (scan, place->size, header, header_length);
}

static gboolean
set_no_mail (Scan *scan,
             GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _ ("“%s” holds no mail: it is neither a message (.eml) nor a mail file (mbox)."),
               scan->file->name);
  return FALSE;
}

static gboolean
read_piece (Scan *scan,
            int fd,
            char *piece,
            gsize *length,
            GCancellable *cancellable,
            GError **error)
{
  gssize n;

  do
    n = read (fd, piece, PIECE);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    {
      rst_mail_file_set_error (scan->file, errno, error);
      return FALSE;
    }

  *length = (gsize)n;
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The first piece has been read and says what the file is; the rest follows. What was found before
 * a Stop is kept. */
static gboolean
scan_mbox (Scan *scan,
           int fd,
           char *piece,
           gsize length,
           gboolean begins_with_message,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (RstMboxScanner) scanner =
      rst_mbox_scanner_new (begins_with_message, entry_cb, scan);
  goffset done = 0;

  while (length > 0)
    {
      rst_mbox_scanner_push (scanner, piece, length);
      done += (goffset)length;
      tell (scan, RST_PHASE_READING_FILE, (guint64)done, (guint64)scan->stamp.size);
      if (!read_piece (scan, fd, piece, &length, cancellable, &scan->interruption))
        return TRUE;
    }
  rst_mbox_scanner_finish (scanner);
  tell (scan, RST_PHASE_READING_FILE, (guint64)done, (guint64)scan->stamp.size);

  return TRUE;
}

static void
scan_message (Scan *scan,
              const char *piece,
              gsize length)
{
  RstMailEntry entry = { .place = { 0, 0, scan->stamp.size, scan->stamp.size } };

  scan->kind = RST_MAIL_FILE_MESSAGE;
  g_array_append_val (scan->entries, entry);
  add_header (scan, scan->stamp.size, piece, length);
}

/* Whether the file has a separator in its first piece, with a message behind it; above it may stand
 * anything. */
static gboolean
has_mail_below (const char *piece,
                gsize length)
{
  const char *end = piece + length;
  gboolean is_after_blank = TRUE;

  for (const char *line = piece; line < end;)
    {
      const char *newline = memchr (line, '\n', (gsize)(end - line));
      const char *next = newline ? newline + 1 : end;

      if (is_after_blank && rst_mbox_is_separator (line, (gsize)(next - line)) &&
          (line == piece || looks_like_message (next, (gsize)(end - next))))
        return TRUE;
      is_after_blank = line[0] == '\n' || (next - line == 2 && line[0] == '\r');
      line = next;
    }

  return FALSE;
}

static gboolean
scan_file (Scan *scan,
           int fd,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *piece = g_malloc (PIECE);
  g_autofree char *lower = g_ascii_strdown (scan->file->path, -1);
  gsize length = 0;
  gboolean is_message;

  if (!read_piece (scan, fd, piece, &length, cancellable, error))
    return FALSE;

  scan->kind = RST_MAIL_FILE_MBOX;
  is_message = looks_like_message (piece, length);
  if (is_message && g_str_has_suffix (lower, ".eml"))
    {
      scan_message (scan, piece, length);
      return TRUE;
    }
  if (!is_message && length > 0 && !has_mail_below (piece, length))
    return set_no_mail (scan, error);

  if (!scan_mbox (scan, fd, piece, length, is_message, cancellable, error))
    return FALSE;
  if (is_message && scan->entries->len == 1 && !scan->interruption)
    {
      RstMailEntry *entry = &g_array_index (scan->entries, RstMailEntry, 0);

      scan->kind = RST_MAIL_FILE_MESSAGE;
      entry->place.size = entry->place.end;
    }

  return TRUE;
}

/* A file that cannot be read is a row without headers; the others are not to blame for it. */
static void
scan_entry (Scan *scan,
            const RstMailEntry *entry,
            GCancellable *cancellable)
{
  RstMailFile *self = scan->file;
  g_autoptr (GBytes) head = NULL;
  struct stat status;
  guint32 number = scan->headers->len + 1;
  int fd = rst_mail_file_open (self, entry->path, &status, NULL);
  RstHeader *header;

  for (goffset length = HEAD; fd >= 0; length *= 8)
    {
      g_clear_pointer (&head, g_bytes_unref);
      head = rst_mail_file_read (self, fd, 0, MIN (length, RST_MBOX_MAX_HEADER), cancellable, NULL);
      if (!head || length >= RST_MBOX_MAX_HEADER || g_bytes_get_size (head) < (gsize)length ||
          rst_header_block_find_end (g_bytes_get_data (head, NULL), (gsize)length) < (gsize)length)
        break;
    }
  if (fd >= 0)
    close (fd);
  if (head)
    {
      add_header (scan, (goffset)status.st_size, g_bytes_get_data (head, NULL),
                  g_bytes_get_size (head));
      return;
    }

  header = rst_header_new (rst_identity_new (NULL, number, 0, NULL), NULL, RST_HEADER_UNREADABLE);
  g_ptr_array_add (scan->headers, header);
  g_ptr_array_add (scan->fresh, rst_header_ref (header));
}

static gboolean
scan_folder (Scan *scan,
             GCancellable *cancellable,
             GError **error)
{
  g_clear_pointer (&scan->entries, g_array_unref);
  scan->entries = rst_mail_folder_list (scan->file, &scan->kind, cancellable, error);
  if (!scan->entries)
    return FALSE;

  for (guint i = 0; i < scan->entries->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, &scan->interruption))
        break;
      scan_entry (scan, &g_array_index (scan->entries, RstMailEntry, i), cancellable);
      tell (scan, RST_PHASE_LOADING_HEADERS, i + 1, scan->entries->len);
    }
  g_array_set_size (scan->entries, scan->headers->len);

  return TRUE;
}

static gboolean
scan_path (Scan *scan,
           GCancellable *cancellable,
           GError **error)
{
  RstMailFile *self = scan->file;
  struct stat status;
  gboolean is_done;
  int fd;

  if (!self->path)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("“%s” is not on this computer: copy it here first."), self->name);
      return FALSE;
    }
  if (g_file_test (self->path, G_FILE_TEST_IS_DIR))
    return scan_folder (scan, cancellable, error);

  fd = rst_mail_file_open (self, self->path, &status, error);
  if (fd < 0)
    return FALSE;

  rst_file_stamp_init (&scan->stamp, &status);
  is_done = scan_file (scan, fd, cancellable, error);
  close (fd);
  return is_done;
}

static gboolean
is_same_header (const RstHeader *a,
                const RstHeader *b)
{
  return a->identity->number == b->identity->number && a->identity->size == b->identity->size &&
         a->identity->digest && b->identity->digest &&
         memcmp (a->identity->digest->exact, b->identity->digest->exact, RST_HEADER_DIGEST_SIZE) ==
             0;
}

static RstReconciliation *
reconcile (GPtrArray *index,
           GPtrArray *headers)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
  g_autofree RstIdentity **entries = g_new0 (RstIdentity *, index->len);
  g_autofree RstHeaderDigest **digests = g_new0 (RstHeaderDigest *, headers->len);

  for (guint i = 0; i < index->len; i++)
    entries[i] = ((RstHeader *)g_ptr_array_index (index, i))->identity;
  for (guint i = 0; i < headers->len; i++)
    {
      const RstIdentity *identity = ((RstHeader *)g_ptr_array_index (headers, i))->identity;
      g_autofree char *line =
          g_strdup_printf ("%u %" G_GUINT64_FORMAT, identity->number, identity->size);

      rst_pop3_listing_add_size_line (listing, line, NULL);
      digests[i] = identity->digest;
    }

  return rst_reconcile (entries, index->len, listing, digests, NULL,
                        RST_RECONCILE_DEFAULT);
}

static RstSnapshot *
make_snapshot (Scan *scan,
               GPtrArray *index)
{
  g_autoptr (RstReconciliation) reconciliation = reconcile (index, scan->headers);
  RstSnapshot *snapshot = rst_snapshot_new ();

  for (guint i = 0; i < scan->headers->len; i++)
    {
      RstHeader *header = g_ptr_array_index (scan->headers, i);
      guint origin = reconciliation->row_entries[i];
      RstHeader *known = origin == RST_RECONCILE_NONE ? NULL : g_ptr_array_index (index, origin);

      origin = known ? origin : RST_SNAPSHOT_NEW;
      if (known && is_same_header (known, header))
        header = known;
      g_ptr_array_add (snapshot->headers, rst_header_ref (header));
      g_array_append_val (snapshot->origins, origin);
    }
  snapshot->report = reconciliation->report;
  snapshot->interruption = g_steal_pointer (&scan->interruption);

  return snapshot;
}

RstSnapshot *
rst_mail_file_load_headers (RstMailFile *self,
                            GPtrArray *index,
                            GCancellable *cancellable,
                            GError **error)
{
  g_auto (Scan) scan = { .file = self, .is_first = index->len == 0 };

  scan.entries = rst_mail_entries_new ();
  scan.headers = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  scan.fresh = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  if (!scan_path (&scan, cancellable, error))
    return NULL;

  /* Half of a file says nothing about what was known of the whole. */
  if (scan.interruption && index->len > 0)
    {
      g_propagate_error (error, g_steal_pointer (&scan.interruption));
      return NULL;
    }

  g_array_unref (self->entries);
  self->entries = g_steal_pointer (&scan.entries);
  self->kind = scan.kind;
  self->stamp = scan.stamp;

  return make_snapshot (&scan, index);
}
