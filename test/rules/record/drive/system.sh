#!/bin/bash
# Drives what keeps a system running: systemd's daemons, timers, D-Bus, polkit, fail2ban, chrony, rsyslog, logrotate,
# mdadm, smartd, acpid, openvpn, strongSwan, WireGuard, crashes of all kinds.
set -u
server=192.0.2.10 attacker=203.0.113.66
# timers and their services
for unit in apt-daily apt-daily-upgrade logrotate dpkg-db-backup man-db e2scrub_all fstrim systemd-tmpfiles-clean phpsessionclean spamassassin-maintenance motd-news mdmonitor-oneshot mdcheck_start systemd-tmpfiles-setup; do timeout 20 systemctl start $unit.service; done
systemctl daemon-reload; systemctl daemon-reexec; sleep 1
# units that fail in every way
unit() { printf '[Unit]\nDescription=%s\n[Service]\n%s\n' "$1" "$2" >/run/systemd/system/record-$1.service; systemctl daemon-reload; systemctl start record-$1; }
mkdir -p /run/systemd/system
unit oneshot $'Type=oneshot\nExecStart=/bin/true'; unit false $'ExecStart=/bin/false'; unit oneshotfalse $'Type=oneshot\nExecStart=/bin/false'; unit missing $'ExecStart=/no/such/file'; unit timeout $'TimeoutStartSec=1\nType=notify\nExecStart=/bin/sleep 9'; unit user $'User=nosuchuser\nExecStart=/bin/true'
unit crash $'ExecStart=/bin/sh -c "kill -SEGV $$$$"'; unit abort $'ExecStart=/bin/sh -c "kill -ABRT $$$$"'; unit killed $'ExecStart=/bin/sh -c "kill -KILL $$$$"'; unit restart $'Restart=always\nRestartSec=100ms\nExecStart=/bin/false'; unit stubborn $'TimeoutStopSec=1\nExecStart=/bin/sh -c "trap : TERM; while :; do sleep 1; done"'; unit watchdog $'Type=notify\nNotifyAccess=all\nWatchdogSec=1\nExecStart=/bin/sh -c "systemd-notify --ready; sleep 9"'; unit dir $'WorkingDirectory=/no/such/dir\nExecStart=/bin/true'
sleep 3; systemctl stop record-stubborn; systemd-run --unit=record-transient true; systemd-run --on-active=1 true; systemd-run --user --machine=alice@ true; sleep 2
# crashes that are caught
systemctl start systemd-coredump.socket; (cd /tmp; sleep 100 & sleep 0.3; kill -SEGV $!); runuser -u www-data -- sh -c 'sleep 100 & sleep 0.3; kill -ABRT $!'; sleep 2
# hostname, time, locale, login by D-Bus and polkit
systemctl start polkit; hostnamectl set-hostname web2; hostnamectl set-hostname web1; timedatectl set-ntp false; timedatectl set-ntp true; localectl set-locale LANG=C.UTF-8; loginctl list-sessions; loginctl enable-linger alice; sleep 1; loginctl disable-linger alice
runuser -u alice -- busctl call org.freedesktop.hostname1 /org/freedesktop/hostname1 org.freedesktop.hostname1 SetHostname sb evil false; runuser -u alice -- systemctl --no-ask-password restart cron; runuser -u alice -- pkexec --disable-internal-agent id; pkexec id; busctl call org.nosuch /x org.nosuch x; runuser -u alice -- busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager Exit
dbus-send --system --dest=org.freedesktop.DBus / org.freedesktop.DBus.ReloadConfig; systemctl reload dbus
# the network by networkd and resolved
ip link add net0 type dummy; printf '[Match]\nName=net0\n[Network]\nAddress=192.0.2.77/24\nDNS=127.0.0.1\n' >/etc/systemd/network/net0.network; systemctl start systemd-networkd; sleep 2; networkctl reload; networkctl reconfigure net0; ip link set net0 down; sleep 1; ip link set net0 up; sleep 1; resolvectl query web1.example.org; resolvectl flush-caches; systemctl restart systemd-resolved; systemctl stop systemd-networkd; ip link del net0; rm /etc/systemd/network/net0.network
# the journal
journalctl --rotate; journalctl --sync; journalctl --flush; journalctl --vacuum-size=1M; systemctl restart systemd-journald; for n in $(seq 12000); do echo "flood $n"; done | systemd-cat -t flood; sleep 1; pkill -KILL -x systemd-journal; sleep 1
# rsyslog
systemctl kill -s HUP rsyslog; systemctl restart rsyslog; echo 'nonsense {' >/etc/rsyslog.d/broken.conf; systemctl restart rsyslog; rm /etc/rsyslog.d/broken.conf; systemctl restart rsyslog; logger -p auth.info 'a line by hand'; pkill -KILL -x rsyslogd; sleep 1; printf 'action(type="omfwd" target="127.0.0.1" port="9" protocol="tcp" action.resumeRetryCount="1")\n' >/etc/rsyslog.d/forward.conf; systemctl restart rsyslog; logger x; sleep 2; rm /etc/rsyslog.d/forward.conf; printf '*.* /no/such/dir/file\n' >/etc/rsyslog.d/nofile.conf; chmod 000 /var/log/syslog; systemctl restart rsyslog; logger y; sleep 1; chmod 640 /var/log/syslog; rm -rf /etc/rsyslog.d/nofile.conf /no; systemctl restart rsyslog
# logrotate
echo 'nonsense' >/etc/logrotate.d/broken; systemctl start logrotate; rm /etc/logrotate.d/broken; logrotate -f /etc/logrotate.conf 2>&1 | logger -t logrotate
# fail2ban: a ban, an unban, a broken jail
printf '[sshd]\nenabled = true\nbackend = systemd\nmaxretry = 3\nbantime = 5\nbanaction = iptables-multiport\n[DEFAULT]\nlogtarget = SYSLOG\n' >/etc/fail2ban/jail.d/record.conf; printf '[Definition]\nlogtarget = SYSLOG\n' >/etc/fail2ban/fail2ban.local
systemctl restart fail2ban; sleep 3; for n in 1 2 3 4 5; do sshpass -p wrong ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o NumberOfPasswordPrompts=1 -o ConnectTimeout=3 -o PubkeyAuthentication=no -b $attacker root@$server true; done; sleep 3; fail2ban-client set sshd banip 203.0.113.7; fail2ban-client set sshd unbanip 203.0.113.7; fail2ban-client status sshd; sleep 6; fail2ban-client reload; fail2ban-client flushlogs; systemctl stop fail2ban
# time (-x: the clock of the machine that records must not be touched)
printf 'server 127.0.0.1\nserver 192.0.2.20 iburst\nlocal stratum 10\nallow\ndriftfile /var/lib/chrony/chrony.drift\nmakestep 1 3\n' >/etc/chrony/chrony.conf; sed -i 's/^DAEMON_OPTS=.*/DAEMON_OPTS="-F 1 -x"/' /etc/default/chrony; systemctl restart chrony; sleep 2; chronyc -a sources; chronyc -a burst 1/1; chronyc -a add server 198.51.100.7; chronyc -a delete 198.51.100.7; chronyc -a offline; chronyc -a online; sleep 3; systemctl stop chrony; echo nonsense >>/etc/chrony/chrony.conf; systemctl start chrony; sed -i '$d' /etc/chrony/chrony.conf; systemctl start chrony
# hardware that is not there
smartd -q onecheck; systemctl start smartmontools; acpid -f & sleep 1; kill %+; mdadm --monitor --scan --oneshot --syslog; mdadm --monitor --scan --oneshot --test --syslog
# tunnels
mkdir -p /etc/openvpn; openvpn --genkey secret /etc/openvpn/static.key
for side in "server 192.0.2.10 198.51.100.7 1194 1195 tun8" "client 198.51.100.7 192.0.2.10 1195 1194 tun9"; do set -- $side; printf 'dev %s\nifconfig 10.8.0.%s 10.8.0.%s\nlocal %s\nremote %s %s\nlport %s\nsecret /etc/openvpn/static.key\nkeepalive 1 3\nverb 3\ndaemon\n' $6 $([ $1 = server ] && echo 1 2 || echo 2 1) $2 $3 $5 $4 >/etc/openvpn/$1.conf; systemctl start openvpn@$1; done
sleep 3; echo garbage | nc -u -s $attacker -w1 $server 1194; systemctl stop openvpn@client; sleep 5; systemctl stop openvpn@server
openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj /CN=vpn -keyout /etc/openvpn/tls.key -out /etc/openvpn/tls.crt 2>/dev/null; printf 'dev tun7\nserver 10.7.0.0 255.255.255.0\nlocal 192.0.2.10\nport 1196\nca /etc/openvpn/tls.crt\ncert /etc/openvpn/tls.crt\nkey /etc/openvpn/tls.key\ndh none\nkeepalive 5 20\nverb 3\nstatus /run/openvpn-tls.status\n' >/etc/openvpn/tls.conf; systemctl start openvpn@tls; sleep 1
printf 'client\ndev tun6\nremote 192.0.2.10 1196\nlocal 192.0.2.20\nnobind\nca /etc/openvpn/tls.crt\ncert /etc/openvpn/tls.crt\nkey /etc/openvpn/tls.key\nverb 1\n' >/tmp/client.ovpn; sed -i /nobind/d /tmp/client.ovpn; timeout 5 openvpn /tmp/client.ovpn >/dev/null; echo garbage | nc -u -s $attacker -w1 $server 1196; sleep 2; systemctl stop openvpn@tls
swanctl --load-all; swanctl --list-sas; systemctl reload strongswan; echo garbage | nc -u -s $attacker -w1 $server 500; systemctl restart strongswan; systemctl stop strongswan
ip link add wg0 type wireguard && ip link del wg0
# apt and dpkg, without a network
apt-get update; apt-get install -y nosuchpackage; unattended-upgrade --dry-run; dpkg --configure -a
# the machine goes down
sleep 1; systemctl stop cron ssh; systemctl start cron ssh; systemctl isolate rescue.target; sleep 3; systemctl isolate multi-user.target; sleep 3
