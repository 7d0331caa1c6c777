/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-synthetic"

#include "config.h"

#include "rst-demo-synthetic.h"

#include <string.h>

#include "rst-demo-date.h"

/* Message 0 is of 1 January 2020, each later one of 40 minutes after the one before. */
#define FIRST_DATE 1577836800
#define INTERVAL_SECS (40 * 60)

/* Of base64 in a folded header field. */
#define LINE_LENGTH 68

/* glibc's rand() and GRand may change; a demo that is the same each time wants its own. */
typedef guint64 Random;

static guint
pick (Random *random,
      guint n)
{
  *random = *random * 6364136223846793005u + 1442695040888963407u;
  return (guint)(*random >> 33) % n;
}

static const char *const people[] = {
  "Amélie Fournier",
  "Bruno Castellani",
  "Chioma Eze",
  "Dmitri Saltykov",
  "Elin Bergström",
  "Farid Haddad",
  "Grace O'Malley",
  "Hiroshi Tanabe",
  "Ilse van Dongen",
  "Joaquim Teixeira",
};

static const char *const subjects[] = {
  "The timetable for the night train",
  "Minutes of the post office committee",
  "Your parcel waits at counter four",
  "A correction to the map of the harbour",
  "Greetings from the summit hut",
  "Invoice for the repaired sorting frame",
  "Who has the key to the pigeonholes?",
  "Translation of the customs form",
};

/* So many folded lines of what looks like a signature. */
static void
append_base64 (GString *text,
               Random *random,
               guint n_lines)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char line[LINE_LENGTH];

  for (guint i = 0; i < n_lines; i++)
    {
      for (guint j = 0; j < LINE_LENGTH; j++)
        line[j] = alphabet[pick (random, 64)];
      g_string_append (text, "\r\n\t");
      g_string_append_len (text, line, LINE_LENGTH);
    }
  g_string_append (text, "\r\n");
}

static void
append_received (GString *text,
                 Random *random,
                 const char *date)
{
  guint n_hops = 3 + pick (random, 3);

  for (guint hop = n_hops; hop > 0; hop--)
    g_string_append_printf (text,
                            "Received: from relay%u.example.net (relay%u.example.net"
                            " [192.0.2.%u])\r\n"
                            "\tby mx%u.example.org (Postfix) with ESMTPS id %08X\r\n"
                            "\tfor <demo@example.org>; %s\r\n",
                            hop,
                            hop,
                            1 + pick (random, 254),
                            hop,
                            pick (random, G_MAXINT),
                            date);
}

static void
append_signatures (GString *text,
                   Random *random)
{
  g_string_append (text,
                   "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net;\r\n"
                   "\ts=spring; h=from:to:subject:date:message-id:mime-version; b=");
  append_base64 (text, random, 5);
  g_string_append (text, "ARC-Seal: i=1; a=rsa-sha256; d=example.org; s=arc; cv=none; b=");
  append_base64 (text, random, 5 + pick (random, 11));
  g_string_append (text,
                   "Authentication-Results: mx1.example.org;\r\n"
                   "\tdkim=pass header.d=example.net header.s=spring;\r\n"
                   "\tspf=pass smtp.mailfrom=example.net; dmarc=pass\r\n"
                   "X-Spam-Status: No, score=-2.1 required=5.0\r\n"
                   "X-Spam-Report: ");
  append_base64 (text, random, 4 + pick (random, 5));
}

static void
append_body (GString *text,
             Random *random)
{
  guint n_lines = 6 + pick (random, 14);

  for (guint i = 0; i < n_lines; i++)
    g_string_append_printf (text,
                            "Item %u, for %s: %s\r\n",
                            i + 1,
                            people[pick (random, G_N_ELEMENTS (people))],
                            subjects[pick (random, G_N_ELEMENTS (subjects))]);
}

GBytes *
rst_demo_synthetic_new (guint serial)
{
  Random random = serial + 1;
  GString *text = g_string_sized_new (6 * 1024);
  gint64 seconds = FIRST_DATE + (gint64)serial * INTERVAL_SECS;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  g_autofree char *date = rst_demo_format_date (time);
  g_autofree char *name = NULL;

  pick (&random, 1); /* the first number says little more than the serial */
  name = g_base64_encode ((const guchar *)people[serial % G_N_ELEMENTS (people)],
                          strlen (people[serial % G_N_ELEMENTS (people)]));
  g_string_append (text, "Return-Path: <bounces@example.net>\r\n");
  append_received (text, &random, date);
  append_signatures (text, &random);
  g_string_append_printf (text,
                          "From: =?utf-8?B?%s?= <writer%u@example.net>\r\n"
                          "To: Demo <demo@example.org>\r\n"
                          "Subject: %s (%u)\r\n"
                          "Date: %s\r\n"
                          "Message-ID: <%u.%08x@example.net>\r\n"
                          "MIME-Version: 1.0\r\n"
                          "Content-Type: text/plain; charset=utf-8\r\n"
                          "Content-Transfer-Encoding: 8bit\r\n"
                          "\r\n",
                          name,
                          serial % 97,
                          subjects[pick (&random, G_N_ELEMENTS (subjects))],
                          serial + 1,
                          date,
                          serial + 1,
                          pick (&random, G_MAXINT));
  append_body (text, &random);
  return g_string_free_to_bytes (text);
}
