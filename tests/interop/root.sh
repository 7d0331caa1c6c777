#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# root.sh SERVER PORT: the first process of mount and pid namespaces of its own. Lays an overlay over /
# with the server's packages, the private accounts and the mail on top, and goes on as serve.sh in
# there. All that is written lies in memory, and is gone with this process.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(cd "$INTEROP_WORK" && pwd)
server=$1 port=$2

mount -t tmpfs none "$work/run"
cd "$work/run"
mkdir upper overlay root
cp -a "$work/roots/$server/." "$work/etc" upper/
mkdir -p upper/srv/pop3
cp "$here/"{serve.sh,inetd.py,mkmail.py} "$work/"{cert,key,both}.pem upper/srv/pop3/

mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=overlay root
mount --rbind /dev root/dev
mount -t proc proc root/proc
mount -t tmpfs -o mode=755 none root/run
mount -t tmpfs none root/tmp
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  chroot root /bin/bash /srv/pop3/serve.sh "$server" "$port"
