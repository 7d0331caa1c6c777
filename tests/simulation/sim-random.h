/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** SimRandom: numbers that are the same for the same seed and stream on every machine. */
typedef struct
{
  guint64 state;
} SimRandom;

SimRandom sim_random_make (guint64 seed,
                           guint64 stream);
guint sim_random_below (SimRandom *self,
                        guint limit);

/** sim_random_chance: Returns: %TRUE @percent times in a hundred. */
gboolean sim_random_chance (SimRandom *self,
                            guint percent);

G_END_DECLS
