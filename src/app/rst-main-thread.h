/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <unistd.h>

/* For assertions where callbacks come in: widgets belong to the main thread, whose id is that of
 * the process (gettid(2)). */
#define RST_IS_MAIN_THREAD() (gettid () == getpid ())
