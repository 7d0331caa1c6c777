#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command on a session bus of its own with an unlocked, empty gnome-keyring, and ends as it
# does. The keyring's files are gone afterwards; programs that the command runs one after the other
# see the same keyring. In a meson.build:
#
#   test('name', with_keyring, args: [executable], env: test_env, protocol: 'tap', …)

set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
if [ "$1" != --on-this-bus ]; then
  exec "$here/with-bus.sh" "$0" --on-this-bus "$@"
fi
shift

private=$(mktemp -d)
keyring=

# Called by the trap below.
# shellcheck disable=SC2317
clean_up ()
{
  if [ -n "$keyring" ]; then
    kill "$keyring" 2>/dev/null || :
    wait "$keyring" || :
  fi
  rm -rf "$private"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# A warning must not end the keyring, whatever it does to a test.
printf test >"$private/password"
G_DEBUG='' HOME=$private XDG_DATA_HOME=$private gnome-keyring-daemon --unlock --components=secrets \
  --foreground --control-directory="$private/control" \
  <"$private/password" >"$private/log" 2>&1 &
keyring=$!
if ! gdbus wait --session --timeout 20 org.freedesktop.secrets; then
  cat "$private/log" >&2
  exit 1
fi

"$@"
