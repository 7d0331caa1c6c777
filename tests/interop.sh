#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reads and deletes with restante-cli on six POP3 servers, while another client deletes between, and
# prints a table of what each server supports and what was verified. The servers come from Debian's
# packages, are unpacked and not installed, and run on 127.0.0.1 in private folders in memory. Needs
# root, and about 30 MB from Debian's mirrors the first time. Not part of the tests:
#
#   sh tests/interop.sh                    # all of them
#   sh tests/interop.sh dovecot courier    # these

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
build=$root/build-test
export LC_ALL=C.UTF-8
export INTEROP_WORK="${INTEROP_WORK:-${TMPDIR:-/tmp}/restante-interop}"

if [ "$(id -u)" != 0 ]; then
  echo 'This needs root: the servers run in private mounts.' >&2
  exit 1
fi
[ $# -gt 0 ] || set -- dovecot courier cyrus mailutils popa3d solid

. "$root/data/packages.sh"
# shellcheck disable=SC2086 # lists of words
need_packages $build_packages $run_packages $test_packages
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$root" --werror
fi
ninja -C "$build" src/cli/restante-cli data/gschemas.compiled >&2

bash "$root/tests/interop/prepare.sh" "$@" >&2
GSETTINGS_SCHEMA_DIR=$build/data PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 \
  "$root/tests/interop/interop.py" "$build/src/cli/restante-cli" "$@"
