#!/bin/bash
# Makes a Debian of nothing, as an installer leaves it: systemd, cron, rsyslog, Postfix for local mail, and what the package
# for this Debian depends on, since the booted root has no network. Nothing outside of it is touched.
# Usage: fresh-root.sh SUITE ROOT MIRROR    (as root; needs debootstrap; MIRROR is the URL of a Debian mirror, without /debian)
set -eu
suite=$1 root=$2 mirror=$3
debootstrap --variant=minbase \
  --include=ca-certificates,systemd-sysv,libpam-systemd,dbus,procps,iproute2,cron,rsyslog,logrotate,man-db \
  "$suite" "$root" "$mirror/debian"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no daemon may start outside the namespaces of boot.sh
chmod +x "$root/usr/sbin/policy-rc.d"
printf '%s\n' 'postfix postfix/main_mailer_type select Local only' 'postfix postfix/protocols select ipv4' \
  'postfix postfix/mailname string localhost' | chroot "$root" debconf-set-selections
needed=nodejs
[ "$suite" != bookworm ] || needed=libatomic1
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -q -y --no-install-recommends postfix "$needed"
rm "$root/usr/sbin/policy-rc.d"
echo web1 >"$root/etc/hostname"
printf '127.0.0.1 localhost\n127.0.1.1 web1.localdomain web1\n' >"$root/etc/hosts"
printf '%s\n' 'compatibility_level = 3.6' 'inet_protocols = ipv4' 'inet_interfaces = loopback-only' \
  'myhostname = web1.localdomain' 'mydestination = web1, localhost, $myhostname' 'alias_maps =' >"$root/etc/postfix/main.cf"
