/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-faults.h"

G_BEGIN_DECLS

/**
 * RstDemoOddity:
 * @faults: what is odd
 * @serial: the session's, for what differs from session to session
 * @number: the message's
 * @is_retr: %TRUE for RETR, %FALSE for TOP
 * @has_utf8: whether the client has asked for UTF8
 *
 * How a message is served when faults change its text.
 */
typedef struct
{
  const RstDemoFaults *faults;
  guint serial;
  guint number;
  gboolean is_retr;
  gboolean has_utf8;
} RstDemoOddity;

/**
 * rst_demo_oddity_apply:
 * @message: (transfer full): with CRLF line ends
 *
 * Returns: (transfer full): the text to send, @message itself when no fault touches it.
 */
GBytes *rst_demo_oddity_apply (const RstDemoOddity *self,
                               GBytes *message);

G_END_DECLS
