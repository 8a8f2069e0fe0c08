#!/bin/bash
# Builds a Debian 12 root with the daemons whose logs are recorded. Nothing outside of it is touched.
# Usage: build.sh ROOT MIRROR    (as root; needs debootstrap; MIRROR is the URL of a Debian mirror, without /debian)
set -eu
root=$1 mirror=$2
debootstrap --variant=minbase --include=rsyslog,ca-certificates,openssh-server,openssh-client,sudo,cron,anacron,dbus,libpam-modules,login,passwd,systemd,procps,iproute2,python3,sshpass,expect,acct,logrotate,netcat-openbsd,curl bookworm "$root" "$mirror/debian"
printf 'deb %s/debian bookworm main\ndeb %s/debian-security bookworm-security main\n' "$mirror" "$mirror" >"$root/etc/apt/sources.list"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no daemon may start outside the namespaces of boot.sh
chmod +x "$root/usr/sbin/policy-rc.d"
# Exim takes Postfix's place later, when the root has no network and no name server any more.
chroot "$root" sh -c 'apt-get update && apt-get install -y --download-only --no-install-recommends exim4-daemon-heavy &&
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
  systemd-sysv libpam-systemd postfix dbus polkitd pkexec systemd-resolved systemd-oomd systemd-coredump fail2ban bind9 \
  bind9-dnsutils unbound nginx apache2 mariadb-server postgresql redis-server php-fpm haproxy dovecot-imapd dovecot-pop3d \
  dovecot-lmtpd opendkim opendkim-tools opendmarc spamassassin spamd spamc rspamd chrony smartmontools mdadm acpid auditd \
  openvpn unattended-upgrades wireguard-tools strongswan-swanctl charon-systemd nftables iptables ufw apparmor kmod swaks \
  bsdutils gcc libc6-dev ssl-cert openssl docker.io containerd'
rm "$root/usr/sbin/policy-rc.d"
echo web1 >"$root/etc/hostname"
printf '127.0.0.1 localhost\n192.0.2.10 web1.example.org web1\n' >"$root/etc/hosts"
sed -i 's/^DAEMON_OPTS=.*/DAEMON_OPTS="-F 1 -x"/' "$root/etc/default/chrony" # the clock is not its own
cat >"$root/etc/rsyslog.d/00-record.conf" <<'C'
$RepeatedMsgReduction off
*.* action(type="omfile" file="/var/log/all.traditional" template="RSYSLOG_TraditionalFileFormat")
*.* action(type="omfile" file="/var/log/all.iso" template="RSYSLOG_FileFormat")
C
mkdir -p "$root/var/log/journal" "$root/drive"
cp "$(dirname "$0")"/drive/*.sh "$root/drive/"
