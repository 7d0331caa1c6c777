/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text of messages and servers, made fit for a terminal. It is valid UTF-8 and otherwise untrusted:
 * control characters, which could move the cursor, colour what follows or answer in the user's
 * name, become U+FFFD. */

/** rst_cli_text_escape: Returns: (transfer full): @text; new lines and tabs are let through. */
char *rst_cli_text_escape (const char *text);

/** rst_cli_text_cut: Returns: (transfer full): one line of at most @width columns. */
char *rst_cli_text_cut (const char *text,
                        guint width);

/** rst_cli_text_pad: Returns: (transfer full): one line of @width columns, cut or filled. */
char *rst_cli_text_pad (const char *text,
                        guint width);

/** rst_cli_text_pad_left: Returns: (transfer full): the same, filled on the left. */
char *rst_cli_text_pad_left (const char *text,
                             guint width);

/** rst_cli_text_append_json: appends a JSON string, or null for %NULL, without any control
 * character. */
void rst_cli_text_append_json (GString *json,
                               const char *text);

/** rst_cli_text_append_json_member: appends a comma and a member of an object; see
 * rst_cli_text_append_json(). */
void rst_cli_text_append_json_member (GString *json,
                                      const char *name,
                                      const char *text);

/**
 * rst_cli_text_format_date:
 * @date: seconds since 1970, 0 for none
 * @format: see g_date_time_format()
 *
 * Returns: (transfer full): the date in @zone; empty when there is none.
 */
char *rst_cli_text_format_date (gint64 date,
                                GTimeZone *zone,
                                const char *format);

G_END_DECLS
