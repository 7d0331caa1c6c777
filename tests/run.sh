#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Restante with warnings as errors and runs every test, those of the suites core and cli under
# sanitizers too, and the fuzzers for a few seconds. Arguments go to `meson test`, and then there is
# neither:
#
#   sh tests/run.sh
#   sh tests/run.sh --suite core
#   sh tests/run.sh --list

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
plain=$root/build-test
sanitized=$root/build-asan
fuzzing=$root/build-fuzz
export LC_ALL=C.UTF-8

. "$root/data/packages.sh"

# build FOLDER OPTION...: configures the folder once, and compiles what has changed.
build ()
{
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    meson setup "$folder" "$root" --werror "$@"
  fi
  ninja -C "$folder"
}

# The fuzzers alone, by the compiler that has them.
build_fuzzers ()
{
  if [ ! -f "$fuzzing/build.ninja" ]; then
    CC=clang meson setup "$fuzzing" "$root" --werror -Dfuzzing=true -Dgtk=disabled \
      -Db_sanitize=address,undefined -Db_lundef=false
  fi
  ninja -C "$fuzzing" fuzzers
}

# run_tests FOLDER ARGUMENT...: leaves the results in the folder's testlog.json.
run_tests ()
{
  folder=$1
  shift
  rm -f "$folder/meson-logs/testlog.json"
  meson test -C "$folder" --no-rebuild --print-errorlogs "$@" || status=$?
}

# shellcheck disable=SC2086 # lists of words
need_packages $build_packages $run_packages $test_packages

status=0
build "$plain"
run_tests "$plain" "$@"

case " $* " in
  *' --list '* | *' --help '* | *' -h '*)
    exit $status
    ;;
esac

if [ $# -gt 0 ]; then
  set -- "$plain/meson-logs/testlog.json"
else
  echo
  echo 'Again, without GTK and under AddressSanitizer and UndefinedBehaviorSanitizer:'
  build "$sanitized" -Dgtk=disabled -Db_sanitize=address,undefined -Db_lundef=false
  run_tests "$sanitized" --suite core --suite cli --timeout-multiplier 3

  echo
  echo 'And a short run of the fuzzers:'
  build_fuzzers
  run_tests "$fuzzing" --suite fuzz
  set -- "$plain/meson-logs/testlog.json" "$sanitized/meson-logs/testlog.json" \
    "$fuzzing/meson-logs/testlog.json"
fi

/usr/bin/python3 "$root/tests/lib/test-totals.py" "$@" || status=1
exit $status
