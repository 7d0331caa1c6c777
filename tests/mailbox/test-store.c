/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "mailbox/rst-bodies.h"
#include "mailbox/rst-receipts.h"
#include "mailbox/rst-store.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *self,
        gconstpointer data)
{
  self->folder = g_dir_make_tmp ("restante-store-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "sub", "index.sqlite", NULL);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder && (name = g_dir_read_name (folder)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

static RstStore *
open_store (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  RstStore *store = rst_store_open (self->path, &error);

  g_assert_no_error (error);
  return store;
}

static RstHeader *
make_header (const char *name,
             guint32 number)
{
  g_autofree char *block =
      g_strdup_printf ("From: Ada <ada@example.org>\nSubject: %s\nMessage-ID: <%s@x>\n"
                       "Date: Thu, 12 Nov 2026 09:12:00 +0000\n",
                       name, name);

  return rst_header_new (
      rst_identity_new (name, number, 100 + number, rst_header_digest_new (block, strlen (block))),
      rst_envelope_new_from_headers (block, strlen (block), NULL), RST_HEADER_LOADED);
}

static GPtrArray *
make_records (const char *names)
{
  GPtrArray *records = rst_record_array_new ();
  g_auto (GStrv) parts = g_strsplit (names, " ", -1);

  for (guint i = 0; parts[i] && *parts[i]; i++)
    {
      g_autoptr (RstHeader) header = make_header (parts[i], i + 1);

      g_ptr_array_add (records, rst_record_new (header, 0, 0, FALSE));
    }

  return records;
}

static GPtrArray *
replace (RstStore *store,
         GPtrArray *before,
         GPtrArray *after)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *stored = rst_store_replace (store, before, after, &error);

  g_assert_no_error (error);
  return stored;
}

static void
assert_stored (RstStore *store,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rst_store_load (store, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", record->header->identity->uid);
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
round_trip (Fixture *self,
            gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b");
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  RstRecord *record;
  RstHeader *header;
  RstHeader *original = ((RstRecord *)g_ptr_array_index (records, 1))->header;
  guint8 body[32] = { 1, 2, 3 };
  g_autoptr (RstHeader) read = NULL;

  read = rst_header_new_with_identity (original,
                                       rst_identity_new_with_body (original->identity, body));
  g_ptr_array_add (records, rst_record_new (read, 0, 0, TRUE));
  stored = replace (store, none, records);
  g_clear_pointer (&store, rst_store_free);

  store = open_store (self);
  loaded = rst_store_load (store, NULL);
  g_assert_cmpuint (loaded->len, ==, 3);
  record = g_ptr_array_index (loaded, 2);
  header = record->header;
  g_assert_true (record->is_read);
  g_assert_cmpint (record->id, ==, ((RstRecord *)g_ptr_array_index (stored, 2))->id);
  g_assert_cmpuint (header->state, ==, RST_HEADER_LOADED);
  g_assert_cmpstr (header->identity->uid, ==, "b");
  g_assert_cmpuint (header->identity->number, ==, 2);
  g_assert_cmpuint (header->identity->size, ==, 102);
  g_assert_true (header->identity->body != NULL);
  g_assert_cmpmem (header->identity->body, 32, body, 32);
  g_assert_true (rst_header_digest_match (header->identity->digest, original->identity->digest));
  g_assert_cmpstr (header->envelope->subject, ==, "b");
  g_assert_cmpstr (header->envelope->from_name, ==, "Ada");
  g_assert_cmpint (header->envelope->date, ==, original->envelope->date);
  g_assert_true (header->envelope->is_decodable);
}

static void
replaced (Fixture *self,
          gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) first = make_records ("a b c d");
  g_autoptr (GPtrArray) stored = replace (store, none, first);
  g_autoptr (GPtrArray) next = rst_record_array_new ();
  g_autoptr (GPtrArray) more = make_records ("e");
  g_autoptr (GPtrArray) again = NULL;

  g_ptr_array_add (next, rst_record_ref (g_ptr_array_index (stored, 3)));
  g_ptr_array_add (next, rst_record_ref (g_ptr_array_index (more, 0)));
  g_ptr_array_add (next, rst_record_ref (g_ptr_array_index (stored, 0)));
  again = replace (store, stored, next);
  assert_stored (store, "d e a");
  g_assert_cmpint (((RstRecord *)g_ptr_array_index (again, 0))->id, ==,
                   ((RstRecord *)g_ptr_array_index (stored, 3))->id);
  g_assert_cmpint (((RstRecord *)g_ptr_array_index (again, 1))->id, !=, 0);
}

static void
damaged (Fixture *self,
         gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) again = NULL;

  g_clear_pointer (&store, rst_store_free);
  g_assert_true (
      g_file_set_contents (self->path, "This is no database, whatever its name says.\n", -1, NULL));
  store = open_store (self);
  assert_stored (store, "");
  again = replace (store, none, records);
  assert_stored (store, "a b");
}

/* Bytes 18 and 19 of the file are the versions that may write and read it: SQLite reads one that it
 * may not write, and calls the database read-only. */
static void
damaged_version (Fixture *self,
                 gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  g_clear_pointer (&store, rst_store_free);
  g_assert_true (g_file_get_contents (self->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 18);
  bytes[18] = 36;
  bytes[19] = (char)GPOINTER_TO_INT (data);
  g_assert_true (g_file_set_contents (self->path, bytes, (gssize)length, NULL));
  store = open_store (self);
  assert_stored (store, "");
  again = replace (store, none, records);
  assert_stored (store, "a b");
}

static void
of_a_newer_version (Fixture *self,
                    gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  sqlite3 *database = NULL;

  g_clear_pointer (&store, rst_store_free);
  g_assert_cmpint (sqlite3_open (self->path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "PRAGMA user_version = 999", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (database);
  store = open_store (self);
  assert_stored (store, "");
}

static void
unwritable (Fixture *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (self->folder, "file", "index.sqlite", NULL);
  g_autofree char *file = g_build_filename (self->folder, "file", NULL);

  g_assert_true (g_file_set_contents (file, "in the way", -1, NULL));
  g_assert_null (rst_store_open (path, &error));
  g_assert_error (error, RST_STORE_ERROR, RST_STORE_ERROR_IO);
}

static RstRecord *
load_row (RstStore *store,
          guint row)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) records = NULL;

  g_array_append_val (rows, row);
  records = rst_store_load_rows (store, rows, NULL);
  g_assert_cmpuint (records->len, ==, 1);
  return g_steal_pointer (&g_ptr_array_index (records, 0));
}

static void
rows (Fixture *self,
      gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b c");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) rest = rst_record_array_new ();
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (RstRecord) gone = NULL;
  g_autoptr (RstRecord) kept = NULL;

  g_assert_null (load_row (store, 1));
  g_assert_true (rst_store_set_rows (store, stored, NULL));
  g_ptr_array_add (rest, rst_record_ref (g_ptr_array_index (stored, 2)));
  left = replace (store, stored, rest);

  /* A row keeps its message, gone or not, until the next list is printed. */
  gone = load_row (store, 2);
  g_assert_cmpstr (gone->header->identity->uid, ==, "b");
  kept = load_row (store, 3);
  g_assert_cmpstr (kept->header->identity->uid, ==, "c");
  g_assert_null (load_row (store, 4));
  assert_stored (store, "c");

  g_clear_pointer (&gone, rst_record_unref);
  g_assert_true (rst_store_set_rows (store, left, NULL));
  gone = load_row (store, 2);
  g_assert_null (gone);
}

/* What another program removes between the loading of a list and its printing is printed: the row
 * names it, gone as it is. */
static void
rows_of_the_removed (Fixture *self,
                     gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (RstStore) other = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b c");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) known = rst_store_load (other, NULL);
  g_autoptr (GPtrArray) rest = rst_record_array_new ();
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) new = make_records ("d");
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (RstRecord) gone = NULL;
  g_autoptr (RstRecord) kept = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (rest, rst_record_ref (g_ptr_array_index (known, 0)));
  left = replace (other, known, rest);
  g_ptr_array_add (new, rst_record_ref (g_ptr_array_index (left, 0)));
  later = replace (other, left, new);

  rst_store_set_rows (store, stored, &error);
  g_assert_no_error (error);
  kept = load_row (store, 1);
  g_assert_cmpstr (kept->header->identity->uid, ==, "a");
  gone = load_row (store, 3);
  g_assert_cmpstr (gone->header->identity->uid, ==, "c");
  assert_stored (store, "d a");
}

/* Two programs with one store: what either believes to be there, neither takes one message for
 * another. */
static void
two_at_once (Fixture *self,
             gconstpointer data)
{
  g_autoptr (RstStore) window = open_store (self);
  g_autoptr (RstStore) console = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) first = make_records ("a b c");
  g_autoptr (GPtrArray) in_window = replace (window, none, first);
  g_autoptr (GPtrArray) in_console = rst_store_load (console, NULL);
  g_autoptr (GPtrArray) fewer = make_records ("x");
  g_autoptr (GPtrArray) stored = replace (console, in_console, fewer);
  g_autoptr (GPtrArray) again = replace (window, in_window, in_window);

  assert_stored (console, "a b c");
}

static void
settings (Fixture *self,
          gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);

  g_assert_cmpuint (rst_store_load_setting (store, "quirks"), ==, 0);
  g_assert_true (rst_store_save_setting (store, "quirks", 1, NULL));
  g_assert_true (rst_store_save_setting (store, "quirks", 3, NULL));
  g_assert_cmpuint (rst_store_load_setting (store, "quirks"), ==, 3);
}

static GBytes *
make_message (const char *name,
              gsize size)
{
  g_autofree char *text =
      g_strdup_printf ("From: Ada <ada@example.org>\nSubject: %s\nMessage-ID: <%s@x>\n"
                       "Date: Thu, 12 Nov 2026 09:12:00 +0000\n\n%*s",
                       name, name, (int)size, "end");

  return g_bytes_new_take (g_steal_pointer (&text), strlen (text));
}

static gboolean
has_body (RstStore *store,
          GPtrArray *records,
          guint position)
{
  g_autoptr (GBytes) message = rst_bodies_load (store, g_ptr_array_index (records, position));

  return message != NULL;
}

/* Those used longest ago go first, and reading is using. */
static void
bodies (Fixture *self,
        gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b c d e");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) fewer = rst_record_array_new ();
  g_autoptr (GPtrArray) left = NULL;
  const char *const names[] = { "a", "b", "c", "d" };
  g_autoptr (GBytes) big = make_message ("e", 5000);
  g_autoptr (GBytes) last = make_message ("e", 1000);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) message = make_message (names[i], 1000);

      rst_bodies_save (store, g_ptr_array_index (stored, i), message, 10000);
    }
  g_assert_true (has_body (store, stored, 0));

  /* A quarter of the budget is too much for one. */
  rst_bodies_save (store, g_ptr_array_index (stored, 4), big, 10000);
  g_assert_false (has_body (store, stored, 4));

  rst_bodies_save (store, g_ptr_array_index (stored, 4), last, 4600);
  g_assert_false (has_body (store, stored, 1));
  g_assert_true (has_body (store, stored, 0));
  g_assert_true (has_body (store, stored, 2));
  g_assert_true (has_body (store, stored, 4));

  /* What the server no longer has is not kept. */
  g_ptr_array_add (fewer, rst_record_ref (g_ptr_array_index (stored, 2)));
  left = replace (store, stored, fewer);
  g_assert_false (has_body (store, stored, 0));
  g_assert_true (has_body (store, stored, 2));
}

static void
body_of_another_message (Fixture *self,
                         gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GBytes) message = make_message ("other", 10);

  rst_bodies_save (store, g_ptr_array_index (stored, 0), message, 10000);
  g_assert_false (has_body (store, stored, 0));
}

static GPtrArray *
make_headers (const char *names)
{
  g_autoptr (GPtrArray) records = make_records (names);

  return rst_record_array_dup_headers (records);
}

static void
receipts (Fixture *self,
          gconstpointer data)
{
  g_autoptr (RstReceipts) store = rst_receipts_open (self->folder, NULL);
  g_autoptr (GPtrArray) headers = make_headers ("a b");
  g_autoptr (RstReceipt) done = rst_receipt_new (headers);
  g_autoptr (RstReceipt) open = rst_receipt_new (headers);
  g_autoptr (GPtrArray) unsettled = NULL;
  g_autoptr (GPtrArray) all = NULL;
  RstReceipt *loaded;
  RstReceiptEntry *entry;

  rst_receipt_set_outcome (done, RST_OUTCOME_DELETED);
  rst_receipt_set_outcome (open, RST_OUTCOME_UNKNOWN);
  open->account = g_strdup ("work");
  open->maildrop = g_strdup ("ada at mail.example.org");
  g_assert_true (rst_receipts_save (store, done, NULL));
  g_assert_true (rst_receipts_save (store, open, NULL));
  g_clear_pointer (&store, rst_receipts_free);

  /* What another maildrop lists does not tell. */
  store = rst_receipts_open (self->folder, NULL);
  unsettled = rst_receipts_load_unsettled (store, "ada at mail.example.com", NULL);
  g_assert_cmpuint (unsettled->len, ==, 0);
  g_clear_pointer (&unsettled, g_ptr_array_unref);
  unsettled = rst_receipts_load_unsettled (store, "ada at mail.example.org", NULL);
  g_assert_cmpuint (unsettled->len, ==, 1);
  loaded = g_ptr_array_index (unsettled, 0);
  g_assert_cmpint (loaded->id, ==, open->id);
  g_assert_cmpint (loaded->time, ==, open->time);
  g_assert_cmpuint (loaded->entries->len, ==, 2);
  entry = g_ptr_array_index (loaded->entries, 1);
  g_assert_cmpstr (entry->header->identity->uid, ==, "b");
  g_assert_cmpstr (entry->header->envelope->subject, ==, "b");

  rst_receipt_set_outcome (loaded, RST_OUTCOME_NOT_DELETED);
  entry->is_settled = TRUE;
  g_assert_true (rst_receipts_save (store, loaded, NULL));
  g_clear_pointer (&unsettled, g_ptr_array_unref);
  unsettled = rst_receipts_load_unsettled (store, "ada at mail.example.org", NULL);
  g_assert_cmpuint (unsettled->len, ==, 0);

  all = rst_receipts_load (store, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (rst_receipt_count (g_ptr_array_index (all, 0), RST_OUTCOME_DELETED), ==, 2);
  loaded = g_ptr_array_index (all, 1);
  entry = g_ptr_array_index (loaded->entries, 1);
  g_assert_true (entry->is_settled);
  g_assert_cmpstr (loaded->account, ==, "work");
}

/* Receipts that the first version of the program wrote. */
static void
old_receipts (Fixture *self,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "receipts.sqlite", NULL);
  g_autoptr (GBytes) schema = g_resources_lookup_data (
      "/io/github/restante/Restante/sql/receipts-001.sql", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (RstReceipts) store = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  RstReceiptEntry *entry;
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_true (rst_database_run (database, g_bytes_get_data (schema, NULL), NULL));
  g_assert_true (rst_database_run (database,
                                   "INSERT INTO receipt VALUES (7, 1000, NULL);"
                                   "INSERT INTO entry VALUES (7, 0, 1, 0, 3, 99, 'u', NULL, "
                                   "'Ada', 'Notes', 5); PRAGMA user_version = 1",
                                   NULL));
  sqlite3_close (database);

  store = rst_receipts_open (self->folder, &error);
  g_assert_no_error (error);
  all = rst_receipts_load (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  entry = g_ptr_array_index (((RstReceipt *)g_ptr_array_index (all, 0))->entries, 0);
  g_assert_cmpint (entry->outcome, ==, RST_OUTCOME_DELETED);
  g_assert_false (entry->is_settled);
  g_assert_cmpstr (entry->header->envelope->subject, ==, "Notes");
}

/* Nobody else may read them. */
static void
private_files (Fixture *self,
               gconstpointer data)
{
  g_autoptr (RstReceipts) receipts = rst_receipts_open (self->folder, NULL);
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint n_files = 0;
  const char *name;

  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
      n_files++;
    }
  g_assert_cmpuint (n_files, >, 0);
}

/* What a reading brings to a message that another program has removed meanwhile, or in whose place
 * it has put another one, is not written. */
static void
update (Fixture *self,
        gconstpointer data)
{
  g_autoptr (RstStore) store = open_store (self);
  g_autoptr (RstStore) other = open_store (self);
  g_autoptr (GPtrArray) none = rst_record_array_new ();
  g_autoptr (GPtrArray) records = make_records ("a b");
  g_autoptr (GPtrArray) stored = replace (store, none, records);
  g_autoptr (GPtrArray) left = make_records ("c");
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  RstRecord *a = g_ptr_array_index (stored, 0);
  RstRecord *b = g_ptr_array_index (stored, 1);

  a->is_read = b->is_read = TRUE;
  g_assert_true (rst_store_update (store, a, NULL));
  loaded = rst_store_load (store, NULL);
  g_assert_true (((RstRecord *)g_ptr_array_index (loaded, 0))->is_read);
  g_assert_false (((RstRecord *)g_ptr_array_index (loaded, 1))->is_read);

  ((RstRecord *)g_ptr_array_index (left, 0))->id = b->id;
  kept = replace (other, none, left);
  g_assert_true (rst_store_update (store, a, NULL));
  g_assert_true (rst_store_update (store, b, NULL));
  assert_stored (store, "c");
  g_clear_pointer (&loaded, g_ptr_array_unref);
  loaded = rst_store_load (store, NULL);
  g_assert_false (((RstRecord *)g_ptr_array_index (loaded, 0))->is_read);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/store/round-trip", round_trip);
  ADD ("/store/replaced", replaced);
  ADD ("/store/damaged", damaged);
  g_test_add ("/store/damaged-version/as-log", Fixture, GINT_TO_POINTER (2), set_up,
              damaged_version, tear_down);
  g_test_add ("/store/damaged-version/as-journal", Fixture, GINT_TO_POINTER (1), set_up,
              damaged_version, tear_down);
  ADD ("/store/of-a-newer-version", of_a_newer_version);
  ADD ("/store/unwritable", unwritable);
  ADD ("/store/rows", rows);
  ADD ("/store/rows-of-the-removed", rows_of_the_removed);
  ADD ("/store/two-at-once", two_at_once);
  ADD ("/store/update", update);
  ADD ("/store/settings", settings);
  ADD ("/store/bodies", bodies);
  ADD ("/store/body-of-another-message", body_of_another_message);
  ADD ("/receipts/round-trip", receipts);
  ADD ("/receipts/old", old_receipts);
  ADD ("/receipts/private", private_files);

  return g_test_run ();
}
