/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-error"

#include "config.h"

#include "rst-pop3-error.h"

G_DEFINE_QUARK (rst_pop3_error, rst_pop3_error)
