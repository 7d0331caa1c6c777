#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a command on a session bus of its own, and ends as it does:
#
#   with-bus.sh COMMAND [ARGUMENT...]
#
# Nothing but the accessibility bus is started on demand there: no Secret Service and no prompt of
# the machine's get into a test.

set -eu

private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

mkdir "$private/services"
accessibility=/usr/share/dbus-1/services/org.a11y.Bus.service
if [ -e "$accessibility" ]; then
  ln -s "$accessibility" "$private/services"
fi
cat >"$private/session.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$private</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$private/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END

dbus-run-session --config-file="$private/session.conf" -- "$@"
