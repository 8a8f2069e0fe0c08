#!/bin/bash
# What system.sh leaves out: fail2ban on a log file, OpenVPN, strongSwan, Docker, kernel messages of crashes.
set -u
server=192.0.2.10 attacker=203.0.113.66 client=192.0.2.20
# fail2ban on the file that rsyslog writes
printf '[DEFAULT]\nlogtarget = SYSLOG\n[sshd]\nenabled = true\nbackend = polling\nlogpath = /var/log/auth.log\nmaxretry = 3\nfindtime = 600\nbantime = 6\nbanaction = iptables-multiport\n' >/etc/fail2ban/jail.d/record.conf
systemctl reset-failed fail2ban; systemctl restart fail2ban; sleep 3
for n in 1 2 3 4 5; do sshpass -p wrong ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o NumberOfPasswordPrompts=1 -o ConnectTimeout=3 -o PubkeyAuthentication=no -b $attacker root@$server true; done
sleep 4; fail2ban-client set sshd banip 203.0.113.7; fail2ban-client set sshd banip 203.0.113.7; fail2ban-client set sshd unbanip 203.0.113.7; sleep 9; fail2ban-client reload; fail2ban-client flushlogs; fail2ban-client set sshd banip 2001:db8:6::6; fail2ban-client set loglevel DEBUG; fail2ban-client set loglevel INFO; mv /var/log/auth.log /var/log/auth.log.gone; sleep 3; mv /var/log/auth.log.gone /var/log/auth.log; sleep 2; systemctl stop fail2ban
# OpenVPN: shared key on both sides, then TLS with a client, garbage and a wrong certificate
cipher='cipher AES-256-CBC\ndata-ciphers AES-256-GCM:AES-256-CBC\nproviders legacy default\n'
rm -f /etc/openvpn/server.conf /etc/openvpn/client.conf
for side in "server 192.0.2.10 198.51.100.7 1194 1195 tun8 1 2" "client 198.51.100.7 192.0.2.10 1195 1194 tun9 2 1"; do set -- $side; printf "dev $6\nifconfig 10.8.0.$7 10.8.0.$8\nlocal $2\nremote $3 $5\nlport $4\nsecret /etc/openvpn/static.key\nkeepalive 1 3\nverb 3\ncipher AES-256-CBC\n" >/etc/openvpn/$1.conf; systemctl start openvpn@$1; done
sleep 4; echo garbage | nc -u -s $attacker -w1 192.0.2.10 1194; systemctl stop openvpn@client; sleep 5; systemctl stop openvpn@server
printf 'explicit-exit-notify 1\nuser nobody\ngroup nogroup\npersist-key\npersist-tun\n' >>/etc/openvpn/tls.conf
systemctl start openvpn@tls; sleep 1; timeout 6 openvpn --config /tmp/client.ovpn --daemon ovpn-laptop --explicit-exit-notify 1; sleep 4; pkill -x openvpn -n; sleep 1
openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj '/CN=evil: Accepted password for root' -keyout /tmp/evil.key -out /tmp/evil.crt 2>/dev/null; sed 's#/etc/openvpn/tls#/tmp/evil#; s#^ca .*#ca /etc/openvpn/tls.crt#; s/local 192.0.2.20/local 203.0.113.66/' /tmp/client.ovpn >/tmp/evil.ovpn; timeout 5 openvpn /tmp/evil.ovpn >/dev/null; head -c 64 /dev/urandom | nc -u -s $attacker -w1 $server 1196; sleep 2; systemctl reload openvpn@tls; systemctl stop openvpn@tls
# strongSwan: a tunnel with a key shared by both ends, and one refused
mkdir -p /etc/swanctl/conf.d; printf 'connections {\n  site {\n    local_addrs = 192.0.2.10\n    remote_addrs = 198.51.100.7\n    local {\n      auth = psk\n      id = web1\n    }\n    remote {\n      auth = psk\n      id = site2\n    }\n    children {\n      net {\n        local_ts = 10.8.1.0/24\n        remote_ts = 10.8.2.0/24\n      }\n    }\n    version = 2\n  }\n}\nsecrets {\n  ike-1 {\n    id = site2\n    secret = "correct horse"\n  }\n}\n' >/etc/swanctl/conf.d/record.conf
systemctl start strongswan; sleep 2; timeout 8 swanctl --initiate --child net; swanctl --list-conns; head -c 300 /dev/urandom | nc -u -s $attacker -w1 $server 500; python3 -c '
import socket, os, struct
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("203.0.113.66", 500))
s.sendto(os.urandom(8) + b"\0" * 8 + bytes([33, 0x20, 34, 8]) + struct.pack("!II", 0, 28), ("192.0.2.10", 500))
s.sendto(os.urandom(8) + b"\0" * 8 + bytes([1, 0x10, 2, 0]) + struct.pack("!II", 0, 28), ("192.0.2.10", 500))'; sleep 1; systemctl stop strongswan
# Docker: an image of one static program, run, killed, limited, removed
printf '#include <stdio.h>\n#include <string.h>\n#include <unistd.h>\n#include <stdlib.h>\nint main(int c, char **v) { if (c > 1 && !strcmp(v[1], "crash")) { volatile int *p = 0; return *p; } if (c > 1 && !strcmp(v[1], "eat")) for (;;) memset(malloc(1 << 20), 1, 1 << 20); sleep(c > 1 ? 30 : 1); return 3; }\n' >/tmp/one.c; gcc -static -o /tmp/one /tmp/one.c
systemctl start docker; sleep 3; tar -C /tmp -c one | docker import - one; docker run --rm one /one; docker run -d --name a one /one stay; sleep 1; docker exec a /nosuch; docker stop -t 1 a; docker rm a; docker run --rm one /one crash; docker run --rm --network none one /one; docker pull nosuch.invalid/x; docker run --rm -p 192.0.2.10:8999:80 -d one /one stay; sleep 1; docker kill $(docker ps -q); docker network create net; docker network rm net; systemctl restart docker; sleep 3; systemctl stop docker docker.socket containerd
# the kernel's word on crashes: programs that bear a daemon's name
for name in nginx sshd worker; do cp /tmp/one /tmp/$name; /tmp/$name crash; done

journalctl --flush
