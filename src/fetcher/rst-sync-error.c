/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sync-error"

#include "config.h"

#include "rst-sync-error.h"

G_DEFINE_QUARK (rst_sync_error, rst_sync_error)
