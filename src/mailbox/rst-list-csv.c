/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-list-csv"

#include "config.h"

#include "rst-list-csv.h"

#include <string.h>

#include "rst-message-item.h"
#include "rst-save-file.h"

/* What the worker takes with it: the items are the main thread's. */
typedef struct
{
  RstHeader *header;
  gboolean is_read;
} Row;

typedef struct
{
  GArray *rows;
  GFile *file;
} SaveJob;

static void
row_clear (gpointer data)
{
  rst_header_unref (((Row *)data)->header);
}

static void
save_job_free (gpointer data)
{
  SaveJob *job = data;

  g_array_unref (job->rows);
  g_object_unref (job->file);
  g_free (job);
}

/* Blanks before the sign don't keep a spreadsheet from it. */
static gboolean
looks_like_formula (const char *text)
{
  const char *start = text + strspn (text, " \t\r\n");

  return *start != '\0' && strchr ("=+-@", *start) != NULL;
}

static void
append_field (GString *csv,
              const char *text)
{
  gboolean is_formula = looks_like_formula (text);

  if (!is_formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (csv, text);
      return;
    }

  g_string_append_c (csv, '"');
  if (is_formula)
    g_string_append_c (csv, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *text);
    }
  g_string_append_c (csv, '"');
}

static void
append_date (GString *csv,
             gint64 seconds)
{
  g_autoptr (GDateTime) date = seconds != 0 ? g_date_time_new_from_unix_utc (seconds) : NULL;
  g_autofree char *text = date != NULL ? g_date_time_format_iso8601 (date) : NULL;

  if (text != NULL)
    append_field (csv, text);
}

static void
append_row (GString *csv,
            const Row *row)
{
  const RstEnvelope *envelope = row->header->envelope;

  append_field (csv, envelope != NULL ? envelope->from : "");
  g_string_append_c (csv, ',');
  append_field (csv, envelope != NULL ? envelope->to : "");
  g_string_append_c (csv, ',');
  append_field (csv, envelope != NULL ? envelope->subject : "");
  g_string_append_c (csv, ',');
  append_date (csv, envelope != NULL ? envelope->date : 0);
  g_string_append_printf (csv,
                          ",%" G_GUINT64_FORMAT ",%s,",
                          row->header->identity->size,
                          row->is_read ? "yes" : "no");
  append_field (csv,
                envelope != NULL && envelope->message_id != NULL ? envelope->message_id : "");
  g_string_append (csv, "\r\n");
}

static void
save_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  SaveJob *job = task_data;
  GString *csv = g_string_new ("From,To,Subject,Date,Size,Read,Message-ID\r\n");
  g_autoptr (GBytes) bytes = NULL;
  GError *error = NULL;

  for (guint i = 0; i < job->rows->len; i++)
    append_row (csv, &g_array_index (job->rows, Row, i));
  bytes = g_string_free_to_bytes (csv);

  if (rst_save_file (job->file, bytes, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rst_list_csv_save_async (GListModel *messages,
                         GFile *file,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (messages, cancellable, callback, user_data);
  guint n_messages = g_list_model_get_n_items (messages);
  SaveJob *job = g_new (SaveJob, 1);

  *job = (SaveJob){ g_array_sized_new (FALSE, FALSE, sizeof (Row), n_messages),
                    g_object_ref (file) };
  g_array_set_clear_func (job->rows, row_clear);
  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (messages, i);
      Row row = { rst_header_ref (rst_message_item_get_header (item)),
                  rst_message_item_get_is_read (item) };

      g_array_append_val (job->rows, row);
    }
  g_task_set_source_tag (task, rst_list_csv_save_async);
  g_task_set_task_data (task, job, save_job_free);
  g_task_run_in_thread (task, save_worker);
}

gboolean
rst_list_csv_save_finish (GListModel *messages,
                          GAsyncResult *result,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, messages), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
