/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_demo_synthetic_new:
 * @serial: two messages of the same serial are the same to the byte
 *
 * Returns: (transfer full): a message as providers deliver them now: 2.5 to 4 KB of header fields
 * over a short text. For measurements, where only size and number matter.
 */
GBytes *rst_demo_synthetic_new (guint serial);

G_END_DECLS
