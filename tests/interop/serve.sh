#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# serve.sh SERVER PORT: inside the private root that root.sh made, sets one server up, starts it, and
# says "ready PORT" when it answers.

set -eu
cd /srv/pop3
server=$1 port=$2

mbox_spool() {
    python3 mkmail.py mbox mbox
    chmod 3777 /var/mail  # they lock with files beside the mailbox
    install -o bob -g mail -m 660 mbox /var/mail/bob
}

maildir() {  # DIR
    python3 mkmail.py maildir "$1"
}

answers() { (exec 3<> "/dev/tcp/127.0.0.1/$port" && read -rt 5 line <&3 && [[ $line == +OK* ]]) 2>/dev/null; }

start_mailutils() {  # the only one with implicit TLS: on PORT + 1
    mbox_spool
    sed -i "s/@PORT@/$port/; s/@TLS_PORT@/$((port + 1))/" /etc/mailutils-pop3d.conf
    pop3d --config-file=/etc/mailutils-pop3d.conf --foreground &
}

start_popa3d() {
    mbox_spool
    mkdir -p /var/lib/popa3d  # its empty chroot
    python3 inetd.py "$port" /usr/sbin/popa3d &
}

start_solid() {
    mbox_spool
    mkdir -p /var/lib/solid-pop3d/bulletins
    python3 inetd.py "$port" /usr/sbin/solid-pop3d &
}

start_courier() {
    mkdir -p /run/courier/authdaemon /home/bob
    maildir /home/bob/Maildir
    chown -R bob:bob /home/bob
    cp both.pem /etc/courier/pop3d.pem
    chmod 644 /etc/courier/pop3d.pem
    /usr/lib/courier/courier-authlib/authdaemond &
    until [ -S /run/courier/authdaemon/socket ]; do sleep .05; done
    set -a +u
    . /etc/courier/pop3d-ssl
    . /etc/courier/pop3d
    set +a -u
    export POP3_STARTTLS=YES POP3_TLS_REQUIRED=0 MAILDIRPATH=Maildir COURIERTLS=/usr/bin/couriertls TLS_PROTOCOL=TLS1+
    export TLS_CERTFILE=/etc/courier/pop3d.pem TLS_VERIFYPEER=NONE TLS_DHPARAMS='' TLS_TRUSTCERTS='' TLS_CACHEFILE=''
    couriertcpd -address=127.0.0.1 -maxprocs=40 -maxperip=40 -nodnslookup -noidentlookup "$port" \
        /usr/lib/courier/courier/courierpop3login /usr/lib/courier/courier/courierpop3d Maildir &
}

start_dovecot() {
    mkdir -p /run/dovecot
    maildir /home/bob/Maildir
    chown -R bob:bob /home/bob
    sed -i "s/@PORT@/$port/" /etc/interop-dovecot.conf
    dovecot -F -c /etc/interop-dovecot.conf &
}

start_cyrus() {
    mkdir -p /var/lib/cyrus/socket /var/spool/cyrus/mail /var/spool/sieve /run/cyrus/{socket,lock,proc}
    chown -R cyrus:mail /var/lib/cyrus /var/spool/cyrus /var/spool/sieve /run/cyrus
    chmod 644 key.pem
    sed -i "s/@PORT@/$port/" /etc/cyrus.conf
    /usr/lib/cyrus/bin/master -D -M /etc/cyrus.conf -p /run/cyrus-master.pid &
}

fill_cyrus() {  # the first login creates the mailbox, then the messages go in by LMTP
    exec 3<> "/dev/tcp/127.0.0.1/$port"
    printf 'USER bob\r\nPASS test\r\nQUIT\r\n' >&3
    timeout 10 cat <&3 > /dev/null
    exec 3>&-
    maildir messages
    for message in messages/cur/*; do
        su -s /bin/sh cyrus -c '/usr/lib/cyrus/bin/deliver -q bob' < "$message"
    done
}

ldconfig
start_"$server"
pid=$!
i=0
until answers; do
    i=$((i + 1))
    kill -0 $pid && [ $i -lt 200 ] || { echo "$server does not answer"; exit 1; }
    sleep .1
done
[ "$server" != cyrus ] || fill_cyrus
echo "ready $port"
wait $pid
