#!/bin/bash
# Drives BIND and unbound: zones, transfers, refused queries, broken zones, lame servers, DNSSEC. Leaves BIND serving
# the names that the mail scripts need.
set -u
zone() { printf '$TTL 300\n@ SOA ns.example.org. hostmaster.example.org. %s 3600 600 86400 300\n@ NS ns.example.org.\n' "$1"; }
install -d -o bind /var/lib/bind
{ zone 2026112201; cat <<'Z'
@ A 192.0.2.10
@ MX 10 web1
ns A 192.0.2.10
web1 A 192.0.2.10
relay A 198.51.100.7
user A 192.0.2.20
attacker A 203.0.113.66
lame NS nowhere.example.org.
nowhere A 203.0.113.5
Z
} >/var/lib/bind/example.org
{ zone 1; echo '@ A 198.51.100.7'; echo '@ MX 10 relay.example.org.'; } >/var/lib/bind/example.net
{ zone 1; echo '10 PTR web1.example.org.'; echo '20 PTR user.example.org.'; } >/var/lib/bind/2.0.192
{ zone 1; echo '66 PTR attacker.example.org.'; echo '5 PTR forged.example.org.'; } >/var/lib/bind/113.0.203
{ zone 1; echo '66.113.0.203 A 127.0.0.2'; echo '66.113.0.203 TXT "listed, see https://rbl.example.org/?203.0.113.66"'; } >/var/lib/bind/rbl.example.org
{ zone 1; echo 'broken A not-an-address'; } >/var/lib/bind/broken.example
cat >/etc/bind/named.conf.local <<'C'
zone "example.org" { type primary; file "/var/lib/bind/example.org"; allow-transfer { 192.0.2.20; }; also-notify { 192.0.2.20 port 5300; }; notify yes; allow-update { 127.0.0.1; }; };
zone "example.net" { type primary; file "/var/lib/bind/example.net"; };
zone "2.0.192.in-addr.arpa" { type primary; file "/var/lib/bind/2.0.192"; };
zone "113.0.203.in-addr.arpa" { type primary; file "/var/lib/bind/113.0.203"; };
zone "rbl.example.org" { type primary; file "/var/lib/bind/rbl.example.org"; };
zone "secondary.example" { type secondary; primaries { 192.0.2.20 port 5300; }; };
C
cat >/etc/bind/named.conf.options <<'C'
options { directory "/var/cache/bind"; listen-on { any; }; recursion yes; allow-recursion { 127.0.0.1; }; dnssec-validation auto; empty-zones-enable yes; rate-limit { responses-per-second 5; }; };
C
echo 'nameserver 127.0.0.1' >/etc/resolv.conf
systemctl restart named; sleep 2
for name in example.org web1.example.org nosuch.example.org lame.example.org; do dig +time=1 +tries=1 @127.0.0.1 $name >/dev/null; done
dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 www.example.com; dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 -c CH -t TXT version.bind
dig -b 203.0.113.66 @192.0.2.10 example.org AXFR; dig -b 192.0.2.20 @192.0.2.10 example.org AXFR; dig -b 192.0.2.20 @192.0.2.10 example.org IXFR=1
dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 isc.org ANY; dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 . NS
dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 "a\"b'c\(.example.com"; dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 'x\032y:\032Accepted\032password.example.com'
for n in $(seq 60); do dig +time=1 +tries=1 -b 203.0.113.66 @192.0.2.10 example.org >/dev/null & done; wait
printf 'server 192.0.2.10\nlocal 203.0.113.66\nzone example.org\nupdate add evil.example.org 60 A 203.0.113.66\nsend\n' | nsupdate -t 2
printf 'server 127.0.0.1\nzone example.org\nupdate add new.example.org 60 A 192.0.2.77\nsend\n' | nsupdate -t 2
python3 - <<'P'
import socket
for data in (b"\0", b"\xff" * 30, b"\x12\x34\x81\x80" + b"\0" * 8, b"\x12\x34\x01\0\0\1\0\0\0\0\0\0\xc0\x0c\0\1\0\1"):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("203.0.113.66", 0)); s.sendto(data, ("192.0.2.10", 53))
s = socket.create_connection(("192.0.2.10", 53)); s.sendall(b"\xff\xff\0"); s.close()
P
rndc reload; rndc reconfig; rndc flush; rndc status >/dev/null; rndc freeze example.org; rndc thaw example.org; rndc reload example.net; rndc stats; rndc querylog on; dig +time=1 +tries=1 @127.0.0.1 web1.example.org; rndc querylog off; rndc nosuch; rndc notify example.org; rndc retransfer secondary.example
echo 'zone "broken.example" { type primary; file "/var/lib/bind/broken.example"; }; zone "missing.example" { type primary; file "/var/lib/bind/missing"; };' >>/etc/bind/named.conf.local; rndc reconfig; sleep 1
echo 'nonsense;' >>/etc/bind/named.conf.local; rndc reload; sed -i '/nonsense\|broken.example/d' /etc/bind/named.conf.local; rndc reconfig
systemctl restart named
printf 'server:\n interface: 127.0.0.1@5335\n do-ip6: no\n access-control: 203.0.113.0/24 refuse\nremote-control:\n control-enable: yes\n control-use-cert: no\n' >/etc/unbound/unbound.conf.d/record.conf
systemctl disable --now unbound-resolvconf; systemctl restart unbound; sleep 1
dig +time=2 +tries=1 @127.0.0.1 -p 5335 example.com; dig +time=1 +tries=1 @127.0.0.1 -p 5335 example.org
unbound-control reload; unbound-control stats >/dev/null; unbound-control verbosity 1; systemctl stop unbound
echo 'nonsense: yes' >>/etc/unbound/unbound.conf.d/record.conf; systemctl start unbound; sed -i /nonsense/d /etc/unbound/unbound.conf.d/record.conf; systemctl reset-failed unbound; systemctl start unbound
