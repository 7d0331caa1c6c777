#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every source says whose it is and under which licence: licences.sh SOURCE-ROOT

set -eu
cd "$1"

find src tests data po .ci -type f \
  \( -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -name run \) |
  sort | xargs awk '
  FNR == 1 { copyright = licence = 0; n_files++ }
  FNR <= 4 && /SPDX-FileCopyrightText: 2026 The Restante developers/ { copyright = 1 }
  FNR <= 4 && /SPDX-License-Identifier: GPL-3\.0-or-later/ { licence = 1 }
  FNR == 4 && !(copyright && licence) { print FILENAME ": no SPDX header"; n_complaints++ }
  END { exit n_complaints > 0 || n_files == 0 }
'
