/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-status"

#include "config.h"

#include "rst-status.h"

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-error.h"

static char *
describe_sync (gboolean is_in_sync,
               guint n_not_loaded)
{
  if (!is_in_sync)
    return g_strdup (_ ("Not checked"));
  if (n_not_loaded == 0)
    return g_strdup (_ ("In sync"));

  return g_strdup_printf (
      ngettext ("In sync · %'u not loaded", "In sync · %'u not loaded", n_not_loaded),
      n_not_loaded);
}

char *
rst_status_describe_hindrance (const GError *error)
{
  if (!error || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  if (g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH))
    return g_strdup (_ ("Not checked: the password is needed"));
  if (g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS))
    return g_strdup (_ ("Not checked: no secure connection"));
  if (g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER))
    return g_strdup (_ ("Not checked: the server asks to wait"));
  return g_strdup (_ ("Not checked: the server could not be reached"));
}

char *
rst_status_describe_index (RstIndex *index,
                           gboolean is_in_sync,
                           const char *hindrance)
{
  guint n_messages = rst_index_get_n_messages (index);
  g_autofree char *size = g_format_size (rst_index_get_total_size (index));
  g_autofree char *sync =
      hindrance ? g_strdup (hindrance)
                : describe_sync (is_in_sync, rst_index_get_n_not_loaded (index));
  g_autofree char *count = NULL;

  if (n_messages == 0 && hindrance)
    return g_strdup (hindrance);
  if (n_messages == 0)
    return g_strdup (is_in_sync ? _ ("In sync · no messages") : "");

  count = g_strdup_printf (ngettext ("%'u message", "%'u messages", n_messages), n_messages);
  /* Translators: "In sync · 4,012 messages · 512 MB". */
  return g_strdup_printf (_ ("%s · %s · %s"), sync, count, size);
}

char *
rst_status_describe_file (RstIndex *index,
                          gboolean can_delete)
{
  guint n_messages = rst_index_get_n_messages (index);
  g_autofree char *size = g_format_size (rst_index_get_total_size (index));
  g_autofree char *count = NULL;

  if (n_messages == 0)
    return g_strdup (_ ("No messages"));

  count = g_strdup_printf (ngettext ("%'u message", "%'u messages", n_messages), n_messages);
  if (can_delete)
    /* Translators: "4,012 messages · 512 MB". */
    return g_strdup_printf (_ ("%s · %s"), count, size);

  /* Translators: "Read only · 4,012 messages · 512 MB". */
  return g_strdup_printf (_ ("Read only · %s · %s"), count, size);
}

char *
rst_status_describe_phase (RstPhase phase,
                           guint64 done,
                           guint64 total)
{
  g_autofree char *done_size = NULL;
  g_autofree char *total_size = NULL;
  guint n = (guint)done;
  guint of = (guint)total;

  switch (phase)
    {
    case RST_PHASE_LISTING:
      return g_strdup (_ ("Asking for the list of messages…"));
    case RST_PHASE_LOADING_HEADERS:
      return g_strdup_printf (_ ("Loading headers %'u of %'u"), n, of);
    case RST_PHASE_VERIFYING:
      return g_strdup_printf (_ ("Verifying %'u of %'u"), n, of);
    case RST_PHASE_DELETING:
      return g_strdup_printf (_ ("Deleting %'u of %'u"), n, of);
    case RST_PHASE_DOWNLOADING:
      done_size = g_format_size (done);
      if (total == 0)
        return g_strdup_printf (_ ("Downloading, %s so far"), done_size);
      total_size = g_format_size (total);
      /* Translators: both are sizes: "Downloading 1.2 MB of 3.4 MB". */
      return g_strdup_printf (_ ("Downloading %s of %s"), done_size, total_size);
    case RST_PHASE_READING_FILE:
      done_size = g_format_size (done);
      total_size = g_format_size (total);
      /* Translators: both are sizes: "Reading 1.2 GB of 3.4 GB". */
      return g_strdup_printf (_ ("Reading %s of %s"), done_size, total_size);
    case RST_PHASE_WRITING_FILE:
      done_size = g_format_size (done);
      total_size = g_format_size (total);
      /* Translators: both are sizes: "Writing the file anew, 1.2 GB of 3.4 GB". */
      return g_strdup_printf (_ ("Writing the file anew, %s of %s"), done_size, total_size);
    case RST_PHASE_WAITING:
      return g_strdup (_ ("Waiting: the server asks for a pause between sign-ins"));
    case RST_PHASE_CONNECTING:
    default:
      return g_strdup (_ ("Connecting…"));
    }
}
