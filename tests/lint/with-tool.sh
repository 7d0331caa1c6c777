#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a checker, or says that it is not installed: with-tool.sh TOOL [ARGUMENT...]

if ! command -v "$1" >/dev/null; then
  echo "$1 is not installed"
  exit 77
fi
exec "$@"
