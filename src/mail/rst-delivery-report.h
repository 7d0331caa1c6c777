/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What mail systems report about a message, in words for the user. Pure; any thread; can't fail. */

/**
 * rst_delivery_status_to_words:
 * @report: a part message/delivery-status (RFC 3464), valid UTF-8; untrusted
 *
 * Returns: (transfer full): a sentence for each recipient, one a line: "Could not be delivered to
 *   ada@example.org: 550 no such user"; empty when there is nothing to say.
 */
char *rst_delivery_status_to_words (const char *report);

/**
 * rst_disposition_notification_to_words:
 * @report: a part message/disposition-notification (RFC 8098), valid UTF-8; untrusted
 *
 * Returns: (transfer full): a sentence; empty when there is nothing to say.
 */
char *rst_disposition_notification_to_words (const char *report);

G_END_DECLS
