#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `meson install` installs what it should, and nothing else: install.sh BUILD-ROOT FILE...

set -eu
build=$1
shift

private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT

meson install -C "$build" --destdir "$private/root" --no-rebuild --quiet
(cd "$private/root" && find . -type f) | sed 's/^\.//' | sort >"$private/found"
printf '%s\n' "$@" | sort >"$private/expected"
diff -u "$private/expected" "$private/found"
