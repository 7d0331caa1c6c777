# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The Debian packages that Restante needs, and how they are installed: read by data/run.sh and
# tests/run.sh, so that each name stands in one place.
#
# shellcheck shell=sh disable=SC2034

# To compile it.
build_packages='
  desktop-file-utils
  gcc
  gettext
  libadwaita-1-dev
  libc6-dev
  libglib2.0-bin
  libglib2.0-dev
  libgmime-3.0-dev
  libgnutls28-dev
  libgsasl-dev
  libgtk-4-bin
  libgtk-4-dev
  libsecret-1-dev
  libsqlite3-dev
  libxml2-dev
  meson
  ninja-build
  pkgconf
'

# To run it: TLS and the authorities to trust, icons, and where settings are kept.
run_packages='
  adwaita-icon-theme
  ca-certificates
  dconf-gsettings-backend
  glib-networking
  librsvg2-common
  shared-mime-info
'

# To test it: a real mail server, a display without a screen, a keyring, the checkers, and the
# compiler that has a fuzzer.
test_packages='
  appstream
  at-spi2-core
  clang
  clang-format
  dbus-daemon
  dovecot-pop3d
  fonts-cantarell
  fonts-dejavu-core
  gir1.2-atspi-2.0
  gnome-keyring
  libclang-rt-14-dev
  mandoc
  openssl
  procps
  python3-gi
  xvfb
'

# Prints those of the packages given that are not installed.
missing_packages ()
{
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p') || :
  for package in "$@"; do
    printf '%s\n' "$installed" | grep -qx "$package" || printf '%s ' "$package"
  done
}

# Runs a command as root: directly, or through sudo.
as_root ()
{
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Installs packages without starting a service: no mail server is to come up on a machine because
# the tests want the program Dovecot.
apt_install ()
{
  as_root sh -c '
    set -eu
    policy=/usr/sbin/policy-rc.d
    if [ ! -e $policy ]; then
      trap "rm -f $policy" EXIT
      trap "exit 1" HUP INT TERM
      printf "#!/bin/sh\nexit 101\n" >$policy
      chmod 755 $policy
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get install --yes --quiet --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
  ' sh "$@"
}

# Makes sure that the packages given are there; asks apt only for those that are missing.
need_packages ()
{
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian system. If the build fails, install what these packages hold:" "$@" >&2
    return 0
  fi
  missing=$(missing_packages "$@")
  if [ -z "$missing" ]; then
    return 0
  fi
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "Packages are missing. As root, run: apt-get install $missing" >&2
    return 1
  fi

  echo "Installing: $missing"
  # shellcheck disable=SC2086 # a list of words
  if ! apt-get install --simulate $missing >/dev/null 2>&1 || ! apt_install $missing; then
    as_root apt-get update --quiet
    apt_install $missing
  fi
  case $missing in
    *dovecot*)
      if command -v systemctl >/dev/null; then
        as_root systemctl disable --quiet dovecot.service dovecot.socket || :
      fi
      ;;
  esac
}
