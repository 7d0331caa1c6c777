/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-header-digest.h"

#define BYTES(literal) literal, sizeof (literal) - 1

/* What a verdict rests on; each includes those before it. */
typedef enum
{
  MATCH_NONE,
  MATCH_RETR,
  MATCH_COMMON,
  MATCH_STABLE,
  MATCH_EXACT,
} Match;

typedef struct
{
  const char *name;
  const char *a;
  gsize a_length;
  const char *b;
  gsize b_length;
  Match match;
} MatchCase;

#define HEAD "From: a@example.org\r\nTo: b@example.org\r\nSubject: s\r\n" \
             "Date: Mon, 2 Nov 2026 10:00:00 +0000\r\n"
#define HEAD_LF "From: a@example.org\nTo: b@example.org\nSubject: s\n" \
                "Date: Mon, 2 Nov 2026 10:00:00 +0000\n"
#define ID "Message-ID: <1@example.org>\r\n"

static const MatchCase match_cases[] = {
  { "same", BYTES (HEAD ID), BYTES (HEAD ID), MATCH_EXACT },
  { "empty", BYTES (""), BYTES (""), MATCH_EXACT },
  { "empty-and-not", BYTES (""), BYTES (HEAD), MATCH_NONE },
  { "crlf-and-lf", BYTES (HEAD), BYTES (HEAD_LF), MATCH_EXACT },
  { "blank-line-or-none", BYTES (HEAD "\r\n"), BYTES (HEAD), MATCH_EXACT },
  { "extra-blank-lines", BYTES (HEAD "\r\n\r\n\r\n"), BYTES (HEAD), MATCH_EXACT },
  { "missing-last-line-end", BYTES ("A: b\r\nC: d"), BYTES ("A: b\r\nC: d\r\n"), MATCH_EXACT },
  { "cut-in-last-line-end", BYTES ("A: b\r\nC: d\r"), BYTES ("A: b\r\nC: d\r\n"), MATCH_EXACT },
  { "only-blank-lines", BYTES ("\r\n\r\n"), BYTES (""), MATCH_EXACT },
  { "body-does-not-count", BYTES (HEAD "\r\nbody\r\n"), BYTES (HEAD "\r\nother\r\n"), MATCH_EXACT },
  { "bare-cr-counts", BYTES ("A: b\rc\r\n"), BYTES ("A: b\nc\r\n"), MATCH_NONE },
  { "bare-cr-is-not-crlf", BYTES ("A: b\r\r\n"), BYTES ("A: b\r\n"), MATCH_NONE },
  { "nul-counts", BYTES ("A: b\0c\r\n"), BYTES ("A: b\0d\r\n"), MATCH_NONE },
  { "nul-same", BYTES ("A: b\0c\r\n"), BYTES ("A: b\0c\n"), MATCH_EXACT },
  { "8-bit", BYTES ("Subject: \xFF\xFE\r\n"), BYTES ("Subject: \xFF\xFE\n"), MATCH_EXACT },
  { "8-bit-counts", BYTES ("Subject: \xFF\r\n"), BYTES ("Subject: \xFE\r\n"), MATCH_NONE },
  { "trailing-blank", BYTES (HEAD), BYTES (HEAD "X-A: 1 \r\n"), MATCH_COMMON },
  { "trailing-blank-in-value", BYTES ("Subject: s \r\n"), BYTES ("Subject: s\r\n"), MATCH_COMMON },

  /* Volatile fields. */
  { "status-added", BYTES (HEAD ID), BYTES (HEAD "Status: RO\r\n" ID), MATCH_STABLE },
  { "status-changed", BYTES (HEAD "Status: O\r\n"), BYTES (HEAD "Status: RO\r\n"), MATCH_STABLE },
  { "volatile-first", BYTES ("X-UIDL: 1\r\n" HEAD), BYTES (HEAD), MATCH_STABLE },
  { "volatile-last", BYTES (HEAD "X-UIDL: 1\r\n"), BYTES (HEAD), MATCH_STABLE },
  { "volatile-last-no-end", BYTES (HEAD "X-UIDL: 1"), BYTES (HEAD), MATCH_STABLE },
  { "volatile-case", BYTES (HEAD "x-uidl: 1\r\n"), BYTES (HEAD "X-UIDL: 2\r\n"), MATCH_STABLE },
  { "volatile-folded",
    BYTES (HEAD "X-Keywords: a\r\n b\r\n\tc\r\n" ID), BYTES (HEAD ID), MATCH_STABLE },
  { "volatile-folded-last", BYTES (HEAD "X-IMAPbase: 1\r\n 2\r\n"), BYTES (HEAD), MATCH_STABLE },
  { "volatile-blank-before-colon", BYTES (HEAD "Status : RO\r\n"), BYTES (HEAD), MATCH_STABLE },
  { "volatile-all",
    BYTES (HEAD),
    BYTES ("Status: 1\r\nX-Status: 1\r\nX-Keywords: 1\r\nX-UID: 1\r\nX-UIDL: 1\r\nX-IMAP: 1\r\n"
           "X-IMAPbase: 1\r\n" HEAD "X-Mozilla-Status: 1\r\nX-Mozilla-Status2: 1\r\n"
           "X-Mozilla-Keys: 1\r\nContent-Length: 1\r\nLines: 1\r\n"),
    MATCH_STABLE },
  { "volatile-only", BYTES ("Status: RO\r\n"), BYTES ("X-UID: 7\r\n"), MATCH_STABLE },
  { "not-volatile", BYTES ("X-Spam-Status: 1\r\n"), BYTES ("X-Spam-Status: 2\r\n"), MATCH_NONE },
  { "volatile-name-as-text",
    BYTES (HEAD "X-A: 1\r\n Status: RO\r\n" ID), BYTES (HEAD "X-A: 1\r\n" ID), MATCH_COMMON },

  /* Message-ID. */
  { "id-differs",
    BYTES (HEAD "Message-ID: <1@x>\r\n"),
    BYTES (HEAD "Message-ID: <2@x>\r\n"),
    MATCH_NONE },
  { "id-on-one-side", BYTES (HEAD ID), BYTES (HEAD), MATCH_NONE },
  { "id-folded",
    BYTES (HEAD "Message-ID: <1@example.org>\r\n"),
    BYTES (HEAD "Message-ID:\r\n <1@example.org>\r\n"),
    MATCH_COMMON },
  { "id-folded-differs",
    BYTES (HEAD "Message-ID:\r\n <1@x>\r\n"),
    BYTES (HEAD "Message-ID:\r\n <2@x>\r\n"),
    MATCH_NONE },
  { "id-case-of-name",
    BYTES (HEAD "Message-Id: <1@x>\r\n"),
    BYTES (HEAD "MESSAGE-ID: <1@x>\r\n"),
    MATCH_COMMON },
  { "id-case-of-value",
    BYTES (HEAD "Message-ID: <a@x>\r\n"),
    BYTES (HEAD "Message-ID: <A@x>\r\n"),
    MATCH_NONE },
  { "id-two-and-one", BYTES (HEAD ID ID), BYTES (HEAD ID), MATCH_NONE },
  { "id-two", BYTES (HEAD ID ID "X-A: 1\r\n"), BYTES (HEAD ID ID), MATCH_COMMON },
  { "id-empty-or-none", BYTES (HEAD "Message-ID:\r\n"), BYTES (HEAD), MATCH_NONE },
  { "id-nul",
    BYTES (HEAD "Message-ID: <a\0b>\r\n"),
    BYTES (HEAD "Message-ID: <a\0c>\r\n"),
    MATCH_NONE },
  { "id-same-subject-differs",
    BYTES ("Subject: a\r\n" ID), BYTES ("Subject: b\r\n" ID), MATCH_NONE },

  /* Common fields. */
  { "unknown-field-differs", BYTES (HEAD "X-A: 1\r\n"), BYTES (HEAD "X-A: 2\r\n"), MATCH_COMMON },
  { "refolded", BYTES ("To: a,\r\n b\r\nX: 1\r\n"), BYTES ("To: a, b\r\n"), MATCH_COMMON },
  { "from-differs", BYTES ("From: a\r\nTo: c\r\n"), BYTES ("From: b\r\nTo: c\r\n"), MATCH_NONE },
  { "cc-added", BYTES (HEAD), BYTES (HEAD "Cc: c@example.org\r\n"), MATCH_NONE },
  { "return-path-differs",
    BYTES (HEAD "Return-Path: <a>\r\n"),
    BYTES (HEAD "Return-Path: <b>\r\n"),
    MATCH_NONE },
  { "order-of-names",
    BYTES ("From: a\r\nTo: b\r\n"),
    BYTES ("To: b\r\nFrom: a\r\n"),
    MATCH_COMMON },
  { "order-of-values", BYTES ("To: a\r\nTo: b\r\n"), BYTES ("To: b\r\nTo: a\r\n"), MATCH_NONE },
  { "names-swapped", BYTES ("From: a\r\nTo: b\r\n"), BYTES ("From: b\r\nTo: a\r\n"), MATCH_NONE },
  { "values-run-together", BYTES ("To: a\r\nTo: b\r\n"), BYTES ("To: ab\r\n"), MATCH_NONE },
  { "value-with-nul", BYTES ("To: a\0b\r\n"), BYTES ("To: a\0c\r\n"), MATCH_NONE },
  { "empty-or-none", BYTES ("From: a\r\nSubject:\r\n"), BYTES ("From: a\r\n"), MATCH_NONE },
  { "nothing-in-common-fields", BYTES ("X-A: 1\r\n"), BYTES ("X-A: 2\r\n"), MATCH_NONE },
  { "not-a-field", BYTES ("Hello\r\n"), BYTES ("World\r\n"), MATCH_NONE },

  /* Received. */
  { "received-differs",
    BYTES (HEAD "Received: a\r\n"),
    BYTES (HEAD "Received: b\r\n"),
    MATCH_NONE },
  { "received-alone",
    BYTES ("Received: a\r\nX: 1\r\n"),
    BYTES ("Received: a\r\nX: 2\r\n"),
    MATCH_COMMON },
  { "received-added",
    BYTES ("Received: b\r\n" HEAD), BYTES ("Received: a\r\nReceived: b\r\n" HEAD), MATCH_RETR },
  { "received-only-one", BYTES (HEAD ID), BYTES ("Received: a\r\n" HEAD ID), MATCH_RETR },
  { "received-of-three",
    BYTES ("Received: b\r\nReceived: c\r\n" HEAD),
    BYTES ("Received: a\r\nReceived: b\r\nReceived: c\r\n" HEAD),
    MATCH_RETR },
  { "received-two-added", BYTES (HEAD), BYTES ("Received: a\r\nReceived: b\r\n" HEAD), MATCH_NONE },
  { "received-first-differs",
    BYTES ("Received: a\r\nReceived: c\r\n" HEAD),
    BYTES ("Received: b\r\nReceived: c\r\n" HEAD), MATCH_NONE },
  { "received-last-missing",
    BYTES ("Received: a\r\nReceived: b\r\n" HEAD), BYTES ("Received: a\r\n" HEAD), MATCH_NONE },
  { "received-added-id-differs",
    BYTES (HEAD "Message-ID: <1>\r\n"),
    BYTES ("Received: a\r\n" HEAD "Message-ID: <2>\r\n"),
    MATCH_NONE },
  { "received-and-nothing-else",
    BYTES ("X-A: 1\r\n"),
    BYTES ("Received: a\r\nX-A: 2\r\n"),
    MATCH_NONE },
};

static gboolean
is_equal (const guint8 *a,
          const guint8 *b)
{
  return memcmp (a, b, RST_HEADER_DIGEST_SIZE) == 0;
}

static void
assert_same (const RstHeaderDigest *a,
             const RstHeaderDigest *b)
{
  g_assert_true (is_equal (a->exact, b->exact));
  g_assert_true (is_equal (a->stable, b->stable));
  g_assert_true (is_equal (a->common, b->common));
  g_assert_true (is_equal (a->common_tail, b->common_tail));
  g_assert_true ((a->message_ids == NULL) == (b->message_ids == NULL));
  if (a->message_ids != NULL)
    g_assert_cmpstrv (a->message_ids, b->message_ids);
}

static void
assert_stored_form (const RstHeaderDigest *self)
{
  g_autoptr (GBytes) stored = rst_header_digest_to_bytes (self);
  g_autoptr (RstHeaderDigest) restored = NULL;

  restored = rst_header_digest_from_bytes (g_bytes_get_data (stored, NULL),
                                           g_bytes_get_size (stored));
  g_assert_nonnull (restored);
  assert_same (self, restored);
}

static void
test_match (gconstpointer data)
{
  const MatchCase *test = data;
  g_autoptr (RstHeaderDigest) a = rst_header_digest_new (test->a, test->a_length);
  g_autoptr (RstHeaderDigest) b = rst_header_digest_new (test->b, test->b_length);

  g_assert_cmpint (is_equal (a->exact, b->exact), ==, test->match >= MATCH_EXACT);
  g_assert_cmpint (is_equal (a->stable, b->stable), ==, test->match >= MATCH_STABLE);
  g_assert_cmpint (rst_header_digest_match (a, b), ==, test->match >= MATCH_COMMON);
  g_assert_cmpint (rst_header_digest_match (b, a), ==, test->match >= MATCH_COMMON);
  g_assert_cmpint (rst_header_digest_match_retr (a, b), ==, test->match >= MATCH_RETR);
  g_assert_cmpint (rst_header_digest_match_retr (b, a), ==, test->match >= MATCH_RETR);

  g_assert_true (rst_header_digest_match (a, a));
  g_assert_true (rst_header_digest_match_retr (b, b));
  assert_stored_form (a);
  assert_stored_form (b);
}

/* The stored form is read by later versions of the program: these bytes must never change, unless
 * the version in the first one does. */
static void
test_stored_vector (void)
{
  static const char block[] = "Received: from x\r\n\tby y\r\nStatus: RO\r\nMessage-ID: <1@x>\r\n"
                              "From: A <a@x>\r\nSubject: =?utf-8?q?=C3=A4?=\r\n\r\n";
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (BYTES (block));
  g_autoptr (GBytes) stored = rst_header_digest_to_bytes (digest);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, stored);

  g_assert_cmpuint (g_bytes_get_size (stored), ==, 1 + 4 * 32 + strlen ("<1@x>") + 1);
  g_assert_cmpstr (sum, ==, "95a643cf345cc98fba8f794d4c7b7f16a2b1ee95b6892ca2cba5acaa476ce896");
}

/* SHA-256 itself, against values computed elsewhere. */
static void
test_exact_is_sha256 (void)
{
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (BYTES ("A: b\r\nC: d\r\n"));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "A: b\nC: d\n", -1);
  g_autoptr (GString) hex = g_string_new (NULL);

  for (guint i = 0; i < sizeof digest->exact; i++)
    g_string_append_printf (hex, "%02x", digest->exact[i]);

  g_assert_cmpstr (hex->str, ==, sum);
}

static void
test_message_ids (void)
{
  static const char block[] = "Message-ID:\r\n\t<1@x> \r\nMESSAGE-ID: b\r\n";
  static const char *const expected[] = { "<1@x>", "b", NULL };
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (BYTES (block));
  g_autoptr (RstHeaderDigest) copy = rst_header_digest_copy (digest);
  g_autoptr (RstHeaderDigest) none = rst_header_digest_new (BYTES (HEAD));

  g_assert_cmpstrv (digest->message_ids, (char **)expected);
  assert_same (digest, copy);
  g_assert_null (none->message_ids);
}

/* What is kept of ids has a bound, and they tell messages apart all the same. */
static void
test_endless_ids (void)
{
  g_autofree char *long_id = g_strnfill (500000, 'a');
  g_autoptr (GString) many = g_string_new (HEAD);
  g_autofree char *one = g_strconcat (HEAD "Message-ID: ", long_id, "\r\n", NULL);
  g_autofree char *other = g_strconcat (HEAD "Message-ID: ", long_id, "b\r\n", NULL);
  g_autoptr (RstHeaderDigest) first = rst_header_digest_new (one, strlen (one));
  g_autoptr (RstHeaderDigest) second = rst_header_digest_new (other, strlen (other));
  g_autoptr (RstHeaderDigest) third = NULL;
  g_autoptr (RstHeaderDigest) forged = NULL;
  g_autofree char *forgery = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append (many, "Message-ID: <1@x>\r\n");
  third = rst_header_digest_new (many->str, many->len);
  forgery = g_strconcat (HEAD "Message-ID: ", first->message_ids[0], "\r\n", NULL);
  forged = rst_header_digest_new (forgery, strlen (forgery));

  g_assert_cmpuint (g_strv_length (first->message_ids), ==, 1);
  g_assert_cmpuint (strlen (first->message_ids[0]), <, 100);
  g_assert_cmpuint (g_strv_length (third->message_ids), ==, 1);
  g_assert_cmpuint (strlen (third->message_ids[0]), <, 100);
  g_assert_true (rst_header_digest_match (first, first));
  g_assert_false (rst_header_digest_match (first, second));
  g_assert_false (rst_header_digest_match (first, third));
  g_assert_false (rst_header_digest_match (first, forged));
  assert_stored_form (first);
}

static void
test_damaged_store (void)
{
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (BYTES (HEAD ID ID));
  g_autoptr (GBytes) stored = rst_header_digest_to_bytes (digest);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (stored, &size);

  g_assert_null (rst_header_digest_from_bytes (NULL, 0));

  for (gsize length = 0; length < size; length++)
    {
      g_autofree guint8 *cut = g_memdup2 (bytes, length);
      g_autoptr (RstHeaderDigest) read = rst_header_digest_from_bytes (cut, length);

      g_assert_false (read != NULL && length < 1 + 4 * 32);
      g_assert_true (read == NULL || read->message_ids == NULL ||
                     g_strv_length (read->message_ids) == 1);
    }

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *damaged = g_memdup2 (bytes, size);
      g_autoptr (RstHeaderDigest) read = NULL;

      damaged[i] ^= 0xA5;
      read = rst_header_digest_from_bytes (damaged, size);
      g_assert_true (i > 0 || read == NULL);
      if (read != NULL)
        assert_stored_form (read);
    }
}

static void
test_random (void)
{
  static const char alphabet[] = "abFfromTSubject::  \t\r\n\r\n\n\0\xFF";

  for (guint run = 0; run < 5000; run++)
    {
      gsize length = (gsize)g_test_rand_int_range (0, 300);
      g_autofree char *block = g_malloc (length);
      g_autoptr (RstHeaderDigest) digest = NULL;
      g_autoptr (RstHeaderDigest) read = NULL;

      for (gsize i = 0; i < length; i++)
        block[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];

      digest = rst_header_digest_new (block, length);
      assert_stored_form (digest);
      read = rst_header_digest_from_bytes (block, length);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/header-digest/match/%s", match_cases[i].name);

      g_test_add_data_func (path, &match_cases[i], test_match);
    }
  g_test_add_func ("/header-digest/exact-is-sha256", test_exact_is_sha256);
  g_test_add_func ("/header-digest/message-ids", test_message_ids);
  g_test_add_func ("/header-digest/message-ids/endless", test_endless_ids);
  g_test_add_func ("/header-digest/stored-vector", test_stored_vector);
  g_test_add_func ("/header-digest/damaged-store", test_damaged_store);
  g_test_add_func ("/header-digest/random", test_random);

  return g_test_run ();
}
