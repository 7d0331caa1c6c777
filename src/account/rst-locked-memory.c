/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-locked-memory"

#include "config.h"

#include "rst-locked-memory.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

gpointer
rst_locked_memory_new (gsize size)
{
  gpointer memory =
      mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (memory == MAP_FAILED)
    g_error ("Could not get %" G_GSIZE_FORMAT " bytes", size);

  /* There is a limit to what may be locked (RLIMIT_MEMLOCK), which others may have used up. A
   * password that could be paged out for a moment is better than none: libsecret does the same. */
  if (mlock (memory, size) != 0)
    g_debug ("Memory for a secret cannot be locked: %s", g_strerror (errno));
#ifdef MADV_DONTDUMP
  madvise (memory, size, MADV_DONTDUMP);
#endif
  return memory;
}

void
rst_locked_memory_free (gpointer memory,
                        gsize size)
{
  explicit_bzero (memory, size);
  munmap (memory, size);
}
