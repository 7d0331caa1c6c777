/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstProblem:
 * @title: (transfer none): the heading of an error page, translated
 * @icon_name: (transfer none): its picture
 * @is_about_settings: the account's settings are what the user should look at first
 *
 * How an error of a mailbox is presented; the sentence itself is the error's message.
 */
typedef struct
{
  const char *title;
  const char *icon_name;
  gboolean is_about_settings;
} RstProblem;

/** rst_problem_from_error: what heading and next steps go with an error. */
RstProblem rst_problem_from_error (const GError *error);

G_END_DECLS
