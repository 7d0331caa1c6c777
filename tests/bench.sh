#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Measures restante-cli on a private Dovecot, over paths of several lengths, beside a program that
# only asks (limit), the way that clients of its kind used to go (ancestor), and mpop, NeoMutt and
# fetchmail where they are installed. Prints medians, and ratios to limit:
#
#   sh tests/bench.sh                                  # everything: about an hour
#   sh tests/bench.sh headers --count 4000 --rtt 50    # one table
#   sh tests/bench.sh --must-show                      # what is promised, and whether it holds
#   sh tests/bench.sh --help

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
build=$root/build-bench
export LC_ALL=C.UTF-8

. "$root/data/packages.sh"
# shellcheck disable=SC2086 # lists of words
need_packages $build_packages $run_packages $test_packages valgrind

if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$root"
fi
ninja -C "$build" bench data/gschemas.compiled

# Mail is linked from one mailbox to another, so all of it lies on one file system; the mail server
# has another user and must find its way in.
folder=$(mktemp -d "${TMPDIR:-/tmp}/rst-bench.XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$folder"

PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$root/tests/bench/bench.py" \
  --build "$build" --folder "$folder" "$@"
