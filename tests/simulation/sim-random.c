/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-random.h"

/* SplitMix64 (Steele, Lea, Flood 2014): good enough to choose by, and nothing to set up. */
static guint64
next (SimRandom *self)
{
  guint64 z = self->state += 0x9e3779b97f4a7c15;

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

SimRandom
sim_random_make (guint64 seed,
                 guint64 stream)
{
  SimRandom self = { seed };

  self.state = next (&self) ^ (stream * 0xd1342543de82ef95);
  next (&self);
  return self;
}

guint
sim_random_below (SimRandom *self,
                  guint limit)
{
  return limit == 0 ? 0 : (guint)(next (self) % limit);
}

gboolean
sim_random_chance (SimRandom *self,
                   guint percent)
{
  return sim_random_below (self, 100) < percent;
}
