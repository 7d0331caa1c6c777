#!/bin/bash
# SPDX-FileCopyrightText: 2026 The Restante developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# prepare.sh SERVER...: fetches the servers from Debian's packages (about 30 MB) and unpacks them into
# $INTEROP_WORK, with a certificate, accounts and configurations. Installs nothing.

set -eu
umask 022
work=$INTEROP_WORK
mkdir -p "$work/run" "$work/etc/pam.d"
cd "$work"

# The package and what it needs that this machine does not have, as apt would install it.
packages() {
    LC_ALL=C apt-get -s install --no-install-recommends "$1" | awk '/^Inst/ && $2 !~ /-dev$/ { print $2 }'
}

unpack() {  # SERVER PACKAGE
    local list deb
    [ -e "roots/$1" ] && return
    echo "$1: fetching" >&2
    rm -rf "debs/$1" "new/$1"
    mkdir -p "debs/$1" "new/$1/usr/"{bin,sbin,lib} roots
    list=$(packages "$2" || { apt-get -qq update && packages "$2"; })
    case " ${list//$'\n'/ } " in
    *" $2 "*) ;;
    *) list="$list $2" ;;  # already installed here: its files are wanted all the same
    esac
    get() { (cd "debs/$1" && apt-get -qq -o APT::Sandbox::User=root download $list); }
    get "$1" || { apt-get -qq update && get "$1"; }
    # / has merged /usr, some packages do not: unpack through the same links.
    for deb in bin sbin lib; do ln -s "usr/$deb" "new/$1/$deb"; done
    for deb in "debs/$1"/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink -C "new/$1"
    done
    rm -rf "new/$1/"{run,var/run,var/lock,usr/share/doc,usr/share/man} "debs/$1"
    mv "new/$1" "roots/$1"
}

accounts() {
    local own='^(bob|popa3d|spop3d|cyrus|courier|dovecot|dovenull):'
    { grep -Ev "$own" /etc/passwd; cat <<X; } > etc/passwd
bob:x:5001:5001::/home/bob:/bin/sh
popa3d:x:5002:5001::/nonexistent:/usr/sbin/nologin
spop3d:x:5003:5001::/nonexistent:/usr/sbin/nologin
cyrus:x:5004:8::/var/lib/cyrus:/bin/sh
courier:x:5005:5001::/nonexistent:/usr/sbin/nologin
dovecot:x:5006:5006::/nonexistent:/usr/sbin/nologin
dovenull:x:5007:5007::/nonexistent:/usr/sbin/nologin
X
    { grep -Ev "$own" /etc/group; printf '%s\n' bob:x:5001: dovecot:x:5006: dovenull:x:5007:; } > etc/group
    # No real password hash is copied: every account but bob is locked.
    awk -F: -v hash="$(openssl passwd -6 test)" \
        '{ print $1 ":" ($1 == "bob" ? hash : "*") ":19000:0:99999:7:::" }' etc/passwd > etc/shadow
    chmod 600 etc/shadow
    for service in pop3 popa3d solid-pop3d; do
        printf '%s required pam_unix.so\n' auth account session > "etc/pam.d/$service"
    done
}

# No name server is asked: some servers look their own host up as they start.
names() {
    sed 's/^hosts:.*/hosts: files/' /etc/nsswitch.conf > etc/nsswitch.conf
    echo "127.0.0.1 localhost $(hostname)" > etc/hosts
}

certificate() {
    [ -e cert.pem ] && return
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out new.pem 2>/dev/null
    cat key.pem new.pem > both.pem
    mv new.pem cert.pem
}

# Configurations: serve.sh puts the port in for @PORT@.

configure_mailutils() {
    cat > etc/mailutils-pop3d.conf <<'X'
mode daemon;
foreground yes;
timeout 600;
logging { syslog no; };
auth {
  authorization clear;
  authorization system;
  authentication clear;
  authentication generic:system;
};
mailbox { mailbox-pattern "mbox:/var/mail/${user}"; };
tls-file-checks { key-file none; cert-file none; };
tls {
  ssl-certificate-file /srv/pop3/cert.pem;
  ssl-key-file /srv/pop3/key.pem;
};
server 127.0.0.1:@PORT@ { tls-mode ondemand; };
server 127.0.0.1:@TLS_PORT@ { tls-mode connection; };
X
}

configure_dovecot() {
    cat > etc/interop-dovecot.conf <<'X'
protocols = pop3
listen = 127.0.0.1
base_dir = /run/dovecot
log_path = /dev/stderr
disable_plaintext_auth = no
ssl = yes
ssl_cert = </srv/pop3/cert.pem
ssl_key = </srv/pop3/key.pem
mail_location = maildir:~/Maildir
passdb {
  driver = static
  args = password=test
}
userdb {
  driver = static
  args = uid=5001 gid=5001 home=/home/%u
}
service pop3-login {
  chroot =
  inet_listener pop3 {
    port = @PORT@
  }
  inet_listener pop3s {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
X
}

configure_solid() {
    cat > etc/spop3d.conf <<'X'
<Global>
	MailDropName	"/var/mail/%s"
	MailDropType	mailbox
	LogStatistics	no
</Global>
X
}

configure_courier() {
    mkdir -p etc/courier
    cat > etc/courier/authdaemonrc <<'X'
authmodulelist="authpam"
authmodulelistorig="authpam"
daemons=2
authdaemonvar=/run/courier/authdaemon
DEBUG_LOGIN=0
X
}

configure_cyrus() {  # an option given twice is fatal; the sections of cyrus.conf must span lines
    cat > etc/imapd.conf <<'X'
configdirectory: /var/lib/cyrus
defaultpartition: default
partition-default: /var/spool/cyrus/mail
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
duplicate_db_path: /run/cyrus/deliver.db
tls_sessions_db_path: /run/cyrus/tls_sessions.db
lmtpsocket: /var/lib/cyrus/socket/lmtp
idlesocket: /var/lib/cyrus/socket/idle
notifysocket: /var/lib/cyrus/socket/notify
unixhierarchysep: yes
altnamespace: yes
sasl_pwcheck_method: alwaystrue
sasl_mech_list: PLAIN
allowplaintext: yes
autocreate_quota: 0
autocreate_post: yes
duplicatesuppression: no
popminpoll: 0
poptimeout: 10
tls_server_cert: /srv/pop3/cert.pem
tls_server_key: /srv/pop3/key.pem
syslog_prefix: cyrus
X
    cat > etc/cyrus.conf <<'X'
START {
  recover cmd="/usr/sbin/cyrus ctl_cyrusdb -r"
}
SERVICES {
  pop3 cmd="pop3d -U 30" listen="127.0.0.1:@PORT@" prefork=0 maxchild=50
  lmtpunix cmd="lmtpd -a" listen="/var/lib/cyrus/socket/lmtp" prefork=0
}
EVENTS {
}
X
}

accounts
names
certificate
configure_mailutils
configure_dovecot
configure_solid
configure_courier
configure_cyrus

for server; do
    case $server in
    dovecot) unpack dovecot dovecot-pop3d ;;
    mailutils) unpack mailutils mailutils-pop3d ;;
    popa3d) unpack popa3d popa3d ;;
    solid) unpack solid solid-pop3d ;;
    courier) unpack courier courier-pop ;;
    cyrus) unpack cyrus cyrus-pop3d ;;
    *) echo "There is no server called $server" >&2; exit 2 ;;
    esac
done
echo "prepared: $* in $work"
