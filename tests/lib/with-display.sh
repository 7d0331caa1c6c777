#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command on a screen, a session bus, and in a home folder of its own, which are all gone
# when it ends. Any number of them may run side by side.
#
#   with-display.sh [--keyring] COMMAND [ARGUMENT...]
#
# With --keyring the bus has an unlocked, empty gnome-keyring; without, no Secret Service at all.

set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
bus=$here/with-bus.sh
if [ "$1" = --keyring ]; then
  shift
  bus=$here/with-keyring.sh
fi

private=$(mktemp -d "${TMPDIR:-/tmp}/display.XXXXXX")
server=

# Called by the trap below.
# shellcheck disable=SC2317
clean_up ()
{
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || :
    wait "$server" || :
  fi
  rm -rf "$private"
}
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The server picks a free number and tells it, so servers started at once do not meet; opening the
# pipe waits for the server, and its end is seen as the end of the pipe.
mkfifo "$private/number"
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -noreset \
  3>"$private/number" >"$private/server.log" 2>&1 &
server=$!
if ! read -r number <"$private/number"; then
  cat "$private/server.log" >&2
  exit 1
fi

mkdir -p "$private/home/.config/gtk-4.0"
mkdir -m 700 "$private/run"
cat >"$private/home/.config/gtk-4.0/settings.ini" <<END
[Settings]
gtk-font-name=Cantarell 11
gtk-enable-animations=0
gtk-cursor-blink=0
END

unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME XDG_CURRENT_DESKTOP
unset DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY XAUTHORITY GNOME_KEYRING_CONTROL SSH_AUTH_SOCK
export HOME="$private/home" XDG_RUNTIME_DIR="$private/run" DISPLAY=":$number"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8

"$bus" "$@"
