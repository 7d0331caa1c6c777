#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Restante and opens the demo mailbox. Arguments are the program's own:
#
#   sh data/run.sh
#   sh data/run.sh --account work
#
# Without a display it lists the demo mailbox on the console.

set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
build=$root/build-run
prefix=$build/prefix

. "$root/data/packages.sh"

# shellcheck disable=SC2086 # lists of words
need_packages $build_packages $run_packages

# The program is installed into the build folder, and so finds its settings, icons and translations
# as it does after any other installation.
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" "$root" --prefix="$prefix" -Dtests=false
fi
ninja -C "$build"
meson install -C "$build" --no-rebuild --only-changed --quiet >/dev/null
export XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"

no_display ()
{
  echo
  echo 'There is no display here. For the window, run this in a graphical session, or from one with'
  echo "  ssh -X $(uname -n) sh '$root/data/run.sh'"
}

list_demo ()
{
  private=$(mktemp -d)
  trap 'kill "$server"; rm -rf "$private"' EXIT
  trap 'exit 1' HUP INT TERM
  "$build/src/demo/restante-demo-server" --port-file="$private/ports" \
    --certificate-file="$private/certificate" >"$private/log" &
  server=$!
  while [ ! -s "$private/ports" ]; do
    kill -0 "$server"
    sleep 0.1
  done
  read -r _ port <"$private/ports"
  echo demo >"$private/password"
  XDG_CACHE_HOME=$private XDG_DATA_HOME=$private "$prefix/bin/restante-cli" \
    --host localhost --port "$port" --user demo --password-file "$private/password" \
    --ca-file "$private/certificate" list
}

if [ -n "${DISPLAY-}${WAYLAND_DISPLAY-}" ]; then
  [ $# -gt 0 ] || set -- --demo
  exec "$prefix/bin/restante" "$@"
elif [ $# -gt 0 ]; then
  "$prefix/bin/restante" "$@" || {
    no_display >&2
    exit 1
  }
else
  list_demo
  no_display
fi
