/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <time.h>

#include "document-dump.h"
#include "mail/rst-link.h"
#include "mail/rst-plain-document.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *dump;
} PlainCase;

static const PlainCase plain_cases[] = {
  { "empty", "", "" },
  { "blank", "\n \n\t\n", "" },
  { "text", "a\n\n  b\tc", "a\n\n  b\tc\n" },
  { "blank-lines-around", "\n \n  a\n\nb\n\n \n", "  a\n\nb\n" },

  { "quote", "a\n> b\nc\n", "a\n{q1:b\n}c\n" },
  { "quotes", "> a\n>> b\n> > c\n>>> d\n", "{q1:a\n}{q2:b\nc\n}{q3:d\n}" },
  { "quote-without-blank", ">a\n>b\n", "{q1:a\nb\n}" },
  { "blanks-in-quote", ">   a\n", "{q1:  a\n}" },
  { "blank-quoted-line", "> a\n>\n> b\n", "{q1:a\n\nb\n}" },
  { "lone-mark", "<a\n>\nb\n", "<a\n>\nb\n" },
  { "mbox-from", "a\n>From b\n", "a\n>From b\n" },
  { "quoted-from", "> a\n>From b\n", "{q1:a\nFrom b\n}" },
  { "prompt", "Try\n>>> 1 + 1\n2\n", "Try\n>>> 1 + 1\n2\n" },
  { "not-at-the-beginning", " > a\nb > c\n", " > a\nb > c\n" },
  { "arrow", "-> a\n=> b\n", "-> a\n=> b\n" },

  { "signature", "a\n-- \nMe\n", "a\n{S:-- \nMe\n}" },
  { "no-signature", "a\n--\nb\n --  \nc\n", "a\n--\nb\n --  \nc\n" },
  { "signature-above-quote", "a\n-- \nMe\n> b\nc\n", "a\n{S:-- \nMe\n}{q1:b\n}c\n" },
  { "quoted-signature", "> a\n> -- \n> Me\nb\n", "{q1:a\n}{S,q1:-- \nMe\n}b\n" },
  { "original-below-signature", "a\n-- \nMe\n-----Original Message-----\nb\n",
    "a\n{S:-- \nMe\n}-----Original Message-----\nb\n" },

  { "link", "see https://a.example/b?c=1.",
    "see {l1:https://a.example/b?c=1}.\n|https://a.example/b?c=1" },
  { "links", "a@b.example, www.c.example",
    "{l1:a@b.example}, {l2:www.c.example}\n|mailto:a@b.example|http://www.c.example" },
  { "quoted-link", "> http://a.example\n", "{q1,l1:http://a.example}{q1:\n}|http://a.example" },
  { "link-in-signature", "a\n-- \nhttp://a.example\n",
    "a\n{S:-- \n}{S,l1:http://a.example}{S:\n}|http://a.example" },
};

typedef struct
{
  const char *name;
  const char *text;
  const char *shown;
  const char *target;
} LinkCase;

static const LinkCase link_cases[] = {
  { "none", "a b.c http www mailto @", NULL, NULL },
  { "only-scheme", "http:// https://. www. mailto:", NULL, NULL },
  { "upper-case", "HTTP://A.EXAMPLE/B", "HTTP://A.EXAMPLE/B", "HTTP://A.EXAMPLE/B" },
  { "ftp", "ftp://a.example/b", "ftp://a.example/b", "ftp://a.example/b" },
  { "mailto", "mailto:a@b.example?subject=c", "mailto:a@b.example?subject=c",
    "mailto:a@b.example?subject=c" },
  { "in-angle-brackets", "<http://a.example/>", "http://a.example/", "http://a.example/" },
  { "url-prefix", "<URL:http://a.example/>", "http://a.example/", "http://a.example/" },
  { "in-brackets", "(see http://a.example/b)", "http://a.example/b", "http://a.example/b" },
  { "brackets-within", "http://a.example/b_(c)", "http://a.example/b_(c)",
    "http://a.example/b_(c)" },
  { "brackets-within-brackets", "(http://a.example/b_(c)).", "http://a.example/b_(c)",
    "http://a.example/b_(c)" },
  { "in-square-brackets", "[http://a.example]", "http://a.example", "http://a.example" },
  { "in-quotes", "\"http://a.example\"", "http://a.example", "http://a.example" },
  { "in-french-quotes", "«http://a.example»", "http://a.example", "http://a.example" },
  { "comma-within", "http://a.example/b,c,", "http://a.example/b,c", "http://a.example/b,c" },
  { "slash-at-end", "http://a.example/b/.", "http://a.example/b/", "http://a.example/b/" },
  { "emphasis", "*http://a.example/*", "http://a.example/", "http://a.example/" },
  { "ellipsis", "http://a.example/b…", "http://a.example/b", "http://a.example/b" },
  { "japanese", "http://a.example/b。次", "http://a.example/b", "http://a.example/b" },
  { "idn", "http://пример.example/путь!", "http://пример.example/путь",
    "http://пример.example/путь" },
  { "bidi-override", "http://a.example/\342\200\256b", "http://a.example/", "http://a.example/" },
  { "within-word", "xhttp://a.example", NULL, NULL },
  { "www-without-dot", "www.a", NULL, NULL },
  { "www-within-word", "awww.b.example", NULL, NULL },
  { "address", "a.b+c@d.example.", "a.b+c@d.example", "mailto:a.b+c@d.example" },
  { "address-in-brackets", "<a@b.example>", "a@b.example", "mailto:a@b.example" },
  { "address-in-quotes", "'a@b.example'", "a@b.example", "mailto:a@b.example" },
  { "address-with-idn", "a@пример.рф,", "a@пример.рф", "mailto:a@пример.рф" },
  { "address-without-dot", "a@b root@localhost", NULL, NULL },
  { "address-of-number", "a@1.2", NULL, NULL },
  { "two-at", "a@@b.example", NULL, NULL },
  { "address-with-hyphen", "a@b-c.example-", "a@b-c.example", "mailto:a@b-c.example" },
};

typedef struct
{
  const char *name;
  const char *text;
  const char *target;
  const char *claimed;
} ClaimCase;

static const ClaimCase claim_cases[] = {
  { "words", "Click here", "https://a.example/", NULL },
  { "same", "https://a.example/", "https://a.example/b", NULL },
  { "same-without-www", "a.example", "https://www.a.example/", NULL },
  { "same-domain", "a.example", "https://mail.a.example/", NULL },
  { "case", "HTTPS://A.Example", "https://a.example/", NULL },
  { "other", "https://bank.example/", "https://evil.example/", "bank.example" },
  { "other-bare", "bank.example", "https://evil.example/", "bank.example" },
  { "other-bare-with-path", "bank.example/login", "https://evil.example/", "bank.example" },
  { "suffix-is-not-domain", "bank.example", "https://evilbank.example/", "bank.example" },
  { "within-words", " Go to www.bank.example now ", "https://evil.example/", "www.bank.example" },
  { "user-is-not-host", "https://bank.example", "https://bank.example@evil.example/",
    "bank.example" },
  { "backslash", "https://bank.example", "https://evil.example\\@bank.example/", "bank.example" },
  { "port", "https://a.example:80/", "https://a.example:90/", NULL },
  { "punycode", "http://пример.example", "http://xn--e1afmkfd.example/", NULL },
  { "look-alike", "http://bank.example", "http://xn--ank-5cd.example/", "bank.example" },
  { "address", "a@b.example", "mailto:a@b.example?subject=x", NULL },
  { "other-address", "a@b.example", "mailto:a@c.example", "b.example" },
  { "address-to-page", "a@b.example", "https://c.example/", "b.example" },
  { "telephone", "bank.example", "tel:+1234", "bank.example" },
  { "number", "1.25", "https://a.example/", NULL },
  { "version", "Version 2.0.1", "https://a.example/", NULL },
};

static char *
dump_plain (const char *text,
            gsize length)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autofree char *bytes = g_memdup2 (text, length);
  g_autoptr (RstDocument) document = NULL;

  rst_plain_add_to_document (builder, bytes, length);
  document = rst_document_builder_end (builder);

  return document_dump (document);
}

static void
test_plain (gconstpointer data)
{
  const PlainCase *test = data;
  g_autofree char *dump = dump_plain (test->text, strlen (test->text));

  g_assert_cmpstr (dump, ==, test->dump);
}

static void
test_link (gconstpointer data)
{
  const LinkCase *test = data;
  gsize length = strlen (test->text);
  g_autofree char *text = g_memdup2 (test->text, length);
  gsize start = 0;
  gsize end = 0;
  g_autofree char *target = rst_link_find (text, length, &start, &end);
  g_autofree char *shown = target != NULL ? g_strndup (text + start, end - start) : NULL;

  g_assert_cmpstr (target, ==, test->target);
  g_assert_cmpstr (shown, ==, test->shown);
}

static void
test_claim (gconstpointer data)
{
  const ClaimCase *test = data;
  g_autofree char *claimed = rst_link_dup_claimed_host (test->text, test->target);

  g_assert_cmpstr (claimed, ==, test->claimed);
}

typedef struct
{
  const char *name;
  const char *before;
  guint n_quoted;
  const char *mark;
  const char *after;
  const char *folds;
} FoldCase;

/* A quoted line is 2 bytes of the document. */
static const FoldCase fold_cases[] = {
  { "short", "Yes.\n\n", 12, ">", "", "" },
  { "below-answer", "Yes.\n\n", 13, ">", "", "|folded 6-32" },
  { "below-attribution", "On 1 May, A\nwrote:\n", 13, ">", "", "|fold 19-45" },
  { "close-below-answer", "Yes.\nA wrote:\n", 13, ">", "", "|folded 14-40" },
  { "below-answer-and-attribution", "Yes.\n\nA wrote:\n", 13, ">", "", "|folded 15-41" },
  { "above-signature", "Yes.\n", 13, ">", "-- \nMe\n", "|folded 5-31" },
  { "below-signature", "Yes.\n-- \nMe\n", 13, ">", "", "|folded 12-38" },
  { "alone", "", 13, ">", "", "|fold 0-26" },
  { "above-answer", "", 40, ">", "Yes.\n", "|fold 0-80" },
  { "long-above-answer", "", 41, ">", "Yes.\n", "|folded 0-82" },
  { "deep", "> > b\n", 13, ">>", "> c\nYes.\n", "|fold 0-30|folded 0-28" },
  { "deep-below-answer", "Yes.\n", 13, ">>", "", "|folded 5-31" },
};

static void
test_fold (gconstpointer data)
{
  const FoldCase *test = data;
  g_autoptr (GString) text = g_string_new (test->before);
  g_autofree char *dump = NULL;
  const char *folds;

  for (guint i = 0; i < test->n_quoted; i++)
    g_string_append_printf (text, "%s a\n", test->mark);
  g_string_append (text, test->after);

  dump = dump_plain (text->str, text->len);
  folds = strchr (dump, '|');
  g_assert_cmpstr (folds != NULL ? folds : "", ==, test->folds);
}

static void
test_after_open_line (void)
{
  static const RstRun plain = { 0 };
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;

  rst_document_builder_add (builder, "a", 1, &plain);
  rst_plain_add_to_document (builder, "> b", 3);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "a\nb\n");
}

/* Sanitizers have a time of their own. */
#ifndef __SANITIZE_ADDRESS__
/* Twice the text may not take four times as long. */
static gint64
measure (const char *piece,
         guint n_pieces)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < n_pieces; i++)
    g_string_append (text, piece);

  for (guint i = 0; i < 3; i++)
    {
      RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
      clock_t start = clock ();

      rst_plain_add_to_document (builder, text->str, text->len);
      best = MIN (best, clock () - start);
      rst_document_unref (rst_document_builder_end (builder));
    }

  return best;
}

static void
test_linear (gconstpointer data)
{
  const char *piece = data;
  guint n_pieces = 50000 / strlen (piece);
  gint64 once = measure (piece, n_pieces);
  gint64 eightfold = measure (piece, 8 * n_pieces);

  g_assert_cmpint (eightfold, <, 24 * MAX (once, CLOCKS_PER_SEC / 1000));
}

static const char *const repeated[] = {
  ">",
  "> a\n>> b\n",
  ">\n",
  ">From \n",
  "a@",
  "a@b.",
  "http://",
  "www.",
  "www.- ",
  "(",
  ")",
  "a.",
  "https://a.example/ ",
  "@",
  "-- \n",
  "\n",
  "a:\n",
  "mailto:",
  "h",
  "м",
};
#endif

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (plain_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plain-document/%s", plain_cases[i].name);

      g_test_add_data_func (path, &plain_cases[i], test_plain);
    }
  for (guint i = 0; i < G_N_ELEMENTS (link_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plain-document/link/%s", link_cases[i].name);

      g_test_add_data_func (path, &link_cases[i], test_link);
    }
  for (guint i = 0; i < G_N_ELEMENTS (claim_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plain-document/claim/%s", claim_cases[i].name);

      g_test_add_data_func (path, &claim_cases[i], test_claim);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fold_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plain-document/fold/%s", fold_cases[i].name);

      g_test_add_data_func (path, &fold_cases[i], test_fold);
    }
#ifndef __SANITIZE_ADDRESS__
  for (guint i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plain-document/linear/%u", i);

      g_test_add_data_func (path, repeated[i], test_linear);
    }
#endif
  g_test_add_func ("/plain-document/after-open-line", test_after_open_line);

  return g_test_run ();
}
