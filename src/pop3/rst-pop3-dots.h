/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to this folder: where a multi-line answer ends, and its stuffed dots (RFC 1939 §3). */

/**
 * RstPop3Dots:
 * @is_lf_mode: lines end with a bare LF: then LF.LF ends (and LF.CRLF, which stuffing makes as
 *   safe); else only CRLF.CRLF does, and a bare LF is a byte like any other
 * @state: where in a line the last byte left off; 0 at the beginning
 *
 * The state between two pieces of one multi-line answer. A zeroed struct is at the beginning.
 */
typedef struct
{
  gboolean is_lf_mode;
  guint state;
} RstPop3Dots;

typedef enum
{
  RST_POP3_DOTS_MORE,
  RST_POP3_DOTS_DATA,
  RST_POP3_DOTS_END,
} RstPop3DotsResult;

/**
 * RstPop3DotsRun:
 * @data: (transfer none): bytes of the answer, inside of what was looked at
 * @n_data: how many
 * @n_used: how many bytes of what was looked at are done with
 */
typedef struct
{
  const char *data;
  gsize n_data;
  gsize n_used;
} RstPop3DotsRun;

/**
 * rst_pop3_dots_next:
 *
 * Looks at the bytes that have come. %RST_POP3_DOTS_DATA: a run of the answer's bytes, with the
 * leading dot of a stuffed line left out and nothing else changed. %RST_POP3_DOTS_END: the end of
 * the answer, @run says only how many bytes it took. %RST_POP3_DOTS_MORE: nothing can be said
 * before more has come; at most two bytes are left over.
 */
RstPop3DotsResult rst_pop3_dots_next (RstPop3Dots *self,
                                      const char *bytes,
                                      gsize n_bytes,
                                      RstPop3DotsRun *run);

G_END_DECLS
