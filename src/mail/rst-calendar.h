/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_calendar_to_words:
 * @calendar: a part text/calendar (RFC 5545, RFC 5546), valid UTF-8; untrusted
 *
 * Says what an invitation is about: what, when, where and who, a line each. Times stand as they are
 * written, with the name of their zone; those in UTC in the local one. Pure; any thread; can't
 * fail.
 *
 * Returns: (transfer full): the words, of the first events; empty when there is no event.
 */
char *rst_calendar_to_words (const char *calendar);

G_END_DECLS
