/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-sender.h"

typedef struct
{
  const char *name;
  const char *headers;
  const char *address;
  const char *reply_to;
  const char *authentication;
  gboolean is_refuted;
} SenderCase;

#define FROM "From: Ada <ada@x.org>\n"

static const SenderCase sender_cases[] = {
  { "honest", FROM, NULL, NULL, NULL, FALSE },
  { "empty", "", NULL, NULL, NULL, FALSE },
  { "name-is-another-address",
    "From: \"boss@bank.example\" <thief@evil.example>\n",
    "thief@evil.example", NULL, NULL, FALSE },
  { "name-has-another-address",
    "From: \"The Boss (boss@bank.example)\" <thief@evil.example>\n",
    "thief@evil.example", NULL, NULL, FALSE },
  { "name-has-it-encoded",
    "From: =?utf-8?B?Ym9zc0BiYW5rLmV4YW1wbGU=?= <thief@evil.example>\n",
    "thief@evil.example", NULL, NULL, FALSE },
  { "name-is-its-address", "From: \"ADA@x.org\" <ada@x.org>\n", NULL, NULL, NULL, FALSE },
  { "name-has-a-lone-at", "From: \"Ada @ work\" <ada@x.org>\n", NULL, NULL, NULL, FALSE },
  { "second-author", FROM "From: \"b@y.org\" <c@z.org>\n", NULL, NULL, NULL, FALSE },
  { "reply-to-same", FROM "Reply-To: <ADA@X.org>\n", NULL, NULL, NULL, FALSE },
  { "reply-to-other",
    FROM "Reply-To: ada@x.org, Eve <eve@y.org>\n",
    NULL, "Eve <eve@y.org>", NULL, FALSE },
  { "reply-to-without-from", "Reply-To: e@y.org\n", NULL, "e@y.org", NULL, FALSE },
  { "reply-to-override",
    FROM "Reply-To: =?utf-8?Q?a=E2=80=AEb?= <e@y.org>\n",
    NULL, "a\uFFFD"
          "b <e@y.org>",
    NULL, FALSE },
  { "all-pass",
    FROM "Authentication-Results: mx.org 1; spf=pass smtp.mailfrom=x.org;\n"
         "\tdkim=pass (2048-bit key; a=b) header.d=x.org; dmarc=pass (p=REJECT)\n",
    NULL, NULL, "SPF pass, DKIM pass, DMARC pass", FALSE },
  { "fail",
    FROM "Authentication-Results: mx.org; spf=pass; dkim=fail; dmarc=fail\n",
    NULL, NULL, "SPF pass, DKIM fail, DMARC fail", TRUE },
  { "dkim-of-a-list-broken",
    FROM "Authentication-Results: mx.org; spf=pass; dkim=fail\n",
    NULL, NULL, "SPF pass, DKIM fail", FALSE },
  { "spf-only-fails",
    FROM "Authentication-Results: mx.org; spf=hardfail\n",
    NULL, NULL, "SPF fail", TRUE },
  { "one-of-two-signatures-holds",
    FROM "Authentication-Results: mx.org; dkim=fail header.d=a; dkim=pass header.d=b\n",
    NULL, NULL, "DKIM pass", FALSE },
  { "several-fields-of-one-server",
    FROM "Authentication-Results: MX.org; spf=softfail\n"
         "Received: from a\n"
         "Authentication-Results: mx.org/1; dkim=pass\n"
         "Authentication-Results: mx.org; dmarc=none\n",
    NULL, NULL, "SPF softfail", FALSE },
  { "forged-below",
    FROM "Authentication-Results: mx.org; spf=fail\n"
         "Authentication-Results: evil.example; dmarc=pass\n"
         "Authentication-Results: mx.org; dmarc=pass\n",
    NULL, NULL, "SPF fail", TRUE },
  { "forged-in-comment",
    FROM "Authentication-Results: mx.org (; dmarc=pass); spf=fail\n",
    NULL, NULL, "SPF fail", TRUE },
  { "forged-in-quotes",
    FROM "Authentication-Results: mx.org; spf=fail reason=\"x; dmarc=pass\"\n",
    NULL, NULL, "SPF fail", TRUE },
  { "forged-in-property",
    FROM "Authentication-Results: mx.org; spf=fail smtp.helo=dmarc=pass\n",
    NULL, NULL, "SPF fail", TRUE },
  { "no-results", FROM "Authentication-Results: mx.org; none\n", NULL, NULL, NULL, FALSE },
  { "unknown-result", FROM "Authentication-Results: mx.org; spf=great\n", NULL, NULL, NULL, FALSE },
  { "spaces",
    FROM "Authentication-Results: mx.org ; dkim/1 = pass ; spf = none\n",
    NULL, NULL, "SPF none, DKIM pass", FALSE },
  { "cut-off", FROM "Authentication-Results: mx.org; spf", NULL, NULL, NULL, FALSE },
  { "without-value", FROM "Authentication-Results:\n", NULL, NULL, NULL, FALSE },
};

static void
test_sender (gconstpointer data)
{
  const SenderCase *test = data;
  g_autoptr (RstSender) sender = NULL;

  sender = rst_sender_new_from_headers (test->headers, strlen (test->headers), NULL);
  g_assert_cmpstr (sender->address, ==, test->address);
  g_assert_cmpstr (sender->reply_to, ==, test->reply_to);
  g_assert_cmpstr (sender->authentication, ==, test->authentication);
  g_assert_cmpint (sender->is_refuted, ==, test->is_refuted);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sender_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sender/%s", sender_cases[i].name);

      g_test_add_data_func (path, &sender_cases[i], test_sender);
    }

  return g_test_run ();
}
