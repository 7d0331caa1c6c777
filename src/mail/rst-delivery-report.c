/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-delivery-report"

#include "config.h"

#include "rst-delivery-report.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-header-block.h"
#include "rst-text.h"

#define MAX_RECIPIENTS 100

#define MAX_FIELD 2000

typedef enum
{
  FIELD_FINAL_RECIPIENT,
  FIELD_ORIGINAL_RECIPIENT,
  FIELD_ACTION,
  FIELD_DIAGNOSTIC_CODE,
  FIELD_STATUS,
  FIELD_DISPOSITION,
  N_FIELDS,
} FieldIndex;

static const char *const field_names[N_FIELDS] = {
  [FIELD_FINAL_RECIPIENT] = "Final-Recipient",
  [FIELD_ORIGINAL_RECIPIENT] = "Original-Recipient",
  [FIELD_ACTION] = "Action",
  [FIELD_DIAGNOSTIC_CODE] = "Diagnostic-Code",
  [FIELD_STATUS] = "Status",
  [FIELD_DISPOSITION] = "Disposition",
};

/* The fields of one recipient; %NULL where there is none. */
typedef struct
{
  char *values[N_FIELDS];
} Group;

typedef struct
{
  const char *word;
  const char *sentence;
} Meaning;

static const Meaning actions[] = {
  { "failed", N_ ("Could not be delivered to %s") },
  { "delayed", N_ ("Not delivered yet to %s") },
  { "delivered", N_ ("Delivered to %s") },
  { "relayed", N_ ("Passed on to a system that sends no reports, for %s") },
  { "expanded", N_ ("Delivered to %s, and passed on to several recipients") },
};

static const Meaning dispositions[] = {
  { "displayed", N_ ("Displayed to %s, which does not mean that it was read") },
  { "deleted", N_ ("Deleted by %s, perhaps without being read") },
  { "dispatched", N_ ("Passed on by %s") },
  { "processed", N_ ("Processed by %s without being displayed") },
  { "denied", N_ ("%s does not want to say what became of it") },
  { "failed", N_ ("%s could not be asked what became of it") },
};

static void
group_clear (Group *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Group, group_clear)

static void
group_read (Group *self,
            const char *block,
            gsize length)
{
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (block, length, &position, &field))
    for (guint i = 0; i < N_FIELDS; i++)
      if (self->values[i] == NULL && rst_header_field_is (&field, field_names[i]))
        {
          gsize value_length;
          g_autofree char *value = NULL;

          field.value_length = MIN (field.value_length, MAX_FIELD);
          value = rst_header_field_unfold (&field, &value_length);
          self->values[i] = rst_text_decode_header (value, value_length, NULL);
        }
}

/* "rfc822; ada@example.org": the kind of the value stands before it. */
static const char *
skip_kind (const char *value)
{
  const char *semicolon = value != NULL ? strchr (value, ';') : NULL;

  if (semicolon == NULL)
    return value;

  for (semicolon++; *semicolon == ' ';)
    semicolon++;

  return semicolon;
}

static const char *
group_get_recipient (const Group *self)
{
  const char *recipient = skip_kind (self->values[FIELD_FINAL_RECIPIENT]);

  if (recipient == NULL || *recipient == '\0')
    recipient = skip_kind (self->values[FIELD_ORIGINAL_RECIPIENT]);

  return recipient != NULL && *recipient != '\0' ? recipient : NULL;
}

static char *
make_sentence (const Meaning *meanings,
               guint n_meanings,
               const char *word,
               const char *recipient)
{
  for (guint i = 0; i < n_meanings; i++)
    if (g_ascii_strncasecmp (word, meanings[i].word, strlen (meanings[i].word)) == 0)
      {
        g_auto (GStrv) pieces = g_strsplit (_ (meanings[i].sentence), "%s", 2);

        return g_strjoinv (recipient, pieces);
      }

  return NULL;
}

static char *
describe_delivery (const Group *group)
{
  const char *recipient = group_get_recipient (group);
  const char *reason = skip_kind (group->values[FIELD_DIAGNOSTIC_CODE]);
  g_autofree char *sentence = NULL;

  if (recipient == NULL || group->values[FIELD_ACTION] == NULL)
    return NULL;

  sentence = make_sentence (actions, G_N_ELEMENTS (actions), group->values[FIELD_ACTION],
                            recipient);
  if (sentence == NULL)
    return NULL;
  if (reason == NULL || *reason == '\0')
    reason = group->values[FIELD_STATUS];
  if (reason == NULL || *reason == '\0' || g_str_has_prefix (reason, "2."))
    return g_strconcat (sentence, ".", NULL);

  return g_strconcat (sentence, ": ", reason, NULL);
}

char *
rst_delivery_status_to_words (const char *report)
{
  GString *words = g_string_new (NULL);
  const char *end = report + strlen (report);
  guint n_recipients = 0;

  while (report < end && n_recipients < MAX_RECIPIENTS)
    {
      gsize length = rst_header_block_find_end (report, (gsize)(end - report));
      g_auto (Group) group = { { NULL } };
      g_autofree char *sentence = NULL;

      group_read (&group, report, length);
      sentence = describe_delivery (&group);
      if (sentence != NULL)
        {
          g_string_append_printf (words, "%s\n", sentence);
          n_recipients++;
        }

      /* At least the blank line. */
      report += MAX (length, 1);
    }

  return g_string_free (words, FALSE);
}

char *
rst_disposition_notification_to_words (const char *report)
{
  g_auto (Group) group = { { NULL } };
  const char *recipient;
  const char *type;
  g_autofree char *sentence = NULL;

  group_read (&group, report, rst_header_block_find_end (report, strlen (report)));
  recipient = group_get_recipient (&group);
  type = skip_kind (group.values[FIELD_DISPOSITION]);
  if (recipient != NULL && type != NULL)
    sentence = make_sentence (dispositions, G_N_ELEMENTS (dispositions), type, recipient);

  return sentence != NULL ? g_strconcat (sentence, ".\n", NULL) : g_strdup ("");
}
