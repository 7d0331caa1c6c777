#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lines and files stay readable: sizes.sh SOURCE-ROOT

set -eu
cd "$1"
export LC_ALL=C.UTF-8
status=0

# At most 100 characters, but for addresses, which cannot be broken, and the rows of a test's table,
# which are read by column.
if find src tests -name '*.[ch]' -exec grep -HnE '^.{101,}' {} + |
  grep -vE '(https?://|^tests/[^:]*:[0-9]+: *[{] ")'; then
  echo 'These lines have more than 100 columns.'
  status=1
fi

for file in $(find src -name '*.[ch]' | sort); do
  n_lines=$(wc -l <"$file")
  if [ "$n_lines" -gt 650 ]; then
    echo "$file: $n_lines lines, more than 650"
    status=1
  fi
done
exit $status
