#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# C sources are as clang-format 14 writes them: clang-format.sh SOURCE-ROOT

set -eu
cd "$1"

formatter=clang-format
if command -v clang-format-14 >/dev/null; then
  formatter=clang-format-14
fi
case $($formatter --version 2>/dev/null) in
  *' 14.'*) ;;
  *)
    echo 'clang-format 14 is not installed'
    exit 77
    ;;
esac

find src tests -name '*.[ch]' | sort | xargs "$formatter" --dry-run -Werror
