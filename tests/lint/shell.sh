#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Shell scripts parse in a plain POSIX shell, and Python scripts in Python: shell.sh SOURCE-ROOT

set -eu
cd "$1"

status=0
for script in $(find data tests -name '*.sh' | sort); do
  sh -n "$script" || status=1
done
bash -n .ci/run || status=1
for script in $(find data tests -name '*.py' | sort); do
  /usr/bin/python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' \
    "$script" || status=1
done
exit $status
